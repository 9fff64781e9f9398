"""Patterns of loaders/lexicon/predicates.tsv: what a predicate may begin with, by class."""

from __future__ import annotations

from typing import Final

from loaders.lexicon.table import rows

_ROWS: Final = sorted(rows("lexicon", "predicates.tsv", 4), key=lambda row: -len(row[0]))  # longest first

_FEW: Final = 20  # alternatives that are tried one by one


def _pattern(kind: str) -> str:
    """An alternation of the words of a class, by their first characters, longest first."""
    by_first: dict[str, list[str]] = {}
    for word, class_, not_before, only_before in _ROWS:
        if class_ == kind:
            tail = word[1:] + (f"(?!{'|'.join(not_before.split())})" if not_before else "")
            by_first.setdefault(word[0], []).append(tail + (f"(?={only_before})" if only_before else ""))
    words = [f"{first}(?:{'|'.join(tails)})" for first, tails in sorted(by_first.items())]
    # Alternatives are tried one by one, sets of first characters at once: so there is one for all, and one for every few.
    few = [words[n : n + _FEW] for n in range(0, len(words), _FEW)]
    choice = "|".join(f"(?=[{some[0][0]}-{some[-1][0]}])(?:{'|'.join(some)})" for some in few)
    return f"(?:(?=[{''.join(sorted(by_first))}])(?:{choice}))"


def _firsts(*kinds: str) -> str:
    """The first characters of the words of some classes."""
    return "".join(sorted({word[0] for word, class_, *_ in _ROWS if class_ in kinds}))


FIRSTS: Final = _firsts("adverb", "opener", "verb", "weak", "event")
ADVERBS: Final = _pattern("adverb")
OPENERS: Final = _pattern("opener")
VERBS: Final = _pattern("verb")
WEAK: Final = _pattern("weak")
EVENTS: Final = _pattern("event")
