"""Tables in text that has lost its ruling: one cell a line, or cells parted by single blanks. counted.py reads those whose rows
have numbers."""

from __future__ import annotations

import re
from itertools import islice, pairwise, repeat
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.text.cells import names_units
from loaders.text.counted import DUE, Counted, are_together, is_group, parted_by_blanks
from loaders.text.grids import EMPTY, HEAD_TAIL, ROW_LINE, ROW_LINES, Grid, Page, Row, trimmed
from loaders.text.heads import ANSWERS, HEAD_NUMBER, LONGEST_HEAD, MOST_COLUMNS, Kind, columns_of, head_words, kind_of
from loaders.text.items import MARKER, row_value

if TYPE_CHECKING:
    from collections.abc import Iterator

# A cell of a head with one a line, or a heading between rows without a number, but not the title above: 任务分工表
SHORT_CELL = re.compile(r"[^\d,。;:]{2,8}(?<!表)(?<!清单)(?<!台账)(?<!方案)(?<!附件)")
# The first cell of a row, before its number, which other rows may share. 例 深化政策解读形式|2
_FIRST_CELL = re.compile(r"[^\d,。;:]{2,24}")
# The end of a cell that a narrow page broke, which by itself would be a head. 例 抽取|日期
_FRAGMENT = re.compile("日期|时间|期限")
_HEAD_BELOW = 4  # lines of a head below the first that is known


def unruled(page: Page, n: int) -> Grid | None:
    """The grid whose head begins with 序号 on line `n`, or holds that line without it; None where that is no head."""
    head, body, by_line = _head(page, n)
    if len(head) > MOST_COLUMNS:
        head = _without_fragments(page.plain, head)
    kinds = columns_of([head_words(page.plain, cell) for cell in head]) if 2 < len(head) <= MOST_COLUMNS else None
    if not kinds:
        return next(filter(None, (_unnumbered(page, n, n + below) for below in reversed(range(_HEAD_BELOW)))), None)
    if kinds[0] != "number" or not ANSWERS.intersection(kinds):
        return None
    return _numbered(page, n, head, body, kinds, by_line=by_line)


def _without_fragments(plain: str, head: Row) -> Row:
    """The first cell alone of those beside each other that tell nothing, where a narrow page broke them: 抽查|比例."""
    names = [head_words(plain, cell) for cell in head]
    kinds = ["other" if _FRAGMENT.fullmatch(name) else kind_of(name) for name in names]
    return [cell for cell, kind, before in zip(head, kinds, ["", *kinds], strict=False) if kind != "other" or before != kind]


def _numbered(
    page: Page, first: int, head: Row, body: int, kinds: list[Kind], *, by_line: bool, group: re.Pattern[str] = SHORT_CELL
) -> Grid:
    printed = [head_words(page.plain, line) for line in page.lines[first:body]]
    rows = list(Counted(page, printed, body, by_line, kinds[1:], group, parted=by_line and _are_parted(page, head)).rows())
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
    by = _rows_by_units if kinds[-1] in (*ANSWERS, "due") else _rows_by_width
    rows = list(by(page.plain, _cells(page, last + 1, head), kinds))
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
        elif not words and is_group(plain, ahead[0]):
            yield [ahead.pop(0)] * len(kinds)
        else:
            words.append(ahead.pop(0))


def _rows_by_width(plain: str, cells: Iterator[Span], kinds: list[Kind]) -> Iterator[Row]:
    """Rows without numbers whose units stand before what they do: each has as many cells as the head, and units in the columns
    of these alone. 例 名称|责任单位|工作任务"""
    while len(row := [*islice(cells, len(kinds))]) == len(kinds):
        if any(
            _may_answer(plain, cell, kind) != (kind in ANSWERS) for cell, kind in zip(row, kinds, strict=True) if kind != "due"
        ):
            return
        yield row


def _cells(page: Page, n: int, head: Row) -> Iterator[Span]:
    """The lines from `n` on, as one where they are of one cell: where a list goes on below 、, and where an empty line parts
    the cells, as it does those of the `head`."""
    parted = _are_parted(page, head)
    cell: Span | None = None
    for at in range(n, len(page.lines)):
        more = trimmed(page.plain, *page.lines[at])
        goes_on = cell and (page.plain[cell.end - 1] == "、" or (parted and are_together(page.plain, cell, more)))
        if cell and goes_on and more.end - cell.start <= ROW_LINE:
            cell = Span(cell.start, more.end)
            continue
        if cell:
            yield cell
        cell = more
    if cell:
        yield cell


def _are_parted(page: Page, head: Row) -> bool:
    """Whether empty lines part the cells."""
    return not any(are_together(page.plain, above, cell) for above, cell in pairwise(head))


def _may_answer(plain: str, cell: Span, kind: Kind) -> bool:
    """Whether a cell may stand in a column of units, or of deadlines."""
    if kind == "due":
        return cell.end - cell.start <= DUE
    return cell.end - cell.start <= ROW_LINE and names_units(plain, cell)


def _head(page: Page, n: int) -> tuple[Row, int, bool]:
    """The cells of the head, the line behind it, and whether the table has one cell a line."""
    line = trimmed(page.plain, *page.lines[n])
    if not HEAD_NUMBER.search(head_words(page.plain, line)):
        return parted_by_blanks(page.plain, line), n + 1, False
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
