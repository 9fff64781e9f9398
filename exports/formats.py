"""The forms that answers can be taken away in: some all, some only those that they are made for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from exports import board, ledger, word
from exports.headings import file_called
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
"""Those of every answer, by name, which is also the ending of a file."""

_WORD: Final[Mapping[str, Format]] = {"ledger": Format(word.MEDIA_TYPE, word.write_ledger)}
"""Queries that Word has a document of."""

MEDIA_TYPES: Final = frozenset(form.media_type for form in (*FORMATS.values(), *_WORD.values()))


def forms(query: str) -> Mapping[str, Format]:
    """The forms of the answer of one query, by name."""
    return {**FORMATS, **({"docx": _WORD[query]} if query in _WORD else {})}


WORKBOOKS: Final[Mapping[str, Write]] = {"ledger": ledger.write_ledger, "deadline-board": board.write_board}
"""Queries whose .xlsx is made to be handed in, rather than a sheet of rows."""


def file_name(table: Table, form: str, given: Mapping[str, object] | None = None) -> str:
    """What the file of a written table is called: by the query, in Chinese, what was asked for (`given`, as said, an id by
    its name) and, as nobody reads headers, whether it is not all."""
    words = zh.table()
    named = [
        words.get(name, {}).get(value, table.named.get(value, value))  # of level=city: 市级
        for name, value in (given or {}).items()
        if isinstance(value, str)
    ]
    # 例 长治市督办清单-2025年12月.xlsx
    said = [table.title] if table.title else [words["query"].get(table.name, table.name), *named]
    parts = [*said, *([f"前{table.count}行"] if table.truncated else [])]
    return file_called("-".join(parts), form)
