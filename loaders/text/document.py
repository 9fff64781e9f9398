"""The documents in a text: where each begins and ends, its title and metadata, its tree of headings and numbered items.

A 通知 and the plan it prints are one document. All offsets refer to the plain view, which is as long as the text.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

from kg.model import Span
from loaders.names.units import Unit, are_sure, is_unit, only_units
from loaders.patterns import (
    AGENCY_HEAD_END,
    ANNOUNCED,
    ATTACHMENT,
    DATE,
    DATE_LINE,
    DOC_NUMBER_IN_TITLE,
    DOC_NUMBER_LINE,
    FIRST_WORDS_END,
    FOOTER,
    FRAME_LINE,
    GLUED,
    LABEL,
    LINE,
    NATIONAL_ADDRESSEES,
    NOTE_LINE,
    PREAMBLE,
    STATUS,
    TABLE_TITLE,
    TITLE,
    TITLE_BROKEN,
    TITLE_END,
    TITLE_ISSUER,
    YEAR_IN_TITLE,
)
from loaders.text.grids import row_value
from loaders.text.numbering import Marker, is_higher, markers
from loaders.text.work import lists_no_work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.text.tables import TaskTable

_HEADING = 40  # code points of the longest heading without a number
_TITLE = 60  # code points of the longest task title
_AGENCY = "agency"  # the style of a heading without a number that names the agency whose duties it lists
ROW = "row"  # the style of an item that is a row of a table
_NO_SIGNER = frozenset({"人民政府", "政府", "办公室", "办公厅", "委员会"})  # the second half of a name with a blank in it
_HEAD_END = 12  # code points of the longest end of a heading that is no part of the name of an agency
_VALUE = 120  # code points of the longest value of a metadata field
_PRINTED_NEAR = 50_000  # code points before a title in which it may have been announced


_Numbers: TypeAlias = "Mapping[int, Marker]"
"""The numbers that lines open with, by the start of the line."""


@dataclass(slots=True, eq=False)
class Item:
    """A heading or numbered item. `number` is its number in Arabic, None for a heading that has none; `printed` as it stands.

    `[start, end)` runs from the number to the end of all under it; its own words begin at `body`.
    """

    style: str
    number: int | None
    printed: str
    start: int
    body: int
    first_line: Span
    end: int
    above: tuple[Item, ...] = ()  # those that it stands under, outermost first
    children: list[Item] = field(default_factory=list)
    paragraphs: int = 1
    brief: bool = True  # whether every item right under this one is a single paragraph
    own_end: int | None = None  # where its own words end, if a list of conditions or papers follows them
    title_span: Span = field(init=False)
    title: str = field(init=False)

    @property
    def parent(self) -> Item | None:
        """The item right above this one."""
        return self.above[-1] if self.above else None

    def path(self) -> tuple[Item, ...]:
        """This item and those above it, outermost first."""
        return (*self.above, self)

    def leaves(self) -> Iterator[Item]:
        """The innermost items under this one, itself if it has none."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class Outline:
    """One document: its frame, its items in order, and the paragraphs outside every item."""

    span: Span
    title: str
    title_lines: tuple[Span, ...]
    doc_number: str | None
    issuers: tuple[str, ...]
    issued_on: str | None
    published_on: str | None
    index_number: str | None
    status: str | None
    to_all_provinces: bool
    items: list[Item]
    loose: list[Span]
    lines: list[Span]
    numbers: list[Marker]
    starts: list[int] = field(init=False)  # of the items

    def __post_init__(self) -> None:
        self.starts = [item.start for item in self.items]

    def item_at(self, offset: int) -> Item | None:
        """The innermost item that holds `offset`, None outside every item."""
        n = bisect_right(self.starts, offset)
        item = self.items[n - 1] if n else None
        while item and offset >= item.end:
            item = item.parent
        return item

    def line_at(self, offset: int) -> Span:
        """The line that holds `offset`, else the last one before it."""
        return self.lines[max(0, bisect_right(self.lines, offset, key=lambda line: line.start) - 1)]

    @property
    def year(self) -> int | None:
        """The single year in the title, else that of 成文日期."""
        years = set(YEAR_IN_TITLE.findall(self.title))
        if len(years) == 1:
            return int(years.pop())
        return int(self.issued_on[:4]) if self.issued_on else None


