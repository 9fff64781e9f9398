"""The store's contract, on both engines: what a read gives, when it is given up, what a write survives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BoundedSemaphore
from typing import Any

import pytest
from filelock import FileLock
from jpype import JClass  # type: ignore[import-untyped]
from neo4j import GraphDatabase, ManagedTransaction, Result, Session
from neo4j.exceptions import ClientError, ConstraintError, Neo4jError

from kg.engine.store import Answer, Store, open_store
from kg.errors import (
    BadParameter,
    BadQueryFile,
    BadSettings,
    EngineUnavailable,
    KgError,
    QueryTimeout,
    StoreLocked,
    TooLarge,
    TooManyQueries,
)
from kg.schema import constraints
from kg.settings import Settings
from tests import neo4j_server
from tests.clock import until


def run(cypher: str, **parameters: Any) -> Callable[[ManagedTransaction], None]:
    """Work for Store.write."""

    def work(tx: ManagedTransaction) -> None:
        tx.run(cypher, parameters).consume()

    return work


def counted(monkeypatch: pytest.MonkeyPatch, class_: type, name: str) -> list[None]:
    """As many items as that method is called from now on."""
    method = getattr(class_, name)
    calls: list[None] = []

    def count(*arguments: Any, **more: Any) -> Any:
        calls.append(None)
        return method(*arguments, **more)

    monkeypatch.setattr(class_, name, count)
    return calls


def count(store: Store) -> int:
    """How many nodes there are."""
    n: int = store.read("MATCH (n) RETURN count(n) AS n").rows[0]["n"]
    return n


@pytest.mark.parametrize(
    ("limit", "rows", "truncated"), [(None, 5, False), (6, 5, False), (5, 5, False), (4, 4, True), (1, 1, True), (0, 0, True)]
)
def test_a_limit_says_whether_rows_were_left_out(store: Store, limit: int | None, rows: int, truncated: bool) -> None:
    answer = store.read("UNWIND range(1, 5) AS x RETURN x, x * $by AS y ORDER BY x", {"by": 2}, limit=limit)
    assert answer == Answer(("x", "y"), [{"x": x, "y": 2 * x} for x in range(1, rows + 1)], truncated)


def test_an_empty_answer(store: Store) -> None:
    columns = ("id", "title") if store.engine == "neo4j" else ()
    assert store.read("MATCH (t:Task) RETURN t.id AS id, t.title AS title", limit=3) == Answer(columns, [], False)


def test_a_limit_keeps_a_long_answer_from_being_pulled(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    pulls = counted(monkeypatch, Result, "_pull")
    answer = store.read("UNWIND range(1, 300000) AS x RETURN x", limit=10)
    assert (len(answer.rows), answer.truncated) == (10, True)
    assert len(pulls) == 1


@pytest.mark.parametrize("cypher", ["RETRUN 1", "RETURN $missing AS x", "RETURN 1 / 0 AS x", "RETURN nonsense(1) AS x"])
def test_a_query_the_engine_refuses(store: Store, cypher: str) -> None:
    with pytest.raises(KgError):
        store.read(cypher)
    assert store.read("RETURN 1 AS x").rows == [{"x": 1}]


def test_a_refused_query_is_explained(store: Store) -> None:
    with pytest.raises(BadQueryFile, match="RETRUN"):
        store.read("RETRUN 1")


@pytest.mark.parametrize("value", [object(), "\ud800", 2**70])
def test_a_parameter_that_cannot_be_sent(store: Store, value: object) -> None:
    with pytest.raises(BadParameter):
        store.read("RETURN $x AS x", {"x": value})


@pytest.mark.parametrize("ask", [Store.read, lambda store, cypher: next(store.stream(cypher))], ids=["read", "stream"])
def test_who_gives_a_query_up_has_the_engine_end_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Store, str], object]
) -> None:
    monkeypatch.setattr(store, "_timeout", 0.5)
    monkeypatch.setattr("kg.engine.store._LONGEST", 10_000)  # no engine ends it of its own accord
    limit = JClass("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT if store.engine == "embedded" else None
    former, free = limit and limit.getValueAsLong(), store._slots._value
    try:
        if limit:
            limit.setValue(0)
        with pytest.raises(QueryTimeout, match=r"0\.5 s"):
            ask(
                store, "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a + b AS c WHERE c < 0 RETURN count(c)"
            )
        until(lambda: store._slots._value == free)
    finally:
        if limit:
            limit.setValue(former)
    monkeypatch.undo()
    assert store.read("RETURN 1 AS x").rows == [{"x": 1}]


def test_a_question_for_which_the_engine_has_too_little_memory(embedded_store: Store) -> None:
    budget = JClass("com.arcadedb.GlobalConfiguration").QUERY_MAX_HEAP_RAM
    budget.setValue(1)  # MB
    try:
        with pytest.raises(TooLarge, match=r"needs more memory.*\n.*KG_ENGINE_MEMORY"):
            embedded_store.read("UNWIND range(1, 200000) AS n WITH 'a' + n AS a ORDER BY a DESC RETURN collect(a) AS all")
    finally:
        budget.reset()
    assert embedded_store.read("RETURN 1 AS one").rows == [{"one": 1}]


def test_a_cap_on_queries_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.engine.store._SLOT_WAIT", 0.05)
    monkeypatch.setattr(store, "_slots", BoundedSemaphore(1))
    with store._slots, pytest.raises(TooManyQueries):
        store.read("RETURN 1 AS x")
    with store._slots, store.writing():  # what is begun must come to its end
        assert [row["x"] for row in store.stream("RETURN 1 AS x")] == [1]
        assert store.read("RETURN 1 AS x").rows == [{"x": 1}]
    assert store.read("RETURN 1 AS x").rows == [{"x": 1}]


def test_as_many_queries_at_once_as_there_are_cores() -> None:
    script = """
