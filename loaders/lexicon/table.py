"""The one reader of the loaders' tables of words, names and places: files of tabs, with # before what is said about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

_FOLDERS: Final = {"lexicon": files("loaders.lexicon"), "names": files("loaders.names") / "data"}


def rows(room: str, name: str, columns: int) -> Iterator[list[str]]:
    """The rows of the table `name` of a room of the loaders, each as wide as `columns`: what a row leaves out is ""."""
    for line in (_FOLDERS[room] / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), *[""] * columns][:columns]


@cache
def words_by_class(name: str) -> dict[str, list[tuple[str, str, str]]]:
    """The words of a table of the lexicon by class, longest first, each with what it may not stand before, parted by blanks,
    and the pattern that must follow it.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for word, kind, not_before, only_before in sorted(rows("lexicon", name, 4), key=lambda row: -len(row[0])):
        found.setdefault(kind, []).append((word, not_before, only_before))
    return found


def pattern_of(words: Iterable[Sequence[str]]) -> str:
    """An alternation of words, each with what it may not stand before and what must follow it."""
    by_first: dict[str, list[str]] = {}
    for word, not_before, only_before in words:
        tail = _escaped(word[1:]) + (f"(?!{'|'.join(not_before.split())})" if not_before else "")
        by_first.setdefault(_escaped(word[0]), []).append(tail + (f"(?={only_before})" if only_before else ""))
    choice = "|".join(f"{first}(?:{'|'.join(tails)})" for first, tails in sorted(by_first.items()))
    return f"(?:(?=[{''.join(sorted(by_first))}])(?:{choice}))"  # a set of first characters is tried faster than a choice


def _escaped(words: str) -> str:
    """`words`, of which only marks of ASCII could mean something to a pattern."""
    return "".join(rf"\{c}" if c in "().*[]-" else c for c in words)
