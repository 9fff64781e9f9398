"""Tables in text that has lost its ruling: one cell a line, or cells parted by single blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, repeat
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.lexicon.predicates import ADVERBS, VERBS
from loaders.names.parts import LIST_START
from loaders.text.cells import CELL_NONE, NAME_GOES_ON, names_units
from loaders.text.grids import EMPTY, GROUP, HEAD_TAIL, PAGE_LINE, ROW_LINE, ROW_LINES, SENTENCE_MARK, Grid, Page, Row, trimmed
from loaders.text.heads import ANSWERS, HEAD_NUMBER, LONGEST_HEAD, MOST_COLUMNS, Kind, columns_of, head_words
from loaders.text.items import MARKER, row_value

if TYPE_CHECKING:
    from collections.abc import Iterator

# A cell of a head with one a line, or a heading between rows without a number, but not the title above: 任务分工表
SHORT_CELL = re.compile(r"[^\d,。;:]{2,8}(?<!表)(?<!清单)(?<!台账)(?<!方案)(?<!附件)")
# The first cell of a row, before its number, which other rows may share. 例 深化政策解读形式|2
_FIRST_CELL = re.compile(r"[^\d,。;:]{2,24}")

# The number of a heading, alone in its cell.
_BARE = re.compile(r"\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、?")

# Units that are counted, not named, at the end of a list. 例 民政局、残联|,13个街道、镇
_SO_MANY = re.compile(r"(?<=[、,\n])\d{1,3}个[\u4e00-\u9fff]{0,2}(?:[省市县区镇乡]|街道)[\u4e00-\u9fff、]{0,12}\Z")

_WORK = re.compile(f"(?:{ADVERBS}){{0,2}}{VERBS}")
_WORDY = frozenset({"task", "other"})
_MAY_BE_EMPTY: tuple[frozenset[Kind], ...] = (frozenset(), frozenset({"other"}), frozenset({"other", "support"}))
"""Columns that leave no word where they are empty: none, remarks, at most units that take part."""
_COUNTED = 3  # places where the next number may stand that are tried
_WORDS = 60  # cells and parts of cells of the longest row of a table without ruling
_HEAD_BELOW = 4  # lines of a head below the first that is known
_CELL_LINES = 14  # lines of the longest list of units in a narrow column
_NARROW = 16  # code points of its lines
_DUE = 40  # code points of the longest cell that may be a deadline in a table without ruling


def unruled(page: Page, n: int) -> Grid | None:
    """The grid whose head begins with 序号 on line `n`, or holds that line without it; None where that is no head."""
    head, body, by_line = _head(page, n)
    kinds = columns_of([head_words(page.plain, cell) for cell in head]) if 2 < len(head) <= MOST_COLUMNS else None
    if not kinds:
        return next(filter(None, (_unnumbered(page, n, n + below) for below in reversed(range(_HEAD_BELOW)))), None)
    if kinds[0] != "number" or not ANSWERS.intersection(kinds):
        return None
    return _numbered(page, n, head, body, kinds, by_line=by_line)


def _numbered(
    page: Page, first: int, head: Row, body: int, kinds: list[Kind], *, by_line: bool, group: re.Pattern[str] = SHORT_CELL
) -> Grid:
    printed = [head_words(page.plain, line) for line in page.lines[first:body]]
    rows = list(_Unruled(page, printed, body, by_line, kinds[1:], group).rows())
    end = max((cell.end for row in rows for cell in row), default=head[-1].end)
    return Grid(Span(head[0].start, end), head, kinds, rows)


def _unnumbered(page: Page, n: int, last: int) -> Grid | None:
    """The grid whose head has one cell a line, from above line `n` to line `last`, and no 序号, though its rows may have
    numbers. 例 服务对象|服务内容|责任部门"""
    head: Row = []
    for line in reversed(page.lines[max(0, n - MOST_COLUMNS) : last + 1]):
        cell = trimmed(page.plain, *line)
        if not SHORT_CELL.fullmatch(page.plain, *cell):
            break
        head.insert(0, cell)
    names = [head_words(page.plain, cell) for cell in head]
    if last - len(head) >= n or not ANSWERS.intersection(columns_of(names) or ()):
        return None
    below = [page.lines[at].of(page.plain).strip() for at in range(last + 1, min(last + 3, len(page.lines)))]
    if "1" in below:  # behind the first cell of a row, if that is one of several rows
        none = Span(head[0].start, head[0].start)
        first, body = last + 1 - len(head), last + 1
        grids = [
            _numbered(page, first, [none, *head[at:]], body, kinds, by_line=True, group=group)
            for at, group in enumerate((SHORT_CELL, _FIRST_CELL))
            if (kinds := columns_of(["序号", *names[at:]]))
        ]
        return max(grids, key=_answered, default=None)
    kinds = columns_of(names) or []
    rows = list(_rows_by_units(page.plain, _cells(page, last + 1, head), kinds))
    return Grid(Span(head[0].start, rows[-1][-1].end), head, kinds, rows) if len(rows) > 1 else None


def _answered(grid: Grid) -> int:
    """How many of its rows say who answers for them."""
    return sum(any(kind in ANSWERS and cell != EMPTY for kind, cell in zip(grid.kinds, row, strict=True)) for row in grid.rows)


def _rows_by_units(plain: str, cells: Iterator[Span], kinds: list[Kind]) -> Iterator[Row]:
    """Rows without numbers: each ends with the units, and the deadline, in its last columns. 一、政策保障 heads those that
    follow."""
    last = next((at for at, kind in enumerate(kinds) if kind in ANSWERS or kind == "due"), 0)
    if any(kind not in (*ANSWERS, "due") for kind in kinds[last:]):
        return
    words: Row = []
    ahead: Row = []
    while len(words) < ROW_LINES and (ahead := [*ahead, *islice(cells, len(kinds) - last - len(ahead))]):
        if words and len(ahead) == len(kinds) - last and all(map(_may_answer, repeat(plain), ahead, kinds[last:])):
            words = [EMPTY] * (last - len(words)) + words  # the cell that it shares with the row above is left out
            yield [*words[: last - 1], Span(words[last - 1].start, words[-1].end), *ahead]
            words, ahead = [], []
        elif not words and _is_group(plain, ahead[0]):
            yield [ahead.pop(0)] * len(kinds)
        else:
            words.append(ahead.pop(0))


def _cells(page: Page, n: int, head: Row) -> Iterator[Span]:
    """The lines from `n` on, as one where they are of one cell: where a list goes on below 、, and where an empty line parts
    the cells, as it does those of the `head`."""
    parted = min(page.plain.count("\n", above.end, cell.start) for above, cell in pairwise(head)) > 1
    cell: Span | None = None
    for at in range(n, len(page.lines)):
        more = trimmed(page.plain, *page.lines[at])
        goes_on = cell and (page.plain[cell.end - 1] == "、" or (parted and page.plain.count("\n", cell.end, more.start) < 2))
        if cell and goes_on and more.end - cell.start <= ROW_LINE:
            cell = Span(cell.start, more.end)
            continue
        if cell:
            yield cell
        cell = more
    if cell:
        yield cell


def _may_answer(plain: str, cell: Span, kind: Kind) -> bool:
    """Whether a cell may stand in a column of units, or of deadlines."""
    if kind == "due":
        return cell.end - cell.start <= _DUE
    return cell.end - cell.start <= ROW_LINE and names_units(plain, cell)


def _is_group(plain: str, cell: Span) -> bool:
    """例 一、知识产权保护方面(共5项)"""
    marker = MARKER.match(plain, *cell)
    return cell.end - cell.start <= GROUP and bool(marker and marker.lastgroup in ("cn", "pcn", "chapter"))


def _head(page: Page, n: int) -> tuple[Row, int, bool]:
    """The cells of the head, the line behind it, and whether the table has one cell a line."""
    line = trimmed(page.plain, *page.lines[n])
    if not HEAD_NUMBER.search(head_words(page.plain, line)):
        return _parted(page.plain, line), n + 1, False
    head: Row = []
    for at, raw in enumerate(page.lines[n : n + 2 * MOST_COLUMNS], n):
        cell = trimmed(page.plain, *raw)
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
    group: re.Pattern[str]  # what may be a heading between rows, or a cell that several share, without a number
    known: dict[Span, bool] = field(default_factory=dict)  # whether a word names units
    in_figures: bool = False  # whether its rows count 1, 2, 3

    def rows(self) -> Iterator[Row]:
        """Rows with the headings between them."""
        last = 0
        words = self._whole(self._more([]))
        self.in_figures = any(word.value == 1 and word.span.of(self.page.plain).strip().isdigit() for word in words)
        words = self._headed(words)
        while words:
            begin = next((at for at, word in enumerate(words) if (word.value or 0) > last), len(words))
            above = words[:begin]
            if begin == len(words) or not (all(map(self._is_group, above)) or (len(above) == 1 and self._may_head(above[0]))):
                return
            rows, after = self._row(words[begin:])
            if not rows:
                return
            yield from ([word.span] * (len(self.kinds) + 1) for word in words[:begin])
            yield from rows
            last = words[begin].value or last
            words = self._headed(self._whole(self._more(words[begin + after :])))

    def _headed(self, words: list[_Word]) -> list[_Word]:
        """`words` with those made one that are a heading's number and its words, (一)|加强监管, where rows count in figures."""
        if not self.in_figures:
            return words
        headed: list[_Word] = []
        for word in words:
            above = headed[-1] if headed else None
            if above and word.value is None and _BARE.fullmatch(self.page.plain, *above.span):
                headed[-1] = _Word(Span(above.span.start, word.span.end), None)
            else:
                headed.append(_Word(word.span, None) if _BARE.fullmatch(self.page.plain, *word.span) else word)
        return headed

    def _more(self, words: list[_Word]) -> list[_Word]:
        """`words` and those of the next lines, as many as a row may have."""
        page = self.page
        while self.next < len(page.lines) and len(words) < _WORDS:
            line = trimmed(page.plain, *page.lines[self.next])
            if self._is_head(self.next):
                self.next += len(self.head)
                continue
            if line.end - line.start > ROW_LINE:
                break
            parts = [line] if self.by_line else _parted(page.plain, line)
            for at, part in enumerate(parts if not PAGE_LINE.fullmatch(page.plain, *line) else ()):
                if words and self._goes_on(words[-1].span, part):
                    words[-1] = _Word(Span(words[-1].span.start, part.end), None)
                else:
                    words.append(_Word(part, None if at else row_value(part.of(page.plain))))
            self.next += 1
        return words

    def _whole(self, words: list[_Word]) -> list[_Word]:
        """`words` with those made one that a narrow column broke inside a list of units. 例 市住房城乡建|设委、市发展|改革委"""
        whole: list[_Word] = []
        n = 0
        while n < len(words):
            goes_on = bool(whole) and self._lacks_more(whole[-1], words[n])
            first = whole[-1] if goes_on else words[n]
            stop = self._list_end(first, words, n if goes_on else n + 1) if goes_on or self._may_be_broken(words[n]) else n
            if stop > n:
                whole[len(whole) - goes_on :] = [_Word(Span(first.span.start, words[stop - 1].span.end), None)]
            else:
                whole.append(words[n])
            n = max(stop, n + 1)
        return whole

    def _may_be_broken(self, word: _Word) -> bool:
        """Whether a list of units may begin with it that goes on below."""
        if not self.by_line or word.value is not None or self._names_units(word):
            return False
        first = word.span.of(self.page.plain).partition("、")[0]
        opens = LIST_START.match(first) and not _WORK.match(first)  # but not 加强市区两级学校建设
        return bool(opens) or names_units(first, Span(0, len(first)))

    def _lacks_more(self, above: _Word, word: _Word) -> bool:
        """Whether a list goes on below it though it could end there. 例 市政务办、市委|网信办 · 市政务办等|市级有关单位"""
        if not self.by_line or word.value is not None or not self._names_units(above):
            return False
        last = re.split("[、,]", above.span.of(self.page.plain))[-1]
        begins = LIST_START.match(self.page.plain, *word.span) or CELL_NONE.fullmatch(self.page.plain, *word.span)
        goes_on = NAME_GOES_ON.fullmatch(last) and not last.startswith("各") and not begins
        governs = last.startswith("各") and word.span.of(self.page.plain).startswith("人民政府")
        return bool(goes_on) or governs or (last.endswith("等") and self._names_units(word))

    def _list_end(self, first: _Word, words: list[_Word], n: int) -> int:
        """The first of `words` from `n` on behind which what begins with `first` names units, 0 where that does not."""
        for at in range(n, min(n + _CELL_LINES, len(words))):
            word = words[at]
            if word.value is not None or word.span.end - word.span.start > 2 * _NARROW:
                return 0
            if self._names_units(_Word(Span(first.span.start, word.span.end), None)):
                return at + 1
        return 0

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
        return _is_group(self.page.plain, word.span)

    def _parts(self, cells: list[_Word], at: int) -> bool:
        """Whether the word at `at` is a heading right above a number. 例 学有所教|3"""
        return at + 1 < len(cells) and cells[at + 1].value is not None and self._may_head(cells[at])

    def _may_head(self, word: _Word) -> bool:
        """Whether it may be a heading without a number: below 责任部门 or 时限, the last column, short, and no units."""
        short = self.by_line and self.kinds[-1] in (*ANSWERS, "due") and self.group.fullmatch(self.page.plain, *word.span)
        return bool(short) and not self._names_units(word)

    def _row(self, words: list[_Word]) -> tuple[list[Row], int]:
        """The row that begins at words[0], its number, with those that share this, and how many words they have: up to the next
        number at which every column is filled, or some at most that may be empty. A row that cannot be read keeps its words,
        but no clause."""
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
                return [[words[0].span, *self._assigned(cells[: ends[0]], empty)]], ends[0] + 1
        if counted and (sharing := self._sharing(words[0].span, cells[: stops[counted[0]]])):
            return sharing, stops[counted[0]] + 1
        if counted and counted[0]:
            whole = Span(cells[0].span.start, cells[counted[0] - 1].span.end)
            text = next((n for n, kind in enumerate(self.kinds) if kind in _WORDY), 0)
            return [[words[0].span, *(whole if n == text else EMPTY for n in range(len(self.kinds)))]], counted[0] + 1
        for empty, full in zip(_MAY_BE_EMPTY[:2], filled, strict=False):  # the last row
            ends = [at for at in range(1, len(cells) + 1) if full[at]]
            if ends:
                return [[words[0].span, *self._assigned(cells[: ends[0]], empty)]], ends[0] + 1
        return [], 0

    def _sharing(self, number: Span, cells: list[_Word]) -> list[Row]:
        """The rows of `cells` that share a `number`, and perhaps the cells behind it; none where they are not such rows."""
        rows: list[Row] = []
        shared = 0  # columns
        while cells:
            own = replace(self, kinds=self.kinds[shared:])
            full = own._filled(cells, frozenset())
            ends = [
                at for at in range(1, len(cells) + 1) if full[at] and (at == len(cells) or not self._names_units(cells[at]))
            ]
            if not ends:
                return []
            above = [EMPTY] * (shared + 1) if rows else [number]
            rows.append([*above, *own._assigned(cells[: ends[0]], frozenset())])
            cells = cells[ends[0] :]
            shared = max(n for n, kind in enumerate(self.kinds) if kind in _WORDY)
        return rows

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
            return units or bool(_SO_MANY.search(self.page.plain, *word.span))
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
