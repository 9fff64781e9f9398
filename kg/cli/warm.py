"""Makes the cache that brief commands start the embedded engine from (kg.engine.aot): python -m kg.cli.warm FOLDER

`kg load` has it made behind its back when it is done, so that the commands which come next find it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg.engine import aot
from kg.library import Library
from kg.packaged import packaged
from kg.settings import Settings


def behind(folder: Path) -> None:
    """Makes it in a process that nobody waits for, unless it is there."""
    if not aot.cache(folder).exists():
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", __name__, str(folder)]
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def _use() -> None:
    """What the commands do: a load and each canned query."""
    from kg.ask.search import SEARCH
    from kg.errors import KgError

    with Library.at(Settings.from_environment(os.environ), brief=True) as base:
        base.load(packaged("seed"))
        for query in (*base.queries().values(), SEARCH):
            try:
                query.run(base.store, query.example)
            except KgError:  # the seeds do not hold what every example asks for
                continue


if __name__ == "__main__":
    if sys.argv[1:]:
        if hasattr(os, "nice"):
            os.nice(10)
        aot.make(Path(sys.argv[1]), "kg.cli.warm")
    else:
        _use()
