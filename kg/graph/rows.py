"""Extraction -> rows: what documents put into the graph, as plain data. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg import schema
from kg.model import Agency, Assignment, Document, Extraction, Place, Span, readable_id, sentence
from kg.words.folding import lines
from kg.words.letters import letters
from kg.words.pinyin import sounds
from kg.words.similar import Bigrams, bigrams, packed

GraphRow = dict[str, Any]
"""What one row of a MERGE statement of kg.schema takes."""


@dataclass(slots=True)
class GraphRows:
    """What documents put into the graph, each thing once.

    nodes: label -> id -> {id, properties}. relationships: (type, start label, end label) -> (start, end, key …) ->
    {start, end, key …, properties}. unlinked: pairs of tasks held whose SIMILAR_TO goes. Citations wait until it is known which
    documents are loaded.
    """

    nodes: dict[str, dict[str, GraphRow]] = field(default_factory=lambda: defaultdict(dict))
    relationships: dict[tuple[str, str, str], dict[tuple[str, ...], GraphRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    citations: list[Cite] = field(default_factory=list)
    unlinked: set[tuple[str, str]] = field(default_factory=set)

    def node(self, label: str, id_: str, /, **properties: object) -> None:
        self.nodes[label].setdefault(id_, {"id": id_, "properties": properties})

    def relate(
        self, start: str, type_: str, end: str, ids: tuple[str, str], /, key: dict[str, str] | None = None, **properties: object
    ) -> None:
        """`ids` of the start and the end; `key`: the properties that make it the same, beside its ends."""
        key = key or {}
        row = {"start": ids[0], "end": ids[1], **key, "properties": properties}
        self.relationships[type_, start, end].setdefault((*ids, *key.values()), row)

    def add(self, others: GraphRows) -> None:
        """Takes in those of other documents."""
        for label, nodes in others.nodes.items():
            self.nodes[label] = nodes | self.nodes[label]
        for ends, relationships in others.relationships.items():
            self.relationships[ends] = relationships | self.relationships[ends]
        self.citations += others.citations

    @property
    def size(self) -> int:
        """How many rows these are."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.relationships.values())) + len(self.citations)


