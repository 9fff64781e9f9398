"""Columns of a page: where a gutter runs through many lines, the words on its left are read before those on its right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from loaders.formats.layout.aligned import Placed
from loaders.formats.layout.lines import Line
from loaders.text.items import MARKER
from loaders.text.numerals import value_of
from loaders.text.view import plain, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_GUTTERS = 8  # places that are tried: the left edges that most pieces share
_LEAST_LINES = 3  # on each side
_WORDY = 8  # characters of a line on average, with which a side is text and no list of labels
_LEAST_WORDS = 30  # characters of a side
_ALIGNED = 0.6  # share of a side's lines that begin at its edge or two characters behind it
_BESIDE = 0.5  # share of the shorter side's height over which the other one stands beside it
_GUTTER = 1.0  # em
_MOST_COLUMNS = 4
_MOST_THINGS = 600  # lines of a page, beyond which it is a drawing
_FAR = 2.5  # em between lines from which on what stands on one side alone is no part of the columns
_PROSE = "。；，"

Thing = Line | Placed


@dataclass(slots=True)
class Flow:
    """Lines and tables that follow one another down a page or a column."""

    things: list[Thing] = field(default_factory=list)
    column: bool = False


class Order(NamedTuple):
    """A page's flows in the order in which they are read, and whether that is certain."""

    flows: list[Flow]
    certain: bool


def in_order(things: Sequence[Thing]) -> Order:
    """`things` of a page, from top to bottom, as they are read: columns one after the other."""
    if len(things) > _MOST_THINGS:
        return Order([Flow(list(things))], certain=False)
    return _ordered(list(things), _MOST_COLUMNS)


def _ordered(things: list[Thing], most: int) -> Order:
    block = _block(things) if most > 1 else None
    if block is None:
        return Order([Flow(things)], True)
    start, stop, at = block
    sides = _sides(things[start:stop], at)
    above, below = _ordered(things[:start], most), _ordered(things[stop:], most)
    outside = [flow for flow in (*above.flows, *below.flows) if flow.things]
    one_block = above.certain and below.certain and not any(flow.column for flow in outside)
    if not all(map(_is_text, sides)):
        certain = one_block and not all(_sentences(side) >= _LEAST_LINES for side in sides)
        return Order([*above.flows, Flow(things[start:stop]), *below.flows], certain)
    left, right = (_ordered(side, most - 1) for side in sides)
    across, down = _counts_on(things[start:stop]), _counts_on([*sides[0], *sides[1]])
    if across and not down:
        return Order([*above.flows, Flow(things[start:stop]), *below.flows], False)
    columns = [Flow(flow.things, column=True) for flow in (*left.flows, *right.flows)]
    certain = one_block and down and left.certain and right.certain
    return Order([*above.flows, *columns, *below.flows], certain)


def _extent(thing: Thing) -> Iterator[tuple[float, float]]:
    if isinstance(thing, Placed):
        yield thing.x0, thing.x1
    else:
        yield from ((piece.x0, piece.x1) for piece in thing.pieces)


def _em(things: Sequence[Thing]) -> float:
    return median([thing.em for thing in things if isinstance(thing, Line)] or [0.0])


def _block(things: list[Thing]) -> tuple[int, int, float] | None:
    """The things that stand left and right of one gutter, and where its right edge is; of several the longest."""
    em = _em(things)
    edges = Counter(round(x0) for thing in things for x0, _ in _extent(thing))
    left = min(edges, default=0)
    likely = [(x, n) for x, n in edges.most_common(_MOST_GUTTERS) if n >= _LEAST_LINES and x > left + 4 * em]
    best: tuple[int, int, int, float] | None = None
    for x, _ in likely:
        for run in _runs(things, x - 1, em):
            start, stop = _trimmed(things, *run, x - 1)
            sides = _sides(things[start:stop], x - 1)
            lines = min(len(side) for side in sides)
            if lines >= _LEAST_LINES and _beside(*sides) and (best is None or lines > best[0]):
                best = lines, start, stop, x - 1
    return best[1:] if best else None


def _runs(things: list[Thing], x: float, em: float) -> Iterator[tuple[int, int]]:
    """Runs of things that leave a gutter of `em` left of `x` free."""
    start = 0
    for n, thing in enumerate(things):
        if any(x0 < x and x1 > x - _GUTTER * em for x0, x1 in _extent(thing)):
            if n > start:
                yield start, n
            start = n + 1
    if start < len(things):
        yield start, len(things)


def _trimmed(things: list[Thing], start: int, stop: int, x: float) -> tuple[int, int]:
    """A run without what stands on one side alone and far above or below the rest, or on the right alone above the rest."""
    far = _FAR * _em(things[start:stop])

    def sides(n: int) -> set[bool]:
        return {x0 >= x for x0, _ in _extent(things[n])}

    n = start
    while n + 1 < stop and len(sides(n)) == 1:
        n += 1
        gap = things[n].top - things[n - 1].bottom
        if gap > far or (gap > 0 and n == start + 1 and sides(n - 1) == {True}):
            start = n
    n = stop - 1
    while n > start and len(sides(n)) == 1:
        if things[n].top - things[n - 1].bottom > far:
            stop = n
        n -= 1
    return start, stop


def _sides(things: Sequence[Thing], x: float) -> tuple[list[Thing], list[Thing]]:
    left: list[Thing] = []
    right: list[Thing] = []
    for thing in things:
        if isinstance(thing, Placed):
            (right if thing.x0 >= x else left).append(thing)
            continue
        for side, pieces in (
            (left, tuple(piece for piece in thing.pieces if piece.x0 < x)),
            (right, tuple(piece for piece in thing.pieces if piece.x0 >= x)),
        ):
            if pieces:
                side.append(thing._replace(pieces=pieces))
    return left, right


def _beside(left: list[Thing], right: list[Thing]) -> bool:
    shared = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    return shared >= _BESIDE * min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)


def _is_text(side: list[Thing]) -> bool:
    """Whether a side is text set in a column: long lines with sentences in them that begin at its edge."""
    lines = [thing for thing in side if isinstance(thing, Line)]
    words = [squeezed(line.words) for line in lines]
    if len(lines) < _LEAST_LINES or sum(map(len, words)) < max(_LEAST_WORDS, _WORDY * len(lines)):
        return False
    edge, em = min(line.x0 for line in lines), _em(lines)
    aligned = sum(line.x0 - edge < 2.5 * em for line in lines)
    parted = sum(len(line.pieces) > 1 for line in lines)
    return aligned >= _ALIGNED * len(lines) and _sentences(side) > 1 and parted <= len(lines) / 2


def _sentences(side: list[Thing]) -> int:
    """How many lines of a side hold the punctuation of sentences."""
    return sum(isinstance(thing, Line) and any(mark in thing.words for mark in _PROSE) for thing in side)


def _counts_on(things: Sequence[Thing]) -> bool:
    """Whether the numbers of the lines that open with one count up in this order; a 一 or 1 begins anew."""
    counted: dict[str, int] = {}
    for thing in things:
        for piece in thing.pieces if isinstance(thing, Line) else ():
            marker = MARKER.match(plain(piece.words))
            value = value_of(marker[marker.lastgroup]) if marker and marker.lastgroup else None
            if marker and marker.lastgroup and value is not None:
                if value not in (1, counted.get(marker.lastgroup, value - 1) + 1):
                    return False
                counted[marker.lastgroup] = value
    return True
