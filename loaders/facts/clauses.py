"""Responsibility clauses: (责任单位:A、B牵头,C参加) · (牵头单位:A;责任单位:B) · (A负责) · a line 责任单位:A.

The grammar, over the plain view:

    clause    = bracket | labelled lines        statement = group { group }
    bracket   = "(" statement { (";" | "。") statement } ")"
    group     = [label] units [mark | verb]     label = 责任单位: …    mark = (牵头) …    verb = 牵头, 按职责分工负责 …

A clause names a lead if any of its units is marked so; that decides the role of all the others. Words that are no units
make an ordinary remark of a bracket without a label, unless most of it was understood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Role, Span
from loaders.facts.labels import Mark, part_of
from loaders.names.units import Unit, are_sure, only_units, read_units
from loaders.patterns import (
    BARE_LIST_AFTER,
    BARE_LIST_BEFORE,
    BRACKET,
    BRACKET_LABEL,
    CLAUSE_CUE,
    CLAUSE_GOES_ON,
    CLAUSE_LABEL,
    CLAUSE_REMARK,
    CLAUSE_TOKEN,
    DEFAULT_CUE,
    DEFAULT_RULE,
    LABEL_VALUES,
    LEVEL_PREFIX,
    POSITIONAL,
    STATEMENT,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

# The role that a mark gives, by whether the clause names a lead.
_WITH_LEAD: Final[dict[Mark, Role]] = {"lead": "LEADS", "support": "PARTICIPATES", "plain": "PARTICIPATES"}
_WITHOUT_LEAD: Final[dict[Mark, Role]] = {"lead": "LEADS", "support": "PARTICIPATES", "plain": "LEADS"}
_SHORTEST = 3  # code points from bracket to bracket around the shortest name: (市委)
_LONGEST = 600  # code points of the longest bracket that is read as a clause
_DEEPEST = 8  # brackets nested in one that is read as a clause
_UNREAD = 16  # code points of a list of units that may stay unread if a verb closes it


class Clause(NamedTuple):
    """`units` with the role the clause itself gives them; `positional` where it says 列第一位者为牵头单位;
    `default` the unit of a rule for all later tasks (以下均需试点城市政府落实,不再列出); `unknown` where a label says nothing known."""

    span: Span
    units: tuple[tuple[Unit, Role], ...]
    names_lead: bool
    positional: bool
    default: tuple[Unit, ...]
    unknown: bool = False

    def by_position(self) -> tuple[tuple[Unit, Role], ...]:
        """The units where the first LEADS and the rest PARTICIPATES, if the clause names no lead itself."""
        if self.names_lead:
            return self.units
        return tuple((unit, "PARTICIPATES" if n else "LEADS") for n, (unit, _) in enumerate(self.units))


def find_clauses(plain: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[Clause]:
    """All clauses in `plain[start:end]`, in order. A bracket left open ends at one of `breaks` (item starts) at the latest."""
    reached = start
    for begin, stop in sorted([*_brackets(plain, start, end, sorted(breaks)), *_labelled(plain, start, end)]):
        if begin >= reached and (clause := read_clause(plain, begin, stop)):
            reached = clause.span.end
            yield clause


def _brackets(plain: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Spans of brackets, nested ones too, that hold a word of responsibility or nothing but names."""
    walls = iter(breaks)
    wall = next(walls, end)
    first_item = wall
    opened: list[int] = []
    nested: dict[int, int] = {}  # by open bracket: how deep the brackets closed inside it are nested
    for bracket in BRACKET.finditer(plain, start, end):
        at = bracket.start()
        while at >= wall:
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
            if CLAUSE_CUE.search(plain, begin, at) or (begin > first_item and _is_bare_list(plain, begin, at)):
                yield begin, at + 1
    yield from _unclosed(plain, opened, end)


def _unclosed(plain: str, opened: list[int], wall: int) -> Iterator[tuple[int, int]]:
    """A bracket that is never closed is read to the end of its line."""
    for begin in opened[-3:]:
        stop = plain.find("\n", begin, wall)
        stop = wall if stop < 0 else stop
        if stop - begin <= _LONGEST and CLAUSE_CUE.search(plain, begin, stop):
            yield begin, stop


def _is_bare_list(plain: str, begin: int, stop: int) -> bool:
    """Whether a bracket closes an item and holds names only, each beyond doubt: 推进监督。(市司法局、市财政局)"""
    if plain[begin - 1] not in BARE_LIST_BEFORE or not BARE_LIST_AFTER.match(plain, stop + 1):
        return False
    remark = CLAUSE_REMARK.search(plain, begin + 1, stop)
    units = only_units(plain, begin + 1, remark.start() if remark else stop)
    return are_sure(units) and (len(units) > 1 or units[0].name[0] == "各" or bool(LEVEL_PREFIX.match(units[0].name)))


