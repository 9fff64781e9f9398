"""How names are said, and where pinyin is in them."""

from __future__ import annotations

import re

import pytest

from kg.words.folding import find, fold
from kg.words.pinyin import find_said, is_pinyin, sound, sounds
from tests.clock import cpu_seconds


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("长治市司法局", "'chang'zhi,shi'si'fa'ju"),
        ("長治市長熱線", "'chang'zhi,shi'zhang're'xian"),
        ("山西省长治市长子县", "'shan'xi,sheng'chang'zhi'shi'zhang'zi'xian"),
        ("2022年长治市河长制", ",nian'chang'zhi,shi'he'zhang'zhi"),
        ("会计、参与、重点、调查、银行", "'kuai'ji'can'yu'zhong'dian'diao'cha'yin'hang"),
        ("绿色战略", "'lv'se'zhan'lve"),
        ("著名，显著，着力", "'zhu'ming'xian'zhu'zhuo'li"),
        ("ＡＩ＋5G", "'a'i'g"),
        ("𠮷林😀", "''lin"),
        ("（一）\r\n2022", "'yi"),
        ("", ""),
    ],
)
def test_how_a_name_is_said(name: str, said: str) -> None:
    assert sounds(name) == said


@pytest.mark.parametrize(
    "places",
    [
        *("六安 liu'an lu'an", "六合区 liu'he,qu lu'he,qu", "乐清 le'qing yue'qing", "乐亭 le'ting lao'ting"),
        *("铅山 qian'shan yan'shan", "东阿 dong'a dong'e", "繁峙 fan'zhi fan'shi", "浚县 jun'xian xun'xian"),
        *("单县 dan'xian shan'xian", "重庆 zhong'qing chong'qing", "厦门 sha'men xia'men", "朝阳 zhao'yang chao'yang"),
        *("蚌埠 bang'bu beng'bu", "乾县 gan'xian qian'xian", "余干县 yu'qian,xian yu'gan,xian", "三都 san'dou san'du"),
        *("荥经 xing'jing ying'jing", "荥阳 ying'yang xing'yang", "漯河 ta'he luo'he", "洪洞 hong'dong hong'tong"),
        *("闵行 min'xing min'hang", "亳州 bo'zhou", "喀什 ka'shen ka'shi", "长垣 zhang'yuan chang'yuan"),
    ],
)
def test_places_are_said_as_people_there_do(places: str) -> None:
    name, *_, said = places.split()
    assert sounds(name) == f"'{said}"


def test_every_character_has_one_syllable() -> None:
    for first, last in ((0x4E00, 0x9FA6), (0x20000, 0x20100), (ord("a"), ord("z") + 1)):
        characters = "".join(map(chr, range(first, last)))
        assert len(re.findall("[',]", sounds(characters))) == len(fold(characters))


@pytest.mark.parametrize(
    ("pinyin", "text", "found"),
    [
        ("czssfj", "长治市司法局", ["长治市司法局"]),
        ("changzhi", "长治市司法局", ["长治"]),
        ("czsifaju", "长治市司法局", ["长治市司法局"]),
        ("czssifaj", "長治市\n司法局", ["長治市\n司法局"]),
        ("sfj", "市司法局、司法局", ["司法局", "司法局"]),
        ("czsgzyd", "长治市2022年工作要点", ["长治市2022年工作要点"]),
        ("czgzyd", "长治市2022年工作要点", ["长治市2022年工作要点"]),
        ("zgz", "长治市2022年工作要点", []),
        ("zw", "长治市卫生健康委", []),
        ("czsngzyd", "长治市2022年工作要点", ["长治市2022年工作要点"]),
        ("lvse", "绿色", ["绿色"]),
        ("luse", "绿色", ["绿色"]),
        ("lse", "绿色", ["绿色"]),
        ("aiy", "AI应用", ["AI应"]),
        ("jl", "𠮷林", []),
        ("angzhi", "长治", []),
        ("cgz", "长治", []),
        ("czhbj", "长治市环保局", ["长治市环保局"]),
        ("czhhbj", "长治市环保局", ["长治市环保局"]),
        ("daya", "大案要案", ["大案要案"]),
        ("xian", "西安", ["西安"]),
        ("chasf", "长司法", []),
        ("sfj", "", []),
    ],
)
def test_where_pinyin_is(pinyin: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_said([pinyin], text, sounds(text))] == found
    assert bool(re.search(sound(pinyin), sounds(text))) == bool(found)
    assert find([pinyin], text) == []


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        *(("男", "nan" * 12 + "b"), ("看阿南", "kanan" * 7 + "b"), ("真额嫩", "zhenen" * 6 + "b"), ("治环", "zhh" * 12 + "b")),
        *(("a", "a" * 39 + "b"), ("长安", "chan" * 9 + "b"), ("瑟合", "she" * 12 + "b"), ("年", "n" * 39 + "b")),
    ],
)
def test_hostile_names_take_linear_time(text: str, pinyin: str) -> None:
    pattern = re.compile(sound(pinyin))

    def seconds(length: int) -> float:
        said = sounds(text * length)
        assert not pattern.search(said)
        return cpu_seconds(lambda: pattern.search(said))

    assert seconds(1200) < 16 * seconds(300)
    assert seconds(300) < 200 * max(seconds(10), 1e-4)  # nor exponential in the question


def test_what_is_pinyin() -> None:
    assert [q for q in ("czssfj", "sf", "a", "5g", "司法ju", "a'b", "A", "", "z" * 40, "z" * 41) if is_pinyin(q)] == [
        "czssfj",
        "sf",
        "z" * 40,
    ]
