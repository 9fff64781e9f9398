"""The plain view: other characters, the same offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.text.view import plain

TRADITIONAL = "國務院關於實施責任機會這為時與對產學長門，"  # enough to be taken for a traditional text
SEED = Path(__file__).parents[3] / "seed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）〔2022〕【责任】［甲］，；：．！？", "(一)[2022][责任][甲],;:.!?"),
        ("2021—2025年，8月–9月，１２．推进", "2021-2025年,8月-9月,12.推进"),
        ("\ufeff一、\u3000任务\r\n\t甲\xa0乙", " 一、 任务 \n 甲 乙"),
        ("《方案》“十四五”、。", "《方案》“十四五”、。"),
        ("# 方案\n## 一、任务\n**责任单位：**市司法局", "  方案\n   一、任务\n  责任单位:  市司法局"),
        ("由***市司法局***、**张**", "由   市司法局   、  张  "),
        ("张**、李**\n#标签", "张**、李**\n#标签"),
        ("予以支持。 ## 第五章 法律责任 C# 语言", "予以支持。    第五章 法律责任 C# 语言"),
        ("一. 总则" + "加强巡查. 推进治理." * 5, "一. 总则" + "加强巡查。 推进治理。" * 5),
        ("", ""),
    ],
)
def test_punctuation(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("著力推進", "着力推进"),
        ("緊緊圍繞著戰略", "紧紧围绕着战略"),
        ("著名景點", "著名景点"),
        ("顯著成效", "显著成效"),
        ("著作權", "著作权"),
        ("各縣（市、區）黨委、臺賬", "各县(市、区)党委、台账"),
    ],
)
def test_traditional(text: str, expected: str) -> None:
    assert plain(TRADITIONAL + text).removeprefix(plain(TRADITIONAL)) == expected


@pytest.mark.parametrize(
    "text",
    ["皇后大道，里程碑，干部，后勤，台湾，余万元，征收", "发挥著作用" + "推进政务公开" * 20, "國" + "推进政务公开工作" * 20],
)
def test_a_simplified_text_keeps_its_characters(text: str) -> None:
    assert plain(text) == text.replace("，", ",")


@pytest.mark.parametrize("seed", sorted(SEED.iterdir()), ids=lambda path: path.stem)
def test_seeds_keep_their_length(seed: Path) -> None:
    text = seed.read_bytes().decode()
    assert len(plain(text)) == len(text)
