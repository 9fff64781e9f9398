"""What extraction JSON says, in the terms of the answers: the ground of each recomputation. No Cypher here, so that no mistake
is made twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.engine.store import Store
from kg.model import Agency, Extraction
from loaders.extract import extract
from loaders.version import rules_version
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, library

SEED = Path(__file__).parents[2] / "seed"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

Row = dict[str, Any]


class Facts:
    """Documents as extraction JSON has them, each with its `year` and the `text` of its source, which that leaves out."""

    def __init__(self, read: Iterable[Extraction]) -> None:
        self.documents: dict[str, Row] = {}
        self.parents: dict[str, str | None] = {}
        self.agencies: dict[str, Agency] = {}
        for one in read:
            self.parents |= {place.code: place.parent for place in one.places}
            for said, document in zip(one.as_json()["documents"], one.documents, strict=True):
                issuers = [agency.level for agency in document.issuing_agencies]
                self.documents[document.id] = said | {"year": document.year, "text": one.source.text, "issuers": issuers}
                self.agencies |= {a.agency.id: a.agency for a in document.assignments}
        self.tasks = {t["id"]: t | {"document": d["id"]} for d in self.documents.values() for t in d["tasks"]}
        self.roles = [role for d in self.documents.values() for role in _roles(d)]
        self.of_task: dict[str, list[Row]] = defaultdict(list)
        self.of_agency: dict[str, list[Row]] = defaultdict(list)
        for role in self.roles:
            self.of_task[role["task"]].append(role)
            self.of_agency[role["agency"]].append(role)
        self.due = {task: limits for d in self.documents.values() for task, limits in _due(d).items()}

    def led(self, agency: str, *bases: str) -> dict[str, bool]:
        """Its tasks, and whether it leads each: what it must do, on these bases."""
        found: dict[str, bool] = {}
        for role in self.of_agency[agency]:
            if role["basis"] in bases and role["modality"] == "must":
                found[role["task"]] = found.get(role["task"], False) or role["role"] == "LEADS"
        return found

    def document(self, task: str) -> Row:
        """The one that sets it."""
        return self.documents[self.tasks[task]["document"]]

    def above(self, place: str | None) -> list[str]:
        """The places that one is part of, the nearest first."""
        found = []
        while place and (place := self.parents[place]):
            found.append(place)
        return found

    def days(self, task: str) -> list[str]:
        return sorted(limit["due"] for limit, _ in self.due[task] if limit["due"])


def _roles(document: Row) -> list[Row]:
    """One of each agency, task, role and basis: its first mention; a rule for all adds nothing where a clause names it."""
    clauses = {(a["agency"], a["task"]) for a in document["assignments"] if a["basis"] == "clause"}
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for a in document["assignments"]:
        if a["basis"] != "default" or (a["agency"], a["task"]) not in clauses:
            found[a["agency"], a["task"], a["role"], a["basis"]].append(a)
    roles = []
    for mentions in found.values():
        first = min(mentions, key=lambda a: a["span"])
        modality = "must not" if all(a["modality"] == "must not" for a in mentions) else "must"
        roles.append(first | {"modality": modality, "mentions": len(mentions), "document": document["id"]})
    return roles


def _due(document: Row) -> dict[str, list[tuple[Row, bool]]]:
    """The time limits of each task, and whether they are its document's."""
    own = defaultdict(list)
    for limit in document["deadlines"]:
        own[limit["task"]].append((limit, False))
    whole = sorted((limit for limit, _ in own[None] if limit["due"]), key=lambda limit: limit["span"])
    one_day = whole[:1] if len({limit["due"] for limit in whole}) == 1 else []
    due = {}
    for task in document["tasks"]:
        inherits = task["kind"] != "general" and all(limit["kind"] == "within" for limit, _ in own[task["id"]])
        due[task["id"]] = own[task["id"]] + [(limit, True) for limit in one_day if inherits]
    return due


def loaded(store: Store, kept: Path, corpus: Iterable[str]) -> Facts:
    """What was read from the seeds, and from those of the corpus that begin so where it lies beside the project; `store` then
    holds these and nothing else."""
    read: list[Extraction] = []

    def remembered(data: bytes, name: str) -> Extraction:
        read.append(extract(data, name))
        return read[-1]

    files = sorted([*SEED.iterdir(), *(path for start in corpus for path in CORPUS.glob(f"{start}*"))])
    results = [*library(emptied(store), kept, remembered, rules_version()).loading(files)]
    assert {result.outcome for result in results} == {"added"}
    return Facts(read)


def ask(store: Store, name: str, **given: object) -> list[Row]:
    answer = QUERIES[name].run(store, given, 100_000)
    assert not answer.truncated
    return answer.rows
