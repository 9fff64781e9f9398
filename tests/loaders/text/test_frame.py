"""The frame of a document, and where in a text a further one begins."""

from __future__ import annotations

import pytest

from loaders.text.frame import Frame
from loaders.text.imprint import doc_number, iso_date
from loaders.text.tree import outlines
from loaders.text.view import plain

TASKS = "一、主要任务\n1.推进改革。\n"


def only(text: str) -> Frame:
    (outline,) = outlines(plain(text))
    return outline.frame


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a table of metadata above the text
        (
            "- 索 引 号：000014349/2022-15425\n- 成文时间：2022年03月21日\n- 发布机构：长治市人民政府办公室\n"
            "- 发布日期：2022年03月22日\n- 发文字号：长政办发〔2022〕14号\n长治市人民政府办公室关于印发工作方案的通知\n"
            + TASKS,
            (
                "长治市人民政府办公室关于印发工作方案的通知", "长政办发〔2022〕14号", ("长治市人民政府办公室",), "2022-03-21",
                "2022-03-22", "000014349/2022-15425",
            ),
        ),
        # labels in brackets, two on a line, some without a value
        (
            "[ 索引号 ] 1150/2022-25 [ 发文字号 ]\n[ 主题分类 ] 行政事务 [ 有效性 ]\n"
            "[ 发布机构 ] 綦江区政府办公室 [ 发布日期 ] 2022-05-30\n\n关于印发工作方案的通知\n" + TASKS,
            ("关于印发工作方案的通知", None, ("綦江区政府办公室",), None, "2022-05-30", "1150/2022-25"),
        ),
        # a value on the line below its label; the title is a field too
        (
            "标题：关于印发工作方案的通知\n文号：\n长政发〔2022〕1号\n发文日期：2022年1月2日\n" + TASKS,
            ("关于印发工作方案的通知", "长政发〔2022〕1号", (), "2022-01-02", None, None),
        ),
        # GB/T 9704: a title on two lines, a number in brackets, signer and date below the letter
        (
            "佛山市高明区人民政府关于印发佛山市高明区\n建设实施方案（2014-2020年）的通知\n（明府字[2014]27号）\n各镇政府：\n"
            "现将《实施方案》印发给你们。\n佛山市高明区人民政府\n2014年6月16日\n" + TASKS,
            (
                "佛山市高明区人民政府关于印发佛山市高明区建设实施方案(2014-2020年)的通知", "明府字〔2014〕27号",
                ("佛山市高明区人民政府",), "2014-06-16", None, None,
            ),
        ),
        # joint issuers, beside and below each other
        (
            "关于印发工作方案的通知\n" + TASKS + "中共綦江区委      綦江区人民政府\n2022年5月4日\n",
            ("关于印发工作方案的通知", None, ("中共綦江区委", "綦江区人民政府"), "2022-05-04", None, None),
        ),
        (
            "关于印发工作方案的通知\n" + TASKS + "国家发展改革委 财政部\n税务总局\n2022年5月4日\n（此件公开发布）\n",
            ("关于印发工作方案的通知", None, ("国家发展改革委", "财政部", "税务总局"), "2022-05-04", None, None),
        ),
        # a name printed with blanks in it
        (
            "关于印发工作方案的通知\n" + TASKS + "国 务 院\n2022年5月4日\n",
            ("关于印发工作方案的通知", None, ("国务院",), "2022-05-04", None, None),
        ),
        # a number behind the title, the issuer only in the title
        (
            "长治市人民政府关于印发工作方案的通知（长政发〔2020〕11号）\n" + TASKS,
            ("长治市人民政府关于印发工作方案的通知", "长政发〔2020〕11号", ("长治市人民政府",), None, None, None),
        ),
        # no title line: the plan that the letter prints, below its chrome
        (
            "浏览量： | 【字体：大 中 小】 |\n现将《深化公开工作方案》印发给你们。\n" + TASKS,
            ("深化公开工作方案", None, (), None, None, None),
        ),
        # the signer and the date on one line; the printer's line is neither
        (
            "关于清理台账的通知\n" + TASKS + "省水利厅\n安徽省财政厅 2021 年 7 月 2 日\n安徽省水利厅办公室2021年7月5日印发\n",
            ("关于清理台账的通知", None, ("省水利厅", "安徽省财政厅"), "2021-07-02", None, None),
        ),
        # Chinese numerals, with 〇 and without
        (
            "关于清理台账的通知\n" + TASKS + "铜陵市水利局\n二○一一年十二月三十一日\n",
            ("关于清理台账的通知", None, ("铜陵市水利局",), "2011-12-31", None, None),
        ),
        (
            "关于清理台账的通知\n" + TASKS + "铜陵市水利局\n一九九八年十月十一日\n（本文有删减）\n",
            ("关于清理台账的通知", None, ("铜陵市水利局",), "1998-10-11", None, None),
        ),
        # a signer's name broken by a line end, and the words of its seal
        (
            "关于清理台账的通知\n" + TASKS + "铜陵市应对重大突发旱情的\n抗旱工作领导小组办公室（代章）\n2011年8月1日\n",
            ("关于清理台账的通知", None, ("铜陵市应对重大突发旱情的抗旱工作领导小组办公室",), "2011-08-01", None, None),
        ),
        # labels of other forms, in brackets, with the value behind or below
        (
            "【文件名称】关于清理台账的通知\n【文号】皖水〔2019〕3号\n【印发日期】二〇一九年五月六日\n【发布单位】\n安徽省水利厅\n"
            + TASKS,
            ("关于清理台账的通知", "皖水〔2019〕3号", ("安徽省水利厅",), "2019-05-06", None, None),
        ),
        # the same below the text, as a database prints them, with a day without marks
        (
            "关于清理台账的通知\n" + TASKS + "【文号】皖水〔2019〕3号\n【颁布时间】20190506\n【颁布单位】省水利厅，省财政厅\n",
            ("关于清理台账的通知", "皖水〔2019〕3号", ("省水利厅", "省财政厅"), "2019-05-06", None, None),
        ),
        # a 版头 with whose paper it is and the number, and the title below it
        (
            "铜陵市人民政府办公室文件\n铜政办〔2020〕8号\n铜陵市清理台账工作方案\n" + TASKS,
            ("铜陵市清理台账工作方案", "铜政办〔2020〕8号", ("铜陵市人民政府办公室",), None, None, None),
        ),
        # 文件 at half of the height of two names, as recognition reads it
        (
            "安徽省水利厅\n文件安徽省财政厅\n皖水〔2020〕8号\n关于清理台账的通知\n" + TASKS,
            ("关于清理台账的通知", "皖水〔2020〕8号", ("安徽省水利厅", "安徽省财政厅"), None, None, None),
        ),
        # joint issuers, each on a line of the title
        (
            "安徽省水利厅\n安徽省财政厅\n安徽省审计厅\n安徽省农业农村厅\n安徽省档案局\n关于清理台账的通知\n" + TASKS,
            (
                "安徽省水利厅安徽省财政厅安徽省审计厅安徽省农业农村厅安徽省档案局关于清理台账的通知", None,
                ("安徽省水利厅安徽省财政厅安徽省审计厅安徽省农业农村厅安徽省档案局",), None, None, None,
            ),
        ),
        (
            "安徽省水利厅、财政厅关于清理台账的通知\n" + TASKS,
            ("安徽省水利厅、财政厅关于清理台账的通知", None, ("安徽省水利厅", "财政厅"), None, None, None),
        ),
        # an order: its number, who gives it, and the person who signs it
        (
            "铜陵市人民政府令\n（第12号）\n《铜陵市台账管理办法》已经通过，现予公布。\n市　长　王某\n"
            "2018年4月3日\n铜陵市台账管理办法\n" + TASKS,
            ("铜陵市台账管理办法", "铜陵市人民政府令第12号", ("铜陵市人民政府",), "2018-04-03", None, None),
        ),
        # one line that says who gave it, its number and when, but not when it was passed
        (
            "铜陵市台账管理办法\n2018年3月1日市政府常务会议通过\n2018年4月3日 铜陵市人民政府令第12号公布\n" + TASKS,
            ("铜陵市台账管理办法", "铜陵市人民政府令第12号", ("铜陵市人民政府",), "2018-04-03", None, None),
        ),
        (
            "台账管理条例\n（2018年4月3日国务院令第12号公布 自公布之日起施行）\n" + TASKS,
            ("台账管理条例", "国务院令第12号", ("国务院",), "2018-04-03", None, None),
        ),
        # a heading is no title
        (
            "三、工作措施\n铜陵市清理台账工作方案\n" + TASKS,
            ("铜陵市清理台账工作方案", None, (), None, None, None),
        ),
        # of Taiwan
        (
            "臺中市政府　函\n發文日期：中華民國110年7月1日\n發文字號：府授研管字第1100123456號\n"
            "主旨：檢送推動公文減量實施計畫。\n" + TASKS,
            ("台中市政府 函", "府授研管字第1100123456号", ("台中市政府",), "2021-07-01", None, None),
        ),
        # first words name nobody, whatever they end in
        (
            "为贯彻落实国务院关于清理台账的部署，制定措施。\n" + TASKS,
            ("为贯彻落实国务院关于清理台账的部署", None, (), None, None, None),
        ),
        # nothing of the kind, and a day that no calendar has
        ("为推进工作，制定以下内容。\n" + TASKS, ("为推进工作,制定以下内容", None, (), None, None, None)),
        ("数字工作要点\n成文日期：2022年13月41日\n" + TASKS, ("数字工作要点", None, (), None, None, None)),
        # a number that the text cites is not the document's own
        ("数字工作要点\n根据国办发〔2019〕54号文件，制定本要点。\n" + TASKS, ("数字工作要点", None, (), None, None, None)),
    ],
)  # fmt: skip
def test_metadata(text: str, expected: tuple[object, ...]) -> None:
    o = only(text)
    title = o.title
    assert (title, o.doc_number, o.issuers, o.issued_on, o.published_on, o.index_number) == expected


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("长治市2021年公开工作要点", 2021),
        ("长治市实施方案(2014-2020年)", 2022),
        ("智慧长治2021行动计划", 2021),
        ("长治市新增2021个车位工作方案", 2022),
        ("长治市工作方案", 2022),
        ("长治市2021年和2023年工作要点", 2022),
    ],
)
def test_the_year_is_the_single_one_of_the_title_else_that_of_the_date(title: str, year: int) -> None:
    assert only(f"{title}\n成文日期：2022年1月2日\n{TASKS}").year == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("关于清理台账的通知\n皖水〔2019〕3号\n" + TASKS, 2019),
        ("关于清理台账的通知\n" + TASKS + "安徽省水利厅办公室 2017年7月5日印发\n", 2017),
        ("关于清理台账的通知\n" + TASKS, None),
    ],
)
def test_without_a_date_the_year_is_that_of_the_number_or_of_the_print(text: str, year: int | None) -> None:
    assert only(text).year == year


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("衡阳市2021年服务工作要点\n一、任务\n(一)推进。\n衡阳市2021年公开工作要点\n一、任务\n(一)推进。\n", 2),
        ("关于印发《长治市推进工作方案》的通知\n1.请认真落实。\n长治市推进工作方案\n一、任务\n1.推进。\n", 1),
        ("长治市推进工作方案\n一、任务\n1.推进。\n附件\n长治市推进工作任务清单\n1.推进。\n", 1),
        ("长治市推进工作方案\n一、任务\n1.推进。\n长治市推进工作方案\n1.推进。\n", 1),
        # what ends as a title does: a sentence, a cell, a box, one of a list, a part of what is cited
        ("长治市推进工作方案\n一、任务\n1.推进。\n各市提出意见，县级细化实施方案\n并上报。\n", 1),
        ("长治市推进工作方案\n一、任务\n1.推进。\n13800000000\n智能质押监管解决方案\n适用于仓库。\n", 1),
        ("长治市推进工作方案\n一、任务\n1.推进。\n专栏一 重点行业解决方案\n水泥行业。\n2.落实。\n", 1),
        (
            "长治市推进工作方案\n一、任务\n1.推进。\n目录如下\n长治市关于停工的通告（第1号）\n"
            "长治市关于复工的通告（第2号）\n长治市关于举报的通告（第3号）\n完。\n",
            1,
        ),
        ("长治市推进工作方案\n一、任务\n1.推进。\n《省残联 \n省残联关于印发〈关于完善保障制度\n的方案〉的通知》。\n", 1),
    ],
)
def test_a_letter_with_its_plan_is_one_document_two_plans_are_two(text: str, titles: int) -> None:
    assert len(outlines(plain(text))) == titles


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff\r\n"])
def test_no_text_no_document(text: str) -> None:
    assert outlines(plain(text)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n扫一扫在手机打开当前页\n网站标识码：5116000002\n"),
        ("[ 索引号 ] 1150\n[ 发布机构 ] 政府办\n", ""),
        ("当前位置：首页>政策文件\n", "\n打印本页\n关闭窗口\n"),
    ],
)
def test_chrome_and_metadata_are_no_part_of_a_text(before: str, after: str) -> None:
    text = "长治市推进工作方案\n" + TASKS.rstrip()
    o = only(before + text + after)
    assert (before + text + after)[slice(*o.span)] == text


