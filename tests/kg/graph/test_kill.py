"""After kill -9: every document, decision and report is whole or absent, and the next load finishes the work. scripts/kills.py
kills each command, many times."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from kg.decide.file import append, read
from kg.decide.journal import Journal
from kg.decide.reports import Report, make
from kg.engine.store import Store, open_store
from kg.graph import batch
from kg.settings import Settings
from tests.kg.decide.small_corrections import entry, named
from tests.processes import started
from tests.samples import Cited, Doc, Unit, library, whole_graph, write

pytestmark = pytest.mark.hostile

FILES = 16  # more than five loads can finish before they are killed
TASKS = {"old": 16, "new": 12}  # a document of any other size is torn
ROWS = 150  # of a document, about
UNITS = tuple(Unit(name) for name in ("司法局", "财政局", "公安局", "各县区"))


def document(number: int, version: str) -> Doc:
    cited = Cited(None, f"长发〔2022〕{(number + 1) % FILES}号")
    return Doc(f"第{number}号通知", f"长发〔2022〕{number}号", tasks=(UNITS,) * TASKS[version], cites=(cited,), due=2023)


def write_files(folder: Path, version: str) -> None:
    for number in range(FILES):
        write(folder / f"{number:02}.json", document(number, version))


def test_a_killed_load_leaves_every_document_whole_or_absent(tmp_path: Path) -> None:
    seed = random.Random(20220601)
    files, base, clean = tmp_path / "files", tmp_path / "base", tmp_path / "clean"
    files.mkdir()
    for version in ("old", "new"):
        write_files(files, version)
        with loading(base, files) as (process, lines):
            assert next(lines) == "torn: 0"
            while next(lines) == "unchanged":
                pass
            began = time.monotonic()
            assert next(lines) in {"added", "replaced"}
            time.sleep(seed.uniform(0, time.monotonic() - began))  # into the middle of the next transaction
            process.kill()
    with loading(base, files) as (_, lines):
        survived = list(lines)
    with loading(clean, files) as (_, lines):
        loaded = list(lines)
    assert survived[0] == "torn: 0"
    assert {"unchanged", "added"} <= set(survived)
    assert survived[-1] == loaded[-1]


def test_a_decision_and_a_report_are_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """Killed before each act on a file that they take; the next one is kept all the same."""
    command = [sys.executable, "-m", "tests.kg.graph.test_kill", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=True)
    kills = dict(line.split(": ") for line in done.stdout.splitlines())
    assert int(kills["decision"]) >= 4
    assert int(kills["report"]) >= 2


@contextmanager
def loading(base: Path, files: Path) -> Iterator[tuple[subprocess.Popen[str], Iterator[str]]]:
    """Runs this module as a process that loads `files`; gives it, and the lines it says."""
    command = [sys.executable, "-m", "tests.kg.graph.test_kill", str(base), str(files)]
    with started(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout
        yield process, (line.rstrip() for line in process.stdout)


def torn(store: Store) -> int:
    """How many documents are held in part, and how many tasks and deadlines belong to no document."""
    held = store.read(
        "MATCH (d:Document {loaded: true}) RETURN COUNT { (d)-[:HAS_TASK]->() } AS tasks, "
        "COUNT { (d)-[:HAS_TASK]->()<-[:LEADS]-(:Agency)-[:IN]->() } AS assignments, "
        "COUNT { (d)-[:HAS_TASK]->()-[:DUE]->() } AS deadlines, COUNT { (d)-[:CITES]->() } AS cites, "
        "COUNT { (d)-[:FROM]->() } AS sources"
    ).rows
    whole = [{"tasks": n, "assignments": n * len(UNITS), "deadlines": n, "cites": 1, "sources": 1} for n in TASKS.values()]
    parts = store.read("RETURN COUNT { (:Task) } + COUNT { (:Deadline) } AS parts").rows[0]["parts"]
    return sum(row not in whole for row in held) + int(abs(parts - sum(row["tasks"] + row["deadlines"] for row in held)))


def main(base: Path, files: Path) -> None:
    """Says what is torn, loads and says what becomes of each file, then says the digest of the whole graph."""
    batch._ROWS = 3 * ROWS  # type: ignore[misc]  # some batches, so that a kill meets each part of one
    with open_store(Settings(base)) as store:
        store.ensure_schema()
        print("torn:", torn(store), flush=True)
        for result in library(store, base / "sources").loading(sorted(files.iterdir())):
            print(result.outcome, flush=True)
        print(hashlib.sha256(json.dumps(whole_graph(store), sort_keys=True).encode()).hexdigest())


def kept_whole(folder: Path) -> None:
    """Says how often each was killed. Raises AssertionError where it was torn, or kept the next one from being kept."""
    decisions, journal = folder / "corrections.yaml", Journal(folder / "reports.jsonl", Report)
    said = {"task": "1", "quote": "治水", "agency": "长治市水利局", "agency_id": "140400:水利局", "state": "done"}

    def decide(nth: int) -> None:
        append(decisions, entry("merge", surface=f"第{nth}管理处", into="水利局"))

    def report(nth: int) -> None:
        journal.append([make(document=f"140400:第{nth}号", date="2023-05-04", at="2023-05-04T08:00:00Z", **said)])

    takes: dict[str, tuple[Callable[[int], None], Callable[[], int]]] = {
        "decision": (decide, lambda: len(read(decisions, named).entries)),
        "report": (report, lambda: len(journal.read())),
    }
    for what, (keep, kept) in takes.items():
        keep(0)
        nth, before = 1, 1
        while _killed(keep, nth):
            assert kept() in (before, before + 1)
            before = kept()
            nth += 1
        assert kept() == before + 1
        print(f"{what}: {nth - 1}")


def _killed(keep: Callable[[int], None], nth: int) -> bool:
    """Whether the process was killed before its nth act on a file, or did no more than that."""
    if child := os.fork():
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    acts = count(1)

    def act(event: str, _: object) -> None:
        if event in ("open", "os.rename", "os.remove", "os.truncate") and next(acts) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(act)
    keep(nth)
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        kept_whole(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
