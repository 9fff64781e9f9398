"""A body apart from its place: which 局 or 委员会 a name means, by the tables in data/ and by the grammar of such names.

The full and short names of a body differ by regular contraction: 发展和改革委员会 is 发展改革委 is 发改委. So a name is read
as the words of its field and an ending, each in any of its forms, with 和 or 、 between them or not; two names with the same
words and the same ending name one body. Where a form could mean two rows of words the name is not read at all: it stays
a body of its own, as do names whose words no table knows. Nothing is ever joined by how alike it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from loaders.lexicon.table import lengths_by_opening, rows

__all__ = [
    "ENDINGS",
    "Body",
    "Found",
    "Rename",
    "branch",
    "by_key",
    "common_line",
    "counterpart",
    "ending_of",
    "find",
    "forms",
    "listed",
    "names",
    "national",
    "national_form",
    "part",
    "renames",
    "spellings",
    "words",
]

_AND: Final = ("和", "与", "及", "、")
ENDINGS: Final = {  # what a name made of field words ends in, and its full form
    "局": "局",
    "厅": "厅",
    "部": "部",
    "委": "委员会",
    "委员会": "委员会",
    "办": "办公室",
    "办公室": "办公室",
    "办公厅": "办公厅",
    "中心": "中心",
    "领导小组": "领导小组",
    "领导小组办": "领导小组办公室",
    "领导小组办公室": "领导小组办公室",
}


@dataclass(frozen=True, slots=True)
class Body:
    """In `name` 党委 stands for 市委, 区委 … and ~ for a place inside (人民银行~中心支行). `function` is its line (条线)."""

    name: str
    function: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A body, and in words how its name led there: by which row of which table, or by which rule."""

    body: Body
    how: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A reform that made `later` of the whole of `former`: `on` is a year or a month, `source` the document that says so."""

    former: str
    later: str
    on: str
    source: str


# Use


@lru_cache(maxsize=1 << 12)
def find(name: str, *, placed: bool = False) -> Found:
    """The body that a name without its place means. `placed`: a place stood before it, so that 政府 may be its government's."""
    if not name:
        return Found(_listed()["人民政府"], "a place alone acts for its government")
    whole = "党委" + name[1:].removeprefix("员会") if _of_the_party(name) else name
    bare = whole.removeprefix("人民").removeprefix("政府") if whole.startswith(("人民政府", "政府")) else ""
    for form in (whole, bare):
        if form and (known := _known(form)):
            return known
    return _part_of_known(bare or whole) or _read(bare if bare and placed else whole)


def branch(name: str) -> Found | None:
    """The branch of a national body that a name without its place means; its short form may be that of a local body too."""
    body = _branches().get(name)
    return Found(body, _said(name, body, "bodies.tsv, branches")) if body else None


def listed(name: str) -> Found | None:
    """The body of a place that a name means by the tables alone."""
    body = _bodies().get(name)
    return Found(body, _said(name, body, "bodies.tsv")) if body else None


def national(name: str) -> Found | None:
    """The body of the nation that has this name in any document."""
    body = _national().get(name)
    return Found(body, _said(name, body, "national.tsv")) if body else None


def national_form(text: str, start: int = 0) -> str:
    """The longest name of a national body at `start`; the 教育部 of 教育部门 is none, nor the 应急部 of 应急部队."""
    forms = (text[start : start + length] for length in _lengths_of_national().get(text[start : start + 2], ()))
    return next((f for f in forms if f in _national() and not text.startswith(("门", "队"), start + len(f))), "")


def counterpart(body: Body) -> Found:
    """In a national document 医保局 is 国家医疗保障局, 国资委 that of the 国务院, and 组织部 that of the 中央."""
    name = body.name.partition("~")[0] if body.name in _listed() else ""
    name = name or body.name.replace("~", "")
    name = name.removeprefix("党委").removeprefix("政府") or name
    for end in range(len(name), 1, -1):
        named = (_national().get(prefix + name[:end]) for prefix in ("", *words("national")))
        whole = next((found for found in named if found), None)
        rest = name[end:]
        if whole and not rest:
            return Found(whole, f"{body.name} in a national document is {whole.name} (national.tsv)")
        if whole and rest.endswith(words("subunits")) and not rest.endswith("公司"):
            return Found(part(whole, rest), f"part of {whole.name} (national.tsv)")
    return Found(body, "a national body that no table lists")


def part(whole: Body, rest: str) -> Body:
    """公安局高新分局 does the work of its 公安局."""
    name = whole.name + rest
    return _bodies().get(name) or _national().get(name) or Body(name, whole.function, whole.kind)


