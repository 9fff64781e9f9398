"""Pydantic models and OpenAPI parameters, made from the headers of the queries."""

from __future__ import annotations

import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from kg.queries import DEFAULT_LIMIT, MAX_LIMIT, Query
from kg.signature import Parameter, Type


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["urn:kg:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no agency here is called 市司法局"])
    hint: str = Field("", description="what to do about it", examples=["give an id, or the full name with its place"])
    candidates: list[str] = Field([], description="what could be meant", examples=[["长治市司法局", "衡阳市司法局"]])


_PROBLEMS: Final = {
    401: "an API key is required, and this is none",
    404: "an unknown or ambiguous name, with candidates",
    422: "an unknown parameter, a value of the wrong type, or a file that cannot be read",
    503: "the database does not answer, or is busy",
    504: "the query took too long",
}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries of the problems that a route may answer with."""
    schema = Problem.model_json_schema()
    content = {"application/problem+json": {"schema": schema}}
    return {status: {"description": _PROBLEMS[status], "content": content} for status in statuses}


def answer_model(query: Query) -> type[BaseModel]:
    """The model of a query's JSON answer. It is strict on purpose: tests hold every row against it."""
    title = "".join(word.capitalize() for word in query.name.split("-"))
    fields: dict[str, Any] = {
        c.name: (
            _python(c.type, f"{title}{c.name.capitalize()}"),
            Field(description=c.describe, examples=[_example(c.type, c.example)] if c.example else None),
        )
        for c in query.columns
    }
    row = create_model(f"{title}Row", __config__=ConfigDict(extra="forbid"), **fields)
    names = [c.name for c in query.columns]
    return create_model(
        f"{title}Answer",
        __doc__=query.answers,
        query=(str, Field(description="the query's name", examples=[query.name])),
        parameters=(dict[str, Any], Field(description="every parameter as it was used", examples=[dict(query.example)])),
        columns=(list[str], Field(description="the columns in order", examples=[names])),
        rows=(list[row], Field(description="one object a row")),  # type: ignore[valid-type]
        truncated=(bool, Field(description="whether rows beyond the limit were left out", examples=[False])),
    )


def openapi_parameters(query: Query) -> list[dict[str, Any]]:
    """The parameters of a query's route, with those that every route takes."""
    own = [_openapi_parameter(query, p) for p in query.parameters]
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    form = {"type": "string", "enum": ["json", "csv"]}
    return [
        *own,
        {"name": "limit", "in": "query", "description": "most rows to return; see `truncated`", "schema": limit},
        {"name": "format", "in": "query", "description": "instead of an Accept header", "schema": form},
    ]


def _openapi_parameter(query: Query, parameter: Parameter) -> dict[str, Any]:
    schema = _schema(parameter.type)
    if parameter.default is not None:
        schema["default"] = parameter.default
    entry: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if f"{{{parameter.name}}}" in query.path else "query",
        "required": parameter.required,
        "description": parameter.describe,
        "schema": schema,
    }
    example = query.example.get(parameter.name) if parameter.required else parameter.example
    return entry | ({"example": example} if example else {})


def _schema(type_: Type) -> dict[str, Any]:
    """JSON schema of what may be sent. A date may also be the word today, so it has no format."""
    one: dict[str, Any] = {"type": type_.name if type_.name in ("integer", "boolean") else "string"}
    if type_.options:
        one["enum"] = list(type_.options)
    return {"type": "array", "items": one} if type_.many else one


def _python(type_: Type, name: str) -> Any:  # noqa: ANN401 (a type made at run time)
    one: Any = {"integer": int, "boolean": bool, "date": datetime.date}.get(type_.name, str)
    if type_.options:
        one = Literal[type_.options]
    if type_.fields:
        inner: dict[str, Any] = {field: (_python(t, f"{name}{field.capitalize()}"), ...) for field, t in type_.fields}
        one = create_model(name, __config__=ConfigDict(extra="forbid"), **inner)
    if type_.many:
        one = list[one]
    return one | None if type_.nullable else one


def _example(type_: Type, said: str) -> str | int | bool:
    if type_.name == "integer":
        return int(said)
    return said == "true" if type_.name == "boolean" else said
