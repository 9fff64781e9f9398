"""Web pages: the layouts of many sites, titles that a page names, 信息公开 headers, pictures in an article."""

from __future__ import annotations

import pytest

from kg.model import Source
from loaders.extract import extract
from loaders.read import read

TITLE = "桐城市水利局关于做好防汛备汛工作的通知"
TASKS = (
    "一、清理河道。各镇人民政府要在6月底前完成清理，确保行洪通畅。（责任单位：市水利局）",
    "二、储备物资。备足编织袋、救生衣等防汛物资，落实专人管理。（责任单位：市应急管理局）",
)
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>防汛信息公开栏目{n}</a></li>" for n in range(20)) + "</ul>"
BODY = "".join(f"<p>{words}</p>" for words in TASKS)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{MENU}{body}{MENU}</body></html>".encode()


def meta(title: str, published: str = "2023-05-08 09:30") -> str:
    site = '<meta name="SiteName" content="桐城市人民政府">'
    return f'<META NAME="articletitle" CONTENT="{title}"><meta name="PubDate" content="{published}">{site}'


def lines(source: Source) -> list[str]:
    return source.text.splitlines()


@pytest.mark.parametrize(
    "container",
    [
        *("div class='xl_content'", "div class='xl-cont'", "div class='xl-zw-con'", "div class='xlxlcont'", "div id='xlmain'"),
        *("div class='jgzn_content'", "div class='show-content'", "div class='show-detail'", "div class='vF_detail_content'"),
        *("div class='moe-detail-box'", "div class='editorContent-main'", "div class='easysite-news-text'", "div id='zoomcon'"),
        *("div class='ewb-article-content'", "div class='ls-article-info min500 j-fontContent'", "div class='generalContent'"),
        *("div class='view TRS_UEDITOR trs_paper_default trs_word'", "div class='trs_editor_view trs_external'"),
        *("div class='common-content'", "div id='vbs_content_2'", "td class='bt_content'", "div class='gk_zn_con'"),
        *("div class='zwxl-article'", "div class='file_detail'", "div class='storyContent'", "div class='xxgkcont'"),
        *("li class='wzxqnr'", "div class='zwnr'", "div class='wenZhang'", "div id='div_zhengwen'", "div id='mainText'"),
        *(
            "div class='articlecon'",
            "div class='conTxt'",
            "div id='conN'",
            "div class='news_content_text'",
            "section id='js_content'",
        ),
        *("div class='text-main'", "div id='wh_x_c'", "div class='xl-xqnr'", "td class='zoomTY'", "div id='font-para'"),
    ],
)
def test_the_element_that_holds_the_article(container: str) -> None:
    """Its words are read, and none of those around it."""
    close = container.split(maxsplit=1)[0]
    wrap = {"td": "<table><tr>{}</tr></table>", "li": "<ul>{}</ul>"}.get(close, "{}")
    article = wrap.format(f"<{container}>{BODY}</{close}>")
    others = "<div class='list-right'><p>热点：全市防汛工作会议召开，研究部署有关工作。</p></div>"
    source = read(page(f"<div class='outer'>{article}</div>{others}", meta(TITLE)), "a.html")
    assert lines(source) == ["发布日期：2023-05-08 09:30", TITLE, *TASKS]


@pytest.mark.parametrize(
    ("named", "head"),
    [
        (TITLE, [TITLE]),
        ("2023年桐城市义务教育学校招生指引", ["标题：2023年桐城市义务教育学校招生指引"]),
        ("防汛物资怎么领取？一文读懂", ["标题：防汛物资怎么领取？一文读懂"]),
    ],
)
def test_the_title_is_the_one_that_the_page_names(named: str, head: list[str]) -> None:
    """Not a heading of another box, which may read as one: 水利扶持政策."""
    data = page(f"<h2>热搜：<a>水利扶持政策</a></h2><h1>x</h1><div id=zoom>{BODY}</div>", meta(named))
    assert lines(read(data, "a.html"))[1:-2] == head
    (document,) = extract(data, "a.html").documents
    assert document.title.replace("?", "？") == named
    assert document.published_on == "2023-05-08"


def test_a_title_that_the_header_or_the_article_says_comes_once() -> None:
    header = "<table><tr><td>名　　称：</td><td>防汛物资领取指引</td></tr></table>"
    source = read(page(f"{header}<div id=zoom><p>{TITLE}</p>{BODY}</div>", meta("防汛物资领取指引")), "a.html")
    assert [line for line in lines(source) if "指引" in line] == ["名　　称：防汛物资领取指引"]
    assert lines(read(page(f"<div id=zoom><p>{TITLE}</p>{BODY}</div>", meta(TITLE)), "a.html")).count(TITLE) == 1


