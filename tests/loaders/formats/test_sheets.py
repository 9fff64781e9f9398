"""Ledgers as .xlsx, .xls and .csv give the facts of the same ledger as .docx and .txt; how cells become lines and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kg.errors import UnreadableFile
from kg.model import Source, Span
from loaders.extract import extract
from loaders.formats import sheets
from loaders.formats.sheets import Row, write_sheet
from loaders.formats.written import Cell, Written
from loaders.read import read
from tests.loaders.formats.layouts import Layout, as_csv, as_docx, as_txt, as_xls, as_xlsx, sheet

BY_TASK: Layout = [
    "云溪市2023年重点督办事项台账",
    "",
    [
        ["序号", "督办事项", "牵头单位", "配合单位", "完成时限", "备注"],
        ["一、优化营商环境", "<", "<", "<", "<", "<"],
        ["1", "编制政务服务事项清单", "市行政审批局", "市司法局、市大数据局", "2023年6月30日", ""],
        ["2", "开通企业诉求直通车", "市工信局", "市税务局\n市商务局", "2023年9月底前", "重点"],
        ["二、保障改善民生", "<", "<", "<", "<", "<"],
        ["3", "新建公办幼儿园5所", "市教育局", "各区县人民政府", "2023年8月31日", ""],
    ],
    "云溪市人民政府办公室",
    "2023年2月14日",
]
BY_AGENCY: Layout = [
    "云溪市推进数字乡村建设任务分工表",
    [
        ["牵头单位", "序号", "工作任务", "完成时限"],
        ["市农业农村局", "1", "建设农产品质量追溯平台", "2024年12月31日"],
        ["^", "2", "开展新型职业农民培训", "2024年10月底前"],
        ["市邮政管理局", "3", "完善村级寄递物流服务点", "2024年6月底前"],
        ["市通信管理办公室", "4", "推进行政村第五代移动通信网络覆盖", "2024年12月31日"],
        ["^", "5", "开展农村老年人手机使用培训", "2024年11月底前"],
    ],
]
ANNEXES: list[Layout] = [
    [
        "云溪市2025年改革工作要点任务清单",
        [
            ["序号", "改革任务", "责任单位", "时间节点"],
            ["1", "推行居住证跨区互认", "市公安局", "2025年6月底前"],
            ["2", "建立公共数据授权运营机制", "市大数据局、市财政局", "2025年9月底前"],
        ],
    ],
    [
        "附件2 云溪市2025年民生实事项目清单",
        [
            ["序号", "工作内容", "牵头单位", "配合单位", "完成时限"],
            ["1", "改造老旧小区40个", "市住建局", "各区县人民政府", "2025年11月底前"],
            ["2", "增设社区助餐点60处", "市民政局", "市市场监管局", "2025年10月底前"],
        ],
    ],
]
LAYOUTS: dict[str, list[Layout]] = {"by task": [BY_TASK], "by agency": [BY_AGENCY], "annexes": ANNEXES}

Make = Callable[[Sequence[Layout]], bytes]
FORMATS: dict[str, Make] = {
    "a.xlsx": lambda layouts: as_xlsx(*(sheet(layout, f"Sheet{n}") for n, layout in enumerate(layouts, 1))),
    "a.xlsm": lambda layouts: as_xlsx(*(sheet(layout, f"附件{n}") for n, layout in enumerate(layouts, 1))),
    "a.xls": lambda layouts: as_xls(*(sheet(layout, f"Sheet{n}") for n, layout in enumerate(layouts, 1))),
    "a.et": lambda layouts: as_xls(*(sheet(layout, f"工作表{n}") for n, layout in enumerate(layouts, 1))),
    "a.csv": as_csv,
    "a.tsv": lambda layouts: as_csv(layouts, "\t"),
    "a.txt": as_txt,
}


def facts(data: bytes, name: str) -> list[Any]:
    """What documents say, without where they say it; a line end inside a cell or a name is no difference."""
    return [
        (
            (document.title, document.issuers, document.issued_on),
            [(task.number, task.title.replace("\n", ""), task.kind, task.headings) for task in document.tasks],
            sorted((a.task, a.role, a.surface, a.basis) for a in document.assignments),
            sorted((d.task or "", d.due or "", d.start or "") for d in document.deadlines),
        )
        for document in extract(data, name).documents
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", FORMATS)
def test_facts_are_those_of_the_same_ledger_in_word(name: str, layout: str) -> None:
    in_word = facts(as_docx(LAYOUTS[layout]), "a.docx")
    assert facts(FORMATS[name](LAYOUTS[layout]), name) == in_word
    assert len(in_word[0][1]) > 2


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "a.txt"])
def test_a_head_of_two_rows(name: str) -> None:
    head = [["序号", "督办事项", "责任分工", "<", "完成时限"], ["^", "^", "牵头单位", "配合单位", "^"]]
    layout: Layout = ["督办台账", [*head, ["1", "修复古城墙", "市文旅局", "市住建局", "2023年6月30日"]]]
    made = FORMATS[name]([layout])
    if name.endswith("sv"):  # what a spreadsheet program writes for merged cells
        rows = "序号,督办事项,责任分工,,完成时限", ",,牵头单位,配合单位,", "1,修复古城墙,市文旅局,市住建局,2023年6月30日"
        made = "\n".join(("督办台账,,,,", *rows)).encode()
    assert facts(made, name) == facts(as_docx([layout]), "a.docx")
    assert [role for _, role, _, _ in facts(made, name)[0][2]] == ["LEADS", "PARTICIPATES"]


def test_what_a_ledger_by_task_says() -> None:
    ((about, tasks, assignments, deadlines),) = facts(FORMATS["a.xls"]([BY_TASK]), "a.xls")
    assert about == ("云溪市2023年重点督办事项台账", ("云溪市人民政府办公室",), "2023-02-14")
    assert [(number, headings[-1]) for number, _, _, headings in tasks] == [
        ("1", "优化营商环境"),
        ("2", "优化营商环境"),
        ("3", "保障改善民生"),
    ]
    assert [surface for task, role, surface, _ in assignments if role == "PARTICIPATES" and task.endswith("1.2")] == [
        "市商务局",
        "市税务局",
    ]
    assert [due for _, due, _ in deadlines] == ["2023-06-30", "2023-09-30", "2023-08-31"]


def test_facts_say_in_which_cell_they_stand() -> None:
    found = extract(as_xls(sheet(BY_TASK, "台账"), sheet(ANNEXES[1], "民生")), "a.xls").as_json()
    assert found["source"]["sheets"] == ["台账", "民生"]
    (document,) = found["documents"]
    places = {fact["surface"]: (fact["sheet"], fact["cell"]) for fact in document["assignments"]}
    assert places["市行政审批局"] == ("台账", "C5")
    assert places["市商务局"] == ("台账", "D6")
    assert places["市住建局"] == ("民生", "C3")
    assert [(task["sheet"], task["cell"]) for task in document["tasks"]][-1] == ("民生", "A4")
    assert (document["deadlines"][-1]["sheet"], document["deadlines"][-1]["cell"]) == ("民生", "E4")
    in_word = extract(as_docx([BY_TASK]), "a.docx").as_json()
    assert "sheets" not in in_word["source"]
    assert not any("cell" in fact for fact in in_word["documents"][0]["assignments"])


# ---- cells to lines and tables --------------------------------------------------------------------------------------


def tables(source: Source) -> list[list[list[str]]]:
    return [[[cell.of(source.text) for cell in row] for row in table.rows] for table in source.tables]


def comma(text: str, name: str = "a.csv") -> Source:
    return read(text.encode(), name)


def test_rows_with_one_cell_are_lines_and_those_between_rows_of_a_table_headings() -> None:
    source = comma("标题,,\n序号,任务,责任单位\n一、甲,,\n1,修路,市交通局\n二、乙,,\n2,架桥,市水利局\n注：略,,\n")
    assert source.text == "标题\n序号\t任务\t责任单位\n一、甲\t\t\n1\t修路\t市交通局\n二、乙\t\t\n2\t架桥\t市水利局\n注：略\n"
    assert [len(table) for table in tables(source)] == [5]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("序号,任务,责任单位\n1,修路,市交通局\n附件2,,\n序号,任务,责任单位\n1,架桥,市水利局\n", [2, 2]),  # a title and a head
        ("序号,任务,责任单位\n1,修路,市交通局\n序号,任务,责任单位\n2,架桥,市水利局\n", [4]),  # the head again on a page
        ("序号,任务,责任单位\n1,修路,市交通局\n序号,措施,牵头部门\n1,架桥,市水利局\n", [2, 2]),  # another head
        ("序号,任务,责任单位\n1,修路,市交通局\n\n联系人,,\n姓名,科室,房间\n张某,一科,101\n", [2, 2]),  # a title apart
        ("序号,任务,责任单位\n1,修路,市交通局\n\n2,架桥,市水利局\n", [3]),  # an empty row
        ("甲,乙\n", []),  # one row
    ],
)
def test_where_a_table_ends(text: str, lengths: list[int]) -> None:
    assert [len(table) for table in tables(comma(text))] == lengths


def test_what_stands_above_the_head_is_no_part_of_the_table() -> None:
    source = comma("任务表,,\n填报单位：市教育局,,填报日期：2023年5月4日\n序号,任务,责任单位\n1,建校,市教育局\n")
    assert source.text.startswith("任务表\n填报单位：市教育局\t填报日期：2023年5月4日\n序号\t")
    assert tables(source)[0][0] == ["序号", "任务", "责任单位"]


def test_columns_without_words_are_none() -> None:
    source = comma("序号,,任务,责任单位,\n1,,修路,市交通局,\n")
    assert source.text == "序号\t任务\t责任单位\n1\t修路\t市交通局\n"
    (made,) = source.sheets
    assert made.cell(source.text, source.text.index("市交通局")) == "D2"


def test_where_a_cell_stands() -> None:
    cell = Cell("修\n路")
    rows = [
        Row(3, {5: Cell("标题")}, apart=True),
        Row(4, {5: Cell("号"), 28: cell}, apart=False),
        Row(9, {28: cell}, apart=True),
    ]
    rows.append(Row(11, {5: Cell("2"), 27: Cell("桥"), 28: Cell("甲")}, apart=True))
    written = Written()
    written.line("上一张表")
    made = write_sheet("台账", rows, written)
    text = written.text()
    assert text == "上一张表\n标题\n号\t\t修\n路\n2\t桥\t甲\n"
    places = {words: made.cell(text, text.index(words)) for words in ("上一", "标题", "号", "路", "2", "桥", "甲")}
    assert places == {"上一": None, "标题": "F3", "号": "F4", "路": "AC4", "2": "F11", "桥": "AB11", "甲": "AC11"}
    assert made.span == Span(5, len(text))
    assert made.rows == ((5, 3), (8, 4), (15, 11))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("重点任务分解表", "重点任务分解表"),
        ("Sheet1", "序号\t任务\t责任单位"),
        ("工作表 2", "序号\t任务\t责任单位"),
        ("1月", "序号\t任务\t责任单位"),
        ("ledger", "序号\t任务\t责任单位"),
    ],
)
def test_the_name_of_a_sheet_is_its_title_where_it_has_none(name: str, first: str) -> None:
    layout: Layout = [[["序号", "任务", "责任单位"], ["1", "修路", "市交通局"]]]
    assert read(as_xlsx(sheet(layout, name)), "a.xlsx").text.splitlines()[0] == first
    titled = read(as_xlsx(sheet(["标题", *layout], name)), "a.xlsx")
    assert titled.text.splitlines()[0] == "标题"


def test_a_table_too_large_for_one_keeps_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_PLACES", 9)
    rows = [["1", "修路", "市交通局"], ["2", "架\n桥", "^"], ["3", "", "市水利局"]]
    source = read(as_xlsx(sheet([[["序号", "任务", "责任单位"], *rows]])), "a.xlsx")
    assert source.tables == ()
    assert source.text == "序号\t任务\t责任单位\n1\t修路\t市交通局\n2\t架 桥\t\n3\t\t市水利局\n"
    assert [number for _, number in source.sheets[0].rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "title"), [("云溪市2023年粮食安全任务清单.csv", "云溪市2023年粮食安全任务清单"), ("03.csv", "核查粮库库存")]
)
def test_a_csv_without_a_title_goes_by_its_name_or_else_its_first_task(name: str, title: str) -> None:
    data = "序号,工作任务,牵头单位\n1,核查粮库库存,市粮食局\n2,更新应急网点,市商务局\n".encode()
    [document] = extract(data, name).documents
    assert (document.title, [task.title for task in document.tasks]) == (title, ["核查粮库库存", "更新应急网点"])


# ---- .csv and .tsv --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "序号;任务;单位\n1;修路，架桥,造林;市交通局\n".encode(),
        "序号|任务|单位\r\n1|修路，架桥,造林|市交通局\r\n".encode("gbk"),
        "\ufeff序号\t任务\t单位\n1\t修路，架桥,造林\t市交通局\n".encode("utf-16-le"),
        '\ufeff序号,任务,单位\n1,"修路，架桥,造林",市交通局\n'.encode(),
        "sep=|\n序号|任务|单位\n1|修路，架桥,造林|市交通局".encode(),
    ],
)
def test_what_parts_cells(data: bytes) -> None:
    source = read(data, "a.csv")
    assert source.media_type == "text/csv"
    assert tables(source) == [[["序号", "任务", "单位"], ["1", "修路，架桥,造林", "市交通局"]]]


def test_more_cells_than_are_read() -> None:
    with pytest.raises(UnreadableFile, match="more than 1,000,000 cells"):
        comma("," * 1_000_001)


def test_quotation_marks() -> None:
    closed = comma('序号,任务\n1,"修""路""\n架桥"\n2,造林\n')
    assert tables(closed) == [[["序号", "任务"], ["1", '修"路"\n架桥'], ["2", "造林"]]]
    left_open = comma('序号,任务\n1,"修路\n2,造林\n')
    assert tables(left_open) == [[["序号", "任务"], ["1", '"修路'], ["2", "造林"]]]


def test_plain_text_stays_as_it_is() -> None:
    text = "序号\t任务\t责任单位\n1\t修路\t市交通局\n"
    source = comma(text, "a.txt")
    assert (source.text, source.media_type, source.tables) == (text, "text/plain", ())
