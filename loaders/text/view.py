"""The plain view of a text: simplified characters and ASCII punctuation, same length, so one offset serves both.

The patterns of all readers but loaders/formats are written for it. Every repeat in a pattern is bounded, so that hostile
text costs time linear in its length.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A handful of characters that every traditional official text holds and no simplified one does.
_TRADITIONAL = re.compile("[國務實關體導動責機會這為時與對產學長門開無問來經過還後區縣鎮設監督規劃發號請說計協應辦單據]")
_TRADITIONAL_SHARE = 0.02

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_FOREIGN_SHARE = 0.05
_LEAST_LETTERS = 60
_BEGINNING = 4000  # code points in which a text shows its script

# t2s leaves 著 alone; 著名, 著作, 显著, 土著 keep it, 著力, 围绕著 do not.
_ZHE = re.compile("著(?<![显卓土名原编专论昭遗译]著)(?![名作述录称书])")

# What Markdown puts around words, also in a text of one line. 例 ##| 第一章 总则 · **|责任单位:|**市司法局, but not 张**、李**
_HEADED = re.compile("^#{1,6}(?= )|(?<= )#{2,6}(?= )", re.M)
# 例 -| (一)打造平台 · -| 各县区要, but no page's number: - 2 -
_BULLET = re.compile(r"^[-*+](?= {1,3}[\u4e00-\u9fff(《“【\d])(?! {1,3}\d{1,3} {0,3}-)", re.M)
_BOLD = re.compile(r"(?<!\*)(\*{2,3})([\w(《“][^*\n]{0,200})\1(?!\*)")

# A full stop of a text that has points for them. 例 推进改革|.|要加强, but not 一|.|总体要求
_POINT = re.compile(r"(?<=[\u4e00-\u9fff”)])(?<![一二三四五六七八九十])\.(?= {0,4}(?:[\u4e00-\u9fff“(]|\n|\Z))")
_FEWEST_POINTS = 5  # of such a text, which has more of them than of 。

# 例 各县级市|<区>|政府|<管委会> · 市住建局|〈市人防办〉, but not 《〈办法〉的通知》
_ANGLED = re.compile("[<〈]([\u4e00-\u9fff、]{0,11}[局办委部厅会院府省市县区旗镇乡街道])[>〉]")

_PUNCTUATION = (
    *zip("（）〔〕［］【】，；：．！？", "()[][][],;:.!?", strict=True),
    *((dash, "-") for dash in "—–－～~―─−〜"),
    *((space, " ") for space in "\u3000\xa0\t\r\ufeff\u2002\u2003\u2009\u200b\u202f"),
    *zip("０１２３４５６７８９", "0123456789", strict=True),
    *zip("﹝﹞﹒﹑﹐﹔﹕∶", "[].、,;::", strict=True),
    *zip("後馀", "后余", strict=True),  # which texts in simplified characters hold, too: a converter made them
)


def is_foreign(text: str) -> bool:
    """Whether a text is written in another script: it has many letters and next to no Chinese character."""
    beginning = text[:_BEGINNING]
    chinese = 0
    for run in _CHINESE.finditer(beginning):
        chinese += run.end() - run.start()
        if chinese >= _FOREIGN_SHARE * len(beginning):
            return False
    letters = sum(map(str.isalpha, beginning))
    return letters >= _LEAST_LETTERS and chinese < _FOREIGN_SHARE * letters


def plain(text: str) -> str:
    """`text` in simplified characters and ASCII punctuation, character for character."""
    if len(_TRADITIONAL.findall(text, 0, 5000)) > _TRADITIONAL_SHARE * min(len(text), 5000):
        text = _simplify(text)
    for mark, ascii_mark in _PUNCTUATION:
        text = text.replace(mark, ascii_mark)
    if "<" in text or "〈" in text:
        text = _ANGLED.sub(r"(\1)", text)
    if "." in text and _has_points(text):
        text = _POINT.sub("。", text)
    text = text.replace("&nbsp;", "      ")  # left by a page's export
    if "\n- " in text or "\n* " in text or "\n+ " in text:
        text = _BULLET.sub(" ", text)
    if "\n#" in text or " ##" in text or "**" in text:
        text = _HEADED.sub(lambda mark: " " * len(mark.group()), text)
        text = _BOLD.sub(lambda mark: mark[2].center(len(mark.group())), text)
    return text


def _has_points(text: str) -> bool:
    fewest = max(_FEWEST_POINTS, text.count("。"))
    return text.count(".") >= fewest and len(_POINT.findall(text)) >= fewest


def found_at(cue: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `pattern` matches in `text[start:end]`, tried only where `cue` is found, which opens with a set of characters: that
    is far faster than to search for a choice of words."""
    reached = start
    for at in cue.finditer(text, start, end):
        if at.start() >= reached and (match := pattern.match(text, at.start(), end)):
            reached = match.end()
            yield match


def within(opens: str, pattern: str) -> re.Pattern[str]:
    """Whether `pattern` matches anywhere; it opens with one of the characters `opens`. What it finds spans the first only."""
    return re.compile(rf"[{opens}](?<=(?={pattern})[{opens}])")


def squeezed(words: str) -> str:
    """`words` without blanks and line ends: 市 司 法 局 is 市司法局."""
    return "".join(words.split())


def simplified(name: str) -> str:
    """A name in simplified characters, character for character. Too short to count as `plain` does; but GB 2312 holds no
    traditional character, and what it lacks else (鄠, 硚) OpenCC leaves alone.
    """
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return _simplify(name)
    return name


def _simplify(text: str) -> str:
    """OpenCC t2s, kept to the same length: phrases that would change it are converted a character at a time."""
    convert = _converter()
    converted = convert(text)
    if len(converted) != len(text):
        single = {c: convert(c) for c in set(text)}
        converted = "".join(s if len(s := single[c]) == 1 else c for c in text)
    return _ZHE.sub("着", converted)


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - loads its dictionaries, which simplified texts never need

    return cast("Callable[[str], str]", opencc.OpenCC("t2s").convert)
