"""The files that a path names, a folder as well as a file; what is no file is never opened, for it may never end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import UnreadableFile

LARGEST: Final = 200_000_000
"""Bytes of the largest file that is read."""

_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Skipped(NamedTuple):
    """What lies in a folder and is not read, and why."""

    path: Path
    reason: str


class Found(NamedTuple):
    """The files to read, those of a folder in the order of their paths, and what else lies there."""

    files: list[Path]
    skipped: list[Skipped]


def walk(paths: Iterable[Path], endings: frozenset[str]) -> Found:
    """Files as named, and those of folders that have one of `endings`, such as .pdf.

    A folder is walked once, in each of its folders, and never left by a link. Raises UnreadableFile for a path that is not
    there.
    """
    found = Found([], [])
    for path in paths:
        try:
            kind = path.stat().st_mode
        except (OSError, ValueError) as error:
            missing = isinstance(error, FileNotFoundError)
            why = "there is no such file or folder" if missing else getattr(error, "strerror", None) or str(error)
            raise UnreadableFile(f"{path}: {why}", "check the path") from error
        if not stat.S_ISDIR(kind):
            found.files.append(path)
            continue
        inside = sorted(_inside(path, endings), key=lambda entry: entry if isinstance(entry, Path) else entry.path)
        found.files.extend(entry for entry in inside if isinstance(entry, Path))
        found.skipped.extend(entry for entry in inside if isinstance(entry, Skipped))
    return found


def _inside(folder: Path, endings: frozenset[str]) -> Iterator[Path | Skipped]:
    root = folder.resolve()
    waiting = [folder]
    walked: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            here = folder.stat()
            entries = [Path(entry) for entry in os.scandir(folder)]
        except OSError as error:
            yield Skipped(folder, f"the folder cannot be read: {error.strerror}")
            continue
        if (here.st_dev, here.st_ino) in walked:  # mounted in itself
            continue
        walked.add((here.st_dev, here.st_ino))
        for path in entries:
            if path.is_symlink():
                yield from _behind_link(path, root, endings)
            elif path.is_dir():
                waiting.append(path)
            else:
                yield _seen(path, endings)


def _behind_link(link: Path, root: Path, endings: frozenset[str]) -> Iterator[Path | Skipped]:
    """A file in the folder itself that has no ending of ours there; all others are met where they lie."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise RuntimeError where links go in a circle
        yield Skipped(link, "a link to nothing")
        return
    if not target.is_relative_to(root):
        yield Skipped(link, "a link out of the folder")
    elif target.is_file() and target.suffix.lower() not in endings:
        yield _seen(link, endings)


def _seen(path: Path, endings: frozenset[str]) -> Path | Skipped:
    try:
        if what := _no_file(path.stat().st_mode):
            return Skipped(path, f"{what}, not a file")
    except OSError as error:
        return Skipped(path, str(error.strerror))
    if path.suffix.lower() not in endings:
        return Skipped(path, f"its ending {path.suffix} is none that is read" if path.suffix else "it has no ending")
    return path


def read_file(path: Path) -> bytes:
    """Its bytes. Raises UnreadableFile for what is not there, is no file, or is larger than LARGEST."""
    try:
        if what := _no_file(path.stat().st_mode):  # before it is opened, which waits at a pipe for who writes to it
            raise UnreadableFile(f"{path}: {what}, not a file", "name a file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{path}: {why}", "name a file that exists and may be read") from error
    if len(data) > LARGEST:
        raise UnreadableFile(f"{path}: larger than {LARGEST:,} bytes", "split it")
    return data


def _no_file(mode: int) -> str | None:
    """What it is, if not a file."""
    return next((what for is_one, what in _KINDS if is_one(mode)), None)
