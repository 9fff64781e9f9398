"""From surface form to agency: the place that a name belongs to, the body it is, its function (条线).

Pure functions of the name, the scope and the tables in data/, so that loading another document never changes an agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.model import Agency
from loaders.names.bodies import (
    Found,
    branch,
    common_line,
    counterpart,
    ending_of,
    find,
    listed,
    national,
    national_form,
    part,
    spellings,
    words,
)
from loaders.names.collectives import read_members
from loaders.names.places import Mention, chain, division, mention, places
from loaders.names.seats import Explained, agency_at, id_name, place_name

__all__ = ["NATION", "TAIWAN", "Scope", "explain", "place_of", "places", "resolve"]

NATION: Final = "100000"  # the scope of a national document; GB/T 2260 has no such place, so a national agency's place is None

TAIWAN: Final = "710000"
_APART: Final = (TAIWAN, "810000", "820000")  # Taiwan, Hong Kong, Macau
_GOVERNMENT_APART: Final = frozenset({"", "政府", "人民政府", "特区政府", "特别行政区政府", "地区"})
_REPUBLIC: Final = "中华人民共和国"

_FULL_WIDTH: Final = str.maketrans("()[]〔〕【】/?#%:*~,;", "（）（）（）（）／？＃％：＊～，；")
_LEVEL_BY_WORD: Final = {
    "自治区": "province",
    "自治州": "city",
    "自治县": "county",
    "自治旗": "county",
    "地区": "city",
    "街道": "town",
    "省": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
}
_LEVELS_OF_GROUPS: Final = frozenset({"自治区", "自治州", "自治县", "自治旗"})
_EACH_OF_LEVEL: Final = ("省级", "市级", "县级", "区级", "乡级")  # 省级人民政府 are many, seen from the nation
_LEVEL_WORDS: Final = tuple(_LEVEL_BY_WORD)
_LED_BY_LEVEL: Final = ("委", "政府", "人民政府", "人大", "政协", "纪委")  # what follows a level said twice
_COURT_LEVELS: Final = {"高级人民法院": "province", "中级人民法院": "city"}
_PLACE_KINDS: Final = frozenset("省市县区州盟旗乡镇")  # what 各县（市、区）人民政府 lists


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is read: `place` is a GB/T 2260 code, NATION or None (unknown); `document` scopes what cannot be placed."""

    document: str
    place: str | None


@lru_cache(maxsize=1 << 12)
def place_of(text: str) -> str | None:
    """The place that a title, issuer line or 落款 names: at its start, else the first inside; NATION for national bodies."""
    head = text.strip().removeprefix("中共")
    starts = range(len(head))
    inside = _first(mention(head, i, stems=False) for i in starts)
    if issuer := mention(head, near=inside):
        return issuer.code
    if national := national_form(head):
        branch = mention(head, len(national))
        return branch.code if branch and branch.code else NATION
    if inside:
        return inside
    if head.startswith(words("national")) or any(national_form(head, i) for i in starts):
        return NATION
    return _first(mention(head, i) for i in starts)


def _first(mentions: Iterable[Mention | None]) -> str | None:
    """The first place that can be told, but for names like 和县, which stands by chance in 各市和县区."""
    codes = (m.code for m in mentions if m and m.code)
    return next((code for code in codes if (place := division(code)) and len(place.name) > 2), None)


def resolve(name: str, scope: Scope, collective: bool) -> Agency:
    """The agency that a name (simplified, its elided prefix restored) means in a document of `scope.place`."""
    agency = resolve_at(name, scope.place, collective)
    if agency.resolved and agency.short in words("of one work"):
        return replace(agency, id=f"{_in_id(scope.document)}:{'*' * collective}{id_name(agency.name)}")
    return agency if agency.resolved else replace(agency, id=_in_id(scope.document) + agency.id)


@lru_cache(maxsize=1 << 16)
def resolve_at(name: str, place: str | None, collective: bool) -> Agency:
    """What all documents of a place mean by a name; the id of an agency that cannot be placed still lacks its document."""
    return explain(name, Scope("", place), collective)[0]


