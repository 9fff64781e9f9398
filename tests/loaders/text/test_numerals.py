"""Numerals as they are read and as word processors print them."""

from __future__ import annotations

import pytest

from loaders.text.numerals import numeral, value_of


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十二", 32),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十", 110),
        ("12", 12),
        ("③", 3),
        ("⑳", 20),
        ("二〇二二", 2022),
        ("二○二一", 2021),
        ("二0二三", 2023),
        ("两", 2),
        ("两三", 3),
    ],
)
def test_what_a_numeral_counts(number: str, value: int) -> None:
    assert value_of(number) == value


@pytest.mark.parametrize("n", range(1, 200))
def test_what_is_written_reads_as_the_same_number(n: int) -> None:
    assert value_of(numeral(n, "chineseCounting")) == value_of(numeral(n, "decimalFullWidth")) == n


@pytest.mark.parametrize("words", ["推进", "壹", "1.2"])
def test_other_words_are_no_numeral(words: str) -> None:
    with pytest.raises(KeyError):
        value_of(words)


@pytest.mark.parametrize(
    ("n", "form", "printed"),
    [
        (1, "chineseCountingThousand", "一"),
        (10, "chineseCounting", "十"),
        (12, "japaneseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (103, "chineseCountingThousand", "一百零三"),
        (110, "chineseCountingThousand", "一百一十"),
        (1003, "chineseCountingThousand", "一千零三"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (3, "ideographTraditional", "丙"),
        (28, "lowerLetter", "bb"),
        (1949, "upperRoman", "MCMXLIX"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalZero", "03"),
        (3, "decimal", "3"),
    ],
)
def test_numerals(n: int, form: str, printed: str) -> None:
    assert numeral(n, form) == printed
