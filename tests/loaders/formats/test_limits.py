"""What a file may cost is counted while it is read, not taken from what it says of itself."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from kg.errors import UnreadableFile
from loaders import kinds
from loaders.formats import html, ofd_package, pdf, workbook
from loaders.formats.html import read_html
from loaders.read import is_package, read
from tests.clock import cpu_seconds
from tests.kg.apart import hostile
from tests.loaders.formats.layouts import as_xlsx, sheet
from tests.loaders.formats.test_ofd import ofd, text

PARAGRAPH = "<w:p><w:r><w:t>各县区要推进政务公开</w:t></w:r></w:p>"


def test_a_package_that_says_less_than_it_holds_is_broken() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.docx: the file is broken \(BadZipFile in word/document\.xml\)"):
        read(hostile.docx_that_lies(1), "a.docx")


def test_what_a_package_unpacks_to_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = hostile.docx([PARAGRAPH * 10])
    size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    monkeypatch.setattr(kinds, "_LARGEST_PACKAGE", size)
    monkeypatch.setattr(kinds, "_AT_ONCE", 10)
    assert read(data, "a.docx").text.count("各县区") == 10
    monkeypatch.setattr(kinds, "_LARGEST_PACKAGE", size - 1)
    with pytest.raises(UnreadableFile, match="unpacked it is larger than"):
        read(data, "a.docx")


def test_what_holds_files_is_told_without_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked outside of the process whose memory and time are bounded."""
    data = hostile.docx([PARAGRAPH])
    monkeypatch.delattr(zipfile.ZipFile, "open")
    assert not is_package(data, "a.docx")


def test_memory_that_runs_out_does_not_make_a_file_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(workbook, "_write", full)
    with pytest.raises(MemoryError):
        read(as_xlsx(sheet(["市司法局"])), "a.xlsx")


def test_the_markup_of_a_part_of_an_ofd_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ofd(text("落实责任", 30, 40))
    assert read(data, "a.ofd").text == "落实责任\n"
    monkeypatch.setattr(ofd_package, "_MOST_MARKUP", 10)
    with pytest.raises(UnreadableFile, match="unpacked it is larger than"):
        read(data, "a.ofd")


def test_tags_of_a_package_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = hostile.docx([PARAGRAPH * 10])
    package = zipfile.ZipFile(io.BytesIO(data))
    tags = sum(package.read(part).count(b"<") for part in package.namelist())
    monkeypatch.setattr(kinds, "_MOST_TAGS", tags)
    assert read(data, "a.docx").text.count("各县区") == 10
    monkeypatch.setattr(kinds, "_MOST_TAGS", tags - 1)
    with pytest.raises(UnreadableFile, match="its XML has over"):
        read(data, "a.docx")


def test_characters_are_counted_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any of them is looked at."""
    looked: list[int] = []
    shown = pdf._shown

    def look(page: object) -> object:
        looked.append(1)
        return shown(page)

    monkeypatch.setattr(pdf, "_shown", look)
    data = hostile.pdf_of_characters(30_000 * 5, 5)
    monkeypatch.setattr(pdf, "_MOST_ON_PAGE", 29_000)
    with pytest.raises(UnreadableFile, match=r"a\.pdf: page 1 has 30,000 characters, more than fit on one"):
        read(data, "a.pdf")
    monkeypatch.setattr(pdf, "_MOST_ON_PAGE", 50_000)
    monkeypatch.setattr(pdf, "_MOST_CHARACTERS", 70_000)
    with pytest.raises(UnreadableFile, match=r"a\.pdf: longer than 70,000 characters"):
        read(data, "a.pdf")
    assert looked == []


@pytest.mark.parametrize(
    "attributes",
    [
        " a{}=1",
        " a{}",
        "\na{}\n=\n'>'",
        '/a{}=">" ',
        " a{}='\"'",
        " =a{}",
        " a{}=>"[:-1],
        " <a{}",
        ' a{}=""b{}',
    ],
)
def test_attributes_are_counted_however_they_are_written(attributes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_ATTRIBUTES", 20)
    few, many = ("".join(attributes.format(n, n) for n in range(count)) for count in (9, 41))
    page = "<html><body><p{}>通知</p><p>各县区要推进政务公开</p></body></html>"
    assert "政务公开" in read_html(page.format(few), "a.html").text()
    with pytest.raises(UnreadableFile, match="with over 20 attributes"):
        read_html(page.format(many), "a.html")


def test_words_and_pictures_in_a_page_are_no_attributes() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo/ab+c" * 20_000
    page = f'<p><img src="{picture}" alt=""><b>{"word " * 5000}</b>各县区 a < b {"c " * 5000}</p><p class="x>公开</p>'
    assert "各县区" in read_html(page, "a.html").text()


@pytest.mark.parametrize(
    "piece",
    ["<a x='\">", '<a b="', "<a ", "<a =", "<a b=\"'>", "<a" + " " * 50, "<a\t='", "<a " * 400 + ">", '<a b="c" ' * 400 + ">"],
)
def test_counting_attributes_takes_linear_time(piece: str) -> None:
    def work(length: int) -> float:
        page = piece * (length // len(piece))

        def count() -> None:
            with contextlib.suppress(UnreadableFile):
                html._check_depth(page, "a.html")

        return cpu_seconds(count)

    longer = work(400_000)
    assert longer < 0.15 or longer < 10 * work(100_000)
