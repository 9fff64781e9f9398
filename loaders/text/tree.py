"""The documents in a text: each with its frame and its tree of headings and numbered items.

A 通知 and the plan it prints are one document. All offsets refer to the plain view, which is as long as the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.text.arranged import agencies_of
from loaders.text.blocks import BLOCK, blocks_in
from loaders.text.cards import CARD, cards_in
from loaders.text.frame import ATTACHMENT, FORM_TITLE, FRAME_LINE, PREAMBLE, Frame, read_frame
from loaders.text.further import later_starts
from loaders.text.heads import field_of, heading_of, without_fields
from loaders.text.items import AGENCY, ROW, Item, Numbers, Part, item_title, numbered_item, row_value, unnumbered_item
from loaders.text.lines import lines_of, with_headings, with_tables
from loaders.text.lists import without_lists
from loaders.text.members import MEMBER, is_broken, members
from loaders.text.numbering import Marker, is_higher, markers
from loaders.text.points import is_closed, points

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from loaders.text.tables import TaskTable

# The line above a table that is its title. 例 2023年重点任务分工表
TABLE_TITLE = re.compile(r"[^。;:]{2,60}(?:表|清单|台账|分工|方案|安排|任务书?|路线图)(?:[(][^()]{1,20}[)])?$")
# A clause on a line of its own. 例 责任单位:市司法局 · 责任科室:办公室牵头
_LABEL = re.compile(r"[\u4e00-\u9fff]{0,8}(?:单位|部门|[处科股]室)(?:[ ]?:|[ ]{1,3}(?=[省市县区州各国]))")
_HEADING = 40  # code points of the longest heading without a number
_ALONE = 8  # of the longest line that holds but 附件 and its number
_NEXT = 12  # lines behind a paragraph in which the next number is looked for


@dataclass(slots=True)
class Outline:
    """One document: its frame, its items in order, the paragraphs outside every item, and the numbers of its items; `forms`
    are the lines of annexes that are to be filled in, or praise."""

    frame: Frame
    items: list[Item]
    loose: list[Span]
    numbers: list[Marker]
    forms: list[Span]
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
        lines = self.frame.lines
        return lines[max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)]


def outlines(plain: str, tables: Sequence[TaskTable] = ()) -> list[Outline]:
    """The documents in `plain`, in order; at least one unless there is no line of text at all.

    Rows of `tables` are items; in everything else a table is one line.
    """
    at = {table.span.start: table for table in tables}
    outside = outside_tables(plain, tables)
    numbered = markers(outside)
    numbers = {marker.start: marker for marker in sorted([*numbered, *points(outside, numbered)])}
    members_at = frozenset(member.start for member in members(outside, 0, len(plain)))
    lines = with_tables(lines_of(plain, [*numbers, *members_at]), [table.span for table in tables])
    starts = [0, *later_starts(plain, lines, numbers, at)]
    return [
        _outline(plain, lines[begin:stop], numbers, members_at, at)
        for begin, stop in zip(starts, [*starts[1:], len(lines)], strict=True)
        if lines[begin:stop]
    ]


def _outline(
    plain: str, lines: list[Span], numbers: Numbers, members_at: frozenset[int], tables: Mapping[int, TaskTable]
) -> Outline:
    begins = (n for n, (at, _) in enumerate(lines) if at in numbers or at in members_at or at in tables)
    first = next(begins, len(lines))
    table = tables.get(lines[first].start) if first < len(lines) else None
    frame = read_frame(plain, lines, first, table.rows[0].title if table else None)
    own = [marker for start, marker in numbers.items() if frame.span.start <= start < lines[-1].end]
    bare = not own and not any(line.start in tables for line in lines)
    style, parts = CARD, cards_in(plain, frame.body) if bare else {}
    if bare and not parts:
        style, parts = BLOCK, blocks_in(plain, frame.body)
    items, loose, forms = (*_parted(frame, style, parts), []) if parts else _tree(plain, frame, numbers, members_at, tables)
    for item in items:
        item.title_span = item_title(plain, item)
        item.title = item.title_span.of(plain)
    return Outline(frame, items, loose, own, forms)


def outside_tables(plain: str, tables: Sequence[TaskTable]) -> str:
    """`plain` with line ends for what stands in tables, whose numbers count for themselves."""
    parts: list[str] = []
    at = 0
    for span in (table.span for table in tables):
        parts += [plain[at : span.start], "\n" * (span.end - span.start)]
        at = span.end
    return "".join([*parts, plain[at:]]) if parts else plain


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


# ---- the tree -------------------------------------------------------------------------------------------------------


def _tree(
    plain: str, frame: Frame, numbers: Numbers, members_at: frozenset[int], tables: Mapping[int, TaskTable]
) -> tuple[list[Item], list[Span], list[Span]]:
    """Items in order, nested by the style of their numbers: a style already open ends all below it, a new one nests; the lines
    outside them; those of forms."""
    items: list[Item] = []
    loose: list[Span] = []
    open_items: list[Item] = []
    in_attachments = False
    filled = {start for start, table in tables.items() if any(row.clauses for row in table.rows)}
    lines, forms = _without_forms(plain, frame.body, filled)
    lines = with_headings(plain, lines, numbers)
    agencies = _agency_headings(plain, lines, numbers)
    for n, line in enumerate(lines):
        number = numbers.get(line.start)
        member_open = bool(open_items) and open_items[-1].style == MEMBER
        goes_on = line.start in members_at or (member_open and not number and is_broken(plain, lines[n - 1].end))
        beside = _beside(open_items, goes_on)
        if _is_attachment(plain, line):
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
            item = unnumbered_item(line)
        elif number and not in_attachments:
            item = numbered_item(plain, line, number)
            item.style = "chapter" if _heads_articles(plain, lines, n, numbers, open_items) else item.style
        elif line.start in members_at and not _is_numbered(open_items):
            item = Item(MEMBER, beside + 1, "", line.start, line.start, line, line.end)
        elif n in agencies and (items or not PREAMBLE.match(plain, *line)):
            item = Item(AGENCY, None, "", line.start, line.start, line, line.end)
        elif _is_bare_heading(plain, lines, n, numbers, open_items):
            item = unnumbered_item(line)
        else:
            following = (numbers[later.start] for later in lines[n + 1 : n + 1 + _NEXT] if later.start in numbers)
            _add_paragraph(plain, line, [] if line in frame.signed else open_items, loose, following)
            continue
        depth = _depth(item, numbers.get(lines[n + 1].start) if not item.style else None, open_items)
        if not item.style and depth < len(open_items):
            item.style = open_items[depth].style  # it stands for one of those that it stands beside
        _close(open_items, depth)
        items.append(_opened(item, open_items))
    _close(open_items, 0)
    return without_fields(plain, without_lists(plain, items)), loose, forms


def _is_numbered(open_items: list[Item]) -> bool:
    """Whether what opened last has a number of its own below a chapter: with its members it is one task."""
    return len(open_items) > 1 and open_items[-1].number is not None and open_items[-1].style != MEMBER


def _beside(open_items: list[Item], goes_on: bool) -> int:
    """How many members stand open beside each other; what is no member ends their list."""
    if not open_items or open_items[-1].style != MEMBER:
        return 0
    if not goes_on:
        _close(open_items, len(open_items) - 1)
        return 0
    return open_items[-1].number or 0


def _parted(frame: Frame, style: str, parts: Mapping[int, Part]) -> tuple[list[Item], list[Span]]:
    """The items of this style and the paragraphs of a text that is cards or blocks."""
    items: list[Item] = []
    loose: list[Span] = []
    for n, line in enumerate(frame.body):
        if part := parts.get(n):
            item = Item(style, len(items) + 1, "", line.start, part.body, line, part.end, paragraphs=part.paragraphs)
            items.append(item)
        elif not items or line.start >= items[-1].end:
            loose.append(line)
    return items, loose


def _rows(plain: str, table: TaskTable, open_items: list[Item]) -> Iterator[Item]:
    """The rows of a table and their headings, under the innermost open item; none of them stays open."""
    outside = len(open_items)
    above: tuple[Span, ...] = ()
    for n, row in enumerate(table.rows, 1):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, row.headings, strict=False)))
        _close(open_items, outside + same)
        for heading in row.headings[same:]:
            marker = next((marker for marker in markers(heading.of(plain))[:1] if not marker.start), None)
            item = numbered_item(plain, heading, marker.moved(heading.start)) if marker else unnumbered_item(heading)
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


def _depth(item: Item, following: Marker | None, open_items: list[Item]) -> int:
    """How many of the open items hold `item`; one without a number stands beside the heading above the items that it
    stands between, the next of which has the number `following`."""
    style = item.style or (following.level if following else "")
    styles = [other.style for other in open_items]
    depth = styles.index(style) if style in styles else len(styles)
    opens = item.number is None or item.number == 1
    while style not in styles and depth and is_higher(style, styles[depth - 1], opens=opens):
        if style == "article" and styles[depth - 1] == "cn" and depth == len(styles) and _says_nothing(open_items[-1]):
            break  # 一、机构设置|第一条
        depth -= 1
    return depth if item.style else max(0, depth - 1)


def _says_nothing(item: Item) -> bool:
    """Whether `item` is a heading so far, with nothing under it."""
    return item.paragraphs == 1 and not item.children and item.first_line.end - item.body <= _HEADING


def _close(open_items: list[Item], depth: int) -> None:
    """Ends all open items from `depth` on; what holds an item ends no earlier than it."""
    for item in reversed(open_items[depth:]):
        if item.above:
            item.above[-1].end = max(item.above[-1].end, item.end)
    del open_items[depth:]


def _is_bare_heading(plain: str, lines: list[Span], n: int, numbers: Numbers, open_items: list[Item]) -> bool:
    """A heading without a number: a short line without a stop, right above an item that counts on or begins a count."""
    line = lines[n]
    following = numbers.get(lines[n + 1].start) if open_items and n + 1 < len(lines) else None
    if not following or line.end - line.start > _HEADING or plain[line.end - 1] in "。;,.、)号日":
        return False
    if (
        plain[line.start].isdigit()
        or plain.find(":", *line) >= 0
        or _LABEL.match(plain, *line)
        or plain.endswith(("牵头", "负责"), *line)
    ):
        return False  # 完成时限:持续推进 · 市司法局牵头,市财政局负责
    above = open_items[-1]
    if n and plain[lines[n - 1].end - 1] != ")" and is_broken(plain, lines[n - 1].end):
        return False  # …可采用|“一事一议”的方式
    if above.first_line == lines[n - 1] and field_of(heading_of(plain, above)):
        return False  # (一)责任单位|市司法局: what the field says
    before = next((item for item in open_items if item.style == following.level), None)
    return following.ordinal == 1 if before is None else following.ordinal in (1, (before.number or 0) + 1)


def _heads_articles(plain: str, lines: list[Span], n: int, numbers: Numbers, open_items: list[Item]) -> bool:
    """Whether a numbered line is the title of a chapter: nothing but a heading, between two articles that count on:
    1.附则 between 第四十五条 and 第四十六条."""
    following = numbers.get(lines[n + 1].start) if n + 1 < len(lines) else None
    if not following or following.style != "article" or numbers[lines[n].start].style != "num":
        return False
    before = next((item for item in open_items if item.style == "article"), None)
    return before is not None and following.ordinal == (before.number or 0) + 1 and _is_short(plain, lines[n])


def _agency_headings(plain: str, lines: list[Span], numbers: Numbers) -> frozenset[int]:
    """The lines that are the name of an agency, right above the first of its duties: 市司法局: 1.…

    Above all items that is the author or the addressee, unless there is a second such line.
    """
    opening = (n for n, line in enumerate(lines[1:]) if (number := numbers.get(line.start)) and number.ordinal == 1)
    found = [n for n in opening if _is_short(plain, lines[n]) and agencies_of(plain, lines[n])]
    first_item = next((n for n, line in enumerate(lines) if line.start in numbers), len(lines))
    return frozenset(n for n in found if n > first_item or n < found[-1])


def _is_attachment(plain: str, line: Span) -> bool:
    return plain[line.start] == "附" and bool(ATTACHMENT.match(plain, *line))


def _without_forms(plain: str, lines: list[Span], filled: Collection[int]) -> tuple[list[Span], list[Span]]:
    """The lines but for those of forms, and these: all under the word 附件 on a line of its own that a form's title follows,
    but no table that is `filled` in."""
    kept: list[Span] = []
    forms: list[Span] = []
    in_form = False
    for n, line in enumerate(lines):
        if _is_attachment(plain, line):
            alone = line.end - line.start <= _ALONE
            titled = alone and n + 1 < len(lines) and FORM_TITLE.fullmatch(plain, *lines[n + 1])
            in_form = bool(titled) and not any(line.start in filled for line in lines[n + 2 : n + 3])
            kept.append(line)
        else:
            (forms if in_form else kept).append(line)
    return kept, forms


def _is_short(plain: str, line: Span) -> bool:
    return line.end - line.start <= _HEADING and plain[line.end - 1] not in "。;,"


def _is_listed_attachment(plain: str, line: Span) -> bool:
    return line.end - line.start <= 80 and plain[line.end - 1] not in "。;:"


def _add_paragraph(plain: str, line: Span, open_items: list[Item], loose: list[Span], following: Iterator[Marker]) -> None:
    """Gives a line without a number to the innermost open item, unless it is one of the paragraphs that close a text:
    those after an item that says all in one paragraph, as all its siblings do, unless the first number `following` counts on.
    An article says in its first paragraph whether it states work."""
    item = open_items[-1] if open_items else None
    if (
        item is None
        or FRAME_LINE.match(plain, *line)
        or (_is_closing(plain, line, item) and not _counts_on(item, next(following, None)))
    ):
        loose.append(line)
        return
    item.end = line.end
    item.paragraphs += 1
    if item.parent:
        item.parent.brief = False


def _counts_on(item: Item, following: Marker | None) -> bool:
    return following is not None and following.level == item.style and following.ordinal == (item.number or 0) + 1


def _is_closing(plain: str, line: Span, item: Item) -> bool:
    if item.paragraphs > 1 or plain[line.start] in "([" or _LABEL.match(plain, *line):
        return False
    if plain[item.first_line.end - 1] not in ")]" and is_closed(plain, line):
        return False  # it has the clause that the item still lacks
    said_all = plain[item.first_line.end - 1] in "。;)" and item.first_line.end - item.body > _HEADING
    return said_all and item.parent is not None and item.parent.brief and len(item.parent.children) > 1
