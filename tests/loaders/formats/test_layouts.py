"""Web pages, web archives, archives and letters in the layouts of real ones give the facts of the same text as .txt."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import pytest

from loaders.packages import members
from loaders.read import is_package
from tests.loaders.formats.demanded import facts
from tests.loaders.test_packages import packed

TITLE = "关于做好2023年度粮食收储工作的通知"
ABOVE = (
    *("襄水市粮食和物资储备局", TITLE, "襄粮发〔2023〕26号", "各县（市、区）人民政府："),
    "一、腾仓备库。各县（市、区）人民政府要在5月20日前完成检修。",
)
ROWS = (
    ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
    ("1", "发放收购资格证明", "市粮食和物资储备局", "市市场监督管理局", "2023年5月底前"),
    ("2", "落实收购资金", "市财政局", "市审计局、市地方金融管理局", "2023年6月10日前"),
)
BELOW = ("襄水市粮食和物资储备局", "2023年4月26日")
TEXT = "\n".join([*ABOVE, *map("\t".join, ROWS), *BELOW])

CONTENT_SYSTEM = (  # an article between menus, its table set by a word processor
    '<div class="nav"><ul>' + "<li><a href='/a'>政务公开</a></li>" * 9 + "</ul></div>"
    '<div class="TRS_Editor">{above}{table}{below}</div><div class="foot"><a href="/b">网站地图</a> 版权所有</div>'
)
WORD = '<div class=WordSection1 style="layout-grid:15.6pt">{above}<div align=center>{table}</div>{below}</div>'
FRAME = '<table width="960" align="center"><tr><td valign="top">{above}{table}{below}</td></tr></table>'  # a page in a table
CELLS = {  # how a cell is written
    CONTENT_SYSTEM: "<td><p><span>{}</span></p></td>",
    WORD: '<td width=96 style="border:solid 1.0pt"><p class=MsoNormal><span lang=EN-US>{}<o:p></o:p></span></p></td>',
    FRAME: "<td>&nbsp;{}<br></td>",
}


def page(layout: str, charset: str = "utf-8") -> bytes:
    table = "".join(f"<tr>{''.join(CELLS[layout].format(cell) for cell in row)}</tr>" for row in ROWS)
    above, below = ("".join(f"<p>　　{words}</p>\n" for words in lines) for lines in (ABOVE, BELOW))
    body = layout.format(above=above, table=f"<table border=1>{table}</table>", below=below)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{TITLE}</title>'
    return f"<html><head>{head}</head><body>{body}</body></html>".encode(charset)


def archive(body: bytes, encoding: str, head: str, more: str = "") -> bytes:
    """A web archive whose page is `body`."""
    mime = f'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="=_b"\n\n{more}--=_b\n'
    written: dict[str, Callable[[bytes], bytes]] = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    body = written.get(encoding, bytes)(body)
    return f"{head}{mime}Content-Type: text/html\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body + b"\n--=_b--\n"


def letter(text: str, attached: Mapping[str, bytes], *, html: bool = False) -> bytes:
    mail = EmailMessage()
    mail["Received"], mail["Subject"], mail["From"] = "from a by b", TITLE, "office@example.cn"
    mail.set_content(text, subtype="html" if html else "plain")
    for name, data in attached.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


FILES = {
    "system.html": page(CONTENT_SYSTEM),
    "word.html": page(WORD, "gb2312"),
    "frame.htm": page(FRAME, "gbk"),
    "blink.mht": archive(page(CONTENT_SYSTEM), "quoted-printable", "From: <Saved by Blink>\nSubject: x\n"),
    "explorer.mht": archive(page(WORD, "gb2312"), "base64", "From: <Saved by Microsoft Internet Explorer 5>\n"),
    "wps.mhtml": archive(page(FRAME), "8bit", "", "This is a multi-part message.\n"),
    "flat.zip": packed([("通知.txt", TEXT.encode("gb18030"))]),
    "folders.zip": packed([("粮食/附件/", b""), ("粮食/附件/通知.html", page(CONTENT_SYSTEM))]),
    "nested.zip": packed([("内.zip", packed([("通知.htm", page(FRAME, "gbk"))]))]),
    "plain.eml": letter(TEXT, {}),
    "page.eml": letter(page(WORD).decode(), {}, html=True),
    "attached.eml": letter("请查收。", {"通知.txt": TEXT.encode(), "通知.zip": packed([("通知.txt", TEXT.encode())])}),
}


@pytest.mark.parametrize("name", FILES)
def test_facts_are_those_of_the_same_text(name: str) -> None:
    written = facts(TEXT.encode(), "a.txt")
    assert [len(document["assignments"]) for document in written] == [6]
    assert [deadline["due"] for deadline in written[0]["deadlines"]] == ["2023-05-20", "2023-05-31", "2023-06-10"]
    data = FILES[name]
    parts = list(members(data, name)) if is_package(data, name) else [(name, data)]
    found = [facts(content, part) for part, content in parts if isinstance(content, bytes) and len(content) > 100]
    assert found
    assert all(documents == written for documents in found)
