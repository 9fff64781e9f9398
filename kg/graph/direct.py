"""Elements into an empty base of the embedded engine, by what it has for that beside its statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from neo4j import ManagedTransaction

from kg import schema
from kg.engine.store import Store
from kg.graph.elements import Node, Relationship, kinds

if TYPE_CHECKING:
    from arcadedb_embedded.graph_batch import GraphBatch

_ROWS: Final = 2000
"""Elements that are handed over at once, and so held in memory."""


@contextmanager
def filling(store: Store, folder: Path) -> Iterator[Direct]:
    """Fills `store` with the elements that it is given, in any order (kg.graph.archive.Elements); relationships wait in
    `folder` for their ends. Raises what Store.filling and Store.write raise."""
    store.write(_declare)
    with store.filling() as batch:
        direct = Direct(batch, folder)
        yield direct
        direct.finish()


class Direct:
    """What `filling` gives."""

    def __init__(self, batch: GraphBatch, folder: Path) -> None:
        self._batch, self._folder = batch, folder
        self._nodes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        self._records: dict[tuple[str, str], str] = {}  # what the engine calls each node
        self._joined: dict[tuple[str, str, str], TextIO] = {}

    def node(self, node: Node) -> None:
        waiting = self._nodes[node.labels]
        waiting.append({"id": node.id, **node.properties})
        if len(waiting) >= _ROWS:
            self._write(node.labels)

    def relationship(self, joined: Relationship) -> None:
        kind = joined.type, joined.start_label, joined.end_label
        if kind not in self._joined:
            self._joined[kind] = (self._folder / "-".join(kind)).open("w+", encoding="utf-8")
        self._joined[kind].write(f"{json.dumps((joined.start, joined.end, joined.properties))}\n")

    def finish(self) -> None:
        """Writes what waits."""
        for labels in list(self._nodes):
            self._write(labels)
        for (type_, start_label, end_label), file in self._joined.items():
            file.seek(0)
            while lines := list(islice(file, _ROWS)):
                starts, ends, properties = zip(*map(json.loads, lines), strict=True)
                self._batch.new_edges(
                    [self._records[start_label, id_] for id_ in starts],
                    type_,
                    [self._records[end_label, id_] for id_ in ends],
                    properties,
                )
            file.close()

    def _write(self, labels: tuple[str, ...]) -> None:
        import jpype  # type: ignore[import-untyped]  # noqa: PLC0415 - no Java for those who use Neo4j

        rows = self._nodes.pop(labels)
        # What GraphBatch.create_vertices calls too, but that takes no lists this way.
        write = jpype.JClass("com.arcadedb.python.VertexBatcher").createVerticesJson
        records = str(write(self._batch._java_graph_batch, "~".join(labels), json.dumps(rows))).split(";")
        self._records.update(zip(((labels[0], row["id"]) for row in rows), records, strict=True))


def _declare(tx: ManagedTransaction) -> None:
    """The engine learns its types from what is written: of each kind one, which goes again."""
    tx.run(f"CREATE (n:Agency:{schema.COLLECTIVE} {{id: '-'}}) DELETE n").consume()
    for type_, start, end in kinds():
        tx.run(f"CREATE (a:{start} {{id: '-a'}})-[:{type_}]->(b:{end} {{id: '-b'}}) DETACH DELETE a, b").consume()
