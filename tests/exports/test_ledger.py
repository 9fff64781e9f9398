"""The ledger as openpyxl opens it: every task and every unit of the query's rows, marked and laid out for print."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports import ledger
from exports.ledger import write_ledger
from exports.ledger_rows import spooled
from exports.table import Table
from kg.engine.store import Store
from tests.kg.small_graph import CHANGZHI, facts, load
from tests.samples import QUERIES

QUERY = QUERIES["ledger"]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def small(embedded_store: Store) -> Store:
    """Loaded once for all tests here: they only read."""
    return load(embedded_store, facts())


def workbook(rows: list[Row], named: Mapping[str, str] | None = None, **parameters: object) -> Workbook:
    out = io.BytesIO()
    write_ledger(Table("ledger", QUERY.columns, rows, parameters, named=named or {}), out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def asked(store: Store, **given: object) -> tuple[Workbook, list[Row]]:
    bound = QUERY.bind(store, given)
    rows = QUERY.fetch(store, bound).rows
    return workbook(rows, bound.named, **bound), rows


def table(sheet: Worksheet) -> list[Row]:
    _, header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def unit(
    name: str,
    basis: str = "clause",
    clause: str | None = "（市司法局牵头）",
    *,
    collective: bool = False,
    modality: str = "must",
) -> Row:
    """An assignment, as the query gives it."""
    more = {"quote": name, "start": 0, "end": 1, "modality": modality}
    return {"agency": name, "agency_id": f"140400:{name}", "collective": collective, "basis": basis, "clause": clause, **more}


def task(title: str = "公示", leads: tuple[Row, ...] = (), participants: tuple[Row, ...] = (), **more: object) -> Row:
    """A row of the query."""
    row = dict.fromkeys(column.name for column in QUERY.columns)
    lists = {
        "headings": [],
        "reports": [],
        "deadlines": [],
        "document_deadlines": [],
        "leads": list(leads),
        "participants": list(participants),
    }
    named = {
        "document": "工作要点",
        "document_id": "140400:1",
        "place": "长治市",
        "place_code": "140400",
        "quote": f"{title}。",
    }
    return {**row, **named, **lists, "task": title, **more}


def due(quote: str, due_on: str | None = None, *, inherited: bool = False) -> Row:
    return {"quote": quote, "due_on": due_on, "inherited": inherited}


# On the small graph


def test_all_tasks_stand_on_the_first_sheet(small: Store) -> None:
    book, rows = asked(small)
    lines = table(book["任务总表"])
    assert [line["行次"] for line in lines] == list(range(1, len(rows) + 1))
    assert [line["任务"] for line in lines] == [row["task"] for row in rows]
    assert lines[0] == {
        "行次": 1,
        "地区": None,
        "序号": "1.",
        "任务": "各单位协作",
        "牵头单位": "司法部",
        "配合单位": None,
        "完成时限": None,
        "依据": "《关于加强协作的通知》：\n“（司法部）”",
        "依据类型": "责任条款",
        **dict.fromkeys(("进展情况", "状态", "办结日期", "备注")),
        "编号（请勿改动）": '["-:关于加强协作的通知:1.1", "-:司法部", ""]',
    }


def test_one_document(small: Store) -> None:
    book, _ = asked(small, document=CHANGZHI)
    first, second, third = table(book["任务总表"])
    assert first["牵头单位"] == "长治市司法局、长治市财政局"
    assert first["配合单位"] == "长治市发展和改革委员会、长治市各县区人民政府（统称）"
    assert first["完成时限"] == "2022年底前\n（2022-12-31）"
    assert str(first["依据"]).startswith("《长治市2022年工作要点》（长政办发〔2022〕14号）：\n“（市司法局）”\n“（市财政局）”")
    # 市司法局 leads in running text what it takes part in by the clause: both are said, and told apart.
    assert second["牵头单位"] == "长治市财政局、长治市司法局（正文表述）"
    assert second["配合单位"] == "长治市司法局"
    assert second["依据类型"] == "责任条款\n正文表述"
    assert third["完成时限"] == "长治市2022年\n（2022-12-31，文件总时限）"
    assert book.properties.title == "长治市2022年工作要点责任清单（共 3 项，其中 0 项出自已核的文件）"


def test_each_unit_has_a_sheet(small: Store) -> None:
    book, rows = asked(small)
    units = {given["agency"] for row in rows for given in row["leads"] + row["participants"]}
    assert book.sheetnames[:2] == ["任务总表", "汇总"]
    assert set(book.sheetnames[2:]) == {name + ("（统称）" if "各县区" in name else "") for name in units}
    lines = table(book["长治市司法局"])
    assert [(line["任务"], line["责任"], line["依据类型"]) for line in lines] == [
        ("全面推行执法公示", "牵头", "责任条款"),
        ("每半年通报一次", "牵头", "正文表述"),
        ("每半年通报一次", "配合", "责任条款"),
    ]
    assert [line["责任"] for line in table(book["长治市各县区人民政府（统称）"])] == ["配合", "配合"]


def test_one_unit(small: Store) -> None:
    book, rows = asked(small, agency="长治市司法局")
    assert book.sheetnames == ["任务总表", "汇总", "长治市司法局"]
    assert len(table(book["任务总表"])) == len(rows) == 2
    keys = [json.loads(str([*row.values()][-1])) for row in table(book["任务总表"])]  # what comes back is that unit's
    assert {unit for _, unit, _ in keys} == {"140400:司法局"}
    assert book.properties.title == "长治市司法局责任清单（共 2 项，其中 0 项出自已核的文件）"


def test_the_summary_counts_clauses_and_sets_the_rest_apart(small: Store) -> None:
    book, rows = asked(small)
    lines = [line for line in table(book["汇总"]) if line["行次"]]
    counted = Counter(
        (given["agency"], column)
        for row in rows
        for column in ("leads", "participants")
        for given in row[column]
        if given["basis"] == "clause"
    )
    for line in lines:
        name = str(line["单位"]).removesuffix("（统称）")
        assert (line["牵头"], line["配合"]) == (counted[name, "leads"], counted[name, "participants"]), name
        assert line["合计"] == line["牵头"] + line["配合"]
    apart = {line["单位"]: (line["正文表述\n（另计）"], line["统一规定\n（另计）"]) for line in lines}
    assert (apart["长治市司法局"], apart["衡阳市司法局"], apart["长治市财政局"]) == ((1, 0), (0, 1), (0, 0))
    assert lines[-1]["单位"] == "长治市各县区人民政府（统称）"


def test_the_chart_shows_single_units(small: Store) -> None:
    book, _ = asked(small)
    (chart,) = book["汇总"]._charts  # type: ignore[attr-defined]
    assert [series.val.numRef.f for series in chart.series] == ["汇总!$C$3:$C$9", "汇总!$D$3:$D$9"]
    assert (chart.barDir, chart.grouping) == ("bar", "stacked")


def test_every_sheet_is_laid_out_for_print(small: Store) -> None:
    book, _ = asked(small, place="长治市")
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
        fit = sheet.sheet_properties.pageSetUpPr
        assert (fit and fit.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")
        assert re.search(r"(?:责任清单|汇总)(?:（共 4 项，其中 0 项出自已核的文件）)?$", str(sheet["A1"].value))
        assert sheet.oddFooter and sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        assert str(sheet.auto_filter.ref).startswith("A2:")
        assert sheet["B2"].alignment.wrap_text


def test_it_is_the_same_every_time(small: Store) -> None:
    one, other = (asked(small)[0] for _ in range(2))
    assert one.sheetnames == other.sheetnames
    assert [list(sheet.values) for sheet in one] == [list(sheet.values) for sheet in other]


# On rows made by hand


def test_nothing_found() -> None:
    book = workbook([])
    assert book.sheetnames == ["任务总表", "汇总"]
    assert table(book["任务总表"]) == []


def test_a_unit_is_listed_once_by_the_surest_basis() -> None:
    both = (unit("市司法局", "narrative", "市司法局要公示。"), unit("市司法局"))
    (line,) = table(workbook([task(leads=both, participants=(unit("市司法局"),))])["任务总表"])
    assert (line["牵头单位"], line["配合单位"], line["依据类型"]) == ("市司法局", None, "责任条款")


def test_what_no_clause_says_is_set_apart() -> None:
    rows = [task(leads=(unit("市司法局"),)), task(leads=(unit("市司法局", "default"),)), task()]
    sheet = workbook(rows)["任务总表"]
    assert [cell.value for cell in sheet["H"]] == [None, "依据类型", "责任条款", "统一规定", None]
    assert [bool(cell.font.italic) for cell in sheet["C"]] == [False, False, False, True, False]
    assert sheet["G5"].value == "《工作要点》：\n“公示。”"


@pytest.mark.parametrize(
    ("deadlines", "said"),
    [
        ([], None),
        ([due("2022年底前", "2022-12-31")], "2022年底前\n（2022-12-31）"),
        ([due("每季度"), due("每季度"), due("2022年底前")], "每季度\n2022年底前"),
        ([due("本年内", "2022-12-31", inherited=True)], "本年内\n（2022-12-31，文件总时限）"),
    ],
)
def test_deadlines(deadlines: list[Row], said: str | None) -> None:
    (line,) = table(workbook([task(deadlines=deadlines)])["任务总表"])
    assert line["完成时限"] == said


def test_what_is_forbidden_is_named_so_and_not_counted() -> None:
    rows = [task(leads=(unit("市司法局", "narrative", modality="must not"), unit("市财政局", "narrative")))]
    assert "市司法局（正文表述，不得）" in str([list(sheet.iter_rows(values_only=True)) for sheet in workbook(rows)])
    counted = spooled(Table("ledger", QUERY.columns, rows, {}), io.BytesIO()).by_id.values()
    assert [(unit.name, unit.known_by("narrative")) for unit in counted] == [("市司法局", 0), ("市财政局", 1)]


def test_long_quotations_are_cut_and_say_so() -> None:
    clauses = ["长" * 500, *(f"{number}" * 190 for number in range(1, 9))]
    rows = [task(leads=tuple(unit(f"局{n}", clause=clause) for n, clause in enumerate(clauses)))]
    said = str(table(workbook(rows)["任务总表"])[0]["依据"])
    assert f"“{'长' * 200}……”" in said
    assert said.endswith("……另有5处")
    assert max(dimension.height for dimension in workbook(rows)["任务总表"].row_dimensions.values()) <= 409


@pytest.mark.parametrize(
    ("title", "said"),
    [("关于印发《方案》的 \n通知", "《关于印发〈方案〉的 通知》：\n“公示。”"), (None, "《140400:1》：\n“公示。”")],
)
def test_titles_in_titles(title: str | None, said: str) -> None:
    assert table(workbook([task(document=title)])["任务总表"])[0]["依据"] == said


def test_sheet_names_are_ones_that_excel_takes() -> None:
    names = ["长" * 40, "长" * 41, "a/b:[c]*?\\", "A_b__c____", "'甲'", "History", "任务总表", "𠮷" * 20, ""]
    book = workbook([task(leads=tuple(unit(name) for name in names))])
    made = [sheet.title for sheet in book]
    assert len({name.lower() for name in made}) == len(made) == 2 + len(names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in made)
    assert not [name for name in made if set(name) & set("[]:*?/\\") or name.startswith("'") or name.lower() == "history"]


def test_cells_are_never_formulas() -> None:
    book = workbook([task("=1+1", (unit("=cmd()"),), place="@甲", deadlines=[due("-1")])], place="140400")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_only_the_busiest_units_have_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST_SHEETS", 2)
    rows = [task(leads=(unit("甲"), unit("乙"), unit("丙"))), task(leads=(unit("乙"), unit("丙")))]
    book = workbook(rows)
    assert set(book.sheetnames) == {"任务总表", "汇总", "乙", "丙"}
    assert "任务较少的1个单位没有单列工作表" in "".join(str(line["单位"]) for line in table(book["汇总"]))
