"""Tables of tasks: made-up ones in every layout that real ones come in, and tables that are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from kg.model import Document, Source, Span, Table
from loaders import extract as extract_module
from loaders.extract import extract
from loaders.text.tables import find_tables
from loaders.text.view import plain
from tests.clock import cpu_seconds

TITLE = "临江市2023年重点任务分工方案\n"


class Seen(NamedTuple):
    """One task: its number, its title, those who lead, those who take part, and when it is due."""

    number: str
    title: str
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    due: tuple[str | None, ...] = ()


def seen(document: Document) -> list[Seen]:
    found = []
    for task in document.tasks:
        own = [a for a in document.assignments if a.task == task.id and a.basis == "clause"]
        found.append(
            Seen(
                task.number,
                task.title,
                tuple(a.name for a in own if a.role == "LEADS"),
                tuple(a.name for a in own if a.role == "PARTICIPATES"),
                tuple(x.due or x.every or x.kind for x in document.deadlines if x.task == task.id),
            )
        )
    return found


def of_text(text: str) -> Document:
    (document,) = extract((TITLE + text).encode(), "t.txt").documents
    quotes = [(fact.span, fact.surface) for fact in document.assignments]
    quotes += [(fact.span, fact.surface) for fact in document.deadlines]
    assert all(span.of(TITLE + text) == surface for span, surface in quotes)
    return document


def source_of(rows: str, *, above: str = TITLE, below: str = "") -> Source:
    """A source with one marked table: a line is a row, | parts cells, ^ goes on with the cell above, < with that before;
    / is a line end inside a cell."""
    text = above
    begin = len(text)
    grid: list[list[Span]] = []
    for line in rows.strip().split("\n"):
        row: list[Span] = []
        for n, cell in enumerate(line.split("|")):
            words = cell.strip().replace("/", "\n")
            if words == "^":
                row.append(grid[-1][n])
            elif words == "<":
                row.append(row[-1])
            else:
                text += "\t" if row else ""
                row.append(Span(len(text), len(text) + len(words)))
                text += words
        text += "\n"
        grid.append(row)
    table = Table(Span(begin, len(text) - 1), tuple(tuple(row) for row in grid))
    return Source("0" * 64, "t.html", "text/html", text + below, (), (table,))


def of_table(rows: str, monkeypatch: pytest.MonkeyPatch, *, above: str = TITLE, below: str = "") -> Document:
    source = source_of(rows, above=above, below=below)
    monkeypatch.setattr(extract_module, "read", lambda *_: source)
    (document,) = extract(b"", "t.html").documents
    return document


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            """序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限
               1 | 推进一网通办 | 市政务局 | 市司法局、市财政局 | 2023年6月底前
               2 | 整治占道经营 | 市城管局 | | 长期坚持""",
            [
                Seen("1", "推进一网通办", ("市政务局",), ("市司法局", "市财政局"), ("2023-06-30",)),
                Seen("2", "整治占道经营", ("市城管局",)),
            ],
            id="the usual columns",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位
               1 | 推进改革 | 市司法局、市财政局
               2 | 完善制度 | 市教育局牵头，市财政局、各县（市、区）配合
               3 | 清理文件 | 市司法局按职责分工负责""",
            [
                Seen("1", "推进改革", ("市司法局", "市财政局")),
                Seen("2", "完善制度", ("市教育局",), ("市财政局", "各县(市、区)")),
                Seen("3", "清理文件", ("市司法局",)),
            ],
            id="a lone 责任单位 leads, unless the cell says who does",
        ),
        pytest.param(
            """序号 | 任务 | 牵头单位 | 责任单位
               1 | 推进改革 | 市司法局 | 市财政局、市教育局""",
            [Seen("1", "推进改革", ("市司法局",), ("市财政局", "市教育局"))],
            id="责任 beside 牵头 takes part",
        ),
        pytest.param(
            """序号 | 任务 | 实施单位 | 指导单位 | 备注
               1 | 推进改革 | 市司法局 | 省司法厅 | 新增""",
            [Seen("1", "推进改革", ("市司法局", "省司法厅"))],
            id="nobody is named as lead",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位（列第一位者为牵头单位）
               1 | 推进改革 | 市司法局、市财政局、市教育局""",
            [Seen("1", "推进改革", ("市司法局",), ("市财政局", "市教育局"))],
            id="the head says that the first leads",
        ),
        pytest.param(
            """序号 | 任务 | 牵头单位及配合单位
               1 | 推进改革 | 市司法局牵头，市财政局配合
               2 | 完善制度 | 牵头单位：市教育局；配合单位：市民政局""",
            [
                Seen("1", "推进改革", ("市司法局",), ("市财政局",)),
                Seen("2", "完善制度", ("市教育局",), ("市民政局",)),
            ],
            id="one column for both",
        ),
        pytest.param(
            """序号 | 工作任务 | 责任分工 | < | 完成时间
               ^ | ^ | 牵头单位 | 配合单位 | ^
               1 | 推进改革 | 市司法局 | 市财政局 | 2023年
               2 | 完善制度 | 市教育局 | 市财政局 | 12月底""",
            [
                Seen("1", "推进改革", ("市司法局",), ("市财政局",), ("2023-12-31",)),
                Seen("2", "完善制度", ("市教育局",), ("市财政局",), ("2023-12-31",)),
            ],
            id="a head on two rows",
        ),
        pytest.param(
            """2023年重点任务分工表 | < | <
               序号 | 任务 | 责任单位
               一、优化服务 | < | <
               1 | 推进改革 | 市司法局
               二、加强监管 | < | <
               2 | 完善制度 | 市教育局""",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="a title and group rows merged over all columns",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位 | 完成时限
               1 | 推进改革 | 市司法局、市财政局 | 2023年9月
               2 | 完善制度 | ^ | ^
               3 | 清理文件 | 市教育局 | 每季度""",
            [
                Seen("1", "推进改革", ("市司法局", "市财政局"), (), ("2023-09-30",)),
                Seen("2", "完善制度", ("市司法局", "市财政局"), (), ("2023-09-30",)),
                Seen("3", "清理文件", ("市教育局",), (), ("quarter",)),
            ],
            id="a merged cell binds every row that it covers",
        ),
        pytest.param(
            """序号 | 重点任务 | 具体措施 | 责任单位
               1 | 优化服务 | 推进改革 | 市司法局
               ^ | ^ | 完善制度 | 市教育局
               2 | 加强监管 | 清理文件 | 市财政局""",
            [Seen("1", "优化服务", ("市司法局", "市教育局")), Seen("2", "加强监管", ("市财政局",))],
            id="one number over two rows is one task",
        ),
        pytest.param(
            """重点任务 | 具体措施 | 责任单位
               优化服务 | 推进改革 | 市司法局
               ^ | 完善制度 | 市教育局
               加强监管 | 清理文件 | 市财政局""",
            [Seen("", "推进改革", ("市司法局",)), Seen("", "完善制度", ("市教育局",)), Seen("", "清理文件", ("市财政局",))],
            id="without 序号 each row is a task",
        ),
        pytest.param(
            """ | 任务 | 责任单位
               1 | 推进改革 | 市司法局
               2 | 完善制度 | 市教育局""",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="numbers without a head",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位
               1 | 推进改革 | 市司法局
               序号 | 任务 | 责任单位
               2 | 完善制度 | 市教育局""",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="the head again on the next page",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位 | 责任人 | 联系电话
               1 | 推进改革 | 市司法局 | 张三 | 12345678""",
            [Seen("1", "推进改革", ("市司法局",))],
            id="people and telephones are no units",
        ),
        pytest.param(
            """责任单位 | 主要任务
               市司法局 | 负责推进改革。
               市教育局 | 负责完善制度。""",
            [Seen("", "负责推进改革", ("市司法局",)), Seen("", "负责完善制度", ("市教育局",))],
            id="duties by agency",
        ),
        pytest.param(
            """序号 | 单位 | 工作职责
               1 | 市司法局 | 推进改革。
               2 | 市教育局 | 完善制度。""",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="duties by agency, with numbers",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位
               1 | 推进改革 | 财政部/科技部
               2 | 完善制度 | 市发展和/改革委员会
               3 | 清理文件 | 市委/宣传部/市教育局""",
            [
                Seen("1", "推进改革", ("财政部", "科技部")),
                Seen("2", "完善制度", ("市发展和改革委员会",)),
                Seen("3", "清理文件", ("市委宣传部", "市教育局")),
            ],
            id="line ends in a cell part whole names only",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位
               1 | 推进改革（市财政局配合） | 市司法局
               合计 | 2项 | """,
            [Seen("1", "推进改革（市财政局配合）", ("市司法局",), ("市财政局",))],
            id="a bracket in a text is read too; a sum is no task",
        ),
        pytest.param(
            """序号 | 任务 | 责任单位
               1 | 完善基本原则 | 市司法局
               2 | 本办法由市财政局解释 | 市教育局""",
            [Seen("1", "完善基本原则", ("市司法局",)), Seen("2", "本办法由市财政局解释", ("市教育局",))],
            id="every row is a task, whatever it speaks of",
        ),
        pytest.param(
            """序号 | 任务 | 备注
               1 | 推进改革 | 新增
               2 | 完善制度 | """,
            [Seen("1", "推进改革"), Seen("2", "完善制度")],
            id="numbered tasks without a unit",
        ),
    ],
)
def test_marked_table(rows: str, expected: list[Seen], monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(of_table(rows, monkeypatch)) == expected


NO_TASKS = [
    "序号 | 指标名称 | 单位 | 2023年目标\n1 | 绿化率 | % | 40\n2 | 就业人数 | 万人 | 5",
    "序号 | 姓名 | 单位 | 联系电话\n1 | 张三 | 市司法局 | 12345678\n2 | 李四 | 市教育局 | 87654321",
    "序号 | 收费项目 | 收费标准 | 收费依据\n1 | 工本费 | 5元 | 文件\n2 | 手续费 | 8元 | 文件",
    "年份 | 产值 | 增速\n2021 | 5 | 6\n2022 | 6 | 7",
    "序号 | 许可事项 | 实施机关 | 设定依据\n1 | 经营许可 | 市司法局 | 条例",
    "序号 | 牵头单位\n1 | 市司法局\n2 | 市教育局",
    "序号 | 工作任务 | 责任领导\n | | ",
]


@pytest.mark.parametrize("rows", NO_TASKS)
def test_other_tables_are_none_of_ours(rows: str) -> None:
    source = source_of(rows)
    assert find_tables(source, plain(source.text)) == []
    lines = Source("0" * 64, "t.txt", "text/plain", source.text)
    assert find_tables(lines, plain(lines.text)) == []


def test_a_table_goes_on_without_its_head() -> None:
    first = source_of("序号 | 任务 | 责任单位\n1 | 推进改革 | 市司法局\n2 | 完善制度 | 市教育局", below="- 2 -\n")
    second = source_of("3 | 清理文件 | 市财政局\n4 | 公开信息 | 市民政局", above=first.text)
    both = Source("0" * 64, "t.pdf", "application/pdf", second.text, (), (*first.tables, *second.tables))
    assert [[row.number for row in table.rows] for table in find_tables(both, plain(both.text))] == [["1", "2"], ["3", "4"]]


def test_headings_and_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = """序号 | 领域 | 任务 | 责任单位
              一、优化服务 | < | < | <
              1 | 政务 | 推进改革 | 市司法局
              2 | ^ | 完善制度 | 市教育局
              （一）信息 | < | < | <
              3 | 数据 | 归集数据 | 市数据局
              二、加强监管 | < | < | <
              1 | 文件 | 清理文件 | 市财政局"""
    above = TITLE + "一、总则\n推进工作。\n附件1\n2023年重点任务分工表\n"
    document = of_table(rows, monkeypatch, above=above, below="附件2\n说明\n")
    tasks = document.tasks[1:]
    assert [task.headings for task in tasks] == [
        ("2023年重点任务分工表", "优化服务", "政务"),
        ("2023年重点任务分工表", "优化服务", "政务"),
        ("2023年重点任务分工表", "优化服务", "信息"),
        ("2023年重点任务分工表", "加强监管"),
    ]
    assert [task.id.rpartition(":")[2] for task in tasks] == ["1.1", "1.2", "1.1.3", "2.1"]
    assert {task.kind for task in tasks} == {"task"}
    assert not document.deadlines  # the year of the table's title binds nobody


def test_rows_numbered_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ["十", "十九", "二十", "二十一、"]
    rows = "\n".join(["序号 | 任务 | 责任单位", *(f"{number} | 推进{number}改革 | 市司法局" for number in numbers)])
    tasks = of_table(rows, monkeypatch).tasks
    assert [task.number for task in tasks] == numbers
    assert [task.id.rpartition(":")[2] for task in tasks] == ["10", "19", "20", "21"]


def test_a_row_that_heads_others_by_what_they_count(monkeypatch: pytest.MonkeyPatch) -> None:
    first = "一、 | 巡查 | 60 | \n1 | 推进巡河 | 60 | 市水利局"
    second = "二、 | 宣传 | 40 | \n2 | 推进普法 | 40 | 市司法局"
    rows = f"序号 | 任务 | 分值 | 责任单位\n | 总分 | 100 | \n{first}\n{second}"
    document = of_table(rows, monkeypatch)
    assert [(task.number, task.headings[-1]) for task in document.tasks] == [("1", "巡查"), ("2", "宣传")]


def test_a_row_is_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "序号 | 任务 | 责任单位\n1 | 推进改革 | 市司法局\n2 | 各县区要完善制度 | 市教育局"
    source = source_of(rows)
    document = of_table(rows, monkeypatch)
    assert [task.span.of(source.text) for task in document.tasks] == ["1\t推进改革\t市司法局", "2\t各县区要完善制度\t市教育局"]
    assert [(a.basis, a.surface) for a in document.assignments if a.task == document.tasks[1].id] == [
        ("narrative", "各县区"),
        ("clause", "市教育局"),
    ]
    assert [a.clause and a.clause.of(source.text) for a in document.assignments if a.basis == "clause"] == [
        "市司法局",
        "市教育局",
    ]


def test_the_rule_above_a_table_holds_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    above = TITLE + "一、要求\n推进工作。（责任单位：市民政局，列第一位者为牵头单位，下同）\n二、任务\n"
    document = of_table("序号 | 任务 | 责任单位\n1 | 推进改革 | 市司法局、市财政局", monkeypatch, above=above)
    assert seen(document)[-1] == Seen("1", "推进改革", ("市司法局",), ("市财政局",))


USUAL = [
    Seen("1", "推进一网通办", ("市政务局",), ("市司法局", "市财政局"), ("2023-06-30",)),
    Seen("2", "整治占道经营", ("市城管局",), ("各县（市、区）".translate(str.maketrans("（）", "()")),)),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n"
            "1\t推进一网通办\t市政务局\t市司法局、市财政局\t6月底\n"
            "2\t整治占道经营\t市城管局\t各县（市、区）\t持续推进\n",
            USUAL,
            id="tabs",
        ),
        pytest.param(
            "| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限 |\n|---|:---:|---|---|---|\n"
            "| 1 | 推进一网通办 | 市政务局 | 市司法局、市财政局 | 2023年6月 |\n"
            "| 2 | 整治占道经营 | 市城管局 | 各县（市、区） | |\n",
            USUAL,
            id="rules",
        ),
        pytest.param(
            "序号  工作任务   牵头单位　　配合单位  完成时限\n"
            "1   推进一网通办  市政务局  市司法局、市财政局  2023年6月底\n"
            "2   整治占道经营  市城管局  各县（市、区）  长期\n",
            USUAL,
            id="wide blanks",
        ),
        pytest.param(
            "序号 工作任务 牵头单位 配合单位 完成时限\n"
            "1 推进一网通办 市政务局 市司法局、市财政局 2023年6月底\n"
            "2 整治占道经营 市城管局 各县（市、区） 长期\n",
            USUAL,
            id="single blanks",
        ),
        pytest.param(
            "序号\n工作任务\n牵头单位\n配合单位\n完成\n时限\n"
            "1\n推进一网通办\n市政务局\n市司法局、\n市财政局\n2023年6月底\n"
            "2\n整治占道经营\n市城管局\n各县（市、区）\n长期\n",
            USUAL,
            id="a cell a line, with a head and a cell on two",
        ),
        pytest.param(
            "序号\t工作任务\t责任单位\n一、优化服务\n1\t推进改革\t市司法局\n二、加强监管\t\t\n2\t完善制度\t市教育局\n",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="headings between tabbed rows",
        ),
        pytest.param(
            "序号\t工作任务\t责任单位\t完成时限\n"
            "1\t推进改革\t市司法局\n市财政局\n市教育局\t年底\n"
            "2\t完善制度。\n健全机制。\t市民政局\t2023.06\n",
            [
                Seen("1", "推进改革", ("市司法局", "市财政局", "市教育局"), (), ("2023-12-31",)),
                Seen("2", "完善制度", ("市民政局",), (), ("2023-06-30",)),
            ],
            id="cells that run over lines",
        ),
        pytest.param(
            "序号\t工作任务\t责任单位\t备注\n1\t推进改革\t市司法局\n2\t完善制度\t研究推进工作\n3\t清理文件\n4\ta\tb\tc\td\te\n"
            "5\t公开信息\t市民政局\t\n",
            [
                Seen("1", "推进改革", ("市司法局",)),
                Seen("2", "完善制度"),
                Seen("3", "清理文件"),
                Seen("5", "公开信息", ("市民政局",)),
            ],
            id="ragged rows",
        ),
        pytest.param(
            "序号\n任务\n内容\n责任单位\n范围\n"
            "一、优化服务（共\n2\n项）\n"
            "1\n推进改革\n推进各项改革，简化办理。\n市司法局\n全市\n"
            "2\n建立\n新机制\n深化改革，“技术\n+\n服务”。\n市教育局、市财政局\n3\n个县区\n"
            "3\n公开信息\n公开信息，接受监督。\n市数据局\n全市\n"
            "二、加强监管（共\n2\n项）\n三、附则（共\n0\n项）\n"
            "7\n完善制度\n建立制度，抓好落实。\n市民政局\n8\n个县\n"
            "8\n清理文件\n清理文件，及时公开。\n市财政局\n全市\n扫一扫在手机打开当前页\n",
            [
                Seen("1", "推进改革", ("市司法局",)),
                Seen("2", "建立\n新机制", ("市教育局", "市财政局")),
                Seen("3", "公开信息", ("市数据局",)),
                Seen("7", "完善制度", ("市民政局",)),
                Seen("8", "清理文件", ("市财政局",)),
            ],
            id="numbers inside cells and headings are no rows",
        ),
        pytest.param(
            "序号\n任务\n责任单位\n配合单位\n备注\n1\n推进改革\n市司法局\n市财政局\n"
            "2\n完善制度\n市教育局\n3\n清理文件\n市民政局\n市财政局\n市教育局\n4\n公开信息\n市财政局\n市民政局\n试行\n",
            [
                Seen("1", "推进改革", ("市司法局",), ("市财政局",)),
                Seen("2", "完善制度", ("市教育局",)),
                Seen("3", "清理文件"),
                Seen("4", "公开信息", ("市财政局",), ("市民政局",)),
            ],
            id="empty cells leave no line; what may stand in two columns stands in none",
        ),
        pytest.param(
            "序号\n任务\n责任单位\n1\n推进改革\n市司法局\n- 3 -\n序号\n任务\n责任单位\n2\n完善制度\n市教育局\n",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="a page number and the head again",
        ),
        pytest.param(
            "序号 |\n任务 |\n责任单位 |\n1 |\n推进改革 |\n市司法局 |\n2 |\n完善制度 |\n市教育局 |\n",
            [Seen("1", "推进改革", ("市司法局",)), Seen("2", "完善制度", ("市教育局",))],
            id="one cell a line, a rule behind each",
        ),
        pytest.param(
            "帮扶清单\n帮扶对象\n帮扶内容\n责任部门\n安居\n1\n困难职工\n修缮房屋，安装扶手\n市住建局\n2\n开展走访，登记需求\n"
            "市民政局、市残联\n就业\n3\n毕业生\n提供岗位，组织培训\n市人社局\n",
            [
                Seen("1", "修缮房屋，安装扶手", ("市住建局",)),
                Seen("2", "开展走访，登记需求", ("市民政局", "市残联")),
                Seen("3", "提供岗位，组织培训", ("市人社局",)),
            ],
            id="a cell a line, the head of the numbers left empty",
        ),
        pytest.param(
            "帮扶措施\n|\n具体做法\n|\n责任科室\n|\n办结时间\n|\n改善困难职工居住条件\n|\n1\n|\n修缮房屋，安装扶手。\n|\n后勤科\n|\n6月底前\n|\n"
            "2\n|\n发放补贴。\n|\n财务科、后勤科\n|\n持续推进\n|\n扩大就业\n|\n3\n|\n提供岗位，组织培训。\n|\n办公室\n|\n年底前\n",
            [
                Seen("1", "修缮房屋，安装扶手", ("后勤科",), due=("2023-06-30",)),
                Seen("2", "发放补贴", ("财务科", "后勤科")),
                Seen("3", "提供岗位，组织培训", ("办公室",), due=("2023-12-31",)),
            ],
            id="a cell a line, a rule between, the first cell shared by rows, before their numbers",
        ),
        pytest.param(
            "序号\n工作任务\n牵头单位\n配合单位\n1\n推进旧管网\n改造。\n市住房城乡建\n设局、市水\n利局\n市财政局、市委\n编办、各县区人\n民政府\n"
            "2\n完善巡查\n制度。\n市应急管\n理局\n市水利局等\n市级有关单位\n3\n开展演练。\n市应急管\n理局\n市气象局\n",
            [
                Seen("1", "推进旧管网\n改造", ("市住房城乡建设局", "市水利局"), ("市财政局", "市委编办", "各县区人民政府")),
                Seen("2", "完善巡查\n制度", ("市应急管理局",), ("市水利局", "市级有关单位")),
                Seen("3", "开展演练", ("市应急管理局",), ("市气象局",)),
            ],
            id="a cell over several lines, broken inside its names",
        ),
        pytest.param(
            "工作任务\n具体举措\n牵头单位\n配合单位\n完成时限\n推进一网通办\n精简材料，压缩时限\n市政务局\n市司法局、市财政局\n6月底\n"
            "整治占道经营\n划定区域\n市城管局\n各县（市、区）\n12月底\n临江市人民政府\n",
            [
                Seen("", "推进一网通办", ("市政务局",), ("市司法局", "市财政局"), ("2023-06-30",)),
                Seen("", "整治占道经营", ("市城管局",), ("各县(市、区)",), ("2023-12-31",)),
            ],
            id="a cell a line, no numbers",
        ),
        pytest.param(
            "类别 | 事项 | 目标 | 责任单位 | 电话 |\n一、教育 | 1.改建校舍 | 建成两栋教学楼。 | 市教育局 | 12345 |\n"
            "2.开展课后服务 | 全部学校开展。 | 市教育局、市财政局 | 12346 | |\n",
            [Seen("1.", "改建校舍", ("市教育局",)), Seen("2.", "开展课后服务", ("市教育局", "市财政局"))],
            id="a row that stands one column before its own",
        ),
        pytest.param(
            "序号\n工作任务\n责任单位\n推进治水。\n(一)\n疏通河道。\n1\n完成河道清淤。\n市水利局\n2\n建成市排水服务中心。\n市住建局\n(二)\n加强巡查。\n"
            "3\n开展河道巡查。\n市水利局\n",
            [
                Seen("1", "完成河道清淤", ("市水利局",)),
                Seen("2", "建成市排水服务中心", ("市住建局",)),
                Seen("3", "开展河道巡查", ("市水利局",)),
            ],
            id="a cell a line, the numbers of headings in cells of their own",
        ),
        pytest.param(
            "存在问题\t整改措施\t责任单位\n投资不足\t出台实施意见，谋划项目。\t市发改委牵头，市财政局\n创新投融资方式，盘活资产。\t市财政局\n"
            "交通拥堵\t打通断头路，优化信号。\t市公安局、市住建局牵头，市交通局\n",
            [
                Seen("", "出台实施意见，谋划项目", ("市发改委",), ("市财政局",)),
                Seen("", "创新投融资方式，盘活资产", ("市财政局",)),
                Seen("", "打通断头路，优化信号", ("市公安局", "市住建局"), ("市交通局",)),
            ],
            id="rows that share their first cell",
        ),
        pytest.param(
            "类别\n\n项目\n\n任务\n\n牵头单位\n\n配合单位\n\n一、打好基础\n\n1.建立\n台账\n\n摸清底数，分类登记。\n\n市水利局\n\n各街道、\n"
            "有关委、办、局\n\n指导各街道按照规范建设巡查队。\n\n市应急局\n\n各街道\n\n二、抓好整改\n\n2.清理河道\n\n组织清淤。\n\n市水利局、\n"
            "各街道\n\n市财政局\n",
            [
                Seen("1.", "建立\n台账", ("市水利局", "市应急局"), ("各街道", "有关委、办、局", "各街道")),
                Seen("2.", "清理河道", ("市水利局", "各街道"), ("市财政局",)),
            ],
            id="empty lines part the cells, 一、 heads rows, one column counts the tasks",
        ),
        pytest.param(
            "序号\n事项\n任务\n牵头单位\n配合单位\n局内牵头处室\n局内配合处室\n1\n扩大养老供给。\n新建养老机构三家。\n"
            "各区政府\n市卫生健康委\n养老处\n财务处\n公开招聘护理员，落实补贴。\n各区政府、市卫生健康委\n/\n人事处\n/\n"
            "2\n完善评估。\n开展评估，公布结果。\n市民政局、各区政府\n市统计局\n养老处\n/\n",
            [
                Seen(
                    "1",
                    "扩大养老供给",
                    ("各区政府", "养老处", "各区政府", "市卫生健康委", "人事处"),
                    ("市卫生健康委", "财务处"),
                ),
                Seen("2", "完善评估", ("市民政局", "各区政府", "养老处"), ("市统计局",)),
            ],
            id="a cell a line, rows that share their number",
        ),
        pytest.param(
            "序号\n\n项目\n\n类别\n\n具 体 内 容\n\n牵头\n\n部门\n\n相关责任部门\n\n完成\n\n时间\n\n"
            "108\n\n推进素质教育\n\n教育局\n\n13个街道、镇\n\n2023年\n\n"
            "109\n\n加强市区两级学校的建设\n\n教育局\n\n规划局、房管局等相关部门,13个街道、镇\n\n2023年\n\n",
            [
                Seen("108", "推进素质教育", ("教育局",), ("街道、镇",), due=("2023-12-31",)),
                Seen(
                    "109",
                    "加强市区两级学校的建设",
                    ("教育局",),
                    ("规划局", "房管局", "相关部门", "街道、镇"),
                    due=("2023-12-31",),
                ),
            ],
            id="a head broken over lines, a column that is empty, units that are counted",
        ),
        pytest.param(
            "序号\n重点工作\n主要责任单位\n协同配合单位\n一、扩大投资\n3\n水利投资增长一成。\n市水利局\n"
            "市财政局,各乡镇人民政府,石河水务集团。\n二、做强产业\n三、改善民生\n68\n扩建学校。\n市教育局\n市招商中心。\n",
            [
                Seen("3", "水利投资增长一成", ("市水利局",), ("市财政局", "各乡镇人民政府", "石河水务集团")),
                Seen("68", "扩建学校", ("市教育局",), ("市招商中心",)),
            ],
            id="the rows of one office: numbers with gaps, headings without rows, units that end in 。",
        ),
        pytest.param(
            "序号\n\n任务名称\n\n检查对\n\n象范围\n\n抽取\n\n类型\n\n抽查\n\n户数\n\n抽查\n\n比例\n\n检查\n\n方式\n\n组织\n\n层级\n\n"
            "抽取\n\n日期\n\n牵头部门\n\n参与部门\n\n备注\n\n"
            "1\n\n汽车市场\n\n4S店\n\n定向\n\n6\n\n一成\n\n现场\n\n本级\n\n当月\n\n商务局\n\n市场监管局\n\n市税务局\n\n\n"
            "2\n\n预付卡\n\n发售企业\n\n不定向\n\n8\n\n两成\n\n网上\n\n本级\n\n当月\n\n商务局\n\n市场监管局\n\n\n",
            [
                Seen("1", "汽车市场", ("商务局",), ("市场监管局", "市税务局")),
                Seen("2", "预付卡", ("商务局",), ("市场监管局",)),
            ],
            id="a head of more columns than there are, broken by a narrow page; one who leads, several beside",
        ),
        pytest.param(
            "序号 |\n类别 |\n检查事项 |\n检查对象 |\n执行股室 |\n比例 |\n备注 |\n"
            "1 |\n农产品 |\n检查种子 |\n种子企业 |\n执法一中队 |\n5% |\n|\n检查农药 |\n农药企业 |\n执法二中队 |\n10% |\n|\n||\n"
            "2 |\n兽药 |\n检查兽药 |\n兽药企业 |\n执法三中队 |\n30% |\n|\n",
            [Seen("1", "检查种子", ("执法一中队", "执法二中队"), ()), Seen("2", "检查兽药", ("执法三中队",), ())],
            id="rows that share a number and more, without remarks",
        ),
        pytest.param(
            "序号 领域 事项 对象 发起部门 配合部门 层级\n1 印刷 印刷经营检查 印刷企业单位 宣传部门 文化和旅游部门 市级\n"
            "2 零售 零售经营检查 出版物零售单位\n3 教育 办学检查 中小学校 教育部门 市场监管部门 市级\n",
            [
                Seen("1", "印刷经营检查", ("宣传部门",), ("文化和旅游部门",)),
                Seen("2", "零售 零售经营检查 出版物零售单位", (), ()),
                Seen("3", "办学检查", ("教育部门",), ("市场监管部门",)),
            ],
            id="as many words as columns; who is inspected is nobody that acts",
        ),
        pytest.param(
            "名 称 |\n责任单位 |\n工作任务与目标 |\n门前保洁 |\n市容大队 |\n保持门前清洁，杜绝乱堆垃圾。 |\n夜市整治 |\n"
            "市容大队 |\n合理设置夜市，明确收摊时间。 |\n三区划分：\n",
            [
                Seen("", "保持门前清洁，杜绝乱堆垃圾", ("市容大队",), ()),
                Seen("", "合理设置夜市，明确收摊时间", ("市容大队",), ()),
            ],
            id="a cell a line without numbers, units before what they do",
        ),
        pytest.param(
            "|\n序号\n|\n事项\n|\n责任单位\n|\n|\n1\n|\n市法治建设规划\n|\n市司法局\n|\n|\n2\n|\n市“十四五”规划\n|\n市级相关部门\n|\n",
            [Seen("1", "市法治建设规划", ("市司法局",), ()), Seen("2", "市“十四五”规划", ("市级相关部门",), ())],
            id="rules on lines of their own, what begins as a name does and is none",
        ),
    ],
)
def test_table_in_text(text: str, expected: list[Seen]) -> None:
    assert seen(of_text(text)) == expected


