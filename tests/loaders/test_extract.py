"""Whole texts -> tasks, and which task each fact hangs on."""

from __future__ import annotations

import pytest

from kg.errors import NothingFound, UnreadableFile
from kg.model import Document
from loaders.extract import extract
from loaders.names.origin import document_id

TITLE = "长治市推进工作方案\n"


def read(text: str) -> Document:
    (document,) = extract((TITLE + text).encode(), "a.txt").documents
    return document


def number(document: Document, task: str | None) -> str:
    return (task or "").removeprefix(document.id).removeprefix(":")


def tasks(text: str) -> list[str]:
    document = read(text)
    return [f"{number(document, task.id)} {task.kind} {task.title}" for task in document.tasks]


def assignments(text: str) -> list[str]:
    document = read(text)
    return [f"{number(document, a.task)} {a.role[0]} {a.basis} {a.surface}" for a in document.assignments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the innermost numbered item is the task
        ("一、任务\n1.甲。\n2.乙。\n(1)丙。\n(2)丁。\n", ["1.1 task 甲", "1.2.1 task 丙", "1.2.2 task 丁"]),
        ("一、推进甲。\n二、推进乙。\n", ["1 task 推进甲", "2 task 推进乙"]),
        ("一、任务\n1.甲。一是乙。二是丙。其一丁。\n", ["1.1 task 甲"]),
        # kinds, by the chapter and not by a word in the item itself
        ("一、任务\n1.制定方案并组织实施,强化组织保障。\n", ["1.1 task 制定方案并组织实施,强化组织保障"]),
        ("一、任务\n1.甲。\n二、保障措施\n(一)乙。\n", ["1.1 task 甲", "2.1 safeguard 乙"]),
        (
            "一、任务\n1.甲。\n二、严格执行市委市政府防汛工作要求和《城市内涝应急处置工作规程》有关规定,备足物资。\n",
            ["1.1 task 甲", "2 task 严格执行市委市政府防汛工作要求和《城市内涝应急处置工作规程》有关规定,备足物资"],
        ),
        ("一、任务\n1.甲。\n二、联系方式\n市水利局办公室。\n", ["1.1 task 甲"]),
        ("一、任务\n1.甲。\n二、工作要求\n请落实。\n", ["1.1 task 甲", "2 safeguard 工作要求"]),
        ("一、任务\n1.甲。\n二、实施步骤\n(一)部署阶段。\n", ["1.1 task 甲", "2.1 step 部署阶段"]),
        # ornaments and bullets are no words of a text
        ("一、任务\n★\n1.甲。\n★\n2.乙。\n", ["1.1 task 甲", "1.2 task 乙"]),
        ("## 一、任务\n\n- (一)制定政策。\n- 。\n- (二)受理申请。\n", ["1.1 task 制定政策", "1.2 task 受理申请"]),
        # who fits, told before the list of them; work whatever leads in to it
        (
            "一、购房补贴\n对符合以下条件之一的购房人,实施补贴。\n(一)就业群体\n在本县就业的人员;\n(二)城镇群体\n"
            "1.有农村户籍的人员;\n2.外县户籍人员。\n二、推进乙。\n",
            ["1 task 购房补贴", "2 task 推进乙"],
        ),
        (
            "一、公积金\n对政策进行调整。具体内容包括:\n(一)提高贷款额度,对多孩家庭再提高;\n(二)调整认定标准,对已结清的不计;\n",
            ["1.1 task 提高贷款额度,对多孩家庭再提高", "1.2 task 调整认定标准,对已结清的不计"],
        ),
        (
            "第一条 审批单位应当在20日内依照下列规定向有关单位备案:\n"
            "(一)县级预案报市人民政府备案,径送市应急管理局;\n(二)部门预案报本级人民政府备案,抄送有关部门。\n",
            [
                "1.g general 第一条 审批单位应当在20日内依照下列规定向有关单位备案",
                "1.1 task 县级预案报市人民政府备案,径送市应急管理局",
                "1.2 task 部门预案报本级人民政府备案,抄送有关部门",
            ],
        ),
        # conditions, times and places, whom a meeting may invite; but 部门职责 is work
        (
            "一、办法\n申请单位应满足的条件:\n(一)守法经营,无犯罪记录。\n(二)履行纳税义务,按时申报。\n二、推进乙。\n",
            ["2 task 推进乙"],
        ),
        ("一、整治时间:2021年6月23日-7月1日\n二、整治重点:各村主次干道、卫生死角。\n三、推进丙。\n", ["3 task 推进丙"]),
        ("一、规则\n(一)经召集人同意,联席会议可以邀请有关单位列席。\n(二)推进乙。\n", ["1.2 task 推进乙"]),
        ("一、适用范围及部门职责\n(一)部门职责。市水利局负责巡堤。\n", ["1.1 task 部门职责"]),
        # a 通报 of cases, which were dealt with
        (
            "关于违规案例的通报\n一、某县案件查处和问责情况\n县农业农村局依据法律责令企业改正。\n二、有关要求\n各县区要排查。\n",
            ["2 safeguard 有关要求"],
        ),
        # the duties of members, each on a line or one behind the other
        (
            "一、成员职责\n市水利局:组织巡堤。\n市应急局:统筹救援。\n供电公司:保障用电。\n请各县照办。\n二、推进乙。\n",
            [
                "1.1.g general 市水利局:组织巡堤",
                "1.2.g general 市应急局:统筹救援",
                "1.3.g general 供电公司:保障用电",
                "1.g general 请各县照办",
                "2 task 推进乙",
            ],
        ),
        (
            "一、成员职责\n市水利局:组织全市河道堤防的日常巡查和汛期加密巡查,负责水情的测报和洪\n水的预警,编制预案。\n"
            "市应急局:统筹救援。\n市教育局:组织全市中小学幼儿园开展防汛安全教育和应急疏散演练,做好转\n移安置。\n二、推进乙。\n",
            [
                "1.1.g general 市水利局:组织全市河道堤防的日常巡查和汛期加密巡查,负责水情的测报和洪",
                "1.2.g general 市应急局:统筹救援",
                "1.3.g general 市教育局:组织全市中小学幼儿园开展防汛安全教育和应急疏散演练,做好转",
                "2 task 推进乙",
            ],
        ),
        (
            "市水利局:组织巡堤,负责测报。市应急局:统筹救援。市气象局:及时播报。",
            ["1 task 市水利局:组织巡堤,负责测报", "2 task 市应急局:统筹救援", "3 task 市气象局:及时播报"],
        ),
        (
            "一、健全体系\n1.分级建设。国家创新中心:组织攻关。省级创新中心:协调推广。市创新中心:负责孵化。\n",
            ["1.1 task 分级建设"],
        ),
        ("市水利局:\n组织巡堤。\n市应急局:统筹救援。\n", ["0.g task 市应急局:统筹救援"]),
        (
            "一、成员职责\n市水利局 组织巡堤,负责测报。\n市应急局 综合协调救援。\n市气象局 及时发布预警。\n",
            [
                "1.1.g general 市水利局 组织巡堤,负责测报",
                "1.2.g general 市应急局 综合协调救援",
                "1.3.g general 市气象局 及时发布预警",
            ],
        ),
        # chapters that state no work
        (
            "一、指导思想\n1.甲。\n二、总体要求\n(一)基本原则。\n(二)工作目标。\n三、任务\n1.乙。\n四、落实时限\n年内。\n",
            ["3.1 task 乙"],
        ),
        ("一、目标任务\n1.甲。\n", ["1.1 task 甲"]),
        ("一、工作思路根据前期成效,全面推广。二、推广乙。\n", ["2 task 推广乙"]),
        ("一、成员单位\n领导小组由市司法局、市财政局组成。\n二、推进乙。\n", ["2 task 推进乙"]),
        (
            "一、时间安排\n(一)排查阶段(5月底前)。排查甲。\n(二)整改阶段。整改乙。\n",
            ["1.1 step 排查阶段(5月底前)", "1.2 step 整改阶段"],
        ),
        ("一、执法重点\n(一)重点企业;(二)节假日期间。\n二、机制\n(一)定期通报丙。\n", ["2.1 task 定期通报丙"]),
        ("一、深刻认识普法的重大政治意义\n各县要认识。\n二、推进乙。\n", ["2 task 推进乙"]),
        # articles about the text itself
        (
            "第一条 为推进甲，制定本办法。\n第二条 本办法所称乙。\n第三条 各县要推进丁。\n第四条 本办法自印发之日起施行。\n",
            ["3 task 各县要推进丁"],
        ),
        # numbers that come again
        ("一、甲\n1.乙。\n1.丙。\n", ["1.1 task 乙", "1.1-2 task 丙"]),
        # a paragraph outside every item that puts a duty on someone
        ("各县要落实。\n一、任务\n1.甲。\n", ["0.g general 各县要落实", "1.1 task 甲"]),
        # what is learned is no task, nor the title of an annex, also in two lines, a duty
        ("一、任务\n(一)学习。主要学习内容为:\n1.市委文件。\n2.省委文件。\n", ["1.1 task 学习"]),
        ("一、夯实产业发展基础\n(一)甲。\n二、资金安排原则\n(一)乙。\n三、资金使用范围\n(一)丙。\n", ["1.1 task 甲"]),
        ("一、准确把握总体要求坚持依法办事。\n二、任务\n1.甲。\n", ["2.1 task 甲"]),
        ("一、任务\n1.甲。\n附件:分工表\n市水利局推进河道管护主要任务分解表\n", ["1.1 task 甲"]),
        ("石河市水利局推进供水\n“微改造”若干措施\n一、任务\n1.甲。\n", ["1.1 task 甲"]),
        ("一、任务\n1.甲。\n二、工作目标\n到2025年,各县要建成。\n", ["1.1 task 甲", "2.g general 到2025年,各县要建成"]),
        # without numbers
        ("推进甲。(市司法局负责)\n各县要推进乙。\n", ["0.g task 推进甲", "0.g-2 task 各县要推进乙"]),
    ],
)
def test_tasks(text: str, expected: list[str]) -> None:
    assert tasks(text) == expected


