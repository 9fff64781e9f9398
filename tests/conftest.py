"""Both engines, each started once a session: `embedded_store`, `neo4j_store`, and `store`, which is each in turn, empty.
`served` is the seeds in a `kg serve` of their own, for tests of commands."""

from __future__ import annotations

import gc
import os
import re
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from kg.apart.patterns import kept
from kg.engine import aot
from kg.engine.store import Store, open_store
from kg.settings import Settings
from tests import neo4j_server
from tests.clock import PATIENCE
from tests.kg.small_graph import emptied
from tests.test_cli import SEED, Served, kg, serving

# Most engines here live for seconds, in which the second compiler and the parallel collector cost more than they save.
_CACHE = Path(os.environ.setdefault("KG_ENGINE_CACHE", str(Path(__file__).parents[1] / "build/engine")))  # of `make test`
os.environ.setdefault("KG_JAVA_OPTIONS", " ".join(aot.options(_CACHE)))
# Neo4j's; in less room than that it sweeps its own code away and compiles it anew.
os.environ.setdefault("JDK_JAVA_OPTIONS", " ".join((*aot.BRIEF, "-XX:ReservedCodeCacheSize=240m")))

# No clock: the machine may be busy.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_NEO4J = re.compile(r"neo4j|both_engines")
_SERVED = re.compile(r"tests/(browser/|test_(cli|mcp|names|readme)\.py|exports/test_\w*command\.py)|::test_\w*(command|guest)")


class ByEngine(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """All tests on Neo4j go to one process, and so do those of `served`, so that each is started once; the others by file.
    A test on Neo4j says so in its id. The marks of --dist=loadgroup have no effect with pytest 9.2 and xdist 3.8."""

    def _split_scope(self, nodeid: str) -> str:
        if _NEO4J.search(nodeid):
            return "neo4j"
        return "served" if _SERVED.search(nodeid) else nodeid.partition("::")[0]


def _belongs(to: re.Pattern[str]) -> None:
    """Fails the running test where ByEngine does not send it to `to`: a second server would be started for it."""
    test = os.environ["PYTEST_CURRENT_TEST"]
    assert to.search(test), f"{test}: its id has nothing of {to.pattern}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByEngine | None:
    return ByEngine(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.hookimpl(tryfirst=True)
def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`-m hostile` opens only files that name the mark: each of its processes would import them all."""
    alone = config.getoption("markexpr") == "hostile" and collection_path.suffix == ".py"
    return True if alone and "hostile" not in collection_path.read_text(encoding="utf-8") else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end, so nothing of it is looked through for what may go, now or while tests run; its
    patterns are compiled once for all processes."""
    gc.disable()
    try:
        with kept(_CACHE):
            return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded base with its schema; it keeps what earlier tests left in it."""
    with open_store(Settings(data=tmp_path_factory.mktemp("embedded"), timeout=PATIENCE)) as store:
        store.ensure_schema()
        yield store


@pytest.fixture(scope="session")
def neo4j_server_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    """A real Neo4j. Without one the test is skipped, or fails where KG_REQUIRE_NEO4J is 1."""
    _belongs(_NEO4J)
    try:
        with neo4j_server.running() as server:
            yield server
    except neo4j_server.NoNeo4jError as error:
        if os.environ.get("KG_REQUIRE_NEO4J") == "1":
            pytest.fail(f"KG_REQUIRE_NEO4J=1, but {error}")
        warnings.warn(f"HALF OF THE STORE'S TESTS ARE SKIPPED: no Neo4j: {error}", stacklevel=1)
        pytest.skip(f"no Neo4j: {error}")


@pytest.fixture(scope="session")
def neo4j_store(neo4j_server_: neo4j_server.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A Neo4j with the schema; it keeps what earlier tests left in it."""
    data = tmp_path_factory.mktemp("neo4j")
    user, password = neo4j_server.USER, neo4j_server_.password
    with open_store(Settings(data, neo4j_server_.uri, user, password, timeout=PATIENCE)) as store:
        store.ensure_schema()
        yield store


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty base with its schema, on one engine, then on the other."""
    return emptied(request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A `kg serve` over the seeds, which commands on its data join as guests: that takes a tenth of the CPU of an engine of
    their own. What a test adds it takes away."""
    _belongs(_SERVED)
    data = tmp_path_factory.mktemp("served")
    with serving(data) as (_, address):
        done = kg(data, "load", SEED)
        assert (done.returncode, "5 added" in done.stdout.splitlines(), done.stderr) == (0, True, "")
        yield Served(data, address)
