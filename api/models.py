"""What the routes answer that are no query's, for the OpenAPI page and for tests. Those of queries: api.signatures."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kg import model
from kg.graph import account, result


class NetworkNode(BaseModel):
    """A unit, or a line of work (条线), that shares tasks with others."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(examples=["长治市司法局"])
    id: str = Field(examples=["140400:司法局"])
    place: str | None = Field(description="the place of a unit", examples=["长治市"])
    degree: int = Field(description="with how many it shares a task", examples=[19])
    weighted_degree: int = Field(description="the tasks it shares with each of them, added up", examples=[43])
    betweenness: float = Field(description="the share of shortest paths between two others that lead through it", ge=0, le=1)
    community: int = Field(description="those with one number share more tasks with each other than with the rest", ge=1)
    articulation: bool = Field(description="whether without it the network falls into more pieces")


class NetworkEdge(BaseModel):
    """Two that share tasks."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(examples=["长治市司法局"])
    one_id: str = Field(examples=["140400:司法局"])
    other: str = Field(examples=["长治市财政局"])
    other_id: str = Field(examples=["140400:财政局"])
    tasks: int = Field(description="tasks they share", examples=[5])
    both_lead: int = Field(description="of these, led by both (联合牵头)")
    one_leads: int = Field(description="led by the one, joined by the other")
    other_leads: int = Field(description="led by the other, joined by the one")
    both_participate: int = Field(description="taken part in by both")
    documents: int = Field(description="documents that these tasks stand in")
    bridge: bool = Field(description="whether without this edge the network falls into more pieces")


class NetworkAnswer(BaseModel):
    """Who shares tasks with whom."""

    model_config = ConfigDict(extra="forbid")

    parameters: dict[str, Any] = Field(description="every parameter as it was used", examples=[{"place": "140400"}])
    revision: str = Field(description="changes with the documents of the base", examples=["79403a6a50cc16ed"])
    communities: int = Field(description="how many there are", examples=[3])
    exact: bool = Field(description="false: betweenness is estimated, the network being large")
    nodes: list[NetworkNode] = Field(description="those with the most shared tasks first")
    edges: list[NetworkEdge] = Field(description="those with the most tasks first")


class Segment(BaseModel):
    """A part of a paragraph in which no fact begins or ends."""

    model_config = ConfigDict(extra="forbid")

    start: int = Field(description="its first code point in the source's text", examples=[1024])
    end: int = Field(description="one past its last", examples=[1028])
    text: str = Field(examples=["市司法局"])
    facts: list[int] = Field(description="the facts that it is part of: places in `facts`; tasks are not among them")
    clause: bool = Field(description="whether it stands in the clause of some fact")
    doubtful: bool | None = Field(
        None, description="true where text recognition (OCR) may have read these characters wrong; left out elsewhere"
    )


class Paragraph(BaseModel):
    """A line of the text without its end, or what of it is from the beginning of a task on."""

    model_config = ConfigDict(extra="forbid")

    start: int
    end: int
    page: int | None = Field(None, description="the page of a PDF that begins here; left out elsewhere", ge=1)
    sheet: str | None = Field(
        None, description="the sheet of a workbook that begins here; left out elsewhere", examples=["台账"]
    )
    row: int | None = Field(None, description="the row of a sheet that begins here; left out elsewhere", ge=1)
    recognised: bool | None = Field(None, description="true where text recognition (OCR) read some of it; left out elsewhere")
    heading: int | None = Field(description="how deep a heading it is; null for what is none", ge=1, le=6)
    task: str | None = Field(description="the id of the task that it belongs to")
    task_starts: bool = Field(description="whether that task begins here")
    segments: list[Segment] = Field(description="in order, without a gap")


class Text(BaseModel):
    """The words of one document, with its facts in place."""

    model_config = ConfigDict(extra="forbid")

    document: str | None = Field(description="its title")
    document_id: str = Field(examples=["140400:长政办发〔2022〕14号"])
    doc_number: str | None = Field(description="its 文号", examples=["长政办发〔2022〕14号"])
    place: str | None = Field(examples=["长治市"])
    place_code: str | None = Field(examples=["140400"])
    issuers: list[str] | None = Field(description="who signed it, as printed")
    issued_on: str | None = Field(description="成文日期", examples=["2022-03-15"])
    year: int | None = Field(examples=[2022])
    source: str = Field(description="the file it stands in")
    source_id: str = Field(description="that file's sha256")
    revision: str = Field(description="of its facts: a decision on it says which it saw")
    review: model.ReviewState = Field(description="未核, 核对中 or 已核")
    reviewed_by: str | None = Field(description="who last said so")
    reviewed_on: str | None = Field(description="when", examples=["2026-01-05"])
    review_changes: list[str] = Field(
        description="the facts that are no longer those that were signed, - or + and a tab before"
    )
    doubtful: int = Field(description="facts that a person should look at, and nobody has decided on", ge=0)
    unexplained: int = Field(description="sentences in which something gave no fact, and nothing says why", ge=0)
    start: int = Field(description="where the document stands in the source's text")
    end: int
    chars: int = Field(description="how long it is")
    paragraphs: list[Paragraph]


class StatusAnswer(BaseModel):
    """What the base holds."""

    model_config = ConfigDict(extra="forbid")

    engine: Literal["embedded", "neo4j"]
    upload: bool = Field(description="whether POST /documents loads files here")
    rules: str = Field(description="version of the extraction rules")
    sources: int = Field(description="files that documents are held from")
    documents: int
    cited: int = Field(description="documents that are only cited")
    tasks: int
    assignments: int
    agencies: int
    deadlines: int
    outdated: list[str] = Field(description="files read by other rules: `kg rebuild` reads them again")
    unkept: list[str] = Field(description="files whose bytes are not kept here: load them again before `kg rebuild`")
    aside: list[str] = Field(description="files kept earlier that no document comes from: a load or a removal was cut off")


class FindingRow(BaseModel):
    """One thing that a person should look at."""

    model_config = ConfigDict(extra="forbid")

    check: str = Field(description="which check found it", examples=["duplicate"])
    what: str
    why: str
    document: str | None = Field(description="the document's title")
    document_id: str | None
    quote: str | None = Field(description="the words that show it")
    start: int | None = Field(description="their first code point in the source's text")
    end: int | None = Field(description="one past the last")
    do: str = Field(description="the command to run if one agrees")
    entry: dict[str, str] | None = Field(description="the fields of the correction that it writes, if it is one")


class AuditAnswer(BaseModel):
    """What a person should look at, in the envelope of the queries."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(examples=["audit"])
    parameters: dict[str, Any]
    columns: list[str]
    rows: list[FindingRow]
    truncated: bool
    total: int


