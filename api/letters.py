"""Letters over HTTP: a 督办通知单 for one unit, a 通报 over many, as Word documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.answers import disposition
from api.described import DATABASE, problem_responses
from api.requests import check_names, given_of, only
from api.signatures import openapi_parameters
from exports import letters
from exports.word import MEDIA_TYPE
from kg.ask.queries import Query
from kg.errors import BadParameter
from kg.library import Library

_LONGEST: Final = 100  # characters
_SENT: Final = {"sender": "who sends it (发文单位)", "contact": "whom to ask (联系人), by name and telephone"}
_PARAMETERS: Final[list[dict[str, Any]]] = [
    {"name": name, "in": "query", "description": said, "schema": {"type": "string", "default": "", "maxLength": _LONGEST}}
    for name, said in _SENT.items()
]


def add_letters(app: FastAPI, library: Library) -> None:
    """Adds GET /agencies/{agency}/notice.docx and GET /progress/bulletin.docx."""
    queries = library.queries()
    if letters.BOARD in queries:
        summary = "What has one unit to do, with whom, by when, in which words? A 督办通知单 (.docx)."
        _add(app, library, letters.notice_query(queries), letters.notice, summary)
    if letters.PROGRESS in queries:
        summary = "How far have the units come, what is done and what is late? A 通报 (.docx)."
        _add(app, library, letters.bulletin_query(queries), letters.bulletin, summary)


def _add(app: FastAPI, library: Library, query: Query, make: Callable[..., letters.Letter], summary: str) -> None:
    in_path = {p.name for p in query.parameters if f"{{{p.name}}}" in query.path}

    def letter(request: Request) -> Response:
        check_names(request, ({p.name for p in query.parameters} - in_path) | _SENT.keys())
        sent = {name: only(name, request.query_params.getlist(name) or [""]) for name in _SENT}
        for name, said in sent.items():
            if len(said) > _LONGEST:
                raise BadParameter(f"{name}={said!r:.80} is not accepted", f"give up to {_LONGEST} characters")
        made = make(library.queries(), library.store, given_of(request, query), library.templates, **sent)
        return Response(made.data, media_type=MEDIA_TYPE, headers={"Content-Disposition": disposition("attachment", made.name)})

    app.add_api_route(
        query.path,
        letter,
        name=query.name,
        summary=summary,
        description="Made from a template that a clerk may have edited: KG_DATA/templates.",
        tags=["letters"],
        response_class=Response,
        responses={
            200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
            **problem_responses(404, *DATABASE),
        },
        openapi_extra={"parameters": [*openapi_parameters(query), *_PARAMETERS]},
    )
