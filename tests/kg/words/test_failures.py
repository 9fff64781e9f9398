"""Every sentence by which a file is refused is said in Chinese, with what it names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from kg.words.failures import in_chinese
from loaders import kinds, read

ROOT = Path(__file__).parents[3]
FILES = [
    *(ROOT / "loaders").rglob("*.py"),
    ROOT / "kg" / "folders.py",
    ROOT / "kg" / "apart" / "readers.py",
    ROOT / "kg" / "apart" / "cells.py",
    ROOT / "kg" / "graph" / "returned.py",
    ROOT / "api" / "files.py",
]
ENGLISH = re.compile(r"[a-z]+ [a-z]+ ")
MADE = ("UnreadableFile", "NothingFound", "Skipped")


def sentences() -> Iterator[str]:
    """What these errors are made of where that stands in the code, with 7 for each value."""
    for file in FILES:
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id in MADE:
                yield from (said for argument in call.args if (said := _said(argument, module)))


def _said(argument: ast.expr, module: str) -> str:
    match argument:
        case ast.Constant(str(words)):
            return words
        case ast.JoinedStr(values):
            return "".join(str(value.value) if isinstance(value, ast.Constant) else "7" for value in values)
        case ast.Name(name) if name.isupper():
            return str(getattr(import_module(module), name))
    return ""


def reasons_of_the_audit() -> Iterator[str]:
    """Why its checks find something, and what to do where that is no command."""
    for file in (ROOT / "kg" / "decide" / "audit").glob("*.py"):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        yield from getattr(import_module(module), "_WHY", {}).values()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("Finding"), [_, _, *given]):
                    found = given[:2]
                case ast.Assign([ast.Name("why" | "todo")], value):
                    found = [value]
                case _:
                    found = []
            yield from (said for value in found if not (said := _said(value, module)).startswith("kg "))


def test_every_sentence_has_its_words() -> None:
    said = {*sentences(), *reasons_of_the_audit()}
    assert len(said) > 120
    assert [sentence for sentence in said if ENGLISH.search(in_chinese(sentence) + " ")] == []


@pytest.mark.parametrize(
    "what",
    [
        *(what for _, what, _ in (*kinds._REFUSED, *kinds._STREAMS_REFUSED, *kinds._PARTS_REFUSED)),
        *read._HOLD_FILES.values(),
    ],
)
def test_what_a_file_is_is_said_inside_a_sentence(what: str) -> None:
    said = in_chinese(f"附件.bin: this is {what}")
    assert said.startswith("附件.bin：这是") and not ENGLISH.search(said)


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        ("空.txt: the file is empty\ngive a file with text in it", "空.txt：文件是空的\n请提供有文字的文件"),
        ("包: 甲.zip/a.pdf: 1200 pages, more than 1000", "包: 甲.zip/a.pdf：有 1200 页，超过 1000 页"),
        (
            "a.zip: it holds more than 2,000 files; what is past that is not read",
            "a.zip：包里有超过 2,000 个文件，超出的部分没有读",
        ),
        ("a named pipe, not a file", "是命名管道，不是文件"),
        ("the folder cannot be read: Permission denied", "文件夹读不了：没有权限"),
        ("nobody knows this sentence", "nobody knows this sentence"),
        ("", ""),
    ],
)
def test_a_sentence_is_found_behind_a_name_with_its_values(said: str, zh: str) -> None:
    assert in_chinese(said) == zh
