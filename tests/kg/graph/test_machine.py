"""What a base holds after any order of loads, removals, decisions, reports, rebuilds and kills: what a model in memory says.

`make test` takes a few steps; `python -m tests.kg.graph.test_machine --steps 2000` takes many, with `--neo4j` on a Neo4j.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kg.decide import file
from kg.decide.entries import Entry
from kg.decide.reports import STATES
from kg.engine.store import Store, open_store
from kg.library import Library
from kg.settings import Settings
from scripts.killed import ACTS
from tests import neo4j_server
from tests.kg.decide.small_corrections import entry, named
from tests.kg.graph import test_totals as totals
from tests.kg.small_graph import emptied
from tests.samples import CHANGZHI, Cited, Doc, Unit, as_bytes, extract, whole_graph

FIRST, SECOND = (Unit("司法局"), Unit("财政局", "PARTICIPATES")), (Unit("公安局"), Unit("各县区", "PARTICIPATES"))
NUMBERS: Final = {"a": (1,), "again": (1,), "citing": (2,), "pair": (3, 4)}
"""The documents in each file: the first two files hold the same one."""
FILES, VERSIONS = st.sampled_from(sorted(NUMBERS)), st.integers(0, 2)
ENTRIES: Final = (
    *(entry("delete", document=f"{CHANGZHI}:长发〔2022〕{n}号", quote="财政局", task="1") for n in (1, 3)),
    entry("merge", surface="公安局", into="司法局"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """How the base under a folder is opened, and closed again: one that many tests share stays open."""

    open: Callable[[Path], Store]
    close: Callable[[Store], None]


DEEDS: Final = ("load", "remove", "rebuild", "reset", "report")


class Killed(BaseException):
    """What a process meets that is killed: it does nothing more, whatever would clean up behind it."""


class Fate:
    """Counts acts on the files of a base and on its graph, and lets none happen from the one on at which the process dies."""

    data, left = "", -1  # acts to come; below 0: it lives
    hooked = False

    def act(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1

    def hear(self, event: str, about: tuple[Any, ...]) -> None:
        if self.left >= 0 and event in ACTS and str(about[0]).startswith(self.data):
            self.act()

    @contextmanager
    def dying(self, data: Path, nth: int) -> Iterator[None]:
        """The block ends at its `nth` act, if it does so many."""
        if not self.hooked:  # nobody can take it away again
            sys.addaudithook(self.hear)
            self.hooked = True
        self.data, self.left = str(data), nth
        try:
            one = patch("kg.graph.batch._WAIT", 600.0)  # all of a command in one transaction, also on a busy machine
            with one, patch.object(Store, "write", write), suppress(Killed):
                yield
        finally:
            self.left = -1


FATE: Final = Fate()


def write(store: Store, work: Callable[..., Any], write: Callable[..., Any] = Store.write) -> object:
    """A transaction, of who may die before it, before its commit, and behind it."""

    def working(tx: object) -> object:
        done = work(tx)
        FATE.act()
        return done

    FATE.act()
    done = write(store, working)
    FATE.act()
    return done


def docs(name: str, version: int) -> tuple[Doc, ...]:
    """What a file says in a version: other tasks, other dates, and no two files the same bytes."""
    tasks = ((FIRST, SECOND), (FIRST,), (FIRST, SECOND, FIRST))[version]
    cites = (Cited("第1号通知", "长发〔2022〕1号"),) if name == "citing" else ()
    return tuple(
        Doc(f"第{n}号通知", f"长发〔2022〕{n}号", tasks=tasks, cites=cites, principles=(f"见{name}。",), due=2022 + version)
        for n in NUMBERS[name]
    )


def content(name: str, version: int) -> bytes:
    return as_bytes(*docs(name, version))


def of_document(entries: tuple[Entry, ...], document: str) -> tuple[Entry, ...]:
    """Those that have a say in it: a merge has in every one."""
    return tuple(one for one in entries if getattr(one, "document", document) == document)


class Machine(RuleBasedStateMachine):
    """`held`: of each document the file, its version, and the decisions by which it was read."""

    def __init__(self, engine: Opened) -> None:
        super().__init__()
        self.stack, self.engine = ExitStack(), engine
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.decisions = self.folder / "corrections.yaml"
        self.held: dict[str, tuple[str, int, tuple[Entry, ...]]] = {}
        self.entries: tuple[Entry, ...] = ()
        self.reports: list[tuple[str, str]] = []
        self.opened = 0
        self.data.mkdir()
        self.base = self.library()
        emptied(self.base.store)

    @property
    def data(self) -> Path:
        return self.folder / f"base-{self.opened}"

    def library(self) -> Library:
        return Library(
            lambda: self.engine.open(self.data),
            self.data / "sources",
            extract,
            lambda: "rules 1",
            lambda: file.read(self.decisions, named),
        )

    # What is done to it

    @rule(name=FILES, version=VERSIONS, replace=st.booleans())
    def load(self, name: str, version: int, replace: bool) -> None:
        path = self.folder / f"{name}.json"
        path.write_bytes(content(name, version))
        (result,) = self.base.load(path, replace=replace)
        assert result.outcome == self.take(name, version, replace=replace), result

    def take(self, name: str, version: int, *, replace: bool = False, anew: bool = False) -> str:
        """What the model makes of a file, and what is said of it."""
        written = [d.id for d in docs(name, version) if replace or d.id not in self.held or self.held[d.id][0] == name]
        former = {id_: held for id_, held in self.held.items() if held[0] == name or id_ in written}
        now = {id_: (name, version, of_document(self.entries, id_)) for id_ in written}
        if not former and not now:
            return "same"
        if former == now and not anew:
            return "unchanged"
        self.held = {id_: held for id_, held in self.held.items() if id_ not in former} | now
        return "replaced" if former else "added"

    @precondition(lambda self: self.held)
    @rule(which=st.randoms(use_true_random=False))
    def remove(self, which: random.Random) -> None:
        id_ = which.choice(sorted(self.held))
        assert self.base.remove(id_) == id_
        del self.held[id_]

    @rule(one=st.sampled_from(ENTRIES))
    def correct(self, one: Entry) -> None:
        if one not in self.entries:
            file.append(self.decisions, one)
            self.entries += (one,)

    @precondition(lambda self: self.entries)
    @rule()
    def forget_decisions(self) -> None:
        self.decisions.unlink()
        self.entries = ()

    @precondition(lambda self: self.held)
    @rule(which=st.randoms(use_true_random=False), state=st.sampled_from(STATES))
    def report(self, which: random.Random, state: Any) -> None:
        task, unit, _ = which.choice(sorted(self.leads()))
        self.base.progress.report(task, unit, state=state, date=datetime.date(2022, 6, 1))
        self.reports.append((task, state))

    @rule()
    def rebuild(self) -> None:
        assert len(self.base.rebuild()) == len({held[:2] for held in self.held.values()})
        self.take_again()

    def take_again(self) -> None:
        for name, version in {held[:2] for held in self.held.values()}:
            self.take(name, version, anew=True)

    @rule()
    def reset(self) -> None:
        self.base.reset()
        self.held = {}

    @rule(killed=st.booleans())
    def reopen(self, killed: bool) -> None:
        """After its process was killed the folder holds what it held at that moment: a copy, taken while it is open."""
        former, self.opened = self.data, self.opened + 1
        if killed:
            shutil.copytree(former, self.data)
        self.engine.close(self.base.store)
        if not killed:
            former.rename(self.data)
        self.base = self.library()

    @rule(deed=st.sampled_from(DEEDS), nth=st.integers(0, 55), name=FILES, version=VERSIONS)
    def die(self, deed: str, nth: int, name: str, version: int) -> None:
        """Who is killed before their nth act has done all that they were to do, or nothing."""
        path = self.folder / f"{name}.json"
        path.write_bytes(content(name, version))
        first, (task, unit, _) = min(self.held, default=""), min(self.leads(), default=("", "", ""))
        deeds: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "load": (partial(self.base.load, path), partial(self.take, name, version)),
            "remove": (partial(self.base.remove, first), partial(self.held.pop, first)),
            "rebuild": (self.base.rebuild, self.take_again),
            "reset": (self.base.reset, self.held.clear),
            "report": (
                partial(self.base.progress.report, task, unit, state="done"),
                partial(self.reports.append, (task, "done")),
            ),
        }
        do, done = deeds[deed if self.held else "load"]
        with FATE.dying(self.data, nth):
            do()
        self.engine.close(self.base.store)  # what it would have held ends with its process
        self.base = self.library()
        self.base.load([])  # who writes next puts the kept files in order
        try:
            self.holds_what_the_model_holds()
        except AssertionError:
            done()

    # What must hold

    def tasks(self) -> set[str]:
        return {
            f"{doc.id}:{order}"
            for name, version in {held[:2] for held in self.held.values()}
            for doc in docs(name, version)
            if doc.id in self.held
            for order in range(1, len(doc.tasks) + 1)
        }

    def facts(self) -> set[tuple[str, str, str]]:
        """Who has which part in which task, after the decisions by which each document was read."""
        facts: set[tuple[str, str, str]] = set()
        for id_, (name, version, entries) in self.held.items():
            changes = {one.change for one in entries}
            (doc,) = (doc for doc in docs(name, version) if doc.id == id_)
            for order, units in enumerate(doc.tasks, 1):
                for unit in units:
                    if "delete" in changes and order == 1 and unit.name == "财政局":
                        continue
                    called = "司法局" if "merge" in changes and unit.name == "公安局" else unit.name
                    kind = "collective:" if called.startswith("各") else ""
                    facts.add((f"{kind}{CHANGZHI}:{called}", f"{id_}:{order}", unit.role))
        return facts

    def leads(self) -> set[tuple[str, str, str]]:
        return {(task, unit, role) for unit, task, role in self.facts() if role == "LEADS"}

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        def rows(cypher: str) -> list[tuple[Any, ...]]:
            return [tuple(row.values()) for row in self.base.store.read(cypher).rows]

        sources = {id_: hashlib.sha256(content(*held[:2])).hexdigest() for id_, held in self.held.items()}
        assert dict(rows("MATCH (d:Document)-[:FROM]->(s:Source) RETURN d.id, s.id")) == sources
        assert {*self.base.kept.sources()} == {*sources.values()}
        assert {*rows("MATCH (a:Agency)-[r:LEADS|PARTICIPATES]->(t:Task) RETURN a.id, t.id, type(r)")} == self.facts()
        assert {id_ for (id_,) in rows("MATCH (t:Task) RETURN t.id")} == self.tasks()
        assert len(rows("MATCH (d:Deadline) RETURN d.id")) == len(self.tasks())
        assert totals.total(self.base.store) == totals.counted(self.base.store)
        cited = {bool(loaded) for (loaded,) in rows("MATCH (:Document)-[:CITES]->(d:Document) RETURN d.loaded")}
        first, citing = (f"{CHANGZHI}:长发〔2022〕{n}号" for n in (1, 2))
        assert cited == ({first in self.held} if citing in self.held else set())
        joined = [(task if task in self.tasks() else None, state) for task, state in self.reports]
        assert rows("MATCH (r:Report) OPTIONAL MATCH (r)-[:ON]->(t:Task) RETURN t.id, r.state ORDER BY r.order") == joined
        assert [report.state for report in self.base._journal.read()] == [state for _, state in self.reports]

    def teardown(self) -> None:
        """In another order the same documents give the same graph."""
        try:
            self.rebuild()
            graph = whole_graph(self.base.store)
            paths = {held[0]: held[1] for held in self.held.values()}
            self.reset()
            for name in sorted(paths, reverse=True):
                self.load(name, paths[name], replace=False)
            self.holds_what_the_model_holds()
            assert whole_graph(self.base.store) == graph
        finally:
            self.engine.close(self.base.store)
            self.stack.close()


def run(engine: Opened, examples: int, steps: int, *, shrink: bool = False) -> None:
    """So many bases, in each so many steps; `shrink`: others each time, and of what fails the fewest. Raises AssertionError."""
    profile = settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        derandomize=not shrink,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Machine(engine), settings=profile)  # type: ignore[arg-type]


def test_a_base_holds_what_the_model_holds(embedded_store: Store) -> None:
    run(Opened(lambda _: embedded_store, lambda _: None), examples=12, steps=6)


def main() -> None:
    """Many steps, on engines that are opened and closed in earnest."""
    parser = argparse.ArgumentParser(prog="python -m tests.kg.graph.test_machine", description=main.__doc__)
    parser.add_argument("--steps", type=int, default=500, help="how many in all [default 500]")
    parser.add_argument("--neo4j", action="store_true", help="on a Neo4j, not on the embedded engine")
    given = parser.parse_args()
    with ExitStack() as stack:
        if given.neo4j:
            server = stack.enter_context(neo4j_server.running())
            place: Callable[..., Settings] = partial(Settings, uri=server.uri, user=neo4j_server.USER, password=server.password)
        else:
            place = Settings
        run(Opened(lambda data: open_store(place(data=data)), Store.close), given.steps // 50 or 1, 50, shrink=True)
    print(f"{given.steps} steps: nothing found")


if __name__ == "__main__":
    main()
