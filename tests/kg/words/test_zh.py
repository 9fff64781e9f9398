"""One table of Chinese words: a word for everything that an answer can hold, none twice, and none written anywhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from exports.account import COLUMNS
from exports.headings import heading
from kg import model, schema
from kg.ask.queries import Query
from kg.ask.search import FACETS, SEARCH
from kg.ask.signature import Type
from kg.decide.audit import CHECKS
from kg.decide.audit import COLUMNS as AUDIT_COLUMNS
from kg.graph.account import Outcome
from kg.people.keys import ROLES
from kg.words import zh
from loaders.facts.residue import REASONS
from loaders.facts.times import RULES as TIMES
from loaders.lexicon.table import rows as rows_of
from loaders.names.bodies import ending_of
from tests.samples import QUERIES

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "kg" / "words" / "zh.tsv").read_text(encoding="utf-8").splitlines()
WORDS = zh.table()

RULES = [
    *(rule for rule, *_ in rows_of("lexicon", "rules.tsv", 3)),
    *(f"time-{rule.name.replace(' ', '-')}" for rule in TIMES),
]

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=lambda q: q.name)


def fields(name: str, type_: Type) -> Iterator[tuple[str, Type]]:
    """A column or parameter, and the fields of what it holds."""
    yield name, type_
    for inner, of in type_.fields:
        yield from fields(inner, of)


def of_columns(query: Query) -> Iterator[tuple[str, Type]]:
    for column in query.columns:
        yield from fields(column.name, column.type)


def test_a_line_is_three_words_sorted_and_never_twice() -> None:
    head, *lines = LINES
    assert head == "where\tkey\tzh"
    named = [line for line in lines if not line.startswith("failure\t")]  # which names programs and formats
    assert [line for line in named if not re.fullmatch(r"[a-z ]+\t[^\t]+\t[^\ta-zA-Z]+", line)] == []
    assert lines == sorted(lines)
    assert len({tuple(line.split("\t")[:2]) for line in lines}) == len(lines)


def test_every_query_has_a_title() -> None:
    """Which its files are called by."""
    assert set(WORDS["query"]) == {*QUERIES, SEARCH.name, FACETS.name, "queries"}
    assert len(set(WORDS["query"].values())) == len(WORDS["query"])


def test_a_word_is_found() -> None:
    assert (zh.word("role", "LEADS"), zh.word("basis", "narrative")) == ("牵头", "正文表述")
    with pytest.raises(KeyError):
        zh.word("role", "HELPS")


@each_query
def test_every_column_has_a_word(query: Query) -> None:
    assert [name for name, _ in of_columns(query) if name not in WORDS["column"]] == []
    headings = [heading(column) for column in query.columns]
    assert len(set(headings)) == len(headings)


@each_query
def test_every_parameter_has_a_word(query: Query) -> None:
    known = {**WORDS["column"], **WORDS["parameter"]}
    assert [p.name for p in query.parameters if p.name not in known] == []


def test_a_name_is_a_list_here_and_a_number_there_only_if_the_table_knows_both() -> None:
    typed = [pair for query in QUERIES.values() for pair in of_columns(query)]
    numbers = {name for name, type_ in typed if type_.name == "integer"}
    others = {name for name, type_ in typed if type_.name != "integer"}
    asked = {p.name: p.type.name for query in QUERIES.values() for p in query.parameters}
    others |= {name for name, type_ in asked.items() if name in numbers and type_ != "integer"}
    assert numbers & others <= set(WORDS["count"])
    assert set(WORDS["count"]) <= set(WORDS["column"])
    assert set(WORDS["column"]) & set(WORDS["parameter"]) == set()


def test_no_word_is_for_nothing() -> None:
    named = {name for query in QUERIES.values() for name, _ in of_columns(query)}
    asked = {p.name for query in QUERIES.values() for p in query.parameters}
    assert set(WORDS["column"]) - named - asked - set(AUDIT_COLUMNS) == set()
    assert set(WORDS["parameter"]) <= asked


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("role", get_args(model.Role)),
        ("basis", get_args(model.Basis)),
        ("modality", get_args(model.Modality)),
        ("reason", (*REASONS, *model.DECIDED)),
        ("residue kind", get_args(model.ResidueKind)),
        ("task kind", get_args(model.TaskKind)),
        ("deadline kind", get_args(model.DeadlineKind)),
        ("every", get_args(model.Period)),
        ("rule", RULES),
        ("rule meaning", RULES),
        ("check", CHECKS),
        ("outcome", get_args(Outcome)),
        ("right", ROLES),
        ("account", COLUMNS),
        ("hit", next(column.type.options for column in SEARCH.columns if column.name == "kind")),
        ("node", [*(node.label for node in schema.NODES), schema.COLLECTIVE]),
        ("relationship", {r.type for r in schema.RELATIONSHIPS} - set(get_args(model.Role))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_value_has_a_word(where: str, names: tuple[str, ...]) -> None:
    assert set(WORDS[where]) == set(names)


def test_every_kind_of_agency_has_a_word() -> None:
    rows = [
        line.split("\t")
        for table in ("bodies.tsv", "national.tsv")
        for line in (files("loaders.names") / "data" / table).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    kinds = {row[3] if len(row) > 3 and row[3] else ending_of(row[1])[0] for row in rows} | {"collective"}
    assert kinds - {""} <= set(WORDS["agency kind"])


def test_every_option_has_a_word() -> None:
    """What a column or parameter is one of; `kind` is of several things."""
    where = {
        "kind": ("task kind", "fact kind", "deadline kind"),
        "task_kind": ("task kind",),
        "deadline_kind": ("deadline kind",),
        "differs_in": ("lead difference",),
    }
    typed = [pair for query in QUERIES.values() for pair in of_columns(query)]
    typed += [(p.name, p.type) for query in QUERIES.values() for p in query.parameters]
    missing = {
        (name, option)
        for name, type_ in typed
        for option in type_.options
        if not any(option in WORDS[place] for place in where.get(name, (name,)))
    }
    assert missing == set()


def test_the_rows_of_a_workload_are_called_so() -> None:
    """Cypher has no table to read, and so this one query writes them out."""
    cypher = QUERIES["agency-workload"].cypher
    written = re.search(r"CASE r\.basis WHEN 'clause' THEN '(.+?)' WHEN 'narrative' THEN '(.+?)' ELSE '(.+?)' END", cypher)
    assert written
    assert list(written.groups()) == [zh.word("basis", basis) for basis in ("clause", "narrative", "default")]


# No word of the table is written anywhere else


def said(text: str) -> list[str]:
    """The words of the table that a literal writes out: as a whole, or within it a long or a telling one."""
    telling = {*WORDS["basis"].values(), *(word for word in WORDS["column"].values() if len(word) > 3)}
    every = {word for where in WORDS for word in WORDS[where].values()}
    return [word for word in every if text == word] + [word for word in telling if word in text]


def literals(module: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


@pytest.mark.parametrize("module", sorted((ROOT / "exports").glob("*.py")), ids=lambda path: path.name)
def test_exports_write_no_word_out(module: Path) -> None:
    assert {text: words for text in literals(module) if (words := said(text))} == {}


def test_the_page_writes_no_word_out() -> None:
    """The groups of the questions are headings of their own, and may be called like a column."""
    code = (ROOT / "web" / "words.js").read_text(encoding="utf-8")
    code = re.sub(r"^export const QUESTION = \{.*?^\};$", "", code, flags=re.MULTILINE | re.DOTALL)
    strings = re.findall(r'"([^"\n]*)"', code)
    assert {text: words for text in strings if (words := [word for word in said(text) if word == text])} == {}


RETIRED = ("名称含有", "正文叙述", "默认规则", "红绿灯", "订正", "搭档", "标识", "总期限", "报告找不到任务")


@pytest.mark.parametrize("folder", ["exports", "kg", "api", "web", "cypher", "docs"])
def test_words_that_were_given_up_stay_so(folder: str) -> None:
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in sorted([*(ROOT / folder).rglob("*"), ROOT / "README.zh.md"])
        if path.suffix in {".py", ".js", ".tsv", ".cypher", ".html", ".md"} and "vendor" not in path.parts
        for word in RETIRED
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
