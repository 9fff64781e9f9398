"""Tables for people: a title that is a paragraph is short there."""

from __future__ import annotations

import pytest

from kg.cli.output import print_table


def test_a_long_title_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("task", "quote"), [{"task": "长" * 300, "quote": "原" * 100}, {"task": "短" * 40, "quote": ""}])
    shown = "".join(part for part in capsys.readouterr().out if part in "长短原…")
    assert (shown.count("长"), shown.count("短"), shown.count("原"), shown.count("…")) == (40, 40, 100, 1)
