"""Search: words or names -> the tasks, documents and agencies that hold them, each with the place of every match.

A thing is found where it holds all words of the question, in whatever script or width (kg.words). That and the order are
worked out by one statement, from exact comparisons alone, so that both engines give the same hits in the same order; what an
engine's full-text index does is only to spare it most of the looking. One holds pairs of neighbouring Chinese characters,
another what kg.words.letters makes of Latin letters, digits and pinyin: only a single character, such as 法, is looked for in
everything that is held.

A word of Latin letters may be pinyin, and so is looked for in how names and titles are said as well. That is what only such
a question's statement does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.ask.queries import DEFAULT_LIMIT, MAX_LIMIT, Given, Query
from kg.ask.signature import Column, Parameter, Type, Value
from kg.engine.store import Answer, Store
from kg.errors import BadParameter
from kg.model import Span
from kg.words.folding import find, fold
from kg.words.letters import question
from kg.words.pinyin import find_said, is_pinyin, sound

KINDS: Final = ("agency", "document", "task")
"""What can be found; of two hits that are equally good, in this order."""

_HOW: Final = ("whole", "name", "text")
_FIELDS: Final = ("title", "text", "doc_number", "name", "short", "printed", "pinyin")
_CONTEXT: Final = 24  # characters of a snippet before its first match
_SNIPPET: Final = 120  # its characters in all
_PAIRS: Final = 32  # of a long question; the rest of it is compared anyway
_NEVER: Final = "(?!)"  # a regular expression that is nowhere

_TEXT: Final = Type("text")
_MAYBE: Final = Type("text", nullable=True)
_SPANS: Final = Type("map", fields=(("start", Type("integer")), ("end", Type("integer"))), many=True)
_SEGMENTS: Final = Type("map", fields=(("text", _TEXT), ("match", Type("boolean"))), many=True)


@dataclass(frozen=True, slots=True)
class Search(Query):
    """A query whose rows come from full-text indexes rather than from its file."""

    def check(self, given: Given) -> dict[str, Value]:
        """As of every query. Raises BadParameter also where nothing is left to look for, as of a blank."""
        checked = Query.check(self, given)
        if not _words(str(checked["q"])):
            raise BadParameter(f"q={checked['q']!r:.80} says nothing to look for", "give words or a name, such as 执法公示")
        return checked

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """The best hits. Raises BadParameter for a limit out of range, and what Store.read raises."""
        if not 1 <= limit <= MAX_LIMIT:
            raise BadParameter(f"limit={limit} is out of range", f"give a whole number from 1 to {MAX_LIMIT}")
        words, kinds = _words(str(bound["q"])), [str(bound["kind"])] if bound["kind"] else KINDS
        # Chinese characters leave the fewest to look through, then Latin letters, pinyin and digits.
        pairs, letters = " ".join(f"+{pair}" for pair in _pairs(words)), question(words)
        indexes = {label: name for (label, p), name in store.full_text().items() if p == ("words" if pairs else "letters")}
        pinyin = [word for word in words if is_pinyin(word)]
        parameters = {
            "words": [word for word in words if word not in pinyin],
            "whole": "".join(words),
            "keys": pairs or letters,
            "place": bound["place"],
            "most": limit + 1,
            **(_sounds(words, pinyin) if pinyin else {}),
        }
        statement = _statement(kinds, indexes if pairs or letters else {}, said=bool(pinyin))
        answer = store.read(statement, parameters, limit=limit)
        return Answer(tuple(c.name for c in self.columns), [_hit(row, words) for row in answer.rows], answer.truncated)

    def stream(self, store: Store, bound: Given) -> Iterator[dict[str, Any]]:
        """All hits that may be asked for at once."""
        yield from self.fetch(store, bound, MAX_LIMIT).rows

    @property
    def command(self) -> str:
        """The example as a command line."""
        return f"kg search {self.example['q']}"


SEARCH: Final = Search(
    name="search",
    answers="Which tasks, documents and agencies hold these words or have this name?",
    notes=(
        "Simplified or traditional script, full or half width, and brackets of any form are no difference; nor is a line break "
        "within a word. Words that a blank separates must all be there. Names and titles are found by pinyin too, without "
        "tones: whole syllables, initials or a mixture (changzhi, czssfj, czsifaju). Whole names come first, then names and "
        "titles that hold the words, the shortest first (with pinyin, those that begin with it before the others), then texts "
        "in the order of their documents."
    ),
    path="/search",
    parameters=(
        Parameter("q", _TEXT, True, None, "words or a name", "执法公示"),
        Parameter("kind", Type("enum", options=KINDS), False, None, "only hits of this kind", None),
        Parameter("place", Type("place"), False, None, "only of this place and those below it, by code or name", "长治市"),
    ),
    columns=(
        Column("kind", Type("enum", options=KINDS), "what was found", "task"),
        Column("name", _MAYBE, "the title of the task or document, the full name of the agency", "全面推行执法公示"),
        Column("id", _TEXT, "its id", "140400:长政办发〔2022〕14号:3.1"),
        Column("place", _MAYBE, "its place", "长治市"),
        Column("place_code", _MAYBE, "its GB/T 2260 code", "140400"),
        Column("number", _MAYBE, "the task's number as printed, the document's 文号", "（一）"),
        Column("document", _MAYBE, "the title of the document that it stands in, or is", "长治市2022年工作要点"),
        Column("document_id", _MAYBE, "that document's id", "140400:长政办发〔2022〕14号"),
        Column(
            "found",
            Type("enum", options=_HOW),
            "how: the question is one of its names as a whole, its names hold the words, or its text does",
            "text",
        ),
        Column(
            "field",
            Type("enum", options=_FIELDS),
            "where: printed is what documents call an agency (市发改委), pinyin how its title or one of its names is said",
            "text",
        ),
        Column("value", _TEXT, "all that the field says, as it was printed", None),
        Column("spans", _SPANS, "the matches: code points of `value`", None),
        Column("snippet", _TEXT, "`value` around the first match, on one line", "…（一）全面推行执法公示，…"),
        Column("segments", _SEGMENTS, "the same part of `value` as it was printed, cut at the matches", None),
        Column("source", _MAYBE, "the file it stands in", "changzhi-2022-governance.txt"),
        Column("source_id", _MAYBE, "the file's sha256", None),
        Column(
            "source_spans",
            _SPANS,
            "the matches in the words of a task, or in a document's title or 文号 where they are printed first: code points of "
            "the source's text",
            None,
        ),
    ),
    example={"q": "执法公示"},
    cypher="",
)


# What is asked

_CHINESE: Final = re.compile("[一-龥]{2,}")  # the characters that both engines' analyzers know to be Chinese


def _words(q: str) -> list[str]:
    return [*dict.fromkeys(word for word in map(fold, q.split()) if word)]


def _pairs(words: Sequence[str]) -> list[str]:
    """The pairs of neighbouring Chinese characters in `words`: what holds the words holds all of these."""
    runs = [run for word in words for run in _CHINESE.findall(word)]
    return [*dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1))][:_PAIRS]


def _sounds(words: Sequence[str], pinyin: Sequence[str]) -> dict[str, Any]:
    """What the statement compares with `sounds`, where a name is a line."""
    whole = sound("".join(words)) if is_pinyin("".join(words)) else _NEVER
    return {
        "pinyin": [{"word": word, "sound": f"(?s).*{sound(word)}.*"} for word in pinyin],
        "begins": f"(?s)(.*\n)?{whole}.*",
        "whole_sound": f"(?s)(.*\n)?{whole}[a-z]*(\n.*)?",
    }


# The statement. `rank` is the place in _HOW, `kind` that in KINDS; d is the document of a task, or itself.

_IN_PLACE: Final = "($place IS NULL OR EXISTS {{ ({0})-[:{1}]->(:Place)-[:PART_OF]->{{0,3}}(:Place {{id: $place}}) }})"
_PARTS: Final = {
    "agency": f"WITH n WHERE {_IN_PLACE.format('n', 'IN')} RETURN n, null AS d, 0 AS kind",
    "document": f"WITH n WHERE n.loaded = true AND {_IN_PLACE.format('n', 'CONCERNS')} RETURN n, n AS d, 1 AS kind",
    "task": (
        "MATCH (d:Document)-[:HAS_TASK]->(n) "
        f"WHERE d.loaded = true AND {_IN_PLACE.format('d', 'CONCERNS')} RETURN n, d, 2 AS kind"
    ),
}
_RANKED: Final = """
WITH n, d, kind, split(n.words, '\\n') AS lines
WITH n, d, kind, lines[0] AS name, $whole IN lines{whole} AS whole
WITH n, d, kind, name{late},
     CASE WHEN whole THEN 0 WHEN kind < 2 OR all(word IN $words WHERE name CONTAINS word){holds} THEN 1 ELSE 2 END AS rank
