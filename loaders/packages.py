"""Files that hold files: .zip and .eml. Each file in one is a file of its own, with a name of its own."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from copy import copy
from dataclasses import dataclass
from email.message import Message
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kg.errors import UnreadableFile
from loaders.formats.mime import parse, pieces
from loaders.read import is_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What systems and programs put beside a person's files.
# 例 __MACOSX/._通知.docx · 材料/.DS_Store · Thumbs.db · ~$通知.docx
JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
# 例 C: of C:\材料\通知.docx
DRIVE = re.compile(r"[A-Za-z]:")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
HANZI = re.compile(r"[\u3400-\u9fff]")

MOST_FILES: Final = 2_000
"""Files in a package, those of packages in it and what is skipped included."""
LARGEST_FILE: Final = 100_000_000
MOST_BYTES: Final = 300_000_000
"""Bytes of all files of a package, unpacked."""
DEEPEST: Final = 3
"""Packages in one another, the outermost included: a zip attached to a letter that lies in a zip."""
MOST_RATIO: Final = 200
"""How much larger than packed a file may be that is over a million bytes unpacked. Deflate reaches 1,032; office files and
texts stay below 50."""

_SMALL = 1_000_000
_LONGEST_NAME, _MOST_FOLDERS = 200, 20  # characters of a part of a path, and parts; what is before the last is left out
_MOST_NAMED = 20  # packages that lie too deep
_HEADER = 30  # bytes before the name of a file in a zip (APPNOTE.TXT, 4.3.7)
_ENCRYPTED, _UTF8 = 0x1, 0x800  # flags of a file in a zip (APPNOTE.TXT, 4.4.4)
_BROKEN = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error)  # what zipfile raises of broken files
_AGAIN = "unpack it and load the files in it"


class Member(NamedTuple):
    """A file in a package: `name` is its path there (附件/表1.docx, of a zip in it 内.zip/表1.docx), without `..`, root or
    drive, and no other has the same. `content` is an error where it is not read; `name` is empty where that is the package."""

    name: str
    content: bytes | UnreadableFile


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files in the package `data`, for which loaders.read.is_package must hold, in its order; those of packages in it too.

    Nothing is written anywhere, and no more is unpacked than the limits above: sizes are looked at before and while a file is
    unpacked. Past a limit on the whole package the last members say so. What systems put beside files (__MACOSX, Thumbs.db)
    is left out without a word.
    """
    left = _Left()
    try:
        yield from _members(data, name, left, 1)
    except _TooMuch as error:
        yield Member("", UnreadableFile(f"{name}: it holds {error}; what is past that is not read", _AGAIN))
    if (more := left.deep - _MOST_NAMED) > 0:
        yield Member("", UnreadableFile(f"{name}: {more:,} more of packages in one another, more than {DEEPEST}", _AGAIN))


class _TooMuch(Exception):
    """A package, with all in it, is past a limit."""


