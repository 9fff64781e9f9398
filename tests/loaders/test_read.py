"""Bytes -> text, or the reason why not."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys

import pytest

from kg.errors import UnreadableFile
from loaders.read import read
from tests.clock import cpu_seconds

SIMPLIFIED = "长治市人民政府办公室关于印发工作方案的通知\r\n一、主要任务\r\n1.推进政务公开，各县区要加强领导。\r\n"
TRADITIONAL = "國務院關於實施責任制的通知\n一、主要任務\n1.各縣要加強領導，推動工作。\n"
NOISE = random.Random(1)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED),
        (SIMPLIFIED.encode("utf-8-sig"), "\ufeff" + SIMPLIFIED),
        (("\ufeff" + SIMPLIFIED).encode("utf-16-le"), "\ufeff" + SIMPLIFIED),
        (("\ufeff" + TRADITIONAL).encode("utf-16-be"), "\ufeff" + TRADITIONAL),
        (("\ufeff" + SIMPLIFIED).encode("utf-32-le"), "\ufeff" + SIMPLIFIED),
        (TRADITIONAL.encode(), TRADITIONAL),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED),
        (SIMPLIFIED.encode("gbk"), SIMPLIFIED),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL),
        (TRADITIONAL.encode("big5"), TRADITIONAL),
        ("各县𠮷田\n".encode(), "各县𠮷田\n"),
        (b"plain ASCII", "plain ASCII"),
    ],
)
def test_text(data: bytes, text: str) -> None:
    source = read(data, "a.txt")
    assert source.text == text
    assert source.id == hashlib.sha256(data).hexdigest()
    assert source.name == "a.txt"


@pytest.mark.parametrize(
    ("data", "name", "reason", "hint"),
    [
        (b"", "a.txt", "empty", "text in it"),
        (b" \n\t\r\n", "a.txt", "empty", "text in it"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a.docx", "broken", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", ".wps", ".docx"),
        (b"{\\rtf1\\ansi", "a.doc", "rich text", ".docx"),
        (b"GIF89a\x01\x00", "a.png", "a picture (.gif)", ".png"),
        (b"Rar!\x1a\x07", "a.docx", "an archive", "unpack"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.mht", "web archive", "as HTML"),
        (b'<?xml version="1.0"?>\n<w:wordDocument/>', "a.xml", "XML", ".docx"),
        (b"%PDF-1.4\n1 0 obj\n\x00", "a.txt", "broken", "save it again"),
        (SIMPLIFIED.encode("utf-16-le"), "a.txt", "binary", "plain text"),
        (SIMPLIFIED.encode("utf-16") + b"\0", "a.txt", "not the UTF-16-LE that it says", "as UTF-8"),
        ("Les élèves français où règne la naïveté. ".encode("latin-1") * 20, "a.txt", "neither UTF-8 nor GB18030", "as UTF-8"),
        ("これは日本語です。関係機関は連携する。".encode("shift_jis") * 9, "a.txt", "neither UTF-8", "as UTF-8"),
        (bytes(NOISE.randrange(128, 256) for _ in range(3000)), "a.txt", "neither UTF-8", "as UTF-8"),
        (b"<html><body><script>draw()</script></body></html>", "a.html", "no text", "as the browser shows it"),
        (b"```\n```", "a.md", "no text", "text in it"),
    ],
)
def test_unreadable(data: bytes, name: str, reason: str, hint: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    assert name in caught.value.message
    assert reason in caught.value.message
    assert hint in caught.value.hint


def test_a_format_brings_its_libraries_only_where_it_is_read() -> None:
    code = "import sys, loaders.extract; loaders.extract.read('一、推进工作。'.encode(), 'a.txt'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "python_calamine",
        "olefile",
        "lxml",
        "docx",
        "pypdfium2",
        "pdfplumber",
        "selectolax",
        "csv",
        "PIL",
        "numpy",
        "cv2",
    }
    assert heavy.isdisjoint(loaded)


def test_a_page_that_declares_a_codec_of_host_names() -> None:
    page = ("<html><meta charset=punycode><p>" + SIMPLIFIED + "a" * 200_000).encode()
    assert cpu_seconds(lambda: read(page, "a.html"), times=1) < 3
    assert "长治市" in read(page, "a.html").text


def test_a_page_saved_as_a_sheet_is_a_page() -> None:
    rows = "<tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>修路</td></tr>"
    assert read(f"<html><body><table>{rows}</table></body></html>".encode(), "a.xls").media_type == "text/html"
