"""What an engine refuses, as an error that says what to do."""

from __future__ import annotations

from pathlib import Path
from shutil import disk_usage
from typing import Final

from neo4j.exceptions import AuthError, ConstraintError, DriverError, Neo4jError

from kg.errors import BadQueryFile, EngineUnavailable, KgError, QueryTimeout, StoreLocked, TooLarge, disk_full, is_full

_OUT_OF_MEMORY: Final = ("heap budget", "in-heap", "OutOfMemory", "Java heap space")
"""One of these is in what an engine says of a query for which its memory is too small."""
_LEAST_ROOM: Final = 20_000_000
"""Bytes on its disk with which the embedded engine can work: it does not say why a commit fails."""


def explained(error: Neo4jError | DriverError, *, data: Path | None, seconds: float, guest: bool) -> KgError:
    """`data`: the folder of an embedded engine. `seconds` that a query may take. `guest`: of another process' engine."""
    code = (isinstance(error, Neo4jError) and error.code) or ""
    if "TransactionTimedOut" in code:
        return too_slow(seconds)
    if any(words in f"{code} {error}" for words in _OUT_OF_MEMORY):
        more = "KG_ENGINE_MEMORY" if data else "the memory of Neo4j's transactions"
        return TooLarge("the query needs more memory than the database may take", f"raise {more}")
    if isinstance(error, ConstraintError):
        return StoreLocked(f"another writer is in the way: {message(error)}", "run one writer at a time")
    if code.startswith("Neo.ClientError.Statement") and not is_full(error):
        return BadQueryFile(f"the database refuses the query: {message(error)}")
    return _unavailable(error, data, guest=guest)


def _unavailable(error: Neo4jError | DriverError, data: Path | None, *, guest: bool) -> KgError:
    if isinstance(error, AuthError):
        return EngineUnavailable(f"the database refuses the login: {message(error)}", "check KG_USER and KG_PASSWORD")
    if is_full(error) or (data and disk_usage(data / "engine").free < _LEAST_ROOM):
        return disk_full(data or "the database")
    hint = f"the reason stands in {data / 'engine.log'}" if data else "check that Neo4j runs"
    if guest:
        hint = "the process that owns the engine may have ended; run this again"
    return EngineUnavailable(f"the database fails: {message(error)}", hint)


def too_slow(seconds: float) -> QueryTimeout:
    return QueryTimeout(f"the query ran past {seconds:g} s", "ask for less, or raise KG_TIMEOUT")


def message(error: Neo4jError | DriverError) -> str:
    return (isinstance(error, Neo4jError) and error.message) or str(error)
