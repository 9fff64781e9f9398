"""Tables as Parquet, typed by the header of their query: dates are dates, lists lists and maps structs."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from exports.table import Table
from kg.ask.signature import Type

ROW_GROUP: Final = 2000
"""Rows written at a time, and so held in memory."""

_SCALARS: Final[dict[str, pa.DataType]] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def write_parquet(table: Table, out: BinaryIO) -> None:
    """One column a column; what it means stands in the field's metadata as `description`, how much is reviewed in the file's as
    `reviewed`, JSON as write_json has it."""
    schema = pa.schema(
        [pa.field(c.name, arrow(c.type), c.type.nullable, metadata={"description": c.describe}) for c in table.columns]
    )
    types = {column.name: column.type for column in table.columns}
    rows = iter(table)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := [{name: _typed(type_, row[name]) for name, type_ in types.items()} for row in islice(rows, ROW_GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
        if share := table.reviewed:
            writer.add_key_value_metadata({"reviewed": json.dumps(asdict(share))})


def arrow(type_: Type) -> pa.DataType:
    """The Arrow type of a column's type."""
    one = _SCALARS.get(type_.name, pa.string())
    if type_.fields:
        one = pa.struct([pa.field(name, arrow(inner), inner.nullable) for name, inner in type_.fields])
    return pa.list_(one) if type_.many else one


def _typed(type_: Type, value: Any) -> Any:  # noqa: ANN401 (whatever a row holds)
    """`value` with its dates, which rows hold as ISO 8601 text, as dates."""
    if value is None:
        return None
    if isinstance(value, list):
        return [_typed(type_, one) for one in value]
    if type_.fields:
        return {name: _typed(inner, value[name]) for name, inner in type_.fields}
    return datetime.date.fromisoformat(value) if type_.name == "date" else value
