"""Blocks: what a text without any numbers is made up of where a clause on lines of its own closes each, as in one whose
automatic numbers were lost. 提升解读质量 / 及时发布解读材料。 / 牵头单位:市司法局 is one, and its first line the heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.facts.clauses import find_clauses
from loaders.facts.doers import says_who
from loaders.text.items import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span

# 例 提升政策解读质量, but no sentence
_HEADING: Final = re.compile("[^,。;:、?!]{4,30}")
_STOPS: Final = frozenset("。;:)]!?")
_CLOSES: Final = re.compile("[\u4e00-\u9fff ]{2,14}:|.*[责头合加与实理][。;]?$", re.DOTALL)  # most lines do not

BLOCK: Final = "block"  # the style of an item that is one


def blocks_in(plain: str, lines: Sequence[Span]) -> dict[int, Part]:
    """The blocks in `lines`, by the index of the line that each opens with; none unless there are two."""
    closing = [_closes(plain, line) for line in lines]
    found: dict[int, Part] = {}
    begin = 0
    for n, closes in enumerate(closing):
        if closes and n and not closing[n - 1]:
            end = next((m for m in range(n, len(lines)) if not closing[m]), len(lines))
            first = _first(plain, lines, begin, n, is_first=not found)
            found[first] = Part(lines[first].start, lines[end - 1].end, end - first)
            begin = end
    return found if len(found) > 1 else {}


def _closes(plain: str, line: Span) -> bool:
    """Whether a line is a clause, and no more."""
    if not _CLOSES.match(plain, *line):
        return False
    clause = next(find_clauses(plain, line.start, line.end, ()), None)
    labelled = clause is not None and clause.units and clause.span.start == line.start and plain[line.start] not in "(["
    return bool(labelled) or says_who(plain, *line)


def _first(plain: str, lines: Sequence[Span], begin: int, closing: int, *, is_first: bool) -> int:
    """Where in `lines[begin:closing]` the block begins that ends there: at its last heading, else at its first line, which for
    the first block of a text is the one above its clause."""
    first = closing - 1 if is_first else begin
    ended = True
    for n in range(begin, closing - 1):
        heads = bool(_HEADING.fullmatch(plain, *lines[n]))
        if heads and ended:
            first = n
        ended = (heads and ended) or plain[lines[n].end - 1] in _STOPS
    return first
