"""Who owns the embedded engine, who is its guest, and what is left when a process ends: each in real processes of its own."""

from __future__ import annotations

import gc
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import jpype  # type: ignore[import-untyped]
import pytest

from kg.engine.store import Store, open_store
from kg.errors import BadSettings, EngineUnavailable, StoreLocked
from kg.settings import Settings
from tests.clock import PATIENCE

PRELUDE = """
import sys, time
from pathlib import Path
from kg.settings import Settings
from kg.engine.store import open_store
settings = Settings(data=Path(sys.argv[1]), timeout=float(sys.argv[2]))
def say(word): print(word, flush=True)
"""
SERVE = """
with open_store(settings, serve=True) as store:
    store.ensure_schema()
    say("ready")
    sys.stdin.read()
say("closed")
"""
KEEP = SERVE.replace(", serve=True", "")


def start(script: str, data: Path, cwd: Path, timeout: float = 60) -> subprocess.Popen[str]:
    """A process that runs `script` on the base at `data`, where a query may take `timeout` seconds."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + script, str(data), str(timeout)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )


@contextmanager
def running(script: str, data: Path) -> Iterator[subprocess.Popen[str]]:
    """The same, once it has said that it is ready; killed if the test does not end it."""
    with start(script, data, data.parent) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
            yield process
        finally:
            process.kill()


def count(store: Store) -> int:
    """How many tasks there are."""
    n: int = store.read("MATCH (t:Task) RETURN count(t) AS n").rows[0]["n"]
    return n


def add(store: Store, name: str) -> None:
    """Writes one task."""
    with store.writing():
        store.write(lambda tx: tx.run("CREATE (:Task {id: $id})", {"id": name}).consume())


def test_importing_the_store_starts_nothing() -> None:
    code = "import sys, kg.engine.store; sys.exit(any(m.startswith(('jpype', 'arcadedb')) for m in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_guest_reads_and_writes_and_the_owner_ends_quietly(tmp_path: Path) -> None:
    data = tmp_path / "资料 100%"
    with running(SERVE, data) as owner:
        with open_store(Settings(data=data)) as guest:
            assert (guest.engine, guest.attached) == ("embedded", True)
            guest.ensure_schema()
            add(guest, "一")
            assert count(guest) == 1
        for name in ("password", "holder.json"):
            assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
        assert json.loads((data / "holder.json").read_text())["uri"].startswith("bolt://127.0.0.1:")
        assert (data / "password").read_text() not in (data / "engine.log").read_text()
        if sys.platform == "linux":
            assert niceness(owner.pid, "BOLT") == {10}
            assert os.getpriority(os.PRIO_PROCESS, owner.pid) == 0
        out, err = owner.communicate(timeout=PATIENCE)
        assert (out, err, owner.returncode) == ("closed\n", "", 0)
    assert not (data / "holder.json").exists()
    assert [p.name for p in tmp_path.iterdir()] == [data.name], "a log where nobody asked for one"


def niceness(pid: int, name: str) -> set[int]:
    """Of the threads of a process whose names begin so."""
    said = list[str]()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            said.append((task / "stat").read_text())
    return {int(line.rpartition(")")[2].split()[16]) for line in said if line.partition("(")[2].startswith(name)}


def test_pythons_garbage_is_none_of_javas_business_nor_the_other_way_round(embedded_store: Store) -> None:
    assert count(embedded_store) >= 0
    assert not [callback for callback in gc.callbacks if getattr(callback, "__module__", "") == "_jpype"]
    java = jpype.JClass("java.lang.System")
    java.gc()
    gc.disable()
    try:
        before = gc.get_stats()[2]["collections"]
        java.gc()
        java.gc()
        assert gc.get_stats()[2]["collections"] == before
    finally:
        gc.enable()


def test_a_held_base_is_waited_for_and_its_holder_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(KEEP, data) as owner:
        with pytest.raises(StoreLocked, match=f"process {owner.pid} .*\n.*kg serve") as caught:
            open_store(Settings(data=data), wait=0.3)
        assert str(data) in caught.value.message
        waiting = start("with open_store(settings, wait=100) as store: say(store.attached)", data, tmp_path)
        assert owner.stdin
        owner.stdin.close()
        out, err = waiting.communicate(timeout=PATIENCE)
    assert (out, err, waiting.returncode) == ("False\n", "", 0)


def test_a_killed_owner_leaves_a_base_that_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.engine.store._PATIENCE", 0.5)
    data = tmp_path / "data"
    write = """
