"""The deadline board, 督办清单: a workbook that goes to the units, who fill in how far they have come and send it back."""

from __future__ import annotations

import calendar
import datetime
import json
from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final

from exports import form
from exports.ledger_rows import asked_for, evidence, of_checked, read_at, short, title_of
from exports.sheet import Cell, Column, Sheets
from exports.table import Row, Table
from exports.xlsx import workbook
from kg.words.zh import word

_OF_ONE: Final = (Column("task_number", 7, "centre"), Column("task", 28))
_OF_SEVERAL: Final = (Column("number", 16, "small", "board"), Column("task", 25))
"""The number of a task, in one document or beside which it is of: alone it would read as that of one list."""

_REST: Final = (
    Column("leads", 16),
    Column("participants", 18),
    Column("deadlines", 13, "centre"),
    Column("light", 10, "centre"),
    Column("evidence", 34, "small", "ledger"),
    *form.COLUMNS,
)


def write_board(table: Table, out: BinaryIO) -> None:
    """The rows of the query `deadline-board` as a workbook of one sheet, a row a task, in their order. Its title
    says what was asked for."""
    with TemporaryFile() as spool, workbook(out) as book:
        places: dict[str, str] = {}
        documents = set()
        tasks: dict[str, list[int]] = {}  # where in the spool the rows of each begin: a task with two time limits has two
        checked = set()
        for row in table:
            tasks.setdefault(row["task_id"] or row["deadline_id"], []).append(spool.tell())
            spool.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            checked |= {row["task_id"] or row["deadline_id"]} if row["review"] == "checked" else set()
            documents.add(row["document_id"])
            if row["place_code"]:
                places[row["place_code"]] = row["place"]
        name = asked_for(table.parameters, table.named, places) + (called := word("query", table.name))
        narrowed = _narrowed(table.parameters)
        table.title = "-".join([name, *narrowed])
        title = name + (f"（{'、'.join(narrowed)}）" if narrowed else "") + of_checked(len(tasks), len(checked))
        sheets = Sheets(book, title)
        several = len(documents) > 1
        columns = (Column("row", 5, "centre", "ledger"), *(_OF_SEVERAL if several else _OF_ONE), *_REST)
        sheet = sheets.add(called, title, columns)
        for at, offsets in enumerate(tasks.values(), 1):
            rows = [*read_at(spool, offsets)]
            sheets.row(sheet, at, columns, _cells(at, rows, table.parameters.get("agency"), several=several))
        sheets.finish(sheet, columns, len(tasks))
        form.offer(sheet, columns, len(tasks))


def _cells(at: int, rows: Sequence[Row], agency: str | None, *, several: bool) -> list[Cell]:
    """`rows`: the time limits of one task, which is filled in once. `several`: whether others are of other documents."""
    row = rows[0]
    due = "\n".join(dict.fromkeys(map(_due, rows)))
    lights = "\n".join(dict.fromkeys(word("light", one["light"]) for one in rows))
    units = ["、".join(dict.fromkeys(given["agency"] for given in row[role])) for role in ("leads", "participants")]
    named = [*row["leads"], *row["participants"]]
    said = named or [{"clause": row["quote"]}]
    title = row["task"] or (word("board", "whole") if not row["task_id"] else "")
    of = title_of(row["document"] or row["document_id"]) if several else ""
    number = "\n".join(filter(None, (of, row["task_number"])))
    shown = [number, short(title), *units, due, lights, evidence(row, said)]
    return [at, *shown, *form.cells(row, agency)]


def _due(row: Row) -> str:
    """2022-12-31, with the words that say so; of what recurs the next day and how often."""
    day = row["due_on"] or row["next_on"] or ""
    often = word("every", row["every"]) if row["every"] else ""
    inherited = f"（{word('column', 'document_deadlines')}）" if row["inherited"] else ""
    return "\n".join(dict.fromkeys(filter(None, [day, often, f"{row['quote']}{inherited}"])))


def _narrowed(said: Mapping[str, Any]) -> list[str]:
    """What the parameters of the board narrow it to: 2022年12月, 2022年, 2022年3月1日至2022年5月31日; 期限已过."""
    first, last = (datetime.date.fromisoformat(said[name]) if said.get(name) else None for name in ("due_from", "due_to"))
    lights = "、".join(word("light", light) for light in said.get("light") or ())
    return [part for part in (_period(first, last), lights) if part]


def _period(first: datetime.date | None, last: datetime.date | None) -> str:
    if first and last and (first.year, first.day) == (last.year, 1):
        ends = calendar.monthrange(last.year, last.month)[1] == last.day
        if ends and first.month == last.month:
            return f"{first.year}年{first.month}月"
        if ends and (first.month, last.month) == (1, 12):
            return f"{first.year}年"
    begins, ends_on = (f"{day.year}年{day.month}月{day.day}日" if day else "" for day in (first, last))
    return f"{begins}至{ends_on}" if begins and ends_on else f"{begins}起" if begins else f"截至{ends_on}" if ends_on else ""
