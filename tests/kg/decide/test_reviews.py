"""What people say of how far a document is checked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from kg.decide.reviews import STATES, Review
from tests.kg.decide.small_corrections import DOC

SAID: dict[str, Any] = {"document": DOC.id, "state": "checked", "at": datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)}


def test_nobody_says_that_a_document_is_unchecked() -> None:
    assert [Review(**SAID | {"state": state}).state for state in STATES] == ["checking", "checked"]
    with pytest.raises(ValidationError, match="state"):
        Review(**SAID | {"state": "unchecked"})


@pytest.mark.parametrize("said", [{"by": ""}, {"by": " "}, {"by": "字" * 2001}, {"document": ""}, {"who": "王"}])
def test_what_is_no_review_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=next(iter(said))):
        Review(**SAID | said)


def test_who_says_it_may_have_a_name_of_any_usual_length() -> None:
    assert [Review(**SAID, by=name).by for name in (" 王\n", "字" * 2000)] == ["王", "字" * 2000]


def test_what_was_said_cannot_be_changed_and_has_its_id_by_it() -> None:
    review = Review(**SAID)
    with pytest.raises(ValidationError, match="frozen"):
        review.by = "王"
    assert review.id == Review(**SAID | {"document": f" {DOC.id} "}).id != Review(**SAID, by="王").id
    assert review.id == "21bf21006ed4"  # it stands in bases
