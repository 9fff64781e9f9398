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
from loaders.facts.along import FAILED, along, along_unsaid, fragment_end, joined
from loaders.facts.no_duty import ACCOUNTS, TAKES_OBJECT, Predicate, binds
from loaders.facts.parties import defined_parties, party_at
from loaders.facts.segments import segment_heads
from loaders.facts.set_up import set_up
from loaders.facts.subjects import actors, acts_as_place, behind_heading, subjects
from loaders.facts.wording import (
    ALONE,
    BAN_TOLD,
    BANS,
    BARE,
    BY_END,
    BY_NAMES,
    BY_TURNS,
    DECIDES,
    DOES_NEXT,
    EACH_A_PART,
    EMPLOYER_ACTS,
    HELPS,
    HELPS_WORK,
    IN_PLACES,
    IN_TURN,
    ITS_ITEM,
    JOINS,
    LEADER_BEFORE,
    LEVEL_BODY,
    MAY,
    MAY_ASK,
    MUST_TOO,
    NEXT_STEP,
    NOT_BY,
    NOT_SUBJECT,
    OBLIGES,
    OF_A_BODY,
    OF_A_DUTY,
    ONE_THAT,
    OPENS_LINE,
    ORGANISED,
    OTHER_CENTRE,
    OWN_DUTY,
    PREDICATE,
    SAYS_WHO,
    TERM,
    TITLE_LINE,
    WRONGLY,
)
from loaders.names.actors import can_act, counts, is_private
from loaders.names.mentions import find_mentions
from loaders.names.places import mention
from loaders.names.units import Unit, are_sure, only_units
from loaders.text.members import members

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBJECT: Final = 160  # code points of the longest list of subjects
_LONGEST_TITLE: Final = 60  # code points
_FAR: Final = 60  # code points before a subject in which words that bear on it stand

_BY: Final = frozenset("由权定成令求")  # the last characters of heads behind which the subject is told to act
_STEP: Final = 90  # code points before a subject in which the step before its own is told
_MUST_IN: Final = ("要在", "要于", "应在", "应于")  # 负有监管职责的部门|要在方案中|明确
_STANDS_FOR: Final = re.compile("[本我](?:[省市县区旗州镇乡]|街道|地区)$")  # who issues the text, as a place
_BESIDES: Final = re.compile("特别是|尤其是")
_STOPPED: Final = frozenset(("", *",。;:\n"))
_OF_STATE: Final = ("部门", "机关", "机构")
# Actors where they open an item.
_AT_HEAD: Final = frozenset({"社区", "村", "街道", "任何地方", "地方", "有关地方", "这些地区", "示范城市", "自贸试验区"})
_TELLS_YOU: Final = re.compile("(?:请|建议|希望?|望)(?=你[省市县区州]$)")  # 请|你省加快建设
_BY_WHOM: Final = _AT_HEAD - {"地方"}  # 由地方统筹 tells whose money it is


class Duty(NamedTuple):
    """A unit with the part it has, whether it must or must not act, and the rule that says so."""

    unit: Unit
    role: Role
    modality: Modality
    rule: str


def _are_plain(units: list[Unit]) -> bool:
    """Whether a verb behind them is no part of a longer noun: 市财政局监督…, but not 社区治理."""
    return all(unit.name[-1] in "局委部厅办署府院" or unit.name[0] == "各" for unit in units)


