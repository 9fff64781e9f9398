"""What gave no fact, as people decided it: words that they struck, set aside, or made a fact of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from kg.decide.entries import OfWords, SetAside
from kg.decide.where import only, task_of
from kg.decide.wording import squeezed
from kg.model import Document, Residue, ResidueKind, Span


def struck(d: Document, text: str, words: Iterable[tuple[ResidueKind, Span]], entry: OfWords) -> Document:
    """With these words among what gave no fact, because a person said so."""
    left = [Residue(kind, span, span.of(text), "struck", entry.why) for kind, span in dict.fromkeys(words)]
    return replace(d, residue=tuple(sorted([*d.residue, *left], key=lambda r: r.span)))


def explained(d: Document, span: Span) -> Document:
    """With these words no longer among what gave no fact: they give one now."""
    return replace(d, residue=tuple(r for r in d.residue if r.span.end <= span.start or span.end <= r.span.start))


def set_aside(d: Document, entry: SetAside) -> Document:
    """With words that nothing explained explained by the entry. Raises UnmatchedError."""
    words = [r for r in d.residue if squeezed(r.surface) == squeezed(entry.quote)]
    open_ = [r for r in words if r.reason is None]
    if words and not open_:  # the rules have learnt it since
        return d
    meant = only(d, entry, open_, partial(task_of, d), "nothing that is unexplained has these words")
    aside = meant._replace(reason="set-aside", decided=entry.why)
    return replace(d, residue=tuple(aside if r == meant else r for r in d.residue))
