"""The style, the guide, the saved queries and the graph queries: whole, in step with the schema and the canned queries."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.request import Request, urlopen

import pytest
import yaml
from neo4j.graph import Node
from neo4j.graph import Path as GraphPath

from kg import schema
from kg.browser import guide, style
from kg.browser import server as browser
from kg.browser.guide import Graph
from kg.cli import main
from kg.engine.store import Store
from loaders.extract import extract
from loaders.version import rules_version
from scripts import neo4j
from tests.clock import PATIENCE
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, library

SEED = Path(__file__).parents[3] / "seed"
GRAPHS = guide.graphs()
each_graph = pytest.mark.parametrize("twin", GRAPHS, ids=[twin.name for twin in GRAPHS])


def parameters(twin: Graph) -> dict[str, Any]:
    """Those of its `:param` line."""
    found: dict[str, Any] = yaml.safe_load(twin.param.removeprefix(":param "))
    return found


# The style


def grass(text: str) -> dict[str, dict[str, str]]:
    """A style sheet, read as plainly as the Browser reads it."""
    found = re.findall(r"(\S+) \{\n((?:  [^\n]+;\n)+)\}\n", text)
    return {
        selector: {name: value.strip("'") for name, value in re.findall(r"  ([\w-]+): (.+);", body)} for selector, body in found
    }


def test_the_style_has_a_rule_for_each_label_and_type() -> None:
    labels = {node.label for node in schema.NODES} | {schema.COLLECTIVE}
    types = {relationship.type for relationship in schema.RELATIONSHIPS}
    assert set(style.rules()) == {
        "node",
        "relationship",
        *(f"node.{label}" for label in labels),
        *(f"relationship.{type_}" for type_ in types),
    }


def test_the_sheet_says_what_the_rules_say() -> None:
    assert grass(style.style()) == style.rules()


def test_captions_are_names() -> None:
    has = {f"node.{node.label}": node.properties for node in schema.NODES}
    has[f"node.{schema.COLLECTIVE}"] = has["node.Agency"]
    has |= {f"relationship.{relationship.type}": relationship.properties for relationship in schema.RELATIONSHIPS}
    for selector, rule in style.rules().items():
        for name in re.findall(r"\{(\w+)\}", rule.get("caption", "")):
            assert name in has[selector], selector
    assert style.rules()["node.Agency"]["caption"] == "{name}"
    assert style.rules()["node.Document"]["caption"] == "{title}"


def test_captions_can_be_read_on_their_colours() -> None:
    for selector, rule in style.rules().items():
        if selector.startswith("node."):
            assert style.contrast(rule["color"], rule["text-color-internal"]) >= 4.5, selector


def test_a_lead_is_told_from_a_participant_without_colour() -> None:
    lead, participant = style.LINES["LEADS"], style.LINES["PARTICIPATES"]
    assert lead.size >= 3 * participant.size
    assert style.contrast(lead.colour, participant.colour) >= 3


# The guide


class Page(HTMLParser):
    """The attributes of each element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_the_guide_asks_each_graph_query() -> None:
    asked = [attributes["data-populate"] for _, attributes in Page(guide.guide()).elements if "data-populate" in attributes]
    assert asked == [guide.with_literals(twin.cypher) for twin in GRAPHS]


def test_the_guide_reloads_the_style() -> None:
    (run,) = [attributes["data-exec"] for _, attributes in Page(guide.guide()).elements if "data-exec" in attributes]
    assert run
    assert json.loads(run.removeprefix("style ")) == style.rules()


def test_the_guide_asks_nothing_of_other_hosts() -> None:
    assert not re.search(r"https?:|src=|url\(", guide.guide())


def test_the_guide_outlives_the_browser_s_cleaning() -> None:
    handlers = r"\s+on[^\s=]+[^\s=]*\s*=\s*(\"[^\"]*\"|'[^']*'|[\w\-.:]+\s*)"  # what it cuts out, as it says in its source
    assert not re.search(handlers, guide.guide(), re.IGNORECASE)


# Saved queries


def test_saved_queries_have_a_title_and_no_parameter_left() -> None:
    with zipfile.ZipFile(io.BytesIO(guide.favourites(QUERIES))) as packed:
        scripts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert set(scripts) == {f"关系图/{twin.name}.cypher" for twin in GRAPHS} | {f"表格/{name}.cypher" for name in QUERIES}
    for name, script in scripts.items():
        assert re.match(r"// \S.+\n[A-Z]", script), name
        assert "$" not in script, name


def test_the_same_queries_give_the_same_file() -> None:
    assert guide.favourites(QUERIES) == guide.favourites(QUERIES)


def test_literals() -> None:
    text = (
        "// a $b\n// :param {a: '甲:乙', some: ['x', 'y'], none: null, count: 3}\n\nMATCH (n {id: $a})\nWHERE n.x IN $some\n"
        "  AND ($none IS NULL OR EXISTS { (n)-[:R]->({y: $none}) })\n  AND ($count IS NULL OR n.count = $count)\nRETURN n\n"
    )
    assert guide.with_literals(text) == (
        "MATCH (n {id: '甲:乙'})\nWHERE n.x IN ['x', 'y']\n  AND (3 IS NULL OR n.count = 3)\nRETURN n"
    )


