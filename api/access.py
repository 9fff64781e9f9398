"""Who may ask: what a key or a session allows, and the refusal to listen to others without one."""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable
from typing import Final

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.limits import WAITING, Limits, queue
from api.problems import problem
from api.roles import needed
from api.sessions import Sessions, address_of, session_id
from kg.errors import BadSettings, KgError, Misdirected, NotAllowed, TooManyRequests, Unauthorized
from kg.people.acts import ACTING
from kg.people.keys import NOBODY, OWNER, SHARED, Keys, Person, Role, digest

_ANYBODYS: Final = frozenset({"/healthz", "/readyz", "/"})
OPEN: Final = _ANYBODYS | {"/session"}
"""Routes without a key: those that orchestrators call, the page, and where one signs in. So are the page's files, which hold no
data either."""

_PAGE_FILES: Final = "/web/"


def check_bind(host: str, *, keyed: bool) -> None:
    """Raises BadSettings where `host` can be reached from other machines and there are no keys."""
    if not keyed and not _is_loopback(host):
        hint = "make keys with kg key add, or set KG_API_KEY, or use 127.0.0.1"
        raise BadSettings(f"refusing to listen on {host or 'all addresses'} without an API key", hint)


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
    What sends neither is no browser: it may not use a session, whose cookie a browser sends by itself, also for a page of
    another port of this host (SameSite knows no ports).
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
    by_session = bool(session_id(headers))
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin" or (site == "none" and not by_session)
    origin = headers.get("origin")
    if origin is None:
        return not by_session
    return origin.partition("://")[2] == headers.get("host")


class KeyRequired:
    """Middleware rather than a dependency, so that no route, the OpenAPI page and unknown paths included, can forget it. It
    says who acts (kg.people.acts.ACTING), and refuses what their role does not allow, and what would wait behind too many."""

    def __init__(self, app: ASGIApp, access: Access, needed: Callable[[str, str], Role] = needed) -> None:
        self._app = app
        self._access = access
        self._needed = needed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 401, 403, 429 or 503."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            acting = ACTING.set(self._person(scope))
        except KgError as error:
            await problem(error)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            ACTING.reset(acting)

    def _person(self, scope: Scope) -> Person:
        """Who asks. Raises Unauthorized, NotAllowed and TooManyRequests where they may not, and TooManyQueries."""
        method, path, headers = scope["method"], scope["path"], Headers(scope=scope)
        address = address_of(scope)
        if path in _ANYBODYS or path.startswith(_PAGE_FILES):
            return NOBODY  # without a look at the file of keys, for which the loop would wait behind the threads that answer
        try:
            person = self._access.person(headers, address)
        except TooManyRequests:
            if path not in OPEN:
                raise
            person = None
        if path in OPEN:
            return person or NOBODY
        if person is None:
            raise Unauthorized("this server needs an API key", "send it as X-API-Key: …, or Authorization: Bearer …")
        role = self._needed(method, path)
        if not person.may(role):
            raise NotAllowed(f"the key {person.name} may {person.role}, and this needs {role}", "ask for a key with that role")
        if person is not OWNER:
            self._access.limits.ask(person.name, address)
        queue(anyio.to_thread.current_default_thread_limiter(), WAITING)
        return person


class Access:
    """Whose key a request has, or whose session: the shared key, or one of the named ones."""

    def __init__(self, keys: Keys, shared: str | None = None, limits: Limits | None = None) -> None:
        self._keys = keys
        self._shared = digest(shared) if shared else None
        self._needed = bool(shared) or keys.needed
        self.sessions, self.limits = Sessions(), limits or Limits()

    @property
    def needed(self) -> bool:
        """Whether there are keys; also those of a file that has gone since, for a server must not open by that."""
        self._needed = self._needed or self._keys.needed
        return self._needed

    def person(self, headers: Headers, address: str) -> Person | None:
        """Who sends these headers; None where a key is needed and there is none, or a wrong one, even beside a session. Raises
        TooManyRequests as `known` does."""
        if not self.needed:
            return OWNER
        kind, _, token = headers.get("authorization", "").partition(" ")
        given = headers.get("x-api-key") or (token.strip() if kind.lower() == "bearer" else "")
        if given or "x-api-key" in headers or "authorization" in headers:
            return self.known(given.encode("latin-1"), address)  # a header is bytes, and a shared key may be 钥匙
        key = self.sessions.key_of(session_id(headers))
        return (self._keys.known_by(key) or self._shares(key)) if key else None

    def known(self, key: str | bytes, address: str) -> Person | None:
        """Whose key this is. Raises TooManyRequests where it is none of the named ones, which nobody finds by trying, after too
        many wrong ones from this address: whether it is the shared one, or wrong again."""
        sha256 = digest(key)
        if (person := self._keys.known_by(sha256)) or not self._shared:
            return person
        self.limits.try_key(address)
        if not (person := self._shares(sha256)):
            self.limits.wrong_key(address)
        return person

    def _shares(self, sha256: str) -> Person | None:
        return SHARED if self._shared and hmac.compare_digest(sha256, self._shared) else None