def test_chrome_below_a_text_without_items() -> None:
    text = "长治市推进工作方案\n各县要加强领导。\n打印本页\n"
    assert text[slice(*only(text).span)] == "长治市推进工作方案\n各县要加强领导。"


def test_chrome_above_a_text_without_items_ends_nothing() -> None:
    text = "2021年9月27日来源：\n分享到：某网\n各县要加强领导。\n各乡镇要建立台账。"
    assert text[slice(*only(text).span)].endswith("各乡镇要建立台账。")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[ 有效性 ] 有效\n关于印发工作方案的通知\n" + TASKS, "有效"),
        ("效力状态：失效\n关于印发工作方案的通知\n" + TASKS, "失效"),
        ("关于印发工作方案的通知（已废止）\n" + TASKS, "已废止"),
        ("【全文废止】\n关于印发工作方案的通知\n" + TASKS, "全文废止"),
        ("关于废止部分文件的通知\n" + TASKS, None),
    ],
)
def test_status(text: str, status: str | None) -> None:
    assert only(text).status == status


def test_only_a_national_body_addresses_all_provinces() -> None:
    assert only("关于推进工作的意见\n各省、自治区、直辖市人民政府，国务院各部委：\n" + TASKS).to_all_provinces
    assert not only("关于推进工作的意见\n各市、州人民政府：\n" + TASKS).to_all_provinces


