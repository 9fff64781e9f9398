"""Which agency a name means after merges and splits."""

from __future__ import annotations

from dataclasses import replace

from kg.decide.entries import Corrections
from kg.decide.identify import identify
from tests.kg.decide.small_corrections import DOC, entry, named
from tests.samples import CHANGZHI, HENGYANG, agency


def test_an_agency_that_nobody_can_place_is_keyed_by_the_documents_place() -> None:
    lost = replace(agency("某财政局", None), id=f"{DOC.id}:某财政局", resolved=False)
    corrections = Corrections((entry("merge", surface="某财政局", into="财政局"),), named)
    assert identify(corrections, lost, (), CHANGZHI).agency.id == f"{CHANGZHI}:财政局"
    assert identify(corrections, lost, (), HENGYANG).agency == lost
