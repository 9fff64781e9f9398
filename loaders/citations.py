"""Citations: 《title》(文号) of another document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Citation, Span
from loaders.document import doc_number
from loaders.patterns import CITATION, CITED_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Outline


def find_citations(plain: str, outline: Outline) -> Iterator[Citation]:
    """Citations after the title, in order. The plan that a 通知 prints is no citation, nor is the document's own 文号."""
    start = max((line.end for line in outline.title_lines), default=outline.span.start)
    for found in CITATION.finditer(plain, start, outline.span.end):
        number = found["number"] or found["bare"]
        number = doc_number(number) if number else None
        title = found["title"]
        if (number == outline.doc_number and number) or (
            title and (title in outline.title or not (number or CITED_KIND.search(title)))
        ):
            continue
        yield Citation(title, number, Span(*found.span()))
