"""The entries of a document, and their digest."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from pydantic import ValidationError

from kg.decide.entries import ChangeTask, Corrections, Entry, means
from kg.decide.reviews import Review
from kg.errors import BadCorrections
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
        ("-:长政办发〔2022〕12号", "长政办发〔2022〕12号", True),
        ("140406:长政办发〔2022〕12号", "长政办发〔2022〕12号", True),
        ("430100:长政办发〔2022〕12号", "长政办发〔2022〕12号", False),  # of 长沙, not of 长治
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


@pytest.mark.parametrize("day", ["2026-01-05", " 2026-01-05\n", datetime.date(2026, 1, 5)])
def test_a_day_is_written_as_one_or_given_as_one(day: object) -> None:
    assert entry("delete", quote="各县区", date=day).date == datetime.date(2026, 1, 5)


@pytest.mark.parametrize("day", ["20260105", "2026-W02-1", "2026-01-05T08:00", "昨天", 1767571200, True, "2022-31-12"])
def test_what_else_might_be_taken_for_a_day_is_refused(day: object) -> None:
    with pytest.raises(BadCorrections, match=f"^date: {day} is no day such as 2022-12-31"):
        entry("delete", quote="各县区", date=day)


def test_in_json_a_number_may_be_written_with_a_point() -> None:
    assert entry("delete", quote="各县区", nth=2.0).nth == 2  # type: ignore[union-attr]
    with pytest.raises(BadCorrections, match="nth"):
        entry("delete", quote="各县区", nth=2.5)


def test_what_was_decided_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        entry("delete", quote="各县区").reason = "读对了"


def test_an_entry_is_undone_by_what_it_says() -> None:
    said = entry("merge", surface="财政处", into="财政局")
    assert said.id == hashlib.sha256(said.model_dump_json().encode()).hexdigest()[:12]
    assert said.id == entry("merge", surface=" 财政处 ", into="财政局").id != entry("merge", surface="财政处", into="财政厅").id


def test_a_principle_and_a_citation_are_meant_to_be_ones_if_nothing_is_said() -> None:
    assert [entry(change, quote="统筹兼顾").kind for change in ("principle", "citation")] == ["principle", "citation"]  # type: ignore[union-attr]


def test_the_schema_of_a_task_says_that_something_of_it_must_change() -> None:
    assert ChangeTask.model_json_schema()["anyOf"] == [
        {"required": [name], "properties": {name: {"type": "string"}}} for name in ("first", "last", "title", "number", "kind")
    ]
    with pytest.raises(BadCorrections, match="what is no task has no first"):
        entry("task", quote="办好第1件事", kind="none", title="丙")


def reviewed(document: str, number: str | None, by: str) -> Review:
    at = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    return Review(document=document, doc_number=number, state="checking", by=by, at=at)


def test_what_was_last_said_of_a_document_is_found_by_its_id_and_else_by_its_number() -> None:
    said = (reviewed(DOC.id, DOC.number, "甲"), reviewed(DOC.id, DOC.number, "乙"), reviewed("140400:通知", None, "丙"))
    corrections = Corrections(reviews=said)
    assert corrections.review(DOC.id, None) == said[1]
    assert corrections.review("-:工作要点", DOC.number) == said[1]  # its place was not known then
    assert corrections.review(f"{HENGYANG}:工作要点", DOC.number) is None
    assert corrections.review("140400:通知", None) == said[2]
    assert corrections.review("140400:公告", None) is None
    assert corrections.digest("140400:通知", None) != corrections.digest(DOC.id, None) != ""
    assert corrections.digest("140400:公告", None) == ""
