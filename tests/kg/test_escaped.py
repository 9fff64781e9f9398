"""Words of others are shown and give no orders."""

from __future__ import annotations

import json
import os

import pytest

from kg.errors import UnreadableFile
from kg.escaped import escaped, escaped_json, readable

ORDERS = [
    *("\x00", "\t", "\n", "\r", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u061c"),
    *("\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))),
]


@pytest.mark.parametrize("order", ORDERS)
def test_a_character_that_is_an_order_is_shown(order: str) -> None:
    assert escaped(f"附件{order}fdp.exe") == f"附件\\u{ord(order):04x}fdp.exe"
    assert json.loads(f'"{escaped(order)}"') == order


def test_other_words_stay_as_they_are() -> None:
    for words in ("长治市司法局（牵头）〔2022〕14号", "a b\u3000c", "é 😀 ‘’ \u200b", "back\\slash"):
        assert escaped(words) == words


def test_json_means_the_same() -> None:
    value = {"一\u202e": ["\x1b[2J", "a\nb", "\x9b", "\udcff", "好"]}
    for indent in (None, 1):
        said = escaped_json(json.dumps(value, ensure_ascii=False, indent=indent))
        assert json.loads(said) == value
        assert said.isprintable() or indent
        said.encode()


def test_a_name_that_is_no_utf_8() -> None:
    name = os.fsdecode("要点.txt".encode("gb18030"))
    assert readable(name) == escaped(name) == "\u04aa\ufffd\ufffd.txt"  # two of the four bytes are UTF-8 by chance
    assert readable("通知.txt") == "通知.txt"


def test_an_error_says_each_thing_on_a_line_of_its_own() -> None:
    error = UnreadableFile("a\nb\x1b[2J.txt: no", "try \u202eanother", ("甲\n", "乙"))
    assert str(error).split("\n") == ["a\\u000ab\\u001b[2J.txt: no", "try \\u202eanother", "candidates: 甲\\u000a, 乙"]
