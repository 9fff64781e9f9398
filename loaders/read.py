"""Bytes -> text, once. Offsets of every fact are code points of this text, so nothing in it is ever edited."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zipfile
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.errors import KgError, UnreadableFile
from kg.model import Source
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.formats.written import Written

# 例 <div class="TRS_Editor"> · <!DOCTYPE html> · <p>各县区人民政府：</p>
MARKUP = re.compile(
    r"<(?:!doctype html|!--|html|head|body|div|p|br|span|table|tr|td|th|ul|ol|li|h[1-6]|meta|title|script|style|section"
    r"|article|center|font|strong|b|a)\b",
    re.IGNORECASE,
)
# 例 <meta charset="gb2312"> · <meta http-equiv="Content-Type" content="text/html; charset=GBK"> · <?xml encoding="utf-8"?>
META_CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,80}?encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<charset>[\w.:-]{1,40})",
    re.IGNORECASE,
)

TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OF_BYTES: Final = {PDF: ("pdf", "read_pdf"), DOCX: ("docx", "read_docx")}
"""By media type: the module of loaders/formats and its function that makes a Written of bytes and a name."""

_LEGACY = ("gb18030", "big5hkscs")
_COMMON = frozenset(
    "的和与在为对以有一不要及等工作实施推进加强建设政府部门市县区级单位责任管理，。、：；實與為對進強設門縣區級單責"
)
_LEAST_COMMON = 0.1
_MOST_DAMAGED = 0.001  # share of a page's characters that may be damaged in the charset that it declares
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})
_START = 4096  # bytes in which a file shows what it is
_LARGEST_PACKAGE = 300_000_000  # bytes, unpacked
_MARKDOWN = (".md", ".markdown")
_PAGE = (".html", ".htm", ".shtml", ".xhtml")
_BOMS = (
    *((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")),
    *((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")),
)
"""Marks at the start of a text, and the charset that each stands for."""
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})  # what pages declare when they are in its superset GB18030

_AS_TEXT = "save the document as .docx, or its text as plain text (.txt, UTF-8), first"
_AS_UTF8 = "save the document again as UTF-8"
_OCR = "run text recognition (OCR) over it, check the result, and load that as .docx or .txt"
_UNPACK = "unpack it and load the files in it"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "a file of an older office program (.doc, .wps, .xls), or one with a password", _AS_TEXT),
    (b"{\\rtf", "a rich text file (.rtf)", _AS_TEXT),
    (b"MIME-Version:", "a web archive (.mht)", "open it in a browser and save the page as HTML"),
    *((start, "an image, not text", _OCR) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    *((start, "an archive", _UNPACK) for start in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
)
"""How files begin that are not read: what they are, and what to do."""

_PACKAGES = (
    ("OFD.xml", "an OFD file", "open it in an OFD reader and save it as PDF with a text layer, or its text as .txt"),
    ("xl/", "a spreadsheet", "paste the sheet as a table into a .docx"),
    ("ppt/", "a presentation", _AS_TEXT),
    ("content.xml", "an OpenDocument file (.odt)", _AS_TEXT),
)
"""Parts by which zip packages are known that are not read."""


def read(data: bytes, name: str) -> Source:
    """The source in `data`: plain text, Markdown, a web page, a .docx or a PDF, told by what it holds before by its name.

    Plain text is kept as it is, BOM and line ends included: in the charset of its BOM, else UTF-8, else GB18030 or Big5,
    whichever reads as Chinese.
    Of the others `text` has a line for each paragraph and each row of a table, its cells parted by tabs.
    Raises UnreadableFile, with what to try, for anything else: empty, binary, a scan, a broken file, an unknown charset.
    """
    media_type = _media_type(data, name)
    if media_type == TEXT:
        return Source(hashlib.sha256(data).hexdigest(), name, media_type, _decode(data, name))
    try:
        written = _write_down(data, name, media_type)
    except KgError:
        raise
    except Exception as error:  # of broken files, each library raises errors of its own
        raise UnreadableFile(f"{name}: the file is broken ({type(error).__name__})", _AS_TEXT) from error
    return Source(
        hashlib.sha256(data).hexdigest(),
        name,
        media_type,
        written.text(),
        tuple(written.pages),
        tuple(written.tables),
        tuple(written.sheets),
        tuple(written.recognised),
        tuple(written.doubtful),
        tuple(written.unread),
    )


def _write_down(data: bytes, name: str, media_type: str) -> Written:
    if media_type in _OF_BYTES:
        return _reader(*_OF_BYTES[media_type])(data, name)
    if media_type == MARKDOWN:
        return _reader("markdown", "read_markdown")(_decode(data, name).removeprefix("\ufeff"), name)
    return _reader("html", "read_html")(_decode_page(data, name), name)


def _reader(module: str, function: str) -> Callable[..., Written]:
    """Each format brings libraries that take long to import, so only the one that is needed is."""
    reader: Callable[..., Written] = getattr(import_module(f"loaders.formats.{module}"), function)
    return reader


# ---- what a file is -------------------------------------------------------------------------------------------------


def _media_type(data: bytes, name: str) -> str:
    """Raises UnreadableFile for an empty file, and for kinds of file that are not read."""
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty", "give a file with text in it")
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK"):
        return _package(data, name)
    for start, what, remedy in _REFUSED:
        if data.startswith(start):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    beginning = data[:_START]
    markup = beginning.translate(None, b"\0").decode("latin-1").lstrip("ïþ»¿ÿ \t\r\n")
    if markup.startswith("<?xml") and "<html" not in markup.lower():
        raise UnreadableFile(f"{name}: this is an XML file", _AS_TEXT)
    suffix = PurePath(name).suffix.lower()
    if suffix in _MARKDOWN:
        return MARKDOWN
    if markup.startswith("<?xml") or MARKUP.match(markup) or (suffix in _PAGE and MARKUP.search(markup)):
        return HTML
    if not _marked(data) and len(beginning.translate(None, _CONTROL)) < len(beginning):
        raise UnreadableFile(f"{name}: this is a binary file, not text", "save the document as plain text (.txt, UTF-8) first")
    return TEXT


def _package(data: bytes, name: str) -> str:
    """The media type of a zip package, whose parts say what it is."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"{name}: a binary file, by its start a .docx, but it is broken", _AS_TEXT) from error
    names = [part.filename for part in parts]
    for known, what, remedy in _PACKAGES:
        if any(part == known or (known.endswith("/") and part.startswith(known)) for part in names):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    if not any(part.startswith("word/") for part in names):
        raise UnreadableFile(f"{name}: this is an archive", _UNPACK)
    if sum(part.file_size for part in parts) > _LARGEST_PACKAGE:
        raise UnreadableFile(
            f"{name}: unpacked it is larger than {_LARGEST_PACKAGE:,} bytes", "remove its pictures, or split it"
        )
    return DOCX


