"""A picture of a document (.png, .jpg, .tif with its pages, .bmp) -> its paragraphs and tables, by text recognition."""

from __future__ import annotations

import io
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from kg.errors import UnreadableFile
from loaders.formats.layout.pages import Page, page_of, write_pages
from loaders.formats.layout.rules import Allowance
from loaders.formats.recognised import LONG_SIDE, MOST_PAGES, UNREAD, is_installed, recognise, remedy
from loaders.formats.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_A4: Final = 842.0  # points of the longer side, whatever its pixels
_MOST_BYTES = 200_000_000  # of one page, unpacked: A4 in colour at 600 dpi takes 140 MB
_LONGEST = 50  # times the shorter side
_SMALL = 1200  # pixels: what is smaller is read better at twice its size
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP")
_AGAIN = "save it again as .png, or scan it again at 300 dpi"


def read_picture(data: bytes, name: str) -> Written:
    """The words that were recognised in the picture in `data`, all of them in `recognised`, a paragraph a line.

    Raises UnreadableFile where text recognition is not installed, for a broken picture, one of over 200 MB unpacked, and where
    no words are recognised.
    """
    if not is_installed():
        raise UnreadableFile(f"{name}: this is a picture, and text recognition (OCR) is not installed", remedy())
    allowance = Allowance()
    pages: list[Page] = []
    for n, picture in enumerate(pictures(data, name), 1):
        if n > MOST_PAGES:
            pages[-1].missing.append(("page", f"第 {n} 页起", None))
            break
        pages.append(recognised_page(picture, n, allowance))
    if not any(page.lines or page.tables for page in pages):
        held = pictures(data, name)
        next(held)()  # raises where it is broken, which nobody says of pages that are read elsewhere
        raise UnreadableFile(f"{name}: no words are recognised in the picture", "scan the page again, upright, at 300 dpi")
    written = Written()
    write_pages(pages, written)
    return written


def recognised_page(picture: Callable[[], Image.Image], n: int, allowance: Allowance) -> Page:
    """Page `n` with what is recognised on it. Raises MemoryError, and what `picture` raises."""
    found = recognise(picture, _A4)
    page = page_of(n, found.height, found.chars, found.rules, allowance)
    page.recognised = found.lines
    if not found.lines:
        page.missing.append(("page", f"第 {n} 页：{UNREAD}", None))
    elif found.unread:
        page.missing.append(("part", f"第 {n} 页：{UNREAD}（{found.unread}处）", None))
    return page


def recognised_in(data: bytes, name: str) -> Written | None:
    """What is recognised in a picture that stands in another file, `name` as people see it; None where that is nothing."""
    if not is_installed():
        return None
    try:
        picture = next(held := pictures(data, name))
        page = recognised_page(picture, 1, Allowance())
    except UnreadableFile:
        return None
    held.close()
    page.missing = [(kind, what.replace("第 1 页", name), why) for kind, what, why in page.missing]
    written = Written()
    write_pages([page], written)
    return written if written.length else None


def pictures(data: bytes, name: str) -> Generator[Callable[[], Image.Image]]:
    """The pages of a picture: what unpacks each, until the next is asked for, as it was held and of the size at which it is
    read. What it takes is looked at before. Raises UnreadableFile, as do these."""

    def unpacked(file: Image.Image) -> Image.Image:
        with _broken(name):
            return _prepared(file)

    with _broken(name), Image.open(io.BytesIO(data), formats=_FORMATS) as file:
        n = 0
        while True:
            size = file.width * file.height * (1 if len(file.getbands()) == 1 else 4)
            if size > _MOST_BYTES or max(file.size) > _LONGEST * min(file.size):
                raise UnreadableFile(f"{name}: a picture of {file.width} × {file.height} pixels, too large", _AGAIN)
            yield partial(unpacked, file)
            n += 1
            try:
                file.seek(n)
            except EOFError:
                return


@contextmanager
def _broken(name: str) -> Iterator[None]:
    """Raises UnreadableFile for what is raised within of a broken picture."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise UnreadableFile(f"{name}: a picture of too many pixels", _AGAIN) from error
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # what it raises of broken files is of many kinds
        raise UnreadableFile(f"{name}: the picture is broken ({type(error).__name__})", _AGAIN) from error


def _prepared(file: Image.Image) -> Image.Image:
    if file.format == "JPEG":
        file.draft("RGB", (LONG_SIDE, LONG_SIDE))  # unpacks no more than that
    picture: Image.Image = file
    if file.mode in ("1", "I", "I;16", "F"):
        picture = file.convert("L")
    elif file.mode in ("P", "PA", "LA", "RGBA", "RGBa", "La") or "transparency" in file.info:
        clear = file.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    elif file.mode not in ("L", "RGB"):
        picture = file.convert("RGB")
    longest = max(picture.size)
    factor = min(LONG_SIDE / longest, 2.0 if longest < _SMALL else 1.0)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    resized = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).convert("RGB")
    resized.info = dict(file.info)  # which say how the camera was held
    return ImageOps.exif_transpose(resized)