def test_a_title_and_a_number_that_are_glued_to_the_text() -> None:
    body = "推进政务公开工作。" * 120
    head = "长治市人民政府关于推进工作的意见长政发〔2022〕1号各县区人民政府：现提出如下意见。"
    (o,) = outlines(plain(f"{head}一、主要任务（一）推进甲。{body}（二）推进乙。二、保障措施。加强领导。"))
    assert (o.frame.title, o.frame.doc_number) == ("长治市人民政府关于推进工作的意见", "长政发〔2022〕1号")
    assert [(item.number, item.title) for item in o.items] == [(1, "主要任务"), (1, "推进甲"), (2, "推进乙"), (2, "保障措施")]


def test_a_masthead_in_one_line_with_the_title_and_the_addressees() -> None:
    head = "云南省水利厅云南省财政厅文件云水建设〔2023〕17号关于做好水库除险加固的通知各州(市)水利局、财政局："
    (o,) = outlines(plain(f"{head}为加强管理，现通知如下：一、排查隐患。于6月底前完成。二、落实资金。\n"))
    assert (o.frame.title, o.frame.doc_number) == ("关于做好水库除险加固的通知", "云水建设〔2023〕17号")
    assert o.frame.year == 2023


def test_a_letter_in_one_line() -> None:
    """Its masthead ends where the name's last word comes again; its date stands behind the signer, in the midst."""
    head = "云南省发展和改革委员会委员会便函〔2023〕17号云南省发展和改革委员会关于报送项目的函各州(市)发展改革委:"
    (o,) = outlines(plain(f"{head}请于6月底前报送。\n"))
    assert (o.frame.doc_number, o.frame.year) == ("委员会便函〔2023〕17号", 2023)
    body = "据国家统计局2022年3月5日发布的数据，各地要抓紧推进。" + "加强协作配合，落实各项措施，及时总结经验。" * 20
    (o,) = outlines(plain(f"关于报送项目的函省直各部门：{body}电话：6310邮箱：a@b.cn省林业和草原局2023年5月4日附件：名单"))
    assert (o.frame.issued_on, o.frame.issuers) == ("2023-05-04", ("省林业和草原局",))


