"""Signing in and out, and who one is."""

from __future__ import annotations

from functools import partial

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.access import Access
from api.described import problem_responses
from api.requests import check_names, sent_file
from api.sessions import COOKIE, LASTS, address_of, session_id
from kg.errors import BadParameter, Unauthorized
from kg.library import Library
from kg.people.acts import ACTING
from kg.people.keys import ROLES, Role


class SignIn(BaseModel):
    """What signs in."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=1, max_length=500)


class SessionAnswer(BaseModel):
    """Who is signed in, and what they may do here."""

    model_config = ConfigDict(extra="forbid")

    needed: bool = Field(description="whether this server needs a key")
    signed_in: bool = Field(description="by this session, which can be ended")
    name: str | None = Field(description="of the key, if it is a named one; what is kept by it is signed so")
    unit: str | None = Field(description="the only unit that they report for, by full name or id; null: any")
    collectives: list[str] = Field(
        description="by id, those (各县区人民政府) that this unit is known to be a member of: it reports on their tasks too",
    )
    may: list[Role] = Field(description="what they may do; nothing is taken in where KG_ALLOW_UPLOAD is not set")


def add_session(app: FastAPI, access: Access, library: Library, *, upload: bool) -> None:
    """GET, POST and DELETE /session."""

    def answer() -> dict[str, object]:
        person = ACTING.get()
        return {
            "needed": access.needed,
            "name": person.name if person.named else None,
            "unit": person.unit,
            "collectives": library.progress.collectives() if person.unit else [],
            "may": [role for role in ROLES if person.may(role) and (upload or role in ("read", "admin"))],
        }

    @app.get("/session", summary="Who am I, and what may I do here?", tags=["session"], response_model=SessionAnswer)
    def whoami(request: Request) -> JSONResponse:
        check_names(request, set())
        signed_in = bool(access.sessions.key_of(session_id(request.headers))) and ACTING.get().role is not None
        return JSONResponse({"signed_in": signed_in, **answer()})

    @app.post(
        "/session",
        summary="Signs in with a key: answers with a cookie, for browsers.",
        tags=["session"],
        response_model=SessionAnswer,
        responses=problem_responses(401, 429),
        openapi_extra={
            "requestBody": {"required": True, "content": {"application/json": {"schema": SignIn.model_json_schema()}}}
        },
    )
    async def sign_in(request: Request) -> JSONResponse:
        check_names(request, set())
        try:
            key = SignIn.model_validate_json(await sent_file(request)).key
        except ValidationError as error:
            raise BadParameter("no key was sent", 'send JSON: {"key": "…"}') from error
        person = access.known(key, address_of(request.scope)) if access.needed else None
        if person is None:
            raise Unauthorized("there is no such key", "ask who runs this server for one")
        access.sessions.end(session_id(request.headers))
        id_ = access.sessions.begin(key)
        await anyio.to_thread.run_sync(partial(library.acts.note, "sign-in", by=person))
        ACTING.set(person)
        response = JSONResponse({"signed_in": True, **await anyio.to_thread.run_sync(answer)})
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, id_, max_age=LASTS, httponly=True, samesite="strict", secure=secure)
        return response

    @app.delete("/session", summary="Signs out.", tags=["session"], status_code=204)
    def sign_out(request: Request) -> Response:
        check_names(request, set())
        if access.sessions.key_of(id_ := session_id(request.headers)):
            access.sessions.end(id_)
            library.acts.note("sign-out")
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response