def outlines(plain: str, tables: Sequence[TaskTable] = ()) -> list[Outline]:
    """The documents in `plain`, in order; at least one unless there is no line of text at all.

    Rows of `tables` are items; in everything else a table is one line.
    """
    at = {table.span.start: table for table in tables}
    numbers = {marker.start: marker for marker in markers(_outside(plain, tables))}
    cuts = sorted({*numbers, *_glued(plain)})
    lines = list(_with_tables(_lines(plain, cuts), tables) if tables else _lines(plain, cuts))
    starts = [0, *_later_starts(plain, lines, numbers, at)]
    return [
        _outline(plain, lines[begin:stop], numbers, at)
        for begin, stop in zip(starts, [*starts[1:], len(lines)], strict=True)
        if lines[begin:stop]
    ]


def doc_number(plain_number: str) -> str:
    """发文字号 with its year in 六角括号 (GB/T 9704-2012, 7.2.5): 国办发[2019]54号 -> 国办发〔2019〕54号."""
    return re.sub(r"[\[(](\d{4})[\])]第?", r"〔\1〕", plain_number)


def iso_date(text: str) -> str | None:
    """The first full date in `text` as ISO 8601, None if there is none or it is no day of the calendar."""
    found = DATE.search(text)
    try:
        return datetime.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat() if found else None
    except ValueError:
        return None


# ---- lines ----------------------------------------------------------------------------------------------------------


def _outside(plain: str, tables: Sequence[TaskTable]) -> str:
    """`plain` with line ends for what stands in tables, whose numbers count for themselves."""
    parts, at = [], 0
    for span in (table.span for table in tables):
        parts += [plain[at : span.start], "\n" * (span.end - span.start)]
        at = span.end
    return "".join([*parts, plain[at:]]) if parts else plain


def _glued(plain: str) -> Iterator[int]:
    """Where the title, the 文号 and the addressees meet in a line that holds them all."""
    return (cut.end() for cut in GLUED.finditer(plain))


def _lines(plain: str, cuts: list[int]) -> Iterator[Span]:
    """Lines that hold words, without their outer blanks, cut at `cuts`, where an item begins in their midst."""
    waiting = deque(cuts)
    for line in LINE.finditer(plain):
        start, end = line.span()
        inner: list[int] = []
        while waiting and waiting[0] < end:
            if waiting[0] > start:
                inner.append(waiting[0])
            waiting.popleft()
        for begin, stop in pairwise([start, *inner, end]):
            yield from (Span(*part.span()) for part in LINE.finditer(plain, begin, stop))


def _with_tables(lines: Iterator[Span], tables: Sequence[TaskTable]) -> Iterator[Span]:
    """`lines`, with each table as one of them."""
    waiting = deque(table.span for table in tables)
    reached = 0
    for line in lines:
        while waiting and waiting[0].start <= line.start:
            yield waiting[0]
            reached = waiting.popleft().end
        if line.start >= reached:
            yield line


def _words(plain: str, line: Span) -> str:
    return plain[line.start : line.end]


# ---- where another document begins ----------------------------------------------------------------------------------


def _later_starts(plain: str, lines: list[Span], numbers: _Numbers, tables: Mapping[int, TaskTable]) -> Iterator[int]:
    """Indices of the lines that are the title of a further document: after numbered items, not under 附件, not that of a
    table or of a plan that this document prints, and followed by text or by items that count from one again."""
    begin, seen_item = 0, False
    for n, line in enumerate(lines):
        if line.start in numbers or line.start in tables:
            seen_item = True
        elif seen_item and n + 1 < len(lines) and lines[n + 1].start not in tables and _is_title(plain, line):
            title = _words(plain, line)
            under_attachment = bool(ATTACHMENT.match(plain, *lines[n - 1]))
            announced = plain.find(title, max(lines[begin].start, line.start - _PRINTED_NEAR), line.start) >= 0
            if not under_attachment and not announced:
                yield n
                begin, seen_item = n, False


def _is_title(plain: str, line: Span) -> bool:
    if line.end - line.start > 120 or plain[line.end - 1] in "。;:":
        return False
    return bool(TITLE.match(plain, *line)) and not PREAMBLE.match(plain, *line)


