"""What passes between a parent and a child that reads files: frames of bytes, each behind its length.

An answer is JSON, checked against kg.model when it comes in: a child that a hostile file has taken over can say something
false, but cannot make its parent run anything, as it could by a pickle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import IO, Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter

from kg.errors import OUTCOMES, KgError
from kg.model import Agency, Assignment, Deadline, Document, Extraction, Residue, Task

MOST: Final = 128_000_000
"""Bytes of the longest answer. A dense text of 1 MB gives 14 MB."""

NO_MEMORY: Final = 99
"""Exit status of a child that ended because it held too much."""

_LENGTH: Final = 8  # bytes that a length is written in
_MANY: Final = 1_000  # facts of a kind; more of them go ahead of their document, so many at a time
_KINDS_OF_FACTS: Final = ("tasks", "assignments", "deadlines", "residue")
_KINDS: Final = {kind.__name__: kind for kind in OUTCOMES}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error by the name of its class in kg.errors."""

    kind: str
    message: str
    hint: str
    candidates: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: KgError) -> Failure:
        return cls(type(error).__name__, error.message, error.hint, error.candidates)

    def as_error(self) -> KgError:
        return _KINDS.get(self.kind, KgError)(self.message, self.hint, self.candidates)


@dataclass(frozen=True, slots=True)
class Work:
    """What a child is to do with a file besides reading it: what it is to recognise of the pages that need it, counted from 0,
    or, where others have done so, what they `found`, page by page. `cells`: only those of a workbook are wanted."""

    share: tuple[int, ...] = ()
    found: tuple[str, ...] = ()
    cells: bool = False

    def as_json(self) -> bytes:
        return _work().dump_json(self)

    @classmethod
    def of_json(cls, data: bytes) -> Work:
        return _work().validate_json(data)


@dataclass(frozen=True, slots=True)
class Page:
    """What was recognised on page `number`, in the words of who reads it, "" for nothing: the share is not at its end."""

    number: int
    found: str


@dataclass(frozen=True, slots=True)
class Pages:
    """That the file has `count` pages to be recognised before it can be read."""

    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Some facts of document `number`, counted from 0, of the Extraction that follows without them: neither side holds the
    JSON of a large file whole."""

    number: int
    tasks: tuple[Task, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    residue: tuple[Residue, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """Of a workbook: sheet -> rows from the first on -> cells from the first on, as text."""

    sheets: dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: what it says, an error, or that the memory did not suffice. None: the child is ready, or has done
    its share of the pages.

    `last`: the child takes no other file.
    """

    # No two of them have the same fields. Trying all of them, as pydantic does by itself, takes four times the memory.
    outcome: Annotated[
        Extraction | Failure | Page | Pages | Facts | Cells | Literal["no memory"] | None, Field(union_mode="left_to_right")
    ]
    last: bool = False

    def as_json(self) -> bytes:
        return _answers().dump_json(self)

    @classmethod
    def of_json(cls, data: bytes) -> Answer:
        """Raises ValueError for what is no answer."""
        return _answers().validate_json(data, strict=True)

    def frames(self) -> Iterator[bytes]:
        """What is sent: Facts, then the rest, each as JSON."""
        if not isinstance(self.outcome, Extraction):
            yield self.as_json()
            return
        documents: list[Document] = []
        for number, document in enumerate(self.outcome.documents):
            none: dict[str, Any] = {kind: () for kind in _KINDS_OF_FACTS if len(getattr(document, kind)) > _MANY}
            for kind in none:
                facts = getattr(document, kind)
                for first in range(0, len(facts), _MANY):
                    some: dict[str, Any] = {kind: facts[first : first + _MANY]}
                    yield Answer(Facts(number, **some)).as_json()
            documents.append(replace(document, **none))
        yield replace(self, outcome=replace(self.outcome, documents=tuple(documents))).as_json()


class Ahead:
    """What came ahead of an answer. Of agencies that are alike one is kept: each assignment brings its own."""

    def __init__(self) -> None:
        self._facts: defaultdict[int, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._agencies: dict[Agency, Agency] = {}

    def take(self, facts: Facts) -> None:
        known, of_document = self._agencies, self._facts[facts.number]
        of_document["assignments"] += (
            each._replace(agency=known.setdefault(each.agency, each.agency)) for each in facts.assignments
        )
        for kind in ("tasks", "deadlines", "residue"):
            of_document[kind] += getattr(facts, kind)

    def before(self, answer: Answer) -> Answer:
        """`answer` with these facts in its documents. Raises ValueError where they are of none of them."""
        if not self._facts:
            return answer
        if not isinstance(answer.outcome, Extraction) or max(self._facts) >= len(answer.outcome.documents):
            raise ValueError("facts of no document")
        documents: list[Document] = []
        for n, document in enumerate(answer.outcome.documents):
            whole: dict[str, Any] = {kind: tuple(facts) for kind, facts in self._facts[n].items() if facts}
            documents.append(replace(document, **whole))
        return replace(answer, outcome=replace(answer.outcome, documents=tuple(documents)))


@cache
def _work() -> TypeAdapter[Work]:
    return TypeAdapter(Work)


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def send(pipe: IO[bytes], *frames: bytes) -> None:
    """Raises OSError where nobody reads any more."""
    for frame in frames:
        pipe.write(len(frame).to_bytes(_LENGTH))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes], most: int | None = None) -> bytes | None:
    """The next frame; None where it does not come whole, or is longer than `most`."""
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head)
    if len(head) < _LENGTH or (most is not None and length > most):
        return None
    frame = pipe.read(length)
    return frame if len(frame) == length else None
