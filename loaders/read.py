"""Bytes -> text, once. Offsets of every fact are code points of this text, so nothing in it is ever edited."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import io
import re
import zipfile
import zlib
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

# 例 MIME-Version: 1.0 · From: <Saved by Blink> · Received: from mail.example.cn (a letter or a web archive may begin so)
FIELD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}(?:From |[!-9;-~]{1,76}:)")

TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC: Final = "application/msword"
OFD: Final = "application/ofd"

ZIP: Final = "application/zip"
LETTER: Final = "message/rfc822"
WEB_ARCHIVE: Final = "multipart/related"

_HOLD_FILES: Final = {ZIP: "an archive (.zip)", LETTER: "a letter (.eml)"}
_OF_BYTES: Final = {
    PDF: ("pdf", "read_pdf"),
    DOCX: ("docx", "read_docx"),
    DOC: ("doc", "read_doc"),
    OFD: ("ofd", "read_ofd"),
}
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
_MOST_PARTS = 50_000  # of a package, and of packages in it that lie there unpacked
_MOST_TAGS = 3_000_000  # in the XML of a package; each element takes 250 bytes while it is read
_AT_ONCE = 1 << 20  # bytes unpacked at once
_MARKDOWN = (".md", ".markdown")
_PAGE = (".html", ".htm", ".shtml", ".xhtml")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FOR_NAMES = ("idna", "punycode")  # codecs of host names: their cost grows with the square of the text
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})  # what pages declare when they are in its superset GB18030

_AS_TEXT = "save the document as .docx, or its text as plain text (.txt, UTF-8), first"
_OCR = "run text recognition (OCR) over it, check the result, and load that as .docx or .txt"
_UNPACK = "unpack it and load the files in it, or pack them as .zip"
_REFUSED = (
    (b"{\\rtf", "a rich text file (.rtf)", _AS_TEXT),
    *((start, "an image, not text", _OCR) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    (b"Rar!", "an archive (.rar)", _UNPACK),
    (b"7z\xbc\xaf", "an archive (.7z)", _UNPACK),
    (b"\x1f\x8b", "an archive (.gz)", _UNPACK),
    (b"\x78\x9f\x3e\x22", "a letter in Outlook's own format (winmail.dat)", "open it in Outlook, and save what is attached"),
)
"""How files begin that are not read: what they are, and what to do."""

_STREAMS: Final = {"WordDocument": DOC}
"""Streams by which OLE compound files are known that are read: .doc and .wps of Word's format."""

_STREAMS_REFUSED = (
    ("EncryptedPackage", "an office file that asks for a password", "save it again without one"),
    ("Workbook", "an older spreadsheet (.xls, .et)", "paste the sheet as a table into a .docx"),
    ("PowerPoint Document", "a presentation", _AS_TEXT),
    ("__properties_version1.0", "a message of Outlook (.msg)", _AS_TEXT),
)
"""Streams by which they are known that are not read: what they are, and what to do."""

_PACKAGES = (
    ("xl/", "a spreadsheet", "paste the sheet as a table into a .docx"),
    ("ppt/", "a presentation", _AS_TEXT),
    ("content.xml", "an OpenDocument file (.odt)", _AS_TEXT),
)
"""Parts by which zip packages are known that are not read."""


def read(data: bytes, name: str) -> Source:
    """The source in `data`: plain text, Markdown, a web page, a .docx, a .doc, a PDF or an OFD, told by what it holds before
    by its name.

    Plain text is kept as it is, BOM and line ends included: UTF-8, else GB18030 or Big5, whichever reads as Chinese.
    Of the others `text` has a line for each paragraph and each row of a table, its cells parted by tabs.
    Raises UnreadableFile, with what to try, for anything else: empty, binary, a scan, a broken file, an unknown charset.
    """
    media_type = _media_type(data, name)
    if media_type in _HOLD_FILES:
        raise UnreadableFile(f"{name}: this is {_HOLD_FILES[media_type]}: each file in it is read alone", _UNPACK)
    if media_type == TEXT:
        return Source(hashlib.sha256(data).hexdigest(), name, media_type, _decode(data, name))
    try:
        written = _write_down(data, name, media_type)
    except (KgError, MemoryError):
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


def is_package(data: bytes, name: str) -> bool:
    """Whether `data` is no document but files, which loaders.packages.members takes out: a .zip, or a letter (.eml)."""
    try:
        return _media_type(data, name) in _HOLD_FILES
    except UnreadableFile:
        return False


def _write_down(data: bytes, name: str, media_type: str) -> Written:
    if media_type in _OF_BYTES:
        return _reader(*_OF_BYTES[media_type])(data, name)
    if media_type == MARKDOWN:
        return _reader("markdown", "read_markdown")(_decode(data, name).removeprefix("\ufeff"), name)
    page = import_module("loaders.formats.mime").page_of(data, name) if media_type == WEB_ARCHIVE else data
    return _reader("html", "read_html")(_decode_page(page, name), name)


