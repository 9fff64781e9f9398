"""Decisions over HTTP: shown before they are kept, kept only where that is allowed, refused where another came first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.decisions import ChangedAnswer, DecisionGiven, DecisionsAnswer
from kg.decide.file import read
from kg.engine.store import Store
from kg.library import Library
from tests.api.test_app import Client, assert_problem
from tests.kg.decide.small_corrections import named
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Doc, Unit, extract, library, write

DOC = Doc("保供要点", "长政办发〔2023〕8号", tasks=((Unit("水利局"), Unit("财政局", "PARTICIPATES")),), due=2023)
ROLE = {"change": "role", "document": DOC.id, "quote": "财政局", "role": "LEADS", "reason": "表中为牵头", "by": "王"}


@pytest.fixture
def client(embedded_store: Store, tmp_path: Path) -> Client:
    file = tmp_path / "corrections.yaml"
    store = emptied(embedded_store)
    base = Library(lambda: store, tmp_path / "sources", extract, lambda: "1", lambda: read(file, named), queries=QUERIES)
    base.load(write(tmp_path / "a.json", DOC))
    return Client(create_app(base, upload=True))


def keep(client: Client, entry: dict[str, Any], path: str = "/decisions", **more: Any) -> Any:
    return client.send("POST", path, json={"entry": entry, **more})


def seen(client: Client) -> str:
    return str(client.get(f"/documents/{DOC.id}/text").json()["revision"])


def test_a_decision_is_shown_kept_signed_and_taken_back(client: Client) -> None:
    first = seen(client)
    shown = keep(client, ROLE, "/decisions/preview").json()
    ChangedAnswer.model_validate(shown)
    assert [(c["sign"], c["name"], c["value"]) for c in shown["changes"]] == [
        ("-", "长治市财政局", "PARTICIPATES clause"),
        ("+", "长治市财政局", "LEADS clause"),
    ]
    assert [(w["agency"], w["leads"], w["participates"]) for w in shown["workloads"]] == [("长治市财政局", [0, 1], [1, 0])]
    assert seen(client) == first
    assert keep(client, ROLE, revision=first).json()["id"] == shown["id"]
    body = client.get(f"/documents/{DOC.id}/decisions").json()
    DecisionsAnswer.model_validate(body)
    assert [(d["id"], d["by"], d["fields"]["role"]) for d in body["decisions"]] == [(shown["id"], "王", "LEADS")]

    late = assert_problem(keep(client, ROLE | {"role": "PARTICIPATES"}, revision=first), 409)
    assert "has changed since you looked at it" in late["detail"]
    signed = client.send("POST", f"/documents/{DOC.id}/review", json={"state": "checked", "by": "王", "revision": seen(client)})
    assert signed.json()["review"] == "checked"
    assert [row["review"] for row in client.get("/ledger", review="checked").json()["rows"]] == ["checked"]
    assert client.get("/deadlines/board", review="unchecked").json()["rows"] == []
    assert client.get("/documents").json()["rows"][0]["reviewed_by"] == "王"

    assert_problem(client.send("DELETE", f"/decisions/{shown['id']}", params={"revision": first}), 409)
    assert client.send("DELETE", f"/decisions/{shown['id']}", params={"revision": seen(client)}).status_code == 200
    text = client.get(f"/documents/{DOC.id}/text").json()
    assert (text["review"], text["reviewed_by"], len(text["review_changes"])) == ("checking", "王", 2)
    assert [fact["name"] for fact in text["facts"] if fact["doubt"] == "changed"] == ["长治市财政局"]
    left = {"doubtful": 1, "unexplained": 0}
    assert {name: text[name] for name in left} == left
    assert client.get(f"/documents/{DOC.id}/decisions").json() | left == client.get(f"/documents/{DOC.id}/decisions").json()
    assert_problem(client.send("DELETE", f"/decisions/{shown['id']}"), 404)


def test_what_is_no_decision_is_refused(client: Client, subtests: pytest.Subtests) -> None:
    refused: list[tuple[dict[str, Any], int]] = [
        (ROLE | {"quote": "审计局"}, 422),
        (ROLE | {"role": "牵头"}, 422),
        (ROLE | {"colour": "red"}, 422),
        (ROLE | {"date": 0}, 422),
        (ROLE | {"date": "0"}, 422),
        (ROLE | {"nth": "1"}, 422),
        (ROLE | {"nth": True}, 422),
        (ROLE | {"document": "没有"}, 404),
        ({"change": "paint"}, 422),
    ]
    for entry, status in refused:
        with subtests.test(entry=entry):
            assert_problem(keep(client, entry), status)
            assert_problem(keep(client, entry, "/decisions/preview"), status)


def test_a_whole_number_is_one_however_json_writes_it(client: Client) -> None:
    assert keep(client, ROLE | {"nth": 1.0}, "/decisions/preview").json()["changes"]


def test_a_day_is_one_as_it_is_written(client: Client) -> None:
    (quote,) = [row["quote"] for row in client.get("/deadlines", due_from="2023-01-01").json()["rows"][:1]]
    later = {"change": "deadline", "document": DOC.id, "quote": quote, "kind": "period", "reason": "原文为跨年"}
    days = {"start": "2023-03-01", "due": "2024-12-31"}
    assert keep(client, later | days, "/decisions/preview").json()["changes"][-1]["value"].startswith("period")
    assert_problem(keep(client, later | days | {"due": 1}), 422)
    keep(client, later | days)
    assert [row["due_on"] for row in client.get("/deadlines", due_from="2024-01-01").json()["rows"]] == ["2024-12-31"]


def test_words_outside_every_task_need_one_first(client: Client) -> None:
    unit = {"change": "add", "document": DOC.id, "quote": DOC.title, "agency": "教育局", "role": "LEADS", "reason": "漏读"}
    told = assert_problem(keep(client, unit), 422)
    assert told["type"] == "urn:kg:outside-tasks"
    task = {"change": "new-task", "document": DOC.id, "quote": DOC.title, "reason": "漏读"}
    (made,) = keep(client, task).json()["changes"]
    assert (made["sign"], made["kind"], made["task_id"]) == ("+", "task", f"{DOC.id}:{DOC.title}")
    assert [change["name"] for change in keep(client, unit).json()["changes"]] == ["长治市教育局"]
    (row,) = client.get("/ledger", agency="长治市教育局").json()["rows"]
    assert (row["task_id"], row["task"]) == (made["task_id"], DOC.title)
    (found,) = client.get(f"/tasks/{made['task_id']}").json()["rows"]
    assert found["corrected"].startswith("漏读")


def test_nothing_is_decided_unless_it_is_allowed(embedded_store: Store, tmp_path: Path) -> None:
    shut = Client(create_app(library(emptied(embedded_store), tmp_path / "sources")))
    assert_problem(keep(shut, ROLE), 403)
    assert_problem(shut.send("DELETE", "/decisions/1"), 403)
    assert_problem(shut.send("POST", f"/documents/{DOC.id}/review", json={"state": "checked"}), 403)


def test_openapi_says_what_each_form_needs(client: Client, subtests: pytest.Subtests) -> None:
    forms = DecisionGiven.model_json_schema()["properties"]["entry"]["oneOf"]
    assert len(forms) > 9
    for form in forms:
        with subtests.test(form["title"]):
            _check_form(client, form)


def _check_form(client: Client, form: dict[str, Any]) -> None:
    needed = {*form["required"], *(name for one in form.get("anyOf", ())[:1] for name in one["required"])}
    given = {name: _sample(form["properties"][name]) for name in needed}
    for entry in (given, given | dict.fromkeys(form["properties"].keys() - needed)):
        assert "docs/corrections.md" not in keep(client, entry, "/decisions/preview").json()["hint"]
    for name in needed:
        for entry in ({n: v for n, v in given.items() if n != name}, given | {name: None}, given | {name: " "}):
            assert "docs/corrections.md" in assert_problem(keep(client, entry, "/decisions/preview"), 422)["hint"]


def _sample(schema: dict[str, Any]) -> str:
    """A text that the schema lets through."""
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0])
    return str(schema.get("const") or schema.get("enum", ["-" if "-" in schema.get("pattern", "") else "甲"])[0])


def test_the_example_of_openapi_is_an_entry(client: Client) -> None:
    (example,) = DecisionGiven.model_json_schema()["properties"]["entry"]["examples"]
    assert_problem(keep(client, example, "/decisions/preview"), 404)  # this base has no such document
    assert "changes" in keep(client, example | {"document": DOC.id, "quote": "财政局"}, "/decisions/preview").json()
