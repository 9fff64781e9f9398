"""Errors -> application/problem+json (RFC 9457)."""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kg.errors import KgError, outcome

_RETRY_AFTER = "2"
"""Seconds, for what passes by itself."""


class ProblemResponse(JSONResponse):
    """A JSON answer under the media type of problems."""

    media_type = "application/problem+json"


def problem(error: KgError) -> Response:
    """The answer to `error`: its row of the table, its words, and what may be tried."""
    _, status, title = outcome(error)
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    body = {
        "type": f"urn:kg:{name}",
        "title": title,
        "status": status,
        "detail": error.message,
        "hint": error.hint,
        "candidates": list(error.candidates),
    }
    headers = {}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _RETRY_AFTER
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="kg"'
    return ProblemResponse(body, status, headers)


def answer_errors(app: FastAPI) -> None:
    """Makes every error of `app` a problem; what we did not foresee says nothing about our inside."""

    def known(_: Request, error: Exception) -> Response:
        assert isinstance(error, KgError)
        return problem(error)

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
