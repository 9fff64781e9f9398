"""What is counted, logged and limited, and that no text, name or key gets into it."""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import anyio
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.limits import queue
from kg.cli.http import Json, traces
from kg.engine.store import Store
from kg.errors import BadSettings, TooManyQueries
from kg.library import Library
from kg.model import Extraction
from kg.settings import Settings
from tests.api.test_app import Client, FakeStore, assert_problem, empty_answer, over
from tests.clock import PATIENCE
from tests.samples import QUERIES, Doc, as_bytes, extract, library

SHARED = "the shared key"
KEY = {"X-API-Key": SHARED}


@pytest.fixture
def held(tmp_path: Path) -> Library:
    return library(cast(Store, FakeStore(empty_answer)), tmp_path / "sources", queries=QUERIES)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a server with KG_LOG=json would log."""
    handler, logger = logging.StreamHandler(out := io.StringIO()), logging.getLogger("api")
    handler.setFormatter(Json())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield out
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_prometheus_reads_what_was_counted(held: Library) -> None:
    client = Client(create_app(held, SHARED), **KEY)
    for path in ("/documents", "/documents", "/documents/140400:甲/tasks", "/nowhere/1", "/nowhere/2"):
        client.get(path)
    client.send("MADEUP", "/documents")
    assert Client(client.app).get("/metrics").status_code == 401
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    samples = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]
    told = {
        (s.labels["method"], s.labels["route"], s.labels["status"]): s.value for s in samples if s.name == "kg_requests_total"
    }
    assert told["GET", "/documents", "200"] == 2
    assert told["GET", "other", "404"] == 2
    assert ("other", "/documents", "405") in told or ("other", "other", "405") in told
    named = {sample.name: sample.value for sample in samples}
    assert named["kg_last_load_timestamp_seconds"] == 0
    assert named["kg_requests_running"] == 1
    if sys.platform == "linux":
        assert named["process_resident_memory_bytes"] > 1_000_000
    assert "140400" not in answer.text


def test_files_that_wait_are_counted(held: Library) -> None:
    going_on = threading.Event()

    def read(data: bytes, name: str) -> Extraction:
        assert going_on.wait(PATIENCE)
        return extract(data, name)

    held.extract = read
    client = Client(create_app(held))

    async def ask() -> None:
        async with client.app.router.lifespan_context(client.app), client.connect() as http:

            async def waiting() -> str:
                return next(line for line in (await http.get("/metrics")).text.splitlines() if '{route="/extract"}' in line)

            with anyio.fail_after(PATIENCE):
                async with anyio.create_task_group() as group:
                    for _ in range(5):
                        group.start_soon(partial(http.post, "/extract", content=as_bytes(Doc("通知", "长发〔2022〕1号"))))
                    while await waiting() != 'kg_files_waiting{route="/extract"} 3.0':
                        await anyio.sleep(0.02)
                    going_on.set()
                assert await waiting() == 'kg_files_waiting{route="/extract"} 0.0'

    anyio.run(ask)


def test_the_heap_is_told_of_our_engine_and_not_of_neo4j(embedded_store: Store, neo4j_store: Store, tmp_path: Path) -> None:
    def heap(store: Store) -> dict[str, float]:
        text = Client(create_app(library(store, tmp_path / "sources"))).get("/metrics").text
        return {
            family.name: family.samples[0].value for family in text_string_to_metric_families(text) if "heap" in family.name
        }

    told = heap(embedded_store)
    assert 1_000_000 < told["kg_engine_heap_used_bytes"] <= told["kg_engine_heap_max_bytes"]
    assert heap(neo4j_store) == {}


def test_a_line_for_each_request_without_what_was_asked(held: Library, log: io.StringIO) -> None:
    client = Client(create_app(held, SHARED, upload=True))
    answer = client.send("GET", "/documents?q=秘密事项", headers=KEY)
    client.send("POST", "/session", json={"key": SHARED})
    refused = client.send("GET", "/documents", headers={"X-API-Key": "guess"})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["route"], line["status"], line["request"]) for line in (lines[0], lines[-1])] == [
        ("/documents", answer.status_code, answer.headers["x-request-id"]),
        ("other", 401, refused.headers["x-request-id"]),
    ]
    for secret in ("秘密", "\\u79d8", SHARED, "guess"):
        assert secret not in log.getvalue()


def test_spans_of_requests_and_queries_without_what_was_asked(embedded_store: Store, tmp_path: Path) -> None:
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    sdk = importlib.import_module("opentelemetry.sdk.trace")
    spans, made = memory.InMemorySpanExporter(), sdk.TracerProvider()
    made.add_span_processor(sdk.export.SimpleSpanProcessor(spans))
    client = Client(create_app(library(embedded_store, tmp_path / "sources"), SHARED, traces=made), **KEY)
    try:
        answer = client.send("GET", "/documents?place=秘密市", headers=KEY | {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})
        metrics = client.get("/metrics").text
    finally:
        embedded_store.watching = nullcontext
    asked, request = spans.get_finished_spans()[0], spans.get_finished_spans()[-2]
    assert (asked.name, asked.parent) == ("query", request.context)
    assert (request.name, request.context.trace_id) == ("GET /documents", int("a" * 32, 16))
    assert request.attributes["kg.request"] == answer.headers["x-request-id"]
    told = "".join(span.to_json() for span in spans.get_finished_spans())
    assert not any(secret in told for secret in ("秘密", "%E7", "\\u79d8", SHARED))
    assert "kg_queries_running 0.0" in metrics
    assert f"kg_query_seconds_count {sum(span.name == 'query' for span in spans.get_finished_spans()):.1f}" in metrics


def test_spans_are_sent_where_asked_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert traces({}) is None
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk", None)
    assert traces({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}) is None
    assert "pip install 'duty-kg[traces]'" in capsys.readouterr().err


def test_an_error_is_logged_by_its_kind_and_place(log: io.StringIO) -> None:
    try:
        raise ValueError("the words of a document")
    except ValueError:
        logging.getLogger("api").exception("it broke")
    (line,) = map(json.loads, log.getvalue().splitlines())
    assert (line["level"], line["error"], line["message"]) == ("error", "ValueError", "it broke")
    assert line["at_lines"][0].startswith("test_watch.py:")
    assert "words of a document" not in log.getvalue()


def test_who_asks_too_often_is_told_when_to_come_back(held: Library) -> None:
    held.keys.add("甲科", "read")
    other = {"X-API-Key": held.keys.add("乙科", "read")}
    client = Client(create_app(held, SHARED, a_minute=5))
    told = [client.send("GET", "/queries", headers=KEY).status_code for _ in range(6)]
    assert told == [200] * 5 + [429]
    body = client.send("GET", "/queries", headers=KEY)
    assert (assert_problem(body, 429)["type"], int(body.headers["retry-after"])) == ("urn:kg:too-many-requests", 5)
    assert client.send("GET", "/queries", headers=other).status_code == 200
    assert client.get("/healthz").status_code == 200
    free = over(empty_answer, a_minute=1)  # who sits at the machine, without keys
    assert [free.get("/queries").status_code for _ in range(3)] == [200] * 3


def test_keys_are_not_found_by_trying(held: Library) -> None:
    named = {"X-API-Key": held.keys.add("甲科", "read")}
    client = Client(create_app(held, SHARED))
    cookie = client.send("POST", "/session", json={"key": SHARED}).headers["set-cookie"].partition(";")[0]
    for n in range(10):
        assert client.send("GET", "/queries", headers={"X-API-Key": f"guess {n}"}).status_code == 401
        assert client.send("POST", "/session", json={"key": f"guess {n}"}).status_code == 401
    assert_problem(client.send("GET", "/queries", headers=KEY), 429)  # nor the right one, which would tell it from the others
    assert_problem(client.send("POST", "/session", json={"key": SHARED}), 429)
    assert_problem(client.send("GET", "/queries", headers={"X-API-Key": "guess"}), 429)
    assert client.send("GET", "/healthz", headers={"X-API-Key": "guess"}).status_code == 200
    assert client.send("GET", "/queries", headers=named).status_code == 200  # nobody locks others out
    assert client.send("GET", "/queries", headers={"Cookie": cookie}).status_code == 200


def test_a_queue_has_an_end() -> None:
    def waiting(n: int) -> anyio.CapacityLimiter:
        return cast(anyio.CapacityLimiter, SimpleNamespace(statistics=lambda: SimpleNamespace(tasks_waiting=n)))

    queue(waiting(7))
    with pytest.raises(TooManyQueries, match="waiting"):
        queue(waiting(8))


@pytest.mark.parametrize("environ", [{"KG_REQUESTS": "-1"}, {"KG_REQUESTS": "many"}, {"KG_LOG": "xml"}])
def test_settings_that_are_none(environ: dict[str, str]) -> None:
    with pytest.raises(BadSettings):
        Settings.from_environment(environ)
    assert (Settings.from_environment({}).requests, Settings.from_environment({"KG_LOG": "json"}).json_log) == (1200, True)
