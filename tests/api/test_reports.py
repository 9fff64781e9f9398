"""Reports over HTTP: one, or those of a workbook that was filled in; only where uploading is allowed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.app import create_app
from api.reports import ReportAnswer, ReturnedAnswer
from kg.engine.store import Store
from kg.people.keys import Keys
from tests.api.test_app import Client, assert_problem
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Doc, Unit, as_bytes, library, write

DOC = Doc("节水要点", "长政办发〔2023〕5号", tasks=((Unit("水利局"),), (Unit("财政局"),), ()), due=2023)
TASK = f"{DOC.id}:1"


@pytest.fixture
def client(embedded_store: Store, tmp_path: Path) -> Client:
    base = library(emptied(embedded_store), tmp_path / "sources", queries=QUERIES)
    base.load(write(tmp_path / "a.json", DOC))
    return Client(create_app(base, upload=True))


def post(client: Client, **said: Any) -> Any:
    return client.send("POST", "/reports", json=said)


def filled(*rows: tuple[str, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def test_a_report_is_kept_and_its_task_is_done(client: Client) -> None:
    body = post(client, task=TASK, state="done", date="2023-11-06", evidence="验收单.pdf", by="督查室").json()
    ReportAnswer.model_validate(body)
    assert (body["agency"], body["reported_on"]) == ("长治市水利局", "2023-11-06")
    (row,) = client.get(f"/tasks/{TASK}/progress").json()["rows"]
    assert (row["state"], row["evidence"], row["reported_by"], row["report_id"]) == (
        *("done", "验收单.pdf", "督查室"),
        body["report_id"],
    )
    (act,) = client.get("/acts", document=DOC.id, limit=1).json()["rows"]
    assert (act["who"], act["act"], act["note"]) == ("owner", "report", "1 长治市水利局: done")
    lights = [row["light"] for row in client.get("/deadlines/board", today="2024-01-01").json()["rows"]]
    assert lights == ["red", "red", "done"]


def test_a_task_that_names_no_unit_is_done_when_it_is_reported_done(client: Client, tmp_path: Path) -> None:
    silent = client.get("/progress/by-document", today="2024-01-01").json()["rows"][0]
    body = post(client, task=f"{DOC.id}:3", state="done", date="2023-12-30").json()
    ReportAnswer.model_validate(body)
    assert (body["agency"], body["agency_id"]) == (None, None)
    rows = client.get("/deadlines/board", today="2024-01-01").json()["rows"]
    assert [(row["task_id"], row["reports"][0]["agency"]) for row in rows if row["light"] == "done"] == [(f"{DOC.id}:3", None)]
    done = client.get("/progress/by-document", today="2024-01-01").json()["rows"][0]
    assert [(row["tasks"], row["done"], row["overdue"]) for row in (silent, done)] == [(2, 0, 2), (3, 1, 2)]
    (act,) = client.get("/acts", document=DOC.id, limit=1).json()["rows"]
    assert act["note"] == "3: done"
    assert_problem(post(client, task=f"{DOC.id}:3", state="done", agency="长治市水利局"), 422)
    token = Keys(tmp_path / "keys.json").add("水利局-1", "report", unit="长治市水利局")
    assert_problem(post(Client(client.app, **{"X-API-Key": token}), task=f"{DOC.id}:3", state="done"), 403)


def test_what_is_no_report_is_refused(client: Client, subtests: pytest.Subtests) -> None:
    refused: list[tuple[dict[str, object], int]] = [
        ({"task": TASK, "state": "finished"}, 422),
        ({"task": TASK}, 422),
        ({"task": TASK, "state": "done", "colour": "red"}, 422),
        ({"task": TASK, "state": "done", "date": 0}, 422),
        ({"task": TASK, "state": "done", "date": "0"}, 422),
        ({"task": TASK, "state": "done", "percent": "5"}, 422),
        ({"task": TASK, "state": "done", "percent": 5.5}, 422),
        ({"task": TASK, "state": "done", "percent": True}, 422),
        ({"task": "没有", "state": "done"}, 404),
    ]
    for said, status in refused:
        with subtests.test(said=said):
            assert_problem(post(client, **said), status)


def test_a_whole_number_is_one_however_json_writes_it(client: Client) -> None:
    assert post(client, task=TASK, state="in progress", percent=82.0).status_code == 200
    (row,) = client.get(f"/tasks/{TASK}/progress").json()["rows"]
    assert row["percent"] == 82


def test_a_workbook_is_shown_before_it_is_kept(client: Client) -> None:
    data = filled(("事项", "落实情况"), ("办好第1件事", "过半"), ("办好第9件事", "过半"))
    given = {"name": "反馈.xlsx", "task_column": "事项", "progress_column": "落实情况", "by": "督查室"}

    def send(**more: str) -> Any:
        return client.send("POST", "/reports/workbook", params=given | more, content=data)

    body = send().json()
    ReturnedAnswer.model_validate(body)
    assert (body["kept"], [row["outcome"] for row in body["rows"]]) == (0, ["new", "unknown"])
    assert client.get(f"/tasks/{TASK}/progress").json()["rows"] == []
    assert send(keep="new").json()["kept"] == 1
    assert [row["outcome"] for row in send(keep="new,conflicting").json()["rows"]] == ["unchanged", "unknown"]
    assert_problem(send(keep="all"), 422)
    refused = client.send("POST", "/reports/workbook", params={"name": "反馈.xlsx"}, content=data)
    assert assert_problem(refused, 422)["candidates"] == ["事项", "落实情况"]
    assert_problem(client.send("POST", "/reports/workbook", params={"name": "a/b"}, content=data), 422)
    for day in ("2999-01-01x", "昨天"):
        refused = client.send("POST", "/reports/workbook", params={"name": "反馈.xlsx", "date": day}, content=data)
        assert refused.json()["detail"].startswith(f"date: {day} is no day such as 2022-12-31")


def test_a_named_key_signs_what_is_kept_by_it(client: Client, tmp_path: Path) -> None:
    headers = {"X-API-Key": Keys(tmp_path / "keys.json").add("水利局-1", "report")}
    signing = Client(client.app, **headers)
    post(signing, task=TASK, state="done", by="财政局")
    data, given = (
        filled(("事项", "落实情况"), ("办好第2件事", "过半")),
        {"task_column": "事项", "progress_column": "落实情况", "by": "财政局"},
    )
    signing.send("POST", "/reports/workbook", params={"name": "a.xlsx", "keep": "new", **given}, content=data)
    told = [signing.get(f"/tasks/{DOC.id}:{n}/progress").json()["rows"][0]["reported_by"] for n in (1, 2)]
    assert told == ["水利局-1", "水利局-1"]


def test_a_key_of_a_unit_reports_for_that_unit_only(client: Client, tmp_path: Path) -> None:
    token = Keys(tmp_path / "keys.json").add("水利局-1", "report", unit="长治市水利局")
    bound = Client(client.app, **{"X-API-Key": token, "Accept-Language": "zh-CN"})
    assert bound.get("/session").json()["unit"] == "长治市水利局"
    refused = assert_problem(post(bound, task=f"{DOC.id}:2", state="done", agency="长治市财政局"), 403)
    assert (refused["type"], refused["detail"]) == (
        "urn:kg:not-yours",
        "这把密钥只能替“长治市水利局”填报，不能替“长治市财政局”填报",
    )
    given = {"name": "a.xlsx", "keep": "new", "task_column": "事项", "progress_column": "落实情况", "agency_column": "单位"}
    data = filled(("事项", "落实情况", "单位"), ("办好第1件事", "过半", ""), ("办好第2件事", "过半", "长治市财政局"))
    body = bound.send("POST", "/reports/workbook", params=given, content=data).json()
    assert (body["kept"], [row["reason"] for row in body["rows"]]) == (1, [None, "not yours"])
    assert post(bound, task=TASK, state="in progress").json()["agency"] == "长治市水利局"


def test_a_key_of_a_unit_reports_on_what_binds_a_collective_it_is_a_member_of(client: Client, tmp_path: Path) -> None:
    tasks = ((Unit("各县区"),), (Unit("各县区"),), (Unit("财政局"),))
    doc = Doc("植树要点", "长政办发〔2023〕9号", tasks=(*DOC.tasks, *tasks))
    sent = client.send("POST", "/documents", params={"name": "b.json"}, content=as_bytes(doc))
    assert sent.status_code == 200
    token = Keys(tmp_path / "keys.json").add("水利局-1", "report", unit="长治市水利局")
    bound = Client(client.app, **{"X-API-Key": token})
    assert bound.get("/session").json()["collectives"] == ["collective:140400:各县区"]
    assert client.get("/session").json()["collectives"] == []
    assert post(bound, task=f"{doc.id}:4", state="done").json()["agency"] == "长治市水利局"
    given = {"name": "a.xlsx", "task_column": "事项", "progress_column": "落实情况", "agency_column": "单位"}
    said = ("长治市各县区", "水利局", "长治市财政局")
    data = filled(("事项", "落实情况", "单位"), *(("办好第5件事", "过半", who) for who in said), ("办好第6件事", "过半", ""))
    rows = bound.send("POST", "/reports/workbook", params=given, content=data).json()["rows"]
    assert [(row["outcome"], row["reason"], row["agency"]) for row in rows] == [
        ("new", None, "长治市水利局"),
        ("unchanged", None, "长治市水利局"),
        *[("unknown", "no unit", None)] * 2,
    ]


def test_who_reports_takes_back_only_their_own_last_report(client: Client, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    tokens = keys.add("水利局-1", "report"), keys.add("财政局-1", "report"), keys.add("督查室-1", "check")
    ours, theirs, checker = (Client(client.app, **{"X-API-Key": token}) for token in tokens)
    first, last = (post(ours, task=TASK, state=state).json()["report_id"] for state in ("in progress", "done"))
    for who, report in ((theirs, last), (ours, first)):
        assert_problem(who.send("DELETE", f"/reports/{report}"), 403)
    ReportAnswer.model_validate(ours.send("DELETE", f"/reports/{last}").json())
    assert_problem(ours.send("DELETE", f"/reports/{last}"), 404)
    assert checker.send("DELETE", f"/reports/{first}").status_code == 200
    rows = checker.get(f"/tasks/{TASK}/progress").json()["rows"]
    assert [(row["reported_by"], row["latest"], row["withdrawn"]) for row in rows] == [
        *(("督查室-1", False, False), ("水利局-1", False, False), ("水利局-1", False, True), ("水利局-1", False, True)),
    ]


def test_nothing_is_kept_unless_it_is_allowed(embedded_store: Store, tmp_path: Path) -> None:
    base = library(emptied(embedded_store), tmp_path / "sources")
    shut = Client(create_app(base))
    assert_problem(post(shut, task=TASK, state="done"), 403)
    assert_problem(shut.send("POST", "/reports/workbook", params={"name": "a.xlsx"}, content=b""), 403)
    locked = Client(create_app(base, api_key="k", upload=True))
    assert post(locked, task=TASK, state="done").status_code == 401
    assert not (tmp_path / "reports.jsonl").exists()
