"""From surface form to agency: the place that a name belongs to, the body it is, its function (条线).

Pure functions of the name, the scope and the tables in data/, so that loading another document never changes an agency.
All that is said of an agency follows from its id, so that two surfaces of one agency never disagree about it.

kind is one of: government, township (乡镇人民政府, 街道办事处), department, party, congress, cppcc, court, procuratorate,
mass (群团), zone (开发区, 园区), branch (of a national body: 海关, 人民银行中心支行), company (state-owned),
institution (anything else), collective.
level is that of the agency's place: nation, province, city, county; town for a township; unknown where nothing tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from kg.model import Agency
from loaders.places import Mention, chain, division, mention, places

__all__ = ["NATION", "Scope", "place_of", "places", "resolve"]

NATION: Final = "100000"  # the scope of a national document; GB/T 2260 has no such place, so a national agency's place is None

_LONGEST_NAME: Final = 60
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
_LEVEL_WORDS: Final = tuple(_LEVEL_BY_WORD)
_PLACE_KINDS: Final = frozenset("省市县区州盟旗乡镇")  # what 各县（市、区）人民政府 lists


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is read: `place` is a GB/T 2260 code, NATION or None (unknown); `document` scopes what cannot be placed."""

    document: str
    place: str | None


@dataclass(frozen=True, slots=True)
class _Body:
    """A body apart from its place: in `name` 党委 stands for 市委, 区委 … and ~ for a place inside (人民银行~中心支行)."""

    name: str
    function: str
    kind: str


@lru_cache(maxsize=1 << 12)
def place_of(text: str) -> str | None:
    """The place that a title, issuer line or 落款 names: at its start, else the first inside; NATION for national bodies."""
    head = text.strip().removeprefix("中共")
    starts = range(len(head))
    inside = _first(mention(head, i, stems=False) for i in starts)
    if issuer := mention(head, near=inside):
        return issuer.code
    if national := _national_form(head):
        branch = mention(head, len(national))
        return branch.code if branch and branch.code else NATION
    if inside:
        return inside
    if head.startswith(_words("national")) or any(_national_form(head, i) for i in starts):
        return NATION
    return _first(mention(head, i) for i in starts)


def _first(mentions: Iterable[Mention | None]) -> str | None:
    """The first place that can be told, but for names like 和县, which stands by chance in 各市和县区."""
    codes = (m.code for m in mentions if m and m.code)
    return next((code for code in codes if (place := division(code)) and len(place.name) > 2), None)


@lru_cache(maxsize=1 << 16)
def resolve(name: str, scope: Scope, collective: bool) -> Agency:
    """The agency that a name (simplified, its elided prefix restored) means in a document of `scope.place`."""
    printed = _printed(name).translate(_FULL_WIDTH)
    return _collective(printed, scope) if collective else _single(printed, scope)


def _single(name: str, scope: Scope) -> Agency:
    known_by = _without_nameplate(name)
    if national := _national().get(name) or _national().get(known_by):
        return _agency(national, None)
    name = _league(known_by.removeprefix("中共"))
    form = _national_form(name)
    if form and (branch := _branch(name, form, scope)):
        return branch
    prefix, code, rest = _split(name, scope)
    if code:
        # 江西金融监管局 is the nation's branch, 江西省金融监管局 the province's own
        branch_body = None if prefix.endswith(_LEVEL_WORDS) else _branches().get(rest)
        return _agency(branch_body or _body(rest), code)
    if prefix:
        return _unresolved(prefix, _body(rest), scope)
    return _without_prefix(name, scope)


def _split(name: str, scope: Scope) -> tuple[str, str | None, str]:
    """The place words at the start of a name, their code if it can be told, and the rest: 潞城区 | 140406 | 司法局."""
    if named := mention(name, near=scope.place):
        return name[: named.end], named.code, name[named.end :]
    word = _level_word(name.removeprefix("本").removeprefix("我"))
    start = name.find(word) + len(word)
    return word, _own(word, scope), name[start:].removeprefix("级") if word else name


