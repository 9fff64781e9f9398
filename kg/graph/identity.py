"""Whether two documents of one id are the same: a title alone is no identity, 31 provinces have a 政府工作报告 each year.

Those with one 文号 are the same. Others are where date of issue and most of the text agree; one that is not gets an id of its
own, from what it says, so that it has the same whenever it is loaded.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from kg.model import Agency, Document
from kg.words.folding import fold

MOST: Final = 0.6
"""The share of their text that two printings of one document have in common: heads and ends of pages differ."""

_GRAM: Final = 6  # characters
_COMPARED: Final = 40_000  # characters of each text
_DIGEST: Final = 8


def agreement(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1: Jaccard's measure over their runs of six characters, blanks aside."""
    left, right = _grams(one), _grams(other)
    return len(left & right) / len(left | right) if left | right else 1.0


def _grams(text: str) -> set[str]:
    words = "".join(fold(text[:_COMPARED]).split())
    return {words[n : n + _GRAM] for n in range(max(1, len(words) - _GRAM + 1))}


def own_id(document: Document, text: str) -> str:
    """The id of a document whose own another one has, by what it says."""
    words = "".join(fold(document.span.of(text)).split())
    return f"{document.id}~{hashlib.sha256(words.encode()).hexdigest()[:_DIGEST]}"


def renamed(document: Document, id_: str) -> Document:
    """The document under another id, and its tasks and the agencies that are its own with it."""
    before = f"{document.id}:"

    def moved(key: str) -> str:
        return f"{id_}:{key[len(before) :]}" if key.startswith(before) else key

    def own(agency: Agency) -> Agency:
        return agency if agency.resolved else replace(agency, id=agency.id.replace(document.id, id_))

    return replace(
        document,
        id=id_,
        issuing_agencies=tuple(map(own, document.issuing_agencies)),
        tasks=tuple(t._replace(id=moved(t.id)) for t in document.tasks),
        assignments=tuple(a._replace(task=moved(a.task), agency=own(a.agency)) for a in document.assignments),
        deadlines=tuple(x._replace(task=moved(x.task) if x.task else None) for x in document.deadlines),
    )
