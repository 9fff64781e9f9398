"""The whole graph, taken into the tools that people open it with: networkx, and Neo4j by its own importer."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from exports.graphml import write_graphml
from exports.neo4j_import import write_import
from exports.node_link import write_node_link
from kg import schema
from kg.engine.store import Store, open_store
from kg.graph.elements import Node, Relationship, kinds, nodes, relationships
from kg.settings import Settings
from loaders.extract import extract
from tests import neo4j_server
from tests.kg.small_graph import facts, load
from tests.samples import library, whole_graph

SEED = Path(__file__).parents[2] / "seed"


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    """Loaded once for the tests that only read it."""
    return load(embedded_store, facts())


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A base of its own with the five seeds: what the small graph leaves out is there."""
    data = tmp_path_factory.mktemp("seeds")
    with open_store(Settings(data=data)) as store:
        store.ensure_schema()
        for result in library(store, data / "sources", extract).loading(sorted(SEED.iterdir())):
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
def test_neo4j_admin_imports_the_files(seeds: Store, tmp_path: Path) -> None:
    """A base made by neo4j-admin holds what the one it was exported from holds, every property of every element."""
    folder = tmp_path / "with a space"
    folder.mkdir()
    arguments = write_import(nodes(seeds), relationships(seeds), folder)
    try:
        with neo4j_server.imported(arguments) as server:
            settings = Settings(data=tmp_path, uri=server.uri, user=neo4j_server.USER, password=server.password)
            with open_store(settings) as store:
                found = whole_graph(store)
                store.ensure_schema()  # the base can be used at once
                assert (
                    store.read("MATCH (c:Collective) RETURN count(c) AS n").rows
                    == seeds.read("MATCH (c:Collective) RETURN count(c) AS n").rows
                )
    except neo4j_server.NoNeo4jError as error:
        if os.environ.get("KG_REQUIRE_NEO4J") == "1":
            pytest.fail(f"KG_REQUIRE_NEO4J=1, but {error}")
        pytest.skip(f"no importer: {error}")
    assert found == tuple(without_empty_lists(rows) for rows in whole_graph(seeds))


def without_empty_lists(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The importer has no word for them."""
    kept = [{**row, "properties": {k: v for k, v in row["properties"].items() if v is not None and v != []}} for row in rows]
    return sorted(kept, key=lambda row: json.dumps(row, sort_keys=True))


def test_import_files_quote_every_text(tmp_path: Path) -> None:
    arguments = write_import(*hostile(), tmp_path)
    assert (tmp_path / "Agency-MEMBER_OF-Agency.csv").read_bytes().decode() == (
        ':START_ID(Agency),:END_ID(Agency),:TYPE\n"-:乙","-:<&""甲","MEMBER_OF"\n'
    )
    header, first = (tmp_path / "Agency.csv").read_bytes().decode().split("\n", 1)
    assert header.startswith("id:ID(Agency),name,short,level,kind,resolved:boolean,")
    assert first.startswith('"-:<&""甲","' + HOSTILE.replace('"', '""') + '",,,,true,')
    assert '"Agency\x1fCollective"\n' in first
    assert arguments[:4] == ["database", "import", "full", "neo4j"]
    assert arguments[-1] == f"--relationships={tmp_path / 'Agency-MEMBER_OF-Agency.csv'}"
