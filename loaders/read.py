"""Bytes -> text, once. Offsets of every fact are code points of this text, so nothing in it is ever edited."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import re
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.errors import KgError, UnreadableFile
from kg.model import Source
from loaders.kinds import (
    AS_TEXT,
    CSV,
    DOC,
    DOCX,
    LETTER,
    MARKDOWN,
    OFD,
    PDF,
    PICTURES,
    START,
    TEXT,
    UNPACK,
    WEB_ARCHIVE,
    XLS,
    XLSX,
    ZIP,
    check_size,
    marked_charset,
    media_type,
)
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.formats.written import Written

# 例 <meta charset="gb2312"> · <meta http-equiv="Content-Type" content="text/html; charset=GBK"> · <?xml encoding="utf-8"?>
META_CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,80}?encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<charset>[\w.:-]{1,40})",
    re.IGNORECASE,
)

_HOLD_FILES: Final = {ZIP: "an archive (.zip)", LETTER: "a letter (.eml)"}
_OF_BYTES: Final = {
    PDF: ("pdf", "read_pdf"),
    DOCX: ("docx", "read_docx"),
    DOC: ("doc", "read_doc"),
    OFD: ("ofd", "read_ofd"),
    XLSX: ("workbook", "read_workbook"),
    XLS: ("workbook", "read_workbook"),
    **dict.fromkeys(PICTURES.values(), ("pictures", "read_picture")),
}
"""By media type: the module of loaders/formats and its function that makes a Written of bytes and a name."""

_LEGACY = ("gb18030", "big5hkscs")
_COMMON = frozenset(
    "的和与在为对以有一不要及等工作实施推进加强建设政府部门市县区级单位责任管理，。、：；實與為對進強設門縣區級單責"
)
_LEAST_COMMON = 0.1
_MOST_DAMAGED = 0.001  # share of a page's characters that may be damaged in the charset that it declares
_FOR_NAMES = ("idna", "punycode")  # codecs of host names: their cost grows with the square of the text
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})  # what pages declare when they are in its superset GB18030
_AS_UTF8 = "save the document again as UTF-8"


def read(data: bytes, name: str) -> Source:
    """The source in `data`: plain text, Markdown, a web page or archive, a Word file, a PDF, an OFD, a workbook, a .csv,
    or a picture.

    Plain text is kept as it is, BOM and line ends included: in the charset of its BOM, else UTF-8, else GB18030 or Big5,
    whichever reads as Chinese.
    Of the others `text` has a line for each paragraph and each row of a table, its cells parted by tabs.
    Raises UnreadableFile, with what to try, for anything else: empty, binary, a broken file, an unknown charset, or
    a picture where text recognition (OCR) is not installed.
    """
    kind = media_type(data, name)
    if kind in _HOLD_FILES:
        raise UnreadableFile(f"{name}: this is {_HOLD_FILES[kind]}: each file in it is read alone", UNPACK)
    if kind == TEXT:
        return Source(hashlib.sha256(data).hexdigest(), name, kind, _decode(data, name))
    try:
        written = _write_down(data, name, kind)
    except (KgError, MemoryError):
        raise
    except Exception as error:  # of broken files, each library raises errors of its own
        raise UnreadableFile(f"{name}: the file is broken ({type(error).__name__})", AS_TEXT) from error
    return Source(
        hashlib.sha256(data).hexdigest(),
        name,
        kind,
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
        return media_type(data, name) in _HOLD_FILES
    except UnreadableFile:
        return False


def _write_down(data: bytes, name: str, kind: str) -> Written:
    if kind in (DOCX, XLSX):  # the others count for themselves
        check_size(data, name)
    if kind in _OF_BYTES:
        return _reader(*_OF_BYTES[kind])(data, name)
    if kind == MARKDOWN:
        return _reader("markdown", "read_markdown")(_decode(data, name).removeprefix("\ufeff"), name)
    if kind == CSV:
        return _reader("sheets", "read_csv")(_decode(data, name), name)
    page = import_module("loaders.formats.mime").page_of(data, name) if kind == WEB_ARCHIVE else data
    return _reader("html", "read_html")(_decode_page(page, name), name)


def _reader(module: str, function: str) -> Callable[..., Written]:
    """Each format brings libraries that take long to import, so only the one that is needed is."""
    reader: Callable[..., Written] = getattr(import_module(f"loaders.formats.{module}"), function)
    return reader


# ---- charsets -------------------------------------------------------------------------------------------------------


def _decode_page(data: bytes, name: str) -> str:
    """A page's text by its BOM, else by the charset it declares if it is in that, else like plain text."""
    if charset := marked_charset(data):
        return data.decode(charset, errors="replace").removeprefix("\ufeff")
    if declared := META_CHARSET.search(data, 0, START):
        charset = declared["charset"].decode("latin-1").lower()
        with contextlib.suppress(LookupError):
            if codecs.lookup(charset).name in _FOR_NAMES:
                raise LookupError(charset)
            text = data.decode("gb18030" if charset in _GB else charset, errors="replace")
            if text.count("\ufffd") <= _MOST_DAMAGED * len(text):  # content systems cut descriptions inside a character
                return text
    return _decode(data, name)


def _decode(data: bytes, name: str) -> str:
    if charset := marked_charset(data):
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
