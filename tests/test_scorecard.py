"""The published figures hold: none is worse than docs/scorecard.md says, and the page shows those of today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.models import Scorecard
from scripts.scorecard import (
    ALL,
    FIGURES,
    KINDS,
    PAGE,
    SCORE,
    SETS,
    SHARED,
    Card,
    Count,
    as_text,
    fallen,
    figures,
    measure,
    page,
    published,
)
from tests.clock import PATIENCE

ROOT = Path(__file__).parents[1]
TITLE, *_ = SETS

needs_gold = pytest.mark.skipif(
    not SCORE.exists() and os.environ.get("KG_REQUIRE_GOLD") != "1",
    reason="no ../shared/score.py beside this checkout: nothing to score against",
)


@needs_gold
def test_founding_documents_reach_the_minima() -> None:
    command = f"'{sys.executable}' -m kg.cli extract --format json {{}}"
    least = ("--only=-20", "--min", "clause=0.97,task_link=0.97,deadline=0.85,principle=0.95,task=0.95")
    run = subprocess.run(
        [sys.executable, SCORE, SHARED / "gold", ROOT / "seed", "--cmd", command, *least],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


@needs_gold
def test_no_figure_is_worse_than_published() -> None:
    card, text = measure(), PAGE.read_text(encoding="utf-8")
    worse = list(fallen(published(text), card))
    assert not worse, "\n".join(["worse than docs/scorecard.md:", *worse])
    assert text == page(card), "figures improved, or gold was added: run `make scorecard`"


def test_the_file_for_programs_says_what_the_page_says() -> None:
    text = FIGURES.read_text(encoding="utf-8")
    assert text == as_text(figures(published(PAGE.read_text(encoding="utf-8")))), "run `make scorecard`"
    Scorecard.model_validate_json(text)


CARD: Card = {
    (TITLE, "a.txt", "clause"): Count(8, 1, 2),
    (TITLE, "b.txt", "clause"): Count(1, 0, 0),
    (TITLE, "b.txt", "name"): Count(1, 0, 1),
    (TITLE, ALL, "clause"): Count(9, 1, 2),
    (TITLE, ALL, "name"): Count(1, 0, 1),
}


def test_a_page_says_what_was_measured() -> None:
    text = page(CARD)
    assert published(text) == CARD
    assert f"| clause | {KINDS['clause']} | 0.900 | 0.818 | 0.857 | 11 |" in text
    assert "| a.txt | 8/10 +1 |  |" in text


@pytest.mark.parametrize(
    ("key", "now", "says"),
    [
        ((TITLE, ALL, "clause"), Count(9, 1, 2), []),
        ((TITLE, ALL, "clause"), Count(10, 1, 1), []),
        ((TITLE, ALL, "clause"), Count(9, 2, 1), ["precision 0.9000 -> 0.8182"]),
        ((TITLE, "a.txt", "clause"), Count(9, 2, 1), []),
        ((TITLE, "a.txt", "clause"), Count(7, 1, 3), ["f1 0.8421 -> 0.7778"]),
        ((TITLE, ALL, "name"), Count(0, 0, 2), ["recall 0.5000 -> 0.0000", "f1"]),
        ((TITLE, "b.txt", "clause"), None, ["no longer measured"]),
    ],
)
def test_a_figure_that_falls_is_named(key: tuple[str, str, str], now: Count | None, says: list[str]) -> None:
    card = {k: v for k, v in CARD.items() if k != key} | ({key: now} if now else {})
    worse = list(fallen(CARD, card))
    assert [word in line for word, line in zip(says, worse, strict=True)] == [True] * len(says)
    assert all(f"{key[2]} of {key[1]}" in line for line in worse)
