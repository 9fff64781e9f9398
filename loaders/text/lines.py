"""The lines of a text: without their outer blanks, cut where an item begins in their midst, with each table as one line."""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loaders.text.items import Numbers

# A line without its outer blanks. 例 一、总体要求
LINE = re.compile(r"\S(?:[^\n]*\S)?")
# A line that parts a text and says nothing. 例 ★ · ———— · ***
_ORNAMENTS = "★☆●◆■□◇○※▲△*=~—─_。·-"
_ORNAMENT = re.compile(rf"[ {_ORNAMENTS}]{{1,120}}")

# Where the title, the 文号 and the addressees meet in a line that holds them all. 例 …意见|渝府发〔2019〕17号|各区县人民政府
# (It opens with one set of characters, the last before the cut, which is found far faster than a choice of words.)
GLUED = re.compile(
    r"[知见案点法划施则定要告报复函号](?:(?=[\u4e00-\u9fff]{2,8}[\[(](?:19|20)\d\d[\])]\d{1,4}号)"
    r"(?<=通知|意见|方案|要点|办法|规划|计划|措施|细则|规定|决定|纲要|公告|通报|批复|的函)"
    r"|(?<=\d号)(?=各[\u4e00-\u9fff(]{1,30}(?:政府|单位|部门|机构)|[省市县区州][\u4e00-\u9fff、,()]{1,30}:))"
)
_TWICE = r"(?P<twice>[\u4e00-\u9fff]{2,4})(?=(?P=twice))"
# The 版头 in one line with the title and the addressees. 例 …文件|鲁发改能源〔2020〕1341号|关于…的通知|各市发展改革委:
# 例 …人民政府办公厅|办公厅便函〔2021〕68号|…关于 (the name ends where its last word comes again)
# 例 渝府办〔2021〕5号|渝中区人民政府办公室关于…的实施意见|各街道:
MASTHEAD = re.compile(
    rf"(?!.{{0,30}}(?:根据|按照|依据|贯彻|落实))(?:[\u4e00-\u9fff]{{4,80}}(?:文件|会议纪要|{_TWICE})())?"
    r"[\u4e00-\u9fff]{1,12}[\[(](?:19|20)\d\d[\])]\d{1,5}号()(?=[\u4e00-\u9fff]{0,40}关于)"
    r"(?:[^\n。;:]{4,120}?的(?:通知|(?:实施)?意见|函|通报|批复)()(?=[各省市县区州直中有][^\n。;:]{1,150}:))?"
)
_HEADING = 40  # code points of the longest heading below its number


def lines_of(plain: str, items: Iterable[int]) -> Iterator[Span]:
    """Lines that hold words, no ornaments, without their outer blanks, cut where one of `items` begins in their midst."""
    masthead = MASTHEAD.match(plain)
    glued = [masthead.end(n) for n in (2, 3, 4) if masthead[n] is not None] if masthead else []
    cuts = iter(sorted({*items, *glued, *(cut.end() for cut in GLUED.finditer(plain))}))
    cut = next(cuts, len(plain))
    for line in LINE.finditer(plain):
        start, end = line.span()
        if plain[start] in _ORNAMENTS and _ORNAMENT.fullmatch(plain, start, end):
            continue
        while cut <= start:
            cut = next(cuts, len(plain))
        if cut >= end:
            yield Span._make(line.span())
            continue
        inner: list[int] = []
        while cut < end:
            inner.append(cut)
            cut = next(cuts, len(plain))
        for begin, stop in pairwise([start, *inner, end]):
            yield from (Span(*part.span()) for part in LINE.finditer(plain, begin, stop))


def with_tables(lines: Iterable[Span], tables: Sequence[Span]) -> list[Span]:
    """`lines`, with each of `tables`, which are in order, as one of them."""
    if not tables:
        return list(lines)
    waiting = deque(tables)
    reached = 0
    found: list[Span] = []
    for line in lines:
        while waiting and waiting[0].start <= line.start:
            found.append(waiting[0])
            reached = waiting.popleft().end
        if line.start >= reached:
            found.append(line)
    return found


def with_headings(plain: str, lines: Iterable[Span], numbers: Numbers) -> list[Span]:
    """`lines`, one that is but a number as one with the heading below it: 1.2\\n总体目标."""
    found: list[Span] = []
    for line in lines:
        number = numbers.get(found[-1].start) if found and line.start not in numbers else None
        alone = number is not None and not plain[number.body : found[-1].end].strip()
        if alone and line.end - line.start <= _HEADING and plain[line.end - 1] not in "。;,:":
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return found


def whole_lines_of(plain: str) -> list[Span]:
    """Lines that hold words, with their outer blanks; a rule alone is none."""
    lines: list[Span] = []
    begin = 0
    for line in plain.split("\n"):
        if line.strip(" \t|｜"):
            lines.append(Span(begin, begin + len(line)))
        begin += len(line) + 1
    return lines
