"""Responsibility clauses: (责任单位:A、B牵头,C参加) · (牵头单位:A;责任单位:B) · (A负责) · a line 责任单位:A.

A clause is statements parted by ; or 。; a statement is lists of units, each closed by a verb (牵头) or opened by a
label (责任单位:). A clause names a lead if any of its units is marked so; that decides the role of all the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.model import Role, Span
from loaders.patterns import (
    BRACKET,
    CLAUSE_CUE,
    CLAUSE_LINE,
    CLAUSE_REMARK,
    CLAUSE_TOKEN,
    DEFAULT_CUE,
    DEFAULT_RULE,
    POSITIONAL,
    STATEMENT,
)
from loaders.units import Unit, read_units

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

Mark = Literal["lead", "support", "plain"]

_LONGEST = 600  # code points of the longest bracket that is read as a clause
_DEEPEST = 8  # brackets nested in one that is read as a clause


@dataclass(frozen=True, slots=True)
class Clause:
    """`units` with the role the clause itself gives them; `positional` where it says 列第一位者为牵头单位;
    `default` the unit of a rule for all later tasks (以下均需试点城市政府落实,不再列出)."""

    span: Span
    units: tuple[tuple[Unit, Role], ...]
    names_lead: bool
    positional: bool
    default: tuple[Unit, ...]

    def by_position(self) -> tuple[tuple[Unit, Role], ...]:
        """The units where the first LEADS and the rest PARTICIPATES, if the clause names no lead itself."""
        if self.names_lead:
            return self.units
        return tuple((unit, "PARTICIPATES" if n else "LEADS") for n, (unit, _) in enumerate(self.units))


def find_clauses(plain: str, start: int, end: int, breaks: Iterable[int]) -> Iterator[Clause]:
    """All clauses in `plain[start:end]`, in order. A bracket left open ends at one of `breaks` (item starts) at the latest."""
    reached = start
    for begin, stop in sorted(_candidates(plain, start, end, breaks)):
        if begin >= reached and (clause := read_clause(plain, begin, stop)):
            reached = stop
            yield clause


def _candidates(plain: str, start: int, end: int, breaks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Spans of brackets, nested ones too, and of labelled lines, that hold a word of responsibility."""
    walls = iter(sorted(breaks))
    wall = next(walls, end)
    opened: list[int] = []
    nested: dict[int, int] = {}  # by open bracket: how deep the brackets closed inside it are nested
    for bracket in BRACKET.finditer(plain, start, end):
        at = bracket.start()
        while at >= wall:
            yield from _unclosed(plain, opened, wall)
            opened.clear()
            wall = next(walls, end)
        if bracket.group() in "([":
            opened.append(at)
        elif opened:
            begin = opened.pop()
            depth = nested.pop(begin, 0)
            if opened:
                nested[opened[-1]] = max(nested.get(opened[-1], 0), depth + 1)
            if at - begin <= _LONGEST and depth <= _DEEPEST and CLAUSE_CUE.search(plain, begin, at):
                yield begin, at + 1
    yield from _unclosed(plain, opened, end)
    for line in CLAUSE_LINE.finditer(plain, start, end):
        yield line.span("clause")


def _unclosed(plain: str, opened: list[int], wall: int) -> Iterator[tuple[int, int]]:
    """A bracket that is never closed is read to the end of its line."""
    for begin in opened[-3:]:
        stop = plain.find("\n", begin, wall)
        stop = wall if stop < 0 else stop
        if stop - begin <= _LONGEST and CLAUSE_CUE.search(plain, begin, stop):
            yield begin, stop


def read_clause(plain: str, start: int, end: int) -> Clause | None:
    """The clause in `plain[start:end]`, brackets included, or None where the words are no clause."""
    marked: list[tuple[Unit, Mark]] = []
    positional = False
    default: tuple[Unit, ...] = ()
    inner_start = start + 1 if plain[start] in "([" else start
    inner_end = end - 1 if plain[end - 1] in ")]" and inner_start > start else end
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
            found = _read_statement(plain, begin, words_end)
            if found is None and not marked:
                return None
            marked += found or []
    if not (marked or positional or default):
        return None
    names_lead = any(mark == "lead" for _, mark in marked)
    units = tuple((unit, _role(mark, names_lead)) for unit, mark in marked)
    return Clause(Span(start, end), units, names_lead, positional, default)


def _before(plain: str, begin: int, stop: int) -> int:
    """Where the words before a rule end, which may stand in one statement with it: A、B负责,|列第一位者为牵头单位."""
    while stop > begin and plain[stop - 1] in ",、 ":
        stop -= 1
    return stop


def _role(mark: Mark, names_lead: bool) -> Role:
    if names_lead:
        return "LEADS" if mark == "lead" else "PARTICIPATES"
    return "PARTICIPATES" if mark == "support" else "LEADS"


def _statements(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in STATEMENT.finditer(plain, start, end):
        if plain[begin : stop.start()].strip():
            yield begin, stop.start()
        begin = stop.end()
    if plain[begin:end].strip():
        yield begin, end


def _read_statement(plain: str, start: int, end: int) -> list[tuple[Unit, Mark]] | None:
    """Units with their marks, or None where the words are no statement of responsibility.

    After a label the rest is a list by that label, so a part that is no unit is passed over; without one every word
    before a verb must be a unit, or the bracket is an ordinary remark.
    """
    marked: list[tuple[Unit, Mark]] = []
    label: Mark | None = None
    other = False  # inside 完成时限: and the like
    joined = False  # after 会同, which makes what follows support what came before
    at = start

    def take(stop: int, mark: Mark) -> bool:
        units, whole = read_units(plain, at, stop)
        marked.extend((unit, mark) for unit in units)
        return whole or label is not None

    for token in CLAUSE_TOKEN.finditer(plain, start, end):
        mark = _mark(token)
        if token["verb"]:
            if not other and not take(token.start(), "support" if joined else mark):
                return None
            joined = False
        elif token["joint"]:
            if not take(token.start(), "lead"):
                return None
            joined = True
        else:
            if not other and not take(token.start(), label or "plain"):
                return None
            label, other = mark, token["other"] is not None
        at = token.end()
    understood = other or CLAUSE_REMARK.match(plain, at, end) or take(end, "support" if joined else label or "plain")
    return marked if understood and at > start else None


def _mark(token: re.Match[str]) -> Mark:
    if token["lead_verb"] or token["lead_label"]:
        return "lead"
    if token["support_verb"] or token["support_label"]:
        return "support"
    return "plain"
