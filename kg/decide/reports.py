"""What units report of their tasks, kept beside the facts: the form of a report, and which task it means.

A report is keyed as a correction is: by document (id, else 文号), the task's number, and words that name it. So it outlives
reloading, new rules and another engine; a fact is never touched by one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.decide.wording import is_named, may_be
from kg.errors import BadParameter

State = Literal["not started", "in progress", "done", "on hold", "done late"]

STATES: Final[tuple[State, ...]] = get_args(State)

FINISHED: Final = frozenset({"done", "done late"})

LONGEST: Final = 2000
"""Characters of what a report says."""

_Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Report(BaseModel):
    """That `agency` has come so far with a task, or nobody with one that names no unit. `task`: the numbers on its path, the
    end of its id; `quote`: its title, else its first words. `date`: the day that it speaks of, of what is done the day on which
    that was. `at`: when it was kept. `withdraws`: the id of the report that this takes back, which says the same otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    document: _Words
    doc_number: _Words | None = None
    task: _Words
    quote: _Words
    agency: _Words | None = None
    agency_id: _Words | None = None
    state: State
    text: _Words | None = None
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    date: datetime.date
    by: _Words | None = None
    evidence: _Words | None = None
    at: datetime.datetime
    withdraws: _Words | None = None

    @property
    def id(self) -> str:
        """Of its node in the graph."""
        line = self.model_dump_json(exclude_none=True).encode() + b"\n"  # as it stands in the journal
        return hashlib.sha256(line).hexdigest()[:16]

    @property
    def content(self) -> tuple[str, str, str]:
        """What it says, by which two are the same."""
        return (self.state, self.text or "", self.evidence or "")

    def taken_back(self, by: str | None) -> Report:
        """What is kept to take it back."""
        return self.model_copy(update={"withdraws": self.id, "by": by, "at": datetime.datetime.now(datetime.UTC)})


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
        t for t in tasks if key.doc_number and t.doc_number == key.doc_number and may_be(key.document, t.document)
    ]
    fit = [t.id for t in ours if is_named(key.quote, t.number, t.title, t.words)]
    found = [id_ for id_ in fit if id_.rpartition(":")[2] == key.task] or fit
    return found[0] if len(found) == 1 else None
