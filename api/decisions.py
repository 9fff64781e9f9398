"""What people decide of documents over HTTP: what was decided; and, where that is allowed, to keep, take back, and sign.

Each that keeps something says as which `revision` the document was seen: where another has decided since, it is refused (409).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.described import DATABASE, problem_responses
from api.requests import allow, check_names, only, sent_file
from kg.days import today
from kg.decide.entries import FORMS, Entry
from kg.decide.file import make
from kg.decide.preview import Preview
from kg.decide.told import FactKind
from kg.errors import BadCorrections, BadParameter
from kg.library import Library
from kg.model import ReviewState
from kg.people.acts import signed

_REVISION = "of the document as it was seen, which GET /documents/{document}/text gives; left out, any"

_DOCUMENT: Final[dict[str, Any]] = {
    "name": "document",
    "in": "path",
    "required": True,
    "description": "its id, 文号 or exact title",
    "schema": {"type": "string"},
}


def _form(entry: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an entry of this form, as it is sent: what may be left out may be null, and so may `date`."""
    form: dict[str, Any] = _not_blank(entry.model_json_schema())
    needed = set(form["required"]) - {"date"}
    fields = {
        name: field if name in needed else {"anyOf": [field, {"type": "null"}]} for name, field in form["properties"].items()
    }
    return form | {"required": sorted(needed), "properties": fields}


def _not_blank(schema: Any) -> Any:  # noqa: ANN401 (JSON)
    """White space around a text does not count."""
    if isinstance(schema, dict):
        free = schema.get("type") == "string" and not schema.keys() & {"const", "enum", "format", "pattern"}
        return {key: _not_blank(value) for key, value in schema.items()} | ({"pattern": r"\S"} if free else {})
    return [_not_blank(one) for one in schema] if isinstance(schema, list) else schema


_EXAMPLE: Final = {
    "change": "role",
    "document": "长政办发〔2022〕14号",
    "quote": "市财政局",
    "role": "LEADS",
    "reason": "表中为牵头",
}


class DecisionGiven(BaseModel):
    """A decision, in the form that docs/corrections.md shows; `date` is today if left out."""

    model_config = ConfigDict(extra="forbid")

    entry: dict[str, Any] = Field(examples=[_EXAMPLE], json_schema_extra={"oneOf": [_form(form) for form in FORMS]})
    revision: str | None = Field(None, description=_REVISION)


