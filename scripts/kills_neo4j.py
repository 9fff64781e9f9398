"""Kills a Neo4j while a transaction of a writing command is open, starts it again, and looks at what is left, as scripts.kills
does: python -m scripts.kills_neo4j --each 3

By turns as the transaction is about to be committed, and at a random moment after its begin.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from neo4j import ManagedTransaction

from kg.engine.store import Store
from kg.errors import KgError
from kg.library import Library
from scripts import neo4j
from scripts.kills import Attack, Killer, State, main, opened, state

_BEYOND: Final = ("correct", "load --bulk")
"""What writes to files alone, and to an embedded engine."""


@dataclass(slots=True)
class Fate:
    """What a server meets: it is killed in the `nth` transaction from now on, so many seconds after its begin, else before its
    commit. `took` is how long each took."""

    process: subprocess.Popen[bytes]
    nth: int = 0
    after: float | None = None
    took: list[float] = field(default_factory=list)
    begun: int = 0
    inside: bool = False

    @contextmanager
    def told(self) -> Iterator[None]:
        """The block, whose transactions are counted."""
        write, timers = Store.write, list[threading.Timer]()

        def told(store: Store, work: Callable[[ManagedTransaction], Any]) -> object:
            self.begun += 1
            ours, began = self.begun == self.nth, time.monotonic()

            def working(tx: ManagedTransaction) -> object:
                if ours and self.after is not None and not timers:
                    timers.append(threading.Timer(self.after, self.end))
                    timers[0].start()
                done = work(tx)
                if ours and self.after is None:
                    self.end()
                return done

            done = write(store, working)
            self.took.append(time.monotonic() - began)
            return done

        with patch.object(Store, "write", told):
            yield
        for timer in timers:
            timer.join()

    def end(self) -> None:
        self.inside = len(self.took) < self.begun
        self.process.kill()
        self.process.wait()


def kill_neo4j(killer: Killer, times: int, only: Sequence[str] | None) -> None:
    """Kills it so many times under each command that it can take."""
    home, (http, bolt), password = killer.folder / "neo4j", neo4j.free_ports(), "a-password-of-tests"
    running = partial(neo4j.running, home, http, bolt, password)
    open_ = partial(opened, uri=f"bolt://{neo4j.HOST}:{bolt}", password=password)
    with ExitStack() as held:
        process = held.enter_context(running())
        for attack in killer.attacks:
            if attack.name in _BEYOND or attack.name not in (only or [attack.name]):
                continue
            before = _begin(killer, open_, attack, whole := killer.folder / f"{attack.name} whole")
            with (fate := Fate(process)).told(), open_(whole) as base:
                attack.again(base)
            with open_(whole) as base:
                after = state(base)
            for n in range(times):
                nth = killer.random.randrange(len(fate.took))
                moment = killer.random.uniform(0, fate.took[nth]) if n % 2 else None
                data = killer.folder / f"{attack.name} {n}"
                _begin(killer, open_, attack, data)
                killer.tally.inside["transaction"] += _kill(Fate(process, nth + 1, moment), open_, attack, data, killer)
                killer.tally.kills[attack.name] += 1
                process = held.enter_context(running())
                with open_(data) as base:
                    which = f"Neo4j: {attack.name} {n} ({nth + 1} of {len(fate.took)})"
                    killer.tally.judge(which, base, attack.again, before, after)
            killer.tell(attack)


def _begin(killer: Killer, open_: Callable[[Path], Library], attack: Attack, data: Path) -> State:
    """Nothing in the server but what the command starts from."""
    with open_(data) as base:
        base.store.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
        base.load(killer.folder / "first")
        attack.before(base)
        return state(base)


def _kill(fate: Fate, open_: Callable[[Path], Library], attack: Attack, data: Path, killer: Killer) -> bool:
    """Whether a transaction was open as the server was killed."""
    try:
        with fate.told(), open_(data) as base:
            attack.again(base)
    except KgError:
        killer.tally.found["commands that failed with Neo4j"] += 1
    return fate.inside


if __name__ == "__main__":
    sys.exit(main("scripts.kills_neo4j", __doc__, 3, kill_neo4j))
