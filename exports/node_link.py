"""The graph as JSON in the node-link form of networkx and d3."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from kg.graph.elements import Node, Relationship

_TAKEN: Final = frozenset({"id", "labels", "source", "target", "key", "type"})
"""What the form uses for something else; a property that is called so gets _ behind its name."""


def write_node_link(nodes: Iterable[Node], relationships: Iterable[Relationship], out: BinaryIO) -> None:
    """One object, an element a line: `nodes` with id, labels and properties, `edges` with source, target, key, type and
    properties. networkx.node_link_graph reads it."""
    out.write(b'{"directed": true, "multigraph": true, "graph": {}, "nodes": [')
    _write_list(({"id": n.id, "labels": n.labels, **_properties(n.properties)} for n in nodes), out)
    out.write(b'], "edges": [')
    edges = (
        {"source": r.start, "target": r.end, "key": number, "type": r.type, **_properties(r.properties)}
        for number, r in enumerate(relationships)
    )
    _write_list(edges, out)
    out.write(b"]}\n")


def _write_list(items: Iterator[Mapping[str, Any]], out: BinaryIO) -> None:
    separator = b"\n"
    for item in items:
        out.write(separator + json.dumps(item, ensure_ascii=False).encode())
        separator = b",\n"


def _properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name + "_" if name in _TAKEN else name: value for name, value in properties.items() if value is not None}
