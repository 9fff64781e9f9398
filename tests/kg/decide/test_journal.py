"""A journal keeps what people said, line by line, in their order."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kg import atomic
from kg.decide.journal import Journal
from kg.decide.reports import Report, State, make
from kg.errors import BadJournal, DiskFull


@pytest.fixture
def journal(tmp_path: Path) -> Journal[Report]:
    return Journal(tmp_path / "data" / "reports.jsonl", Report)


def report(state: State, **said: str) -> Report:
    unit = {"agency": "长治市水利局", "agency_id": "140400:水利局"}
    days = {"date": "2023-11-06", "at": "2023-11-06T08:00:00Z"}
    return make(document="140400:节水要点", task="1", quote="改造管网", state=state, **unit, **days, **said)


def test_what_is_kept_stands_behind_what_was_kept_before(journal: Journal[Report]) -> None:
    assert (journal.read(), len(journal)) == ([], 0)
    said = [report("in progress", text="过半\n了"), report("on hold"), report("done", by="王")]
    journal.append(said[:2])
    journal.append([])
    journal.append(said[2:])
    assert (journal.read(), len(journal)) == (said, 3)
    assert "null" not in journal.file.read_text(encoding="utf-8")  # what was left out is left out


def test_a_line_without_its_end_was_never_kept(journal: Journal[Report]) -> None:
    journal.append([report("in progress")])
    with journal.file.open("ab") as file:
        file.write(b'{"document": "')
    assert (journal.read(), len(journal)) == ([report("in progress")], 1)
    journal.append([report("done")])
    assert journal.read() == [report("in progress"), report("done")]


def test_a_broken_line_is_named(journal: Journal[Report]) -> None:
    journal.append([report("in progress")])
    with journal.file.open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(BadJournal, match=r"reports\.jsonl:2: no report: Field required\nmend that line$"):
        journal.read()


def test_what_is_no_file_can_be_neither_read_nor_written(journal: Journal[Report]) -> None:
    journal.file.mkdir(parents=True)
    for ask in (journal.read, journal.__len__):
        with pytest.raises(BadJournal, match=r"reports\.jsonl: .+\nit must be a file that may be read$"):
            ask()
    with pytest.raises(BadJournal, match=r"reports\.jsonl: .+\nnothing was kept$"):
        journal.append([report("done")])


def test_a_full_disk_is_told_as_one(journal: Journal[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic, "append", full)
    with pytest.raises(DiskFull) as refused:
        journal.append([report("done")])
    assert str(journal.file.parent) in refused.value.message
