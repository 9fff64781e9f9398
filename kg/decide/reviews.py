"""How far people have checked a document: the form of what they say of it, and what that means for its facts of now.

Who signs a document signs its facts. Where new rules, new bytes or a later decision change one, it is no longer signed: it is
being checked again, and says which facts are others. A review is keyed by document (id, else 文号), as corrections are.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from kg.days import day_of
from kg.model import Reviewed

_Words = Annotated[str, Field(min_length=1, max_length=2000)]

State = Literal["checking", "checked"]
"""What a person may say of a document; nobody says unchecked."""

STATES: Final[tuple[State, ...]] = get_args(State)


class Review(BaseModel):
    """That a document is being checked, or is checked with these `facts`, a line each (kg.decide.told). `at`: when."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    document: _Words
    doc_number: _Words | None = None
    state: State
    by: _Words | None = None
    at: datetime.datetime
    facts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("unit", "deadline", "task", "issuer")
    """Of facts that were signed: once these were all."""

    @property
    def id(self) -> str:
        """Of what it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def reviewed(last: Review | None, facts: tuple[str, ...], *, decided: bool) -> Reviewed:
    """How far a document is checked that has these facts now. `decided`: whether people have decided anything for it."""
    if last is None:
        return Reviewed("checking" if decided else "unchecked")
    on = day_of(last.at).isoformat()
    if last.state == "checking":
        return Reviewed("checking", last.by, on)
    old, new = dict.fromkeys(last.facts), dict.fromkeys(fact for fact in facts if fact.split("\t")[0] in last.kinds)
    changed = (*(f"-\t{fact}" for fact in old if fact not in new), *(f"+\t{fact}" for fact in new if fact not in old))
    return Reviewed("checking" if changed else "checked", last.by, on, changed)
