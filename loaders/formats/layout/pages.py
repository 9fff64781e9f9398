"""Pages -> paragraphs and tables: page numbers and repeated headers out, lines and tables joined that go on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Span, Unread
from loaders.formats.layout.aligned import Columns, Placed, Rows, aligned_tables, is_head
from loaders.formats.layout.columns import in_order
from loaders.formats.layout.lines import Line, begins_item, lines_of
from loaders.formats.layout.rules import TooManyRules, ruled_tables, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import UnreadKind
    from loaders.formats.layout.rules import Allowance, Ruled
    from loaders.formats.layout.shapes import Char, Rule
    from loaders.formats.recognised import Read
    from loaders.formats.written import Cell, Written

# 例 - 3 - · — 12 — · 第 3 页 共 12 页 · 3/12 · 3 (the foot of a page; GB/T 9704-2012, 7.5: 页码)
PAGE_NUMBER = re.compile(r"[-—–·－ ]{0,8}(?:第 ?)?\d{1,4}(?: ?页)?(?:[ ,，]{0,2}(?:/|共) ?\d{1,4}(?: ?页)?)?[-—–·－ ]{0,8}")
# 例 附件2 at the head of many pages is no header
ANNEX = re.compile(r"附 {0,4}件")
# 例 附件2, alone on a line, goes on nothing
ANNEX_LINE = re.compile(r"附 {0,4}件 {0,4}\d{0,2} {0,2}[:：]?")

_MARGIN = 0.15  # share of the page's height in which its header and its number stand
_FURNITURE = 3  # lines of a header or footer
_ROW = 3  # pieces of a line from which on it may be a row of a table
_LONG = 12  # characters of a line that shows where the margins are
_MOST_RULES: Final = 300  # rules across a page, outside tables; more are a drawing


@dataclass(slots=True)
class Page:
    """The lines and tables of a page, from top to bottom, and the rules across in no table; `height` in points."""

    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    missing: list[tuple[UnreadKind, str, str | None]] = field(default_factory=list)  # as for Written.missing
    recognised: list[Read] | None = None  # its lines, where text recognition read it


class _Frame(NamedTuple):
    """Where the lines of a page or a column begin and end, and how far apart they stand, in points."""

    left: float
    right: float
    pitch: float


class _Set(NamedTuple):
    """A line, its page, and the frame in which it is set."""

    page: int
    line: Line
    frame: _Frame


@dataclass(slots=True)
class _Paragraph:
    """Lines that go on from one another."""

    lines: list[_Set]

    def goes_on(self, page: int, line: Line, frame: _Frame) -> bool:
        """Whether `line` goes on what this paragraph says: the line above is full, and this one is neither indented, set in
        another size, set apart nor an item of its own."""
        above, last, before = self.lines[-1]
        if (
            ANNEX_LINE.fullmatch(line.words)
            or last.x1 < before.right - 2 * last.em
            or line.x0 > frame.left + 1.2 * line.em
            or abs(last.em - line.em) > 0.15 * last.em
        ):
            return False
        set_apart = above == page and line.top - last.top > min(1.5 * frame.pitch, 2.5 * last.em)
        return not set_apart and not begins_item(last, line)


@dataclass(slots=True)
class _Table:
    """Rows with the page of each."""

    rows: list[tuple[int, list[Cell]]]

    def goes_on(self, page: int, rows: Rows) -> bool:
        """Whether `rows` at the top of `page` are the rest of this table."""
        last, row = self.rows[-1]
        return last == page - 1 and len(row) == len(rows[0])


def page_of(
    n: int, height: float, chars: list[Char], rules: list[Rule], allowance: Allowance, *, letters_spaced: bool = False
) -> Page:
    """Page `n`, counted from 1: characters within the rules of a table are its cells, the others stand in lines. Where there
    are too many rules, all do, and the page says so. `letters_spaced`: as for lines_of."""
    page = Page(height)
    ruled: list[Ruled] = []
    try:
        ruled, page.rules = ruled_tables(rules, allowance)
        allowance.spend(4 * len(ruled) * len(chars))
    except TooManyRules:
        ruled = []
        page.missing.append(("part", f"第 {n} 页的表格", None))
    for table in ruled:
        inside = [char for char in chars if char.stands_in(table.box)]
        if rows := words_in(table, inside, letters_spaced=letters_spaced):
            chars = [char for char in chars if not char.stands_in(table.box)]
            page.tables.append(Placed(*table.box, rows))
    page.lines = lines_of(chars, letters_spaced=letters_spaced)
    return page


def write_pages(pages: list[Page], written: Written) -> None:
    """Adds the words of `pages` to `written`, with where each begins and what of it gave no words."""
    _drop_furniture(pages)
    starts: dict[int, int] = {}
    for block in _blocks(pages):
        if isinstance(block, _Table):
            written.table([row for _, row in block.rows])
            for (page, _), places in zip(block.rows, written.tables[-1].rows, strict=True):
                starts.setdefault(page, places[0].start)
            continue
        words = ""
        for page, line, _ in block.lines:
            words += " " if words and _parts_words(words[-1], line.words[0]) else ""
            starts.setdefault(page, written.length + len(words))
            words += line.words
        written.line(words)
    for page in reversed(range(len(pages))):  # one without words starts where the next one does
        starts.setdefault(page, starts.get(page + 1, written.length))
    written.pages += [starts[page] for page in range(len(pages))]
    _name_recognised(pages, written)
    written.unread += [Unread(kind, name, starts[n], why) for n, page in enumerate(pages) for kind, name, why in page.missing]


def _name_recognised(pages: Sequence[Page], written: Written) -> None:
    """Says which pages text recognition read, and which of their characters may be wrong."""
    if any(page.recognised for page in pages):
        from loaders.formats.recognised import doubtful_in, joined  # noqa: PLC0415 - most files are no scans

        text = written.text()
        places = map(Span, written.pages, [*written.pages[1:], len(text)])
        read = [(place, page.recognised) for place, page in zip(places, pages, strict=True) if page.recognised]
        written.recognised += joined([span for span, _ in read])
        written.doubtful += joined([place for span, lines in read for place in doubtful_in(text, span, lines)])


def _parts_words(before: str, after: str) -> bool:
    """Whether a line end stands for a blank: between Latin words, not inside a number."""
    in_number = before.isdecimal() and after.isdecimal()
    return max(before, after) < "\u2e80" and before.isalnum() and after.isalnum() and not in_number


# ---- headers and footers --------------------------------------------------------------------------------------------


def _drop_furniture(pages: Sequence[Page]) -> None:
    """Leaves out page numbers, and the headers and footers that most pages share, or most of the left or right ones."""
    sides = [pages] if len(pages) < 2 else [pages, pages[::2], pages[1::2]]
    shared: list[set[str]] = []
    for side in sides:
        in_margins = ({_without_digits(line.words) for end in _ends(page) for line in end} for page in side)
        counted = Counter(words for page in in_margins for words in page)
        shared.append({words for words, n in counted.items() if n > max(1, len(side) / 2)})
    for n, page in enumerate(pages):
        repeated = shared[0].union(shared[1 + n % 2] if len(shared) > 1 else ())
        furniture = {id(line) for end in _ends(page) for line in _furniture(end, repeated)}
        page.lines = [line for line in page.lines if id(line) not in furniture]


def _ends(page: Page) -> Iterator[list[Line]]:
    """The first and the last lines of a page that stand in its margins, the outermost first, up to a row of a table."""
    for lines in (page.lines[:_FURNITURE], page.lines[: -_FURNITURE - 1 : -1]):
        end: list[Line] = []
        for n, line in enumerate(lines):
            in_body = _MARGIN * page.height < line.top < (1 - _MARGIN) * page.height
            if in_body or is_head(line) or (n and len(line.pieces) >= _ROW):
                break
            end.append(line)
        yield end


def _furniture(end: Sequence[Line], repeated: set[str]) -> Iterator[Line]:
    """A number alone on its line is a page number only at the edge: others stand before the middle of a high row."""
    at_edge = True
    for line in end:
        words = line.words
        numbers = (at_edge or not words.isdecimal()) and PAGE_NUMBER.fullmatch(words)
        if numbers or (_without_digits(words) in repeated and not ANNEX.match(words)):
            yield line
        else:
            at_edge = False


def _without_digits(words: str) -> str:
    return "".join(c for c in words if not c.isdecimal())


# ---- paragraphs and tables ------------------------------------------------------------------------------------------


def _blocks(pages: Sequence[Page]) -> list[_Paragraph | _Table]:
    """Paragraphs and tables in the order in which they are read, also those that go on in the next column or page."""
    blocks: list[_Paragraph | _Table] = []
    for n, thing, frame in _things(pages):
        last = blocks[-1] if blocks else None
        if isinstance(thing, Line):
            if isinstance(last, _Paragraph) and last.goes_on(n, thing, frame):
                last.lines.append(_Set(n, thing, frame))
            else:
                blocks.append(_Paragraph([_Set(n, thing, frame)]))
        elif isinstance(last, _Table) and last.goes_on(n, thing.rows):
            repeated = [cell.words for cell in thing.rows[0]] == [cell.words for cell in last.rows[0][1]]
            last.rows += [(n, row) for row in thing.rows[repeated:]]
        else:
            blocks.append(_Table([(n, row) for row in thing.rows]))
    return blocks


def _things(pages: Sequence[Page]) -> Iterator[tuple[int, Line | Placed, _Frame]]:
    """Lines and tables in the order in which they are read, with their page and frame."""
    columns: Columns | None = None
    for n, page in enumerate(pages):
        rules = page.rules if len(page.rules) <= _MOST_RULES else []
        tables, lines, columns = aligned_tables(page.lines, rules, columns)
        order = in_order(sorted([*lines, *page.tables, *tables], key=_top))
        if not order.certain:
            page.missing.append(("page", f"第 {n + 1} 页：分栏顺序不确定", "order"))
        whole = _frame([thing for flow in order.flows if not flow.column for thing in flow.things], _LONG)
        for flow in order.flows:
            frame = _frame(flow.things, _LONG // 2) if flow.column else whole
            yield from ((n, thing, frame) for thing in flow.things)


def _top(thing: Line | Placed) -> float:
    return thing.top


def _frame(things: Iterable[Line | Placed], long: int) -> _Frame:
    lines = [thing for thing in things if isinstance(thing, Line)]
    wide = [line for line in lines if len(line.words) >= long]
    if not wide:
        return _Frame(0, float("inf"), float("inf"))
    steps = [below.top - above.top for above, below in pairwise(lines)]
    return _Frame(min(line.x0 for line in wide), max(line.x1 for line in wide), median(steps) if steps else float("inf"))
