"""Files in files: their names, and the limits that nothing gets past."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Iterable

import pytest

from kg.errors import KgError, UnreadableFile
from loaders.packages import MOST_FILES, Member, members
from loaders.read import is_package, read
from tests.clock import cpu_seconds

NOTICE = "晋城市林业局关于做好春季造林工作的通知\n一、抓好整地。市林业局牵头，2023年3月底前完成。\n".encode()
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def packed(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    """With other values in the only record of the central directory."""
    start = data.index(CENTRAL) + at
    return data[:start] + struct.pack(form, *values) + data[start + struct.calcsize(form) :]


def errors(data: bytes, name: str = "包.zip") -> list[str]:
    return [str(member.content) for member in members(data, name) if isinstance(member.content, UnreadableFile)]


def test_each_file_by_its_name_and_packages_in_packages() -> None:
    inner = packed([("表1.txt", NOTICE), ("a\\b\\表2.txt", b"2")])
    data = packed([("通知.txt", NOTICE), ("附件/", b""), ("附件/附表.zip", inner), ("../../etc/C:\\x.txt", b"3")])
    assert list(members(data, "包.zip")) == [
        Member("通知.txt", NOTICE),
        Member("附件/附表.zip/表1.txt", NOTICE),
        Member("附件/附表.zip/a/b/表2.txt", b"2"),
        Member("etc/C:/x.txt", b"3"),
    ]


def test_names_stay_inside_and_are_distinct() -> None:
    given = ["/a.txt", "..\\a.txt", "C:\\a.txt", "a (2).txt", "x\n\u202e.txt", "./..", "长" * 300 + ".docx"]
    found = [member.name for member in members(packed((name, b"x") for name in given), "包.zip")]
    assert found[:4] == ["a.txt", "a (2).txt", "a (3).txt", "a (2) (2).txt"]
    assert found[4:] == ["x\ufffd\u202e.txt", "无名", "长" * 195 + ".docx"]


def test_what_systems_put_beside_files_is_left_out() -> None:
    junk = ["__MACOSX/._a.txt", "d/.DS_Store", "Thumbs.db", "d/desktop.ini", "~$通知.docx", "._a.txt"]
    assert [m.name for m in members(packed((name, b"x") for name in [*junk, "a.txt"]), "包.zip")] == ["a.txt"]
    assert "no file" in errors(packed((name, b"x") for name in junk))[0]


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("附件1：春季造林任务清单.txt", "gbk"),
        ("朱镕基.txt", "gbk"),
        ("乗车方案.txt", "gbk"),  # its second byte is a backslash
        ("材料/表二.txt", "utf-8"),
        ("附件許可.txt", "big5"),
        ("résumé.txt", "cp437"),
        ("über.txt", "cp437"),
    ],
)
def test_names_without_the_flag_for_utf8(name: str, charset: str) -> None:
    raw = name.encode(charset)
    placeholder = b"x" * len(raw)
    data = packed([(placeholder.decode("ascii"), b"y")]).replace(placeholder, raw)
    assert [member.name for member in members(data, "包.zip")] == [name]


def test_what_is_a_package() -> None:
    notice = packed([("word/通知.txt", NOTICE), ("xl/表.txt", NOTICE)])
    assert is_package(notice, "a.docx")  # by what it holds, whatever its folders are called
    assert not is_package(packed([("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]), "a.zip")
    assert not is_package(NOTICE, "a.zip")
    assert not is_package(b"PK\x03\x04", "a.zip")
    assert is_package(packed([("a.pdf", b"%PDF-1.4 ")], zipfile.ZIP_STORED), "a.zip")
    with pytest.raises(UnreadableFile, match=r"a\.zip: this is an archive"):
        read(notice, "a.zip")


def test_archives_of_other_kinds_are_refused_by_name() -> None:
    starts = {"rar": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf\x27\x1c", "gz": b"\x1f\x8b\x08", "winmail.dat": b"\x78\x9f\x3e\x22"}
    for suffix, start in starts.items():
        with pytest.raises(UnreadableFile, match=suffix):
            read(start + b"\0" * 9, "a")


def test_a_file_with_a_password_and_one_packed_otherwise() -> None:
    assert "password" in errors(patched(packed([("a.txt", b"x")]), 8, "<H", 1))[0]
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert "Deflate" in errors(packed([("a.txt", b"x" * 99)], method))[0]


def test_a_header_that_lies_about_the_size() -> None:
    whole = b"0123456789" * 10
    data = packed([("a.txt", whole), ("b.txt", NOTICE)])
    short = patched(data, 16, "<I", zlib.crc32(whole[:40]))
    short = patched(short, 24, "<I", 40)
    long = patched(data, 24, "<I", 1000)
    for lie in (short, long):
        first, second = members(lie, "包.zip")
        assert isinstance(first.content, UnreadableFile)
        assert first.content.message.startswith("包.zip/a.txt: ")
        assert second == Member("b.txt", NOTICE)


def test_a_ratio_bomb_and_one_that_hides_its_size() -> None:
    data = packed([("a.txt", b"\0" * 20_000_000), ("b.txt", NOTICE)])
    assert "200 times" in errors(data)[0]
    tracemalloc.start()
    try:
        assert len(errors(patched(data, 24, "<I", 900_000))) == 1
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert "larger than" in errors(patched(data, 24, "<I", 4_000_000_000))[0]


def test_the_total_is_looked_at_before_a_file_is_unpacked() -> None:
    noise = random.Random(1).randbytes(1_000_000)
    data = packed((f"{n}.bin", noise + b"\0" * 59_000_000) for n in range(6))
    outcomes = [member.content if isinstance(member.content, UnreadableFile) else "read" for member in members(data, "包.zip")]
    assert outcomes[:5] == ["read"] * 5
    assert "more than 300,000,000 bytes" in str(outcomes[5:])


def test_too_many_files() -> None:
    many = packed((str(n), b"") for n in range(MOST_FILES + 1))
    (only,) = members(many, "包.zip")
    assert only.name == ""
    assert "more than 2,000 files" in str(only.content)
    spread = packed((f"{n}.zip", packed((str(m), b"x") for m in range(100))) for n in range(30))
    found = list(members(spread, "包.zip"))
    assert len(found) < MOST_FILES
    assert "more than 2,000 files" in str(found[-1].content)


@pytest.mark.hostile
def test_a_hundred_thousand_files() -> None:
    data = packed((str(n), b"") for n in range(100_000))
    assert not is_package(data, "包.zip")
    with pytest.raises(UnreadableFile, match="more than 50,000 parts"):
        read(data, "包.zip")
    assert cpu_seconds(lambda: is_package(data, "包.zip")) < 0.5


@pytest.mark.hostile
def test_packages_in_packages_end() -> None:
    """As 42.zip: sixteen packages in each, six deep."""
    data = packed([("a.txt", b"\0" * 5_000_000)])
    for _ in range(6):
        data = packed((f"{n}.zip", data) for n in range(16))
    found: list[Member] = []
    assert cpu_seconds(lambda: found.extend(members(data, "包.zip")), times=1) < 5
    assert not any(isinstance(member.content, bytes) for member in found)
    assert "in one another" in str(found[0].content)
    assert len(found) == 22  # twenty by name, how many more there are, and that there are too many files
    assert "more of packages in one another" in str(found[-1].content)


def test_files_that_overlap() -> None:
    """Each file quotes the header of the next and goes on with its data (D. Fifield, A better zip bomb, 2019)."""
    kernel = zlib.compress(b"\0" * 1_000_000, 9, -15)
    body = b""
    records: list[tuple[bytes, bytes, int]] = []
    for n in reversed(range(50)):
        name = b"%02d" % n
        header = LOCAL + struct.pack("<5H3I2H", 20, 0, 8, 0, 0, 0, 0, 1_000_000, len(name), 0) + name
        quoted = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + header
        body = quoted + body if body else kernel
        records.append((name, header, len(body)))
    whole = records[-1][1] + body
    directory = b""
    for name, _, length in records:
        offset = len(whole) - length - 32
        directory += (
            CENTRAL + struct.pack("<6H3I5H2I", 20, 20, 0, 8, 0, 0, 0, length, 1_000_000, 2, 0, 0, 0, 0, 0, offset) + name
        )
    data = whole + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 50, 50, len(directory), len(whole), 0)
    assert len(zipfile.ZipFile(io.BytesIO(data)).infolist()) == 50
    (error,) = errors(data)
    assert "overlap" in error
    twice = packed([("a.txt", NOTICE)])
    record = twice[twice.index(CENTRAL) : twice.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(record), twice.index(CENTRAL), 0)
    assert "overlap" in errors(twice[: twice.index(CENTRAL)] + 2 * record + end)[0]


@pytest.mark.hostile
def test_no_mutation_gets_out() -> None:
    noise = random.Random(7)
    letter = b"From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain;\n"
    letter += b' charset="gb2312"\nContent-Transfer-Encoding: base64\n\nuL28/g==\n--b\nContent-Disposition: attachment; '
    letter += b"filename*0*=gb2312''%B8%BD; filename*1=\"=?gb2312?B?uL28/g==?=\"\n\nabc\n--b--\n"
    for whole in (packed([("通知.txt", NOTICE), ("a.zip", packed([("b.txt", NOTICE)]))]), letter):
        for _ in range(1000):
            data = bytearray(whole)
            for _ in range(noise.randrange(1, 6)):
                data[noise.randrange(len(data))] = noise.randrange(256)
            mutant = bytes(data[: noise.choice((len(data), noise.randrange(len(data))))])
            if is_package(mutant, "a"):
                assert all(isinstance(member.content, bytes | UnreadableFile) for member in members(mutant, "a"))
            else:
                try:
                    read(mutant, "a")
                except KgError as error:
                    assert error.message.startswith("a: ")
