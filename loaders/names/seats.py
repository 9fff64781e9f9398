"""A body at its place: the agency that it is there, with its id, its full name, its rank and its reforms.

All that is said of an agency follows from its id, so that two surfaces of one agency never disagree about it.

kind is one of: government, township (乡镇人民政府, 街道办事处), department, party, congress, cppcc, court, procuratorate,
mass (群团), zone (开发区, 园区), branch (of a national body: 海关, 人民银行中心支行), company (state-owned),
military (军区, 人民武装部, 武警), institution (anything else), collective.
level is that of the agency's place: nation, province, city, county; town for a township; unknown where nothing tells.
"""

from __future__ import annotations

import hashlib
from typing import Final

from kg.model import Agency, Succession
from loaders.names.bodies import Body, Found, find, listed, renames, words
from loaders.names.places import Division, chain, division, mention

__all__ = ["Explained", "agency_at", "id_name", "place_name"]

_LONGEST_NAME: Final = 60  # characters of a name in an id

Explained = tuple[Agency, tuple[str, ...]]
"""An agency, and in words how its name led there."""


def place_name(code: str | None) -> str:
    """The name of the place with a code (GB/T 2260), the code itself where there is no such place."""
    place = division(code) if code else None
    return place.name if place else str(code)


def agency_at(found: Found, code: str | None, *notes: str) -> Explained:
    """The agency that a body is at the place with a code (GB/T 2260), the nation's where that is None; `notes` say how the
    place was found."""
    place = division(code) if code else None
    body, code, place = _seated(found.body, code, place)
    short = _short(body, place)
    level = "town" if body.kind == "township" else place.level if place else "nation"
    agency = Agency(
        id=f"{code or '-'}:{id_name(short)}",
        name=_full_name(body, short, place),
        short=short,
        place=code,
        level=level,
        kind=body.kind,
        function=body.function,
        collective=False,
        resolved=True,
        rank=_rank(body, level),
        successions=_successions(body, place),
    )
    return agency, (*notes, found.how)


def _seated(body: Body, code: str | None, place: Division | None) -> tuple[Body, str | None, Division | None]:
    """A body as it is at its place: the 法院 of a province is its 高级人民法院; the 潞城分局 of a city's 局 sits in 潞城."""
    if place and body.name == "人民法院" and place.level != "county":
        return find("高级人民法院" if place.level == "province" else "中级人民法院").body, code, place
    if place and body.name == "人民银行" and place.level == "county":
        return find("人民银行支行").body, code, place
    whole, _, part_name = body.name.partition("局")
    if place and place.level == "city" and part_name.endswith("分局") and len(part_name) > len("分局"):
        named = mention(part_name, near=code)
        if named and named.code != code and part_name[named.end :] == "分局" and (seat := division(named.code or "")):
            return Body(f"{whole}局分局", body.function, body.kind), named.code, seat
    if place and place.level == "county" and body.name.endswith("分局") and not body.name.endswith("局分局"):
        known = listed(body.name.removesuffix("分局") + "局")
        return (Body(f"{known.body.name}分局", known.body.function, body.kind) if known else body), code, place
    return body, code, place


def _short(body: Body, place: Division | None) -> str:
    """A body's name without its place, as an id holds it: 市委 where 党委 stands in the tables."""
    short = body.name.replace("~", "")
    if place and short.startswith("党委") and place.level_word != "自治区":
        return place.level_word + short.removeprefix("党")
    return short


def _full_name(body: Body, short: str, place: Division | None) -> str:
    if place is None:
        return short
    if body.name.endswith("局分局") and place.level == "county" and len(chain(place.code)) > 1:
        return f"{chain(place.code)[1].name}{body.name.removesuffix('分局')}{place.stem}分局"
    if short != body.name.replace("~", ""):  # 党委
        return place.stem + short
    if body.name.startswith("~"):
        return place.stem + short
    if "~" in body.name:
        return body.name.replace("~", _said_inside(body, place))
    return short if body.kind == "company" and place.stem in short else place.name + short


def _said_inside(body: Body, place: Division) -> str:
    """How a name that holds its place says it: 人民银行莱芜市中心支行, but 人民银行南昌中心支行."""
    if body.function == "人民银行":
        return (
            place.stem if place.code.endswith("0100") or (place.level, place.level_word) == ("province", "市") else place.name
        )
    if body.kind == "branch" and "银行" not in body.name:
        return place.stem
    return place.stem if body.kind == "company" and place.level == "city" else place.name


def _rank(body: Body, level: str) -> str | None:
    """What a collective can call its members: 'county government', 'city department' …; None for what no collective binds."""
    name = body.name
    if body.function == "人民政府" or body.kind == "township":
        return f"{level} government" if body.kind in ("government", "township") else None
    if name == "党委":
        return f"{level} party committee"
    departmental = name.endswith(("局", "厅", "委员会", "办公室", "办公厅", "部", "署")) and not name.startswith(
        words("no department")
    )
    if departmental and (body.kind == "department" or name.startswith("党委")):
        return f"{level} department"
    return f"{level} zone" if body.kind == "zone" else None


def _successions(body: Body, place: Division | None) -> tuple[Succession, ...]:
    """The reforms that an agency went through, under its former or its later name, both at its own place."""
    code = place.code if place else "-"
    return tuple(
        Succession(f"{code}:{id_name(former)}", f"{code}:{id_name(later)}", rename.on, rename.source)
        for rename in renames(body.name)
        for former, later in [[_short(Body(name, "", ""), place) for name in (rename.former, rename.later)]]
    )


def id_name(name: str) -> str:
    """A name as an id holds it: cut with a digest where it is long."""
    if len(name) <= _LONGEST_NAME:
        return name
    return name[: _LONGEST_NAME - 9] + "~" + hashlib.sha256(name.encode()).hexdigest()[:8]
