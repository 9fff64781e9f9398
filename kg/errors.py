"""Every error a user can meet: one root, one table that gives its exit code and its HTTP answer (RFC 9457)."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import PurePath
from typing import Final, NamedTuple

from kg.escaped import escaped


class KgError(Exception):
    """What is wrong (`message`, with the place), and what to do about it (`hint`)."""

    def __init__(self, message: str, hint: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates = candidates

    def __str__(self) -> str:
        """A line each, for people: names of files and words of documents are in them."""
        lines = [self.message, self.hint]
        if self.candidates:
            lines.append("candidates: " + ", ".join(self.candidates))
        return "\n".join(escaped(line) for line in lines if line)


class UnreadableFile(KgError):
    """A file that cannot be read as text (empty, binary, unknown charset or format)."""


class FileTooLarge(UnreadableFile):
    """A file that is larger than is taken over HTTP."""


class TooSlow(KgError):
    """A request whose body does not come."""


class NothingFound(KgError):
    """A readable text in which no task was found."""


class BadQueryFile(KgError):
    """A file in cypher/ whose header and body disagree."""


class BrokenExtraction(KgError):
    """A file that our own code failed on: a defect, to be reported."""


class BadCorrections(KgError):
    """A corrections file, or an entry of it, that cannot be understood."""


class UnmatchedCorrection(KgError):
    """A new entry that does not match exactly once."""


class OutsideTasks(UnmatchedCorrection):
    """A new entry whose words stand in no task, where they must."""


class Conflict(KgError):
    """A decision on what is no longer as it was seen."""


class BadJournal(KgError):
    """A journal of reports or reviews that cannot be read or written."""


class BadParameter(KgError):
    """An unknown parameter, or a value of the wrong type."""


class NotFound(KgError):
    """An unknown query, agency, document or task; candidates are listed."""


class Unauthorized(KgError):
    """A missing or wrong API key."""


class NotAllowed(KgError):
    """Something that this server is not set up to do."""


class NotYours(NotAllowed):
    """Something that others may do here."""


class Misdirected(KgError):
    """A request for a server of another name."""


class BadSettings(KgError):
    """Settings that must not or cannot be run with."""


class EngineUnavailable(KgError):
    """The database does not answer or does not start."""


class StoreLocked(KgError):
    """Another process holds the embedded store or is writing to the base."""


class QueryTimeout(KgError):
    """A query ran past its time limit."""


class TooLarge(KgError):
    """A query that needs more memory than the engine may take."""


class TooManyQueries(KgError):
    """The cap on concurrent queries is reached."""


class Ending(KgError):
    """The server ends before it has the answer."""


class DamagedBase(KgError):
    """The files of the embedded engine are not those that it left."""


class DiskFull(KgError):
    """There is no room on a disk for what is to be written."""


class TooManyRequests(KgError):
    """Somebody who asks too often, or tries keys."""


class Outcome(NamedTuple):
    """How an error leaves the program. exit codes follow sysexits.h where it has one."""

    exit_code: int
    status: int
    title: str


OUTCOMES: dict[type[KgError], Outcome] = {
    UnreadableFile: Outcome(65, 422, "File cannot be read"),
    FileTooLarge: Outcome(65, 413, "File too large"),
    TooSlow: Outcome(75, 408, "Request did not come"),
    NothingFound: Outcome(65, 422, "No task found"),
    BadQueryFile: Outcome(70, 500, "Query file is broken"),
    BrokenExtraction: Outcome(70, 500, "Extraction failed"),
    BadCorrections: Outcome(78, 500, "Corrections file is broken"),
    UnmatchedCorrection: Outcome(66, 422, "Correction matches nothing, or too much"),
    OutsideTasks: Outcome(66, 422, "Words outside every task"),
    Conflict: Outcome(75, 409, "Changed meanwhile"),
    BadJournal: Outcome(74, 500, "Journal is broken"),
    BadParameter: Outcome(2, 422, "Parameter not accepted"),
    NotFound: Outcome(66, 404, "Not found"),
    Unauthorized: Outcome(77, 401, "API key missing or wrong"),
    NotAllowed: Outcome(77, 403, "Not allowed here"),
    Misdirected: Outcome(77, 421, "Another server is meant"),
    BadSettings: Outcome(78, 500, "Settings not accepted"),
    EngineUnavailable: Outcome(69, 503, "Database unavailable"),
    StoreLocked: Outcome(75, 503, "Store is held by another process"),
    QueryTimeout: Outcome(75, 504, "Query took too long"),
    TooLarge: Outcome(75, 507, "Question too large"),
    TooManyQueries: Outcome(75, 503, "Too many queries at once"),
    Ending: Outcome(75, 503, "Server is ending"),
    DamagedBase: Outcome(65, 503, "Base damaged"),
    DiskFull: Outcome(74, 507, "Disk full"),
    TooManyRequests: Outcome(75, 429, "Too many requests"),
}


def outcome(error: KgError) -> Outcome:
    """The row of `error`'s class, or of the nearest class above it."""
    for cls in type(error).__mro__:
        if cls in OUTCOMES:
            return OUTCOMES[cls]
    return Outcome(1, 500, "Error")


_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: BaseException) -> bool:
    """Whether it says that a disk is full: by its number, or, of the engine, by the system's words in it."""
    return getattr(error, "errno", None) in _FULL or any(os.strerror(number) in str(error) for number in _FULL)


def disk_full(place: object) -> DiskFull:
    """`place`: what lies on that disk."""
    return DiskFull(f"the disk that holds {place} is full", "make room, then do this again; what was kept is still there")


def broken(name: str, error: Exception) -> BrokenExtraction:
    """That our own code failed on the file `name`, and at which place of it."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    problem = f"{type(error).__name__}: {error}"
    return BrokenExtraction(
        f"{name}: {problem:.200} at {PurePath(at.filename).name}:{at.lineno}", "this is a defect: report it with the file"
    )