WITH n, d, kind, rank{carried}, CASE rank WHEN 1 THEN size(name) ELSE 0 END AS length,
     d.id AS document_id, n.order AS order, n.id AS id
{best} LIMIT $most
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
OPTIONAL MATCH (d)-[:CONCERNS]->(dp:Place)
OPTIONAL MATCH (n)-[:IN]->(np:Place)
RETURN rank, kind, length, order, id, document_id, d.title AS document, s.name AS source, s.id AS source_id,
       coalesce(dp.name, np.name) AS place, coalesce(dp.id, np.id) AS place_code,
       n.name AS name, n.short AS short, n.printed AS printed, n.title AS title, n.doc_number AS doc_number,
       n.number AS number, n.text AS text, n.start AS start, n.end AS end{sounds},
       CASE kind WHEN 1 THEN s.text ELSE null END AS source_text
{best}
"""
_WRITTEN: Final = dict.fromkeys(("whole", "late", "holds", "carried", "sounds"), "") | {
    "best": "ORDER BY rank, kind, length, document_id, order, id"
}
_SAID: Final = {
    "whole": " OR coalesce(n.sounds, '') =~ $whole_sound",
    "late": ", CASE WHEN coalesce(n.sounds, '') =~ $begins THEN 0 ELSE 1 END AS late",
    "holds": " AND all(p IN $pinyin WHERE name CONTAINS p.word OR coalesce(n.sounds, '') =~ p.sound)",
    "carried": ", late",
    "sounds": ", n.sounds AS sounds, late",
    "best": "ORDER BY rank, late, kind, length, document_id, order, id",
}


def _statement(kinds: Sequence[str], indexes: Mapping[str, str], *, said: bool) -> str:
    """`indexes`: label -> full-text index, of those to use. `said`: whether some words may be pinyin."""
    holds = "all(word IN $words WHERE n.words CONTAINS word)"
    if said:
        holds += " AND all(p IN $pinyin WHERE n.words CONTAINS p.word OR coalesce(n.sounds, '') =~ p.sound)"
    parts = []
    for kind in kinds:
        label = kind.capitalize()
        index = indexes.get(label)
        start = f"CALL db.index.fulltext.queryNodes('{index}', $keys) YIELD node AS n WITH n" if index else f"MATCH (n:{label})"
        parts.append(f"{start} WHERE {holds} {_PARTS[kind]}")
    return f"CALL () {{ {' UNION ALL '.join(parts)} }}{_RANKED.format(**(_SAID if said else _WRITTEN))}"


# What is answered


@dataclass(frozen=True, slots=True)
class _Field:
    """What may have been matched. `sounds`: how it is said, where that was looked at."""

    name: str
    value: str
    sounds: str = ""


def _hit(row: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    kind = KINDS[row["kind"]]
    field = _best_field(_fields(kind, row), words)
    spans = find_said(words, field.value, field.sounds)
    window = _window(field.value, spans)
    by_sound = any(word not in fold(field.value) and _is_said(word, field) for word in words)
    return {
        "kind": kind,
        "name": row["name"] if kind == "agency" else row["title"],
        "id": row["id"],
        "place": row["place"],
        "place_code": row["place_code"],
        "number": row["doc_number"] if kind == "document" else row["number"],
        "document": row["document"],
        "document_id": row["document_id"],
        "found": _HOW[row["rank"]],
        "field": "pinyin" if by_sound else field.name,
        "value": field.value,
        "spans": _maps(spans),
        "snippet": _one_line(field.value, window),
        "segments": _segments(field.value, spans, window),
        "source": row["source"],
        "source_id": row["source_id"],
        "source_spans": _maps(_in_source(kind, row, field, words)),
    }


def _fields(kind: str, row: Mapping[str, Any]) -> list[_Field]:
    """What may have been matched, the best first."""
    if kind == "agency":
        names = [("name", row["name"]), ("short", row["short"]), *(("printed", name) for name in row["printed"] or ())]
    else:
        names = [("title", row["title"])]
    lines = (row.get("sounds") or "").split("\n")  # a line for each name, the same name once
    sounds = dict(zip(dict.fromkeys(value for _, value in names), lines, strict=False))
    fields = [_Field(name, value, sounds.get(value, "")) for name, value in names if value]
    if kind == "agency":
        return fields
    other = _Field("text", row["text"]) if kind == "task" else _Field("doc_number", row["doc_number"])
    return [*fields, other] if other.value else fields


def _best_field(fields: Sequence[_Field], words: Sequence[str]) -> _Field:
    """The one that is the question, else the first with most of the words, written rather than said."""
    whole = "".join(words)

    def merit(field: _Field) -> tuple[bool, int, int]:
        folded = fold(field.value)
        written = [word in folded for word in words]
        said = [_is_said(word, field) for word in words]
        is_whole = folded == whole or (is_pinyin(whole) and bool(re.fullmatch(sound(whole) + "[a-z]*", field.sounds)))
        return is_whole, sum(map(max, written, said)), sum(written)

    return max(fields, key=merit)


def _is_said(word: str, field: _Field) -> bool:
    return is_pinyin(word) and bool(re.search(sound(word), field.sounds))


def _in_source(kind: str, row: Mapping[str, Any], field: _Field, words: Sequence[str]) -> list[Span]:
    """Where the matches stand in the source's text; what was found by its pinyin, in the title there."""
    if kind == "task":
        text, at = row["text"], Span(0, len(row["text"]))
        spans = find(words, text)
        if not spans and field.sounds:
            at = next(iter(find([fold(field.value)], text)), Span(0, 0))
            spans = find_said(words, at.of(text), field.sounds)
        return [Span(row["start"] + at.start + start, row["start"] + at.start + end) for start, end in spans]
    if kind == "document" and (text := row["source_text"]):
        at = _printed(field.value, text, Span(row["start"], row["end"]))
        return [Span(at.start + start, at.start + end) for start, end in find_said(words, at.of(text), field.sounds)]
    return []


