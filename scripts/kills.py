"""Kills each writing command many times on its way, and looks at what is left: python -m scripts.kills --each 15

A command is killed (SIGKILL) at a random moment after it began to write, or as it is about to do its nth act on a file; on the
way there it is stopped and its data copied, which is what a power loss leaves. Each such base is opened: a document is whole,
as it was or as it was to be, or absent where it was or was to be; none of its parts lies about alone; reports and decisions
are those of before or of after; and the command, given again, does the rest. scripts.kills_neo4j kills a
Neo4j instead.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from benchmarks import archive
from kg.decide import file
from kg.decide.entries import Entry
from kg.errors import KgError, NotFound
from kg.library import Library
from kg.settings import Settings
from loaders.extract import extract

_MOMENTS: Final = 3
"""At which a command is stopped, the last time for ever."""

_PATIENCE: Final = 20.0
_CUT: Final = 400
"""Characters that a document loses at its end from its first to its second version."""

_PARTS: Final = (
    "MATCH (d:Document)-[:HAS_TASK|STATES|DUE]->(n) RETURN d.id AS document, labels(n) AS labels, properties(n) AS held"
)
_DUE: Final = (
    "MATCH (d:Document)-[:HAS_TASK]->()-[:DUE]->(n) RETURN d.id AS document, labels(n) AS labels, properties(n) AS held"
)
_FACTS: Final = (
    "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) "
    "RETURN d.id AS document, [type(r), a.id, t.id] AS labels, properties(r) AS held"
)
_OWN: Final = (
    "MATCH (d:Document {loaded: true})-[:FROM]->(s:Source) RETURN d.id AS document, [s.id] AS labels, properties(d) AS held"
)
_FIRST_LEAD: Final = "MATCH (a:Agency)-[r:LEADS]->(t:Task) RETURN t.id AS task, a.id AS unit, r.quote AS quote ORDER BY task"
_ALONE: Final = (
    "MATCH (n) WHERE (n:Task AND NOT ()-[:HAS_TASK]->(n)) OR (n:Deadline AND NOT ()-[:DUE]->(n)) OR "
    "(n:Principle AND NOT ()-[:STATES]->(n)) OR (n:Source AND NOT ()-[:FROM]->(n)) RETURN n.id AS id"
)


@dataclass(frozen=True, slots=True)
class State:
    """What a base says: of each document a digest of all that it gave, the reports in the graph and in the journal, and the
    decisions. `alone`: parts of no document. `kept`: files kept of no document, and files of documents that are not kept."""

    documents: dict[str, str]
    reports: tuple[int, int]
    decisions: int
    alone: tuple[str, ...]
    kept: tuple[int, int]


def state(base: Library) -> State:
    rows = [row for query in (_OWN, _PARTS, _DUE, _FACTS) for row in base.store.read(query).rows]
    said: dict[str, list[str]] = {}
    for row in rows:
        for passing in ("loaded_at", "bigrams"):  # a reset first takes the latter away: then all counts as read by other rules
            row["held"].pop(passing, None)
        said.setdefault(row.pop("document"), []).append(json.dumps(row, sort_keys=True))
    sources = {row["id"] for row in base.store.read("MATCH (s:Source) RETURN s.id AS id").rows}
    kept = {*base.kept.sources()}
    return State(
        {id_: hashlib.sha256("".join(sorted(lines)).encode()).hexdigest() for id_, lines in said.items()},
        (base.store.read("MATCH (r:Report) RETURN count(r) AS n").rows[0]["n"], len(base._journal.read())),
        len(base.corrections().entries),
        tuple(row["id"] for row in base.store.read(_ALONE).rows),
        (len(kept - sources), sum(not base.kept.holds(source) for source in sources)),
    )


@dataclass(frozen=True, slots=True)
class Attack:
    """A command to kill. `before` makes what it starts from, `again` does by hand what it does."""

    name: str
    words: list[str]
    again: Callable[[Library], object]
    before: Callable[[Library], object] = lambda _: None


@dataclass(slots=True)
class Tally:
    """What was met: `wrong` is what may not be."""

    kills: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def judge(self, which: str, base: Library, again: Callable[[Library], object], before: State, after: State) -> None:
        """Looks at what a kill has left, and at what the command then does, given again."""
        now = state(base)
        torn = [id_ for id_, said in now.documents.items() if said not in (before.documents.get(id_), after.documents.get(id_))]
        gone = [id_ for id_ in before.documents.keys() & after.documents.keys() if id_ not in now.documents]
        for what, found in (("torn", torn), ("gone", gone), ("alone", now.alone)):
            if found:
                self.wrong.append(f"{which}: {what}: {found}")
        if now.reports[0] != now.reports[1] or now.reports not in (before.reports, after.reports):
            self.wrong.append(f"{which}: reports {now.reports}, not {before.reports} or {after.reports}")
        if now.decisions not in (before.decisions, after.decisions):
            self.wrong.append(f"{which}: decisions {now.decisions}")
        if now.kept[1]:
            self.wrong.append(f"{which}: {now.kept[1]} documents whose files are not kept")
        self.found["bases with kept files of no document"] += bool(now.kept[0])
        self.found[
            "as before" if now.documents == before.documents else "as after" if now.documents == after.documents else "between"
        ] += 1
        again(base)
        done = state(base)
        if (done.documents, done.reports, done.decisions, done.alone) != (after.documents, after.reports, after.decisions, ()):
            self.wrong.append(f"{which}: given again, it does not do the rest: {_differ(done, after)}")

    def say(self) -> int:
        """Prints what was met; 1 where something was wrong."""
        print(f"{self.kills.total()} kills: {dict(self.kills)}", f"inside: {dict(self.inside)}", sep="\n")
        print(f"found: {dict(self.found)}", *self.wrong or ["nothing wrong"], sep="\n")
        return int(bool(self.wrong))


def opened(data: Path, uri: str | None = None, password: str | None = None) -> Library:
    base = Library.at(Settings(data=data, uri=uri, password=password, timeout=600.0))  # the machine may be busy
    base.extract = extract  # in this process: it reads only what we made
    return base


class Killer:
    """Bases to start from in `folder`, and what each command makes of them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.tally = folder, random.Random(seed), Tally()
        archive.write(folder / "first", 6)
        second = archive.write(folder / "second", 8)
        for path in second[:6]:
            path.write_text(path.read_text(encoding="utf-8")[:-_CUT], encoding="utf-8")
        with opened(folder / "filled") as base:
            base.load(folder / "first")
            row = base.store.read(_FIRST_LEAD).rows[0]
        document, unit = row["task"].rpartition(":")[0], row["unit"]
        place, _, name = unit.partition(":")
        merge = {"place": place, "surface": name, "into": "财政局", "reason": "合署办公", "date": "2026-01-05"}
        said = {"state": "done", "date": "2026-01-05", "text": "已办结"}
        decide = partial(_decide, entry=file.make(change="merge", **merge))
        words = {"document": document, "quote": row["quote"], "task": row["task"], "reason": "核对", "date": "2026-01-05"}
        self.attacks = [
            Attack("load", ["load", str(folder / "second")], lambda base: base.load(folder / "second")),
            Attack("remove", ["remove", document], partial(_remove, document=document)),
            Attack("rebuild", ["rebuild"], lambda base: base.rebuild(), decide),
            Attack("correct", ["correct", "merge", "--no-check", *(f"--{k}={v}" for k, v in merge.items())], decide),
            Attack(
                "correct at once",
                ["correct", "delete", *(f"--{k}={v}" for k, v in words.items())],
                partial(_keep, entry=file.make(change="delete", **words)),
            ),
            Attack(
                "report",
                ["report", row["task"], f"--agency={unit}", "--status=已完成", "--date=2026-01-05", "--text=已办结"],
                partial(_report, task=row["task"], unit=unit, said=said),
                lambda base: base.progress.report(row["task"], unit, state="in progress"),
            ),
            Attack("reset", ["reset", "--yes"], lambda base: base.reset()),
            Attack(
                "load --bulk",
                ["load", "--bulk", str(folder / "first")],
                lambda base: base.load(folder / "first"),
                Library.reset,
            ),
        ]

    def tell(self, attack: Attack) -> None:
        """Prints what was met up to the end of this attack."""
        print(attack.name, dict(self.tally.found), *self.tally.wrong, sep="\n  ", flush=True)

    def kill(self, attack: Attack, times: int) -> None:
        """Kills it so many times, after once that it is let be, to know how long it takes."""
        start = self._copy(self.folder / "filled")
        with opened(start) as base:
            attack.before(base)
            before = state(base)
        whole = self._copy(start)
        took, acts, _ = self._run(attack, whole)
        if not acts:
            raise RuntimeError(f"kg {' '.join(attack.words)} writes nothing")
        with opened(whole) as base:
            after = state(base)
        for n in range(times):
            data = self._copy(start)
            if n % 3:
                moments = sorted(self.random.uniform(0, took) for _ in range(_MOMENTS))
                *_, inside = self._run(attack, data, moments)
                where = [f"{moment:.2f} s" for moment in moments]
            else:
                nth = self.random.randint(1, acts)
                *_, inside = self._run(attack, data, nth=nth)
                where = [f"act {nth} of {acts}"]
            self.tally.kills[attack.name] += 1
            self.tally.inside.update(inside)
            for at, left in zip(where, [*_copies(data, len(where) - 1), data], strict=True):
                self._look(attack, left, before, after, f"{attack.name} {n} ({at})")
                shutil.rmtree(left)

    def _copy(self, start: Path) -> Path:
        return Path(shutil.copytree(start, tempfile.mkdtemp(dir=self.folder), dirs_exist_ok=True))

    def _run(self, attack: Attack, data: Path, moments: Sequence[float] = (), *, nth: int = 0) -> tuple[float, int, list[str]]:
        """How long the command wrote, how many acts it did, and what it was inside of as it was killed: at the last of these
        `moments`, in seconds after it began to write, or at its `nth` act. At the other moments it is stopped, and its data
        copied (_copies)."""
        reader, writer = os.pipe()
        words = [sys.executable, "-m", "scripts.killed", str(writer), str(nth), *attack.words]
        environ, quiet = os.environ | {"KG_DATA": str(data)}, subprocess.DEVNULL
        process = subprocess.Popen(words, env=environ, pass_fds=[writer], stdout=quiet, stderr=quiet, start_new_session=True)
        os.close(writer)
        with process, os.fdopen(reader, encoding="ascii") as lines:
            first = lines.readline()
            began, stopped = time.monotonic(), 0.0
            for moment, copy in zip_longest(moments, _copies(data, len(moments) - 1)):
                time.sleep(max(0.0, began + stopped + moment - time.monotonic()))
                process.send_signal(signal.SIGSTOP if copy else signal.SIGKILL)
                if copy:
                    since = time.monotonic()
                    shutil.copytree(data, copy)
                    process.send_signal(signal.SIGCONT)
                    stopped += time.monotonic() - since
            said = [first, *lines]
            took = time.monotonic() - began
        self.tally.found["processes left behind"] += _left(process.pid)
        depth = Counter[str]()
        for line in said:
            depth[line[1:].strip()] += {"+": 1, "-": -1}.get(line[:1], 0)
        return took, said.count(".\n"), [what for what, deep in depth.items() if what and deep > 0]

    def _look(self, attack: Attack, data: Path, before: State, after: State, which: str) -> None:
        self.tally.found["looked at"] += 1
        try:
            with opened(data) as base:
                self.tally.judge(which, base, attack.again, before, after)
        except KgError as error:
            self.tally.wrong.append(f"{which}: {error}")


