"""An OFD (GB/T 33190-2016) -> its paragraphs and ruled tables, and where each page starts."""

from __future__ import annotations

import math
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import east_asian_width

from lxml import etree

from kg.errors import UnreadableFile
from kg.model import Unread
from loaders.formats.layout.lines import lines_of
from loaders.formats.layout.pages import page_of, write_pages
from loaders.formats.layout.rules import Allowance
from loaders.formats.layout.shapes import Char, Rule
from loaders.formats.ofd_package import AS_PDF, BROKEN, Package
from loaders.formats.recognised import MOST_PAGES, is_installed, remedy
from loaders.formats.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from loaders.formats.layout.pages import Page
    from loaders.formats.layout.shapes import Point

# 例 M 10 20 L 190 20 (the operators of AbbreviatedData, GB/T 33190-2016, 9.3: 图形轮廓)
DRAWN = re.compile(r"[SMLQBAC]|[-+.\deE]{1,40}")

_MOST_PAGES = 1000
_MOST_OBJECTS = 2_000_000  # characters, rules and other objects of all pages, those of composites each time they are drawn
_FEWEST_CHARACTERS = 5  # on a page, on average; a scan has none, or those of a stamp
_FEW_CHARACTERS = 50  # on a page that is a scan: those of a stamp
_MOSTLY = 0.5  # share of the page from which on a picture is the page
_MOST_UNKNOWN = 0.3  # share of characters that stand for glyphs of their font
_LONGEST_PATH = 100_000  # characters of a path that is a rule or a frame
_DEEPEST = 20  # drawings in one another
_POINT: Final = 72 / 25.4  # points in a millimetre, the unit of OFD
_ABOVE = 0.88  # share of a character's height above its baseline
_NARROW: Final = frozenset({"N", "Na", "H"})  # widths of Unicode that are half an em in Chinese fonts
_LONGEST_NAME = 40


def read_ofd(data: bytes, name: str) -> Written:
    """The words of the OFD in `data`, a paragraph a line, without page numbers and headers that repeat.

    Pages that are one picture are read by text recognition where it is installed, up to 60 of them.
    Templates (what stands behind many pages), words that do not stand upright, other pictures, annotations with words and
    attachments are named; seals and signatures are no part of it. Raises UnreadableFile for a scan of which nothing is read,
    words none of which stand upright, an OFD with a password, a broken one, one of over 1,000 pages, and fonts without
    character codes.
    """
    package = Package.of(data, name)
    try:
        document = _Document(package)
        document.read()
    except (KeyError, *BROKEN) as error:
        raise UnreadableFile(f"{name}: the OFD is broken ({type(error).__name__})", AS_PDF) from error
    return document.written_down()


# ---- pages ----------------------------------------------------------------------------------------------------------