# ---- charsets -------------------------------------------------------------------------------------------------------


def _decode_page(data: bytes, name: str) -> str:
    """A page's text by its BOM, else by the charset it declares if it is in that, else like plain text."""
    if charset := _marked(data):
        return data.decode(charset, errors="replace").removeprefix("\ufeff")
    if declared := META_CHARSET.search(data, 0, _START):
        charset = declared["charset"].decode("latin-1").lower()
        with contextlib.suppress(LookupError):
            text = data.decode("gb18030" if charset in _GB else charset, errors="replace")
            if text.count("\ufffd") <= _MOST_DAMAGED * len(text):  # content systems cut descriptions inside a character
                return text
    return _decode(data, name)


def _marked(data: bytes) -> str | None:
    """The charset that the mark at the start of a text stands for (Unicode, 23.8)."""
    return next((charset for bom, charset in _BOMS if data.startswith(bom)), None)


def _decode(data: bytes, name: str) -> str:
    if charset := _marked(data):
        try:
            return data.decode(charset)
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{name}: not the {charset.upper()} that it says it is", _AS_UTF8) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        readings = [text for charset in _LEGACY if (text := _decoded(data, charset))]
    best = max(readings, key=_commonness, default="")
    if _commonness(best) < _LEAST_COMMON:
        raise UnreadableFile(f"{name}: neither UTF-8 nor GB18030 nor Big5", _AS_UTF8)
    return best


def _decoded(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _commonness(text: str) -> float:
    """The share of the characters that official texts use most: about a fifth in the right charset, none in a wrong one."""
    words = squeezed(text)
    return sum(map(words.count, _COMMON)) / max(1, len(words))
