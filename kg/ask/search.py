"""Search: words or names -> the tasks, documents and agencies that hold them, each with the place of every match.

A thing is found where it holds all words of the question, in whatever script or width (kg.words). That and the order are
worked out by one statement, from exact comparisons alone, so that both engines give the same hits in the same order; what an
engine's full-text index does is only to spare it most of the looking. One holds pairs of neighbouring Chinese characters,
another what kg.words.letters makes of Latin letters, digits and pinyin: only a single character, such as 法, is looked for in
everything that is held.

Of several words, a place, a unit and a year need not be said by what is found: it is enough that it is of them
(kg.ask.question).

A word of Latin letters may be pinyin, and so is looked for in how names and titles are said as well. That is what only such
a question's statement does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.ask.hits import HOW, KINDS, hit_of
from kg.ask.queries import DEFAULT_LIMIT, MAX_LIMIT, Given, Query, check_limit
from kg.ask.question import Named, Question, read_question
from kg.ask.signature import Column, Parameter, Type
from kg.engine.store import Answer, Store
from kg.words.folding import pairs as pairs_of
from kg.words.folding import words_of
from kg.words.letters import question as letters_of
from kg.words.pinyin import is_pinyin, sound

_BY: Final = ("all", "kind", "place", "year")
_FIELDS: Final = ("title", "text", "doc_number", "name", "short", "printed", "pinyin")
_NEVER: Final = "(?!)"  # a regular expression that is nowhere

_TEXT: Final = Type("text")
_MAYBE: Final = Type("text", nullable=True)
_UNITS: Final = Type("map", fields=(("agency", _TEXT), ("agency_id", _TEXT)), many=True)
_SPANS: Final = Type("map", fields=(("start", Type("integer")), ("end", Type("integer"))), many=True)
_SEGMENTS: Final = Type("map", fields=(("text", _TEXT), ("match", Type("boolean"))), many=True)


@dataclass(frozen=True, slots=True)
class Search(Query):
    """A query whose rows come from full-text indexes rather than from its file."""

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """The best hits. Raises BadParameter for a limit out of range, and what Store.read raises."""
        check_limit(limit)
        words = words_of(str(bound["q"]))
        hits, parameters, said = _asked(store, bound, limit)
        answer = store.read(hits + _RANKED.format(**(_SAID if said else _WRITTEN)), parameters, limit=limit)
        counted = store.read(f"{hits} RETURN count(*) AS total", parameters).rows if answer.truncated else []
        total = counted[0]["total"] if counted else len(answer.rows)
        rows = [hit_of(row, words) | {"total": total} for row in answer.rows]
        return Answer(tuple(c.name for c in self.columns), rows, answer.truncated)

    def stream(self, store: Store, bound: Given) -> Iterator[dict[str, Any]]:
        """All hits that may be asked for at once."""
        yield from self.fetch(store, bound, MAX_LIMIT).rows

    @property
    def command(self) -> str:
        """The example as a command line."""
        return f"kg search {self.example['q']}"


@dataclass(frozen=True, slots=True)
class Facets(Search):
    """How the hits of a search fall into kinds, places and years: each a row, with the words that narrow the question to it."""

    def fetch(self, store: Store, bound: Given, limit: int = DEFAULT_LIMIT) -> Answer:
        """The sum, then each facet, the most hits first. Raises as Search.fetch does."""
        check_limit(limit)
        hits, parameters, _ = _asked(store, bound, limit)
        found = store.read(f"{hits} {_FACETS}", parameters).rows
        counts: Counter[tuple[int, str, str]] = Counter()
        for row in found:
            for at, (value, label) in enumerate(
                (("all", "all"), (KINDS[row["kind"]],) * 2, (row["place_code"], row["place"]), (row["year"],) * 2)
            ):
                if value is not None:
                    counts[at, str(value), str(label)] += row["hits"]
        ordered = sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
        rows = [{"facet": _BY[at], "value": value, "label": label, "hits": n} for (at, value, label), n in ordered]
        return Answer(tuple(c.name for c in self.columns), rows[:limit], len(rows) > limit)

    @property
    def command(self) -> str:
        """The example as a command line."""
        return f"kg search {self.example['q']} --facets"


SEARCH: Final = Search(
    name="search",
    answers="Which tasks, documents, agencies, places and lines of work (条线) hold these words or have this name?",
    notes=(
        "Simplified or traditional script, full or half width, and brackets of any form are no difference; nor is a line break "
        "within a word. Words that a blank separates must all be there; but of several, a place, a unit's full name and a year "
        "(长治市 政务公开, 长治市司法局 行政复议, 2021 营商环境) need not be said where the document is made for the place, "
        "the unit has to do with the task, or the document is about the year. Names and titles are found by pinyin too, "
        "without tones: whole syllables, initials or a mixture (changzhi, czssfj, czsifaju). Whole names come first, then "
        "names and titles that hold the words, the shortest first (with pinyin, those that begin with it before the others), "
        "then texts in the order of their documents."
    ),
    path="/search",
    parameters=(
        Parameter("q", Type("question"), True, None, "words or a name", "执法公示"),
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
        Column("leads", _UNITS, "who leads the task (牵头) by a responsibility clause (责任条款), such as 长治市司法局", None),
        Column(
            "tasks",
            Type("integer", nullable=True),
            "how many tasks the document or the documents of the place set, the agency or line of work leads or takes part in",
            "31",
        ),
        Column("document", _MAYBE, "the title of the document that it stands in, or is", "长治市2022年工作要点"),
        Column("document_id", _MAYBE, "that document's id", "140400:长政办发〔2022〕14号"),
        Column(
            "found",
            Type("enum", options=HOW),
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
        Column("total", Type("integer"), "how many hits there are in all, those left out by the limit too", "12"),
    ),
    example={"q": "执法公示"},
    cypher="",
)

FACETS: Final = Facets(
    name="search-facets",
    answers="Into which kinds, places and years do the hits of a search fall, and how many are there in all?",
    notes="A place or a year that is added to the words of the question narrows it to that facet.",
    path="/search/facets",
    parameters=SEARCH.parameters,
    columns=(
        Column("facet", Type("enum", options=_BY), "what the hits are told apart by; all: their sum", "place"),
        Column("value", _TEXT, "all, the kind, the place's GB/T 2260 code or the year", "140400"),
        Column("label", _TEXT, "the same for a reader; of a place its name", "长治市"),
        Column("hits", Type("integer"), "how many hits", "12"),
    ),
    example=SEARCH.example,
    cypher="",
)


# What is asked


def _asked(store: Store, bound: Given, limit: int) -> tuple[str, dict[str, Any], bool]:
    """The part of a statement that finds the hits, its parameters, and whether some words may be pinyin."""
    words, kinds = words_of(str(bound["q"])), [str(bound["kind"])] if bound["kind"] else KINDS
    question = read_question(store, words)
    # Chinese characters leave the fewest to look through, then Latin letters, pinyin and digits.
    pairs, letters = pairs_of(question.plain), letters_of(question.plain)
    used = "words" if pairs else "letters"
    indexes = {label: name for (label, searched), name in store.full_text().items() if searched == used}
    pinyin = [word for word in words if is_pinyin(word)]
    parameters = {
        "words": [word for word in question.plain if word not in pinyin],
        "every": words,
        "whole": "".join(words),
        "keys": pairs or letters,
        "place": bound["place"],
        "most": limit + 1,
        **{name: {"word": named.word, "ids": list(named.ids), "year": named.year} for name, named in _named_in(question)},
        **(_sounds(words, pinyin) if pinyin else {}),
    }
    return _hits(kinds, question, indexes if pairs or letters else {}, said=bool(pinyin)), parameters, bool(pinyin)


def _sounds(words: Sequence[str], pinyin: Sequence[str]) -> dict[str, Any]:
    """What the statement compares with `sounds`, where a name is a line."""
    whole = sound("".join(words)) if is_pinyin("".join(words)) else _NEVER
    return {
        "pinyin": [{"word": word, "sound": f"(?s).*{sound(word)}.*"} for word in pinyin],
        "begins": f"(?s)(.*\n)?{whole}.*",
        "whole_sound": f"(?s)(.*\n)?{whole}[a-z]*(\n.*)?",
    }


def _named_in(question: Question) -> list[tuple[str, Named]]:
    """The places, units and years that the question names, by the names of the statement's parameters."""
    named = (("at", question.place), ("unit", question.agency), ("about", question.year))
    return [(name, one) for name, one in named if one]