def test_a_text_in_one_line_with_its_number_behind_the_title_and_short_items() -> None:
    items = "一、排查隐患。于6月底前完成。二、落实资金。各单位定期通报进展。"
    signed = "渝中区人民政府办公室2021年8月23日（此件有删减）"
    (o,) = outlines(
        plain(f"渝中区人民政府办公室关于整治河道的实施意见渝府办〔2021〕5号区直各单位，各街道：现提出：{items}{signed}")
    )
    assert (o.frame.doc_number, o.frame.issued_on) == ("渝府办〔2021〕5号", "2021-08-23")
    assert o.frame.title == "渝中区人民政府办公室关于整治河道的实施意见"


def test_a_number_that_opens_the_line_of_title_and_addressees() -> None:
    head = "渝府办〔2021〕5号渝中区人民政府办公室关于整治河道的实施意见区直各单位，各街道办事处："
    (o,) = outlines(plain(f"{head}为加强管理，提出如下意见：一、排查隐患。于6月底前完成。二、落实资金。\n"))
    assert (o.frame.title, o.frame.doc_number) == ("渝中区人民政府办公室关于整治河道的实施意见", "渝府办〔2021〕5号")
    (o,) = outlines(
        plain("渝府办〔2021〕5号渝中区人民政府办公室关于河道督查情况的通报根据安排，现将情况通报如下：一、排查。二、落实。\n")
    )
    assert (o.frame.title[:5], o.frame.doc_number) == ("渝中区人民", "渝府办〔2021〕5号")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("各省、自治区、直辖市教育厅：\n为落实省里的要求，现通知如下。\n" + TASKS, "为落实省里的要求"),
        ("各市教育局：为落实省里的要求，现通知如下。\n" + TASKS, "为落实省里的要求"),
        ("重庆大学：\n报送的试点材料收悉。\n" + TASKS, "报送的试点材料收悉"),
        ("各市教育局：\n我厅制定了《智慧校园建设指南（2021年版）》，现予发布。\n" + TASKS, "智慧校园建设指南(2021年版)"),
        ("各市教育局：\n" + TASKS, "各市教育局:"),
    ],
)
def test_whom_a_text_without_a_title_addresses_is_none(text: str, title: str) -> None:
    assert only(text).title == title


