"""The whole graph, taken into the tools that people open it with: networkx, and Neo4j by its own importer."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from exports.graphml import write_graphml
from exports.neo4j_import import ImportFiles, write_import
from exports.node_link import write_node_link
from kg import schema
from kg.engine.store import Store, open_store
from kg.graph.archive import Archive
from kg.graph.elements import Node, Relationship, kinds, nodes, relationships
from kg.settings import Settings
from loaders.extract import extract
from loaders.version import rules_version
from scripts import neo4j as scripts_neo4j
from tests import neo4j_server
from tests.clock import PATIENCE
from tests.kg.small_graph import facts, load
from tests.samples import library, whole_graph
from tests.test_cli import guest

SEED = Path(__file__).parents[2] / "seed"


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    """Loaded once for the tests that only read it."""
    return load(embedded_store, facts())


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A base of its own with the five seeds: what the small graph leaves out is there."""
    data = tmp_path_factory.mktemp("seeds")
    with open_store(Settings(data=data, timeout=PATIENCE)) as store:
        store.ensure_schema()
        for result in library(store, data / "sources", extract, rules_version()).loading(sorted(SEED.iterdir())):
            assert result.outcome == "added"
        yield store


HOSTILE = "a\"b;,\\\r\n\x1e<&>'甲𠮷 "


def hostile() -> tuple[list[Node], list[Relationship]]:
    """Elements with all that a format could trip over."""
    one = Node("Agency", ("Agency", "Collective"), '-:<&"甲', {"name": HOSTILE, "members": [HOSTILE, "乙"], "resolved": True})
    other = Node("Agency", ("Agency",), "-:乙", {"name": "", "members": [], "resolved": False, "kind": None})
    succeeded = Relationship("SUCCEEDED_BY", "Agency", "Agency", one.id, other.id, {"on": "2018", "source": HOSTILE})
    return [one, other], [succeeded, Relationship("MEMBER_OF", "Agency", "Agency", other.id, one.id, {})]


def test_elements_are_the_whole_graph_in_a_fixed_order(small: Store) -> None:
    whole_nodes, whole_relationships = whole_graph(small)
    found, joined = list(nodes(small)), list(relationships(small))
    assert Counter(n.id for n in found) == Counter(row["properties"]["id"] for row in whole_nodes)
    assert Counter((r.type, r.start, r.end) for r in joined) == Counter(
        (row["type"], row["start"], row["end"]) for row in whole_relationships
    )
    labels = [n.label for n in schema.NODES]
    assert found == sorted(found, key=lambda n: (labels.index(n.label), n.id))
    order = list(kinds())
    assert joined == sorted(
        joined,
        key=lambda r: (order.index((r.type, r.start_label, r.end_label)), r.start, r.end, r.properties.get("basis", "")),
    )


