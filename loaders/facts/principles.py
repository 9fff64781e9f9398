"""Principles: the headlines of the items under 基本原则, numbered, one a paragraph, or several in one paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Span
from loaders.patterns import HEADLINE_END, PARAGRAPH, PRINCIPLE_HEAD, PRINCIPLE_PART, PRINCIPLE_SENTENCE, PRINCIPLE_START

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from loaders.text.numbering import Item
    from loaders.text.tree import Outline

_HEADLINE = 60  # code points of the longest headline
_FEWEST = 2  # paragraphs that open with a short sentence before that is taken for their layout


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
    """坚持…;坚持…;… in one paragraph are as many; a paragraph that opens with 坚持 and explains itself is one.

    Where every paragraph opens with a short sentence of its own, that is the headline, 坚持 or not.
    """
    paragraphs = [found.span() for found in PARAGRAPH.finditer(plain, item.title_span.end, item.end)]
    starts = [_starts(plain, *paragraph) for paragraph in paragraphs]
    sentences = [PRINCIPLE_SENTENCE.match(plain, *paragraph) for paragraph in paragraphs]
    by_sentence = len(paragraphs) >= _FEWEST and all(s or p for s, p in zip(sentences, starts, strict=True))
    for (_, end), parts, sentence in zip(paragraphs, starts, sentences, strict=True):
        if len(parts) > 1:
            yield from (_first_sentence(plain, *part.span("headline")) for part in parts)
        elif parts:
            yield _headline(plain, parts[0].start("headline"), end)
        elif by_sentence and sentence:
            yield Span(*sentence.span("headline"))


def _starts(plain: str, start: int, end: int) -> list[re.Match[str]]:
    """The parts of a paragraph that open as a principle does, each with its words as `headline`."""
    parts = (PRINCIPLE_START.match(plain, *part.span()) for part in PRINCIPLE_PART.finditer(plain, start, end))
    return [part for part in parts if part]


def _first_sentence(plain: str, start: int, end: int) -> Span:
    stop = plain.find("。", start, end)
    return Span(start, stop if stop > 0 else end)
