"""A document's own words with its facts in place: lines cut where a fact begins or ends, so that who shows them cuts nothing.

Offsets are code points of the source's text. A browser counts otherwise (UTF-16), which is why all is cut here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from kg.ask.doubts import Left, mark
from kg.ask.queries import MAX_LIMIT, Given, Query
from kg.engine.store import Store
from kg.errors import StoreLocked
from kg.model import Sheet, Span
from kg.words.folding import find, fold

FACTS: Final = "document-facts"
"""The query whose rows are the facts."""

Fact = dict[str, Any]
"""A row of FACTS."""

Paragraph = dict[str, Any]
"""A line: start, end, heading (its level), task, task_starts, page, sheet and row where one begins in it, segments;
recognised where text recognition (OCR) read some of it."""

Segment = dict[str, Any]
"""A piece of a line: start, end, text, facts (their numbers), clause (whether it stands in one), doubtful where its
characters may be wrong."""

_TRIES: Final = 5

_DOCUMENT: Final = (
    "MATCH (d:Document {id: $document})-[:FROM]->(s:Source) WHERE d.loaded = true "
    "OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place) "
    "RETURN d.title AS document, d.id AS document_id, d.doc_number AS doc_number, p.name AS place, p.id AS place_code, "
    "d.issuers AS issuers, d.issued_on AS issued_on, d.year AS year, s.name AS source, s.id AS source_id, "
    "d.rules AS rules, d.corrections AS corrections, coalesce(d.review, 'unchecked') AS review, d.reviewed_by AS reviewed_by, "
    "d.reviewed_on AS reviewed_on, coalesce(d.review_changes, []) AS review_changes, "
    "d.start AS start, d.end AS end, s.text AS text, s.pages AS pages, s.sheets AS sheets, "
    "s.recognised AS recognised, s.doubtful AS doubtful, "
    "COLLECT { MATCH (d)-[:HAS_TASK]->(t:Task) RETURN {id: t.id, headings: t.headings} ORDER BY t.order, t.id } AS tasks"
)


def evidence(store: Store, facts: Query, given: Given) -> dict[str, Any]:
    """The text of a document and its facts; `facts` is the query FACTS. Raises NotFound, StoreLocked where the document is
    written anew each time it is looked at, and what Store.read raises."""
    about, rows = _read(store, facts, given)
    text, tasks = about.pop("text"), about.pop("tasks")
    of_source = {name: about.pop(name) or () for name in ("pages", "sheets", "recognised", "doubtful")}
    about["revision"] = revision(about["source_id"], about.pop("rules"), about.pop("corrections"))
    document = Span(about["start"], about["end"])
    headings = {task["id"]: tuple(task["headings"] or ()) for task in tasks}
    about |= mark(rows, about, text, _spans(of_source["doubtful"]))._asdict()
    cut = paragraphs(text, document, about["document"] or "", rows, headings=headings, **of_source)
    return {**about, "chars": document.end - document.start, "paragraphs": cut, "facts": rows}


def left(store: Store, facts: Query, document: str) -> Left:
    """How much of a document is doubtful and not decided, as `evidence` says it. Raises what that raises."""
    about, rows = _read(store, facts, {"document": document})
    return mark(rows, about, about["text"], _spans(about["doubtful"] or ()))


def _read(store: Store, facts: Query, given: Given) -> tuple[dict[str, Any], list[Fact]]:
    for _ in range(_TRIES):
        bound = facts.bind(store, {**given, "residue": "all"})
        rows = facts.fetch(store, bound, MAX_LIMIT).rows
        documents = store.read(_DOCUMENT, {"document": bound["document"]}).rows
        # Two reads: a document that is replaced between them has facts that its text does not know.
        if documents and all(documents[0]["text"][row["start"] : row["end"]] == row["quote"] for row in rows):
            return documents[0], rows
    message = f"the text and the facts of {bound['document']} do not agree"
    raise StoreLocked(message, "it is being loaded: ask again in a moment")


def revision(source: str, rules: str | None, corrections: str | None) -> str:
    """Of a document that was read from this source, by these rules, and with these decisions: another where one of them is."""
    return f"{source[:12]}.{rules or '-'}.{corrections or '-'}"


def paragraphs(
    text: str,
    document: Span,
    title: str,
    facts: Sequence[Fact],
    *,
    headings: Mapping[str, Sequence[str]] | None = None,
    pages: Sequence[int] = (),
    sheets: Sequence[str] = (),
    recognised: Sequence[int] = (),
    doubtful: Sequence[int] = (),
) -> list[Paragraph]:
    """The lines of `document`, each cut at its facts; adds `clause_start` and `clause_end` to every fact. Pure but for that.

    A task begins a paragraph even where it stands in the middle of a line. `headings`: titles above each task, by its id;
    `pages`, `sheets`, `recognised` and `doubtful` as a Source of the graph holds them.
    """
    tasks = sorted((f for f in facts if f["kind"] == "task"), key=lambda f: (f["start"], -f["end"]))
    lines = list(_lines(text, document, [task["start"] for task in tasks]))
    owners = _owners(text, lines, tasks)
    levels = _title(text, document, title, lines) | _levels(text, lines, owners, headings or {})
    places = _places(lines, pages, [Sheet.of_line(sheet) for sheet in sheets])
    clauses = _clauses(text, facts)
    read, unsure = _spans(recognised), _spans(doubtful)
    made = []
    for at, (line, segments) in enumerate(zip(lines, _segments(text, lines, facts, clauses, unsure), strict=True)):
        task, begins = owners[at]
        paragraph: Paragraph = {
            "start": line.start,
            "end": line.end,
            "heading": levels.get(at),
            "task": task,
            "task_starts": begins,
        }
        n = bisect_right(read, line.start, key=lambda part: part.end)
        if n < len(read) and read[n].start < line.end:
            paragraph["recognised"] = True
        made.append(paragraph | places.get(at, {}) | {"segments": segments})
    return made


def _spans(ends: Sequence[int]) -> list[Span]:
    """What a Source of the graph holds as start, end, start, end, …"""
    return [Span(*part) for part in zip(ends[::2], ends[1::2], strict=True)]


# Lines

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LETTER: Final = re.compile(r"[^\W\d_]")


def _lines(text: str, document: Span, starts: Sequence[int]) -> Iterator[Span]:
    """The document's lines without their ends, cut once more where a task begins after words."""
    at, next_ = document.start, 0
    letter = -1  # the first one from `at` on, looked for again only where `at` is past it
    ends = [match.span() for match in _LINE_END.finditer(text, document.start, document.end)]
    for end, after in [*ends, (document.end, document.end)]:
        while next_ < len(starts) and starts[next_] < end:
            start = starts[next_]
            next_ += 1
            if letter < at:
                next_letter = _LETTER.search(text, at, document.end)
                letter = next_letter.start() if next_letter else document.end
            if letter < start:
                yield Span(at, start)
                at = start
        yield Span(at, end)
        at = after


