"""Who may ask: the API key, and the refusal to listen to others without one."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from kg.errors import BadSettings, Unauthorized

OPEN: Final = frozenset({"/healthz", "/readyz"})
"""Routes that orchestrators call without a key."""


def check_bind(host: str, api_key: str | None) -> None:
    """Raises BadSettings where `host` can be reached from other machines and there is no API key."""
    if not api_key and not _is_loopback(host):
        raise BadSettings(
            f"refusing to listen on {host or 'all addresses'} without an API key", "set KG_API_KEY, or use 127.0.0.1"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class KeyRequired:
    """Middleware rather than a dependency, so that no route, the OpenAPI page and unknown paths included, can forget it."""

    def __init__(self, app: ASGIApp, api_key: str) -> None:
        self._app = app
        self._key = api_key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 401."""
        if scope["type"] == "http" and scope["path"] not in OPEN and not self._has_key(scope):
            error = Unauthorized("this server needs an API key", "send it as X-API-Key: …, or Authorization: Bearer …")
            await problem(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _has_key(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        kind, _, token = headers.get(b"authorization", b"").partition(b" ")
        given = headers.get(b"x-api-key") or (token.strip() if kind.lower() == b"bearer" else b"")
        return hmac.compare_digest(given, self._key)
