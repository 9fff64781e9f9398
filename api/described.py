"""What the OpenAPI page says of every route alike: which of them need a key, and with which problems they may answer."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel, Field

from api.access import OPEN


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
    403: "the key does not allow it, the server is not set up for it, or it comes from a page of another origin",
    404: "an unknown or ambiguous name, with candidates",
    408: "the body did not come",
    409: "it has changed since it was seen",
    413: "the body is larger than is taken",
    421: "this server has no such name: without keys it answers to those of its own machine",
    422: "an unknown parameter, a value of the wrong type, or a body that cannot be read",
    429: "too many requests, or wrong keys",
    503: "the database does not answer, or is busy",
    504: "the query took too long",
    507: "the query needs more memory than the database may take, or a disk is full",
}

DATABASE: Final = (503, 504, 507)
"""What a route may answer with that asks the database."""

_PROBLEM: Final = Problem.model_json_schema()


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries of the problems that a route may answer with, beside those of every route of its kind."""
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {str(status): {"description": _PROBLEMS[status], "content": content} for status in statuses}


_NO_HTTP: Final = {
    "400": {
        "description": "what came is no HTTP, or has a longer head than is read",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}
"""Uvicorn's own answer, whatever was asked."""


class Described(FastAPI):
    """Says of each route whether it needs a key, and adds the problems that come before it, or with what it is sent."""

    def openapi(self) -> dict[str, Any]:
        made = super().openapi()
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                if path in OPEN:
                    operation.pop("security", None)
                told = operation["responses"] | _NO_HTTP | problem_responses(*_of_its_kind(path, method, operation))
                operation["responses"] = dict(sorted(told.items()))
        return made


def _of_its_kind(path: str, method: str, operation: dict[str, Any]) -> set[int]:
    told = {421}
    if path not in OPEN:
        told |= {401, 403, 429, 503}
    if method != "get":
        told |= {403}
    if "health" not in operation["tags"]:
        told |= {422}
    if "requestBody" in operation:
        told |= {408, 413, 422}
    return told
