"""Numerals: read in any form that official documents have (三十二, 二〇二二, 12, ③), and written as word processors print
them before a paragraph: 一, 壹, ①, iv (ECMA-376 part 1, 17.18.59: ST_NumberFormat).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_COUNTING: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"}
)

_ZEROS: Final = "〇○零O0"  # as they are printed in 二〇二二年
_VALUES: Final = dict.fromkeys(_ZEROS, 0) | {c: n for n, c in enumerate(_DIGITS)} | {"两": 2}
_PLACES: Final = {"十": 10, "百": 100}


@lru_cache(maxsize=1 << 10)
def value_of(words: str) -> int:
    """三十二 -> 32, 一百零三 -> 103, 二〇二二 -> 2022, 12 -> 12, ③ -> 3; of 两三 the larger, 3.

    Raises KeyError where `words` hold anything but numerals.
    """
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⒇":  # ⑴ follows ⑳
        return (ord(words) - ord("①")) % 20 + 1
    if _PLACES.keys().isdisjoint(words) and (len(words) > 2 or not set(_ZEROS).isdisjoint(words)):  # 一九八一 is a year
        return int("".join(str(_digit(c)) for c in words))
    total = digit = 0
    for c in words:
        if place := _PLACES.get(c):
            total += max(digit, 1) * place
            digit = 0
        else:
            digit = _digit(c)
    return total + digit


def _digit(c: str) -> int:
    return int(c) if c.isdecimal() else _VALUES[c]


def numeral(n: int, form: str) -> str:  # noqa: PLR0911 - a form a line
    """`n` in the numerals `form`, one of ST_NumberFormat; in plain figures for forms that official documents do not use."""
    if form in _COUNTING:
        return _counted(n, _DIGITS, "十百千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counted(n, _FORMAL, "拾佰仟")
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(n))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(ord("①") + n - 1)
    if form == "ideographTraditional" and 1 <= n <= len(_STEMS):
        return _STEMS[n - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= n <= 780:
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= n < 4000:
        roman = _roman(n)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(n))
    return f"{n:02d}" if form == "decimalZero" else str(n)


def _counted(n: int, digits: str, units: str) -> str:
    """十二, 一百零三; 10 to 19 without the one before the ten, but for 壹拾."""
    if not 0 < n < 10_000:
        return str(n) if n else digits[0]
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit:
            words += ("零" if gap else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        elif words:
            gap = True
    return words[1:] if words.startswith("一十") else words


def _roman(n: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (n // value)
        n %= value
    return words + _ROMAN_ONES[n]
