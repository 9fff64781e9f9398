"""The items of a text: headings, numbered items, rows of tables; and what one of them opens with on a line by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.model import Span
from loaders.text.numbering import CN, Marker
from loaders.text.numerals import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# How a number at the head of a line is written, by its style.
_WRITTEN = (
    rf"(?P<cn>[{CN}]{{1,5}})[、.,](?![{CN}][、是])",  # 例 一、总体要求 · 一,总体要求
    rf"\((?P<pcn>[{CN}]{{1,5}})\)[、.]?",  # 例 (一)加强组织领导
    r"(?P<num>\d{1,3})(?:[.](?![\d%])|、)",  # 例 1.推进 · 12、推进
    r"\((?P<pnum>\d{1,3})\)[、.]?",  # 例 (3)推进
    r"(?P<circled>[①-⑳⑴-⒇])",  # 例 ①推进
    rf"第(?P<article>[{CN}\d]{{1,5}})条",  # 例 第三条
    rf"第(?P<chapter>[{CN}\d]{{1,5}})(?:章|部分)",  # 例 第一章
)
MARKER = re.compile(rf"(?=[ {CN}(\d①-⑳⑴-⒇第])[ ]{{0,20}}(?:{'|'.join(_WRITTEN)})[ ]{{0,4}}")

# Where the title of an item ends, at the latest before its clause.
TITLE_END = re.compile(r"[。;]|:$|\((?=[^()]{0,200}(?:牵头|负责|责任|单位))")
# 例 12 · 3. · (4) · 2.1 · 三、 · (二)
ROW_NUMBER = re.compile(rf"[(]?(?:(?P<digits>\d{{1,5}})(?:[.-]\d{{1,3}}){{0,2}}|(?P<cn>[{CN}]{{1,4}}))[)]?[.、]?")

AGENCY = "agency"  # the style of a heading without a number that names the agency whose duties it lists
ROW = "row"  # the style of an item that is a row of a table
_TITLE = 60  # code points of the longest task title

Numbers: TypeAlias = "Mapping[int, Marker]"
"""The numbers of headings and items, by where they stand."""


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
    aside: Span | None = None  # a list of conditions, papers or offences in it, which is no part of its own words
    of_fields: bool = False  # whether it is a card, of whose fields only what is to be done is a child
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


class Part(NamedTuple):
    """What is an item of a text without numbers: where its own words begin, where it ends, how many paragraphs it has."""

    body: int
    end: int
    paragraphs: int = 1


def numbered_item(plain: str, line: Span, marker: Marker) -> Item:
    body = marker.body
    while body < line.end and plain[body].isspace():
        body += 1
    return Item(marker.level, marker.ordinal, marker.printed, line.start, body, line, line.end)


def unnumbered_item(line: Span) -> Item:
    return Item("", None, "", line.start, line.start, line, line.end)


def item_title(plain: str, item: Item) -> Span:
    """The first sentence of an item's first line, at most 60 code points, cut at a comma."""
    stop = TITLE_END.search(plain, item.body, item.first_line.end)
    end = stop.start() if stop else item.first_line.end
    if end - item.body > _TITLE:
        cut = max(plain.rfind(mark, item.body + 10, item.body + _TITLE) for mark in ",、:")
        end = cut if cut > 0 else item.body + _TITLE
    while end > item.body and plain[end - 1] == " ":
        end -= 1
    return Span(item.body, end)


def row_value(words: str) -> int | None:
    """What a 序号 counts, None where `words` are none: 12 is 12, (3) is 3, 2.1 is 2, 三、 is 3, 二十一 is 21."""
    number = ROW_NUMBER.fullmatch(words.strip())
    return value_of(number["digits"] or number["cn"]) if number else None
