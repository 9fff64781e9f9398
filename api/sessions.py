"""Who is signed in: a key is exchanged for a cookie that no script can read, which holds for all tabs of a browser."""

from __future__ import annotations

import secrets
import time
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from kg.people.keys import digest

COOKIE: Final = "kg-session"

LASTS: Final = 12 * 3600
"""Seconds until one has to sign in again, whatever one does."""
_MOST: Final = 10_000
"""Sessions at once; the oldest ends for a new one."""


class Sessions:
    """Who is signed in, in the memory of this process: a restart signs everybody out. Held by the digests of the session's id
    and of the key, so that a key that is removed or given another role ends or changes what was begun with it."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}

    def begin(self, key: str) -> str:
        """A new id for who has this key; it comes from nobody else, so that nobody can foist one of theirs on a browser."""
        id_ = secrets.token_urlsafe(32)
        self._held[digest(id_)] = digest(key), time.monotonic() + LASTS
        while len(self._held) > _MOST:
            del self._held[next(iter(self._held))]
        return id_

    def key_of(self, id_: str) -> str | None:
        """The digest of the key that began a session which lasts."""
        key, until = self._held.get(digest(id_), ("", 0.0))
        return key if time.monotonic() < until else None

    def end(self, id_: str) -> None:
        self._held.pop(digest(id_), None)


def session_id(headers: Headers) -> str:
    """The id that a browser sends, or nothing."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def address_of(scope: Scope) -> str:
    """Where a request comes from; behind a proxy on this machine, what that says."""
    return (scope.get("client") or ("", 0))[0]
