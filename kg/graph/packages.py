"""Files that hold files: each file in one is taken in by itself, under a path that no real file has: 包.zip/附件1.docx."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import BrokenExtraction, KgError, UnreadableFile
from kg.escaped import readable
from kg.folders import read_file

Unpack = Callable[[bytes, str], Iterator[tuple[str, bytes | KgError]] | None]
"""What takes packages apart: takes bytes and a name, gives the path of each file in the package with its bytes, or why they are
not read (the path is empty where that is the package itself); None for what is no package."""

SUFFIXES: Final = (".zip", ".eml")


def nothing_unpacked(_: bytes, __: str) -> None:
    """An Unpack for which every file is a document."""


def contents(path: Path, unpack: Unpack) -> Iterator[tuple[Path, bytes | KgError]]:
    """The file at `path`, or the files in it; an error in the place of what cannot be read."""
    try:
        data = read_file(path)
    except UnreadableFile as error:
        yield path, error
        return
    try:
        members = unpack(data, path.name)
        if members is None:
            yield path, data
        else:
            yield from ((path / name, content) for name, content in members)
    except Exception as error:  # ours: the files after it go on
        hint = "this is a defect: report it with the file"
        yield path, BrokenExtraction(f"{path}: {type(error).__name__}: {error!s:.200}", hint)


def package_of(path: Path) -> Path | None:
    """The package in which the file is that `path` names, by the endings in it; the outermost."""
    return next((parent for parent in reversed(path.parents) if parent.suffix.lower() in SUFFIXES), None)


def name_of(path: Path) -> str:
    """The readable name of the file; of one in a package its path from there: 包.zip/附件1.docx."""
    package = package_of(path)
    return readable(path.relative_to(package.parent).as_posix() if package else path.name)
