"""Texts taken from a PDF whose lines end not only at the page's width but behind marks too, where a run of glyphs ended:

    各地各部门要着眼市场主体诉求，
    整合调度诉求模板用数需求，
    强化共享应用，提高效

Lines that are as wide as the page together were one line of it.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

from loaders.text.numbering import CN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# 例 1.推进 · (二)推进 · 三、推进 · 第四条
ITEM: Final = re.compile(
    r" {0,8}(?:\d{1,3}[.、]|\(?[一二三四五六七八九十]{1,3}[)、]|\(\d{1,3}\)|第[一二三四五六七八九十百]{1,5}[章条])"
)
CELLS: Final = re.compile(r"[\t|｜]")
# A number whose item begins on the next line. 例 第一条 · 六、
_BARE_NUMBER: Final = re.compile(rf"第[{CN}]{{1,5}}[章节条]|[{CN}]{{1,3}}、|\([{CN}]{{1,3}}\)")
_MARKS: Final = frozenset(",、。;!?”》")  # behind which a run may end
_OPENS: Final = frozenset("“《")  # before which it may
_GOES_ON: Final = frozenset(",、")  # behind which no paragraph ends
_ENDS: Final = frozenset("。;:!?")

_NARROWEST, _WIDEST = 20, 60  # columns of the page
_FEWEST: Final = 8  # lines that end in a comma before the page's width
_BROKEN: Final = 0.1  # the same as a share
_LINES: Final = 4  # that tell how wide the page is
_SPARE: Final = 2  # columns that a line may be wider or narrower: it is drawn apart, or indented
_PARTS: Final = 8  # the most lines that were one
_ASIDE: Final = 400  # code points of the longest bracket that is drawn together


def columns(line: str) -> float:
    """How wide a line is set: a character of ASCII, of one byte, is half as wide as one of three bytes."""
    return (len(line) + len(line.encode("utf-8", "replace"))) / 4


def parted_at_marks(plain: str, text: str, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The line ends, with the blanks around them, that stand inside a paragraph of such a text; none in any other."""
    if sum(map(plain.count, (",\n", "、\n"))) < _FEWEST:
        return []
    cut = [text[start:end].rstrip() for start, end in lines]
    wide = [columns(line) for line in cut]
    width = _width(cut, wide)
    narrow = (width or 2 * _WIDEST) - _SPARE
    short = sum(line[-1:] in ("，", "、", ",") and size < narrow for line, size in zip(cut, wide, strict=True))
    if short < max(_FEWEST, _BROKEN * sum(map(bool, cut))):
        return []
    trimmed = [(start, start + len(line)) for (start, _), line in zip(lines, cut, strict=True)]
    return list(_Page(plain, trimmed, wide, width).cuts())


def _width(cut: Sequence[str], wide: Sequence[float]) -> int:
    """How wide the page is: as wide as most long lines that end inside a sentence. 0 where too few do."""
    inside = (
        int(size)
        for line, size in zip(cut, wide, strict=True)
        if (line[-1:].isalnum() or line.endswith(("，", "、"))) and not CELLS.search(line)
    )
    long = Counter(size for size in inside if _NARROWEST <= size <= _WIDEST)
    width = max(long, key=lambda n: (sum(long[n + more] for more in range(3)), n), default=0)
    return width if sum(long[width + more] for more in range(3)) >= _LINES else 0


class _Page:
    """The lines of a text, without the blanks behind them, how wide each is, and how wide the page."""

    def __init__(self, plain: str, lines: list[tuple[int, int]], wide: list[float], width: int) -> None:
        self.plain, self.lines, self.wide, self.width = plain, lines, wide, width

    def cuts(self) -> Iterator[tuple[int, int]]:
        n, begin = 0, 0  # the line, and the first of its paragraph
        while n < len(self.lines) - 1:
            last = self._row(n)
            for at in range(n, last):
                yield self._gap(at)
            is_full = last > n or (self.width > 0 and abs(self.wide[n] - self.width) <= _SPARE)
            n = last + 1
            if n < len(self.lines) and self._goes_on(begin, last, is_full=is_full):
                yield self._gap(last)
            else:
                begin = n

    def _gap(self, n: int) -> tuple[int, int]:
        return self.lines[n][1], self.lines[n + 1][0]

    def _row(self, n: int) -> int:
        """The last of the lines from line `n` on that together are as wide as the page, `n` where none are."""
        if not self.width:
            return n
        rest = range(n, min(n + _PARTS, len(self.lines)))
        parts = [n, *(at + 1 for at in takewhile(self._may_part, rest[:-1]))]
        sums = accumulate(self.wide[at] for at in parts)
        return max((at for at, size in zip(parts, sums, strict=True) if abs(size - self.width) <= _SPARE), default=n)

    def _may_part(self, n: int) -> bool:
        """Whether a row of the page may have been parted behind line `n`."""
        (start, end), (following, stop) = self.lines[n], self.lines[n + 1]
        if start == end or following == stop or self._begins(n + 1):
            return False
        last, first = self.plain[end - 1], self.plain[following]
        of_fonts = last.isascii() != first.isascii() and last.isalnum() and first.isalnum()  # 2024|年
        number = _BARE_NUMBER.fullmatch(self.plain, start, end)
        return last in _MARKS or (first in _OPENS and last != ":") or of_fonts or bool(number)

    def _begins(self, n: int) -> bool:
        """Whether an item or a row begins at line `n`."""
        start, end = self.lines[n]
        return bool(ITEM.match(self.plain, start, end) or CELLS.search(self.plain, start, end)) or self.plain[start] == "【"

    def _goes_on(self, begin: int, n: int, *, is_full: bool) -> bool:
        """Whether the paragraph from line `begin` on goes on behind line `n`."""
        (start, end), (following, stop) = self.lines[n], self.lines[n + 1]
        if start == end or following == stop or self._begins(n + 1) or CELLS.search(self.plain, start, end):
            return False
        last = self.plain[end - 1]
        if last in _GOES_ON or (is_full and last not in _ENDS) or _BARE_NUMBER.fullmatch(self.plain, start, end):
            return True
        opened, closed = (max(self.plain.rfind(mark, self.lines[begin][0], end) for mark in marks) for marks in ("([", ")]"))
        return opened > closed and any(self.plain.find(mark, end, opened + _ASIDE) >= 0 for mark in ")]")
