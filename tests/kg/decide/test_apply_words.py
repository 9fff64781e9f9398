"""Where the words of an entry stand: in which task and clause, beside what, and which of several are meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.decide.apply import apply
from kg.decide.entries import Corrections
from kg.model import Extraction, Span
from tests.kg.decide.small_corrections import DOC, SECOND, corrected, entry, named
from tests.samples import as_bytes, extract


def with_document(**said: Any) -> Extraction:
    """The sample file, whose document is as said."""
    extraction = extract(as_bytes(DOC), "a.json")
    return replace(extraction, documents=(replace(extraction.documents[0], **said),))


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
