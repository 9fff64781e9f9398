"""Which names can act: be the subject of a sentence, and have duties that are counted."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.lexicon.predicates import ADVERBS, EVENTS, VERBS
from loaders.names.bodies import find
from loaders.names.parts import LEVEL_PREFIX
from loaders.names.phrases import NOT_ACTOR, PHRASES
from loaders.names.places import mention
from loaders.names.shape import OF_FIELDS, is_unit
from loaders.text.view import within

# A body set up for one work may have that work in its name. 例 省推进政府职能转变协调小组办公室 · 市优化营商环境工作专班
AD_HOC_BODY = re.compile(
    r"(?:[省市区县州国]|全[省市区县])[^的,。]{2,36}(?:小组|专班|指挥部|委员会)(?:办公室|办)?$"
    r"|^[省市县区](?!级|直|委)[^的,。、]{4,20}办公室$"
)
_NOT_PUBLIC = (  # whose 服务机构 count
    "(?<!公共就业)(?<!公共人才)(?<!所属人才)(?<!公共管理和)(?<!公共和经营性人力资源)"
    "(?<!就业和人才)(?<!就业人才)(?<!人力资源公共)(?<!人事档案管理)"
)
# Those whose duties are not counted: private actors and service institutions, also state-owned ones.
# 例 金融机构 · 第三方机构, but not 公共就业服务机构 · 公共和经营性人力资源服务机构 · 融资担保机构
_SERVICES = f"(?:{PHRASES['service']}|第三方[\u4e00-\u9fff]{{0,6}}|{_NOT_PUBLIC}服务|(?<!融资)担保(?<!再担保))机构$"
_NO_COURT = "(?<!法)(?<!检察)(?<!国务)(?<![市州]中)(?<!省高)"  # but 市中院
# 例 建设银行 · 医院 · 实验室 · 变电站 · 职业学院 · 社会组织 · 行业协会 · 合作社, but not 人民法院 · 行政学院 · 科学技术协会
_INSTITUTIONS = (
    rf"(?<!人民)银行(?:[\u4e00-\u9fff]{{0,6}}[分支]行)?$|{_NO_COURT}院$|学校$|[高院]校$|大学$|(?<!行政)学院$"
    r"|(?:[内外妇儿腔眼喉肤]|急诊)科$|[电油气热]站$|(?:通用|运输)机场$|[农林牧渔]场$|(?:配电|实验)室$"
    r"|[事企]业单位$|企业$|社会组织$|[协商学]会$(?<!科学技术协会)(?<!老龄协会)(?<!计划生育协会)|基金会$|研究会$|[作行版]社$"
)
# 例 用人单位 · 施工单位 · 旅行社 · 物业公司 · 业主委员会 · 社区卫生服务中心
_PARTIES = (
    f"{PHRASES['party']}(?:等)?单位$|新闻(?:单位|媒体)$|旅行社$"
    f"|(?:^各(?:航空|保险|证券|快递|客运|运输)?|{PHRASES['company']})公司$"
    "|业主委员会$|^(?:原|新|原工作|现)单位$|卫生服务(?:中心|站)$|会员单位$|^[理监董]事会$|清算组$"
)
NO_AGENCY = re.compile("|".join((_SERVICES, _INSTITUTIONS, _PARTIES)))
# One named by its part in the work, which in a list of units would be a label. 例 牵头单位|要主动协调
ROLE_BODY = re.compile(
    r"(?:各|其他|以上|上述)?(?:主要|项目)?(?:牵头|责任|实施|配合|参与|协办|承办|主办|会办|交办|主责)(?:单位|部门|机构)"
    "|有权机关|各?(?:责任|实施)主体"
)
# Names nobody without a place or a level before it. 例 数字经济园区 · 高层次人才团队 · 国有资本投资公司, but 市融资担保公司
_ZONE = "(?<!高新)(?<!经开)(?<!开发)(?<!新)(?<!社)(?<!试验)(?<!新片)区"  # but 高新区 · 自贸试验区 · 新片区
GENERIC = re.compile(
    rf"(?:园区|{_ZONE}|(?<![大支总中])队|(?<!兵)(?<!青年)(?<!共青)团|站|(?<!派出)(?<!司法)(?<!财政)所"
    r"|(?<!合作总)(?<!联合)(?<!供销)社|(?:数据|购物|物流|创新|研发|研究|算力|会展|养老|商业|数学|科学)中心|馆|公司"
    r"|城市|台|协|院|园|校|厂)$(?<!党校)(?<!法院)(?<!检察院)(?<!国务院)(?<!政协)(?<!科协)"
)
# 例 政务部门和信息系统|建设、运维运营等单位
_BUILDERS = r"(?:建设|施工|设计|监理|运营|运维|经营)(?:、[\u4e00-\u9fff]{2,6}){0,3}等?(?:单位|主体)"
_COMPANY = "(?<!供电)(?<!电力)公司"  # but 各市供电公司
_PEOPLE = "业主|监护人|个人|专家|群众|村民|居民|人员|干部|农户|督学"
_SERVES = "学校|院校|高校|中小学|幼儿园|医院|医疗(?:卫生)?机构|院所|金融机构|银行"
_EACH_SCHOOL = "(?<=各地|地区|部门|单位)(?:、?各(?:高|学|院|中小学)?校)+$"  # 例 各地区各部门|各高校
# 例 市、县两级政府|及平台公司、大型国有企业 · 各地教育部门|和中小学|、幼儿园 · 各地|各学校 · 各部门、单位|及行业协会、商会等
_OTHERS = (
    rf"(?:[、,和及与]|以及|或者?)(?:(?![和及与或])[\u4e00-\u9fff]){{0,12}}(?:企业|{_COMPANY}|协会(?<!老龄协会)|商会|学会"
    rf"|{_SERVES}|(?:社会|慈善|行业|服务|中介)组织|社会团体|场所|{_PEOPLE}|[农林牧渔、]场|项目法人)(?:等(?:单位)?)?$"
    rf"|(?:[和及与]|以及)(?:(?![和及与或部])[\u4e00-\u9fff]){{0,10}}{_BUILDERS}$|{_EACH_SCHOOL}"
)
PRIVATE_TAIL = within("、,和及与以或各", _OTHERS)
# 例 |燃气经营企业或者|城建档案管理机构
PRIVATE_HEAD = re.compile(
    rf"(?!各|国|中国|[省市县区](?!场)|鼓励|支持|引导|允许|吸引|[对向与由为]|{VERBS})"
    "(?:(?!应|持有|适用)[^,。、和与及或的]){0,10}(?:企业|公司|业主|用户)(?:[、和与]|以?及|或者?)"
)
PRIVATE_LAST = frozenset("业司会织校院所构行主人众民员部户场等位学园体家")  # what it ends in
# State companies and banks of the nation. 例 中国储备粮管理总公司 · 国网某市供电公司
_OF_THE_NATION = re.compile(
    r"(?:中国|国家|中央|全国)[\u4e00-\u9fff]{2,12}(?:总公司|集团(?:有限)?公司|银行|集团)$"
    r"|(?:国网|国家电网|南方电网)[\u4e00-\u9fff]{2,12}公司$"
)
_AND_OFFICES = re.compile("各(?:级|有关|相关)?机关(?:、|企?事业)")  # 各机关、企事业单位 · 各级机关事业单位
_YOUR_PLACE = re.compile(r"[你我][区县]")  # whom a letter tells to act, and whose text it is
_ITS = re.compile(
    r"其(?:工作)?部门|其办公室|其(?:地方|基层)组织"
    r"|其(?:指定|授权|委托|确定)的(?:部门|机构|单位)(?:[或和](?:部门|机构|单位))?"
)
# More than a name. 例 有关部门|建立大数据中心 · 目前|市科技局 · 申请人|认为税务机关 · 3000万人次以上大型机场
_GOES_ON = re.compile(
    rf"[局厅委部](?:建立|制定|组织)[省市县区、()]{{1,20}}$|(?:有关|相关|等)(?:部门|单位)(?:{VERBS})(?!局|组|办)"
    r"|^(?:申[报请](?=[国省市])|目前|强调|企业移交|创新.*(?:组织|支部)$|申请人|截至|本次|据(?!点))|仍处$|\d{3}"
    "|应当|必须|[^必]须[与向在按]"
)
# One named by its field, whatever word that holds. 例 国务院资源综合利用主管部门 · 各标准项目承担单位主管部门
_COMPETENT = re.compile(
    r"(?:国务院|国家|各(?!级|地)|(?:(?:(?!的)[\u4e00-\u9fff]){0,8}[省市县区级以上地方])?人民政府|[省市县区](?:级(?:以上)?)?)"
    r"(?:(?!部门|机关|机构|政府)[^的了将把对由向在有各、和与]){2,12}主管部门"
)
_LED = re.compile(r"[\u4e00-\u9fff]{6}牵头(?:部门|单位|机构)$")  # 例 处置非法集资|牵头部门
# A group named by what it does. 例 抢险救援组 · 宣传组, but not 协调工作组
_GROUP = re.compile(
    "(?:抢险|协调|技术|保障|宣传|监测|调查|处置|救援|救治|转移|安置|评估|督[查导]|疏散|警戒|防控|排查|维护|检测)"
    r"(?!各|每|[相有])[\u4e00-\u9fff]{0,6}组(?<!工作组)(?<!专家组)(?<!小组)(?<!村组)(?<!居民组)|协调委(?:员会)?(?:办公室)?"
    "|(?:整治|清理|治理|整顿|处置|防控|创建|复审|考核|普查|评审|督[查办导]|改革){1,2}(?:工作)?(?:领导小组|指挥部)(?:办公室)?"
)
_OF_ITS_FIELD = re.compile("地(?![方区])|、")  # 参保|地经办机构 · 宣传|、教育等部门
_VERB = re.compile(f"(?P<how>{ADVERBS}|重点)?(?:{VERBS}|{EVENTS})")


@lru_cache(maxsize=1 << 14)
def can_act(name: str) -> bool:
    """Whether `name`, which may be a unit, can be the subject of a sentence."""
    if _ITS.fullmatch(name):
        return True
    if name.endswith("主管部门") and _COMPETENT.fullmatch(name):
        return True
    name = name.removeprefix("其")
    if name.count("(") != name.count(")") or _GOES_ON.search(name):
        return False
    verb = _VERB.match(name)
    if verb and not _GROUP.fullmatch(name) and not _LED.search(name) and find(name).how.startswith("not listed"):
        rest = name[verb.end() :]
        if name.endswith(OF_FIELDS) and _OF_ITS_FIELD.match(rest):
            return not NOT_ACTOR.search(name)
        if verb["how"] or not name.endswith(OF_FIELDS) or (len(rest) > 3 and is_unit(rest)) or rest[:1] in "本各":
            return False  # 申请省级高新区, 移送司法机关, 重点摸清机构, 完成本单位
    return not NOT_ACTOR.search(name) or bool(AD_HOC_BODY.match(name)) or bool(ROLE_BODY.fullmatch(name))


def is_private(name: str) -> bool:
    """Whether it is a private actor or a service institution (医院, 学校, 企业)."""
    return bool(NO_AGENCY.search(name.partition("(")[0] or name)) and not (
        _AND_OFFICES.match(name) or _OF_THE_NATION.match(name) or ROLE_BODY.fullmatch(name)
    )


@lru_cache(maxsize=1 << 14)
def counts(name: str, collective: bool) -> bool:
    """Whether its duties are counted: no private actor, no service institution, nothing but a kind of body."""
    if is_private(name):
        return False
    placed = LEVEL_PREFIX.match(name) or _YOUR_PLACE.fullmatch(name) or _OF_THE_NATION.match(name) or mention(name)
    return collective or not GENERIC.search(name) or bool(placed)