@pytest.mark.parametrize(
    "first",
    [
        "根据省水利厅文件云水建设〔2023〕17号,现就有关事项通知如下:",
        "昆明市贯彻落实云南省水利厅文件云水建设〔2023〕17号实施方案",
    ],
)
def test_a_number_that_is_cited_is_no_masthead(first: str) -> None:
    (o,) = outlines(plain(f"{first}\n一、排查隐患\n县水务局负责。\n"))
    assert o.frame.doc_number is None


def test_who_holds_an_event_is_no_web_chrome() -> None:
    text = "举办运动会的方案\n一、主办单位\n主办单位：县教育局\n承办单位：第一中学\n二、工作安排\n做好接待。\n"
    (o,) = outlines(plain(text))
    assert [item.title for item in o.items] == ["主办单位", "工作安排"]
    (o,) = outlines(plain("举办运动会的方案\n1.组织\n主办单位：县教育局\n2.要求\n做好接待。\n"))
    assert [item.title for item in o.items] == ["组织", "要求"]
    text = plain("举办运动会的方案\n一、时间\n5月。\n二、地点\n县城。\n主办单位：某某网\n一、热点推荐\n")
    (o,) = outlines(text)
    assert o.frame.lines[-1].of(text) == "县城。"


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("国办发[2019]54号", "国办发〔2019〕54号"),
        ("国办发(2019)54号", "国办发〔2019〕54号"),
        ("长政〔2019〕第5号", "长政〔2019〕5号"),
    ],
)
def test_doc_number(printed: str, normal: str) -> None:
    assert doc_number(plain(printed)) == normal


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年3月1日", "2022-03-01"),
        ("2022-03-21", "2022-03-21"),
        ("2022/3/1 10:00", "2022-03-01"),
        ("2020年2月29日", "2020-02-29"),
        ("2021年2月29日", None),
        ("2022年13月1日", None),
        ("2022年3月", None),
        ("", None),
    ],
)
def test_iso_date(text: str, date: str | None) -> None:
    assert iso_date(text) == date
