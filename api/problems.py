"""Errors -> application/problem+json (RFC 9457)."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kg.errors import KgError, outcome
from kg.words.failures import in_chinese

Language = Callable[[str], str]

_RETRY_AFTER = "2"
"""Seconds, for what passes by itself."""


class ProblemResponse(JSONResponse):
    """A JSON answer under the media type of problems."""

    media_type = "application/problem+json"


def language_of(request: Request) -> Language:
    """What puts sentences of errors into the language that is asked for first (Accept-Language, RFC 9110, 12.5.4)."""
    return in_chinese if request.headers.get("accept-language", "").lower().startswith("zh") else str


def problem(error: KgError, language: Language = str) -> Response:
    """The answer to `error`: its row of the table, its words, and what may be tried."""
    _, status, title = outcome(error)
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
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _RETRY_AFTER
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="kg"'
    return ProblemResponse(body, status, headers)


def answer_errors(app: FastAPI) -> None:
    """Makes every error of `app` a problem; what we did not foresee says nothing about our inside."""

    def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, KgError)
        return problem(error, language_of(request))

    def http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _plain(error.status_code, str(error.detail), dict(error.headers or {}))

    def unforeseen(_: Request, error: Exception) -> Response:
        return _plain(500, f"an unforeseen {type(error).__name__}; the server's log has more", {})

    app.add_exception_handler(KgError, known)
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
