"""What a report must say, and which task it means."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kg.decide.reports import FINISHED, LONGEST, STATES, Key, Report, Worded, make, meant
from kg.errors import BadParameter

SAID: dict[str, Any] = {
    "document": "140400:节水要点", "task": "1", "quote": "改造管网", "agency": "长治市水利局", "agency_id": "140400:水利局",
    "state": "done", "date": "2023-11-06", "at": "2023-11-06T08:00:00Z",
}  # fmt: skip


def test_empty_words_are_none_and_white_space_around_others_is_none_of_them() -> None:
    assert make(**SAID, doc_number="", text="", by=None, percent=0) == Report(**SAID, percent=0)
    assert make(**SAID, text=" 完工\n").text == "完工"


def test_what_was_reported_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make(**SAID).state = "on hold"


def test_a_task_is_finished_whenever_it_was_done() -> None:
    assert {state for state in STATES if "done" in state} == FINISHED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"state": "finished"}, "state"),
        ({"percent": -1}, "percent"),
        ({"percent": 101}, "percent"),
        ({"date": "昨天"}, "date"),
        ({"text": "字" * (LONGEST + 1)}, "text"),
        ({"agency": 7}, "agency"),
        ({"unit": "长治市水利局"}, "unit"),
    ],
)
def test_the_field_that_cannot_be_understood_is_named(said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadParameter) as refused:
        make(**SAID | said)
    assert refused.value.message.startswith(f"{field}: ")
    assert refused.value.hint == "mend that value"


def test_a_report_may_be_as_long_as_is_said_and_all_be_done() -> None:
    report = make(**SAID, text="字" * LONGEST, percent=100)
    assert (len(report.text or ""), report.percent) == (2000, 100)


def test_two_reports_are_the_same_where_they_say_the_same() -> None:
    report, later = make(**SAID), make(**SAID | {"at": "2023-11-07T08:00:00Z"})
    assert report.content == later.content == ("done", "", "")
    assert make(**SAID, text="完工", evidence="验收单.pdf").content == ("done", "完工", "验收单.pdf")
    assert report.id != later.id
    assert report.id == "fcd3a72ec798e499"  # it stands in bases


def task(number: str, title: str, *, document: str = "140400:要点", doc_number: str | None = "长政办发〔2023〕5号") -> Worded:
    return Worded(document, doc_number, f"{document}:{number}", f"{number}.", title, f"{number}.{title}。各县区落实。")


PIPES, WATER = task("1", "改造管网"), task("2", "节约用水")


@pytest.mark.parametrize(
    ("key", "tasks", "found"),
    [
        (Key("140400:要点", None, "2", "节约 用水"), [PIPES, WATER], WATER),
        (Key("140400:要点", None, "1", "节约用水"), [PIPES, WATER], WATER),  # its number is another now
        (Key("140400:要点", None, "2", "2.节约用水。各县区"), [PIPES, WATER], WATER),  # by its first words
        (Key("140400:要点", None, "2", "植树"), [PIPES, WATER], None),
        # of several with these words that of its number, else none
        (Key("140400:要点", None, "3", "改造管网"), [PIPES, task("3", "改造管网")], task("3", "改造管网")),
        (Key("140400:要点", None, "4", "改造管网"), [PIPES, task("3", "改造管网")], None),
        # by the number of its document where the id is another now
        (Key("-:要点", "长政办发〔2023〕5号", "1", "改造管网"), [PIPES, WATER], PIPES),
        (Key("-:要点", "长政办发〔2023〕6号", "1", "改造管网"), [PIPES, WATER], None),
        (Key("-:要点", None, "1", "改造管网"), [task("1", "改造管网", doc_number=None)], None),
        # a place has one document of a number, and another place another
        (Key("430400:要点", "长政办发〔2023〕5号", "1", "改造管网"), [PIPES, WATER], None),
        # what has the id goes before what has but the number
        (
            Key("140400:要点", "长政办发〔2023〕5号", "1", "改造管网"),
            [task("1", "改造管网", document="430400:要点"), PIPES],
            PIPES,
        ),
        (Key("140400:要点", "长政办发〔2023〕5号", "2", "植树"), [PIPES, task("2", "植树", document="430400:要点")], None),
    ],
)
def test_a_report_means_a_task_of_its_document_by_its_words(key: Key, tasks: list[Worded], found: Worded | None) -> None:
    assert meant(key, iter(tasks)) == (found and found.id)