def test_what_follows_a_table_is_no_part_of_it() -> None:
    table = "序号\t任务\t责任单位\n1\t推进改革\t市司法局\n\n"
    text = f"一、任务\n见下表。\n{table}二、要求\n1.市财政局要保障经费。\n注：本表一年一定。\n"
    document = of_text(text)
    assert [(task.number, task.title) for task in document.tasks] == [("1", "推进改革"), ("1", "市财政局要保障经费")]
    assert [task.headings for task in document.tasks] == [("任务",), ("要求",)]


def test_a_form_that_is_filled_in_is_a_table_of_tasks() -> None:
    head = "一、推进甲。\n市水利局\n2023年3月1日\n附件\n督查发现问题汇总表\n序号\t存在问题\t整改单位\n"
    assert [task.leads for task in seen(of_text(f"{head}98\t堤防破损\t市水利局、市住建局\n"))] == [(), ("市水利局", "市住建局")]
    assert [task.title for task in seen(of_text(f"{head}1\t\t\n2\t\t\n"))] == ["推进甲"]


def test_the_title_of_a_table_begins_no_document() -> None:
    text = (
        "一、任务\n1.推进改革。\n二、要求\n1.各县区要加强领导。\n临江市人民政府办公室\n2023年2月3日\n"
        "2023年重点任务分工方案\n序号\t任务\t责任单位\n1\t推进改革\t市司法局\n"
    )
    document = of_text(text)
    assert [task.headings for task in document.tasks] == [("任务",), ("要求",), ("2023年重点任务分工方案",)]
    assert document.issued_on == "2023-02-03"


