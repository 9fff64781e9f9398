"""Responsibility clauses: (责任单位:A、B牵头,C参加) · (牵头单位:A;责任单位:B) · (A负责) · a line 责任单位:A.

The grammar, over the plain view:

    clause    = bracket | labelled lines        statement = group { group }
    bracket   = "(" statement { (";" | "。") statement } ")"
    group     = [label] units [mark | verb]     label = 责任单位: …    mark = (牵头) …    verb = 牵头, 按职责分工负责 …

statements.py reads one statement. A clause names a lead if any of its units is marked so; that decides the role of all the
others. Words that are no units make an ordinary remark of a bracket without a label, unless most of it was understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Role, Span
from loaders.facts.doers import doers, item_end
from loaders.facts.labels import OPEN_LABEL, OPEN_LABEL_END, Mark, part_of
from loaders.facts.statements import CLAUSE_REMARK, LABEL_WORDS, Statement
from loaders.names.actors import is_private
from loaders.names.parts import LEVEL_PREFIX
from loaders.names.units import Unit, are_sure, only_units, read_units
from loaders.text.numbering import CN
from loaders.text.view import found_at, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Any of these must stand in a bracket for it to be read as a clause.
CLAUSE_CUE = within(
    "牵负责主配参协指落实支统为督承办位门关体构室",
    "牵头|负责|责任|主[责办抓管]|配合|参加|参与|协[助办同作]|指导|落实|实施|支持|统筹|为主|督导|承办|办理|[位门关体构室] ?:",
)
# A bracket without any of them is one if it is a list of names that closes an item, or its sentence before a year.
# 例 监督。|(市司法局、市财政局) · 监督。|(市司法局、市财政局)|2025年 · 监督。|(市司法局)|2.加强供水
BARE_LIST_BEFORE = frozenset("。;!:\n")
_NEXT_ITEM = rf"\d{{1,2}}[.、](?!\d)|\([{CN}]{{1,3}}\)|[{CN}]{{1,3}}、"
BARE_LIST_AFTER = re.compile(rf"[。;]?(?:[ \n]|$|(?=(?:[到至]|力争|确保)?20\d\d年|{_NEXT_ITEM}))")

BRACKET = re.compile(r"[()\[\]]")
STATEMENT = re.compile(r"[;。]")

# 例 ★|责任单位:市教育局 · [牵头单位]市司法局 · 责任单位(列第一位者为牵头单位):, on a line of its own or behind the last
# sentence of an item
_LABEL_FIRST = r"[\[省市县区州镇直首共总属牵主第配协参支责实指落承监负督执组]"
# One of a single word, before a name that is beyond doubt. 例 牵头|:市司法局 · 责任|:各县区
_BARE_LABEL = (
    r"(?:牵头|主办|主责|承办|协办|配合|(?:属地)?责任)[ ]{0,2}:"
    r"(?=[ ]?(?:[省市县区州国各]|有关|相关)[^。:\n]{1,80}(?:[。;\n ]|\Z))"
)
_LINE_LABEL = (
    rf"(?:\[(?:{LABEL_WORDS})\]"
    rf"|(?:{LABEL_WORDS})(?<=[位门关体构室])(?:\([^()\n]{{0,40}}(?:牵头|下同)[^()\n]{{0,4}}\))?[ ]{{0,2}}:"
    rf"|(?<=\n)(?:{LABEL_WORDS})(?<=[位门])[ ]{{1,3}}(?=[省市县区州各国][^。:\n]{{1,80}}(?:\n|\Z))|{_BARE_LABEL})"
)
_LABELLED = re.compile(r":|单位[为是]|[位门] |[\[\]]")
BRACKET_LABEL = re.compile(rf"\[(?:{LABEL_WORDS})\]")
CLAUSE_LABEL = re.compile(
    rf"[\n。;:)][ ]{{0,40}}(?:[-★☆●▲◆■□◎※*·>]{{1,2}}[ ]{{0,4}})?"
    rf"(?P<clause>(?={_LABEL_FIRST}){_LINE_LABEL}|{OPEN_LABEL}[ ]{{0,2}}:)"
)
# One without a mark before it, where another follows, or behind a comma or a blank.
# 例 配置拓扑图|责任单位:市司法局完成时限:6月底前
GLUED_LABEL = re.compile(
    r"(?P<clause>[责牵主承](?<![各级关的等个一其和与及、].)(?:(?<=责)任|(?<=牵)头|办)(?:单位|部门)[ ]?:)"
    r"(?:(?<=[, ]....:)|(?=[^。;:\n]{2,120}(?:单位|部门|时限|时间):))"
)
# The lines below it that go on. 例 参与单位:… · 完成时限:…
CLAUSE_GOES_ON = re.compile(
    rf"[ \n]{{0,40}}(?:[-★☆●▲◆■□◎※*·>]{{1,2}}[ ]{{0,4}})?"
    rf"(?P<clause>{_LINE_LABEL}|{OPEN_LABEL}[ ]{{0,2}}:|(?:完成|落实|办结|工作|整改)(?:时限|时间|期限|要求):)"
)

# The values of a label: the rest of its line, or the next line unless that begins an item.
LABEL_VALUES = re.compile(rf"[ ]{{0,10}}(?:[^\n ][^\n]*|\n[ \n]{{0,40}}(?![({CN}\d第①-⑳])[^\n]+)")

# A label that is a heading, its values below. 例 (二)试点指导单位。\n市交通局牵头,市科技局配合。
_HEADED_CUE = re.compile(r"[。: \n](?<=[位门构关体室][。: \n])")
HEADED = re.compile(
    rf"(?<=[位门构关体室])[。:]?[ ]{{0,4}}\n[ \n]{{0,40}}(?P<values>(?![({CN}\d第①-⑳]{{1,4}}[)、.]|[^\n。:;,]{{2,20}}(?<!自)由)"
    rf"[^\n。:;]{{2,200}})[。;]?[ ]{{0,4}}(?=\n|\Z)"
)
_HEAD = re.compile(rf"(?P<number>[({CN}\d]{{1,4}}[)、. ]{{1,3}})?[ ]{{0,4}}(?P<label>[\u4e00-\u9fff]{{2,14}})\Z")

# 例 列第一位者为牵头单位(下同) · 排在第一位的为牵头单位 · 第一个单位为牵头单位 · 列首位者牵头
POSITIONAL = re.compile(
    r"(?:第一位?|首位|第一个|第1位|列首|排首|首列|为首)(?:者|的)?(?:责任|落实)?(?:单位|部门)?,?(?:即?[为是])"
    r"总?(?:工作)?(?:牵头|主办|主要责任)(?:单位|部门)?|[逗分]号前的?(?:单位|部门)?[为是]牵头(?:单位|部门)(?!名称)"
    r"|(?:第一位?|首位|列首|排首|首列)[者的](?:单位|部门)?(?:负责)?牵头"
)
POSITIONAL_AT = within("第首列排为逗分", POSITIONAL.pattern)

# It in a bracket of its own, or another remark on who does what. 例 A|(列第一位者为牵头单位,下同)|、B · A负责|(下同)
_ASIDE = re.compile(
    rf"\((?:[^()]{{0,40}}?(?:{POSITIONAL.pattern})[^()]{{0,20}}|(?:[^()]{{1,20}},)?下同)\)(?P<colon>[ ]{{0,2}}:)?"
)

# What stands before it. 例 A、B|(排名|第一位的, but not 各单|位
RANKED = re.compile(r"(?:[,、 (列排在于名序居]|(?<!单)位){0,10}\Z")

# 例 以下均需试点城市政府落实,不再列出 · 各县市区人民政府均为责任单位,不再单独列出
_IN_RULE = r"(?:[^,。;()]|\([^()]{1,10}\))"
DEFAULT_RULE = re.compile(
    rf"(?:以下|下列|后续)(?:各项|任务|工作|政策|措施){{0,2}}均?(?:需|须|由|为)(?P<after>{_IN_RULE}{{2,40}}?)(?:负责)?(?:落实"
    rf"|负责|实施|组织实施),?不再(?:单独|一一|逐一|另行)?(?:列出|列明|重复)|(?P<before>{_IN_RULE}{{2,40}}?)均(?:为"
    r"|是)(?:各项(?:工作|任务)(?:的)?)?(?:责任单位|落实单位|配合单位),?(?:以下)?不再(?:单独|一一|逐一|另行)?(?:列出|列明|重复)"
)
DEFAULT_CUE = "不再"
# 例 以上均由市司法局牵头 · 上述任务, but not 地级以上市政府
ABOVE = re.compile(r"(?:(?<![级\d人])以上(?!市|地方)|上述)(?:各项|任务|工作|事项|措施|\d{1,2}项)?")

# The role that a mark gives, by whether the clause names a lead.
_WITH_LEAD: Final[dict[Mark, Role]] = {"lead": "LEADS", "support": "PARTICIPATES", "plain": "PARTICIPATES"}
_WITHOUT_LEAD: Final[dict[Mark, Role]] = {"support": "PARTICIPATES", "plain": "LEADS", "unknown": "LEADS"}
UNKNOWN_LABEL: Final = "clause-unknown-label"
_SHORTEST = 3  # code points from bracket to bracket around the shortest name: (市委)
_LONGEST = 600  # code points of the longest bracket that is read as a clause
_DEEPEST = 8  # brackets nested in one that is read as a clause
_ROOMS = frozenset("处科股室")  # 例 推进合作。|(国际合作处)
_HABIT = 3  # bare lists of doubtful names in a text, from which on they are clauses
_HEADING = 40  # code points of the longest heading that is read as a label


class Clause(NamedTuple):
    """`units` with the role the clause itself gives them; `positional` where it says 列第一位者为牵头单位;
    `default` the unit of a rule for all later tasks (以下均需试点城市政府落实,不再列出); `rule` the name of its form."""

    span: Span
    units: tuple[tuple[Unit, Role], ...]
    names_lead: bool
    positional: bool
    default: tuple[Unit, ...]
    rule: str

    @property
    def unsure(self) -> bool:
        """Whether all its labels are of unknown words."""
        return self.rule == UNKNOWN_LABEL

    def moved(self, offset: int, *, positional: bool) -> Clause:
        """The same clause of a text in which it stands `offset` code points later, with a remark beside it or not."""

        def later(unit: Unit) -> Unit:
            return unit._replace(start=unit.start + offset, end=unit.end + offset)

        return self._replace(
            span=Span(self.span.start + offset, self.span.end + offset),
            units=tuple((later(unit), role) for unit, role in self.units),
            positional=self.positional or positional,
            default=tuple(map(later, self.default)),
        )

    def by_position(self) -> tuple[tuple[Unit, Role], ...]:
        """The units where the first LEADS and the rest PARTICIPATES, if the clause names no lead itself."""
        if self.names_lead:
            return self.units
        return tuple((unit, "PARTICIPATES" if n else "LEADS") for n, (unit, _) in enumerate(self.units))


def find_clauses(plain: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[Clause]:
    """All clauses in `plain[start:end]`, in order. A bracket left open ends at one of `breaks` (item starts) at the latest."""
    reached = start
    walls = sorted(breaks)
    labelled = ((begin, stop, False) for begin, stop in _labelled(plain, start, end, walls))
    headed = {begin: (stop, mark) for begin, stop, mark in _headed(plain, start, end)}
    lists = [(begin, stop, True) for begin, (stop, _) in headed.items()]
    lines = doers(plain, start, end, walls)
    for begin, stop, is_list in sorted([*_brackets(plain, start, end, walls), *labelled, *lists, *lines]):
        heading = headed[begin][1] if begin in headed else None
        if begin >= reached and (clause := read_clause(plain, begin, stop, is_list=is_list, heading=heading)):
            reached = clause.span.end
            yield clause


def _brackets(plain: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Where brackets begin and end, nested ones too, that hold a word of responsibility or nothing but names, and which."""
    walls = iter(breaks)
    wall = next(walls, end)
    first_item = wall
    opened: list[int] = []
    unsure: list[tuple[int, int, bool]] = []  # bare lists of names that one bracket alone would not tell from other words
    nested: dict[int, int] = {}  # by open bracket: how deep the brackets closed inside it are nested
    for bracket in BRACKET.finditer(plain, start, end):
        at = bracket.start()
        while at >= wall:
            if opened:
                yield from _unclosed(plain, opened, wall)
                opened.clear()
            wall = next(walls, end)
        if plain[at] in "([":
            opened.append(at)
        elif opened:
            begin = opened.pop()
            depth = nested.pop(begin, 0)
            if opened:
                nested[opened[-1]] = max(nested.get(opened[-1], 0), depth + 1)
            if not _SHORTEST <= at - begin <= _LONGEST or depth > _DEEPEST:
                continue  # most are numbers: (一)
            if CLAUSE_CUE.search(plain, begin, at):
                yield begin, at + 1, False
            elif begin > first_item and (units := _bare_list(plain, begin, at)):
                if _stands_alone(units):
                    yield begin, at + 1, True
                elif (len(units) > 1 or units[0].name[-1] in _ROOMS) and not any(
                    is_private(unit.name) and not are_sure([unit]) for unit in units
                ):
                    unsure.append((begin, at + 1, True))
    yield from _unclosed(plain, opened, end)
    if len(unsure) >= _HABIT:  # a text that closes its items so: (装备信息中心、教科院)
        yield from unsure


