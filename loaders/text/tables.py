"""Tables of tasks: 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限. A row is a task, a cell under 牵头单位 a clause.

They come marked by the file itself (html, docx, pdf, md) or as lines of text (grids.py). A table is known by its
head; one whose head speaks of no tasks (statistics, fees, contacts) is none of ours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from kg.model import Span
from loaders.facts.clauses import Clause
from loaders.facts.deadlines import Time
from loaders.text.cells import clause_in
from loaders.text.grids import CELL_BREAK, GROUP, Page, Row, ruled
from loaders.text.heads import ANSWERS, HEAD_OF_ASSESSMENT, LONGEST_HEAD, Kind, columns_of, head_words
from loaders.text.items import MARKER, row_value
from loaders.text.lines import whole_lines_of
from loaders.text.ragged import by_agency, ragged
from loaders.text.unruled import unruled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Source

# Where a table in text may begin, at the end of a cell: 例 序号 · 责任单位 · 牵头部门
# (It opens with one set of characters, which is found far faster than a choice of words.)
TABLE_CUE = re.compile(r"[序编单部科处] {0,4}[号位门室](?=[ |｜\n]|\Z)")

_Fact = TypeVar("_Fact", Clause, Time)

_HEAD_LINE = 400  # code points of the longest line that is the head of a table
_HEAD_ROWS = 6  # rows among which the head is looked for: titles stand above it
_DIFFERENT = 0.8  # share of the tasks whose titles must differ
_PAGE_BREAK = 60  # code points between two parts of a table, such as a page number
_FIGURE = re.compile(r"\s*\d{1,4}(?:[.]\d{1,2})?[分%]?\s*")  # what the rows under a heading count together
_TOTAL = re.compile("(?:总|合|小|共)[分计]")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task. `number` is as printed, "" without a 序号; `cells` are those in its span; `headings` are the group rows above
    it and the merged cells that it shares with other tasks, outermost first; `due` the cells under 完成时限. A merged cell
    is a clause of every row that it covers."""

    number: str
    span: Span
    title: Span
    cells: tuple[Span, ...]
    headings: tuple[Span, ...]
    clauses: tuple[Clause, ...]
    due: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks with its head."""

    span: Span
    head: Span
    rows: tuple[TaskRow, ...]


@dataclass(slots=True)
class _Task:
    """Rows of a grid that are one task, before its cells are read."""

    headings: tuple[Span, ...]
    rows: list[Row] = field(default_factory=list)

    def cells(self, kinds: Sequence[Kind], *wanted: str) -> list[Span]:
        """The cells in the columns of the `wanted` kinds, each once, without empty ones."""
        cells = (cell for row in self.rows for cell, kind in zip(row, kinds, strict=True) if kind in wanted)
        return [cell for cell in dict.fromkeys(cells) if cell.start < cell.end]


def find_tables(source: Source, plain: str) -> list[TaskTable]:
    """The tables of tasks in `source`, in order; `plain` is the plain view of its text."""
    return sorted([*_marked(source, plain), *_in_text(source, plain)], key=lambda table: table.span)


@lru_cache(maxsize=1)  # which keeps the text, too
def _cues(plain: str) -> tuple[tuple[int, int], ...]:
    """Where tables may begin in a text."""
    return tuple(cue.span() for cue in TABLE_CUE.finditer(plain))


def unread_heads(source: Source, plain: str, tables: Sequence[TaskTable]) -> list[Span]:
    """Heads of tables that look like those of tasks and gave no rows, in order."""
    heads = [head for table in source.tables if (head := _marked_head(plain, table.rows[:_HEAD_ROWS]))]
    for start, end in _cues(plain):
        begin = plain.rfind("\n", max(0, start - _HEAD_LINE), start) + 1
        stop = plain.find("\n", end, end + _HEAD_LINE)
        line = Span(begin, stop if stop >= 0 else min(len(plain), end + _HEAD_LINE))
        if begin and not (heads and heads[-1] == line) and _is_head(line.of(source.text)):
            heads.append(line)
    read = [table.span for table in tables]
    unread: list[Span] = []
    for head in sorted(heads):
        n = bisect_right(read, head.start, key=lambda span: span.start)
        if not (unread and head.start < unread[-1].end) and not (n and head.start < read[n - 1].end):
            unread.append(head)
    return unread


def _marked_head(plain: str, rows: Sequence[Sequence[Span]]) -> Span | None:
    for row in rows:
        cells = [cell for cell in row if cell.start < cell.end]
        if len(set(cells)) > 1 and columns_of([head_words(plain, cell) for cell in row]):
            return Span(min(cell.start for cell in cells), max(cell.end for cell in cells))
    return None


def _is_head(line: str) -> bool:
    """Whether the cells of a line, however they are parted, are the head of a table of tasks."""
    parted = ([cell.strip() for cell in mark.split(line) if cell.strip()] for mark in CELL_BREAK)
    return any(columns_of(cells) for cells in parted if len(cells) > 1)


def outside(tables: Sequence[TaskTable], facts: Iterable[_Fact]) -> Iterator[_Fact]:
    """Those of `facts` that do not begin in the head of one of `tables` or in a cell that is read as a whole."""
    if not tables:
        yield from facts
        return
    rows = [row for table in tables for row in table.rows]
    clauses = {clause.span for row in rows for clause in row.clauses}
    spans = sorted(clauses.union((cell for row in rows for cell in row.due), (table.head for table in tables)))
    for fact in facts:
        n = bisect_right(spans, fact.span.start, key=lambda span: span.start)
        if not n or fact.span.start >= spans[n - 1].end:
            yield fact


# ---- tables that the file marks -------------------------------------------------------------------------------------


def _marked(source: Source, plain: str) -> Iterator[TaskTable]:
    above: TaskTable | None = None
    kinds: list[Kind] = []
    for table in source.tables:
        grid = [list(row) for row in table.rows if row]
        if not grid or len({len(row) for row in grid}) > 1 or (above and table.span.start < above.span.end):
            continue
        first, columns = _head(plain, grid) or (0, kinds if above and _is_next_page(plain, grid, kinds, above) else [])
        rows = tuple(_read_grid(plain, grid[first:], columns, grid[:first])) if columns else ()
        if rows:
            head_end = max((cell.end for row in grid[:first] for cell in row), default=table.span.start)
            above, kinds = TaskTable(table.span, Span(table.span.start, head_end), rows), columns
            yield above


def _head(plain: str, grid: list[Row]) -> tuple[int, list[Kind]] | None:
    """The first row below the head, which may be printed on two rows (责任分工 above 牵头单位 | 配合单位), and the columns."""
    for n, row in enumerate(grid[:_HEAD_ROWS]):
        below = grid[n + 1] if n + 1 < len(grid) else None
        if below and any(a == b and a.start < a.end for a, b in zip(row, below, strict=True)):
            kinds = _numbered(plain, grid[n + 2 :], [head_words(plain, cell) for cell in below])
            if kinds and all(cell.end - cell.start <= LONGEST_HEAD for cell in row) and len(set(row)) > 1:
                return n + 2, kinds
        if len(set(row)) > 1 and (kinds := _numbered(plain, grid[n + 1 :], [head_words(plain, cell) for cell in row])):
            return n + 1, kinds
    return None


def _numbered(plain: str, body: list[Row], heads: list[str]) -> list[Kind] | None:
    """The columns under `heads`; the first one may hold the numbers though its head is left empty."""
    if not heads[0] and body and all(row_value(row[0].of(plain)) is not None for row in body if row[0].start < row[0].end):
        heads = ["序号", *heads[1:]]
    return columns_of(heads)


def _is_next_page(plain: str, grid: list[Row], kinds: list[Kind], above: TaskTable) -> bool:
    """Whether a table without a head is the next page of the one above it: as wide, near, and counting on."""
    start = grid[0][0].start
    if len(grid[0]) != len(kinds) or "number" not in kinds or len(plain[above.span.end : start].strip()) > _PAGE_BREAK:
        return False
    first, last = row_value(grid[0][kinds.index("number")].of(plain)), row_value(above.rows[-1].number)
    return last is not None and first in (last, last + 1)


# ---- tables in lines of text ----------------------------------------------------------------------------------------


def _in_text(source: Source, plain: str) -> Iterator[TaskTable]:
    """Tables in the text, outside those that the file marks."""
    marked = iter(sorted(table.span for table in source.tables))
    wall = next(marked, None)
    page: Page | None = None
    reached = 0
    for start, _ in _cues(plain):
        while wall and wall.end <= start:
            wall = next(marked, None)
        if start < reached or (wall and wall.start <= start):
            continue
        page = page or Page(source.text, plain, whole_lines_of(plain))
        n = bisect_right(page.lines, start, key=lambda line: line.start) - 1
        reached = page.lines[n].end
        if page.lines[n].end - page.lines[n].start > _HEAD_LINE:
            continue
        for layout in (ruled, unruled):
            grid = layout(page, n)
            if grid is None or (wall and grid.span.end > wall.start):
                continue
            reached = max(reached, grid.span.end)
            if rows := tuple(_read_grid(plain, grid.rows, grid.kinds, [grid.head])):
                yield TaskTable(grid.span, Span(grid.span.start, grid.head[-1].end), rows)
                break
        else:
            if table := _ragged(page, n):
                reached = max(reached, table.span.end)
                yield table


def _ragged(page: Page, n: int) -> TaskTable | None:
    """A table of an assessment, whose rows are of no one width."""
    rows = ragged(page, n) if HEAD_OF_ASSESSMENT.search(page.lines[n].of(page.plain)) else []
    if not rows:
        return None
    arranged = by_agency(page.plain, rows)
    read = []
    for row in rows:
        unit = row.unit(page.plain) if arranged else None
        clauses = (Clause(Span(unit.start, unit.end), ((unit, "LEADS"),), False, False, (), "table-agency"),) if unit else ()
        read.append(TaskRow(str(row.number), row.span, row.title(page.plain), tuple(row.cells), (), clauses, ()))
    head = page.lines[n]
    return TaskTable(Span(head.start, rows[-1].span.end), head, tuple(read))


# ---- from a grid to tasks -------------------------------------------------------------------------------------------


def _read_grid(plain: str, body: list[Row], kinds: Sequence[Kind], head: list[Row]) -> Iterator[TaskRow]:
    """The rows that are tasks. A row that shares the number of the one above it, or has none, goes on with its task."""
    counted = _counted(plain, body, kinds)
    tasks = list(_tasks(plain, body, kinds, counted, {tuple(cell.of(plain) for cell in row) for row in head}))
    spread = Counter(words for task in tasks for words in {cell.of(plain) for cell in task.cells(kinds, "task", "other")})
    title_at = _title_column(plain, tasks, kinds)
    clauses: dict[tuple[Span, Kind], Clause | None] = {}
    seen: set[Span] = set()
    above: dict[str, Span] = {}  # the headings of the task above by their words, which may be printed again in each row
    reached = 0
    for task in tasks:
        cells = dict.fromkeys(cell for row in task.rows for cell in row if cell.start < cell.end)
        own = [cell for cell in cells if cell not in seen]
        seen.update(own)
        number = next((cell for cell in task.cells(kinds, "number") if cell in own), None)
        opened = MARKER.match(plain, *task.rows[0][counted]) if counted is not None and "number" not in kinds else None
        number = Span(*opened.span()) if opened else number
        start = number.start if number else min((cell.start for cell in own), default=0)
        if not own or start < reached:
            continue
        reached = max(cell.end for cell in own)
        left = [cell for cell in task.rows[0][:title_at] if cell in task.cells(kinds, "task", "other")]
        title = task.rows[0][title_at]
        if title.start == title.end:
            title = left.pop() if left else own[-1]
        title = Span(number.end, title.end) if opened and number and number.start == title.start else title
        shared = [cell for cell in left if spread[cell.of(plain)] > 1 or cell in task.cells(kinds, "task")]
        above = {cell.of(plain): above.get(cell.of(plain), cell) for cell in shared}
        yield TaskRow(
            number=number.of(plain).strip() if number else "",
            span=Span(start, reached),
            title=title,
            cells=tuple(own),
            headings=(*task.headings, *above.values()),
            clauses=tuple(_clauses(plain, task, kinds, clauses)),
            due=tuple(task.cells(kinds, "due")),
        )


def _title_column(plain: str, tasks: list[_Task], kinds: Sequence[Kind]) -> int:
    """The first column headed 任务 whose words differ from task to task; one whose words do not holds headings."""
    headed = [n for n, kind in enumerate(kinds) if kind == "task"] or [n for n, kind in enumerate(kinds) if kind == "other"]
    different = {n: len({task.rows[0][n].of(plain) for task in tasks}) for n in headed}
    return next((n for n in headed if different[n] >= _DIFFERENT * len(tasks)), max(headed, key=lambda n: different[n]))


def _tasks(
    plain: str, body: list[Row], kinds: Sequence[Kind], counted: int | None, head: set[tuple[str, ...]]
) -> Iterator[_Task]:
    """Rows grouped into tasks, by the column that is `counted`; a row merged into one cell is a heading of those below it."""
    headings: list[tuple[str, Span]] = []
    task: _Task | None = None
    at_number = kinds.index("number") if "number" in kinds else None
    for row in body:
        cells = [cell for cell in dict.fromkeys(row) if cell.start < cell.end]
        if not cells or tuple(cell.of(plain) for cell in row) in head:
            continue
        if heading := _group(plain, row, cells, kinds):
            style = _style(plain, heading)
            depth = next((d for d, (other, _) in enumerate(headings) if other == style), len(headings))
            headings[depth:] = [(style, heading)]
            if task:
                yield task
            task = None
            continue
        if _TOTAL.fullmatch(cells[0].of(plain).strip()):
            continue
        if task and _same_task(task.rows[-1], row, kinds, counted):
            task.rows.append(row)
            continue
        if at_number is not None and row[at_number].start < row[at_number].end:
            if row_value(row[at_number].of(plain)) is None:
                continue  # 合计, 注:…
        elif len(cells) == 1:
            continue
        if task:
            yield task
        task = _Task(tuple(span for _, span in headings), [row])
    if task:
        yield task


def _counted(plain: str, body: list[Row], kinds: Sequence[Kind]) -> int | None:
    """The column of 序号; else one before the last of words whose cells count their tasks. 例 1.做好规划配套"""
    if "number" in kinds:
        return kinds.index("number")
    words = [n for n, kind in enumerate(kinds) if kind in ("task", "other")]
    for n in words[:-1]:
        cells = [cell for cell in dict.fromkeys(row[n] for row in body if len(set(row)) > 1) if cell.start < cell.end]
        numbers = [int(m["num"]) for cell in cells if (m := MARKER.match(plain, *cell)) and m.lastgroup == "num"]
        if len(cells) > 1 and numbers == [*range(1, len(cells) + 1)]:
            return n
    return None


def _group(plain: str, row: list[Span], cells: list[Span], kinds: Sequence[Kind]) -> Span | None:
    """The heading that a row is: one cell merged over the others or alone among empty ones, or 一 | 知识产权保护 | 30."""
    figures = all(_FIGURE.fullmatch(plain, *cell) for cell in cells[2:])
    if len(cells) > 1 and figures and kinds[0] == "number" and row[0] == cells[0] and not _answers(row, kinds):
        styled = MARKER.match(f"{cells[0].of(plain)}、")
        return cells[1] if styled and styled.lastgroup == "cn" and ANSWERS.intersection(kinds) else None
    words = cells[0].of(plain).strip()
    merged = row.count(cells[0]) == len(row)
    if len(cells) > 1 or not (merged or row[0] == cells[0]) or row_value(words) is not None:
        return None
    return cells[0] if len(words) <= GROUP and words[-1] not in "。;:" else None


def _answers(row: list[Span], kinds: Sequence[Kind]) -> bool:
    return any(cell.start < cell.end for cell, kind in zip(row, kinds, strict=True) if kind in ANSWERS)


def _same_task(above: list[Span], row: list[Span], kinds: Sequence[Kind], at_number: int | None) -> bool:
    if at_number is not None:
        return row[at_number] == above[at_number] or row[at_number].start == row[at_number].end
    tasks = [n for n, kind in enumerate(kinds) if kind == "task"]
    return bool(tasks) and all(row[n] == above[n] and row[n].start < row[n].end for n in tasks)


def _style(plain: str, heading: Span) -> str:
    marker = MARKER.match(plain, *heading)
    return (marker and marker.lastgroup) or ""


def _clauses(plain: str, task: _Task, kinds: Sequence[Kind], known: dict[tuple[Span, Kind], Clause | None]) -> Iterator[Clause]:
    for kind in dict.fromkeys(kind for kind in kinds if kind in ANSWERS):
        for cell in task.cells(kinds, kind):
            if (cell, kind) not in known:
                known[cell, kind] = clause_in(plain, cell, kind)
            if clause := known[cell, kind]:
                yield clause
