"""The tidy view of a text: how it would read had nobody wrapped, spaced or flattened it. Facts are looked for in it.

It is made of the plain view (loaders/text/view.py), and shorter: the line ends that a PDF's width put inside a paragraph are
left out, so are Markdown's marks of bold, the blanks inside 2022 年 3 月, 〔2022〕14 号 and 通 知, and the line ends inside
a label (责任单\\n位:). In a text that was pasted as one line the blanks between its parts become line ends. `View.span` leads
back to the text itself.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Document, Principle, Residue, Source, Span, Table
from loaders.text.wrapped import ENDS, ROW, every_line, wraps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CJK = r"\u4e00-\u9fff"
_FLAT = 300  # code points of a line that may hold a whole document
_INDENT = 81  # code points before a word of two characters that must be blanks and a line end

# These open with the one character that they are looked for by, which is found far faster than what must stand before it.
# 例 2022 |年| 3 |月| 1 |日 · 〔2022〕|14 |号 · 第 |3 |条
_MARK = re.compile(r"\*{2,3}")
_SPACED_NUMBER = re.compile(
    r" (?:(?<=\d ) {0,2}(?=[年月日号时]|季度|个|%)|(?<=[年月\])第至前于] ) {0,2}(?=\d{1,5} {0,3}[年月日号章条%元])"
    r"|(?<=\d ) ?(?=- {0,2}\d)|(?<=\d- ) ?(?=\d))"
)
# 例 国| 家 粮 食 应 急 预 案 的 函: behind its first character, a word set with a blank between its characters
_SPACED_WORD = re.compile(rf" (?<=[{_CJK}] )(?<![{_CJK}]{{2}} ) {{0,2}}[{_CJK}](?: {{1,3}}[{_CJK}]){{1,39}}(?![{_CJK}])")
# 例 通| |知: such a word of two characters, which must be alone on its line
# A blank beside a mark, which some converters set around each. 例 市司法局| 、| 市财政局 · (| 一| )
_SPACED_MARK = re.compile(r" (?:(?<=[^ \n] ) {0,2}(?=[,、。;:)》”])|(?<=[、,(《“] ) {0,2}(?=[^ \n]))")
_FEWEST_SPACED = 8  # marks behind a blank of a text that was set so
# What is left in the midst of its words where lines of the page met. 例 专项资金的| 日常管理
_SPACED_LINE = re.compile(rf" (?<=[{_CJK}] )(?=[{_CJK}《“])")
_NARROW = 40  # code points of the longest line that may be a heading with a blank of its own
_SPACED_PAIR = re.compile(rf" (?<=[{_CJK}] ) {{0,5}}(?=[{_CJK}] {{0,80}}(?:\n|$))")
# 例 第二章 计|    |划第十条: the same in the title of a chapter, wherever it stands
_SPACED_TITLE = re.compile(
    rf"第[一二三四五六七八九十]{{1,4}}[章节编] {{1,8}}[{_CJK}](?P<gap> {{1,8}})[{_CJK}]"
    rf"(?= {{0,8}}(?:第[一二三四五六七八九十]|\n|$))"
)
# 例 责任单|\n\n|位: · 牵头部|\n|门:
_SPLIT_LABEL = re.compile(r"\n[ \n]{0,12}(?=(?:任|单|部|头|合|办|责|构|关|体)?(?:位|门|单位|部门) {0,2}:)")
_LABEL_BEFORE = re.compile(rf"(?<=[{_CJK}]) {{0,4}}$")
_LINE_BEFORE = re.compile(r"(?:^|\n) {0,80}$")
# Where the parts of a line meet that holds a whole document: 例 …的通知| 各县区: · 。| 二、 · 第一章 总则| 第一条
_GAP = re.compile(rf" (?<=[{_CJK}。;:!?)\]》”\d/%] ) *(?=(?!以[上下内])[{_CJK}(《“\d①-⑳第-]|/ )")
# What is no end of a part: a marker and the blank behind it. 例 第一条 |为了 · 1. |建立 · 2.1 |总则
_MARKER_END = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]{1,6}[章条节]|(?:^"
    r"|[ \n])\(?[一二三四五六七八九十\d][一二三四五六七八九十\d.]{0,7}[)、.]?)$"
)
# A figure set off by blanks. 例 对原 |18 个乡镇 · 等 |30 部门
_FIGURE = re.compile(r"\d{1,5} {1,3}(?:[个件座]|部门|家(?!庭)|项(?!目)|名(?![称词])|户(?!外)|次(?!生)|天(?!气))")
_BLANKS = re.compile(" +")
# Where a row begins in a table that was pasted as one line with its tabs. 例 …\t全国| 2\t… · | 二、\t考核项目\t · | \t总分\t100
_ROW_GAP = re.compile(rf"(?<=[^ ]) (?={ROW.pattern})|(?<=\t) (?=\t)")
# The last cell of the head of one whose rows have no number. 例 存在问题\t整改措施\t|责任单位| 河道淤塞
_LAST_HEAD = re.compile(
    r"(?:(?P<units>(?:责任|牵头|配合|主管|承办|协办|参与|实施|落实)[\u4e00-\u9fff、]{0,8}(?:单位|部门))"
    r"|(?:完成|整改|办结|落实)?(?:时限|期限|时间)(?:要求)?|备注)(?= )"
)
# Units in such a cell, before the row below, which may lack its first cells. 例 \t|市水利局牵头,市农业局配合| 加固堤防\t
_UNITS_CELL = re.compile(
    r"\t[^。;\t ]{1,200}(?:[局委办部厅会司院队站所处科]|中心|单位|部门|政府|牵头|配合|负责|落实|参与|参加|协助)(?P<gap> )"
)
_TAB = re.compile("\t")
_FEWEST_TABS = 12  # of such a table
_MOST_CELLS = 10  # of one of its rows
# The rule under a head. 例 | --- | :---: |
_UNDER = r"\|(?: ?:?-{2,20}:? ?\|){2,16}"
# Where a table of rules begins in a line: the head above such a rule, or short cells up to one of units.
# 例 | 序号 | 任务 | 责任单位 | | --- | --- | --- | · 序号 | 任务 | 责任单位 |
_RULED = re.compile(
    rf"(?P<head>\|(?: [^|]{{1,24}} \|){{2,16}}) (?P<under>{_UNDER})"
    r"|[^| ]{1,24} \| (?:[^|]{1,24} \| ){0,8}[^|]{0,12}(?:单位|部门|主体)(?:\([^|()]{1,12}\))? \| "
)
_LONGEST_CELL = 600  # code points from rule to rule
# The head of a table of which each cell was a line. 例 序号 改革举措 主要内容 指导部门 推广范围
_TABLE_HEAD = re.compile(r"序号(?: +[\u4e00-\u9fff]{2,12}){1,6} +[\u4e00-\u9fff]{0,8}(?:单位|部门)(?= )")
_NUMBER_CELL = re.compile(r"[ \n]\d{1,3}$")


class View(NamedTuple):
    """`text`, and the `words` of the source that stand there. What begins at one of `starts` stands further on in the source,
    by as much as `shifts` tell; there is but one where nothing was left out."""

    text: str
    words: str
    starts: Sequence[int] = (0,)
    shifts: Sequence[int] = (0,)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return len(self.starts) == 1

    def span(self, span: Span) -> Span:
        """The span of the same words in what the view was made of; what was left out in their midst belongs to it."""
        _, _, starts, shifts = self
        if len(starts) == 1:
            return span
        start, end = span
        there = start + shifts[bisect_right(starts, start) - 1]
        return Span(there, end + shifts[bisect_right(starts, end - 1) - 1] if end > start else there)

    def back(self, at: int) -> int:
        """Where what stands `at` in the view stands in what it was made of."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def source(self, source: Source) -> Source:
        """`source` with its text as tidy as the view, and its tables where they stand in that."""
        words = self.words
        if not self.is_as(words):
            words = "\n".join([words[start:end] for start, end in every_line(self.text)])
        if self.is_whole:
            return source if words == source.text else replace(source, text=words)
        moved = tuple(
            Table(self._moved(table.span), tuple(tuple(map(self._moved, row)) for row in table.rows)) for table in source.tables
        )
        return replace(source, text=words, tables=moved)

    def is_as(self, words: str) -> bool:
        """Whether the lines of the view are those of `words`."""
        return self.text.count("\n") == words.count("\n")

    def _moved(self, span: Span) -> Span:
        start = self.at(span.start)
        return Span(start, max(start, self.at(span.end)))

    def at(self, offset: int) -> int:
        """Where what stands at `offset` of the whole stands in the view, or what follows it."""
        n = bisect_right(range(len(self.starts)), offset, key=lambda n: self.starts[n] + self.shifts[n])
        reached = self.starts[n] if n < len(self.starts) else len(self.text)
        return min(reached, offset - self.shifts[n - 1]) if n else 0


