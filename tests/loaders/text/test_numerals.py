"""Numerals as they are read and as word processors print them."""

from __future__ import annotations

import pytest

from loaders.text.numbering import arabic


@pytest.mark.parametrize(
    ("number", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("三十二", 32), ("一百", 100), ("一百零三", 103), ("12", 12), ("③", 3), ("⑳", 20)],
)
def test_arabic(number: str, value: int) -> None:
    assert arabic(number) == value
