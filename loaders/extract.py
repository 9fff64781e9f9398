"""From the bytes of a file to its facts: the loop that calls the readers of each kind of fact."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

from kg.errors import NothingFound, UnreadableFile
from kg.model import (
    Agency,
    Assignment,
    Basis,
    Deadline,
    Document,
    Extraction,
    Modality,
    Principle,
    Role,
    Source,
    Span,
    Task,
    TaskKind,
)
from loaders.apart import recognising
from loaders.facts.chapters import WHOLE, Chapter, chapter_under, is_caption, states_no_work, tells_cases
from loaders.facts.citations import find_citations
from loaders.facts.clauses import ABOVE, POSITIONAL_AT, Clause, find_clauses
from loaders.facts.deadlines import Time, find_times, is_above_all, is_told
from loaders.facts.duties import find_duties
from loaders.facts.ground import Ground, frame_lines, is_heading, joined, outside_prose, silent_spans
from loaders.facts.principles import find_principles
from loaders.facts.residue import find_residue, with_unread
from loaders.names.agencies import NATION, TAIWAN, Scope, places, resolve
from loaders.names.origin import document_id, origin, whom
from loaders.read import read
from loaders.text.arranged import IN_PROSE, by_agency
from loaders.text.cells import read_due
from loaders.text.items import ROW, TITLE_END, Item
from loaders.text.lists import registers_in
from loaders.text.members import MEMBER
from loaders.text.reports import is_demanded
from loaders.text.tables import TaskRow, TaskTable, find_tables, outside, unread_heads
from loaders.text.tidy import located, tidy
from loaders.text.tree import Outline, outlines, without_numbers
from loaders.text.view import is_foreign, plain
from loaders.text.work import are_minutes, are_rules, resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.apart import ByPages
    from loaders.names.units import Unit

# Assignments of one document that come from clauses and rules for many tasks, whose number grows with their product.
_MOST_SPREAD = 50_000


def extract(data: bytes, name: str, pages: ByPages | None = None) -> Extraction:
    """All facts of the file `name` with the bytes `data`; `pages` may have its pages recognised elsewhere.

    Raises UnreadableFile where the bytes are no Chinese text, NothingFound where the text holds no task and no principle, and
    does not say what document it is either.
    """
    with recognising(pages):
        source = read(data, name)
    if is_foreign(source.text):
        raise UnreadableFile(f"{name}: the text is not in Chinese", "give the document in Chinese; others are not understood")
    view = tidy(plain(source.text), source.text, [table.span for table in source.tables])
    tidied = view.source(source)
    tables = find_tables(tidied, view.text)
    held: Counter[str] = Counter()
    unread = unread_heads(tidied, view.text, tables)
    source, tidied = replace(source, tables=()), replace(tidied, tables=())  # a span for each cell, needed no more
    readers = (_Reader(tidied, view.text, outline, tables, unread, held) for outline in outlines(view.text, tables))
    documents = tuple(with_unread(located(reader.document(), view, source.text), source) for reader in readers)
    if not any(document.tasks or document.principles or is_named(document) for document in documents):
        raise NothingFound(f"{name}: no task was found", "is this a 通知, 方案 or 要点 with numbered items?")
    codes = {code for d in documents for code in (d.place, *(a.agency.place for a in d.assignments)) if code}
    codes |= {agency.place for d in documents for agency in d.issuing_agencies if agency.place}
    return Extraction(source, documents, places(codes))


def is_named(document: Document) -> bool:
    """Whether others can cite it: it has a 文号, or a title that is more than its first words."""
    return bool(document.doc_number or (document.title and "title" not in document.inferred))


@dataclass(slots=True)
class _Reader:
    """Reads one document of a source. Tasks are made as facts ask for them, so that every assignment hangs on one."""

    source: Source
    plain: str
    outline: Outline
    tables: list[TaskTable]  # of the source
    registers: set[int] = field(init=False)  # where the rows of those begin that list firms and state no work
    unread: list[Span]  # heads of its tables that gave no rows
    held: Counter[str]  # ids of the documents of this source
    id: str = field(init=False)
    place: str | None = field(init=False)
    place_inferred: bool = field(init=False)
    scope: Scope = field(init=False)
    agencies: dict[tuple[str, bool], Agency] = field(init=False, default_factory=dict)  # by name and whether many
    tasks: dict[int, Task] = field(init=False, default_factory=dict)  # by start
    ids: Counter[str] = field(init=False, default_factory=Counter)
    chapters: dict[int, Chapter] = field(init=False, default_factory=dict)  # by the id() of their headings
    rows: defaultdict[Span, list[TaskRow]] = field(init=False, default_factory=partial(defaultdict, list))  # by clause
    prose: str = field(init=False)  # `plain` without the numbers of items
    silent: list[Span] = field(init=False)  # what states no work
    arranged: list[tuple[Item, list[Unit]]] = field(init=False)  # headings that name the agencies of what they list
    clauses: list[Clause] = field(init=False)
    assigned: list[int] = field(init=False)  # where those begin that name units beyond doubt
    of_rules: bool = field(init=False)
    of_minutes: bool = field(init=False)
    spread: int = _MOST_SPREAD  # what is left of it

    def __post_init__(self) -> None:
        frame = self.outline.frame
        self.of_rules = are_rules(frame.title)
        self.of_minutes = are_minutes(self.plain, frame.title, frame.span)
        self.place, self.place_inferred = origin(self.plain, self.source.text, frame)
        self.id = document_id(self.place, self._number(), frame.title)
        self.held[self.id] += 1
        if self.held[self.id] > 1:
            self.id += f"-{self.held[self.id]}"
        self.scope = Scope(self.id, self.place)
        rows = {item.start for item in self.outline.items if item.style == ROW}
        self.tables = [table for table in self.tables if table.rows[0].span.start in rows]
        self.registers = registers_in(self.plain, self.tables)
        for row in self._rows():
            for clause in row.clauses:
                self.rows[clause.span].append(row)
        cells = [cell for table in self.tables for row in table.rows for cell in row.cells]
        self.prose = without_numbers(self.plain, self.outline, cells)
        self.silent = joined(silent_spans(self.outline))
        self.arranged = by_agency(self.plain, self.outline.items)
        self.clauses = self._clauses()
        self.assigned = [clause.span.start for clause in self.clauses if clause.units and not clause.unsure]

    def document(self) -> Document:
        frame = self.outline.frame
        for item in self.outline.items:
            if item.start not in self.registers and (item.style == ROW or not (item.children or self._states_no_work(item))):
                self._add(Span(item.start, item.end), item.printed, self._kind(item), item.title_span, item)
        for paragraph in () if self.outline.items else resolutions(self.plain, frame.span, self.outline.loose):
            self._add_paragraph(paragraph, "task")
        every = chain(self._by_clause(), self._by_heading(), self._by_default(), self._by_duty())
        assignments = {(a.span, a.basis, a.role, a.task): a for a in every}
        return Document(
            id=self.id,
            title=self._title(),
            doc_number=self._number(),
            issuers=frame.issuers,
            issuing_agencies=tuple(resolve(name, self.scope, False) for name in frame.issuers),
            place=None if self.place == NATION else self.place,
            issued_on=frame.issued_on,
            published_on=frame.published_on,
            index_number=frame.index_number,
            status=frame.status,
            year=frame.year,
            span=frame.span,
            principles=tuple(Principle(s.of(self.source.text), s) for s in find_principles(self.plain, self.outline)),
            tasks=tuple(self.tasks[start] for start in sorted(self.tasks)),
            assignments=tuple(assignments[key] for key in sorted(assignments)),
            deadlines=tuple(self._deadlines()),
            citations=tuple(find_citations(self.plain, frame)),
            inferred=(*(("title",) if frame.untitled else ()), *(("place",) if self.place_inferred else ())),
            residue=tuple(find_residue(self._ground(sorted({span for span, *_ in assignments})))),
        )

    def _title(self) -> str:
        """The title as printed, its lines joined."""
        frame = self.outline.frame
        return "".join(line.of(self.source.text) for line in frame.title_lines) or frame.title

    def _number(self) -> str | None:
        """The 文号; one of Taiwan in the script that it is printed in, which is nowhere simplified."""
        number = self.outline.frame.doc_number
        if number is None or self.place != TAIWAN:
            return number
        start = self.plain.find(number)
        return self.source.text[start : start + len(number)] if start >= 0 else number

    # ---- tasks ----

    def _rows(self) -> Iterator[TaskRow]:
        """Those of all tables that state work."""
        return (row for table in self.tables for row in table.rows if row.span.start not in self.registers)

    def _states_no_work(self, item: Item) -> bool:
        return states_no_work(self.plain, item, self._above(item), of_rules=self.of_rules, of_minutes=self.of_minutes)

    def _assigns(self, item: Item) -> bool:
        """Whether a clause stands in `item`."""
        n = bisect_left(self.assigned, item.start)
        return n < len(self.assigned) and self.assigned[n] < item.end

    def _above(self, item: Item) -> Chapter:
        return self._under(item.above[-1]) if item.above else WHOLE

    def _under(self, heading: Item) -> Chapter:
        if id(heading) not in self.chapters:
            above = self._above(heading)
            each = bool(heading.children) and all(map(self._assigns, heading.children))
            self.chapters[id(heading)] = chapter_under(
                heading, above, self.source.text, assigns=self._assigns(heading), assigns_each=each
            )
        return self.chapters[id(heading)]

    def _kind(self, item: Item) -> TaskKind:
        if item.style == ROW:
            return "task"
        if item.style == MEMBER and self.outline.numbers:
            return "general"  # tasks are what has a number, where a text has numbers
        return (self._above(item) if item.above else self._under(item)).kind  # a chapter without items is its own heading

    def _task_at(self, offset: int, *, clause: bool) -> Task:
        """The task that holds `offset`; outside every task the paragraph itself, a task if a clause closes it or the text
        has no items at all."""
        item = self.outline.item_at(offset)
        if item and item.start in self.tasks:
            return self.tasks[item.start]
        paragraph = self.outline.line_at(offset)
        if paragraph.start not in self.tasks:
            self._add_paragraph(paragraph, "task" if item is None and (clause or not self.outline.items) else "general", item)
        return self.tasks[paragraph.start]

    def _add_paragraph(self, paragraph: Span, kind: TaskKind, item: Item | None = None) -> None:
        stop = TITLE_END.search(self.plain, *paragraph)
        title = Span(paragraph.start, min(stop.start() if stop else paragraph.end, paragraph.start + 60))
        self._add(paragraph, item.printed if item else "", kind, title, item)

    def _add(self, span: Span, number: str, kind: TaskKind, title: Span, item: Item | None) -> None:
        above = self._above(item) if item else WHOLE
        number_path = above.numbered(item) if item else ""
        key = f"{self.id}:{number_path}"
        headings = above.titles
        if kind == "general" or not number_path:
            key = f"{self.id}:{number_path or 0}.g"
        if kind == "general" and item:
            headings = tuple(i.title_span.of(self.source.text) for i in item.path() if i.start != span.start)
        self.ids[key] += 1
        repeat = f"-{self.ids[key]}" if self.ids[key] > 1 else ""
        self.tasks[span.start] = Task(key + repeat, number, kind, title.of(self.source.text), headings, span)

    # ---- assignments ----

    def _clauses(self) -> list[Clause]:
        """Those in the text and the cells of tables, in order; a cell that is a clause holds no other. One by labels of unknown
        words counts only where nothing else assigns its item.
        """
        in_text = find_clauses(self.plain, *self.outline.frame.span, self.outline.starts)
        cells = {clause.span: clause for row in self._rows() for clause in row.clauses}
        clauses = sorted([*outside(self.tables, in_text), *cells.values()], key=lambda clause: clause.span)
        if not any(clause.unsure for clause in clauses):
            return clauses
        owners = [self.outline.item_at(clause.span.start) for clause in clauses]
        sure = {id(item) for item, clause in zip(owners, clauses, strict=True) if item and not clause.unsure}
        return [clause for item, clause in zip(owners, clauses, strict=True) if not (clause.unsure and id(item) in sure)]

    def _by_clause(self) -> Iterator[Assignment]:
        first_leads = self._first_leads_from()
        for clause in self.clauses:
            positional = clause.span.end >= first_leads and not clause.names_lead
            rule = "clause-positional" if positional else clause.rule
            for task in self._tasks_of(clause) if clause.units else ():
                for unit, role in clause.by_position() if positional else clause.units:
                    yield self._assignment(task, role, "clause", unit, clause.span, rule=rule)

    def _tasks_of(self, clause: Clause) -> list[Task]:
        """A clause on a heading binds all tasks under it, one with 以上 all beside it, any other the task it stands in."""
        if clause.span in self.rows:
            return [self.tasks[row.span.start] for row in self.rows[clause.span]]
        item = self.outline.item_at(clause.span.start)
        if item and not item.children and item.parent and ABOVE.search(self.plain, *clause.span):
            item = item.parent
        under: list[Task] = []
        if item and (not item.children or self.spread > 0):
            under = [self.tasks[leaf.start] for leaf in item.leaves() if leaf.start in self.tasks]
            self.spread -= len(under) * len(clause.units) if item.children else 0
        return under or [self._task_at(clause.span.start, clause=True)]

    def _first_leads_from(self) -> float:
        """Where the rule 列第一位者为牵头单位 begins to hold: where it stands; one below all clauses is about all of them."""
        span = self.outline.frame.span
        begins = [clause.span.start for clause in self.clauses if clause.positional]
        begins += [note.start() for note in POSITIONAL_AT.finditer(self.plain, *span)]
        begin = min(begins, default=inf)
        return span.start if self.clauses and self.clauses[-1].span.end < begin < inf else begin

    def _by_heading(self) -> Iterator[Assignment]:
        """In a document or chapter arranged by agency, the agency in a heading leads every item under it; that of an article
        does so in prose: 第八条 市司法局履行下列职责:(一)…"""
        for item, units in self.arranged:
            in_prose = item.style == "article" and IN_PROSE.search(self.plain, *item.first_line)
            basis: Basis = "narrative" if in_prose else "clause"
            clause = None if in_prose else item.title_span
            for leaf in item.leaves():
                for unit in units if leaf.start in self.tasks else ():
                    task = self.tasks[leaf.start]
                    yield self._assignment(task, "LEADS", basis, unit, clause, rule="heading-agency")

    def _by_default(self) -> Iterator[Assignment]:
        """A rule for all later tasks holds to the end of its chapter."""
        for clause in self.clauses:
            chapter = self.outline.item_at(clause.span.start) if clause.default else None
            if chapter and self.spread > 0:
                stop = chapter.path()[0].end
                later = [task for start, task in self.tasks.items() if clause.span.end <= start < stop]
                self.spread -= len(self.tasks) * len(clause.default)
                for task in later:
                    for unit in clause.default:
                        yield self._assignment(task, "PARTICIPATES", "default", unit, clause.span, rule="default-rule")

    def _by_duty(self) -> Iterator[Assignment]:
        """Duties in prose, read everywhere but in clauses, 指导思想, 重大意义 and principles."""
        for start, end in self._prose():
            for duty in find_duties(self.prose, start, end):
                bare = duty.unit.name.startswith("我") and self.plain[duty.unit.start] != "我"
                if bare and not self._own(duty.unit.name):
                    continue  # 部 in a text that no ministry issues
                told = self.outline.frame.report or tells_cases(self.outline.item_at(duty.unit.start))
                if told and not is_demanded(self.plain, duty.unit, duty.rule):
                    continue
                task = self._task_at(duty.unit.start, clause=False)
                yield self._assignment(task, duty.role, "narrative", duty.unit, None, rule=duty.rule, modality=duty.modality)

    def _own(self, name: str) -> str:
        """The issuer that calls itself 我部, 我局, 中心 in its text."""
        return next((issuer for issuer in self.outline.frame.issuers if issuer.endswith(name[1:])), "")

    def _prose(self) -> Iterator[tuple[int, int]]:
        rows = [row for table in self.tables for row in table.rows]
        no_prose = outside_prose(self.plain, self.outline, rows, self.arranged)
        begin, end = self.outline.frame.span
        for gap in sorted([*self.silent, *no_prose, *(clause.span for clause in self.clauses)]):
            if gap.start > begin:
                yield begin, gap.start
            begin = max(begin, gap.end)
        if begin < end:
            yield begin, end

    def _assignment(
        self, task: Task, role: Role, basis: Basis, unit: Unit, clause: Span | None, *, rule: str, modality: Modality = "must"
    ) -> Assignment:
        start, end, name, collective = unit
        if name[0] == "你":
            name = whom(name, self.outline.frame.addressee or "")
        elif name[0] == "我":  # 我部, 我中心
            name = self._own(name) or name
        agency = self.agencies.get((name, collective))
        if agency is None:
            agency = self.agencies[name, collective] = resolve(name, self.scope, collective)
        span = Span(start, end)
        return Assignment(task.id, role, basis, span.of(self.source.text), span, name, agency, clause, None, modality, rule)

    # ---- deadlines ----

    def _deadlines(self) -> Iterator[Deadline]:
        frame, items = self.outline.frame, self.outline.items
        if frame.report:
            return
        # above it stand dates of the document itself
        first_item = items[0].start if items else max((line.end for line in frame.title_lines), default=frame.span.start)
        for t in outside(self.tables, find_times(self.plain, *frame.span, frame.year, frame.issued_on)):
            if t.span.start < first_item and not is_above_all(self.plain, t):
                continue
            item = self.outline.item_at(t.span.start)
            if not (is_caption(item, t.span) if item else is_told(self.plain, t)):
                for task in self._bound(item):
                    yield self._deadline(t, task)
        for row in self._rows():
            for cell in row.due:
                for t in read_due(self.plain, cell, frame.year, frame.issued_on):
                    yield self._deadline(t, self.tasks[row.span.start])

    def _bound(self, item: Item | None) -> list[Task | None]:
        """The tasks that a time in the words of `item` itself binds; None for all of the document."""
        if item and item.of_fields and item.children:
            return [self.tasks[leaf.start] for leaf in item.leaves() if leaf.start in self.tasks] or [None]
        return [self.tasks.get(item.start) if item else None]

    def _deadline(self, t: Time, task: Task | None) -> Deadline:
        surface = t.span.of(self.source.text)
        rule = f"time-{t.rule.replace(' ', '-')}"
        return Deadline(task.id if task else None, t.kind, surface, t.span, t.start, t.due, t.every, t.within, None, rule)

    # ---- residue ----

    def _ground(self, facts: list[Span]) -> Ground:
        outline, span = self.outline, self.outline.frame.span
        return Ground(
            text=self.prose,
            plain=self.plain,
            words=self.source.text,
            span=span,
            facts=facts,
            clauses=[clause.span for clause in self.clauses],
            frame=frame_lines(self.plain, outline),
            headings=[item.title_span for item in outline.items if is_heading(item)],
            silent=self.silent,
            first_item=outline.items[0].start if outline.items else span.start,
            tables=[table.span for table in self.tables],
            unread=[head for head in self.unread if span.start <= head.start < span.end],
        )
