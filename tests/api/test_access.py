"""Who may send something, and who may do what: keys, roles, sessions, and those who forge them."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast
from urllib.parse import quote

import httpx
import pytest
from fastapi.routing import APIRoute

from api.access import OPEN
from api.acts import ActsAnswer
from api.app import create_app
from api.roles import NEEDED, needed
from api.sessions import COOKIE
from kg.engine.store import Store
from kg.library import Library
from kg.people.acts import Acts
from kg.people.keys import ROLES, Keys, Role
from tests.api.test_app import Client, FakeStore, assert_problem, empty_answer, over
from tests.samples import QUERIES, library

PAGE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def client() -> Client:
    return over(empty_answer, upload=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9999"},  # another port of this machine
        {"Sec-Fetch-Site": "cross-site", "Origin": PAGE},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},  # a file, a frame in a sandbox
        {"Origin": ""},
    ],
)
@pytest.mark.parametrize("path", ["/extract", "/documents", "/nowhere"])
def test_a_page_of_another_origin_may_send_nothing(client: Client, path: str, headers: dict[str, str]) -> None:
    told = {"Host": "127.0.0.1:8000", "Content-Type": "text/plain", **headers}
    refused = client.send("POST", path, params={"name": "a.txt"}, content=b"x", headers=told)
    assert "another origin" in assert_problem(refused, 403)["detail"]
    assert not [name for name in refused.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": PAGE}, {"Sec-Fetch-Site": "same-origin", "Origin": PAGE}, {"Sec-Fetch-Site": "none"}],
)
def test_our_own_page_and_programs_may(client: Client, headers: dict[str, str]) -> None:
    answer = client.send("POST", "/extract", content=b"x", headers={"Host": "127.0.0.1:8000", **headers})
    assert "another origin" not in answer.text
    assert answer.status_code != 403


def test_questions_are_open_to_links_from_elsewhere(client: Client) -> None:
    assert client.send("GET", "/healthz", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


# Named keys and sessions


class Base(NamedTuple):
    client: Client
    keys: Keys
    acts: Acts
    library: Library


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """An API that takes things in, with a shared key beside named ones."""
    held = library(cast(Store, FakeStore(empty_answer)), tmp_path / "sources", queries=QUERIES)
    held.keys.add("某科", "read")
    return Base(Client(create_app(held, SHARED_KEY, upload=True)), held.keys, held.acts, held)


SHARED_KEY = "共用的 key"
SAME = {"Origin": "http://kg", "Sec-Fetch-Site": "same-origin"}


def signed_in(base: Base, key: str, **headers: str) -> httpx.Response:
    return base.client.send("POST", "/session", json={"key": key}, headers=SAME | headers)


def cookie_of(answer: httpx.Response) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}


def test_every_route_that_changes_something_stands_in_the_table(base: Base) -> None:
    """One that does not, needs admin: it is to be thought about."""
    routes = [
        (method, route.path)
        for route in base.client.app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]
    changing = {row for row in routes if row[0] not in ("GET", "HEAD")} - {("POST", "/session"), ("DELETE", "/session")}
    assert changing == {row for row in NEEDED if row[0] != "GET"}
    assert needed("POST", "/documents/") == needed("DELETE", "/documents") == needed("POST", "//documents") == "admin"
    assert needed("HEAD", "/acts") == "admin"


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may(base: Base, role: Role) -> None:
    key = base.keys.add("甲科", role)
    may = [r for r in ROLES if ROLES.index(r) <= ROLES.index(role)]
    for (method, path), least in NEEDED.items():
        answer = base.client.send(method, path, headers={"X-API-Key": key})
        assert (answer.status_code == 403) == (least not in may), (path, answer.text)
    for path in ("/status", "/documents", "/keys", "/%61cts"):
        assert (base.client.send("GET", path, headers={"X-API-Key": key}).status_code == 403) == (
            path == "/%61cts" and role != "admin"
        )
    assert base.client.send("GET", "/session", headers={"X-API-Key": key}).json() == {
        "needed": True,
        "signed_in": False,
        "name": "甲科",
        "may": may,
        "unit": None,
        "collectives": [],
    }


def test_a_key_opens_nothing_in_an_address_or_a_cookie(base: Base) -> None:
    for parameters in ({"api_key": SHARED_KEY}, {"key": SHARED_KEY}, {"X-API-Key": SHARED_KEY}):
        assert base.client.get("/documents", **parameters).status_code == 401
    assert base.client.send("GET", "/documents", headers={"Cookie": f"{COOKIE}={quote(SHARED_KEY)}"}).status_code == 401


def test_a_session_is_a_cookie_that_no_script_reads_and_no_other_site_sends(base: Base) -> None:
    answer = signed_in(base, SHARED_KEY)
    said = answer.headers["set-cookie"].lower()
    assert all(word in said for word in ("httponly", "samesite=strict", "path=/", "max-age=43200"))
    assert "secure" not in said
    assert SHARED_KEY not in answer.text + said
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.json()["name"], answer.json()["may"]) == (None, list(ROLES))
    cookie = cookie_of(answer)
    assert base.client.send("GET", "/queries", headers=cookie).status_code == 200
    assert base.client.send("GET", "/queries", headers=cookie | {"X-API-Key": "wrong"}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://kg:9999"},  # another port: SameSite lets the cookie through
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://kg:9999"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_forged_request_with_the_cookie(base: Base, headers: dict[str, str]) -> None:
    cookie = cookie_of(signed_in(base, SHARED_KEY))
    for method, path in (("POST", "/documents"), ("POST", "/reports"), ("DELETE", "/session"), ("POST", "/session")):
        assert_problem(base.client.send(method, path, content=b"{}", headers=cookie | headers), 403)
    assert base.client.send("GET", "/queries", headers=cookie).status_code == 200  # nobody was signed out


def test_a_session_ends_with_its_key(base: Base) -> None:
    cookie = cookie_of(signed_in(base, base.keys.add("丁科", "admin")))
    assert base.client.send("GET", "/acts", headers=cookie).status_code == 200
    base.keys.add("丁科", "read", replace=True)
    assert base.client.send("GET", "/acts", headers=cookie).status_code == 401
    cookie = cookie_of(signed_in(base, base.keys.add("丙科", "load")))
    base.keys.remove("丙科")
    assert base.client.send("GET", "/queries", headers=cookie).status_code == 401
    base.keys.file.unlink()
    assert base.client.get("/queries").status_code == 401  # a server that needed keys goes on needing them


def test_no_id_but_one_of_ours_is_a_session(base: Base) -> None:
    """Session fixation: what a browser was made to send before is no session after, and one session ends for another."""
    foisted = {"Cookie": f"{COOKIE}=foisted"}
    answer = signed_in(base, SHARED_KEY, **foisted)
    assert answer.cookies[COOKIE] != "foisted"
    assert base.client.send("GET", "/queries", headers=foisted).status_code == 401
    first = cookie_of(answer)
    second = cookie_of(signed_in(base, SHARED_KEY, **first))
    assert base.client.send("GET", "/queries", headers=first).status_code == 401
    assert base.client.send("DELETE", "/session", headers=second | SAME).status_code == 204
    assert base.client.send("GET", "/queries", headers=second).status_code == 401


def test_a_session_lasts_for_a_day_of_work(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = cookie_of(signed_in(base, SHARED_KEY))
    now = time.monotonic()
    monkeypatch.setattr("api.sessions.time", SimpleNamespace(monotonic=lambda: now + 11 * 3600))
    assert base.client.send("GET", "/queries", headers=cookie).status_code == 200
    monkeypatch.setattr("api.sessions.time", SimpleNamespace(monotonic=lambda: now + 13 * 3600))
    assert base.client.send("GET", "/queries", headers=cookie).status_code == 401


@pytest.mark.parametrize("body", [b"", b"{}", b'{"key": ""}', b'{"key": "x", "role": "admin"}', b'"x"'])
def test_what_does_not_sign_in(base: Base, body: bytes) -> None:
    assert_problem(base.client.send("POST", "/session", content=body, headers=SAME), 422)


def test_who_signs_in_stands_in_the_log_and_no_key_does(base: Base, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    key = base.keys.add("戊科", "admin")
    assert_problem(signed_in(base, key[:-1]), 401)
    cookie = cookie_of(signed_in(base, key))
    base.client.send("DELETE", "/session", headers=cookie | SAME)
    signed_in(base, SHARED_KEY)
    body = base.client.send("GET", "/acts", headers={"X-API-Key": key}).json()
    ActsAnswer.model_validate(body)
    assert [(row["who"], row["act"]) for row in body["rows"]] == [
        ("KG_API_KEY", "sign-in"),
        ("戊科", "sign-out"),
        ("戊科", "sign-in"),
    ]
    of_one = base.client.send("GET", "/acts?who=KG_API_KEY&limit=1", headers={"X-API-Key": key}).json()
    assert (len(of_one["rows"]), of_one["truncated"]) == (1, False)
    written = base.acts.file.read_text(encoding="utf-8") + caplog.text
    assert key not in written
    assert SHARED_KEY not in written


def test_the_description_says_what_needs_a_key_and_a_405_what_there_is(base: Base) -> None:
    shared = {"X-API-Key": SHARED_KEY.encode()}
    paths = base.client.send("GET", "/openapi.json", headers=shared).json()["paths"]
    assert {path for path, methods in paths.items() for said in methods.values() if "security" not in said} == OPEN - {"/"}
    for (method, path), role in NEEDED.items():
        assert {"401"} <= paths[path][method.lower()]["responses"].keys(), path
        assert role == "read" or "403" in paths[path][method.lower()]["responses"]
    refused = base.client.send("PUT", "/session", headers=shared)
    assert (assert_problem(refused, 405)["status"], refused.headers["allow"]) == (405, "DELETE, GET, POST")
    preview = base.client.send("OPTIONS", "/decisions/preview", headers=shared)
    assert preview.headers["allow"] == "POST"  # not DELETE, as of any /decisions/{decision}


def test_without_keys_everybody_here_is_the_owner(client: Client) -> None:
    session = client.get("/session").json()
    assert session == {"needed": False, "signed_in": False, "name": None, "may": list(ROLES), "unit": None, "collectives": []}
    assert_problem(client.send("POST", "/session", json={"key": "x"}), 401)