def _unclosed(plain: str, opened: list[int], wall: int) -> Iterator[tuple[int, int, bool]]:
    """A bracket that is never closed is read to the end of its line."""
    for begin in opened[-3:]:
        stop = plain.find("\n", begin, wall)
        stop = wall if stop < 0 else stop
        if stop - begin <= _LONGEST and CLAUSE_CUE.search(plain, begin, stop):
            yield begin, stop, False


def _bare_list(plain: str, begin: int, stop: int) -> list[Unit]:
    """The units of a bracket that closes an item and holds names only: 推进监督。(市司法局、市财政局)"""
    if plain[begin - 1] not in BARE_LIST_BEFORE or not BARE_LIST_AFTER.match(plain, stop + 1):
        return []
    remark = CLAUSE_REMARK.search(plain, begin, stop)
    return only_units(plain, begin + 1, remark.start() if remark else stop)


def _stands_alone(units: list[Unit]) -> bool:
    """Whether a bare list is a clause by itself: its names are beyond doubt, or one of several is that opens with its level."""
    if len(units) == 1:
        return are_sure(units) and (units[0].name[0] == "各" or bool(LEVEL_PREFIX.match(units[0].name)))
    return are_sure(units) or any(LEVEL_PREFIX.match(unit.name) and are_sure([unit]) for unit in units)


