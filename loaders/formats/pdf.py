"""A PDF with a text layer -> its paragraphs and tables, and where each page starts.

pdfium gives the characters, rules and pictures of each page and where they stand; pages are read one after the other.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from kg.errors import UnreadableFile
from loaders.formats.layout.pages import page_of, write_pages
from loaders.formats.layout.rules import Allowance
from loaders.formats.layout.shapes import Char, Rule
from loaders.formats.recognised import LONG_SIDE, MOST_PAGES, is_installed, remedy
from loaders.formats.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from kg.model import UnreadKind
    from loaders.formats.layout.pages import Page
    from loaders.formats.layout.shapes import Box

_ONE_AT_A_TIME: Final = threading.Lock()  # pdfium may not be called from two threads

_MOST_PAGES = 1000
_MOST_CHARACTERS = 2_000_000
_MOST_ON_PAGE = 50_000  # some 25,000 fit on a sheet of A3 in the smallest print
_FEWEST_CHARACTERS = 5  # on a page, on average; a scan has none, or those of a stamp
_FEW_CHARACTERS = 50  # a page with as many has text, whatever the others have
_MOST_UNKNOWN = 0.3  # share of characters whose font does not say what they are
_MOST_SEGMENTS = 10_000  # of drawn paths on a page; more are a drawing
_MOST_OBJECTS = 20_000  # of a page that are looked at for rules and pictures
_LARGE_PICTURE = 0.15  # share of the page; emblems and seals are smaller
_MOSTLY = 0.5  # share of the page from which on a picture is the page
_MOST_PIXELS = 50_000_000  # A4 in colour at 600 dpi has 35 million
_MOST_PICTURES = 100  # a picture may be cut into strips
_FINE = 100  # parts of a point in which pdfium is asked for positions
_RIGHT_ANGLE = math.pi / 2


def read_pdf(data: bytes, name: str) -> Written:
    """The words of the PDF in `data`, a paragraph a line, without page numbers and headers that repeat.

    Pages that are pictures are read by text recognition where it is installed, up to 60 of them. Others, large pictures on
    pages with words, and pages whose columns may be read in two orders are named in `unread`. Raises UnreadableFile for a scan
    of which nothing is read, a PDF with a password, one of over 1,000 pages or 2,000,000 characters, and fonts without
    character codes.
    """
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    written = Written()
    write_pages(pages, written)
    return written


def _pages(data: bytes, name: str) -> list[Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(f"{name}: the PDF asks for a password", "save it again without one") from error
        raise UnreadableFile(f"{name}: the PDF is broken", "open it in a PDF reader and save it again") from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableFile(f"{name}: {len(document)} pages, more than {_MOST_PAGES}", "split it, one document a file")
        _check_length(document, name)
        return _read_pages(document, name)
    finally:
        document.close()


def _check_length(document: pypdfium2.PdfDocument, name: str) -> None:
    """Counts characters page by page, before any of them is looked at."""
    count = 0
    for n, page in enumerate(document, 1):
        text = page.get_textpage()
        on_page = text.count_chars()
        text.close()
        page.close()
        count += on_page
        if on_page > _MOST_ON_PAGE:
            what = f"page {n} has {on_page:,} characters, more than fit on one"
            raise UnreadableFile(f"{name}: {what}", "save its text as plain text (.txt, UTF-8)")
        if count > _MOST_CHARACTERS:
            raise UnreadableFile(f"{name}: longer than {_MOST_CHARACTERS:,} characters", "split it, one document a file")


def _read_pages(document: pypdfium2.PdfDocument, name: str) -> list[Page]:
    allowance = Allowance()
    count = most = unknown = scans = 0
    pages: list[Page] = []
    for n, page in enumerate(document, 1):
        shown = _shown(page)
        is_scan = scans < MOST_PAGES and shown.is_picture() and is_installed()
        scans += is_scan
        if is_scan and (read := _recognised(page, n, allowance)).recognised:
            pages.append(read)
        else:
            count += len(shown.chars)
            most = max(most, len(shown.chars))
            unknown += shown.unknown()
            pages.append(page_of(n, shown.height, shown.chars, shown.rules, allowance))
            pages[-1].missing[:0] = _pictures(shown, n)
        page.close()
    if (
        not any(page.recognised for page in pages)
        and count < _FEWEST_CHARACTERS * max(1, len(pages))
        and most < _FEW_CHARACTERS
    ):
        what = "no words are recognised in it" if is_installed() else "no text, and text recognition (OCR) is not installed"
        raise UnreadableFile(f"{name}: a scan: the PDF holds pictures of pages, but {what}", remedy())
    if unknown > _MOST_UNKNOWN * count:
        raise UnreadableFile(f"{name}: the PDF's fonts do not say which characters they show", remedy())
    return pages


def _recognised(page: pypdfium2.PdfPage, n: int, allowance: Allowance) -> Page:
    """What text recognition reads on a page."""
    from loaders.formats.pictures import recognised_page  # noqa: PLC0415 - most files are no scans

    def drawn() -> Image:
        scale = LONG_SIDE / max(page.get_size())
        picture: Image = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
        return picture

    return recognised_page(drawn, n, allowance)


# ---- what a page shows ----------------------------------------------------------------------------------------------


class _Shown(NamedTuple):
    """Characters, straight segments of drawn lines and boxes of pictures, placed on a page as it is read, in points."""

    chars: list[Char]
    rules: list[Rule]
    pictures: list[Box]
    drawn: bool  # whether anything is drawn
    pixels: int  # of the pictures
    width: float
    height: float

    def covered(self) -> float:
        """The share of the page that pictures cover."""
        area = sum(
            max(0.0, min(x1, self.width) - max(x0, 0.0)) * max(0.0, min(bottom, self.height) - max(top, 0.0))
            for x0, top, x1, bottom in self.pictures
        )
        return area / max(1.0, self.width * self.height)

    def unknown(self) -> int:
        """How many characters have a font that does not say what they are."""
        return sum(not char.is_known for char in self.chars)

    def is_picture(self) -> bool:
        """Whether the words of the page can be had by text recognition only: it is a scan, with no more words than those of a
        stamp, or its words are drawn, or their font does not say what they are. Too large ones are left."""
        few = len(self.chars) < _FEW_CHARACTERS and self.covered() > _MOSTLY
        unread = (self.drawn and not self.chars) or few or self.unknown() > _MOST_UNKNOWN * len(self.chars)
        return unread and self.pixels <= _MOST_PIXELS


def _shown(page: pypdfium2.PdfPage) -> _Shown:
    """What a page shows with most of its characters upright; characters printed aslant are a watermark and left out."""
    found = list(_characters(page))
    upright, _ = Counter(round(angle) % 4 for _, angle, _ in found).most_common(1)[0] if found else (0, 0)
    turn = (-upright - page.get_rotation() // 90) % 4  # quarters of a turn from what is shown
    place = _Placing.of(page, turn)
    chars = [Char(words, *place.box(*corners)) for words, angle, corners in found if abs(angle - round(angle)) <= 0.03]
    rules: list[Rule] = []
    pictures: list[Box] = []
    drawn = False
    segments = pixels = 0
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING]
    for shape in islice(page.get_objects(filter=kinds), _MOST_OBJECTS):
        drawn = True
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(place.within(shape).box(0, 0, 1, 1))
            pixels += math.prod(shape.get_px_size())
        elif shape.type == pdfium.FPDF_PAGEOBJ_PATH:
            segments += pdfium.FPDFPath_CountSegments(shape)
            if segments > _MOST_SEGMENTS:
                rules = []
                break
            rules += _rules(shape, place.within(shape))
    return _Shown(chars, rules, pictures, drawn, pixels, place.width, place.height)


def _characters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, tuple[float, float, float, float]]]:
    """Each character that is no blank, its angle in quarters of a turn, and its left, bottom, right and top on the page."""
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        words = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if code >= 32 and not words.isspace() and pdfium.FPDFText_GetLooseCharBox(text, n, box):
            yield words, pdfium.FPDFText_GetCharAngle(text, n) / _RIGHT_ANGLE, (box.left, box.bottom, box.right, box.top)
    text.close()


class _Placing(NamedTuple):
    """From the points of a PDF page, which has its own corner and turn, to those of the page as it is read: an affine map."""

    width: float
    height: float
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, turn: int) -> _Placing:
        """`turn` is in quarters."""
        sides = [round(side * _FINE) for side in page.get_size()]
        width, height = sides if turn % 2 == 0 else reversed(sides)
        across, down = ctypes.c_int(), ctypes.c_int()

        def device(x: float, y: float) -> tuple[float, float]:
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, turn, x, y, across, down)
            return across.value / _FINE, down.value / _FINE

        (e, f), (ax, ay), (bx, by) = device(0, 0), device(1000, 0), device(0, 1000)
        steps = ((ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000)
        return cls(width / _FINE, height / _FINE, *steps, e, f)

    def within(self, shape: pypdfium2.PdfObject) -> _Placing:
        """From the points of `shape`, which forms may hold, to those of the page as it is read."""
        place = self if shape.container is None else self.within(shape.container)
        m = shape.get_matrix()
        return _Placing(
            place.width,
            place.height,
            m.a * place.a + m.b * place.c,
            m.a * place.b + m.b * place.d,
            m.c * place.a + m.d * place.c,
            m.c * place.b + m.d * place.d,
            m.e * place.a + m.f * place.c + place.e,
            m.e * place.b + m.f * place.d + place.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return round(x * self.a + y * self.c + self.e, 2), round(x * self.b + y * self.d + self.f, 2)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _rules(path: pypdfium2.PdfObject, place: _Placing) -> Iterator[Rule]:
    """The segments of a drawn path that lie across or stand upright."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = at = (0.0, 0.0)
    for n in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        before, at = at, place.point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO and (rule := Rule.between(before, at)):
            yield rule
        if pdfium.FPDFPathSegment_GetClose(segment) and (rule := Rule.between(at, begin)):
            yield rule


def _pictures(shown: _Shown, n: int) -> Iterator[tuple[UnreadKind, str, None]]:
    """What of page `n` gives no words: the page where it has none and is not blank, else a picture that is large."""
    if not shown.chars:
        if shown.drawn:
            yield "page", f"第 {n} 页", None
        return
    if shown.covered() <= _LARGE_PICTURE:
        return
    outside = sum(not any(char.stands_in(box) for box in shown.pictures[:_MOST_PICTURES]) for char in shown.chars)
    inside = len(shown.chars) - outside
    if inside < _FEW_CHARACTERS or inside < outside:  # else the picture is a background, or the words are its text layer
        yield "picture", f"第 {n} 页的图片", None
