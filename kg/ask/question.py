"""What the words of a question say beside themselves: 长治市 is a place too, 长治市司法局 a unit, 2021 a year.

What is asked with 长治市 政务公开 need not say 长治市 itself: it is enough that its document is made for 长治市.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.engine.store import Store

YEAR: Final = re.compile(r"((?:19|20)\d\d)年?")  # 例 2021 · 2021年

# Names are compared as the base holds them: a place also without its last character (长治), a unit also as documents of its
# place call it (长治市发改委).
_NAMED: Final = """
UNWIND $words AS word
CALL (word) {
  MATCH (p:Place) WHERE p.name = word OR (size(p.name) > 2 AND left(p.name, size(p.name) - 1) = word)
  RETURN 'place' AS kind, p.id AS id
  UNION
  MATCH (a:Agency {name: word})
  RETURN 'agency' AS kind, a.id AS id
  UNION
  MATCH (p:Place) WHERE word STARTS WITH p.name
  WITH p, substring(word, size(p.name)) AS rest
  MATCH (p)<-[:IN]-(a:Agency) WHERE any(name IN split(a.words, '\\n') WHERE name IN [rest, right(p.name, 1) + rest])
  RETURN 'agency' AS kind, a.id AS id
}
RETURN word, kind, id ORDER BY word, kind, id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the question, and what it names: the ids of places or of units, or a year."""

    word: str
    ids: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`words`: all, folded; `plain`: those that name nothing, of which there is one at least."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    place: Named | None = None
    agency: Named | None = None
    year: Named | None = None


def read_question(store: Store, words: Sequence[str]) -> Question:
    """The first place, unit and year among `words`, where there are several words. Raises what Store.read raises."""
    named: dict[str, Named] = {}
    if len(words) > 1:
        years = [word for word in words if YEAR.fullmatch(word)]
        if years:
            named["year"] = Named(years[0], year=int(years[0][:4]))
        found = store.read(_NAMED, {"words": [word for word in words if word not in years]}).rows
        for kind in ("agency", "place"):
            of = {word: tuple(row["id"] for row in found if (row["word"], row["kind"]) == (word, kind)) for word in words}
            if word := next((word for word, ids in of.items() if ids), None):
                named[kind] = Named(word, of[word])
    while len(named) >= len(words):  # 长治市 2021: what is left is looked for as it stands
        del named[next(iter(named))]
    taken = {one.word for one in named.values()}
    return Question(tuple(words), tuple(word for word in words if word not in taken), **named)
