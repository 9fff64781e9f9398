"""Files that are sent: read to show what they demand, or loaded into the base."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from api import upkeep
from api.described import DATABASE, problem_responses
from api.limits import queue
from api.models import LoadAnswer
from api.problems import language_of
from api.requests import FILE, FILE_NAME, allow, check_names, is_set, only, sent_file
from kg.errors import KgError, UnreadableFile
from kg.escaped import readable
from kg.graph.result import Result
from kg.people.acts import ACTING

if TYPE_CHECKING:
    from kg.library import Library


def _flag(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "boolean", "default": False}}


def add_extract(app: FastAPI, library: Library, limiter: anyio.CapacityLimiter, *, noted: bool) -> None:
    """Adds POST /extract. `noted`: a file that it cannot read may be put into the account of loads."""
    note_parameter = _flag(
        "note", "before a load: name a file that cannot be read in GET /loads, where KG_ALLOW_UPLOAD allows it"
    )

    @app.post(
        "/extract",
        summary="What does this file demand? Nothing is stored.",
        tags=["extract"],
        openapi_extra={
            "requestBody": FILE,
            "parameters": [FILE_NAME | {"schema": {"type": "string", "default": "upload"}}, note_parameter],
        },
    )
    async def extract_file(request: Request) -> JSONResponse:
        check_names(request, {"name", "note"})
        name, note = only("name", request.query_params.getlist("name") or ["upload"]), is_set(request, "note")
        queue(limiter)
        try:
            data = await sent_file(request)
            extraction = await anyio.to_thread.run_sync(library.extract, data, name, limiter=limiter)
        except KgError as error:
            if note and noted and ACTING.get().may("load"):
                await _note(library, name, error)
            raise
        return JSONResponse(extraction.as_json())


def add_upload(app: FastAPI, library: Library, limiter: anyio.CapacityLimiter, *, allowed: bool) -> None:
    """Adds POST /documents, which refuses where it is not `allowed`."""

    @app.post(
        "/documents",
        summary="Loads a file into the base, where KG_ALLOW_UPLOAD allows it.",
        description="As `kg load` does, one file at a time. `POST /extract` shows what a file demands and stores nothing.",
        tags=["upkeep"],
        response_model=LoadAnswer,
        responses=problem_responses(*DATABASE),
        openapi_extra={
            "requestBody": FILE,
            "parameters": [
                FILE_NAME | {"required": True, "schema": {"type": "string"}},
                _flag("replace", "take over documents that another file holds"),
            ],
        },
    )
    async def load(request: Request) -> JSONResponse:
        allow(request, allowed=allowed)
        check_names(request, {"name", "replace"})
        name = only("name", request.query_params.getlist("name") or [""])
        upkeep.check_name(name)
        replace = is_set(request, "replace")
        queue(limiter)
        try:
            data = await sent_file(request)
        except UnreadableFile as error:
            await _note(library, name, error)
            raise
        work = partial(upkeep.load, library, data, name, replace=replace, language=language_of(request))
        answer = await anyio.to_thread.run_sync(work, limiter=limiter)
        return JSONResponse(answer, headers={"Vary": "Accept-Language"})


async def _note(library: Library, name: str, error: KgError) -> None:
    await anyio.to_thread.run_sync(library.account, [Result(readable(name), "failed", str(error))])
