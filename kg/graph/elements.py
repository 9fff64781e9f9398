"""The whole graph, read element by element: what an export of it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg import schema
from kg.engine.store import Store

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """`label` is that of the schema, `labels` are all it has; its id is no property."""

    label: str
    labels: tuple[str, ...]
    id: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Relationship:
    """From `start` to `end`, which are ids; the labels of its ends are of the schema."""

    type: str
    start_label: str
    end_label: str
    start: str
    end: str
    properties: Properties


def nodes(store: Store) -> Iterator[Node]:
    """All nodes, label by label in the order of the schema, then by id. Hold store.writing() over this and relationships, so
    that they fit together. Raises what Store.stream raises."""
    for node in schema.NODES:
        statement = f"MATCH (n:{node.label}) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id"
        for row in store.stream(statement):
            properties = _sorted(row["properties"])
            others = sorted(set(row["labels"]) - {node.label})
            yield Node(node.label, (node.label, *others), properties.pop("id"), properties)


def relationships(store: Store) -> Iterator[Relationship]:
    """All relationships, by type and the labels of their ends in the order of the schema, then by their ends' ids."""
    for type_, start, end in kinds():
        key = "".join(f", r.{name}" for name in schema.relationship(type_).key)
        statement = (
            f"MATCH (a:{start})-[r:{type_}]->(b:{end}) "
            f"RETURN a.id AS start, b.id AS end, properties(r) AS properties ORDER BY a.id, b.id{key}"
        )
        for row in store.stream(statement):
            yield Relationship(type_, start, end, row["start"], row["end"], _sorted(row["properties"]))


def kinds() -> Iterator[tuple[str, str, str]]:
    """Every type of relationship with each pair of labels that it may join."""
    for r in schema.RELATIONSHIPS:
        for start in r.start:
            for end in r.end:
                yield r.type, start, end


def _sorted(properties: Properties) -> Properties:
    return dict(sorted(properties.items()))  # engines keep them in orders of their own
