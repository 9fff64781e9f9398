"""The line ends that a page's width put inside a paragraph, or inside a row of a table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.text.fragments import CELLS, ITEM, columns, parted_at_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NARROWEST, _WIDEST = 20, 60  # code points of the lines of a wrapped text
_WRAPPED = 0.25  # the share of such lines that are as wide as the page
_FLAT_WRAPPED = 0.9  # the same where even paragraphs ended in no line
_WIDER = 0.02  # the share of lines, at most, that are twice as wide: in tables
_PAGE_NUMBER = re.compile(r" {0,40}(?:\d{1,3}|[-—–] ?\d{1,3} ?[-—–])")  # 例 13 · — 13 —
_ROW_LINES = 40  # of the longest row that the width of a page broke
_OF_A_ROW = 6  # lines behind one with a tab that may still be of its table
_STOPS = re.compile("[。;:,)]")  # what a line holds that goes on with a paragraph, and no signature
_LABEL = re.compile("[\u4e00-\u9fff]{2,8}:")  # 例 责任单位:市水利局
_FEWEST_BEGINS, _INDENTED = 5, 0.9  # paragraphs, and the share of them that begin with blanks, where each does
ENDS = frozenset("。;:!?")  # what ends a line that is full by chance
# Where a row of a table begins. 例 12\t · 二、\t · 序号\t
ROW = re.compile(r"(?:\d{1,5}|[一二三四五六七八九十]{1,3}、?|序号)\t")
_LINE_END = re.compile(r"\n")


def every_line(plain: str) -> list[tuple[int, int]]:
    """Where each line begins and ends, empty ones too."""
    ends = [-1, *(end.start() for end in _LINE_END.finditer(plain)), len(plain)]
    return [(before + 1, end) for before, end in pairwise(ends)]


def wraps(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """The line ends that a page's width put inside a paragraph: behind lines that are as long as most long ones are."""
    lines = every_line(plain)
    if parted := parted_at_marks(plain, text, lines):
        yield from parted
        return
    cut = [text[start:end].rstrip() for start, end in lines]
    if sum(len(line) > 4 * _WIDEST + 1 for line in cut) > _WIDER * sum(map(bool, cut)):
        return  # set in letters of ASCII, half as wide as others, they would be too wide still
    wide = [int(columns(line)) for line in cut]
    full, width, lengths = max((*_page_width(lengths), lengths) for lengths in ([*map(len, cut)], wide))
    if not full:
        return
    across = [lengths[n] + end - start - len(cut[n]) for n, (start, end) in enumerate(lines)]  # with the blanks at their ends
    whole = [width - 1 <= length <= width + 3 for length in across]
    if sum(whole) >= _FLAT_WRAPPED * sum(map(bool, cut)):  # one line held the whole text
        yield from ((end, end + 1) for (_, end), is_full in zip(lines[:-1], whole, strict=False) if is_full)
        return
    indented = _are_indented(plain, lines, whole)
    rule = "\t" if "\t" in text or " |" not in text else "|"  # what parts the cells of a row
    rows = _Rows([text.count(rule, start, end) for start, end in lines], [width <= length <= width + 4 for length in across])
    numbered = {n for n, line in enumerate(cut) if _PAGE_NUMBER.fullmatch(line)}
    for n, (start, end) in enumerate(lines[:-1]):
        after = n + 2 if n + 1 in numbered and n + 2 < len(lines) else n + 1  # a page ends inside a paragraph
        following, stop = lines[after]
        words = plain[following:stop]
        if rows.go_on(n, after, counts=bool(ROW.match(text, start)), begins=bool(ROW.match(text, following))):
            yield end, following
        if rows.inside or rows.tabs[after]:
            continue
        if not width - 1 <= lengths[n] <= width + 3 or CELLS.search(text, start, stop):
            continue
        last = start + len(cut[n])
        is_open = plain.rfind("(", start, last) > plain.rfind(")", start, last)  # (牵头单位:| · (十|六)
        stops = plain[last - 1] in ENDS and not (indented and _STOPS.search(words) and not _LABEL.match(words))
        if not is_open and (stops or ITEM.match(words) or text.startswith("【", following)):
            continue  # 【脚注】 begins a line
        blanks = len(words) - len(words.lstrip(" "))
        if words.strip() and blanks < 2:
            yield last, following  # a blank before the next line may be one behind a number


@dataclass(slots=True)
class _Rows:
    """Rows whose cells tabs or rules part, and which the width of a page broke: `tabs`, those in each line, and whether it is
    `as_wide`."""

    tabs: Sequence[int]
    as_wide: Sequence[bool]
    inside: bool = False  # whether the line is part of a row
    _goes_on: bool = False
    _counts: bool = False  # whether the row has a number
    _held: int = 0  # tabs of the row so far
    _most: int = 0  # those of a whole row, as the head of the table has them
    _last: int = -_OF_A_ROW  # the last line with any

    def go_on(self, n: int, after: int, *, counts: bool, begins: bool) -> bool:
        """Whether the row of line `n` goes on in line `after`. `counts`: line `n` has the number of a row, which goes on up to
        the next one, whatever the tabs; `begins`: line `after` has one."""
        if self.tabs[n]:
            if n - self._last > _OF_A_ROW:
                self._most = self._of_row(n, len(self.tabs))
            self._last = n
        near = n - self._last < _OF_A_ROW and self.as_wide[n]
        if not (self.tabs[n] or self._goes_on or near):
            self.inside = False
            return False
        self._held = self.tabs[n] + (self._held if self._goes_on else 0)
        self._counts = counts or (self._goes_on and self._counts)
        ahead = self._of_row(after, self._most)
        self.inside = bool(self.tabs[n]) or self._goes_on or ahead > 0  # a row may lack its first cell
        fits = self._counts or self._held + ahead <= self._most
        self._goes_on = self.inside and self.as_wide[n] and not begins and fits
        return self._goes_on

    def _of_row(self, n: int, most: int) -> int:
        """The tabs of the lines that go on from line `n`, where they are no more than `most`."""
        held = self.tabs[n]
        for at in range(n, min(n + _ROW_LINES, len(self.tabs) - 1)):
            if not self.as_wide[at] or held + self.tabs[at + 1] > most:
                break
            held += self.tabs[at + 1]
        return held


def _are_indented(plain: str, lines: Sequence[tuple[int, int]], whole: Sequence[bool]) -> bool:
    """Whether each paragraph begins with blanks, as what stands below the last line of one shows."""
    begins = [
        plain.startswith("  ", below[0])
        for (above, below), is_full in zip(pairwise(lines), whole, strict=False)
        if not is_full and plain[slice(*above)].strip() and plain[slice(*below)].strip()
    ]
    return len(begins) >= _FEWEST_BEGINS and sum(begins) >= _INDENTED * len(begins)


def _page_width(lengths: Sequence[int]) -> tuple[int, int]:
    """How many lines are as long as the page is wide, and how wide that is; none where a text was not wrapped."""
    of_all = len(lengths) - lengths.count(0)
    fewest = max(4, _WRAPPED * of_all)
    may_be = [n for n in lengths if _NARROWEST <= n <= _WIDEST]
    if len(may_be) < fewest:
        return 0, 0
    long = Counter(may_be)
    width = max(long, key=lambda n: (long[n] + long[n + 1] + long[n + 2], n))
    full = sum(long[width + more] for more in range(-1, 4))
    wider = sum(1 for n in lengths if n > 2 * width)
    return (full, width) if full >= fewest and wider <= _WIDER * of_all else (0, 0)
