"""Reading apart: what a file does to its reader is said of that file, and harms nobody else."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Literal

import openpyxl
import pytest

from kg.apart.readers import Readers
from kg.apart.wire import Ahead, Answer, Facts, Failure, Page, Pages
from kg.errors import BadSettings, BrokenExtraction, KgError, NothingFound, UnreadableFile
from kg.model import Extraction
from kg.settings import Settings
from loaders.extract import extract
from tests.clock import PATIENCE, until
from tests.processes import started

ROOT = Path(__file__).parents[3]
SEED = ROOT / "seed"
READ = "tests.kg.apart.reading:read"


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers(READ, memory=300_000_000, seconds=60)
    yield made
    made.close()


def who(readers: Readers, words: str = "") -> int:
    """Asks for `words`, and says which process has read them."""
    return int(readers(words.encode(), "a.txt").source.id)


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_facts_are_those_that_the_same_process_would_read() -> None:
    readers = Readers("loaders.extract:extract", memory=1_000_000_000, seconds=60)
    for file in sorted(SEED.glob("*.txt")):
        assert readers(file.read_bytes(), file.name) == extract(file.read_bytes(), file.name)
    with pytest.raises(UnreadableFile, match=r"空\.txt: the file is empty"):
        readers(b"", "空.txt")
    readers.close()


def test_a_workbook_that_came_back_takes_a_child_at_most(readers: Readers) -> None:
    """Two cells at the far corners of a sheet: its library makes the whole rectangle, and aborts its process."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "任务"
    assert readers.cells(saved(book), "清单.xlsx") == {"Sheet": [["任务"]]}
    book.worksheets[0]["XFD1048576"] = "完"
    with pytest.raises(UnreadableFile, match=r"清单\.xlsx: the process that read it died of it"):
        readers.cells(saved(book), "清单.xlsx")
    with pytest.raises(UnreadableFile, match=r"清单\.xlsx: this is no workbook"):
        readers.cells(b"PK", "清单.xlsx")


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_child_serves_many_files_and_is_another_process(readers: Readers) -> None:
    assert os.getpid() != who(readers) == who(readers)


def test_pages_are_shared_out_and_told_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr("kg.apart.readers._AT_ONCE", 2)
    deeds = f"pages meet {tmp_path},meet {tmp_path},c"
    with closing(Readers(READ, memory=300_000_000, seconds=PATIENCE, on_page=lambda *page: told.append(page))) as readers:
        found = [page.split(" ") for page in readers(deeds.encode(), "a.txt").source.text.split("|")]
    assert [page[:2] for page in found] == [["0", "meet"], ["1", "meet"], ["2", "c"]]
    assert found[0][2] == found[2][2] != found[1][2]
    assert sorted(told) == [("a.txt", n, 3) for n in (1, 2, 3)]


def test_a_page_that_kills_its_child_is_without_words(readers: Readers) -> None:
    deeds = "a,crash,hold 600,stumble,refuse,exit 3,z"
    found = readers(f"pages {deeds}".encode(), "a.txt").source.text.split("|")
    assert [page.rpartition(" ")[0] for page in found] == ["0 a", "", "", "", "", "", "6 z"]


def test_pages_end_with_the_time_of_their_file() -> None:
    with closing(Readers(READ, memory=300_000_000, seconds=1)) as readers:
        assert readers(b"pages sleep 60,sleep 60,sleep 60,sleep 60,sleep 60,sleep 60", "a.txt").source.text == "|||||"


