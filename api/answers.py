"""Answers as clients want them: JSON at once, or a file in one of the forms of exports/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, cast
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic_core import to_json

from exports.formats import FORMATS, Format, file_name, forms
from exports.table import Table
from kg.ask.reviewed import Reviewed
from kg.engine.store import Answer
from kg.errors import BadParameter

_IN_MEMORY: Final = 1_000_000
"""Bytes of a file up to which it needs no disk."""

_CHUNK: Final = 65_536


class Json(JSONResponse):
    """JSON, in a third of the time that Python's own takes: as long as an answer is being written, every thread waits."""

    def render(self, content: object) -> bytes:
        return to_json(content, inf_nan_mode="null")  # JSON has no word for these


def form_asked(request: Request, allowed: Mapping[str, Format] = FORMATS) -> str | None:
    """The form of file that `?format=`, else the Accept header, asks for; None for the JSON answer. Raises BadParameter."""
    if asked := request.query_params.getlist("format"):
        if len(asked) > 1 or asked[0] not in allowed:
            raise BadParameter(f"format={','.join(asked)!r:.80} is not accepted", "", tuple(allowed))
        return asked[0]
    weights: dict[str, float] = {}
    for entry in request.headers.get("accept", "").split(","):
        kind, *options = [part.strip().lower() for part in entry.split(";")]
        weight = next((o[2:] for o in options if o.startswith("q=")), "1")
        weights[kind] = float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
    accepted = {name: weights.get(form.media_type, 0.0) for name, form in allowed.items()}
    best = max(accepted, key=lambda name: (accepted[name], name == "json"))
    return None if best == "json" else best


def as_json(
    name: str,
    parameters: Mapping[str, Any],
    answer: Answer,
    total: int | None = None,
    *,
    share: Reviewed | None = None,
    named: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a program, or to who looks at it in a browser; `total` rows in all, where some are left out. `named`: what
    the ids in `parameters` are called."""
    body: dict[str, Any] = {"query": name, "parameters": dict(parameters), **({"named": named} if named else {})}
    body |= {"columns": answer.columns, "rows": answer.rows}
    counted: dict[str, Any] = {"truncated": answer.truncated, "total": total if answer.truncated else len(answer.rows)}
    counted |= {"reviewed": asdict(share)} if share else {}
    return Json({**body, **counted}, headers={"Vary": "Accept"})


def as_file(table: Table, form: str, given: Mapping[str, object] | None = None, *, chinese: bool = False) -> Response:
    """The table as a file to download, named by what was asked (`given`). `chinese`: for who reads Chinese.

    It is written whole before the first byte is sent, to disk where it is large: so what fails is still answered by a
    problem, and a slow client holds up no query.
    """
    table.chinese, made = chinese, forms(table.name)[form]
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 (_chunks closes it)
    try:
        made.write(table, file)  # type: ignore[arg-type]
    except BaseException:
        file.close()
        raise
    size = file.seek(0, 2)
    headers = {
        "Content-Disposition": disposition(
            "inline" if form == "json" else "attachment", file_name(table, form, given), f"{table.name}.{form}"
        ),
        "Content-Length": str(size),
        "Vary": "Accept, Accept-Language",
        "X-Truncated": str(table.truncated).lower(),
        **({"X-Reviewed": f"{share.checked}/{share.documents}"} if (share := table.reviewed) else {}),
    }
    return StreamingResponse(_chunks(file), media_type=made.media_type, headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def disposition(kind: str, name: str, ascii_name: str | None = None) -> str:
    """RFC 6266: a name that is not ASCII stands in filename* (RFC 8187) for all who can read that; others get `ascii_name`, or
    what is left of the name."""
    plain = (None if name.isascii() else ascii_name) or re.sub(r"[^\x20-\x7e]+|[\"\\%]", "_", name)
    return f'{kind}; filename="{plain}"' + ("" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}")
