"""What is known of a document before its residue is looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Span
from loaders.facts.chapters import is_silent
from loaders.facts.principles import HEADING
from loaders.text.frame import CAPTION, ends_as_title, goes_on
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loaders.names.units import Unit
    from loaders.text.items import Item
    from loaders.text.tables import TaskRow
    from loaders.text.tree import Outline

_SIGNED: Final = 120  # code points of the longest line of a signature
# A heading that names its text and puts no duty on anybody. 例 一、|各地自查
_NAMES_ITS_TEXT: Final = re.compile(r"(?:(?!要|应|须|不得|负责|牵头)[^,。;:]){2,6}")
_LISTS: Final = re.compile(r"附[ ]{0,4}件[ ]{0,2}:[ ]{0,4}1")
_LISTED: Final = re.compile(r"[ ]{0,12}(\d{1,2})[.、]")
_LEAD_IN: Final = 40  # of the shortest words before a list that are sentences, not a heading


class Ground(NamedTuple):
    """Spans are sorted; those of one kind do not overlap."""

    text: str  # the plain view, numbers of items blank
    plain: str  # with the numbers
    words: str  # the text that is quoted, as long
    span: Span
    facts: Sequence[Span]  # the words of units that gave facts
    clauses: Sequence[Span]
    frame: Sequence[Span]  # lines of the title, the head and the signature
    headings: Sequence[Span]
    silent: Sequence[Span]
    first_item: int  # where the numbered text begins
    tables: Sequence[Span]  # that were read
    unread: Sequence[Span]  # heads of tables that were not


def silent_spans(outline: Outline) -> list[Span]:
    """What states no work: 指导思想, 重大意义, principles; conditions, papers and offences in the list of an item; forms."""
    silent = [Span(item.start, item.end) for item in outline.items if is_silent(item)]
    return silent + [item.aside for item in outline.items if item.aside] + outline.forms


def outside_prose(
    plain: str, outline: Outline, rows: Iterable[TaskRow], arranged: Iterable[tuple[Item, list[Unit]]]
) -> list[Span]:
    """What holds no sentence: titles, the headings of items that are `arranged` by agency, short ones of text, and what stands
    before the task in `rows` of tables; a span without words at the edge of a cell, which no sentence crosses."""
    titles: list[Span] = []
    for line in reversed((*outline.frame.title_lines, *outline.loose)):  # one that is broken goes on below
        broken = titles and plain[line.end : titles[-1].start].isspace() and goes_on(plain, line)
        if broken or ends_as_title(plain, line) or CAPTION.match(plain, *line):
            titles.append(line)
    titles += _attachments(plain, outline.loose)
    headed = (item for item in outline.items if item.paragraphs > 1)
    short = (item for item in headed if _NAMES_ITS_TEXT.fullmatch(plain, item.body, item.first_line.end))
    headings = [Span(item.body, item.first_line.end) for item in short]
    headings += [_head(item, units) for item, units in arranged]
    of_rows: list[Span] = []
    for row in rows:
        of_rows += [Span(cell.start, cell.start) for cell in row.cells]
        if row.title.start > row.span.start:
            of_rows.append(Span(row.span.start, row.title.start))
    return titles + headings + of_rows


def _head(item: Item, units: list[Unit]) -> Span:
    """The words of `item` that name the `units` it is arranged by, which are no sentence."""
    if item.first_line.end - item.body <= _LEAD_IN:
        return Span(item.body, item.first_line.end)
    return Span(units[0].start, item.children[0].start) if item.children else Span(item.body, units[-1].end)


def _attachments(plain: str, lines: Iterable[Span]) -> Iterator[Span]:
    """The lines of a list of attachments but the first, which names itself. 例 附件:1.审批表\n|2.通知书"""
    last = 0
    for line in lines:
        number = _LISTED.match(plain, *line)
        goes_on = last > 0 and number is not None and int(number[1]) == last + 1 and plain[line.end - 1] not in "。;"
        last = last + 1 if goes_on else int(bool(_LISTS.match(plain, *line)))
        if goes_on:
            yield line


def frame_lines(plain: str, outline: Outline) -> list[Span]:
    """The lines of the title, and those outside the items that hold nothing but issuers or end as a title does."""
    names = [squeezed(name) for name in outline.frame.issuers]
    return sorted({*outline.frame.title_lines, *_signed(plain, outline.loose, names)})


def _signed(plain: str, lines: Iterable[Span], names: Sequence[str]) -> Iterator[Span]:
    for line in lines:
        if line.end - line.start <= _SIGNED and plain[line.end - 1] not in "。;:,":
            words = squeezed(line.of(plain)) if names else ""
            if any(name in words for name in names) or ends_as_title(plain, line):
                yield line


def is_heading(item: Item) -> bool:
    """Whether the title of an item is all of its first line, and no sentence."""
    return item.title_span.end >= item.first_line.end and len(item.title) <= HEADING


def joined(spans: Iterable[Span]) -> list[Span]:
    """`spans` in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