def find_duties(text: str, start: int, end: int) -> Iterator[Duty]:
    """Duties in `text[start:end]`, in order of their predicates. Numbers of items are blank in it."""
    heads = segment_heads(text, start, end)
    reached = start
    told: list[int] = []  # where subjects begin
    for words in PREDICATE.finditer(text, start, end):
        last = words.end()
        n = bisect_right(heads, last - 2) - 1
        if n < 0 or heads[n] < reached or last - heads[n] > _SUBJECT:
            continue
        units = _subject(text, heads, n, last)
        if not units and (words.lastgroup or "").startswith("must"):
            units = behind_heading(text, heads[n], last)
        named = "" if units else text[heads[n] : last].lstrip(" \n")
        told_you = _TELLS_YOU.match(named)
        named = named[told_you.end() :] if told_you else named
        place = bool(told_you) or acts_as_place(named)
        if not units and named not in _AT_HEAD and not place and not _is_one_that(text, heads[n], named):
            continue
        asked = bool(units) and text.endswith(("要求", "指定"), 0, units[0].start)
        if asked and MAY_ASK.search(text, max(start, units[0].start - _FAR), units[0].start):
            continue
        by = asked or (n > 0 and text[heads[n] - 1] in _BY)
        predicate = _predicate(text, words, heads[n], by=by)
        if (
            predicate
            and not units
            and (told_you or (by and named in _BY_WHOM) or _is_told(text, predicate, words["adverbs"] or "", place=place))
        ):
            units = [Unit(last - len(named), last, named, collective=not place)]  # 社区要 · 接受投诉的部门应当 · 我省要
        if predicate and units and (predicate.kind != "weak" or predicate.sure or by or _are_plain(units)):
            reached = predicate.end
            told.append(units[0].start)
            yield from _duties(text, heads[n], end, units, predicate, by=by)
    if text.find("由", start, end) >= 0 or text.find("请", start, end) >= 0:  # most words hold neither
        yield from _by_names(text, start, end, told)
        listed = (by_turns.span() for by_turns in BY_TURNS.finditer(text, start, end))
        turns = (turn for span in listed for turn in IN_TURN.finditer(text, *span))
        in_turn = (unit for turn in turns for unit in actors(text, *turn.span("units")))
        yield from (Duty(unit, "LEADS", "must", "prose-by") for unit in in_turn if counts(unit.name, unit.collective))
    for part in EACH_A_PART.finditer(text, start, end):
        units = actors(text, *part.span("units"))
        yield from (Duty(unit, "LEADS", "must", "prose-duty") for unit in units if are_sure(units))
    yield from _its_item(text, start, end)
    yield from _members(text, start, end)
    yield from _banned(text, start, end)
    yield from (Duty(unit, "PARTICIPATES", "must", "prose-along") for unit in along_unsaid(text, start, end))
    yield from (Duty(unit, role, "must", "prose-set-up") for unit, role in set_up(text, start, end))
    yield from _parties(text, start, end)


def _parties(text: str, start: int, end: int) -> Iterator[Duty]:
    """Those whom only the document names: a party that it says a body is, 部 for the ministry that issues it."""
    defined = defined_parties(text)
    for term in TERM.finditer(text, start, end) if defined else ():
        party = party_at(text, term.start())
        does = Predicate("must" if OBLIGES.match(text, term.end()) else "work", term.end(), term.end())
        if party and party.group() in defined and binds(text, party.start(), does, end, by=False):
            yield Duty(Unit(*party.span(), party.group(), collective=True), "LEADS", "must", "prose-party")
            if term["its"]:
                yield Duty(Unit(*term.span("its"), term["its"], collective=True), "LEADS", "must", "prose-party")
    for bare in BARE.finditer(text, start, end):
        name = "部" if bare.group() == "部" else "中心"
        if name == "中心" and OTHER_CENTRE.search(text, max(start, bare.start() - _FAR), bare.start() - 1):
            continue
        yield Duty(Unit(bare.end() - len(name), bare.end(), f"我{name}", collective=False), "LEADS", "must", "prose-party")


def _by_names(text: str, start: int, end: int, told: list[int]) -> Iterator[Duty]:
    """Those behind 由 or 请 whose verb is in no table, where all are beyond doubt; `told`: where the subjects read begin."""
    for m in BY_NAMES.finditer(text, start, end):
        begin, stop = m.span("names")
        n = bisect_right(told, stop)
        if n and told[n - 1] >= begin:
            continue
        ends = [mark.end() for mark in islice(BY_END.finditer(text, begin, stop), 2 * FAILED)]
        for last in reversed(ends):
            units = actors(text, begin, last)
            if units and all(unit.name.endswith(_OF_STATE) or are_sure([unit]) for unit in units):
                yield from _duties(text, begin, end, units, Predicate("by", last, last, sure=True), by=True)
                break


def _is_one_that(text: str, head: int, named: str) -> bool:
    """Whether `named`, at `head`, are those who do or have something."""
    return "的" in named and text[head - 1] != "”" and bool(ONE_THAT.fullmatch(named) or DECIDES.fullmatch(named))


def _is_told(text: str, predicate: Predicate, adverbs: str, *, place: bool) -> bool:
    """Whether those whom no name tells must act: 社区要 · 我省将, but not 我省将…作为."""
    will = place and predicate.kind == "will" and not TAKES_OBJECT.match(text, predicate.verb)
    return will or predicate.kind.startswith(("must", "duty")) or adverbs.startswith(_MUST_IN)


