"""The points of a paragraph, 一是… 二是…: prose, unless each is closed by a clause of its own; then each is an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.text.numbering import Marker
from loaders.text.numerals import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# 例 。|一是|加强窗口建设
_POINT: Final = re.compile(r"(?P<number>[一二三四五六七八九十])(?:(?<=[。;:)\n].)|(?<=[。;:)\n] .))是(?!否)[,:]?")
# A clause on a line of its own, below the point. 例 \n|责任科室:政策法规科
_LABELLED: Final = re.compile(r"\n[ ]{0,8}[\u4e00-\u9fff]{0,6}(?:单位|部门|机构|主体|[处科股]室):[^\n]{2,200}")
# A clause, behind the words that it closes. 例 |(市司法局负责) · 。
_CLOSED: Final = re.compile(
    r"\((?=[^()]{0,200}(?:牵头|负责|单位|部门|配合))(?:[^()]|\([^()]{0,20}\)){2,400}\)[。;]?\s{0,8}\Z"
    rf"|{_LABELLED.pattern}\s{{0,8}}\Z"
)
_END: Final = 440  # code points before the end of a point in which its clause stands
POINT: Final = "point"  # the style of its number


def points(plain: str, numbers: Sequence[Marker]) -> list[Marker]:
    """The numbers of those that are items, in order; `numbers` are those of all other items."""
    if "一是" not in plain:
        return []
    starts = [number.start for number in numbers]
    found: list[Marker] = []
    run: list[re.Match[str]] = []
    for point in _POINT.finditer(plain):
        if run and (value_of(point["number"]) != len(run) + 1 or any(run[-1].end() <= at < point.start() for at in starts)):
            found += _closed(plain, run)
            run = []
        if run or point["number"] == "一":
            run.append(point)
    return found + _closed(plain, run)


def is_closed(plain: str, words: Span) -> bool:
    """Whether a clause ends `words`."""
    return bool(_CLOSED.search(plain, max(words.start, words.end - _END), words.end))


def _closed(plain: str, run: Sequence[re.Match[str]]) -> list[Marker]:
    """The numbers of a list of points, none unless each is closed."""
    if len(run) < 2:
        return []
    line_end = plain.find("\n", run[-1].end())
    line_end = len(plain) if line_end < 0 else line_end
    below = _LABELLED.match(plain, line_end)
    ends = [*(point.start() for point in run[1:]), below.end() if below else line_end]
    if not all(is_closed(plain, Span(point.end(), end)) for point, end in zip(run, ends, strict=True)):
        return []
    return [Marker(m.start(), m.end(), POINT, (value_of(m["number"]) or 0,), m["number"]) for m in run]