def test_what_a_meeting_resolves_is_a_task() -> None:
    resolved = "会议审定《管网改造方案》,要求9月底前开工。\n会议听取了汇报。\n水务集团参加会议。"
    minutes = f"现纪要如下:\n{resolved}\n市住建局办公室 2021年8月2日印\n"
    (document,) = extract(f"局长办公会第三次会议\n{minutes}".encode(), "a.txt").documents
    assert [task.title for task in document.tasks] == ["会议审定《管网改造方案》,要求9月底前开工"]
    assert [time.due for time in document.deadlines] == ["2021-09-30"]


def test_a_period_of_the_whole_work_is_the_documents_own() -> None:
    text = "县政府决定，从2022年7月1日至12月31日在全县开展整治。现将有关事项通知如下。\n一、排查\n各镇要排查。\n"
    document = extract(("某县2022年整治方案\n" + text).encode(), "a.txt").documents[0]
    assert [(time.start, time.due, time.task) for time in document.deadlines] == [("2022-07-01", "2022-12-31", None)]


@pytest.mark.parametrize(
    "item",
    [
        "各县区每月25日前报送进展情况",
        "每季度末上报工作进展情况",
        "公布检查结果",
        "厘清职责边界",
        "关停散乱企业",
        "筑牢安全防线",
        "营造浓厚氛围",
        "巩固整治成果",
        "加固病险水库",
    ],
)
def test_a_short_item_of_work_is_a_task(item: str) -> None:
    assert tasks(f"一、主要任务\n（一）推进普法。组织宣讲。\n（二）{item}。\n（三）推进治河。组织巡查。\n")[1].endswith(item)