@pytest.mark.parametrize(
    "text",
    [
        "一、任务\n1.各责任单位 要加强落实。\n2.推进。\n",
        "一、任务\n1.推进。\n牵头单位：市司法局\n责任单位：市财政局\n2.完善。\n",
        "一、任务\n序号\n责任单位\n无\n1.推进。\n",
        "一、任务\n1.编号  内容  责任单位\n2.推进。\n",
    ],
)
def test_lines_that_are_no_table(text: str) -> None:
    source = Source("0" * 64, "t.txt", "text/plain", TITLE + text)
    assert find_tables(source, plain(source.text)) == []


HEAD = "序号\t任务\t责任单位\t完成时限\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "rows": lambda n: HEAD + "".join(f"{i}\t推进改革{i}\t市司法局\t年底\n" for i in range(1, n)),
    "ragged rows": lambda n: HEAD + "".join(f"{i}\t推进\n改革\t市司法局\n" for i in range(1, n)),
    "rows of a cell a line": lambda n: "序号\n任务\n责任单位\n" + "".join(f"{i}\n推进改革{i}\n市司法局\n" for i in range(1, n)),
    "numbers on lines": lambda n: "序号\n任务\n责任单位\n" + "".join(f"{i}\n" for i in range(1, n)),
    "one number on lines": lambda n: "序号\n任务\n责任单位\n1\n推进\n市司法局\n" + "2\n" * n,
    "heads": lambda n: "序号\n任务\n责任单位\n" * n,
    "tabbed heads": lambda n: HEAD * n,
    "heads without numbers": lambda n: "类别\n任务\n责任单位\n" * n,
    "lists that go on, under heads without numbers": lambda n: "类别\n任务\n责任单位\n推进。\n市司法局、\n" * n,
    "cells that empty lines part": lambda n: "类别\n\n任务\n\n责任单位\n\n" + "推进。\n\n市司法局\n\n" * n,
    "rows that share their first cell": lambda n: "类别\t任务\t责任单位\n一\t推进。\t市司法局\n" + "推进。\t市司法局\n" * n,
    "a line of tabs": lambda n: HEAD + "\t" * 50 * n,
    "a head of tabs": lambda n: "责任单位" + "\t" * 50 * n,
    "responsible units": lambda n: "责任单位 " * n,
    "open brackets on lines": lambda n: "序号\n任务\n责任单位\n1\n" + "(\n" * n,
    "blanks": lambda n: "序号 任务 责任单位\n1" + " " * 50 * n + "推进 市司法局\n",
}


@pytest.mark.hostile
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_in_the_text(name: str) -> None:
    def seconds(n: int) -> float:
        source = Source("0" * 64, "t.txt", "text/plain", HOSTILE[name](n))
        return cpu_seconds(lambda: find_tables(source, plain(source.text)), times=2)

    large = seconds(4000)
    assert large < 0.3 or large < 10 * seconds(1000)


@pytest.mark.hostile
def test_ten_thousand_rows() -> None:
    document = of_text(HOSTILE["rows"](10_000))
    assert len(document.tasks) == len(document.assignments) == len(document.deadlines) == 9_999
