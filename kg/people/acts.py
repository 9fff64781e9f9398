"""The log of acts: who did what, when, to which document. It only grows, but for what retention and a person's wish demand.

It holds names and ids, no texts and no keys.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from filelock import FileLock

from kg import atomic
from kg.errors import BadJournal, disk_full, is_full
from kg.people.keys import OWNER, Person

Deed = Literal["load", "remove", "rebuild", "reset", "correct", "report", "key", "sign-in", "sign-out", "forget"]

DEEDS: Final[tuple[Deed, ...]] = get_args(Deed)

ACTING: Final = ContextVar("acting", default=OWNER)
"""Who acts now: the API says so of each request."""


def signed(by: str | None) -> str | None:
    """Who says so: the name of the key that was used, else what was given."""
    person = ACTING.get()
    return person.name if person.named else by


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the log. `at`: UTC, ISO 8601. `document`: its id. `note`: what came of it, or which key it was about."""

    at: str
    who: str
    act: Deed
    document: str | None = None
    note: str | None = None

    @property
    def line(self) -> bytes:
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(said, ensure_ascii=False).encode() + b"\n"


COLUMNS: Final = tuple(Act.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Acts:
    """The log of a base, a line of JSON each. Raises BadJournal where it cannot be read or written."""

    file: Path

    def note(self, act: Deed, document: str | None = None, note: str | None = None, *, by: Person | None = None) -> None:
        """Notes that who acts now, or `by`, has done this."""
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        line = Act(at, (by or ACTING.get()).name, act, document, note).line
        with self._changing():
            atomic.append(self.file, line)

    def last(self, most: int | None = None, *, who: str | None = None, document: str | None = None) -> list[dict[str, Any]]:
        """The newest acts first, those of a person and on a document where one is named; a torn line is none."""
        found = (act for act in self._newest_first() if who in (None, act["who"]) and document in (None, act["document"]))
        return [act for act, _ in zip(found, range(most), strict=False)] if most is not None else list(found)

    def drop_before(self, day: datetime.date) -> int:
        """Drops what was done before a day, for nothing is kept longer than it is needed; how much that was."""
        return self._rewrite(lambda act: act if act["at"] >= day.isoformat() else None, f"before {day}")

    def forget(self, name: str) -> int:
        """Writes `removed` for a person's name; how many acts were theirs. What they did stays."""

        def changed(act: dict[str, Any]) -> dict[str, Any]:
            who = "removed" if act["who"] == name else act["who"]
            note = act["note"]
            if note and act["act"] == "key":  # of others it names no person
                note = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "removed", note)
            return act | {"who": who, "note": note}

        return self._rewrite(changed, "a name")

    def _newest_first(self) -> Iterator[dict[str, Any]]:
        try:
            lines = self.file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        for line in reversed(lines):
            try:
                said = json.loads(line)
                yield {column: said.get(column) for column in COLUMNS}
            except (ValueError, AttributeError):  # the last line's end, or a writer that was killed
                continue

    def _rewrite(self, change: Callable[[dict[str, Any]], dict[str, Any] | None], note: str) -> int:
        with self._changing():
            before = list(self._newest_first())[::-1]
            after = [change(act) for act in before]
            atomic.write(self.file, b"".join(Act(**act).line for act in after if act))
        changed = sum(one != other for one, other in zip(before, after, strict=True))
        self.note("forget", note=f"{note}: {changed}")
        return changed

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            atomic.private_folder(self.file.parent)
            with FileLock(self.file.with_suffix(".lock")):
                yield
        except OSError as error:
            if is_full(error):
                raise disk_full(self.file.parent) from error
            raise BadJournal(f"{self.file}: {error.strerror}", "what was done is not in the log of acts; make room") from error
