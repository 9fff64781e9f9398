"""The structures of a Word 97-2003 binary file, by their names in [MS-DOC].

Positions: cp, a count of UTF-16 units of the document; fc, a byte in the stream WordDocument.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from struct import unpack_from
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import UnreadableFile
from loaders.formats.lists import DEEPEST_STYLE, Level, Lists
from loaders.formats.office_art import picture_in, pictures_of_shapes
from loaders.formats.sprms import HUGE, PICTURE, Paragraph, mark_of, said_of, sprms

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS: Final = 20_000_000

_AS_DOCX = "open it in a word processor and save it as .docx"
_IDENTS: Final = (0xA5EC, 0xA5DC, 0xA699, 0xA698, 0xA697, 0xA59B, 0xA59C)  # FibBase.wIdent; the others are older
_FIRST_NFIB: Final = 0x00C0  # FibBase.nFib: 0x00C0 to 0x00C2 are Word 97; before it come Word 6 and 95
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200  # FibBase: fEncrypted, fWhichTblStm
_PICF, _WITH_NAME = 68, 0x66  # bytes of a PICF, and its mfpf.mm where the name of a file follows it
_PAGE: Final = 512  # bytes of a PapxFkp or ChpxFkp
_STORIES: Final = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")

# FibRgFcLcb97: which pair of offset and size in the table stream says where each structure is.
_STYLES, _CHPX, _PAPX, _CLX = 1, 12, 13, 33
_ANCHORS, _DRAWINGS, _BOXES = 40, 50, 56
_NOTES: Final = {"footnotes": 3, "endnotes": 47}
_LISTS, _OVERRIDES = 73, 74

_FORMS: Final = {
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth",
    22: "decimalZero",
    23: "bullet",
    28: "decimalEnclosedCircleChinese",
    30: "ideographTraditional",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}
"""Numerals by their number, MSONFC ([MS-OSHARED], 2.2.1.3), in the names of ST_NumberFormat; the others are printed plain."""


class Fib(NamedTuple):
    """The head of the stream WordDocument: which stream is its table stream, the cp at which each story ends, and where
    structures are in the table stream."""

    table: str
    stories: dict[str, tuple[int, int]]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, word: bytes, name: str) -> Fib:
        """Raises UnreadableFile for Word 6 and 95, and for a file with a password."""
        ident, version = unpack_from("<HH", word)
        (flags,) = unpack_from("<H", word, 10)
        if ident not in _IDENTS:
            raise UnreadableFile(f"{name}: the .doc is broken", _AS_DOCX)
        if version < _FIRST_NFIB:
            raise UnreadableFile(f"{name}: a .doc of Word 6 or 95, or older", _AS_DOCX)
        if flags & _ENCRYPTED:
            raise UnreadableFile(f"{name}: the .doc asks for a password", "save it again without one")
        counts = 32 + 2 + 2 * unpack_from("<H", word, 32)[0]
        lengths = unpack_from("<8I", word, counts + 2 + 12)
        ends = [0]
        for length in lengths:
            ends.append(ends[-1] + length)
        pairs = counts + 2 + 4 * unpack_from("<H", word, counts)[0]
        (count,) = unpack_from("<H", word, pairs)
        flat = unpack_from(f"<{2 * count}I", word, pairs + 2)
        return cls(
            "1Table" if flags & _TABLE_1 else "0Table",
            dict(zip(_STORIES, pairwise(ends), strict=True)),
            tuple(zip(flat[::2], flat[1::2], strict=True)),
        )


class Piece(NamedTuple):
    """Characters [start, end) in cp, which stand at `at` in fc, `width` bytes each, with modifiers of their own."""

    start: int
    end: int
    at: int
    width: int
    modifiers: bytes


@dataclass(slots=True)
class WordFile:
    """The text of all stories with what is said of it. Made of the streams WordDocument, 0Table or 1Table, and Data.

    `text` holds one character for each UTF-16 unit, halves of pairs included; `marks` says of each what KEPT and the others
    mean. Raises UnreadableFile for one that is too long, and struct.error or IndexError where structures are cut off.
    """

    fib: Fib
    word: bytes
    table: bytes
    data: bytes
    name: str
    text: str = ""
    marks: bytearray = field(default_factory=bytearray)
    lists: Lists = field(default_factory=Lists)
    _pieces: list[Piece] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)  # cp of each piece
    _styles: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    _runs: list[tuple[int, int, int]] = field(default_factory=list)  # PAPX: fc from, fc to, offset
    _characters: list[tuple[int, int, int]] = field(default_factory=list)  # CHPX, likewise
    _said: dict[tuple[int, bytes], Paragraph] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pieces = list(self._read_pieces())
        self._starts = [piece.start for piece in self._pieces]
        self.text = "".join(map(self._words, self._pieces))
        self.marks = bytearray(len(self.text))
        self._styles = dict(self._read_styles())
        self._read_lists()
        self._characters = sorted(self._fkp_runs(_CHPX, 1))
        self._mark_characters()
        self._runs = sorted(self._fkp_runs(_PAPX, 13))

    # ---- text ----

    def structure(self, place: int) -> bytes:
        """The bytes of a structure in the table stream, empty where the file has none."""
        at, size = self.fib.places[place] if place < len(self.fib.places) else (0, 0)
        return self.table[at : at + size]

    def _read_pieces(self) -> Iterator[Piece]:
        """Clx, with PlcPcd and Pcd."""
        clx, at, modifiers = self.structure(_CLX), 0, []
        while clx[at] == 1:
            (size,) = unpack_from("<H", clx, at + 1)
            modifiers.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        (size,) = unpack_from("<I", clx, at + 1)
        for start, end, pcd in _plc(clx[at + 5 : at + 5 + size], 8):
            if not start <= end <= len(self.word):  # pieces that are one another's copies could make any length
                raise UnreadableFile(f"{self.name}: the file is cut off or broken", _AS_DOCX)
            if end > MOST_CHARACTERS:
                raise UnreadableFile(f"{self.name}: longer than {MOST_CHARACTERS:,} characters", "split it")
            _, place, modifier = unpack_from("<HIH", pcd)
            narrow = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            own = modifiers[modifier >> 1] if modifier & 1 and modifier >> 1 < len(modifiers) else b""
            yield Piece(start, end, place // 2 if narrow else place, 1 if narrow else 2, own)

    def _words(self, piece: Piece) -> str:
        data = self.word[piece.at : piece.at + (piece.end - piece.start) * piece.width]
        if len(data) < (piece.end - piece.start) * piece.width:
            raise UnreadableFile(f"{self.name}: the file is cut off or broken", _AS_DOCX)
        if piece.width == 1:
            return data.decode("cp1252", errors="replace")
        words = data.decode("utf-16-le", errors="surrogatepass")
        halves = len(data) // 2
        return words if len(words) == halves else "".join(map(chr, unpack_from(f"<{halves}H", data)))

    def _fkp_runs(self, place: int, stride: int) -> Iterator[tuple[int, int, int]]:
        """PlcBteChpx and PlcBtePapx: of each run of characters or paragraph from fc to fc, the offset of what is said of it."""
        plc = self.structure(place)
        numbers = (unpack_from("<I", page)[0] & 0x3FFFFF for _, _, page in _plc(plc, 4))
        for number in dict.fromkeys(numbers):
            page = self.word[number * _PAGE : (number + 1) * _PAGE]
            count = page[-1] if len(page) == _PAGE else 0
            offsets = 4 * (count + 1)
            if offsets + stride * count >= _PAGE:
                continue
            for n, (start, end) in enumerate(pairwise(unpack_from(f"<{count + 1}I", page))):
                if offset := page[offsets + stride * n]:
                    yield start, end, number * _PAGE + 2 * offset

    def _mark_characters(self) -> None:
        """Marks what the character properties (ChpxFkp) or a piece's own modifiers leave out."""
        said: dict[bytes, int] = {}
        runs: list[tuple[int, int, int]] = []
        for start, end, at in self._characters:
            modifiers = self.word[at + 1 : at + 1 + self.word[at]]
            if modifiers not in said:
                said[modifiers] = mark_of(modifiers)
            begin = max(start, runs[-1][1]) if runs else start  # a hostile file may say that runs lie over one another
            if said[modifiers] and begin < end:
                runs.append((begin, end, said[modifiers]))
        starts = [start for start, _, _ in runs]
        for piece in self._pieces:
            end = piece.at + (piece.end - piece.start) * piece.width
            n = max(0, bisect_right(starts, piece.at) - 1)
            while n < len(runs) and runs[n][0] < end:
                begin, stop, mark = runs[n]
                first, last = ((min(max(fc, piece.at), end) - piece.at) // piece.width for fc in (begin, stop))
                self.mark(piece.start + first, piece.start + last, mark)
                n += 1
            if mark := mark_of(piece.modifiers):
                self.mark(piece.start, piece.end, mark)

    def mark(self, start: int, end: int, mark: int) -> None:
        self.marks[start:end] = bytes([mark]) * (end - start)

    # ---- paragraphs ----

    def paragraph(self, last: int) -> Paragraph:
        """What is said of the paragraph whose mark is at the cp `last`: by its style, then by itself, then by its piece."""
        piece, at = self._said_at(last, self._runs)
        key = (at, piece.modifiers)
        if key not in self._said:
            own = self._papx(at) if at else b"\0\0"
            said = said_of(self._unfolded(own[2:] + piece.modifiers))
            self._said[key] = self._with_style(unpack_from("<H", own)[0], said)
        return self._said[key]

    def _said_at(self, cp: int, runs: list[tuple[int, int, int]]) -> tuple[Piece, int]:
        """The piece in which the character at `cp` is, and where in WordDocument that stands which its run says; 0 for none."""
        piece = self._pieces[bisect_right(self._starts, cp) - 1]
        fc = piece.at + (cp - piece.start) * piece.width
        n = bisect_right(runs, (fc, 1 << 40, 0)) - 1
        return piece, runs[n][2] if n >= 0 and runs[n][1] > fc else 0

    def _papx(self, at: int) -> bytes:
        """PapxInFkp: its style, and modifiers."""
        size = self.word[at]
        return self.word[at + 1 : at + 2 * size] if size else self.word[at + 2 : at + 2 + 2 * self.word[at + 1]]

    def _unfolded(self, modifiers: bytes) -> bytes:
        """sprmPHugePapx points at modifiers in the stream Data: those of wide rows."""
        for sprm, operand in sprms(modifiers):
            if sprm == HUGE and (at := unpack_from("<I", operand)[0]) + 2 <= len(self.data):
                return modifiers + self.data[at + 2 : at + 2 + unpack_from("<H", self.data, at)[0]]
        return modifiers

    def _with_style(self, style: int, said: Paragraph) -> Paragraph:
        """List and level, where the paragraph itself says nothing of them, from its style or those that it is based on."""
        for _ in range(DEEPEST_STYLE):
            if style not in self._styles or (said.list_id is not None and said.level is not None):
                break
            style, modifiers = self._styles[style]
            styled = said_of(modifiers)
            said = said._replace(
                list_id=styled.list_id if said.list_id is None else said.list_id,
                level=styled.level if said.level is None else said.level,
            )
        return said

    def _read_styles(self) -> Iterator[tuple[int, tuple[int, bytes]]]:
        """STSH: of each paragraph style, what it is based on and its modifiers (STD)."""
        styles = self.structure(_STYLES)
        if len(styles) < 6:
            return
        size, count, base = unpack_from("<HHH", styles)
        at = 2 + size
        for n in range(count):
            if at + 2 > len(styles):
                return
            (length,) = unpack_from("<H", styles, at)
            style = styles[at + 2 : at + 2 + length]
            at += 2 + length
            if length < base + 2 or style[2] & 15 != 1:
                continue
            name = unpack_from("<H", style, base)[0]
            upx = base + 2 + 2 * name + 2
            if upx + 2 <= length:
                yield n, (unpack_from("<H", style, 2)[0] >> 4, style[upx + 4 : upx + 2 + unpack_from("<H", style, upx)[0]])

    # ---- lists ----

    def _read_lists(self) -> None:
        """PlfLst and PlfLfo: the lists by the number by which paragraphs name them, from 1."""
        heads, overrides = self.structure(_LISTS), self.structure(_OVERRIDES)
        if len(heads) < 2 or len(overrides) < 4:
            return
        at = sum(self.fib.places[_LISTS])
        levels: dict[int, dict[int, Level]] = {}
        for n in range(unpack_from("<H", heads)[0]):
            (list_id,) = unpack_from("<i", heads, 2 + 28 * n)
            of_list = levels.setdefault(list_id, {})
            for k in range(1 if heads[2 + 28 * n + 26] & 1 else 9):
                of_list[k], at = self._level(at)
        (count,) = unpack_from("<I", overrides)
        at = self.fib.places[_OVERRIDES][0] + 4 + 16 * count
        for n in range(1, min(count, 2046) + 1):
            list_id, changes = unpack_from("<i8xB", overrides, 4 + 16 * (n - 1))
            own = levels.get(list_id, {})
            at += 4
            for _ in range(changes):
                start, which = unpack_from("<iI", self.table, at)
                at, k = at + 8, which & 15
                if which & 32:
                    changed, at = self._level(at)
                    own = {**own, k: changed}
                elif which & 16 and k in own:
                    own = {**own, k: own[k]._replace(start=start)}
                if which & 16:
                    self.lists.restarts.add((n, k))
            self.lists.lists[n] = (list_id, own)

    def _level(self, at: int) -> tuple[Level, int]:
        """LVL, and where it ends."""
        start, form, how = unpack_from("<iBB", self.table, at)
        follows, chpx, papx = unpack_from("<B8xBB", self.table, at + 15)
        at += 28 + chpx + papx
        (length,) = unpack_from("<H", self.table, at)
        text = unpack_from(f"<{length}H", self.table, at + 2)
        words = "".join(f"%{code + 1}" if code < 9 else chr(code) for code in text)
        return Level(start, _FORMS.get(form, "decimal"), words, follows != 2, bool(how & 4)), at + 2 + 2 * length

    # ---- notes and drawings ----

    def picture(self, cp: int) -> tuple[bytes, float]:
        """The picture in the line at `cp` (PICFAndOfficeArtData), and its size on paper in square twips; empty for none."""
        _, said = self._said_at(cp, self._characters)
        modifiers = self.word[said + 1 : said + 1 + self.word[said]] if said else b""
        at = next((unpack_from("<I", operand)[0] for sprm, operand in sprms(modifiers) if sprm == PICTURE), len(self.data))
        if at + _PICF > len(self.data):
            return b"", 0
        size, head, kind = unpack_from("<IHH", self.data, at)
        wide, high, of_width, of_height = unpack_from("<4H", self.data, at + 28)
        records = self.data[at + head : at + size]
        named = 1 + records[0] if kind == _WITH_NAME and records else 0
        return picture_in(records[named:]), wide * of_width * high * of_height / 1_000_000  # the others are per mille

    def notes(self, story: str) -> list[tuple[int, int]]:
        """PlcffndTxt and PlcfendTxt: each note of a story from cp to cp; together they are the whole story."""
        first, end = self.fib.stories[story]
        plc = self.structure(_NOTES[story])
        starts = unpack_from(f"<{len(plc) // 4}I", plc)[:-1]  # the last says nothing
        return list(pairwise(sorted({first, end, *(first + start for start in starts if first + start < end)})))

    def anchors(self) -> dict[int, tuple[int, float]]:
        """PlcfSpa: by the cp of its anchor, each shape of the main text, and its size on paper in square twips."""
        found = ((cp, *unpack_from("<I4i", shape)) for cp, _, shape in _plc(self.structure(_ANCHORS), 26))
        return {cp: (shape, (right - left) * (bottom - top)) for cp, shape, left, top, right, bottom in found}

    def floating(self) -> dict[int, int]:
        """By shape, where the picture that it shows begins in the stream WordDocument."""
        return pictures_of_shapes(self.structure(_DRAWINGS))

    def picture_at(self, at: int) -> bytes:
        """The picture in the record that begins there; empty for none."""
        return picture_in(self.word[at : at + 8 + unpack_from("<I", self.word, at + 4)[0]]) if at + 8 <= len(self.word) else b""

    def shapes(self) -> dict[int, int]:
        """The kind of each shape ([MS-ODRAW]: OfficeArtFSP, MSOSPT): 75 is a picture, 20 a line."""
        drawings, kinds, at = self.structure(_DRAWINGS), {}, 2
        while (at := drawings.find(b"\x0a\xf0\x08\0\0\0", at)) >= 0:
            if at + 10 <= len(drawings):
                kinds[unpack_from("<I", drawings, at + 6)[0]] = unpack_from("<H", drawings, at - 2)[0] >> 4
            at += 6
        return kinds

    def boxes(self) -> dict[int, tuple[int, int]]:
        """PlcftxbxTxt: by the shape that shows it, each text box from cp to cp."""
        first, end = self.fib.stories["boxes"]
        boxes: dict[int, tuple[int, int]] = {}
        last = 0
        for start, stop, box in _plc(self.structure(_BOXES), 22):
            if last <= start <= stop <= end - first:  # boxes that lie over one another could make any length
                boxes[unpack_from("<I", box, 14)[0]] = first + start, first + stop
                last = stop
        return boxes


def _plc(plc: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """PLC: elements of `size` bytes, each with where it begins and ends."""
    count = max(0, (len(plc) - 4) // (4 + size))
    positions = unpack_from(f"<{count + 1}I", plc) if count else ()
    for n, (start, end) in enumerate(pairwise(positions)):
        at = 4 * (count + 1) + size * n
        yield start, end, plc[at : at + size]