def spellings(body: Body) -> tuple[str, ...]:
    """All names of a national body."""
    return tuple(name for name, other in _national().items() if other == body)


def renames(name: str) -> tuple[Rename, ...]:
    """The reforms in which a body, by its canonical name, took part under its former or its later name."""
    return _renames().get(name, ())


@cache
def words(group: str) -> tuple[str, ...]:
    """A row of words.tsv."""
    return next(tuple(forms.split()) for name, forms in rows("names", "words.tsv", 2) if name == group)


# From a name to a body


def _of_the_party(name: str) -> bool:
    """Whether this is what 市, 区 … leave of 市委宣传部."""
    return name.startswith("委") and not name.startswith("委托")


def _known(name: str) -> Found | None:
    """By the tables, else by the words it is made of."""
    if body := _bodies().get(name):
        return Found(body, _said(name, body, "bodies.tsv"))
    if body := _branches().get(name):
        return Found(body, _said(name, body, "bodies.tsv, branches"))
    key = _key(name)
    if key and (body := by_key().get(key)):
        return Found(body, f"{name} has the words of {body.name} (fields.tsv)")
    return None


def _part_of_known(name: str) -> Found | None:
    if not name.endswith(words("subunits")) or name.endswith("公司"):
        return None
    for end in range(len(name) - 1, 2, -1):
        whole = _known(name[:end])
        if whole and whole.body.name.endswith(words("wholes")):
            return Found(part(whole.body, name[end:]), f"part of {whole.body.name}; {whole.how}")
    return None


def _read(name: str) -> Found:
    """A body that no table lists: by its words, else by the way it ends. One that opens with a national body is its branch."""
    form = national_form(name)
    if form and (rest := name[len(form) :]):
        parent = _national()[form]
        return Found(Body(f"{parent.name}~{rest}", parent.function, "branch"), f"not listed; a branch of {parent.name}")
    if key := _key(name):
        fields, ending = key
        body = Body("".join(fields) + ending, _line(fields, ending), ending_of(ending)[0])
        return Found(body, f"not listed; words {'、'.join(fields)} and the ending {ending} (fields.tsv)")
    kind, full, function = ending_of(name)
    if full != name and (known := _known(full)):
        return Found(known.body, f"{name} in full is {full} (endings.tsv); {known.how}")
    how = f"not listed; {kind} by its ending (endings.tsv)" + (f", in full {full}" if full != name else "")
    return Found(Body(full, function or common_line(full) or full, kind), how)


def ending_of(name: str) -> tuple[str, str, str]:
    """Kind, full form and function of a body that no table lists, by the longest ending that fits."""
    for start in range(len(name)):
        if found := _endings().get(name[start:]):
            kind, full, function = found
            return "party" if name.startswith("党委") else kind, name[:start] + full, function
    return "party" if name.startswith("党委") else "institution", name, ""


def common_line(name: str) -> str | None:
    """The function that the members of a collective share, where it names one: 科技部门 are the 科学技术局."""
    for bare in _without_heads(name):
        tail = next((tail for tail in words("line tails") if bare.endswith(tail)), "")
        field = bare.removesuffix(tail)
        for form in words("line forms") if tail else ("",):
            if field and (known := _known(field + form)):
                return known.body.function
    return None


def _without_heads(name: str) -> Iterator[str]:
    yield name
    while head := next((head for head in words("line heads") if name.startswith(head)), ""):
        name = name.removeprefix(head)
        yield name


def _line(fields: tuple[str, ...], ending: str) -> str:
    """A merged body belongs to the line of its first field that is a body's: 卫生健康和医疗保障局 to that of 卫生健康局."""
    for end in range(len(fields) - 1, 0, -1):
        if ending in ("局", "厅", "委员会") and (
            body := by_key().get((fields[:end], ending)) or by_key().get((fields[:end], "局"))
        ):
            return body.function
    return "".join(fields) + ending


def _said(name: str, body: Body, table: str) -> str:
    plain = body.name.replace("~", "")
    return f"{plain} ({table})" if name == plain else f"alias {name} of {plain} ({table})"


# The grammar of fields


@lru_cache(maxsize=1 << 12)
def _key(name: str) -> tuple[tuple[str, ...], str] | None:
    """The words of a name and the full form of its ending; None where it is not made of known words in one way only."""
    for start in range(1, len(name)):
        if ending := ENDINGS.get(name[start:]):
            fields = _fields(name[:start], runs=False) or _fields(name[:start], runs=True)
            return (fields, ending) if fields else None
    return None


