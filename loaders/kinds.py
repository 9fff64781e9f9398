"""What a file is: told by what it holds before by its name, and why some kinds are not read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from importlib import import_module
from pathlib import PurePath
from typing import Final

from kg.errors import UnreadableFile

# 例 <div class="TRS_Editor"> · <!DOCTYPE html> · <p>各县区人民政府：</p>
MARKUP = re.compile(
    r"<(?:!doctype html|!--|html|head|body|div|p|br|span|table|tr|td|th|ul|ol|li|h[1-6]|meta|title|script|style|section"
    r"|article|center|font|strong|b|a)\b",
    re.IGNORECASE,
)
# 例 MIME-Version: 1.0 · From: <Saved by Blink> · Received: from mail.example.cn (a letter or a web archive may begin so)
FIELD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}(?:From |[!-9;-~]{1,76}:)")

TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
CSV: Final = "text/csv"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC: Final = "application/msword"
XLS: Final = "application/vnd.ms-excel"
OFD: Final = "application/ofd"
ZIP: Final = "application/zip"
LETTER: Final = "message/rfc822"
WEB_ARCHIVE: Final = "multipart/related"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TIFF: Final = "image/tiff"
BMP: Final = "image/bmp"

START: Final = 4096  # bytes in which a file shows what it is
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})
_LARGEST_PACKAGE = 300_000_000  # bytes, unpacked
_MOST_PARTS = 50_000  # of a package, and of packages in it that lie there unpacked
_MOST_TAGS = 3_000_000  # in the XML of a package; each element takes 250 bytes while it is read
_AT_ONCE = 1 << 20  # bytes unpacked at once
_PAGE = (".html", ".htm", ".shtml", ".xhtml")
_BY_NAME: Final = {".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": CSV, ".tsv": CSV}
_MARKS: Final = (
    *((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")),
    *((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")),
)
"""Marks at the start of a text, and the charset that each stands for."""

AS_TEXT: Final = "save the document as .docx, or its text as plain text (.txt, UTF-8), first"
UNPACK: Final = "unpack it and load the files in it, or pack them as .zip"
_REFUSED = (
    (b"{\\rtf", "a rich text file (.rtf)", AS_TEXT),
    (b"GIF8", "a picture (.gif)", "save it as .png"),
    (b"Rar!", "an archive (.rar)", UNPACK),
    (b"7z\xbc\xaf", "an archive (.7z)", UNPACK),
    (b"\x1f\x8b", "an archive (.gz)", UNPACK),
    (b"\x78\x9f\x3e\x22", "a letter in Outlook's own format (winmail.dat)", "open it in Outlook, and save what is attached"),
)
"""How files begin that are not read: what they are, and what to do."""
PICTURES: Final = {b"\x89PNG": PNG, b"\xff\xd8\xff": JPEG, b"II*\x00": TIFF, b"MM\x00*": TIFF, b"BM": BMP}
"""How pictures begin, which text recognition reads."""

_STREAMS: Final = {"WordDocument": DOC, **dict.fromkeys(("Workbook", "Book", "WORKBOOK", "BOOK"), XLS)}
"""Streams by which OLE compound files are known that are read: .doc and .wps of Word's format, .xls and .et of Excel's."""
_STREAMS_REFUSED = (
    ("EncryptedPackage", "an office file that asks for a password", "save it again without one"),
    ("PowerPoint Document", "a presentation", AS_TEXT),
    ("__properties_version1.0", "a message of Outlook (.msg)", AS_TEXT),
)
"""Streams by which they are known that are not read: what they are, and what to do."""

_PARTS: Final = {"OFD.xml": OFD, "word/": DOCX, "xl/": XLSX, "workbook.xml": XLSX}
"""First folders, or parts in any folder, by which zip packages are known that are read."""
_PARTS_REFUSED = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "save it as .xlsx"),
    ("ppt/", "a presentation", AS_TEXT),
    ("content.xml", "an OpenDocument file (.odt, .ods)", "save it as .docx or .xlsx"),
)
"""Parts by which those are known that are not."""


def marked_charset(data: bytes) -> str | None:
    """The charset that the mark at the start of a text stands for (Unicode, 23.8)."""
    return next((charset for mark, charset in _MARKS if data.startswith(mark)), None)


def media_type(data: bytes, name: str) -> str:
    """One of the types above. Raises UnreadableFile for an empty file, and for kinds of file that are not read."""
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty", "give a file with text in it")
    if data.startswith(b"PK"):  # asked first: in an archive a PDF may lie unpacked
        return _of_package(data, name)
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_compound(data, name)
    for start, kind in PICTURES.items():
        if data.startswith(start) and (kind != BMP or data[6:10] == bytes(4)):  # BM may begin a text, too
            return kind
    for start, what, remedy in _REFUSED:
        if data.startswith(start):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    if FIELD.match(data) and (of_mime := import_module("loaders.formats.mime").kind(data)):
        return str(of_mime)
    return _of_text(data[:START], name)


def _of_text(beginning: bytes, name: str) -> str:
    markup = beginning.translate(None, b"\0").decode("latin-1").lstrip("ïþ»¿ÿ \t\r\n")
    if markup.startswith("<?xml") and "<html" not in markup.lower():
        raise UnreadableFile(f"{name}: this is an XML file", AS_TEXT)
    suffix = PurePath(name).suffix.lower()
    if _BY_NAME.get(suffix) == MARKDOWN:
        return MARKDOWN
    if markup.startswith("<?xml") or MARKUP.match(markup) or (suffix in _PAGE and MARKUP.search(markup)):
        return HTML
    if len(beginning.translate(None, _CONTROL)) < len(beginning) and not marked_charset(beginning):
        raise UnreadableFile(f"{name}: this is a binary file, not text", "save the document as plain text (.txt, UTF-8) first")
    return _BY_NAME.get(suffix, TEXT)


def _of_package(data: bytes, name: str) -> str:
    """The media type of a zip package, whose parts say what it is."""
    if data.count(b"PK\x01\x02") > _MOST_PARTS:  # looked at first: each makes an object
        raise UnreadableFile(f"{name}: a package of more than {_MOST_PARTS:,} parts", UNPACK)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"{name}: a binary file, by its start a .docx or .zip, but it is broken", AS_TEXT) from error
    # A folder of a person's archive may be called word, too, but what lies there is no XML.
    names = [part.replace("\\", "/").lstrip("/") for part in package.namelist() if part.endswith((".xml", ".rels", ".bin"))]
    for known, what, remedy in _PARTS_REFUSED:
        if any(part == known or (known.endswith("/") and part.startswith(known)) for part in names):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    shown = {f"{part.partition('/')[0]}/" for part in names} | {part.rpartition("/")[2] for part in names}
    return next((kind for part, kind in _PARTS.items() if part in shown), ZIP)


def check_size(data: bytes, name: str) -> None:
    """Raises UnreadableFile for an office package of more bytes or tags than are read. Counts while it unpacks, some of it at
    a time: what a package says of its size may be false."""
    package = zipfile.ZipFile(io.BytesIO(data))
    size = tags = 0
    for part in package.infolist():
        try:
            with package.open(part) as unpacked:
                while some := unpacked.read(_AT_ONCE):
                    size += len(some)
                    tags += some.count(b"<") if part.filename.endswith((".xml", ".rels")) else 0
                    if size > _LARGEST_PACKAGE:
                        what, remedy = f"larger than {_LARGEST_PACKAGE:,} bytes", "remove its pictures, or split it"
                        raise UnreadableFile(f"{name}: unpacked it is {what}", remedy)
                    if tags > _MOST_TAGS:
                        raise UnreadableFile(f"{name}: its XML has over {_MOST_TAGS:,} tags", "split it, one table a file")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise UnreadableFile(f"{name}: the file is broken ({type(error).__name__} in {part.filename})", AS_TEXT) from error


def _of_compound(data: bytes, name: str) -> str:
    """The media type of an OLE compound file, whose streams say what it is."""
    import olefile  # noqa: PLC0415 - most files are none

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {path[0] for path in ole.listdir()}
    except MemoryError:
        raise
    except Exception as error:  # what it raises of broken files is of many kinds
        raise UnreadableFile(f"{name}: an older office file (.doc, .wps, .xls), but it is broken", AS_TEXT) from error
    for known, kind in _STREAMS.items():
        if known in streams:
            return kind
    for known, what, remedy in _STREAMS_REFUSED:
        if known in streams:
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    raise UnreadableFile(f"{name}: a file of an older office program that is not known", AS_TEXT)