def _level_word(name: str) -> str:
    """市, 区, 县 … where it stands for the document's own place."""
    if name.startswith(_words("not a level")) or (name.startswith("市政") and not name.startswith(_words("after 市政"), 2)):
        return ""
    return next((word for word in _LEVEL_WORDS if name.startswith(word)), "")


def _own(word: str, scope: Scope) -> str | None:
    """The nearest place of that level around the document; 区 means an 自治区 only in the 自治区's own documents."""
    for place in chain(scope.place) if word else ():
        if place.name.endswith(word) and not (word == "区" and place.level == "province" and place.code != scope.place):
            return place.code
    return None


def _without_prefix(name: str, scope: Scope) -> Agency:
    """A national body's in a national document, else of the document's own place where that is safe."""
    body = _body(name)
    if located := _place_inside(name, scope):
        return _agency(body, located)
    if scope.place == NATION or name.startswith(_words("national")):
        return _agency(_national_counterpart(body), None)
    above = chain(scope.place)
    if not above:
        return _unresolved("", body, scope)
    own, province = above[0], above[-1]
    has_ting = province.level_word != "市" and body.name[:-1] + "厅" in _bodies()
    if has_ting and body.name.endswith("厅"):
        return _agency(body, province.code)
    if has_ting and own is province and body.name.endswith("局"):  # 财政局 in a province's document is some city's
        return _unresolved("", body, scope)
    return _agency(body, own.code)


def _branch(name: str, form: str, scope: Scope) -> Agency | None:
    """A national body's branch at a place (人行南昌中心支行, 国家税务总局长治市税务局) or its own part (税务总局办公厅)."""
    parent = _national()[form]
    named = mention(name, len(form), near=scope.place)
    if not named or not named.code or named.end == len(name):
        return _agency(_part(parent, name[len(form) :]), None) if name.endswith(_words("subunits")) else None
    rest = name[named.end :]
    spellings = (rest, *(other + rest for other, body in _national().items() if body == parent))
    known = (_branches().get(spelling) or _bodies().get(spelling) for spelling in spellings)
    body = next((body for body in known if body), _Body(f"{parent.name}~{rest}", parent.function, "branch"))
    return _agency(body, named.code)


def _place_inside(name: str, scope: Scope) -> str | None:
    """The place in the midst of a company's name: 国网长治供电公司."""
    if _ending(name)[0] != "company":
        return None
    found = (mention(name, i, near=scope.place) for i in range(1, len(name) - 2))
    return next((m.code for m in found if m and m.code), None)


def _national_counterpart(body: _Body) -> _Body:
    """In a national document 医保局 is 国家医疗保障局 and 国资委 that of the 国务院."""
    for end in range(len(body.name), 1, -1):
        named = (_national().get(prefix + body.name[:end]) for prefix in _words("national"))
        whole = next((national for national in named if national), None)
        if whole and (end == len(body.name) or body.name.endswith(_words("subunits"))):
            return _part(whole, body.name[end:]) if body.name[end:] else whole
    return body


def _body(name: str) -> _Body:
    """The body that a name without its place means: by the tables, else by the way it ends."""
    name = name or "人民政府"  # a place alone acts for its government
    if name.startswith("委") and not name.startswith("委托"):  # what 市, 区 … leave of 市委宣传部
        name = "党委" + name.removeprefix("委员会").removeprefix("委")
    shorter = name.removeprefix("人民").removeprefix("政府")  # 市政府国资委 is 市国资委
    if known := _bodies().get(name) or _branches().get(name) or (_bodies().get(shorter) if name != shorter else None):
        return known
    for end in range(len(name) - 1, 2, -1):
        whole = _bodies().get(name[:end])
        if whole and whole.name.endswith(_words("wholes")) and name.endswith(_words("subunits")):
            return _part(whole, name[end:])
    kind, full, function = _ending(name)
    return _bodies().get(full) or _Body(full, function or _common_line(full) or full, kind)


