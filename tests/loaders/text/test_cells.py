"""What one cell of a table says."""

from __future__ import annotations

import pytest

from kg.model import Span
from loaders.text.cells import read_due
from loaders.text.view import plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023年6月底前", [("by", None, "2023-06-30", "2023年6月底前")]),
        ("2023年12月", [("by", None, "2023-12-31", "2023年12月")]),
        ("2023年\n12月底", [("by", None, "2023-12-31", "2023年\n12月底")]),
        ("2023年", [("by", None, "2023-12-31", "2023年")]),
        ("12月底", [("by", None, "2022-12-31", "12月底")]),
        ("6月", [("by", None, "2022-06-30", "6月")]),
        ("年底前", [("by", None, "2022-12-31", "年底前")]),
        ("三季度", [("by", None, "2022-09-30", "三季度")]),
        ("全年", [("by", None, "2022-12-31", "全年")]),
        ("2023-06-30", [("by", None, "2023-06-30", "2023-06-30")]),
        ("2023.6", [("by", None, "2023-06-30", "2023.6")]),
        ("2023.13", []),
        ("2022年3月至2025年12月", [("period", "2022-03-01", "2025-12-31", "2022年3月至2025年12月")]),
        ("每年", [("recurring", None, None, "每年")]),
        ("3月底前制定方案，12月底前完成", [("by", None, "2022-03-31", "3月底前"), ("by", None, "2022-12-31", "12月底前")]),
        ("长期坚持", []),
        ("持续推进", []),
        ("", []),
    ],
)
def test_read_due(words: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    view = plain(f"完成时限\t{words}\t市司法局")
    found = read_due(view, Span(5, 5 + len(words)), 2022, "2022-03-01")
    assert [(t.kind, t.start, t.due, t.span.of(f"完成时限\t{words}\t市司法局")) for t in found] == expected