import importlib, os
from kg.engine import store
for cores in (None, 1, 2, 3, 4, 64):
    os.cpu_count = lambda: cores
    print(importlib.reload(store).CONCURRENT)
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["2", "2", "2", "3", "4", "4"]


def test_parallel_reads(store: Store) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda x: store.read("RETURN $x AS x", {"x": x}).rows[0]["x"], range(200)))
    assert answers == list(range(200))


def test_a_write_returns_what_its_work_returns(store: Store) -> None:
    assert store.write(lambda tx: tx.run("CREATE (t:Task {id: 't'}) RETURN t.id AS id").single(strict=True)["id"]) == "t"


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    def work(tx: ManagedTransaction) -> None:
        tx.run("CREATE (:Task {id: 't'})").consume()
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        store.write(work)
    assert count(store) == 0


@pytest.mark.parametrize("failures", [1, 5])
def test_a_write_meets_another_writer_and_tries_again(store: Store, failures: int) -> None:
    tries = 0

    def work(tx: ManagedTransaction) -> str:
        nonlocal tries
        tries += 1
        tx.run("MERGE (:Task {id: 't'})").consume()
        if tries <= failures:
            raise ConstraintError("taken")
        return "done"

    assert store.write(work) == "done"
    assert (tries, count(store)) == (failures + 1, 1)


def test_a_key_that_stays_taken(store: Store) -> None:
    store.write(run("CREATE (:Task {id: 't'})"))
    with pytest.raises(StoreLocked, match="another writer"):
        store.write(run("CREATE (:Task {id: 't'})"))
    assert count(store) == 1


def vanished() -> Neo4jError:
    """What a reader of the embedded engine meets when a writer deletes under it."""
    error = ClientError("gone")
    error._neo4j_code = "Neo.ClientError.Statement.EntityNotFound"
    return error


@pytest.mark.parametrize(("failures", "fails"), [(5, False), (6, True)])
def test_a_read_that_meets_a_deletion_tries_again(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch, failures: int, fails: bool
) -> None:
    left = [vanished() for _ in range(failures)]
    run_ = Session.run

    def flaky(session: Session, *args: Any) -> Any:
        if left:
            raise left.pop()
        return run_(session, *args)

    monkeypatch.setattr(Session, "run", flaky)
    if fails:
        with pytest.raises(BadQueryFile):
            embedded_store.read("RETURN 1 AS x")
    else:
        assert embedded_store.read("RETURN 1 AS x").rows == [{"x": 1}]