# Graphs


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def seeds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The seeds, on one engine, then on the other."""
    store = emptied(request.getfixturevalue(f"{request.param}_store"))
    done = library(store, tmp_path_factory.mktemp("sources"), extract, rules_version()).loading(sorted(SEED.iterdir()))
    assert [result.outcome for result in done] == ["added"] * 5
    return store


@each_graph
def test_a_graph_is_the_twin_of_a_query_and_reads_only(twin: Graph) -> None:
    declared = {parameter.name for parameter in QUERIES[twin.name].parameters}
    used = set(re.findall(r"\$([a-z_]+)", twin.cypher))
    assert used == set(parameters(twin))
    assert used >= declared - {"context"}  # how many characters to cut out of a text is nothing to a graph
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|CALL|LOAD|FOREACH)\b", twin.cypher)


_COLUMNS = {
    "Task": {"task_id", "other_task_id"},
    "Agency": {"agency_id", "partner_id", "collective_id"},
    "Document": {"document_id", "other_document_id", "cited_id"},
    "Principle": {"principle_id"},
}


def named(value: object, columns: set[str]) -> set[str]:
    """What rows, and the maps in them, say in these columns."""
    if isinstance(value, list):
        return set().union(*(named(one, columns) for one in value))
    if isinstance(value, dict):
        own = {one for name, one in value.items() if name in columns and one is not None}
        return own.union(*(named(one, columns) for one in value.values()))
    return set()


def drawn(rows: list[dict[str, Any]], label: str) -> set[str]:
    """The ids of the nodes of this label in rows of paths."""
    nodes: list[Node] = [node for row in rows for path in row.values() if isinstance(path, GraphPath) for node in path.nodes]
    return {node["id"] for node in nodes if label in node.labels}


_OTHERS: tuple[dict[str, Any], ...] = ({}, {"year": 2022}, {"basis": ["narrative"]}, {"place": "430000"}, {"level": "city"})


@each_graph
def test_a_graph_shows_what_the_rows_name(seeds: Store, twin: Graph) -> None:
    """On Neo4j by its own parameters only, for it plans anew for each choice of those that are given."""
    query = QUERIES[twin.name]
    defaults = query.check({p.name: "-" for p in query.parameters if p.required})
    for other in _OTHERS if seeds.engine == "embedded" else [{}]:
        if not set(other) <= set(parameters(twin)):
            continue
        given = parameters(twin) | other
        rows = query.fetch(seeds, defaults | given, 10_000).rows
        paths = seeds.read(twin.cypher, given).rows
        assert rows or other
        for label, columns in _COLUMNS.items():
            if columns & {column.name for column in query.columns} or named(rows, columns):
                asked = {given.get("agency")} - {None} if rows and label == "Agency" else set()
                assert drawn(paths, label) - asked == named(rows, columns) - asked, (label, other)


# Serving


def test_the_server_gives_the_files_to_any_page() -> None:
    with browser.server({"style.grass": b"node {}"}, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_port}/style.grass"
        for method in ("OPTIONS", "GET"):
            with urlopen(Request(at, method=method)) as answer:
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
                assert answer.headers["Access-Control-Allow-Headers"] == "*"
        assert urlopen(at).read() == b"node {}"
        server.shutdown()


def test_what_the_browser_runs_at_the_start_has_three_commands() -> None:
    styled, clear, guided = browser.at_start(7475).split("; ")
    assert json.loads(styled.removeprefix("style ")) == style.rules()
    assert (clear, guided) == ("clear", "guide http://localhost:7475/guide.html")


def test_the_command_writes_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["browser", "--output", str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 2
    for name in browser.files(QUERIES):
        assert (tmp_path / "new" / name).stat().st_size
        assert name in said


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with browser.server({}, 0) as server:
        assert main(["browser", "--port", str(server.server_port)]) != 0
    assert f"port {server.server_port}" in capsys.readouterr().err


def test_the_password_of_make_neo4j_is_made_once_and_for_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j, "HOME", tmp_path / "neo4j-data")
    assert neo4j.kept_password() == neo4j.kept_password()
    assert (tmp_path / "neo4j-data" / "password").stat().st_mode & 0o077 == 0


def test_make_neo4j_prints_what_opens_it_at_its_ports(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """That the address does open it is tested by who opens it: tests/browser/test_neo4j_browser.py."""
    started: list[tuple[object, ...]] = []

    @contextmanager
    def running(*given: object) -> Iterator[SimpleNamespace]:
        started.append(given)
        yield SimpleNamespace(wait=lambda: None)

    monkeypatch.setattr(neo4j, "HOME", tmp_path)
    monkeypatch.setattr(neo4j, "running", running)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    http, bolt = map(str, neo4j.free_ports())
    monkeypatch.setattr(sys, "argv", ["neo4j", "--http", http, "--bolt", bolt, "--files", "0"])
    assert neo4j.main() == 1  # it ended by itself
    assert started[0][1:3] == (int(http), int(bolt))
    said = capsys.readouterr().out
    assert f"Neo4j Browser  {neo4j.address(int(http), int(bolt))}  user" in said
    assert f"KG_URI=bolt://127.0.0.1:{bolt} " in said


_MAKE_NEO4J = """
import contextlib, os, signal, sys
name = sys.argv.pop()
# tests in the background of a shell inherit that it is ignored
signal.signal(getattr(signal, name), signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
from scripts import neo4j
from tests.samples import library, QUERIES
@contextlib.contextmanager
def running(*given):
    try:
        os.kill(os.getpid(), getattr(signal, name))
        yield
    finally:
        print("Java ended")
neo4j.running, neo4j.kept_password, neo4j._is_taken = running, str, lambda port: False
sys.exit(neo4j.main())
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whatever_ends_make_neo4j_ends_java(name: str) -> None:
    if not hasattr(signal, name):
        pytest.skip("not on this platform")
    command = [sys.executable, "-c", _MAKE_NEO4J, "--files", "0", name]
    done = subprocess.run(command, cwd=SEED.parent, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, ["Java ended", "", "ended"])
