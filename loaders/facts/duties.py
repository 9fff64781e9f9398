"""Duties in prose: a named agency, or a collective of agencies, is the subject of work still to be done.

Read subject first. A subject is a list of units that opens a segment of a sentence, or stands behind 由; what follows it is
a predicate of some kind: a must (要, 应当), a must not (不得), work in the bare verb (建立), or none of these (可, 了, 的).
Those who go along (会同B, 组织C, 与D共同) take part, as does a subject that only helps. The verbs are an open class:
loaders/lexicon/predicates.tsv.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Modality, Role
from loaders.facts.subjects import DUTY, MUST, TAKES_UP, actors, opened, taken_up
from loaders.lexicon.predicates import ADVERBS, EVENTS, FIRSTS, OPENERS, VERBS, WEAK
from loaders.names.actors import can_act, counts, is_private
from loaders.names.units import NAME_LAST, Unit, are_sure, only_units

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBJECT: Final = 160  # code points of the longest list of subjects
_FAILED: Final = 8  # ends of names at which nothing reads as a list, after which none is looked for
_ALONG: Final = 240  # code points behind a verb in which those who go along are named

# Where a segment begins. 例 。| ;| :| ,| 由|
# (This pattern, and others here, open with one set of characters, which is found far faster than a choice of words.)
HEAD: Final = re.compile(
    r"[。;:!?\n\"“”'》,由权定成令-](?:(?<![,由权定成令])|(?<=,)(?![^()]{0,10}\))|(?<=由)(?<![自理缘事]由)"
    r"|(?<=授权|指定|责成|责令)(?=[^,。;]{2,30}(?:负责|牵头|承担|组织|统筹|办理)))"
)
_BY: Final = frozenset("由权定成令")  # the last characters of heads behind which the subject is told to act
_COMMA: Final = frozenset(",。;:\n!?")
_FRAGMENT_END: Final = re.compile(r"[,。;:\n!?]")
# 例 可|由, 不再|由, 经|由
_NOT_BY: Final = re.compile(r"(?:[可经转改得]|可以|不(?:再|应|得)?)$")
# Before a subject: it is helped, told, judged or measured. 例 指|县(市、区)开展 · 经|市政府 · 鼓励|各地
_NOT_SUBJECT: Final = re.compile(
    r"(?:鼓励|支持|推动|督促|要求|指导|引导|允许|协调|经|向|对|被|为|让|报|由于|如|若|凡|因|供|除|指|即)[^,。;:由\n]{0,4}\Z"
)
_MUST_NOT: Final = r"(?:不得|不准|不予|严禁|禁止|一律不|不可|不能)"
_WILL: Final = r"(?:将(?!来|领|军))"
MAY: Final = re.compile(
    rf"(?:{ADVERBS}){{0,3}}(?:可(?!能|靠|行|持|视|再|比|操|复|追|见|信|控|及)|可以|有权|得(?!到|出|当|分|知|益|失|以)|能够?)"
)
# 例 法院审理知识产权案件时,|可以引入技术调查官
_MAY_LATER: Final = re.compile(r"[^。;]{0,40},(?:(?:也|均)?可以?(?!靠|行|持|视|再|比)|有权)")
# What follows a subject, whose last character it opens with: adverbs, then the kind of predicate.
_PREDICATE: Final = re.compile(
    rf"[{NAME_LAST}业院校会户员](?=[{FIRSTS}要应须必务需不严禁将负牵承履主协会商是为按依根每在作,: (])(?<![关处](?=于))(?="
    rf"(?:\((?:以下|下)(?:[^()]"
    rf"|\([^()]{{0,8}}\)){{2,40}}\))?(?P<by_colon>[ ]?:[ ]?(?!鼓励|支持)(?=(?:主要|具体)?(?:{DUTY}|{VERBS}|{WEAK})))?"
    rf"(?P<comma>(?:作为[^,。;]{{2,40}})?,(?=(?:{ADVERBS}){{0,2}}(?:也|都|均)?(?:{MUST}|{_MUST_NOT})|(?:按照?|根据|依据)(?:各自)?"
    rf"职责(?:分工)?(?:{VERBS}|,(?:共同|分别)?对)))?"
    rf"(?P<adverbs>(?:{ADVERBS}|按照?各自职责,(?=(?:共同|分别)?对)|[应要]?[在于][^,。;]{{2,24}}(?:前|内,?|后|中|上|下|时|期间|基础上)|每(?:年|季度|半年"
    rf"|[月周])[^,。;]{{0,8}}?(?:前|底|份)?|按照?(?:各自)?(?:职责|分工|权限)(?:分工)?|根据(?:各自)?职责(?:分工)?"
    rf"|依照?职责){{1,4}})?"
    rf"(?:(?P<must>{MUST})|(?P<must_not>{_MUST_NOT})|(?P<will>{_WILL})|(?P<duty>{DUTY})|(?P<work>{VERBS}|{OPENERS})|"
    rf"(?P<weak>{WEAK})|(?P<event>{EVENTS})|(?(adverbs)(?P<open>(?![的了之和与及最]|不超过|累计|[遵参]照执行|公开(?:内容|信息|事项"
    rf"|目录)|负责|领导|同志|人员|职责|任务|目标|原则|指标|指设|由|是|包括|为)[\u4e00-\u9fff]{{2}}(?=[\u4e00-\u9fff]{{2}}))|(?!)))"
    rf"(?![的)”》]))"
)
# A must further on in the sentence, behind what the subject does first. 例 政务部门注册资源时,|应当
_LATER_MUST: Final = re.compile(
    rf"(?P<between>[^。;:\n]{{0,60}}?[^。;:\n,])(?P<comma>,?)(?:{ADVERBS}){{0,2}}(?:(?P<must>应当?(?!急|用|对|届|有)|必须|"
    rf"(?<=,)要(?!求|素|件|点))|(?P<must_not>不得|严禁)|(?<=,)(?:承担|负责))"
)
# Where a list of those who go along may end.
_LIST_END: Final = re.compile(
    rf"(?<=[{NAME_LAST}业院校会户员])(?=[{FIRSTS}要应须必务需不严禁将把负牵承履主协会商是为等、,。;: (\n]|$)"
)
# Where what follows a subject shows that it is done, reported, or of somebody else.
_PAST: Final = re.compile(
    r"(?:{ADV})?(?:已(?!批)|已经|曾|正在|也?表示|[^,。;]{0,80}(?:,[^,。;]{0,8})?了(?!解|结|断)|[^,。;]{0,30}(?:已经?(?!批)"
    r"(?![^,。;]{1,8}的)|曾))".replace("{ADV}", ADVERBS)
)
_PAST_BEFORE: Final = re.compile(
    r"(?:近年来|以来|去年|此前|前期|前阶段|过去|长期以来|历年)[^。;\n]{0,50}$|日(?:上午|下午|晚)?,$"
)
_CONDITION: Final = re.compile(r"[^,。;:]{2,60}的,")
# 例 由省领导小组|统筹分配的企业。
_ATTRIBUTE: Final = re.compile(r"(?![对将把按以就]|根据|结合|围绕|针对)[^,。;:]{0,4}的[^,。;]{0,12}[,。;]")
_TELLS: Final = (
    "[^,。;]{0,12}(?:报|了解|掌握|[检督调排抽核]查|公布|公开|反馈|汇总|分析|跟踪|评估|核实|说明|记录|调度|统计|监测"
    "|关注|结合|根据)"
)
# What is looked at, not work. 例 审查机构|落实审查责任情况;
_STATE: Final = re.compile(rf"(?:{ADVERBS})?(?!{_TELLS}|{OPENERS})[^,。;:\n]{{2,60}}情况[。;,]")
# 例 起草单位|将材料报送审核机构的,
_REPORTED: Final = re.compile(r"将[^,。;:]{2,60}的,")
# What is told of papers and of what holds anyhow. 例 省政府办公厅|转发…的通知 · 我市|遵照执行
_ISSUES: Final = re.compile(r"(?:转发|印发|批转)[^,。;]{0,60}(?:[《〈、]|的?通知)|[遵参]照执行")
# Who belongs to a body that is set up. 例 市司法局|为成员单位 · 办公室成员由市司法局|抽调人员组成
_MEMBER: Final = re.compile(r"(?:为[^,。;]{0,8}(?:成员|组长|主任|召集人)|[^,。;]{0,16}组成[,。;])")
# 例 本政策由市商务局会同市财政局|负责解释 (a rule about the text itself)
EXPLAINS: Final = re.compile(r"[^。;:,\n]{0,80}负责[^。;:,\n]{0,8}解释|解释(?=[。;,])")
_STOPPED: Final = frozenset(("", *",。;:\n"))
# A subject that only helps. 例 各参加单位|要积极配合 · 市财政局|要协助市司法局
_HELPS: Final = re.compile(
    rf"(?:{MUST}|{_WILL}|负责)?(?:(?:积极|主动|全力|大力|依法|认真|做好|切实|及时|支持|和|、|按照?(?:各自)?职责(?:分工)?|在(?:各自)?职责范围内|予以|予"
    rf"|具体|给予|共同){{0,3}})(?:配合|协助|参加(?!单位)|(?<=范围内)参与|协办)(?!单位|部门|[^,。;]{{0,6}}(?:企业|市场主体|群众|个人|农户))"
)
_OWN_DUTY: Final = re.compile(
    r"[^,。;\n]{3,60},(?:并)?(?:要|应当?|须)?(?:负责|制定|建立|落实|完善|加强|做好|抓好|开展|组织|出台|明确|细化)"
)
# 例 由市司法局牵头,|市财政局参加
_LEADER_BEFORE: Final = re.compile(r"(?:牵头|负责|主办),?$")
_JOINS: Final = re.compile(r"(?:积极|共同)?(?:参加|参与|配合|协助|协办)")
# 例 建立由A牵头、B、C参与的制度 · 设立由A、B组成的工作组
SET_UP: Final = re.compile(
    r"(?:建立|成立|组建|设立|健全|完善|形成|构建)[^,。;由]{0,6}由(?:(?P<led>[^,。;]{2,60}?)(?:总?牵头|负责)[、,]|"
    r"(?P<people>[^,。;]{2,30}(?:负责人|领导|同志)牵头)[、,])?"
    r"(?P<joined>[^。;]{2,200}?)(?:共同)?(?:参与|参加|配合|组成)的"
)
# An item that opens with its unit, by what follows that. 例 3.市场监督管理所|。由分管领导带队负责走访 · 县级路长办公室|:承担…
_ITS_ITEM: Final = re.compile(
    r"[。:](?=[ ]?(?:由[^,。;]{0,14}(?:领导|负责人|负责同志|专人|干部|校长|所长|[^,。;]{0,8}负责)|(?:主要|具体)?(?:负责|承担"
    r"|牵头|组织|统筹|协调|指导|配合|协助|包联|落实|制定|做好|开展)))"
)
_OPENS_LINE: Final = re.compile(r"(?<![^\n])[^。:;\n]{2,60}\Z")
# Those who go along. 例 会同|B、C等部门筛选 · 组织|相关部门成立 · 与|国家林草局共同
WITH: Final = re.compile(
    r"(?:会同(?!县)|会(?=[省市县区国])(?<=[部局委厅署办院]会)|联合(?![会社国体])|组织(?!程序|机构\s|架构|体系|形式)(?:协调)?"
    r"(?=[各有相其所省市区县州\u4e00-\u9fff])|商(?!务|会|贸|业|品|标)(?<=[局委部厅办署院]商))"
    r"(?P<units>[^,。;:]{2,160})"
)
_TOGETHER: Final = re.compile(r"与(?P<units>[^,。;:]{2,60}?)(?:联合|共同|协同|一道|密切协作)")
# Behind 由, a list of names that are beyond doubt, and any verb. 例 由市财政局|据实补贴
_BY_NAMES: Final = re.compile(r"由(?<![自理缘事可经转改得指].)(?P<names>[^。;:\n由]{3,120})")
_OF_STATE: Final = ("部门", "机关")
_IN_A_WORD: Final = (  # ends of names that are part of a longer word: 财政部|门, 常务会|议, 市财政科|技
    "部(?=[门长署分队])|会(?=[议同员计])|委(?=[员托])|院(?=[士长校])|协(?=[商议调同会])|府(?=[全常][体务]会)|科(?=[技学研])|社(?=[会区])|组(?=[成织建合长])"
    "|[厅校所站园馆队](?=长)|局(?=[长部面])|办(?=[理公法事])|处(?=[理罚置])|[市区县省州](?=[场级区县域长政])|所(?=[有需在])"
)
_BY_END: Final = re.compile(
    rf"(?!{_IN_A_WORD})[{NAME_LAST}](?=[\u4e00-\u9fff]{{2}})(?![的和及与或等]|组成|担任|[兼分]任|构成|引起|造成|导致|代表|党|主任|副|主要|相关"
    rf"|有关|负责|[^,。;、]{{0,8}}(?:领导|同志|主任|主席|书记|人员|干部|[市县区省部局厅]长|任组|专人|负责人|牵头人|组成|担任|兼任|解释)"
    rf"|[^,。;]{{0,16}}的|[^,。;、]{{0,14}}[{NAME_LAST}]、)"
)
# Where the list of those who go along may end: before what they do.
_DOES: Final = re.compile(rf"(?:{MUST}|将|把|与|{DUTY}|{ADVERBS}|{VERBS}|{OPENERS}|{WEAK}|[,。;、]|等|$)")
# 例 成立|国务院工作组|,负责 · 下设|办公室|,主要负责
_SET_UP_FOR: Final = re.compile(
    r"(?:成立|组建|设立|下设)(?:[^,。;]{0,12}的)?(?P<units>[^,。;的]{0,24}?(?:指挥部|工作组|小组|专班|办公室|委员会"
    r"|联席会议)),(?:(?:设在|在)[^,。;]{2,24},)?(?:由[^,。;]{2,30}(?:担任|任)[^,。;]{2,12},)?(?=(?:主要|具体|统一)?(?:负责|承担|领导|统筹|指导))"
)
# 例 办公室|设在市司法局,由某某兼任主任,负责
_SEATED: Final = re.compile(
    r"(?P<office>[工办](?<=[,。;\n].)(?:(?<=工)作办公室|(?<=办)公室))(?:设在|设于)[^,。;]{2,30},(?:由?[^,。;]{2,30}(?:担任|任)[^,。;]{2,12},)?"
    r"(?=(?:主要|具体|统一)?(?:负责|承担))"
)
_AT_HEAD: Final = frozenset({"社区", "村", "街道"})  # actors where they open an item of their own


class Duty(NamedTuple):
    """A unit with the part it has, whether it must or must not act, and the rule that says so."""

    unit: Unit
    role: Role
    modality: Modality
    rule: str


def _are_plain(units: list[Unit]) -> bool:
    """Whether a verb behind them is no part of a longer noun: 市财政局监督…, but not 社区治理."""
    return all(unit.name[-1] in "局委部厅办署府院" or unit.name[0] == "各" for unit in units)


class _Predicate(NamedTuple):
    kind: str  # the group that matched: must, must_not, will, duty, work, weak, event, open
    verb: int  # where the verb begins
    end: int
    sure: bool = False  # whether an adverb or a colon stands before the verb


def find_duties(text: str, start: int, end: int) -> Iterator[Duty]:
    """Duties in `text[start:end]`, in order of their predicates. Numbers of items are blank in it."""
    heads = [start, *[mark.end() for mark in HEAD.finditer(text, start, end)]]
    reached = start
    told: list[int] = []  # where subjects begin
    for words in _PREDICATE.finditer(text, start, end):
        last = words.end()
        n = bisect_right(heads, last - 2) - 1
        if n < 0 or heads[n] < reached or last - heads[n] > _SUBJECT:
            continue
        by = n > 0 and text[heads[n] - 1] in _BY
        predicate = _predicate(text, words, by=by)
        units = _subject(text, heads, n, last) if predicate else []
        if predicate and units and (predicate.kind != "weak" or predicate.sure or by or _are_plain(units)):
            reached = predicate.end
            told.append(units[0].start)
            yield from _duties(text, heads[n], end, units, predicate, by=by)
    yield from _by_names(text, start, end, told)
    yield from _its_item(text, start, end)
    yield from _left_out(text, start, end)
    yield from _set_up(text, start, end)


def _by_names(text: str, start: int, end: int, told: list[int]) -> Iterator[Duty]:
    """Those behind 由 whose verb is in no table, where all are beyond doubt; `told`: where the subjects read begin."""
    for m in _BY_NAMES.finditer(text, start, end):
        begin, stop = m.span("names")
        n = bisect_right(told, stop)
        if n and told[n - 1] >= begin:
            continue
        ends = [mark.end() for mark in islice(_BY_END.finditer(text, begin, stop), 2 * _FAILED)]
        for last in reversed(ends):
            units = actors(text, begin, last)
            if units and all(unit.name.endswith(_OF_STATE) or are_sure([unit]) for unit in units):
                yield from _duties(text, begin, end, units, _Predicate("by", last, last, sure=True), by=True)
                break


def _predicate(text: str, words: re.Match[str], *, by: bool) -> _Predicate | None:
    """What `words`, behind the possible end of a subject, say, if it is work still to be done."""
    kind, at = words.lastgroup or "", words.end()
    verb, end = words.span(kind)
    if (text[at - 1] == ")" and text.startswith("组织", at)) or MAY.match(text, at):
        return None  # 村(居)组织; what is allowed
    adverbs = words["adverbs"] or ""
    if "最高" in adverbs:
        return None  # 每个单位每年最高补贴100万元
    following = text[end : end + 1]
    if kind in ("work", "weak") and not by and (following == "、" or (following in _STOPPED and not adverbs)):
        return (
            _Predicate(kind, verb, end, sure=True) if _JOINS.match(text, verb) and following != "、" else None
        )  # 县政府建设、…
    return _Predicate(kind, verb, end, sure=bool(adverbs or words["by_colon"]))


def _subject(text: str, heads: list[int], n: int, last: int) -> list[Unit]:
    """The units that fill the segment from heads[n] to `last`; where commas part them, those of the segments before it too."""
    units = actors(text, opened(text, heads[n], last), last)
    while units and n and text[heads[n] - 1] == ",":
        n -= 1
        begin = opened(text, heads[n], last)
        whole = actors(text, begin, last)  # 各县(市、区),园区 is one, under its 各
        if not whole and not (more := actors(text, begin, heads[n + 1] - 1)):
            break
        units = whole or more + units
    return units


def _its_item(text: str, start: int, end: int) -> Iterator[Duty]:
    """Those who open a line, all of its first sentence."""
    for says in _ITS_ITEM.finditer(text, start, end):
        line = _OPENS_LINE.search(text, max(start, says.start() - 60), says.start())
        for unit in only_units(text, *line.span()) if line else ():
            if (can_act(unit.name) or unit.name in _AT_HEAD) and not is_private(unit.name):
                yield Duty(unit, "LEADS", "must", "prose-item")


def _duties(text: str, head: int, end: int, units: list[Unit], predicate: _Predicate, *, by: bool) -> Iterator[Duty]:
    subject = units[0].start
    if by and _NOT_BY.search(text, max(0, head - 4), head - 1):
        return
    if not by and _NOT_SUBJECT.search(text, max(0, subject - 8), subject):
        return
    if not _binds(text, subject, predicate, end, by=by):
        return
    modality: Modality = "must not" if predicate.kind == "must_not" else "must"
    role = _role(text, subject, predicate.verb, end)
    rule = f"prose-{predicate.kind.replace('_', '-')}"
    for unit in units:
        if counts(unit.name, unit.collective):
            yield Duty(unit, role, modality, rule)
    for unit in _along(text, predicate.verb, end):
        yield Duty(unit, "PARTICIPATES", modality, "prose-along")


def _binds(text: str, subject: int, predicate: _Predicate, end: int, *, by: bool) -> bool:
    """Whether the work is still to be done, and work at all."""
    if EXPLAINS.match(text, predicate.verb, end) or (predicate.kind == "will" and _REPORTED.match(text, predicate.verb, end)):
        return False
    if predicate.kind in ("must", "must_not", "will"):
        return True
    verb = predicate.verb
    if _PAST_BEFORE.search(text, max(0, subject - 60), subject) or _MEMBER.match(text, verb, end):
        return False  # done, or of a body's members
    if predicate.kind == "event" or _CONDITION.match(text, verb, end):
        return bool(_LATER_MUST.match(text, predicate.end, end))
    if predicate.kind in ("work", "weak", "open") and (_ATTRIBUTE.match(text, verb, end) or _STATE.match(text, verb, end)):
        return False
    told = not by and _ISSUES.match(text, verb, end)
    return not (told or _PAST.match(text, verb, end) or _MAY_LATER.match(text, verb, end))


def _set_up(text: str, start: int, end: int) -> Iterator[Duty]:
    """建立由A牵头、B、C参与的制度, 设立由A、B组成的工作组."""
    for m in SET_UP.finditer(text, start, end):
        led = m["led"] or ""
        for unit in actors(text, *m.span("led")) if led else ():
            if counts(unit.name, unit.collective):
                yield Duty(unit, "LEADS", "must", "prose-set-up")
        for unit in actors(text, *m.span("joined")):
            if counts(unit.name, unit.collective):
                yield Duty(unit, "PARTICIPATES" if m["led"] or m["people"] else "LEADS", "must", "prose-set-up")


def _role(text: str, subject: int, verb: int, end: int) -> Role:
    """One that only helps another agency takes part; with a duty of its own in the sentence it leads that."""
    helps = _HELPS.match(text, verb, end) and not _OWN_DUTY.match(text, verb, end)
    joins = _JOINS.match(text, verb, end) and _LEADER_BEFORE.search(text, max(0, subject - 4), subject)
    return "PARTICIPATES" if helps or joins else "LEADS"


def _along(text: str, verb: int, end: int) -> Iterator[Unit]:
    """Those who go along with the verb, up to the end of its fragment."""
    limit = min(end, verb + _ALONG)
    fragment_end = _FRAGMENT_END.search(text, verb, limit)
    stop = fragment_end.start() if fragment_end else limit
    found = WITH.search(text, verb, stop)
    if found and found.start() - verb <= 6:
        yield from _joined(text, found.start("units"), stop)
    elif found := _TOGETHER.match(text, verb, stop):
        yield from (unit for unit in actors(text, *found.span("units")) if counts(unit.name, unit.collective))


def _joined(text: str, begin: int, stop: int) -> list[Unit]:
    """The longest list of units at `begin` that ends before what they do."""
    best: list[Unit] = []
    failed = 0
    for last in (mark.start() for mark in _LIST_END.finditer(text, begin + 2, stop + 1)):
        if _DOES.match(text, last, stop):
            units = actors(text, begin, last)
            best, failed = (units, 0) if units else (best, failed + 1)
        if failed > _FAILED:
            break
    return [unit for unit in best if counts(unit.name, unit.collective)]


def _left_out(text: str, start: int, end: int) -> Iterator[Duty]:
    """Those who go along where the subject is left out (。会同B、C筛选 · ,与B共同做好), and bodies set up for a work that
    then have it (成立指挥部,负责…)."""
    for m in WITH.finditer(text, start, end):
        if _opens(text, m.start(), start):
            for unit in _joined(text, m.start("units"), m.end()):
                yield Duty(unit, "PARTICIPATES", "must", "prose-along")
    for m in _TOGETHER.finditer(text, start, end):
        if _opens(text, m.start(), start):
            for unit in actors(text, *m.span("units")):
                yield Duty(unit, "PARTICIPATES", "must", "prose-along")
    for m in _SET_UP_FOR.finditer(text, start, end):
        begin, last = m.span("units")
        named = taken_up(text, last, text[begin:last]) if TAKES_UP.fullmatch(text, begin, last) else text[begin:last]
        for unit in only_units(text, begin, last) or [Unit(begin, last, named, collective=False)]:
            yield Duty(unit, "LEADS", "must", "prose-set-up")
    for m in _SEATED.finditer(text, start, end):
        begin, last = m.span("office")
        yield Duty(Unit(begin, last, taken_up(text, begin, m["office"]), collective=False), "LEADS", "must", "prose-set-up")


def _opens(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1] in _COMMA or text[at - 1] == " "
