"""What a query takes and gives: the types of its header, and the check of a value against one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from kg.days import today
from kg.errors import BadParameter
from kg.words.folding import words_of

SCALARS: Final = frozenset({"text", "words", "question", "code", "integer", "number", "boolean", "date"})

RESERVED: Final = frozenset({"limit", "format", "count"})
"""Options of every query, so no parameter may be called so."""

_MAX_INTEGER: Final = 2**31 - 1  # beyond it substring() overflows
_MAX_TEXT: Final = 1000
_LETTER: Final = re.compile(  # 例 法, Ⅱ, ③, Ａ: of what words are made; marks, seen or not, alone say nothing to look for
    "[0-9A-Za-z\u00c0-\u02ff\u0370-\u0482\u048a-\u052f\u0620-\u064a\u0671-\u06d3\u0f40-\u0f6c\u1820-\u1878\u1e00-\u1fff"
    "\u2150-\u218f\u2460-\u24ff\u3021-\u3029\u3041-\u3096\u30a0-\ua48f\uac00-\ud7a3\uf900-\ufaff\uff10-\uff5a"
    "\U00020000-\U0003ffff]"
)
_BLANK: Final = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what str.strip takes away
_PIECE: Final = f"[{_BLANK}]*[^,，{_BLANK}][^,，]*"
_HELD: Final = {"code": re.compile(r"^[1-9][0-9]{5}$"), "words": _LETTER, "question": _LETTER}
"""What a text of these types holds."""

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | list[Scalar] | None


@dataclass(frozen=True, slots=True)
class Type:
    """`name` is a scalar, a kind of node, "enum" (with `options`) or "map" (with `fields`)."""

    name: str
    options: tuple[str, ...] = ()
    fields: tuple[tuple[str, Type], ...] = ()
    many: bool = False
    nullable: bool = False

    def __str__(self) -> str:
        inner = "|".join(self.options) if self.options else self.name
        if self.fields:
            inner = "{" + ", ".join(f"{name}: {type_}" for name, type_ in self.fields) + "}"
        return inner + "[]" * self.many + "?" * self.nullable

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        one = {
            "enum": f"one of {', '.join(self.options)}",
            "words": "words that must all be there, in any script or width, such as 执法公示",
            "question": "words or a name, such as 执法公示",
            "text": f"text of at most {_MAX_TEXT} characters",
            "integer": "a whole number from 0",
            "number": "a number from 0, such as 0.5",
            "boolean": "true or false",
            "code": "a GB/T 2260 code of six digits, which kg resolve gives for a name",
            "date": "a day such as 2022-12-31, or today",
        }.get(self.name, f"the id or exact name of one {self.name}")
        return f"a list, each {one}" if self.many else one


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` is None for an optional filter, and still as written otherwise: today is another day tomorrow."""

    name: str
    type: Type
    required: bool
    default: str | list[str] | None
    describe: str
    example: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer."""

    name: str
    type: Type
    describe: str
    example: str | None


def option(parameter: str) -> str:
    """The command-line option of a parameter: --due-before for due_before."""
    return "--" + parameter.replace("_", "-")


def json_schema(type_: Type) -> dict[str, Any]:
    """The JSON schema of a value. A date has no format: what is sent may also be the word today."""
    one: dict[str, Any] = {"type": type_.name if type_.name in ("integer", "number", "boolean") else "string"}
    if type_.options:
        one["enum"] = list(type_.options)
    if type_.fields:
        fields = {name: json_schema(field) for name, field in type_.fields}
        one = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    if type_.many:
        one = {"type": "array", "items": one}
    return {"anyOf": [one, {"type": "null"}]} if type_.nullable else one


def parameter_schema(parameter: Parameter) -> dict[str, Any]:
    """The JSON schema of what may be sent for a parameter, with its default; `today` stays a word, for it moves."""
    schema = json_schema(parameter.type)
    if parameter.type.many:
        schema |= {"items": schema["items"] | _limits(parameter.type), "minItems": 1}
    else:
        schema |= _limits(parameter.type)
    if parameter.default is not None:
        schema["default"] = parameter.default if parameter.type.name == "date" else coerce(parameter, parameter.default)
    return schema


def _limits(type_: Type) -> dict[str, Any]:
    """What JSON schema can say of what _coerce_one refuses."""
    if type_.options or type_.name == "boolean":
        return {}
    if type_.name in ("integer", "number"):
        return {"minimum": 0, "maximum": _MAX_INTEGER}
    if type_.name == "date":
        return {"anyOf": [{"format": "date"}, {"const": "today"}]}
    pattern = _HELD[type_.name].pattern if type_.name in _HELD else f"[^{_BLANK}]"
    if type_.many:  # one text may be several, between commas
        pattern = f"^{_PIECE}([,，]{_PIECE})*$"
    return {"minLength": 1, "maxLength": _MAX_TEXT, "pattern": pattern}


def coerce(parameter: Parameter, value: object) -> Value:
    """`value` in the parameter's type; text is read, and a list may be one text with commas. Raises BadParameter."""
    try:
        return _coerce(parameter.type, value)
    except ValueError as error:
        raise BadParameter(
            f"{parameter.name}={value!r:.80} is not accepted", f"{parameter.name} is {parameter.type.allowed}"
        ) from error


def check_ranges(values: Mapping[str, Value]) -> None:
    """Raises BadParameter where one that ends in _from is later than its _to: nothing could lie between."""
    for name, first in values.items():
        until = name.removesuffix("_from") + "_to"
        last = values.get(until) if name.endswith("_from") else None
        if isinstance(first, str) and isinstance(last, str) and first > last:
            raise BadParameter(
                f"{name}={first} is later than {until}={last}", f"{name} is the first day, {until} the last: change them round"
            )


def _coerce(type_: Type, value: object) -> Value:
    if value is None:
        return None
    if type_.name == "words":
        said = " ".join(map(str, value)) if isinstance(value, list | tuple) else value
        return [*words_of(str(_coerce_one(type_, said)))]
    if type_.many:
        parts = value if isinstance(value, list | tuple) else [value]
        pieces = [piece for part in parts for piece in (re.split("[,，]", part) if isinstance(part, str) else [part])]
        if not pieces:
            raise ValueError
        return [_coerce_one(type_, piece) for piece in pieces]
    return _coerce_one(type_, value)


def _coerce_one(type_: Type, value: object) -> Scalar:
    """Raises ValueError."""
    if type_.name == "boolean" and isinstance(value, bool):
        return value
    if isinstance(value, bool | list | tuple | dict) or (isinstance(value, float) and type_.name != "number"):
        raise ValueError
    text = str(value).strip()
    text.encode()  # half a surrogate pair, from a broken command line, would break the driver
    if not 0 < len(text) <= _MAX_TEXT:
        raise ValueError
    if type_.name == "integer":
        if not 0 <= int(text) <= _MAX_INTEGER:
            raise ValueError
        return int(text)
    if type_.name == "number":
        if not 0 <= float(text) <= _MAX_INTEGER:  # nan is not
            raise ValueError
        return float(text)
    if type_.name == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError
        return text.lower() == "true"
    if type_.name == "date":
        return (today() if text == "today" else datetime.date.fromisoformat(text)).isoformat()
    if (type_.options and text not in type_.options) or (type_.name in _HELD and not _HELD[type_.name].search(text)):
        raise ValueError
    return text
