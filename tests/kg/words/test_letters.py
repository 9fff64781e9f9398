"""Keys of a full-text index: whatever pinyin finds must meet a reading of the question, or an index would hide it."""

from __future__ import annotations

import random
import re

import pytest

from kg.words.folding import lines
from kg.words.letters import letters, question, readings
from kg.words.pinyin import is_pinyin, sound, sounds

NAMES = (
    *(
        "宁国市水利局",
        "江西省吉安市安福县人民政府",
        "绿色旅行社管理办公室",
        "鄂尔多斯市能源局",
        "重庆市女子监狱",
        "西安市经济和信息化局",
    ),
    *("2024年5G基站与KTV整治要点", "昂仁县应急管理局", "乌恩其苏木卫生院"),
)


def test_what_is_found_by_its_pinyin_meets_a_reading() -> None:
    draw = random.Random(7)
    tried = 0
    while tried < 2000:
        name = draw.choice(NAMES)
        syllables = re.findall("[a-z]+", sounds(name))
        first = draw.randrange(len(syllables))
        cut = [s[: draw.choice((1, 2 if s[1:2] == "h" else 1, 6))] for s in syllables[first : first + draw.randint(1, 6)]]
        word = "".join(cut)[: draw.randint(2, 12)].replace("v", draw.choice("uv"))
        if not is_pinyin(word) or not re.search(sound(word), sounds(name)):
            continue
        tried += 1
        keys = letters(lines(name), sounds(name)).split()
        assert any(all(met(key, keys) for key in reading) for reading in readings(word)), (name, word)


def met(key: str, keys: list[str]) -> bool:
    return any(one.startswith(key[:-1]) for one in keys) if key.endswith("*") else key in keys


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["2024"], "+((+w02 +w20 +w24))"),
        (["ngslj"], "+((+png +qlj +qns +qsl) (+qgs +qng +qsl) (+wgs +wlj +wng +wsl))"),
        (["水利", "5", "5g"], "+((+w5g))"),
        (["水", "5"], ""),
    ],
)
def test_a_question(words: list[str], asked: str) -> None:
    assert question(words) == asked


def test_a_long_question_has_few_readings() -> None:
    assert len(readings("zhonghuarenmingongheguoguowuyuan")) < 60
