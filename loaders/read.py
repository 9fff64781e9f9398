"""Bytes -> text, once. Offsets of every fact are code points of this text, so nothing in it is ever edited."""

from __future__ import annotations

import hashlib

from kg.errors import UnreadableFile
from kg.model import Source

_LEGACY = ("gb18030", "big5hkscs")
_COMMON = frozenset(
    "的和与在为对以有一不要及等工作实施推进加强建设政府部门市县区级单位责任管理，。、：；實與為對進強設門縣區級單責"
)
_LEAST_COMMON = 0.1
_MARKUP = (".html", ".htm", ".mht", ".xml")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})


def read(data: bytes, name: str) -> Source:
    """The source in `data`: UTF-8 with or without BOM, else GB18030 or Big5, whichever reads as Chinese.

    Raises UnreadableFile for an empty or binary file, a web page, a PDF, and bytes that fit none of the three.
    """
    if name.lower().endswith(_MARKUP):
        raise UnreadableFile(f"{name}: web pages are not read yet", "save the page as plain text (.txt) first")
    if data.startswith(b"%PDF"):
        raise UnreadableFile(f"{name}: PDF files are not read yet", "save the text as plain text (.txt) first")
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty", "give a file with text in it")
    if len(data[:4096].translate(None, _CONTROL)) < len(data[:4096]):
        raise UnreadableFile(f"{name}: this is a binary file, not text", "save the document as plain text (.txt, UTF-8) first")
    text = _decode(data, name)
    return Source(id=hashlib.sha256(data).hexdigest(), name=name, media_type="text/plain", text=text)


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
    words = "".join(text.split())
    return sum(map(words.count, _COMMON)) / max(1, len(words))
