"""The OpenAPI page declares what is answered, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from api.app import create_app
from api.limits import MAX_UPLOAD
from kg.engine.store import Store
from tests.api.test_app import Client
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, extract, library

KEY, HERE = {"X-API-Key": "k"}, {"Host": "localhost"}

SENT: Final[dict[str, tuple[int, dict[str, Any]]]] = {
    "an unknown parameter": (422, {"params": {"unknown": "1"}}),
    "no key": (401, {"headers": {"X-API-Key": ""}}),  # until there were too many
    "another server's name": (421, {"headers": {"Host": "elsewhere.example"}}),
    "a page of another origin": (403, {"headers": {"Sec-Fetch-Site": "cross-site"}}),
    "a body that is too large": (413, {"content": b"x" * (MAX_UPLOAD + 1)}),
    "a body that is none": (422, {"content": b"{"}),
}
"""What is sent, and the answer where it is looked at."""


@pytest.fixture
def client(embedded_store: Store, tmp_path: Path) -> Client:
    base = library(emptied(embedded_store), tmp_path / "sources", extract, queries=QUERIES)
    return Client(create_app(base, "k", upload=True, local=True), **KEY, **HERE)


def operations(client: Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, a path of that kind, and what is said of it."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.replace("{", "").replace("}", ""), operation


@pytest.mark.parametrize("sent", SENT)
def test_every_answer_is_declared(client: Client, sent: str) -> None:
    expected, options = SENT[sent]
    met = 0
    for method, path, operation in operations(client):
        if "content" in options and "requestBody" not in operation:
            continue
        needed = {p["name"]: "x" for p in operation.get("parameters", ()) if p["in"] == "query" and p.get("required")}
        status = client.send(method, path, **options | {"params": needed | options.get("params", {})}).status_code
        assert str(status) in operation["responses"], (method, path, status)
        met += status == expected
    assert met >= 7  # as many operations as have a body