# ---- one document ---------------------------------------------------------------------------------------------------


def _outline(plain: str, lines: list[Span], numbers: _Numbers, tables: Mapping[int, TaskTable]) -> Outline:
    begins = (n for n, line in enumerate(lines) if line.start in numbers or line.start in tables)
    first_item = next(begins, len(lines))
    head, fields = _fields(plain, lines[:first_item])
    last = _footer(plain, lines, first_item)
    title, title_lines = _title(plain, head, lines, fields)
    signers, signed_on, signed = _signature(plain, lines[:last])
    span_start = _first_text(plain, title_lines, head, lines[first_item:] or lines)
    body = [line for line in lines[:last] if line.start >= span_start and line not in title_lines]
    items, loose = _tree(plain, body, signed, numbers, tables)
    issuer = fields.get("发文机关") or fields.get("发布机构") or _issuer_in_title(title)
    return Outline(
        span=Span(span_start, lines[last - 1].end if last else lines[-1].end),
        title=title,
        title_lines=tuple(title_lines),
        doc_number=_doc_number(plain, head, fields, title_lines),
        issuers=signers or ((issuer,) if issuer else ()),
        issued_on=iso_date(fields.get("成文日期", "")) or signed_on,
        published_on=iso_date(fields.get("发布日期", "")),
        index_number=fields.get("索引号"),
        status=fields.get("有效性") or fields.get("效力状态") or _status(plain, head, title),
        to_all_provinces=bool(NATIONAL_ADDRESSEES.search(plain, lines[0].start, lines[min(first_item, len(lines) - 1)].end)),
        items=items,
        loose=loose,
        lines=lines[: last or None],
        numbers=[marker for start, marker in numbers.items() if span_start <= start < lines[-1].end],
    )


def _footer(plain: str, lines: list[Span], first_item: int) -> int:
    """The line where web chrome begins below the text; in a text without items, below its first sentence."""
    first_text = next((n for n, line in enumerate(lines) if plain[line.end - 1] in "。:;"), len(lines))
    below = min(first_item, first_text) if first_item == len(lines) else first_item
    return next((n for n, line in enumerate(lines[below:], below) if FOOTER.match(plain, *line)), len(lines))


def _fields(plain: str, head: list[Span]) -> tuple[list[Span], dict[str, str]]:
    """The lines of `head` that are no metadata, and the metadata: 索引号, 成文日期, 发布机构, …

    A value stands after its label, or on the next line where the label's line holds nothing else.
    """
    rest: list[Span] = []
    fields: dict[str, str] = {}
    waiting: str | None = None
    for line in head:
        labels = list(LABEL.finditer(plain, *line))
        if not labels:
            if waiting and (waiting == "标题" or not TITLE_BROKEN.search(_words(plain, line))):
                fields.setdefault(waiting, _words(plain, line)[:_VALUE])
            else:
                rest.append(line)
            waiting = None
            continue
        for n, label in enumerate(labels):
            name = label["label"].replace(" ", "").replace("时间", "日期")
            name = {"发文日期": "成文日期", "文号": "发文字号"}.get(name, name)
            stop = labels[n + 1].start() if n + 1 < len(labels) else line.end
            value = plain[label.end() : stop].strip(" :-|")
            waiting = None if value or plain[label.end() - 1] == "]" else name
            if value:
                fields.setdefault(name, value[:_VALUE])
    return rest, fields


def _title(plain: str, head: list[Span], lines: list[Span], fields: dict[str, str]) -> tuple[str, list[Span]]:
    """The wrapper's title where there is one, else the plan's own; it may be printed on up to four lines."""
    for n, line in enumerate(head):
        if PREAMBLE.match(plain, *line):
            continue
        for more in range(4):
            printed_on = head[n : n + more + 1]
            joined = "".join(_words(plain, part) for part in printed_on)
            number = DOC_NUMBER_IN_TITLE.search(joined) if joined.endswith(("号", "号)")) else None
            title = joined[: number.start()].rstrip() if number else joined
            if len(title) <= 120 and TITLE.match(title):
                return title, printed_on
            if len(joined) > 120 or not (TITLE_BROKEN.search(joined) or is_unit(joined)):
                break
    if "标题" in fields:
        return fields["标题"], []
    announced = (ANNOUNCED.search(plain, *line) for line in head)
    if printed := next((found for found in announced if found), None):
        return printed["title"], []
    first = _words(plain, (head or lines)[0])
    stop = FIRST_WORDS_END.search(first, 8, _TITLE)  # a text without a title goes by its first words
    return first[: stop.start() if stop else _TITLE], []


