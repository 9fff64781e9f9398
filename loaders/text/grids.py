"""The cells of tables that stand in plain text: lines parted by tabs, rules or wide blanks, and text that has lost its
ruling, with one cell a line or cells parted by single blanks. What its columns hold heads.py says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.text.cells import names_units
from loaders.text.heads import ANSWERS, HEAD_NUMBER, LONGEST_HEAD, MOST_COLUMNS, Kind, columns_of, head_words
from loaders.text.items import MARKER, row_value

if TYPE_CHECKING:
    from collections.abc import Iterator

# The second line of a head that is printed on two. 例 完成|时限 · 牵头|单位
HEAD_TAIL = re.compile(r"(?:单位|部门|时限|时间|任务|内容|举措|措施|范围|安排|要求|号|位)$")
# What parts the cells of a line, in the text itself: a tab, a rule, wide blanks.
CELL_BREAK = (re.compile(r"\t"), re.compile(r"[|｜]"), re.compile(r"[ \u3000\xa0]{2,200}"))
# 例 | :--- | --- |
RULE_CELL = re.compile(r":?-{1,200}:?")
# 例 - 5 - at the foot of a page
PAGE_LINE = re.compile(r"- {0,4}\d{1,4} {0,4}-")
SENTENCE_MARK = re.compile(r"[,。;:]")
# A cell of a head with one a line, or a heading between rows without a number, but not the title above: 任务分工表
SHORT_CELL = re.compile(r"[^\d,。;:]{2,8}(?<!表)(?<!清单)(?<!台账)(?<!方案)(?<!附件)")

Row = list[Span]

EMPTY = Span(0, 0)
GROUP = 60  # code points of the longest heading between rows
_WORDY = frozenset({"task", "other"})
_MAY_BE_EMPTY: tuple[frozenset[Kind], ...] = (frozenset(), frozenset({"other"}), frozenset({"other", "support"}))
"""Columns that leave no word where they are empty: none, remarks, at most units that take part."""
_ROW_LINE = 20_000  # code points of the longest line that is a row
_ROW_LINES = 20  # lines over which the cells of one row may run
_COUNTED = 3  # places where the next number may stand that are tried
_WORDS = 60  # cells and parts of cells of the longest row of a table without ruling
_DUE = 40  # code points of the longest cell that may be a deadline in a table without ruling


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` below a head; all are as wide as `kinds`. A heading between them is one cell repeated."""

    span: Span
    head: Row
    kinds: list[Kind]
    rows: list[Row]


@dataclass(slots=True)
class Page:
    """Lines of a text, with their outer blanks (a tab at the end is an empty cell), in which a table may stand."""

    text: str
    plain: str
    lines: list[Span]


def _trimmed(plain: str, start: int, end: int) -> Span:
    words = plain[start:end]
    begin = start + len(words) - len(words.lstrip(" \t|｜"))
    return Span(begin, max(begin, start + len(words.rstrip(" \t|｜"))))


# ---- cells parted by tabs, rules or wide blanks ---------------------------------------------------------------------


def ruled(page: Page, n: int) -> Grid | None:
    """The grid whose head is line `n`, None where that is no head."""
    for mark in CELL_BREAK:
        head = cells_of(page, page.lines[n], mark)
        kinds = columns_of([head_words(page.plain, cell) for cell in head]) if len(head) <= MOST_COLUMNS else None
        if kinds:
            rows, stop = _ruled_rows(page, n + 1, mark, head, kinds)
            span = Span(_trimmed(page.plain, *page.lines[n]).start, _trimmed(page.plain, *page.lines[stop - 1]).end)
            return Grid(span, head, kinds, rows)
    return None


def cells_of(page: Page, line: Span, mark: re.Pattern[str]) -> Row:
    """The cells of a line; a rule before the first and behind the last one is no cell."""
    cells: Row = []
    begin = line.start
    if line.end - line.start <= _ROW_LINE:
        for gap in mark.finditer(page.text, *line):
            cells.append(_trimmed(page.plain, begin, gap.start()))
            begin = gap.end()
    cells.append(_trimmed(page.plain, begin, line.end))
    if cells[0].start == cells[0].end and page.text[line.start : line.end].lstrip().startswith(("|", "｜")):
        del cells[0]
        if len(cells) > 1 and cells[-1].start == cells[-1].end:
            del cells[-1]
    return cells


