"""Narrative duties: running text in which a named agency, or a collective of agencies, must do something.

Read from the verb backwards: a duty verb (要, 应当, 负责, or a bare verb such as 建立) right behind what may be the end of a
name; then the words from the head of the fragment, or from 由, must all be units. Precision comes first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Role
from loaders.names.places import mention
from loaders.names.units import LEVEL_PREFIX, NOT_ACTOR, Unit, only_units

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may stand between a subject and its verb. 例 各地区|要 · 各级|均应 · 区财政局|另行结算 · 各有关部门|于每年2月底前
_ADVERB = (
    r"(?:[也都均仍还再先并]|一律|分别|具体|切实|积极|共同|按照?(?:各自)?(?:职责|分工|权限)(?:分工)?|根据(?:各自)?职责(?:分工)?"
    r"|按(?:需|时|期|规定|要求|程序)|统一|不断|适时|及时|依法(?:依规)?|依照?职责|定期|主动|严格|进一步|全面|充分|认真"
    r"|每(?:季度|半年|[年月周])(?:[^,。;]{1,8}前)?|主要|不仅|不但|既|另行|先行|优先|无偿|直接|同步|继续|率先|率先垂范|带头"
    r"|综合|随时|立即|尽快|抓紧|原则上|同时|联合(?=开展|制定|印发|出台|建立|实施|发布|推进)|会商|因地制宜"
    r"|在[^,。;]{2,16}(?:前|内|后|中|上|下|时|期间),?|[应要]?于[^,。;]{2,16}(?:前|内|后),?){0,3}"
)
_MODAL = (
    r"要(?!求|素|件|点|闻|地|案)|应当?(?!急|用|对|诉|届|尽|收|公开|税|邀)|须|必须|需要?(?!求)|不得|不予|不准|严禁|将(?!来|领)"
    r"|牵头|负责(?!人|制|同志|[^,。;]{0,8}解释)|商(?=[\u4e00-\u9fff]{2,12}[部局委厅署办])(?<=[部局委厅署院]商)"
    r"|会(?=[省市县区国])(?<=[部局委厅署办院]会)|会同(?!县)|联合(?=[各其有相省市区县州]|印发|制定|开展|发布|组织|成立|下发)"
    r"|配合|承担|履行(?!职)|负(?:总责|主[要责体]|直接责|监管责|属地|有)|是[^,。;]{2,30}(?:责任主体|责任单位|牵头单位|牵头部门)"
    r"|为[^,。;]{0,12}(?:责任主体|责任单位|牵头单位|牵头部门|主管部门)(?=[,。;])"
)
# Of a verb that also opens a noun, only what is none: 研究, but not 市政府研究室.
_BARE_VERB = (
    r"按(?!揭)|根据|依[据照托]|结合|围绕|针对|参照|坚持|立足|对(?!口|象|外|手|策|接会)|就(?!业|读|医|近|地)|把(?!关)|将"
    r"|以(?!上|下|内|外|及|来)|通过|组织(?!部|机构|体系|领导|者|单位|法|机关|委员|人事)|开展|制[定订]|建立|健全|完善"
    r"|加[强快大]|推[进动广行荐送]|组建|成立|设[立置]|统筹|协调(?!机|小|会|组|办|处|局|员)"
    r"|指导(?!意见|小组|组|中心|委|员|价|性)|督[促导]|督查(?!室|组|局|机|办|在|检|激|事|平)"
    r"|监督(?!局|管理|员|执法|所|电话|机|体)|检查(?!组|站|院|机|人|结果)|抽查(?!结果|事项)|考核(?!办|组|结果|体系|指标)"
    r"|评[估价](?!机|结果|体系|组|中心|指标)|审[核查批定](?!机|人|意见|结果|局|部门|中心|同意|及|与|阶段|合格|通过)"
    r"|核[查定发实准拨]|认定(?!机|标准|办法)|确[定认]|明确|落实|抓[好紧实住]|做[好实]|搞好|实施(?!意见|方案|细则|办法)"
    r"|执行(?!局|力|机)|贯彻|提[供出交请高升起](?!者|案)|[上呈]报|报[送请告](?!制度|书)|报(?=[省市区县国本同])|汇[总编]|梳理"
    r"|编(?:制(?!部|办|委)|发|印|写|报)|起草(?!部|单)|拟[定订]|修[订改]|研究(?!室|院|所|中心|会|基地|生|机|成果|员)|探索|安排"
    r"|部署|调[度整配研查](?!中心|室|会|队|组|结果)|配[备置齐强套](?!率)"
    r"|保[障证](?!局|部|厅|中心|措施|水平|体系|机制|对象|金|卡)|确保|支持(?!下|政策|力度)|扶持|引导(?!基金|作用|资金)|鼓励"
    r"|宣传(?!部|栏|口径|教育)|公[布示]|公开(?!栏|平台|目录|办|电话|透明|征求|内容|事项|范围|制度)|发[布放挥出](?!会)"
    r"|印发(?!《)|下[达发放](?!的)|出[台具资](?!《|人)|通报|通知|告知|受理(?!中心)|办[理成好结妥]|处[理置](?!中心|能力|结果)"
    r"|查[处办](?!结果)|整[治改合顿]|清[理查收退]|规范(?!性)|优化|简化|细化|量化|强化|深化|扩大|拓[展宽]|培[育养](?!基地)|培训"
    r"|打造|建[成好]|搭建|构建|形成|实现|完成|启动|开[通辟设展](?!区)|举办|召开|参加|参与|对接|联系(?!电话|方式|人|点)|衔接"
    r"|[归采收征]集|征求|监测(?!站|中心|数据|网|点)|分析|研判|排查|摸[排清]|登记(?!机|处|中心|局|管理机|管理部)|[换颁]发|建档"
    r"|录入|更新|维护(?!单位)|给予|予以|拨付|划拨|筹措|兑现|减[免半]|返还|收取|移[送交]|交办|转办|选[派取聘拔]|遴选|筛选|评选"
    r"|表彰|奖励|追究|问责|约谈|责令|列[入支]|纳入|派[出驻遣](?!所|机)|进行|进驻|增[加设强]|汇总|汇报|反馈|回[复应]|答复|跟踪"
    r"|巡查|值守|储备(?!中心|粮)|利用|运用|依规|负担|兜底|共享|协同|协助|服务(?=企业|群众)|上门"
    r"|统计(?!局|部门|数据|制度|口径|年鉴|资料|分析)|垫付|结算|支付"
    r"|与(?=[^,。;]{2,16}(?:合作|建立|共同|共享|加强|协同|对接|签[订署]|衔接))|主持|作出|出示|运行(?=维)|保持|坚决|压[实降]"
    r"|倒排"
)
# What the words above begin with, tried first: most names are followed by none of them.
_VERB_FIRST = (
    ":,一上下不与严为主举也予于交仍以优会作依保修倒值做健储充先兑兜全公共具再减出分切划列利制办加协印压原参及反发受另召同启呈告"
    "商回因围在均坚垫培增处奖安完定实审宣对将就尽履巡带并应建开引强归录形征必成打执扩扶承把抓报抽拓拟拨指按换排探推提搞搭摸支收"
    "整无既明是更服构查核根梳检每汇派深清牵率登监直督研确积移立答筛筹简约纳组细结给统继维综编考联落衔表要规认设评调负责贯起跟转"
    "运返还进追适选通遴部都配采量针问随需须颁鼓"
)
# A number in brackets ends no name. 例 (一)|建立
DUTY = re.compile(
    rf"[局委办厅部院署会府门位关地区县市镇乡)社站队所构室联组司州旗盟村等道协心行班级面大业](?=[{_VERB_FIRST}])"
    r"(?<![一二三四五六七八九十\d]\))(?<![^各]村)(?<![^街]道)(?<![^政科]协)(?<![^中]心)(?<![^银支分]行)(?<![^专]班)"
    r"(?<![^各]级)(?<![^方]面)(?<![^人]大)(?<![^企]业)"
    r"(?P<verb>(?P<comma>(?:作为[^,。;]{2,40}|,(?:特别是|尤其是)[^,。;]{2,30})?,(?=[也都均]?(?:要(?!求)|应|须|必须|不得|一律))"
    r"|[ ]?:[ ]?(?=(?:主要|具体)?(?:负责|承担|牵头|组织|指导|配合|协助|做好|制定|落实|履行|统筹)))?"
    rf"{_ADVERB}(?:(?P<modal>{_MODAL})(?!的)|(?P<bare>(?<!各级)(?:{_BARE_VERB}))(?![的、)”》])))"
)
# Words that no name and no list of names holds, looked for first: most of what stands before a verb has one.
NO_NAME = re.compile(
    r"[将把是]|(?<!有条件)的|加强|推动|促进|提高|鼓励|支持|完善|健全|强化|深化|落实|明确|利用|引导|实现"
    r"|组织(?!部|机构|委|人事)|\) |^(?:对(?!外)|向(?!阳)|在|从|到)|[^、(]{36}"
)
# A body set up for one work may have that work in its name. 例 省推进政府职能转变协调小组办公室 · 市优化营商环境工作专班
AD_HOC_BODY = re.compile(r"(?:[省市区县州国]|全[省市区县])[^的,。]{2,36}(?:小组|专班|指挥部|委员会)(?:办公室|办)?$")
# Those whose duties are not counted: private actors and service institutions, also state-owned ones.
NO_AGENCY = re.compile(
    r"(?:金融|医疗|卫生|中介|养老|培训|检测|评估|评审|科研|新闻|媒体|教育|社会|咨询|运营|慈善|服务(?<!公共就业服务)|专业"
    r"|第三方|福利|托育|鉴定|检验|(?<!融资)担保(?<!再担保))机构$|(?<!人民)银行(?:[\u4e00-\u9fff]{0,6}[分支]行)?$"
    r"|(?<!法)(?<!检察)(?<!国务)院$|学校$|高校$|大学$|(?<!行政)学院$|事业单位$|企业$|社会组织$|[协商学]会$(?<!科学技术协会)"
    r"|基金会$|研究会$|[作行版]社$(?<!合作社)|合作社$|会员单位$|(?:主办|用人|运营|建设|施工|项目|监理|设计|勘察|生产|经营|使用"
    r"|物业|申报|申请|获奖|承租|投资|业主|科研|用能|排污|中标|参建|供货|采购人)单位$|旅行社$"
    r"|(?:物业|培训|食品|运输|旅游|网络|平台)公司$"
)
# One named by its part in the work, which in a list of units would be a label. 例 牵头单位|要主动协调
ROLE_BODY = re.compile(r"(?:牵头|责任|配合|参与|协办|承办)单位")
# Names nobody without a place or a level before it. 例 数字经济园区 · 高层次人才团队 · 国有资本投资公司, but 市融资担保公司
GENERIC = re.compile(
    r"(?:园区|(?<!高新)(?<!经开)(?<!开发)(?<!新)(?<!社)区|(?<![大支总中])队|(?<!兵)团|站|(?<!派出)(?<!司法)(?<!财政)所"
    r"|(?<!合作总)(?<!联合)社|(?:数据|购物|物流|创新|研发|研究|算力|会展|养老|商业)中心|馆|公司|城市|台|协|院|园|校"
    r"|厂)$(?<!党校)(?<!法院)(?<!检察院)(?<!国务院)(?<!政协)(?<!科协)"
)
# 例 市、县两级政府|及平台公司、大型国有企业 · 各部门、单位|及行业协会、商会等
PRIVATE_TAIL = re.compile(
    r"(?:[、,和及与]|以及|或者?)(?:(?![和及与或])[\u4e00-\u9fff]){0,12}(?:企业|公司|协会|商会|学会|社会组织|学校|院校|高校"
    r"|医院|院所|金融机构|银行|业主|个人|群众|村民|居民|人员|农户|[农林牧渔、]场)(?:等(?:单位)?)?$"
)
# Where a subject may begin; it may stand in the middle of a fragment behind 由.
FRAGMENT_START = re.compile(r"[。;:!?\n\"“”'》,由]")
# 例 各县(市,|区) · 理由| · 事由|
NO_START = re.compile(r",(?=[^()]{0,10}\))|(?<=[自理缘事])由")
# 例 可|由, 不再|由, 经|由
NOT_BY = re.compile(r"[可或者经转改]由$|不(?:再|应|得)?由$")
# Adverbials that may stand before the subject within its own fragment. 例 其中,|各主责单位 · 此外|市司法局
DUTY_OPENING = re.compile(
    r"[ \n]{0,20}(?:其[一二三四五六中],?|[一二三四五六七八九]是|同时,?|此外,?|对此,?|特别是|尤其是|原则上|请(?![示求])|[①-⑳]"
    r"|\(?[一二三四五六七八九十\d]{1,3}[.、)]){0,2}[ ]{0,4}"
)
# A helps B: after these words the unit is helped, told or judged, not the one who must act.
NOT_SUBJECT = re.compile(
    r"(?:鼓励|支持|推动|督促|要求|指导|引导|允许|经|向|对|被|为|让|报|由于|如|若|凡|因|供|除)[^,。;:由\n]{0,4}\Z"
)
# A bare verb that tells what is allowed or was done. 例 各地根据实际|可制定 · 市司法局完成|了改革
NO_DUTY = re.compile(
    r"[^,。;]{0,12},?(?<!尽)(?<!许)可(?!能|靠|行|持|视|再|比|操|复|追|见|信|控|及)"
    r"|[^,。;]{0,40}(?:,[^,。;]{0,8})?了(?!解|结|断)|(?!对|将|把|按|以|根据|结合|围绕|针对)[^,。;]{0,4}的[^,。;]{0,12}[,。;]"
    r"|[^,。;:]{4,60}的,"
)
# 例 由市司法局牵头,|市财政局参加,
LEADER_BEFORE = re.compile(r"(?:牵头|负责),$")
JOINS = re.compile(r"(?:积极|共同)?(?:参加|参与|配合|协助|协办)")
# 例 近年来,|各地区、各部门认真践行 · 去年,
PAST = re.compile(r"(?:近年来|以来|去年|此前|前期|前阶段|过去|长期以来|历年|目前)[^。;\n]{0,50}$")
# Those who go along: 会同 B、C(等部门) before the verb of the work, 组织B做
ALONG = re.compile(
    r"(?:会同(?!县)|会(?=[省市县区国])(?<=[部局委厅署办院]会)|联合|组织"
    r"|商(?!务|会|贸|业|品|标)(?<=[局委部厅办署院]商))(?P<units>[^,。;:]{2,160}?(?:部门(?:\(单位\))?|单位|机构|各方|方面|地方"
    r"|[局委办厅部院署会府]))(?=(?:按|对|将|就|把|与|于|向|在|结合|根据|依法|依据|围绕|开展|组建|成立|组织|做好|抓好|建立|健全"
    r"|制[定订]|研究|推[进动荐]|落实|筛选|加[强快大]|共同|统[筹一]|完善|指导|督[促导]|负责|进行|实施|编制|审[核查批]|联合|适时"
    r"|定期|不定期|及时|认真|深入|全面|进一步|尽快|抓紧|积极|切实|严格|提出|拟[定订]|修[订改]|出台|印发|发布|确[定认]|明确"
    r"|认定|评[估审价]|核[查定实]|检查|抽查|清理|梳理|排查|整[治合]|处[理置]|查处|办理|召开|举办|分析|研判|汇总|报|等|[,。;]))"
)
FRAGMENT_END = re.compile(r"[。;:,\n]")
# 例 本政策由市商务局会同市财政局|负责解释 (a rule about the text itself)
EXPLAINS = re.compile(r"[^。;:,\n]{0,80}负责[^。;:,\n]{0,8}解释")
# A subject that only helps. 例 各参加单位|要积极配合 · 市财政局|要协助市司法局
HELPS = re.compile(
    r"(?:要|应当?|须|需|必须|负责)?(?:(?:积极|主动|全力|大力|认真|做好|切实|及时|支持|和|、|按照?(?:各自)?职责(?:分工)?|予以"
    r"|具体|给予){0,3})(?:配合|协助|参加(?!单位)|协办)(?!单位|部门|[^,。;]{0,6}(?:企业|市场主体|群众|个人|农户))"
)
# 例 市财政局要配合市司法局做好工作,|落实专项经费
OWN_DUTY = re.compile(
    r"[^,。;\n]{3,60},(?:并)?(?:要|应当?|须)?(?:负责|制定|建立|落实|完善|加强|做好|抓好|开展|组织|出台|明确|细化)"
)

_STOPS = frozenset(("", *",。;:\n"))
_SUBJECT = 120  # code points of the longest list of subjects
_HEAD = frozenset(",。;:\n ")  # what stands before the verb of a sentence whose subject is left out
_ALONG = 240  # code points behind a verb in which those who go along are named
_NEAR = 6  # code points between a verb and the 会同 or 组织 that belongs to it
_BEFORE = 60  # code points before a subject in which its sentence may speak of the past


def find_duties(plain: str, start: int, end: int) -> Iterator[tuple[Unit, Role]]:
    """Units with a duty in `plain[start:end]`, with their role."""
    backwards = plain[start:end][::-1]
    reached = start
    for duty in DUTY.finditer(plain, start, end):
        name_end = duty.start("verb")
        if name_end <= reached:
            continue
        heads = _heads(plain, backwards, end, max(reached, name_end - _SUBJECT), name_end)
        subjects = _subjects(plain, heads, name_end)
        if not subjects or not _binds(plain, subjects[0].start, duty, end):
            continue
        verb = max(name_end, duty.end("comma"))
        role = _role(plain, subjects[0].start, verb, end)
        yield from ((unit, role) for unit in subjects if _counts(unit.name, unit.collective))
        reached = duty.end()
        for unit in _along(plain, verb, end):
            reached = unit.end
            yield unit, "PARTICIPATES"
    for along in ALONG.finditer(plain, start, end):
        if along.start() == start or plain[along.start() - 1] in _HEAD:
            yield from ((unit, "PARTICIPATES") for unit in _joined(plain, along))


def _heads(plain: str, backwards: str, end: int, floor: int, stop: int) -> Iterator[int]:
    """Where fragments begin before `stop`, nearest first, down to `floor`. `backwards` is the text up to `end`, reversed."""
    for mark in FRAGMENT_START.finditer(backwards, end - stop, end - floor):
        head = end - mark.start()
        if not NO_START.match(plain, head - 1):
            yield head
    if floor == end - len(backwards):
        yield floor


def _subjects(plain: str, heads: Iterator[int], stop: int) -> list[Unit]:
    """The units that fill the fragment before `stop`; in a list parted by commas, those of the fragments before it too."""
    subjects: list[Unit] = []
    for head in heads:
        opening = DUTY_OPENING.match(plain, head, stop)
        units = _actors(plain, opening.end() if opening else head, stop)
        if not units:
            break
        subjects = units
        mark = plain[head - 1 : head]
        if mark == "由" and NOT_BY.search(plain, max(0, head - 3), head):
            return []
        if mark != ",":
            break
    if not subjects or NOT_SUBJECT.search(plain, max(0, subjects[0].start - 8), subjects[0].start):
        return []
    return subjects


def _actors(plain: str, start: int, end: int) -> list[Unit]:
    """The units in `plain[start:end]` if all of it is names of agencies, else none; private ones at its end are passed over."""
    name = plain[start:end]
    if NO_NAME.search(name) and not AD_HOC_BODY.match(name):
        return []
    if ROLE_BODY.fullmatch(name):
        return [Unit(start, end, name, collective=True)]
    while others := PRIVATE_TAIL.search(plain, start, end):
        end = others.start()
    units = only_units(plain, start, end)
    return units if all(_can_act(unit.name) for unit in units) else []


@lru_cache(maxsize=1 << 14)
def _can_act(name: str) -> bool:
    return not NOT_ACTOR.search(name) or bool(AD_HOC_BODY.match(name))


@lru_cache(maxsize=1 << 14)
def _counts(name: str, collective: bool) -> bool:
    """Whether its duties are counted: no private actor, no service institution, nothing but a kind of body."""
    if NO_AGENCY.search(name):
        return False
    return collective or not GENERIC.search(name) or bool(LEVEL_PREFIX.match(name) or mention(name))


def _binds(plain: str, subject: int, duty: re.Match[str], end: int) -> bool:
    """Whether the work is still to be done, and work at all: 负责解释 is a rule about the text itself."""
    verb = max(duty.start("verb"), duty.end("comma"))
    if EXPLAINS.match(plain, verb, end):
        return False
    if duty["modal"] not in (None, "将"):
        return True
    if verb == duty.start("bare") and plain[duty.end() : duty.end() + 1] in _STOPS and plain[subject - 1 : subject] != "由":
        # 加快数据中心建设, names no work; A牵头,B参加 does
        return _joins(plain, subject, verb, end)
    return not (NO_DUTY.match(plain, verb, end) or PAST.search(plain, max(0, subject - _BEFORE), subject))


def _role(plain: str, subject: int, verb: int, end: int) -> Role:
    """One that only helps another agency takes part; with a duty of its own in the sentence it leads that."""
    helps = HELPS.match(plain, verb, end) and not OWN_DUTY.match(plain, verb, end)
    return "PARTICIPATES" if helps or _joins(plain, subject, verb, end) else "LEADS"


def _joins(plain: str, subject: int, verb: int, end: int) -> bool:
    """Whether it goes along with the one that leads: A牵头,B参加."""
    return bool(JOINS.match(plain, verb, end) and LEADER_BEFORE.search(plain, max(0, subject - 3), subject))


def _along(plain: str, start: int, end: int) -> Iterator[Unit]:
    """Those who go along, up to the end of the fragment: 会同B、C等部门筛选; 组织相关部门成立检查组."""
    end = min(end, start + _ALONG)
    stop = FRAGMENT_END.search(plain, start, end)
    along = ALONG.search(plain, start, stop.start() if stop else end)
    if along and along.start() - start <= _NEAR:
        yield from _joined(plain, along)


def _joined(plain: str, along: re.Match[str]) -> Iterator[Unit]:
    return (unit for unit in _actors(plain, *along.span("units")) if _counts(unit.name, unit.collective))
