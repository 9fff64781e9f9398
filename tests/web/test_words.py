"""Everything the catalogue can ask, take, give and find has its Chinese word in web/words.js."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kg.ask.queries import load_queries
from kg.ask.signature import Type
from kg.decide.audit import CHECKS

_ROOT = Path(__file__).parents[2]
_WORDS = (_ROOT / "web" / "words.js").read_text(encoding="utf-8")
_QUERIES = load_queries().values()


def _entries(table: str) -> dict[str, str]:
    """`export const NAME = {…};`: its keys, each with what is written after it."""
    found = re.search(rf"^export const {table} = \{{(.*?)\}};$", _WORDS, re.DOTALL | re.MULTILINE)
    assert found, table
    inner = found[1] if "\n" in found[1] else re.sub(r"(?:^|,) *(?=[\w\"])", "\n  ", found[1])
    parts = re.split(r"^  (?:\"([^\"]+)\"|(\w+)): ", inner, flags=re.MULTILINE)
    return {parts[i] or parts[i + 1]: parts[i + 2] for i in range(1, len(parts), 3)}


def _said(name: str) -> set[str]:
    """The words that SAID knows for a parameter or column."""
    written = _entries("SAID").get(name, "")
    spread = [word for table in re.findall(r"\b[A-Z]{4,}\b", written) for word in _entries(table)]
    return {*spread, *(quoted or bare for quoted, bare in re.findall(r"(?:\"([^\"]+)\"|(\w+)): \"", written))}


def _typed() -> Iterator[tuple[str, Type]]:
    """Every name of a parameter, a column or a field of one, with its type."""
    for query in _QUERIES:
        for name, type_ in [(p.name, p.type) for p in query.parameters] + [(c.name, c.type) for c in query.columns]:
            yield name, type_
            yield from type_.fields


def test_every_query_has_a_question() -> None:
    questions = _entries("QUESTION")
    assert [query.name for query in _QUERIES if query.name not in questions] == []
    assert set(questions) <= {query.name for query in _QUERIES}


def test_every_parameter_and_column_has_a_label() -> None:
    labels = _entries("LABEL")
    assert {name for name, _ in _typed()} - {"after", "before"} <= set(labels)  # the text around a quote, shown by no table


def test_every_choice_has_a_word() -> None:
    missing = {(name, option) for name, type_ in _typed() for option in type_.options if option not in _said(name)}
    assert missing == set()


def test_every_check_of_the_audit_has_a_name() -> None:
    assert set(_entries("CHECK")) == set(CHECKS)


def test_everything_the_scorecard_measures_has_a_name() -> None:
    card = json.loads((_ROOT / "docs" / "scorecard.json").read_text(encoding="utf-8"))
    assert set(_entries("MEASURED")) == set(card["kinds"])
    assert set(_entries("MEASURED_ON")) == {measured["title"] for measured in card["sets"]}
