"""Who a segment of a sentence speaks of: the agencies that fill it, what 该局 and 办公室 take up, who 我部 is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from loaders.lexicon.predicates import VERBS
from loaders.names.actors import PRIVATE_HEAD, PRIVATE_LAST, PRIVATE_TAIL, ROLE_BODY, can_act, is_private
from loaders.names.bodies import forms
from loaders.names.parts import OPENING_FIRST
from loaders.names.phrases import OPENS_NO_ACTOR
from loaders.names.places import mention
from loaders.names.units import Unit, are_sure, only_units

_SOON: Final = "近期|今年|下一步|[上下]半年"
_BY_PART_OF: Final = "(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)(?=[省市县区州国])"  # 例 牵头单位|市司法局
_BESIDES: Final = "同时|此外|以及|对此|特别是|尤其是|原则上|必要时|每年(?=[各全])"
# What may stand before the subject in its own segment. 例 其中,|各主责单位 · 此外|市司法局 · 请|各地
_OPENING: Final = re.compile(
    rf"[ \n]{{0,20}}(?:(?:其[一二三四五六中]|[一二三四五六七八九]是|第[一二三四五六七八九],|{_BESIDES}"
    r"|主要|首先|其次|另?一方面|并(?!联|轨|网)且?|请(?!示)|希望?(?=你|各)|望(?=[各你])"
    rf"|{_BY_PART_OF}|{_SOON}|建议|再|[①-⑳]|\(?[一二三四五六七八九十\d]{{1,3}}[.、)])[,:]?){{0,2}}[ ]{{0,4}}"
)
_OPENING_FIRSTS: Final = frozenset(
    " \n以其第同此对特尤原必每主首另并请希望建近今上下再牵责配协承(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十0123456789"
)
MUST: Final = (
    r"(?:要(?!求|素|件|点|闻|地|案|害|塞)|应(?=对[^,。;:《了]{2,60}(?:进行|予以|给予|实施|作出|开展(?!了)|加强|负责))"
    r"|应当?(?!急|用|对|诉|届|尽|收|公开|税|邀|有|付款|当?事人)"
    r"|须(?!知)|必须|务必|需要?(?!求|的))"
)
# Words that are work whatever follows them. 例 市司法局|负责 · |牵头
_HAS: Final = (
    r"负责(?!人(?![工口才民类防社])|制(?![定订作止发造])|同志|[^,。;]{0,8}解释)|牵头(?!人)|承担(?!单位|主体|机构)|履行(?!职)"
    r"|主管(?![部机单])(?=[^,。;]{0,40}工作)|主办|主导(?![产作地性权的型、])|[承协]办(?!单位)"
    "|负(?:总责|主[要责体]|直接责|监管责|属地|有)|有(?:责任|义务)(?:[和、](?:责任|义务))?(?=[向对为按依配协提])"
)
MEETS: Final = "(?<=[部局委厅署办院])(?<![管居村]委)会"  # 例 市司法局|会|市财政局, but not 管委会
# 例 市司法局|会同 · 市财政局|商市司法局, but not 商务局
_WITH_OTHERS: Final = (
    r"会同|联合(?=(?:各|相关|有关|[省市县区])[\u4e00-\u9fff]{1,8}|(?<=[部局委厅].{2})[\u4e00-\u9fff]{1,8}(?:[部局委厅]|部门))"
    rf"|{MEETS}(?=[省市县区国各])"
    r"|(?<=[部局委厅署院办门关室])商(?![务业贸会品标])(?=[\u4e00-\u9fff]{2,12}[部局委厅署办门关位])"
)
# 例 市政府|是应急管理工作的行政领导机关 · 办公室|是领导小组的办事机构,负责日常工作
_IS_ORGAN: Final = (
    "是[^,。;]{2,40}行政领导机[关构](?=[,。;])"
    "|是[^,。;]{2,40}(?:领导|指挥|办事|工作|议事协调|管理|经办|实施)(?:机关|机构)(?=,(?:负责|承担|统一|履行|应当?))"
)
# 例 市司法局|是普法工作的责任主体
_IS_CALLED: Final = (
    r"是(?![指被])[^,。;]{0,40}(?:(?:责任|执法|实施)主体|责任机关|(?:责任|牵头|主管|监管|监督|受理|综合)(?:部门|单位))"
    rf"|{_IS_ORGAN}|为[^,。;]{{0,16}}(?:责任主体|责任(?:报告)?单位|牵头单位|牵头部门|主管(?:部门|单位))(?=[,。;])"
)
# 例 成员单位|分工负责 · 各单位|认真履行职责 · 宣传部|组织,各单位开展
_SHARES: Final = "分工负责|(?<=认真|切实|严格|依法)履行职责|(?:组织|协同)(?=,)"
# 例 指挥部|的主要职责是…
_OF_DUTIES: Final = "的?(?:主要|基本)?(?:工作)?职责(?:[是为:]|包括)|(?:(?<!会议)|(?<=联席会议))的主要任务是"
DUTY: Final = f"(?=[负牵承履主协分组的基工职会商是为联有])(?:{_HAS}|{_SHARES}|{_OF_DUTIES}|{_WITH_OTHERS}|{_IS_CALLED})"
TAKES_UP: Final = re.compile(r"[该我](?:(?:中心)?[支分](?=局))?[局委部办厅署]|(?:工作)?办公室")  # 我部 is who issues the text
_PRIVATE: Final = 24  # code points of the longest end of a list that names those who are no agencies
_WITH_PARTY: Final = re.compile("(?:[人户业]|职工|员工)[同与](?!级)")  # 例 纳税人|同征收机关在纳税上有争议
_STAFF: Final = re.compile("[部局委厅府门构关]的(?:工作|执法)?人员")  # 例 市政府及房屋征收部门|的工作人员
# 例 |市、区民政|、财政部门|和残联
_FIELD_AMONG: Final = re.compile(r"(?:[省市县区][、和])*(?:[^、和与及,]|(?<=[省市县区])[、和](?=[市县区]))+")
_LAND: Final = re.compile("[^、,和与及]+")  # 例 湖北省|和|武汉市
_OF_LEVELS: Final = re.compile(r"^[省市县区、和]{1,7}(?=[\u4e00-\u9fff]{2})")
_LONGEST_TAKEN_UP: Final = 5  # code points
_BACK: Final = 3000  # code points before a body that is taken up in which it was named
# 例 领导小组下设|办公室
_OVER_OFFICE: Final = re.compile(
    r"([\u4e00-\u9fff]{2,24}(?:指挥部|领导小组|联席会议|委员会|工作专班))(?:下设(?:工作)?|设|设立)?办公室"
)
# 例 水旱灾害常发地区|的县级政府 · 重点流域|的县 · 已完成清理任务|的市、县
_LIES_OR_DID: Final = (
    "[^,。;:]{2,20}(?:[易高常多]发(?:地区|区)|流域|区域|地段)|[未已]?(?:按[期时])?完成[^,。;:]{2,16}"
    "|(?:受|[未已]?发生)[^,。;:]{2,24}"
)
# An actor behind what says which. 例 启动响应的|人民政府 · 参与处置的|有关单位
# 例 受疫情影响大|的贵阳市 · 所涉及|的省财政厅、省教育厅 · 接到申请|的政务部门 · 市政府指定|的主管部门
_WHICH: Final = re.compile(
    rf"所?(?:涉及|对应|负责|主管|牵头|归口)|[^,。;:]{{2,12}}(?:政府|部门|机关)(?:指定|确定|设立)|{_LIES_OR_DID}"
    r"|其(?:下设|设立|成立|所属|内设)|为[^,。;:]{1,16}提供[^,。;:]{2,16}"
    r"|\d{1,2}[%％]以上|(?:接到|收到|受理|参与|承担|具有|负责|划定)[^,。;:]{2,20}|[^,。;:]{2,24}所在地"
)
# The same of where it is, or whose it is, which are part of the name. 例 疫情发生地|的农业主管部门 · 农业部所属|的植物检疫机构
_WHERE: Final = re.compile(
    r"(?:受[^,。;:]{2,10})?(?:(?!请求|可以|应当?|[向对为将])[^,。;:的]){0,12}"
    r"(?:发生地区?|[易高]发区|流行区|严重地区|[疫灾]区)|所在(?:社区|乡镇|街道|村|镇)|[^,。;:的]{2,20}[部局委厅府门]所属"
)
# One named by its part in what is told before it. 例 保护规划的|组织编制机关 · 建设项目的|主管部门
_BY_PART: Final = re.compile("(?:(?:组织)?编制|举办|审批|批准|主管|监督管理|登记|发证|审查|受理|起草|认定){1,2}(?:机关|部门)")
# The same of a work. 例 提案的|承办单位, but not 赛事的主办单位
_OF_WORK: Final = re.compile("(?:建议|提案|议案|任务|工作|事项|问题)的(?:主要责任|责任|承办|主办|协办|会办|牵头)单位")
# 例 指导|具备条件的地区水利部门 · 或者向|作出许可的旅游行政管理部门
_NO_SUBJECT: Final = re.compile("[与和同]|(?:或者?|并且?|以及)?[向对将把经]|指导|督促|支持|鼓励|引导|推动")
_TO_ANOTHER: Final = re.compile(r"作为|\A[^,。;:]{0,8}向|(?:应当?|必须|须|可以?)向")  # 例 应当向分社所在地的|工商行政管理部门
_NO_THING: Final = re.compile("[违未不对在经向由为与和其被]|根据|按照")  # 例 违反规定的|主管部门
# One of many told by the duty that it has. 例 省级教育部门|和其他负有监督管理职责的部门 · |国务院负有安全监管职责的有关部门
_WITH_DUTY: Final = "(?:其他)?(?:依法)?(?:对[^,。;:、]{1,12})?(?:国务院)?(?:负有|承担|行使|涉及|履行)[^,。;:、]{2,24}"
_APPOINTED: Final = "(?:国务院|[^,。;:、]{0,8}政府)(?:指定|确定|授权)"
_BY_DUTY: Final = re.compile(
    rf"(?:[、,和及与]|以及|或者?)(?P<unit>(?:{_WITH_DUTY}|{_APPOINTED})的(?:其他)?(?:有关|相关)?(?:部门|机构|单位)"
    r"|人民政府的[^,。;:、]{4,14}机构)\Z"
    r"|\A(?P<first>(?:国务院|各级|[省市县区]级(?:以上)?)?负有[^,。;:、]{2,20}职责的(?:有关|相关)?(?:部门|机构))\Z"
)
# 例 县级以上人民政府负责残疾人工作的机构 · 省、自治区、直辖市人民政府管理地震工作的部门或者机构
_HAS_DUTY: Final = re.compile(
    r"(?:\A|[、,和及与]|以及|或者?)(?P<unit>(?:[各省市县区]|国务院)(?:(?!部门|机关|机构)[^,。;:]){1,18}(?:政府|国务院)"
    r"(?:负责|主管|承担|管理){1,2}[^,。;:、]{2,20}的(?:工作)?(?:机构|部门)(?:或者?(?:机构|部门))?)\Z"
)
# 例 省级环保部门|以及具备条件|的市、县级环保部门
_AND_FITTED: Final = re.compile("(?:[、,和及与]|以及)(?:具备|符合|有)[^,。;:的]{0,8}条件$")
# A heading that no mark parts from who must act under it. 例 提高认识|各乡镇政府要 · 技术培训|区领导小组办公室要
_HEADING: Final = re.compile(
    rf"[ ]{{0,16}}(?:进一步|切实|全面)?(?:(?:{VERBS})[\u4e00-\u9fff]{{2,24}}"
    r"|[\u4e00-\u9fff]{2,12}(?:监测|预警|响应|处置|保障|报告|机制|措施|评估|恢复|宣传|培训|演练))"
    "(?<![的对向由将把与和及同在等])"
)
_CUT: Final = re.compile("地方各级|各|[省市县区乡镇](?![场域容直级])")
_LONGEST_HEADED: Final = 60  # code points
_HELD: Final = re.compile(
    r"政府(?:[\u4e00-\u9fff]{1,8}行政(?:管理|执法)?部门)?$|有关|相关|地方|(?:主管|牵头|行政管理|监督管理)部门$|村\(居\)组织$"
)


def subjects(text: str, head: int, last: int) -> list[Unit]:
    """The units that fill the segment `text[head:last]`, but for the words that open it, if all can act."""
    return _told(text, head, _subjects(text[head:last]))


def actors(text: str, begin: int, last: int) -> list[Unit]:
    """The units in `text[begin:last]` if all of it is names of agencies that can act."""
    return _told(text, begin, _actors(text[begin:last]))


def _told(text: str, at: int, units: tuple[Unit, ...]) -> list[Unit]:
    """`units` of the words at `at`, none if it is nobody that one of them takes up."""
    if not units:
        return []
    told: list[Unit] = []
    for begin, end, name, many in units:
        start, stop = at + begin, at + end
        named = name or taken_up(text, start, text[start:stop])
        if not named:
            return []
        told.append(Unit(start, stop, named, many))
    return told


def _subjects(words: str) -> tuple[Unit, ...]:
    opening = _OPENING.match(words) if words[:1] in _OPENING_FIRSTS else None
    if opening is None or not (at := opening.end()):
        return _actors(words)
    return tuple(Unit(at + start, at + end, name, many) for start, end, name, many in _actors(words[at:]))


def behind_heading(text: str, head: int, last: int) -> list[Unit]:
    """The units that end the segment `text[head:last]`, behind a heading that no mark closes."""
    if last - head > _LONGEST_HEADED:
        return []
    for cut in _CUT.finditer(text, head + 4, last - 2):
        units = _HEADING.fullmatch(text, head, cut.start()) and actors(text, cut.start(), last)
        if units and (are_sure(units) or units[0].collective):
            return units
    return []


def acts_as_place(words: str) -> bool:
    """Whether they are a province that acts for its government: 我省将, 湖北省不得."""
    if words[-1:] != "省":
        return False
    named = mention(words)
    return words[:-1] in ("我", "本", "你", "贵") or (named is not None and named.end == len(words))


@lru_cache(maxsize=1 << 14)
def _actors(words: str) -> tuple[Unit, ...]:  # noqa: PLR0911 - an ordered table of tests
    """The same of all of `words`, where they stand in them; without a name where the text before tells whom they take up."""
    last = len(words)
    if not words:
        return ()
    words = words.replace("特别是", "、、、").replace("尤其是", "、、、")  # 各部门|特别是|水利部门
    if words[-1] in "位门构关体" and ROLE_BODY.fullmatch(words):
        return (Unit(0, last, words, collective=True),)
    while words[last - 1] in PRIVATE_LAST and (others := PRIVATE_TAIL.search(words, max(0, last - _PRIVATE), last)):
        last = others.start()
    if ("业" in words or "公司" in words or "用户" in words) and (private := PRIVATE_HEAD.match(words, 0, last)):
        at = private.end()
        return tuple(Unit(at + begin, at + end, name, many) for begin, end, name, many in _actors(words[at:last]))
    told = words[last - 1] in "门构位" and (_HAS_DUTY.search(words, 0, last) or _BY_DUTY.search(words, max(0, last - 36), last))
    if told:
        before = _actors(words[: told.start()])
        if told.start() and not before:
            return ()
        name = told.lastgroup or "unit"
        return (*before, Unit(*told.span(name), told[name], collective=True))
    if _WITH_PARTY.search(words, 0, last) or _STAFF.search(words):
        return ()
    if words[last - 1] in "省市区" and "省" in words and (lands := _provinces(words, last)):
        return lands
    a_phrase = words[0] not in OPENING_FIRST and OPENS_NO_ACTOR.match(words, 0, last)
    units = [] if a_phrase else only_units(words, 0, last) or _and_fields(words, last)
    beside = any(can_act(unit.name) and not is_private(unit.name) for unit in units)  # 街道改造 and 政府采购 are things
    if units and all(can_act(unit.name) or (unit.name in ("街道", "政府") and beside) for unit in units):
        return tuple(units)
    if last <= _LONGEST_TAKEN_UP and TAKES_UP.fullmatch(words, 0, last):
        return (Unit(0, last, "", collective=False),)
    return _with_attribute(words, last)


def _provinces(words: str, last: int) -> tuple[Unit, ...]:
    """Places that act together, provinces among them: 湖北省和武汉市."""
    parts = list(_LAND.finditer(words, 0, last))
    if len(parts) < 2 or not all((named := mention(part.group())) and named.end == len(part.group()) for part in parts):
        return ()
    return tuple(Unit(*part.span(), part.group(), collective=False) for part in parts)


def _with_attribute(words: str, last: int) -> tuple[Unit, ...]:
    """The same of words that tell which units are meant: 启动响应的|人民政府 · 疫情发生地的农业主管部门."""
    of = words.rfind("的", 0, last)
    if of >= 2 and _OF_WORK.fullmatch(words, of - 2, last) and not _NO_THING.match(words):
        return tuple(only_units(words, of + 1, last))
    if not 1 < of < last - 1 or words[of - 2 : of] == "设区" or _NO_SUBJECT.match(words) or _TO_ANOTHER.search(words, 0, of):
        return ()
    units = only_units(words, of + 1, last)
    if len(units) == 1 and units[0].collective and words.endswith("政府", 0, of) and len(only_units(words, 0, of)) == 1:
        return (Unit(0, last, words[:last], collective=True),)  # 各级人民政府的计划、财政等部门
    if units and units[0].collective and all(can_act(unit.name) for unit in units) and _WHERE.fullmatch(words, 0, of):
        first = units[0]
        return (Unit(0, first.end, words[: first.end], collective=True), *units[1:])
    told = all(can_act(unit.name) for unit in units) and _WHICH.fullmatch(words, 0, of)
    if told or (_BY_PART.fullmatch(words, of + 1, last) and not _NO_THING.match(words)):
        return tuple(units)
    fitted = _AND_FITTED.search(words, 0, of)
    before = only_units(words, 0, fitted.start()) if fitted else []
    held = all(_HELD.search(unit.name) and (can_act(unit.name) or unit.name == "人民政府") for unit in units)
    return (*before, *units) if held else ()


def _and_fields(words: str, last: int) -> list[Unit]:
    """The units in a list of which some are but fields of work: 区民政、残联 · 市、区民政、财政部门和残联."""
    parts = _FIELD_AMONG.findall(words, 0, last)
    if len(parts) < 2 or not only_units(parts[-1], 0, len(parts[-1])):
        return []
    units: list[Unit] = []
    at, level = 0, ""
    for part in parts:
        begin = words.index(part, at)
        at = begin + len(part)
        own = only_units(words, begin, at)
        levels = _OF_LEVELS.match(part)
        if not own and (not levels or part[levels.end() :] not in forms()):
            return []
        level = levels.group() if levels else level
        name = part if levels or len(level) != 1 else level + part  # 区民政、残联: 区残联
        units.append(Unit(begin, at, name, own[0].collective if own else "、" in part))
    return units


def taken_up(text: str, at: int, words: str) -> str:
    """The body named before that 该委, 办公室 … means; "" where none is."""
    before = max(0, at - _BACK)
    if words.startswith("该"):
        names = [m[1] for m in _named_with(words[-1]).finditer(text, before, at)]
        return next((name for name in reversed(names) if only_units(name, 0, len(name)) and can_act(name)), "")
    if words.startswith("我"):
        return words
    over = [m[1] for m in _OVER_OFFICE.finditer(text, before, at)]
    return over[-1] + "办公室" if over else words


@cache
def _named_with(last: str) -> re.Pattern[str]:
    """Names that end in `last`: the 委 of 该委."""
    return re.compile(rf"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{{2,14}}{last})(?=[^\u4e00-\u9fff]|{VERBS}|{DUTY}|{MUST})")
