"""Whom a collective means: 各县（市、区）人民政府 all governments of counties, 市直有关部门 some departments of the city."""

from __future__ import annotations

from typing import Final, Literal

from loaders.patterns import MEMBERS_DEPARTMENTS, MEMBERS_LEVELS, MEMBERS_SOME

__all__ = ["read_members"]

Binds = Literal["all", "some"]

_LEVELS: Final = ("nation", "province", "city", "county", "town")
_OF_LEVEL: Final = {"省": "province", "市": "city", "县": "county"}  # 省级有关部门 in a national document
_ZONES: Final = ("园区", "开发区", "功能区", "管委会")
_BY_WORD: Final = {
    "地级以上市": ("city",),
    "自治区": ("province",),
    "直辖市": ("province",),
    "省": ("province",),
    "设区市": ("city",),
    "设区的市": ("city",),
    "自治州": ("city",),
    "地区": ("city",),
    "州": ("city",),
    "盟": ("city",),
    "自治县": ("county",),
    "县级市": ("county",),
    "县": ("county",),
    "旗": ("county",),
    "区": ("county",),
    "乡": ("town",),
    "镇": ("town",),
    "街道": ("town",),
    "街": ("town",),
    "村": (),
}


def read_members(name: str, level: str) -> tuple[tuple[str, ...], Binds | None]:
    """The ranks of the members of a collective at a place of `level` (one of nation, province, city, county), and how many
    of them it binds. Without members where its words do not tell: 科技部门, 成员单位.

    `name` is without its place and without brackets (各县市区人民政府).
    """
    if level not in _LEVELS[:-1]:
        return (), None
    binds: Binds = "some" if MEMBERS_SOME.search(name) else "all"
    if listed := MEMBERS_DEPARTMENTS.fullmatch(name):
        of = next((word for word in "省市县" if name.startswith(word)), "") if level == "nation" else ""
        counted = listed["each"] or "各" in (listed["tail"] or "")
        return (f"{_OF_LEVEL.get(of, level)} department",), binds if counted else "some"
    if listed := MEMBERS_LEVELS.fullmatch(name):
        ranks = _governments(listed["levels"], listed["bodies"], level, among=name.startswith("地方"))
        ranks += (f"{level} department",) if ranks and listed["departments"] else ()
        return ranks, binds if ranks else None
    return (), None


def _governments(said: str, bodies: str, level: str, *, among: bool) -> tuple[str, ...]:
    """Ranks of the governments, party committees and zones that a list of levels, and of their bodies, means."""
    zones = any(zone in said + bodies for zone in _ZONES)
    for zone in _ZONES:
        said = said.replace(zone, "")
    levels = [member for member in _levels(said, level) if not (among and member == "nation")]
    party = any(body in bodies for body in ("党委", "党工委"))
    government = not party or any(body in bodies for body in ("政府", "行署", "办事处"))
    kinds = ["party committee"] * party + ["government"] * government
    return (*(f"{member} {kind}" for member in levels for kind in kinds), *([f"{level} zone"] if levels and zones else []))


def _levels(said: str, level: str) -> tuple[str, ...]:
    """The levels below `level` that a list of them means: in a province 各市、县 cities and counties, 各县市区 counties.

    各市（区） of a province are its cities, and 各省（区、市） of the nation its provinces: 区 is no district there.
    """
    below = _LEVELS[_LEVELS.index(level) + 1 :]
    if said in ("地", "地区"):
        return below[:1]
    if said.startswith("级"):
        return (level, *below)
    if level == "nation" and said.startswith(("省区市", "省、区、市")):
        return ("province",)
    found: set[str] = set()
    at = 0
    while at < len(said):
        word = next((word for word in _BY_WORD if said.startswith(word, at)), "")
        if said.startswith("市", at):
            word = "市"
            is_city = level in ("nation", "province") and not any(kind in said[:at] for kind in "县区旗")
            found.add("city" if is_city else "county")
        found.update(_BY_WORD.get(word, ()))
        at += len(word) or 1
    if level == "province" and "city" in found and not any(kind in said for kind in "县旗"):
        found.discard("county")
    return tuple(member for member in below if member in found)