def _labelled(plain: str, start: int, end: int, walls: list[int]) -> Iterator[tuple[int, int]]:
    """From a label that opens a line, or follows the last sentence of an item, over the lines below that go on with labels.
    The next of `walls` (item starts) ends them."""
    reached = start
    first = CLAUSE_GOES_ON.match(plain, start, end)
    marked = (label.span("clause") for label in CLAUSE_LABEL.finditer(plain, start, end))
    glued = (label.span("clause") for label in GLUED_LABEL.finditer(plain, start, end))
    for begin, label_end in sorted([*([first.span("clause")] if first else []), *marked, *glued]):
        if begin < reached:
            continue
        wall = item_end(walls, begin, end)
        stop = _values_end(plain, label_end, wall)
        while stop - begin < _LONGEST and (more := CLAUSE_GOES_ON.match(plain, stop, wall)):
            stop = _values_end(plain, more.end(), wall)
        reached = stop
        yield begin, stop


def _headed(plain: str, start: int, end: int) -> Iterator[tuple[int, int, Mark]]:
    """The lines below headings that are labels, with what these say; one of unknown words must have a number."""
    for below in found_at(_HEADED_CUE, HEADED, plain, start, end):
        line = plain.rfind("\n", max(start, below.start() - _HEADING), below.start()) + 1
        head = _HEAD.match(plain[line : below.start()].strip()) if line else None
        part = part_of(head["label"]) if head and OPEN_LABEL_END.search(head["label"]) else "other"
        if head and part != "other" and (head["number"] or part != "unknown"):
            yield *below.span("values"), part


