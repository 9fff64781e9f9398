"""The forms that every answer can be taken away in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from exports import board, ledger
from exports.parquet import write_parquet
from exports.table import Table
from exports.text import write_csv, write_json
from exports.xlsx import write_xlsx
from kg.words import zh

Write = Callable[[Table, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A media type, and what writes a table in it."""

    media_type: str
    write: Write


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format("text/csv", write_csv),
    "xlsx": Format(_XLSX, lambda table, out: WORKBOOKS.get(table.name, write_xlsx)(table, out)),
    "json": Format("application/json", write_json),
    "parquet": Format("application/vnd.apache.parquet", write_parquet),
}
"""By name, which is also the ending of a file."""

WORKBOOKS: Final[Mapping[str, Write]] = {"ledger": ledger.write_ledger, "deadline-board": board.write_board}
"""Queries whose .xlsx is made to be handed in, rather than a sheet of rows."""


def file_name(table: Table, form: str, given: Mapping[str, object] | None = None) -> str:
    """What the file of a written table is called: by the query, in Chinese, what was asked for (`given`, as said, an id by
    its name) and, as nobody reads headers, whether it is not all."""
    named = [table.named.get(value, value) for value in (given or {}).values() if isinstance(value, str)]
    # 例 长治市督办清单-2025年12月.xlsx
    said = [table.title] if table.title else [zh.table()["query"].get(table.name, table.name), *named]
    parts = [*said, *([f"前{table.count}行"] if table.truncated else [])]
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+', "_", "-".join(parts))[:120] + f".{form}"
