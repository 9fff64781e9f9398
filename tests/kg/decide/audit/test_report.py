"""Reports that count for nothing, as their task does not name their unit. Others: tests/kg/graph/test_reports.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.engine.store import Store
from kg.library import Library
from tests.samples import QUERIES, Doc, Unit, library, write

DOC = Doc("节水要点", tasks=((Unit("水利局"), Unit("财政局")), (Unit("各县区"),), ()))


def _found(base: Library) -> list[tuple[str, str]]:
    return [(finding.what.partition(" ")[0], finding.why.partition(":")[0]) for finding in base.findings(frozenset({"report"}))]


def _parts(base: Library) -> list[bool]:
    progress = QUERIES["progress"]
    return [row["has_part"] for n in (1, 2, 3) for row in progress.run(base.store, {"task": f"{DOC.id}:{n}"}).rows]


def test_a_report_of_a_unit_that_its_task_does_not_name(store: Store, tmp_path: Path) -> None:
    """Once the document is read anew. A member of a collective has a part, and nobody in what names nobody."""
    file = write(tmp_path / "a.json", DOC)
    base = library(store, tmp_path / "sources")
    base.load(file)
    base.progress.report(f"{DOC.id}:1", "长治市水利局", state="in progress")
    kept = base.progress.report(f"{DOC.id}:1", "长治市水利局", state="done")
    base.progress.report(f"{DOC.id}:2", "长治市财政局", state="done")
    nobodys = base.progress.report(f"{DOC.id}:3", state="done")
    assert (_found(base), _parts(base)) == ([], [True] * 4)

    write(file, replace(DOC, tasks=((Unit("财政局"),), DOC.tasks[1], (Unit("水利局"),))))
    base.load(file)
    assert _parts(base) == [False, False, True, False]
    assert _found(base) == [
        ("长治市水利局", "the task does not name this unit"),
        (f"已完成（{nobodys.date}）：办好第3件事", "the task names units, and the report none"),
    ]
    (first, _) = base.findings(frozenset({"report"}))
    assert (first.do, first.document_id) == (f"kg report {kept.id} --withdraw", DOC.id)
    write(file, DOC)
    base.load(file)
    assert (_found(base), _parts(base)) == ([], [True] * 4)