def _predicate(text: str, words: re.Match[str], head: int, *, by: bool) -> Predicate | None:
    """What `words`, behind the possible end of a subject that begins at `head`, say, if it is work still to be done."""
    kind, at = words.lastgroup or "", words.end()
    verb, end = words.span(kind)
    adverbs = words["adverbs"] or ""
    if "最高" in adverbs or _is_in_name(text, kind, at, verb):
        return None  # 每个单位每年最高补贴100万元
    if kind == "may" and (too := MUST_TOO.match(text, end)):
        return Predicate(too.lastgroup or "", too.start(too.lastgroup or 0), too.end())
    if MAY.match(text, at) or (kind in ("work", "weak", "open") and _is_title(text, verb)):
        return None
    if words["by_colon"] and not kind.startswith("must") and ACCOUNTS.match(text, verb):
        return None
    following = text[end : end + 1]
    is_bare = following in _STOPPED and not adverbs
    ends = following == "、" or (is_bare and not NEXT_STEP.search(text, max(0, head - _STEP), head))
    if kind in ("work", "weak") and not by and ends:
        joins = following != "、" and JOINS.match(text, verb)  # 县政府建设、…
        return Predicate(kind, verb, end, sure=True) if joins else None
    return Predicate(kind, verb, end, sure=bool(adverbs or words["by_colon"]))


def _is_title(text: str, at: int) -> bool:
    """Whether the line of `at` is all the title of a document: 某县处置森林火灾应急预案."""
    line = text[text.rfind("\n", 0, at) + 1 : end if (end := text.find("\n", at)) >= 0 else len(text)]
    return len(line) <= _LONGEST_TITLE and bool(TITLE_LINE.fullmatch(line.strip(" ")))


def _is_in_name(text: str, kind: str, at: int, verb: int) -> bool:
    """Whether the words at `verb`, behind what may end a name at `at`, are part of a longer name."""
    if text[at - 1] == "委" and text.startswith("依法治", at):
        return True  # 市委|依法治市办
    of_village = text.startswith(("(居)", "(村)"), at - 3)
    if text.startswith("组织", at) and (
        of_village or text.endswith("群团", 0, at) or (text[at - 1] == "联" and DOES_NEXT.match(text, at + 2))
    ):
        return True  # 村(居)组织 · 群团组织 · 区残联组织|会同市财政局
    if (text[at - 1] == "级" or text.endswith("纪委", 0, at)) and LEVEL_BODY.match(text, verb):
        return True  # 各级|审计机关要
    longer = OF_A_DUTY if kind == "duty" else OF_A_BODY if kind in ("work", "weak") else None
    return bool(longer and longer.match(text, verb))


def _subject(text: str, heads: list[int], n: int, last: int) -> list[Unit]:
    """The units that fill the segment from heads[n] to `last`; where commas part them, those of the segments before it too."""
    if text.startswith("以及", heads[n]) and text[heads[n] - 1] != ",":
        return []  # 《…》|以及各地出台的政策
    units = subjects(text, heads[n], last)
    if not units and n and text.startswith(("特别是", "尤其是"), heads[n]) and text[heads[n] - 1] == ",":
        n -= 1  # 各县区,特别是沿江一带,要加固堤防
        units = subjects(text, heads[n], heads[n + 1] - 1)
    if not units and (besides := _BESIDES.search(text, heads[n] + 2, last)):
        units = subjects(text, heads[n], besides.start())  # 各地|特别是沿江大县要加固堤防
    while units and n and text[heads[n] - 1] == "," and not text.endswith("指定", 0, heads[n - 1]):
        n -= 1
        whole = subjects(text, heads[n], last)  # 各县(市、区),园区 is one, under its 各
        if not whole and not (more := subjects(text, heads[n], heads[n + 1] - 1)):
            break
        units = whole or more + units
    return [] if units and IN_PLACES.search(text, max(0, units[0].start - _FAR), units[0].start) else units


