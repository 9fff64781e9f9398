"""Pydantic models and OpenAPI parameters, made from the headers of the queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from kg.queries import DEFAULT_LIMIT, MAX_LIMIT, Query
from kg.signature import Parameter, Type, parameter_schema


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["urn:kg:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no agency here is called 市司法局"])
    hint: str = Field("", description="what to do about it", examples=["give an id, or the full name with its place"])
    candidates: list[str] = Field([], description="what could be meant", examples=[["长治市司法局", "衡阳市司法局"]])


class NetworkNode(BaseModel):
    """A unit, or a line of work (条线), that shares tasks with others."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(examples=["长治市司法局"])
    id: str = Field(examples=["140400:司法局"])
    place: str | None = Field(description="the place of a unit", examples=["长治市"])
    degree: int = Field(description="with how many it shares a task", examples=[19])
    weighted_degree: int = Field(description="the tasks it shares with each of them, added up", examples=[43])
    betweenness: float = Field(description="the share of shortest paths between two others that lead through it", ge=0, le=1)
    community: int = Field(description="those with one number share more tasks with each other than with the rest", ge=1)
    articulation: bool = Field(description="whether without it the network falls into more pieces")


class NetworkEdge(BaseModel):
    """Two that share tasks."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(examples=["长治市司法局"])
    one_id: str = Field(examples=["140400:司法局"])
    other: str = Field(examples=["长治市财政局"])
    other_id: str = Field(examples=["140400:财政局"])
    tasks: int = Field(description="tasks they share", examples=[5])
    both_lead: int = Field(description="of these, led by both (联合牵头)")
    one_leads: int = Field(description="led by the one, joined by the other")
    other_leads: int = Field(description="led by the other, joined by the one")
    both_participate: int = Field(description="taken part in by both")
    documents: int = Field(description="documents that these tasks stand in")
    bridge: bool = Field(description="whether without this edge the network falls into more pieces")


class NetworkAnswer(BaseModel):
    """Who shares tasks with whom."""

    model_config = ConfigDict(extra="forbid")

    parameters: dict[str, Any] = Field(description="every parameter as it was used", examples=[{"place": "140400"}])
    revision: str = Field(description="changes with the documents of the base", examples=["79403a6a50cc16ed"])
    communities: int = Field(description="how many there are", examples=[3])
    exact: bool = Field(description="false: betweenness is estimated, the network being large")
    nodes: list[NetworkNode] = Field(description="those with the most shared tasks first")
    edges: list[NetworkEdge] = Field(description="those with the most tasks first")


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


def openapi_parameters(query: Query, forms: list[str]) -> list[dict[str, Any]]:
    """The parameters of a query's route, with those that every route takes; `forms` are those of a file."""
    own = [_openapi_parameter(query, p) for p in query.parameters]
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
    form = {"type": "string", "enum": forms}
    most = f"most rows to return; see `truncated`. Left out: {DEFAULT_LIMIT}, and all of them in a file"
    return [
        *own,
        {"name": "limit", "in": "query", "description": most, "schema": limit},
        {"name": "format", "in": "query", "description": "a file in this form, instead of an Accept header", "schema": form},
    ]


def network_parameters(edges: Query, forms: Sequence[str]) -> list[dict[str, Any]]:
    """The parameters of GET /network: those of the query of its edges, and the form of the answer."""
    form = {"type": "string", "enum": list(forms), "default": forms[0]}
    return [
        *(_openapi_parameter(edges, p) for p in edges.parameters),
        {"name": "format", "in": "query", "description": "graphml opens in Gephi", "schema": form},
    ]


def calendar_parameters(query: Query) -> list[dict[str, Any]]:
    """The parameters of a calendar: those of its query."""
    return [_openapi_parameter(query, p) for p in query.parameters]


def _openapi_parameter(query: Query, parameter: Parameter) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if f"{{{parameter.name}}}" in query.path else "query",
        "required": parameter.required,
        "description": parameter.describe,
        "schema": parameter_schema(parameter),
    }
    example = query.example.get(parameter.name) if parameter.required else parameter.example
    return entry | ({"example": example} if example else {})


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


def _example(type_: Type, said: str) -> str | float | bool:
    if type_.name in ("integer", "number"):
        return int(said) if type_.name == "integer" else float(said)
    return said == "true" if type_.name == "boolean" else said