def _part(whole: _Body, part: str) -> _Body:
    """公安局高新分局 does the work of its 公安局."""
    name = whole.name + part
    return _bodies().get(name) or _national().get(name) or _Body(name, whole.function, whole.kind)


def _ending(name: str) -> tuple[str, str, str]:
    """Kind, full form and function of a body that no table lists."""
    for start in range(len(name)):
        if found := _endings().get(name[start:]):
            kind, full, function = found
            return "party" if name.startswith("党委") else kind, name[:start] + full, function
    return "party" if name.startswith("党委") else "institution", name, ""


def _league(name: str) -> str:
    """团市委 and 共青团长治市委员会 carry their place inside; it is put in front as everywhere else."""
    for start in ("共青团", "团"):
        where = name.removeprefix(start).removesuffix("员会").removesuffix("委")
        if name.startswith(start) and name.endswith(("委", "委员会")):
            named = mention(where)
            if where in _LEVEL_WORDS or (named and named.end == len(where)):
                return where + "共青团委员会"
    return name


def _without_nameplate(name: str) -> str:
    """市委宣传部（市新闻出版局） is one body with two nameplates, known by the first."""
    return name[: name.index("（")] if name.endswith("）") and name.find("（") > 1 else name


def _agency(body: _Body, code: str | None) -> Agency:
    place = division(code) if code else None
    short = body.name.replace("~", "")
    name = short
    if place and short.startswith("党委") and place.level_word != "自治区":
        short = place.level_word + short.removeprefix("党")
        name = place.stem + short
    elif place and "~" in body.name:
        name = body.name.replace("~", place.stem if body.kind == "branch" else place.name)
        name = place.stem + short if body.name.startswith("~") else name
    elif place and not (body.kind == "company" and place.stem in short):
        name = place.name + short
    level = "town" if body.kind == "township" else place.level if place else "nation"
    return Agency(
        id=f"{code or '-'}:{_cut(short)}",
        name=name,
        short=short,
        place=code,
        level=level,
        kind=body.kind,
        function=body.function,
        collective=False,
        resolved=True,
    )


def _unresolved(prefix: str, body: _Body, scope: Scope) -> Agency:
    """An agency whose place cannot be told; its id is scoped to the document, so that it is never taken for another's."""
    short = body.name.replace("~", "")
    name = prefix + (short.removeprefix("党") if prefix and short.startswith("党委") else short)
    known_level = next((level for word, level in _LEVEL_BY_WORD.items() if prefix.endswith(word)), "unknown")
    return Agency(
        id=f"{_document(scope)}:{_cut(name)}",
        name=name,
        short=short,
        place=None,
        level="town" if body.kind == "township" else known_level,
        kind=body.kind,
        function=body.function,
        collective=False,
        resolved=False,
    )


def _collective(name: str, scope: Scope) -> Agency:
    """Many agencies named as one: of a named place, of the level that 市直, 省直 … mean, else of the document's place."""
    short = _plain_list(name)
    code = scope.place
    if (named := mention(short, near=scope.place)) and named.code and named.end < len(short):
        code, short = named.code, short[named.end :]
    elif short.startswith(("各省", *_words("national"))):
        code = NATION
    elif word := _collective_level(short):
        code, short = _own(word, scope) or code, short.removeprefix("全" + word) or short
    place = division(code) if code and code != NATION else None
    where = str(code) if place else "-" if code else _document(scope)
    name = short
    if place:
        name = (place.stem if short.startswith(place.level_word) else place.name) + short
    return Agency(
        id=f"{where}:*{_cut(short)}",
        name=name,
        short=short,
        place=place.code if place else None,
        level=place.level if place else "nation" if code else "unknown",
        kind="collective",
        function=_common_line(short),
        collective=True,
        resolved=code is not None,
    )


def _collective_level(name: str) -> str:
    """The level whose bodies a collective means: 市直有关单位, 各市直部门, 全区各街镇; none for a list (市、县人民政府)."""
    bare = name.removeprefix("全").removeprefix("各") if name.startswith("全") or name[2:3] == "直" else name
    word = _level_word(bare)
    return "" if bare.startswith(_words("list goes on"), len(word)) else word


