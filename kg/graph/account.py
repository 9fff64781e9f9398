"""The account of a load: each file that was named, with what it gave, or why it was not read; kept in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from kg import atomic
from kg.engine.store import Store
from kg.escaped import readable
from kg.folders import Skipped
from kg.graph.identity import MOST
from kg.graph.result import Outcome as Taken
from kg.graph.result import Result
from kg.model import Residue

Outcome = Literal[Taken, "skipped"]

_BATCH: Final = 50  # documents read at once
_KEPT: Final = 100  # accounts
_UNREAD: Final = ("page", "picture", "sheet", "row", "part")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that gave no words, or an annex that it announces and does not hold; `reason` is that of a residue."""

    kind: str
    name: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """What a document of a file holds. `unexplained`: sentences that name agencies and gave nothing."""

    id: str
    title: str
    tasks: int
    assignments: int
    no_duties: bool
    unexplained: int
    unread: tuple[Part, ...]
    annexes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file, as in kg.graph.result.Result; `skipped`: it lies in a folder and is of no kind that is read."""

    file: str
    outcome: Outcome
    reason: str
    documents: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Of one load. `at`: when it ended, ISO 8601. `complete`: every file was read, and every part of it, and none was left out
    for another text of its 文号."""

    at: str
    complete: bool
    files: tuple[Line, ...]

    def counts(self) -> dict[str, int]:
        """How many files came out how, without those that none did."""
        counted = dict.fromkeys(get_args(Outcome), 0)
        for line in self.files:
            counted[line.outcome] += 1
        return {outcome: n for outcome, n in counted.items() if n}

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"counts": self.counts()}


def take(
    results: Sequence[Result], skipped: Iterable[Skipped], at: str, given: Callable[[Sequence[str]], dict[str, Given]]
) -> Account:
    """The account of what was loaded. `given`: what each of these documents holds, if it is held. Raises what that does."""
    results = [member for result in results for member in (result.members or (result,))]
    held = given(sorted({id_ for result in results for id_ in result.documents}))
    lines = [Line(result.file, result.outcome, result.reason, tuple(_of_file(result, held))) for result in results]
    lines += [Line(readable(str(path)), "skipped", readable(reason), ()) for path, reason in skipped]
    unread = (part for line in lines for document in line.documents for part in document.unread)
    complete = all(line.outcome not in ("failed", "skipped") for line in lines) and all(part.reason for part in unread)
    lost = any(left.agrees < MOST for result in results for left in result.left)
    return Account(at, complete and not lost, tuple(lines))


def _of_file(result: Result, given: dict[str, Given]) -> Iterator[Given]:
    """What its documents hold; of one that is left to another file, the parts without words are those of this file."""
    own = {left.id: left.residue for left in result.left}
    for id_ in result.documents:
        if id_ in given and id_ in own:
            yield replace(given[id_], unread=_parts(own[id_], *_UNREAD), annexes=_parts(own[id_], "annex"))
        elif id_ in given:
            yield given[id_]


def of_store(store: Store, documents: Sequence[str]) -> dict[str, Given]:
    """What each of these holds. Raises what Store.read raises."""
    given: dict[str, Given] = {}
    for first in range(0, len(documents), _BATCH):
        rows = store.read(
            "MATCH (d:Document) WHERE d.id IN $ids AND d.loaded = true RETURN d.id AS id, "
            "COUNT { (d)-[:HAS_TASK]->(:Task) } AS tasks, "
            "COUNT { (d)-[:HAS_TASK]->(:Task)<-[:LEADS|PARTICIPATES]-(:Agency) } AS assignments, "
            "d {.title, .no_duties, .unexplained, .residue} AS properties ORDER BY id",
            {"ids": documents[first : first + _BATCH]},
        ).rows
        given |= {row["id"]: give(**row) for row in rows}
    return given


def give(id: str, tasks: int, assignments: int, properties: Mapping[str, Any]) -> Given:  # noqa: A002 - of a document
    """What a document holds, whose `properties` are those of its node."""
    left = [Residue.of_line(line) for line in properties["residue"] or ()]
    return Given(
        id,
        properties["title"],
        tasks,
        assignments,
        bool(properties["no_duties"]),
        properties["unexplained"] or 0,
        _parts(left, *_UNREAD),
        _parts(left, "annex"),
    )


def _parts(left: Iterable[Residue], *kinds: str) -> tuple[Part, ...]:
    return tuple(Part(one.kind, one.surface, one.reason) for one in left if one.kind in kinds)


# ---- the folder of accounts -----------------------------------------------------------------------------------------


def keep(folder: Path, account: Account) -> Path:
    """Keeps an account as a file of its own, and the last hundred. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = account.at.replace(":", "").replace("+0000", "Z")
    path = next(path for n in range(1000) if not (path := folder / f"{name}-{n:03}.json").exists())
    atomic.write(path, json.dumps(account.as_json(), ensure_ascii=False).encode())
    for old in sorted(folder.glob("*.json"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def kept(folder: Path, last: int) -> list[dict[str, Any]]:
    """The last accounts, the newest first, as `Account.as_json` gives them."""
    files = sorted(folder.glob("*.json"), reverse=True)[:last] if folder.exists() else []
    return [json.loads(file.read_bytes()) for file in files]
