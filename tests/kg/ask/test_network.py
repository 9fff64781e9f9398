"""Networks over the small graph, on both engines, and over graphs whose figures are known."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, cast

import networkx as nx
import pytest

from kg.ask import network
from kg.ask.network import EDGES, Network, Networks, measured, revision
from kg.ask.queries import MAX_LIMIT
from kg.engine.store import Answer, Store
from kg.errors import BadParameter
from tests.kg.small_graph import CHANGZHI, facts, load
from tests.samples import QUERIES
from tests.test_cli import Served, guest
from tests.test_readme import run, shown, without_trailing_blanks


@pytest.fixture(scope="module")
def small_embedded(embedded_store: Store) -> Store:
    """On one engine: that both have the same pairs is tested with all queries."""
    return load(embedded_store, facts())


def edges(store: Store, **given: object) -> dict[tuple[str, str], tuple[int, ...]]:
    """Of each pair: tasks, both_lead, one_leads, other_leads, both_participate."""
    rows = QUERIES[EDGES].run(store, given).rows
    counts = ("tasks", "both_lead", "one_leads", "other_leads", "both_participate")
    return {(row["one"], row["other"]): tuple(row[name] for name in counts) for row in rows}


def test_pairs_of_units(small_embedded: Store) -> None:
    assert edges(small_embedded) == {
        ("长治市司法局", "长治市财政局"): (2, 1, 0, 1, 0),
        ("长治市发展和改革委员会", "长治市司法局"): (1, 0, 0, 1, 0),
        ("长治市发展和改革委员会", "长治市财政局"): (1, 0, 0, 1, 0),
        ("衡阳市司法局", "衡阳市行政审批服务局"): (1, 0, 1, 0, 0),
    }


@pytest.mark.parametrize(
    ("given", "pairs"),
    [
        ({"place": "山西省"}, 3),
        ({"place": "衡阳市"}, 1),
        ({"document": CHANGZHI}, 3),
        ({"year": 2021}, 1),
        ({"issued_from": "2022-04-01"}, 0),
        ({"issued_to": "2022-04-01"}, 3),
        ({"min_tasks": 2}, 1),
        ({"basis": "narrative"}, 0),
        ({"collectives": True}, 7),
        ({"collectives": True, "through_lead": True}, 6),
    ],
)
def test_filters(small_embedded: Store, given: dict[str, object], pairs: int) -> None:
    assert len(edges(small_embedded, **given)) == pairs


def test_pairs_of_lines_of_work_are_counted_over_all_places(small_embedded: Store) -> None:
    assert edges(small_embedded, by="function") == {
        ("司法局", "财政局"): (2, 1, 0, 1, 0),
        ("发展和改革委员会", "司法局"): (1, 0, 0, 1, 0),
        ("发展和改革委员会", "财政局"): (1, 0, 0, 1, 0),
        ("司法局", "行政审批服务局"): (1, 0, 1, 0, 0),
    }


def test_a_narrative_lead_counts_where_it_is_asked_for(small_embedded: Store) -> None:
    with_narrative = edges(small_embedded, basis="clause,narrative")
    assert with_narrative["长治市司法局", "长治市财政局"] == (2, 2, 0, 0, 0)


def test_figures(small_embedded: Store) -> None:
    found = Networks(small_embedded, QUERIES[EDGES]).network({})
    assert [(n["name"], n["degree"], n["weighted_degree"], n["community"]) for n in found.nodes] == [
        ("长治市司法局", 2, 3, 1),
        ("长治市财政局", 2, 3, 1),
        ("长治市发展和改革委员会", 2, 2, 1),
        ("衡阳市司法局", 1, 1, 2),
        ("衡阳市行政审批服务局", 1, 1, 2),
    ]
    assert (found.communities, found.parameters["basis"]) == (2, ["clause"])
    assert [(edge["one"], edge["other"]) for edge in found.edges if edge["bridge"]] == [
        ("衡阳市司法局", "衡阳市行政审批服务局")
    ]
    assert [(edge["one_id"], edge["other_id"], edge["tasks"]) for edge in found.edges][:1] == [
        ("140400:司法局", "140400:财政局", 2)
    ]


def rows(*pairs: tuple[str, str, int]) -> list[dict[str, Any]]:
    """Rows of the edge query; every task is led by both."""
    return [
        {
            **{"one": one.upper(), "one_id": one, "one_place": "某市", "other": other.upper(), "other_id": other},
            **{"other_place": "某市", "tasks": tasks, "both_lead": tasks, "one_leads": 0, "other_leads": 0},
            **{"both_participate": 0, "documents": 1},
        }
        for one, other, tasks in pairs
    ]


TWO_TRIANGLES = rows(("a", "b", 3), ("b", "c", 3), ("a", "c", 3), ("c", "d", 1), ("d", "e", 3), ("e", "f", 3), ("d", "f", 3))
"""Joined by one edge, from c to d."""


def test_figures_of_two_triangles() -> None:
    found = Network({}, "", measured(TWO_TRIANGLES))
    nodes = {node["id"]: node for node in found.nodes}
    assert {id_: nodes[id_]["community"] for id_ in nodes} == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert [id_ for id_ in sorted(nodes) if nodes[id_]["articulation"]] == ["c", "d"]
    # Of the ten pairs among the other five, the six with one end in each triangle meet in c.
    assert {id_: nodes[id_]["betweenness"] for id_ in "abcd"} == {"a": 0, "b": 0, "c": 0.6, "d": 0.6}
    assert (nodes["c"]["degree"], nodes["c"]["weighted_degree"]) == (3, 7)
    assert [(edge["one"], edge["other"]) for edge in found.edges if edge["bridge"]] == [("C", "D")]


def test_the_order_of_rows_does_not_matter() -> None:
    one, other = (Network({}, "", measured(given)) for given in (TWO_TRIANGLES, TWO_TRIANGLES[::-1]))
    assert one.as_json() == other.as_json()
    assert one.as_graphml() == other.as_graphml()


def test_communities_are_the_same_in_every_process() -> None:
    """A ring of twelve, where every cut is as good as the next."""
    pairs = (sorted((f"n{i}", f"n{(i + 1) % 12}")) for i in range(12))
    ring = rows(*((one, other, 1) for one, other in pairs))
    said = (
        "import json, sys\n"
        "from kg.ask.network import measured\n"
        "print([(n, about['community']) for n, about in measured(json.load(sys.stdin)).nodes(data=True)])"
    )
    answers = Counter(
        subprocess.run(
            [sys.executable, "-c", said],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            input=json.dumps(ring),
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in range(4)
    )
    assert len(answers) == 1


def test_nothing_to_measure(store: Store) -> None:
    found = Networks(store, QUERIES[EDGES]).network({"by": "function"})
    assert (found.nodes, found.edges, found.communities) == ([], [], 0)
    assert b"<graphml" in found.as_graphml()


def test_a_large_network_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Network({}, "", measured(TWO_TRIANGLES)).as_json()
    monkeypatch.setattr(network, "VISITS", 3 * 7)  # from three of six nodes, over seven edges
    estimated = Network({}, "", measured(TWO_TRIANGLES)).as_json()
    assert (exact["exact"], estimated["exact"]) == (True, False)
    assert [node["degree"] for node in exact["nodes"]] == [node["degree"] for node in estimated["nodes"]]


def test_graphml_is_read_back() -> None:
    written = Network({}, "", measured(TWO_TRIANGLES))
    read = nx.read_graphml(io.BytesIO(written.as_graphml()))
    assert dict(read.nodes(data=True)) == dict(written.graph.nodes(data=True))
    assert list(read.edges(data=True)) == list(written.graph.edges(data=True))


class FakeStore:
    """A base of one document, read by the rules `rules`, that counts how often its edges are read."""

    def __init__(self, edges: int = 1) -> None:
        self.rules = "1"
        self.reads = 0
        self._rows = [row | {"one_id": f"{i:06}", "other_id": "z"} for i, row in enumerate(rows(("a", "b", 1)) * edges)]

    def read(self, cypher: str, parameters: object = None, *, limit: int | None = None) -> Answer:
        if "UNWIND" not in cypher:
            return Answer((), [{"id": "d", "source": "s", "name": "n", "rules": self.rules, "corrections": ""}], False)
        self.reads += 1
        names = tuple(c.name for c in QUERIES[EDGES].columns)
        found = [{name: row[name] for name in names} for row in self._rows]
        return Answer(names, found[:limit], limit is not None and len(found) > limit)


def test_a_network_is_kept_until_the_base_changes() -> None:
    base = FakeStore()
    networks = Networks(cast(Store, base), QUERIES[EDGES])
    first = networks.network({})
    assert networks.network({"by": "agency"}) is first, "the same parameters, said otherwise"
    assert base.reads == 1
    networks.network({"min_tasks": 2})
    assert base.reads == 2
    base.rules = "2"
    assert networks.network({}) is not first
    assert base.reads == 3


def test_a_network_read_while_the_base_changes_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    base = FakeStore()
    networks = Networks(cast(Store, base), QUERIES[EDGES])
    states = iter(["before", "after", "after", "after", "after"])
    monkeypatch.setattr(network, "revision", lambda _: next(states))
    for reads in (1, 2, 2):
        networks.network({})
        assert base.reads == reads


def test_too_large_a_network_is_refused() -> None:
    with pytest.raises(BadParameter, match="100,000 pairs"):
        Networks(cast(Store, FakeStore(MAX_LIMIT + 1)), QUERIES[EDGES]).network({})


def test_the_revision_follows_the_documents(store: Store) -> None:
    load(store, facts())
    first = revision(store)
    assert revision(store) == first
    store.write(lambda tx: tx.run("MATCH (d:Document {id: $id}) SET d.rules = '2'", id=CHANGZHI).consume())
    second = revision(store)
    store.write(lambda tx: tx.run("MATCH (d:Document {id: $id}) DETACH DELETE d", id=CHANGZHI).consume())
    assert len({first, second, revision(store)}) == 3


def test_the_page_shows_what_the_commands_give(served: Served, tmp_path: Path) -> None:
    asked = shown("docs/network.md")
    assert len(asked) == 2
    for command, output in asked:
        assert without_trailing_blanks(run(command, served.data, tmp_path)) == without_trailing_blanks(output)


def test_the_command_s_other_forms(served: Served) -> None:
    answer = json.loads(guest(served.data, "network", "--document", "长政办发〔2022〕14号", "--format", "json").stdout)
    (bureau,) = (node for node in answer["nodes"] if node["name"] == "长治市司法局")
    # Its clauses name 7, 11, 12, 10, 1 and 2 others; read in the document.
    assert (bureau["degree"], bureau["weighted_degree"]) == (19, 43)
    written = guest(served.data, "network", "--place", "长治", "--format", "graphml").stdout
    assert len(nx.parse_graphml(written)) == len(answer["nodes"]) == 33
    refused = guest(served.data, "network", "--basis", "hearsay")
    assert (refused.returncode, "clause, narrative, default" in refused.stderr) == (2, True)
