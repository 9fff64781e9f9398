"""Files that are replaced in one step, or grow by whole lines: who reads one meets what it was or what it is, never a part; and
who may read them."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import disk_full, is_full

_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # a link that lies there is not followed


_usual: int | None = None
"""The umask that the user has, once another holds."""


def keep_private() -> None:
    """From now on, what this process makes only its user may read, but for files that are asked for by name."""
    global _usual  # noqa: PLW0603 (a process has one umask)
    if _usual is None:
        _usual = os.umask(0o077)


@contextmanager
def as_usual() -> Iterator[None]:
    """What is made in the block may be read by whom the user lets read."""
    former = None if _usual is None else os.umask(_usual)
    try:
        yield
    finally:
        if former is not None:
            os.umask(former)


def private_folder(path: Path) -> None:
    """Makes a folder that only this user may enter, or shuts the one that is there, if it is theirs. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        with suppress(PermissionError):
            path.chmod(0o700)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write and read back, which takes the place of `path` when the block ends, and is on the disk then; where the
    block raises, `path` stays as it was. `private`: only this user may read it. Raises DiskFull, OSError.

    Two processes may do so at once: the last to end wins. What one that is killed leaves behind is a hidden file beside `path`
    (`sweep`).
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)  # of a process that was killed
        with nullcontext() if private else as_usual():
            made = os.open(draft, _NEW, 0o600 if private else 0o666)
        with os.fdopen(made, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # before it has the name: who loses power then finds what was there, never an empty file
        draft.replace(path)
        _on_disk(path.parent)
    except OSError as error:
        if is_full(error):
            raise disk_full(path.parent) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Replaces what `path` holds, as `replacing` does, by what only this user may read. Raises DiskFull, OSError."""
    with replacing(path, private=True) as file:
        file.write(content)


def _on_disk(folder: Path) -> None:
    """The names in it survive a loss of power too, where its file system can be told so."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def sweep(path: Path) -> None:
    """Removes what writers of `path` that were killed left beside it. Call it where no other can be at it."""
    for draft in path.parent.glob(f".{glob.escape(path.name)}.*"):
        if draft.suffix[1:].isdecimal():
            draft.unlink(missing_ok=True)


def append(path: Path, lines: bytes) -> None:
    """Puts whole `lines` behind those of a file that only its user may read: all or none, and on the disk when this returns.
    A last line without its end, whose writer was killed, goes. One at a time may do so. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b", buffering=0) as file:
        if whole := file.seek(0, os.SEEK_END):
            file.seek(whole - 1)
            if file.read(1) != b"\n":
                whole = path.read_bytes().rfind(b"\n") + 1
                file.truncate(whole)
                file.seek(whole)
        if file.write(lines) < len(lines):
            file.truncate(whole)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    if not whole:
        _on_disk(path.parent)
