"""What the names in a document and in entries for it mean: by its place, by its other mentions, by merges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.decide.apply import apply
from kg.decide.entries import NONE, Corrections
from kg.model import Agency, Document, Extraction, Place
from tests.kg.decide.small_corrections import DOC, FIRST, corrected, entry, named, units
from tests.samples import CHANGZHI, HENGYANG, PLACES, SHANXI, Doc, agency, as_bytes, extract

OF_NO_PLACE = Doc("要点", place=None)


def changed(extraction: Extraction, **said: object) -> Extraction:
    """`extraction`, whose one document is as said."""
    (document,) = extraction.documents
    return replace(extraction, documents=(replace(document, **said),))  # type: ignore[arg-type]


def added(document: Document) -> Agency:
    (found,) = [a.agency for a in document.assignments if a.corrected]
    return found


def test_without_entries_all_is_as_the_rules_read_it() -> None:
    before = extract(as_bytes(DOC), "a.json")
    assert apply(before, NONE) == (before, ())


def test_a_new_place_brings_its_own_and_those_of_the_agencies() -> None:
    """The government's is one of them; a provincial office that the document names stands elsewhere."""

    def rules(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
        assert (place, document) == (HENGYANG, OF_NO_PLACE.id)
        there = {"人民政府": HENGYANG, "司法局": SHANXI}[name]
        return agency(name, there), (PLACES[there],)

    place = entry("place", document=OF_NO_PLACE.id, place=HENGYANG)
    extraction, problems = apply(replace(extract(as_bytes(OF_NO_PLACE), ""), places=()), Corrections((place,), rules))
    assert problems == ()
    assert units(extraction.documents[0]) == [f"{SHANXI}:司法局"]
    assert {p.code for p in extraction.places} == {HENGYANG, SHANXI}


def test_a_document_of_the_nation_has_no_place() -> None:
    extraction, problems = corrected(entry("place", place="-"))
    (document,) = extraction.documents
    assert (document.place, problems) == (None, ())
    assert set(units(document)) == {"-:司法局", "-:财政局", "collective:-:各县区", "-:公安局", "-:财政处"}


@pytest.mark.parametrize(
    ("issuer", "known"),
    [
        (agency("司法部", None), True),
        (replace(agency("某部", None), resolved=False), False),
        (agency("司法局", CHANGZHI), False),
    ],
)
def test_a_document_without_a_place_is_the_nations_only_where_a_body_of_the_nation_issued_it(
    issuer: Agency, known: bool
) -> None:
    before = changed(extract(as_bytes(OF_NO_PLACE), ""), issuing_agencies=(issuer,))
    place = entry("place", document=OF_NO_PLACE.id, place="-")
    _, problems = apply(before, Corrections((place,), named))
    assert problems == ((f"{place.label}: the rules say so already",) if known else ())


def test_an_added_name_of_a_document_of_the_nation_is_understood_there() -> None:
    def rules(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
        assert (place, document) == ("-", OF_NO_PLACE.id)
        return named(name, place, document)

    before = changed(extract(as_bytes(OF_NO_PLACE), ""), issuing_agencies=(agency("司法部", None),))
    add = entry("add", document=OF_NO_PLACE.id, quote="第1件事", role="LEADS", agency="财政部")
    extraction, problems = apply(before, Corrections((add,), rules))
    assert problems == ()
    assert added(extraction.documents[0]).id == "-:财政部"


@pytest.mark.parametrize("name", ["公安局", "山西省公安厅"])
def test_an_added_name_means_what_its_other_mentions_mean(name: str) -> None:
    before = extract(as_bytes(DOC), "")
    (document,) = before.documents
    provincial = agency("公安厅", SHANXI)
    read = tuple(a._replace(agency=provincial) if a.name == "公安局" else a for a in document.assignments)
    add = entry("add", quote="第1件事", role="LEADS", agency=name)
    extraction, problems = apply(changed(before, assignments=read), Corrections((add,), named))
    assert problems == ()
    assert added(extraction.documents[0]) == provincial


def test_an_added_name_that_means_two_agencies_here_is_asked_of_the_rules() -> None:
    before = extract(as_bytes(DOC), "")
    (document,) = before.documents
    first, *others = document.assignments
    read = (first._replace(agency=agency("司法厅", SHANXI)), *others)
    add = entry("add", quote="第1件事", role="PARTICIPATES", agency="司法局")
    extraction, problems = apply(changed(before, assignments=read), Corrections((add,), named))
    assert problems == ()
    assert added(extraction.documents[0]).id == f"{CHANGZHI}:司法局"


@pytest.mark.parametrize(("into", "expected"), [("教委", "教委"), ("某委", "教育局")])
def test_an_added_name_follows_merges_as_far_as_they_lead(into: str, expected: str) -> None:
    merge = entry("merge", surface="教育局", into=into)
    extraction, problems = apply(
        replace(extract(as_bytes(DOC), ""), places=()),
        Corrections((merge, entry("add", quote="第1件事", role="LEADS", agency="教育局")), named),
    )
    (document,) = extraction.documents
    assert problems == ()
    assert added(document).id == f"{CHANGZHI}:{expected}"
    assert set(extraction.places) == set(PLACES.values())
    assert next(a.task for a in document.assignments if a.corrected) == FIRST