def test_what_is_given_up_is_not_tried_again(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ran, free = list[object](), embedded_store._slots._value

    def flaky(*_: object) -> None:
        ran.append(1)
        raise vanished()

    monkeypatch.setattr(Session, "run", flaky)
    monkeypatch.setattr("kg.engine.retries.random.uniform", lambda *_: 0.2)
    monkeypatch.setattr(embedded_store, "_timeout", 0.05)
    with pytest.raises(QueryTimeout):
        embedded_store.read("RETURN 1 AS x")
    until(lambda: embedded_store._slots._value == free)
    assert len(ran) == 1


def test_parallel_writers_of_the_same_nodes_lose_nothing(store: Store) -> None:
    start = Barrier(3)
    alone = BoundedSemaphore(1)

    def write(who: int) -> None:
        start.wait()
        for i in range(10):
            with store.writing():
                assert alone.acquire(blocking=False)
                store.write(run("MERGE (a:Agency {id: $shared}) MERGE (t:Task {id: $own}) MERGE (a)-[:LEADS]->(t)",
                                shared=f"a{i}", own=f"t{who}.{i}"))  # fmt: skip
                alone.release()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    assert store.read("MATCH (a:Agency)-[:LEADS]->(t:Task) RETURN count(t) AS t, count(DISTINCT a) AS a").rows == [
        {"t": 30, "a": 10}
    ]


def test_one_writer_per_base(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_lock_wait", 0.1)
    other = FileLock(store._data / "write.lock")
    with other, pytest.raises(StoreLocked, match=r"writing.*\n.*wait"), store.writing():
        pass
    with store.writing(), store.writing(), pytest.raises(TimeoutError):
        other.acquire(timeout=0)
    with other:
        pass


def test_the_schema_is_made_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(work: object) -> None:
        raise AssertionError(work)

    monkeypatch.setattr(store, "write", refuse)
    store.ensure_schema()
    monkeypatch.undo()
    for statement in constraints():
        store.write(run(statement))


def test_a_dropped_index_comes_back(store: Store) -> None:
    if store.engine == "embedded":
        pytest.skip("the embedded engine names indexes itself")
    store.write(run("DROP INDEX agency_name"))
    store.ensure_schema()
    assert store.read("SHOW INDEXES YIELD name WHERE name = 'agency_name' RETURN name").rows


def test_a_closed_store_of_a_neo4j_says_so(neo4j_server_: neo4j_server.Server, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, uri=neo4j_server_.uri, user=neo4j_server.USER, password=neo4j_server_.password)
    with open_store(settings) as store:
        assert (store.engine, store.attached) == ("neo4j", False)
    store.close()
    with pytest.raises(EngineUnavailable):
        store.read("RETURN 1 AS x")


def test_a_wrong_password_of_a_neo4j(neo4j_server_: neo4j_server.Server, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="KG_PASSWORD"):
        open_store(Settings(data=tmp_path, uri=neo4j_server_.uri, password="wrong"))


@pytest.mark.parametrize(("uri", "error"), [("bolt://127.0.0.1:9", EngineUnavailable), ("nonsense", BadSettings)])
def test_an_address_without_a_database(tmp_path: Path, uri: str, error: type[KgError]) -> None:
    with pytest.raises(error, match="KG_URI"):
        open_store(Settings(data=tmp_path, uri=uri, password="x"))


def test_a_driver_of_ones_own_sees_the_same_base_on_neo4j(neo4j_store: Store, neo4j_server_: neo4j_server.Server) -> None:
    """What Neo4j Browser does."""
    neo4j_store.write(run("MERGE (:Task {id: 'mine'})"))
    with GraphDatabase.driver(neo4j_server_.uri, auth=(neo4j_server.USER, neo4j_server_.password)) as driver:
        assert driver.execute_query("MATCH (t:Task {id: 'mine'}) RETURN count(t) AS n").records[0]["n"] == 1