def explain(name: str, scope: Scope, collective: bool) -> tuple[Agency, tuple[str, ...]]:
    """The same, and in words the rows of tables and the rules that led there."""
    printed = _printed(name).translate(_FULL_WIDTH)
    if scope.place == TAIWAN:
        return _apart(TAIWAN, printed, collective=collective)
    each = scope.place == NATION and printed.startswith(_EACH_OF_LEVEL)
    return _collective(printed, scope) if collective or each else _single(printed, scope)


# Bodies of Taiwan, Hong Kong and Macau


def _apart(code: str, name: str, *, placed: bool = False, collective: bool = False) -> Explained:
    """They are none of the mainland's, nor in one line with those, whatever they are called: 教育部, 内政部消防署, 教育局."""
    place = division(code)
    short = "政府" if placed and name in _GOVERNMENT_APART else name
    agency = Agency(
        id=f"{code}:{'*' * collective}{id_name(short)}",
        name=place.stem + short if place and placed else short,
        short=short,
        place=code,
        level="province",
        kind="collective" if collective else "government" if short == "政府" else ending_of(short)[0],
        function=None if collective else f"{place.stem if place else ''}{short}",
        collective=collective,
        resolved=True,
    )
    return agency, (f"of {place_name(code)}, as it is called there",)


# One agency


def _single(name: str, scope: Scope) -> Explained:
    known_by = _without_nameplate(name)
    notes = (f"of two nameplates the first, {known_by}",) if known_by != name else ()
    of_the_republic = known_by.removeprefix(_REPUBLIC)
    if named := national(name) or national(known_by) or national(of_the_republic):
        return agency_at(named, None, *notes)
    if of_the_republic != known_by and not mention(of_the_republic):
        known_by, scope = of_the_republic, Scope(scope.document, NATION)
    name = _league(_without_title(known_by))
    if found := _branch(name, scope) or _around_a_place(name, scope):
        return agency_at(*found, *notes)
    prefix, code, rest = _split(name, scope)
    if apart := next((c for c in (code, None if prefix else scope.place) if c in _APART), None):
        return _apart(apart, rest.removeprefix("政府") or rest, placed=True)
    if code:
        # 江西金融监管局 is the nation's branch, 江西省金融监管局 the province's own
        of_the_nation = None if prefix.endswith(_LEVEL_WORDS) else branch(rest)
        own = prefix in _LEVEL_WORDS
        place = f"place {prefix} = {place_name(code)}" + (
            " (the level word, for the document's own place)" if own else f" ({code})"
        )
        return agency_at(of_the_nation or find(_said_once(rest, code), placed=True), code, place, *notes)
    if prefix:
        why = f"no {prefix} is known for the document" if prefix in _LEVEL_WORDS else f"more than one place is called {prefix}"
        return _unresolved(prefix, find(rest), scope, why, *notes)
    return _without_prefix(name, scope, notes)


def _split(name: str, scope: Scope) -> tuple[str, str | None, str]:
    """The place words at the start of a name, their code if it can be told, and the rest: 潞城区 | 140406 | 司法局."""
    if (named := mention(name, near=scope.place)) and not name.startswith(words("not a place")):
        return name[: named.end], named.code, name[named.end :]
    word = _level_word(name.removeprefix("本").removeprefix("我"))
    start = name.find(word) + len(word)
    return word, _own(word, scope), name[start:].removeprefix("级") if word else name


def _level_word(name: str) -> str:
    """市, 区, 县 … where it stands for the document's own place."""
    if name.startswith(words("not a level")) or (name.startswith("市政") and not name.startswith(words("after 市政"), 2)):
        return ""
    return next((word for word in _LEVEL_WORDS if name.startswith(word)), "")


def _own(word: str, scope: Scope) -> str | None:
    """The nearest place of that level around the document; 区 means an 自治区 only in the 自治区's own documents."""
    for place in chain(scope.place) if word else ():
        if place.name.endswith(word) and not (word == "区" and place.level == "province" and place.code != scope.place):
            return place.code
    return None