def test_a_task_has_its_number_headings_and_all_its_words() -> None:
    text = "一、任务\n（一）推进政务公开\n1.公开目录。要公开。\n仍要公开。（市司法局负责）\n2.公开结果。\n"
    task = read(text).tasks[0]
    assert (task.number, task.title, task.headings) == ("1", "公开目录", ("任务", "推进政务公开"))
    assert (TITLE + text)[slice(*task.span)] == "1.公开目录。要公开。\n仍要公开。（市司法局负责）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、任务\n1.甲。(市司法局负责)\n2.乙。\n(市财政局负责)\n", ["1.1 L clause 市司法局", "1.2 L clause 市财政局"]),
        # a clause on a heading, and one for all above
        ("一、任务(市司法局负责)\n1.甲。\n2.乙。\n", ["1.1 L clause 市司法局", "1.2 L clause 市司法局"]),
        ("一、任务\n1.甲。\n2.乙。(以上由市司法局负责)\n", ["1.1 L clause 市司法局", "1.2 L clause 市司法局"]),
        (
            "一、任务\n1.甲。\n2.乙。(各地级以上市政府负责)\n3.丙。\n再推进丁。(市司法局负责)\n",
            ["1.2 L clause 各地级以上市政府", "1.3 L clause 市司法局"],
        ),
        # the duties of members under a number of their own are one task
        (
            "一、职责\n(一)成员单位职责\n市水利局:负责修渠。\n市林业局:负责种树。\n市财政局:安排资金。\n",
            ["1.1 L narrative 市水利局", "1.1 L narrative 市林业局", "1.1 L narrative 市财政局"],
        ),
        # numbers glued to their headings
        (
            "一、就业工程\n1优化就业服务\n牵头单位:市人社局\n进展顺利。\n2加快主体培育\n牵头单位:市工商局\n",
            ["1.1 L clause 市人社局", "1.2 L clause 市工商局"],
        ),
        # a point that a converter lost
        (
            "一、行动\n1\ue010突破技术，加快研发。（责任单位:市科技局）\n2\ue010强化攻关。（责任单位:市工信局）\n",
            ["1.1 L clause 市科技局", "1.2 L clause 市工信局"],
        ),
        # in a text without numbers, what a clause closes, by label or in words that need none
        (
            "某市要点\n各县区政府:\n现印发给你们。\n强化平台建设\n落实审核制度。\n牵头单位:市政府办公室\n责任单位:各县区政府\n"
            "提升解读质量\n及时发布材料,回应关切。\n牵头单位:市司法局\n",
            ["1 L clause 市政府办公室", "1 P clause 各县区政府", "2 L clause 市司法局"],
        ),
        (
            "某政策\n拓宽渠道\n支持企业吸纳毕业生,给予补贴\n教育部、财政部等按职责分工负责\n优化服务\n组织招聘,扩大影响\n商务部等按职责分工"
            "负责\n加强指导\n配齐教师,举办大赛\n教育部牵头,共青团中央等按职责分工负责\n",
            [
                "1 L clause 教育部", "1 L clause 财政部", "2 L clause 商务部", "3 L clause 教育部", "3 P clause 共青团中央",
            ],
        ),
        # in the cases of a 通报 only what is demanded
        (
            "一、典型案例\n(一)某案。县纪委对某某立案调查,县农业农村局责令改正。县水利局要继续跟踪。\n二、要求\n各县区要排查。\n",
            ["1.1.g L narrative 县水利局", "2 L narrative 各县区"],
        ),
        # from a rule of position on, the first one leads
        (
            "一、任务\n1.甲。(市司法局、市财政局负责)\n2.乙。(市司法局、市财政局负责,列第一位者为牵头单位,下同)\n3.丙。(市财政局、市司法局负责)\n",
            [
                "1.1 L clause 市司法局", "1.1 L clause 市财政局", "1.2 L clause 市司法局", "1.2 P clause 市财政局",
                "1.3 L clause 市财政局", "1.3 P clause 市司法局",
            ],
        ),
        # such a rule as a note between the clauses, or below all of them
        (
            "一、任务\n1.甲。(市司法局、市财政局负责)\n责任单位排在第一位的为牵头单位。\n2.乙。(市司法局、市财政局负责)\n",
            ["1.1 L clause 市司法局", "1.1 L clause 市财政局", "1.2 L clause 市司法局", "1.2 P clause 市财政局"],
        ),
        (
            "一、任务\n1.甲。(市司法局、市财政局负责)\n注:列首位的单位为牵头单位。\n",
            ["1.1 L clause 市司法局", "1.1 P clause 市财政局"],
        ),
        # arranged by agency
        (
            "一、任务\n市司法局:\n1.甲。\n2.乙。\n市财政局、市审计局\n1.丙。\n",
            ["1.1 L clause 市司法局", "1.2 L clause 市司法局", "1.1-2 L clause 市财政局", "1.1-2 L clause 市审计局"],
        ),
        (
            "一、任务\n(一)市司法局职责\n1.甲。\n(二)市财政局\n推进乙。\n(三)加强丙\n1.丁。\n",
            ["1.1.1 L clause 市司法局", "1.2 L clause 市财政局"],
        ),
        (
            "防控预案1.1 目标为做好甲。1.2 市司法局职责组织乙。1.3 市财政局职责保障丙。",
            ["2 L clause 市司法局", "3 L clause 市财政局"],
        ),
        # in a chapter beside 组织机构, which is no field of a card; not where its words name their own
        (
            "2 组织管理\n2.1 组织机构\n成立小组。\n2.2 职责分工\n2.2.1 市水利局职责\n组织巡堤。\n"
            "2.2.2 巡查机构职责\n市林业局负责巡山。\n",
            ["2.2.1 L clause 市水利局", "2.2.2 L narrative 市林业局"],
        ),
        # by itself, where the heading says so; not where its items name their own
        (
            "第一条 市河湖长制领导小组(以下简称小组)的主要职责是:\n(一)推进甲。\n(二)推进乙。\n第二条 丙。\n",
            ["1.1 L narrative 市河湖长制领导小组", "1.2 L narrative 市河湖长制领导小组"],
        ),
        (
            "第一条 市水利局、市林业局组成全市河湖长制工作领导小组(以下简称小组),其主要职责为:\n(一)推进甲。\n"
            "第二条 各县水利部门同林业部门组成全县的巡河机构,办公地点自定。巡河机构主要职责为:\n(一)推进乙。\n",
            ["1.1 L narrative 全市河湖长制工作领导小组", "2.1 L narrative 巡河机构"],
        ),
        (
            "第一条 成立全市河湖长制工作领导小组,下设办公室(设在市水利局),其主要职责是:\n(一)推进甲。\n第二条 丙。\n",
            [],
        ),
        (
            "2.1 市水利局职责\n(1)推进甲。\n(2)公布值班电话:12345。\n2.2 市林业局职责\n(1)推进乙。\n",
            ["1.1 L clause 市水利局", "1.2 L clause 市水利局", "2.1 L clause 市林业局"],
        ),
        (
            "一、任务\n各成员单位职责\n1.市水利局:牵头做好甲。\n2.市林业局:负责乙。\n",
            ["1.1 L narrative 市水利局", "1.2 L narrative 市林业局"],
        ),
        (
            "一、任务\n1.乡镇(街道)职责。\n(1)推进甲。\n2.村委会职责。\n(1)推进乙。\n",
            ["1.1.1 L clause 乡镇(街道)", "1.2.1 L clause 村委会"],
        ),
        (
            "一、任务\n(一)各县区。\n1.推进甲。\n(二)街道(乡镇)和社区(村)。\n1.推进乙。\n",
            ["1.1.1 L clause 各县区", "1.2.1 L clause 街道(乡镇)", "1.2.1 L clause 社区(村)"],
        ),
        ("防控预案1.1 目标为做好甲。1.2 市司法局职责组织乙。1.3 防控物资应当充足。", ["2 L clause 市司法局"]),
        (
            "一、任务\n(一)联席会议的主要任务\n1.推进甲。\n2.推进乙。\n(二)经费保障\n1.推进丙。\n",
            ["1.1.1 L clause 联席会议", "1.1.2 L clause 联席会议"],
        ),
        (
            "一、任务\n(一)卫生健康部门和各类企业。\n1.推进甲。\n(二)街道(乡镇)和社区(村)。\n1.推进乙。\n",
            ["1.2.1 L clause 街道(乡镇)", "1.2.1 L clause 社区(村)"],
        ),
        # a list of whom to call is none
        ("一、开展捐赠\n1.市司法局\n张某某(负责东部)电话:6310\n2.市民政局\n李某某 电话及微信号:6311\n", []),
        # a label inside a sentence
        ("一、任务\n1.推进甲,牵头单位:市司法局。其中,上月进度较慢的为乙区。\n2.丁。\n", ["1.1 L clause 市司法局"]),
        ("一、任务\n(一)市政务服务中心\n1.甲。\n(二)加强丙\n1.丁。\n", []),
        # a rule for all later tasks, to the end of its chapter
        (
            "一、任务\n1.甲。\n2.乙。(市司法局牵头。以下均需试点城市政府落实,不再列出)\n3.丙。\n二、保障措施\n1.丁。\n",
            ["1.2 L clause 市司法局", "1.3 P default 试点城市政府"],
        ),
        ("一、任务\n1.甲。(各县区政府均为责任单位,不再单独列出)\n2.乙。\n", ["1.2 P default 各县区政府"]),
        (
            "一、任务\n1.甲。(市司法局牵头。以下政策均由各县(市、区)政府、园区管委会落实,不再列出)\n2.乙。\n",
            ["1.1 L clause 市司法局", "1.2 P default 各县(市、区)政府、园区管委会"],
        ),
        # a line that says who does what, between two items
        (
            "一、任务\n1.甲。\n市政府办牵头,各镇(街道)、市直各部门负责\n2.乙。\n",
            ["1.1 L clause 市政府办", "1.1 P clause 各镇(街道)", "1.1 P clause 市直各部门"],
        ),
        (
            "一、任务\n1.完善机制\n市司法局牵头,市教育局、各街道参与。\n2.乙。\n甲。\n市民政局按照职责分工负责。\n",
            ["1.1 L clause 市司法局", "1.1 P clause 市教育局", "1.1 P clause 各街道", "1.2 L clause 市民政局"],
        ),
        # a line with more in it than that, and one that is the end of a sentence
        ("一、推进甲。\n压实责任,健全机制,确保市委决策部署落实。\n", []),
        ("一、推进甲。\n原由市教育局负责\n", []),
        ("一、推进甲。\n根据市委部署,市教育局负责。\n", ["1 L narrative 市教育局"]),
        ("一、推进甲。\n引导各街道、企业参与。\n", []),
        ("一、涉及古树的由林业主管部门、\n市民政局负责。\n", ["1 L narrative 市民政局"]),
        ("一、推进甲。\n市司法局负责\n牵头推进。\n", ["1 L narrative 市司法局"]),
        # a number glued to a year that is damaged
        ("一、任务\n1.甲。\n2.0402年建成乙。(市司法局负责)\n3.丙。\n", ["1.2 L clause 市司法局"]),
        # prose, but not in 指导思想 and principles
        ("一、任务\n1.各县要推进甲。(市司法局负责)\n", ["1.1 L narrative 各县", "1.1 L clause 市司法局"]),
        # a task that only speaks of a principle
        ("一、任务\n1.按照属地管理原则推进。各县要推进甲。\n", ["1.1 L narrative 各县"]),
        # goals beside principles
        (
            "一、原则和目标\n(一)基本原则。各县要坚持。\n(二)工作目标。各县要建成。\n二、任务\n1.甲。\n",
            ["1.2.g L narrative 各县"],
        ),
        # the centre that issues the text calls itself that
        ("一、任务\n1.甲。企业申请后,中心应及时沟通。\n长治市公积金中心\n2022年3月1日\n", ["1.1 L narrative 中心"]),
        ("一、任务\n1.甲。企业申请后,中心应及时沟通。\n长治市公积金局\n2022年3月1日\n", []),
        ("一、任务\n1.建设便民服务中心,中心要配备人员。\n长治市公积金中心\n2022年3月1日\n", []),
        # labels of work below the last item are no metadata
        ("一、任务\n1.甲。\n【牵头单位】市住建局\n【公开方式】主动公开\n", ["1.1 L clause 市住建局"]),
        # an article that says whose duties follow is prose, a heading that does so a clause; each item is theirs
        ("第一条 市司法局依法履行下列职责:\n(一)推进甲;\n", ["1.1 L narrative 市司法局"]),
        ("一、市司法局工作职责:\n(一)推进甲;\n(二)推进乙。\n", ["1.1 L clause 市司法局", "1.2 L clause 市司法局"]),
        # a heading glued to a sentence that speaks of 总体思路
        (
            "一、推进应用按照“研究一批、推广一批”总体思路,加快把数据用到工作中,建成平台。(一)推广任务1.推进甲。市司法局负责。2.推进乙。(二)试点课题3.推进丙。",
            ["1.1.1 L narrative 市司法局"],
        ),
        ("一、指导思想\n各县要坚持。\n二、基本原则\n1.坚持甲。各县要坚持。\n三、任务\n1.甲。\n", []),
    ],
)  # fmt: skip
def test_assignments(text: str, expected: list[str]) -> None:
    assert assignments(text) == expected


