"""What units report of their tasks over HTTP, where that is allowed: one report, or a workbook that was filled in."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Annotated, Any, Final

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.described import DATABASE, problem_responses
from api.limits import queue
from api.requests import FILE, FILE_NAME, allow, check_names, only, sent_file
from api.upkeep import check_name
from kg.days import written
from kg.decide.entries import Day, Whole
from kg.decide.reports import Report, State
from kg.errors import BadParameter
from kg.graph.returned import NAMES, Outcome
from kg.library import Library
from kg.people.acts import signed


class ReportGiven(BaseModel):
    """What a unit reports of a task."""

    model_config = ConfigDict(extra="forbid")

    task: str = Field(description="the task's id", examples=["140400:长政办发〔2022〕14号:3.1"])
    agency: str | None = Field(
        None,
        description="the unit, by id or full name; the only lead if left out, nobody where the task names no unit",
        examples=["长治市司法局"],
    )
    state: State
    text: str | None = Field(None, description="进展情况")
    percent: Annotated[Whole, Field(ge=0, le=100)] | None = None
    date: Day | None = Field(None, description="the day that it speaks of; today if left out")
    by: str | None = Field(None, description="who says so, where the key that is used has no name")
    evidence: str | None = Field(None, description="a link, or the name of a file, that shows it")


class ReportAnswer(BaseModel):
    """The report that was kept, or what was kept to take one back."""

    model_config = ConfigDict(extra="forbid")

    report_id: str
    agency: str | None
    agency_id: str | None
    state: State
    reported_on: str


class ReturnedRow(BaseModel):
    """A row of a workbook that was filled in: what it would change."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    reason: str | None = Field(description="why it is conflicting or unknown", examples=["newer"])
    sheet: str
    row: int = Field(description="counted from 1")
    task: str
    task_id: str | None
    agency: str | None
    state: State | None
    progress: str | None
    reported_on: str | None
    evidence: str | None
    filled: str | None = Field(description="what the cells of an unknown row say", examples=["办完了"])
    held_state: State | None = Field(description="what counts now")
    held_progress: str | None
    held_on: str | None


class ReturnedAnswer(BaseModel):
    """What the rows of a workbook would change, and how many reports were kept."""

    model_config = ConfigDict(extra="forbid")

    kept: int
    rows: list[ReturnedRow]


_KEEP: Final = ("new", "conflicting")


def add_reports(app: FastAPI, library: Library, limiter: anyio.CapacityLimiter, *, allowed: bool) -> None:
    """POST /reports and POST /reports/workbook."""

    @app.post(
        "/reports",
        summary="Keeps what a unit reports of a task, where KG_ALLOW_UPLOAD allows it.",
        description="The task itself is not touched. `GET /tasks/{task}/progress` gives all that was reported of it.",
        tags=["progress"],
        response_model=ReportAnswer,
        responses=problem_responses(404, *DATABASE),
        openapi_extra={
            "requestBody": {"required": True, "content": {"application/json": {"schema": ReportGiven.model_json_schema()}}}
        },
    )
    async def report(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, set())
        queue(limiter)
        return JSONResponse(await anyio.to_thread.run_sync(_report, library, await sent_file(request), limiter=limiter))

    @app.delete(
        "/reports/{report}",
        summary="Takes a report back, where KG_ALLOW_UPLOAD allows it: the one before it counts again.",
        description="Both stay in the history. A key that may only report takes back what was reported last, and by itself.",
        tags=["progress"],
        response_model=ReportAnswer,
        responses=problem_responses(404, *DATABASE),
        openapi_extra={
            "parameters": [
                {"name": "report", "in": "path", "required": True, "description": "its id", "schema": _TEXT},
                _BY,
            ]
        },
    )
    async def withdraw(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, {"by"})
        queue(limiter)
        by = only("by", request.query_params.getlist("by") or [""])
        work = partial(library.progress.withdraw, request.path_params["report"], by=signed(by or None))
        return JSONResponse(_answer(await anyio.to_thread.run_sync(work, limiter=limiter)))

    @app.post(
        "/reports/workbook",
        summary="Says what a workbook that a unit filled in would change, and keeps that where it is asked to.",
        description="A 督办清单 or 责任清单 of this server, or any workbook whose columns of tasks and of progress are named.",
        tags=["progress"],
        response_model=ReturnedAnswer,
        responses=problem_responses(404, *DATABASE),
        openapi_extra={"requestBody": FILE, "parameters": _PARAMETERS},
    )
    async def workbook(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, {parameter["name"] for parameter in _PARAMETERS})
        said = {name: only(name, request.query_params.getlist(name)) for name in request.query_params}
        check_name(said.get("name", ""))
        keep = said.get("keep", "").split(",") if said.get("keep") else []
        if set(keep) - set(_KEEP):
            raise BadParameter(f"keep={said['keep']!r:.80} is not accepted", "", _KEEP)
        queue(limiter)
        work = partial(_workbook, library, await sent_file(request), said, frozenset(keep))
        return JSONResponse(await anyio.to_thread.run_sync(work, limiter=limiter))


_TEXT: Final = {"type": "string"}
_DAY: Final = {"type": "string", "format": "date"}
_BY: Final[dict[str, Any]] = {
    "name": "by",
    "in": "query",
    "description": "who says so, where the key that is used has no name",
    "schema": _TEXT,
}
_PARAMETERS: Final[list[dict[str, Any]]] = [
    FILE_NAME | {"required": True, "schema": _TEXT, "example": "长治市督办清单-2025年12月.xlsx"},
    {
        "name": "keep",
        "in": "query",
        "description": "which rows are kept: new, or new,conflicting; none if left out",
        "schema": _TEXT,
    },
    {"name": "agency", "in": "query", "description": "whose reports these are, where the rows do not say", "schema": _TEXT},
    {"name": "date", "in": "query", "description": "the day that rows without one speak of; today if left out", "schema": _DAY},
    _BY,
    *(
        {"name": f"{name}_column", "in": "query", "description": f"the heading of the column of {what}", "schema": _TEXT}
        for name, what in zip(NAMES, ("tasks", "progress", "units"), strict=True)
    ),
]


def _report(library: Library, body: bytes) -> dict[str, Any]:
    try:
        given = ReportGiven.model_validate_json(body, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "body"
        raise BadParameter(f"{field}: {first['msg']}", "send JSON with task and state") from error
    said = given.model_dump(exclude={"task", "agency"}) | {"by": signed(given.by)}
    return _answer(library.progress.report(given.task, given.agency, **said))


def _day(said: str | None) -> datetime.date | None:
    try:
        return written(said) if said else None
    except ValueError as error:
        raise BadParameter(f"date: {error}", "mend that value") from error


def _answer(kept: Report) -> dict[str, Any]:
    return {
        "report_id": kept.id,
        "agency": kept.agency,
        "agency_id": kept.agency_id,
        "state": kept.state,
        "reported_on": kept.date.isoformat(),
    }


def _workbook(library: Library, data: bytes, said: dict[str, str], keep: frozenset[str]) -> dict[str, Any]:
    columns = {name: said.get(f"{name}_column") for name in NAMES}
    rows = library.progress.returned(
        data,
        said["name"],
        columns=columns,
        agency=said.get("agency"),
        by=signed(said.get("by")),
        date=_day(said.get("date")),
    )
    return {"kept": library.progress.keep_rows(rows, keep), "rows": [row.as_json() for row in rows]}
