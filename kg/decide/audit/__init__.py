"""What in a base a person should look at: doubtful agencies, likely duplicates, corrections that do not match, odd documents.

Each finding says what, where, why, and what to do. What is merely unusual is left out: a list is read only if it is short.

A file here is a check: its docstring says what it looks for, NAME what it is called, `check` finds it, with the words that
are shown. To add one, write a file beside them and name it in CHECKS; its Chinese name goes to kg/words/zh.tsv, why to look at
it to CHECK in web/words.js, its test to tests/kg/decide/audit, and then run `make docs`. finding.py is what all checks give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kg.decide.audit import (
    correction,
    deadline,
    duplicate,
    inferred,
    no_assignments,
    nobody,
    report,
    title,
    unexplained,
    unresolved,
)
from kg.decide.audit.finding import COLUMNS, Finding
from kg.decide.entries import NONE, Corrections
from kg.engine.store import Store

__all__ = ["CHECKS", "COLUMNS", "Finding", "audit"]

CHECKS: Final[Mapping[str, Callable[[Store, Corrections], Iterator[Finding]]]] = {
    correction.NAME: correction.check,
    duplicate.NAME: duplicate.check,
    unresolved.NAME: unresolved.check,
    title.NAME: title.check,
    inferred.NAME: inferred.check,
    no_assignments.NAME: no_assignments.check,
    nobody.NAME: nobody.check,
    deadline.NAME: deadline.check,
    unexplained.NAME: unexplained.check,
    report.NAME: report.check,
}
"""What is looked for, by the name that `kg audit --check` takes; findings come in this order."""


def audit(store: Store, corrections: Corrections = NONE, checks: frozenset[str] | None = None) -> list[Finding]:
    """The findings of `checks`, all if left out, in the order of CHECKS. Raises what Store.read raises."""
    chosen = [check for name, check in CHECKS.items() if checks is None or name in checks]
    return [finding for check in chosen for finding in check(store, corrections)]
