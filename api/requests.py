"""What is read of a request alike wherever it is sent: its parameters, and a file in it."""

from __future__ import annotations

from typing import Any, Final

import anyio
from fastapi import Request

from api.limits import MAX_UPLOAD
from kg.ask.queries import MAX_LIMIT, Query
from kg.errors import BadParameter, FileTooLarge, NotAllowed, TooSlow

PATIENCE: Final = 30.0
"""Seconds within which more of a body must come."""
_LONGEST: Final = 300.0
"""Seconds within which all of it must."""

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
    """The bytes of a file that is sent alone. Raises BadParameter, FileTooLarge, before more of it is sent than is needed to
    know, and TooSlow."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        hint = f"send the file's bytes alone: curl --data-binary @FILE …{request.url.path}"
        raise BadParameter("a form is not accepted", hint)
    declared = request.headers.get("content-length", "")
    too_large = FileTooLarge(f"the file is larger than {MAX_UPLOAD:,} bytes", "split it, or load it with `kg load`")
    if declared.isdecimal() and int(declared[:20]) > MAX_UPLOAD:
        raise too_large
    data, stream = bytearray(), request.stream()
    try:
        with anyio.fail_after(_LONGEST):
            while True:
                with anyio.fail_after(PATIENCE):
                    data += await anext(stream)
                if len(data) > MAX_UPLOAD:
                    raise too_large
    except StopAsyncIteration:
        return bytes(data)
    except TimeoutError as error:
        raise TooSlow(f"nothing came for {PATIENCE:g} s, or not all in {_LONGEST:g} s", "send it again") from error


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


def limit_asked(request: Request) -> int | None:
    """The limit that is asked for. Raises BadParameter."""
    if not (values := request.query_params.getlist("limit")):
        return None
    digits = only("limit", values)
    if not digits.isdecimal() or len(digits) > 9:
        raise BadParameter(f"limit={digits!r:.80} is not accepted", "limit is a whole number")
    if not 1 <= int(digits) <= MAX_LIMIT:
        raise BadParameter(f"limit={digits} is out of range", f"give a whole number from 1 to {MAX_LIMIT}")
    return int(digits)


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
