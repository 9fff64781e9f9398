"""What loading changes for whom, and who is told."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from kg.engine.store import Store
from kg.graph import news
from kg.graph.webhook import Webhook
from tests.kg.small_graph import emptied
from tests.samples import Doc, Unit, library, write

WATER = Unit("水利局")
PLAN = Doc("节水要点", "长政办发〔2023〕5号", tasks=((WATER,), (Unit("财政局"),)), due=2023)


def test_only_what_differs_is_news(store: Store, tmp_path: Path) -> None:
    base = library(store, tmp_path / "sources")
    base.load(write(tmp_path / "a.json", PLAN))
    assert [one.kind for one in base.news()] == ["new", "new"]
    last = base.news()[-1].at
    base.load(write(tmp_path / "a.json", replace(PLAN, tasks=((WATER,), (replace(WATER, role="PARTICIPATES"),)))))
    told = [(one.kind, one.agency_id.rpartition(":")[2]) for one in base.news(last)]
    assert sorted(told) == [("gone", "财政局"), ("new", "水利局")]
    assert [one.kind for one in base.news(last, agency=base.news()[0].agency_id)] == ["new"]
    last = base.news()[-1].at
    base.rebuild()
    base.load(tmp_path / "a.json")
    assert base.news(last) == []


def _row(**said: Any) -> dict[str, Any]:
    fixed = {"agency_id": "p:a", "agency": "a", "role": "LEADS", "quote": "q", "start": 0, "end": 1, "document_id": "d"}
    more = {"document": "d", "doc_number": None, "task_id": "d:1", "task_number": "1", "task": "修 渠", "due": ["2023-06-30"]}
    return {**fixed, **more, "functions": [], "places": ["140400"], **said}


def test_a_number_that_moved_is_none_but_a_day_and_a_role_are() -> None:
    def told(*after: dict[str, Any]) -> list[tuple[str, Any]]:
        return [(one.kind, one.was) for one in news.changes([_row()], after, "2023-01-01")]

    assert told(_row(task_id="d:2", task_number="2", start=9, task="修渠")) == []
    assert told(_row(due=["2023-09-30"])) == [("changed", {"role": "LEADS", "due": ["2023-06-30"]})]
    assert told(_row(role="PARTICIPATES")) == [("changed", {"role": "LEADS", "due": ["2023-06-30"]})]
    assert told(_row(role="PARTICIPATES"), _row()) == []  # who leads counts as leading
    (one,) = news.changes([], [_row()], "2023-01-01")
    assert (one.is_about(place="140400"), one.is_about(place="140500"), one.is_about(agency="p:b")) == (True, False, False)


def test_obligations_do_not_each_take_the_memory_of_their_documents_residue(embedded_store: Store) -> None:
    many = """
        CREATE (d:Document {id: 'd', residue: $residue}) CREATE (a:Agency {id: 'a', name: 'a'}) WITH d, a
        UNWIND range(1, 1000) AS n
        CREATE (d)-[:HAS_TASK]->(:Task {id: 'd:' + n, title: 't'})<-[:LEADS {basis: 'clause', start: 1000 - n, end: 1000}]-(a)
    """
    store = emptied(embedded_store)
    store.write(lambda tx: tx.run(many, residue=["水" * 2_000_000]).consume())
    assert [row["start"] for row in news.obligations(store, ["d"])] == list(range(1000))


def test_old_news_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "MOST", 2)
    monkeypatch.setattr(news, "_LARGE", 0)
    for day in "123":
        news.keep(tmp_path / "news.jsonl", list(news.changes([], [_row()], f"2023-01-0{day}")))
    with (tmp_path / "news.jsonl").open("ab") as file:
        file.write(b'{"at": "2023-01-04", "was": {}')  # its writer was killed
    assert [one.at for one in news.kept(tmp_path / "news.jsonl")] == ["2023-01-02", "2023-01-03"]
    monkeypatch.setattr(news, "_LARGE", 1_000_000)
    news.keep(tmp_path / "news.jsonl", list(news.changes([], [_row()], "2023-01-05")))
    assert [one.at[-1] for one in news.kept(tmp_path / "news.jsonl")] == ["2", "3", "5"]


class _Heard(BaseHTTPRequestHandler):
    status = 204
    heard: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        self.heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_webhook_that_answers_byte_by_byte_is_left_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()
    monkeypatch.setattr("kg.graph.webhook._AT_MOST", 0.05)
    monkeypatch.setattr(Webhook, "_send", lambda *_: str(answered.wait(30)))
    assert Webhook("http://127.0.0.1/", "a secret of both").tell([], "2023-01-01") == (
        "the webhook was not told: no answer within 0.05 seconds"
    )
    answered.set()


@pytest.mark.parametrize(("status", "said"), [(204, ""), (302, "the webhook was not told"), (500, "the webhook was not told")])
def test_a_webhook_is_told_once_with_a_signature(status: int, said: str) -> None:
    handler = type("Handler", (_Heard,), {"heard": [], "status": status})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        told = list(news.changes([], [_row()], "2023-01-01"))
        assert Webhook(f"http://127.0.0.1:{server.server_port}/", "a secret of both").tell(told, "2023-01-01").startswith(said)
        server.shutdown()
    ((headers, body),) = handler.heard  # type: ignore[attr-defined]
    signed = hmac.new(b"a secret of both", headers["X-Kg-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Kg-Signature"] == f"sha256={signed}"
    assert json.loads(body)["news"][0]["kind"] == "new"
