"""MIME (RFC 5322, RFC 2045 to 2047, RFC 2231): letters as mail programs save them (.eml), and web archives (.mht, RFC 2557)."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32
from typing import TYPE_CHECKING, Final

from kg.errors import UnreadableFile
from kg.model import OwnWords

if TYPE_CHECKING:
    from collections.abc import Iterator

# 例 =?gb2312?B?uL28/i5kb2M=?= · filename*=gb2312''%B8%BD%BC%FE.doc
GB2312 = re.compile(r"\bgb_?2312(?:-80)?(?=\?[bq]\?|'[\w-]{0,9}')", re.IGNORECASE)
FOLD = re.compile(r"[\r\n]{1,9}[ \t]{0,99}")
# 例 <div><br></div> · &nbsp;
NO_WORDS = re.compile(rb"<[^<>]{0,2000}>|&nbsp;|&#160;|\s")

LETTER: Final = "message/rfc822"
ARCHIVE: Final = "multipart/related"

_SENT = frozenset({"to", "cc", "bcc", "received", "return-path", "delivered-to"})  # fields that no web archive has
_GB = dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030")
_CHARSETS = _GB | {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "hz-gb-2312": "hz"}
"""Charsets that are believed. Chinese programs declare GB2312 for its superset, and US-ASCII or Latin-1 for anything."""

_MOST_DAMAGED = 0.001  # share of a part's characters that may be damaged in the charset that it declares
_HEAD = 65_536  # bytes in which a file shows whether it is MIME
_LONGEST_FIELD = 8_000  # characters; the fields that are read are short, those that may be long (To, DKIM) are not read
_MOST_PARTS = 20_000
_MOST_LINES = 1_500_000  # each is an object; of base64 it is about a hundred million bytes
_MOST_WORK = 20_000_000  # lines, times boundaries that each line may be: for each of these the parser looks at each line
_PAGES = ("text/html", "application/xhtml+xml")
_SHOWN = ("image/", "text/css", "font/", "application/javascript", "text/javascript")  # what a page draws itself with
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


class _Fields(Compat32):
    """Reads header fields as Chinese programs write them: GBK where GB2312 is declared, bare bytes of any charset, folded
    anywhere. The library's newer policy decodes each encoded word alone; these programs cut characters between two."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        raw = value[:_LONGEST_FIELD].encode("ascii", "surrogateescape")
        return name, GB2312.sub("gb18030", FOLD.sub(" ", _guessed(raw)))


_POLICY: Final = _Fields()


def kind(data: bytes) -> str | None:
    """LETTER or ARCHIVE, by the header fields that `data` begins with; None where it begins with others, or none."""
    fields = BytesHeaderParser(policy=_POLICY).parsebytes(data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip())
    names = {name.lower() for name in fields.keys()}  # noqa: SIM118 - a Message is no mapping
    if not (names & {"mime-version", "received", "return-path"} or ("from" in names and names & {"to", "date", "subject"})):
        return None
    return ARCHIVE if not names & _SENT and fields.get_content_type() in (ARCHIVE, *_PAGES) else LETTER


