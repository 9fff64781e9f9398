"""Every label, relationship, property, key and index of the graph, declared once; statements and docs derive from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Node:
    """A label. Every node has a unique `id`; `properties` maps each other property to what it says. Each that is `searched`
    has a full-text index."""

    label: str
    describe: str
    properties: dict[str, str]
    indexed: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relationship:
    """A type from one of `start` to one of `end`. `key`: what, with its ends, makes it the same. `few`: the end that has few of
    them, from which one that is held is looked for: an agency may have thousands of tasks, a place thousands of agencies."""

    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    describe: str
    properties: dict[str, str]
    key: tuple[str, ...] = ()
    few: Literal["start", "end"] = "end"


_SPAN: Final = {"start": "first code point in the source's text", "end": "one past the last code point"}
_EVIDENCE: Final = {"quote": "the exact words", **_SPAN}
_WORDS: Final = {
    "words": "what `kg search` looks through: its names, then its text, a line each, as kg/words/folding.py compares them"
}
_RULE: Final = {"rule": "the name of the rule that read it; empty where a person added it"}
_SOUNDS: Final = {"sounds": "the pinyin that it is found by, without tones: of its title, or of each of its names, a line each"}
_LETTERS: Final = {"letters": "the keys that pinyin, Latin letters and digits find it by (kg/words/letters.py)"}
_SEARCHED: Final = ("words", "letters")
_CORRECTED: Final = {
    "corrected": "why a person changed or added it; none where it is as the rules read it",
    "confirmed": "who found it right, and when",
}

NODES: Final = (
    Node(
        "Source",
        "A file as it came; id: sha256 of its bytes",
        {
            "name": "file name",
            "media_type": "media type",
            "text": "the words that a reader sees, decoded once",
            "pages": "where each page of a PDF starts in text; empty for other files",
            "sheets": "those of a workbook: the name, a tab, where each row starts in text, its number; empty for others",
            "recognised": "where text recognition (OCR) read: start and end of each part of text; empty for other files",
            "doubtful": "where its characters may be wrong: start and end of each part of text",
            "loaded_at": "when it was loaded, ISO 8601",
            "documents": "how many documents it gives, whether held from it or not",
        },
    ),
    Node(
        "Document",
        "A 通知, 方案 or 要点; one that is only cited has loaded = false",
        {
            "title": "title",
            "doc_number": "发文字号",
            "issuers": "issuers as printed",
            "issued_on": "成文日期",
            "published_on": "发布日期",
            "index_number": "索引号",
            "status": "有效性 as given: 有效, 废止, 失效 …",
            "year": "the year it is about",
            **_SPAN,
            "inferred": "what is no more than likely: title, place; all where nothing is certain",
            "no_duties": "whether it demands nothing of anybody",
            "loaded": "whether its text is held",
            "counted": "whether the workload of agencies counts it; not where an earlier release wrote it",
            "rules": "version of the extraction rules",
            "corrections": "digest of its corrections",
            "corrected": "the corrections that hold, a line each",
            "uncorrected": "those that do not match exactly once, and why",
            "residue": "what gave no fact, a line each: what it is, start, end, the reason or -, the words",
            "decided": "what of that a person struck or set aside, a line each: start, end, why, when and who",
            "review": "unchecked (未核), checking (核对中) or checked (已核)",
            "reviewed_by": "who last said so",
            "reviewed_on": "when, ISO 8601",
            "review_changes": "the facts that are no longer those that were signed, a line each",
            "leads": "how many LEADS its tasks have",
            "participates": "how many PARTICIPATES",
            "unexplained": "how many sentences name agencies, gave nothing and have no reason",
            "bigrams": "what its tasks are compared by, for machines (kg/words/similar.py)",
            **_WORDS,
            **_SOUNDS,
            **_LETTERS,
        },
        indexed=("doc_number", "title"),
        searched=_SEARCHED,
    ),
    Node(
        "Task",
        "The innermost numbered item that states work",
        {
            "number": "number as printed",
            "kind": "task, safeguard, step or general",
            "title": "title",
            "text": "the item's words",
            "headings": "titles above it, outermost first",
            "order": "place in the document",
            **_SPAN,
            **_CORRECTED,
            **_WORDS,
            **_SOUNDS,
            **_LETTERS,
        },
        searched=_SEARCHED,
    ),
    Node(
        "Principle",
        "The headline of one 基本原则",
        {"text": "its words", "order": "place in the document", **_SPAN, **_CORRECTED},
        indexed=("text",),
    ),
    Node(
        "Deadline",
        "A time by which, or in which, work is due",
        {
            "kind": "by, period, recurring or within",
            "start_on": "first day, ISO 8601",
            "due_on": "last day, ISO 8601",
            "every": "period of a recurring duty",
            "within": "limit relative to an event, ISO 8601 duration",
            **_RULE,
            **_EVIDENCE,
            **_CORRECTED,
        },
        indexed=("due_on",),
    ),
    Node(
        "Agency",
        "A place plus a name: the 司法局 of 长治市",
        {
            "name": "full name with its place",
            "short": "name without its place",
            "level": "nation, province, city, county or town",
            "kind": "government, party, court …",
            "resolved": "whether its place is certain",
            "rank": "what a collective can call it: county government, city department …",
            "post": "the same for one line of work: county 司法局",
            "members": "of a collective: the ranks of those it means, or their posts",
            "binds": "of a collective: all of them (各), or some (有关)",
            "printed": "what documents call it: 市发改委",
            "workload": "how many tasks it leads and has, in how many documents, for each choice of bases and modalities "
            "(kg/graph/workload.py)",
            **_WORDS,
            **_SOUNDS,
            **_LETTERS,
        },
        indexed=("name",),
        searched=_SEARCHED,
    ),
    Node("Function", "The 条线: 司法部, 省司法厅 and 市司法局 have one", {"name": "name, in the form cities use"}),
    Node(
        "Place",
        "An administrative division; id: GB/T 2260 code",
        {"name": "name", "level": "nation, province, city or county"},
        indexed=("name",),
    ),
    Node(
        "Report",
        "What a unit says has become of its task: kept beside the facts, from the journal of reports",
        {
            "state": "not started, in progress, done, on hold or done late",
            "finished": "whether that is done or done late",
            "text": "进展情况, in the unit's words",
            "percent": "how much is done, of 100",
            "reported_on": "the day that it speaks of, ISO 8601",
            "reported_by": "who says so",
            "evidence": "a link, or the name of a file, that shows it",
            "kept_at": "when it was kept, ISO 8601",
            "order": "place in the journal",
            "until": "the day from which a later one of its unit on its task counts instead, ISO 8601; ~: none does; empty: "
            "it never counts, as it was taken back or its task is gone",
            "withdraws": "the id of the report that it takes back",
            "document": "the id of its document when it was kept",
            "doc_number": "that document's 文号",
            "task": "the numbers on the path of its task, which end the task's id",
            "quote": "the title of its task, else the first words",
            "agency": "the unit's name",
            "agency_id": "the unit's id when it was kept",
        },
        indexed=("document", "doc_number", "agency_id"),
    ),
    Node(
        "Total",
        "What the base holds in all, one node, kept as documents come and go (kg/graph/totals.py); none in an empty base, nor "
        "before the first change of one that an earlier release wrote",
        {
            "name": "what it is called",
            "documents": "how many documents are loaded",
            "checked": "how many of these are checked (已核)",
            "places": "how many places these are made for",
            "leads": "how many LEADS their tasks have",
            "participates": "how many PARTICIPATES",
            "first_issued": "the earliest 成文日期 of these",
            "last_issued": "the latest",
            "loaded_at": "when a file was last loaded, ISO 8601",
        },
    ),
)

RELATIONSHIPS: Final = (
    Relationship("FROM", ("Document",), ("Source",), "the document stands in this source", {}),
    Relationship("ISSUED", ("Agency",), ("Document",), "the agency signed it", {}),
    Relationship("CONCERNS", ("Document",), ("Place",), "the place it is made for", {}, few="start"),
    Relationship("HAS_TASK", ("Document",), ("Task",), "the document sets this task", {}),
    Relationship("STATES", ("Document",), ("Principle",), "the document states this principle", {}),
    Relationship(
        "DUE",
        ("Task", "Document"),
        ("Deadline",),
        "what the time binds",
        {"inherited": "whether a task without a day of its own has that of its document"},
    ),
    *(
        Relationship(
            role,
            ("Agency",),
            ("Task",),
            meaning,
            {
                "basis": "clause, narrative or default",
                "modality": "must, or must not where it is forbidden (不得) each time",
                **_RULE,
                **_EVIDENCE,
                "name": "the quote in simplified characters, its elided prefix restored",
                "clause": "the whole clause, or in running text the sentence, that it stands in",
                "mentions": "how often it is said",
                **_CORRECTED,
            },
            key=("basis",),
        )
        for role, meaning in (("LEADS", "answers for it (牵头)"), ("PARTICIPATES", "takes part in it (配合)"))
    ),
    Relationship("PERFORMS", ("Agency",), ("Function",), "the agency's line of work", {}, few="start"),
    Relationship("IN", ("Agency",), ("Place",), "the agency's place", {}, few="start"),
    Relationship("PART_OF", ("Place",), ("Place",), "the place it is part of", {}, few="start"),
    Relationship(
        "MEMBER_OF",
        ("Agency",),
        ("Agency",),
        "the collective that binds it and all others of its rank there",
        {},
        few="start",
    ),
    Relationship(
        "SUCCEEDED_BY",
        ("Agency",),
        ("Agency",),
        "the agency that a reform made of the whole of it",
        {"on": "year or month", "source": "the document that says so"},
        few="start",
    ),
    Relationship(
        "CITES",
        ("Document",),
        ("Document",),
        "cites it",
        {"title": "the title it is cited by", **_EVIDENCE, **_CORRECTED},
        few="start",
    ),
    Relationship("ON", ("Report",), ("Task",), "the report is about the task; none where that is gone", {}),
    Relationship("REPORTED", ("Agency",), ("Report",), "the unit reports it", {}),
    Relationship(
        "SIMILAR_TO",
        ("Task",),
        ("Task",),
        "a task of another document that is alike, as far as words tell: one is among those most like the other; held once, "
        "from the lesser id",
        {
            "score": "how alike they are, in percent",
            "same": "whether they are the same work: each is the likest to the other of all tasks of the other's document, and "
            "they have enough in common (kg/words/similar.py says what a Work is)",
            "elsewhere": "whether they are of different places that are known",
        },
    ),
)

COLLECTIVE: Final = "Collective"
"""Second label of an Agency that is many named as one; set in the MERGE pattern only (the embedded engine refuses SET)."""


_TYPES: Final = {
    **dict.fromkeys(
        (
            *("start", "end", "order", "year", "mentions", "documents", "score"),
            *("leads", "participates", "unexplained", "percent", "places", "checked"),
        ),
        "integer",
    ),
    **dict.fromkeys(("loaded", "counted", "resolved", "no_duties", "inherited", "same", "elsewhere", "finished"), "boolean"),
    **dict.fromkeys(
        (
            "issuers",
            "headings",
            "members",
            "printed",
            "residue",
            "sheets",
            "inferred",
            "Document.corrected",
            "Document.uncorrected",
            "decided",
            "review_changes",
        ),
        "text[]",
    ),
    **dict.fromkeys(("pages", "recognised", "doubtful", "workload"), "integer[]"),
}


def type_of(owner: str, name: str) -> str:
    """What the property `name` of a label or a relationship type holds: text, integer, boolean, text[] or integer[]."""
    return _TYPES.get(f"{owner}.{name}", _TYPES.get(name, "text"))


def relationship(type_: str) -> Relationship:
    """What is declared of a type."""
    return next(r for r in RELATIONSHIPS if r.type == type_)


def constraints() -> list[str]:
    """Statements that make keys unique and create the indexes; each may be run again."""
    unique = [f"CREATE CONSTRAINT {n.label.lower()}_id IF NOT EXISTS FOR (n:{n.label}) REQUIRE n.id IS UNIQUE" for n in NODES]
    indexes = [
        f"CREATE INDEX {n.label.lower()}_{p} IF NOT EXISTS FOR (n:{n.label}) ON (n.{p})" for n in NODES for p in n.indexed
    ]
    return unique + indexes


def full_text(engine: Literal["embedded", "neo4j"]) -> list[str]:
    """Statements that create the full-text indexes, over pairs of Chinese characters; each may be run again. In Cypher for
    Neo4j, in its own SQL for the embedded engine, whose Cypher can use such an index but not make one.
    """
    searched = [(n.label, p) for n in NODES for p in n.searched]
    if engine == "neo4j":
        return [
            f"CREATE FULLTEXT INDEX {label.lower()}_{p} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{p}] "
            "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
            for label, p in searched
        ]
    # The analyzer is what Neo4j calls cjk. CLASSIC spares the writer the statistics for scores, which search does not look at.
    options = '{"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer", "similarity": "CLASSIC"}'
    properties = [f"CREATE PROPERTY {label}.{p} IF NOT EXISTS STRING" for label, p in searched]
    return properties + [f"CREATE INDEX IF NOT EXISTS ON {label} ({p}) FULL_TEXT METADATA {options}" for label, p in searched]


def empty_lists() -> list[str]:
    """Statements that give each node its lists without items, which Neo4j's importer leaves out."""
    statements = []
    for n in NODES:
        lists = [p for p in n.properties if type_of(n.label, p).endswith("[]")]
        if lists:
            lacks = " OR ".join(f"n.{p} IS NULL" for p in lists)
            of = "n.loaded AND " if "loaded" in n.properties else ""
            statements.append(
                f"MATCH (n:{n.label}) WHERE {of}({lacks}) SET " + ", ".join(f"n.{p} = coalesce(n.{p}, [])" for p in lists)
            )
    return statements


def merge_nodes(label: str) -> str:
    """Takes $rows of {id, properties}. `label` may be Agency:Collective."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties"


def merge_relationships(type_: str, start: str, end: str) -> str:
    """Takes $rows of {start, end, properties}, and for a type with a key also the key's properties beside them."""
    declared = relationship(type_)
    key = ", ".join(f"{p}: row.{p}" for p in declared.key)
    pattern = f"[r:{type_} {{{key}}}]" if key else f"[r:{type_}]"
    # The embedded engine searches from the end written first.
    path = f"(a)-{pattern}->(b)" if declared.few == "start" else f"(b)<-{pattern}-(a)"
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"MERGE {path} SET r += row.properties"
    )
