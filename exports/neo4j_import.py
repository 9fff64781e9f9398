"""The graph as the CSV files that `neo4j-admin database import full` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from kg import schema
from kg.graph.elements import Node, Relationship

_BETWEEN: Final = "\x1f"
"""Stands between the items of a list: the unit separator, which no document needs."""

_OPTIONS: Final = ("--id-type=string", "--multiline-fields=true", "--array-delimiter=U+001F", "--read-buffer-size=64m")
"""How the files are to be read. A buffer must hold the longest text of a source."""

_TYPES: Final = {"integer": ":long", "boolean": ":boolean", "text[]": ":string[]", "integer[]": ":long[]"}


def write_import(nodes: Iterable[Node], relationships: Iterable[Relationship], folder: Path) -> list[str]:
    """Writes a file for each label, and for each type of relationship with the labels of its ends, into `folder`.

    Returns the arguments of the neo4j-admin that makes the database neo4j of them. Elements come in runs of one kind, as
    kg.graph.elements gives them. A list without items is left out: the importer has no word for it. Raises OSError.
    """
    folder = folder.resolve()
    arguments = ["database", "import", "full", "neo4j", *_OPTIONS]
    for label, run in groupby(nodes, key=lambda node: node.label):
        names = next(tuple(n.properties) for n in schema.NODES if n.label == label)
        header = [f"id:ID({label})", *_headers(label, names), ":LABEL"]
        lines = ([n.id, *map(n.properties.get, names), _BETWEEN.join(n.labels)] for n in run)
        file = _write(folder / f"{label}.csv", header, lines)
        arguments.append(f"--nodes={file}")
    for (type_, start, end), joined in groupby(relationships, key=lambda r: (r.type, r.start_label, r.end_label)):
        names = tuple(schema.relationship(type_).properties)
        header = [f":START_ID({start})", f":END_ID({end})", *_headers(type_, names), ":TYPE"]
        lines = ([r.start, r.end, *map(r.properties.get, names), r.type] for r in joined)
        file = _write(folder / f"{start}-{type_}-{end}.csv", header, lines)
        arguments.append(f"--relationships={file}")
    return arguments


def _headers(owner: str, names: Iterable[str]) -> list[str]:
    return [name + _TYPES.get(schema.type_of(owner, name), "") for name in names]


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(header) + "\n")
        file.writelines(",".join(map(_field, line)) + "\n" for line in lines)
    return path


def _field(value: object) -> str:
    """Quoted, so that text without characters is not taken for none."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = _BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'