def _owners(text: str, lines: Sequence[Span], tasks: Sequence[Fact]) -> list[tuple[str | None, bool]]:
    """For each line the innermost task that holds its first word, and whether that begins there."""
    owners: list[tuple[str | None, bool]] = []
    held: list[Fact] = []
    next_ = 0
    for line in lines:
        words = line.of(text)
        first = line.start + len(words) - len(words.lstrip())
        while held and held[-1]["end"] <= first:
            held.pop()
        begun = next_
        while next_ < len(tasks) and tasks[next_]["start"] < line.end:
            held.append(tasks[next_])
            next_ += 1
        owners.append((held[-1]["id"] if held else None, next_ > begun))
    return owners


_PUNCTUATION: Final = " \t\u3000。.：:；;，,、"
_NUMBER: Final = re.compile(
    r"[\s(（\[【〔第]{0,4}(?:[\d〇零一二三四五六七八九十百]{1,6}(?:[.．-]\d{1,3}){0,4}|[①-⒛ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈠-㈩])?"
    r"[\s)）\]】〕章节節编編篇部分条條款项項、.．。:：，,]{0,6}"
)
"""All that may stand before a heading's words in its line."""


def _title(text: str, document: Span, title: str, lines: Sequence[Span]) -> dict[int, int]:
    """The lines that hold the title and nothing else, where it is first printed."""
    printed = find([fold(title)], document.of(text))[:1] if fold(title) else []
    levels = {}
    for start, end in printed:
        span = Span(document.start + start, document.start + end)
        for at in range(bisect_right(lines, span.start, key=lambda line: line.end), len(lines)):
            line = lines[at]
            if line.start >= span.end:
                break
            beside = text[line.start : span.start] + text[span.end : line.end]
            if fold(line.of(text)) and not fold(beside):
                levels[at] = 1
    return levels


