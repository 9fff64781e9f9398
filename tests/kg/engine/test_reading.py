"""What ends a query that takes too long."""

from __future__ import annotations

import time
from threading import Event
from typing import cast

import pytest
from neo4j import Driver

from kg.engine.reading import Reading, TimeLimit
from kg.errors import QueryTimeout
from tests.clock import PATIENCE, until


class Connection:
    def __init__(self) -> None:
        self.killed = Event()

    def kill(self) -> None:
        self.killed.set()


class Session:
    """As much of a driver, and of its session, as a reading uses."""

    def __init__(self) -> None:
        self._connection: Connection | None = None

    def session(self, **_: object) -> Session:
        return self

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection = None


def test_who_had_no_connection_yet_is_ended_when_it_has_one() -> None:
    limit, reading, session, connection = TimeLimit(), Reading(None), Session(), Connection()
    asked = reading.session(cast("Driver", session), None, 1)
    with pytest.raises(QueryTimeout, match=r"0\.01 s"), limit.of(0.01, reading), asked:
        assert reading.given_up.wait(PATIENCE)
        session._connection = connection
        assert connection.killed.wait(PATIENCE)
        raise OSError("the connection is gone")
    limit.close()


def test_what_ends_in_time_is_left_alone() -> None:
    limit, reading, session, connection = TimeLimit(), Reading(None), Session(), Connection()
    for _ in range(3):
        with limit.of(0.3, reading), reading.session(cast("Driver", session), None, 1):
            session._connection = connection
            time.sleep(0.2)
    assert not reading.given_up.is_set()
    limit.close()


def test_an_error_in_time_is_raised_as_it_is() -> None:
    limit = TimeLimit()
    with pytest.raises(OSError, match="other"), limit.of(PATIENCE, Reading(None)):
        raise OSError("other")
    limit.close()


def test_one_thread_looks_after_all_and_ends_with_the_store() -> None:
    limit = TimeLimit()
    with limit.of(PATIENCE, Reading(None)):
        thread = limit._thread
        with limit.of(PATIENCE, Reading(None)):
            assert limit._thread is thread
    until(lambda: not limit._asked.is_set())  # nothing is asked
    with limit.of(PATIENCE, Reading(None)):
        assert limit._thread is thread
    limit.close()
    assert thread
    thread.join(PATIENCE)
    assert not thread.is_alive()
