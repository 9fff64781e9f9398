"""Tables as text: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import codecs
import json
from typing import BinaryIO

from exports.table import Table
from kg.ask import tables


def write_csv(table: Table, out: BinaryIO) -> None:
    """UTF-8 with a BOM; kg.ask.tables.write_csv says what the cells hold."""
    tables.write_csv([column.name for column in table.columns], table, codecs.getwriter("utf-8")(out))


def write_json(table: Table, out: BinaryIO) -> None:
    """One object: query, parameters, columns, rows (an object each), truncated, and the total where that is all."""
    names = [column.name for column in table.columns]
    head = {"query": table.name, "parameters": dict(table.parameters), "columns": names}
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode())
    separator = b', "rows": [\n'
    for row in table:
        out.write(separator + json.dumps({name: row[name] for name in names}, ensure_ascii=False).encode())
        separator = b",\n"
    opening = b"" if table.count else b', "rows": ['
    total = None if table.truncated else table.count
    out.write(opening + b"], " + json.dumps({"truncated": table.truncated, "total": total})[1:].encode() + b"\n")