def _said_once(rest: str, code: str) -> str:
    """What follows the place in 平顺县县委宣传部, where the level is said again."""
    place = division(code)
    word = place.level_word if place else ""
    if place and place.name.endswith(whole := rest[:3]) and whole in _LEVELS_OF_GROUPS:  # 广西|自治区财政厅
        return rest.removeprefix(whole)
    return rest.removeprefix(word) if word and rest.startswith(tuple(word + body for body in _LED_BY_LEVEL)) else rest


def _without_prefix(name: str, scope: Scope, notes: tuple[str, ...]) -> Explained:
    """A national body's in a national document, else of the document's own place where that is safe."""
    found = find(name)
    if located := _place_inside(name, scope):
        return agency_at(found, located, f"the company's name holds {place_name(located)}", *notes)
    if scope.place == NATION or name.startswith(words("national")):
        named = (national(prefix + name) for prefix in words("national"))
        return agency_at(next((body for body in named if body), None) or counterpart(found.body), None, *notes)
    above = chain(scope.place)
    if not above:
        return _unresolved("", found, scope, "no place is said, and none given", *notes)
    own, province = above[0], above[-1]
    body = found.body
    has_ting = province.level_word != "市" and find(body.name[:-1] + "厅").body.name == body.name[:-1] + "厅"
    has_ting = has_ting and not find(body.name[:-1] + "厅").how.startswith("not listed")
    if has_ting and body.name.endswith("厅"):
        return agency_at(found, province.code, f"a 厅 is the province's, {province.name}", *notes)
    if has_ting and own is province and body.name.endswith("局"):  # 财政局 in a province's document is some city's
        return _unresolved("", found, scope, f"a 局 in a document of {province.name} may be any city's", *notes)
    level = _COURT_LEVELS.get(body.name)
    at = next((place for place in above if place.level == level), own)
    return agency_at(found, at.code, f"no place is said: the document's own, {at.name}", *notes)


def _branch(name: str, scope: Scope) -> tuple[Found, str | None, str] | None:
    """A national body's branch at a place (人行南昌中心支行, 国家税务总局长治市税务局) or its own part (税务总局办公厅)."""
    form = national_form(name)
    parent = national(form)
    if not parent:
        return None
    named = mention(name, len(form), near=scope.place)
    if not named or not named.code or named.end == len(name):
        rest = name[len(form) :]
        if rest in words("company forms"):
            return parent, None, "the nation's company"
        if not name.endswith(words("subunits")) and ending_of(rest)[0] == "institution":
            return None
        return Found(part(parent.body, name[len(form) :]), f"part of {parent.how}"), None, "a national body's own part"
    rest = name[named.end :]
    known = (branch(form) or listed(form) for form in (rest, *(other + rest for other in spellings(parent.body))))
    found = next((found for found in known if found), None) or find(parent.body.name + rest)
    return found, named.code, f"place {place_name(named.code)}, inside the name"


def _around_a_place(name: str, scope: Scope) -> tuple[Found, str | None, str] | None:
    """A listed body whose name holds its place: 国网长治供电公司, 中国人民政治协商会议长治市委员会, 市生态环境局潞城分局."""
    if not name.startswith(words("around a place")):
        return None
    for start in range(2, len(name) - 1):
        named = mention(name, start, near=scope.place)
        if named and named.code and (found := listed(name[:start] + name[named.end :])):
            return found, named.code, f"place {place_name(named.code)}, inside the name"
    return None


def _place_inside(name: str, scope: Scope) -> str | None:
    """The place in the midst of a company's name: 国铁长治投资公司."""
    if ending_of(name)[0] != "company":
        return None
    found = (mention(name, i, near=scope.place) for i in range(1, len(name) - 2))
    return next((m.code for m in found if m and m.code), None)


def _without_title(name: str) -> str:
    """中共长治市委 and 中华人民共和国南昌海关 without the words of dignity."""
    for title in ("中共", "中国共产党", _REPUBLIC):
        if name.startswith(title) and (title == "中共" or mention(name, len(title))):
            return name.removeprefix(title)
    return name


def _league(name: str) -> str:
    """团市委 and 共青团长治市委员会 carry their place inside; it is put in front as everywhere else."""
    for start in ("中国共产主义青年团", "共青团", "团"):
        where = name.removeprefix(start).removesuffix("员会").removesuffix("委")
        if name.startswith(start) and name.endswith(("委", "委员会")):
            named = mention(where)
            if where in _LEVEL_WORDS or (named and named.end == len(where)):
                return where + "共青团委员会"
    return name


