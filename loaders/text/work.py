"""What states work: an item is a task unless all it says is of another kind: purpose, definition, scope, principles, effect,
permission, conditions, papers, offences. Each kind is one row of a table; an item is judged sentence by sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.facts.duties import find_duties
from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS, WEAK
from loaders.names.mentions import find_mentions
from loaders.text.view import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span
    from loaders.text.items import Item

_THIS = (
    "(?:本|该|此|这个?)(?:工作|议事|管理|实施|暂行|试行)?(?:办法|条例|规定|细则|方案|意见|规则|规范|措施|通知|制度|规划|计划"
    "|预案|政策|要点|法|标准|规程|指南|公告|决定)"
)

# A character of words that name no agency.
_NO_BODY = "(?:(?!部门|机关|机构|政府|委员会|党委|管委会|小组|指挥部|(?<![布结格])局(?![部面限势])|厅)[^。])"
# The same of a sentence that orders nothing either.
_NO_DUTY = f"(?:(?!应当?(?![急用对])|必须|负责){_NO_BODY})"
# 例 本办法|适用于 · |参照本办法|执行, but not 开发适用于 · 参照本预案制定
_FITS_ALL = (
    "(?<![开研]发)(?<!完善)(?<!推广)(?<!发展)(?<!提供)(?<!构建)(?<!研制)适用于"
    rf"|(?:不?适用|[参比]照(?:执行)?|遵守){_THIS}(?![^。,]{{0,4}}制[定订])"
)
_MEANS = "(?:是指|系指(?![南标数引])|指的是|[即特专]指|主要指(?!导))"  # 例 古树|是指
# Those whom a rule allows or asks for something without giving any agency work; what they must do is a task.
_PRIVATE = (
    "(?:企业|个人|公民|法人|(?:社会|其他|的)组织|村民|居民|业主|住户|当事人|[申请报]{1,2}(?:人|单位|主体|企业)|(?:建设|施工"
    "|使用|经营|生产|用人|投资)单位"
    "|经营者|生产者|从业者|投资者|消费者|(?:普查|调查)对象|机动车|驾驶人|单位[和或者及、]{1,2}个人)"
)

# 例 个人|享有 · 申请单位|应当提交
_ACTS_AS_PRIVATE = "(?:可以?|都有|承诺|提出|提交|享受|享有|提供(?=[^。,]{0,16}(?:材料|资料|证明|文件|凭证)))"
# 例 需要变更的,应当依法向登记机关申请
_APPLIES = rf"^(?=[^。]{{2,60}}的,应当){_NO_BODY}{{2,60}}的,应当[^。]{{0,20}}向[^。]{{2,40}}(?:申请|申报|提出|办理)"

# 例 违反本办法规定的, · 逾期不改正的,
_WRONG = (
    "(?:违反|构成|逾期|一经(?:查实|发现|核实)(?!,应)|(?:给|对)[^。,]{1,8}造成|情节[^。,]{0,3}[重轻]|拒不"
    "|对[^。]{2,60}的(?:企业|单位|人员|主体)?,(?![^,。]{2,24}应当))"
)
# 例 …的,没收违法所得 · …的,可以吊销许可证 · …受到侵害的,检察机关依法提起公益诉讼 · 虚报的,属于欺诈行为 · 涉嫌犯罪的,移送
_FINED = (
    "的,[^。]{0,60}(?:处[^。,]{2,40}罚款|没收违法|吊销[^。,]{2,10}[证照])|的,[^。,]{2,40}提起[^。,]{0,6}诉讼$"
    "|的,属于[^。,]{0,6}行为$|(?:^|,)涉嫌(?:构成)?犯罪的,"
)

_COPY = r"(?:原件|复印件|扫描件|电子版)(?:和[^。,]{2,6})?(?:(?:一式)?[一二三四五六\d]{1,2}[份套])?"  # 例 身份证|复印件一份
# What is done with a paper, which then is work. 例 每月|报送|汇总表 · 逐户|填写|登记表 · 一律不再|收取|复印件
_HANDLES = "(?:填[写报制]|[上呈]?报(?![名告])[送县市区省]?|提[供交]|[收索]取|取消|形成|制作|印制|签[订收]|减少|精简|清理|免交)"

# The kind of a sentence that states no work, the characters that it may be known by in its midst, and how it is known.
NO_WORK: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    # 例 为规范…管理,根据《…》,制定本办法 · 根据《…》,结合本市实际,制定此实施细则
    (
        "purpose",
        "",
        re.compile(rf"^(?:为|根据|依据|依照|按照|按)[^。]{{2,400}}(?:制定|制订|特制定|订定)(?:了)?(?:{_THIS}|之)?$"),
    ),
    ("purpose", "", re.compile(rf"^{_THIS}(?:依[^。]{{2,200}}[制订]定之?|旨在[^。]{{2,200}})$")),
    # 例 本办法所称…,是指… · 前款所称 · …包括:
    (
        "definition",
        "本该此这前上",
        re.compile(
            rf"(?:{_THIS}|本条|前款|上款)[^。,]{{0,12}}(?:所称|所指|所规定的|中的?用[语词])"
            rf"|^[^。,:]{{2,14}}:[系是]?指(?![导挥定派])|^[^。,:]{{2,40}},?{_MEANS}"
            r"|^[^。,]{2,14}的目的是|^[^。,]{2,12}是(?:依托|以|由|经(?![营济])|一种|为了)|^不包括"
        ),
    ),
    # 例 濒危古树。|指在十年内可能枯死的树木 · 车间层是实现面向工厂或车间的生产管理的层级
    (
        "definition",
        "",
        re.compile(
            r"^指(?:在|由|通过|经过)|^包括但不限于(?![^。]{0,200},由)"
            r"|^(?!重点|关键|核心|目标)[^。,:]{2,12}是[^。,:]{4,60}的(?:层级|过程|总称|统称|技术|单元)$"
        ),
    ),
    # 例 新型研发机构是聚焦科技创新需求的独立法人机构 · 本办法中失业青年指已办理登记的青年
    (
        "definition",
        "",
        re.compile(
            rf"^{_NO_BODY}{{2,20}}是(?!否)[^。:]{{10,160}}的[^。,:]{{0,8}}(?:机构|平台|载体|组织|法人)(?:\([^()]{{2,20}}\))?"
            rf"(?:$|,(?!负责|承担|统一|具体|主要|履行))|^{_THIS}中[^。,:]{{2,60}}指(?![导挥定派])"
        ),
    ),
    # 例 生态宜居。|反映各类环境要素保护情况
    ("measure", "", re.compile(r"^(?:反映|衡量)(?!问题|情况)[^。]{2,120}$")),
    # 例 科学技术奖授予做出重大发现的个人 · 国家设立下列奖项:
    (
        "kinds",
        "",
        re.compile(
            r"^[^。,:]{2,20}[奖章号]授予[^。]{2,200}(?:公民|个人|组织|单位|集体|人员|工作者)[^。]{0,4}$"
            r"|^国家(?:设立(?:下列|以下)|维护(?![^。]{0,160}(?:健全|完善|建立|加强)))|^[^。,:]{2,20}奖不分等级"
        ),
    ),
    # 例 补助标准为每人一万元 · 贴息期限原则上不超过2年 · 救助对象为本省户籍的退役军人
    (
        "kinds",
        "",
        re.compile(
            r"^(?![以将把]|创新|改进|优化|提高)(?:[^。,:]{2,16}(?:期限|比例|额度|方式|标准|金额)(?:原则上)?"
            r"(?:[为是]|不[超少低][过于]|依据|实行)[^。]{2,160}$|[^。,:]{2,12}对象[为是][^。]{2,120}$)"
        ),
    ),
    # 例 政务数据分为三类 · 领导小组由…组成 · 国家鼓励发展节水服务产业
    (
        "kinds",
        "",
        re.compile(
            r"^(?:[^。,:]{2,20},)?[^。,:]{2,30}(?:分为|划分为|由[^。]{2,60}(?:构成|组成)$)|^[^。,:]{2,20}(?:主要)?包括"
            r"|^[^。,:]{2,20}是[^。,:]{2,24}议事协调机构$|^[^。,:]{2,20}设(?:组长|主任|(?:总)?召集人|总指挥)[^。]{2,60}$"
        ),
    ),
    (
        "kinds",
        "",
        re.compile(
            r"^[^。,:是]{2,24}是[^。,:]{2,40}(?:平台|载体|组成部分|依据|设施)(?:,|$)"
            r"|^[^。,]{2,30}(?:属于国家所有|是(?:国家)?重要的|为[^。,]{2,20}单位$)"
            r"|^国家(?:鼓励|支持|保护|保障|实行)|^鼓励"
        ),
    ),
    # 例 死亡30人以上的灾情为特大型灾情
    (
        "grade",
        "",
        re.compile(r"^[^。]{2,100}(?:以[上下外]|之一)[^。]{0,80}[为是](?:特大|重大|较大|一般|[大中小]型|[A-EⅠⅡⅢⅣ]级)"),
    ),
    # 例 凡符合下列情形之一的,为特别重大突发环境事件: · 符合下列条件之一的山体,应当列入名录: · 草原征占用应当符合下列条件:
    (
        "grade",
        "",
        re.compile(
            r"^(?:凡|符合|有|具有|出现)[^。,]{2,60}的[^。,]{0,8},(?:[^。,]{0,6}为|属于?|应当(?:列入|纳入|认定|视为|定为|划为))"
        ),
    ),
    ("conditions", "符具满包条", re.compile(r"(?:符合|具备|满足|包括|具有)(?:下列|以下|如下)[^。;,:]{0,30}:?$|条件:$")),
    # 例 财务审计类专家应当是熟悉经费管理的会计师
    ("persons", "", re.compile(r"^[^。,:]{2,16}(?:专家|人员|人才|候选人)应当?(?:是|具[有备]|熟悉)")),
    ("conditions", "", re.compile(r"^[^。,:]{0,6}(?:情形|报[告送]内容):|^“[^”]{1,30}”栏")),  # 例 追责情形:… · “目标”栏,填写…
    # 例 申请认定应提供以下材料:
    (
        "papers",
        "",
        re.compile(
            r"^(?:[^。,]{2,12}(?:通过)?在线)?(?:申[请报]|办理|参加)[^。]{0,60}(?:提[供交]|报送)[^。,]{0,24}(?:下列|以下)"
            r"[^。,]{0,4}(?:材料|文件|资料)"
            r"|^[^。,:]{0,30}(?:申请|申报|报名)(?:所需)?材料(?:如下|包括)"
        ),
    ),
    # 例 《职称评审表》一式3份 · 上一财年研发投入证明材料 · 《关于有关税收政策的公告》(2020年第10号)
    (
        "paper",
        "",
        re.compile(
            rf"^(?!{VERBS}|{OPENERS}|[^。,:]{{0,40}}{_HANDLES})[^。,:]{{2,60}}(?:{_COPY}|证明材料"
            r"|一式[一二三四五六\d]{1,2}[份套]|(?:推荐|申报|申请|登记|报名|汇总|审批|一览)表)(?:\([^()]{1,30}\))?$"
            r"|^(?:《[^《》]{4,80}》(?:\([^()]{2,60}\))?[、和]?){1,4}$"
        ),
    ),
    # 例 2021年10月19日至2021年11月30日
    ("time", "", re.compile(r"^[\d年月日时分至到起止—~\-.: 上下午全天]{6,60}$|^[^。,:]{0,4}时间$")),
    ("names", "", re.compile(r"^[\u4e00-\u9fff]{1,6}[省市县区州旗]$")),
    ("names", "", re.compile(rf"^(?!{VERBS})[^。,:]{{4,30}}(?:公司|合作社|厂)$")),  # 例 临江市青禾农业有限公司
    ("members", "", re.compile(r"^[^。:,、由]{2,16}[、由](?<=(?:组长|主任|指挥|集人).)[^。]{2,80}任(?:,|$)")),
    # 例 本办法适用于… · …,适用本办法
    (
        "scope",
        "适不参比遵本该此这从另按",
        re.compile(
            rf"(?=[适不参比遵本该此这从另])(?:{_FITS_ALL}|{_THIS}[^。]{{0,6}}适用|适用前款|从其规定|另有规定的除外)"
            rf"|^(?=[^。]{{0,80}}[按依]){_NO_BODY}{{0,80}}(?:按|依)照?{_THIS}"
            r"|按照?《[^》]{2,60}》[^。,]{0,20}规定(?:执行|处理|办理)$|遵守《[^》]{2,60}》等有关[^。,]{0,8}规定$"
        ),
    ),
    ("scope", "", re.compile(r"^涉及[^。,]{2,40},按照?[^。,]{0,12}规定(?:执行|办理)$")),
    # 例 …应当遵循统筹规划、依法管理的原则
    (
        "principle",
        "遵坚按贯实体",
        re.compile(
            r"(?:遵循|坚持|按照|贯彻|实行|遵守|体现)[^。]{2,120}原则(?:进行|执行|开展|实施|:)?$"
            r"|^[^。]{2,30}坚持[^。]{2,120}(?:方针|原则)(?:$|,)"
        ),
    ),
    ("guide", "", re.compile(r"^(?:[^。,]{2,16},)?(?:坚持)?以[^。,]{4,40}为指导(?:,|$)")),  # 例 以…思想为指导,全面贯彻…
    # 例 申请单位或者个人应当提交申请表 · 严禁破坏、盗捞水下文物等行为
    (
        "private",
        "",
        re.compile(
            rf"^(?=[^。]{{1,100}}[可都承提享])(?![^。]{{0,200}}(?:部门|机关|政府|[局厅委])(?:应当?|要|负责))"
            rf"{_NO_BODY}{{0,60}}{_PRIVATE},?(?:[^。,]{{0,20}}[^。,负])?{_ACTS_AS_PRIVATE}"
            rf"|^(?:严禁|禁止|任何){_NO_BODY}*$|{_APPLIES}"
        ),
    ),
    # 例 风险由高到低分为三级 · 行政裁量坚持过罚相当 · 在湿地范围内不得开垦、放牧
    ("levels", "由从", re.compile(r"(?:由高到低|从高到低)(?:依次)?(?:划?分|为)")),
    ("stance", "", re.compile(r"^[^。,:]{0,12}坚持")),
    ("ban", "", re.compile(rf"^(?!{VERBS}){_NO_DUTY}{{0,200}}(?:不得|禁止|严禁){_NO_DUTY}*$")),
    # 例 新增贷款额满分100分 · 排名第一的得100分,以后依次递减2分 · 综合得分=…
    ("score", "满得计加减扣分", re.compile(r"(?:满分|[得计加减扣])为?\d{1,3}(?:[.]\d)?分(?:[,(]|$)|得分[^。,]{0,8}=")),
    # 例 本办法自2021年1月1日起施行 · 由市司法局负责解释 · …同时废止
    (
        "effect",
        "自从于本该此这解有同即试",
        re.compile(
            rf"(?=[自从于本该此这解有同即试])(?:[自从于][^。,]{{2,40}}[起日后](?:正式)?(?:施行|执行|实施|生效)"
            rf"|{_THIS}由[^。]{{2,40}}解释|{_THIS}[^。,]{{0,8}}期限[^。,]{{0,4}}按[^。,]{{2,8}}计算|试行期|解释权|有效期"
            rf"|(?:同时|即行)废止|自[^。,]{{2,20}}起(?:废止|不再适用)(?:$|,)|{_THIS}(?:的解释|与[^。]{{1,40}}不一致))"
        ),
    ),
    (
        "effect",
        "负不停本该此这",
        re.compile(
            rf"(?=[负不停本该此这])(?:负责{_THIS}?的?解释|(?:不再|停止)执行$"
            rf"|^{_THIS}[^。]{{0,8}}(?:未尽事[宜项]|未作规定))"
        ),
    ),
    # 例 解除时间另行通知 · 具体标准,按照国家有关规定执行
    (
        "later",
        "",
        re.compile(
            rf"^(?!{ADVERBS}|{VERBS}|{OPENERS})(?![^。]{{0,60}}由)"
            rf"(?:{_NO_BODY}{{2,40}}另行(?:通知|公告|公布|制定|规定|确定)|{_NO_BODY}{{2,60}},按照?[^。,]{{0,8}}规定执行)$"
        ),
    ),
    # 例 领导小组不刻制印章,不正式行文 · 联席会议不纳入市级议事协调机构管理
    (
        "effect",
        "",
        re.compile(
            r"^[^。,]{2,12}不纳入[^。,]{2,24}(?:管理|序列)$"
            r"|^[^。,]{2,30}不(?:设[^。,]{2,8},不)?(?:另|单独)?刻制?[^。,]{0,4}[印公]章(?:,[也亦]?不[^。,]*)?$"
        ),
    ),
    # 例 教育支出21.5亿元,增长6.0% · 税务部门组织收入102.6亿元,完成预算的98.7%
    (
        "figure",
        "",
        re.compile(
            r"^[^。,]{2,40}\d[\d.,]{0,12}[万亿]{0,2}元(?:,(?:同比|比上年|较上年)?(?:增长|下降|增加|减少|占"
            r"|完成)[^。,]{1,24}){1,3}$"
        ),
    ),
    (
        "reward",
        "",
        re.compile(
            r"^(?!对)[^。,]{2,40}(?:贡献|成绩|显著|突出)的[^。]{0,30}(?:奖励|表彰)"
            r"|^[^。,]{2,80}的,予以(?:通报)?(?:表扬|表彰|奖励)$"
        ),
    ),  # 例 有突出贡献的,给予奖励
    # 例 考核被确定为优秀档次的,正常晋升薪级工资 · 考核结果作为晋升的依据 · 有下列情况之一的,撤销其称号
    (
        "reward",
        "",
        re.compile(
            r"^[^。,]{2,40}(?:确定|评定|认定|评)为[^。,]{2,30}的,(?!立即|及时|限期|[要须由])[^。]{2,100}$"
            r"|^(?![将把])[^。,]{2,30}结果(?:将)?作为[^。]{2,60}(?:依据|参考)$"
            r"|^[^。,]{0,30}(?:有|存在|出现)(?:下列|以下)(?:情况|情形|行为)之一的,[^。,]{0,8}(?:撤销|取消|终止|不予|列入)"
        ),
    ),
    # 例 违反本办法规定,…的,依法给予处分 · 构成犯罪的,依法追究刑事责任
    (
        "penalty",
        ",有的依",
        re.compile(
            rf"(?:(?:^|,){_WRONG}"
            r"|有[^。,]{0,20}(?:行为|情形)之?一?|的,(?:按照|依照|依据)[^。,]{2,60}(?:规定)?)[^。]{0,200}(?:处分|处罚|罚款"
            rf"|追究|责任|惩处|查处|处理|责令)|依法(?:给予|追究)[^。]{{0,40}}(?:处分|处罚|责任)|{_FINED}"
        ),
    ),
    # 例 …可以向…申请 · 有权
    (
        "permission",
        "",
        re.compile(
            r"^(?:(?!应当?|必须|不得|负责|要)[^。]){0,80}(?:可以?(?!能|靠|行|持|见)|有权|得(?!到|出|当|分|知|益|失"
            r"|以))(?:(?!应当|必须|不得|负责)[^。]){0,200}$"
        ),
    ),
)
# Minutes, and what a meeting resolves in them. 例 现将议定事项|纪要|如下: · 会议原则同意|《…》 · 会议要求|,加快进度
MINUTES: Final = re.compile(r"纪要(?:如下|\n|[〔\[(【])")
RESOLVES: Final = re.compile(r"会议(?:一致|原则)?(?:要求|强调|议定|决定|明确|确定|同意|审定)")
# 例 为此,|要专题向省政府请示 · 一|要用精练的语言 · |立即启动排查 · |不得擅自蓄水
_WANTED: Final = re.compile(
    rf"(?:^|[,。;:\d一二三四五六])(?:要(?![求点素件害])|须|应当?(?![急用])|必须|请|责成|确保|务必|不得|严禁)"
    rf"|^(?:{ADVERBS}){{0,2}}(?:{VERBS}|{OPENERS}|修改|启动)"
)
NAMES_NO_BODY: Final = re.compile(rf"{_NO_BODY}+$")
_SENTENCE: Final = re.compile(r"[^。;\n]{2,600}")
_STOP: Final = re.compile("[。;:,]")
_HEADING: Final = 30  # code points of the longest heading
_HEAD: Final = 14  # of the longest that is a sentence of its own
# What is no heading: it opens with work, or says what there is to be. 例 履行其他职责 · 国家建立农用地分类管理制度
_WORK: Final = re.compile(
    rf"(?:{ADVERBS}){{0,2}}(?:{VERBS}|{OPENERS}|{WEAK}|订定|划分|履行|承担|负责|决定|审议|批准|实行|其他"
    "|协调|处理|研究|承办|办理|指导|监督|受理|审[核查]|编制|牵头|协助|配合)"
    "|[^。]{2,12}(?:实行|实施|建立|推行|开展|设立|制定|负责|应当?|不得|必须|每|可)"
)


# The title of a text whose items are rules, whatever their numbers. 例 关于印发某补贴|实施办法|的通知
_RULES_TITLE: Final = re.compile(r"(?:办法|细则|条例|规程|规则)(?:\([^()]{1,10}\))?》?(?:的(?:通知|公告))?$")


def are_rules(title: str | None) -> bool:
    """Whether the text of this title is one of rules: a 办法, 细则, 条例, 规程 or 规则."""
    return bool(title and _RULES_TITLE.search(title))


def are_minutes(plain: str, title: str | None, span: Span) -> bool:
    """Whether the text at `plain[span]`, of this title, is the minutes of a meeting."""
    return bool(title and title.endswith("纪要")) or bool(MINUTES.search(plain, *span))


def no_work_of(text: str, item: Item, *, of_rules: bool = False) -> str:
    """The kind of what `item` says if none of it is work, else "". `of_rules`: as an article says it, whatever its number."""
    numbered_so = item.style == "article" or item.style.startswith("dec") or (item.parent and item.parent.style == "article")
    kinds = _KINDS if of_rules or numbered_so else _KINDS_OF_PLANS
    first = ""
    begin = item.first_line.end if _is_headed(text, item) else item.body
    for found in _SENTENCE.finditer(text, begin, item.aside.start if item.aside else item.end):
        sentence = found.group().strip()
        if not sentence:
            continue
        kind = kinds.of(sentence)
        if not kind and found.start() == begin and _heads(sentence):
            first = "heading"
            continue
        if kind == "guide" and item.style != "article":
            return ""  # 领导小组职责:(一)以…为指导,研究…
        if kind in _UNLESS_DUTY and _has_duty(sentence):
            return ""
        if kind in ("permission", "kinds", "reward") and any(find_duties(sentence, 0, len(sentence))):
            return ""
        if not kind and not _goes_on(sentence, first, later=item.style == "article" and found.start() >= item.first_line.end):
            return ""
        first = kind if first in ("", "heading") else first
    return first


def _heads(sentence: str) -> bool:
    """Whether the first sentence of an item is but its heading: (一)生态宜居。|反映环境要素保护情况"""
    return len(sentence) <= _HEAD and not _STOP.search(sentence) and not _WORK.match(sentence) and not _has_duty(sentence)


def _is_headed(text: str, item: Item) -> bool:
    """Whether its first line is a heading, which says nothing itself: 10.2 预案的实施"""
    stop = item.first_line.end
    return item.paragraphs > 1 and stop - item.body <= _HEADING and not _STOP.search(text, item.body, stop)


def _goes_on(sentence: str, first: str, *, later: bool) -> bool:
    """Whether a sentence of no kind says no more than the `first` before it; one of a `later` paragraph of an article where it
    puts a duty on nobody."""
    if (first == "conditions" and sentence.endswith("的")) or (first == "paper" and sentence.startswith("(")):
        return True
    if first in ("definition", "scope") and sentence.startswith("其中"):
        return not _has_duty(sentence)
    if first in ("private", "ban") and NAMES_NO_BODY.match(sentence):
        return True
    return later and not _has_duty(sentence)


def opens_with_duty(text: str, item: Item) -> bool:
    """Whether `item` opens with an agency that has to do something, and no offence is meant: 市统计局应当设立举报电话."""
    first = _SENTENCE.search(text, item.body, item.end)
    sentence = first.group().strip() if first else ""
    duty = next(find_duties(sentence, 0, len(sentence)), None)
    return duty is not None and not duty.unit.start and not _KINDS.of(sentence)


def wants_work(text: str, item: Item) -> bool:
    """Whether a meeting wants done what `item` says, of which it was told: 为此,要专题请示 · 会议要求,… · 进一步规范程序."""
    words = text[item.body : item.end]
    return bool(_WANTED.search(words) or RESOLVES.search(words) or any(find_duties(words, 0, len(words))))


def _has_duty(sentence: str) -> bool:
    """Whether an agency has to do something in `sentence`, or opens it."""
    named = find_mentions(sentence, 0, len(sentence))
    return bool(named and not named[0].start) or next(find_duties(sentence, 0, len(sentence)), None) is not None


def resolutions(plain: str, span: Span, paragraphs: Sequence[Span]) -> list[Span]:
    """Those of the `paragraphs` in which a meeting resolves on work, if the text at `span` is its minutes."""
    return [line for line in paragraphs if RESOLVES.search(plain, *line)] if MINUTES.search(plain, *span) else []


class _Kinds:
    """The kinds that are asked for, and whether a sentence is of any: most are of none, which two searches tell."""

    def __init__(self, kinds: Sequence[tuple[str, str, re.Pattern[str]]]) -> None:
        self._kinds = [(kind, pattern) for kind, _, pattern in kinds]
        self._at_head = re.compile("|".join(pattern.pattern for _, pattern in self._kinds))
        opens = "".join(sorted({c for _, opens, _ in kinds for c in opens}))
        self._within = within(opens, "|".join(pattern.pattern for _, opens, pattern in kinds if opens))

    def of(self, sentence: str) -> str:
        if not (self._at_head.match(sentence) or self._within.search(sentence)):
            return ""
        return next((kind for kind, pattern in self._kinds if pattern.search(sentence)), "")


# What the items of a plan may say too.
_UNLESS_DUTY: Final = frozenset({"levels", "stance", "ban", "members", "persons", "later"})  # none with a duty in the sentence
_OF_ARTICLES: Final = (_UNLESS_DUTY - {"members", "persons", "later"}) | {
    "permission",
    "penalty",
    "reward",
    "principle",
    "kinds",
    "private",
    "papers",
}
_KINDS_OF_PLANS: Final = _Kinds([row for row in NO_WORK if row[0] not in _OF_ARTICLES])
_KINDS: Final = _Kinds(NO_WORK)
