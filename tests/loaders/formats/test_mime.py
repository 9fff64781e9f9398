"""Letters and web archives, in the layouts in which Chinese mail programs and browsers write them."""

from __future__ import annotations

import base64
import quopri

import pytest

from kg.errors import UnreadableFile
from kg.model import OwnWords
from loaders.formats.mime import kind
from loaders.packages import members
from loaders.read import is_package, read

NOTICE = "晋城市林业局关于做好春季造林工作的通知\n一、抓好整地。市林业局牵头，市财政局配合，2023年3月底前完成。\n"
TABLE = "<table><tr><td>任务</td><td>责任单位</td></tr><tr><td>整地</td><td>市林业局</td></tr></table>"


def b64(text: str | bytes, charset: str = "utf-8") -> str:
    data = text.encode(charset) if isinstance(text, str) else text
    return base64.encodebytes(data).decode("ascii")


def word(text: str, charset: str, declared: str | None = None) -> str:
    return f"=?{declared or charset}?B?{base64.b64encode(text.encode(charset)).decode('ascii')}?="


def contents(letter: str | bytes, name: str = "信.eml") -> dict[str, bytes]:
    data = letter.encode("ascii") if isinstance(letter, str) else letter
    assert is_package(data, name)
    found = {}
    for member in members(data, name):
        assert isinstance(member.content, bytes), member
        found[member.name] = member.content
    return found


def test_foxmail() -> None:
    """Plain text and HTML of the same letter, GB2312 declared for its superset, names as encoded words."""
    name = word("附件：朱镕基讲话.txt", "gbk", "GB2312")
    letter = f"""Date: Mon, 6 Feb 2023 09:00:00 +0800
From: {word("林业局", "gb2312")} <lyj@example.cn>
To: all <all@example.cn>
Subject: {word("春季造林/补植", "gb2312", "GB2312")}
X-Mailer: Foxmail 7.2.23.121[cn]
Mime-Version: 1.0
Content-Type: multipart/mixed;
\tboundary="----=_001_NextPart205_=----"

This is a multi-part message in MIME format.

------=_001_NextPart205_=----
Content-Type: multipart/alternative;
\tboundary="----=_002_NextPart205_=----"

------=_002_NextPart205_=----
Content-Type: text/plain;
\tcharset="GB2312"
Content-Transfer-Encoding: base64

{b64("任务 责任单位", "gb2312")}
------=_002_NextPart205_=----
Content-Type: text/html;
\tcharset="GB2312"
Content-Transfer-Encoding: quoted-printable

{quopri.encodestring(f"<html><meta charset=GB2312><p>镕</p>{TABLE}</html>".encode("gbk")).decode("ascii")}
------=_002_NextPart205_=------

------=_001_NextPart205_=----
Content-Type: application/octet-stream;
\tname="{name}"
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
\tfilename="{name}"

{b64(NOTICE, "gb18030")}
------=_001_NextPart205_=------
"""
    found = contents(letter)
    assert list(found) == ["春季造林／补植.html", "附件：朱镕基讲话.txt"]
    page = read(found["春季造林／补植.html"], "a.html")
    assert "镕" in page.text
    assert len(page.tables) == 1
    assert read(found["附件：朱镕基讲话.txt"], "a.txt").text == NOTICE


def test_netease_and_its_quoted_names() -> None:
    letter = f"""Received: from lyj$example.cn ( [10.0.0.1] ) by ajax-webmail (Coremail)
From: lyj <lyj@example.cn>
Subject: =?GBK?Q?=D4=EC=C1=D6=CC=A8=D5=CB?=
X-Mailer: Coremail Webmail Server Version XT5
Content-Type: multipart/mixed; boundary="----=_Part_1"
MIME-Version: 1.0

------=_Part_1
Content-Type: text/plain; charset=GBK
Content-Transfer-Encoding: base64

{b64("请各县区于2月10日前报送。", "gbk")}
------=_Part_1
Content-Type: text/plain; name="=?GBK?Q?=B1=ED1.txt?="
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="=?GBK?Q?=B1=ED1.txt?="

{b64(NOTICE)}
------=_Part_1
Content-Type: text/plain; name="=?GBK?Q?=B1=ED1.txt?="
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="=?GBK?Q?=B1=ED1.txt?="

{b64("另一张表")}
------=_Part_1--
"""
    found = contents(letter)
    assert list(found) == ["造林台账.txt", "表1.txt", "表1 (2).txt"]
    assert found["造林台账.txt"].decode().strip() == "请各县区于2月10日前报送。"
    assert found["表1.txt"].decode() == NOTICE


