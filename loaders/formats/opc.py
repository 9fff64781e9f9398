"""Relationships between the parts of an office package (ECMA-376 part 2, 9), and the XML of a part."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element


class Relation(NamedTuple):
    """What a part refers to: the last word of its kind (styles, image, worksheet), and the part, or an address outside."""

    kind: str
    target: str
    outside: bool


def relations_part(part: str) -> str:
    """The part that holds the relationships of `part`, "" for those of the package."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(root: _Element | None, part: str) -> dict[str, Relation]:
    """By id, those that `root` says of `part`; none where there is no root."""
    of_part: dict[str, Relation] = {}
    for relation in root.iterfind("{*}Relationship") if root is not None else ():
        target = relation.get("Target", "")
        outside = relation.get("TargetMode") == "External"
        path = target if outside else posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        of_part[relation.get("Id", "")] = Relation(relation.get("Type", "").rpartition("/")[2], path, outside)
    return of_part


def parsed(xml: bytes) -> _Element:
    """Entities are not resolved, nothing is fetched. Raises lxml.etree.XMLSyntaxError for what is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(xml, parser)
