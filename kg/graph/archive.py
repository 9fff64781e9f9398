"""A first archive, made at once and without a database: the graph that loading its files one by one into an empty base gives.

What a document says goes on as it comes; what depends on all of them (names of agencies, members of collectives, where
citations point to, which tasks are alike) comes at the end. kg.graph.transactions works out the same in a base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO, Final, NamedTuple, Protocol

from kg import schema
from kg.errors import BadParameter
from kg.graph.account import Given, give
from kg.graph.elements import Node, Properties, Relationship
from kg.graph.held import Held
from kg.graph.links import Links
from kg.graph.rows import Cite, GraphRow, GraphRows, found_by
from kg.graph.totals import Added
from kg.graph.workload import Workloads, assignments

_COLLECTIVE: Final = f"Agency:{schema.COLLECTIVE}"
_ASSIGNED: Final = ("LEADS", "PARTICIPATES")
_SHARED: Final = ("Agency", _COLLECTIVE, "Function", "Place")
"""What stands in many documents, and so waits until it is complete."""


class Elements(Protocol):
    """What takes nodes and relationships, in any order. Raises KgError, OSError."""

    def node(self, node: Node) -> None: ...

    def relationship(self, joined: Relationship) -> None: ...


class _Text(NamedTuple):
    first: int  # byte in the file of texts
    end: int
    issued_on: str | None


class Archive:
    """Takes the changes of kg.graph.batch and gives elements; `finish` it. A kg.graph.batch.Base."""

    def __init__(self, elements: Elements, texts: BinaryIO) -> None:
        """`texts`: an empty file, to be read and written."""
        self._elements, self._texts = elements, texts
        self._text_of: dict[str, _Text] = {}
        self._given: dict[str, Given] = {}
        self._shared = GraphRows()
        self._printed: dict[str, set[str]] = defaultdict(set)  # what each agency is called
        self._workloads, self._totals = Workloads(), Added()
        self._loaded: dict[str, list[tuple[str, str]]] = defaultdict(list)  # of each 文号: ids and titles
        self._links = Links((), lambda _: ())
        self.sources: set[str] = set()  # those that documents came from

    def held(self) -> dict[str, Held]:
        return {}

    def text(self, document: str) -> tuple[str, str | None]:
        first, end, issued_on = self._text_of[document]
        self._texts.seek(first)
        return self._texts.read(end - first).decode(), issued_on

    def given(self, documents: Sequence[str]) -> dict[str, Given]:
        """What each of these holds (kg.graph.account)."""
        return {id_: self._given[id_] for id_ in documents if id_ in self._given}

    def change(self, rows: GraphRows, dropped: Collection[str]) -> None:
        """Raises BadParameter where documents are to be dropped: what is given on cannot be taken back."""
        if dropped:
            raise BadParameter(f"{', '.join(sorted(dropped))} came before", "load this file without --bulk")
        self._links.change({id_: row["properties"]["bigrams"] for id_, row in rows.nodes["Document"].items()}, ())
        self._keep(rows)
        self.sources |= rows.nodes["Source"].keys()
        for label, nodes in rows.nodes.items():
            if label in _SHARED:
                self._shared.nodes[label] = nodes | self._shared.nodes[label]
            else:
                for id_, row in nodes.items():
                    self._elements.node(_node(label, id_, row["properties"]))
        self._workloads.count(assignments(rows))
        self._totals.count(rows)
        for ends, relationships in rows.relationships.items():
            if ends[0] in _ASSIGNED:
                for row in relationships.values():
                    self._printed[row["start"]].add(row["properties"]["name"])
            if ends[2] in _SHARED and ends[1] != "Document":
                self._shared.relationships[ends] = relationships | self._shared.relationships[ends]
            else:
                for row in relationships.values():
                    self._elements.relationship(_relationship(*ends, row))
        self._shared.citations += rows.citations

    def _keep(self, rows: GraphRows) -> None:
        """Keeps what is asked about documents later."""
        sources = {row["start"]: row["end"] for row in rows.relationships["FROM", "Document", "Source"].values()}
        tasks: dict[str, int] = defaultdict(int)
        document_of: dict[str, str] = {}
        for row in rows.relationships["HAS_TASK", "Document", "Task"].values():
            document_of[row["end"]] = row["start"]
            tasks[row["start"]] += 1
        assignments: dict[str, int] = defaultdict(int)
        for role in _ASSIGNED:
            for row in rows.relationships[role, "Agency", "Task"].values():
                assignments[document_of[row["end"]]] += 1
        for id_, row in rows.nodes["Document"].items():
            properties = row["properties"]
            text: str = rows.nodes["Source"][sources[id_]]["properties"]["text"]
            first = self._texts.seek(0, 2)
            end = first + self._texts.write(text[properties["start"] : properties["end"]].encode())
            self._text_of[id_] = _Text(first, end, properties["issued_on"])
            self._given[id_] = give(id_, tasks[id_], assignments[id_], properties)
            if properties["doc_number"]:
                self._loaded[properties["doc_number"]].append((id_, properties["title"]))

    def finish(self) -> None:
        """Gives what depends on all documents."""
        shared = self._shared
        agencies = {**shared.nodes["Agency"], **shared.nodes[_COLLECTIVE]}
        for label in _SHARED:
            for id_, row in shared.nodes[label].items():
                held = row["properties"]
                if id_ in agencies:
                    held |= found_by(held["name"], held["short"], self._printed[id_])
                    held["workload"] = self._workloads[id_].tolist()
                self._elements.node(_node(label, id_, held))
        for (type_, start, end), relationships in shared.relationships.items():
            for row in relationships.values():
                if type_ != "SUCCEEDED_BY" or {row["start"], row["end"]} <= agencies.keys():
                    self._elements.relationship(_relationship(type_, start, end, row))
        for id_, totals in self._totals.node():
            self._elements.node(_node("Total", id_, totals))
        self._cite(shared.citations)
        for member, collective in self._members(agencies):
            self._elements.relationship(Relationship("MEMBER_OF", "Agency", "Agency", member, collective, {}))
        for pair, link in self._links.all():
            self._elements.relationship(Relationship("SIMILAR_TO", "Task", "Task", *pair, link._asdict()))

    def _cite(self, cites: Sequence[Cite]) -> None:
        """Points each citation to what it means; a stub has the least title that it is cited by."""
        loaded = {number: sorted(documents) for number, documents in self._loaded.items()}
        stubs: dict[str, Cite] = {}
        for cite in cites:
            target = cite.meant(loaded)
            self._elements.relationship(
                Relationship("CITES", "Document", "Document", cite.document, target, _set(cite.properties))
            )
            if target == cite.stub:
                stubs[target] = min(cite, stubs.get(target, cite), key=lambda c: (c.title is None, c.title or ""))
        for id_, cite in stubs.items():
            properties = {"doc_number": cite.number, "title": cite.title, "loaded": False}
            self._elements.node(_node("Document", id_, properties))

    def _members(self, agencies: Mapping[str, GraphRow]) -> Iterator[tuple[str, str]]:
        """Each agency with each collective that binds all of its rank, there or in the nation."""
        place_of = {row["start"]: row["end"] for row in self._shared.relationships["IN", "Agency", "Place"].values()}
        above = {row["start"]: row["end"] for row in self._shared.relationships["PART_OF", "Place", "Place"].values()}
        binding: dict[str | None, list[tuple[str, set[str]]]] = defaultdict(list)  # by place; None: the nation
        for id_, row in self._shared.nodes[_COLLECTIVE].items():
            held = row["properties"]
            if held["binds"] == "all" and held["resolved"]:
                places = {place_of[id_]} if id_ in place_of else set()
                for place in places | ({None} if held["level"] == "nation" else set()):
                    binding[place].append((id_, set(held["members"])))
        for id_, row in agencies.items():
            ranks = {row["properties"]["rank"], row["properties"]["post"]}
            bound = {c for c, members in binding[None] if ranks & members}
            place = place_of.get(id_)
            while place:
                bound |= {c for c, members in binding.get(place, ()) if c != id_ and ranks & members}
                place = above.get(place)
            yield from ((id_, collective) for collective in sorted(bound))


def _node(label: str, id_: str, properties: Properties) -> Node:
    labels = tuple(label.split(":"))
    return Node(labels[0], labels, id_, _set(properties))


def _relationship(type_: str, start: str, end: str, row: GraphRow) -> Relationship:
    key = {name: row[name] for name in schema.relationship(type_).key}
    start, end = start.partition(":")[0], end.partition(":")[0]
    return Relationship(type_, start, end, row["start"], row["end"], _set(key | row["properties"]))


def _set(properties: Properties) -> Properties:
    return {name: value for name, value in properties.items() if value is not None}