def _reader(module: str, function: str) -> Callable[..., Written]:
    """Each format brings libraries that take long to import, so only the one that is needed is."""
    reader: Callable[..., Written] = getattr(import_module(f"loaders.formats.{module}"), function)
    return reader


# ---- what a file is -------------------------------------------------------------------------------------------------


def _media_type(data: bytes, name: str) -> str:
    """Raises UnreadableFile for an empty file, and for kinds of file that are not read."""
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty", "give a file with text in it")
    if data.startswith(b"PK"):  # asked first: in an archive a PDF may lie unpacked
        return _package(data, name)
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(data, name)
    for start, what, remedy in _REFUSED:
        if data.startswith(start):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    if FIELD.match(data) and (media_type := import_module("loaders.formats.mime").kind(data)):
        return str(media_type)
    beginning = data[:_START]
    markup = beginning.translate(None, b"\0").decode("latin-1").lstrip("ïþ»¿ÿ \t\r\n")
    if markup.startswith("<?xml") and "<html" not in markup.lower():
        raise UnreadableFile(f"{name}: this is an XML file", _AS_TEXT)
    suffix = PurePath(name).suffix.lower()
    if suffix in _MARKDOWN:
        return MARKDOWN
    if markup.startswith("<?xml") or MARKUP.match(markup) or (suffix in _PAGE and MARKUP.search(markup)):
        return HTML
    if len(beginning.translate(None, _CONTROL)) < len(beginning):
        raise UnreadableFile(f"{name}: this is a binary file, not text", "save the document as plain text (.txt, UTF-8) first")
    return TEXT


def _package(data: bytes, name: str) -> str:
    """The media type of a zip package, whose parts say what it is."""
    if data.count(b"PK\x01\x02") > _MOST_PARTS:  # looked at first: each makes an object
        raise UnreadableFile(f"{name}: a package of more than {_MOST_PARTS:,} parts", _UNPACK)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"{name}: a binary file, by its start a .docx or .zip, but it is broken", _AS_TEXT) from error
    # A folder of a person's archive may be called word, too, but what lies there is no XML.
    names = [part for part in package.namelist() if part.endswith((".xml", ".rels", ".bin"))]
    if "OFD.xml" in (part.removeprefix("/") for part in names):
        return OFD
    for known, what, remedy in _PACKAGES:
        if any(part == known or (known.endswith("/") and part.startswith(known)) for part in names):
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    if not any(part.startswith("word/") for part in names):
        return ZIP
    _check_size(package, name)
    return DOCX


def _check_size(package: zipfile.ZipFile, name: str) -> None:
    """Counts while it unpacks, some of it at a time: what a package says of its size may be false."""
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
            raise UnreadableFile(f"{name}: the file is broken ({type(error).__name__}: {part.filename})", _AS_TEXT) from error


def _compound(data: bytes, name: str) -> str:
    """The media type of an OLE compound file, whose streams say what it is."""
    import olefile  # noqa: PLC0415 - most files are none

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {path[0] for path in ole.listdir()}
    except Exception as error:  # what it raises of broken files is of many kinds
        raise UnreadableFile(f"{name}: an older office file (.doc, .wps, .xls), but it is broken", _AS_TEXT) from error
    for known, media_type in _STREAMS.items():
        if known in streams:
            return media_type
    for known, what, remedy in _STREAMS_REFUSED:
        if known in streams:
            raise UnreadableFile(f"{name}: this is {what}", remedy)
    raise UnreadableFile(f"{name}: a file of an older office program that is not known", _AS_TEXT)


# ---- charsets -------------------------------------------------------------------------------------------------------


def _decode_page(data: bytes, name: str) -> str:
    """A page's text by its BOM, else by the charset it declares if it is in that, else like plain text."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data.decode(charset, errors="replace")
    if declared := META_CHARSET.search(data, 0, _START):
        charset = declared["charset"].decode("latin-1").lower()
        with contextlib.suppress(LookupError):
            if codecs.lookup(charset).name in _FOR_NAMES:
                raise LookupError(charset)
            text = data.decode("gb18030" if charset in _GB else charset, errors="replace")
            if text.count("\ufffd") <= _MOST_DAMAGED * len(text):  # content systems cut descriptions inside a character
                return text
    return _decode(data, name)


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        readings = [text for charset in _LEGACY if (text := _decoded(data, charset))]
    best = max(readings, key=_commonness, default="")
    if _commonness(best) < _LEAST_COMMON:
        raise UnreadableFile(f"{name}: neither UTF-8 nor GB18030 nor Big5", "save the document again as UTF-8")
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
