"""Who may send something: no page of another origin."""

from __future__ import annotations

import pytest

from tests.api.test_app import Client, assert_problem, empty_answer, over

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
