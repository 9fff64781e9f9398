"""The HTTP API: over both engines where rows matter, over stores made here where errors do."""

from __future__ import annotations

import csv
import io
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import anyio
import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from icalendar import Calendar

from api.access import OPEN, check_bind
from api.answers import Json
from api.app import THREADS, create_app
from api.limits import MAX_UPLOAD
from api.signatures import answer_model
from kg.ask.queries import Catalogue, Query, read_query
from kg.engine.store import Answer, Store
from kg.errors import OUTCOMES, BadSettings, EngineUnavailable, UnreadableFile
from kg.graph.intake import Extract
from kg.library import Library
from kg.model import Extraction, Source
from tests.clock import PATIENCE
from tests.kg.small_graph import CHANGZHI, facts, load
from tests.samples import QUERIES, extract, library

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


class Client:
    """Asks an app without a server in between."""

    def __init__(self, app: FastAPI, **headers: str) -> None:
        self.app = app
        self.headers = headers

    def connect(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://kg", headers=self.headers)

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        return self.send("GET", path, params=parameters)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with self.connect() as http:
                return await http.request(method, path, **options)

        return anyio.run(ask)

    def ask(self, query: Query, **more: Any) -> httpx.Response:
        """GET its example."""
        path, given = query.path, {**query.example, **more}
        for name in list(given):
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", quote(str(given.pop(name)), safe=""))
        return self.get(path, **given)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def client(request: pytest.FixtureRequest) -> Client:
    """The API over the small graph, on one engine, then on the other."""
    store = load(request.getfixturevalue(f"{request.param}_store"), facts())
    return Client(create_app(over_store(store)))


@pytest.fixture(scope="module")
def over_one(embedded_store: Store) -> Client:
    """The same on one engine, for what comes after the rows."""
    return Client(create_app(over_store(load(embedded_store, facts()))))


class FakeStore:
    """Answers without an engine."""

    engine = "embedded"

    def __init__(self, read: Callable[[], Answer]) -> None:
        self._read = read

    def read(self, *_: object, **__: object) -> Answer:
        return self._read()

    def heap(self) -> None:
        return None

    def stream(self, *_: object) -> Iterator[dict[str, Any]]:
        yield from self._read().rows


def over_store(store: Store, queries: Catalogue = QUERIES, read: Extract = extract) -> Library:
    """A library that keeps no files."""
    return library(store, Path("/nowhere"), read, queries=queries)


def over(read: Callable[[], Answer], **options: Any) -> Client:
    return Client(create_app(over_store(cast(Store, FakeStore(read))), **options))


def empty_answer() -> Answer:
    return Answer((), [], truncated=False)


def failing(error: Exception) -> Callable[[], Answer]:
    def read() -> Answer:
        raise error

    return read


def assert_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert set(body) == {"type", "title", "status", "detail", "hint", "candidates"}
    return body


# Answers


@each_query
def test_each_query_answers_what_its_header_declares(over_one: Client, query: Query) -> None:
    response = over_one.ask(query)
    assert response.status_code == 200
    body = response.json()
    answer_model(query).model_validate(body)  # it forbids fields that are not declared
    assert body["rows"]
    assert (body["query"], body["columns"]) == (query.name, [c.name for c in query.columns])
    assert set(body["parameters"]) == {p.name for p in query.parameters}


@each_query
def test_each_query_answers_csv_that_excel_reads(over_one: Client, query: Query) -> None:
    by_header = over_one.send("GET", str(over_one.ask(query).request.url), headers={"Accept": "text/csv"})
    assert by_header.content == over_one.ask(query, format="csv").content
    assert by_header.headers["content-type"] == "text/csv; charset=utf-8"
    assert by_header.content.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(by_header.content.decode("utf-8-sig"), newline=""))
    assert header == [c.name for c in query.columns]
    assert len(lines) == len(over_one.ask(query).json()["rows"])


def test_ids_go_round(client: Client) -> None:
    """Every id in an answer may be asked about, Chinese, colons, brackets and all."""
    rows = client.get("/obligations", function="司法局").json()["rows"]
    tasks, documents, agencies = ({row[f"{kind}_id"] for row in rows} for kind in ("task", "document", "agency"))
    for task in tasks:
        assert client.get(f"/tasks/{quote(task)}").json()["rows"][0]["task_id"] == task
        assert client.get(f"/tasks/{task}").status_code == 200
    assert all(client.get(f"/documents/{quote(document, safe='')}/tasks").json()["rows"] for document in documents)
    assert all(client.get(f"/agencies/{agency}/obligations").json()["rows"] for agency in agencies)


