"""GET /search, over a made-up document in traditional characters."""

from __future__ import annotations

import csv
import io

import pytest

from api.app import create_app
from api.signatures import answer_model
from kg.ask.search import SEARCH
from kg.engine.store import Store
from loaders.extract import extract
from loaders.version import rules_version
from tests.api.test_app import Client, assert_problem, over_store
from tests.kg.small_graph import emptied
from tests.samples import library

PLAN = """衡陽市2023年政務數據工作要點

一、重點任務
（一）建設公共數據平臺，實現數據歸集與開放。（市發展改革委牽頭，市財政局配合）
（二）規範政務服務事項，推動體系建設。（市財政局負責）
"""


@pytest.fixture(scope="module")
def client(embedded_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("search")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    store = emptied(embedded_store)
    assert [r.outcome for r in library(store, folder / "s", extract, rules_version()).loading([folder / "plan.txt"])] == [
        "added"
    ]
    return Client(create_app(over_store(store)))


def test_a_hit_with_its_place(client: Client) -> None:
    response = client.get("/search", q="公共数据", limit=5)
    assert response.status_code == 200
    body = response.json()
    answer_model(SEARCH).model_validate(body)  # it forbids fields that are not declared
    assert (body["query"], body["columns"]) == ("search", [c.name for c in SEARCH.columns])
    assert body["parameters"] == {"q": "公共数据", "kind": None, "place": None}
    (hit,) = body["rows"]
    assert [hit["value"][s["start"] : s["end"]] for s in hit["spans"]] == ["公共數據"]
    assert {PLAN[s["start"] : s["end"]] for s in hit["source_spans"]} == {"公共數據"}
    assert {"text": "公共數據", "match": True} in hit["segments"]


def test_it_can_be_narrowed_and_cut(client: Client) -> None:
    everything = client.get("/search", q="市").json()
    assert {row["kind"] for row in everything["rows"]} == {"agency", "place", "document", "task"}
    assert {row["kind"] for row in client.get("/search", q="市", kind="agency").json()["rows"]} == {"agency"}
    assert client.get("/search", q="市", place="湖南省").json()["rows"] == everything["rows"]
    cut = client.get("/search", q="市", limit=2).json()
    assert (cut["rows"], cut["truncated"]) == (everything["rows"][:2], True)


def test_csv(client: Client) -> None:
    response = client.get("/search", q="市发改委", format="csv")
    header, *lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert header == [c.name for c in SEARCH.columns]
    assert not lines  # the document says 发展改革委


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": " \u200b"}, 422),
        ({"q": "法" * 1001}, 422),
        ({"q": "法", "kind": "source"}, 422),
        ({"q": "法", "order": "id"}, 422),
        ({"q": "法", "limit": "0"}, 422),
        ({"q": "法", "place": "無此市"}, 404),
    ],
)
def test_what_is_refused(client: Client, given: dict[str, str], status: int) -> None:
    assert_problem(client.get("/search", **given), status)


def test_openapi_shows_it(client: Client) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/search"]["get"]
    assert [p["name"] for p in operation["parameters"]] == ["q", "kind", "place", "limit", "format", "count"]
    assert operation["operationId"] == "search"
