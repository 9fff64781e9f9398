"""The HTTP API: one GET route a query, made from its header."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse, Response
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPBearer
from opentelemetry.trace import TracerProvider
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES

from api import upkeep
from api.access import Access, KeyRequired, LocalOnly, SameOriginOnly
from api.acts import add_acts
from api.answers import Json, as_file, as_json, form_asked
from api.decisions import add_decisions
from api.described import DATABASE, Described, problem_responses
from api.files import add_extract, add_upload
from api.follow import add_follow
from api.letters import add_letters
from api.limits import Limits, queues
from api.models import AuditAnswer, LoadsAnswer, NetworkAnswer, Scorecard, StatusAnswer
from api.page import SafeHeaders, add_page
from api.problems import answer_errors, language_of, reads_chinese
from api.reports import add_reports
from api.requests import check_names, given_of, is_set, limit_asked, only
from api.session import add_session
from api.sessions import COOKIE
from api.signatures import (
    answer_model,
    network_parameters,
    openapi_parameter,
    openapi_parameters,
    row_parameters,
    text_model,
)
from api.upkeep import CHECK
from api.watch import Metrics, Watched, add_metrics, telemetry
from exports.formats import FORMATS, MEDIA_TYPES, forms
from exports.ics import BOARD
from exports.table import Table
from kg.ask.evidence import FACTS, evidence
from kg.ask.network import EDGES, Networks
from kg.ask.queries import DEFAULT_LIMIT, Catalogue, Query
from kg.ask.reviewed import of_answer, reviewed
from kg.ask.search import FACETS as SEARCH_FACETS
from kg.ask.search import SEARCH
from kg.ask.signature import RESERVED, Column, Type
from kg.engine.store import CONCURRENT, Answer, Store
from kg.errors import BadParameter
from kg.library import Library
from kg.packaged import packaged

THREADS: Final = 4 * CONCURRENT
"""Over the store's own cap on queries at once: slow ones fill the store, and the rest still get an answer, if only 503. More
wait without a thread (api.limits): each that runs keeps the loop from taking requests."""

_UNPACKED: Final = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *sorted(MEDIA_TYPES - {FORMATS["json"].media_type}))
"""Media types that are sent as they are: files, so that who downloads one is told its length."""

_WAYS: Final = (
    APIKeyHeader(name="X-API-Key", auto_error=False),
    HTTPBearer(auto_error=False),
    APIKeyCookie(name=COOKIE, auto_error=False),
)

_DESCRIPTION: Final = (
    "Who must do what, with whom, by when, and where does it say so? Read from Chinese government documents; every row points "
    "at the exact words, such as 市司法局 in （市司法局牵头，市财政局配合）. Every route of `queries` also gives a file of all "
    "rows for Excel and other tools: `?format=csv`, `xlsx`, `parquet` or `json`, or an `Accept` header such as `text/csv`. "
    "A workbook is in Chinese words, and so is CSV where `Accept-Language` asks for Chinese first."
)


def create_app(
    library: Library,
    api_key: str | None = None,
    *,
    upload: bool = False,
    local: bool = False,
    a_minute: int = 0,
    traces: TracerProvider | None = None,
) -> FastAPI:
    """The app over a library, whose store is opened. `upload` allows POST /documents. With `api_key`, or keys of the library,
    all but api.access.OPEN require one. `local`: only requests that call this machine by a name of its own are answered. Raises
    what the store raises. `a_minute`: requests that one key may make from one address, where keys are needed. `traces`: what
    takes the spans of requests and queries.
    """
    store, queries, access = library.store, library.queries(), Access(library.keys, api_key, Limits(a_minute))
    files = queues()
    # Declared for the OpenAPI page; KeyRequired is what checks it.
    declared = [Depends(way) for way in _WAYS] if access.needed else []
    app = Described(
        title="kg",
        description=_DESCRIPTION,
        lifespan=_lifespan,
        dependencies=declared,
        docs_url=None,
        redoc_url=None,
        telemetry=telemetry(traces),
    )
    answer_errors(app)
    app.add_middleware(KeyRequired, access=access)
    app.add_middleware(SameOriginOnly)
    if local:
        app.add_middleware(LocalOnly)
    app.add_middleware(GZipMiddleware, compresslevel=6, exclude_content_types=_UNPACKED)
    app.add_middleware(SafeHeaders)
    app.add_middleware(Watched, metrics=(metrics := Metrics(library, files, traces)))
    store.watching = metrics.query
    add_page(app)
    _add_health(app, library)
    _add_catalogue(app, queries)
    _add_scorecard(app)
    # A fixed /tasks/without-lead before the /tasks/{task} that would swallow it.
    for query in sorted([SEARCH, SEARCH_FACETS, *queries.values()], key=lambda q: ("{" in q.path, q.path)):
        _add_query(app, store, query)
    if EDGES in queries:
        _add_network(app, library.networks, queries[EDGES])
    if FACTS in queries:
        _add_text(app, store, queries[FACTS])
    if BOARD in queries:
        add_follow(app, library, queries[BOARD])
    add_letters(app, library)
    add_extract(app, library, files["/extract"], noted=upload)
    _add_upkeep(app, library, upload=upload)
    add_upload(app, library, files["/documents"], allowed=upload)
    add_reports(app, library, files["/reports"], allowed=upload)
    add_session(app, access, library, upload=upload)
    add_acts(app, library.acts)
    add_metrics(app, metrics)
    add_decisions(app, library, allowed=upload)
    return app


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def _add_health(app: FastAPI, library: Library) -> None:
    @app.get("/healthz", summary="Is the process up?", tags=["health"])
    async def healthz() -> dict[str, str]:
        return {"status": "up"}

    @app.get("/readyz", summary="Does the database answer?", tags=["health"], responses=problem_responses(*DATABASE))
    def readyz() -> dict[str, str]:
        library.store.read("RETURN 1 AS one", {}, limit=1)
        due = library.check_due
        return {"status": "ready", "engine": library.store.engine} | ({"check": f"is due, for {due}: kg check"} if due else {})


def _add_catalogue(app: FastAPI, queries: Catalogue) -> None:
    columns = ("name", "answers", "notes", "path", "parameters", "columns", "example")

    def catalogue(request: Request) -> Response:
        check_names(request, {"format"})
        rows = [query.as_json() for query in queries.values()]
        if form_asked(request, {name: FORMATS[name] for name in ("json", "csv")}) == "csv":
            return as_file(Table("queries", [Column(name, Type("text"), "", None) for name in columns], rows), "csv")
        return as_json("queries", {}, Answer(columns, rows, truncated=False))

    app.add_api_route(
        "/queries",
        catalogue,
        summary="Which questions can be asked?",
        tags=["queries"],
    )


def _add_scorecard(app: FastAPI) -> None:
    figures = packaged("docs/scorecard.json")

    @app.get(
        "/scorecard",
        summary="How well do the rules read? Their figures against hand-made gold.",
        tags=["upkeep"],
        response_model=Scorecard,
    )
    def scorecard(request: Request) -> Response:
        check_names(request, set())
        return Response(figures.read_bytes(), media_type="application/json")


def _add_query(app: FastAPI, store: Store, query: Query) -> None:
    """Parameters are read by the query, not by FastAPI, so that HTTP and command line accept and refuse the same."""
    in_path = {p.name for p in query.parameters if f"{{{p.name}}}" in query.path}
    taken = forms(query.name)

    # Not async: it blocks, so it belongs on a thread.
    def ask(request: Request) -> Response:
        check_names(request, {p.name for p in query.parameters if p.name not in in_path} | RESERVED)
        given = given_of(request, query)
        form, limit, counted = form_asked(request, taken), limit_asked(request), is_set(request, "count")
        bound = query.bind(store, given)
        if form:  # a file holds all rows unless it is asked not to
            table = Table(query.name, query.columns, query.stream(store, bound), bound, limit)
            table.named = bound.named
            table.ask_reviewed = partial(reviewed, store, query, bound)
            return as_file(table, form, given, chinese=reads_chinese(request))
        answer = query.fetch(store, bound, limit or DEFAULT_LIMIT)
        total = query.count(store, bound) if answer.truncated and counted else None
        share = of_answer(store, query, bound, answer.rows)
        return as_json(query.name, bound, answer, total, share=share, named=bound.named)

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
            200: {"content": {f.media_type: {"schema": {"type": "string"}} for name, f in taken.items() if name != "json"}},
            **problem_responses(404, *DATABASE),
        },
        openapi_extra={"parameters": [*openapi_parameters(query), *row_parameters(list(taken))]},
    )


def _add_network(app: FastAPI, networks: Networks, edges: Query) -> None:
    """Its parameters are those of the query of its edges."""
    forms = ("json", "graphml")

    def network(request: Request) -> Response:
        check_names(request, {p.name for p in edges.parameters} | {"format"})
        form = only("format", request.query_params.getlist("format") or ["json"])
        if form not in forms:
            raise BadParameter(f"format={form!r:.80} is not accepted", "", forms)
        asked = networks.network(given_of(request, edges))
        if form == "json":
            return Json(asked.as_json())
        headers = {"Content-Disposition": 'attachment; filename="network.graphml"'}
        return Response(asked.as_graphml(), media_type="application/graphml+xml", headers=headers)

    app.add_api_route(
        "/network",
        network,
        summary="Who shares tasks with whom: degree, betweenness, communities, bridges.",
        description="Computed from `/network/edges`, and kept until the documents change. `graphml` opens in Gephi.",
        tags=["network"],
        response_model=NetworkAnswer,
        responses={
            200: {"content": {"application/graphml+xml": {"schema": {"type": "string"}}}},
            **problem_responses(404, *DATABASE),
        },
        openapi_extra={"parameters": network_parameters(edges, forms)},
    )


def _add_text(app: FastAPI, store: Store, facts: Query) -> None:
    def text(request: Request) -> Response:
        check_names(request, set())
        return Json(evidence(store, facts, request.path_params))

    app.add_api_route(
        "/documents/{document}/text",
        text,
        summary="The document's own words, cut where its facts begin and end.",
        description="Segments join to their paragraph, without a gap. Every offset counts code points of the source's text.",
        tags=["documents"],
        response_model=text_model(facts),
        responses=problem_responses(404, *DATABASE),
        openapi_extra={"parameters": [p for p in openapi_parameters(facts) if p["in"] == "path"]},
    )


def _add_upkeep(app: FastAPI, library: Library, *, upload: bool) -> None:
    @app.get(
        "/status",
        summary="What is loaded, by which rules, in which engine?",
        tags=["upkeep"],
        response_model=StatusAnswer,
        responses=problem_responses(*DATABASE),
    )
    def status(request: Request) -> JSONResponse:
        check_names(request, set())
        return JSONResponse({"upload": upload, **upkeep.status(library)})

    @app.get(
        "/audit",
        summary="What should a person look at? Doubtful agencies, likely duplicates, odd documents.",
        tags=["upkeep"],
        response_model=AuditAnswer,
        responses=problem_responses(*DATABASE),
        openapi_extra={"parameters": [openapi_parameter(CHECK)]},
    )
    def audit(request: Request) -> Response:
        check_names(request, {CHECK.name})
        checks = request.query_params.getlist(CHECK.name) or None
        return as_json("audit", *upkeep.findings(library, checks, language_of(request)))

    @app.get(
        "/loads",
        summary="What became of the files of the last loads: what each gave, what was not read, and why?",
        tags=["upkeep"],
        response_model=LoadsAnswer,
    )
    def loads(request: Request) -> JSONResponse:
        check_names(request, set())
        return JSONResponse(upkeep.loads(library, language_of(request)), headers={"Vary": "Accept-Language"})