def _without_nameplate(name: str) -> str:
    """市委宣传部（市新闻出版局） is one body with two nameplates, known by the first; 市纪委（监委）机关 likewise."""
    start, end = name.find("（"), name.rfind("）")
    if start < 2 or name[end + 1 :] not in ("", "机关"):
        return name
    return name[:start] + name[end + 1 :]


def _unresolved(prefix: str, found: Found, scope: Scope, why: str, *notes: str) -> Explained:
    """An agency whose place cannot be told; its id is scoped to the document, so that it is never taken for another's."""
    body = found.body
    short = body.name.replace("~", "")
    name = prefix + (short.removeprefix("党") if prefix and short.startswith("党委") else short)
    known_level = next((level for word, level in _LEVEL_BY_WORD.items() if prefix.endswith(word)), "unknown")
    agency = Agency(
        id=f"{_in_id(scope.document)}:{id_name(name)}",
        name=name,
        short=short,
        place=None,
        level="town" if body.kind == "township" else known_level,
        kind=body.kind,
        function=body.function,
        collective=False,
        resolved=False,
    )
    return agency, (why, *notes, found.how)


# Many agencies named as one


def _collective(name: str, scope: Scope) -> Explained:
    """Of a named place, of the level that 市直, 省直 … mean, else of the document's place."""
    short = _plain_list(name)
    code = scope.place
    if (named := mention(short, near=scope.place)) and named.code and named.end < len(short):
        code, short = named.code, short[named.end :]
    elif short.startswith(("各省", *words("national"))):
        code = NATION
    elif word := _collective_level(short):
        code, short = _own(word, scope) or code, short.removeprefix("全" + word) or short
    place = division(code) if code and code != NATION else None
    where = str(code) if place else "-" if code else _in_id(scope.document)
    level = place.level if place else "nation" if code else "unknown"
    line = common_line(short)
    members, binds = read_members(short, level, line)
    name = short
    if place:
        name = (place.stem if short.startswith(place.level_word) else place.name) + short
    agency = Agency(
        id=f"{where}:*{id_name(short)}",
        name=name,
        short=short,
        place=place.code if place else None,
        level=level,
        kind="collective",
        function=line,
        collective=True,
        resolved=code is not None,
        members=members,
        binds=binds,
    )
    bound = f"{binds} of: {', '.join(members)}" if members else "whom it binds is not told"
    return agency, (
        f"many bodies named as one, {bound}",
        f"of {place_name(place.code) if place else 'the nation' if code else 'a place not told'}",
    )


def _collective_level(name: str) -> str:
    """The level whose bodies a collective means: 市直有关单位, 各市直部门, 全区各街镇; none for a list (市、县人民政府)."""
    bare = name.removeprefix("全").removeprefix("各") if name.startswith("全") or name[2:3] == "直" else name
    word = _level_word(bare)
    return "" if bare.startswith(words("list goes on"), len(word)) else word


def _plain_list(name: str) -> str:
    """各县（市、区）政府 and 各县市区人民政府 are one collective: they differ in marks between the places only."""
    bare = name.translate(dict.fromkeys(map(ord, "（）")))
    kinds = _PLACE_KINDS
    marks = {i for i, c in enumerate(bare[:-1]) if c in "、，／" and i and bare[i - 1] in kinds and bare[i + 1] in kinds}
    plain = "".join(c for i, c in enumerate(bare) if i not in marks)
    return plain[:-2] + "人民政府" if plain.endswith("政府") and not plain.endswith("人民政府") else plain


def _printed(text: str) -> str:
    """Without spaces, line ends and characters that do not print."""
    if text.isprintable() and " " not in text:
        return text
    return "".join(c for c in text if c.isprintable() and not c.isspace())


@lru_cache(maxsize=1 << 8)
def _in_id(document: str) -> str:
    """A document's id inside that of an agency."""
    return _printed(document).translate({ord(c): _FULL_WIDTH[ord(c)] for c in "/?#%"})