@dataclass(slots=True)
class _Left:
    """What may still be unpacked. `deep`: packages that are not, for they lie too deep in one another."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES
    deep: int = 0

    def take(self, files: int, size: int) -> None:
        self.files -= files
        self.bytes -= size
        if self.files < 0:
            raise _TooMuch(f"more than {MOST_FILES:,} files")
        if self.bytes < 0:
            raise _TooMuch(f"more than {MOST_BYTES:,} bytes")


def _members(package: bytes | Message, place: str, left: _Left, depth: int) -> Iterator[Member]:
    """`place`: the package as errors name it."""
    try:
        none = True
        for name, content in _distinct(_pieces(package, place, left)):
            none = False
            if isinstance(content, UnreadableFile) or not (isinstance(content, Message) or is_package(content, name)):
                yield Member(name, content)
            elif depth == DEEPEST:
                left.deep += 1
                if left.deep <= _MOST_NAMED:
                    yield Member(name, UnreadableFile(f"{place}/{name}: packages in one another, more than {DEEPEST}", _AGAIN))
            else:
                for inner in _members(content, f"{place}/{name}", left, depth + 1):
                    yield Member(f"{name}/{inner.name}".rstrip("/"), inner.content)
        if none:
            yield Member("", UnreadableFile(f"{place}: there is no file in it", "give a package with files in it"))
    except UnreadableFile as error:
        yield Member("", error)


def _pieces(package: bytes | Message, place: str, left: _Left) -> Iterator[tuple[str, bytes | Message | UnreadableFile]]:
    if isinstance(package, bytes) and package.startswith(b"PK"):
        yield from _unzipped(package, place, left)
        return
    for name, content in pieces(package if isinstance(package, Message) else parse(package, place)):
        left.take(1, len(content) if isinstance(content, bytes) else 0)
        yield name, content


def _distinct(
    found: Iterable[tuple[str, bytes | Message | UnreadableFile]],
) -> Iterator[tuple[str, bytes | Message | UnreadableFile]]:
    """A second 附件.docx is 附件 (2).docx."""
    times: Counter[str] = Counter()
    for name, content in found:
        path = PurePosixPath(_inside(name))
        own = str(path)
        while times[own]:
            times[str(path)] += 1
            own = str(path.with_name(f"{path.stem} ({times[str(path)]}){path.suffix}"))
        times[own] = 1
        yield own, content


def _inside(name: str) -> str:
    """A path that stays in the package and that systems take: only names are made of it, no files."""
    parts = [CONTROL.sub("\ufffd", part).strip() for part in name.replace("\\", "/").split("/")]
    if DRIVE.fullmatch(parts[0]):
        del parts[0]
    kept = [part if len(part) <= _LONGEST_NAME else _shortened(part) for part in parts if part not in ("", ".", "..")]
    return "/".join(kept[-_MOST_FOLDERS:]) or "无名"


def _shortened(name: str) -> str:
    suffix = PurePosixPath(name).suffix[:20]
    return name[: _LONGEST_NAME - len(suffix)] + suffix


# ---- zip ------------------------------------------------------------------------------------------------------------


def _unzipped(data: bytes, place: str, left: _Left) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """Raises UnreadableFile for an archive that is broken as a whole, or made to unpack to more than it holds."""
    try:
        archive = ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableFile(f"{place}: the archive is broken", "pack it again") from error
    with archive:
        entries = archive.infolist()
        left.take(len(entries), 0)
        by_place = sorted(entries, key=lambda entry: entry.header_offset)
        if any(one.header_offset + _HEADER + one.compress_size > two.header_offset for one, two in pairwise(by_place)):
            raise UnreadableFile(f"{place}: files in it overlap: it is made to do harm", "ask whoever sent it")
        for entry in entries:
            name = _name(entry)
            if not (name.endswith("/") or JUNK.search(name)):
                yield name, _unpacked(archive, entry, f"{place}/{_inside(name)}", left)


def _unpacked(archive: ZipFile, entry: ZipInfo, place: str, left: _Left) -> bytes | UnreadableFile:
    if problem := _problem(entry):
        return UnreadableFile(f"{place}: {problem}", _AGAIN)
    left.take(0, entry.file_size)
    open_ended = copy(entry)
    open_ended.file_size += 1  # zipfile stops at the size that it is told: one byte more shows that there are more
    try:
        with archive.open(open_ended) as packed:
            content = packed.read(open_ended.file_size)
    except _BROKEN:
        return UnreadableFile(f"{place}: broken in the archive", "pack it again")
    if len(content) != entry.file_size:
        return UnreadableFile(f"{place}: its size is not what the archive says", "pack it again")
    return content


def _problem(entry: ZipInfo) -> str | None:
    """Why the file is not unpacked, by what the archive says of it."""
    if entry.flag_bits & _ENCRYPTED:
        return "it has a password"
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "it is packed by another method than Deflate"
    if entry.file_size > LARGEST_FILE:
        return f"unpacked it is larger than {LARGEST_FILE:,} bytes"
    if entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
        return f"unpacked it is more than {MOST_RATIO} times as large as packed"
    return None


def _name(entry: ZipInfo) -> str:
    """The path as its packer wrote it. Without the flag for UTF-8 the standard says code page 437, Chinese systems write GBK
    and macOS writes UTF-8."""
    given = entry.orig_filename  # where it is unchanged: a backslash may be half of a character
    if entry.flag_bits & _UTF8 or given.isascii():
        return given.replace("\\", "/")
    raw = given.encode("cp437")
    for charset, common in (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("big5hkscs", "big5")):
        try:
            name = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        hanzi = HANZI.findall(name)
        if charset == "utf-8" or 2 * len("".join(hanzi).encode(common, "ignore").decode(common)) > len(hanzi):
            return name.replace("\\", "/")
    return given.replace("\\", "/")
