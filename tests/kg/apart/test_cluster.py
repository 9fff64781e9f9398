"""Files read on a dask cluster: a scheduler and two workers, processes on addresses of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from distributed import Client, get_worker

from kg.apart import cluster as cluster_
from kg.apart.cluster import Distant, cluster
from kg.engine.store import open_store
from kg.errors import BadSettings, KgError
from kg.graph.archive import Archive
from kg.rules import EXTRACT
from kg.settings import Settings
from loaders.extract import extract
from loaders.version import rules_version
from tests.clock import PATIENCE
from tests.kg.graph.test_archive import Taken
from tests.samples import library
from tests.test_cli import guest

pytestmark = pytest.mark.hostile

ROOT = Path(__file__).parents[3]
SEED = sorted((ROOT / "seed").iterdir())
WORKERS = ("127.0.0.2", "127.0.0.3")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    on = ("--scheduler-file", str(file), "--no-dashboard")
    commands: list[tuple[str, ...]] = [("dask_scheduler", "--host", "127.0.0.1", "--port", "0", *on)]
    commands += [("dask_worker", "--host", host, "--nthreads", "1", "--no-nanny", *on) for host in WORKERS]
    with ExitStack() as held:
        for name, *options in commands:
            out = held.enter_context((folder / "out").open("ab"))
            command = [sys.executable, "-m", f"distributed.cli.{name}", *options]
            process = held.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out))
            held.callback(process.terminate)
        until = time.monotonic() + PATIENCE
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]


def test_both_workers_read_what_is_read_here(scheduler: str) -> None:
    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
        assert {urlsplit(address).hostname for address in client.nthreads()} == {*WORKERS}
    read = Distant(EXTRACT, 1_000_000_000, 120.0)
    with cluster(scheduler, rules_version) as (workers, threads):
        begun = [workers.submit(read, file.read_bytes(), file.name) for file in SEED]
        assert [one.result() for one in begun] == [extract(file.read_bytes(), file.name) for file in SEED]
        assert threads == 2
        with pytest.raises(KgError, match="no file"):
            workers.submit(read, b"", "no file.txt").result()
        at = workers.submit(lambda: get_worker().address).result()
        assert urlsplit(at).hostname in WORKERS


def test_a_first_archive_is_read_there(scheduler: str, tmp_path: Path) -> None:
    left = tmp_path / "base" / "bulk" / "of one that was killed"
    left.mkdir(parents=True)
    done = guest(tmp_path / "base", "load", "--bulk", "--scheduler", scheduler, *SEED)
    assert (done.returncode, done.stdout.splitlines()[5]) == (0, "5 added")
    assert not left.parent.exists()
    taken = Taken()
    archive = Archive(taken, io.BytesIO())
    with open_store(Settings(data=tmp_path / "base", timeout=PATIENCE)) as store:
        list(library(store, tmp_path / "sources", extract, rules_version()).loading(SEED, into=archive))
        archive.finish()
        assert Taken.of(store) == sorted(taken.held)


def test_workers_with_other_rules_are_refused(scheduler: str) -> None:
    with pytest.raises(BadSettings, match="other rules than here"), cluster(scheduler, os.getpid):  # type: ignore[arg-type]
        pass


def test_there_must_be_a_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_, "_PATIENCE", "1s")
    with pytest.raises(BadSettings, match="no dask scheduler answers"), cluster("tcp://127.0.0.1:1", str):
        pass