def parse(data: bytes, name: str) -> Message:
    """The parts of a letter or an archive. Raises UnreadableFile for what would keep the parser busy."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    looks = lines * (1 + data.lower().count(b"boundary"))
    if data.count(b"\n--") > _MOST_PARTS or lines > _MOST_LINES or looks > _MOST_WORK:
        raise UnreadableFile(f"{name}: a letter of more parts or lines than any real one", "save what it holds as files")
    try:
        return BytesParser(policy=_POLICY).parsebytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    except RecursionError as error:
        raise UnreadableFile(f"{name}: its parts are nested too deep", "save what it holds as files") from error


def page_of(data: bytes, name: str) -> bytes:
    """The page of a web archive, as the file that was saved: in UTF-8 with a BOM where its charset is known. Frames, pictures
    and styles beside it are left out. Raises UnreadableFile where there is no page."""
    archive = parse(data, name)
    pages = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise UnreadableFile(
            f"{name}: a web archive (.mht) that holds no page", "open it in a browser and save the page as HTML"
        )
    start = archive.get_param("start")
    return _words(next((page for page in pages if page["content-id"] == start), pages[0]), mark="utf-8-sig")


def pieces(letter: Message) -> Iterator[tuple[str, bytes | Message]]:
    """The letter's own text, named by its subject (in HTML where it has that: tables keep their cells), and each file that is
    attached, by its name; beside files the text is OwnWords. A letter in it is a Message. Left out: an empty text, signatures,
    pictures that the text shows."""
    subject, leaves = _title(letter), list(_leaves(letter))
    alone = all(map(_is_text, leaves))
    for n, part in enumerate(leaves, 1):
        content_type, name = part.get_content_type(), _file_name(part)
        if content_type == LETTER and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                yield name or f"{_title(inner)}.eml", inner
        elif not _is_text(part):
            yield name or f"附件{n}", _bytes(part)
        elif NO_WORDS.sub(b"", words := _words(part, mark="utf-8-sig" if content_type in _PAGES else "utf-8")):
            yield f"{subject}{'.html' if content_type in _PAGES else '.txt'}", words if alone else OwnWords(words)


def _is_text(part: Message) -> bool:
    """Whether it is what the letter itself says; so is a part of parts whose boundary is nowhere in the letter."""
    is_words = part.get_content_maintype() == "multipart" or part.get_content_type() in ("text/plain", *_PAGES)
    return is_words and not _file_name(part) and part.get_content_disposition() != "attachment"


def _leaves(part: Message) -> Iterator[Message]:
    """Parts without parts: of the ways to say the same the fullest, of a page and what it shows the page."""
    content_type, parts = part.get_content_type(), part.get_payload()
    if content_type == LETTER or not isinstance(parts, list):
        if content_type not in _SIGNATURES:
            yield part
        return
    children = [child for child in parts if isinstance(child, Message)]
    if content_type == "multipart/alternative":
        children = [max(children, key=_fullness)] if children else []
    for n, child in enumerate(children):
        if not (content_type == ARCHIVE and n and _is_shown(child)):
            yield from _leaves(child)


def _fullness(part: Message) -> int:
    held = {inner.get_content_type() for inner in part.walk()}
    return 2 if held & set(_PAGES) else int("text/plain" in held)


def _is_shown(part: Message) -> bool:
    return part.get_content_type().startswith(_SHOWN) and part.get_content_disposition() != "attachment"


# ---- words of a part ------------------------------------------------------------------------------------------------


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _words(part: Message, mark: str) -> bytes:
    """The text of the part encoded as `mark` says; its bytes as they are where its charset is unknown or untrue."""
    data = _bytes(part)
    if charset := _CHARSETS.get(str(part.get_content_charset("")).lower()):
        text = data.decode(charset, "replace").removeprefix("\ufeff")
        if text.count("\ufffd") <= _MOST_DAMAGED * len(text):
            return text.encode(mark)
    return data


def _title(letter: Message) -> str:
    return _plain(str(letter.get("subject", ""))).replace("/", "／").replace("\\", "＼").strip() or "无主题"


def _file_name(part: Message) -> str:
    """As the sender's program gave it, without folders; empty where it gave none."""
    return _plain(part.get_filename("")).replace("\\", "/").rpartition("/")[2].strip()


def _plain(value: str) -> str:
    """A field's value without encoded words (RFC 2047): those of one charset are joined before they are decoded."""
    try:
        chunks = decode_header(value)
    except HeaderParseError:
        return value
    return "".join(
        chunk if isinstance(chunk, str) else _guessed(chunk, _CHARSETS.get((charset or "").lower()))
        for chunk, charset in chunks
    )


def _guessed(raw: bytes, charset: str | None = None) -> str:
    for known in (charset, "utf-8", "gb18030", "big5hkscs"):
        if known:
            try:
                return raw.decode(known)
            except UnicodeDecodeError:
                continue
    return raw.decode(charset or "gb18030", "replace")
