"""What people decide of a document is applied at once, and outlives what is read: reloading, a changed file, new rules, another
engine, a kill, and another person who decides at the same time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from kg.ask.reviewed import Reviewed, of_answer, reviewed
from kg.decide.entries import Entry
from kg.decide.file import make, read
from kg.engine.store import Store
from kg.errors import Conflict, NotFound
from kg.graph.decisions import Decisions
from kg.library import Library
from tests.kg.decide.small_corrections import named
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Cited, Doc, Unit, extract, write

TASKS = ((Unit("水利局"), Unit("财政局", "PARTICIPATES")), (Unit("教育局"),))
DOC = Doc(
    *("节水要点", "长政办发〔2023〕6号"),
    tasks=TASKS,
    issuers=("政府",),
    due=2023,
    principles=("坚持节水优先", "坚持两手发力"),
    cites=(Cited("节水条例"), Cited("取水办法", "国发〔2020〕3号")),
)
FIRST = f"{DOC.id}:1"
UNITS = (
    "MATCH (t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) "
    "RETURN t.number AS task, type(r) AS role, a.name AS agency, r.corrected AS corrected, r.confirmed AS confirmed "
    "ORDER BY task, r.start, agency"
)


def on(store: Store, folder: Path, rules: str = "rules 1") -> Library:
    file = folder / "corrections.yaml"
    return Library(lambda: store, folder / "sources", extract, lambda: rules, lambda: read(file, named))


def said(change: str, quote: str, **more: Any) -> Entry:
    key = {"document": DOC.id, "quote": quote, "reason": "核对", "date": "2026-01-05", "by": "王"}
    return make(change=change, **key | more)


def units(store: Store) -> list[tuple[str, str, str]]:
    return [(row["task"], row["role"], row["agency"]) for row in store.read(UNITS).rows]


def changed(store: Store) -> list[str]:
    return list(store.read("MATCH (d:Document {loaded: true}) RETURN d.review_changes AS lines").rows[0]["lines"])


GROUNDS = (
    "MATCH (d:Document)-[:STATES]->(p:Principle) RETURN p.text AS words, p.corrected AS corrected, p.confirmed AS confirmed "
    "UNION MATCH (:Document)-[c:CITES]->(d:Document) "
    "RETURN coalesce(d.doc_number, d.title) AS words, c.corrected AS corrected, c.confirmed AS confirmed"
)


def grounds(store: Store) -> dict[str, str]:
    """What a document rests on, and the fate of each."""
    rows = store.read(GROUNDS).rows
    return {row["words"]: "corrected" if row["corrected"] else "confirmed" if row["confirmed"] else "" for row in rows}


MADE = f"{DOC.id}:编制要点"
DECIDED = [
    ("", "LEADS", "长治市体育局"),
    ("1.", "LEADS", "长治市水利局"),
    ("1.", "LEADS", "长治市财政局"),
    ("2.", "LEADS", "长治市体育局"),
]


def test_decisions_and_a_signature_outlive_what_is_read(store: Store, tmp_path: Path) -> None:
    doc = replace(DOC, tasks=(*TASKS, (Unit("民政局"),)))
    file = write(tmp_path / "a.json", doc)
    base = on(store, tmp_path)
    base.load(file)
    assert base.decisions.of(DOC.id).review == "unchecked"
    report = base.progress.report(f"{DOC.id}:3", state="in progress")
    struck = base.decisions.keep(said("task", "办好第3件事", kind="none"))
    assert ["办好第3件事" in lost.what for lost in base.findings(frozenset({"report"}))] == [True]
    assert [f"{sign}{fact.name}" for sign, fact in struck.changes[DOC.id]] == [
        "-长治市民政局",
        "-2023年底前",
        "-3. 办好第3件事",
    ]
    confirmed = base.decisions.keep(said("confirm", "水利局", role="LEADS"))
    assert (confirmed.changes, confirmed.workloads) == ({DOC.id: []}, [])
    base.decisions.keep(said("role", "财政局", role="LEADS"))
    kept = base.decisions.keep(said("unit", "教育局", agency="体育局"))
    assert [f"{sign}{fact.name}" for sign, fact in kept.changes[DOC.id]] == ["-长治市教育局", "+长治市体育局"]
    base.decisions.keep(said("confirm", "坚持节水优先"))
    base.decisions.keep(said("principle", "坚持两手发力", kind="none"))
    base.decisions.keep(said("citation", "《节水条例》", title="节约用水条例"))
    kept = base.decisions.keep(said("new-task", "节水要点", title="编制要点"))
    assert [(fact.task, fact.name) for _, fact in kept.changes[DOC.id]] == [(MADE, "编制要点")]
    base.decisions.keep(said("add", "节水要点", role="LEADS", agency="体育局", task=MADE))
    base.decisions.keep(said("confirm", "《取水办法》国发〔2020〕3号"))
    rests = {"坚持节水优先": "confirmed", "节约用水条例": "corrected", "国发〔2020〕3号": "confirmed"}
    assert grounds(store) == rests
    assert units(store) == DECIDED
    assert [row["confirmed"] for row in store.read(UNITS).rows] == [None, "核对 (2026-01-05, 王)", None, None]

    signed = base.decisions.review(DOC.id, "checked", by="王")
    assert (signed.review, signed.reviewed_by, [d.problem for d in signed.decisions]) == ("checked", "王", [None] * 10)
    queries = QUERIES
    asked: list[tuple[str, dict[str, object]]] = [
        ("ledger", {}),
        ("workload-ranking", {}),
        ("progress-by-agency", {"place": "140400"}),
        ("workload-matrix", {"document": DOC.id, "place": "140400"}),
    ]
    asked += [("workload-ranking", {"year": 1999}), ("document-facts", {"document": DOC.id})]
    shares = [reviewed(store, queries[name], queries[name].bind(store, given), {DOC.id}) for name, given in asked]
    assert shares == [*[Reviewed(1, 1)] * 4, Reviewed(0, 0), None]
    bound = queries["ledger"].bind(store, {})
    rows = queries["ledger"].fetch(store, bound).rows
    with patch.object(Store, "read", side_effect=AssertionError("the rows say it")):
        assert of_answer(store, queries["ledger"], bound, rows) == Reviewed(1, 1)
    assert base.load(file)[0].outcome == "unchanged"
    base.rebuild()
    assert (units(store), base.decisions.of(DOC.number or "")) == (DECIDED, signed)

    write(file, replace(doc, tasks=(*doc.tasks, (Unit("审计局"),))))  # new bytes
    base.load(file)
    desk = base.decisions.of(DOC.id)
    assert (desk.review, desk.reviewed_by) == ("checking", "王")
    assert [line.split("\t")[:4] for line in desk.review_changes if "task" not in line] == [
        ["+", "unit", "4", "长治市审计局"],
        ["+", "deadline", "4", "2023年底前"],
    ]
    write(file, doc)
    base.load(file)
    assert base.decisions.of(DOC.id).review == "checked"

    emptied(store)  # as another engine: its graph is empty, the files are there
    again = on(store, tmp_path)
    again.load(file)
    assert (units(store), grounds(store), again.decisions.of(DOC.id).review) == (DECIDED, rests, "checked")
    again.decisions.undo(struck.entry.id)
    assert [row for row in units(store) if row not in DECIDED] == [("3.", "LEADS", "长治市民政局")]
    joined = store.read("MATCH (r:Report {until: '~'})-[:ON]->(t:Task) RETURN r.id AS report, t.number AS task").rows
    assert [tuple(row.values()) for row in joined] == [(report.id, "3.")]


@pytest.fixture
def base(embedded_store: Store, tmp_path: Path) -> Library:
    base = on(emptied(embedded_store), tmp_path)
    base.load(write(tmp_path / "a.json", DOC))
    return base


def test_a_confirmed_part_stays_where_new_rules_lose_it(base: Library, tmp_path: Path) -> None:
    base.decisions.keep(said("confirm", "财政局", role="PARTICIPATES"))
    base.decisions.review(DOC.id, "checked", by="王")

    def forgetful(data: bytes, name: str) -> Any:
        found = extract(data, name)
        (document,) = found.documents
        left = tuple(a for a in document.assignments if a.surface not in ("财政局", "教育局"))
        return replace(found, documents=(replace(document, assignments=left),))

    file = tmp_path / "corrections.yaml"
    newer = Library(lambda: base.store, tmp_path / "sources", forgetful, lambda: "rules 2", lambda: read(file, named))
    newer.rebuild()
    assert ("1.", "PARTICIPATES", "长治市财政局") in units(base.store)
    desk = newer.decisions.of(DOC.id)
    assert (desk.review, desk.review_changes) == ("checking", ["-\tunit\t2\t长治市教育局\tLEADS clause"])


def test_decisions_are_taken_back_one_after_the_other(base: Library) -> None:
    before = units(base.store)
    steps = [
        said("delete", "财政局"),
        said("deadline", "2023年底前", task="1.", kind="none"),
        said("add", "第2件事", role="LEADS"),
    ]
    for step in steps:
        base.decisions.keep(step)
    left = base.store.read("MATCH (d:Document {loaded: true}) RETURN d.residue AS residue, d.decided AS decided").rows[0]
    assert [line.split(" ")[0] + line.rpartition(" ")[2] for line in left["residue"]] == ["time2023年底前", "mention财政局"]
    assert all(line.endswith("核对 (2026-01-05, 王)") for line in left["decided"])
    desk = base.decisions.of(DOC.id)
    for decision in reversed(desk.decisions):
        base.decisions.undo(decision.entry.id)
    assert (units(base.store), base.decisions.of(DOC.id).decisions) == (before, [])
    assert base.decisions.of(DOC.id).review == "unchecked"
    with pytest.raises(NotFound, match="there is no decision"):
        base.decisions.undo(steps[0].id)


def test_a_merge_is_applied_to_all_documents_and_taken_back(base: Library, tmp_path: Path) -> None:
    base.load(write(tmp_path / "b.json", Doc("另一份通知", tasks=((Unit("财政局"),),))))
    merge = make(change="merge", place="140400", surface="财政局", into="教育局", reason="一个单位", date="2026-01-05")
    assert len(base.decisions.keep(merge).changes) == 2
    assert {agency for *_, agency in units(base.store)} == {"长治市水利局", "长治市教育局"}
    assert [d.entry for d in base.decisions.of("另一份通知").decisions] == [merge]
    with pytest.raises(Conflict, match="decided already"):
        base.decisions.keep(make(**merge.model_dump() | {"into": "审计局"}))
    onward = make(**merge.model_dump() | {"surface": "教育局", "into": "审计局"})
    assert len(base.decisions.keep(onward).changes) == 2  # one says 财政局 alone
    base.decisions.undo(onward.id)
    base.decisions.undo(merge.id)
    assert ("1.", "LEADS", "长治市财政局") in units(base.store)


def test_of_two_people_the_second_is_told(base: Library) -> None:
    seen = base.decisions.of(DOC.id).revision
    base.decisions.keep(said("role", "水利局", role="PARTICIPATES"), seen=seen)
    for late in (
        lambda: base.decisions.keep(said("delete", "水利局"), seen=seen),
        lambda: base.decisions.review(DOC.id, "checked", seen=seen),
        lambda: base.decisions.undo(base.decisions.of(DOC.id).decisions[0].entry.id, seen=seen),
    ):
        with pytest.raises(Conflict, match="has changed since you looked at it"):
            late()
    desk = base.decisions.of(DOC.id)
    assert ([d.entry.change for d in desk.decisions], desk.review) == (["role"], "checking")
    base.decisions.keep(said("delete", "水利局"), seen=desk.revision)


def test_a_kill_in_the_middle_loses_nothing(base: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision that stands in the file and is not applied comes when the base is opened; one that does not was never kept."""
    with monkeypatch.context() as killed:
        killed.setattr(Decisions, "_take_again", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            base.decisions.keep(said("delete", "财政局"))
    assert len(units(base.store)) == 3
    unread = on(base.store, tmp_path)
    unread.extract = lambda data, name: extract(b"", name)
    unread.open()  # all the same: the decision waits until the file can be read
    assert len(units(base.store)) == 3
    again = on(base.store, tmp_path).open()
    assert len(units(again.store)) == 2
    assert [d.problem for d in again.decisions.of(DOC.id).decisions] == [None]

    with monkeypatch.context() as killed:
        killed.setattr("kg.graph.decisions.append", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            again.decisions.keep(said("delete", "水利局"))
    on(base.store, tmp_path).open()
    assert len(units(base.store)) == 2
    assert not (tmp_path / "decisions.pending").exists()
