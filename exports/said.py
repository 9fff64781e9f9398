"""What a cell says to people: words for codes, days and names where programs have JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kg.ask.signature import Type
from kg.ask.tables import full_cell
from kg.words.zh import table, word

_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("task kind", "deadline kind", "fact kind", "agency kind"),
    "differs_in": ("lead difference",),
}
"""Columns whose words stand under other names than their own; of several, under the first that has them all."""

_SILENT: Final = re.compile("(^|_)(id|code|start|end|key)$|^(page|mentions|before|after|quote|clause|kind)$")
"""Fields of a map in a cell that only programs look for, and the words of the text, which stand in a column of their own."""

_USUAL: Final = {"basis": "clause", "modality": "must"}
"""What goes without saying beside a unit."""


def called(name: str, type_: Type, value: str) -> str:
    """What a value of the column `name` is called; itself where it is no code."""
    words = table()
    places = _TABLES.get(name, (name.replace("_", " "),))
    for place in places:
        held = words.get(place, {})
        if value in held and set(type_.options) <= held.keys():
            return held[value]
    return value


def said(name: str, type_: Type, value: Any) -> str:  # noqa: ANN401
    """A cell in words: items of a list one after another, each said once."""
    if isinstance(value, list):
        return "；".join(dict.fromkeys(filter(None, (_one(name, type_, item) for item in value))))
    return _one(name, type_, value)


def _one(name: str, type_: Type, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        fields = dict(type_.fields)
        return limit(value) if "due_on" in fields and "quote" in fields else _map(fields, value)
    return called(name, type_, value) if isinstance(value, str) else full_cell(value)


def _map(fields: Mapping[str, Type], value: Mapping[str, Any]) -> str:
    """长治市司法局（牵头，正文表述）: what it is, and in brackets what else there is to say, numbers last."""
    telling = {name: type_ for name, type_ in fields.items() if not _SILENT.search(name) and value[name] not in (None, "")}
    if not telling:
        return str(value.get("quote") or "")
    first, *others = sorted(telling, key=lambda name: telling[name].name == "integer")
    marks = "，".join(filter(None, (_part(name, telling[name], value[name]) for name in others)))
    return _one(first, telling[first], value[first]) + (f"（{marks}）" if marks else "")


def _part(name: str, type_: Type, value: Any) -> str:  # noqa: ANN401
    if value is False or value == _USUAL.get(name):
        return ""
    if value is True:
        return word("column", name)
    if type_.name == "integer" and name != "year":
        return f"{table()['count'].get(name) or word('column', name)} {value}"
    return _one(name, type_, value)


def limit(deadline: Mapping[str, Any], between: str = "") -> str:
    """2022年底前（2022-12-31）: the words that set a time limit, the day, and whether it is the whole document's."""
    mark = word("column", "document_deadlines") if deadline.get("inherited") else None
    marks = "，".join(filter(None, [deadline["due_on"], mark]))
    return str(deadline["quote"]) + (f"{between}（{marks}）" if marks else "")