def _ruled_rows(page: Page, n: int, mark: re.Pattern[str], head: Row, kinds: list[Kind]) -> tuple[list[Row], int]:
    """Rows from line `n` on below `head`, and the line behind the last of them."""
    rows: list[Row] = []
    width, stop = len(kinds), n
    while n < len(page.lines):
        cells = cells_of(page, page.lines[n], mark)
        after = n + 1
        if 1 < len(cells) < width:
            cells, after = _joined(page, n, cells, mark, kinds)
        if len(cells) == 1:
            below = [cells_of(page, line, mark) for line in page.lines[after : after + 2]]
            if not any(len(row) > max(1, width // 2) for row in below) or any(_is_other_head(page, row, head) for row in below):
                break  # no heading between rows: the table has ended
            cells = cells * width
        if len(cells) != width and not rows:
            break
        if len(cells) == width and not _is_rule(page, cells):
            rows.append(cells)
        n = stop = after
    return rows, stop


def _is_other_head(page: Page, row: Row, head: Row) -> bool:
    """Whether a row is the head of another table than the one below `head`."""
    words, above = ([head_words(page.plain, cell) for cell in cells] for cells in (row, head))
    return words != above and columns_of(words) is not None


def _is_rule(page: Page, cells: Row) -> bool:
    """例 | --- | :-: |, and a page number between rows."""
    rule = all(RULE_CELL.fullmatch(page.plain, *cell) for cell in cells)
    return rule or (len(set(cells)) == 1 and bool(PAGE_LINE.fullmatch(page.plain, *cells[0])))


def _joined(page: Page, n: int, cells: Row, mark: re.Pattern[str], kinds: list[Kind]) -> tuple[Row, int]:
    """A row whose cells run over several lines, and the line behind it. One that stays short has lost its last cells, which
    were empty: what stands under 责任单位 is kept only if it is a list of units."""
    joined = list(cells)
    for after, line in enumerate(page.lines[n + 1 : n + _ROW_LINES], n + 2):
        more = cells_of(page, line, mark)
        begins = len(more) > 1 and row_value(more[0].of(page.plain)) is not None
        if begins or len(joined) + len(more) - 1 > len(kinds):
            break
        joined[-1:] = [Span(joined[-1].start, more[0].end), *more[1:]]
        if len(joined) == len(kinds):
            return joined, after
    padded = cells + [EMPTY] * (len(kinds) - len(cells))
    sure = (kind not in ANSWERS or names_units(page.plain, cell) for cell, kind in zip(padded, kinds, strict=True))
    return [cell if keep else EMPTY for cell, keep in zip(padded, sure, strict=True)], n + 1


# ---- one cell a line, or cells parted by single blanks --------------------------------------------------------------


def unruled(page: Page, n: int) -> Grid | None:
    """The grid whose head begins with 序号 on line `n`, or ends there without it; None where that is no head."""
    head, body, by_line = _head(page, n)
    kinds = columns_of([head_words(page.plain, cell) for cell in head]) if 2 < len(head) <= MOST_COLUMNS else None
    if not kinds and (head := _unnumbered_head(page, n)):
        kinds, by_line = columns_of(["序号", *(head_words(page.plain, cell) for cell in head[1:])]), True
    if not kinds or kinds[0] != "number" or not ANSWERS.intersection(kinds):
        return None
    printed = [head_words(page.plain, line) for line in page.lines[n:body]]
    rows = list(_Unruled(page, printed, body, by_line, kinds[1:]).rows())
    end = max((cell.end for row in rows for cell in row), default=head[-1].end)
    return Grid(Span(head[0].start, end), head, kinds, rows)


def _head(page: Page, n: int) -> tuple[Row, int, bool]:
    """The cells of the head, the line behind it, and whether the table has one cell a line."""
    line = _trimmed(page.plain, *page.lines[n])
    if not HEAD_NUMBER.search(head_words(page.plain, line)):
        return _parted(page.plain, line), n + 1, False
    head: Row = []
    for at, raw in enumerate(page.lines[n : n + 2 * MOST_COLUMNS], n):
        cell = _trimmed(page.plain, *raw)
        name = head_words(page.plain, cell)
        if row_value(name) is not None or MARKER.match(page.plain, *cell):
            return head, at, True
        if len(name) > LONGEST_HEAD:
            break
        if head and HEAD_TAIL.fullmatch(name) and not HEAD_TAIL.search(head_words(page.plain, head[-1])):
            head[-1] = Span(head[-1].start, cell.end)  # 完成|时限 on two lines
        else:
            head.append(cell)
    return [], n + 1, True


def _unnumbered_head(page: Page, n: int) -> Row:
    """The cells of a head with one a line, the last of them line `n`, whose first cell is left empty; [] where the number one
    does not follow. 例 服务对象|服务内容|责任部门"""
    below = [page.lines[at].of(page.plain).strip() for at in range(n + 1, min(n + 3, len(page.lines)))]
    if "1" not in below:
        return []
    head: Row = []
    for line in page.lines[n : max(0, n - MOST_COLUMNS) : -1]:
        cell = _trimmed(page.plain, *line)
        if not SHORT_CELL.fullmatch(page.plain, *cell):
            break
        head.insert(0, cell)
    return [Span(head[0].start, head[0].start), *head] if head else []


def _parted(plain: str, line: Span) -> Row:
    """The words of a line that blanks part."""
    words: Row = []
    at = line.start
    for word in plain[line.start : line.end].split():
        at = plain.index(word, at)
        words.append(Span(at, at + len(word)))
        at += len(word)
    return words


@dataclass(frozen=True, slots=True)
class _Word:
    """A cell or a part of one; `value` is what it counts if it may be the number of a row."""

    span: Span
    value: int | None


@dataclass(slots=True)
class _Unruled:
    """A table without ruling. Its rows are known by their numbers, which count on, its cells by the columns `kinds` behind
    the number: what stands under 责任单位 reads as units, and what reads so stands there or opens a text."""

    page: Page
    head: list[str]  # its lines, without blanks
    next: int  # the line that is read next
    by_line: bool
    kinds: list[Kind]
    known: dict[Span, bool] = field(default_factory=dict)  # whether a word names units

    def rows(self) -> Iterator[Row]:
        """Rows with the headings between them."""
        last = 0
        words = self._more([])
        while words:
            begin = next((at for at, word in enumerate(words) if (word.value or 0) > last), len(words))
            above = words[:begin]
            if begin == len(words) or not (all(map(self._is_group, above)) or (len(above) == 1 and self._may_head(above[0]))):
                return
            row, after = self._row(words[begin:])
            if row is None:
                return
            yield from ([word.span] * (len(self.kinds) + 1) for word in words[:begin])
            yield row
            last = words[begin].value or last
            words = self._more(words[begin + after :])

    def _more(self, words: list[_Word]) -> list[_Word]:
        """`words` and those of the next lines, as many as a row may have."""
        page = self.page
        while self.next < len(page.lines) and len(words) < _WORDS:
            line = _trimmed(page.plain, *page.lines[self.next])
            if self._is_head(self.next):
                self.next += len(self.head)
                continue
            if line.end - line.start > _ROW_LINE:
                break
            parts = [line] if self.by_line else _parted(page.plain, line)
            for at, part in enumerate(parts if not PAGE_LINE.fullmatch(page.plain, *line) else ()):
                if words and self._goes_on(words[-1].span, part):
                    words[-1] = _Word(Span(words[-1].span.start, part.end), None)
                else:
                    words.append(_Word(part, None if at else row_value(part.of(page.plain))))
            self.next += 1
        return words

    def _is_head(self, n: int) -> bool:
        """Whether the head stands again at line `n`, at the top of a page."""
        lines = self.page.lines[n : n + len(self.head)]
        same = (head_words(self.page.plain, line) == words for line, words in zip(lines, self.head, strict=False))
        return len(lines) == len(self.head) and all(same)

    def _goes_on(self, word: Span, part: Span) -> bool:
        """Whether `part` goes on with the word above: behind a 、, or inside a bracket. 例 科技金融创新方面(共|5|项)"""
        plain = self.page.plain
        end = plain[max(word.start, word.end - GROUP) : word.end]
        inside = end.count("(") > end.count(")") and plain.find(")", part.start, part.start + GROUP) >= 0
        return inside or end.endswith("、")

    def _is_group(self, word: _Word) -> bool:
        """例 一、知识产权保护方面(共5项)"""
        marker = MARKER.match(self.page.plain, *word.span)
        return word.span.end - word.span.start <= GROUP and bool(marker and marker.lastgroup in ("cn", "pcn", "chapter"))

    def _parts(self, cells: list[_Word], at: int) -> bool:
        """Whether the word at `at` is a heading right above a number. 例 学有所教|3"""
        return at + 1 < len(cells) and cells[at + 1].value is not None and self._may_head(cells[at])

    def _may_head(self, word: _Word) -> bool:
        """Whether it may be a heading without a number: below 责任部门, the last column, short, and no units."""
        short = self.by_line and self.kinds[-1] in ANSWERS and SHORT_CELL.fullmatch(self.page.plain, *word.span)
        return bool(short) and not self._names_units(word)

    def _row(self, words: list[_Word]) -> tuple[Row | None, int]:
        """The row that begins at words[0], its number, and how many words it has: up to the next number at which every
        column is filled, or some at most that may be empty. A row that cannot be read keeps its words, but no clause."""
        number = words[0].value or 0
        counted = [at for at, word in enumerate(words[1:]) if word.value == number + 1][:_COUNTED]
        cells = words[1 : counted[-1] + 2] if counted else words[1:]
        filled = [self._filled(cells, empty) for empty in _MAY_BE_EMPTY]
        groups = [at for at, word in enumerate(cells) if filled[-1][at] and (self._is_group(word) or self._parts(cells, at))]
        stops = {at: next((g for g in groups if g < at), at) for at, word in enumerate(cells) if word.value}
        later = [at for at in stops if (cells[at].value or 0) > number + 1]
        for empty, full in zip(_MAY_BE_EMPTY, filled, strict=True):
            ends = [stops[at] for at in (counted or (() if empty else later)) if full[stops[at]]]
            if ends:
                return [words[0].span, *self._assigned(cells[: ends[0]], empty)], ends[0] + 1
        if counted and counted[0]:
            whole = Span(cells[0].span.start, cells[counted[0] - 1].span.end)
            text = next((n for n, kind in enumerate(self.kinds) if kind in _WORDY), 0)
            return [words[0].span, *(whole if n == text else EMPTY for n in range(len(self.kinds)))], counted[0] + 1
        for empty, full in zip(_MAY_BE_EMPTY[:2], filled, strict=False):  # the last row
            ends = [at for at in range(1, len(cells) + 1) if full[at]]
            if ends:
                return [words[0].span, *self._assigned(cells[: ends[0]], empty)], ends[0] + 1
        return None, 0

    # Words fill the columns in order, each at least with one: states[i] holds the columns in which word i may stand.

    def _filled(self, cells: list[_Word], empty: frozenset[Kind]) -> list[bool]:
        """For each number of `cells` whether that many may fill the columns."""
        states = self._states(cells, empty)
        return [False, *(any(self._may_end(at, empty) for at in state) for state in states)]

    def _states(self, cells: list[_Word], empty: frozenset[Kind]) -> list[set[int]]:
        states: list[set[int]] = []
        following = {at: list(self._next(at, empty)) for at in range(-1, len(self.kinds))}
        before = {-1}
        for word in cells:
            units = bool(before) and self._names_units(word)
            before = {at for old in before for at in following[old] if self._fits(word, units, old, at)}
            states.append(before)
        return states

    def _names_units(self, word: _Word) -> bool:
        if word.span not in self.known:
            self.known[word.span] = names_units(self.page.plain, word.span)
        return self.known[word.span]

    def _next(self, at: int, empty: frozenset[Kind]) -> Iterator[int]:
        if at >= 0:
            yield at
        for following in range(at + 1, len(self.kinds)):
            yield following
            if self.kinds[following] not in empty:
                return

    def _fits(self, word: _Word, units: bool, old: int, at: int) -> bool:
        kind = self.kinds[at]
        if kind in ANSWERS:
            return units
        if kind == "due":
            return old != at and word.span.end - word.span.start <= _DUE
        if kind == "other" and old >= 0 and self._is_group(word):
            return False
        return not units or (kind == "task" and old != at)

    def _may_end(self, at: int, empty: frozenset[Kind]) -> bool:
        return all(kind in empty for kind in self.kinds[at + 1 :])

    def _assigned(self, cells: list[_Word], empty: frozenset[Kind]) -> Row:
        """The cell of each column; under 责任单位 and 时限 only what can stand nowhere else."""
        states = self._states(cells, empty)
        after = {at for at in states[-1] if self._may_end(at, empty)}
        possible = [after]
        for n in range(len(cells) - 1, 0, -1):
            units = self._names_units(cells[n])
            after = {
                old
                for old in states[n - 1]
                for at in self._next(old, empty)
                if at in after and self._fits(cells[n], units, old, at)
            }
            possible.append(after)
        possible.reverse()
        row = [EMPTY] * len(self.kinds)
        unsure = {at for state in possible if len(state) > 1 for at in state if self.kinds[at] not in _WORDY}
        title = True  # 技术股与现金股|结合机制 goes on until a sentence begins
        for word, state in zip(cells, possible, strict=True):
            title = title and not SENTENCE_MARK.search(self.page.plain, *word.span)
            at = min(state) if title else max(state)
            if at not in unsure:
                row[at] = Span(row[at].start if row[at] != EMPTY else word.span.start, word.span.end)
        return row
