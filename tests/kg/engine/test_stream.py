"""Store.stream, on both engines: all rows, a few at a time, under the guards of a read."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

import pytest
from neo4j import Result, Session
from neo4j.exceptions import ClientError, Neo4jError

from kg.engine import store as store_module
from kg.engine.store import BATCH, Store
from kg.errors import BadParameter, BadQueryFile, EngineUnavailable, TooManyQueries
from tests.clock import until
from tests.kg.engine.test_store import counted


@pytest.mark.parametrize("rows", [0, 1, BATCH, BATCH + 1, 3 * BATCH])
def test_all_rows_come_in_their_order(store: Store, rows: int) -> None:
    cypher = "UNWIND range(1, $rows) AS x RETURN x, [x, {y: x}] AS list ORDER BY x DESC"
    found = list(store.stream(cypher, {"rows": rows}))
    assert found == [{"x": x, "list": [x, {"y": x}]} for x in range(rows, 0, -1)] == store.read(cypher, {"rows": rows}).rows


def test_only_some_rows_are_pulled_before_they_are_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    pulls = counted(monkeypatch, Result, "_pull")
    rows = store.stream("UNWIND range(1, 300000) AS x RETURN x")
    assert next(rows) == {"x": 1}
    rows.close()  # type: ignore[attr-defined]
    assert len(pulls) < 10, "one for these rows, and those for the next while they are read"


def test_a_stream_counts_until_it_is_read_or_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_slots", BoundedSemaphore(1))
    rows = store.stream("UNWIND range(1, 10000) AS x RETURN x")
    next(rows)

    def is_free() -> bool:
        try:
            return store.read("RETURN 1 AS one").rows == [{"one": 1}]
        except TooManyQueries:
            return False

    assert not is_free()
    rows.close()  # type: ignore[attr-defined]
    until(is_free)  # once the engine has put the rest away
    list(store.stream("RETURN 1 AS one"))
    until(is_free)


def test_a_slow_reader_is_not_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch has the whole limit to itself: what the reader took for those before is not counted."""
    monkeypatch.setattr(store, "_timeout", 1.0)
    rows = 0
    for _ in store.stream("UNWIND range(1, 3000) AS x RETURN x"):
        rows += 1
        if rows % BATCH == 0:
            time.sleep(0.6)
    assert rows == 3000


def test_who_reads_no_further_has_the_engine_end_the_rest(store: Store) -> None:
    rows = store.stream("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a + b AS c")
    assert next(rows) == {"c": 2}
    began = time.monotonic()
    rows.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < store._timeout / 2
    assert store.read("RETURN 1 AS x").rows == [{"x": 1}]


@pytest.mark.parametrize(
    ("cypher", "parameters", "error"),
    [
        ("RETURN", {}, BadQueryFile),
        ("RETURN $x AS x", {"x": object()}, BadParameter),
        ("RETURN $x AS x", {"x": 2**70}, BadParameter),
    ],
)
def test_refusals_are_those_of_a_read(store: Store, cypher: str, parameters: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        list(store.stream(cypher, parameters))


def failing(times: int, error: Neo4jError, after: Callable[..., Any]) -> Callable[..., Any]:
    """`after`, once it has failed so many times."""
    left = [times]

    def run(*arguments: Any, **more: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise error
        return after(*arguments, **more)

    return run


def gone() -> Neo4jError:
    """What the embedded engine says of a node that a writer has just deleted."""
    error = ClientError("gone")
    error._neo4j_code = "Neo.ClientError.Statement.EntityNotFound"
    return error


@pytest.mark.parametrize(("failures", "rows"), [(1, 1), (5, 1), (6, None)])
def test_a_stream_that_meets_a_deletion_at_its_start_begins_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, failures: int, rows: int | None
) -> None:
    monkeypatch.setattr(Session, "run", failing(failures, gone(), Session.run))
    if rows is None:
        with pytest.raises((BadQueryFile, EngineUnavailable)):
            list(store.stream("RETURN 1 AS one"))
    else:
        assert list(store.stream("RETURN 1 AS one")) == [{"one": 1}] * rows


def test_an_exception_of_ours_reaches_the_reader(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("broken")

    monkeypatch.setattr(store_module, "_row", broken)
    with pytest.raises(RuntimeError, match="broken"):
        list(store.stream("RETURN 1 AS some"))
