"""Rows that are known by their numbers, which count on, in a table that has lost its ruling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.lexicon.predicates import ADVERBS, VERBS
from loaders.names.parts import LIST_START
from loaders.names.shape import COUNT, SURE_UNIT
from loaders.text.cells import CELL_NONE, NAME_GOES_ON, names_units
from loaders.text.grids import EMPTY, GROUP, PAGE_LINE, ROW_LINE, SENTENCE_MARK, Page, Row, trimmed
from loaders.text.heads import ANSWERS, Kind, head_words
from loaders.text.items import MARKER, row_value

if TYPE_CHECKING:
    from collections.abc import Iterator

DUE = 40  # code points of the longest cell that may be a deadline in a table without ruling
# The number of a heading, alone in its cell.
_BARE = re.compile(r"\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、?")
_WORK = re.compile(f"(?:{ADVERBS}){{0,2}}{VERBS}")

_WORDY = frozenset({"task", "other"})
_MAY_BE_EMPTY: tuple[frozenset[Kind], ...] = (frozenset(), frozenset({"other"}), frozenset({"other", "support"}))
"""Columns that leave no word where they are empty: none, remarks, at most units that take part."""
_COUNTED = 3  # places where the next number may stand that are tried
_WORDS = 60  # cells and parts of cells of the longest row of a table without ruling
_CELL_LINES = 14  # lines of the longest list of units in a narrow column
_NARROW = 16  # code points of its lines


def is_group(plain: str, cell: Span) -> bool:
    """Whether it is a heading between rows. 例 一、知识产权保护方面(共5项)"""
    marker = MARKER.match(plain, *cell)
    return cell.end - cell.start <= GROUP and bool(marker and marker.lastgroup in ("cn", "pcn", "chapter"))


def are_together(plain: str, above: Span, below: Span) -> bool:
    """Whether no empty line parts them: where empty lines part the cells, they are lines of one."""
    return plain.count("\n", above.end, below.start) < 2


def parted_by_blanks(plain: str, line: Span) -> Row:
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
class Counted:
    """A table without ruling. Its rows are known by their numbers, which count on, its cells by the columns `kinds` behind
    the number: what stands under 责任单位 reads as units, and what reads so stands there or opens a text."""

    page: Page
    head: list[str]  # its lines, without blanks
    next: int  # the line that is read next
    by_line: bool
    kinds: list[Kind]
    group: re.Pattern[str]  # what may be a heading between rows, or a cell that several share, without a number
    parted: bool = False  # whether empty lines part the cells
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
            parts = [line] if self.by_line else parted_by_blanks(page.plain, line)
            for at, part in enumerate(parts if not PAGE_LINE.fullmatch(page.plain, *line) else ()):
                of_cell = words and self.parted and words[-1].value is None and are_together(page.plain, words[-1].span, part)
                if words and (of_cell or self._goes_on(words[-1].span, part)):
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
            begins = at == n and self._names_units(word) and LIST_START.match(self.page.plain, *word.span)
            if begins and not self._names_units(first) and "、" not in first.span.of(self.page.plain):
                return 0  # 某区法治建设规划|区司法局
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
        return is_group(self.page.plain, word.span)

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
        if counted and (sharing := self._of_one_width(words[0].span, cells[: stops[counted[0]]])):
            return sharing, stops[counted[0]] + 1
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
        row, of_row = self._last(cells, filled)
        return ([[words[0].span, *row]], of_row + 1) if row else ([], 0)

    def _last(self, cells: list[_Word], filled: list[list[bool]]) -> tuple[Row, int]:
        """The row at the beginning of `cells`, behind which no number follows, and how many of them it has; `filled` tells how
        many it may have, for each of _MAY_BE_EMPTY."""
        for width in (len(self.kinds), len(self.kinds) - 1):
            if row := self._by_position(cells[:width]):
                return row, width
        for empty, full in zip(_MAY_BE_EMPTY[:2], filled, strict=False):
            if end := next((at for at in range(1, len(cells) + 1) if full[at]), 0):
                return self._assigned(cells[:end], empty), end
        return [], 0

    def _sharing(self, number: Span, cells: list[_Word]) -> list[Row]:
        """The rows of `cells` that share a `number`, and perhaps the cells behind it; none where they are not such rows."""
        rows: list[Row] = []
        shared = 0  # columns
        first = next((n for n, kind in enumerate(self.kinds) if kind in ANSWERS), 0)
        own_words = max((n for n, kind in enumerate(self.kinds[:first]) if kind in _WORDY), default=0)
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
            shared = own_words
        return rows

    def _of_one_width(self, number: Span, cells: list[_Word]) -> list[Row]:
        """The same where all rows have as many cells, beside those shared with the first, and remarks perhaps have none; units
        stand under 责任单位 alone."""
        first = next((n for n, kind in enumerate(self.kinds) if kind in ANSWERS), 0)
        remarks = self.kinds[-1] == "other"
        spans = [word.span for word in cells]
        for width, shared in product(range(len(self.kinds), len(self.kinds) - 1 - remarks, -1), range(1, first)):
            own = width - shared  # cells of each row below the first
            if len(cells) <= width or (len(cells) - width) % own:
                continue
            below = [[EMPTY] * shared + spans[at : at + own] for at in range(width, len(cells), own)]
            rows = [spans[:width], *below]
            if all(map(self._answers_alone, rows)):
                numbers, left_out = [number, *[EMPTY] * len(below)], [EMPTY] * (len(self.kinds) - width)
                return [[its, *row, *left_out] for its, row in zip(numbers, rows, strict=True)]
        return []

    def _answers_alone(self, row: Row) -> bool:
        """Whether what names units in `row`, its number left out, stands under 责任单位 and the like, and they hold no more."""
        cells = [(cell, kind) for cell, kind in zip(row, self.kinds, strict=False) if cell != EMPTY and kind != "due"]
        return all(self._names_units(_Word(cell, None)) == (kind in ANSWERS) for cell, kind in cells)

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
            return units or bool(COUNT.match(self.page.plain, *word.span))  # 13个街道、镇
        if kind == "due":
            none = CELL_NONE.fullmatch(self.page.plain, *word.span)
            return old != at and word.span.end - word.span.start <= DUE and (not units or none is not None)
        if kind == "other" and old >= 0 and self._is_group(word):
            return False
        return not units or (kind == "task" and old != at)

    def _may_end(self, at: int, empty: frozenset[Kind]) -> bool:
        return all(kind in empty for kind in self.kinds[at + 1 :])

    def _beside_a_lead(self, state: set[int]) -> set[int]:
        """The column of those who take part, of a cell that may stand there or under 牵头单位, which has its one already."""
        first = min(state, default=0)
        beside = state == {first, first + 1} and self.kinds[first : first + 2] == ["lead", "support"]
        return {first + 1} if beside else state

    def _by_position(self, cells: list[_Word]) -> Row:
        """The row of `cells` that are as many as the columns, or leave out remarks alone, and may stand there."""
        remarks = self.kinds[-1] == "other" and len(cells) == len(self.kinds) - 1
        if not (remarks or len(cells) == len(self.kinds)) or not all(map(self._may_stand, cells, self.kinds)):
            return []
        return [*(word.span for word in cells), *[EMPTY] * remarks]

    def _may_stand(self, word: _Word, kind: Kind) -> bool:
        """Whether a word may be the whole of a cell: of units under 责任单位, elsewhere of none that is beyond doubt."""
        words = word.span.of(self.page.plain)
        sure = SURE_UNIT.search(words) and not words.endswith("级")
        return self._names_units(word) if kind in ANSWERS else not (sure and self._names_units(word))

    def _assigned(self, cells: list[_Word], empty: frozenset[Kind]) -> Row:
        """The cell of each column; under 责任单位 and 时限 only what can stand nowhere else."""
        if row := self._by_position(cells):
            return row
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
        possible = [self._beside_a_lead(state) for state in possible]
        row = [EMPTY] * len(self.kinds)
        unsure = {at for state in possible if len(state) > 1 for at in state if self.kinds[at] not in _WORDY}
        title = True  # 技术股与现金股|结合机制 goes on until a sentence begins
        for word, state in zip(cells, possible, strict=True):
            title = title and not SENTENCE_MARK.search(self.page.plain, *word.span)
            title = title and not (self.parted and row[min(state)] != EMPTY)
            at = min(state) if title else max(state)
            if at not in unsure:
                row[at] = Span(row[at].start if row[at] != EMPTY else word.span.start, word.span.end)
        return row