def test_a_default_is_not_a_clause_of_the_task_where_it_stands() -> None:
    document = read("一、任务\n1.甲。(市司法局牵头。以下均需试点城市政府落实,不再列出)\n2.乙。\n")
    assert [(a.basis, a.clause is not None) for a in document.assignments] == [("clause", True), ("default", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、任务\n1.甲,2022年底前完成。\n(1)乙,每月上报。\n", [("", "2022年底前"), ("1.1.1", "每月")]),
        ("一、工作目标\n到2025年,建成。\n二、任务\n1.甲。\n", [("", "到2025年")]),
        ("经2022年1月研究同意。到2025年,建成。每年上报。\n一、任务\n1.甲。\n", [("", "到2025年"), ("", "每年")]),
        ("一、任务\n1.甲。(市司法局负责;完成时限:2023年6月底前)\n", [("1.1", "2023年6月底前")]),
        ("专班成立,每天巡查。市司法局要每周上报。\n一、任务\n1.甲,每月上报。\n", [("", "每周"), ("1.1", "每月")]),
    ],
)
def test_deadlines_hang_on_the_innermost_task(text: str, expected: list[tuple[str, str]]) -> None:
    document = read(text)
    assert [(number(document, d.task), d.surface) for d in document.deadlines] == expected


def test_a_traditional_text_is_quoted_as_it_stands_and_named_in_simplified_characters() -> None:
    text = (
        "衡陽市2021年政務服務工作要點\n一、推進標準化\n"
        "(一)推進國務院關於實施責任機會。(市司法局、財政局牽頭,各縣市區人民政府按職責分工負責)\n"
    )
    (document,) = extract(text.encode(), "a.txt").documents
    assert document.title == "衡陽市2021年政務服務工作要點"
    assert document.id == "430400:衡阳市2021年政务服务工作要点"
    assert document.tasks[0].headings == ("推進標準化",)
    assert [(a.surface, a.name) for a in document.assignments] == [
        ("市司法局", "市司法局"),
        ("財政局", "市财政局"),
        ("各縣市區人民政府", "各县市区人民政府"),
    ]


