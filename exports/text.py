"""Tables as text: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import codecs
import json
from dataclasses import asdict
from typing import BinaryIO

from exports.headings import heading
from exports.said import said
from exports.table import Table
from kg.ask import tables
from kg.ask.signature import Column


def write_csv(table: Table, out: BinaryIO) -> None:
    """UTF-8 with a BOM; kg.ask.tables.write_csv says what the cells hold. In Chinese the headings and cells are those of a
    workbook."""
    text = codecs.getwriter("utf-8")(out)
    if not table.chinese:
        tables.write_csv([column.name for column in table.columns], table, text)
        return
    columns = [(heading(column), column) for column in table.columns]
    rows = ({head: _in_words(c, row[c.name]) for head, c in columns} for row in table)
    tables.write_csv([head for head, _ in columns], rows, text)


def _in_words(column: Column, value: object) -> object:
    """A cell in words, a number as it is: no formula begins with the sign before it."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else said(column.name, column.type, value)


def write_json(table: Table, out: BinaryIO) -> None:
    """One object: query, parameters, what the ids in them are called, columns, rows (an object each), truncated, the total
    where that is all, and how much is reviewed."""
    names = [column.name for column in table.columns]
    head = {"query": table.name, "parameters": dict(table.parameters)}
    head |= {"named": dict(table.named)} if table.named else {}
    head |= {"columns": names}
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode())
    separator = b', "rows": [\n'
    for row in table:
        out.write(separator + json.dumps({name: row[name] for name in names}, ensure_ascii=False).encode())
        separator = b",\n"
    opening = b"" if table.count else b', "rows": ['
    last: dict[str, object] = {"truncated": table.truncated, "total": None if table.truncated else table.count}
    if share := table.reviewed:
        last["reviewed"] = asdict(share)
    out.write(opening + b"], " + json.dumps(last)[1:].encode() + b"\n")
