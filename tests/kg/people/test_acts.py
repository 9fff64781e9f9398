"""The log of acts: it only grows, whoever writes, and is cleaned where that is asked for."""

from __future__ import annotations

import datetime
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import BadJournal, DiskFull
from kg.people.acts import ACTING, Acts, signed
from kg.people.keys import Person

CLERK = Person("督查室-2", "check", named=True)


@pytest.fixture
def acts(tmp_path: Path) -> Acts:
    return Acts(tmp_path / "acts.jsonl")


def test_who_did_what_to_which_document(acts: Acts) -> None:
    assert acts.last() == []
    acts.note("load", "140400:甲", "added")
    acting = ACTING.set(CLERK)
    acts.note("report", "140400:甲", "1 长治市水利局: done")
    assert signed("某人") == "督查室-2"
    ACTING.reset(acting)
    assert signed("某人") == "某人"
    assert [(a["who"], a["act"], a["document"]) for a in acts.last()] == [
        ("督查室-2", "report", "140400:甲"),
        ("owner", "load", "140400:甲"),
    ]
    assert [a["act"] for a in acts.last(1)] == ["report"]
    assert acts.last(who="owner", document="140400:乙") == []
    assert stat.S_IMODE(acts.file.stat().st_mode) == 0o600


def test_many_at_once_tear_no_line_nor_does_one_that_was_killed(acts: Acts) -> None:
    acts.file.write_bytes(b'{"at": "2026-01-01", "who": "on')
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: acts.note("load", f"-:{n}"), range(80)))
    assert {a["document"] for a in acts.last()} == {f"-:{n}" for n in range(80)}


def test_nothing_is_kept_for_ever(acts: Acts) -> None:
    acts.file.write_text('{"at": "2020-05-01T08:00:00+00:00", "who": "旧人", "act": "load"}\n', encoding="utf-8")
    acts.note("key", note="旧人: read", by=CLERK)
    acts.note("load", "-:甲", by=Person("旧人", "load", named=True))
    assert acts.drop_before(datetime.date(2021, 1, 1)) == 1
    assert acts.forget("旧人") == 2
    assert "旧人" not in acts.file.read_text(encoding="utf-8")
    assert [(a["act"], a["who"]) for a in acts.last()] == [
        ("forget", "owner"),
        ("forget", "owner"),
        ("load", "removed"),
        ("key", "督查室-2"),
    ]


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadJournal, match="acts"):
        Acts(tmp_path / "file" / "acts.jsonl").note("load")
    if os.path.exists("/dev/full"):  # noqa: PTH110
        (tmp_path / "acts.jsonl").symlink_to("/dev/full")
        with pytest.raises(DiskFull, match="make room"):
            Acts(tmp_path / "acts.jsonl").note("load")
