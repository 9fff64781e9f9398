"""The bytes of the files that were loaded: what a rebuild reads, whatever became of the files themselves.

Beside each lies a file that says where it came from, and when it was kept: that means something on this machine only, so it is
no part of the graph. The base decides what counts: bytes lie aside until a transaction has written their documents, and go
aside again when no document comes from them. What lies aside is no document's text, so no rebuild brings it in.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kg import atomic


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of such bytes, by the id of their source, and one beside it for those that lie aside. Raises OSError where they
    cannot be read or written."""

    folder: Path

    @property
    def aside_folder(self) -> Path:
        return self.folder.with_name("aside")

    def keep(self, source: str, path: Path, data: bytes) -> None:
        """Keeps the bytes of `source`, read from `path`: aside, unless they were settled before."""
        folder = self.folder if self._size(source) == len(data) else self.aside_folder
        folder.mkdir(parents=True, exist_ok=True)
        told = b"%s\0%d" % (os.fsencode(path.resolve()), time.time_ns())
        atomic.write(_path_file(folder, source), told)
        if folder != self.folder:
            atomic.write(folder / source, data)

    def settle(self, sources: Collection[str]) -> None:
        """Documents of the base come from these now."""
        self._move({*sources}.intersection(_sources(self.aside_folder)), self.aside_folder, self.folder)

    def agree(self, held: Collection[str]) -> None:
        """Settles what the base holds, and sets aside what it does not. For when nobody else writes. A base that holds nothing,
        such as another engine's, has nothing to say."""
        self.settle(held)
        if held:
            self.set_aside([source for source in _sources(self.folder) if source not in held])

    def set_aside(self, sources: Collection[str]) -> None:
        """No document of the base comes from these any more, or will in a moment."""
        self._move(sources, self.folder, self.aside_folder)

    def forget(self, source: str) -> None:
        for folder in (self.folder, self.aside_folder):
            (folder / source).unlink(missing_ok=True)
            _path_file(folder, source).unlink(missing_ok=True)

    def sources(self) -> list[str]:
        """The settled sources, those kept first before the others."""
        return sorted(_sources(self.folder), key=lambda source: (self._since(source), source))

    def aside(self) -> list[str]:
        """The sources of which the bytes lie aside."""
        return _sources(self.aside_folder)

    def holds(self, source: str) -> bool:
        return self._file(source).exists()

    def read(self, source: str) -> bytes:
        return self._file(source).read_bytes()

    def knows_origin(self, source: str) -> bool:
        """Whether it is known where the source was loaded from."""
        return _path_file(self._file(source).parent, source).exists()

    def origin(self, source: str) -> Path:
        """The path that the source was loaded from; where that is not known, a path that no file has."""
        path, _ = self._told(source)
        return Path(os.fsdecode(path)) if path else Path(source)

    def _since(self, source: str) -> int:
        """When it was kept, in nanoseconds. Earlier releases did not write that down."""
        _, since = self._told(source)
        return int(since) if since else self._file(source).stat().st_mtime_ns

    def _told(self, source: str) -> tuple[bytes, bytes]:
        try:
            path, _, since = _path_file(self._file(source).parent, source).read_bytes().partition(b"\0")
        except FileNotFoundError:
            return b"", b""
        return path, since

    def _file(self, source: str) -> Path:
        """Aside only where it is not settled."""
        file = self.folder / source
        aside = self.aside_folder / source
        return aside if not file.exists() and aside.exists() else file

    def _size(self, source: str) -> int | None:
        file = self.folder / source
        return file.stat().st_size if file.exists() else None

    def _move(self, sources: Collection[str], here: Path, there: Path) -> None:
        """The file that says where it came from first: bytes without one would be of no known file."""
        for source in sources:
            there.mkdir(exist_ok=True)
            for file in (_path_file(here, source), here / source):
                if file.exists():
                    file.replace(there / file.name)


def _sources(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if re.fullmatch("[0-9a-f]{64}", file.name)) if folder.exists() else []


def _path_file(folder: Path, source: str) -> Path:
    return folder / f"{source}.path"
