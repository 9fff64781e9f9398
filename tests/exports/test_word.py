"""The ledger as a Word document, opened by python-docx: every task once, laid out for print."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from exports.table import Table
from exports.word import write_ledger
from kg.engine.store import Store
from tests.kg.small_graph import facts, load
from tests.samples import QUERIES

QUERY = QUERIES["ledger"]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    """Loaded once for all tests here: they only read."""
    return load(embedded_store, facts())


def written(rows: list[Row], named: Mapping[str, str] | None = None, **parameters: object) -> tuple[Any, Table]:
    out = io.BytesIO()
    table = Table("ledger", QUERY.columns, rows, parameters, named=named or {})
    write_ledger(table, out)
    return docx.Document(io.BytesIO(out.getvalue())), table


def asked(store: Store, **given: object) -> tuple[Any, Table, list[Row]]:
    bound = QUERY.bind(store, given)
    rows = QUERY.fetch(store, bound).rows
    return *written(rows, bound.named, **bound), rows


def lines(document: Any) -> list[list[str]]:
    """The text of each cell, those that are several columns wide once."""
    (table,) = document.tables
    return [_cells(row) for row in table.rows]


def _cells(row: Any) -> list[str]:
    return [
        "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p"))) for cell in row._tr.tc_lst
    ]


def test_every_task_stands_once_under_its_document(small: Store) -> None:
    document, table, rows = asked(small)
    head, *below = lines(document)
    assert head == ["行次", "序号", "任务", "牵头单位", "配合单位", "完成时限", "进展情况", "依据"]
    titles = [line[0] for line in below if len(line) == 1]
    tasks = [line for line in below if len(line) == len(head)]
    assert len(titles) == len({row["document_id"] for row in rows})
    assert [line[0] for line in tasks] == [str(n) for n in range(1, len(rows) + 1)]
    assert [line[2] for line in tasks] == [row["task"] for row in rows]
    assert document.paragraphs[0].text == f"责任清单（共 {len(rows)} 项，其中 0 项出自已核的文件）"
    assert (table.title, table.count) == ("责任清单", len(rows))


def test_it_is_laid_out_for_print(small: Store) -> None:
    document, _, _ = asked(small)
    (section,) = document.sections
    assert [round(size.mm) for size in (section.page_width, section.page_height)] == [297, 210]
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    assert {language.get(qn("w:eastAsia")) for language in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")
    first, *others = document.tables[0].rows
    repeated = qn("w:tblHeader")
    assert first._tr.trPr.find(repeated) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in others)
    assert not any(row._tr.trPr.find(repeated) is not None for row in others)


def test_of_a_unit_it_says_the_role_and_only_its_words(small: Store) -> None:
    document, table, rows = asked(small, agency="140400:司法局")
    head, *below = lines(document)
    assert head[3] == "责任"
    assert {line[3] for line in below if len(line) > 1} <= {
        "牵头",
        "配合",
        "牵头、配合",
    }  # it leads by a sentence, and takes part by a clause
    assert len([line for line in below if len(line) > 1]) == len(rows)
    assert table.title == "长治市司法局责任清单"


@pytest.mark.parametrize(
    ("given", "title"), [({"function": "司法局"}, "司法局条线责任清单"), ({"place": "140400"}, "长治市责任清单")]
)
def test_the_title_says_of_what(small: Store, given: Mapping[str, str], title: str) -> None:
    assert asked(small, **given)[1].title == title


def test_nothing_is_said_to_be_nothing() -> None:
    document, _ = written([])
    assert lines(document)[1:] == [["没有符合条件的任务。"]]
    assert document.paragraphs[0].text == "责任清单"


def test_what_xml_has_no_place_for_is_replaced(small: Store) -> None:
    rows = [row | {"task": "甲<b>&\x00\ufffe"} for row in asked(small)[2][:1]]
    document, _ = written(rows)
    assert lines(document)[2][2] == "甲<b>&\ufffd\ufffd"


def test_a_title_says_where_more_is_left_out(small: Store) -> None:
    bound = QUERY.bind(small, {})
    rows = QUERY.fetch(small, bound).rows
    out = io.BytesIO()
    write_ledger(Table("ledger", QUERY.columns, rows, bound, limit=2, named=bound.named), out)
    document = docx.Document(io.BytesIO(out.getvalue()))
    assert document.paragraphs[0].text == "长治市责任清单（只列前 2 项，还有未列出的；其中 0 项出自已核的文件）"
    assert [line[0] for line in lines(document)[1:] if len(line) > 1] == ["1", "2"]
