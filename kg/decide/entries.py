"""The entries of corrections.yaml: the form of each, and all of them in their order.

An entry that speaks of a document names it by id or 文号 and quotes its exact words, so that it outlives new rules; merges
and splits name an agency by its place and the words for it. docs/corrections.md shows every form.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from kg.days import written
from kg.decide.reviews import Review
from kg.decide.wording import may_be
from kg.model import Agency, Basis, DeadlineKind, Period, Place, Role


def _written(value: object) -> object:
    """A day as one writes it: pydantic would take seconds since 1970 too."""
    return value if isinstance(value, datetime.date) else written(str(value))


Day = Annotated[datetime.date, BeforeValidator(_written)]


def _whole(value: object) -> object:
    """In JSON 5.0 is the number 5, also to who takes no text for one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]


class _Entry(BaseModel):
    """`by`: who decided it. The reason and the date are shown wherever a fact comes from the entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)

    reason: str
    date: Day
    by: str | None = None

    @property
    def why(self) -> str:
        """What a corrected fact says of itself."""
        return f"{self.reason} ({self.date}{f', {self.by}' if self.by else ''})"

    @property
    def id(self) -> str:
        """By which it is undone: that of what it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


_Code = Annotated[str, Field(pattern=r"^([0-9]{6}|-)$")]  # GB/T 2260, - for the nation


class _OfAgency(_Entry):
    """`place`: GB/T 2260 code of the agency's place, - for the nation; of an agency whose place is unknown that of the document
    that names it. `surface`: its full name, which means all that is said of it, or one form of it as documents print it."""

    place: _Code
    surface: str
    into: str

    @property
    def label(self) -> str:
        return f"{self.date} {self.change} {self.surface} ({self.place}) into {self.into}: {self.reason}"  # type: ignore[attr-defined]


class Merge(_OfAgency):
    """`surface` is the agency that the rules know by the name `into` at the same place."""

    change: Literal["merge"]


class Split(_OfAgency):
    """`surface` is an agency of its own, with the full name `into`; `function`: its line of work, if it shares one."""

    change: Literal["split"]
    function: str | None = None


class ChangePlace(_Entry):
    """The document is made for `place`, which the rules cannot tell from it; its names are read anew by that. - is the nation.
    The document keeps its id."""

    change: Literal["place"]
    document: str
    place: _Code

    @property
    def label(self) -> str:
        return f"{self.date} place {self.place} for {self.document}: {self.reason}"


class _OfWords(_Entry):
    """`document`: id or 文号. `quote`: exact words, white space aside. `task`, an id or a number as printed, and then `nth`,
    from 1, pick among several matches."""

    document: str
    quote: str
    task: str | None = None
    nth: Annotated[Whole, Field(ge=1)] | None = None

    @property
    def label(self) -> str:
        where = "".join(f" ({name} {value})" for name, value in (("task", self.task), ("nth", self.nth)) if value)
        return f"{self.date} {self.change} {self.quote}{where} in {self.document}: {self.reason}"  # type: ignore[attr-defined]


class Add(_OfWords):
    """The unit that `quote` names has `role` in a task: `task`, else the one the words stand in. `agency`: its name where the
    quote is not one."""

    change: Literal["add"]
    role: Role
    basis: Basis = "clause"
    agency: str | None = None


class Delete(_OfWords):
    """No such assignment: the words of `quote` name no unit, or not one for this task."""

    change: Literal["delete"]
    role: Role | None = None
    basis: Basis | None = None


class ChangeRole(_OfWords):
    """The unit of `quote` has `role`, not the other one."""

    change: Literal["role"]
    role: Role


class ChangeUnit(_OfWords):
    """`quote` means the unit `agency` here, not the one that the rules took it for."""

    change: Literal["unit"]
    agency: str


class Confirm(_OfWords):
    """What is read from `quote` is right: a unit's part, with `role`; else a time limit, a principle, a citation, or the task
    of this title. A part that new rules no longer read stays, as if it were added; `agency` is then its name where the quote is
    not one."""

    change: Literal["confirm"]
    role: Role | None = None
    basis: Basis = "clause"
    agency: str | None = None


class SetAside(_OfWords):
    """The words of `quote`, from which no fact was read for no known reason, need none."""

    change: Literal["aside"]


class ChangeDeadline(_OfWords):
    """What `quote` means, whole: fields left out are null. kind none: no deadline. One that the rules missed is made."""

    change: Literal["deadline"]
    kind: DeadlineKind | Literal["none"]
    start: Day | None = None
    due: Day | None = None
    every: Period | None = None
    within: Annotated[str, Field(pattern=r"^P[0-9YMWDTHS]+$")] | None = None


class ChangePrinciple(_OfWords):
    """`quote` is a principle (基本原则), or with kind none none; `words`: its words, where others were read."""

    change: Literal["principle"]
    kind: Literal["principle", "none"] = "principle"
    words: str | None = None


_NUMBER_BRACKETS: Final = str.maketrans("［[【（(］]】）)", "〔〔〔〔〔〕〕〕〕〕")