def test_fixed_routes_come_before_those_with_a_parameter(client: Client) -> None:
    assert client.get("/tasks/without-lead").json()["query"] == "tasks-without-lead"
    assert client.get("/tasks/joint-leads").json()["query"] == "joint-leads"


def test_lists_are_repeated_or_joined_by_commas(client: Client) -> None:
    repeated = client.get("/obligations", function="司法局", basis=["clause", "default"]).json()
    joined = client.get("/obligations", function="司法局", basis="clause,default").json()
    assert repeated == joined
    assert {row["basis"] for row in joined["rows"]} == {"clause", "default"}


def _named(name: str) -> str:
    return f"attachment; filename=\"agencies.csv\"; filename*=UTF-8''{quote(name)}"


def test_a_limit_is_kept_and_said(client: Client) -> None:
    body = client.get("/agencies", limit=2).json()
    assert (len(body["rows"]), body["truncated"], body["total"]) == (2, True, None)
    assert client.get("/agencies", limit=2, count="true").json()["total"] == len(client.get("/agencies").json()["rows"])
    as_csv = client.get("/agencies", limit=2, format="csv")
    assert as_csv.headers["content-disposition"] == _named("单位一览-前2行.csv")
    assert as_csv.headers["x-truncated"] == "true"
    assert client.get("/agencies", format="csv").headers["content-disposition"] == _named("单位一览.csv")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("application/json, text/csv", "application/json"),
        ("text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        ("text/csv;q=x", "application/json"),
        ("text/html,application/xhtml+xml", "application/json"),
    ],
)
def test_accept(accept: str, kind: str) -> None:
    response = over(empty_answer).send("GET", "/documents", headers={"Accept": accept})
    assert response.headers["content-type"] == kind
    assert "Accept" in response.headers["vary"].split(", ")


def test_an_answer_is_the_json_that_python_writes() -> None:
    said = {'𠮷"\\/\n\x1b\x7f\u2028': [1, 2**70, 0.25, 0.0001, None, True, "", ("〔2022〕",)]}
    assert Json(said).body == JSONResponse(said).body
    assert Json([float("nan"), -float("inf")]).body == b"[null,null]"


def test_the_catalogue_lists_every_query() -> None:
    rows = over(empty_answer).get("/queries").json()["rows"]
    assert [row["name"] for row in rows] == list(QUERIES)
    assert over(empty_answer).get("/queries", format="csv").text.count("kg query") == len(QUERIES)


# Errors


@pytest.mark.parametrize(
    ("path", "parameters", "status", "detail"),
    [
        ("/obligations", {"function": "司法局", "rolle": "LEADS"}, 422, "rolle"),
        ("/obligations", {}, 422, "needs function"),
        ("/obligations", {"function": "司法局", "year": "二〇二二"}, 422, "year="),
        ("/obligations", {"function": "司法局", "role": "leads"}, 422, "role="),
        ("/obligations", {"function": "司法局", "due_before": "soon"}, 422, "due_before="),
        ("/deadlines", {"due_from": "2023-01-01", "due_to": "2022-01-01"}, 422, "later than due_to"),
        ("/obligations", {"function": "司法局", "year": ["2021", "2022"]}, 422, "year is given 2 times"),
        ("/agencies", {"count": ["null", "null"]}, 422, "count is given 2 times"),
        ("/agencies", {"collective": "maybe"}, 422, "collective="),
        ("/agencies", {"limit": "0"}, 422, "limit=0"),
        ("/agencies", {"limit": "all"}, 422, "limit='all'"),
        ("/agencies", {"limit": "9" * 5000}, 422, "limit="),
        ("/agencies", {"format": "xls"}, 422, "format="),
        ("/queries", {"format": "parquet"}, 422, "format="),
        ("/agencies/长治市司法局/workload", {"agency": "x"}, 422, "agency"),
        ("/queries", {"q": "x"}, 422, "q"),
        ("/agencies/司法局/workload", {}, 404, "司法局"),
        ("/documents/没有/tasks", {}, 404, "没有"),
        ("/tasks/没有", {}, 404, "没有"),
        ("/nothing", {}, 404, "Not Found"),
    ],
)
def test_what_is_not_accepted_is_named(client: Client, path: str, parameters: dict[str, Any], status: int, detail: str) -> None:
    assert detail in assert_problem(client.get(path, **parameters), status)["detail"]


def test_candidates_are_listed(client: Client) -> None:
    body = assert_problem(client.get("/agencies/司法局/partners"), 404)
    assert {"长治市司法局", "衡阳市司法局"} <= set(body["candidates"])
    assert body["type"] == "urn:kg:not-found"
    assert "limit" in assert_problem(client.get("/agencies", place_="x"), 422)["candidates"]


