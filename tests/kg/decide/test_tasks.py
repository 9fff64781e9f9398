"""A task that the rules missed, or read as a part of another, made of its words, and one that is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.decide.apply import apply
from kg.decide.entries import Corrections, Entry
from kg.decide.told import changes
from kg.decide.wording import is_begun, opening
from kg.model import Document, Extraction, Residue, Span
from tests.kg.decide.small_corrections import DOC, FIRST, SECOND, entry, named
from tests.samples import as_bytes, extract

WORDS = "2.办好第2件事。2022年底前(责任单位:公安局司法局财政处)"
BEGINS = f"{SECOND} begins with these words: quote what comes behind them, or change that task"
NEW = f"{DOC.id}:办好第2件事"


def missed(*left: str) -> Extraction:
    """The sample file, in which the rules read no other tasks than these; whose time limits are then the document's."""
    extraction = extract(as_bytes(DOC), "a.json")
    (d,) = extraction.documents
    made = replace(
        d,
        tasks=tuple(t._replace(headings=("主要任务", t.number)) for t in d.tasks if t.id in left),
        assignments=tuple(a for a in d.assignments if a.task in left),
        deadlines=tuple(x if x.task in left else x._replace(task=None) for x in d.deadlines),
    )
    return replace(extraction, documents=(made,))


def decided(extraction: Extraction, *entries: Entry) -> tuple[Document, tuple[str, ...]]:
    done, problems = apply(extraction, Corrections(entries, named))
    return done.documents[0], problems


def new(**said: Any) -> Entry:
    return entry("new-task", **{"quote": "2.办好第2件事。", "last": "财政处)"} | said)


def test_words_become_a_task_with_its_number_its_title_and_its_time_limits() -> None:
    extraction = missed(FIRST)
    d, problems = decided(extraction, new())
    assert problems == ()
    first, task = d.tasks
    assert (task.id, task.number, task.title, task.kind) == (NEW, "2", "办好第2件事", "task")
    assert task.span.of(extraction.source.text) == WORDS
    assert (first.id, task.headings, task.corrected) == (FIRST, ("主要任务", "1."), "读错了 (2026-01-05)")
    assert [x.task for x in d.deadlines] == [FIRST, NEW]


def test_the_words_are_the_quote_where_no_last_ones_are_given_and_name_and_number_may_be() -> None:
    d, problems = decided(missed(SECOND), new(quote="1.办好 第1件事。", last=None, title="一: 件", number="（一）"))
    assert problems == ()
    task, _ = d.tasks
    assert (task.id, task.number, task.title) == (f"{DOC.id}:一：件", "（一）", "一: 件")
    assert [x.task for x in d.deadlines] == [None, SECOND]  # it stands behind these words


def test_words_up_to_the_end_of_a_task_are_cut_off_with_the_facts_that_stand_in_them() -> None:
    around = missed(FIRST, SECOND)
    (d,) = around.documents
    (first, second), text = d.tasks, around.source.text
    extraction = replace(
        around,
        documents=(
            replace(
                d,
                tasks=(first, second._replace(kind="step", title=WORDS[2:])),
            ),
        ),
    )
    cut = entry("new-task", quote="2022年底前(责任单位:公安局", task="2.", last="财政处)", title="公安")
    confirmed = entry("confirm", quote="公安局", role="LEADS")
    made, problems = decided(extraction, confirmed, cut)
    assert problems == ()
    assert [(t.id, t.span.of(text), t.kind, t.title) for t in made.tasks[1:]] == [
        (SECOND, "2.办好第2件事。", "step", "办好第2件事"),
        (f"{DOC.id}:公安", WORDS.removeprefix("2.办好第2件事。"), "step", "公安"),
    ]
    assert made.tasks[2].headings == second.headings
    assert [(a.surface, a.task, bool(a.confirmed)) for a in made.assignments[3:]] == [
        ("公安局", f"{DOC.id}:公安", True),
        ("司法局", f"{DOC.id}:公安", False),
        ("财政处", f"{DOC.id}:公安", False),
    ]
    assert [x.task for x in made.deadlines] == [FIRST, f"{DOC.id}:公安"]
    made, _ = decided(extraction, entry("new-task", quote="司法局财政处", kind="safeguard"))
    assert [t.kind for t in made.tasks] == ["task", "step", "safeguard"]
    assert [a.task == SECOND for a in made.assignments] == [False] * 3 + [True, False, False]
    assert [x.task for x in made.deadlines] == [FIRST, SECOND]


def test_what_both_tasks_beside_it_stand_under_it_stands_under_too() -> None:
    around = missed(FIRST, SECOND)
    (d,) = around.documents
    cut = [t._replace(span=t.span._replace(end=t.span.end - 4)) for t in d.tasks]
    extraction = replace(around, documents=(replace(d, tasks=tuple(cut)),))
    made, problems = decided(extraction, entry("new-task", quote="县区)"))
    assert problems == ()
    assert [t.headings for t in made.tasks] == [("主要任务", "1."), ("主要任务",), ("主要任务", "2.")]
    assert decided(missed(), new())[0].tasks[0].headings == ()