def _copies(data: Path, count: int) -> list[Path]:
    """Where copies of the data come to lie."""
    return [data.with_name(f"{data.name}-{n}") for n in range(count)]


def _left(group: int) -> bool:
    """Whether a process that it started outlives it by more than some seconds; then it is ended."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return True


def _decide(base: Library, entry: Entry) -> None:
    if entry not in base.corrections().entries:
        file.append(base.kept.folder.parent / "corrections.yaml", entry)


def _keep(base: Library, entry: Entry) -> None:
    if not any(file.about(held) == file.about(entry) for held in base.corrections().entries):  # else it was done
        base.decisions.keep(entry)


def _remove(base: Library, document: str) -> None:
    try:
        base.remove(document)
    except NotFound:  # it was done
        return


def _report(base: Library, task: str, unit: str, said: dict[str, Any]) -> None:
    if len(base._journal) == 1:  # else it was done
        base.progress.report(task, unit, **said)


def _differ(one: State, other: State) -> str:
    documents = {id_ for id_, said in one.documents.items() ^ other.documents.items()}
    return (
        f"{sorted(documents)}, reports {one.reports} {other.reports}, decisions {one.decisions} {other.decisions}, {one.alone}"
    )


def kill_commands(killer: Killer, times: int, only: Sequence[str] | None) -> None:
    """Kills each command so many times."""
    for attack in killer.attacks:
        if attack.name in (only or [attack.name]):
            killer.kill(attack, times)
            killer.tell(attack)


def main(module: str, said: str | None, times: int, kill: Callable[[Killer, int, Sequence[str] | None], None]) -> int:
    """What `kill` does, `times` times where the command line asks for no other number. Says what was met; 1 where something
    was wrong."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=said)
    parser.add_argument("--each", type=int, default=times, metavar="N", help=f"kills of each command [default {times}]")
    parser.add_argument("--only", nargs="+", metavar="COMMAND", help="these commands, such as 'correct at once'")
    parser.add_argument("--seed", type=int, default=20220601)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        killer = Killer(Path(name), given.seed)
        kill(killer, given.each, given.only)
    return killer.tally.say()


if __name__ == "__main__":
    sys.exit(main("scripts.kills", __doc__, 15, kill_commands))
