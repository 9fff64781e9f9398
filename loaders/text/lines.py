"""The lines of a text: without their outer blanks, cut where an item begins in their midst, with each table as one line."""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.text.numbering import CN, MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.text.tables import TaskTable

# A line without its outer blanks. 例 一、总体要求
LINE = re.compile(r"\S(?:[^\n]*\S)?")

# Where an item begins in the midst of a line: behind a sentence or a clause. 例 …负责)|四、实施 · …措施。|(二)加快
INNER_ITEM = re.compile(
    rf"[。)\]][ ]{{0,4}}(?=\([{CN}]{{1,3}}\)[ ]{{0,2}}[\u4e00-\u9fff]|[{CN}]{{1,3}}、[\u4e00-\u9fff](?!、))"
)
# Where a line that holds a whole document may be cut besides.
# 例 …扶持 1.支持全国性 · …有关单位： 现将 · …意见|渝府发〔2019〕17号|各区县
SOFT_BREAK = re.compile(
    r"[ 。:;)号知见案点法划施则定要](?:"
    r"(?<=[。:;)号\u4e00-\u9fff] )[ ]{0,39}(?=[\u4e00-\u9fff(《]|\d{1,2}[.、]\D|20\d\d年)"
    rf"|(?<=[。:;)])(?=[{CN}]{{1,3}}、|\([{CN}]{{1,3}}\)|\d{{1,2}}[.]\D)"
    r"|(?<=通知|意见|方案|要点|办法|规划|计划|措施|细则|规定|决定|纲要)(?=[\u4e00-\u9fff]{2,8}[\[(](?:19|20)\d\d[\])]\d{1,4}号)"
    r"|(?<=\d号)(?=各[\u4e00-\u9fff(]{1,30}(?:政府|单位|部门|机构)))"
)
# In such a line, the first item under a heading that it is glued to. 例 三、主要任务|(一)壮大 · (二)重点工作|1.推进
GLUED_ITEM = re.compile(r"(?=\(一\)|1[.、](?!\d))")

_WHOLE_TEXT_LINE = 1000  # a line longer than this may hold a whole document and is cut at soft breaks
_GLUED = 40  # code points of a heading to which its first item may be glued


def lines_of(plain: str) -> Iterator[Span]:
    """Lines that hold words, without their outer blanks, cut where an item begins in their midst; one that holds a whole
    document is cut where its parts begin."""
    inner = deque(cut.end() for cut in INNER_ITEM.finditer(plain) if plain[cut.start() - 1] not in CN)
    for line in LINE.finditer(plain):
        start, end = line.span()
        if end - start < _WHOLE_TEXT_LINE and not (inner and inner[0] < end):
            yield Span(start, end)
            continue
        cuts = set(_soft_breaks(plain, start, end)) if end - start >= _WHOLE_TEXT_LINE else set()
        while inner and inner[0] < end:
            cuts.add(inner.popleft())
        for begin, stop in pairwise([start, *sorted(cuts), end]):
            yield from (Span(*part.span()) for part in LINE.finditer(plain, begin, stop))


def _soft_breaks(plain: str, start: int, end: int) -> Iterator[int]:
    cuts = [start, *(cut.end() for cut in SOFT_BREAK.finditer(plain, start, end))]
    for begin, stop in pairwise([*cuts, end]):
        yield begin
        if MARKER.match(plain, begin, stop) and (glued := GLUED_ITEM.search(plain, begin + 3, min(stop, begin + _GLUED))):
            yield glued.start()


def with_tables(lines: Iterator[Span], tables: Sequence[TaskTable]) -> Iterator[Span]:
    """`lines`, with each table as one of them."""
    waiting = deque(table.span for table in tables)
    reached = 0
    for line in lines:
        while waiting and waiting[0].start <= line.start:
            yield waiting[0]
            reached = waiting.popleft().end
        if line.start >= reached:
            yield line


def whole_lines_of(plain: str) -> list[Span]:
    """Lines that hold words, with their outer blanks."""
    lines: list[Span] = []
    begin = 0
    for line in plain.split("\n"):
        if line and not line.isspace():
            lines.append(Span(begin, begin + len(line)))
        begin += len(line) + 1
    return lines
