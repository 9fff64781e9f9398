"""A real Neo4j for the tests: the one of NEO4J_TEST_URI, else Docker's, else Maven's artefacts started with Java 17."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import ServiceUnavailable

VERSION = "5.26.30"
IMAGE = "neo4j:5.26-community"
USER = "neo4j"

_CACHE = Path(__file__).parents[1] / "build" / "neo4j" / VERSION
_HOST = "127.0.0.1"
_FIRST_PASSWORD = "neo4j"
_START = 60.0

_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>5.24.0</version></dependency>
  </dependencies>
</project>
"""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"

_CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.https.enabled=false
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
"""


class NoNeo4jError(Exception):
    """No Neo4j can be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Neo4j that tests may empty. `browser` is the address of its Neo4j Browser, where it is ours to know."""

    uri: str
    password: str
    browser: str | None = None


@contextmanager
def running() -> Iterator[Server]:
    """A Neo4j that is gone afterwards, unless it is the one of NEO4J_TEST_URI. Raises NoNeo4jError."""
    if uri := os.environ.get("NEO4J_TEST_URI"):
        yield Server(uri, os.environ.get("NEO4J_TEST_PASSWORD", ""))
        return
    with ExitStack() as held:
        yield held.enter_context(_docker() if _docker_answers() else _java())


@contextmanager
def imported(arguments: Sequence[str]) -> Iterator[Server]:
    """A Neo4j whose base `neo4j-admin` made with `arguments`: Maven's, as a base can be imported only while no server runs
    on it. Raises NoNeo4jError, and RuntimeError with what the importer says where it fails."""
    with _java(arguments) as server:
        yield server


def _docker_answers() -> bool:
    if not shutil.which("docker"):
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=5, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextmanager
def _docker() -> Iterator[Server]:
    from testcontainers.neo4j import Neo4jContainer  # noqa: PLC0415 - slow to import, and seldom needed

    password = secrets.token_urlsafe(12)
    with Neo4jContainer(IMAGE, password=password) as container:
        yield Server(container.get_connection_url(), password)


@contextmanager
def _java(admin: Sequence[str] = ()) -> Iterator[Server]:
    """`admin`: what neo4j-admin is to do before the server starts."""
    lib = _jars()
    http, bolt = _free_ports()
    with tempfile.TemporaryDirectory(prefix="neo4j-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        (home / "conf").mkdir()
        (home / "conf" / "neo4j.conf").write_text(_CONF.format(bolt=bolt, http=http), encoding="ascii")
        if admin:
            _administer(lib, home, admin)
        opened = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
        command = [
            "java",
            "-Xmx1g",
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in opened),
            *("-cp", f"{lib}/*"),
            "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={home}",
            f"--config-dir={home / 'conf'}",
        ]
        with (home / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
            try:
                server = Server(f"bolt://{_HOST}:{bolt}", secrets.token_urlsafe(12), f"http://{_HOST}:{http}/browser/")
                _wait(process, server, home / "out")
                yield server
            finally:
                process.kill()  # its base goes with it, so it need not close it


def _administer(lib: Path, home: Path, arguments: Sequence[str]) -> None:
    environ = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = ["java", "-Xmx1g", "-cp", f"{lib}/*", "org.neo4j.cli.AdminTool", *arguments]
    done = subprocess.run(command, env=environ, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _jars() -> Path:
    """The folder of Neo4j's jars, fetched by Maven the first time."""
    lib = _CACHE / "lib"
    if missing := [tool for tool in ("java", "mvn") if not shutil.which(tool)]:
        raise NoNeo4jError(f"no NEO4J_TEST_URI, no Docker, no {' and no '.join(missing)}")
    _CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(_CACHE / "lock"):  # tests run in several processes
        if not lib.exists():
            _fetch(lib)
    return lib


def _fetch(lib: Path) -> None:
    (_CACHE / "pom.xml").write_text(_POM, encoding="utf-8")
    draft = _CACHE / "lib.new"  # renamed when complete, so an interrupted copy is never used
    done = subprocess.run(
        ["mvn", "-q", "-B", "-f", str(_CACHE / "pom.xml"), _COPY, f"-DoutputDirectory={draft}", "-DincludeScope=runtime"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoNeo4jError(f"Maven cannot fetch Neo4j: {done.stdout[-2000:]}")
    draft.replace(lib)


def _wait(process: subprocess.Popen[bytes], server: Server, out: Path) -> None:
    """Waits until the server takes its new password, the only thing it allows to do with the one it comes with."""
    until = time.monotonic() + _START
    with GraphDatabase.driver(server.uri, auth=(USER, _FIRST_PASSWORD)) as driver:
        while process.poll() is None and time.monotonic() < until:
            try:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                    {"old": _FIRST_PASSWORD, "new": server.password},
                    database_="system",
                )
            except ServiceUnavailable:
                time.sleep(0.2)
            else:
                return
    raise NoNeo4jError(f"Neo4j did not start:\n{out.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _free_ports() -> tuple[int, int]:
    with closing(socket.create_server((_HOST, 0))) as one, closing(socket.create_server((_HOST, 0))) as two:
        return one.getsockname()[1], two.getsockname()[1]
