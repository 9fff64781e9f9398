"""How many tasks each agency has, kept on it as documents come and go: who asks about all agencies need not count all tasks.

A task that an agency has on several bases counts once in each choice of bases and modalities; so its workload is kept for each
choice. It is the sum of what the documents held add to it, and what a document adds depends on that document alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from kg.graph.rows import GraphRows
from kg.model import Basis, Modality

Workload = NDArray[np.int32]
"""For each choice three numbers: the tasks it leads, all its tasks, the documents that these stand in. A choice of bases and
modalities has the place 7 (m - 1) + b - 1, where b has a bit for each basis and m for each modality, the first of them 1."""

_BASES: Final[tuple[str, ...]] = get_args(Basis)
_MODALITIES: Final[tuple[str, ...]] = get_args(Modality)
_CHOICES: Final = [
    (bases, modalities) for modalities in range(1, 2 ** len(_MODALITIES)) for bases in range(1, 2 ** len(_BASES))
]
SIZE: Final = 3 * len(_CHOICES)


class Assignment(NamedTuple):
    """What an agency has to do with a task, by ids."""

    document: str
    task: str
    agency: str
    role: str
    basis: str
    modality: str


HELD: Final = (
    "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency) WHERE d.id IN $ids AND d.counted = true "
    "RETURN d.id AS document, t.id AS task, a.id AS agency, type(r) AS role, r.basis AS basis, r.modality AS modality"
)
"""The assignments of those documents $ids that are counted."""


def assignments(rows: GraphRows) -> Iterator[Assignment]:
    """Those of documents that are to be written."""
    document_of = {row["end"]: row["start"] for row in rows.relationships["HAS_TASK", "Document", "Task"].values()}
    for role in ("LEADS", "PARTICIPATES"):
        for row in rows.relationships[role, "Agency", "Task"].values():
            task, modality = row["end"], row["properties"]["modality"]
            yield Assignment(document_of[task], task, row["start"], role, row["basis"], modality)


class Workloads(defaultdict[str, Workload]):
    """What documents make of the workload of each agency, by its id."""

    def __init__(self, given: Iterable[Assignment] = ()) -> None:
        super().__init__(lambda: np.zeros(SIZE, np.int32))
        self.count(given)

    def count(self, given: Iterable[Assignment]) -> None:
        """Adds documents, of which these are all the assignments."""
        parts: dict[tuple[str, str, str], set[tuple[str, str, str]]] = defaultdict(set)
        for one in given:
            parts[one.agency, one.document, one.task].add((one.role, one.basis, one.modality))
        counts: dict[tuple[str, str], Counter[frozenset[tuple[str, str, str]]]] = defaultdict(Counter)
        for (agency, document, _), held in parts.items():
            counts[agency, document][frozenset(held)] += 1
        for (agency, _), of_document in counts.items():
            for part, number in of_document.items():
                self[agency] += _of_task(part) * number
            self[agency][2::3] += np.any([_of_task(part)[1::3] for part in of_document], axis=0)


@cache
def _of_task(part: frozenset[tuple[str, str, str]]) -> Workload:
    """What one task adds in which an agency has this part: roles, each with its basis and modality."""
    workload = np.zeros(SIZE, np.int32)
    for place, (bases, modalities) in enumerate(_CHOICES):
        roles = {
            role
            for role, basis, modality in part
            if bases >> _BASES.index(basis) & 1 and modalities >> _MODALITIES.index(modality) & 1
        }
        workload[3 * place : 3 * place + 2] = "LEADS" in roles, bool(roles)
    return workload
