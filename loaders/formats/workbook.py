"""A workbook (.xlsx, .xlsm, .xls, .et) -> its sheets in order, as they are shown; what is hidden is left out and named."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kg.errors import KgError, UnreadableFile
from kg.model import Unread, column_letters
from loaders.formats.asides import MOST_PLACES, Aside, Asides
from loaders.formats.number_formats import shown
from loaders.formats.sheets import Row, place_in, words_of, write_sheet
from loaders.formats.written import Cell, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from python_calamine import CalamineSheet

    from kg.model import UnreadKind

    Cells = dict[int, dict[int, Cell]]
    """By row and column, counted from 0: the cells with words, a merged one at every place that it covers."""
    Range = tuple[tuple[int, int], tuple[int, int]]
    """The first and the last place that a merged cell covers."""

_PANIC: Final = "PanicException"  # of the library, which is in Rust; it is no Exception
_SAVE_AGAIN: Final = "open it in a spreadsheet program and save it again as .xlsx"
_MOST_NAMED: Final = 20  # formulas without a result on one sheet that are named one by one
_MOST_CHARACTERS: Final = 20_000_000
_PICTURE_CELL: Final = "=DISPIMG("  # how WPS writes a picture inside a cell


def read_workbook(data: bytes, name: str) -> Written:
    """The words of a workbook: titles and notes as lines, tables as tables, numbers and dates as their formats show them.

    Formulas give the results that the file holds. Comments, headers and footers are no part of it. Raises UnreadableFile
    where there are no words, where a password is asked for, and for what is larger than is read.
    """
    written = Written()
    try:
        _write(data, _asides(data, name), written)
    except PasswordError as error:
        raise UnreadableFile(f"{name}: an office file that asks for a password", "save it again without one") from error
    except BaseException as error:
        known = isinstance(error, Exception) or type(error).__name__ == _PANIC
        if isinstance(error, (KgError, MemoryError)) or not known:
            raise
        raise UnreadableFile(f"{name}: the workbook is broken ({type(error).__name__})", _SAVE_AGAIN) from None
    if written.length > _MOST_CHARACTERS:
        raise UnreadableFile(f"{name}: longer than {_MOST_CHARACTERS:,} characters", "split it, a sheet a file")
    if not any(map(str.strip, written.parts)):
        raise UnreadableFile(f"{name}: no sheet that is shown holds words", "if what you need is hidden, show it and save it")
    return written


def _asides(data: bytes, name: str) -> Asides:
    if not data.startswith(b"PK"):
        from loaders.formats.biff import read_asides  # noqa: PLC0415

        return read_asides(data, name)
    from loaders.formats import spreadsheetml  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return spreadsheetml.read_asides(package, name)


def _write(data: bytes, asides: Asides, written: Written) -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for n, about in enumerate(book.sheets_metadata):
            aside = asides.sheets[n] if n < len(asides.sheets) else Aside()
            if about.typ == SheetTypeEnum.ChartSheet:
                written.missing("picture", f"表「{about.name}」图表")
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(n)
            if about.visible != SheetVisibleEnum.Visible:
                if sheet.start is not None:
                    written.missing("sheet", f"表「{about.name}」", "hidden")
                continue
            cells, merged = _cells(sheet, aside, asides.epoch), sheet.merged_cell_ranges or ()
            del sheet  # which holds its words once more
            _write_sheet(about.name, cells, merged, aside, written)


def _write_sheet(name: str, cells: Cells, merged: Iterable[Range], aside: Aside, written: Written) -> None:
    pictures = _pictures(cells)
    _merge(cells, merged)
    visible = {row: cells[row] for row in sorted(cells) if row not in aside.hidden_rows}
    if aside.hidden_columns:
        visible = {row: {c: cell for c, cell in own.items() if c not in aside.hidden_columns} for row, own in visible.items()}
    placed = write_sheet(name, list(_rows(visible, aside.hidden_rows)), written)

    def missing(kind: UnreadKind, part: str, row: int, why: str | None = None) -> None:
        written.unread.append(Unread(kind, f"表「{name}」{part}", place_in(placed, row + 1), why))

    if aside.hidden_rows or aside.hidden_columns:
        rows, columns = _lost(cells, visible)
        for run in _runs(aside.hidden_rows):
            if held := [row + 1 for row in run if row in rows]:
                missing("row", f"第 {_from_to(held)} 行", held[0] - 1, "hidden")
        for run in _runs(columns):
            missing("part", f"{_from_to([column_letters(column) for column in run])} 列", min(visible, default=0), "hidden")
    unsolved = [at for at in aside.unsolved if at[0] not in aside.hidden_rows and at[1] not in aside.hidden_columns]
    for row, column in unsolved[: None if len(unsolved) <= _MOST_NAMED else 1]:
        more = f" 等 {len(unsolved)} 处" if len(unsolved) > _MOST_NAMED else " "
        missing("part", f"{column_letters(column)}{row + 1}{more}公式没有结果", row)
    for row, column in pictures:
        missing("picture", f"{column_letters(column)}{row + 1} 图片", row)
    for picture in aside.pictures:
        missing("picture", picture, placed.rows[-1][1] if placed.rows else 0)


def _lost(cells: Cells, visible: Cells) -> tuple[set[int], set[int]]:
    """Rows that are not shown, and columns that are not shown of the others, in which words are that stand nowhere else."""
    kept = {id(cell) for row in visible.values() for cell in row.values()}
    lost = [(row, column) for row, own in cells.items() for column, cell in own.items() if id(cell) not in kept]
    return {row for row, _ in lost if row not in visible}, {column for row, column in lost if row in visible}


def _from_to(names: Sequence[object]) -> str:
    return f"{names[0]}–{names[-1]}" if len(names) > 1 else f"{names[0]}"


def _cells(sheet: CalamineSheet, aside: Aside, epoch: datetime) -> Cells:
    top, left = sheet.start or (0, 0)
    cells: Cells = {}
    for row, values in enumerate(sheet.iter_rows(), top):
        own = {
            column: Cell(words)
            for column, value in enumerate(values, left)
            if value != "" and (words := words_of(shown(value, aside.formats.get((row, column), ""), epoch)))
        }
        if own:
            cells[row] = own
    return cells


def _pictures(cells: Cells) -> list[tuple[int, int]]:
    """The cells that hold a picture instead of words, which are taken out."""
    held = [(r, c) for r, row in cells.items() for c, cell in row.items() if cell.words.startswith(_PICTURE_CELL)]
    for row, column in held:
        del cells[row][column]
    return held


def _merge(cells: Cells, ranges: Iterable[Range]) -> None:
    """Puts merged cells at every place that they cover, up to the last row and column that hold something.

    Raises ValueError where they overlap, as they cannot, so often that this takes long.
    """
    bottom = max(cells, default=-1)
    right = max((column for row in cells.values() for column in row), default=-1)
    places = 0
    for (first, left), (last, end) in ranges:
        cell = cells.get(first, {}).get(left)
        if cell is None:
            continue
        rows, columns = range(first, min(last, bottom) + 1), range(left, min(end, right) + 1)
        places += len(rows) * len(columns)
        if places > MOST_PLACES:
            raise ValueError(places)
        for row in rows:
            cells.setdefault(row, {}).update(dict.fromkeys(columns, cell))


def _rows(visible: Cells, hidden: set[int]) -> Iterator[Row]:
    """Rows in order; hidden ones between two of them do not set them apart."""
    above = -1
    for row, cells in visible.items():
        between = range(above + 1, row)
        yield Row(row + 1, cells, apart=len(between) > len(hidden) or any(n not in hidden for n in between))
        above = row


def _runs(numbers: Iterable[int]) -> list[range]:
    """Numbers that follow one another. 例 5, 6, 7, 9 -> 5 to 7, 9 to 9"""
    runs: list[range] = []
    for n in sorted(numbers):
        if runs and runs[-1].stop == n:
            runs[-1] = range(runs[-1].start, n + 1)
        else:
            runs.append(range(n, n + 1))
    return runs
