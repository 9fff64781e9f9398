"""The package of an OFD (GB/T 33190-2016): a zip whose parts are XML, and pictures. What it unpacks to is counted."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from kg.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PARTS = 20_000
_MOST_BYTES = 200_000_000  # of all parts that are read, unpacked
_SMALL = 1_000_000  # bytes: a part that is smaller may be packed however well
_MOST_RATIO = 200
_MOST_MARKUP = 2_000_000  # tags and attributes of a part; each takes some 200 bytes while it is read
BROKEN = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, etree.XMLSyntaxError)
"""What is raised of a package that is broken, besides KeyError for a part that is not there."""
AS_PDF = "open it in an OFD reader and save it as PDF with a text layer, or its text as .txt"


@dataclass(slots=True)
class Package:
    """The parts of the zip by name; what is read of them is counted while it is unpacked."""

    name: str
    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    left: int = _MOST_BYTES

    @classmethod
    def of(cls, data: bytes, name: str) -> Package:
        if data.count(b"PK\x01\x02") > _MOST_PARTS:  # looked at first: each makes an object
            raise UnreadableFile(f"{name}: an OFD of more than {_MOST_PARTS:,} parts", AS_PDF)
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in archive.infolist()}
        if any(posixpath.basename(part) in ("Encryptions.xml", "Encryption.xml") for part in parts):
            raise UnreadableFile(f"{name}: the OFD asks for a password", "save it again without one")
        return cls(name, archive, parts)

    def place(self, base: str, location: str) -> str | None:
        """The part at `location`, from the root where it begins with a slash, else from beside the part `base`, or, as some
        programs write it, from the root all the same."""
        location = location.strip().replace("\\", "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), location)) if location[:1] != "/" else ""
        return next((part for part in (beside, posixpath.normpath(location.lstrip("/"))) if part in self.parts), None)

    def root(self, part: str) -> _Element:
        """The XML of a part. Raises UnreadableFile where that is too large, and what BROKEN holds."""
        content = self.content(part)
        if content.count(b"<") + content.count(b"=") > _MOST_MARKUP:
            raise self._too_large()
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(content, parser)

    def content(self, part: str) -> bytes:
        """The bytes of a part. Raises as `root` does."""
        info = self.parts[part]
        too_large = info.file_size > self.left or info.file_size > max(_SMALL, _MOST_RATIO * info.compress_size)
        with self.archive.open(info) as file:  # it may say less than it holds
            content = b"" if too_large else file.read(self.left + 1)
        self.left -= len(content)
        if too_large or self.left < 0:
            raise self._too_large()
        return content

    def _too_large(self) -> UnreadableFile:
        return UnreadableFile(f"{self.name}: unpacked it is larger than an OFD of its size can be", AS_PDF)
