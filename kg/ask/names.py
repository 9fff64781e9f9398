"""What a person types for an agency, a line of work, a place, a document or a task -> the id that the graph knows it by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter
from typing import Final, NamedTuple

from kg.engine.store import Store
from kg.errors import NotFound
from kg.words.folding import fold, pairs, simplified, words_of

CANDIDATES: Final = 10
"""How many candidates an error lists."""

_LOOKED_AT: Final = 20_000
"""How many names are looked through for near ones, so that a typing error stays cheap in a large base."""

_ALIKE: Final = 0.6
_ALIKE_DOCUMENTS: Final = 0.85
"""Two 文号 are alike by their form: 运政办发〔2022〕8号 and 国办发〔2020〕24号 by 0.67, and 长政办发〔2022〕14号 by 0.83."""

_PLACE: Final = re.compile(r"^(?:\d{6}|-):")

_BRACKETS: Final = str.maketrans("〔〕［］【】（）()", "[][][][][]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """`exact` gives id and name of what one of $texts means (the text, and how it is written in simplified characters), or of
    $variants, in which the brackets of these are of any form; `printed` of what loaded documents call so, `names` those of all;
    `more` is a hint."""

    exact: str
    printed: str | None
    names: str
    more: str


_UNITS: Final = "MATCH (u:Agency) WHERE"
_FOUND: Final = "CALL db.index.fulltext.queryNodes('{}', $keys) YIELD node AS u WITH u WHERE"
"""The same of those alone in whose names an index finds $keys."""

_PRINTED: Final = "[name IN split(u.words, '\\n') WHERE NOT name IN [u.name, u.short] OR name IN u.printed]"
"""What documents call it, folded."""

_KINDS: Final = {
    "agency": _Kind(
        "MATCH (a:Agency) WHERE a.id IN $texts OR a.name IN $texts RETURN a.id AS id, a.name AS name",
        # 长治市科技局 where a document of 长治 says 市科技局
        "MATCH (p:Place) WHERE any(text IN $texts WHERE text STARTS WITH left(p.name, size(p.name) - 1)) "
        f"MATCH (p)<-[:IN]-(u:Agency) WHERE any(name IN {_PRINTED} WHERE p.name + name IN $texts "
        "OR left(p.name, size(p.name) - 1) + name IN $texts) RETURN u.id AS id, u.name AS name",
        "MATCH (a:Agency) RETURN a.id AS id, a.name AS name ORDER BY id",
        "give an id, or the full name with its place, such as 长治市司法局",
    ),
    # A city's 司法局 and a province's 司法厅 do one work, so the name of any of them finds it.
    "function": _Kind(
        "MATCH (f:Function) WHERE f.id IN $texts OR f.name IN $texts RETURN f.id AS id, f.name AS name UNION "
        f"{_UNITS} u.short IN $texts OR u.name IN $texts MATCH (u)-[:PERFORMS]->(f:Function) RETURN f.id AS id, f.name AS name",
        # 发改委 where a document says 市发改委
        f"{_UNITS} any(name IN {_PRINTED} WHERE name IN $texts OR substring(name, 1) IN $texts) "
        "MATCH (u)-[:PERFORMS]->(f:Function) RETURN DISTINCT f.id AS id, f.name AS name",
        "MATCH (f:Function) RETURN f.id AS id, f.name AS name ORDER BY id",
        "give a line of work (条线) in the form that cities use, such as 司法局",
    ),
    "place": _Kind(
        "MATCH (p:Place) WHERE p.id IN $texts OR p.name IN $texts RETURN p.id AS id, p.name AS name",
        # 长治 for 长治市
        "MATCH (p:Place) WHERE left(p.name, size(p.name) - 1) IN $texts RETURN p.id AS id, p.name AS name",
        "MATCH (p:Place) RETURN p.id AS id, p.name AS name ORDER BY id",
        "give a GB/T 2260 code or a full name, such as 140400 or 长治市",
    ),
    "document": _Kind(
        "MATCH (d:Document) WHERE d.title IN $texts OR d.doc_number IN $variants OR d.id IN $variants "
        "WITH d WHERE d.loaded = true RETURN d.id AS id, d.title AS name",
        # An id ends in the 文号, or in the title in simplified characters.
        "MATCH (d:Document) WHERE d.loaded = true AND any(v IN $variants WHERE d.id ENDS WITH ':' + v) "
        "RETURN d.id AS id, d.title AS name",
        "MATCH (d:Document) WHERE d.loaded = true "
        "UNWIND CASE WHEN d.id ENDS WITH d.title THEN [d.id] ELSE [d.id, d.title] END AS name "
        "RETURN d.id AS id, name ORDER BY id, name",
        "give an id, a 文号 or an exact title; `documents` lists them",
    ),
    "task": _Kind(
        "MATCH (t:Task)<-[:HAS_TASK]-(d:Document) WHERE t.id IN $variants AND d.loaded = true "
        "RETURN t.id AS id, t.title AS name",
        None,
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task) WHERE d.loaded = true RETURN t.id AS id, t.id AS name ORDER BY id",
        "give an id; `document-tasks` lists those of a document",
    ),
}

KINDS: Final = frozenset(_KINDS)

_NAME: Final = {"document": "n.title", "task": "n.title"}


class Named(NamedTuple):
    """What a text means, and what that is called, if it has a name: ("140400", "长治市")."""

    id: str
    name: str | None


def find(store: Store, kind: str, texts: Sequence[str]) -> list[Named]:
    """The one `kind` that each text means: by its id, else its exact name, else how documents print it with its place
    (长治市科技局, 发改委) or its place without 市. Traditional characters are no difference, nor is the form of brackets.

    Raises NotFound, whose candidates may each be given instead, and what Store.read raises.
    """
    texts = [text.strip() for text in texts]
    ids = [text for text in texts if _may_be_id(kind, text)]
    by_id: dict[str, Named] = {}
    if ids:  # one look into an index
        rows = store.read(
            f"MATCH (n:{kind.capitalize()}) WHERE n.id IN $ids AND coalesce(n.loaded, true) "
            f"RETURN n.id AS id, {_NAME.get(kind, 'n.name')} AS name",
            {"ids": ids},
        ).rows
        by_id = {row["id"]: Named(**row) for row in rows}
    return [by_id[text] if text in by_id else _by_name(store, kind, text) for text in texts]


def _may_be_id(kind: str, text: str) -> bool:
    """Whether it need not be a name alone: 140400:司法局, 140400; functions and tasks are asked for by their ids."""
    if kind == "place":
        return text.isascii()
    return ":" in text or kind in ("function", "task")


def resolve(store: Store, kind: str, texts: Sequence[str]) -> list[str]:
    """The ids of what `find` finds."""
    return [named.id for named in find(store, kind, texts)]


def _by_name(store: Store, kind: str, text: str) -> Named:
    look = _KINDS[kind]
    texts = [*dict.fromkeys((text, simplified(text), fold(text)))]
    variants = [variant for written in texts for variant in _bracketed(written)]
    parameters = {"texts": texts, "variants": variants, "keys": pairs(words_of(text))}
    for statement in filter(None, (look.exact, look.printed)):
        index = parameters["keys"] and _UNITS in statement and store.full_text().get(("Agency", "words"))
        narrowed = statement.replace(_UNITS, _FOUND.format(index)) if index else statement
        if found := store.read(narrowed, parameters).rows:
            break
    names = {row["id"]: row["name"] for row in sorted(found, key=itemgetter("id"))}
    by_id = [id_ for id_ in variants if id_ in names]
    if by_id or len(names) == 1:
        id_ = (by_id or list(names))[0]
        return Named(id_, names[id_])
    if names:
        raise NotFound(f"{text} is the name of {len(names)} {kind} entries", "give the id", tuple(names)[:CANDIDATES])
    all_names = [row["name"] for row in store.read(look.names, {}, limit=_LOOKED_AT).rows if row["name"]]
    more = look.more if all_names else "the base holds none yet: kg load FILE"
    raise NotFound(
        f"no {kind} here is called {text}",
        more,
        near(simplified(text), all_names, _ALIKE_DOCUMENTS if kind == "document" else _ALIKE),
    )


def _bracketed(text: str) -> list[str]:
    """With its brackets in each form that a 文号 may have."""
    plain = text.translate(_BRACKETS)
    return [text, plain, *(plain.replace("[", opening).replace("]", closing) for opening, closing in ("〔〕", "（）"))]


def near(text: str, names: list[str], alike_from: float = _ALIKE) -> tuple[str, ...]:
    """Those of `names` that `text` holds, stands in or shortens (发改委), then those it resembles (司法厅), whatever the place
    before an id.

    For suggestions only: what is alike is not the same.
    """
    matcher = SequenceMatcher(b=_PLACE.sub("", text), autojunk=False)
    alike = []
    for name in set(names):
        matcher.set_seq1(_PLACE.sub("", name))
        related = name in text or _in_order(text, name)
        if related or (matcher.quick_ratio() >= alike_from and matcher.ratio() >= alike_from):
            alike.append((not related, -matcher.ratio(), name))
    return tuple(name for *_, name in sorted(alike)[:CANDIDATES])


def _in_order(text: str, name: str) -> bool:
    """Whether the characters of `text` all stand in `name`, in this order."""
    rest = iter(name)
    return all(character in rest for character in text)
