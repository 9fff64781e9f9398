"""Answers as files: each form with its media type and a name that a person finds again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import openpyxl
import pyarrow.parquet as pq
import pytest

from api.answers import disposition
from api.app import create_app
from exports.formats import FORMATS, WORKBOOKS
from kg.ask.queries import Query
from kg.ask.tables import BOM
from kg.engine.store import Store
from kg.errors import QueryTimeout
from tests.api.test_app import Client, assert_problem, over, over_store
from tests.kg.small_graph import facts, load
from tests.samples import QUERIES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
each_form = pytest.mark.parametrize("form", FORMATS)


@pytest.fixture(scope="module")
def client(embedded_store: Store) -> Client:
    return Client(create_app(over_store(load(embedded_store, facts()))))


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
@each_form
def test_every_query_in_every_form(client: Client, query: Query, form: str) -> None:
    response = client.ask(query, format=form)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == FORMATS[form].media_type
    assert response.headers["content-disposition"].partition(";")[0] == ("inline" if form == "json" else "attachment")
    if "content-encoding" not in response.headers:  # JSON is packed on its way
        assert int(response.headers["content-length"]) == len(response.content)
    assert response.headers["x-truncated"] == "false"
    asked = client.ask(query).json()
    rows = asked["rows"]
    if form == "json":
        assert response.json() | {"total": len(rows)} == asked
    if form == "parquet":
        assert pq.read_table(io.BytesIO(response.content)).num_rows == len(rows)
    if form == "xlsx":
        above = 2 if query.name in WORKBOOKS else 1
        assert openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].max_row == above + len(rows)


@pytest.mark.parametrize(
    ("path", "parameters", "name"),
    [
        ("/agencies", {"format": "xlsx"}, f"filename=\"agencies.xlsx\"; filename*=UTF-8''{quote('单位一览.xlsx')}"),
        (
            "/agencies/长治市司法局/obligations",
            {"format": "csv"},
            f"filename=\"agency-obligations.csv\"; filename*=UTF-8''{quote('单位任务-长治市司法局.csv')}",
        ),
        (
            "/ledger",
            {"place": "长治市", "format": "xlsx"},
            f"filename=\"ledger.xlsx\"; filename*=UTF-8''{quote('长治市责任清单.xlsx')}",
        ),
        (
            "/agencies",
            {"format": "parquet", "limit": 2},
            f"filename=\"agencies.parquet\"; filename*=UTF-8''{quote('单位一览-前2行.parquet')}",
        ),
    ],
)
def test_names(client: Client, path: str, parameters: dict[str, Any], name: str) -> None:
    assert client.get(path, **parameters).headers["content-disposition"] == f"attachment; {name}"


def test_csv_is_in_the_language_that_is_asked_for(client: Client) -> None:
    """Browsers ask for that of their user; a program that says nothing gets names and codes."""
    path = "/agencies/长治市司法局/obligations?format=csv"
    for language, head, role in (("zh-CN,zh;q=0.9", "责任,", "牵头"), ("en", "role,", "LEADS"), (None, "role,", "LEADS")):
        headers = {"Accept-Language": language} if language else {}
        response = client.send("GET", path, headers=headers)
        header, row, *_ = response.text.removeprefix(BOM).splitlines()
        assert header.startswith(head)
        assert row.startswith(f"{role},")
        assert response.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize("name", ['a".csv', "a\r\nX: y.csv", "a\\.csv", "100%.csv", "𠮷.csv", "a;b.csv"])
def test_a_name_cannot_break_out_of_its_header(name: str) -> None:
    said = disposition("attachment", name)
    quoted = said.split('"')
    assert (len(quoted), said.isascii(), "\r" in said or "\n" in said) == (3, True, False)


def test_the_ledger_is_a_workbook(client: Client) -> None:
    by_header = client.send("GET", "/ledger", headers={"Accept": XLSX})
    book = openpyxl.load_workbook(io.BytesIO(by_header.content))
    assert book.sheetnames[:2] == ["任务总表", "汇总"]
    assert client.get("/ledger").headers["content-type"] == "application/json"


def test_a_file_holds_all_rows() -> None:
    """Where the JSON answer stops at its limit."""
    client = over(lambda: pytest.fail("only streamed"))
    rows = [{name.name: None for name in QUERIES["agencies"].columns} for _ in range(1200)]

    def stream(*_: object) -> Iterator[dict[str, Any]]:
        yield from rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.api.test_app.FakeStore.stream", stream)
        assert len(json.loads(client.get("/agencies", format="json").content)["rows"]) == 1200


def test_what_fails_while_a_file_is_written_is_a_problem() -> None:
    def stream(*_: object) -> Iterator[dict[str, Any]]:
        yield {column.name: None for column in QUERIES["agencies"].columns}
        raise QueryTimeout("the query ran past 30 s")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.api.test_app.FakeStore.stream", stream)
        for form in FORMATS:
            assert_problem(over(lambda: pytest.fail("only streamed")).get("/agencies", format=form), 504)