def test_units_and_time_limits_are_added_to_it_as_to_any() -> None:
    unit = entry("add", quote="公安局", role="LEADS")
    time = entry("deadline", quote="第2件事", kind="recurring", every="month")
    d, problems = decided(missed(FIRST), new(), unit, time)
    assert problems == ()
    assert [(a.task, a.role, a.agency.name) for a in d.assignments][-1] == (NEW, "LEADS", "长治市公安局")
    assert [x.task for x in d.deadlines] == [FIRST, NEW, NEW]
    _, (late, _) = decided(missed(FIRST), unit, entry("delete", quote="公安局", role="LEADS"))
    assert late.endswith("these words stand in no task: say which with task")


@pytest.mark.parametrize(
    ("left", "said", "why"),
    [
        ((FIRST, SECOND), {}, "the rules read it so already"),
        ((FIRST, SECOND), {"last": None}, BEGINS),
        ((SECOND,), {"quote": "办好第2件事", "last": "年底前"}, BEGINS),
        (
            (SECOND,),
            {"quote": "公安局", "last": "司法局"},
            f"words of {SECOND} stand behind these: say its last with last",
        ),
        ((FIRST,), {"quote": "各县区)"}, f"these words belong to {FIRST} in part: change its bounds first"),
        ((FIRST, SECOND), {"quote": "各县区)"}, f"these words belong to {FIRST}, {SECOND} in part: change its bounds first"),
        ((FIRST,), {"last": "办好"}, "办好 does not stand behind them"),
        ((FIRST,), {"quote": "3.办好"}, "these words stand 0 times in the document"),
        ((FIRST,), {"title": "1"}, f"{FIRST} is another task: give this one another title"),
    ],
)
def test_what_is_no_task_more_is_refused(left: tuple[str, ...], said: dict[str, Any], why: str) -> None:
    extraction = missed(*left)
    d, (problem,) = decided(extraction, new(**said))
    assert problem.endswith(why)
    assert d.tasks == extraction.documents[0].tasks


def test_a_task_is_of_another_kind_and_keeps_all_else() -> None:
    extraction = extract(as_bytes(DOC), "a.json")
    (before,) = extraction.documents
    after, problems = decided(extraction, entry("task", quote="办好第1件事", kind="safeguard"))
    assert problems == ()
    first, second = after.tasks
    assert (first.kind, first.corrected, first._replace(kind="task", corrected=None), second) == (
        "safeguard", "读错了 (2026-01-05)", *before.tasks,
    )  # fmt: skip
    assert (after.assignments, after.deadlines, after.residue) == (before.assignments, before.deadlines, before.residue)
    told = [(change.sign, change.fact.kind, change.fact.value) for change in changes(before, after)]
    assert told == [("-", "task_kind", "task"), ("+", "task_kind", "safeguard")]
    struck, _ = decided(extraction, entry("task", quote="办好第1件事", kind="none"))
    assert "task_kind" not in {change.fact.kind for change in changes(before, struck)}


def test_what_is_no_task_goes_with_its_units_and_time_limits_and_its_words_are_struck() -> None:
    extraction = extract(as_bytes(DOC), "a.json")
    text, (d,) = extraction.source.text, extraction.documents
    inside, outside = (t.span for t in d.tasks)
    odd = tuple(Residue("mention", Span(s.start, s.start + 2), text[s.start : s.start + 2], None) for s in (inside, outside))
    shared = next(a for a in d.assignments if a.task == FIRST)._replace(task=SECOND)
    made = replace(d, residue=odd, assignments=(*d.assignments, shared))
    left, problems = decided(replace(extraction, documents=(made,)), entry("task", quote="办好第1件事", kind="none"))
    assert problems == ()
    assert [t.id for t in left.tasks] == [SECOND]
    assert {a.task for a in left.assignments} == {x.task for x in left.deadlines} == {SECOND}
    why = "读错了 (2026-01-05)"
    assert [(r.kind, r.surface, r.reason, r.decided) for r in left.residue] == [
        ("mention", "1.", "struck", why),
        ("time", "2022年底前", "struck", why),
        ("mention", "财政局", "struck", why),  # 司法局 gives another fact still
        ("mention", "各县区", "struck", why),
        ("mention", "2.", None, None),
    ]
    again, problems = decided(
        replace(extraction, documents=(made,)),
        entry("task", quote="办好第1件事", kind="none"),
        entry("add", quote="财政局", role="LEADS", task="2."),
    )
    assert problems == ()
    assert "财政局" not in [r.surface for r in again.residue]


@pytest.mark.parametrize(
    ("words", "number", "title"),
    [
        ("（四）整治背街小巷。6月底前完成。", "四", "整治背街小巷"),
        ("12.3．整治：背街", "12.3", "整治"),
        ("1.5亿元投入", "", "1.5亿元投入"),
        ("12.3、整治（牵头单位：市城管局）", "12.3", "整治"),
        ("整治（含小巷）\n背街", "", "整治（含小巷）"),
        ("。；整治", "", "整治"),
        ("5.", "5", "5."),
        ("一、二、三产业融合", "", "一、二、三产业融合"),
        ("整" * 70, "", "整" * 60),
    ],
)
def test_a_task_is_called_by_what_it_begins_with(words: str, number: str, title: str) -> None:
    assert opening(words) == (number, title)


@pytest.mark.parametrize("number", ["第二条　", "①", "1)", "一是", "（四）", " "])
def test_behind_its_number_a_task_only_begins(number: str) -> None:
    words = f"{number}整治背街。整治背街小巷"
    assert not is_begun(number, "整治背街", words)
    assert is_begun(f"{number}整治背街。", "整治背街", words)