store = open_store(settings, serve=True)
store.ensure_schema()
for i in range(10**9):
    ids = [f"{i}.{j}" for j in range(50)]
    store.write(lambda tx: tx.run("UNWIND $ids AS id CREATE (:Task {id: id, batch: $i})", {"ids": ids, "i": i}).consume())
    if i == 3: say("ready")
"""
    with running(write, data) as owner, open_store(Settings(data=data)) as guest:
        assert count(guest) > 0
        owner.kill()
        owner.wait(PATIENCE)
        with pytest.raises(EngineUnavailable, match="ended"):
            count(guest)
    stale = json.loads((data / "holder.json").read_text())
    assert stale["uri"]
    script = """
with open_store(settings, wait=0) as store:
    say("guest" if store.attached else "owner")
    store.ensure_schema()
    sizes = store.read("MATCH (t:Task) RETURN t.batch AS batch, count(t) AS n").rows
    say(len(sizes) >= 4)
    say({row["n"] for row in sizes})
"""
    out, err = start(script, data, tmp_path).communicate(timeout=PATIENCE)
    assert (out, err) == ("owner\nTrue\n{50}\n", "")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_owner_cleanly(tmp_path: Path, name: str) -> None:
    script = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background of a shell inherit that it is ignored
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
try:
    with open_store(settings, serve=True) as store:
        say("ready")
        time.sleep(600)
except KeyboardInterrupt:
    pass
finally:
    say("closed")
"""
    data = tmp_path / "data"
    with running(script, data) as owner:
        owner.send_signal(signal.Signals[name])
        out, err = owner.communicate(timeout=PATIENCE)
    assert (out, err, owner.returncode) == ("closed\n", "", 0)
    assert not (data / "holder.json").exists()


def test_a_query_given_up_does_not_keep_the_process(tmp_path: Path) -> None:
    script = """
from kg.errors import QueryTimeout
store = open_store(settings)  # and not closed
try:
    store.read("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(c)")
except QueryTimeout:
    say("given up")
"""
    process = start(script, tmp_path / "data", tmp_path, timeout=1)
    out, err = process.communicate(timeout=PATIENCE)
    assert (out, err, process.returncode) == ("given up\n", "", 0)


def test_queries_given_up_before_they_begin_do_not_keep_the_process(tmp_path: Path) -> None:
    """One of them may then just be opening its connection, or writing to it."""
    script = """
from kg.engine import store as limits
from kg.errors import QueryTimeout
limits.CONCURRENT = 14
store = open_store(settings)
for number in range(14):
    store._timeout = 0.0008 + 0.0001 * number
    try:
        store.read("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN count(c)")
    except QueryTimeout:
        continue
say("given up")
"""
    process = start(script, tmp_path / "data", tmp_path)
    out, err = process.communicate(timeout=PATIENCE)
    assert (out, err, process.returncode) == ("given up\n", "", 0)


def test_a_lost_password_is_made_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    script = """
with open_store(settings) as store:
    store.write(lambda tx: tx.run("CREATE (:Task {id: '1'})").consume())
(settings.data / "password").unlink()
with open_store(settings) as store:
    say(store.read("MATCH (t:Task) RETURN count(t) AS n").rows[0]["n"])
"""
    process = start(script, data, tmp_path)
    assert process.communicate(timeout=PATIENCE) == ("1\n", "")


def test_a_data_directory_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(BadSettings, match="KG_DATA"):
        open_store(Settings(data=tmp_path / "file"))
    with pytest.raises(BadSettings, match="KG_DATA"):
        open_store(Settings(data=tmp_path / "file" / "below"))


def test_a_locale_in_which_java_cannot_name_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(EngineUnavailable, match=r"LC_ALL=C\.UTF-8"):
        open_store(Settings(data=tmp_path / "资料"))
