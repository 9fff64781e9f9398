"""Files that are sent: read to show what they demand, or loaded into the base."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from api import upkeep
from api.answers import check_names, only
from api.models import LoadAnswer, problem_responses
from api.problems import language_of
from kg.errors import BadParameter, KgError, NotAllowed, UnreadableFile
from kg.escaped import readable
from kg.graph.result import Result

if TYPE_CHECKING:
    from kg.library import Library

MAX_UPLOAD: Final = 2_000_000
"""Bytes of one file to extract; its facts take a hundred times as many in memory."""

_EXTRACTIONS: Final = 2
"""Files extracted at once; the others wait."""

_FILE: Final = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
_FILE_NAME: Final = {
    "name": "name",
    "in": "query",
    "description": "the file's name",
    "example": "衡阳市2021年政务服务工作要点.txt",
}


def _flag(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "boolean", "default": False}}


def add_extract(app: FastAPI, library: Library, *, noted: bool) -> None:
    """Adds POST /extract. `noted`: a file that it cannot read may be put into the account of loads."""
    limiter = anyio.CapacityLimiter(_EXTRACTIONS)
    note_parameter = _flag(
        "note", "before a load: name a file that cannot be read in GET /loads, where KG_ALLOW_UPLOAD allows it"
    )

    @app.post(
        "/extract",
        summary="What does this file demand? Nothing is stored.",
        tags=["extract"],
        responses=problem_responses(401, 403, 422),
        openapi_extra={
            "requestBody": _FILE,
            "parameters": [_FILE_NAME | {"schema": {"type": "string", "default": "upload"}}, note_parameter],
        },
    )
    async def extract_file(request: Request) -> JSONResponse:
        check_names(request, {"name", "note"})
        name, note = request.query_params.get("name", "upload"), _is_set(request, "note")
        try:
            data = await _file(request)
            extraction = await anyio.to_thread.run_sync(library.extract, data, name, limiter=limiter)
        except KgError as error:
            if note and noted:
                await _note(library, name, error)
            raise
        return JSONResponse(extraction.as_json())


def add_upload(app: FastAPI, library: Library, *, allowed: bool) -> None:
    """Adds POST /documents, which refuses where it is not `allowed`."""
    one_at_a_time = anyio.CapacityLimiter(1)

    @app.post(
        "/documents",
        summary="Loads a file into the base, where KG_ALLOW_UPLOAD allows it.",
        description="As `kg load` does, one file at a time. `POST /extract` shows what a file demands and stores nothing.",
        tags=["upkeep"],
        response_model=LoadAnswer,
        responses=problem_responses(401, 403, 422, 503),
        openapi_extra={
            "requestBody": _FILE,
            "parameters": [
                _FILE_NAME | {"required": True, "schema": {"type": "string"}},
                _flag("replace", "take over documents that another file holds"),
            ],
        },
    )
    async def load(request: Request) -> JSONResponse:
        if not allowed:
            hint = "whoever runs it sets KG_ALLOW_UPLOAD=1 and KG_API_KEY; POST /extract reads a file without storing it"
            raise NotAllowed("this server loads no files", hint)
        check_names(request, {"name", "replace"})
        name = only("name", request.query_params.getlist("name") or [""])
        upkeep.check_name(name)
        replace = _is_set(request, "replace")
        try:
            data = await _file(request)
        except UnreadableFile as error:
            await _note(library, name, error)
            raise
        work = partial(upkeep.load, library, data, name, replace=replace, language=language_of(request))
        answer = await anyio.to_thread.run_sync(work, limiter=one_at_a_time)
        return JSONResponse(answer, headers={"Vary": "Accept-Language"})


def _is_set(request: Request, name: str) -> bool:
    """Raises BadParameter."""
    given = only(name, request.query_params.getlist(name) or ["false"])
    if given not in ("true", "false"):
        raise BadParameter(f"{name}={given!r:.80} is not accepted", f"{name} is true or false")
    return given == "true"


async def _note(library: Library, name: str, error: KgError) -> None:
    await anyio.to_thread.run_sync(library.account, [Result(readable(name), "failed", str(error))])


async def _file(request: Request) -> bytes:
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
