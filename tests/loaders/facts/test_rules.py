"""The rules that a fact may name: each is in the table, and reads its own example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.extract import extract
from loaders.facts.times import RULES
from loaders.lexicon.table import rows

EXAMPLES = {rule: example for rule, _, example in rows("lexicon", "rules.tsv", 3)}
GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_reads_its_example(rule: str) -> None:
    text = f"石河市2023年普法工作方案\n一、{EXAMPLES[rule]}\n三、推进普法进校园。\n".replace("⏎", "\n")
    (document,) = extract(text.encode(), "方案.txt").documents
    assert rule in {assignment.rule for assignment in document.assignments}


def test_every_rule_that_read_a_fact_of_the_seeds_is_described() -> None:
    known = {*EXAMPLES, *(f"time-{rule.name.replace(' ', '-')}" for rule in RULES)}
    documents = [d for golden in GOLDEN.glob("*.json") for d in json.loads(golden.read_text(encoding="utf-8"))["documents"]]
    named = {fact["rule"] for d in documents for fact in (*d["assignments"], *d["deadlines"])}
    assert len(named) > 8
    assert named <= known


def test_no_word_stands_twice_in_a_class() -> None:
    for name in ("predicates.tsv", "labels.tsv"):
        words = [tuple(row[:2]) for row in rows("lexicon", name, 2)]
        assert len(words) == len(set(words)), name
