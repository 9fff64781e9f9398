"""What units report of their tasks, kept beside the facts: the form of a report, which task it means, and the journal.

A report is keyed as a correction is: by document (id, else 文号), the task's number, and words that name it. So it outlives
reloading, new rules and another engine; a fact is never touched by one.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.decide.wording import is_named
from kg.errors import BadJournal, BadParameter, disk_full, is_full

State = Literal["not started", "in progress", "done", "on hold", "done late"]

STATES: Final[tuple[State, ...]] = get_args(State)

FINISHED: Final = frozenset({"done", "done late"})

LONGEST: Final = 2000
"""Characters of what a report says."""

_Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Report(BaseModel):
    """That `agency` has come so far with a task. `task`: the numbers on its path, the end of its id; `quote`: its title, else
    its first words. `date`: the day that it speaks of, of what is done the day on which that was. `at`: when it was kept."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    document: _Words
    doc_number: _Words | None = None
    task: _Words
    quote: _Words
    agency: _Words
    agency_id: _Words
    state: State
    text: _Words | None = None
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    date: datetime.date
    by: _Words | None = None
    evidence: _Words | None = None
    at: datetime.datetime

    @property
    def id(self) -> str:
        """Of its node in the graph."""
        return hashlib.sha256(self.line).hexdigest()[:16]

    @property
    def line(self) -> bytes:
        """It in the journal."""
        return self.model_dump_json(exclude_none=True).encode() + b"\n"

    @property
    def content(self) -> tuple[str, str, str]:
        """What it says, by which two are the same."""
        return (self.state, self.text or "", self.evidence or "")


def make(**said: Any) -> Report:  # noqa: ANN401 (pydantic says what is accepted)
    """A report from its fields; empty words are none. Raises BadParameter naming the field."""
    try:
        return Report(**{name: value for name, value in said.items() if value not in (None, "")})
    except ValidationError as error:
        first = error.errors()[0]
        raise BadParameter(f"{first['loc'][0]}: {first['msg']}", "mend that value") from error


class Worded(NamedTuple):
    """A task as the graph holds it; `document` and `doc_number` are of the document that sets it."""

    document: str
    doc_number: str | None
    id: str
    number: str
    title: str
    words: str


class Key(NamedTuple):
    """What a report knows its task by; the fields are those of Report."""

    document: str
    doc_number: str | None
    task: str
    quote: str


def meant(key: Key, tasks: Iterable[Worded]) -> str | None:
    """The id of the task that a report is about: of its document, by its words; of several of these, that of its number."""
    tasks = list(tasks)
    ours = [t for t in tasks if t.document == key.document] or [
        t for t in tasks if key.doc_number and t.doc_number == key.doc_number
    ]
    fit = [t.id for t in ours if is_named(key.quote, t.number, t.title, t.words)]
    found = [id_ for id_ in fit if id_.rpartition(":")[2] == key.task] or fit
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Journal:
    """A file of reports, one line of JSON each, that only ever grows: the truth, of which the graph holds a copy. Append under
    the base's writing lock. A last line without its end is one that was never kept: its writer was killed."""

    file: Path

    def read(self) -> list[Report]:
        """All reports, the oldest first. Raises BadJournal naming the line."""
        reports = []
        for number, line in enumerate(self._lines(), 1):
            try:
                reports.append(Report.model_validate_json(line))
            except ValidationError as error:
                raise BadJournal(f"{self.file}:{number}: no report: {error.errors()[0]['msg']}", "mend that line") from error
        return reports

    def __len__(self) -> int:
        return len(self._lines())

    def append(self, reports: Sequence[Report]) -> None:
        """Keeps reports behind the others, all or none; they are on the disk when this returns. Raises BadJournal."""
        whole = sum(len(line) + 1 for line in self._lines())
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            lines = b"".join(report.line for report in reports)
            with os.fdopen(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
                file.truncate(whole)
                file.seek(whole)
                if file.write(lines) < len(lines):
                    file.truncate(whole)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
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