@pytest.mark.parametrize("which", ["small", "seeds"])
def test_every_property_is_of_the_type_that_the_schema_says(which: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(which)
    types = {"text": str, "integer": int, "boolean": bool, "text[]": list, "integer[]": list}
    owned = [(n.label, n.properties) for n in nodes(store)] + [(r.type, r.properties) for r in relationships(store)]
    wrong = {
        (owner, name)
        for owner, properties in owned
        for name, value in properties.items()
        if value is not None and type(value) is not types[schema.type_of(owner, name)]
    }
    assert not wrong


# GraphML and JSON


def graphml(store: Store) -> Any:
    out = io.BytesIO()
    write_graphml(nodes(store), relationships(store), out)
    return nx.parse_graphml(out.getvalue().decode())


@pytest.mark.parametrize("which", ["small", "seeds"])
def test_networkx_reads_the_graphml(which: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(which)
    found = graphml(store)
    whole_nodes, whole_relationships = whole_graph(store)
    assert (len(found.nodes), len(found.edges)) == (len(whole_nodes), len(whole_relationships))
    assert found.is_directed()
    for row in whole_nodes:
        properties = dict(row["properties"])
        held = found.nodes[properties.pop("id")]
        assert sorted(held["labels"].split(":")) == row["labels"]
        assert held["label"]
        for name, value in properties.items():
            if value is not None:
                assert held[name] == (json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value)
    assert Counter((s, e, data["label"]) for s, e, data in found.edges(data=True)) == Counter(
        (row["start"], row["end"], row["type"]) for row in whole_relationships
    )


def test_graphml_keeps_every_character() -> None:
    out = io.BytesIO()
    write_graphml(*hostile(), out)
    found = nx.parse_graphml(out.getvalue().decode())
    assert found.nodes['-:<&"甲'] == {
        "label": HOSTILE.replace("\x1e", "\ufffd"),  # XML has no place for it
        "labels": "Agency:Collective",
        "name": HOSTILE.replace("\x1e", "\ufffd"),
        "members": json.dumps([HOSTILE, "乙"], ensure_ascii=False).replace("\x1e", "\ufffd"),
        "resolved": True,
    }
    assert found.nodes["-:乙"] == {"label": "-:乙", "labels": "Agency", "members": "[]", "resolved": False, "name": ""}
    edge = found.edges['-:<&"甲', "-:乙"]
    assert (edge["label"], edge["on"], edge["source_"]) == ("SUCCEEDED_BY", "2018", HOSTILE.replace("\x1e", "\ufffd"))


def read_json(text: str) -> Any:
    return nx.node_link_graph(json.loads(text))


@pytest.mark.parametrize("which", ["small", "seeds"])
def test_networkx_reads_the_json(which: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(which)
    out = io.BytesIO()
    write_node_link(nodes(store), relationships(store), out)
    found = read_json(out.getvalue().decode())
    whole_nodes, whole_relationships = whole_graph(store)
    assert found.is_multigraph()
    assert (len(found.nodes), len(found.edges)) == (len(whole_nodes), len(whole_relationships))
    for row in whole_nodes:
        properties = {name: value for name, value in row["properties"].items() if value is not None}
        held = {k: v for k, v in found.nodes[properties.pop("id")].items() if k != "loaded_at"}
        assert sorted(held.pop("labels")) == row["labels"]
        assert held == properties


def test_json_keeps_every_character() -> None:
    out = io.BytesIO()
    write_node_link(*hostile(), out)
    found = json.loads(out.getvalue())
    assert [node["name"] for node in found["nodes"]] == [HOSTILE, ""]
    assert found["edges"][0] | {"source_": HOSTILE} == found["edges"][0]
    assert found["edges"][0]["source"] == '-:<&"甲'


def test_an_empty_graph_is_one() -> None:
    readers: Any = ((write_graphml, nx.parse_graphml), (write_node_link, read_json))
    for write, read in readers:
        out = io.BytesIO()
        write([], [], out)
        assert len(read(out.getvalue().decode())) == 0


# Neo4j's importer


@pytest.mark.hostile
@pytest.mark.timeout(600)
def test_neo4j_admin_makes_the_base_of_a_first_archive(seeds: Store, tmp_path: Path) -> None:
    """It holds what the base holds that the files were loaded into one by one, every property of every element."""
    home = tmp_path / "with a space"
    try:
        scripts_neo4j.install(home)
        load = ("load", "--bulk", "--neo4j-home", home, SEED)
        done = guest(tmp_path / "data", *load)
        assert (done.returncode, done.stdout.splitlines()[5]) == (0, "5 added")
        again = guest(tmp_path / "data", *load)
        assert (again.returncode, "fills an empty base" in again.stderr) == (2, True)
        with neo4j_server.over(home) as server:
            settings = Settings(
                data=tmp_path, uri=server.uri, user=neo4j_server.USER, password=server.password, timeout=PATIENCE
            )
            with open_store(settings) as store:
                store.ensure_schema()  # and so the importer's files are those of an export
                found = whole_graph(store)
                collectives = store.read("MATCH (c:Collective) RETURN count(c) AS n").rows
    except neo4j_server.NoNeo4jError as error:
        if os.environ.get("KG_REQUIRE_NEO4J") == "1":
            pytest.fail(f"KG_REQUIRE_NEO4J=1, but {error}")
        pytest.skip(f"no importer: {error}")
    assert found == whole_graph(seeds)
    assert collectives == seeds.read("MATCH (c:Collective) RETURN count(c) AS n").rows


def test_an_export_is_the_files_of_a_first_archive(seeds: Store, tmp_path: Path) -> None:
    """What neo4j-admin is known to read."""
    exported, made = tmp_path / "exported", tmp_path / "made"
    exported.mkdir()
    made.mkdir()
    arguments = write_import(nodes(seeds), relationships(seeds), exported)
    with ImportFiles(made) as files:
        archive = Archive(files, io.BytesIO())
        list(library(seeds, tmp_path / "sources", extract, rules_version()).loading(sorted(SEED.iterdir()), into=archive))
        archive.finish()
    assert sorted(a.replace(str(made), str(exported)) for a in files.arguments()) == sorted(arguments)
    for file in exported.iterdir():
        lines = (sorted(_timeless(folder / file.name)) for folder in (exported, made))
        assert next(lines) == next(lines), file.name


def _timeless(file: Path) -> list[list[str]]:
    """The records of a file, without the time of loading."""
    csv.field_size_limit(1 << 24)
    with file.open(encoding="utf-8", newline="") as text:
        head, *rows = csv.reader(text)
    return [[value for name, value in zip(head, row, strict=True) if name != "loaded_at"] for row in rows]


def test_the_importer_must_be_there(tmp_path: Path) -> None:
    done = guest(tmp_path / "data", "load", "--bulk", "--neo4j-home", tmp_path, SEED)
    assert (done.returncode, "there is no bin/neo4j-admin in it" in done.stderr) == (2, True)
    done = guest(tmp_path / "data", "load", "--neo4j-home", tmp_path, SEED)
    assert (done.returncode, "say --bulk too" in done.stderr) == (2, True)
