"""Everything the catalogue can ask, take, give and find has its Chinese word on the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.decide.audit import CHECKS
from kg.words import zh
from tests.samples import QUERIES

_ROOT = Path(__file__).parents[2]
_WORDS = (_ROOT / "web" / "words.js").read_text(encoding="utf-8")


def _keys(table: str) -> set[str]:
    """`export const NAME = {…};`, or with a call around it: its keys."""
    match = re.search(rf"^export const {table} = (?:explained\([\w.]+, )?\{{(.*?)^\}}\)?;$", _WORDS, re.DOTALL | re.MULTILINE)
    assert match, table
    return {quoted or bare for quoted, bare in re.findall(r"^  (?:\"([^\"]+)\"|(\w+)):", match[1], re.MULTILINE)}


def test_every_query_has_a_question() -> None:
    assert _keys("QUESTION") == {query.name for query in QUERIES.values()}


def test_every_query_has_its_notes_in_chinese() -> None:
    notes = (_ROOT / "web" / "notes.js").read_text(encoding="utf-8").partition("export const NOTE")[2]
    lines = re.findall(r"^  (?:\"([^\"]+)\"|(\w+)):\s+(.*),$", notes, re.MULTILINE)
    said = {quoted or bare: note for quoted, bare, note in lines}
    queries = QUERIES
    assert set(said) == set(queries)
    assert [name for name, note in said.items() if bool(queries[name].notes) and note == '""'] == []


def test_every_parameter_and_column_has_a_label() -> None:
    assert "export const LABEL = { ...zh.COLUMN, ...zh.PARAMETER };" in _WORDS  # which tests/kg/words holds to be complete


@pytest.mark.parametrize("where", ["basis", "task kind", "level", "light", "every"])
def test_what_the_page_sets_in_order_is_whole(where: str) -> None:
    table = where.upper().replace(" ", "_")
    match = re.search(rf"inOrder\(zh\.{table}, (.*?)\);", _WORDS, re.DOTALL)
    assert match
    assert sorted(re.findall(r"\"([^\"]+)\"", match[1])) == sorted(zh.table()[where])


def test_every_table_that_the_page_names_is_there() -> None:
    made = {where.upper().replace(" ", "_") for where in zh.table()}
    assert set(re.findall(r"\bzh\.([A-Z_]+)", _WORDS)) <= made


def test_every_check_of_the_audit_is_explained() -> None:
    assert _keys("CHECK") == set(CHECKS)


def test_everything_the_scorecard_measures_has_a_name() -> None:
    card = json.loads((_ROOT / "docs" / "scorecard.json").read_text(encoding="utf-8"))
    assert _keys("MEASURED") == set(zh.table()["measured"]) == set(card["kinds"])
    assert _keys("MEASURED_ON") == {measured["title"] for measured in card["sets"]}
