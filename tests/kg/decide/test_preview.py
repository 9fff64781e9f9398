"""What a new entry would change, told before it is written. The base is a stand-in that answers the questions of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from kg.decide.entries import Corrections, Entry
from kg.decide.preview import Preview, preview
from kg.decide.told import Workload
from kg.engine.store import Answer, Store
from kg.errors import NotFound, OutsideTasks, UnmatchedCorrection
from kg.model import Document, Extraction
from tests.kg.decide.small_corrections import DOC, FIRST, OTHER, SECOND, entry, named
from tests.samples import CHANGZHI, HENGYANG, Doc, as_bytes, extract

ISSUED = replace(OTHER, title="第三要点", number=None, tasks=((),), issuers=("财政处",))


class Base:
    """Files as they were loaded, each with its documents."""

    def __init__(self, folder: Path, *files: tuple[Doc, ...]) -> None:
        self.folder = folder
        self.held: list[Extraction] = []
        for n, docs in enumerate(files):
            self.held.append(extract(as_bytes(*docs), f"{n}.json"))
            (folder / self.held[-1].source.id).write_bytes(as_bytes(*docs))

    def read(self, cypher: str, parameters: Mapping[str, Any], *, limit: int | None = None) -> Answer:
        documents = [document for extraction in self.held for document in extraction.documents]
        if "WHERE n.id IN $ids" in cypher:
            rows: list[dict[str, Any]] = [{"id": d.id, "name": d.title} for d in documents if d.id in parameters["ids"]]
        elif "d.title IN $texts" in cypher:
            called = [d for d in documents if d.title in parameters["texts"] or d.doc_number in parameters["variants"]]
            rows = [{"id": d.id, "name": d.title} for d in called]
        elif "AS number" in cypher:
            rows = [{"number": d.doc_number} for d in documents if d.id == parameters["id"]]
        elif "IN $surfaces" in cypher:
            rows = [{"id": d.id} for d in documents if _called(d).intersection(parameters["surfaces"])]
        elif ":FROM" in cypher:
            rows = [
                {"id": e.source.id, "name": e.source.name}
                for e in self.held
                if {d.id for d in e.documents}.intersection(parameters["ids"])
            ]
        else:
            raise AssertionError(cypher)
        return Answer((), rows[:limit], truncated=False)

    def preview(self, new: Entry, *former: Entry) -> Preview:
        return preview(cast("Store", self), self.folder, extract, Corrections(former, named), new)


def lines(found: Preview) -> dict[str, list[str]]:
    return {id_: [f"{sign} {fact.line(id_)}" for sign, fact in changes] for id_, changes in found.changes.items()}


def _called(document: Document) -> set[str]:
    agencies = [*document.issuing_agencies, *(a.agency for a in document.assignments)]
    return {*document.issuers, *(a.name for a in document.assignments), *(a.name for a in agencies)}


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path, (DOC,), (OTHER, ISSUED))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (DOC.id, DOC.id),
        ("长政办发[2022]12号", "长政办发[2022]12号"),  # a 文号 says which document it is wherever it is loaded
        ("工作要点", DOC.id),  # a title does not
    ],
)
def test_the_document_may_be_given_by_its_title(base: Base, given: str, written: str) -> None:
    new = entry("delete", quote="各县区", document=given)
    found = base.preview(new)
    assert found.entry == entry("delete", quote="各县区", document=written)
    assert lines(found) == {DOC.id: [f"- 长治市各县区 PARTICIPATES (clause) in {FIRST}"]}
    assert found.workloads == [Workload("长治市各县区", f"collective:{CHANGZHI}:各县区", (0, 0), (1, 0))]


def test_former_entries_hold_before_and_after(base: Base) -> None:
    former = (entry("delete", quote="各县区"), entry("delete", quote="教育局"))
    found = base.preview(entry("delete", quote="公安局"), *former)
    assert lines(found) == {DOC.id: [f"- 长治市公安局 LEADS (clause) in {SECOND}"]}


def test_a_merge_is_shown_in_each_document_that_it_changes(base: Base) -> None:
    merge = entry("merge", place=HENGYANG, surface="财政处", into="财政局")
    found = base.preview(merge)
    assert lines(found) == {
        OTHER.id: [f"- 衡阳市财政处 LEADS (clause) in {OTHER.id}:1", f"+ 衡阳市财政局 LEADS (clause) in {OTHER.id}:1"],
        ISSUED.id: [f"- 衡阳市财政处 issued {ISSUED.id}", f"+ 衡阳市财政局 issued {ISSUED.id}"],
    }
    assert [(work.agency, work.leads) for work in found.workloads] == [("衡阳市财政处", (1, 0)), ("衡阳市财政局", (0, 1))]


@pytest.mark.parametrize(
    ("new", "says", "hint"),
    [
        (entry("delete", quote="教育局"), "no unit is read from these words", "nothing was written"),
        (entry("add", quote="工作要点", role="LEADS"), "these words stand in no task: say which with task", "give its task"),
        (entry("merge", surface="教育局", into="教委"), "nothing here matches it", "check place and words, or say --no-check"),
        (entry("merge", place="110000", surface="财政处", into="财政局"), "nothing here matches it", "check place and words"),
    ],
)
def test_an_entry_that_does_not_match_is_refused(base: Base, new: Entry, says: str, hint: str) -> None:
    with pytest.raises(UnmatchedCorrection) as refused:
        base.preview(new)
    assert refused.value.message == f"{new.label}: {says}"
    assert refused.value.hint.startswith(hint)
    assert isinstance(refused.value, OutsideTasks) == ("in no task" in says)


def test_without_the_bytes_nothing_can_be_shown(base: Base) -> None:
    (base.folder / base.held[0].source.id).unlink()
    with pytest.raises(NotFound) as refused:
        base.preview(entry("delete", quote="各县区"))
    assert refused.value.message == f"0.json: its bytes are not kept in {base.folder}"
    assert refused.value.hint == "load the file again, or say --no-check"
