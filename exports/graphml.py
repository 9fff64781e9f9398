"""The graph as GraphML, which Gephi and networkx open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg import schema
from kg.ask.tables import full_cell
from kg.graph.elements import Node, Properties, Relationship

_TYPES: Final = {"integer": "long", "boolean": "boolean"}
_TAKEN: Final = frozenset({"id", "label", "labels", "type", "source", "target", "weight"})
"""What the format or its readers use for something else; a property that is called so gets _ behind its name."""

_NAMES: Final = ("name", "title", "text", "quote", "doc_number")
"""The first of them that a node has is what it is shown as."""

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(nodes: Iterable[Node], relationships: Iterable[Relationship], out: BinaryIO) -> None:
    """A directed graph. A node's `label` is what it is shown as, its `labels` such as Agency:Collective; an edge's `label` is
    its type. Properties keep their names and types; lists are JSON. What XML has no place for becomes U+FFFD."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for kind, name, type_ in _keys():
        head = f"<key id={quoteattr(_key(kind, name, type_))} for={quoteattr(kind)}"
        out.write(f"{head} attr.name={quoteattr(name)} attr.type={quoteattr(type_)}/>\n".encode())
    out.write(b'<graph edgedefault="directed">\n')
    for node in nodes:
        shown = next((str(node.properties[name]) for name in _NAMES if node.properties.get(name)), node.id)
        data = _data("node", "label", shown, "string") + _data("node", "labels", ":".join(node.labels), "string")
        out.write(f"<node id={_attribute(node.id)}>{data}{_properties('node', node.label, node.properties)}</node>\n".encode())
    for number, r in enumerate(relationships, 1):
        ends = f"source={_attribute(r.start)} target={_attribute(r.end)}"
        data = _data("edge", "label", r.type, "string") + _properties("edge", r.type, r.properties)
        out.write(f'<edge id="e{number}" {ends}>{data}</edge>\n'.encode())
    out.write(b"</graph>\n</graphml>\n")


def _keys() -> list[tuple[str, str, str]]:
    """What may stand on nodes and edges: kind, name, type."""
    keys = {("node", "label", "string"): None, ("node", "labels", "string"): None, ("edge", "label", "string"): None}
    for node in schema.NODES:
        keys |= dict.fromkeys(("node", _name(p), _type(node.label, p)) for p in node.properties)
    for r in schema.RELATIONSHIPS:
        keys |= dict.fromkeys(("edge", _name(p), _type(r.type, p)) for p in r.properties)
    return list(keys)


def _key(kind: str, name: str, type_: str) -> str:
    return f"{kind}_{name}" + ("" if type_ == "string" else f"_{type_}")


def _name(property_: str) -> str:
    return property_ + "_" if property_ in _TAKEN else property_


def _type(owner: str, property_: str) -> str:
    return _TYPES.get(schema.type_of(owner, property_), "string")


def _properties(kind: str, owner: str, properties: Properties) -> str:
    return "".join(_data(kind, _name(p), value, _type(owner, p)) for p, value in properties.items() if value is not None)


def _data(kind: str, name: str, value: object, type_: str) -> str:
    said = str(value).lower() if type_ == "boolean" else full_cell(value)
    return f'<data key="{_key(kind, name, type_)}">{_xml(said)}</data>'


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})  # a bare one would be read as the end of a line


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
