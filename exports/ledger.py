"""The ledger, 责任清单: a workbook that goes to a meeting as it is, printed on A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from exports import form
from exports.ledger_rows import (
    BASES,
    ROLES,
    Unit,
    asked_for,
    assigned_in,
    bases,
    due,
    evidence,
    named,
    of_checked,
    read,
    read_at,
    short,
    spooled,
)
from exports.sheet import HEAD, Cell, Column, Sheets
from exports.table import Row, Table
from exports.xlsx import workbook
from kg.words.zh import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_SHEETS: Final = 100
"""Units with a sheet of their own, those with most tasks; a workbook with more is of no use, and each is an open file."""

MOST_BARS: Final = 20
"""Units in the chart."""

_ALL: Final = "任务总表"
_SUMMARY: Final = "汇总"


def write_ledger(table: Table, out: BinaryIO) -> None:
    """The rows of the query `ledger` as a workbook: all tasks, a summary with a chart, and a sheet for each unit, or for the
    one that was asked for. The order of the rows is kept; units are sorted by how much they lead, then by id.

    Rows go to a temporary file first: which units there are, and in which order, is known when the last was read.
    """
    with TemporaryFile() as spool, workbook(out) as book:
        units = spooled(table, spool)
        title = table.title = asked_for(table.parameters, table.named, units.places) + word("query", table.name)
        title += of_checked(table.count, units.checked, truncated=table.truncated)
        agency = table.parameters.get("agency")
        _Book(book, title, several_places=units.several_places, agency=agency).write(spool, units.in_order(agency))


_ROW: Final = Column("row", 6, "centre", "ledger")
_PLACE: Final = Column("place", 9, "centre")
_TASK: Final = (Column("task_number", 8, "centre"), Column("task", 30))
_ROLE: Final = Column("role", 7, "centre")
_UNITS: Final = (Column("leads", 20), Column("participants", 22))
_REST: Final = (Column("deadlines", 16), Column("evidence", 40, "small", "ledger"), Column("basis", 9, "centre"), *form.COLUMNS)
_COUNTS: Final = (
    Column("agency", 36),
    *(Column(role, 11, "number", "role") for role in ROLES),
    Column("total", 11, "number", "ledger"),
    *(Column(basis, 11, "number", "basis", "\n（另计）") for basis in BASES[1:]),
)


class _Book:
    """The workbook while it is written. `agency`: the one that was asked for, which fills in all of it."""

    def __init__(self, book: Workbook, title: str, *, several_places: bool, agency: str | None) -> None:
        self._book = book
        self._title = title
        self._sheets = Sheets(book, title)
        self._place = (_PLACE,) if several_places else ()
        self._agency = agency

    def write(self, spool: IO[bytes], units: Sequence[Unit]) -> None:
        """All sheets, in the order in which they stand."""
        self._all_tasks(read(spool))
        with_sheet = sorted(units, key=lambda unit: -len(unit.rows))[:MOST_SHEETS]
        shown = {unit.id for unit in with_sheet}
        self._summary(units, len(units) - len(shown))
        for unit in units:
            if unit.id in shown:
                self._unit(unit, read_at(spool, unit.rows))

    def _all_tasks(self, rows: Iterable[Row]) -> None:
        columns = (_ROW, *self._place, *_TASK, *_UNITS, *_REST)
        sheet = self._sheets.add(_ALL, self._title, columns)
        count = 0
        for count, row in enumerate(rows, 1):
            assigned = assigned_in(row)
            everyone = [given for of_role in assigned.values() for given in of_role]
            units = ["、".join(map(named, of_role)) for of_role in assigned.values()]
            cells: list[Cell] = [count, *self._first(row), *units, due(row), evidence(row, everyone), bases(everyone)]
            cells += form.cells(row, self._agency)
            apart = bool(everyone) and all(given["basis"] != "clause" for given in everyone)
            self._sheets.row(sheet, count, columns, cells, apart=apart)
        self._sheets.finish(sheet, columns, count)
        form.offer(sheet, columns, count)

    def _unit(self, unit: Unit, rows: Iterable[Row]) -> None:
        columns = (_ROW, *self._place, *_TASK, _ROLE, *_UNITS, *_REST)
        sheet = self._sheets.add(unit.shown, f"{unit.shown}　{word('query', 'ledger')}", columns)
        count = 0
        for row in rows:
            assigned = assigned_in(row)
            units = ["、".join(map(named, of_role)) for of_role in assigned.values()]
            for role, of_role in assigned.items():
                own = [given for given in of_role if given["agency_id"] == unit.id]
                if own:
                    count += 1
                    cells: list[Cell] = [
                        count,
                        *self._first(row),
                        word("role", role),
                        *units,
                        due(row),
                        evidence(row, own),
                        bases(own),
                        *form.cells(row, unit.id),
                    ]
                    self._sheets.row(sheet, count, columns, cells, apart=own[0]["basis"] != "clause")
        self._sheets.finish(sheet, columns, count)
        form.offer(sheet, columns, count)

    def _summary(self, units: Sequence[Unit], left_out: int) -> None:
        columns = (_ROW, *_COUNTS)
        sheet = self._sheets.add(_SUMMARY, f"{self._title}　{_SUMMARY}", columns)
        for at, unit in enumerate(units, 1):
            counts = [unit.leads, unit.shares, unit.leads + unit.shares, *(unit.known_by(basis) for basis in BASES[1:])]
            self._sheets.row(sheet, at, columns, [at, unit.shown, *counts], apart=unit.collective)
        self._sheets.finish(sheet, columns, len(units))
        clause, *others = (word("basis", basis) for basis in BASES)
        counted = "、".join(column.heading for column in _COUNTS[1:4])
        total, collective = word("ledger", "total"), word("column", "collective")
        notes = [
            f"{counted}按{clause}计算，每项任务只计一次；{'、'.join(others)}另计，不并入{total}。",
            f"“{collective}”指各县区、各有关部门等多个单位的合称，不分摊到各单位。",
            *([f"任务较少的{left_out}个单位没有单列工作表，见{_ALL}。"] if left_out else []),
        ]
        single = sum(not unit.collective and unit.leads + unit.shares > 0 for unit in units)
        if single:
            self._chart(sheet, min(single, MOST_BARS), len(columns) + 1)
        for at, note in enumerate(notes, len(units) + HEAD + 2):
            sheet.write_string(at, 1, note, self._sheets.styles["note"])

    def _chart(self, sheet: Worksheet, bars: int, column: int) -> None:
        """Beside the table; the units that lead most stand first in it."""
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for at, colour in ((2, "#2F5597"), (3, "#A9C1E8")):
            chart.add_series(
                {
                    "name": [_SUMMARY, HEAD, at],
                    "categories": [_SUMMARY, HEAD + 1, 1, HEAD + bars, 1],
                    "values": [_SUMMARY, HEAD + 1, at, HEAD + bars, at],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": f"各单位任务数（前{bars}）", "name_font": {"size": 12}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})  # the first at the top
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 130 + 26 * bars})
        sheet.insert_chart(HEAD, column, chart, {"x_offset": 8, "y_offset": 4})

    def _first(self, row: Row) -> list[str]:
        place = [row["place"] or ""] if self._place else []
        return [*place, row["task_number"] or "", short(row["task"] or row["quote"] or "")]