def test_what_is_raised_there_is_raised_here(readers: Readers) -> None:
    with pytest.raises(NothingFound) as refused:
        who(readers, "refuse")
    assert (refused.value.message, refused.value.hint, refused.value.candidates) == ("nothing", "try another", ("甲", "乙"))
    with pytest.raises(BrokenExtraction, match=r"a\.txt: ZeroDivisionError: by zero at reading\.py:\d+"):
        who(readers, "stumble")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("crash", r"a\.txt: the process that read it died of it \(Segmentation fault\)"),
        ("exit 3", r"a\.txt: the process that read it died of it \(exit status 3\)"),
        ("pickle", r"a\.txt: the process that read it died of it"),
        ("hold 400", r"a\.txt: reading it takes more memory than 300M\nsplit it, or give more: KG_READ_MEMORY=600M"),
    ],
)
def test_a_file_that_ends_its_reader_fails_by_name_and_the_next_is_read(readers: Readers, words: str, says: str) -> None:
    before = who(readers)
    with pytest.raises(UnreadableFile, match=says):
        who(readers, words)
    until(lambda: not lives(before))
    assert who(readers) != before


@pytest.mark.parametrize(
    ("words", "says"), [("sleep 600", "within 1 seconds\n"), ("spin", "within 1 seconds( of CPU time)?\n")]
)
def test_time_is_limited(words: str, says: str) -> None:
    readers = Readers(READ, memory=300_000_000, seconds=1)
    with pytest.raises(UnreadableFile, match=rf"a\.txt: not read {says}split it, or give more: KG_READ_SECONDS=4"):
        who(readers, words)
    readers.close()


def test_time_counts_for_each_file(readers: Readers) -> None:
    """The system counts the CPU time of a process over its whole life, so each file moves the limit on."""
    child = who(readers, "burn 1.5")
    limit, _ = resource.prlimit(child, resource.RLIMIT_CPU)
    assert who(readers) == child
    assert resource.prlimit(child, resource.RLIMIT_CPU)[0] > limit


def test_memory_counts_for_each_file(readers: Readers) -> None:
    """A child that still holds much is replaced; what it gave back does not count."""
    before = who(readers)
    assert who(readers, "hold 150") == before
    assert who(readers, "keep 120") == before
    assert who(readers) != before


def test_nothing_that_is_printed_reaches_the_answer(readers: Readers) -> None:
    assert who(readers, "print words that a library says") == who(readers)


def test_what_a_reader_has_started_ends_with_it(tmp_path: Path) -> None:
    readers = Readers(READ, memory=300_000_000, seconds=3)
    with pytest.raises(UnreadableFile, match="within 3 seconds"):
        who(readers, f"leave {tmp_path / 'pid'}")
    until(lambda: not lives(int((tmp_path / "pid").read_text(encoding="utf-8"))))
    readers.close()


def test_threads_read_in_parallel(readers: Readers) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: who(readers, "sleep 1"), range(2))
    assert first != second
    assert who(readers) in (first, second)


def test_closing_ends_those_that_read(readers: Readers) -> None:
    errors: list[KgError] = []

    def read() -> None:
        try:
            who(readers, "sleep 600")
        except KgError as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    until(lambda: readers._children)
    readers.close()
    thread.join()
    assert len(errors) == 1
    with pytest.raises(BrokenExtraction, match="closed"):
        who(readers)


def test_a_reader_that_cannot_start_says_why() -> None:
    readers = Readers("tests.kg.apart.nowhere:read", memory=300_000_000, seconds=1)
    with pytest.raises(BrokenExtraction, match=r"does not start: .*No module named 'tests\.kg\.apart\.nowhere'"):
        who(readers)
    readers.close()


def test_what_is_checked_before_a_start() -> None:
    def refuse() -> None:
        raise BadSettings("not now")

    readers = Readers(READ, memory=300_000_000, seconds=1, before_start=refuse)
    with pytest.raises(BadSettings, match="not now"):
        who(readers)
    readers.close()


