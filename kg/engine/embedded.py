"""The embedded engine: ArcadeDB inside this process, which then speaks Bolt on a loopback port like any Neo4j."""

from __future__ import annotations

import gc
import json
import os
import secrets
import shlex
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from kg import atomic
from kg.engine import aot, left
from kg.errors import EngineUnavailable, StoreLocked, disk_full, is_full

if TYPE_CHECKING:
    from arcadedb_embedded.graph_batch import GraphBatch
    from arcadedb_embedded.server import ArcadeDBServer

USER = "root"
DATABASE = "kg"
WAIT = 60.0
"""Seconds to wait for a lock by default."""

_HOST = "127.0.0.1"
_POLL = 0.1
_BEHIND = 10
"""How nice Java is to those who ask, where the machine is busy."""

_LOGGING = """\
handlers = java.util.logging.FileHandler
.level = INFO
java.util.logging.FileHandler.pattern = {pattern}
java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
java.util.logging.FileHandler.encoding = UTF-8
java.util.logging.FileHandler.limit = 1000000
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine to talk to at `uri` (Bolt), ours or another process'. `stop` it after every driver of this process is closed,
    or the process does not end. `end_queries` ends those that run now, or those of them that came from a port. Of ours only:
    `sql` runs a statement of its own language, for Cypher makes no full-text index; `filling` gives what fills an empty base
    fast, and not safely: it is empty again if this process ends before it has stopped the engine; `damage` is what the engine
    says of its own files; `heap` is how many bytes of memory it uses, and may use at most."""

    uri: str
    password: str = field(repr=False)
    attached: bool
    stop: Callable[[], None] = field(repr=False)
    end_queries: Callable[[int | None], None] = field(default=lambda _: None, repr=False)
    sql: Callable[[str], None] | None = field(default=None, repr=False)
    filling: Callable[[], AbstractContextManager[GraphBatch]] | None = field(default=None, repr=False)
    damage: Callable[[], list[str]] | None = field(default=None, repr=False)
    heap: Callable[[], tuple[int, int]] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Java:
    """How the Java machine of an engine is started. `memory`: bytes of its heap, a quarter of the machine's if left out.
    `limit`: seconds after which the engine ends a statement. `cache`: for a brief process, the folder of kg.engine.aot.
    `even_damaged`: open what kg.engine.left would refuse."""

    memory: int | None
    limit: float
    cache: Path | None = None
    even_damaged: bool = False


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who has the lock, as its file says; `uri` where guests are welcome. Left behind by a process that was killed."""

    pid: int
    command: str
    uri: str | None = None

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command})"


def join_or_start(data: Path, *, serve: bool, java: Java, wait: float) -> Engine:
    """The engine of the base under `data`, a directory: started here if no process holds its lock, else joined.

    `serve`: let guests in. `wait`: seconds to wait for a holder that takes no guests. Raises StoreLocked, EngineUnavailable,
    and OSError where `data` cannot be written.
    """
    lock = FileLock(data / "lock", thread_local=False)
    until = time.monotonic() + wait
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            holder = _read_holder(data)
        else:
            return _own(data, lock, serve, java)
        if holder and holder.uri and _listens(holder.uri):
            return Engine(holder.uri, _password_file(data).read_text(encoding="utf-8"), True, lambda: None)
        if time.monotonic() > until:
            raise StoreLocked(
                f"{data} is held by {holder or 'another process'}",
                "wait until it ends; only `kg serve` and `kg mcp` share the base while they run",
            )
        time.sleep(_POLL)


def _own(data: Path, lock: FileLock, serve: bool, java: Java) -> Engine:
    holder = _Holder(os.getpid(), shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]))
    with ExitStack() as held:
        held.callback(lock.release)
        held.callback(_holder_file(data).unlink, missing_ok=True)
        _write_private(_holder_file(data), json.dumps(asdict(holder)))
        filled = Event()
        held.callback(_end_filling, data, filled)
        if left.take(data, even_damaged=java.even_damaged):
            held.callback(left.leave, data)
        server, uri, password = _start(data, java)
        held.callback(_stop, server)
        if serve:
            _give_way()
            _write_private(_holder_file(data), json.dumps(asdict(replace(holder, uri=uri))))
        ours = partial(_end_queries, server), partial(_run_sql, server), partial(_filling, data, server, filled)
        return Engine(uri, password, False, held.pop_all().close, *ours, partial(_damage, server), _heap)


def _start(data: Path, java: Java) -> tuple[ArcadeDBServer, str, str]:
    """Starts the engine, on an empty base where there is none: the server, its Bolt address, its password."""
    home, log = data / "engine", data / "engine.log"
    hint = f"see {log}; a Neo4j named by KG_URI needs no embedded engine"
    if _filling_file(data).exists():  # it was empty before, and is torn now
        shutil.rmtree(home, ignore_errors=True)
        _filling_file(data).unlink()
    home.mkdir(exist_ok=True)
    password = _make_password(data, home)
    http_port, bolt_port = _free_ports()
    if os.environ.get("LC_ALL") in ("C", "POSIX") and not str(home.resolve()).isascii():
        raise EngineUnavailable(f"in the locale LC_ALL=C Java cannot name {home}", "set LC_ALL=C.UTF-8")
    try:
        _start_jvm(data, log, java)
        import jpype  # type: ignore[import-untyped]  # noqa: PLC0415 - no Java for those who use Neo4j
        from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 - no Java for those who use Neo4j
        from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineUnavailable(f"the Java machine of the embedded engine does not start: {error}", hint) from error
    try:
        server = ArcadeDBServer(
            str(home.resolve()),
            password,
            config={
                "host": _HOST,
                "http_port": http_port,
                "bolt_port": bolt_port,
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "mode": "production",
            },
        )
        server.start()
        # What it starts with stays; but from now on it says why it refuses a query.
        mode = jpype.JClass("com.arcadedb.GlobalConfiguration").SERVER_MODE
        server._java_server.getConfiguration().setValue(mode, "development")
        server.create_database(DATABASE)
    except ArcadeDBError as error:
        if is_full(error):
            raise disk_full(data) from error
        raise EngineUnavailable(f"the embedded engine does not open {home}: {error}", hint) from error
    return server, f"bolt://{_HOST}:{bolt_port}", password


def _give_way() -> None:
    """Lets Java's threads, and those that they start from now on, run behind Python's: who asks more than the engine can answer
    is told so at once. Only Linux knows the priority of a thread."""
    ours = {thread.native_id for thread in threading.enumerate()}
    for task in Path("/proc/self/task").glob("*"):
        if int(task.name) not in ours:
            with suppress(ProcessLookupError):  # it has ended
                os.setpriority(os.PRIO_PROCESS, int(task.name), _BEHIND)


def _run_sql(server: ArcadeDBServer, statement: str) -> None:
    """Raises EngineUnavailable."""
    from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 - no Java for those who use Neo4j

    try:
        server.get_database(DATABASE).command("sql", statement)
    except ArcadeDBError as error:
        raise EngineUnavailable(f"the embedded engine refuses {statement}: {error}") from error


@contextmanager
def _filling(data: Path, server: ArcadeDBServer, filled: Event) -> Iterator[GraphBatch]:
    """Raises EngineUnavailable."""
    from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 - no Java for those who use Neo4j

    _filling_file(data).touch()
    try:
        with server.get_database(DATABASE).graph_batch(use_wal=False) as batch:
            yield batch
    except ArcadeDBError as error:
        raise EngineUnavailable(f"the embedded engine cannot be filled: {error}", "the base is empty again") from error
    filled.set()


def _damage(server: ArcadeDBServer) -> list[str]:
    """Records and links that cannot be read. Raises EngineUnavailable."""
    from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 - no Java for those who use Neo4j

    try:
        for found in server.get_database(DATABASE).command("sql", "CHECK DATABASE") or ():
            indexes = (f"index {name}" for name in found.get("corruptedIndexes") or ())
            return sorted(map(str, (*indexes, *(found.get("warnings") or ()))))
    except ArcadeDBError as error:
        return [f"the engine cannot check its files: {error}"]
    return []


def _heap() -> tuple[int, int]:
    import jpype  # noqa: PLC0415 - no Java for those who use Neo4j

    memory = jpype.JClass("java.lang.Runtime").getRuntime()
    return memory.totalMemory() - memory.freeMemory(), memory.maxMemory()


def _end_filling(data: Path, filled: Event) -> None:
    """What fills the base writes no log: only what the engine has put on disk when it stops is sure."""
    if filled.is_set():
        _filling_file(data).unlink(missing_ok=True)


def _filling_file(data: Path) -> Path:
    return data / "filling"


def _end_queries(server: ArcadeDBServer, port: int | None = None) -> None:
    for query in server._java_server.getRunningQueries().getRunning():
        if port is None or str(query.getClientAddress()).endswith(f":{port}"):
            query.terminate(USER)


def _stop(server: ArcadeDBServer) -> None:
    """Ends what still runs, for stop() does not and Java would outlive it; then flushes and closes the base."""
    _end_queries(server)
    server.stop()


def _holder_file(data: Path) -> Path:
    return data / "holder.json"


def _read_holder(data: Path) -> _Holder | None:
    try:
        return _Holder(**json.loads(_holder_file(data).read_text(encoding="utf-8")))
    except FileNotFoundError:  # its holder has only just taken the lock, or is about to give it back
        return None


def _listens(uri: str) -> bool:
    address = urlsplit(uri)
    try:
        socket.create_connection((_HOST, address.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def _password_file(data: Path) -> Path:
    return data / "password"


def _write_private(path: Path, text: str) -> None:
    """Replaces `path` in one step by a file that only this user may read."""
    atomic.write(path, text.encode())


def _make_password(data: Path, home: Path) -> str:
    path = _password_file(data)
    if not path.exists():
        # The engine keeps the first password it is given; without ours that one is of no use to anybody.
        (home / "config" / "server-users.jsonl").unlink(missing_ok=True)
        _write_private(path, secrets.token_urlsafe(24))
    return path.read_text(encoding="utf-8")


def _free_ports() -> tuple[int, int]:
    with closing(socket.create_server((_HOST, 0))) as one, closing(socket.create_server((_HOST, 0))) as two:
        return one.getsockname()[1], two.getsockname()[1]


def _start_jvm(data: Path, log: Path, java: Java) -> None:
    """Starts the JRE of the arcadedb-embedded package, unless this process has one. We do it ourselves because the package
    always adds an incubator module, about which the JVM warns on stderr. Raises what jpype raises."""
    import jpype  # noqa: PLC0415 - no Java for those who use Neo4j
    from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path  # noqa: PLC0415

    if jpype.isJVMStarted():
        return
    more = os.environ.get("KG_JAVA_OPTIONS", "")
    logging = data / "logging.properties"  # without one, the engine logs to stderr and makes ./log
    pattern = log.as_posix().replace("%", "%%").encode("ascii", "backslashreplace").decode("ascii")
    logging.write_text(_LOGGING.format(pattern=pattern), encoding="ascii")
    jpype.startJVM(
        get_bundled_jre_lib_path(),
        f"-Xmx{java.memory}" if java.memory else "-XX:MaxRAMPercentage=25",
        "-Xrs",  # SIGINT and SIGTERM stay Python's
        f"-Djava.util.logging.config.file={logging}",
        f"-Darcadedb.command.timeout={java.limit * 1000:.0f}",
        f"-Darcadedb.command.regexTimeout={java.limit * 1000:.0f}",
        f"-XX:ErrorFile={data / 'java-crash-%p.log'}",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "--enable-native-access=ALL-UNNAMED",
        # What the engine's own start script opens.
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        *(aot.options(java.cache) if java.cache and "GC" not in more else ()),
        *shlex.split(more),
        classpath=[str(jar) for jar in sorted(Path(get_jar_path()).glob("*.jar"))],
        interrupt=False,
    )
    _part_collectors()
    system, stream, file = map(jpype.JClass, ("java.lang.System", "java.io.PrintStream", "java.io.FileOutputStream"))
    system.setErr(stream(file(str(log), True)))  # stack traces are for the log


def _part_collectors() -> None:
    """JPype has Python look through all its objects, while every thread waits, whenever Java has collected garbage, which a
    busy engine does several times a second; and Java collect, when Python has. Neither holds much of the other's here. After
    the first, JPype takes Python's collection for one that has not ended, and asks no more."""
    import _jpype  # type: ignore[import-not-found]  # noqa: PLC0415 - no Java for those who use Neo4j

    gc.callbacks[:] = [callback for callback in gc.callbacks if callback != _jpype._collect]
