"""The ledger, 责任清单: a workbook that goes to a meeting as it is, printed on A4."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

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
    read,
    read_at,
    short,
    spooled,
)
from exports.table import Row, Table
from exports.xlsx import fitting, width, workbook
from kg.words.zh import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE: Final = "责任清单"

MOST_SHEETS: Final = 100
"""Units with a sheet of their own, those with most tasks; a workbook with more is of no use, and each is an open file."""

MOST_BARS: Final = 20
"""Units in the chart."""

_HIGHEST: Final = 409.0
"""Points that a row can be high."""

_RAGGED: Final = 1.1
"""How much longer words become by breaking: a line is not filled to its end where a number or a mark may not stand there."""

_ALL: Final = "任务总表"
_SUMMARY: Final = "汇总"
_NAME: Final = 31  # units of UTF-16 in a sheet's name, which holds none of []:*?/\ and neither begins nor ends with '


def write_ledger(table: Table, out: BinaryIO) -> None:
    """The rows of the query `ledger` as a workbook: all tasks, a summary with a chart, and a sheet for each unit, or for the
    one that was asked for. The order of the rows is kept; units are sorted by how much they lead, then by id.

    Rows go to a temporary file first: which units there are, and in which order, is known when the last was read.
    """
    with TemporaryFile() as spool, workbook(out) as book:
        units = spooled(table, spool)
        title = asked_for(table, units) + TITLE
        _Book(book, title, several_places=units.several_places).write(spool, units.in_order(table.parameters.get("agency")))


@dataclass(frozen=True, slots=True)
class _Column:
    """`width` in characters of the standard font, of which a Chinese one takes two; its heading is the word for `name`."""

    name: str
    width: float
    style: str = "text"
    where: str = "column"
    mark: str = ""

    @property
    def heading(self) -> str:
        return word(self.where, self.name) + self.mark


_ROW: Final = _Column("row", 6, "centre", "ledger")
_PLACE: Final = _Column("place", 9, "centre")
_TASK: Final = (_Column("task_number", 8, "centre"), _Column("task", 34))
_ROLE: Final = _Column("role", 7, "centre")
_UNITS: Final = (_Column("leads", 26), _Column("participants", 26))
_REST: Final = (_Column("deadlines", 18), _Column("evidence", 48, "small", "ledger"), _Column("basis", 11, "centre"))
_COUNTS: Final = (
    _Column("agency", 36),
    *(_Column(role, 11, "number", "role") for role in ROLES),
    _Column("total", 11, "number", "ledger"),
    *(_Column(basis, 11, "number", "basis", "\n（另计）") for basis in BASES[1:]),
)

_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "heading": {"bold": True, "align": "center", "bg_color": "#D9E2F3"},
    "text": {"indent": 1},
    "small": {"indent": 1, "font_size": 9},
    "centre": {"align": "center"},
    "number": {"align": "center", "num_format": "0"},
    "note": {"border": 0, "font_size": 9, "text_wrap": False, "font_color": "#595959"},
}
"""What each style adds to the common one."""

_APART: Final = {"italic": True, "font_color": "#7F3F00", "bg_color": "#FFF7E6"}
"""What sets a row apart: no clause names its units, or its unit is many named as one."""

_COMMON: Final = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}


class _Book:
    """The workbook while it is written."""

    def __init__(self, book: Workbook, title: str, *, several_places: bool) -> None:
        self._book = book
        self._title = title
        self._styles = {name: book.add_format({**_COMMON, **more}) for name, more in _STYLES.items()}
        self._apart = {name: book.add_format({**_COMMON, **more, **_APART}) for name, more in _STYLES.items()}
        self._place = (_PLACE,) if several_places else ()
        self._names: set[str] = {"history"}  # a name that Excel keeps for itself
        book.set_properties({"title": title})

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
        sheet = self._sheet(_ALL, self._title, columns)
        count = 0
        for count, row in enumerate(rows, 1):
            assigned = assigned_in(row)
            everyone = [given for of_role in assigned.values() for given in of_role]
            units = ["、".join(map(named, of_role)) for of_role in assigned.values()]
            cells: list[str | int] = [count, *self._first(row), *units, due(row), evidence(row, everyone), bases(everyone)]
            apart = bool(everyone) and all(given["basis"] != "clause" for given in everyone)
            self._row(sheet, count, columns, cells, apart=apart)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def _unit(self, unit: Unit, rows: Iterable[Row]) -> None:
        columns = (_ROW, *self._place, *_TASK, _ROLE, *_UNITS, *_REST)
        sheet = self._sheet(unit.shown, f"{unit.shown}　{TITLE}", columns)
        count = 0
        for row in rows:
            assigned = assigned_in(row)
            units = ["、".join(map(named, of_role)) for of_role in assigned.values()]
            for role, of_role in assigned.items():
                own = [given for given in of_role if given["agency_id"] == unit.id]
                if own:
                    count += 1
                    cells: list[str | int] = [
                        count,
                        *self._first(row),
                        word("role", role),
                        *units,
                        due(row),
                        evidence(row, own),
                        bases(own),
                    ]
                    self._row(sheet, count, columns, cells, apart=own[0]["basis"] != "clause")
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def _summary(self, units: Sequence[Unit], left_out: int) -> None:
        columns = (_ROW, *_COUNTS)
        sheet = self._sheet(_SUMMARY, f"{self._title}　{_SUMMARY}", columns)
        for at, unit in enumerate(units, 1):
            counts = [unit.leads, unit.shares, unit.leads + unit.shares, *(unit.known_by(basis) for basis in BASES[1:])]
            self._row(sheet, at, columns, [at, unit.shown, *counts], apart=unit.collective)
        sheet.autofilter(0, 0, max(len(units), 1), len(columns) - 1)
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
        for at, note in enumerate(notes, len(units) + 2):
            sheet.write_string(at, 1, note, self._styles["note"])

    def _chart(self, sheet: Worksheet, bars: int, column: int) -> None:
        """Beside the table; the units that lead most stand first in it."""
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for at, colour in ((2, "#2F5597"), (3, "#A9C1E8")):
            chart.add_series(
                {
                    "name": [_SUMMARY, 0, at],
                    "categories": [_SUMMARY, 1, 1, bars, 1],
                    "values": [_SUMMARY, 1, at, bars, at],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": f"各单位任务数（前{bars}）", "name_font": {"size": 12}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})  # the first at the top
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 130 + 26 * bars})
        sheet.insert_chart(0, column, chart, {"x_offset": 8, "y_offset": 4})

    def _first(self, row: Row) -> list[str]:
        place = [row["place"] or ""] if self._place else []
        return [*place, row["task_number"] or "", short(row["task"] or row["quote"] or "")]

    def _sheet(self, name: str, title: str, columns: Sequence[_Column]) -> Worksheet:
        sheet = self._book.add_worksheet(self._sheet_name(name))
        sheet.set_row(0, _height(columns, [column.heading + "▼" for column in columns]))  # the filter's button takes room
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.heading, self._styles["heading"])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.center_horizontally()
        sheet.set_header(f'&C&14&"黑体,Regular"{_in_header(title)}', {"margin": 0.3})
        sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.3})
        return sheet

    def _sheet_name(self, name: str) -> str:
        """`name` as a sheet may be called, once in the workbook."""
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ") or "_"
        for number in range(1, len(self._names) + 2):
            end = f"~{number}" if number > 1 else ""
            cut = clean.encode("utf-16-le")[: 2 * (_NAME - len(end))].decode("utf-16-le", errors="ignore").rstrip("'") + end
            if cut.lower() not in self._names:
                break
        self._names.add(cut.lower())
        return cut

    def _row(self, sheet: Worksheet, at: int, columns: Sequence[_Column], cells: Sequence[str | int], *, apart: bool) -> None:
        sheet.set_row(at, _height(columns, cells))
        for number, (column, value) in enumerate(zip(columns, cells, strict=True)):
            style = (self._apart if apart else self._styles)[column.style]
            if isinstance(value, int):
                sheet.write_number(at, number, value, style)
            elif not value:
                sheet.write_blank(at, number, None, style)
            else:
                sheet.write_string(at, number, fitting(value), style)


def _height(columns: Sequence[_Column], cells: Sequence[str | int]) -> float:
    """Points that the row needs: programs do not agree on whether to find out for themselves."""
    heights: list[float] = []
    for column, value in zip(columns, cells, strict=True):
        size = float(_STYLES[column.style].get("font_size", _COMMON["font_size"]))
        room = column.width * 5.25 - 12  # points: a character of the standard font is 7 pixels wide; margins and indent
        lines = sum(max(1, math.ceil(width(line) * size / 2 * _RAGGED / room)) for line in str(value).split("\n"))
        heights.append(lines * size * 1.35 + 6)
    return min(_HIGHEST, max(heights))


def _in_header(title: str) -> str:
    """A print header is at most 255 characters with its codes, and & begins a code."""
    return (title if len(title) <= 60 else title[:59] + "…").replace("&", "&&")
