"""What a unit fills in on a workbook and sends back: how far a task has come. kg.graph.returned reads it.

A hidden column says which task and unit a row is of, and which report stood there when the workbook was made: so a row that was
filled in while another report came is seen to conflict.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from exports.sheet import HEAD, Cell, Column
from exports.table import Row
from kg.decide.reports import FINISHED, STATES
from kg.words.zh import word

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS: Final = (
    Column("progress", 24, where="form"),
    Column("state", 10, "centre", "form"),
    Column("date", 12, "date", "form"),
    Column("note", 13, "small", "form"),
    Column("key", 10, where="form", hidden=True),
)

_FIRST_DAY: Final = datetime.date(2000, 1, 1)


def cells(row: Row, agency: str | None = None) -> list[Cell]:
    """What stands in COLUMNS for a row with `task_id`, `leads`, `participants` and `reports`: what `agency` has reported last,
    or else who leads the task first, or what is reported of a task without a unit. Nothing where there is no task."""
    unit = agency or next((given["agency_id"] for role in ("leads", "participants") for given in row[role]), "")
    if not row["task_id"]:
        return [""] * len(COLUMNS)
    held = next((report for report in row["reports"] if (report["agency_id"] or "") == unit), None)
    key = json.dumps([row["task_id"], unit, held["report_id"] if held else ""], ensure_ascii=False)
    if not held:
        return ["", "", "", "", key]
    day = datetime.date.fromisoformat(held["reported_on"]) if held["state"] in FINISHED else ""
    return [held["progress"] or "", word("state", held["state"]), day, held["evidence"] or "", key]


def offer(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    """Lets a reader choose the state of the rows of a sheet from a list, and take only a day for a day."""
    if rows == 0:
        return
    at = {column.name: n for n, column in enumerate(columns) if column.where == "form"}
    below = (HEAD + 1, at["state"], HEAD + rows, at["state"])
    sheet.data_validation(*below, {"validate": "list", "source": [word("state", state) for state in STATES]})
    day = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_message": word("form", "no day")}
    sheet.data_validation(HEAD + 1, at["date"], HEAD + rows, at["date"], day)