# The statement. `rank` is the place in _HOW, `kind` that in KINDS; d is the document of a task, or itself.

_IN_PLACE: Final = "($place IS NULL OR EXISTS {{ ({0})-[:{1}]->(:Place)-[:PART_OF]->{{0,3}}(:Place {{id: $place}}) }})"
_PARTS: Final = {
    "agency": f"WITH n WHERE {_IN_PLACE.format('n', 'IN')}",
    "document": f"WITH n, n AS d WHERE d.loaded = true AND {_IN_PLACE.format('d', 'CONCERNS')}",
    "task": f"MATCH (d:Document)-[:HAS_TASK]->(n) WHERE d.loaded = true AND {_IN_PLACE.format('d', 'CONCERNS')}",
    # Few, and without an index. All words are in their name.
    "place": (
        "MATCH (n:Place) WHERE all(word IN $every WHERE n.name CONTAINS word) "
        "AND ($place IS NULL OR EXISTS { (n)-[:PART_OF]->{0,3}(:Place {id: $place}) }) AND EXISTS { "
        "MATCH (n)<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document) WHERE d.loaded = true }"
    ),
    "function": (
        "MATCH (n:Function) WHERE all(word IN $every WHERE n.name CONTAINS word) "
        "AND ($place IS NULL OR EXISTS { (n)<-[:PERFORMS]-(:Agency)-[:IN]->(:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) }) "
        "AND EXISTS { MATCH (n)<-[:PERFORMS]-(:Agency)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document) "
        "WHERE d.loaded = true }"
    ),
}
_OF: Final = {
    "at": {
        "agency": "EXISTS { MATCH (n)-[:IN]->(:Place)-[:PART_OF]->{0,3}(p:Place) WHERE p.id IN $at.ids }",
        **dict.fromkeys(
            ("document", "task"), "EXISTS { MATCH (d)-[:CONCERNS]->(:Place)-[:PART_OF]->{0,3}(p:Place) WHERE p.id IN $at.ids }"
        ),
    },
    "unit": {
        "document": (
            "EXISTS { MATCH (n)-[:HAS_TASK]->(:Task)<-[:LEADS|PARTICIPATES]-(a:Agency) WHERE a.id IN $unit.ids } "
            "OR EXISTS { MATCH (n)<-[:ISSUED]-(a:Agency) WHERE a.id IN $unit.ids }"
        ),
        "task": "EXISTS { MATCH (n)<-[:LEADS|PARTICIPATES]-(a:Agency) WHERE a.id IN $unit.ids }",
    },
    "about": dict.fromkeys(("document", "task"), "d.year = $about.year"),
}
"""By what a word names: when a hit of a kind is of it, whatever its own words."""
_RANKED: Final = """
WITH n, d, kind, split(coalesce(n.words, n.name), '\\n') AS lines
WITH n, d, kind, lines[0] AS name, $whole IN lines{whole} AS whole
WITH n, d, kind, name{late},
     CASE WHEN whole THEN 0 WHEN kind < 4 OR all(word IN $words WHERE name CONTAINS word){holds} THEN 1 ELSE 2 END AS rank
WITH n, d, kind, rank{carried}, CASE rank WHEN 1 THEN size(name) ELSE 0 END AS length,
     d.id AS document_id, n.order AS order, n.id AS id
{best} LIMIT $most
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
OPTIONAL MATCH (d)-[:CONCERNS]->(dp:Place)
OPTIONAL MATCH (n)-[:IN]->(np:Place)
RETURN rank, kind, length, order, id, document_id, d.title AS document, s.name AS source, s.id AS source_id,
       coalesce(dp.name, np.name, CASE kind WHEN 1 THEN n.name END) AS place,
       coalesce(dp.id, np.id, CASE kind WHEN 1 THEN n.id END) AS place_code,
       n.name AS name, n.short AS short, n.printed AS printed, n.title AS title, n.doc_number AS doc_number,
       n.number AS number, n.text AS text, n.start AS start, n.end AS end{sounds},
       CASE kind WHEN 3 THEN s.text ELSE null END AS source_text,
       COLLECT {{
         MATCH (n)<-[l:LEADS]-(a:Agency) WHERE l.basis = 'clause'
         RETURN {{agency: a.name, agency_id: a.id}} ORDER BY l.start, a.id
       }} AS leads,
       CASE kind
         WHEN 0 THEN COUNT {{ MATCH (n)-[:LEADS|PARTICIPATES]->(t:Task) RETURN DISTINCT t.id }}
         WHEN 1 THEN COUNT {{ (n)<-[:PART_OF]-{{0,3}}(:Place)<-[:CONCERNS]-(:Document)-[:HAS_TASK]->(:Task) }}
         WHEN 2 THEN COUNT {{ MATCH (n)<-[:PERFORMS]-(:Agency)-[:LEADS|PARTICIPATES]->(t:Task) RETURN DISTINCT t.id }}
         WHEN 3 THEN COUNT {{ (n)-[:HAS_TASK]->(:Task) }}
       END AS tasks
{best}
"""
_FACETS: Final = """
OPTIONAL MATCH (d)-[:CONCERNS]->(dp:Place)
OPTIONAL MATCH (n)-[:IN]->(np:Place)
WITH kind, CASE kind WHEN 1 THEN n ELSE coalesce(dp, np) END AS p, d.year AS year
RETURN kind, p.id AS place_code, p.name AS place, year, count(*) AS hits ORDER BY kind, place_code, year
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


def _hits(kinds: Sequence[str], question: Question, indexes: Mapping[str, str], *, said: bool) -> str:
    """Finds n, d and kind. `indexes`: label -> full-text index, of those to use. `said`: whether some words may be pinyin."""
    holds = "all(word IN $words WHERE n.words CONTAINS word)"
    if said:
        holds += " AND all(p IN $pinyin WHERE n.words CONTAINS p.word OR coalesce(n.sounds, '') =~ p.sound)"
    parts = []
    for kind in kinds:
        found = f"RETURN n, {'d' if kind in ('document', 'task') else 'null AS d'}, {KINDS.index(kind)} AS kind"
        if kind in ("place", "function"):
            parts.append(f"{_PARTS[kind]} {found}")
            continue
        named = [(name, _OF[name].get(kind, "false")) for name, _ in _named_in(question)]
        of = "".join(f" AND (n.words CONTAINS ${name}.word OR {is_of})" for name, is_of in named)
        label = kind.capitalize()
        index = indexes.get(label)
        start = f"CALL db.index.fulltext.queryNodes('{index}', $keys) YIELD node AS n WITH n" if index else f"MATCH (n:{label})"
        parts.append(f"{start} WHERE {holds} {_PARTS[kind]}{of} {found}")
    return f"CALL () {{ {' UNION ALL '.join(parts)} }}"
