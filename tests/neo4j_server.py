"""A real Neo4j for the tests: the one of NEO4J_TEST_URI, else Docker's, else that of scripts/neo4j.py."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.browser.style import inline_style
from scripts import neo4j
from scripts.neo4j import USER, NoNeo4jError

__all__ = ["USER", "NoNeo4jError", "Server", "over", "running"]

IMAGE = f"neo4j:{neo4j.VERSION}-community"

# To plan a statement costs up to seconds of CPU, to run it over a few facts next to nothing: so the planner looks less for the
# best plan, and makes one for lists and texts of any size.
_PLANNING = """\
internal.cypher.idp_solver_table_threshold=16
internal.cypher.use_parameter_size=false
dbms.cypher.min_replan_interval=1h
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A Neo4j that tests may empty. `browser` is the address that opens it in its Neo4j Browser, where it is ours to know."""

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
def over(home: Path) -> Iterator[Server]:
    """A Neo4j over the base in `home`: Maven's. Raises NoNeo4jError."""
    http, bolt = neo4j.free_ports()
    password = secrets.token_urlsafe(12)
    with neo4j.running(home, http, bolt, password, inline_style(), settings=_PLANNING) as process:
        yield Server(f"bolt://{neo4j.HOST}:{bolt}", password, neo4j.address(http, bolt))
        process.kill()  # its base goes with it, so it need not close it


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
def _java() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="neo4j-", ignore_cleanup_errors=True) as name, over(Path(name)) as server:
        yield server