def _labelled(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From a label that opens a line, or follows the last sentence of an item, over the lines below that go on with labels."""
    reached = start
    first = CLAUSE_GOES_ON.match(plain, start, end)
    found = (label.span("clause") for label in CLAUSE_LABEL.finditer(plain, start, end))
    for begin, label_end in chain([first.span("clause")] if first else [], found):
        if begin < reached:
            continue
        stop = _values_end(plain, label_end, end)
        while stop - begin < _LONGEST and (more := CLAUSE_GOES_ON.match(plain, stop, end)):
            stop = _values_end(plain, more.end(), end)
        reached = stop
        yield begin, stop


def _values_end(plain: str, at: int, end: int) -> int:
    """Where the values of a label end: with its line or, should that hold nothing more, with the next one."""
    values = LABEL_VALUES.match(plain, at, min(end, at + _LONGEST))
    return values.end() if values else at


def read_clause(plain: str, start: int, end: int) -> Clause | None:
    """The clause in `plain[start:end]`, brackets included, or None where the words are no clause."""
    marked: list[tuple[Unit, Mark]] = []
    positional = False
    default: tuple[Unit, ...] = ()
    bracket = plain[start] == "(" or (plain[start] == "[" and not BRACKET_LABEL.match(plain, start, end))
    inner_start = start + 1 if bracket else start
    inner_end = end - 1 if bracket and plain[end - 1] in ")]" else end
    understood = inner_start
    label: Mark | None = None
    unknown = False
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
            statement = _Statement(plain, begin, words_end, label if plain[begin - 1] == ";" else None)
            if not statement.read():
                if not marked:
                    return None
                continue
            marked += statement.marked
            label = statement.label
            unknown = unknown or statement.unknown
        understood = stop
    if not (marked or positional or default):
        return None
    names_lead = any(mark == "lead" for _, mark in marked)
    roles = _WITH_LEAD if names_lead else _WITHOUT_LEAD
    units = tuple([(unit, roles[mark]) for unit, mark in marked])
    return Clause(Span(start, end if bracket else understood), units, names_lead, positional, default, unknown)


def _before(plain: str, begin: int, stop: int) -> int:
    """Where the words before a rule end, which may stand in one statement with it: A、B负责,|列第一位者为牵头单位."""
    while stop > begin and plain[stop - 1] in ",、 (位列排在于名序居":
        stop -= 1
    return stop


def _statements(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in STATEMENT.finditer(plain, start, end):
        if plain[begin : stop.start()].strip():
            yield begin, stop.start()
        begin = stop.end()
    if plain[begin:end].strip():
        yield begin, end


@dataclass(slots=True)
class _Statement:
    """Reads `plain[start:end]` from token to token. `label` is what the statement before it goes on with."""

    plain: str
    start: int
    end: int
    label: Mark | None
    marked: list[tuple[Unit, Mark]] = field(init=False, default_factory=list)
    own_label: bool = field(init=False, default=False)
    unknown: bool = field(init=False, default=False)  # whether a label says nothing that is known
    at: int = field(init=False)

    def read(self) -> bool:
        """Whether the words are a statement of responsibility; `marked` then holds its units with their marks."""
        self.at = self.start
        remark = CLAUSE_REMARK.search(self.plain, self.start, self.end)
        end = remark.start() if remark else self.end
        other = joined = False  # inside 完成时限: and the like; after 会同, whose units support those before it
        for token in CLAUSE_TOKEN.finditer(self.plain, self.start, end):
            kind, begin = token.lastgroup, token.start()
            if kind == "mark":
                understood = other or self._take(begin, self.label or "plain", last=_mark(token))
            elif kind == "verb":
                understood = other or self._take(begin, "support" if joined else _mark(token), closed=True)
                joined = False
            elif kind == "joint":
                understood = self._take(begin, self.label or "lead")
                joined = True
            else:
                understood = other or self._take(begin, self.label or "plain")
                part = part_of(token["open"]) if kind == "open" else "plain"
                self.label = _mark_of_label(token["open"] or token["label"] or "")
                self.own_label, other = kind in ("label", "open") and part != "other", kind == "other" or part == "other"
                self.unknown = self.unknown or part == "unknown"
            if not understood:
                return False
            self.at = token.end()
        if other or not self.plain[self.at : end].strip(" ,、)]"):
            return True
        return self._take(end, "support" if joined else self.label or "plain") and (
            self.at > self.start or are_sure([unit for unit, _ in self.marked])
        )

    def _take(self, stop: int, mark: Mark, last: Mark | None = None, closed: bool = False) -> bool:
        """Reads the list of units up to `stop`; `last` marks the last of them. Says whether it was understood.

        Behind a label all parts are units by it, so one that is none is passed over; so it is in a list `closed` by a
        verb if it is but a small part of it. Else every word must be of a unit, or the words are an ordinary remark.
        """
        begin, stop = _trimmed(self.plain, self.at, stop)
        units, whole = read_units(self.plain, begin, stop)
        self.marked += [(unit, mark) for unit in units]
        if units and last:
            self.marked[-1] = (units[-1], last)
        return whole or self.own_label or (closed and _is_mostly(units, stop - begin))


def _trimmed(plain: str, begin: int, stop: int) -> tuple[int, int]:
    """Without the marks of what is nested: A牵头|(B配合|)."""
    while begin < stop and plain[begin] in ",;、)] \n(":
        begin += 1
    while stop > begin and plain[stop - 1] in ",;、( \n":
        stop -= 1
    if (
        stop > begin
        and plain[stop - 1] in ")]"
        and not (plain.find("(", begin, stop) >= 0 or plain.find("[", begin, stop) >= 0)
    ):
        stop -= 1
    return begin, stop


def _is_mostly(units: list[Unit], length: int) -> bool:
    unread = length - sum(unit.end - unit.start + 1 for unit in units)
    return bool(units) and unread <= min(_UNREAD, length // 2)


def _mark(token: re.Match[str]) -> Mark:
    """What a mark on a name or a verb says."""
    if token["lead_verb"] or token["lead_mark"]:
        return "lead"
    return "support" if token["support_verb"] or token["support_mark"] else "plain"


def _mark_of_label(label: str) -> Mark:
    part = part_of(label)
    return "plain" if part in ("other", "unknown") else part
