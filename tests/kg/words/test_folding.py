"""Words as search compares them: which characters are one, and where words stand."""

from __future__ import annotations

import pytest

from kg.words.folding import find, fold, lines, simplified


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("衡陽市政務服務工作要點", "衡阳市政务服务工作要点"),
        ("着力 著力", "着力着力"),
        ("長政辦發（２０２２）14號", "长政办发(2022)14号"),
        ("长政办发〔2022〕14号", "长政办发(2022)14号"),
        ("长政办发[2022]14号", "长政办发(2022)14号"),
        ("二○二二年", "二〇二二年"),
        ("“十四五”「十四五」", '"十四五""十四五"'),
        ("ＡＩ 5Ｇ", "ai5g"),
        ("\ufeff法治\r\n政\u200b府\u3000 ", "法治政府"),
        ("㎡ 𠮷 😀", "㎡𠮷😀"),
        ("e\u0301", "e"),
        (" \t", ""),
    ],
)
def test_one_form_for_all(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_name_is_simplified_as_it_is_written() -> None:
    assert (simplified("陝西省乾縣司法局"), fold("乾縣")) == ("陕西省乾县司法局", "干县")


def test_no_character_becomes_two() -> None:
    assert all(len(fold(chr(code))) <= 1 for code in range(0x20000))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["执法"], "执法、執法", ["执法", "執法"]),
        (["政务服务"], "😀政務\r\n服務。", ["政務\r\n服務"]),
        (["公开"], "\ufeff公開", ["公開"]),
        (["法公", "执法", "公示"], "执法公示", ["执法公示"]),
        (["甲", "丙"], "甲乙丙", ["甲", "丙"]),
        (["甲甲"], "甲甲甲甲甲", ["甲甲甲甲"]),
        (["𠮷"], "𠮷林𠮷", ["𠮷", "𠮷"]),
        (["没有"], "执法", []),
        ([], "执法", []),
        (["执法"], "", []),
    ],
)
def test_where_words_stand(words: list[str], text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find(words, text)] == found


def test_a_line_for_each_field() -> None:
    assert lines("要點", None, "（一）\r\n公開") == "要点\n\n(一)公开"