def _levels(
    text: str, lines: Sequence[Span], owners: Sequence[tuple[str | None, bool]], headings: Mapping[str, Sequence[str]]
) -> dict[int, int]:
    """The lines that tasks name as the titles above them, by how deep they stand: each before its first task."""
    levels: dict[int, int] = {}
    since = 0
    above_last: tuple[str, ...] = ()
    for at, (task, begins) in enumerate(owners):
        if not (task and begins):
            continue
        named = tuple(headings.get(task, ()))
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above_last, named, strict=False)))
        wanted = dict(enumerate(named[same:], same + 1))  # what stands above the task before too is above that
        above_last = named
        for above in range(at - 1, since - 1, -1):
            if not wanted:
                break
            words = lines[above].of(text).strip().strip(_PUNCTUATION)
            for level in sorted(wanted, reverse=True):
                heading = wanted[level].strip(_PUNCTUATION)
                if heading and words.endswith(heading) and _NUMBER.fullmatch(words, 0, len(words) - len(heading)):
                    levels[above] = min(level, 6)
                    del wanted[level]
                    break
        since = at + 1
    return levels


def _places(lines: Sequence[Span], pages: Sequence[int], sheets: Sequence[Sheet]) -> dict[int, dict[str, int | str]]:
    """By line, the page, the sheet and the row that begins in it; the first line says where it stands."""
    begins: list[tuple[int, dict[str, int | str]]] = [(start, {"page": number}) for number, start in enumerate(pages, 1)]
    for sheet in sheets:
        begins += [(start, {"row": number}) for start, number in sheet.rows]
        begins.append((sheet.span.start, {"sheet": sheet.name}))
    places: dict[int, dict[str, int | str]] = {}
    for start, place in begins:
        at = bisect_right(lines, start, key=lambda line: line.end)
        if at < len(lines):
            places[at] = places.get(at, {}) | place
    return places


# Facts


def _clauses(text: str, facts: Sequence[Fact]) -> list[Span]:
    """Where the clauses stand, each once; every fact is told its own."""
    last: dict[str, Span] = {}  # where a clause's words were met last
    all_: dict[Span, None] = {}
    for fact in facts:
        clause, start, end = fact["clause"], fact["start"], fact["end"]
        fact["clause_start"] = fact["clause_end"] = None
        if not clause:
            continue
        at = last.get(clause)
        if at is None or not at.start <= start <= end <= at.end:
            first = text.find(clause, max(0, end - len(clause)), start + len(clause))
            at = last[clause] = Span(first, first + len(clause))
        if at.start >= 0:
            fact["clause_start"], fact["clause_end"] = at
            all_[at] = None
    return list(all_)


_CLAUSE: Final = -1
_DOUBTFUL: Final = -2


def _segments(
    text: str, lines: Sequence[Span], facts: Sequence[Fact], clauses: Sequence[Span], doubtful: Sequence[Span]
) -> Iterator[list[Segment]]:
    """The segments of each line, in one pass over the places where something begins or ends."""
    changes: dict[int, list[tuple[int, int]]] = {}  # at: (fact, _CLAUSE or _DOUBTFUL; 1 begins, -1 ends)
    spans = [(n, f["start"], f["end"]) for n, f in enumerate(facts) if f["kind"] != "task"]
    for number, start, end in [*spans, *((_CLAUSE, *clause) for clause in clauses), *((_DOUBTFUL, *part) for part in doubtful)]:
        if start < end:
            changes.setdefault(start, []).append((number, 1))
            changes.setdefault(end, []).append((number, -1))
    places = sorted(changes)
    inside: set[int] = set()
    beside = {_CLAUSE: 0, _DOUBTFUL: 0}
    next_ = 0

    def pass_(place: int) -> None:
        for number, change in changes[place]:
            if number < 0:
                beside[number] += change
            elif change > 0:
                inside.add(number)
            else:
                inside.discard(number)

    for line in lines:
        segments: list[Segment] = []
        at = line.start
        while at < line.end:
            while next_ < len(places) and places[next_] <= at:
                pass_(places[next_])
                next_ += 1
            end = min(line.end, places[next_]) if next_ < len(places) else line.end
            segment = {"start": at, "end": end, "text": text[at:end], "facts": sorted(inside), "clause": beside[_CLAUSE] > 0}
            segments.append(segment | ({"doubtful": True} if beside[_DOUBTFUL] else {}))
            at = end
        yield segments