def _status(plain: str, head: list[Span], title: str) -> str | None:
    """废止, 失效 … where they stand in a bracket with the title or above it."""
    marks = (
        STATUS.search(words) for words in (title, *(_words(plain, line) for line in head if line.end - line.start < _VALUE))
    )
    return next((mark["status"] for mark in marks if mark), None)


def _first_text(plain: str, title_lines: list[Span], head: list[Span], below: list[Span]) -> int:
    """Where the text begins: at its title or, should that come first, the first line that ends as a sentence does."""
    sentences = (line for line in head if plain[line.end - 1] in "。:;")
    starts = [line.start for line in (*title_lines[:1], *islice(sentences, 1))]
    return min(starts) if starts else (*head, *below)[0].start


def _doc_number(plain: str, head: list[Span], fields: dict[str, str], title_lines: list[Span]) -> str | None:
    """发文字号 from the metadata, from a line of its own, or from behind the title; never one that the text cites."""
    lines = [fields.get("发文字号", ""), *(_words(plain, line) for line in head)]
    found = next((m for line in lines if (m := DOC_NUMBER_LINE.match(line))), None)
    if found is None and title_lines:
        found = DOC_NUMBER_IN_TITLE.search(plain, *title_lines[-1])
    return doc_number(found["number"]) if found else None


def _signature(plain: str, lines: Sequence[Span]) -> tuple[tuple[str, ...], str | None, frozenset[Span]]:
    """落款: the signers, who stand above a date that has a line of its own (GB/T 9704-2012, 7.3.5), that date, their lines."""
    for n, line in enumerate(lines):
        if plain[line.start] not in "12" or not (dated := DATE_LINE.match(plain, *line)):
            continue
        signers: list[str] = []
        signed: list[Span] = []
        for above in reversed(lines[max(0, n - 6) : n]):
            names = _signers(_words(plain, above)) if above.end - above.start <= _VALUE else []
            if not names:
                break
            signers = names + signers
            signed.append(above)
        if signers or (n and NOTE_LINE.match(plain, *lines[min(n + 1, len(lines) - 1)])):
            return tuple(signers), iso_date(dated.group()), frozenset(signed)
    return (), None, frozenset()


def _signers(line: str) -> list[str]:
    """The names in a line of the 落款, none if it is something else; a single name may be printed with blanks in it."""
    names = line.split()
    if all(is_unit(name) and name not in _NO_SIGNER for name in names):
        return names
    name = "".join(names)
    return [name] if is_unit(name) else []


def _issuer_in_title(title: str) -> str | None:
    found = TITLE_ISSUER.match(title)
    return found["issuer"] if found and is_unit(found["issuer"]) else None


# ---- the tree -------------------------------------------------------------------------------------------------------


