"""What is no duty though it stands behind a subject: work that is done, told or let, a condition, what papers and people are.

duties.py asks `binds` of each predicate; each pattern stands for one way in which nothing is left to do.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.lexicon.predicates import ADVERBS, OPENERS, VERBS, WEAK
from loaders.names.units import only_units
from loaders.text.things import THIS

_FAR: Final = 120  # code points behind a verb in which a word that tells more stands

_DOC_NUMBER: Final = re.compile(
    r"(?!按|对|根据|依)[\u4e00-\u9fff]{0,4}[\[(](?:19|20)\d\d[\])][ ]?\d{1,4}号"
)  # 例 国卫办|宣传函[2020]55号
# 例 建设部门|会同文物部门可以提出建议
_MAY_TOGETHER: Final = re.compile(
    r"(?:会同|商|联合)[^,。;:]{2,60}?(?:部门|机关|政府|[局委厅部联])(?:也|均)?(?:可以?(?![能靠行持再])|有权)"
)
# 例 法院审理知识产权案件时,|可以引入技术调查官, but not 市民政局建立监管机制,可通过购买服务监测
MAY_LATER: Final = re.compile(
    r"[^。;]{0,40},(?:(?:也|均|根据需要)?可(?:以|(?![以靠行持视再比]|通过|委托|采[取用]|依托|邀请|聘请))|有权)"
    rf"|(?:对|为|按|向|在|根据|结合|视)[^,。;:]{{2,40}}(?<![许认不])可以?(?=(?:{ADVERBS}|{VERBS}|适度|酌情|将|把))"
)
# What it will do further on. 例 对委托的事项可进行变更,|将及时公告
_BUT_WILL: Final = re.compile(rf"[^。;]{{0,60}},(?:并|也)?将(?:{ADVERBS}){{0,2}}(?:{VERBS}|向)")
# What it does in any case. 例 联席会议|每年召开两次会议,也可临时召开专题会议
_RHYTHM: Final = re.compile(r"每(?:半?年|季度?|月|周)\Z")
# A must further on in the sentence, behind what the subject does first. 例 政务部门注册资源时,|应当
_LATER_MUST: Final = re.compile(
    rf"(?P<between>[^。;:\n]{{0,60}}?[^。;:\n,])(?P<comma>,?)(?:{ADVERBS}){{0,2}}"
    r"(?:(?P<must>应当?(?!急|用|对|届|有|[^,。;]{2,14}而未)|必须|(?<=,)要(?!求|素|件|点))"
    r"|(?P<must_not>不得|严禁)|(?<=,)(?:承担|负责))"
)
# Where what follows a subject shows that it is done, reported, or of somebody else.
_IS_TOLD: Final = (
    r"会同[^,。;:]{2,24}(?:认定|确[定认]|核定|公布|发布|批准|审定|认可)的(?=[\u4e00-\u9fff])"
    r"|[^,。;]{0,20}期间,发现(?![^。;]{0,30}(?:要|应|须|立即|及时))"
    r"|负责[^,。;]{2,12}\d{1,4}[个项家](?:,|未|已)|[^,。;]{0,20},?共(?:梳理|排查|发现|检查|出动|查处)"
)
# 例 部务会议审议|通过,现予公布 · 市政府办公室|在申报的基础上,遴选出64个项目
# 例 市委、市政府高度|重视治水工作, · 市政府|以自己名义召开的大会 · 联席会议|召开之前
_SAID: Final = (
    r"(?<=高度)重视(?!,|[^,。;\n]{0,30},(?:明确|加强|切实|认真|落实|组织))"
    r"|(?:审议|讨论)?通过(?=,现|。|\)|\Z)|[^,。;]{0,30}(?:基础上|后),[遴评筛]选出\d"
    "|以[^,。;:的]{2,12}名义[\u4e00-\u9fff]{2,4}的|(?<=会议)召开(?:[一两三]次|[之以]?[前后]|时|[,。])"
)
# 例 工信部持续推进智能制造,先后|遴选试点, but not 市水利局牵头制定方案,先后报批
_ONE_BY_ONE: Final = "先后(?:印发|出台|制[定订]|下发|召开|举办|遴选|认定|培育|公布|发布|颁布|建成)"
# 例 市水利局|按照要求,针对险情,编制了预案
_HAS_DONE: Final = rf"(?:{OPENERS}[^,。;]{{2,40}},){{1,3}}[^,。;]{{0,30}}[\u4e00-\u9fff]了(?!解|结|断)"
# 例 市水利局|加强监管,取得积极成效 · 市水利局|建成站房300余座
_WITH_SUCCESS: Final = re.compile(
    "[^。;]{0,80}[,、]取得了?(?:一定|初步|阶段性|积极|较好|显著|明显|重大|可喜|良好)的?(?:成效|进展|成绩|成果|突破)"
    "(?:[。;]|,(?![^。;]{0,40}(?:达到|通过|[年月底日]前)))"
)
_SO_MANY: Final = re.compile(
    r"(?:建成|完成|开工|出动|检查|排查|发放|投入|新增|整治|查处)[^,。;]{0,24}"
    r"\d余(?:[个套家项万人次件处座名所]|公里|亩)(?:[,。;\n]|\Z)"
)
_PAST: Final = re.compile(
    rf"(?:{ADVERBS})?(?:已(?!批)|已经|曾|正在|在(?:紧密|积极|抓紧|加快|稳步|有序)|也?表示"
    rf"|{_SAID}|{_IS_TOLD}|{_HAS_DONE}|{_ONE_BY_ONE}|(?!负责|牵头|按照|[要应须])[^。;]{{0,60}},{_ONE_BY_ONE}"
    r"|[^,。;]{0,80}(?:,[^,。;]{0,8})?了(?!解|结|断)|[^,。;]{0,30}(?:已经?(?!批)(?![^,。;]{1,8}的)|曾))"
)
# 例 日前,农业农村部先后印发通知,要求|各地做好生产 · 从督查情况看,|市水利局
_NEWS: Final = (
    r"(?<![\d\u4e00-\u9fff])(?:日前|近日),[^。;\n]{0,40}(?:印发|下发|发布)[^。;\n]{0,16}要求$"
    r"|从[^,。;]{0,8}(?:督查|检查|调研|抽查|考核)[^,。;]{0,6}看,[^。;\n]{0,16}$"
)
# 例 今年以来,|市水利局 · 组织了|市水利局 · 24日,|市水利局
_PAST_BEFORE: Final = re.compile(
    r"(?:[近几多\d一二三四五]年来(?!发现|形成|积累|存在|遗留|出现)"
    r"|以来|去年|此前|前期(?!工作|准备|手续)|前阶段|过去|长期以来|历年|(?:正确|坚强)领导下,|(?:组织|召开|举[办行])了)"
    rf"[^。;\n]{{0,50}}$|日(?:上午|下午|晚)?,$|{_NEWS}"
)
# 例 …的,应当 · 市政府采取必要措施及时处理|时,县公安局应当
_WHILE: Final = (
    "措施[^,。;:在]{2,12}(?<![及定同临届按准适随小实限战平])时(?=,(?:由|[^,。;:]{2,16}(?:[局委厅办部]|部门|政府|机关)[应要须]))"
)
_CONDITION: Final = re.compile(rf"[^,。;:]{{2,60}}(?:(?:,需要?[^,。;:]{{2,60}})?的|{_WHILE}),")
# 例 市水利局|审核通过后,申请人即可打印 · 市政府|给予补偿后,被征收人应当搬迁, but not 市水利局|审核通过后,报省水利厅
_ONCE_IT_HAS: Final = (
    r"(?!组织|牵头|负责)[^,。;:]{0,16}(?:审[批核定查]|核[准查实]|复核|批准|通过|同意|确认|登记|验收|备案|补偿|拨付)"
    r"(?:完成|通过|同意|合格|确认)?后,"
    r"(?:由|即可|方可|[^,。;:]{2,8}(?:[人者业]|银行|公司)(?:可|即|方|应|须|凭|持|到|按))"
)
# 例 市水利局|应当履行职责而未履行 · 市水利局|有下列行为之一的
_OFFENDS: Final = "[^,。;:]{0,16}应当?[^,。;:]{2,14}而[未不]|(?:不|未)(?:依法|按照?规定)?履行"
# 例 市水利局|对农户给予的补偿包括:
_WHAT_IT_GIVES: Final = "对[^,。;:]{2,16}(?:给予|作出|实施|进行)的[^,。;:]{1,10}(?:包括|分为|由|按照?)"
# What must come first. 例 省水利厅|审核批准后,方可开工
_BEFORE_OTHERS: Final = re.compile(r"[^。;:]{2,60}后,?方可")
# What has been done, or how well, behind a body and a colon. 例 组织了清淤3次 · 保障经费,已拨付 · 落实河长制得5分 · …成绩突出
_WELL: Final = "(?:成绩|成效|表现|业绩)(?:突出|显著|明显|优异|良好)(?=[,。;\\n]|\\Z)|(?:排名|位[列居]|名列)[^,。;]{0,6}第"
ACCOUNTS: Final = re.compile(
    r"[^。;\n]{0,120}?(?:(?<![为除])了(?![解结断然])|(?<=[,:])(?:均|都|现|目前|全部){0,2}已(?!批|[^,。;]{1,10}的)"
    rf"|[得获]\d{{1,3}}(?:[.]\d{{1,2}})?分|{_WELL})"
)
# What comes before others act. 例 气象部门|发布预警信息后,各单位应 · 税务机关|查询帐户时,有关银行应当
_BEFORE_THEM: Final = (
    "(?:发布|发出|宣布)[^,。;:]{2,20}(?:预警|警报|信息|响应|通知|指令)[^,。;:]{0,4}后,"
    "|[^,。;:]{4,40}情况时,(?=[^,。;:]{2,24}(?:应当?|须|要|可以?|不得))"
)
# 例 由市、区两级|按照1:1比例负担 · 市、区|按现行财政体制分担
_PAYS: Final = r"按照?[^,。;]{1,16}(?:比例|财政[^,。;]{0,4}体制)(?:共同)?(?:负担|分担|承担)"
# 例 管委会|实施审批的具体事项,由市人民政府规定
_ITS_RULES: Final = "[^,。;:]{2,24}的(?:具体|有关|相关)?(?:事[项宜]|办法|标准|程序|规则|细则),由|[^,。;:]{0,24}负责的原则"
# 例 地方政府|对事故直接负责的主管人员,比照本规定给予处分 · 由省政府|协调水利工作的副秘书长
_ITS_PEOPLE: Final = (
    "[^,。;:]{2,16}的副?(?:秘书长|[省市县区厅局]长)|对[^。;:]{2,40}直接负责的(?:主管)?人员[^。;:,]{0,16},[比依按]照"
)
# 例 市水利局|依法向农户采集|的数据
_TO_SOMEBODY: Final = "(?:(?:依法)?向[^,。;:]{2,24}(?:提供|提交|报送|反映|申请|采集|告知|出具)|下放给[^,。;:]{2,12})"
# 例 各地|开放运营的客运场站要消毒
_ACTS_ITSELF: Final = (
    "(?!指导|督促|监督|组织|引导|推动|通知|要求|告知|提醒|确保|保障|动员|教育)[^,。;:]{2,12}的[\u4e00-\u9fff]{0,6}"
    "(?:场站|企业|场所|车辆|工地|商户|市场|医院|学校|人员)(?:要(?!求)|应当?(?!急|.尽)|须|必须)"
)
# 例 标委会|筹建方案应当说明必要性 · 市司法局|拟订办法的建议,应当经市政府同意
_ITS_PAPERS: Final = (
    "(?!制[定订]|编制|起草|修[订改]|完善|[上呈]?报|提[交出]|出台|印发|公布|形成)"
    "[^,。;:]{1,10}(?:方案|章程|建议|细则|报告|名单|计划)(?:应当?|须|必须|不得)"
    r"|[^,。;:]{2,20}的(?:方案|建议|申请|报告|意见),?(?:应当?|须|必须|不得)"
)
# 例 市水利局|制定印发的文件应当公开 · 市水利局|提请市政府审议的事项,必须
_WHAT_IT_MADE: Final = (
    rf"(?:组织|研究|制[定订]|起草|编制|发布|印发|提出)(?:[、和或](?:联合|共同)?)?(?:{VERBS})的(?!同时|基础|前提|情况)"
    rf"|(?=[^,。;:]{{2,20}}的[^,。;:]{{1,14}}(?<![时前后]),?(?:应|须|必须|不得))(?!{OPENERS})[^,。;:]{{0,16}}"
    rf"(?:{VERBS}|决定|讨论)的[^,。;:]{{1,14}},?(?:应|须|必须|不得)"
)
# 例 主办单位|在平台上发布的信息不得失实 · 市水利局|在巡查中发现的险段
_FOUND_OR_SHOWN: Final = (
    "在[^,。;:的]{2,16}(?:[上中](?:开[设展]|发布|公布|登记)的[^,。;:]{2,16}(?:应当?|须|必须|不得)"
    "|[中时]发现的(?![^,。;]{0,12}(?:(?<!需)要|应|须)))"
)
# 例 市红十字会|接收捐款账户 · 市水利局|加强管理的任务更加繁重 · 市法院|受理案件仍将增加
_AS_IT_IS: Final = (
    "接收[^,。;:]{0,6}账[户号](?!资金)|[^。;:]{2,60}的(?:要求|任务|压力|需求)(?:更加|日益|越来越)|[^,。;:]{2,10}仍将"
)
# What a body must be, not do. 例 市司法局|应当|符合下列条件 · 试点城市|应当|具备以下条件
_MUST_FIT: Final = re.compile(
    "(?:同时)?(?:符合|具备|满足)(?:下列|以下|如下|本(?:办法|条例|规定)|第[一二三四五六七八九十]"
    "|[^,。;:]{0,10}条件:|[^,。;:]{2,60}等功能(?!的))"
)
# 例 省政府|对河长制工作的重要文件、
_ON_A_WORK: Final = "对[^,。;:]{2,24}的[^,。;:]{0,8}(?:文件|部署|要求|指示|论述)[、。;]"
# What an agency makes, told what it is like. 例 市水利局|建立相应的|台账。
_FITTING: Final = "(?:必要|相应|统一|专门|完善|健全|明确|详细|严格)的"
_NO_OWNER: Final = rf"[对将把按以就视]|[做抓]好|根据|结合|围绕|针对|(?:{VERBS}|{WEAK}|提供){_FITTING}"
# 例 由省领导小组|统筹分配的企业。
_ATTRIBUTE: Final = re.compile(
    rf"(?!{_NO_OWNER})[^,。;:]{{0,4}}的[^,。;]{{0,12}}[,。;]|{_ACTS_ITSELF}|{_ONCE_IT_HAS}|{_WHAT_IT_MADE}|{_OFFENDS}"
    rf"|{_BEFORE_THEM}|{_PAYS}|{_AS_IT_IS}|{_WHAT_IT_GIVES}|{_ITS_RULES}|{_ITS_PEOPLE}|{_ITS_PAPERS}"
    rf"|{_TO_SOMEBODY}的|提请[^,。;:]{{2,20}}的事项|{_FOUND_OR_SHOWN}|{_ON_A_WORK}|管理[^,。;:]{{2,10}}的(?:部门|机构)"
)
_TELLS: Final = (
    "指定专人|[^,。;]{0,12}(?:报|了解|掌握|[检督调排抽核]查|公布|公开|反馈|汇总|分析|跟踪|评估|核实|说明|记录|调度|统计|监测"
    "|关注|结合|根据)"
)
# 例 各单位|在执行中遇到的问题,请及时反馈
_MET_WITH: Final = r"在[^,。;:\n]{2,14}(?:遇到|发现|出现|存在)的[^,。;:\n]{0,8}(?:问题|困难|情况)(?!,?(?:均|都)?[应要须立])"
# What is looked at, not work. 例 审查机构|落实审查责任情况; · 各单位|落实情况纳入考核
_STATE: Final = re.compile(
    rf"(?!{OPENERS})(?:{ADVERBS})?(?!{_TELLS}|{OPENERS}|审[核查])"
    rf"[^,。;:\n]{{2,60}}情况(?:[。;,]|纳入|与[^,。;]{{0,28}}挂钩[,。;]|[和及]成效)"
    rf"|(?!{ADVERBS}|解决|整治|推动|督促|加强)[^,。;:\n]{{2,20}}(?:缓慢|滞后)[,。;]|{_MET_WITH}"
)
# 例 起草单位|将材料报送审核机构的, · 供销社|将化肥送到基地 · 办公室|将会场搬到了现场
_REPORTED: Final = re.compile(
    r"将(?:[^,。;:]{2,60}的,|[^,。;]{2,40}分解为\d|[^,。;“]{1,24}(?:送[到往至]|延长[到至]|分为[^,。;:]{1,12}[。;\n])"
    r"|[^,。;:]{2,40}(?<![为除])了(?![解结断]))"
)
# Where 将 only takes up an object, as 把 does. 例 我省|将防汛工程作为基础工程
TAKES_OBJECT: Final = re.compile(f"将(?![于在]|{VERBS}|{ADVERBS})[^,。;:]{{2,60}}(?:作为|[纳列]入|[到至为成])")
# What is told of papers and of what holds anyhow. 例 省政府办公厅|转发…的通知 · 我市|遵照执行 · 指挥部|下设工作组
_PAPERS: Final = (
    "(?:转发|印发|批转)[^,。;]{0,60}(?:[《〈、]|的?通知)|发布《"
    rf"|[^。;:\n《]{{0,160}}《(?<=[定订草制发]的《)[^》]{{2,80}}》(?:已|经|,?现)|(?:联合|共同|研究)?制[定订]了?(?=本){THIS}"
    "|(?:召开|结束)后,"
)
# 例 指挥部|依据规定,现就有关事项公告如下 · 示范区|获得国务院批复
_MAKES_KNOWN: Final = (
    r"[^。;\n]{0,120}(?<=[,决定])现[就将予][^。;\n]{0,60}(?:如下|公告|通告|公布)|获得?[^,。;]{0,12}(?:批复|批准|同意|授予)"
    r"|(?:联合|共同)?(?:印发|下发|发出)[^,。;]{0,30}通知,(?:要求|部署|决定|明确)"
)
# 例 市水利局|在总结经验的基础上,制定第二批措施如下:
_SETS_OUT: Final = re.compile(r"[^。;\n]{0,120}(?:制[定订]|提出|推出|出台)[^。;:\n]{0,30}如下(?:[:。\n]|,请)")
_DECIDED: Final = "(?:研究)?决定(?=[,从自在于将开成])"  # 例 市政府|研究决定,从3月起
# 例 市水利局|于2月5日发出紧急通知
_ON_A_DAY: Final = r"于(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:联合)?(?:发出|印发|下发|发布)"
_ISSUES: Final = re.compile(
    rf"{_DECIDED}|{_ON_A_DAY}|{_PAPERS}|{_MAKES_KNOWN}|[遵参]照执行|(?:根据[^,。;]{{0,8}})?下设"
    r"|[^,。;]{2,24}后自动(?:撤销|解散|失效)"
)
# What stands before words of another text. 例 删除第二条中|“由市水利局审核” · 《管理办法》第七条|“由市水利局审核”
_OF_ANOTHER: Final = re.compile(r"(?:(?:删除|删去)[^。,;\n]{0,40}|》(?:\([^()]{1,40}\))?第[^“。,\n]{1,16})\Z")
_QUOTE: Final = 300  # code points of the longest such words
# A question. 例 市水利局|应当采取哪些措施?
_ASKS: Final = re.compile(r"[^。;\n?]{0,80}(?:哪[些几个种里]|什么|何种|怎[么样]|如何|是否|吗)[^。;\n?]{0,24}\?")
# Who belongs to a body that is set up. 例 市司法局|为成员单位 · 办公室成员由市司法局|抽调人员组成
_MEMBER: Final = re.compile(r"(?:为[^,。;]{0,8}(?:成员|组长|主任|召集人|办事机构)|[^,。;]{0,16}组成[,。;])")
# 例 本政策由市商务局会同市财政局|负责解释 · 有关部门协助征收,适用本条例 (a rule about the text itself)
EXPLAINS: Final = re.compile(
    r"[^。;\n]{0,60}适用本(?:办法|条例|规定|细则|规则|制度|预案|规程)"
    r"|[^。;\n]{0,60}参照本(?:办法|条例|规定|细则|规则|制度|预案|规程)(?:组织)?(?:执行|管理|办理|实施)?(?=[。;\n]|\Z)"
    r"|[^。;:,\n]{0,80}负责[^。;:,\n]{0,8}解释|解释(?=[。;,])"
)


# Patterns by a word of theirs, which stands near but seldom and is found far faster.
_BY_WORD: Final = (("方可", _BEFORE_OTHERS), ("如下", _SETS_OUT), ("取得", _WITH_SUCCESS), ("余", _SO_MANY))


class Predicate(NamedTuple):
    kind: str  # the group that matched: must, must_not, will, duty, work, weak, event, open
    verb: int  # where the verb begins
    end: int
    sure: bool = False  # whether an adverb or a colon stands before the verb


def binds(text: str, subject: int, predicate: Predicate, end: int, *, by: bool) -> bool:
    """Whether the work is still to be done, and work at all."""
    asked = text.find("?", predicate.verb, min(end, predicate.verb + _FAR)) >= 0 and _ASKS.match(text, predicate.verb, end)
    if (
        asked
        or (by and text.startswith("已由", max(0, subject - 2)))  # 《办法》已由市政府常务会议审议通过
        or _is_quoted(text, subject)
        or _DOC_NUMBER.match(text, predicate.verb, end)
        or EXPLAINS.match(text, predicate.verb, end)
        or (predicate.kind == "will" and _REPORTED.match(text, predicate.verb, end))
    ):
        return False
    verb = predicate.verb
    if predicate.kind in ("must", "must_not", "will"):
        needed = text.startswith(("需要", "不予", "不能"), verb) and _CONDITION.match(text, verb, end)
        later = _LATER_MUST.match(text, predicate.end, end) if needed else None
        # 需要组织会审的,应当提前告知, but not 应当符合下列条件
        return bool(later and later["comma"]) if needed else not _MUST_FIT.match(text, predicate.end, end)
    if _PAST_BEFORE.search(text, max(0, subject - 60), subject) or _MEMBER.match(text, verb, end):
        return False  # done, or of a body's members
    if predicate.kind == "event" or _CONDITION.match(text, verb, end):
        later = _LATER_MUST.match(text, predicate.end, end)
        return bool(later and (later["comma"] or not _another_acts(later["between"])))
    if predicate.kind in ("work", "weak", "open") and (_ATTRIBUTE.match(text, verb, end) or _STATE.match(text, verb, end)):
        return False
    near = min(end, verb + _FAR)
    done = any(text.find(word, verb, near) >= 0 and pattern.match(text, verb, end) for word, pattern in _BY_WORD)
    told = not by and _ISSUES.match(text, verb, end)
    may = not by and (MAY_LATER.match(text, verb, end) or _MAY_TOGETHER.match(text, verb, end))  # but 由A责令改正,可以处罚款
    let = may and not (_BUT_WILL.match(text, verb, end) or _RHYTHM.search(text, subject, verb))
    return not (done or told or let or _PAST.match(text, verb, end))


def _is_quoted(text: str, subject: int) -> bool:
    """Whether it stands in words of another text, which are struck out or shown."""
    begin = text.rfind("“", max(0, subject - _QUOTE), subject)
    return begin >= 0 and text.find("”", begin, subject) < 0 and bool(_OF_ANOTHER.search(text, max(0, begin - 60), begin))


def _another_acts(between: str) -> bool:
    """Whether who must act is named right before the must: 税务机关依法调查时,|有关部门、单位|应当."""
    comma = between.rfind(",")
    return comma >= 0 and bool(only_units(between, comma + 1, len(between)))
