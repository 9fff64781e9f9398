"""What is read of a request alike wherever it is sent: its parameters, and a file in it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request

from kg.ask.queries import Query
from kg.errors import BadParameter, NotAllowed, UnreadableFile

MAX_UPLOAD: Final = 2_000_000
"""Bytes of one file to extract; its facts take a hundred times as many in memory."""

FILE: Final = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
FILE_NAME: Final = {
    "name": "name",
    "in": "query",
    "description": "the file's name",
    "example": "衡阳市2021年政务服务工作要点.txt",
}


async def sent_file(request: Request) -> bytes:
    """The bytes of a file that is sent alone. Raises BadParameter, and UnreadableFile for one that is too large."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        hint = f"send the file's bytes alone: curl --data-binary @FILE …{request.url.path}"
        raise BadParameter("a form is not accepted", hint)
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_UPLOAD:
            raise UnreadableFile(f"the file is larger than {MAX_UPLOAD:,} bytes", "split it, or load it with `kg load`")
    return bytes(data)


def check_names(request: Request, allowed: set[str] | frozenset[str]) -> None:
    """Raises BadParameter for a parameter that is not `allowed`."""
    unknown = sorted(set(request.query_params) - allowed)
    if unknown:
        raise BadParameter(f"{request.url.path} takes no parameter {', '.join(unknown)}", "", tuple(sorted(allowed)))


def only(name: str, values: list[str]) -> str:
    """The one value of a parameter. Raises BadParameter where there are more."""
    if len(values) > 1:
        raise BadParameter(f"{name} is given {len(values)} times", f"{name} takes one value")
    return values[0]


def given_of(request: Request, query: Query) -> dict[str, Any]:
    """The query's parameters, as the path and the query string give them."""
    given: dict[str, Any] = dict(request.path_params)
    for parameter in query.parameters:
        if values := request.query_params.getlist(parameter.name):
            given[parameter.name] = values if parameter.type.many else only(parameter.name, values)
    return given


def is_set(request: Request, name: str) -> bool:
    """Whether a parameter is true; it is false if left out. Raises BadParameter."""
    given = only(name, request.query_params.getlist(name) or ["false"])
    if given not in ("true", "false"):
        raise BadParameter(f"{name}={given!r:.80} is not accepted", f"{name} is true or false")
    return given == "true"


def allow(request: Request, *, allowed: bool) -> None:
    """Raises NotAllowed where this server takes nothing in."""
    if not allowed:
        hint = "whoever runs it sets KG_ALLOW_UPLOAD=1 and KG_API_KEY; POST /extract reads a file without storing it"
        raise NotAllowed(f"this server takes nothing in at {request.url.path}", hint)
