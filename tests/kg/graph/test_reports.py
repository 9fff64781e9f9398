"""Reports outlive what is read: reloading, a changed file, a corrected name, removal, another engine, a kill, a full disk."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import schema
from kg.decide.entries import Corrections
from kg.decide.file import make
from kg.decide.journal import Journal
from kg.decide.reports import Report
from kg.engine.store import Store
from kg.errors import BadParameter, DiskFull, NotFound
from kg.library import Library
from tests.kg.small_graph import emptied
from tests.samples import HENGYANG, QUERIES, Doc, Unit, agency, extract, library, write

DOC = Doc(
    "节水要点", "长政办发〔2023〕5号", tasks=((Unit("水利局"), Unit("财政局", "PARTICIPATES")), (Unit("各县区"),)), due=2023
)
TASK = f"{DOC.id}:1"
JOINED = (
    "MATCH (r:Report) OPTIONAL MATCH (r)-[:ON]->(t:Task) OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r) "
    "RETURN t.id AS task, a.id AS unit, r.state AS state, r.until = '~' AS latest ORDER BY r.order"
)


def joined(base: Library) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in base.store.read(JOINED).rows]


def test_a_report_follows_its_task(store: Store, tmp_path: Path) -> None:
    """Through a rebuild, a file that lacks it for a time, removal, and another engine."""
    file = write(tmp_path / "a.json", DOC)
    base = library(store, tmp_path / "sources")
    base.load(file)
    base.progress.report(TASK, "长治市水利局", state="in progress", text="管网改造过半", percent=55)
    base.progress.report(TASK, state="done", date=datetime.date(2023, 11, 6), evidence="验收单.pdf")
    (declared,) = (node.properties for node in schema.NODES if node.label == "Report")
    assert {*store.read("MATCH (r:Report) RETURN r LIMIT 1").rows[0]["r"]} - {"id"} <= declared.keys()
    held = [(TASK, "140400:水利局", "in progress", False), (TASK, "140400:水利局", "done", True)]
    assert joined(base) == held
    base.rebuild()
    assert joined(base) == held

    base.progress.report(f"{DOC.id}:2", "长治市水利局", state="on hold")  # one of 各县区, for all that is known
    write(file, replace(DOC, tasks=DOC.tasks[:1]))
    base.load(file)
    assert [row[0] for row in joined(base)] == [TASK, TASK, None]
    (lost,) = base.findings(frozenset({"report"}))
    assert "长治市水利局 暂缓" in lost.what
    write(file, DOC)
    base.load(file)
    held.append((f"{DOC.id}:2", "140400:水利局", "on hold", True))
    assert joined(base) == held
    assert base.findings(frozenset({"report"})) == []

    base.remove(DOC.id)
    on_nothing = [(None, None, state, False) for _, _, state, _ in held]  # none counts, whatever order it came in
    assert joined(base) == on_nothing
    base.load(file)
    assert joined(base) == held

    base.reset()
    assert joined(base) == on_nothing
    emptied(store)
    again = library(store, tmp_path / "sources")  # as another engine: its graph is empty, the journal is there
    assert [row[:2] for row in joined(again)] == [(None, None)] * 3
    again.load(file)
    assert joined(again) == held


def test_what_is_taken_back_counts_no_more(store: Store, tmp_path: Path) -> None:
    """The one before it does again, also after a rebuild; both stay."""
    base = library(store, tmp_path / "sources")
    base.load(write(tmp_path / "a.json", DOC))
    base.progress.report(TASK, state="in progress")
    wrong = base.progress.report(TASK, state="done")
    base.progress.withdraw(wrong.id, by="督查室")
    unit = "140400:水利局"
    held = [(TASK, unit, "in progress", True), (TASK, unit, "done", False), (TASK, unit, "done", False)]
    assert joined(base) == held
    base.rebuild()
    assert joined(base) == held
    history = QUERIES["progress"].run(store, {"task": TASK}).rows
    assert [(row["withdraws"], row["withdrawn"], row["reported_by"]) for row in history] == [
        *((wrong.id, False, "督查室"), (None, True, None), (None, False, None)),
    ]
    for gone in (wrong.id, history[0]["report_id"], "没有"):
        with pytest.raises(NotFound):
            base.progress.withdraw(gone)
    base.remove(DOC.id)
    assert [finding.what for finding in base.findings(frozenset({"report"}))] == [
        f"长治市水利局 进行中（{wrong.date}）：办好第1件事"
    ]


def test_a_report_follows_its_unit(store: Store, tmp_path: Path) -> None:
    """To the unit that a person merges it into, and back to one that another document names again."""
    merge = make(change="merge", place="140400", surface="水利局", into="水务局", reason="一个单位", date="2023-02-01")
    now = [Corrections()]
    base = Library(lambda: store, tmp_path / "sources", extract, lambda: "rules 1", lambda: now[0])
    base.load(write(tmp_path / "a.json", DOC))
    base.progress.report(TASK, "长治市水利局", state="in progress")
    now[0] = Corrections((merge,), lambda name, place, _: (agency(name, place), ()))
    base.rebuild()
    assert joined(base) == [(TASK, "140400:水务局", "in progress", True)]
    base.progress.report(TASK, "长治市水务局", state="done")
    assert [row[1:] for row in joined(base)] == [
        ("140400:水务局", "in progress", False),
        ("140400:水务局", "done", True),
    ]

    other = write(tmp_path / "b.json", Doc("另一份通知", tasks=((Unit("教育局"),),)))
    base.load(other)
    base.progress.report(f"{DOC.id}:2", "长治市教育局", state="in progress")
    base.remove("140400:另一份通知")
    assert joined(base)[2][:2] == (f"{DOC.id}:2", None)
    base.load(other)
    assert joined(base)[2][:2] == (f"{DOC.id}:2", "140400:教育局")


@pytest.fixture
def base(embedded_store: Store, tmp_path: Path) -> Library:
    found = library(emptied(embedded_store), tmp_path / "sources")
    found.load(write(tmp_path / "a.json", DOC))
    return found


@pytest.mark.parametrize(
    ("task", "unit", "said", "error"),
    [
        (TASK, "长治市审计局", {"state": "done"}, NotFound),
        (TASK, None, {"state": "finished"}, BadParameter),
        (TASK, None, {"state": "done", "percent": 101}, BadParameter),
        (TASK, None, {"state": "done", "date": datetime.date(2999, 1, 1)}, BadParameter),
        (f"{DOC.id}:9", None, {"state": "done"}, NotFound),
    ],
)
def test_what_is_no_report_is_refused(base: Library, task: str, unit: str | None, said: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        base.progress.report(task, unit, **said)
    assert joined(base) == []


@pytest.mark.parametrize(("task", "units"), [(TASK, ("长治市水利局", "长治市财政局")), (f"{DOC.id}:2", ("长治市各县区",))])
def test_a_unit_without_part_in_a_task_is_refused(base: Library, tmp_path: Path, task: str, units: tuple[str, ...]) -> None:
    """Neither named, nor in the collective that is: 各县区 of another city."""
    base.load(write(tmp_path / "b.json", Doc("另一份通知", None, HENGYANG, tasks=((Unit("教育局"),),))))
    with pytest.raises(BadParameter, match="衡阳市教育局 has no part in") as refused:
        base.progress.report(task, "衡阳市教育局", state="done")
    assert refused.value.candidates == units
    assert joined(base) == []


def test_a_kill_tears_no_report(base: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was kept and not yet written to the graph comes when the base is opened; half a line was never kept."""
    journal = tmp_path / "reports.jsonl"
    base.progress.report(TASK, state="in progress")
    with monkeypatch.context() as killed:
        killed.setattr(Store, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            base.progress.report(TASK, state="done")
    with journal.open("ab") as file:
        file.write(b'{"document": "')
    again = library(base.store, tmp_path / "sources")
    assert [row[2:] for row in joined(again)] == [("in progress", False), ("done", True)]
    again.progress.report(TASK, state="on hold")
    assert [report.state for report in Journal(journal, Report).read()] == ["in progress", "done", "on hold"]


def test_a_full_disk_keeps_what_was_kept(base: Library, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    journal = tmp_path / "reports.jsonl"
    base.progress.report(TASK, state="in progress")
    before = journal.read_bytes()
    limit, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limit[1]))
    try:
        with pytest.raises(DiskFull, match="make room"):
            Journal(journal, Report).append(Journal(journal, Report).read())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert journal.read_bytes() == before