def _fields(stem: str, *, runs: bool) -> tuple[str, ...] | None:
    """The words that a stem is made of, in the fewest forms; `runs`: initials may stand for words (文广旅, 科工信)."""
    if len(stem) > _LONGEST_STEM:
        return None
    nothing: set[tuple[str, ...]] = {()}
    best: list[tuple[int, set[tuple[str, ...]]]] = [(0, nothing)] + [(len(stem) + 1, set())] * len(stem)
    for start in range(len(stem)):
        count, readings = best[start]
        if not readings:
            continue
        at = start + 1 if start and stem[start] in _AND else start
        for end, form_words in _forms_at(stem, at, runs=runs):
            found = {reading + form_words for reading in readings}
            if count + 1 < best[end][0]:
                best[end] = (count + 1, found)
            elif count + 1 == best[end][0]:
                best[end][1].update(found)
    readings = best[-1][1]
    return next(iter(readings)) if len(readings) == 1 else None


_LONGEST_STEM: Final = 24
_LONGEST_RUN: Final = 5


def _forms_at(stem: str, start: int, *, runs: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    for end in range(start + 1, min(len(stem), start + _longest_form()) + 1):
        if found := forms().get(stem[start:end]):
            yield end, found
    for family in _families() if runs else ():
        for end in range(start + 1, min(len(stem), start + _LONGEST_RUN) + 1):
            if stem[end - 1] not in family or stem[end - 1] in stem[start : end - 1]:
                break
            if end - start > 1 and stem[start:end] not in words("no runs"):
                yield end, tuple(family[c] for c in stem[start:end])


# The tables


@cache
def _national() -> dict[str, Body]:
    found: dict[str, Body] = {}
    for function, name, aliases, kind_given in rows("names", "national.tsv", 4):
        kind = kind_given or _listed().get(function, Body(name, function, "")).kind or ending_of(name)[0]
        found |= dict.fromkeys([name, *aliases.split()], Body(name, function, kind))
    return found


@cache
def _lengths_of_national() -> dict[str, tuple[int, ...]]:
    return lengths_by_opening(_national())


@cache
def _listed() -> dict[str, Body]:
    """Every row of bodies.tsv by its canonical name."""
    table = rows("names", "bodies.tsv", 4)
    return {name: Body(name, function, kind or ending_of(name)[0]) for function, name, _, kind in table}


@cache
def _bodies() -> dict[str, Body]:
    """The bodies of a place by name and alias."""
    return _aliased(branches=False)


@cache
def _branches() -> dict[str, Body]:
    """The branches of national bodies, whose short forms may be those of a place's own bodies (金融监管局)."""
    return _aliased(branches=True)


def _aliased(*, branches: bool) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for _, name, aliases, _ in rows("names", "bodies.tsv", 4):
        if (_listed()[name].kind == "branch") is branches:
            found |= dict.fromkeys([name.replace("~", ""), *aliases.split()], _listed()[name])
    return found


def names() -> tuple[frozenset[str], frozenset[str]]:
    """Every name and alias of bodies of a place, in which 党委 stands for 市委, 区委 …, and of bodies of the nation."""
    return frozenset({*_bodies(), *_branches()}), frozenset(_national())


@cache
def by_key() -> dict[tuple[tuple[str, ...], str], Body]:
    """The bodies of a place by the words of their canonical names; a test holds that no two rows share them."""
    return {key: body for name, body in _listed().items() if (key := _key(name))}


@cache
def _endings() -> dict[str, tuple[str, str, str]]:
    return {ending: (kind, full or ending, function) for ending, kind, full, function in rows("names", "endings.tsv", 4)}


@cache
def forms() -> dict[str, tuple[str, ...]]:
    """Words by each of their forms."""
    found: dict[str, tuple[str, ...]] = {}
    for field, forms, _ in rows("names", "fields.tsv", 3):
        sequence = tuple(field.split())
        found |= dict.fromkeys(["".join(sequence), *forms.split()], sequence)
    return found


@cache
def _longest_form() -> int:
    return max(map(len, forms()))


@cache
def _families() -> tuple[dict[str, str], ...]:
    """The words that are run together by their initials, family by family: 文 广 旅 体, 科 工 信."""
    found: dict[str, dict[str, str]] = {}
    for word, _, initials in rows("names", "fields.tsv", 3):
        for initial in initials.split():
            family, _, letter = initial.partition(":")
            found.setdefault(family, {})[letter] = word
    return tuple(found.values())


@cache
def _renames() -> dict[str, tuple[Rename, ...]]:
    found: dict[str, tuple[Rename, ...]] = {}
    for on, former, later, source in rows("names", "renames.tsv", 4):
        rename = Rename(former, later, on, source)
        for name in (former, later):
            found[name] = (*found.get(name, ()), rename)
    return found
