"""What a program follows by itself: calendars, and feeds of what is new, changed, near or overdue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.answers import disposition
from api.described import DATABASE, problem_responses
from api.requests import check_names, given_of
from api.signatures import openapi_parameters
from exports import feed, ics
from exports.headings import file_called
from kg.ask.queries import MAX_LIMIT, Bound, Query
from kg.ask.reviewed import reviewed
from kg.engine.store import Answer
from kg.library import Library
from kg.words.zh import word

Make = Callable[[Request, Answer, Bound], bytes]


def add_follow(app: FastAPI, library: Library, board: Query) -> None:
    """Adds the calendar of one agency, and calendar and feed of a unit, a place or a line of work."""

    def calendar(_: Request, rows: Answer, asked: Bound) -> bytes:
        return ics.calendar(rows, asked, asked.named)

    def atom(request: Request, rows: Answer, asked: Bound) -> bytes:
        news = library.news(agency=asked["agency"], place=asked["place"], function=asked["function"])
        share = partial(reviewed, library.store, board, asked)
        return feed.feed(rows, news, asked, asked.named, share, home=str(request.base_url))

    what = "When is what due for one agency? An iCalendar file for a calendar program."
    _add(app, library, ics.of_one_agency(board), what, ics.MEDIA_TYPE, "calendar", calendar)
    what = "When is what due for a unit, a place or a line of work? An iCalendar file."
    _add(app, library, ics.of_any(board, "calendar-of", "/calendar.ics"), what, ics.MEDIA_TYPE, "calendar", calendar)
    what = "What is new, changed, near or overdue for a unit, a place or a line of work? An Atom feed."
    _add(app, library, ics.of_any(board, "feed", "/feed.atom"), what, feed.MEDIA_TYPE, "title", atom)


def _add(app: FastAPI, library: Library, query: Query, summary: str, media_type: str, called: str, make: Make) -> None:  # noqa: PLR0917
    in_path = {p.name for p in query.parameters if f"{{{p.name}}}" in query.path}
    name = query.path.rpartition("/")[2]

    def follow(request: Request) -> Response:
        check_names(request, {p.name for p in query.parameters} - in_path)
        given = given_of(request, query)
        ics.check_whose(given)
        asked = query.bind(library.store, given)
        made = make(request, query.fetch(library.store, asked, MAX_LIMIT), asked)
        whole = file_called(ics.about(asked, asked.named) + word("feed", called), name.rpartition(".")[2])
        return Response(made, media_type=media_type, headers={"Content-Disposition": disposition("attachment", whole, name)})

    app.add_api_route(
        query.path,
        follow,
        name=query.name,
        summary=summary,
        description="The rows of `/deadlines/board`; in a calendar an all-day event each, a recurring one for a year.",
        tags=["follow"],
        response_class=Response,
        responses={
            200: {"content": {media_type: {"schema": {"type": "string"}}}},
            **problem_responses(404, *DATABASE),
        },
        openapi_extra={"parameters": openapi_parameters(query)},
    )
