"""What an entry changes, and which entries do not hold and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.decide.apply import apply
from kg.decide.entries import Corrections
from kg.decide.file import make
from kg.decide.told import changes
from kg.model import Agency, Document, Extraction, Place
from tests.kg.decide.small_corrections import DOC, FIRST, OTHER, SECOND, corrected, entry, named, units
from tests.samples import CHANGZHI, HENGYANG, PLACES, SHANXI, Doc, agency, as_bytes, extract


def told(before: Document, after: Document) -> list[str]:
    return [f"{sign} {fact.line(before.id)}" for sign, fact in changes(before, after)]


def of(change: str, **said: Any) -> tuple[list[str], tuple[str, ...]]:
    """What one entry changes in DOC, and the problems."""
    before = extract(as_bytes(DOC), "a.json").documents[0]
    extraction, problems = corrected(entry(change, **said))
    return told(before, extraction.documents[0]), problems


def assignment(unit: str, role: str, task: str) -> str:
    return f"{unit} {role} (clause) in {task}"


@pytest.mark.parametrize(
    ("change", "said", "expected"),
    [
        ("delete", {"quote": "各县区"}, ["- " + assignment("长治市各县区", "PARTICIPATES", FIRST)]),
        ("delete", {"quote": "司法局", "task": "2."}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        ("delete", {"quote": "司法局", "task": SECOND}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        (
            "delete",  # ids of before the place of the document was known
            {"quote": "司法局", "document": f"-:{DOC.number}", "task": f"-:{DOC.number}:2"},
            ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)],
        ),
        ("delete", {"quote": "司法局", "role": "LEADS"}, ["- " + assignment("长治市司法局", "LEADS", FIRST)]),
        ("delete", {"quote": "司法局", "nth": 2}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        ("delete", {"quote": "各 县区", "task": "9."}, ["- " + assignment("长治市各县区", "PARTICIPATES", FIRST)]),
        ("delete", {"quote": "公安局", "document": "长政办发[2022]12号"}, ["- " + assignment("长治市公安局", "LEADS", SECOND)]),
        (
            "role",
            {"quote": "公安局", "role": "PARTICIPATES"},
            ["- " + assignment("长治市公安局", "LEADS", SECOND), "+ " + assignment("长治市公安局", "PARTICIPATES", SECOND)],
        ),
        ("add", {"quote": "第1件事", "role": "LEADS"}, ["+ " + assignment("长治市第1件事", "LEADS", FIRST)]),
        (
            "add",
            {"quote": "第1件事", "role": "LEADS", "agency": "教育局"},
            ["+ " + assignment("长治市教育局", "LEADS", FIRST)],
        ),
        ("add", {"quote": "公安局", "role": "LEADS", "task": "1."}, ["+ " + assignment("长治市公安局", "LEADS", FIRST)]),
        (
            "add",
            {"quote": "1.办好第1件事", "role": "LEADS", "agency": "教育局"},
            ["+ " + assignment("长治市教育局", "LEADS", FIRST)],
        ),
        ("add", {"quote": "2022年", "role": "LEADS", "nth": 2}, ["+ " + assignment("长治市2022年", "LEADS", SECOND)]),
        (
            "deadline",
            {"quote": "2022年底前", "task": "2.", "kind": "by", "due": "2023-06-30"},
            [f"- 2022年底前: by 2022-12-31 in {SECOND}", f"+ 2022年底前: by 2023-06-30 in {SECOND}"],
        ),
        (
            "deadline",
            {"quote": "2022年底", "task": "2.", "kind": "period", "start": "2022-01-01", "due": "2022-12-31"},
            [f"- 2022年底前: by 2022-12-31 in {SECOND}", f"+ 2022年底: period 2022-01-01 to 2022-12-31 in {SECOND}"],
        ),
        ("deadline", {"quote": "2022年底前", "nth": 1, "kind": "none"}, [f"- 2022年底前: by 2022-12-31 in {FIRST}"]),
        ("deadline", {"quote": "第2件事", "kind": "recurring", "every": "month"}, [f"+ 第2件事: recurring month in {SECOND}"]),
        ("deadline", {"quote": "工作要点", "kind": "within", "within": "P5D"}, [f"+ 工作要点: within P5D in {DOC.id}"]),
        ("deadline", {"quote": "工作要点", "kind": "within"}, [f"+ 工作要点: within no date in {DOC.id}"]),
        # beside a deadline that is read, not over it
        ("deadline", {"quote": "第1件事。", "kind": "within", "within": "P5D"}, [f"+ 第1件事。: within P5D in {FIRST}"]),
        ("deadline", {"quote": "(责任单位:司", "nth": 1, "kind": "within"}, [f"+ (责任单位:司: within no date in {FIRST}"]),
    ],
)  # fmt: skip
def test_an_entry_changes_one_fact(change: str, said: dict[str, Any], expected: list[str]) -> None:
    assert of(change, **said) == (expected, ())


def test_a_task_gets_new_bounds_and_takes_up_what_it_holds_then() -> None:
    extraction, problems = corrected(entry("task", quote="办好第1件事", last="财政处)", title="两件事"))
    (document,) = extraction.documents
    assert problems == ()
    assert [(t.id, t.title, t.corrected) for t in document.tasks] == [(FIRST, "两件事", "读错了 (2026-01-05)")]
    words = document.tasks[0].span.of(extraction.source.text)
    assert words.startswith("1.办好第1件事")
    assert words.endswith("财政处)")
    assert {a.task for a in document.assignments} | {d.task for d in document.deadlines} == {FIRST}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first": "办好", "last": "前"}, "办好第1件事。2022年底前"),
        ({"last": "。"}, "1.办好第1件事。"),
        ({"first": "工作要点", "last": "第1件事"}, "工作要点\n\n1.办好第1件事"),
    ],
)
def test_bounds_are_given_by_their_words(said: dict[str, Any], words: str) -> None:
    extraction, problems = corrected(entry("task", quote="1.办好", **said))
    assert problems == ()
    assert extraction.documents[0].tasks[0].span.of(extraction.source.text) == words


@pytest.mark.parametrize(
    ("change", "said", "why"),
    [
        ("delete", {"quote": "教育局"}, "no unit is read from these words"),
        ("delete", {"quote": "司法局"}, f"it matches 2 times ({FIRST}, {SECOND}): say which with task or nth"),
        ("delete", {"quote": "司法局", "nth": 3}, "it matches 2 times"),
        ("delete", {"quote": "司法局", "task": "99"}, f"there is no task 99 here, and it matches 2 times ({FIRST}, {SECOND})"),
        ("add", {"quote": "司法局", "role": "LEADS", "task": "99"}, "there is no task 99 here, and these words stand 2 times"),
        ("role", {"quote": "各县区", "role": "PARTICIPATES"}, "各县区 has the role PARTICIPATES already"),
        ("add", {"quote": "教育局", "role": "LEADS"}, "these words stand 0 times in the document"),
        ("add", {"quote": "司法局", "role": "LEADS"}, "these words stand 2 times in the document: say where with task or nth"),
        ("add", {"quote": "公安局", "role": "LEADS"}, f"长治市公安局 has this role in {SECOND} already"),
        ("add", {"quote": "工作要点", "role": "LEADS"}, "these words stand in no task: say which with task"),
        ("deadline", {"quote": "2022年底前", "kind": "none"}, "it matches 2 times"),
        (
            "deadline",
            {"quote": "底前(责任单位:司法局财政局各县区)2.办好第2件事。2022年", "kind": "none"},
            "these words reach over 2 deadlines",
        ),
        ("deadline", {"quote": "件事", "kind": "none", "nth": 1}, "no deadline is read from these words"),
        ("deadline", {"quote": "2022年底前", "nth": 1, "kind": "by", "due": "2022-12-31"}, "the rules read it so already"),
        ("task", {"quote": "办好", "last": "前"}, f"it matches 2 times ({FIRST}, {SECOND})"),
        ("task", {"quote": "第3件事", "last": "前"}, "no task has this title or begins with these words"),
        ("task", {"quote": "办好第1件事", "last": "第2件事"}, f"it would cut into {SECOND}: correct that first"),
        ("task", {"quote": "办好第2件事", "first": "财政处", "last": "公安局"}, "its last words stand before its first"),
        ("task", {"quote": "办好第2件事", "first": "件事", "last": "第1"}, "its last words stand before its first"),
        ("task", {"quote": "办好第2件事", "first": "第2件事", "last": "2.办好"}, "its last words stand before its first"),
        ("task", {"quote": "办好第2件事", "last": "局"}, "局 stands 2 times there"),
        ("merge", {"surface": "财政处", "into": "某局"}, "某局 is no name that the rules can place"),
        ("split", {"surface": "财政处", "into": "长治市财政处"}, "长治市财政处 is what the rules say already"),
    ],
)  # fmt: skip
def test_what_does_not_match_once_is_reported_and_changes_nothing(change: str, said: dict[str, Any], why: str) -> None:
    changed, problems = of(change, **said)
    assert changed == []
    (problem,) = problems
    assert entry(change, **said).label in problem
    assert why in problem


def test_the_other_entries_hold_all_the_same_and_the_document_says_which() -> None:
    wrong, right = entry("delete", quote="教育局"), entry("delete", quote="各县区")
    extraction, problems = corrected(wrong, right)
    (document,) = extraction.documents
    assert document.corrected == (right.label,)
    assert document.uncorrected == problems == (f"{wrong.label}: no unit is read from these words",)


def test_added_words_are_the_sources_even_over_a_line_end() -> None:
    extraction, _ = corrected(entry("add", quote="工作要点1.办好", role="LEADS", task="1.", agency="教育局"))
    (new,) = [a for a in extraction.documents[0].assignments if a.corrected]
    assert new.surface == new.span.of(extraction.source.text) == "工作要点\n\n1.办好"
    assert new.corrected == "读错了 (2026-01-05)"


def test_an_entry_of_another_document_is_not_this_ones_business() -> None:
    before = extract(as_bytes(DOC), "a.json")
    after, problems = corrected(entry("delete", quote="教育局", document="别的文件"))
    assert (after.documents, problems) == (before.documents, ())


def test_a_number_that_two_documents_of_a_file_bear_is_refused() -> None:
    twin = replace(DOC, place=HENGYANG)
    extraction, problems = corrected(entry("delete", quote="各县区", document="长政办发〔2022〕12号"), docs=(DOC, twin))
    assert len(problems) == 2
    assert f"names {DOC.id}, {twin.id}; give the id" in problems[0]
    assert [len(d.assignments) for d in extraction.documents] == [6, 6]


# Who an agency is


def test_a_merge_gives_two_surfaces_one_id_at_one_place() -> None:
    merge = entry("merge", surface="财政处", into="财政局")
    extraction, problems = corrected(merge, docs=(DOC, OTHER))
    assert problems == ()
    changed, other = extraction.documents
    assert units(changed).count(f"{CHANGZHI}:财政局") == 2
    assert units(other) == [f"{HENGYANG}:财政处"]
    assert [a.corrected for a in changed.assignments if a.surface.startswith("财政")] == [None, merge.why]
    assert (changed.corrected, other.corrected) == ((merge.label,), ())


def test_a_merge_may_name_an_agency_in_full_and_follows_another() -> None:
    first = entry("merge", surface="长治市财政处", into="财政局")
    second = entry("merge", surface="财政局", into="财务局")
    extraction, problems = corrected(first, second)
    assert problems == ()
    assert units(extraction.documents[0]).count(f"{CHANGZHI}:财务局") == 2


def test_merges_in_a_circle_are_refused() -> None:
    there, back = entry("merge", surface="财政处", into="财政局"), entry("merge", surface="财政局", into="财政处")
    extraction, problems = corrected(there, back)
    assert units(extraction.documents[0]) == units(extract(as_bytes(DOC), "").documents[0])
    assert len(problems) == 2
    assert "merges lead back to where they began" in problems[0]


def test_a_merge_that_the_rules_have_learnt_changes_nothing() -> None:
    extraction, problems = corrected(entry("merge", surface="财政局", into="财政局"))
    assert problems == ()
    assert [a.corrected for a in extraction.documents[0].assignments] == [None] * 6


def test_a_split_makes_an_agency_of_its_own() -> None:
    extraction, problems = corrected(entry("split", surface="公安局", into="长治市森林公安局", function="林业局"))
    assert problems == ()
    (own,) = [a.agency for a in extraction.documents[0].assignments if a.surface == "公安局"]
    assert (own.id, own.short, own.function) == (f"{CHANGZHI}:森林公安局", "森林公安局", "林业局")
    assert (own.place, own.level, own.resolved) == (CHANGZHI, "city", True)


def test_what_is_split_off_has_its_own_line_of_work_and_no_part_in_the_reforms_of_the_other() -> None:
    assert agency("财政局", CHANGZHI).successions
    extraction, _ = corrected(entry("split", surface="财政局", into="长治市财务中心"))
    (own,) = [a.agency for a in extraction.documents[0].assignments if a.surface == "财政局"]
    assert (own.id, own.function, own.successions) == (f"{CHANGZHI}:财务中心", "财务中心", ())


@pytest.mark.parametrize("surface", ["市财政处", "财政处"])
def test_a_unit_is_known_by_its_printed_words_and_by_the_name_that_was_read_from_them(surface: str) -> None:
    before = extract(as_bytes(DOC), "a.json")
    (document,) = before.documents
    read = tuple(a._replace(surface="市财\n政处") if a.name == "财政处" else a for a in document.assignments)
    before = replace(before, documents=(replace(document, assignments=read),))
    extraction, problems = apply(before, Corrections((entry("merge", surface=surface, into="财务局"),), named))
    assert (units(extraction.documents[0]).count(f"{CHANGZHI}:财务局"), problems) == (1, ())


def test_a_split_of_a_collective_is_a_collective_with_its_star_and_its_members() -> None:
    many = replace(agency("各县区", CHANGZHI), id=f"{CHANGZHI}:*各县区")  # as the loaders write it
    split = entry("split", surface="各县区", into="长治市各开发区")
    before = with_agency(extract(as_bytes(DOC), "a.json"), "各县区", many)
    extraction, problems = apply(before, Corrections((split,), named))
    (document,) = extraction.documents
    own = next(a.agency for a in document.assignments if a.surface == "各县区")
    assert (own.id, own.name, own.short) == (f"{CHANGZHI}:*各开发区", "长治市各开发区", "各开发区")
    assert (own.collective, own.members, own.binds, own.kind) == (True, many.members, many.binds, many.kind)
    assert (document.corrected, problems) == ((split.label,), ())


def with_agency(extraction: Extraction, surface: str, agency: Agency) -> Extraction:
    """`extraction`, as if the rules had read `surface` as `agency`."""
    (document,) = extraction.documents
    assignments = tuple(a._replace(agency=agency) if a.surface == surface else a for a in document.assignments)
    return replace(extraction, documents=(replace(document, assignments=assignments),))


# Who issued a document

ISSUED = replace(DOC, issuers=("政府", "司法局"))


def issuers(document: Document) -> list[str]:
    return [a.id for a in document.issuing_agencies]


@pytest.mark.parametrize(
    ("change", "surface", "into", "expected"),
    [
        ("merge", "政府", "人民政府", [f"{CHANGZHI}:人民政府", f"{CHANGZHI}:司法局"]),
        ("merge", "长治市政府", "人民政府", [f"{CHANGZHI}:人民政府", f"{CHANGZHI}:司法局"]),
        ("split", "政府", "长治市政府党组", [f"{CHANGZHI}:政府党组", f"{CHANGZHI}:司法局"]),
        ("merge", "司法局", "法制办", [f"{CHANGZHI}:政府", f"{CHANGZHI}:法制办"]),
        ("merge", "某政府", "人民政府", [f"{CHANGZHI}:政府", f"{CHANGZHI}:司法局"]),
    ],
)
def test_who_issued_a_document_is_corrected_with_the_units(change: str, surface: str, into: str, expected: list[str]) -> None:
    extraction, problems = corrected(entry(change, surface=surface, into=into), docs=(ISSUED,))
    (document,) = extraction.documents
    assert (issuers(document), problems) == (expected, ())
    assert document.issuers == ISSUED.issuers  # as printed
    assert units(document).count(f"{CHANGZHI}:法制办") == 2 * (into == "法制办")


def test_an_issuer_is_known_by_its_printed_name() -> None:
    before = extract(as_bytes(replace(DOC, issuers=("市政府", "司法局"))), "a.json")
    (document,) = before.documents
    known = tuple(agency(name, CHANGZHI) for name in ("人民政府", "司法局", "财政局"))  # of the last one no name is printed
    before = replace(before, documents=(replace(document, issuing_agencies=known),))
    printed, full = entry("merge", surface="市政府", into="政府"), entry("merge", surface="长治市财政局", into="财务局")
    extraction, problems = apply(before, Corrections((printed, full), named))
    (document,) = extraction.documents
    assert issuers(document) == [f"{CHANGZHI}:政府", f"{CHANGZHI}:司法局", f"{CHANGZHI}:财务局"]
    assert (document.corrected, problems) == ((full.label, printed.label), ())


def test_a_correction_of_an_issuer_is_a_change_that_is_told() -> None:
    before = extract(as_bytes(ISSUED), "a.json")
    after, _ = corrected(entry("merge", surface="政府", into="人民政府"), docs=(ISSUED,))
    assert told(before.documents[0], after.documents[0]) == [
        f"- 长治市政府 issued {ISSUED.id}",
        f"+ 长治市人民政府 issued {ISSUED.id}",
    ]


def test_an_entry_that_means_two_agencies_in_a_document_is_refused_for_issuers_too() -> None:
    before = extract(as_bytes(ISSUED), "a.json")
    (document,) = before.documents
    other = replace(agency("司法局", CHANGZHI), id=f"{CHANGZHI}:司法局2")
    before = replace(before, documents=(replace(document, issuing_agencies=(document.issuing_agencies[0], other)),))
    merge = entry("merge", surface="司法局", into="法制办")
    extraction, problems = apply(before, Corrections((merge,), named))
    (document,) = extraction.documents
    assert problems == (f"{merge.label}: means 2 agencies here: {CHANGZHI}:司法局, {CHANGZHI}:司法局2",)
    assert issuers(document) == [f"{CHANGZHI}:政府", f"{CHANGZHI}:司法局2"]
    assert f"{CHANGZHI}:法制办" not in units(document)


def test_issuers_are_merged_too_and_new_places_come_along() -> None:
    to_province = entry("merge", surface="政府", into="政府")
    extraction, _ = apply(
        replace(extract(as_bytes(DOC), ""), places=()),
        Corrections((to_province,), lambda name, *_: named(name, SHANXI, "")),
    )
    (document,) = extraction.documents
    assert [a.id for a in document.issuing_agencies] == [f"{SHANXI}:政府"]
    assert {p.code for p in extraction.places} >= {SHANXI}


# A document's place

NOWHERE = replace(DOC, place=None, number=None, title="某地要点")


def test_the_names_of_a_document_are_read_anew_at_its_place() -> None:
    there = make(change="place", document=NOWHERE.id, place=HENGYANG, reason="见发文机关", date="2026-01-05")
    merge = entry("merge", place=HENGYANG, surface="财政处", into="财政局")
    extraction, problems = corrected(merge, there, docs=(NOWHERE,))
    (document,) = extraction.documents
    assert problems == ()
    assert (document.id, document.place) == (NOWHERE.id, HENGYANG)
    assert [a.id for a in document.issuing_agencies] == [f"{HENGYANG}:政府"]
    assert units(document).count(f"{HENGYANG}:财政局") == 2  # the place holds first, wherever it stands
    assert {a.corrected for a in document.assignments} == {there.why, merge.why}
    assert document.corrected == (there.label, merge.label)


@pytest.mark.parametrize(
    ("doc", "place", "why"),
    [(DOC, CHANGZHI, "the rules say so already"), (NOWHERE, "999999", "999999 is no code of a place")],
)
def test_a_place_that_is_known_or_is_none_is_refused(doc: Doc, place: str, why: str) -> None:
    def strict(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
        known = place if place in PLACES else None
        return replace(agency(name, known), resolved=known is not None), ()

    there = make(change="place", document=doc.id, place=place, reason="见发文机关", date="2026-01-05")
    before = extract(as_bytes(doc), "a.json")
    after, problems = apply(before, Corrections((there,), strict))
    assert problems == (f"{there.label}: {why}",)
    assert after.documents[0].assignments == before.documents[0].assignments
