"""The parts of a .docx: a zip package whose relationships say which part is the text, its styles, its notes (ECMA-376 part 2).

Parts that are announced and missing are left out: a picture that is not there breaks nothing.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from loaders.formats.opc import Relation, parsed, relations, relations_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of strict documents (ISO/IEC 29500 Strict), and those of transitional ones, which they are read as."""
_LARGEST_PART = 200_000_000  # bytes, unpacked
_LARGEST_PICTURE = 50_000_000  # bytes, unpacked from the package only
_MAIN: Final = "word/document.xml"


@cache
def qn(name: str) -> str:
    """w:p -> the name of the element in its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass(slots=True)
class Parts:
    """The package in `data`. Raises zipfile.BadZipFile for none."""

    data: bytes
    main: str = _MAIN
    relations: dict[str, Relation] = field(default_factory=dict)  # of the main part, by id
    _archive: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(self.data))
        of_package = self._relations("")
        self.main = next((r.target for r in of_package.values() if r.kind == "officeDocument" and not r.outside), _MAIN)
        self.relations = self._relations(self.main)

    def root(self, part: str) -> _Element | None:
        """The XML of a part, None where there is no such part. Raises lxml.etree.XMLSyntaxError for none that is XML."""
        try:
            with self._archive.open(part) as unpacked:
                xml = unpacked.read(_LARGEST_PART + 1)
        except KeyError:
            return None
        if len(xml) > _LARGEST_PART:
            raise zipfile.BadZipFile(part)
        for strict, transitional in _STRICT:
            xml = xml.replace(strict, transitional)
        return parsed(xml)

    def picture(self, key: str) -> bytes | None:
        """The bytes of the picture with the id `key`, None where it is not there or unpacked too large."""
        relation = self.relations.get(key)
        if relation is None or relation.outside or relation.target not in self._archive.namelist():
            return None
        with self._archive.open(relation.target) as unpacked:
            data = unpacked.read(_LARGEST_PICTURE + 1)
        return data if len(data) <= _LARGEST_PICTURE else None

    def of_kind(self, kind: str) -> Iterator[_Element]:
        """The parts of a kind that the main part refers to."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.outside and (root := self.root(relation.target)) is not None:
                yield root

    def _relations(self, part: str) -> dict[str, Relation]:
        return relations(self.root(relations_part(part)), part)