class _Transform(NamedTuple):
    """x' = ax + cy + e, y' = bx + dy + f (GB/T 33190-2016, 7.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def of(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: _Transform) -> _Transform:
        a, b = self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b
        c, d = self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d
        return _Transform(a, b, c, d, *self.of(inner.e, inner.f))


class _Picture(NamedTuple):
    """`part` of the package holds it, "" where none does; `area` in square millimetres."""

    part: str
    area: float


@dataclass(slots=True)
class _Drawn:
    """What stands on a page or in a template, in points but for pictures."""

    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)  # words that do not stand upright
    pictures: list[_Picture] = field(default_factory=list)

    def scan(self, area: float) -> str:
        """The part with the picture that is all of a page of `area` square millimetres; "" where it is none."""
        largest = max(self.pictures, key=lambda picture: picture.area, default=_Picture("", 0))
        return largest.part if len(self.chars) < _FEW_CHARACTERS and largest.area > _MOSTLY * area else ""


@dataclass(slots=True)
class _Document:
    """The pages of all documents in a package, one after the other."""

    package: Package
    pages: list[tuple[tuple[float, float], _Drawn]] = field(default_factory=list)  # with their width and height in millimetres
    templates: dict[str, _Drawn] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    composites: dict[str, _Element] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    asked: int = 0  # pages that text recognition was asked to read
    scans: set[str] = field(default_factory=set)  # parts that text recognition has read
    count: int = 0

    def read(self) -> None:
        start = next((part for part in self.package.parts if posixpath.basename(part) == "OFD.xml"), "OFD.xml")
        for body in self.package.root(start).iterfind("{*}DocBody/{*}DocRoot"):
            if part := self.package.place(start, body.text or ""):
                self._read_document(part)

    def _read_document(self, part: str) -> None:
        root = self.package.root(part)
        for resources in root.iterfind("{*}CommonData/{*}*"):
            if _tag(resources) in ("PublicRes", "DocumentRes"):
                self._read_resources(self.package.place(part, resources.text or ""))
        box = root.find("{*}CommonData/{*}PageArea/{*}PhysicalBox")
        size = _numbers(box.text if box is not None else None, 4, (0, 0, 210, 297))[2:]
        for template in root.iterfind("{*}CommonData/{*}TemplatePage"):
            if place := self.package.place(part, template.get("BaseLoc", "")):
                self.templates[template.get("ID", "")] = self._drawn(self.package.root(place))
        for n, page in enumerate(root.iterfind("{*}Pages/{*}Page"), 1):
            if n > _MOST_PAGES:
                raise UnreadableFile(f"{self.package.name}: more than {_MOST_PAGES} pages", "split it, one document a file")
            place = self.package.place(part, page.get("BaseLoc", ""))
            content = self.package.root(place) if place else etree.Element("Page")
            own = content.find("{*}Area/{*}PhysicalBox")
            wide, tall = _numbers(own.text, 4, (0, 0, *size))[2:] if own is not None else size
            self.pages.append(((wide, tall), self._drawn(content)))
        attached = root.find("{*}Attachments")
        if attached is not None and (place := self.package.place(part, attached.text or "")):
            self.attachments += [a.get("Name", "") for a in self.package.root(place).iterfind("{*}Attachment")]
        annotated = root.find("{*}Annotations")
        if annotated is not None and (place := self.package.place(part, annotated.text or "")):
            for file in self.package.root(place).iterfind("{*}Page/{*}FileLoc"):
                if annots := self.package.place(place, file.text or ""):
                    self._read_annotations(self.package.root(annots))

    def _read_annotations(self, root: _Element) -> None:
        """What annotations say: their remark, and the words of what they show (GB/T 33190-2016, 15)."""
        for annotation in root.iterfind("{*}Annot"):
            said = [element.text or "" for element in annotation.iter("{*}Remark", "{*}TextCode")]
            self.annotations.append("".join(said).strip())

    def _read_resources(self, part: str | None) -> None:
        root = self.package.root(part) if part else etree.Element("Res")
        for media in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
            file = media.find("{*}MediaFile")
            if file is not None:
                location = posixpath.join(root.get("BaseLoc", ""), (file.text or "").strip())
                self.media[media.get("ID", "")] = self.package.place(part or "", location) or location
        for unit in root.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
            self.composites[unit.get("ID", "")] = unit

    def _drawn(self, root: _Element) -> _Drawn:
        drawn = _Drawn()
        for content in root.iterfind("{*}Content"):
            self._draw(content, _Transform(), drawn, 0)
        return drawn

    def _draw(self, parent: _Element, where: _Transform, drawn: _Drawn, depth: int) -> None:
        """Adds the objects under `parent`: those of layers, of blocks (PageBlock) and of composites."""
        for element in parent:
            self._take(1)
            if element.get("Visible") in ("false", "0") or depth > _DEEPEST:
                continue
            tag = _tag(element)
            if tag in ("Layer", "PageBlock", "Content"):
                self._draw(element, where, drawn, depth + 1)
                continue
            x, y, *_ = _numbers(element.get("Boundary"), 4, (0, 0, 0, 0))
            own = where.after(_Transform(e=x, f=y)).after(_Transform(*_numbers(element.get("CTM"), 6, _Transform())))
            if tag == "TextObject":
                self._write(element, own, drawn)
            elif tag == "PathObject":
                rules = list(_rules(element, own))
                self._take(len(rules))
                drawn.rules += rules
            elif tag == "ImageObject":
                _, _, wide, high = _numbers(element.get("Boundary"), 4, (0, 0, 0, 0))
                drawn.pictures.append(_Picture(self.media.get(element.get("ResourceID", ""), ""), wide * high))
            elif tag == "CompositeObject" and (unit := self.composites.get(element.get("ResourceID", ""))) is not None:
                self._draw(unit, own, drawn, depth + 1)

    def _take(self, count: int) -> None:
        self.count += count
        if self.count > _MOST_OBJECTS:
            raise UnreadableFile(f"{self.package.name}: longer than {_MOST_OBJECTS:,} characters", "split it")

    def _write(self, element: _Element, where: _Transform, drawn: _Drawn) -> None:
        size = _numbers(element.get("Size"), 1, (3.5,))[0]
        wide = _numbers(element.get("HScale"), 1, (1,))[0]
        em = size * math.hypot(where.c, where.d) * _POINT
        upright = abs(where.b) < 0.05 * abs(where.a) and where.a > 0 and where.d > 0
        x = y = 0.0
        for code in element.iterfind("{*}TextCode"):
            words = code.text or ""
            self._take(len(words))
            if not upright:
                drawn.turned.append(words.strip())
                continue
            x, y = _numbers(code.get("X"), 1, (x,))[0], _numbers(code.get("Y"), 1, (y,))[0]
            across, down = _steps(code.get("DeltaX"), len(words)), _steps(code.get("DeltaY"), len(words))
            for n, word in enumerate(words):
                advance = size * wide * (0.5 if east_asian_width(word) in _NARROW else 1)
                fall = down[n] if n < len(down) else 0.0
                step = across[n] if n < len(across) else (0.0 if fall else advance)
                left, base = where.of(x, y)
                right = left + where.a * (min(step, size * wide) if step > 0 else advance)
                if not word.isspace() and word >= " ":
                    top = base * _POINT - _ABOVE * em
                    drawn.chars.append(Char(word, left * _POINT, top, right * _POINT, top + em))
                x, y = x + step, y + fall

    # ---- what comes of it ----

    def written_down(self) -> Written:
        """Raises UnreadableFile where there is too little text."""
        name = self.package.name
        chars = [char for _, page in self.pages for char in page.chars]
        allowance = Allowance()
        pages = [self._page(n, allowance) for n in range(1, len(self.pages) + 1)]
        pictured = any(page.pictures for _, page in self.pages)
        few = pictured and len(chars) < _FEWEST_CHARACTERS * len(self.pages)
        if not (chars or pictured) and any(page.turned for _, page in self.pages):
            raise UnreadableFile(f"{name}: the words of the OFD do not stand upright", AS_PDF)
        if not self.scans and (few or not chars):
            raise UnreadableFile(f"{name}: a scan: the OFD holds pictures or drawings of pages, but no text", remedy())
        unknown = sum(not char.is_known for char in chars)
        if unknown > _MOST_UNKNOWN * len(chars):
            raise UnreadableFile(f"{name}: the OFD's fonts do not say which characters they show", AS_PDF)
        written = Written()
        write_pages(pages, written)
        for n, (page, at) in enumerate(zip(pages, written.pages, strict=True), 1):
            if not page.lines and not page.tables:  # or none but its number, which is left out
                written.unread.append(Unread("page", f"第 {n} 页", at))
        if not written.text().strip():
            raise UnreadableFile(f"{name}: the OFD holds no text but the numbers of its pages", AS_PDF)
        self._name_what_is_left_out(written)
        if unknown:
            written.missing("part", f"字体未说明的字符（{unknown}个）")
        return written

    def _page(self, n: int, allowance: Allowance) -> Page:
        (width, height), drawn = self.pages[n - 1]
        scan = drawn.scan(width * height) if self.asked < MOST_PAGES and is_installed() else ""
        self.asked += bool(scan)
        if scan and (page := self._recognised(scan, n, allowance)):
            self.scans.add(scan)
            if drawn.chars:
                words = "，".join(line.words for line in lines_of(drawn.chars, letters_spaced=True))
                page.missing.append(("part", f"第 {n} 页图片上的文字「{words[:_LONGEST_NAME]}」", None))
            return page
        return page_of(n, height * _POINT, drawn.chars, drawn.rules, allowance, letters_spaced=True)

    def _recognised(self, part: str, n: int, allowance: Allowance) -> Page | None:
        """What text recognition reads in a picture; None where that is nothing."""
        from loaders.formats.pictures import pictures, recognised_page  # noqa: PLC0415 - most files are no scans

        try:
            picture = next(held := pictures(self.package.content(part), part))
            page = recognised_page(picture, n, allowance)
        except (KeyError, UnreadableFile, *BROKEN):
            return None
        held.close()
        return page if page.recognised else None

    def _name_what_is_left_out(self, written: Written) -> None:
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for template in self.templates.values():
            parts["模板"] += [line.words for line in lines_of(template.chars, letters_spaced=True)]
        for drawn in (*self.templates.values(), *(page for _, page in self.pages)):
            parts["旋转的文字"] += drawn.turned
        for what, words in parts.items():
            if said := dict.fromkeys(word for word in words if any(c >= "\u2e80" for c in word)):
                written.missing("part", f"{what}「{'，'.join(said)[:_LONGEST_NAME]}」")
        for attachment in self.attachments:
            written.missing("part", f"附件「{attachment}」")
        for part in dict.fromkeys(picture.part for _, page in self.pages for picture in page.pictures):
            if part not in self.scans:
                written.missing("picture", f"图片 {posixpath.basename(part)}".strip())
        for annotation in dict.fromkeys(filter(None, self.annotations)):
            written.missing("part", f"批注「{annotation[:_LONGEST_NAME]}」", "aside")


def _tag(element: _Element) -> str:
    return etree.QName(element).localname


def _numbers(words: str | None, count: int, absent: Iterable[float]) -> tuple[float, ...]:
    """The `count` numbers in `words`, or what stands for them where there are none. Raises ValueError for what is no number."""
    numbers = tuple(float(word) for word in (words or "").split()[:count])
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a place that is no number")
    return numbers if len(numbers) == count else tuple(absent)


def _steps(words: str | None, most: int) -> list[float]:
    """The steps from each character to the next; `g 3 5` is three of 5 (GB/T 33190-2016, 11.3: DeltaX)."""
    steps: list[float] = []
    tokens = iter((words or "").split())
    for token in tokens:
        if len(steps) >= most:
            break
        times = min(int(next(tokens, "0")), most - len(steps)) if token == "g" else 1
        steps += [_numbers(next(tokens, "0") if token == "g" else token, 1, (0,))[0]] * times
    return steps


def _rules(element: _Element, where: _Transform) -> Iterator[Rule]:
    """The straight lines across and down of a path, in points."""
    path = element.find("{*}AbbreviatedData")
    start = at = (0.0, 0.0)
    drawn = path.text or "" if path is not None else ""
    for operator, *place in _points(drawn if len(drawn) <= _LONGEST_PATH else ""):
        before, at = at, _in_points(where.of(*place)) if place else start
        if operator in "SM":
            start = at
        elif operator in "LC" and (rule := Rule.between(before, at)):
            yield rule


def _points(path: str) -> Iterator[tuple[str, float, float] | tuple[str]]:
    """Each operator with the place that it leads to; C leads back to where the line began."""
    operator, numbers = "", [0.0]
    for token in (*DRAWN.findall(path), "C"):
        if token not in "SMLQBAC":
            numbers.append(_numbers(token, 1, (0,))[0])
            continue
        if operator == "C":
            yield (operator,)
        elif operator and len(numbers) >= 2:
            yield operator, numbers[-2], numbers[-1]
        operator, numbers = token, []


def _in_points(place: Point) -> Point:
    return place[0] * _POINT, place[1] * _POINT
