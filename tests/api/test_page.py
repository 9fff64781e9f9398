"""What a browser gets: the page, its files and the OpenAPI page, from here alone, and only for who may have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.packaged import packaged
from tests.api.test_app import KEY, Client, assert_problem, empty_answer, over

WEB = Path(__file__).parents[2] / "web"


@pytest.fixture(scope="module")
def client() -> Client:
    return over(empty_answer)


def test_the_page_and_its_files(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.content == (WEB / "index.html").read_bytes()
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
    script = client.get("/web/app.js")
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert client.get("/web/style.css").headers["content-type"] == "text/css; charset=utf-8"
    for answer in (page, script, client.get("/documents")):
        assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_a_file_is_asked_about_but_not_sent_again(client: Client) -> None:
    first = client.get("/web/app.js")
    assert first.headers["cache-control"] == "no-cache"
    again = client.send("GET", "/web/app.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/web/",
            "/web/views",
            "/web/nothing.js",
            "/web/../pyproject.toml",
            "/web/%2e%2e/pyproject.toml",
            "/web/..%2fREADME.md",
        ),
        *("/web//etc/passwd", "/web/%2fetc%2fpasswd", "/web/..%5cREADME.md", "/web/%00", "/web/" + "a" * 5000),
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert_problem(client.get(path), 404)


def test_answers_are_packed_but_for_what_is(client: Client) -> None:
    assert client.send("GET", "/queries", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.send("GET", "/queries", headers={"Accept-Encoding": "identity"}).headers
    for form in ("xlsx", "parquet"):
        file = client.send("GET", "/documents", params={"format": form}, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in file.headers
        assert int(file.headers["content-length"]) == len(file.content)


def test_the_api_page_asks_no_other_host(client: Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "https:" not in page.text.replace("https://fastapi.tiangolo.com", "")
    assert "/web/vendor/swagger-ui/swagger-ui-bundle.js" in page.text
    assert client.get("/redoc").status_code == 404


def test_without_the_key_the_page_is_there_and_no_data() -> None:
    client = over(empty_answer, api_key=KEY)
    assert client.get("/").status_code == 200
    assert client.get("/web/app.js").status_code == 200
    for path in ("/web", "/documents", "/docs", "/openapi.json", "/index.html"):
        assert client.get(path).status_code == 401


@pytest.fixture(scope="module")
def local() -> Client:
    return over(empty_answer, local=True)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(
            (host, 200)
            for host in ("localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "127.8.8.8:1", "[::1]", "[::1]:80")
        ),
        *(
            (host, 421)
            for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.5:8000", "0.0.0.0", "")
        ),
        *((host, 421) for host in ("localhost.evil.example", "localhost@evil.example", "kg")),
    ],
)
def test_a_server_of_this_machine_alone_answers_to_its_own_names(local: Client, client: Client, host: str, status: int) -> None:
    for path in ("/", "/healthz", "/documents"):
        assert local.send("GET", path, headers={"Host": host}).status_code == status
        assert client.send("GET", path, headers={"Host": host}).status_code == 200


def test_files_that_are_no_code_are_found_beside_the_checkout() -> None:
    assert packaged("web") == WEB
    with pytest.raises(FileNotFoundError, match="no-such-folder is missing"):
        packaged("no-such-folder")
