"""Asides of the sheets of an .xlsx or .xlsm (SpreadsheetML, ECMA-376 part 1, chapter 18), read as a stream."""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from lxml import etree

from kg.errors import UnreadableFile
from loaders.formats.asides import MOST_CELLS, Aside, Asides, check_size
from loaders.formats.number_formats import BUILTIN, EPOCH, EPOCH_1904
from loaders.formats.opc import Relation, parsed, relations, relations_part

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from lxml.etree import _Element

# 例 B5
CELL_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")

_TAGS: Final = ("{*}row", "{*}c", "{*}col", "{*}sheetData")
_LONGEST_NUMBER: Final = 7  # digits of a row's number
_TRUE: Final = ("1", "true", "on")
_LARGEST_STRINGS: Final = 50_000_000  # bytes of the strings that the sheets share, unpacked: all are held at once
_LARGEST_PART: Final = 20_000_000  # bytes of another part that is read whole
_MOST_EMPTY: Final = 2 * MOST_CELLS  # cells that may be there for their colour only
_ON_A_SHEET: Final = {"image": "图片", "chart": "图表", "chartEx": "图表", "oleObject": "嵌入文件", "package": "嵌入文件"}
"""What relationships lead to that is shown on a sheet and gives no words."""


class _Package:
    """Parts of a zip package by name, and the relationships between them."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        # Some programs write xl\\styles.xml.
        self.parts = {part.filename.replace("\\", "/"): part for part in package.infolist()}

    def root(self, part: str) -> _Element | None:
        """The part's XML; None where it is not there, is broken or too large."""
        if part not in self.parts or self.parts[part].file_size > _LARGEST_PART:
            return None
        with suppress(etree.XMLSyntaxError):
            return parsed(self.package.read(self.parts[part]))
        return None

    def open(self, part: str) -> IO[bytes]:
        """The part's bytes as a stream, no longer than the package says."""
        return self.package.open(self.parts[part])

    def relations(self, part: str) -> dict[str, Relation]:
        return relations(self.root(relations_part(part)), part)

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that `part` refers to, "" for none."""
        return next((to.target for to in self.relations(part).values() if to.kind == kind and not to.outside), "")


def read_asides(data: zipfile.ZipFile, name: str) -> Asides:
    """Raises UnreadableFile for a workbook that is larger than is read, and what zipfile and lxml raise for a broken one."""
    package = _Package(data)
    for part in package.parts:
        if part.lower().endswith("sharedstrings.xml"):
            _check_strings(package, part, name)
    book = package.related("", "officeDocument") or "xl/workbook.xml"
    root = package.root(book)
    if root is None:
        return Asides([])
    of_book = package.relations(book)
    codes = _codes(package, package.related(book, "styles"))
    asides: list[Aside] = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        own = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = of_book[str(own)].target if str(own) in of_book else ""
        asides.append(_aside(package, part, codes, name))
        check_size(asides, name)
    settings = root.find("{*}workbookPr")
    is_1904 = settings is not None and settings.get("date1904") in _TRUE
    return Asides(asides, EPOCH_1904 if is_1904 else EPOCH)


def _check_strings(package: _Package, part: str, name: str) -> None:
    """The strings are held at once, and room is made for as many as the part says that it has."""
    with package.open(part) as file:
        _, root = next(etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True))
        said = root.get("uniqueCount", "0")
    if (
        package.parts[part].file_size > _LARGEST_STRINGS
        or len(said) > len(str(_LARGEST_STRINGS))
        or int(said) > _LARGEST_STRINGS
    ):
        raise UnreadableFile(f"{name}: its strings are larger than {_LARGEST_STRINGS:,} bytes", "split it, a sheet a file")


def _codes(package: _Package, part: str) -> list[str]:
    """By style of a cell, the code of its number format; "" for General and text."""
    root = package.root(part)
    if root is None:
        return []
    own = {number.get("numFmtId"): number.get("formatCode", "") for number in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = (style.get("numFmtId", "0") for style in root.iterfind("{*}cellXfs/{*}xf"))
    codes = [own.get(key) or (BUILTIN.get(int(key), "") if key.isdecimal() else "") for key in ids]
    return ["" if code.lower() in ("general", "@") else code for code in codes]


def _aside(package: _Package, part: str, codes: list[str], name: str) -> Aside:
    aside = Aside()
    if part not in package.parts:
        return aside
    aside.pictures += _pictures(package, part)
    row, column, empty = -1, -1, 0
    above: _Element | None = None  # the row of the last cell
    with package.open(part) as file:
        for _, element in etree.iterparse(file, tag=_TAGS, resolve_entities=False, no_network=True):
            tag = element.tag.rpartition("}")[2]
            if tag == "sheetData" or aside.count > MOST_CELLS:
                break
            of = element if tag == "row" else element.getparent()
            if tag != "col" and of is not above:
                above, row, column, empty = of, _row(of.get("r"), row), -1, empty + 1
            if tag == "col":
                _hide(element, aside)
            elif tag == "c":
                at, column = _place(element.get("r"), row, column + 1)
                empty += not _cell(element, at, column, codes, aside)
            elif element.get("hidden") in _TRUE or element.get("ht") == "0":
                aside.hidden_rows.add(row)
            if empty > _MOST_EMPTY:
                raise UnreadableFile(
                    f"{name}: more than {_MOST_EMPTY:,} cells without words", "delete its empty rows and columns"
                )
            element.clear()
            if (before := element.getprevious()) is not None:
                of.remove(before) if tag == "c" else element.getparent().remove(before)
    return aside


def _row(number: str | None, above: int) -> int:
    """The row that says `number`; one that does not stands under the one above it. Raises ValueError for no such row."""
    if number is None:
        return above + 1
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        raise ValueError(number)
    return int(number) - 1


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell; one that does not say stands behind the one before it. Raises ValueError for no such cell."""
    if not reference:
        return row, column
    match = CELL_REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _cell(element: _Element, row: int, column: int, codes: list[str], aside: Aside) -> bool:
    """Notes what a cell does not show by its value; whether it holds one."""
    kind, style = element.get("t", "n"), element.get("s", "0")
    value: str | None = None
    formula = False
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "v":
            value = child.text or ""
        elif tag == "is":
            value = "inline"
        formula = formula or tag == "f"
    if kind == "e" or (formula and (value is None or (not value and kind != "str"))):
        aside.unsolved.append((row, column))
    if value is None:
        return False
    aside.saw(row, column)
    if kind == "n" and style.isdecimal() and len(style) < 6 and int(style) < len(codes) and (code := codes[int(style)]):
        aside.formats[row, column] = code
    return True


def _hide(element: _Element, aside: Aside) -> None:
    first, last = element.get("min", ""), element.get("max", "")
    if (element.get("hidden") in _TRUE or element.get("width") == "0") and first.isdecimal() and last.isdecimal():
        aside.hide_columns(int(first[:_LONGEST_NUMBER]) - 1, int(last[:_LONGEST_NUMBER]) - 1)


def _pictures(package: _Package, sheet: str) -> Iterator[str]:
    """例 图片 image1.png · 图表 · 文本框"""
    for kind, part, _ in package.relations(sheet).values():
        if kind in _ON_A_SHEET:
            yield _ON_A_SHEET[kind]
        if kind != "drawing":
            continue
        for shown, target, _ in package.relations(part).values():
            if shown in _ON_A_SHEET:
                yield f"{_ON_A_SHEET[shown]} {posixpath.basename(target)}" if shown == "image" else _ON_A_SHEET[shown]
        root = package.root(part)
        for shape in root.iterfind(".//{*}sp") if root is not None else ():
            if any((run.text or "").strip() for run in shape.iterfind(".//{*}t")):
                yield "文本框"
