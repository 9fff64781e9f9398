"""Errors -> application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kg.errors import EngineUnavailable, KgError, outcome
from kg.words.failures import in_chinese

Language = Callable[[str], str]

_LOG: Final = logging.getLogger(__name__)

_RETRY_AFTER: Final = {HTTPStatus.SERVICE_UNAVAILABLE: "2", HTTPStatus.TOO_MANY_REQUESTS: "5"}
"""Seconds, for what passes by itself."""


class ProblemResponse(JSONResponse):
    """A JSON answer under the media type of problems."""

    media_type = "application/problem+json"


def language_of(request: Request) -> Language:
    """What puts sentences of errors into the language that is asked for first (Accept-Language, RFC 9110, 12.5.4)."""
    return in_chinese if reads_chinese(request) else str


def reads_chinese(request: Request) -> bool:
    """Whether Chinese is the language that is asked for first."""
    return request.headers.get("accept-language", "").lower().startswith("zh")


def problem(error: KgError, language: Language = str) -> Response:
    """The answer to `error`: its row of the table, its words, and what may be tried."""
    _, status, title = outcome(error)
    if isinstance(error, EngineUnavailable):  # where the database is, is nobody's business
        _LOG.warning("%s", " ".join(str(error).split("\n")))
        error = type(error)("the database does not answer", "try again; what is wrong stands in the log of the server")
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    body = {
        "type": f"urn:kg:{name}",
        "title": title,
        "status": status,
        "detail": language(error.message),
        "hint": language(error.hint),
        "candidates": list(error.candidates),
    }
    headers = {"Vary": "Accept-Language"}
    if status in _RETRY_AFTER:
        headers["Retry-After"] = _RETRY_AFTER[HTTPStatus(status)]
    if status == HTTPStatus.REQUEST_TIMEOUT:
        headers["Connection"] = "close"
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="kg"'
    return ProblemResponse(body, status, headers)


def answer_errors(app: FastAPI) -> None:
    """Makes every error of `app` a problem; what we did not foresee says nothing about our inside."""

    def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, KgError)
        return problem(error, language_of(request))

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # by all routes of the path (RFC 9110, 15.5.6)
            here = [route for route in app.routes if isinstance(route, APIRoute) and route.path_regex.match(request.url.path)]
            ours = [route for route in here if route.path == here[0].path]  # /decisions/preview is no /decisions/{decision}
            headers["Allow"] = ", ".join(sorted({method for route in ours for method in route.methods or ()})) or "GET"
        return _plain(error.status_code, str(error.detail), headers)

    def unforeseen(_: Request, error: Exception) -> Response:
        return _plain(500, f"an unforeseen {type(error).__name__}; the server's log has more", {})

    def left(_: Request, __: Exception) -> Response:
        return Response(status_code=400)  # to nobody

    app.add_exception_handler(KgError, known)
    app.add_exception_handler(ClientDisconnect, left)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, unforeseen)


def _plain(status: int, detail: str, headers: dict[str, str]) -> Response:
    title = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "hint": "GET /queries lists what there is",
    }
    return ProblemResponse({**body, "candidates": []}, status, headers)
