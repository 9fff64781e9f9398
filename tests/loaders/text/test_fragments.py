"""A text whose lines end at the width of a page of 24 columns, and behind some of its marks, is read as its paragraphs are."""

from __future__ import annotations

import re

import pytest

from loaders.text.tidy import tidy
from loaders.text.view import plain

PARAGRAPHS = """石河市农村供水提升行动工作安排
各县区人民政府，市直有关单位：
《石河市农村供水提升行动方案》已经市政府同意，现印发给你们，请认真组织实施，并将进展情况及时报告，共同推动行动取得实效。
一、完善供水设施
（一）摸清水源底数。市水利局要会同市卫生健康委，逐村核查水源水量，建立一村一册台账，并按季度更新数据，对水质不达标的水源，限期整改或者另辟水源，确保群众饮水安全。（市水利局牵头，市生态环境局、各县区人民政府按职责分工负责）
（二）改造老旧管网。各县区要对使用年限较长、漏损严重、水压不足的管道，逐年安排资金更新，优先改造人口集中、矛盾突出的村庄，推广应用新型管材和智能水表，降低管网漏损率，提高供水保证率。（市水利局、市财政局负责）
（三）规范水费收缴。合理确定水价，公开收费标准，接受群众监督，对困难家庭给予减免，所需资金由县级财政安排，不得向村民摊派，也不得截留挪用，严禁搭车收费，切实减轻群众负担，维护群众利益。（市发展改革委负责）
"""


def broken(text: str, width: int = 24) -> str:
    """`text` cut at the width of a page, every other row behind its commas too."""
    rows = [paragraph[at : at + width] for paragraph in text.splitlines() for at in range(0, len(paragraph), width)]
    rows[::2] = [re.sub(r"([，、])(?=.)", r"\1\n", row) for row in rows[::2]]
    return "\n".join(rows) + "\n"


def read(text: str) -> str:
    return tidy(plain(text), text).text


def test_lines_that_were_one_are_one_again() -> None:
    assert broken(PARAGRAPHS).count("\n") > 3 * PARAGRAPHS.count("\n")
    assert read(broken(PARAGRAPHS)) == plain(PARAGRAPHS)


def test_a_number_alone_on_its_line_is_joined_to_its_item() -> None:
    assert read(broken(PARAGRAPHS).replace("（二）", "（二）\n")) == plain(PARAGRAPHS)


@pytest.mark.parametrize("few", [PARAGRAPHS, "\n".join(PARAGRAPHS.splitlines()[:3]) + "\n甲，\n乙、\n"])
def test_a_text_with_few_such_lines_stays(few: str) -> None:
    assert read(few) == plain(few)


def test_what_stands_between_rules_stays() -> None:
    table = "序号\t任务，\t单位\n1\t甲，\t乙\n"
    assert read(broken(PARAGRAPHS) + table).endswith(plain(table))
