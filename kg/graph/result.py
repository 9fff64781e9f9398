"""What became of a file that was to be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from kg.model import Residue

Outcome = Literal["added", "replaced", "unchanged", "same", "letter", "removed", "failed"]
_FIRST: Final[Sequence[Outcome]] = ("added", "replaced", "same", "removed", "unchanged", "failed", "letter")
"""Which outcome of its files is that of a package."""


class Left(NamedTuple):
    """A document that is left to another file: how much of their text agrees, and what of this file's gave no fact."""

    id: str
    agrees: float
    residue: tuple[Residue, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `documents` are the ids it gave or gives; `tasks` and `assignments` count what was written.

    same: all its documents are held from another file. `left`: those of its documents that are. letter: what a letter says
    beside the files attached to it, which is no document. removed: the package that it was in holds it no longer. failed:
    `reason` says why, and the base is as it was. `problems`: corrections of its documents that do not match exactly once.
    `members`: of a package, where one Result stands for all of it.
    """

    file: str
    outcome: Outcome
    reason: str = ""
    documents: tuple[str, ...] = ()
    tasks: int = 0
    assignments: int = 0
    problems: tuple[str, ...] = ()
    members: tuple[Result, ...] = ()
    left: tuple[Left, ...] = ()


def together(package: str, members: Sequence[Result]) -> Result:
    """What became of a package, whose files came out as `members`: failed only where all of them did."""
    outcomes = [member.outcome for member in members]
    failed = [member.reason for member in members if member.outcome == "failed"]
    return Result(
        package,
        next(outcome for outcome in _FIRST if outcome in outcomes),
        "\n".join(failed),
        tuple(id_ for member in members for id_ in member.documents),
        sum(member.tasks for member in members),
        sum(member.assignments for member in members),
        tuple(problem for member in members for problem in member.problems),
        tuple(members),
    )
