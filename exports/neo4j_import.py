"""The graph as the CSV files that `neo4j-admin database import full` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from kg import schema
from kg.graph.elements import Node, Relationship

_BETWEEN: Final = "\x1f"
"""Stands between the items of a list: the unit separator, which no document needs."""

_OPTIONS: Final = ("--id-type=string", "--multiline-fields=true", "--array-delimiter=U+001F", "--read-buffer-size=64m")
"""How the files are to be read. A buffer must hold the longest text of a source."""

_TYPES: Final = {"integer": ":long", "boolean": ":boolean", "text[]": ":string[]", "integer[]": ":long[]"}


class ImportFiles:
    """A file in `folder` for each label, and for each type of relationship with the labels of its ends; elements may come in
    any order. Close it, or use it in a with statement. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._files: dict[tuple[str, ...], TextIO] = {}

    def node(self, node: Node) -> None:
        names = next(tuple(n.properties) for n in schema.NODES if n.label == node.label)
        header = [f"id:ID({node.label})", *_headers(node.label, names), ":LABEL"]
        self._write((node.label,), header, [node.id, *map(node.properties.get, names), _BETWEEN.join(node.labels)])

    def relationship(self, joined: Relationship) -> None:
        start, type_, end = joined.start_label, joined.type, joined.end_label
        names = tuple(schema.relationship(type_).properties)
        header = [f":START_ID({start})", f":END_ID({end})", *_headers(type_, names), ":TYPE"]
        self._write((start, type_, end), header, [joined.start, joined.end, *map(joined.properties.get, names), type_])

    def _write(self, kind: tuple[str, ...], header: Sequence[str], line: Iterable[object]) -> None:
        if kind not in self._files:
            self._files[kind] = (self._folder / f"{'-'.join(kind)}.csv").open("w", encoding="utf-8", newline="")
            self._files[kind].write(",".join(header) + "\n")
        self._files[kind].write(",".join(map(_field, line)) + "\n")

    def arguments(self, database: str = "neo4j") -> list[str]:
        """Those of the neo4j-admin that makes the database of them."""
        kinds = sorted(self._files, key=len)
        files = [f"--{'nodes' if len(kind) == 1 else 'relationships'}={self._folder / '-'.join(kind)}.csv" for kind in kinds]
        return ["database", "import", "full", database, *_OPTIONS, *files]

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def write_import(nodes: Iterable[Node], relationships: Iterable[Relationship], folder: Path) -> list[str]:
    """Writes all of these into `folder`, and returns ImportFiles.arguments. A list without items is left out: the importer has
    no word for it. Raises OSError."""
    with ImportFiles(folder) as files:
        for node in nodes:
            files.node(node)
        for joined in relationships:
            files.relationship(joined)
    return files.arguments()


def _headers(owner: str, names: Iterable[str]) -> list[str]:
    return [name + _TYPES.get(schema.type_of(owner, name), "") for name in names]


def _field(value: object) -> str:
    """Quoted, so that text without characters is not taken for none."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = _BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'
