"""Journals: files that only ever grow, of what people said and no machine can find again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from kg import atomic
from kg.errors import BadJournal, disk_full, is_full

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Journal(Generic[T]):
    """A file of what is kept in one `form`, one line of JSON each, that only ever grows: the truth, of which the graph holds a
    copy. Append under the base's writing lock. A last line without its end was never kept: its writer was killed."""

    file: Path
    form: type[T]

    def read(self) -> list[T]:
        """All of it, the oldest first. Raises BadJournal naming the line."""
        kept = []
        for number, line in enumerate(self._lines(), 1):
            try:
                kept.append(self.form.model_validate_json(line))
            except ValidationError as error:
                what = f"no {self.form.__name__.lower()}"
                raise BadJournal(f"{self.file}:{number}: {what}: {error.errors()[0]['msg']}", "mend that line") from error
        return kept

    def __len__(self) -> int:
        return len(self._lines())

    def append(self, kept: Sequence[T]) -> None:
        """Keeps these behind the others, all or none; they are on the disk when this returns. Raises BadJournal."""
        try:
            atomic.append(self.file, b"".join(one.model_dump_json(exclude_none=True).encode() + b"\n" for one in kept))
        except OSError as error:
            if is_full(error):
                raise disk_full(self.file.parent) from error
            raise BadJournal(f"{self.file}: {error.strerror}", "nothing was kept") from error

    def _lines(self) -> list[bytes]:
        try:
            *lines, _ = self.file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise BadJournal(f"{self.file}: {error.strerror}", "it must be a file that may be read") from error
        return lines
