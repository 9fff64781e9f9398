"""A feed: what is news, what presses, and that an entry is the same as long as its task is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from exports.feed import feed
from kg.ask.reviewed import Reviewed
from kg.engine.store import Answer
from kg.graph.news import News

ATOM = "{http://www.w3.org/2005/Atom}"
ASKED = {"agency": "140400:水利局", "place": None, "function": None, "today": "2023-05-20", "days": 30}
UNIT = {"agency": "长治市水利局", "agency_id": "140400:水利局"}
NAMED = {"140400:水利局": "长治市水利局"}
ROW: dict[str, Any] = {
    "due_on": "2023-06-10",
    "task": "修<渠>",
    "task_id": "d:2",
    "deadline_id": "d:2:d1",
    "leads": [UNIT],
    "participants": [],
    "place": None,
    "place_code": None,
    "document": "要点",
    "document_id": "140400:长政发〔2023〕1号",
    "doc_number": "长政发〔2023〕1号",
    "quote": "6月10日前",
    "start": 7,
    "end": 12,
}
_CHANGED: dict[str, Any] = {
    **{"at": "2023-05-12T08:00:00.000001+00:00", "kind": "changed", "role": "LEADS", **UNIT},
    **{"document_id": "d", "document": "要点", "doc_number": None, "task_id": "d:1", "task_number": "一", "task": "节水"},
    **{"quote": "市水利局", "start": 1, "end": 5, "due": ["2023-09-30"], "was": {"role": "PARTICIPATES", "due": []}},
}
CHANGED = News(**_CHANGED)


def _entries(*rows: dict[str, Any], news: tuple[News, ...] = ()) -> list[ET.Element]:
    board = Answer((), [dict(row) for row in rows], truncated=False)
    root = ET.fromstring(
        feed(board, news, ASKED, NAMED, lambda documents: Reviewed(len(documents), 0), home="http://localhost:8000/")
    )
    assert root.find(f"{ATOM}updated") is not None
    assert str(root.findtext(f"{ATOM}title")).startswith("长治市水利局")
    shown = {ROW["document_id"]: any(row["light"] in ("yellow", "red") for row in rows), "d": CHANGED in news}
    assert root.findtext(f"{ATOM}subtitle") == f"出自 {sum(shown.values())} 份文件，其中 0 份已核。"
    return root.findall(f"{ATOM}entry")


def _said(entry: ET.Element, name: str) -> str:
    return str(entry.findtext(ATOM + name))


def test_what_presses_is_told_from_the_day_on_which_it_began_to() -> None:
    near, late = (_entries({**ROW, "light": light})[0] for light in ("yellow", "red"))
    assert (_said(near, "title"), _said(near, "updated")) == ("即将到期：修<渠>", "2023-05-11T00:00:00Z")
    assert (_said(late, "title"), _said(late, "updated")) == ("期限已过：修<渠>", "2023-06-11T00:00:00Z")
    assert _said(near, "id") != _said(late, "id")
    link = near.find(f"{ATOM}link")
    assert link is not None
    href = link.get("href", "")
    assert href.startswith("http://localhost:8000/#/document/140400:%E9%95%BF")
    assert href.endswith("?at=7-12&words=6%E6%9C%8810%E6%97%A5%E5%89%8D")
    assert _entries({**ROW, "light": "green"}, {**ROW, "light": "done"}) == []


def test_news_say_what_was_and_the_newest_comes_first() -> None:
    old = replace(CHANGED, at="2022-01-01T00:00:00+00:00")
    first, second = _entries({**ROW, "light": "yellow"}, news=(old, CHANGED))
    assert _said(first, "title") == "有变动：节水（长治市水利局）"
    assert "时限：2023-09-30\n原来：配合" in _said(first, "content")
    assert _said(second, "title").startswith("即将到期")
    assert _entries(news=(old,)) == []  # of a year ago
