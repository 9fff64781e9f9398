"""The HTTP API: one GET route a query, made from its header."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.security import APIKeyHeader

from api.access import KeyRequired
from api.models import answer_model, openapi_parameters, problem_responses
from api.problems import answer_errors
from kg.errors import BadParameter, UnreadableFile
from kg.model import Extraction
from kg.queries import DEFAULT_LIMIT, RESERVED, Catalogue, Query
from kg.store import Answer, Store
from kg.tables import to_csv

Extract = Callable[[bytes, str], Extraction]

THREADS: Final = 64
"""Well over the store's own cap on queries at once: slow ones fill the store, and the rest still get an answer, if only 503."""

MAX_UPLOAD: Final = 2_000_000
"""Bytes of one file to extract; its facts take a hundred times as many in memory."""

_EXTRACTIONS: Final = 2
"""Files extracted at once; the others wait."""

_DESCRIPTION: Final = (
    "Who must do what, with whom, by when, and where does it say so? Read from Chinese government documents; every row points "
    "at the exact words, such as 市司法局 in （市司法局牵头，市财政局配合）. Every route of `queries` also answers CSV for a "
    "spreadsheet: `Accept: text/csv` or `?format=csv`."
)


def create_app(store: Store, queries: Catalogue, extract: Extract | None = None, api_key: str | None = None) -> FastAPI:
    """The app over an open store. `extract` adds POST /extract; with `api_key` all but /healthz and /readyz require it."""
    # The header is declared for the OpenAPI page; KeyRequired is what checks it.
    declared = [Depends(APIKeyHeader(name="X-API-Key", auto_error=False))] if api_key else []
    app = FastAPI(title="kg", description=_DESCRIPTION, lifespan=_lifespan, dependencies=declared)
    answer_errors(app)
    if api_key:
        app.add_middleware(KeyRequired, api_key=api_key)
    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    _add_health(app, store)
    _add_catalogue(app, queries)
    # A fixed /tasks/without-lead before the /tasks/{task} that would swallow it.
    for query in sorted(queries.values(), key=lambda q: ("{" in q.path, q.path)):
        _add_query(app, store, query)
    if extract:
        _add_extract(app, extract)
    return app


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def _add_health(app: FastAPI, store: Store) -> None:
    @app.get("/healthz", summary="Is the process up?", tags=["health"])
    async def healthz() -> dict[str, str]:
        return {"status": "up"}

    @app.get("/readyz", summary="Does the database answer?", tags=["health"], responses=problem_responses(503))
    def readyz() -> dict[str, str]:
        store.read("RETURN 1 AS one", {}, limit=1)
        return {"status": "ready", "engine": store.engine}


def _add_catalogue(app: FastAPI, queries: Catalogue) -> None:
    columns = ("name", "answers", "notes", "path", "parameters", "columns", "example")

    def catalogue(request: Request) -> Response:
        _check_names(request, {"format"})
        rows = [query.as_json() for query in queries.values()]
        return _respond(request, "queries", {}, Answer(columns, rows, truncated=False))

    app.add_api_route("/queries", catalogue, summary="Which questions can be asked?", tags=["queries"])


def _add_query(app: FastAPI, store: Store, query: Query) -> None:
    """Parameters are read by the query, not by FastAPI, so that HTTP and command line accept and refuse the same."""
    in_path = {p.name for p in query.parameters if f"{{{p.name}}}" in query.path}

    # Not async: it blocks, so it belongs on a thread.
    def ask(request: Request) -> Response:
        _check_names(request, {p.name for p in query.parameters if p.name not in in_path} | RESERVED)
        given: dict[str, Any] = dict(request.path_params)
        for parameter in query.parameters:
            if values := request.query_params.getlist(parameter.name):
                given[parameter.name] = values if parameter.type.many else _only(parameter.name, values)
        limit = _limit(request)
        bound = query.bind(store, given)
        return _respond(request, query.name, bound, query.fetch(store, bound, limit))

    app.add_api_route(
        query.path,
        ask,
        name=query.name,
        operation_id=query.name.replace("-", "_"),
        summary=query.answers,
        description="\n\n".join(part for part in (query.notes, f"`{query.command}`") if part),
        tags=["queries"],
        response_model=answer_model(query),
        responses={
            200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
            **problem_responses(401, 404, 422, 503, 504),
        },
        openapi_extra={"parameters": openapi_parameters(query)},
    )


def _add_extract(app: FastAPI, extract: Extract) -> None:
    body = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    name_parameter = {
        "name": "name",
        "in": "query",
        "description": "the file's name",
        "schema": {"type": "string", "default": "upload"},
        "example": "衡阳市2021年政务服务工作要点.txt",
    }

    limiter = anyio.CapacityLimiter(_EXTRACTIONS)

    @app.post(
        "/extract",
        summary="What does this file demand? Nothing is stored.",
        tags=["extract"],
        responses=problem_responses(401, 422),
        openapi_extra={"requestBody": body, "parameters": [name_parameter]},
    )
    async def extract_file(request: Request) -> JSONResponse:
        _check_names(request, {"name"})
        if request.headers.get("content-type", "").startswith("multipart/"):
            raise BadParameter("a form is not accepted", "send the file's bytes alone: curl --data-binary @FILE …/extract")
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > MAX_UPLOAD:
                raise UnreadableFile(f"the file is larger than {MAX_UPLOAD:,} bytes", "split it, or load it with `kg load`")
        name = request.query_params.get("name", "upload")
        extraction = await anyio.to_thread.run_sync(extract, bytes(data), name, limiter=limiter)
        return JSONResponse(extraction.as_json())


def _check_names(request: Request, allowed: set[str] | frozenset[str]) -> None:
    unknown = sorted(set(request.query_params) - allowed)
    if unknown:
        raise BadParameter(f"{request.url.path} takes no parameter {', '.join(unknown)}", "", tuple(sorted(allowed)))


def _only(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise BadParameter(f"{name} is given {len(values)} times", f"{name} takes one value")
    return values[0]


def _limit(request: Request) -> int:
    said = _only("limit", request.query_params.getlist("limit") or [str(DEFAULT_LIMIT)])
    if not said.isdecimal() or len(said) > 9:
        raise BadParameter(f"limit={said!r:.80} is not accepted", "limit is a whole number")
    return int(said)


def _respond(request: Request, name: str, parameters: Mapping[str, Any], answer: Answer) -> Response:
    headers = {"Vary": "Accept"}
    if not _wants_csv(request):
        body = {"query": name, "parameters": dict(parameters), "columns": answer.columns, "rows": answer.rows}
        return JSONResponse({**body, "truncated": answer.truncated}, headers=headers)
    # A clerk sees no headers, so the file's name says that it is not all.
    title = f"{name}-first-{len(answer.rows)}-rows" if answer.truncated else name
    headers |= {
        "Content-Disposition": f'attachment; filename="{title}.csv"',
        "X-Truncated": str(answer.truncated).lower(),
    }
    return Response(to_csv(answer.columns, answer.rows), media_type="text/csv", headers=headers)


def _wants_csv(request: Request) -> bool:
    said = request.query_params.get("format")
    if said is not None:
        if said not in ("csv", "json"):
            raise BadParameter(f"format={said!r:.80} is not accepted", "", ("json", "csv"))
        return said == "csv"
    weights: dict[str, float] = {}
    for entry in request.headers.get("accept", "").split(","):
        kind, *options = [part.strip().lower() for part in entry.split(";")]
        weight = next((o[2:] for o in options if o.startswith("q=")), "1")
        weights[kind] = float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
    return weights.get("text/csv", 0.0) > weights.get("application/json", 0.0)
