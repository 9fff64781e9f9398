"""The numbers of rows."""

from __future__ import annotations

import pytest

from loaders.text.items import row_value


@pytest.mark.parametrize(
    ("words", "value"),
    [("12", 12), ("10000", 10_000), ("3.", 3), ("(4)", 4), ("2.1", 2), ("三、", 3), ("(二十)", 20), ("合计", None)],
)
def test_what_a_row_counts(words: str, value: int | None) -> None:
    assert row_value(words) == value
