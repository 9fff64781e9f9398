"""`kg load --bulk`: a first archive at once, into an empty base of the embedded engine or that of a Neo4j that does not run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from kg import atomic
from kg.cli.command import settings
from kg.cli.output import say
from kg.errors import BadParameter, EngineUnavailable, StoreLocked
from kg.library import Library

if TYPE_CHECKING:
    from kg.graph.archive import Archive, Elements

_DATABASE: Final = "neo4j"
_SHOWN: Final = 2000  # characters of what neo4j-admin says last


@contextmanager
def archive(base: Library, home: Path | None) -> Iterator[Archive]:
    """What takes the files of a load, and is the base at the end: of the Neo4j of `home`, else of the library's own engine.

    Raises BadParameter where that is not empty: before a file is read.
    """
    from kg.graph.archive import Archive

    with (
        _folder() as folder,
        (folder / "texts").open("w+b") as texts,
        _home(home, folder) if home else _engine(base, folder) as elements,
    ):
        made = Archive(elements, texts)
        yield made
        say("putting together what depends on all documents", err=True)
        made.finish()
    base.kept.settle(made.sources)


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty folder for what waits: ours alone, without what a process left there that was killed."""
    data = settings().data
    atomic.private_folder(data)
    try:
        ours = FileLock(data / "bulk.lock").acquire(blocking=False)
    except Timeout as error:
        raise StoreLocked(f"another load --bulk writes to {data}", "wait until it ends, then run this again") from error
    folder = data / "bulk"
    with ours:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


@contextmanager
def _engine(base: Library, folder: Path) -> Iterator[Elements]:
    from kg.graph.direct import filling

    if settings().uri:
        raise BadParameter("--bulk writes to no Neo4j that runs", "stop it and name its home: --neo4j-home DIR")
    if base.store.read("MATCH (n) RETURN n.id AS id", limit=1).rows:
        raise BadParameter(
            f"--bulk fills an empty base, and {settings().data} is none",
            "leave --bulk out: `kg load` adds to it; `kg reset --yes` empties it",
        )
    with filling(base.store, folder) as elements:
        yield elements


@contextmanager
def _home(home: Path, folder: Path) -> Iterator[Elements]:
    from exports.neo4j_import import ImportFiles

    admin = shutil.which("neo4j-admin", path=home / "bin")
    if admin is None:
        raise BadParameter(
            f"--neo4j-home {home}: there is no bin/neo4j-admin in it", "name the folder that Neo4j is installed in"
        )
    made = home / "data" / "databases" / _DATABASE
    if made.exists():
        raise BadParameter(
            f"--bulk fills an empty base, and {made} is there",
            "leave --bulk out: with KG_URI, `kg load` adds to it; or stop that Neo4j and move the folder away",
        )
    with ImportFiles(folder) as files:
        yield files
    say("neo4j-admin imports it", err=True)
    environ = {**os.environ, "NEO4J_HOME": str(home.resolve())}
    command = [admin, *files.arguments(_DATABASE)]
    with atomic.as_usual():
        done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stdout + done.stderr)[-_SHOWN:]
        raise EngineUnavailable(f"neo4j-admin fails: {last}", f"remove {made} before you try again")
