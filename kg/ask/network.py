"""The network of those who share tasks (networkx): its edges are the rows of the canned query responsibility-edges."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import networkx as nx

from kg.ask.queries import MAX_LIMIT, Given, Query
from kg.ask.signature import Value
from kg.engine.store import Store
from kg.errors import BadParameter, TooManyQueries

EDGES: Final = "responsibility-edges"
"""The query that the networks are made of; its parameters are theirs."""

NODE_COLUMNS: Final = ("name", "id", "place", "degree", "weighted_degree", "betweenness", "community", "articulation")
EDGE_COLUMNS: Final = (
    *("one", "one_id", "other", "other_id", "tasks", "both_lead", "one_leads", "other_leads", "both_participate", "documents"),
    "bridge",
)

VISITS: Final = 5_000_000
"""Edges that may be looked at to measure the betweenness in one piece of the network: some seconds. A piece that needs more is
measured from as many of its nodes as that allows, and its betweenness is an estimate."""

_SEED: Final = 0  # communities and pivots are found with chance; the same network must give the same ones
_KEPT: Final = 16  # networks
_PATIENCE: Final = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Network:
    """`graph`: a node for each unit or line of work that shares a task, with the attributes NODE_COLUMNS say (`name` is its
    `label`); an edge for each pair, with EDGE_COLUMNS (`tasks` is its `weight`). Edges run from `one` to `other`. Its own
    attribute `exact` is false where betweenness is an estimate.

    degree: with how many it shares a task; weighted_degree: the sum of its edges' tasks; betweenness: the share of the
    shortest paths between two others that lead through it, 0 to 1; community: a number, 1 being the largest; articulation:
    whether without it the network falls into more pieces; bridge: the same of an edge.
    """

    parameters: Mapping[str, Value]
    revision: str
    graph: nx.Graph

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """A row a node, those with the most shared tasks first."""
        rows = [{"id": id_, "name": about["label"], "place": None} | about for id_, about in self.graph.nodes(data=True)]
        rows.sort(key=lambda row: (-row["weighted_degree"], -row["degree"], row["id"]))
        return [{column: row[column] for column in NODE_COLUMNS} for row in rows]

    @property
    def edges(self) -> list[dict[str, Any]]:
        """A row an edge, those with the most tasks first."""
        names = self.graph.nodes
        rows = [
            {"one": names[one]["label"], "one_id": one, "other": names[other]["label"], "other_id": other, **about}
            | {"tasks": about["weight"]}
            for one, other, about in self.graph.edges(data=True)
        ]
        rows.sort(key=lambda row: (-row["tasks"], -row["both_lead"], row["one_id"], row["other_id"]))
        return [{column: row[column] for column in EDGE_COLUMNS} for row in rows]

    @property
    def communities(self) -> int:
        """How many there are."""
        return len({about["community"] for _, about in self.graph.nodes(data=True)})

    def as_json(self) -> dict[str, Any]:
        """The answer of GET /network."""
        return {
            "parameters": dict(self.parameters),
            "revision": self.revision,
            "communities": self.communities,
            "exact": self.graph.graph["exact"],
            "nodes": self.nodes,
            "edges": self.edges,
        }

    def as_graphml(self) -> bytes:
        """A file that Gephi opens. Raises nothing: what is null is left out, for GraphML knows no null."""
        out = io.BytesIO()
        nx.write_graphml_xml(self.graph, out, prettyprint=True)
        return out.getvalue()


class Networks:
    """The networks of one base. Each is kept until the documents of the base change. May be called from many threads."""

    def __init__(self, store: Store, edges: Query) -> None:
        self._store, self._edges = store, edges
        self._kept: dict[str, Network] = {}
        self._turn = Lock()

    def network(self, given: Given) -> Network:
        """The network that the parameters of responsibility-edges ask for.

        Raises BadParameter where it has over MAX_LIMIT edges, TooManyQueries where others take long to compute, and what
        Query.bind and Query.fetch raise.
        """
        bound = self._edges.bind(self._store, given)
        key = json.dumps(bound, sort_keys=True)
        if not self._turn.acquire(timeout=_PATIENCE):  # one at a time: it is Python's own work, threads would not speed it up
            raise TooManyQueries("other networks are being computed", "try again in a moment")
        try:
            before = revision(self._store)
            kept = self._kept.pop(key, None)
            network = kept if kept and kept.revision == before else self._compute(bound, before)
            if network is kept or revision(self._store) == before:  # else some edges may be of before and some of after
                self._kept[key] = network
                while len(self._kept) > _KEPT:
                    del self._kept[next(iter(self._kept))]
            return network
        finally:
            self._turn.release()

    def _compute(self, bound: Mapping[str, Value], at: str) -> Network:
        answer = self._edges.fetch(self._store, bound, MAX_LIMIT)
        if answer.truncated:
            hint = "ask for one place or document, or for pairs with more tasks in common (min_tasks)"
            raise BadParameter(f"more than {MAX_LIMIT:,} pairs share tasks", hint)
        return Network(bound, at, measured(answer.rows))


def revision(store: Store) -> str:
    """A digest that changes with the documents of the base, the rules they were read by and their corrections: what it holds
    is a function of these (kg/graph), so nothing needs to be counted. It does not see what others write by hand."""
    rows = store.read(
        "MATCH (d:Document) WHERE d.loaded = true OPTIONAL MATCH (d)-[:FROM]->(s:Source) "
        "RETURN d.id AS id, s.id AS source, s.name AS name, d.rules AS rules, d.corrections AS corrections ORDER BY id"
    ).rows
    return hashlib.sha256(json.dumps([list(row.values()) for row in rows]).encode()).hexdigest()[:16]


def measured(rows: Iterable[Mapping[str, Any]]) -> nx.Graph:
    """The graph of these rows of responsibility-edges, with every figure on its nodes and edges."""
    graph = nx.Graph()
    rows = list(rows)
    ends = {row[f"{end}_id"]: (row[end], row[f"{end}_place"]) for row in rows for end in ("one", "other")}
    for id_ in sorted(ends):  # in one order, whatever that of the rows, and such that an edge runs from its `one`
        name, place = ends[id_]
        graph.add_node(id_, label=name, **({"place": place} if place else {}))
    for row in sorted(rows, key=lambda row: (row["one_id"], row["other_id"])):
        about = {column: row[column] for column in EDGE_COLUMNS[5:-1]}
        graph.add_edge(row["one_id"], row["other_id"], weight=row["tasks"], **about, bridge=False)
    _measure(graph)
    return graph


def _measure(graph: nx.Graph) -> None:
    # By number: sets of names come in another order in every process, and with them chance and the rounding that decides a tie.
    plain = nx.convert_node_labels_to_integers(graph)
    betweenness, exact = _betweenness(plain)
    community, articulations = _communities(plain), set(nx.articulation_points(plain))
    graph.graph["exact"] = exact
    for number, (id_, degree) in enumerate(graph.degree()):
        graph.nodes[id_].update(
            degree=degree,
            weighted_degree=graph.degree(id_, weight="weight"),
            betweenness=betweenness[number],
            community=community[number],
            articulation=number in articulations,
        )
    for one, other in nx.bridges(graph):
        graph.edges[one, other]["bridge"] = True


def _betweenness(graph: nx.Graph) -> tuple[dict[int, float], bool]:
    """Of each node, and whether it is exact. Paths stay in one piece, so the pieces are measured one by one."""
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2 or 1
    betweenness: dict[int, float] = {}
    exact = True
    for members in nx.connected_components(graph):
        piece = graph.subgraph(members)  # type: ignore[no-untyped-call]
        pivots = max(2, VISITS // piece.number_of_edges())
        exact = exact and pivots >= len(piece)
        paths = nx.betweenness_centrality(piece, k=pivots if pivots < len(piece) else None, normalized=False, seed=_SEED)
        betweenness |= {number: round(through / pairs, 4) for number, through in paths.items()}
    return betweenness, exact


def _communities(graph: nx.Graph) -> dict[int, int]:
    """The community of each node (Louvain's method over common tasks); the largest is 1, of two alike that of the first."""
    if not graph:
        return {}
    communities = sorted(
        map(sorted, nx.community.louvain_communities(graph, seed=_SEED)), key=lambda members: (-len(members), members)
    )
    return {number: community for community, members in enumerate(communities, 1) for number in members}
