"""What the OpenAPI page says of the routes of queries: models of their answers and parameters, made from their headers."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.models import ReviewedShare, Text
from kg.ask.doubts import Doubt
from kg.ask.queries import DEFAULT_LIMIT, MAX_LIMIT, Query
from kg.ask.signature import Parameter, Type, parameter_schema


def answer_model(query: Query) -> type[BaseModel]:
    """The model of a query's JSON answer. It is strict on purpose: tests hold every row against it."""
    row = _row_model(query)
    return create_model(
        f"{_title(query)}Answer",
        __doc__=query.answers,
        query=(str, Field(description="the query's name", examples=[query.name])),
        parameters=(dict[str, Any], Field(description="every parameter as it was used", examples=[dict(query.example)])),
        named=(
            dict[str, str] | None,
            Field(None, description="what the ids among the parameters are called", examples=[{"140400": "长治市"}]),
        ),
        columns=(list[str], Field(description="the columns in order", examples=[[c.name for c in query.columns]])),
        rows=(list[row], Field(description="one object a row")),  # type: ignore[valid-type]
        truncated=(bool, Field(description="whether rows beyond the limit were left out", examples=[False])),
        total=(int | None, Field(description="how many rows there are; null where some were left out and `count` is not true")),
        reviewed=(
            ReviewedShare | None,
            Field(None, description="how much is checked (已核), where it can be limited to that"),
        ),
    )


def _title(query: Query) -> str:
    return "".join(word.capitalize() for word in query.name.split("-"))


def _row_model(query: Query) -> type[BaseModel]:
    fields: dict[str, Any] = {
        c.name: (
            _python(c.type, f"{_title(query)}{c.name.capitalize()}"),
            Field(description=c.describe, examples=[_example(c.type, c.example)] if c.example else None),
        )
        for c in query.columns
    }
    return create_model(f"{_title(query)}Row", __config__=ConfigDict(extra="forbid"), **fields)


def text_model(facts: Query) -> type[BaseModel]:
    """The model of GET /documents/{document}/text; its facts are rows of `facts`."""
    row = create_model(
        "TextFact",
        __base__=_row_model(facts),
        clause_start=(int | None, Field(description="where the clause stands: its first code point in the source's text")),
        clause_end=(int | None, Field(description="one past its last")),
        doubt=(Doubt | None, Field(description="why a person should look at it, until somebody has decided on it")),
    )
    return create_model("TextAnswer", __base__=Text, facts=(list[row], Field(description="in the order of the text")))  # type: ignore[valid-type]


def openapi_parameters(query: Query) -> list[dict[str, Any]]:
    """The parameters of a query, for its route and those that ask it for something else than rows."""
    return [openapi_parameter(p, query.path, query.example.get(p.name) if p.required else None) for p in query.parameters]


def row_parameters(forms: list[str]) -> list[dict[str, Any]]:
    """The parameters that every route of rows takes; `forms` are those of a file."""
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
    form = {"type": "string", "enum": forms}
    most = f"most rows to return; see `truncated`. Left out: {DEFAULT_LIMIT}, and all of them in a file"
    return [
        {"name": "limit", "in": "query", "description": most, "schema": limit},
        {"name": "format", "in": "query", "description": "a file in this form, instead of an Accept header", "schema": form},
        {"name": "count", "in": "query", "description": "count all rows: `total`", "schema": {"type": "boolean"}},
    ]


def network_parameters(edges: Query, forms: Sequence[str]) -> list[dict[str, Any]]:
    """The parameters of GET /network: those of the query of its edges, and the form of the answer."""
    form = {"type": "string", "enum": list(forms), "default": forms[0]}
    return [
        *openapi_parameters(edges),
        {"name": "format", "in": "query", "description": "graphml opens in Gephi", "schema": form},
    ]


def openapi_parameter(parameter: Parameter, path: str = "", example: object = None) -> dict[str, Any]:
    """A parameter of the route `path`; `example` where the parameter itself has none."""
    entry: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if f"{{{parameter.name}}}" in path else "query",
        "required": parameter.required,
        "description": parameter.describe,
        "schema": parameter_schema(parameter),
    }
    return entry | ({"example": given} if (given := example or parameter.example) else {})


def _python(type_: Type, name: str) -> Any:  # noqa: ANN401 (a type made at run time)
    one: Any = {"integer": int, "number": float, "boolean": bool, "date": datetime.date}.get(type_.name, str)
    if type_.options:
        one = Literal[type_.options]
    if type_.fields:
        inner: dict[str, Any] = {field: (_python(t, f"{name}{field.capitalize()}"), ...) for field, t in type_.fields}
        one = create_model(name, __config__=ConfigDict(extra="forbid"), **inner)
    if type_.many:
        one = list[one]
    return one | None if type_.nullable else one


def _example(type_: Type, text: str) -> str | float | bool:
    if type_.name in ("integer", "number"):
        return int(text) if type_.name == "integer" else float(text)
    return text == "true" if type_.name == "boolean" else text
