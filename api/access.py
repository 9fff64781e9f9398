"""Who may ask: the API key, and the refusal to listen to others without one."""

from __future__ import annotations

import hmac
import ipaddress
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from kg.errors import BadSettings, Misdirected, NotAllowed, Unauthorized

OPEN: Final = frozenset({"/healthz", "/readyz", "/"})
"""Routes without a key: those that orchestrators call, and the page. So are the page's files, which hold no data either."""

_PAGE_FILES: Final = "/web/"


def check_bind(host: str, api_key: str | None) -> None:
    """Raises BadSettings where `host` can be reached from other machines and there is no API key."""
    if not api_key and not _is_loopback(host):
        raise BadSettings(
            f"refusing to listen on {host or 'all addresses'} without an API key", "set KG_API_KEY, or use 127.0.0.1"
        )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Middleware: answers those who call this machine localhost or by a loopback address.

    A page elsewhere can have its own name point here (DNS rebinding), but then the browser says that name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 421."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            name = re.sub(r":\d*$", "", host)
            if not _is_loopback(name):
                hint = "use http://127.0.0.1, or serve with KG_API_KEY under a name of your own"
                await problem(Misdirected(f"this server is not called {host!r:.80}", hint))(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SameOriginOnly:
    """Middleware: a page of another origin may send us nothing, for its reader has not asked for that; it could not read our
    answers, but a file would be read or loaded.

    As browsers say it (Fetch Metadata, Sec-Fetch-Site; where a browser is too old for that, Origin against Host, RFC 6454).
    What sends neither is no browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 403."""
        if scope["type"] == "http" and scope["method"] not in _SAFE and not _is_same_origin(Headers(scope=scope)):
            error = NotAllowed("a page of another origin may not send anything here", "use the page of this server, or curl")
            await problem(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, 9.2.1


def _is_same_origin(headers: Headers) -> bool:
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


class KeyRequired:
    """Middleware rather than a dependency, so that no route, the OpenAPI page and unknown paths included, can forget it."""

    def __init__(self, app: ASGIApp, api_key: str) -> None:
        self._app = app
        self._key = api_key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 401."""
        path = scope.get("path", "")
        is_open = path in OPEN or path.startswith(_PAGE_FILES)
        if scope["type"] == "http" and not is_open and not self._has_key(scope):
            error = Unauthorized("this server needs an API key", "send it as X-API-Key: …, or Authorization: Bearer …")
            await problem(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _has_key(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        kind, _, token = headers.get(b"authorization", b"").partition(b" ")
        given = headers.get(b"x-api-key") or (token.strip() if kind.lower() == b"bearer" else b"")
        return hmac.compare_digest(given, self._key)