@pytest.mark.parametrize("words", ["", "sleep 600", "spin"])
def test_children_end_with_their_parent_however_it_ends(words: str, tmp_path: Path) -> None:
    script = (
        "import sys, threading; from kg.apart.readers import Readers\n"
        f"readers = Readers({READ!r}, memory=300_000_000, seconds=600)\n"
        "print(readers(b'', 'a').source.id, flush=True)\n"
        f"readers({words.encode()!r}, 'a') if {words!r} else sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script]
    with started(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert lives(child)
        parent.send_signal(signal.SIGKILL)
    until(lambda: not lives(child))


def test_a_script_without_a_guard_may_read(tmp_path: Path) -> None:
    """Nothing of it is run twice, as multiprocessing would."""
    script = tmp_path / "script.py"
    script.write_text(
        f"print('begun')\nfrom kg.apart.readers import Readers\n"
        f"print(Readers({READ!r}, memory=300_000_000, seconds=60)('好'.encode(), 'a').source.text)\n",
        encoding="utf-8",
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, script], env=environ, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("begun\n好\n", "")


@pytest.mark.parametrize("outcome", [Failure("NothingFound", "m", "h"), Page(2, "好"), Pages(3), "no memory", None], ids=repr)
def test_an_answer_comes_back_as_it_was(outcome: Failure | Page | Pages | Literal["no memory"] | None) -> None:
    assert Answer.of_json(Answer(outcome, last=True).as_json()) == Answer(outcome, last=True)


def test_many_facts_come_ahead_of_their_document() -> None:
    line = "市农业农村局牵头，市水务局配合，2024年6月底前完成。"
    said = extract("".join(["2024年工作要点\n", *(f"{n}．整治第{n}处。{line}\n" for n in range(1, 1_200))]).encode(), "a.txt")
    *sent, last = Answer(said, last=True).frames()
    ahead = Ahead()
    for frame in sent:
        facts = Answer.of_json(frame).outcome
        assert isinstance(facts, Facts)
        ahead.take(facts)
    assert max(map(len, sent)) < 1_000_000
    assert len(last) < 5 * len(said.source.text)
    answer = ahead.before(Answer.of_json(last))
    assert answer == Answer(said, last=True)
    assert isinstance(answer.outcome, Extraction)
    assert len({id(a.agency) for a in answer.outcome.documents[0].assignments}) == 2
    for other in (Answer(None), Answer(replace(said, documents=()))):
        with pytest.raises(ValueError, match="of no document"):
            ahead.before(other)


def test_where_the_system_holds_to_no_limit_a_child_looks_after_itself(readers: Readers) -> None:
    """As on macOS."""
    with pytest.raises(UnreadableFile, match=r"a\.txt: reading it takes more memory than 300M"):
        readers(b"guard 100", "a.txt")
    assert who(readers)


def test_an_answer_that_is_none_is_not_believed() -> None:
    whole = Answer(Failure("NothingFound", "m", "h")).as_json()
    for told in (b"\x80\x04N.", b"[]", whole.replace(b'"m"', b"1"), b'{"outcome": {"source": 1}}', b"\xff"):
        with pytest.raises(ValueError, match="validation error"):
            Answer.of_json(told)


def test_what_reading_may_take_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.settings.find_spec", lambda name: name == "rapidocr")
    assert Settings.from_environment({}).read_seconds == 600
    monkeypatch.setattr("kg.settings.find_spec", lambda _: None)
    assert (Settings.from_environment({}).read_memory, Settings.from_environment({}).read_seconds) == (1_000_000_000, 120)
    given = Settings.from_environment({"KG_READ_MEMORY": "2G", "KG_READ_SECONDS": "7.5"})
    assert (given.read_memory, given.read_seconds) == (2_000_000_000, 7.5)
    assert Settings.from_environment({"KG_READ_MEMORY": "1500mb"}).read_memory == 1_500_000_000
    for name, value in (
        ("KG_READ_MEMORY", "much"),
        ("KG_READ_MEMORY", "100M"),
        ("KG_READ_MEMORY", "-1G"),
        ("KG_READ_SECONDS", "0"),
        ("KG_READ_SECONDS", "soon"),
    ):
        with pytest.raises(BadSettings, match=f"{name}={value}"):
            Settings.from_environment({name: value})
