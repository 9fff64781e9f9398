"""Every answer in every form: what was written, opened by the libraries that people use, is what the query gave."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils import get_column_letter

from exports import xlsx
from exports.formats import FORMATS, WORKBOOKS, file_name
from exports.headings import heading
from exports.said import said
from exports.table import Table
from exports.text import write_csv
from exports.xlsx import MAX_CELL, fitting, write_xlsx
from kg.ask.queries import Query
from kg.ask.reviewed import Reviewed
from kg.ask.signature import Column, Type
from kg.ask.tables import BOM
from kg.engine.store import Store
from tests.kg.small_graph import facts, load
from tests.samples import QUERIES

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    """Loaded once for all tests here: they only read."""
    return load(embedded_store, facts())


def column(name: str, type_: str = "text", **more: Any) -> Column:
    return Column(name, Type(type_, **more), "", None)


def written(form: str, query: Query, store: Store) -> tuple[bytes, Rows]:
    """The example of `query` in a form, and the rows that it gives."""
    bound = query.bind(store, query.example)
    out = io.BytesIO()
    FORMATS[form].write(Table(query.name, query.columns, query.stream(store, bound), bound), out)
    return out.getvalue(), query.fetch(store, bound).rows


def text_of(type_: Type, value: Any) -> Any:
    """What a cell holds, read again in the type of its column."""
    if value in (None, ""):
        return None
    if type_.many or type_.fields:
        return json.loads(value)
    if type_.name == "boolean":
        return value == "是"
    return {"integer": int, "number": float}.get(type_.name, str)(value)


def unguarded(text: str) -> str:
    """The exact words again, as kg.ask.tables says."""
    return re.sub("^'('*(?:[=+@\t\r\n＝＋－＠]|-(?!:)))", r"\1", text)


@each_query
def test_csv_holds_every_row(small: Store, query: Query) -> None:
    data, rows = written("csv", query, small)
    assert data.startswith(BOM.encode())
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == [c.name for c in query.columns]
    found = [{c.name: text_of(c.type, unguarded(said)) for c, said in zip(query.columns, line, strict=True)} for line in lines]
    assert found == rows


@each_query
def test_json_holds_every_row(small: Store, query: Query) -> None:
    data, rows = written("json", query, small)
    answer = json.loads(data)
    assert (answer["query"], answer["columns"]) == (query.name, [c.name for c in query.columns])
    assert (answer["rows"], answer["truncated"]) == (rows, False)


@each_query
def test_parquet_holds_every_row_typed(small: Store, query: Query) -> None:
    data, rows = written("parquet", query, small)
    found = pq.read_table(io.BytesIO(data))
    assert json.loads(json.dumps(found.to_pylist(), default=datetime.date.isoformat)) == rows
    for c in query.columns:
        field = found.schema.field(c.name)
        said = str(field.type)
        assert c.type.many == said.startswith("list<")
        assert bool(c.type.fields) == ("struct<" in said)
        assert c.type.name != "date" or "date32[day]" in said
        assert (field.metadata or {})[b"description"].decode() == c.describe


def test_parquet_says_how_much_is_reviewed(small: Store) -> None:
    query, out = QUERIES["ledger"], io.BytesIO()
    table = Table(query.name, query.columns, query.stream(small, bound := query.bind(small, {})), bound)
    table.ask_reviewed = lambda documents: Reviewed(len(documents), 1)
    FORMATS["parquet"].write(table, out)
    assert json.loads((pq.read_metadata(out).metadata or {})[b"reviewed"]) == {"documents": 4, "checked": 1}


@pytest.mark.parametrize("query", [q for q in QUERIES.values() if q.name not in WORKBOOKS], ids=lambda q: q.name)
def test_xlsx_holds_every_row(small: Store, query: Query) -> None:
    data, rows = written("xlsx", query, small)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["数据"]
    header, *lines = sheet.iter_rows()
    assert [c.value for c in header] == [heading(c) for c in query.columns]
    assert [[seen(c, row[c.name]) for c in query.columns] for row in rows] == [[c.value for c in line] for line in lines]
    assert sheet.freeze_panes == "A2"
    letters = [get_column_letter(at) for at, _ in enumerate(header, 1)]
    assert sheet.auto_filter.ref == f"A1:{letters[-1]}{len(rows) + 1}"
    assert all(6 < sheet.column_dimensions[letter].width < 62 for letter in letters)


def seen(column: Column, value: Any) -> Any:
    """What Excel holds: a date as a date, a number as a number, all else in words."""
    if column.type.name == "date" and not column.type.many and value:
        return datetime.datetime.fromisoformat(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return said(column.name, column.type, value) or None


@each_query
def test_csv_for_people_says_what_a_workbook_says(small: Store, query: Query) -> None:
    bound, out = query.bind(small, query.example), io.BytesIO()
    write_csv(Table(query.name, query.columns, query.stream(small, bound), bound, chinese=True), out)
    header, *lines = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert header == [heading(c) for c in query.columns]
    rows = query.fetch(small, bound).rows
    expected = [[said(c.name, c.type, row[c.name]) for c in query.columns] for row in rows]
    assert [[unguarded(cell) for cell in line] for line in lines] == expected
    assert not re.search(r"[{}]|LEADS|PARTICIPATES", out.getvalue().decode())


@each_query
def test_headings_are_told_apart(query: Query) -> None:
    assert len({heading(c) for c in query.columns}) == len(query.columns)


HOSTILE = (
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "'=1",
    "''-2",
    "-:司法部",
    "'甲",
    '市"司法"局,\r\n财政局',
    "<r>甲</r>",
    "http://a.cn",
    "{=1}",
    "_x0041_",
    "𠮷\x0b\x00",
    " 甲 ",
)


def hostile_rows() -> Rows:
    return [{"words": words} for words in HOSTILE]


def test_csv_never_begins_a_formula_and_loses_nothing() -> None:
    out = io.BytesIO()
    write_csv(Table("", [column("words")], hostile_rows()), out)
    _, *lines = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert [unguarded(said) for (said,) in lines] == list(HOSTILE)
    assert not [said for (said,) in lines if said.startswith(tuple("=+@\t\r＝＋－＠")) or re.match("-(?!:)", said)]


def test_xlsx_holds_no_formula() -> None:
    out = io.BytesIO()
    write_xlsx(Table("", [column("words")], hostile_rows()), out)
    _, *cells = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["数据"]["A"]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    # Excel's escape of a control character, which openpyxl leaves as it is.
    found = [re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), str(cell.value)) for cell in cells]
    assert list(HOSTILE) == [said.rstrip(" ") if "<r>" in said else said for said in found]
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize(
    ("text", "units"),
    [("甲" * MAX_CELL, MAX_CELL), ("甲" * (MAX_CELL + 1), MAX_CELL), ("𠮷" * MAX_CELL, MAX_CELL), ("\ud800\uffff", 2)],
    ids=["fits", "one over", "two units each", "no XML"],
)
def test_a_cell_is_cut_where_excel_would_refuse_it(text: str, units: int) -> None:
    found = fitting(text)
    assert units - 1 <= len(found.encode("utf-16-le")) // 2 <= units
    assert (found == text) == (text == "甲" * MAX_CELL)
    assert ("从略" in found) == (len(text) > MAX_CELL or text.startswith("𠮷"))


def test_more_rows_than_a_sheet_holds_go_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    out = io.BytesIO()
    write_xlsx(Table("", [column("year", "integer")], ({"year": n} for n in range(7))), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["数据", "第2页", "第3页"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["年度", 0, 1, 2], ["年度", 3, 4, 5], ["年度", 6]]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("rows", "limit", "count", "truncated"), [(0, None, 0, False), (3, 3, 3, False), (4, 3, 3, True)])
def test_limits(form: str, rows: int, limit: int | None, count: int, truncated: bool) -> None:
    table = Table("documents", [column("year", "integer")], ({"year": n} for n in range(rows)), limit=limit)
    out = io.BytesIO()
    FORMATS[form].write(table, out)
    assert (table.count, table.truncated) == (count, truncated)
    assert file_name(table, form) == (f"文件一览-前3行.{form}" if truncated else f"文件一览.{form}")
    if form == "json":
        assert json.loads(out.getvalue()) == {
            "query": "documents",
            "parameters": {},
            "columns": ["year"],
            "rows": [{"year": n} for n in range(count)],
            "truncated": truncated,
            "total": None if truncated else count,
        }


@pytest.mark.parametrize(
    ("name", "given", "called"),
    [
        ("agency-obligations", {"agency": "长治市司法局"}, "单位任务-长治市司法局.csv"),
        ("ledger", {"place": "长治市", "kind": ["task"]}, "责任清单-长治市.csv"),
        ("task", {"task": '../"a"\n<b>|c:1'}, "任务-.._a_b_c_1.csv"),
        ("ledger", {"place": "140400"}, "责任清单-长治市.csv"),
        ("documents", {"level": "city", "review": "checked"}, "文件一览-市级-已核.csv"),
        ("documents", {"q": "长" * 500}, "文件一览-" + "长" * 115 + ".csv"),
    ],
)
def test_file_names(name: str, given: Mapping[str, object], called: str) -> None:
    assert file_name(Table(name, [], [], named={"140400": "长治市"}), "csv", given) == called


def test_rows_are_not_held() -> None:
    """A writer asks for the next row when it has written those before: no list of them is made."""
    for form, most in (("csv", 1), ("json", 1), ("xlsx", 1), ("parquet", 2000)):
        alive: list[int] = []

        def rows(alive: list[int] = alive) -> Iterable[Mapping[str, Any]]:
            for n in range(5000):
                alive.append(n)
                yield Counted(alive, n)

        class Counted(dict[str, Any]):
            """A row that says when it is gone."""

            def __init__(self, alive: list[int], n: int) -> None:
                super().__init__(year=n)
                self._alive, self._n = alive, n
                Counted.most = max(Counted.most, len(alive))

            def __del__(self) -> None:
                self._alive.remove(self._n)

            most = 0

        FORMATS[form].write(Table("tasks", [column("year", "integer")], rows()), io.BytesIO())
        assert Counted.most <= most + 2, form
