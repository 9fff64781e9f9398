"""Where the words of an entry stand: in which task and clause, beside what, and which of several are meant."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any, get_args

import pytest

from kg.decide.apply import apply
from kg.decide.entries import Corrections, Entry
from kg.decide.reviews import Review, reviewed
from kg.decide.told import FactKind, changes, signed
from kg.model import Extraction, Residue, Reviewed, Span
from tests.kg.decide.small_corrections import DOC, FIRST, SECOND, corrected, entry, named
from tests.samples import Cited, Unit, as_bytes, extract


def with_document(**said: Any) -> Extraction:
    """The sample file, whose document is as said."""
    extraction = extract(as_bytes(DOC), "a.json")
    return replace(extraction, documents=(replace(extraction.documents[0], **said),))


GROUNDS = replace(
    DOC,
    principles=("坚持统筹兼顾久久为功",),
    cites=(Cited("营商环境条例"), Cited("营商环境条例"), Cited("普法规划", "国发〔2021〕9号")),
)
LAW, PLAN = "《营商环境条例》", "《普法规划》国发〔2021〕9号"


@pytest.mark.parametrize(
    ("change", "said", "expected"),
    [
        ("principle", {"quote": "坚持统筹兼顾久久为功", "kind": "none"}, ["- principle 坚持统筹兼顾久久为功"]),
        (
            "principle",
            {"quote": "统筹兼顾", "words": "坚持统筹兼顾"},
            ["- principle 坚持统筹兼顾久久为功", "+ principle 坚持统筹兼顾"],
        ),
        ("principle", {"quote": "办好第1件事"}, ["+ principle 办好第1件事"]),
        ("citation", {"quote": LAW, "kind": "none"}, ["- 营商环境条例 cited"]),  # each mention
        ("citation", {"quote": LAW, "doc_number": "国令[2019]722号"}, ["- 营商环境条例 cited", "+ 国令〔2019〕722号 cited"]),
        ("citation", {"quote": "第1件事"}, ["+ 第1件事 cited"]),
        ("citation", {"quote": PLAN, "title": "规划"}, ["- 普法规划 国发〔2021〕9号 cited", "+ 规划 cited"]),
    ],
)
def test_what_a_document_rests_on_is_struck_changed_and_added(change: str, said: dict[str, Any], expected: list[str]) -> None:
    (before,) = extract(as_bytes(GROUNDS), "").documents
    extraction, problems = corrected(entry(change, **said), docs=(GROUNDS,))
    (after,) = extraction.documents
    assert problems == ()
    assert [f"{sign} {fact.line(DOC.id)}".removesuffix(f" in {DOC.id}") for sign, fact in changes(before, after)] == expected
    assert len(after.residue) == sum("kind" in said for _ in expected) * (2 if said["quote"] == LAW else 1)
    assert signed(before, extraction.source.text) != signed(after, extraction.source.text)


@pytest.mark.parametrize(
    ("change", "said", "why"),
    [
        ("principle", {"quote": "办好第1件事", "kind": "none"}, "no principle is read from these words"),
        ("principle", {"quote": "坚持统筹兼顾久久为功"}, "the rules read it so already"),
        ("citation", {"quote": "第1件事", "kind": "none"}, "nothing that is cited is read from these words"),
        ("citation", {"quote": LAW}, "the rules read it so already"),
        ("citation", {"quote": LAW + LAW, "kind": "none"}, "these words reach over 2 citations"),
    ],
)
def test_what_a_document_does_not_rest_on(change: str, said: dict[str, Any], why: str) -> None:
    _, (problem,) = corrected(entry(change, **said), docs=(GROUNDS,))
    assert problem.endswith(why)


def test_a_principle_and_every_mention_of_what_is_cited_are_confirmed() -> None:
    extraction, problems = corrected(*(entry("confirm", quote=q) for q in (*GROUNDS.principles, LAW)), docs=(GROUNDS,))
    (document,) = extraction.documents
    assert problems == ()
    assert [bool(p.confirmed) for p in document.principles] == [True]
    assert [bool(c.confirmed) for c in document.citations] == [True, True, False]


def test_a_time_limit_is_confirmed_on_its_task() -> None:
    extraction, problems = corrected(entry("confirm", quote="2022年底前", task=FIRST))
    assert problems == ()
    assert [(t.task, bool(t.confirmed)) for t in extraction.documents[0].deadlines] == [(FIRST, True), (SECOND, False)]


def test_a_signature_of_before_is_of_the_kinds_of_facts_that_it_names() -> None:
    (document,) = extract(as_bytes(GROUNDS), "").documents
    facts = signed(document, extract(as_bytes(GROUNDS), "").source.text)
    at = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    named = tuple(fact for fact in facts if not fact.startswith(("task_kind", "principle", "citation")))
    before = Review(document=DOC.id, state="checked", at=at, facts=named)
    assert reviewed(before, facts, decided=False).changed == ()
    assert len(reviewed(before.model_copy(update={"kinds": ("principle", "unit")}), facts, decided=False).changed) > 1


def test_words_that_stand_nowhere_need_no_hint_where_they_stand() -> None:
    _, (problem,) = corrected(entry("add", quote="教育局", role="LEADS"))
    assert problem.endswith("these words stand 0 times in the document")


def test_a_number_is_changed_where_one_is_given() -> None:
    for said, number in (({"number": "一、"}, "一、"), ({"title": "一件事"}, "1.")):
        extraction, _ = corrected(entry("task", quote="办好第1件事", **said))
        assert extraction.documents[0].tasks[0].number == number


def test_a_task_that_only_touches_its_neighbours_cuts_into_none() -> None:
    first, second = extract(as_bytes(DOC), "").documents[0].tasks
    touching = first._replace(span=Span(first.span.start, second.span.start))
    for said in ({"quote": "办好第1件事", "first": "办好第1件事"}, {"quote": "办好第2件事", "last": "公安局"}):
        extraction, problems = apply(with_document(tasks=(touching, second)), Corrections((entry("task", **said),), named))
        assert problems == ()
        assert [bool(task.corrected) for task in extraction.documents[0].tasks] == [
            said["quote"] in t.title for t in (first, second)
        ]


def test_which_of_several_is_counted_in_the_order_of_the_text() -> None:
    read = extract(as_bytes(DOC), "").documents[0].assignments
    delete = entry("delete", quote="司法局", nth=1)
    extraction, _ = apply(with_document(assignments=read[::-1]), Corrections((delete,), named))
    assert [a.task for a in extraction.documents[0].assignments if a.surface == "司法局"] == [SECOND]


def test_an_added_unit_stands_in_the_innermost_task_and_in_the_clause_around_its_words() -> None:
    first, second = extract(as_bytes(DOC), "").documents[0].tasks
    around = first._replace(span=Span(first.span.start, second.span.end))
    entries = entry("add", quote="第2件事", role="LEADS"), entry("add", quote="公安局", role="PARTICIPATES")
    extraction, problems = apply(with_document(tasks=(around, second)), Corrections(entries, named))
    assert problems == ()
    new = [a for a in extraction.documents[0].assignments if a.corrected]
    assert [a.task for a in new] == [SECOND, SECOND]
    assert [a.clause and a.clause.of(extraction.source.text) for a in new] == [None, "(责任单位:公安局司法局财政处)"]


def test_deadlines_of_the_document_itself_are_told_apart_by_their_order() -> None:
    deadlines = tuple(d._replace(task=None) for d in extract(as_bytes(DOC), "").documents[0].deadlines)
    unsaid = entry("deadline", quote="2022年底前", kind="none")
    _, problems = apply(with_document(deadlines=deadlines), Corrections((unsaid,), named))
    assert problems == (f"{unsaid.label}: it matches 2 times (the document): say which with task or nth",)


def test_a_task_without_these_words_does_not_tell_which_of_several_is_meant() -> None:
    doc = replace(DOC, tasks=(*DOC.tasks, (Unit("教育局"),)))
    strayed = entry("delete", quote="司法局", task="3.")
    _, problems = corrected(strayed, docs=(doc,))
    why = f"task 3. does not say so, and it matches 2 times ({FIRST}, {SECOND}): say which with task or nth"
    assert problems == (f"{strayed.label}: {why}",)


TEXT = extract(as_bytes(DOC), "").source.text


def left(words: str, reason: str | None = None) -> list[Residue]:
    """These words, wherever they stand, as what gave no fact."""
    starts = [n for n in range(len(TEXT)) if TEXT.startswith(words, n)]
    return [Residue("verb", Span(n, n + len(words)), words, reason) for n in starts]


def test_words_that_nothing_explains_are_set_aside() -> None:
    document = with_document(residue=(*left("1件事"), *left("工作要点", "title")))
    aside = entry("aside", quote="1 件事")
    extraction, problems = apply(document, Corrections((aside,), named))
    assert problems == ()
    assert [(r.surface, r.reason, r.decided) for r in extraction.documents[0].residue] == [
        ("1件事", "set-aside", aside.why),
        ("工作要点", "title", None),
    ]


def test_of_words_in_several_places_those_of_the_task_are_set_aside() -> None:
    document = with_document(residue=tuple(left("办好")))
    aside, unsaid = entry("aside", quote="办好", task=SECOND), entry("aside", quote="办好")
    extraction, problems = apply(document, Corrections((unsaid, aside), named))
    assert [r.reason for r in extraction.documents[0].residue] == [None, "set-aside"]
    assert problems == (f"{unsaid.label}: it matches 2 times ({FIRST}, {SECOND}): say which with task or nth",)


def test_what_the_rules_have_learnt_to_explain_stays_as_they_say() -> None:
    aside, lost = entry("aside", quote="工作要点"), entry("aside", quote="第3件事")
    document = with_document(residue=tuple(left("工作要点", "title")))
    extraction, problems = apply(document, Corrections((aside, lost), named))
    assert [(r.reason, r.decided) for r in extraction.documents[0].residue] == [("title", None)]
    assert extraction.documents[0].corrected == (aside.label,)
    assert problems == (f"{lost.label}: nothing that is unexplained has these words",)


def test_words_that_give_a_fact_now_are_no_longer_among_those_that_gave_none() -> None:
    beside = (*left("办好第1"), *left("件事"), *left("2件事"))
    add = entry("add", quote="第1件", role="LEADS", agency="教育局")
    extraction, problems = apply(with_document(residue=beside), Corrections((add,), named))
    assert problems == ()
    assert extraction.documents[0].residue == beside[2:]
    touching = (*left("好"), *left("件事"))
    extraction, _ = apply(
        with_document(residue=touching), Corrections((entry("add", quote="第1", role="LEADS", agency="教育局"),), named)
    )
    assert extraction.documents[0].residue == touching


def test_a_document_is_checked_as_long_as_its_facts_are_those_that_were_signed() -> None:
    before = extract(as_bytes(DOC), "")
    facts, at = signed(before.documents[0], TEXT), datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    review = Review(document=DOC.id, state="checked", by="王", at=at, facts=facts, kinds=get_args(FactKind))
    delete = entry("delete", quote="各县区")

    def found(*entries: Entry, reviews: tuple[Review, ...] = (review,)) -> Reviewed:
        extraction, problems = apply(before, Corrections(entries, named, reviews))
        assert problems == ()
        return extraction.documents[0].reviewed

    assert found() == Reviewed("checked", "王", "2026-01-05")
    gone = "-\tunit\t1\t长治市各县区\tPARTICIPATES clause"
    assert found(delete) == Reviewed("checking", "王", "2026-01-05", (gone,))
    assert found(reviews=(review, review.model_copy(update={"state": "checking", "by": None}))) == Reviewed(
        "checking", None, "2026-01-05"
    )
    assert found(delete, reviews=()) == Reviewed("checking")
    elsewhere = entry("delete", quote="各县区", document="别的文件")
    assert found(elsewhere, reviews=()) == Reviewed("unchecked")


def test_a_units_part_is_confirmed_and_stays_where_new_rules_no_longer_read_it() -> None:
    read, lost = (
        entry("confirm", quote="司法局", role="PARTICIPATES"),
        entry("confirm", quote="第1件事", role="LEADS", agency="教育局"),
    )
    extraction, problems = corrected(read, lost)
    assert problems == ()
    decided = [(a.surface, a.task, a.confirmed, a.corrected) for a in extraction.documents[0].assignments]
    assert [said for said in decided if said[2] or said[3]] == [
        ("第1件事", FIRST, None, lost.why),
        ("司法局", SECOND, read.why, None),
    ]


def test_what_a_person_struck_says_so_unless_it_still_gives_a_fact() -> None:
    time, unit = entry("deadline", quote="2022年底前", nth=1, kind="none"), entry("delete", quote="各县区")
    extraction, _ = corrected(unit, time)
    assert [(r.kind, r.surface, r.reason, r.decided) for r in extraction.documents[0].residue] == [
        ("time", "2022年底前", "struck", time.why),
        ("mention", "各县区", "struck", unit.why),
    ]
    first, *others = extract(as_bytes(DOC), "").documents[0].assignments
    twice = with_document(assignments=(first, first._replace(basis="narrative"), *others))
    extraction, problems = apply(twice, Corrections((entry("delete", quote="司法局", basis="narrative"),), named))
    assert problems == ()
    assert extraction.documents[0].residue == ()
