"""level=nation: documents of national bodies, which are for no place; not those of which nobody knows the place."""

from __future__ import annotations

import pytest

from kg.ask.reviewed import Reviewed, of_answer
from kg.engine.store import Store
from tests.kg.small_graph import CHANGZHI, NOWHERE, STUB, facts, load, span
from tests.samples import QUERIES

LAW = "-:司法部令第1号"
FILTERED = [q.name for q in QUERIES.values() for p in q.parameters if p.name == "level" and "of a national body" in p.describe]


def national(store: Store) -> Store:
    f = facts()
    f.node("Document", LAW, title="办法", loaded=True, year=2022, issued_on="2022-01-01")
    f.relationship("ISSUED", ("Agency", "-:司法部"), ("Document", LAW))
    f.relationship("ISSUED", ("Agency", "-:司法部"), ("Document", CHANGZHI))  # for a place all the same
    f.node("Task", f"{LAW}:1", title="普法", order=1, number="1.", kind="task", text="普法。", words="普法", start=0, end=3)
    f.relationship("HAS_TASK", ("Document", LAW), ("Task", f"{LAW}:1"))
    f.node("Deadline", f"{LAW}:by", kind="by", quote="年底前", due_on="2022-12-31", start=0, end=3)
    f.due(("Task", f"{LAW}:1"), f"{LAW}:by")
    return load(store, f)


@pytest.mark.parametrize("name", ["documents", "ledger", "deadlines", "deadline-board", "overdue", "tasks-without-lead"])
def test_only_what_national_bodies_issued(store: Store, name: str) -> None:
    query, base = QUERIES[name], national(store)
    bound = query.bind(base, {"level": "nation"} | ({"today": "2023-06-01"} if name == "overdue" else {}))
    answer = query.fetch(base, bound)
    assert {row["document_id"] for row in answer.rows} == {LAW}
    assert of_answer(base, query, bound, answer.rows) == Reviewed(1, 0)


@pytest.mark.parametrize(
    ("name", "given", "documents"),
    [
        ("principles", {}, {NOWHERE}),
        ("cited-documents", {}, {None}),
        ("citing-documents", {"cited": "国"}, {NOWHERE}),
        ("similar-tasks", {}, {NOWHERE}),
        ("same-work", {}, {NOWHERE, LAW}),  # a Work is whole
        ("workload-by-year", {"agency": "司法部"}, {None}),
        ("workload-by-month", {"agency": "司法部"}, {None}),
    ],
)
def test_only_what_stands_in_them(store: Store, name: str, given: dict[str, str], documents: set[str | None]) -> None:
    """LAW, of which nobody knows who issued it, states, cites and asks what a document of a national body does."""
    f = facts()
    f.relationship("ISSUED", ("Agency", "-:司法部"), ("Document", NOWHERE))
    f.node("Document", LAW, title="办法", loaded=True, year=2021, issued_on="2021-01-01")
    f.node("Task", f"{LAW}:1", title="普法", order=1, number="1.", kind="task", text="普法。", words="普法", start=0, end=3)
    f.relationship("HAS_TASK", ("Document", LAW), ("Task", f"{LAW}:1"))
    f.node("Principle", "坚持协作", text="坚持协作")
    f.relationship("SIMILAR_TO", ("Task", f"{LAW}:1"), ("Task", f"{NOWHERE}:1.1"), {"score": 80, "same": True})
    for document in (LAW, NOWHERE):
        f.relationship("CITES", ("Document", document), ("Document", STUB), span("县司法局") | {"title": "国务院办公厅通知"})
        f.relationship("STATES", ("Document", document), ("Principle", "坚持协作"), span("县司法局"))
    held = load(store, f)
    every, national = (rows_of(held, name, given | level) for level in ({}, {"level": "nation"}))
    assert national <= every
    assert national == {(document, None) for document in documents}


def rows_of(store: Store, name: str, given: dict[str, str]) -> set[tuple[str | None, str | None]]:
    """The document of each row, and its place."""
    return {(row.get("document_id"), row.get("place_code")) for row in QUERIES[name].run(store, given).rows}


@pytest.mark.parametrize("name", ["progress-by-agency", "no-report-since", "joint-leads", "progress-by-document"])
def test_none_is_no_error(store: Store, name: str) -> None:
    query, base = QUERIES[name], load(store, facts())
    given = {"level": "nation"} | ({"since": "2022-01-01"} if name == "no-report-since" else {})
    bound = query.bind(base, given)
    assert query.fetch(base, bound).rows == []
    assert of_answer(base, query, bound, []) == Reviewed(0, 0)


def test_which_queries_take_it() -> None:
    assert len(FILTERED) == 17
