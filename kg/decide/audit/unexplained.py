"""What names agencies or looks like tasks, and gave no fact for no known reason: a sentence, a table or an annex each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.decide.audit.finding import Finding, correct
from kg.decide.entries import Corrections
from kg.engine.store import Store
from kg.model import Residue, Span, sentence

NAME: Final = "unexplained"

_SHOWN: Final = 80  # code points of a sentence that are shown
_WHY: Final = {
    "mention": "it names an agency that has no part in any task, and nothing says why",
    "label": "it is a label before a list of units that was not read",
    "verb": "somebody is told to act, and nobody was read",
    "table": "it is the head of a table of tasks that was not read",
    "page": "it is a page without words, such as a scan",
    "picture": "it is a picture, and its words were not read",
    "sheet": "it is a sheet that was not read",
    "row": "it is a row that was not read",
    "part": "it is a part of the file that was not read",
    "annex": "it is an annex that is announced and not there",
}


def check(store: Store, _: Corrections) -> Iterator[Finding]:
    documents = store.stream(
        "MATCH (d:Document)-[:FROM]->(s:Source) WHERE d.loaded = true "
        "AND any(line IN d.residue WHERE split(line, ' ')[3] = '-') "
        "RETURN d.title AS title, d.id AS id, d.residue AS residue, s.text AS text ORDER BY id"
    )
    for d in documents:
        told: set[Span] = set()
        for left in filter(_is_unexplained, map(Residue.of_line, d["residue"])):
            around = sentence(left.span, d["text"]) if left.open else left.span
            if around not in told:
                told.add(around)
                quote, said = left.surface, " ".join(around.of(d["text"]).split()) or left.surface
                what = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
                do = correct("add", document=d["id"], quote=quote, role="LEADS")
                yield Finding(NAME, what, _WHY[left.kind], do, d["title"], d["id"], quote, *left.span)


def count(store: Store) -> int:
    """How many sentences name agencies and gave nothing, with no reason."""
    rows = store.read("MATCH (d:Document) WHERE d.loaded = true RETURN sum(d.unexplained) AS sentences").rows
    return int(rows[0]["sentences"] or 0)


def _is_unexplained(left: Residue) -> bool:
    return left.reason is None
