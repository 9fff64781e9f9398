"""The place that a document comes from, by all that tells it: issuers, title, 文号, and the places that it names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import readable_id
from loaders.lexicon.table import rows
from loaders.names.agencies import NATION, TAIWAN, place_of
from loaders.names.collectives import COLLECTIVE
from loaders.names.places import Division, chain, mention, openings
from loaders.names.seats import place_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.text.frame import Frame

# What texts of Taiwan say of their own state, in its script. 例 中華民國111年3月21日 · 內政部消防署 · 院臺法字第1110000001號
# (These open with one set of characters, which is found far faster than a choice of words.)
OF_TAIWAN = re.compile(
    r"[華院內軍轄字](?:(?<=中華)民國[\d一二三四五六七八九十百]{1,5}年|(?<=行政院)|(?<=內)政部|(?<=國軍)|(?<=直轄)市及縣"
    r"|(?<=[\u4e00-\u9fff]字)第\d{7,12}號)"
)
# How a text calls its own place. 例 我市 · 本省 · 全县 · (市财政局 · 、省教育厅
OWN = re.compile(
    r"[我本全省市州县区旗](?:(?<=[我本])(?P<our>自治区|[省市州县区旗镇乡])(?![民场容])"
    r"|(?<=全)(?P<whole>[省市州县区旗镇乡])(?![面国])"
    r"|(?<![\u4e00-\u9fff].)(?<=[省市州县区旗])(?:政府|委|直)?[\u4e00-\u9fff]{2,10}?(?:[局厅办]|(?<![居村])委))"
)

_TRADITIONAL: Final = frozenset("國縣關會這為實應發與")
_LOOKED_AT = 20_000  # code points of a text in which its places are looked for
_BY_CHANCE: Final = frozenset({"和县"})  # 各市和县
_LEAST = 2  # times that a place must be named, and that it must be ahead of any other


class Origin(NamedTuple):
    """`code` (GB/T 2260), NATION, or None; whether it is only `inferred` from the places that the text names."""

    code: str | None
    inferred: bool = False


def origin(plain: str, text: str, frame: Frame) -> Origin:
    """Where the document comes from that `frame` is of, in `text` and its plain view."""
    start, end = frame.lines[0].start, min(frame.span.end, frame.lines[0].start + _LOOKED_AT)
    if not _TRADITIONAL.isdisjoint(text[start : start + 500]) and OF_TAIWAN.search(text, start, end):
        return Origin(TAIWAN)
    named = (place_of(words) for words in (*frame.issuers, *(() if frame.untitled else (frame.title,))))
    if code := next((code for code in named if code), None):
        return Origin(code)
    if frame.to_all_provinces:
        return Origin(NATION)
    if code := _by_number(frame.doc_number or ""):
        return Origin(code)
    code = _by_places(plain[start:end]) or (place_of(frame.title) if frame.untitled else None)
    return Origin(code, inferred=code is not None)


def _by_number(number: str) -> str | None:
    """渝府办发〔2019〕17号 is of 重庆, 国办发〔2019〕54号 of the nation."""
    return next((_marks()[number[:length]] for length in (3, 2) if number[:length] in _marks()), None)


@cache
def _marks() -> dict[str, str]:
    return {mark: code for code, marks in rows("names", "numbers.tsv", 2) for mark in marks.split()}


def _by_places(words: str) -> str | None:
    """The place of the level that a text calls its own, which it names, or what lies in it, more often than all others."""
    own = _own_level(words)
    if not own:
        return None
    codes = Counter(_codes(words))
    named: Counter[str] = Counter()
    for code, count in codes.items():
        for place in chain(code):
            if _is_own(place, own):
                named[place.code] += count
    (first, most), (_, second) = (*named.most_common(2), (None, 0), (None, 0))[:2]
    ahead = most >= _LEAST * second and 2 * most > named.total()
    return first if first in codes and most >= _LEAST and ahead else None


def _own_level(words: str) -> str:
    """市 in a text of 我市, 全市 and 市财政局; "" where nothing tells."""
    levels: Counter[str] = Counter()
    for own in OWN.finditer(words):
        levels[own["our"] or own["whole"] or own[0][0]] += 3 if own["our"] else 1
    level, count = levels.most_common(1)[0] if levels else ("", 0)
    return level if count >= _LEAST else ""


def _is_own(place: Division, level: str) -> bool:
    """Whether a place is of a level: a town, which has no code, is looked for in the city that it says it lies in."""
    return place.level == "city" if level in "镇乡" else place.name.endswith(level)


def _codes(words: str) -> Iterator[str]:
    """The places that can be told among those named in `words`."""
    reached = 0
    for at in openings(words):
        found = mention(words, at) if at >= reached and words[at - 1] != "确" else None  # 确保定点
        if found is None:
            continue
        reached = found.end
        if found.code and words[at:reached] not in _BY_CHANCE:
            yield found.code


def document_id(place: str | None, number: str | None, title: str) -> str:
    """<place code or ->:<文号, else title>; 〔2022〕15号 is of many minutes, which their titles tell apart."""
    name = number if number and not number.startswith("〔") else title + (number or "")
    return f"{place if place and place != NATION else '-'}:{readable_id(name)}"


def whom(yours: str, addressee: str) -> str:
    """Who is meant by `yours`, 你省有关部门 or 你局, in a text to `addressee`; `yours` itself where that does not tell."""
    if yours[1] in "省市区县州" and (place := mention(addressee)):
        return f"{place_name(place.code)}{yours[2:]}"
    means = not COLLECTIVE.search(addressee) and (yours == "你单位" or yours[1:] in addressee)
    return addressee if means and addressee else yours
