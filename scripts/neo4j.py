"""A real Neo4j with its Browser, without Docker: Java 17 runs what Maven fetches. `make neo4j` opens the seeds in it.

python -m scripts.neo4j --http 7474 --bolt 7687
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable, SessionExpired

from kg import atomic
from kg.ask.queries import load_queries
from kg.browser import server as browser

VERSION = "5.26.30"
USER = "neo4j"
HOST = "127.0.0.1"

_ROOT = Path(__file__).parents[1]
HOME = _ROOT / "build" / "neo4j-data"
"""Where `make neo4j` keeps its base and its password."""

_CACHE = _ROOT / "build" / "neo4j" / VERSION
_FIRST_PASSWORD = "neo4j"
_START = 180.0
_STOP = 30.0

_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-with-browser</artifactId><version>1</version><packaging>pom</packaging>
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
client.allow_telemetry=false
browser.post_connect_cmd={at_start}
"""


class NoNeo4jError(Exception):
    """No Neo4j can be had here; the message says why."""


@contextmanager
def running(
    home: Path, http: int, bolt: int, password: str, at_start: str = "", *, settings: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """A Neo4j over the base in `home`, made if there is none, ready to be asked. At the end it closes its base, unless it has
    been killed. `at_start`: what its Browser runs once it is connected. `settings`: more lines of neo4j.conf. Raises
    NoNeo4jError.
    """
    lib = jars()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    conf = _CONF.format(bolt=bolt, http=http, at_start=at_start) + settings
    (home / "conf" / "neo4j.conf").write_text(conf, encoding="ascii")
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
    # In a group of its own, so that a Ctrl-C reaches it through us, in order.
    with (
        (home / "out").open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True) as process,
    ):
        try:
            _wait(process, f"bolt://{HOST}:{bolt}", password, home / "out")
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_STOP)
            except subprocess.TimeoutExpired:
                process.kill()


def install(home: Path) -> None:
    """Puts a neo4j-admin into `home`, as an installed Neo4j has one. Raises NoNeo4jError."""
    admin = home / "bin" / "neo4j-admin"
    admin.parent.mkdir(parents=True)
    (home / "conf").mkdir()
    java = f'exec java -Xmx1g -cp "{jars()}/*" org.neo4j.cli.AdminTool "$@"'
    admin.write_text(f'#!/bin/sh\ncd "$NEO4J_HOME"\n{java}\n', encoding="utf-8")
    admin.chmod(0o755)


def jars() -> Path:
    """The folder of Neo4j's jars, fetched by Maven the first time. Raises NoNeo4jError."""
    lib = _CACHE / "lib"
    if missing := [tool for tool in ("java", "mvn") if not shutil.which(tool)]:
        raise NoNeo4jError(f"no {' and no '.join(missing)}: as root, sh scripts/test-tools.sh installs them")
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


def _wait(process: subprocess.Popen[bytes], uri: str, password: str, out: Path) -> None:
    """Waits until the server takes the password. A new base comes with one that it lets nobody use but to change it."""
    until = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < until:
        try:
            with GraphDatabase.driver(uri, auth=(USER, password), connection_acquisition_timeout=5) as driver:
                driver.verify_connectivity()
                return
        except AuthError:
            _change_password(uri, password)
            return
        except (ServiceUnavailable, SessionExpired):  # the latter where it listens, but does not answer in time
            time.sleep(0.2)
    raise NoNeo4jError(f"Neo4j did not start:\n{out.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _change_password(uri: str, password: str) -> None:
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    try:
        with GraphDatabase.driver(uri, auth=(USER, _FIRST_PASSWORD)) as driver:
            driver.execute_query(change, {"old": _FIRST_PASSWORD, "new": password}, database_="system")
    except AuthError as error:
        raise NoNeo4jError(f"the base at {uri} has another password") from error


def free_ports() -> tuple[int, int]:
    """Two that nothing listens on."""
    with closing(socket.create_server((HOST, 0))) as one, closing(socket.create_server((HOST, 0))) as two:
        return one.getsockname()[1], two.getsockname()[1]


# make neo4j


def main() -> int:
    """Neo4j with the seeds, its Browser styled, until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m scripts.neo4j", description=main.__doc__)
    parser.add_argument("--http", type=int, default=7474, help="the port of Neo4j Browser [default 7474]")
    parser.add_argument("--bolt", type=int, default=7687, help="the port for programs [default 7687]")
    parser.add_argument("--files", type=int, default=browser.PORT, help=f"the port of style and guide [default {browser.PORT}]")
    given = parser.parse_args()
    if taken := [port for port in (given.http, given.bolt, given.files) if _is_taken(port)]:
        named = ", ".join(map(str, taken))
        print(f"port {named} is taken: end what uses it, or choose others: {parser.prog} --help", file=sys.stderr)
        return 1
    hangup = getattr(signal, "SIGHUP", signal.SIGTERM)  # the terminal is closed; not on Windows
    for number in (signal.SIGINT, signal.SIGTERM, *([hangup] if signal.getsignal(hangup) != signal.SIG_IGN else [])):  # nohup
        signal.signal(number, signal.default_int_handler)
    files = browser.server(browser.files(load_queries()), given.files)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    try:
        print("starting Neo4j; the first time Maven fetches it, which takes about a minute", flush=True)
        with running(HOME, given.http, given.bolt, kept_password(), browser.at_start(given.files)) as process:
            settings = {
                "KG_URI": f"bolt://{HOST}:{given.bolt}",
                "KG_USER": USER,
                "KG_PASSWORD": kept_password(),
                "KG_DATA": str(HOME / "kg"),
            }
            load = [sys.executable, "-m", "kg.cli", "load", "seed"]
            if code := subprocess.run(load, cwd=_ROOT, env={**os.environ, **settings}, check=False).returncode:
                return code
            print(
                f"\nNeo4j Browser  {address(given.http, given.bolt)}  user {USER}  password {kept_password()}\n"
                f"for kg         {' '.join(f'{name}={value}' for name, value in settings.items())}\n\n"
                f"{browser.explained(given.files)}\nCtrl-C ends it; the base stays in {HOME}",
                flush=True,
            )
            process.wait()
        print(f"Neo4j has ended; {HOME / 'logs'} may say why", file=sys.stderr)
        return 1
    except NoNeo4jError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nended")
    return 0


def address(http: int, bolt: int) -> str:
    """Neo4j Browser at these ports, connecting to its own base: without `dbms` it proposes port 7687, whatever ours is."""
    return f"http://{browser.HOST}:{http}/browser/?dbms=bolt://{browser.HOST}:{bolt}"


def _is_taken(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return True
    return False


def kept_password() -> str:
    """Made once: the base keeps the first one it is given."""
    file = HOME / "password"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        atomic.write(file, secrets.token_urlsafe(12).encode())
    return file.read_text(encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
