"""A maker of Word 97-2003 files for tests: the streams by [MS-DOC], in an OLE compound file by [MS-CFB].

Its paragraphs stand in the file in the other order than in the text, each a piece of its own; those of Latin letters are
packed, a byte a character.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from struct import pack

TEXT_AT = 1024  # fc of the first character
PAIRS = 93  # FibRgFcLcb97
STYLES, FOOTNOTES, CHPX, PAPX, CLX, ANCHORS, DRAWINGS, BOXES, LISTS, OVERRIDES = 1, 3, 12, 13, 33, 40, 50, 56, 73, 74


def sprm(code: int, form: str, *values: int) -> bytes:
    return pack(f"<H{form}", code, *values)


DELETED, HIDDEN, SYMBOL = sprm(0x0800, "B", 1), sprm(0x083C, "B", 1), sprm(0x6A09, "HH", 3, 0xF0FE)
IN_TABLE = sprm(0x2416, "B", 1)


def item(of_list: int, level: int = 0) -> bytes:
    return sprm(0x260A, "B", level) + sprm(0x460B, "h", of_list)


def picture(at: int) -> Para:
    """A paragraph of a picture, which begins there in the stream Data."""
    return Para((("\x01", sprm(0x6A03, "I", at)), ("\r", b"")))


def picf(data: bytes, wide: int, high: int) -> bytes:
    """A PNG, in the line `wide` and `high` in twips: a PICF, a shape of no words, and the picture in an entry of a store."""
    blip = pack("<HHI", 0x6E0 << 4, 0xF01E, len(data) + 17) + b"\0" * 17 + data
    shape = pack("<HHI", 15, 0xF004, 16) + pack("<HHI8x", 0, 0xF00A, 8)
    records = shape + pack("<HHI36x", 2, 0xF007, 36 + len(blip)) + blip
    return pack("<IHH20x4H32x", 68 + len(records), 68, 0x64, wide, high, 1000, 1000) + records


def row_end(edges: Sequence[int], across: Iterable[int] = (), down: Iterable[int] = (), begins: Iterable[int] = ()) -> bytes:
    """The mark of a row whose cells have `edges`; which of them go on the one before, or the one above, by their index."""
    cells = b"".join(pack("<H18x", (n in across) | (n in down) << 5 | 3 * (n in begins) << 5) for n in range(len(edges) - 1))
    body = pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + cells
    return IN_TABLE + sprm(0x2417, "B", 1) + pack("<HH", 0xD608, len(body) + 1) + body


@dataclass(frozen=True, slots=True)
class Para:
    """Runs of characters, each with its modifiers; then the modifiers and the style of the paragraph. Its mark is in them."""

    runs: tuple[tuple[str, bytes], ...]
    modifiers: bytes = b""
    style: int = 0

    @property
    def words(self) -> str:
        return "".join(words for words, _ in self.runs)


def p(words: str, modifiers: bytes = b"", style: int = 0, end: str = "\r") -> Para:
    return Para(((words + end, b""),), modifiers, style)


def row(*cells: str, edges: Sequence[int] = (), end: bytes = b"", deleted: bool = False) -> list[Para]:
    places = edges or range(0, 2000 * len(cells) + 1, 2000)
    mark = Para((("\x07", DELETED if deleted else b""),), end or row_end(places))
    return [*(p(words, IN_TABLE, end="\x07") for words in cells), mark]


@dataclass(slots=True)
class Doc:
    """A document: `text` is its main story, the others follow it; the rest are structures of the table stream by number."""

    text: Sequence[Para]
    footnotes: Sequence[Para] = ()
    headers: Sequence[Para] = ()
    comments: Sequence[Para] = ()
    endnotes: Sequence[Para] = ()
    boxes: Sequence[Para] = ()
    structures: dict[int, bytes] = field(default_factory=dict)
    version: int = 0x00C1
    flags: int = 0x0200
    pictures: bytes = b""  # the stream Data
    tail: bytes = b""  # behind the PlfLst, which its levels follow

    def streams(self) -> dict[str, bytes]:
        stories = (self.text, self.footnotes, self.headers, (), self.comments, self.endnotes, self.boxes)
        paragraphs = [para for story in stories for para in story]
        body, places = b"", {}
        for n in reversed(range(len(paragraphs))):
            words = paragraphs[n].words
            narrow = words.isascii()
            places[n] = (TEXT_AT + len(body), narrow)
            body += words.encode("ascii" if narrow else "utf-16-le")
        word = bytearray(TEXT_AT) + body
        runs, said = [], []
        for n in reversed(range(len(paragraphs))):
            at, narrow = places[n]
            start = at
            for words, modifiers in paragraphs[n].runs:
                size = len(words) if narrow else len(words.encode("utf-16-le"))
                runs.append((at, at + size, pack("B", len(modifiers)) + modifiers if modifiers else b""))
                at += size
            grpprl = pack("<H", paragraphs[n].style) + paragraphs[n].modifiers
            grpprl += b"\0" * (len(grpprl) % 2 == 0)  # an odd number of bytes, with their count before them
            said.append((start, at, pack("B", (len(grpprl) + 1) // 2) + grpprl))
        table = {CLX: self._clx(paragraphs, places), **self.structures}
        table[CHPX], table[PAPX] = (self._pages(word, entries, room) for entries, room in ((runs, 0), (said, 12)))
        stream, pairs = b"", [(0, 0)] * PAIRS
        for number, content in table.items():
            pairs[number] = (len(stream), len(content))
            stream += content + (self.tail if number == LISTS else b"")
        counts = [sum(len(para.words.encode("utf-16-le")) // 2 for para in story) for story in stories]
        head = pack("<HH6xH20x", 0xA5EC, self.version, self.flags) + pack("<H28x", 14) + pack("<H12x", 22)
        head += pack("<8i44x", *counts, 0) + pack("<H", PAIRS) + b"".join(pack("<II", *pair) for pair in pairs)
        word[: len(head)] = head
        streams = {"WordDocument": bytes(word), "1Table" if self.flags & 0x0200 else "0Table": stream}
        return streams | ({"Data": self.pictures} if self.pictures else {})

    def data(self) -> bytes:
        return compound(self.streams())

    @staticmethod
    def _clx(paragraphs: list[Para], places: dict[int, tuple[int, bool]]) -> bytes:
        ends = list(accumulate((len(para.words.encode("utf-16-le")) // 2 for para in paragraphs), initial=0))
        plc = pack(f"<{len(ends)}I", *ends)
        for n in range(len(paragraphs)):
            at, narrow = places[n]
            plc += pack("<HIH", 0, at * 2 | 0x40000000 if narrow else at, 0)
        return pack("<BI", 2, len(plc)) + plc

    @staticmethod
    def _pages(word: bytearray, entries: list[tuple[int, int, bytes]], room: int) -> bytes:
        """Writes pages of what is said from fc to fc (FKP) behind the text, and gives where they are (PlcBte)."""
        starts, numbers = [], []
        for first in range(0, len(entries), 5):
            part = entries[first : first + 5]
            word += b"\0" * (-len(word) % 512)
            page, offset = bytearray(512), 510
            head = pack(f"<{len(part) + 1}I", *(start for start, _, _ in part), part[-1][1])
            for n, (_, _, content) in enumerate(part):
                offset -= len(content) + len(content) % 2
                page[offset : offset + len(content)] = content
                head += pack("B", offset // 2 if content else 0) + b"\0" * room
                assert offset > 4 * (len(part) + 1) + (n + 1) * (room + 1), "a page is full"
            page[: len(head)] = head
            page[511] = len(part)
            starts.append(part[0][0])
            numbers.append(len(word) // 512)
            word += page
        ends = [*starts, entries[-1][1]]
        return pack(f"<{len(ends)}I", *ends) + pack(f"<{len(numbers)}I", *numbers)


def level(form: int, text: str, start: int = 1, plain: bool = False, gap: bool = False) -> bytes:
    """A level of a list (LVL); in `text`, \\0 to \\x08 stand for the numbers of the levels."""
    flags, words = 4 if plain else 0, text.encode("utf-16-le")
    return pack("<iBB9xB12x", start, form, flags, 0 if gap else 2) + pack("<H", len(words) // 2) + words


def lists(*of_list: Sequence[bytes], overrides: Sequence[tuple[int, int | None]] = ()) -> tuple[dict[int, bytes], bytes]:
    """PlfLst and PlfLfo, and the levels behind the first. Each override names a list and where its first level starts anew."""
    heads = b"".join(pack("<i22xBx", n, len(levels) == 1) for n, levels in enumerate(of_list, 1))
    tail = b"".join(
        b"".join([*levels, *[level(23, "")] * (9 - len(levels))][: 1 if len(levels) == 1 else 9]) for levels in of_list
    )
    changes = b"".join(pack("<i8xB3x", of, start is not None) for of, start in overrides)
    starts = b"".join(pack("<I", 0xFFFFFFFF) + (pack("<iI", start, 16) if start is not None else b"") for _, start in overrides)
    return {LISTS: pack("<H", len(of_list)) + heads, OVERRIDES: pack("<I", len(overrides)) + changes + starts}, tail


def styles(*of_paragraph: tuple[int, bytes]) -> bytes:
    """STSH: paragraph styles, each with the one that it is based on and its modifiers."""
    body = b""
    for n, (base, modifiers) in enumerate(of_paragraph):
        papx = pack("<H", n) + modifiers
        style = pack("<HHHHH", 0, 1 | base << 4, 1, 0, 0) + pack("<HHH", 1, ord("a"), 0) + pack("<H", len(papx)) + papx
        body += pack("<H", len(style)) + style
    return pack("<HHH", 4, len(of_paragraph), 10) + body


# ---- OLE compound files ---------------------------------------------------------------------------------------------

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A file with `streams` right under its root; all are filled up to 4,096 bytes, so that none is a small one."""
    contents = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors = {name: -(-len(content) // 512) for name, content in contents.items()}
    directory = -(-(len(streams) + 1) // 4)
    fats = 1
    while fats * 128 < fats + directory + sum(sectors.values()):
        fats += 1
    fat = [FAT_SECTOR] * fats
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    body = b""
    for n, (name, content) in enumerate(contents.items(), 1):
        first = fats + directory + len(body) // 512
        entries.append(_entry(name, 2, first, len(content), right=n + 1 if n < len(contents) else FREE))
        body += content.ljust(sectors[name] * 512, b"\0")
    for count in (directory, *sectors.values()):
        fat += [*range(len(fat) + 1, len(fat) + count), END]
    fat += [FREE] * (fats * 128 - len(fat))
    difat = [*range(fats), *[FREE] * (109 - fats)]
    head = pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        fats,
        fats,
        0,
        4096,
        END,
        0,
        END,
        0,
    )
    return head + pack("<109I", *difat) + pack(f"<{len(fat)}I", *fat) + b"".join(entries).ljust(directory * 512, b"\0") + body


def _entry(name: str, kind: int, first: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", words, len(words), kind, 1, FREE, right, child, first, size)
