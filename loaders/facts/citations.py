"""Citations: 《title》(文号) of another document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Citation, Span
from loaders.patterns import CITATION, CITED_KIND, NUMBER_LETTERS, PRINTED
from loaders.text.frame import doc_number
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.text.frame import Frame


def find_citations(plain: str, frame: Frame) -> Iterator[Citation]:
    """Citations after the title, in order. The plan that a 通知 prints is no citation, nor is the document's own 文号."""
    start = max((line.end for line in frame.title_lines), default=frame.span.start)
    end = start
    for found in CITATION.finditer(plain, start, frame.span.end):
        reached, (begin, end) = end, found.span()
        title, number = found["title"], found["number"]
        if title is None:
            letters = NUMBER_LETTERS.search(plain, max(reached, begin - 15), begin)
            if letters is None:
                continue
            begin = letters.start()
            number = plain[begin:end]
        number = doc_number(number) if number else None
        if number and number != frame.doc_number:
            yield Citation(title, number, Span(begin, end))
        elif title and not number and CITED_KIND.search(title) and not _is_printed(title, frame.title):
            yield Citation(title, None, Span(begin, end))


def _is_printed(title: str, own_title: str) -> bool:
    """Whether `title` is the document's own, or the plan that its 通知 prints: 关于印发《…方案》的通知."""
    own = squeezed(own_title)
    printed = PRINTED.split(own, maxsplit=1)[-1].removesuffix("的通知").strip("《》")
    return squeezed(title) in (own, printed)