def _tree(
    plain: str, lines: list[Span], signed: frozenset[Span], numbers: _Numbers, tables: Mapping[int, TaskTable]
) -> tuple[list[Item], list[Span]]:
    """Items in order, nested by the style of their numbers: a style already open ends all below it, a new one nests."""
    items: list[Item] = []
    loose: list[Span] = []
    open_items: list[Item] = []
    in_attachments = False
    for n, line in enumerate(lines):
        number = numbers.get(line.start)
        if plain[line.start] == "附" and ATTACHMENT.match(plain, *line):
            _close(open_items, 0)
            in_attachments = True
            loose.append(line)
            continue
        if in_attachments and (number is None or not _is_listed_attachment(plain, line)):
            in_attachments = False
        if table := tables.get(line.start):
            if not n or lines[n - 1] in loose[-1:]:  # it is no part of the item above
                _close(open_items, 0)
            items += _rows(plain, table, open_items)
            continue
        if not number and n + 1 < len(lines) and lines[n + 1].start in tables and TABLE_TITLE.match(plain, *line):
            _close(open_items, 0)
            item = _unnumbered(line)
        elif number and not in_attachments:
            item = _item(line, number)
        elif (items or not PREAMBLE.match(plain, *line)) and _is_agency_heading(plain, lines, n, numbers):
            item = Item(_AGENCY, None, "", line.start, line.start, line, line.end)
        elif _is_bare_heading(plain, lines, n, numbers, open_items):
            item = _unnumbered(line)
        else:
            _add_paragraph(plain, line, [] if line in signed else open_items, loose)
            continue
        depth = _depth(item, numbers.get(lines[n + 1].start) if not item.style else None, open_items)
        if not item.style and depth < len(open_items):
            item.style = open_items[depth].style  # it stands for one of those that it stands beside
        _close(open_items, depth)
        items.append(_opened(item, open_items))
    _close(open_items, 0)
    items = _without_lists(plain, items)
    for item in items:
        item.title_span = _item_title(plain, item)
        item.title = item.title_span.of(plain)
    return items, loose


def _without_lists(plain: str, items: list[Item]) -> list[Item]:
    """`items` without those that are conditions, papers or offences in the list of another."""
    gone: set[int] = set()
    for item in items:
        if item.parent and id(item.parent) in gone:
            gone.add(id(item))
        elif item.children and item.style != ROW and id(item) not in gone and lists_no_work(plain, item):
            gone.update(map(id, item.children))
            item.own_end = item.children[0].start
            item.children = []
    kept = [item for item in items if id(item) not in gone]
    for item in kept:
        item.children = [child for child in item.children if id(child) not in gone]
    return kept


def without_numbers(plain: str, outline: Outline, cells: Sequence[Span] = ()) -> str:
    """`plain` with line ends for the numbers of headings and items, and of those in `cells`, which are no words."""
    inside = (n.moved(cell.start) for cell in cells for n in markers(cell.of(plain)))
    parts: list[str] = []
    at = 0
    for number in sorted([*outline.numbers, *inside]):
        if number.start >= at:
            parts += [plain[at : number.start], "\n" * (number.body - number.start)]
            at = number.body
    return "".join([*parts, plain[at:]])


def _rows(plain: str, table: TaskTable, open_items: list[Item]) -> Iterator[Item]:
    """The rows of a table and their headings, under the innermost open item; none of them stays open."""
    outside = len(open_items)
    above: tuple[Span, ...] = ()
    for n, row in enumerate(table.rows, 1):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, row.headings, strict=False)))
        _close(open_items, outside + same)
        for heading in row.headings[same:]:
            marker = next(iter(markers(plain[heading.start : heading.end])), None)
            item = _item(heading, marker.moved(heading.start)) if marker and not marker.start else _unnumbered(heading)
            item.start = min(item.start, row.span.start)
            yield _opened(item, open_items)
        number = row_value(row.number) or n
        item = Item(ROW, number, row.number, row.span.start, row.title.start, row.title, row.span.end)
        yield _opened(item, open_items)
        above = row.headings
    _close(open_items, outside)


def _opened(item: Item, open_items: list[Item]) -> Item:
    item.above = tuple(open_items)
    if open_items:
        open_items[-1].children.append(item)
    open_items.append(item)
    return item


def _item(line: Span, marker: Marker) -> Item:
    return Item(marker.level, marker.ordinal, marker.printed, line.start, marker.body, line, line.end)


def _unnumbered(line: Span) -> Item:
    return Item("", None, "", line.start, line.start, line, line.end)


def _depth(item: Item, following: Marker | None, open_items: list[Item]) -> int:
    """How many of the open items hold `item`; one without a number stands beside the heading above the items that it
    stands between, the next of which has the number `following`."""
    style = item.style or (following.level if following else "")
    styles = [other.style for other in open_items]
    if style in styles:
        depth = styles.index(style)
    else:
        depth = len(styles)
        while depth and is_higher(style, styles[depth - 1]):
            depth -= 1
    return depth if item.style else max(0, depth - 1)


