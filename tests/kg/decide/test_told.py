"""The facts of a document as people read them in a list, and what a decision does to a unit's workload."""

from __future__ import annotations

from dataclasses import replace

from kg.decide.told import Told, Workload, changes, facts, signed, workloads
from kg.model import Document
from tests.kg.decide.small_corrections import DOC, SECOND
from tests.samples import CHANGZHI, Cited, Doc, Unit, as_bytes, extract

SMALL = Doc(
    "节水要点",
    tasks=((Unit("水利局"), Unit("各县区", "PARTICIPATES", "narrative")),),
    cites=(Cited("节水条例", "国令〔2024〕776号"), Cited(None, "水节约〔2023〕1号")),
    issuers=("政府",),
    principles=("坚持节水优先",),
    due=2026,
)
TASK = f"{SMALL.id}:1"


def document(doc: Doc = SMALL) -> tuple[Document, str]:
    """It with the text of its file."""
    extraction = extract(as_bytes(doc), "")
    return extraction.documents[0], extraction.source.text


def test_each_fact_is_told_in_a_line() -> None:
    small, _ = document()
    (task,) = small.tasks
    assert [fact.line(SMALL.id) for fact in facts(small)] == [
        f"长治市水利局 LEADS (clause) in {TASK}",
        f"长治市各县区 PARTICIPATES (narrative) in {TASK}",
        f"2026年底前: by 2026-12-31 in {TASK}",
        f"task 1. 办好第1件事 [{task.span.start}:{task.span.end}] {TASK}",
        f"task 1. 办好第1件事 is a task {TASK}",
        f"长治市政府 issued {SMALL.id}",
        f"principle 坚持节水优先 in {SMALL.id}",
        f"节水条例 国令〔2024〕776号 cited in {SMALL.id}",
        f"水节约〔2023〕1号 cited in {SMALL.id}",
    ]


def test_a_time_limit_is_told_by_its_days_its_rhythm_or_its_length() -> None:
    small, _ = document()
    (day,) = small.deadlines
    times = (
        day._replace(kind="period", start="2026-01-01"),
        day._replace(kind="recurring", due=None, every="month", task=None),
        day._replace(kind="within", due=None, within="P5D"),
        day._replace(kind="within", due=None),
    )
    assert [fact.line(SMALL.id).removeprefix("2026年底前: ") for fact in facts(replace(small, deadlines=times))][2:6] == [
        f"period 2026-01-01 to 2026-12-31 in {TASK}",
        f"recurring month in {SMALL.id}",
        f"within P5D in {TASK}",
        f"within no date in {TASK}",
    ]


def test_what_a_unit_must_not_do_is_another_fact_than_what_it_must() -> None:
    small, _ = document()
    first, other = small.assignments
    forbidden = replace(small, assignments=(first._replace(modality="must not"), other))
    assert changes(small, forbidden) == [
        ("-", Told("unit", TASK, "长治市水利局", "LEADS clause")),
        ("+", Told("unit", TASK, "长治市水利局", "LEADS clause must not")),
    ]
    assert changes(small, small) == []


def test_who_signs_facts_signs_a_tasks_words_and_not_where_they_stand() -> None:
    small, text = document()
    lines = signed(small, text)
    assert [line.split("\t") for line in lines if not line.startswith("task")] == [
        ["unit", "1", "长治市水利局", "LEADS clause"],
        ["unit", "1", "长治市各县区", "PARTICIPATES narrative"],
        ["deadline", "1", "2026年底前", "by 2026-12-31"],
        ["issuer", "", "长治市政府"],
        ["principle", "", "坚持节水优先"],
        ["citation", "", "节水条例", "国令〔2024〕776号"],
        ["citation", "", "水节约〔2023〕1号"],
    ]
    (task,) = small.tasks
    later = replace(small, tasks=(task._replace(span=task.span._replace(start=task.span.start + 1, end=task.span.end + 1)),))
    assert signed(later, f"\n{text}") == lines
    assert signed(later, text) != lines
    twice = replace(small, assignments=small.assignments * 2)
    assert signed(twice, text) == lines
    safeguard = replace(small, tasks=(task._replace(kind="safeguard"),))
    assert set(lines) - set(signed(safeguard, text)) == {"task_kind\t1\t1. 办好第1件事\ttask"}


def test_a_workload_counts_the_tasks_of_clauses_that_a_unit_leads_or_else_joins() -> None:
    before, _ = document(DOC)
    justice = f"{CHANGZHI}:司法局"
    first, *others = before.assignments
    also = first._replace(role="PARTICIPATES")  # who leads a task does not join it too
    assert workloads([(before, replace(before, assignments=(first, also, *others)))]) == []
    told_only = replace(before, assignments=(first._replace(basis="narrative"), *others))
    assert workloads([(before, told_only)]) == [Workload("长治市司法局", justice, (1, 0), (1, 1))]
    led = tuple(a._replace(role="LEADS") if (a.agency.id, a.task) == (justice, SECOND) else a for a in before.assignments)
    twice = [(before, replace(before, assignments=led))] * 2
    assert workloads(twice) == [Workload("长治市司法局", justice, (2, 4), (2, 0))]
