"""The one reader of the loaders' tables of words, names and places: files of tabs, with # before what is said about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Final

_FOLDERS: Final = {"lexicon": files("loaders.lexicon"), "names": files("loaders.names") / "data"}


def rows(room: str, name: str, columns: int) -> Iterator[list[str]]:
    """The rows of the table `name` of a room of the loaders, each as wide as `columns`: what a row leaves out is ""."""
    for line in (_FOLDERS[room] / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), *[""] * columns][:columns]


def lengths_by_opening(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the names are that open with the same two characters, longest first: most words open as no name does."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return {opening: tuple(sorted(of_names, reverse=True)) for opening, of_names in lengths.items()}
