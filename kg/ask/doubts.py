"""Why a person should look at a fact before its document is signed, until somebody has decided on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from kg.model import Span, sentence

Doubt = Literal["unexplained", "early", "unresolved", "unsure", "changed"]
"""Of words that gave no fact, that nothing says why; of a time limit, that it is over before its document was issued; of a
unit, that nobody can tell whose it is; that its characters may be misread; that it is another than the one that was signed."""

_DECIDABLE = ("lead", "participation", "deadline", "principle", "citation")


class Left(NamedTuple):
    """What is doubtful of a document: facts, and sentences in which something is unexplained."""

    doubtful: int
    unexplained: int


def mark(facts: Sequence[dict[str, Any]], about: Mapping[str, Any], text: str, unsure: Sequence[Span]) -> Left:
    """Adds `doubt` to the rows of document-facts of a document. `unsure`: characters that may be misread, in order."""
    changed = {tuple(line.split("\t")[2:4]) for line in about["review_changes"] if line.startswith("+")}

    def doubt(fact: dict[str, Any]) -> Doubt | None:
        if fact["kind"] == "residue":
            return None if fact["reason"] else "unexplained"
        if fact["kind"] not in _DECIDABLE or fact["confirmed"] or fact["corrected"]:
            return None
        if fact["kind"] == "deadline" and fact["due_on"] and fact["due_on"] < (about["issued_on"] or ""):
            return "early"
        if fact["role"] and about["document_id"] in fact["id"]:
            return "unresolved"
        n = bisect_right(unsure, fact["start"], key=lambda part: part.end)
        if n < len(unsure) and unsure[n].start < fact["end"]:
            return "unsure"
        name = (fact["quote"] if fact["kind"] == "deadline" else fact["name"]) or ""
        key = ((fact["task_id"] or "").rpartition(":")[2], " ".join(name.split()))
        return "changed" if key in changed else None

    sentences, doubtful = set(), 0
    for fact in facts:
        fact["doubt"] = doubt(fact)
        if fact["doubt"] == "unexplained":
            sentences.add(sentence(Span(fact["start"], fact["end"]), text))
        elif fact["doubt"]:
            doubtful += 1
    return Left(doubtful, len(sentences))