def _its_item(text: str, start: int, end: int) -> Iterator[Duty]:
    """Those who open a line, all of its first sentence."""
    for says in ITS_ITEM.finditer(text, start, end):
        line = OPENS_LINE.search(text, max(start, says.start() - 60), says.start())
        units = only_units(text, *line.span()) if line and not ACCOUNTS.match(text, says.end(), end) else []
        if says["any"] and not (are_sure(units) and all(counts(name, False) and not many for *_, name, many in units)):
            continue  # 各县区、市直各部门:按照… · 智能工厂:规范…
        for unit in units:
            if (can_act(unit.name) or unit.name in _AT_HEAD) and not is_private(unit.name):
                yield Duty(unit, _role(text, unit.start, says.end(), end), "must", "prose-item")
        if units:
            yield from (Duty(unit, "PARTICIPATES", "must", "prose-along") for unit in along(text, says.end(), end))


def _members(text: str, start: int, end: int) -> Iterator[Duty]:
    """The members of a body, each before its duties; what is a member acts, whatever verb follows: 供电公司:保障用电."""
    for begin, last in members(text, start, end):
        for unit in only_units(text, begin, last) if not ACCOUNTS.match(text, last + 1, end) else ():
            if can_act(unit.name) and not is_private(unit.name):
                yield Duty(unit, _role(text, unit.start, last + 1, end), "must", "prose-member")
        yield from (Duty(unit, "PARTICIPATES", "must", "prose-along") for unit in along(text, last + 1, end))


def _banned(text: str, start: int, end: int) -> Iterator[Duty]:
    """Those behind a ban that names them: 严禁各地擅自设卡, but not 落实严禁各地设卡的要求."""
    for ban in BANS.finditer(text, start, end):
        begin, stop = ban.span("units")
        wrongly = WRONGLY.search(text, begin, stop)
        units = actors(text, begin, wrongly.start()) if wrongly else joined(text, begin, stop)
        for unit in units if not BAN_TOLD.search(text, begin, stop) else ():
            if counts(unit.name, unit.collective):
                yield Duty(unit, "LEADS", "must not", "prose-must-not")


def _duties(text: str, head: int, end: int, units: list[Unit], predicate: Predicate, *, by: bool) -> Iterator[Duty]:
    subject = units[0].start
    if by and NOT_BY.search(text, max(0, head - 5), head - 1):
        return
    headed = subject == head and text.endswith(("支持", "工作要求"), 0, head)  # 强化政策支持|各部门要
    if not by and not headed and NOT_SUBJECT.search(text, max(0, subject - 8), subject):
        return
    if not binds(text, subject, predicate, end, by=by):
        return
    if _STANDS_FOR.match(units[0].name) and (
        text.startswith(("鼓励", "倡导"), predicate.verb) or TAKES_OBJECT.match(text, predicate.verb)
    ):
        return  # 本镇|鼓励: what it stands for, no work · 我区|将两家医院作为观察点
    modality: Modality = "must not" if predicate.kind == "must_not" else "must"
    role = _role(text, subject, predicate.verb, end)
    rule = f"prose-{predicate.kind.replace('_', '-')}"
    for unit in units:
        employer = unit.name.endswith("所在单位") and (not by or EMPLOYER_ACTS.match(text, unit.end, end))
        if counts(unit.name, unit.collective) and not employer:
            yield Duty(unit, role, modality, rule)
    for unit in along(text, predicate.verb, end):
        yield Duty(unit, "PARTICIPATES", modality, "prose-along")


def _helps_no_agency(text: str, at: int, end: int) -> bool:
    """Whether what is helped, at `at`, is named and no agency: 配合|考古发掘单位开展调查, but not 配合|, 配合|做好调查."""
    stop = fragment_end(text, at, min(end, at + _FAR))
    if stop - at < 2 or HELPS_WORK.match(text, at, stop) or mention(text, at):
        return False
    return all(is_private(text[found.start : found.end]) for found in find_mentions(text, at, stop))


def _role(text: str, subject: int, verb: int, end: int) -> Role:
    """One that only helps another agency takes part; with a duty of its own in the sentence it leads that."""
    help_given = HELPS.match(text, verb, end)
    helps = help_given and not OWN_DUTY.match(text, verb, end) and not _helps_no_agency(text, help_given.end(), end)
    if helps and ALONE.match(text, verb, end):  # 供销社协助做好供应, but not 市文旅局牵头,市公安局协助做好安保
        return "PARTICIPATES" if SAYS_WHO.search(text, max(0, subject - _FAR), subject) else "LEADS"
    joins = JOINS.match(text, verb, end) and LEADER_BEFORE.search(text, max(0, subject - 4), subject)
    return "PARTICIPATES" if helps or joins or ORGANISED.search(text, max(0, subject - 4), subject) else "LEADS"
