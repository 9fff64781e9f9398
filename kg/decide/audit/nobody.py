"""Tasks that name nobody, in a document where nearly all others do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import WORDS, Finding, correct, grouped
from kg.decide.entries import Corrections
from kg.engine.store import Store

NAME: Final = "nobody"

_MOST_ASSIGNED: Final = 0.8
"""From this share of tasks with someone responsible on, one without is odd."""
_TASKS: Final = 5
"""A document of fewer says nothing of what is usual in it."""
_OPENING: Final = 40  # code points of a task that are shown


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    rows = store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task {kind: 'task'}) WHERE d.loaded = true "
        "RETURN t.id AS id, t.number AS number, t.title AS title, d.title AS document, d.id AS document_id, t.text AS quote, "
        "t.start AS start, t.end AS end, EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency) } AS assigned "
        "ORDER BY document_id, t.order"
    ).rows
    for tasks in grouped(rows, "document_id").values():
        without = [task for task in tasks if not task["assigned"]]
        if len(tasks) < _TASKS or len(tasks) - len(without) < len(tasks) * _MOST_ASSIGNED:
            continue
        for task in without:
            why = f"{len(tasks) - len(without)} of the {len(tasks)} tasks here name someone responsible, this one does not"
            do = correct("add", document=task["document_id"], task=task["id"], quote="单位", role="LEADS")
            quote = task["quote"][:_OPENING]
            evidence = {k: task[k] for k in WORDS} | {"quote": quote, "end": task["start"] + len(quote)}
            what = f"{task['number']} {task['title'][:_OPENING]}".strip()
            yield Finding(NAME, what, why, do, **evidence)
