"""A number of a sheet as a person sees it: its format decides (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

Value: TypeAlias = str | bool | int | float | date | datetime | time | timedelta

# What a format prints as it stands, and what it says without printing it. 例 "年" · \- · _) · *  · [红色] · [$-804]
LITERAL = re.compile(r'"[^"]{0,255}"|[\\_*].|\[(?![hms]{1,2}\])[^\]]{0,80}\]|上午/下午|am/pm|a/p', re.IGNORECASE)
# 例 h:mm · mm:ss · h"时"mm, where m are minutes
MINUTES = re.compile(r"\[m{1,2}\]|(?<=h)[^a-z]{0,4}m{1,2}|m{1,2}(?=[^a-z]{0,4}s)")
# A day of the month, not one of the week. 例 d · dd
DAY = re.compile(r"(?<!d)d{1,2}(?!d)")
# The parts of a number's format. 例 #,##0.00 · 0% · "第"0"项"
TOKEN = re.compile(
    r'"(?P<quoted>[^"]{0,255})"|\\(?P<escaped>.)|(?P<silent>[_*].|\[[^\]]{0,80}\])|(?P<general>General|G/通用格式)'
    r"|(?P<whole>[#0?,]{0,80}[#0?])(?:\.(?P<fraction>[#0?]{1,30}))?|(?P<other>.)",
    re.IGNORECASE,
)

BUILTIN: Final = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00"},
    **{40: "#,##0.00", 14: "yyyy/m/d", 15: "d-m-yy", 16: "d-m", 17: "m-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm"},
    **{21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    **dict.fromkeys((30, 31), "yyyy年m月d日"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}
"""Formats that files name by number only, those of Chinese programs (27 to 36, 50 to 58) among them."""

EPOCH: Final = datetime(1899, 12, 30)
EPOCH_1904: Final = datetime(1904, 1, 1)
_LARGEST_DATE: Final = 2_958_466  # days from EPOCH to the year 10000
_MOST_DIGITS: Final = 15  # of a double that are sure


def shown(value: Value, code: str = "", epoch: datetime = EPOCH) -> str:
    """`value` as a cell with the format `code` shows it; a date as 2022年6月30日, with as much of it as the format shows.

    A number is a date where its format says so: 44742 from `epoch`.
    """
    if isinstance(value, str | bool):
        return value if isinstance(value, str) else str(value).upper()
    parts = _date_parts(code)
    if isinstance(value, int | float):
        if not parts or not 0 <= value < _LARGEST_DATE:
            return _number(value, code)
        value = epoch + timedelta(seconds=round(value * 86400))
    if isinstance(value, timedelta | time):
        return _clock(value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return _moment(value, parts or ("ymdh" if value.time() != time() else "ymd"))


# ---- dates ----------------------------------------------------------------------------------------------------------


def _date_parts(code: str) -> str:
    """Which of y, m, d, h a format shows; "" for that of a number."""
    words = LITERAL.sub("", code.partition(";")[0]).lower()
    if not code or "general" in words:
        return ""
    clock = "h" in words or "s" in words
    words = MINUTES.sub("", words)
    return "".join(("y" * ("y" in words), "m" * ("m" in words), "d" * bool(DAY.search(words)), "h" * clock))


def _moment(moment: datetime, parts: str) -> str:
    year, month, day = (("y", f"{moment.year}年"), ("m", f"{moment.month}月"), ("d", f"{moment.day}日"))
    words = "".join(word for part, word in (year, month, day) if part in parts)
    clock = f"{moment.hour}:{moment.minute:02}" if "h" in parts else ""
    return f"{words} {clock}".strip()


def _clock(clock: timedelta | time) -> str:
    if isinstance(clock, time):
        return f"{clock.hour}:{clock.minute:02}"
    minutes, seconds = divmod(int(clock.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


# ---- numbers --------------------------------------------------------------------------------------------------------


def _number(value: float, code: str) -> str:
    """A number by the section of its format that is for its sign; one that this does not know is shown as General."""
    sections = code.split(";")
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    parts: list[str] = []
    numbers = 0
    percent = "%" in LITERAL.sub("", sections[at])
    for token in TOKEN.finditer(sections[at]):
        if token["whole"] or token["general"]:
            numbers += 1
            printed = abs(value) if at else value
            parts.append(_digits(printed * (100 if percent else 1), token) if token["whole"] else _general(printed))
        elif token["other"] and token["other"].isascii() and token["other"].isalpha():
            return _general(value)  # 0.00E+00
        else:
            parts.append(token["quoted"] or token["escaped"] or token["other"] or "")
    words = "".join(parts).strip()
    return words if numbers == 1 or (at == 2 and not numbers and words) else _general(value)  # 0;-0;"无"


def _digits(value: float, token: re.Match[str]) -> str:
    fraction = token["fraction"] or ""
    digits = Decimal(f"{value:.{_MOST_DIGITS}g}").quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    whole, point, rest = f"{abs(digits):{',' if ',' in token['whole'] else ''}f}".partition(".")
    optional = len(fraction) - len(fraction.rstrip("#"))
    kept = rest[: len(rest) - optional] + rest[len(rest) - optional :].rstrip("0")
    sign = "-" if digits < 0 else ""
    return sign + whole.zfill(token["whole"].count("0")) + (point + kept if kept else "")


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    return f"{value:.10g}"
