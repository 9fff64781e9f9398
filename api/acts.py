"""The log of acts over HTTP, for those with the role admin."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import as_json
from api.requests import check_names, limit_asked, only
from api.signatures import openapi_parameter
from kg.ask.queries import DEFAULT_LIMIT, MAX_LIMIT
from kg.ask.signature import Parameter, Type, coerce
from kg.engine.store import Answer
from kg.people.acts import COLUMNS, Acts, Deed


class ActRow(BaseModel):
    """One thing that was done."""

    model_config = ConfigDict(extra="forbid")

    at: str = Field(description="when, in UTC", examples=["2026-03-02T08:15:00+00:00"])
    who: str = Field(description="the name of the key; owner: on the machine itself", examples=["督查室-1"])
    act: Deed
    document: str | None = Field(description="the id of the document")
    note: str | None = Field(description="what came of it", examples=["added"])


class ActsAnswer(BaseModel):
    """Who did what, in the envelope of the queries."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(examples=["acts"])
    parameters: dict[str, Any]
    columns: list[str]
    rows: list[ActRow]
    truncated: bool
    total: int | None


_PARAMETERS: Final = (
    Parameter("who", Type("text"), False, None, "only what was done with the key of this name", "督查室-1"),
    Parameter(
        "document", Type("text"), False, None, "only what was done to this document, by id", "140400:长政办发〔2022〕14号"
    ),
)
_LIMIT: Final = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}}


def add_acts(app: FastAPI, acts: Acts) -> None:
    """GET /acts."""

    @app.get(
        "/acts",
        summary="Who did what, when, to which document? The newest first; for those with the role admin.",
        tags=["upkeep"],
        response_model=ActsAnswer,
        openapi_extra={"parameters": [*map(openapi_parameter, _PARAMETERS), _LIMIT]},
    )
    def answer(request: Request) -> Response:
        check_names(request, {p.name for p in _PARAMETERS} | {"limit"})
        asked = {p.name: request.query_params.getlist(p.name) for p in _PARAMETERS}
        who, document = (str(coerce(p, only(p.name, said))) if (said := asked[p.name]) else None for p in _PARAMETERS)
        most = limit_asked(request) or DEFAULT_LIMIT
        rows = acts.last(most + 1, who=who, document=document)
        return as_json("acts", {"who": who, "document": document}, Answer(COLUMNS, rows[:most], truncated=len(rows) > most))