def test_document_id() -> None:
    assert document_id("140400", "长政办发〔2022〕14号", "通知") == "140400:长政办发〔2022〕14号"
    assert document_id(None, None, "工作方案") == "-:工作方案"


def test_one_document_twice_in_a_file_has_two_ids() -> None:
    part = "关于推进第{}号工作的通知\n长政发〔2022〕1号\n一、任务\n1.甲。\n"
    extraction = extract((part.format("一") + part.format("二")).encode(), "a.txt")
    assert [d.id for d in extraction.documents] == ["-:长政发〔2022〕1号", "-:长政发〔2022〕1号-2"]


@pytest.mark.parametrize("text", ["今天天气很好。", "\ufeff \n"])
def test_nothing_found(text: str) -> None:
    with pytest.raises(NothingFound, match=r"a\.txt: no task"):
        extract(text.encode(), "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "长治市推进工作方案\n一、工作目标\n推进。\n",
        "长治市司法局关于公布机构电话的公告\n长司发〔2021〕3号\n现公布电话如下：3021111。\n长治市司法局\n2021年3月1日\n",
    ],
)
def test_a_document_that_demands_nothing_is_read_where_others_can_cite_it(text: str) -> None:
    (document,) = extract(text.encode(), "a.txt").documents
    assert (document.tasks, document.assignments, document.no_duties) == ((), (), True)
    assert document.title and extract(text.encode(), "a.txt").as_json()["documents"][0]["no_duties"] is True