def _printed(value: str, text: str, document: Span) -> Span:
    """Where a title or 文号 first stands in its document, else last before it: portals print a list of such facts there."""
    if inside := find([fold(value)], document.of(text)):
        return Span(document.start + inside[0].start, document.start + inside[0].end)
    return next(reversed(find([fold(value)], text[: document.start])), Span(0, 0))  # a title we made up stands nowhere


def _window(value: str, spans: Sequence[Span]) -> Span:
    """The part of `value` that a snippet shows."""
    start = max(0, spans[0].start - _CONTEXT) if spans else 0
    return Span(start, min(len(value), max(start + _SNIPPET, spans[0].end if spans else 0)))


def _segments(value: str, spans: Sequence[Span], window: Span) -> list[dict[str, Any]]:
    cuts = [(max(start, window.start), min(end, window.end)) for start, end in spans]
    segments, at = [], window.start
    for start, end in [cut for cut in cuts if cut[0] < cut[1]]:
        segments += [(value[at:start], False), (value[start:end], True)]
        at = end
    return [{"text": text, "match": match} for text, match in [*segments, (value[at : window.end], False)] if text]


def _one_line(value: str, window: Span) -> str:
    before, after = "…" if window.start else "", "…" if window.end < len(value) else ""
    return before + " ".join(value[window.start : window.end].split()) + after


def _maps(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