def test_every_error_is_a_problem() -> None:
    outcomes = {kind: said for kind, said in OUTCOMES.items() if kind is not EngineUnavailable}
    kinds = iter(outcomes)

    def fail() -> Answer:
        raise next(kinds)("出错", "试试", ("甲",))

    client = over(fail)
    for outcome in outcomes.values():
        response = client.get("/documents")
        body = assert_problem(response, outcome.status)
        assert (body["title"], body["candidates"]) == (outcome.title, ["甲"])
        assert body["detail"].endswith("出错")  # behind the name of the query, where that is too large
        assert body["hint"].endswith("试试")
        assert ("retry-after" in response.headers) == (body["status"] in (429, 503))


def test_what_was_not_foreseen_says_nothing_of_our_inside(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    body = assert_problem(over(failing(RuntimeError("secret"))).get("/documents"), 500)
    assert "secret" not in str(body)


def test_other_methods_are_problems_too() -> None:
    assert_problem(over(empty_answer).send("POST", "/agencies"), 405)


# Health, load, access


def test_health() -> None:
    down = over(failing(EngineUnavailable("no engine")))
    assert down.get("/healthz").status_code == 200
    assert_problem(down.get("/readyz"), 503)
    assert over(empty_answer).get("/readyz").json() == {"status": "ready", "engine": "embedded"}


def test_a_slow_query_does_not_block_the_others() -> None:
    released = threading.Event()
    slow = threading.Semaphore(THREADS - 1)
    waited: list[bool] = []

    def read() -> Answer:
        if slow.acquire(blocking=False):
            waited.append(released.wait(PATIENCE))
        return empty_answer()

    client = over(read)

    async def ask() -> None:
        async with client.app.router.lifespan_context(client.app), client.connect() as http, anyio.create_task_group() as group:
            for _ in range(THREADS - 1):
                group.start_soon(http.get, "/documents")
            while slow._value:
                await anyio.sleep(0.02)
            assert (await http.get("/documents")).status_code == 200
            assert (await http.get("/healthz")).status_code == 200
            assert not waited
            released.set()

    anyio.run(ask)
    assert waited == [True] * (THREADS - 1)


KEY = "钥匙-key"


@pytest.fixture(scope="module")
def locked() -> Client:
    return over(empty_answer, api_key=KEY)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": "wrong"}, 401),
        ({"X-API-Key": ""}, 401),
        ({"Authorization": "Basic " + KEY}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"X-API-Key": KEY}, 200),
        ({"Authorization": "Bearer " + KEY}, 200),
        ({"Authorization": "bearer " + KEY}, 200),
    ],
)
@pytest.mark.parametrize("path", ["/documents", "/docs"])
def test_a_key_is_required_where_one_is_set(locked: Client, path: str, headers: dict[str, str], status: int) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    response = locked.send("GET", path, headers=encoded)
    assert response.status_code == status
    if status == 401:
        assert_problem(response, 401)
        assert response.headers["www-authenticate"].startswith("Bearer")


def test_only_health_is_open() -> None:
    client = over(empty_answer, api_key=KEY)
    for path in ("/nothing", "/extract", "/healthz/", "/readyz/x", *(query.path for query in QUERIES.values())):
        assert client.get(path).status_code == 401
    for path in OPEN:
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("host", "key", "accepted"),
    [
        ("127.0.0.1", None, True),
        ("127.8.8.8", None, True),
        ("::1", None, True),
        ("localhost", None, True),
        ("0.0.0.0", None, False),
        ("::", None, False),
        ("", None, False),
        ("192.168.1.5", None, False),
        ("localhost.example.org", None, False),
        ("0.0.0.0", "", False),
        ("0.0.0.0", KEY, True),
    ],
)
def test_only_loopback_without_a_key(host: str, key: str | None, accepted: bool) -> None:
    if accepted:
        check_bind(host, keyed=bool(key))
        return
    with pytest.raises(BadSettings, match="without an API key"):
        check_bind(host, keyed=bool(key))


# OpenAPI


def test_a_calendar_is_an_icalendar_file_of_one_agency(client: Client) -> None:
    answer = client.get("/agencies/长治市司法局/calendar.ics", today="2022-06-30", light=["green", "recurring"])
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (found,) = Calendar.from_ical(answer.content, multiple=True)
    assert isinstance(found, Calendar)
    assert [event.summary for event in found.events] == [
        "长治市2022年工作要点（文件时限）",
        "全面推行执法公示（牵头）",
        "每半年通报一次（配合）",
    ]