def test_unreadable() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.txt"):
        extract(b"", "a.txt")


PLAN = """关于开展专项整治的通知
一、整治目标
工作更加规范，制度更加完备。
二、整治重点
（一）集中整治违规任用
整改措施：
1.健全责任追究办法。
牵头领导：甲某
责任处室：人事处
完成时限：2014年12月底前
2.公布举报电话。
责任处室：监察室
三、整治范围
1.机关各处室。
2.直属单位。
"""


def test_a_chapter_in_which_clauses_assign_is_one_of_tasks_whatever_its_heading_says() -> None:
    (document,) = extract(PLAN.encode(), "a.txt").documents
    assert [(task.number, task.kind) for task in document.tasks] == [("1", "task"), ("2", "task")]
    assert [(a.name, a.task) for a in document.assignments] == [
        ("人事处", document.tasks[0].id),
        ("监察室", document.tasks[1].id),
    ]


MINUTES = """市水利局局长办公会议纪要
市水利局2015年6月8日召开办公会议，纪要如下：
一、审议《移民工程审计规程》
会议议定：原则同意《规程》。
（一）2014年我局印发了《办法》，审计工作还存在一些问题。
（二）一要用精练的语言说清问题，二要用准确的文字讲清要害。
（三）进一步规范程序，理清会议研究的内容。
二、听取防汛情况汇报
（一）水库蓄水正常，水质良好。
（二）立即启动排查整治。
（三）会议强调，压实责任。
（四）严禁弄虚作假。
"""