def tidy(plain: str, text: str, tables: Sequence[Span] = ()) -> View:
    """The tidy view of `plain`, the plain view of `text`; a tab stays, and nothing is changed inside `tables`."""
    bare = _without(View(plain, text), _bold(plain, text), tables)
    unwrapped = _without(bare, wraps(bare.text, bare.words), tables)
    close = _without(unwrapped, _spaced(unwrapped.text), tables)
    return close._replace(text=_unflattened(close))


def _without(view: View, cuts: Iterable[tuple[int, int]], tables: Sequence[Span]) -> View:
    """`view` without the spans `cuts` of its text, but for tabs and those inside `tables`."""
    walls = sorted(tables)
    reach = list(accumulate((wall.end for wall in walls), max))
    left_out: list[tuple[int, int]] = []
    at = 0
    for start, end in sorted(cuts):
        if start < at or "\t" in view.words[start:end]:
            continue
        before = bisect_left(walls, (view.back(end),)) if walls else 0
        if before and reach[before - 1] > view.back(start):
            continue
        left_out.append((start, end))
        at = end
    return _of_parts(view, left_out) if left_out else view


def _of_parts(view: View, left_out: Sequence[tuple[int, int]]) -> View:
    """`view` without the spans `left_out`, which are in order."""
    kept = list(pairwise([0, *chain.from_iterable(left_out), len(view.text)]))[::2]
    starts, shifts = array("L"), array("L")
    at = 0
    for start, end in kept:
        inside = slice(bisect_right(view.starts, start), bisect_left(view.starts, end))
        starts.extend([at, *(begin - start + at for begin in view.starts[inside])])
        shifts.extend([view.back(start) - at, *(shift + start - at for shift in view.shifts[inside])])
        at += end - start
    text, words = ("".join([whole[start:end] for start, end in kept]) for whole in (view.text, view.words))
    return View(text, words, starts, shifts)


