"""Asides of the sheets of an .xls or .et: records of its Workbook stream ([MS-XLS] 2.3 and 2.4)."""

from __future__ import annotations

import io
import struct
from struct import unpack_from
from typing import TYPE_CHECKING, Final, NamedTuple

import olefile

from kg.errors import UnreadableFile
from loaders.formats.asides import Aside, Asides, check_size
from loaders.formats.number_formats import BUILTIN, EPOCH, EPOCH_1904

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOF, _EOF, _DIMENSIONS, _PASSWORD = 0x0809, 0x000A, 0x0200, 0x002F
_ROW, _COLUMNS, _OBJECT, _FORMULA, _MANY = 0x0208, 0x007D, 0x005D, 0x0006, 0x00BD
_DATE_MODE, _FORMAT, _STYLE, _SHEET = 0x0022, 0x041E, 0x00E0, 0x0085
_CELLS: Final = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0205, _FORMULA})
_BOOL_OR_ERROR: Final = 0x0205
_SHOWN: Final = {0x05: "图表", 0x08: "图片", 0x06: "文本框", 0x02: "文本框"}
"""Objects on a sheet, by type, that have no words which are read."""

_BIFF8: Final = 0x0600
_MOST_PLACES: Final = 1 << 24  # of a sheet: 65,536 rows of 256 cells
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


class _Record(NamedTuple):
    kind: int
    data: memoryview


def read_asides(data: bytes, name: str) -> Asides:
    """Raises UnreadableFile for a workbook that is larger than is read, or says that it is."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        streams = {"/".join(path).lower(): path for path in ole.listdir()}
        stream = memoryview(ole.openstream(streams.get("workbook") or streams["book"]).read())
    formats = dict(BUILTIN)
    styles: list[str] = []
    starts: list[int] = []
    epoch, is_biff8 = EPOCH, True
    for kind, record in _records(stream, 0):
        if kind == _PASSWORD:
            raise UnreadableFile(f"{name}: an office file that asks for a password", "save it again without one")
        if kind == _BOF:
            is_biff8 = unpack_from("<H", record)[0] >= _BIFF8
        elif kind == _DATE_MODE and unpack_from("<H", record)[0] == 1:
            epoch = EPOCH_1904
        elif kind == _FORMAT:
            formats[unpack_from("<H", record)[0]] = _words(record[2:], is_biff8)
        elif kind == _STYLE:
            styles.append(formats.get(unpack_from("<H", record, 2)[0], ""))
        elif kind == _SHEET:
            starts.append(unpack_from("<I", record)[0])
    codes = ["" if code.lower() in ("general", "@") else code for code in styles]
    asides: list[Aside] = []
    for start in starts:
        asides.append(_aside(stream, start, codes, name))
        check_size(asides, name)
    return Asides(asides, epoch)


def _records(stream: memoryview, at: int) -> Iterator[_Record]:
    """The records of the substream at `at`, without those of the charts in it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        if depth <= 1:
            yield _Record(kind, stream[at + 4 : at + 4 + length])
        at += 4 + length


def _aside(stream: memoryview, start: int, codes: list[str], name: str) -> Aside:
    aside = Aside()
    for kind, record in _records(stream, start):
        try:
            if kind == _DIMENSIONS:
                _check_dimensions(record, name)
            elif kind == _ROW:
                if unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
                    aside.hidden_rows.add(unpack_from("<H", record)[0])
            elif kind == _COLUMNS:
                first, last, width, _, flags = unpack_from("<5H", record)
                if flags & _HIDDEN_COLUMN or not width:
                    aside.hide_columns(first, last)
            elif kind == _OBJECT:
                shown = _SHOWN.get(unpack_from("<H", record, 4)[0])
                aside.pictures += [shown] if shown else []
            elif kind == _MANY:
                row, first = unpack_from("<HH", record)
                for n in range((len(record) - 6) // 6):
                    _cell(row, first + n, unpack_from("<H", record, 4 + 6 * n)[0], codes, aside)
            elif kind in _CELLS:
                row, column, style = unpack_from("<3H", record)
                _cell(row, column, style, codes, aside)
                is_error = kind == _FORMULA and record[6] == 2 and bytes(record[12:14]) == b"\xff\xff"
                if is_error or (kind == _BOOL_OR_ERROR and record[7]):
                    aside.unsolved.append((row, column))
        except (struct.error, IndexError):
            continue  # a record cut short
    return aside


def _cell(row: int, column: int, style: int, codes: list[str], aside: Aside) -> None:
    aside.saw(row, column)
    if style < len(codes) and codes[style]:
        aside.formats[row, column] = codes[style]


def _check_dimensions(record: memoryview, name: str) -> None:
    """A reader makes room for all cells between the first and the last that a sheet is said to have."""
    form = "<IIHH" if len(record) >= 14 else "<4H"
    top, bottom, _, right = unpack_from(form, record)
    rows = (bottom - 1 - top if bottom and right else 0) + 1
    if rows < 0 or rows * max(right, 1) > _MOST_PLACES or right > 256:
        raise UnreadableFile(f"{name}: one of its sheets says that it has more cells than can be", "save it as .xlsx")


def _words(string: memoryview, is_biff8: bool) -> str:
    """A string with its length before it, of UTF-16 or of one byte a character ([MS-XLS] 2.5.294); "" for one cut short."""
    if not is_biff8:
        return bytes(string[1 : 1 + string[0]]).decode("gb18030", errors="replace")
    length, wide = unpack_from("<HB", string)
    if wide & 1:
        return bytes(string[3 : 3 + 2 * length]).decode("utf-16-le", errors="replace")
    return bytes(string[3 : 3 + length]).decode("latin-1")