def test_what_a_meeting_is_told_is_no_task_but_what_it_wants_done_is() -> None:
    (document,) = extract(MINUTES.encode(), "a.txt").documents
    assert [task.title[:4] for task in document.tasks if task.kind == "task"] == [
        "一要用精",
        "进一步规",
        "立即启动",
        "会议强调",
        "严禁弄虚",
    ]


def test_a_heading_that_names_its_text_puts_no_duty_on_anybody() -> None:
    text = (
        "关于开展督查的通知\n一、各地自查\n各市要对照检查。\n二、市司法局督查\n市司法局要抽查。\n三、各地要自查。\n分类汇总。\n"
    )
    (document,) = extract(text.encode(), "a.txt").documents
    assert [(a.name, a.rule) for a in document.assignments] == [
        ("各市", "prose-must"),
        ("市司法局", "prose-must"),
        ("各地", "prose-must"),
    ]


def test_what_a_plan_studies_or_makes_known_is_work_and_a_clause_makes_no_goal_a_task() -> None:
    text = (
        "关于推进普法工作的通知\n一、工作目标\n（一）知晓率达90%。\n（二）网络全覆盖。（责任单位：市司法局）\n"
        "二、学习贯彻宪法\n（一）组织专题学习。\n（二）举办读书班。\n"
    )
    (document,) = extract(text.encode(), "a.txt").documents
    assert [task.title for task in document.tasks if task.kind == "task"] == ["组织专题学习", "举办读书班"]


def test_goals_are_tasks_where_a_clause_assigns_each_of_them_but_no_background_is_any() -> None:
    text = (
        "关于分解落实2023年重点工作的通知\n一、实施背景\n市统计局以统计改革为契机，高端引领，整体布局。\n"
        "二、主要目标\n（一）生产总值增长11%。（牵头单位：市发改委）\n（二）投资增长12%。（牵头单位：市统计局）\n"
    )
    (document,) = extract(text.encode(), "a.txt").documents
    assert [task.title for task in document.tasks] == ["生产总值增长11%", "投资增长12%"]
    assert [a.name for a in document.assignments] == ["市发改委", "市统计局"]


def test_findings_of_an_inspection_are_no_tasks() -> None:
    text = (
        "关于推进工作的通知\n一、检查工作开展总体情况\n市水利局组织专班开展巡查，市应急局建立台账。\n"
        "二、督查发现的基本情况\n市住建局落实监管责任。\n三、督促各部门整改落实情况\n市水利局组织复查。\n"
    )
    (document,) = extract(text.encode(), "a.txt").documents
    assert [(a.name, a.span.start) for a in document.assignments] == [("市水利局", text.rindex("市水利局"))]