def _bold(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """The marks of bold words, which are blanks in the plain view: **市教育局**要."""
    marks = _MARK.finditer(text) if "**" in text else ()
    return (mark.span() for mark in marks if plain[mark.start() : mark.end()].isspace())


def _spaced(plain: str) -> Iterator[tuple[int, int]]:
    """Blanks and line ends inside numbers, words and labels."""
    yield from (gap.span() for gap in _SPACED_NUMBER.finditer(plain))
    marks = [gap.span() for gap in _SPACED_MARK.finditer(plain)]
    yield from marks
    if len(marks) >= _FEWEST_SPACED and 2 * len(marks) > sum(map(plain.count, ",、。")):
        for start, end in every_line(plain):
            if end - start > _NARROW:
                yield from (gap.span() for gap in _SPACED_LINE.finditer(plain, start, end))
    yield from (title.span("gap") for title in _SPACED_TITLE.finditer(plain))
    for word in _SPACED_WORD.finditer(plain):
        yield from (gap.span() for gap in _BLANKS.finditer(plain, *word.span()))
    for gap in _SPACED_PAIR.finditer(plain):
        first = gap.start() - 1
        if _LINE_BEFORE.search(plain, max(0, first - _INDENT), first):
            yield gap.span()
    for ends in _SPLIT_LABEL.finditer(plain):
        if label := _LABEL_BEFORE.search(plain, max(0, ends.start() - 5), ends.start()):
            yield label.start(), ends.end()


def _unflattened(view: View) -> str:
    """The view with line ends for the blanks between the parts of a line that holds a whole document."""
    plain, words = view.text, view.words
    if max(map(len, plain.split("\n"))) <= _FLAT:
        return plain
    parts: list[str] = []
    for start, end in every_line(plain):
        line = plain[start:end]
        if end - start > _FLAT:
            if words.count("\t", start, end) >= _FEWEST_TABS:
                line = _with_rows(line, words[start:end])
            elif line.count(" | ") >= _FEWEST_TABS:
                line = _with_cells(line)
            else:
                line = _in_parts(line)
        parts.append(line)
    return "\n".join(parts)


def _with_cells(line: str) -> str:
    """`line` with line ends between the rows of each table of rules in it, and between the parts around them. Where no rule
    under its head tells how wide a table is, each of its cells was a line of its own, and ends behind its rule."""
    parts: list[str] = []
    reached = 0
    while table := _RULED.search(line, reached):
        width = table["under"].count("|") if table["under"] else 1
        begin = table.start("head") if table["under"] else line.rfind(" ", reached, line.find("|", table.start())) + 1
        rules = [line.find("|", begin)]
        while 0 < (rule := line.find("|", rules[-1] + 1)) <= rules[-1] + _LONGEST_CELL:
            rules.append(rule)
        cells = list(line[begin : rules[-1] + 1])
        for end in rules[width - 1 : -1 : width]:
            if cells[end + 1 - begin] == " ":
                cells[end + 1 - begin] = "\n"
        parts += [_ended(_in_parts(line[reached:begin])), "".join(cells)]
        reached = rules[-1] + 1
    rest = _in_parts(line[reached:])
    return "".join([*parts, "\n" + rest[1:] if parts and rest.startswith(" ") else rest])


def _ended(words: str) -> str:
    """`words` with a line end for the blank that they end in."""
    return words[:-1] + "\n" if words.endswith(" ") else words


def _with_rows(line: str, words: str) -> str:
    """`line` with line ends for the blanks between the rows of the table in it, and between the parts before and after it."""
    first, last = words.find("\t"), words.rfind("\t")
    first = max(0, words.rfind(" ", 0, first))
    parts = [_in_parts(line[:first])]
    at = first
    gaps = [gap.start() for gap in _ROW_GAP.finditer(words, first, last + 1)] or [*_before_rows(words, first)]
    for gap in gaps:
        parts += [line[at:gap], "\n"]
        at = gap + 1
    return "".join([*parts, line[at : last + 1], _in_parts(line[last + 1 :])])


def _before_rows(words: str, first: int) -> Iterator[int]:
    """The blanks before rows without a number: that of the head, at `first`, and the first in each cell below its last one."""
    cells = enumerate(words[first:].split("\t", _MOST_CELLS))
    width, last = next(((n, last) for n, cell in cells if n and (last := _LAST_HEAD.match(cell))), (0, None))
    if last is None:
        return
    if words[first] == " ":
        yield first
    if last["units"]:
        yield from (cell.start("gap") for cell in _UNITS_CELL.finditer(words, first))
        return
    tabs = [tab.start() for tab in _TAB.finditer(words, first)]
    for cell, following in zip(tabs[width - 1 :: width], [*tabs[width::width], len(words)], strict=False):
        if (gap := words.find(" ", cell, following)) >= 0:
            yield gap


def _in_parts(line: str) -> str:
    """`line` with line ends between its parts; behind the head of a table a number is a part, no marker."""
    head = _TABLE_HEAD.search(line)
    table = head.start() if head else len(line)

    def parted(gap: re.Match[str]) -> str:
        is_number = gap.start() > table and _NUMBER_CELL.search(line, max(0, gap.start() - 5), gap.start())
        return gap.group() if _joins(line, gap) and not is_number else "\n" * len(gap.group())

    return _GAP.sub(parted, line)


def _joins(line: str, gap: re.Match[str]) -> bool:
    """Whether a blank stands behind a marker or inside a number, not between two parts."""
    if line[gap.start() - 1] in ENDS:
        return False
    before = line[max(0, gap.start() - 10) : gap.start()]
    if _MARKER_END.search(before) or _FIGURE.match(line, gap.end()):
        return True
    return before[-1:].isdigit() or bool(_SPACED_NUMBER.match(line, gap.start(), gap.end() + 8))


def located(document: Document, view: View, text: str) -> Document:
    """`document` with its spans, and the words that it quotes, where they stand in `text`, of which `view` is the tidy view."""
    if view.is_whole and view.is_as(text):
        return document

    def quoted(span: Span) -> tuple[Span, str]:
        there = view.span(span)
        return there, there.of(text)

    principles = (quoted(p.span) for p in document.principles)
    assignments = ((a, *quoted(a.span)) for a in document.assignments)
    deadlines = ((d, *quoted(d.span)) for d in document.deadlines)
    return replace(
        document,
        span=view.span(document.span),
        principles=tuple(Principle(words, span) for span, words in principles),
        tasks=tuple(task._replace(span=view.span(task.span)) for task in document.tasks),
        assignments=tuple(
            a._replace(span=span, surface=words, clause=view.span(a.clause) if a.clause else None)
            for a, span, words in assignments
        ),
        deadlines=tuple(d._replace(span=span, surface=words) for d, span, words in deadlines),
        citations=tuple(c._replace(span=view.span(c.span)) for c in document.citations),
        residue=tuple([Residue(r.kind, *quoted(r.span), r.reason) for r in document.residue]),
    )