class ReviewGiven(BaseModel):
    """How far a document is checked."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["checking", "checked"] = Field(description="checked (已核) signs the facts as they are now")
    by: str | None = Field(None, description="who says so", max_length=100)
    revision: str | None = Field(None, description=_REVISION)


class DecisionRow(BaseModel):
    """A decision that a document concerns."""

    model_config = ConfigDict(extra="forbid")

    id: str
    change: str = Field(examples=["role"])
    date: str = Field(examples=["2026-01-05"])
    by: str | None
    reason: str
    problem: str | None = Field(description="why it does not hold now, if so")
    fields: dict[str, Any] = Field(description="the other fields of its entry")


class DecisionsAnswer(BaseModel):
    """What was decided for a document, and how far it is checked."""

    model_config = ConfigDict(extra="forbid")

    document_id: str
    document: str | None
    doc_number: str | None
    revision: str
    review: ReviewState
    reviewed_by: str | None
    reviewed_on: str | None
    review_changes: list[str] = Field(description="the facts that are no longer those that were signed")
    doubtful: int = Field(description="facts that a person should look at, and nobody has decided on", ge=0)
    unexplained: int = Field(description="sentences in which something gave no fact, and nothing says why", ge=0)
    decisions: list[DecisionRow] = Field(description="in the order in which they were made")


class ChangedFact(BaseModel):
    """A fact that goes (-) or comes (+)."""

    model_config = ConfigDict(extra="forbid")

    document_id: str
    sign: Literal["-", "+"]
    kind: FactKind
    task_id: str | None
    name: str
    value: str = Field(
        description="role, basis and modality; kind and days; where the words of a task stand; or the 文号 of what is cited"
    )


class ChangedWorkload(BaseModel):
    """How many tasks of these documents a unit has before and after."""

    model_config = ConfigDict(extra="forbid")

    agency: str
    agency_id: str
    leads: list[int] = Field(description="that it leads: before, after")
    participates: list[int] = Field(description="that it takes part in without leading them: before, after")


class ChangedAnswer(BaseModel):
    """What a decision changes. `id` takes it back, once it is kept."""

    model_config = ConfigDict(extra="forbid")

    id: str
    changes: list[ChangedFact]
    workloads: list[ChangedWorkload]


def add_decisions(app: FastAPI, library: Library, *, allowed: bool) -> None:
    """The routes; those that keep something one at a time."""
    one_at_a_time = anyio.CapacityLimiter(1)
    body = {"required": True, "content": {"application/json": {"schema": DecisionGiven.model_json_schema()}}}

    async def on_a_thread(work: Callable[..., dict[str, Any]], *given: object) -> JSONResponse:
        return JSONResponse(await anyio.to_thread.run_sync(work, *given, limiter=one_at_a_time))

    @app.get(
        "/documents/{document}/decisions",
        summary="What have people decided for this document, and how far is it checked?",
        tags=["decisions"],
        response_model=DecisionsAnswer,
        responses=problem_responses(404, *DATABASE),
        openapi_extra={"parameters": [_DOCUMENT]},
    )
    def decisions(request: Request) -> JSONResponse:
        check_names(request, set())
        return JSONResponse(library.decisions.of(request.path_params["document"]).as_json())

    @app.post(
        "/decisions/preview",
        summary="Which facts would a decision change, and whose workload? Nothing is written.",
        tags=["decisions"],
        response_model=ChangedAnswer,
        responses=problem_responses(404, *DATABASE),
        openapi_extra={"requestBody": body},
    )
    async def preview(request: Request) -> JSONResponse:
        check_names(request, set())
        return await on_a_thread(_preview, library, _entry(_read(DecisionGiven, await sent_file(request))))

    @app.post(
        "/decisions",
        summary="Keeps a decision and applies it, where KG_ALLOW_UPLOAD allows it.",
        description="It stands in corrections.yaml, as one of `kg correct` does: docs/corrections.md.",
        tags=["decisions"],
        response_model=ChangedAnswer,
        responses=problem_responses(404, 409, *DATABASE),
        openapi_extra={"requestBody": body},
    )
    async def keep(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, set())
        given = _read(DecisionGiven, await sent_file(request))
        return await on_a_thread(_keep, library, _entry(given), given.revision)

    @app.delete(
        "/decisions/{decision}",
        summary="Takes a decision back, where KG_ALLOW_UPLOAD allows it.",
        tags=["decisions"],
        responses=problem_responses(404, 409, *DATABASE),
        openapi_extra={
            "parameters": [
                {"name": "decision", "in": "path", "required": True, "description": "its id", "schema": {"type": "string"}},
                {"name": "revision", "in": "query", "description": _REVISION, "schema": {"type": "string"}},
            ]
        },
    )
    async def undo(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, {"revision"})
        seen = only("revision", request.query_params.getlist("revision") or [""])
        return await on_a_thread(_undo, library, request.path_params["decision"], seen or None)

    @app.post(
        "/documents/{document}/review",
        summary="Says how far a document is checked, where KG_ALLOW_UPLOAD allows it: checked (已核) signs its facts.",
        tags=["decisions"],
        response_model=DecisionsAnswer,
        responses=problem_responses(404, 409, *DATABASE),
        openapi_extra={
            "parameters": [_DOCUMENT],
            "requestBody": {"required": True, "content": {"application/json": {"schema": ReviewGiven.model_json_schema()}}},
        },
    )
    async def review(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, set())
        given = _read(ReviewGiven, await sent_file(request))
        return await on_a_thread(_review, library, request.path_params["document"], given)


T = TypeVar("T", bound=BaseModel)


def _read(form: type[T], body: bytes) -> T:
    try:
        return form.model_validate_json(body, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "body"
        raise BadParameter(f"{field}: {first['msg']}", f"send JSON with {', '.join(form.model_fields)}") from error


def _entry(given: DecisionGiven) -> Entry:
    try:
        said = {name: value for name, value in given.entry.items() if value is not None}
        return make(True, **{"date": today().isoformat()} | said)
    except BadCorrections as error:
        raise BadParameter(error.message, "docs/corrections.md shows every form") from error


def _preview(library: Library, entry: Entry) -> dict[str, Any]:
    return _changed(library.decisions.preview(entry))


def _keep(library: Library, entry: Entry, seen: str | None) -> dict[str, Any]:
    entry = entry.model_copy(update={"by": signed(entry.by)})
    return _changed(library.decisions.keep(entry, seen=seen))


def _undo(library: Library, decision: str, seen: str | None) -> dict[str, Any]:
    return {"id": library.decisions.undo(decision, seen=seen).id}


def _review(library: Library, document: str, given: ReviewGiven) -> dict[str, Any]:
    return library.decisions.review(document, given.state, by=signed(given.by), seen=given.revision).as_json()


def _changed(found: Preview) -> dict[str, Any]:
    changes = [
        {"document_id": id_, "sign": sign, "kind": fact.kind, "task_id": fact.task, "name": fact.name, "value": fact.value}
        for id_, changed in found.changes.items()
        for sign, fact in changed
    ]
    return {"id": found.entry.id, "changes": changes, "workloads": [work._asdict() for work in found.workloads]}