class ChangeCitation(_OfWords):
    """`quote` cites the document of this `title` and `doc_number`, that of its own words where both are left out, each time
    that it is cited; with kind none it cites none."""

    change: Literal["citation"]
    kind: Literal["citation", "none"] = "citation"
    title: str | None = None
    doc_number: Annotated[str, AfterValidator(lambda said: said.translate(_NUMBER_BRACKETS))] | None = None


class ChangeTask(_OfWords):
    """The task whose title is `quote`, or whose words begin with it, runs from the words `first` to the words `last`. Tasks
    that it then holds whole are taken up in it. `kind`: what it is; none: no task, and its units and time limits go with it."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"type": "string"}}}
                for name in ("first", "last", "title", "number", "kind")
            ]
        }
    )

    change: Literal["task"]
    kind: Literal["task", "safeguard", "step", "none"] | None = None
    first: str | None = None
    last: str | None = None
    title: str | None = None
    number: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ChangeTask:
        said = (self.first, self.last, self.title, self.number)
        if not (self.kind or any(said)):
            raise ValueError("give at least one of first, last, title, number, kind")
        if self.kind == "none" and any(said):
            raise ValueError("what is no task has no first, last, title or number")
        return self


class NewTask(_OfWords):
    """The words of `quote` are a task that the rules missed; with `last` it runs from them to the next words `last` behind
    them. Words up to the end of a task are cut off from it, with the facts that stand in them. `number` and `title`: those that
    it begins with, where left out; `kind`: that of the task it is cut off from, else task."""

    change: Literal["new-task"]
    kind: Literal["task", "safeguard", "step"] | None = None
    last: str | None = None
    title: str | None = None
    number: str | None = None


Identity = Merge | Split
OfTask = ChangeTask | NewTask
OfFact = Add | Delete | ChangeRole | ChangeUnit | ChangeDeadline | ChangePrinciple | ChangeCitation | OfTask | Confirm
OfWords = OfFact | SetAside
OfDocument = ChangePlace | OfWords
Entry = Identity | OfDocument
FORMS: Final[tuple[type[Entry], ...]] = get_args(Entry)

ENTRY: Final[TypeAdapter[Entry]] = TypeAdapter(Annotated[Entry, Field(discriminator="change")])
"""What validates an entry."""


_BRACKETS: Final = str.maketrans("〔〕［］【】（）()", "[][][][][]")


def plain(key: str) -> str:
    """An id or a 文号 whatever the form of its brackets."""
    return key.translate(_BRACKETS)


def means(key: str, id_: str, doc_number: str | None) -> bool:
    """Whether `key` is this document's id or 文号, whatever the form of its brackets; an id with this 文号 and a place
    that may be its own (kg.decide.wording) is this document's too."""
    said, number = plain(key), plain(doc_number or "")
    return said in (plain(id_), number) or bool(number and said.partition(":")[2] == number and may_be(key, id_))


Named = Callable[[str, str | None, str], tuple[Agency, tuple[Place, ...]]]
"""The agency that a name means by the rules at a place (a code, - for the nation, None where unknown) in a document (an id, or
nothing), with its place and those above it."""


def _no_rules(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    raise LookupError(name)  # there are no entries that could ask


@dataclass(frozen=True)
class Corrections:
    """The entries in their order, the rules by which the names in them are understood, and how far documents are checked."""

    entries: tuple[Entry, ...] = ()
    named: Named = _no_rules
    reviews: tuple[Review, ...] = ()

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """The merges and splits, which are for every document."""
        return tuple(e for e in self.entries if not isinstance(e, OfDocument))

    @cached_property
    def _by_document(self) -> Mapping[str, list[tuple[int, OfDocument]]]:
        """The others, each with its place in the file, by its document's id or 文号."""
        found: dict[str, list[tuple[int, OfDocument]]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            if isinstance(entry, OfDocument):
                for key in {plain(entry.document), plain(entry.document).partition(":")[2]} - {""}:
                    found[key].append((place, entry))
        return found

    @cached_property
    def _last_reviews(self) -> Mapping[str | None, Review]:
        return {key: review for review in self.reviews for key in (review.doc_number, review.document) if key}

    def of(self, id_: str, doc_number: str | None) -> list[OfDocument]:
        """The entries that name this document; those for its place first, because it decides who the agencies are."""
        near = {place: e for key in (id_, doc_number or id_) for place, e in self._by_document.get(plain(key), ())}
        ours = [e for _, e in sorted(near.items(), key=lambda item: item[0]) if means(e.document, id_, doc_number)]
        return sorted(ours, key=lambda e: not isinstance(e, ChangePlace))

    def review(self, id_: str, doc_number: str | None) -> Review | None:
        """What was last said of how far this document is checked."""
        last = self._last_reviews.get(id_) or self._last_reviews.get(doc_number)
        return last if last and may_be(last.document, id_) else None

    def digest(self, id_: str, doc_number: str | None) -> str:
        """Of what people decided for this document, merges and splits too. Empty where there is nothing."""
        ours: list[object] = [e.model_dump(mode="json") for e in (*self.identities, *self.of(id_, doc_number))]
        if review := self.review(id_, doc_number):
            ours.append(review.id)
        return hashlib.sha256(json.dumps(ours, ensure_ascii=False).encode()).hexdigest()[:12] if ours else ""


NONE: Final = Corrections()
