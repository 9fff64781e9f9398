"""The entries of a document, and their digest."""

from __future__ import annotations

import hashlib

import pytest

from kg.decide.entries import Corrections, Entry, means
from tests.kg.decide.small_corrections import DOC, OTHER, entry, named
from tests.samples import HENGYANG


def test_the_digest_is_of_the_entries_that_concern_the_document() -> None:
    for_doc, for_all = entry("delete", quote="各县区"), entry("merge", surface="财政处", into="财政局")
    other = entry("delete", quote="各县区", document="别的文件")

    def digest(*entries: Entry) -> str:
        return Corrections(entries, named).digest(DOC.id, DOC.number)

    assert digest() == digest(other) == ""
    assert digest(for_doc) == digest(for_doc, other) != ""
    assert len({digest(for_doc), digest(for_all), digest(for_doc, for_all), digest(for_all, for_doc)}) == 3
    assert digest(entry("delete", quote="各县区", document="长政办发（2022）12号")) != ""


def test_a_digest_stands_in_bases_and_stays_the_same_as_long_as_the_entries_do() -> None:
    said = (
        '{"reason": "读错了", "date": "2026-01-05", "by": null, "place": "140400", "surface": "财政处", "into": "财政局", '
        '"change": "merge"}'
    )
    merge = entry("merge", surface="财政处", into="财政局")
    expected = hashlib.sha256(f"[{said}]".encode()).hexdigest()[:12]
    assert Corrections((merge,), named).digest(DOC.id, DOC.number) == expected


def test_the_entries_of_a_document_begin_with_those_for_its_place() -> None:
    delete, place = entry("delete", quote="各县区"), entry("place", place=HENGYANG, document="长政办发〔2022〕12号")
    add, other = entry("add", quote="教育局", role="LEADS"), entry("place", place=HENGYANG, document=OTHER.id)
    merge = entry("merge", surface="财政处", into="财政局")
    assert Corrections((delete, merge, other, place, add), named).of(DOC.id, DOC.number) == [place, delete, add]


@pytest.mark.parametrize(
    ("key", "number", "expected"),
    [
        ("140400:工作要点", None, True),
        ("140400:工作要点", "长政办发〔2022〕12号", True),
        ("长政办发(2022)12号", "长政办发〔2022〕12号", True),
        ("长政办发〔2022〕1号", "长政办发〔2022〕12号", False),
        ("工作要点", None, False),
        ("None", None, False),
    ],
)
def test_a_document_is_named_by_its_id_or_its_number(key: str, number: str | None, expected: bool) -> None:
    assert means(key, "140400:工作要点", number) is expected


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (entry("merge", surface="财政处", into="财政局"), "2026-01-05 merge 财政处 (140400) into 财政局: 读错了"),
        (entry("place", place=HENGYANG), f"2026-01-05 place 430400 for {DOC.id}: 读错了"),
        (entry("delete", quote="各县区"), f"2026-01-05 delete 各县区 in {DOC.id}: 读错了"),
        (
            entry("role", quote="司法局", role="LEADS", task="2.", nth=1),
            f"2026-01-05 role 司法局 (task 2.) (nth 1) in {DOC.id}: 读错了",
        ),
    ],
)
def test_an_entry_is_called_by_what_it_says(said: Entry, label: str) -> None:
    assert said.label == label


def test_an_entry_says_who_decided_it_and_white_space_around_its_values_is_none_of_them() -> None:
    assert entry("delete", quote=" 各县区\n").quote == "各县区"  # type: ignore[union-attr]
    assert entry("delete", quote="各县区", by="王").why == "读错了 (2026-01-05, 王)"
