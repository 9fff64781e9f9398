"""Which agency a name means after merges and splits."""

from __future__ import annotations

from dataclasses import replace

from kg.decide.entries import Corrections
from kg.decide.identify import identify
from kg.model import Agency, Place
from tests.kg.decide.small_corrections import DOC, entry, named
from tests.samples import CHANGZHI, HENGYANG, agency


def test_an_agency_that_nobody_can_place_is_keyed_by_the_documents_place() -> None:
    lost = replace(agency("某财政局", None), id=f"{DOC.id}:某财政局", resolved=False)
    corrections = Corrections((entry("merge", surface="某财政局", into="财政局"),), named)
    assert identify(corrections, lost, (), CHANGZHI).agency.id == f"{CHANGZHI}:财政局"
    assert identify(corrections, lost, (), HENGYANG).agency == lost


def test_an_agency_of_the_nation_is_of_no_place() -> None:
    ministry = agency("司法部", None)
    corrections = Corrections((entry("merge", place="-", surface="司法部", into="法务部"),), named)
    found = identify(corrections, ministry, (), CHANGZHI)
    assert (found.agency.id, found.problem) == ("-:法务部", "")


def test_the_name_that_a_merge_leads_to_means_the_same_in_every_document() -> None:
    asked: list[tuple[str, str | None, str]] = []

    def rules(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
        asked.append((name, place, document))
        return named(name, place, document)

    corrections = Corrections((entry("merge", surface="财政处", into="财政局"),), rules)
    assert identify(corrections, agency("财政处", CHANGZHI), ("财政处",), CHANGZHI).agency.id == f"{CHANGZHI}:财政局"
    assert asked == [("财政局", CHANGZHI, "")]
