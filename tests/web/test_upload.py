"""What the page lets one choose is what is read."""

from __future__ import annotations

import re
from pathlib import Path

from kg.rules import SUFFIXES

UPLOAD = (Path(__file__).parents[2] / "web" / "upload.js").read_text(encoding="utf-8")


def test_files_that_can_be_chosen_are_those_of_a_folder() -> None:
    taken = "".join(re.findall(r'"([^"]*)"', UPLOAD[UPLOAD.index("const TAKEN =") :].partition(";")[0]))
    assert set(taken.split(",")) == SUFFIXES
