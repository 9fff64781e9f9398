"""Lines that say who does what, and no more: 市司法局牵头,市财政局配合."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from loaders.names.mentions import find_mentions
from loaders.names.units import Unit, are_sure, only_units
from loaders.text.numbering import CN

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS_MANY = frozenset("各省市县区州镇全")  # 例 各镇(街道) · 县直各部门
_ABOVE = 60  # code points before a line in which the one above it is read
_HABIT = 3  # such lines in a text behind words that ended in no stop, from which on they are clauses

# A line that says who does what, and no more. 例 县政府办牵头,各镇(街道)、县直各部门负责
_DOERS_CUE = re.compile(r"[责头合加与实理][。; ]{0,4}(?=\n|\Z)(?<=[^\n])")
_DOERS = re.compile(
    r"(?P<units>[^\n。;:]{2,120}?)(?:会同(?P<joined>[^\n。;:]{2,80}?))?"
    r"(?:按照?(?:各自)?职责(?:分工)?)?(?:负责(?:牵头|落实)?|牵头(?:负责|办理)?|(?:共同)?办理|配合|参加|参与|落实)"
    r"(?:,[ ]{0,2}|[。;]?[ ]{0,4}\Z)"
)
# It stands below a sentence that ended, or a heading that holds none. 例 推进监督。| · 二、完善机制|
_ENDED = re.compile(rf"(?:[。;]|(?:\A|\n)(?:[({CN}\d]{{1,4}}[)、. ]{{1,3}})?[^\n,。;:、由]{{1,40}})\s*\Z")

# What may follow it without a mark: headings of what comes next. 例 市司法局牵头\n|提升履职效能\n|2.
_HEADINGS = re.compile(r"(?:\s{0,40}[^\n,。;:]{2,24}(?=\n|\Z)){0,4}\s*")


def doers(plain: str, start: int, end: int, walls: list[int]) -> Iterator[tuple[int, int, bool]]:
    """The lines of an item, but its first, that say who does what, all of them sure, and no more. They stand below a sentence
    that ended, or a heading, unless it is the text's habit."""
    unsure: list[tuple[int, int, bool]] = []
    for closing in _DOERS_CUE.finditer(plain, walls[0] if walls else end, end):
        line = plain.rfind("\n", start, closing.start()) + 1
        line += len(plain[line : closing.start()]) - len(plain[line : closing.start()].lstrip())
        stop = closing.end()
        goes_on = not plain[closing.start() + 1 : stop].strip()
        if (
            bisect_right(walls, closing.start()) == bisect_right(walls, line - 1)
            and not (goes_on and not _HEADINGS.fullmatch(plain, stop, item_end(walls, closing.start(), end)))
            and says_who(plain, line, stop)
        ):
            if _ENDED.search(plain[max(start, line - _ABOVE) : line]):
                yield line, stop, False
            else:
                unsure.append((line, stop, False))
    if len(unsure) >= _HABIT:
        yield from unsure


def item_end(walls: list[int], at: int, end: int) -> int:
    """Where the item that `at` stands in ends: at the next of `walls`."""
    after = bisect_right(walls, at)
    return min(end, walls[after]) if after < len(walls) else end


def says_who(plain: str, start: int, end: int) -> bool:
    """Whether all of `plain[start:end]` is who does what, each of them a name and no more, the first of them beyond doubt."""
    sure = False
    while start < end:
        does = _DOERS.match(plain, start, end)
        units = only_units(plain, *does.span("units")) if does else []
        if does and does["joined"] and not only_units(plain, *does.span("joined")):
            return False
        sure = sure or any(are_sure([unit]) for unit in units)
        if not does or not units or not sure or not all(map(_is_name, units)):
            return False
        start = does.end()
    return True


def _is_name(unit: Unit) -> bool:
    """Whether nothing stands before or behind the name: 各镇, but not 确保市政府."""
    if unit.collective:
        return unit.name[0] in _OPENS_MANY
    return [(found.start, found.end) for found in find_mentions(unit.name, 0, len(unit.name))] == [(0, len(unit.name))]