def test_outlook_cuts_names_inside_a_character_and_shows_pictures() -> None:
    raw = "关于春季造林的附件说明.txt".encode("gb2312")
    cut = " ".join(f"=?gb2312?B?{base64.b64encode(part).decode('ascii')}?=" for part in (raw[:7], raw[7:]))
    letter = f"""From: lyj@example.cn
To: all@example.cn
Subject: 转发
Date: Mon, 6 Feb 2023 09:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="A"
X-Mailer: Microsoft Outlook 16.0

--A
Content-Type: multipart/related; boundary="B"

--B
Content-Type: multipart/alternative; boundary="C"

--C
Content-Type: text/plain; charset="utf-8"

.
--C
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{b64(f'<p>见附件</p><img src="cid:logo">{TABLE}')}
--C--

--B
Content-Type: image/png; name="image001.png"
Content-ID: <logo>
Content-Transfer-Encoding: base64

{b64(b"PNG")}
--B--

--A
Content-Type: text/plain; name="{cut.replace(" ", chr(10) + chr(9))}"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="{cut.replace(" ", chr(10) + chr(9))}"

{b64(NOTICE)}
--A
Content-Type: application/octet-stream
Content-Disposition: attachment; filename*0*=gb2312''%C1%D6%E9F;
 filename*1*=%C2%B7.txt
Content-Transfer-Encoding: base64

{b64("林镕路")}
--A--
""".encode()
    assert list(contents(letter)) == ["转发.html", "关于春季造林的附件说明.txt", "林镕路.txt"]


def test_a_letter_in_a_letter_and_bytes_that_no_standard_allows() -> None:
    """GBK in a header field without any encoding, as older programs write it; the forwarded letter is a package of its own."""
    inner = f"From: a@example.cn\nTo: b@example.cn\nSubject: {word('原信', 'utf-8')}\nMIME-Version: 1.0\n\n{NOTICE}"
    letter = (
        b"Return-Path: <a@example.cn>\nSubject: " + "转发的信".encode("gbk") + b"\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n" + inner.encode() + b"\n--x\n"
        b'Content-Disposition: attachment; filename="C:\\temp\\' + "附表".encode("gbk") + b'.txt"\n\nabc\n--x--\n'
    )
    found = contents(letter)
    assert list(found) == ["原信.eml/原信.txt", "附表.txt"]
    assert found["原信.eml/原信.txt"].decode().strip() == NOTICE.strip()


def test_no_member_for_an_empty_text_and_a_signature() -> None:
    letter = f"""From: a@example.cn
To: b@example.cn
Subject: x
MIME-Version: 1.0
Content-Type: multipart/signed; boundary=s

--s
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: text/html

<html><body><div>&nbsp;<br></div></body></html>
--m
Content-Type: text/plain; name=a.txt
Content-Transfer-Encoding: base64

{b64(NOTICE)}
--m--
--s
Content-Type: application/pkcs7-signature; name=smime.p7s

AAAA
--s--
"""
    found = contents(letter.replace("&nbsp;", "&nbsp;x"))
    assert {name: isinstance(content, OwnWords) for name, content in found.items()} == {"x.html": True, "a.txt": False}
    assert list(contents(letter)) == ["a.txt"]


def test_a_letter_without_the_boundary_that_it_declares_is_text() -> None:
    letter = f"Received: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{NOTICE}".encode()
    found = contents(letter)
    assert found == {"无主题.txt": NOTICE.encode()}
    assert not isinstance(found["无主题.txt"], OwnWords)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n",
            "multipart/related",
        ),
        (b'MIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset="gb2312"\r\n\r\n<p>', "multipart/related"),
        (b"To: a\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n", "message/rfc822"),
        (b"From MAILER Mon Feb  6 09:00:00 2023\nReceived: from a\n\nx", "message/rfc822"),
        (b"From: a\nSubject: b\n\nx", "message/rfc822"),
        (b"http://example.cn/a.html\nFrom: a\n", None),
        (b"Subject: a line of text\n\nx", None),
        (b"Note: words\nFrom: here on\n", None),
    ],
)
def test_what_begins_like_a_letter(start: bytes, expected: str | None) -> None:
    assert kind(start) == expected


@pytest.mark.parametrize("declared", ["", '; charset="gb2312"', "; charset=unknown"])
def test_a_web_archive_is_the_page_in_it(declared: str) -> None:
    page = f'<html><head><meta charset="gb2312"><title>通知</title></head><body><h1>{NOTICE[:20]}</h1>{TABLE}</body></html>'
    archive = f"""From: =?gb2312?B?08kgSW50ZXJuZXQgRXhwbG9yZXIgsaO05g==?=
Subject: x
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; start="<main>"; boundary="b"

--b
Content-Type: text/html
Content-ID: <frame>

<p>advertisement</p>
--b
Content-Type: text/html{declared}
Content-ID: <main>
Content-Transfer-Encoding: base64
Content-Location: http://example.cn/

{b64(page, "gbk")}
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: http://example.cn/logo.png

{b64(b"PNG")}
--b--
""".encode("ascii")
    assert not is_package(archive, "页.mht")
    source, alone = read(archive, "页.mht"), read(page.encode("gbk"), "页.html")
    assert source.media_type == "multipart/related"
    assert source.text == alone.text
    assert source.tables == alone.tables
    assert "advertisement" not in source.text


def test_hostile_letters_are_bounded() -> None:
    head = b"Received: x\nMIME-Version: 1.0\n"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%db"\n\n--%db\n' % (n, n) for n in range(900))
    for body in (
        deep + b"a\n" * 100_000,
        b"Content-Type: message/rfc822\n\n" * 100_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 100_000,
        b"\n" + b"\r" * 3_000_000,
    ):
        (member,) = members(head + body, "信.eml")
        assert isinstance(member.content, UnreadableFile)
        assert member.content.message.startswith("信.eml: ")
    (member,) = members(head + b"Subject: " + b"=?gb2312?B?uL28/g==?= " * 200_000 + b"\n\nx", "信.eml")
    assert member.content == b"x"
    assert len(member.name) <= 200