def test_an_empty_name_is_none() -> None:
    source = read(page(f"<h1>{TITLE}</h1><div id=zoom>{BODY}</div>", meta("")), "a.html")
    assert lines(source)[1] == TITLE


@pytest.mark.parametrize(
    "header",
    [
        (  # a table whose cells hold remarks of the system
            "<table><tr><td>信息索引号</td><td><!--a-->003/2023-7<!--b--></td><td>生成日期</td><td>2023-05-06</td><td>公开日期</td>"
            "<td>2023-05-08</td></tr><tr><td>文件编号</td><td>桐水〔2023〕7号</td><td>发布机构</td><td>桐城市水利局</td></tr></table>"
        ),
        (  # a list with bold labels
            "<ul><li><b>索 引 号:</b> 003/2023-7</li><li><b>发布机构:</b> 桐城市水利局</li><li><b>公开责任部门:</b> 办公室</li>"
            "<li><b>文　　号:</b> 桐水〔2023〕7号</li><li><b>公开日期:</b> 2023-05-08</li></ul>"
        ),
        (  # columns of divisions
            "<div>索 引 号：<label>003/2023-7</label></div><div>发文机关：<label>桐城市水利局</label></div>"
            "<div>发文字号：<label>桐水〔2023〕7号</label></div><div>发布日期：<label>2023年5月8日</label></div>"
        ),
    ],
)
def test_headers_of_information_made_public(header: str) -> None:
    """政府信息公开 headers in the layouts of several platforms give number, index, issuer and date."""
    (document,) = extract(page(f"{header}<h1>{TITLE}</h1><div id=zoom>{BODY}</div>"), "a.html").documents
    assert document.doc_number == "桐水〔2023〕7号"
    assert document.index_number == "003/2023-7"
    assert document.issuers == ("桐城市水利局",)
    assert document.published_on == "2023-05-08"


@pytest.mark.parametrize("tag", ["pre", "div style='color: red; WHITE-SPACE: pre-wrap'", "p"])
def test_lines_of_preformatted_text(tag: str) -> None:
    """Other line ends are none: between Chinese characters they are not even blanks; nor are tabs."""
    rows = ("1\t清淤\t市水利局", "2\t\t市财政局")
    text = "\n".join([f"<b>{TITLE}</b>", *(task.replace("清", "<i>清</i>") for task in TASKS), *rows])
    source = read(page(f"<div id=zoom><{tag}>{text}</{tag.partition(' ')[0]}></div>"), "a.html")
    lines = "\n".join([TITLE, *TASKS, *rows]) + "\n"
    assert source.text == (lines if tag != "p" else f"{TITLE}{''.join(TASKS)} 1 清淤 市水利局 2 市财政局\n")


LONG = "<p>" + "各镇要落实防汛责任制。" * 30 + "</p>"


@pytest.mark.parametrize(
    ("words", "picture", "named"),
    [
        (LONG, "<img src='./W020230508.jpg' width='600' alt=''>", ["图片 W020230508.jpg"]),
        (
            LONG,
            "<img src='a/b.png?v=1' style='border:0; width:720.5px;height:300px' alt='防汛任务清单'>",
            ["图片 防汛任务清单"],
        ),
        (LONG, "<img src='b.png'>", []),  # nothing says that it is large
        (LONG, "<img src='b.png' width='120' height='90'>", []),
        (LONG, "<img src='b.png' width='100%'>", []),
        ("<p>详见下图，请各镇人民政府认真落实防汛任务清单，及时报送进展情况。</p>", "<img src='b.png'>", ["图片 b.png"]),
        ("<p>详见下图，请各镇人民政府认真落实防汛任务清单，及时报送进展情况。</p>", "<img src='/images/icon_doc.gif'>", []),
        (LONG, "<img src='data:image/png;base64,AAAA' width=500>", ["图片 内嵌"]),
    ],
)
def test_pictures_that_may_be_tables(words: str, picture: str, named: list[str]) -> None:
    source = read(page(f"<div id=zoom>{words}{picture}</div><img src=banner.jpg width=1200>", meta(TITLE)), "a.html")
    assert [part.name for part in source.unread] == named
    assert {part.kind for part in source.unread} <= {"picture"}