def _values_end(plain: str, at: int, end: int) -> int:
    """Where the values of a label end: with its line or, should that hold nothing more, with the next one."""
    values = LABEL_VALUES.match(plain, at, min(end, at + _LONGEST))
    return values.end() if values else at


def read_clause(plain: str, start: int, end: int, *, is_list: bool = False, heading: Mark | None = None) -> Clause | None:
    """The clause in `plain[start:end]`, brackets included, or None where the words are no clause. `is_list` where they are
    known to be a list of units, `heading` what the heading above them says that these do.
    """
    if not _ASIDE.search(plain, start + 1, end):
        return _read(plain, start, end, is_list=is_list, heading=heading)
    first = any(POSITIONAL.search(aside.group()) for aside in _ASIDE.finditer(plain, start + 1, end))
    words = plain[start] + _ASIDE.sub(lambda aside: (aside["colon"] or "").ljust(len(aside.group())), plain[start + 1 : end])
    clause = _read(words, 0, end - start, is_list=is_list, heading=heading)
    return clause and clause.moved(start, positional=first)


def _read(plain: str, start: int, end: int, *, is_list: bool, heading: Mark | None) -> Clause | None:
    """As `read_clause`, of words without remarks on them."""
    marked: list[tuple[Unit, Mark]] = []
    positional = False
    default: tuple[Unit, ...] = ()
    bracket = plain[start] == "(" or (plain[start] == "[" and not BRACKET_LABEL.match(plain, start, end))
    inner_start = start + 1 if bracket else start
    inner_end = end - 1 if bracket and plain[end - 1] in ")]" else end
    understood = inner_start
    label = heading
    for begin, stop in _statements(plain, inner_start, inner_end):
        words_end = stop
        if first := POSITIONAL.search(plain, begin, stop):
            positional = True
            words_end = _before(plain, begin, first.start())
        elif rule := DEFAULT_RULE.search(plain, begin, stop) if DEFAULT_CUE in plain[begin:stop] else None:
            group = "after" if rule["after"] else "before"
            default = tuple(read_units(plain, *rule.span(group))[0])
            words_end = _before(plain, begin, rule.start())
        if begin < words_end:
            statement = Statement(
                plain, begin, words_end, label if begin == start or plain[begin - 1] == ";" else None, is_list
            )
            if not statement.read():
                if not marked:
                    return None
                continue
            marked += statement.marked
            label = statement.label
        understood = stop
    if not (marked or positional or default):
        return None
    known: list[tuple[Unit, Mark]] = [(unit, mark) for unit, mark in marked if mark != "unknown"]
    bracketed = "clause-bracket" if CLAUSE_CUE.search(plain, start, end) else "clause-bare-list"
    line = "clause-label" if _LABELLED.search(plain, start, understood) else "clause-line"
    form = "clause-heading" if heading else bracketed if bracket else line
    if marked and not known:
        form = UNKNOWN_LABEL
    elif known:
        marked = known  # units of an unknown label count only where nothing else assigns
    names_lead = any(mark == "lead" for _, mark in marked)
    roles = _WITH_LEAD if names_lead else _WITHOUT_LEAD
    units = tuple([(unit, roles[mark]) for unit, mark in marked])
    return Clause(Span(start, end if bracket else understood), units, names_lead, positional, default, form)


def _before(plain: str, begin: int, stop: int) -> int:
    """Where the words before a rule end, which may stand in one statement with it: A、B负责,|列第一位者为牵头单位."""
    ranked = RANKED.search(plain, max(begin, stop - 12), stop)
    return ranked.start() if ranked else stop


def _statements(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in STATEMENT.finditer(plain, start, end):
        if plain[begin : stop.start()].strip():
            yield begin, stop.start()
        begin = stop.end()
    if plain[begin:end].strip():
        yield begin, end
