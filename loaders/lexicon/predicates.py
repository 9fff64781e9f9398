"""Patterns of loaders/lexicon/predicates.tsv: what a predicate may begin with, by class."""

from __future__ import annotations

from importlib.resources import files
from typing import Final


def _pattern(kind: str) -> str:
    """An alternation of the words of a class, by their first characters, longest first."""
    lines = (files("loaders.lexicon") / "predicates.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[*line.split("\t"), "", ""][:4] for line in lines if line and not line.startswith("#")]
    by_first: dict[str, list[str]] = {}
    for word, class_, not_before, only_before in sorted(rows, key=lambda row: -len(row[0])):
        if class_ == kind:
            tail = word[1:] + (f"(?!{'|'.join(not_before.split())})" if not_before else "")
            by_first.setdefault(word[0], []).append(tail + (f"(?={only_before})" if only_before else ""))
    words = "|".join(f"{first}(?:{'|'.join(tails)})" for first, tails in sorted(by_first.items()))
    return f"(?:(?=[{''.join(sorted(by_first))}])(?:{words}))"  # a set of first characters is tried faster than a choice


def _firsts(*kinds: str) -> str:
    """The first characters of the words of some classes."""
    lines = (files("loaders.lexicon") / "predicates.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return "".join(sorted({row[0][0] for row in rows if row[1] in kinds}))


FIRSTS: Final = _firsts("adverb", "opener", "verb", "weak", "event")
ADVERBS: Final = _pattern("adverb")
OPENERS: Final = _pattern("opener")
VERBS: Final = _pattern("verb")
WEAK: Final = _pattern("weak")
EVENTS: Final = _pattern("event")