@dataclass(frozen=True, slots=True)
class Cite:
    """That `document` cites a 文号, or where none is given a title. `target`: the node it points to in the base, if any."""

    document: str
    number: str | None
    title: str | None
    properties: dict[str, Any]
    target: str | None = None

    @property
    def stub(self) -> str:
        """The id of what is cited, as long as it is not loaded."""
        return "cited:" + readable_id(self.number or self.title or "")

    def meant(self, loaded: Mapping[str, Iterable[tuple[str, str]]]) -> str:
        """The first document by id that has its 文号, and its title where it gives one; where there is none, the stub.
        `loaded`: of each 文号 the ids and titles, in that order."""
        return next((id_ for id_, title in loaded.get(self.number or "", ()) if self.title in (None, title)), self.stub)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a task says, and the `clauses` in it that say who answers for it."""

    document: str
    id: str
    title: str | None
    text: str
    clauses: frozenset[str]


def wordings(rows: GraphRows) -> Iterator[Wording]:
    """The tasks proper: those of other kinds (保障措施, 实施步骤) are worded alike in every document."""
    clauses: dict[str, set[str]] = defaultdict(set)
    for role in ("LEADS", "PARTICIPATES"):
        for row in rows.relationships[role, "Agency", "Task"].values():
            if row["basis"] == "clause":
                clauses[row["end"]].add(row["properties"]["clause"])
    for row in rows.relationships["HAS_TASK", "Document", "Task"].values():
        task = rows.nodes["Task"][row["end"]]["properties"]
        if task["kind"] == "task":
            yield Wording(row["start"], row["end"], task["title"], task["text"], frozenset(clauses[row["end"]]))


def make_rows(extraction: Extraction, documents: Collection[Document], *, rules: str, loaded_at: str) -> GraphRows:
    """The rows of those `documents` of `extraction` that are to be written. Pure."""
    rows = GraphRows()
    source = extraction.source
    rows.node(
        "Source",
        source.id,
        name=source.name,
        media_type=source.media_type,
        text=source.text,
        pages=list(source.pages),
        sheets=[sheet.line for sheet in source.sheets if sheet.rows],
        recognised=[offset for span in source.recognised for offset in span],
        doubtful=[offset for span in source.doubtful for offset in span],
        loaded_at=loaded_at,
        documents=len(extraction.documents),
    )
    places = {place.code: place for place in extraction.places}
    for document in documents:
        _add_document(rows, document, source.text, places, rules)
        rows.relate("Document", "FROM", "Source", (document.id, source.id))
    compared: dict[str, dict[str, Bigrams]] = defaultdict(dict)
    for task in wordings(rows):
        compared[task.document][task.id.rpartition(":")[2]] = bigrams(task.title, task.text, task.clauses)
    for document in documents:
        rows.nodes["Document"][document.id]["properties"]["bigrams"] = packed(document.place, compared[document.id])
    return rows


def _add_document(rows: GraphRows, document: Document, text: str, places: dict[str, Place], rules: str) -> None:
    assignments = [*_assignments(document)]
    rows.node(
        "Document",
        document.id,
        title=document.title,
        doc_number=document.doc_number,
        issuers=list(document.issuers),
        issued_on=document.issued_on,
        published_on=document.published_on,
        index_number=document.index_number,
        status=document.status,
        year=document.year,
        start=document.span.start,
        end=document.span.end,
        inferred=list(document.inferred) if document.certain else ["all"],
        no_duties=document.no_duties,
        loaded=True,
        counted=True,
        rules=rules,
        corrections=document.corrections,
        corrected=list(document.corrected),
        uncorrected=list(document.uncorrected),
        residue=[left.line for left in document.residue],
        decided=[f"{left.span.start} {left.span.end} {left.decided}" for left in document.residue if left.decided],
        review=document.reviewed.state,
        reviewed_by=document.reviewed.by,
        reviewed_on=document.reviewed.on,
        review_changes=list(document.reviewed.changed),
        leads=sum(mentions[0].role == "LEADS" for mentions in assignments),
        participates=sum(mentions[0].role == "PARTICIPATES" for mentions in assignments),
        unexplained=len({sentence(left.span, text) for left in document.residue if left.open}),
        **_searched(document.title, document.doc_number),
    )
    for agency in document.issuing_agencies:
        _add_agency(rows, agency, places)
        rows.relate("Agency", "ISSUED", "Document", (agency.id, document.id))
    if document.place:
        _add_place(rows, places[document.place], places)
        rows.relate("Document", "CONCERNS", "Place", (document.id, document.place))
    for order, principle in enumerate(document.principles, 1):
        id_, (start, end) = f"{document.id}:p{order}", principle.span
        decided = {"corrected": principle.corrected, "confirmed": principle.confirmed}
        rows.node("Principle", id_, text=principle.text, order=order, start=start, end=end, **decided)
        rows.relate("Document", "STATES", "Principle", (document.id, id_))
    for order, task in enumerate(document.tasks, 1):
        rows.node(
            "Task",
            task.id,
            number=task.number,
            kind=task.kind,
            title=task.title,
            text=task.span.of(text),
            headings=list(task.headings),
            order=order,
            start=task.span.start,
            end=task.span.end,
            corrected=task.corrected,
            confirmed=task.confirmed,
            **_searched(task.title, task.span.of(text)),
        )
        rows.relate("Document", "HAS_TASK", "Task", (document.id, task.id))
    for mentions in assignments:
        first = min(mentions, key=lambda a: (a.modality == "must not", a.span))  # what must be done goes before what must not
        _add_agency(rows, first.agency, places)
        rows.relate(
            "Agency",
            first.role,
            "Task",
            (first.agency.id, first.task),
            key={"basis": first.basis},
            **_evidence(first.span, text),
            name=first.name,
            clause=first.clause.of(text) if first.clause else sentence(first.span, text).of(text).strip(),
            mentions=len(mentions),
            modality=first.modality,
            rule=first.rule,
            corrected=next((a.corrected for a in mentions if a.corrected), None),
            confirmed=next((a.confirmed for a in mentions if a.confirmed), None),
        )
    _add_deadlines(rows, document, text)
    rows.citations += _citations(document, text)


def _assignments(document: Document) -> Iterator[list[Assignment]]:
    """The mentions of each agency, task, role and basis."""
    with_clause = {(a.agency.id, a.task) for a in document.assignments if a.basis == "clause"}
    mentions: dict[tuple[str, ...], list[Assignment]] = defaultdict(list)
    for a in document.assignments:
        if a.basis != "default" or (a.agency.id, a.task) not in with_clause:
            mentions[a.agency.id, a.task, a.role, a.basis].append(a)
    yield from mentions.values()


def _add_agency(rows: GraphRows, agency: Agency, places: dict[str, Place]) -> None:
    rows.node(
        f"Agency:{schema.COLLECTIVE}" if agency.collective else "Agency",
        agency.id,
        name=agency.name,
        short=agency.short,
        level=agency.level,
        kind=agency.kind,
        resolved=agency.resolved,
        rank=agency.rank,
        post=f"{agency.level} {agency.function}" if agency.rank and agency.function else None,
        members=list(agency.members),
        binds=agency.binds,
    )
    for s in agency.successions:  # written where both are in the base
        rows.relate("Agency", "SUCCEEDED_BY", "Agency", (s.former, s.later), on=s.on, source=s.source)
    if agency.function:
        rows.node("Function", agency.function, name=agency.function)
        rows.relate("Agency", "PERFORMS", "Function", (agency.id, agency.function))
    if agency.place:
        _add_place(rows, places[agency.place], places)
        rows.relate("Agency", "IN", "Place", (agency.id, agency.place))


def _add_place(rows: GraphRows, place: Place, places: dict[str, Place]) -> None:
    """Adds a place and those above it; the places of an extraction that nothing stands in would be empty."""
    rows.node("Place", place.code, name=place.name, level=place.level)
    if place.parent:
        _add_place(rows, places[place.parent], places)
        rows.relate("Place", "PART_OF", "Place", (place.code, place.parent))


def _add_deadlines(rows: GraphRows, document: Document, text: str) -> None:
    """A task without a time limit of its own, but for one relative to an event, inherits the document's where that names one
    day for all of it; where it names several, nobody can tell which binds a task."""
    orders: dict[str, int] = defaultdict(int)
    of_all: dict[str, str] = {}  # by day
    for deadline in sorted(document.deadlines, key=lambda d: d.span):
        label, owner = ("Task", deadline.task) if deadline.task else ("Document", document.id)
        orders[owner] += 1
        id_ = f"{owner}:d{orders[owner]}"
        rows.node(
            "Deadline",
            id_,
            kind=deadline.kind,
            start_on=deadline.start,
            due_on=deadline.due,
            every=deadline.every,
            within=deadline.within,
            rule=deadline.rule,
            corrected=deadline.corrected,
            confirmed=deadline.confirmed,
            **_evidence(deadline.span, text),
        )
        rows.relate(label, "DUE", "Deadline", (owner, id_), inherited=False)
        if deadline.due and not deadline.task:
            of_all.setdefault(deadline.due, id_)
    if len(of_all) == 1:
        (inherited,) = of_all.values()
        own = {deadline.task for deadline in document.deadlines if deadline.kind != "within"}
        for task in document.tasks:
            if task.kind != "general" and task.id not in own:
                rows.relate("Task", "DUE", "Deadline", (task.id, inherited), inherited=True)


def _citations(document: Document, text: str) -> list[Cite]:
    """The first mention of each thing the document cites, itself left out."""
    cites: dict[str, Cite] = {}
    for c in sorted(document.citations, key=lambda c: c.span):
        is_itself = c.doc_number in (None, document.doc_number) and c.title in (None, document.title)
        if not is_itself:
            decided = {"corrected": c.corrected, "confirmed": c.confirmed}
            cite = Cite(document.id, c.doc_number, c.title, {**_evidence(c.span, text), "title": c.title, **decided})
            cites.setdefault(cite.stub, cite)
    return list(cites.values())


def found_by(name: str, short: str, printed: Iterable[str]) -> dict[str, Any]:
    """What documents call an agency, and what search finds it by."""
    printed = sorted(printed)
    names = dict.fromkeys([name, short, *printed])
    words, said = lines(*names), sounds(*names)
    return {"printed": printed, "words": words, "sounds": said, "letters": letters(words, said)}


def _searched(title: str, other: str | None) -> dict[str, str]:
    words, said = lines(title, other), sounds(title)
    return {"words": words, "sounds": said, "letters": letters(words, said)}


def _evidence(span: Span, text: str) -> dict[str, Any]:
    return {"quote": span.of(text), "start": span.start, "end": span.end}
