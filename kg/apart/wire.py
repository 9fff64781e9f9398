"""What passes between a parent and a child that reads files: frames of bytes, each behind its length.

An answer is JSON, checked against kg.model when it comes in: a child that a hostile file has taken over can say something
false, but cannot make its parent run anything, as it could by a pickle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import IO, Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from kg.errors import OUTCOMES, KgError
from kg.model import Extraction

MOST: Final = 128_000_000
"""Bytes of the longest answer: the parent holds it a few times over. A dense text of 1 MB gives 14 MB."""

_LENGTH: Final = 8  # bytes that a length is written in
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
        Extraction | Failure | Page | Pages | Cells | Literal["no memory"] | None, Field(union_mode="left_to_right")
    ]
    last: bool = False

    def as_json(self) -> bytes:
        return _answers().dump_json(self)

    @classmethod
    def of_json(cls, data: bytes) -> Answer:
        """Raises ValueError for what is no answer."""
        return _answers().validate_json(data, strict=True)


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