class LoadAnswer(BaseModel):
    """What became of a file."""

    model_config = ConfigDict(extra="forbid")

    file: str = Field(description="its name")
    outcome: result.Outcome = Field(
        description="same: another file holds its documents; letter: what a letter says beside its files, and no document; "
        "failed, of a file in a package: it cannot be read"
    )
    reason: str
    documents: list[str] = Field(description="the ids it gives")
    tasks: int = Field(description="what was written")
    assignments: int
    problems: list[str] = Field(description="corrections of its documents that do not match exactly once")
    members: list[LoadAnswer] = Field(description="of a package (.zip, .eml) what became of each file in it")


class PartOfAFile(BaseModel):
    """A part of a file that gave no words, or an annex that it announces."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(description="page, picture, sheet, row, part or annex", examples=["page"])
    name: str = Field(description="which", examples=["第 2 页"])
    reason: str | None = Field(description="why, where it is left out on purpose", examples=["hidden"])


class GivenDocument(BaseModel):
    """What a document of a file that was loaded holds."""

    model_config = ConfigDict(extra="forbid")

    id: str
    title: str
    tasks: int
    assignments: int
    no_duties: bool = Field(description="whether it demands nothing of anybody")
    unexplained: int = Field(description="sentences that name agencies and gave nothing")
    unread: list[PartOfAFile]
    annexes: list[PartOfAFile]


class LoadedFile(BaseModel):
    """What became of one file of a load."""

    model_config = ConfigDict(extra="forbid")

    file: str
    outcome: account.Outcome
    reason: str
    documents: list[GivenDocument]


class LoadAccount(BaseModel):
    """The account of one load."""

    model_config = ConfigDict(extra="forbid")

    at: str = Field(description="when it ended, ISO 8601")
    complete: bool = Field(description="whether every file was read, and every part of it")
    counts: dict[str, int] = Field(description="how many files came out how")
    files: list[LoadedFile]


class LoadsAnswer(BaseModel):
    """The accounts of the last loads, the newest first."""

    model_config = ConfigDict(extra="forbid")

    loads: list[LoadAccount]


class Count(BaseModel):
    """Facts of one kind, as read against what people marked by hand."""

    model_config = ConfigDict(extra="forbid")

    found: int = Field(description="marked and read")
    false: int = Field(description="read but not marked")
    missed: int = Field(description="marked but not read")
    precision: float = Field(ge=0, le=1)
    recall: float = Field(ge=0, le=1)
    f1: float = Field(ge=0, le=1)


class ScoredDocument(BaseModel):
    """The figures of one document, by kind of fact."""

    model_config = ConfigDict(extra="forbid")

    document: str = Field(description="the file's name")
    kinds: dict[str, Count]


class ScoredSet(BaseModel):
    """Documents that were marked in the same way."""

    model_config = ConfigDict(extra="forbid")

    title: str
    documents: list[ScoredDocument]
    all: dict[str, Count] = Field(description="all of them together, by kind of fact")


class Scorecard(BaseModel):
    """How much of what people marked by hand the rules read: docs/scorecard.md for programs."""

    model_config = ConfigDict(extra="forbid")

    kinds: dict[str, str] = Field(description="what each kind of fact is; task_link and name have a recall alone")
    sets: list[ScoredSet]


class ReviewedShare(BaseModel):
    """Of the documents that rows are from, or where rows only count, that were let in."""

    model_config = ConfigDict(extra="forbid")

    documents: int
    checked: int