def _close(open_items: list[Item], depth: int) -> None:
    """Ends all open items from `depth` on; what holds an item ends no earlier than it."""
    for item in reversed(open_items[depth:]):
        if item.above:
            item.above[-1].end = max(item.above[-1].end, item.end)
    del open_items[depth:]


def _is_bare_heading(plain: str, lines: list[Span], n: int, numbers: _Numbers, open_items: list[Item]) -> bool:
    """A heading without a number: a short line without a stop, right above an item that counts on or begins a count."""
    line = lines[n]
    if not open_items or n + 1 == len(lines) or line.end - line.start > _HEADING or plain[line.end - 1] in "。;,.、)号日":
        return False
    if plain.find(":", *line) >= 0:  # 完成时限:持续推进
        return False
    following = numbers.get(lines[n + 1].start)
    if not following:
        return False
    before = next((item for item in open_items if item.style == following.level), None)
    return following.ordinal == 1 if before is None else following.ordinal in (1, (before.number or 0) + 1)


def _is_agency_heading(plain: str, lines: list[Span], n: int, numbers: _Numbers) -> bool:
    """A line that is the name of an agency, right above the first of its duties: 市司法局: 1.…"""
    if n + 1 == len(lines) or lines[n].end - lines[n].start > _HEADING or plain[lines[n].end - 1] in "。;,":
        return False
    following = numbers.get(lines[n + 1].start)
    return bool(following and following.ordinal == 1 and _agencies(plain, lines[n]))


def _agencies(plain: str, words: Span) -> list[Unit]:
    """The agencies that a heading consists of, none if it says anything else."""
    tail = None
    if plain[words.end - 1] in "责务工: ":
        tail = AGENCY_HEAD_END.search(plain, max(words.start, words.end - _HEAD_END), words.end)
    units = only_units(plain, words.start, tail.start() if tail else words.end)
    return units if are_sure(units) else []


def by_agency(plain: str, outline: Outline) -> list[tuple[Item, list[Unit]]]:
    """Headings that are agencies whose duties they list, with them: those without a number, and those with one where two
    or more of the kind stand side by side."""
    headings = [item for item in outline.items if _is_heading_only(item)]
    named = [(item, units) for item in headings if (units := _agencies(plain, Span(item.body, item.first_line.end)))]
    beside = Counter(id(item.parent) for item, _ in named)
    return [(item, units) for item, units in named if item.style == _AGENCY or beside[id(item.parent)] > 1]


def _is_heading_only(item: Item) -> bool:
    return bool(item.children or item.paragraphs > 1) and item.first_line.end - item.body <= _HEADING


def _is_listed_attachment(plain: str, line: Span) -> bool:
    return line.end - line.start <= 80 and plain[line.end - 1] not in "。;:"


def _add_paragraph(plain: str, line: Span, open_items: list[Item], loose: list[Span]) -> None:
    """Gives a line without a number to the innermost open item, unless it is one of the paragraphs that close a text:
    those after an item that says all in one paragraph, as all its siblings do."""
    item = open_items[-1] if open_items else None
    if item is None or _is_frame(plain, line) or _is_closing(plain, line, item):
        loose.append(line)
        return
    item.end = line.end
    item.paragraphs += 1
    if item.parent:
        item.parent.brief = False


def _is_frame(plain: str, line: Span) -> bool:
    return bool(FRAME_LINE.match(plain, *line))


def _is_closing(plain: str, line: Span, item: Item) -> bool:
    if item.paragraphs > 1 or plain[line.start] in "([" or "单位:" in plain[line.start : line.start + 12]:
        return False
    said_all = plain[item.first_line.end - 1] in "。;)" and item.first_line.end - item.body > _HEADING
    return said_all and item.parent is not None and item.parent.brief and len(item.parent.children) > 1


def _item_title(plain: str, item: Item) -> Span:
    """The first sentence of an item's first line, at most 60 code points, cut at a comma."""
    stop = TITLE_END.search(plain, item.body, item.first_line.end)
    end = stop.start() if stop else item.first_line.end
    if end - item.body > _TITLE:
        cut = max(plain.rfind(mark, item.body + 10, item.body + _TITLE) for mark in ",、:")
        end = cut if cut > 0 else item.body + _TITLE
    while end > item.body and plain[end - 1] == " ":
        end -= 1
    return Span(item.body, end)
