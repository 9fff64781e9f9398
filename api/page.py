"""The page at /, its files under /web, and the OpenAPI page: all served from here, none from another host."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Final

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.packaged import packaged

_POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What Python, or the machine's own table that it reads, does not know or says otherwise."""


class _Files(StaticFiles):
    """Files that a browser keeps, but asks about each time."""

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        if kind := _TYPES.get(PurePath(full_path).suffix):
            response.headers["Content-Type"] = kind
        return response


class SafeHeaders:
    """Middleware: a browser loads nothing from elsewhere for us, guesses no types, and tells nobody where it came from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and adds to the head of the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", _POLICY)
                headers.setdefault("Cache-Control", "no-store")  # on a machine that several use, nothing stays behind
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, with_headers)


def add_page(app: FastAPI) -> None:
    """Adds /, /web/… and /docs. The app must be made without an OpenAPI page of its own."""
    files = _Files(directory=packaged("web"))
    app.mount("/web", files)

    async def page(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    app.add_api_route("/", page, methods=["GET", "HEAD"], include_in_schema=False)

    def docs() -> HTMLResponse:
        at = "/web/vendor/swagger-ui/swagger-ui"
        made = get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url=f"{at}-bundle.js",
            swagger_css_url=f"{at}.css",
            swagger_favicon_url="data:,",
        )
        made.headers["Content-Security-Policy"] = f"{_POLICY}; script-src 'self' 'unsafe-inline'"  # it starts itself so
        return made

    app.add_api_route("/docs", docs, include_in_schema=False)
