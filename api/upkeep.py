"""What is looked after over HTTP: what the base holds, what a person should look at, and, where that is allowed, new files."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from kg.ask.signature import Parameter, Type, coerce
from kg.decide.audit import CHECKS, COLUMNS
from kg.engine.store import Answer
from kg.errors import BadParameter, UnreadableFile
from kg.library import Library

if TYPE_CHECKING:
    from api.problems import Language
    from kg.graph.result import Result

CHECK: Final = Parameter("check", Type("enum", options=tuple(CHECKS), many=True), False, None, "only these checks", "duplicate")

_NAME: Final = 255  # bytes that file systems take
_NOT_IN_A_NAME: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u2028\u2029\ud800-\udfff]')


def status(library: Library) -> dict[str, Any]:
    """kg.graph.held.Status, with the engine and the rules."""
    return {"engine": library.store.engine, "rules": library.rules_version(), **dataclasses.asdict(library.status())}


def findings(library: Library, checks: object, language: Language) -> tuple[dict[str, Any], Answer]:
    """What was asked, and kg.decide.audit's findings, said in a language. Raises BadParameter for a check there is none of."""
    chosen = coerce(CHECK, checks)
    listed = library.findings(frozenset(map(str, chosen)) if isinstance(chosen, list) else None)
    columns = (*COLUMNS, "entry")
    rows = [{column: getattr(finding, column) for column in columns} for finding in listed]
    for row in rows:
        row.update({column: language(row[column]) for column in ("what", "why", "do")})
    return {CHECK.name: chosen}, Answer(columns, rows, truncated=False)


def loads(library: Library, language: Language) -> dict[str, Any]:
    """The accounts of the last loads, their reasons in a language."""
    accounts = library.accounts()
    for file in (file for account in accounts for file in account["files"]):
        file["reason"] = language(file["reason"])
    return {"loads": accounts}


def load(library: Library, data: bytes, name: str, *, replace: bool, language: Language) -> dict[str, Any]:
    """Loads one file as `kg load` does, of a package (.zip, .eml) each file in it. Raises BadParameter for what is no file
    name, UnreadableFile for a file that fails, and for a package of which all files do.

    It counts as a file of its own, whatever was loaded under that name before: only `replace` takes documents over.
    """
    check_name(name)
    result = library.load_bytes(data, name, replace=replace)
    library.account([result])
    if result.outcome == "failed":
        reason, _, hint = result.reason.partition("\n")
        raise UnreadableFile(reason, hint)
    return _answer(result, language)


def _answer(result: Result, language: Language) -> dict[str, Any]:
    """Without what the account says (`left`)."""
    fields = {field.name: getattr(result, field.name) for field in dataclasses.fields(result) if field.name != "left"}
    members = [_answer(member, language) for member in result.members]
    return fields | {"reason": language(result.reason), "members": members}


def check_name(name: str) -> None:
    """Raises BadParameter unless `name` is that of a file, without folders."""
    if not name.strip(" .") or _NOT_IN_A_NAME.search(name) or len(name.encode("utf-8", "replace")) > _NAME:
        hint = f"give the file's name alone, with its ending, at most {_NAME} bytes in UTF-8"
        raise BadParameter(f"name={name!r:.80} is no file name", hint)