def _plain_list(name: str) -> str:
    """各县（市、区）政府 and 各县市区人民政府 are one collective: they differ in marks between the places only."""
    bare = name.translate(dict.fromkeys(map(ord, "（）")))
    kinds = _PLACE_KINDS
    marks = {i for i, c in enumerate(bare[:-1]) if c in "、，／" and i and bare[i - 1] in kinds and bare[i + 1] in kinds}
    plain = "".join(c for i, c in enumerate(bare) if i not in marks)
    return plain[:-2] + "人民政府" if plain.endswith("政府") and not plain.endswith("人民政府") else plain


def _common_line(name: str) -> str | None:
    """The function that the members of a collective share, where it names one: 科技部门 are the 科学技术局."""
    for bare in _without_heads(name):
        tail = next((tail for tail in _words("line tails") if bare.endswith(tail)), "")
        field = bare.removesuffix(tail)
        for form in _words("line forms") if tail else ("",):
            if known := _bodies().get(field + form):
                return known.function
    return None


def _without_heads(name: str) -> Iterator[str]:
    yield name
    while head := next((head for head in _words("line heads") if name.startswith(head)), ""):
        name = name.removeprefix(head)
        yield name


def _printed(text: str) -> str:
    """Without spaces, line ends and characters that do not print."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def _document(scope: Scope) -> str:
    return _printed(scope.document).translate({ord(c): _FULL_WIDTH[ord(c)] for c in "/?#%"})


def _cut(name: str) -> str:
    """A name as an id holds it: cut with a digest where it is long."""
    if len(name) <= _LONGEST_NAME:
        return name
    return name[: _LONGEST_NAME - 9] + "~" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _national_form(text: str, start: int = 0) -> str:
    """The longest name of a national body at `start`; the 教育部 of 教育部门 is none."""
    forms = (text[start:end] for end in range(min(len(text), start + _longest_national()), start + 1, -1))
    return next((f for f in forms if f in _national() and not text.startswith("门", start + len(f))), "")


@cache
def _longest_national() -> int:
    return max(map(len, _national()))


def _table(name: str, columns: int) -> Iterator[list[str]]:
    for line in (files("loaders") / "data" / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield [*line.split("\t"), *[""] * columns][:columns]


@cache
def _national() -> dict[str, _Body]:
    found: dict[str, _Body] = {}
    for function, name, aliases, kind_given in _table("national.tsv", 4):
        kind = kind_given or _listed().get(function, _Body(name, function, "")).kind or _ending(name)[0]
        found |= dict.fromkeys([name, *aliases.split()], _Body(name, function, kind))
    return found


@cache
def _listed() -> dict[str, _Body]:
    """Every row of bodies.tsv by its canonical name."""
    rows = _table("bodies.tsv", 4)
    return {name: _Body(name, function, kind or _ending(name)[0]) for function, name, _, kind in rows}


@cache
def _bodies() -> dict[str, _Body]:
    """The bodies of a place by name and alias."""
    return _aliased(branches=False)


@cache
def _branches() -> dict[str, _Body]:
    """The branches of national bodies, whose short forms may be those of a place's own bodies (金融监管局)."""
    return _aliased(branches=True)


def _aliased(*, branches: bool) -> dict[str, _Body]:
    found: dict[str, _Body] = {}
    for _, name, aliases, _ in _table("bodies.tsv", 4):
        if (_listed()[name].kind == "branch") is branches:
            found |= dict.fromkeys([name.replace("~", ""), *aliases.split()], _listed()[name])
    return found


@cache
def _endings() -> dict[str, tuple[str, str, str]]:
    return {ending: (kind, full or ending, function) for ending, kind, full, function in _table("endings.tsv", 4)}


@cache
def _words(group: str) -> tuple[str, ...]:
    return next(tuple(words.split()) for found, words in _table("words.tsv", 2) if found == group)
