"""The bytes of the files that were loaded: what a rebuild reads, whatever became of the files themselves.

Beside each lies a file that says where it came from: that means something on this machine only, so it is no part of the graph.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kg import atomic


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of such bytes, by the id of their source. Raises OSError where the folder cannot be read or written."""

    folder: Path

    def keep(self, source: str, path: Path, data: bytes) -> None:
        """Keeps the bytes of `source`, read from `path`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        atomic.write(self._path_file(source), os.fsencode(path.resolve()), private=True)
        atomic.write(self.folder / source, data, private=True)

    def forget(self, source: str) -> None:
        (self.folder / source).unlink(missing_ok=True)
        self._path_file(source).unlink(missing_ok=True)

    def sources(self) -> list[str]:
        """The sources whose bytes are kept, the oldest first."""
        if not self.folder.exists():
            return []
        files = [file for file in self.folder.iterdir() if re.fullmatch("[0-9a-f]{64}", file.name)]
        return [file.name for file in sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))]

    def holds(self, source: str) -> bool:
        return (self.folder / source).exists()

    def read(self, source: str) -> bytes:
        return (self.folder / source).read_bytes()

    def knows_origin(self, source: str) -> bool:
        """Whether it is known where the source was loaded from."""
        return self._path_file(source).exists()

    def origin(self, source: str) -> Path:
        """The path that the source was loaded from; where that is not known, a path that no file has."""
        try:
            return Path(os.fsdecode(self._path_file(source).read_bytes()))
        except FileNotFoundError:
            return Path(source)

    def _path_file(self, source: str) -> Path:
        return self.folder / f"{source}.path"