def test_a_place_and_a_line_of_work_are_followed(client: Client) -> None:
    answer = client.get("/calendar.ics", today="2022-06-30", function="司法局", place="长治市")
    assert b"SUMMARY:\xe5\x85\xa8\xe9\x9d\xa2" in answer.content
    named = f"filename=\"calendar.ics\"; filename*=UTF-8''{quote('长治市司法局工作时限.ics')}"
    assert answer.headers["content-disposition"] == f"attachment; {named}"
    feed = client.get("/feed.atom", today="2022-12-15", place="长治市")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "<title>即将到期：全面推行执法公示</title>" in feed.text


@pytest.mark.parametrize(
    ("path", "parameters", "status", "detail"),
    [
        ("/agencies/司法局/calendar.ics", {}, 404, "司法局"),
        ("/agencies/长治市司法局/calendar.ics", {"agency": "x"}, 422, "agency"),
        ("/agencies/长治市司法局/calendar.ics", {"today": "yesterday"}, 422, "today"),
        ("/agencies/长治市司法局/calendar.ics", {"year": "1999"}, 404, "no time limit"),
        ("/calendar.ics", {"year": "2022"}, 422, "whose?"),
        ("/feed.atom", {"place": "没有"}, 404, "没有"),
    ],
)
def test_no_calendar(client: Client, path: str, parameters: dict[str, str], status: int, detail: str) -> None:
    answer = client.get(path, **parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert detail in answer.json()["detail"]


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    made: dict[str, Any] = over(empty_answer).get("/openapi.json").json()
    return made


@each_query
def test_openapi_shows_what_to_ask_and_what_comes_back(openapi: dict[str, Any], query: Query) -> None:
    operation = openapi["paths"][query.path]["get"]
    assert operation["summary"] == query.answers
    described = {p["name"]: p for p in operation["parameters"]}
    assert set(described) == {p.name for p in query.parameters} | {"limit", "format", "count"}
    assert all(p["description"] for p in described.values())
    assert {"200", "404", "422", "503", "504"} <= set(operation["responses"])
    assert "text/csv" in operation["responses"]["200"]["content"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    row = openapi["components"]["schemas"][schema]["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]
    columns = openapi["components"]["schemas"][row]["properties"]
    assert list(columns) == [c.name for c in query.columns]
    assert all(column["description"] for column in columns.values())


def test_openapi_examples_show_a_unit_by_name(openapi: dict[str, Any]) -> None:
    assert "市司法局" in str(openapi["components"]["schemas"]["ObligationsAcrossPlacesRow"]["properties"]["quote"]["examples"])
    by_path = {p["name"]: p for p in openapi["paths"]["/agencies/{agency}/workload"]["get"]["parameters"]}
    assert (by_path["agency"]["in"], by_path["agency"]["example"]) == ("path", "长治市司法局")


# Extraction


def no_extraction(data: bytes, name: str) -> Extraction:
    if not data:
        raise UnreadableFile(f"{name} is empty")
    return Extraction(Source("0" * 64, name, "text/plain", data.decode()), ())


def test_extract() -> None:
    client = Client(create_app(over_store(cast(Store, FakeStore(empty_answer)), read=no_extraction)))
    response = client.send("POST", "/extract", params={"name": "要点.txt"}, content="长治市".encode())
    assert response.json() == {"source": {"name": "要点.txt", "sha256": "0" * 64, "chars": 3}, "documents": []}
    assert_problem(client.send("POST", "/extract"), 422)
    for params in ({"nam": "x"}, {"name": ["a.txt", "b.txt"]}):
        assert_problem(client.send("POST", "/extract", params=params, content=b"x"), 422)
    assert_problem(client.send("POST", "/extract", content=bytes(MAX_UPLOAD + 1)), 413)
    form = client.send("POST", "/extract", content=b"--x", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert "--data-binary" in assert_problem(form, 422)["hint"]


def test_a_new_file_is_a_new_route(tmp_path: Path) -> None:
    file = tmp_path / "years.cypher"
    file.write_text(
        "// In which years were documents made?\n// GET /years\n// returns year: integer  -- the year\n"
        "// example\n// :param {}\n\n"
        "MATCH (d:Document) WHERE d.loaded = true RETURN DISTINCT d.year AS year ORDER BY year\n",
        encoding="utf-8",
    )
    store = cast(Store, FakeStore(lambda: Answer(("year",), [{"year": 2022}], truncated=False)))
    assert Client(create_app(over_store(store, Catalogue([read_query(file)])))).get("/years").json()["rows"] == [{"year": 2022}]


def test_document_ids_are_accepted_in_any_bracket(client: Client) -> None:
    said = CHANGZHI.replace("〔", "[").replace("〕", "]")
    assert client.get(f"/documents/{quote(said)}/tasks").json()["parameters"]["document"] == CHANGZHI
