"""The one reader of the loaders' tables of words, names and places: files of tabs, with # before what is said about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

_FEW: Final = 12  # first characters of alternatives that are tried one by one
_PARTS: Final = 6  # in which more of them are tried
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
        whole = _escaped(word) + (f"(?!{'|'.join(not_before.split())})" if not_before else "")
        by_first.setdefault(word[0], []).append(whole + (f"(?={only_before})" if only_before else ""))
    # Alternatives are tried one by one, sets of first characters at once: so there is one for all, and one for every few of
    # them, and of those. Sets of second characters would cost more to compile, in every process that reads, than they save.
    firsts = sorted(by_first)
    return f"(?:(?=[{_escaped(''.join(firsts))}])(?:{_choice(firsts, by_first)}))"


def _choice(firsts: Sequence[str], by_first: Mapping[str, Sequence[str]]) -> str:
    if len(firsts) <= _FEW:
        return "|".join(word for first in firsts for word in by_first[first])
    few = max(_FEW, -(-len(firsts) // _PARTS))
    parts = (firsts[n : n + few] for n in range(0, len(firsts), few))
    return "|".join(f"(?=[{_escaped(part[0])}-{_escaped(part[-1])}])(?:{_choice(part, by_first)})" for part in parts)


def firsts_of(words: Iterable[Sequence[str]]) -> str:
    """The characters that the words of `pattern_of` begin with."""
    return _escaped("".join(sorted({word[0] for word, *_ in words})))


def _escaped(words: str) -> str:
    """`words`, of which only marks of ASCII could mean something to a pattern."""
    return "".join(rf"\{c}" if c in "().*[]-" else c for c in words)


def lengths_by_opening(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the names are that open with the same two characters, longest first: most words open as no name does."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return {opening: tuple(sorted(of_names, reverse=True)) for opening, of_names in lengths.items()}
