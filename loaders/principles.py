"""Principles: the headlines of the items under 基本原则, numbered, one a paragraph, or several in one paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.patterns import HEADLINE_END, PRINCIPLE_HEAD, PRINCIPLE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Item, Outline

_HEADLINE = 60  # code points of the longest headline


def find_principles(plain: str, outline: Outline) -> Iterator[Span]:
    """Spans of the headlines, in order: up to the first 。 and without it."""
    for item in outline.items:
        if not PRINCIPLE_HEAD.search(item.title) or any(PRINCIPLE_HEAD.search(child.title) for child in item.children):
            continue
        if item.children:
            yield from (_headline(plain, child.body, child.end) for child in item.children)
        else:
            yield from _in_paragraphs(plain, item)


def _headline(plain: str, start: int, end: int) -> Span:
    stop = HEADLINE_END.search(plain, start, min(end, start + _HEADLINE))
    line_end = plain.find("\n", start, end)
    return Span(start, stop.start() if stop else line_end if line_end > 0 else end)


def _in_paragraphs(plain: str, item: Item) -> Iterator[Span]:
    """坚持…;坚持…;… in one paragraph are as many; a paragraph that opens with 坚持 and explains itself is one."""
    start = item.title_span.end
    for paragraph in re.finditer(r"[^\n]+", plain[start : item.end]):
        begin = start + paragraph.start()
        parts = [(part, o) for part in re.finditer(r"[^;]+", paragraph.group()) if (o := PRINCIPLE_START.match(part.group()))]
        for part, opening in parts:
            offset = begin + part.start() + opening.start("headline")
            if len(parts) > 1:
                words = part.group().rstrip(" 。")
                yield Span(offset, begin + part.start() + len(words))
            else:
                yield _headline(plain, offset, start + paragraph.end())
