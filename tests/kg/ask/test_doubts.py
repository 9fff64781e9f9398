"""What a person should look at, until somebody has; how much of it is left."""

from __future__ import annotations

from typing import Any

import pytest

from kg.ask.doubts import Left, mark
from kg.model import Span

ID = "140400:长政办发〔2024〕7号"
TEXT = "专班牵头，专班督办；市审计局把关。2023年底前完成。"
ABOUT: dict[str, Any] = {"document_id": ID, "issued_on": "2024-03-04", "review_changes": []}


def fact(kind: str, words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    of_none = dict.fromkeys(("role", "due_on", "confirmed", "corrected", "reason", "name", "task_id"))
    return {"kind": kind, "id": "x", "quote": words, "start": start, "end": start + len(words), **of_none, **more}


UNIT = fact("lead", "市审计局", role="LEADS", name="长治市审计局", id="140400:审计局", task_id=f"{ID}:2.1")
TIME = fact("deadline", "2023年底前", due_on="2023-12-31", task_id=f"{ID}:2.1")
ODD = fact("residue", "专班")
SIGNED = ["-\tunit\t1\t长治市审计局", "+\tunit\t2.1\t长治市审计局\tLEADS clause", "+\tissuer\t\t长治市审计局"]


@pytest.mark.parametrize(
    ("row", "about", "unsure", "expected"),
    [
        (ODD, {}, (), "unexplained"),
        (ODD | {"reason": "set-aside"}, {}, (), None),
        (TIME, {}, (), "early"),
        (TIME | {"confirmed": "王"}, {}, (), None),
        (TIME | {"due_on": "2024-03-04"}, {}, (), None),
        (TIME, {"issued_on": None}, (), None),
        (TIME, {"issued_on": None, "review_changes": ["+\tdeadline\t2.1\t2023年底前\tby"]}, (), "changed"),
        (UNIT | {"id": f"{ID}:某局"}, {}, (), "unresolved"),
        (UNIT | {"id": f"{ID}:某局", "corrected": "读错了"}, {}, (), None),
        (fact("principle", "把关", id=f"{ID}:p1"), {}, (), None),
        (fact("task", "把关"), {}, (Span(0, 99),), None),
        (UNIT, {"review_changes": SIGNED}, (), "changed"),
        (UNIT, {"review_changes": SIGNED[:1]}, (), None),
        (UNIT | {"task_id": f"{ID}:1"}, {"review_changes": SIGNED}, (), None),
        (UNIT, {}, (Span(0, 2), Span(13, 20)), "unsure"),
        (UNIT, {}, (Span(0, 10), Span(14, 20)), None),
    ],
)
def test_what_a_person_should_look_at(
    row: dict[str, Any], about: dict[str, Any], unsure: list[Span], expected: str | None
) -> None:
    rows = [dict(row)]
    left = mark(rows, ABOUT | about, TEXT, unsure)
    assert rows[0]["doubt"] == expected
    assert left == Left(int(expected not in (None, "unexplained")), int(expected == "unexplained"))


def test_a_sentence_is_counted_once() -> None:
    second = ODD | {"start": TEXT.index("督办"), "end": TEXT.index("督办") + 2}
    third = ODD | {"start": TEXT.index("把关"), "end": TEXT.index("把关") + 2}
    assert mark([dict(one) for one in (ODD, second, third, UNIT, TIME, TIME)], ABOUT, TEXT, ()) == Left(2, 2)
