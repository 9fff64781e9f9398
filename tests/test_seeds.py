"""The main job over the five seeds: every query gives the same on both engines, and 司法局's obligations are what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from kg.ask.queries import Query
from kg.browser.guide import with_literals
from kg.engine.store import Store
from kg.graph.known import tasks as known
from loaders.extract import extract
from loaders.version import rules_version
from tests.kg.ask.test_queries import each_query, timeless
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, library

SEED = Path(__file__).parents[1] / "seed"
_REPORTED = "430400:衡阳市2021年政务服务工作要点:1.1"


def _loaded(store: Store, sources: Path, files: Iterable[Path]) -> Store:
    base = library(emptied(store), sources, extract, rules_version())
    results = list(base.loading(files))
    assert [r.outcome for r in results] == ["added"] * 5
    (task,) = known(store, [_REPORTED]).values()
    report = task.report(task.units[0], {"state": "in progress", "date": "2021-05-31"})
    base.progress.keep([report.model_copy(update={"at": datetime(2021, 6, 1, tzinfo=UTC)})])
    return store


@pytest.fixture(scope="module")
def seeds_embedded(embedded_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _loaded(embedded_store, tmp_path_factory.mktemp("sources"), sorted(SEED.iterdir()))


@pytest.fixture(scope="module")
def seeds_neo4j(neo4j_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _loaded(neo4j_store, tmp_path_factory.mktemp("sources"), sorted(SEED.iterdir(), reverse=True))


@pytest.fixture(params=["embedded", "neo4j"])
def seeds(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(f"seeds_{request.param}")
    return found


@each_query
def test_with_its_parameters_written_out_neo4j_answers_alike(seeds_embedded: Store, seeds_neo4j: Store, query: Query) -> None:
    """As the Browser's saved queries have them; by parameters it is asked over the small graph."""
    given = yaml.safe_load(re.findall(r"^// :param (\{.*\})$", query.cypher, re.MULTILINE)[0])
    answers = [seeds_embedded.read(query.cypher, given), seeds_neo4j.read(with_literals(query.cypher))]
    assert timeless(answers[0]).rows == timeless(answers[1]).rows != []


def test_every_obligation_of_the_judicial_bureau(seeds: Store) -> None:
    query = QUERIES["obligations-across-places"]
    clauses = query.run(seeds, {"function": "司法局", "role": "LEADS", "basis": ["clause"]}).rows
    assert [(row["agency"], row["task_number"]) for row in clauses] == [
        *(("长治市司法局", number) for number in ("1", "15", "16", "17", "18", "19", "20", "21", "25")),
        ("衡阳市司法局", "四"),
        ("衡阳市司法局", "六"),
    ]
    assert len({row["document_id"] for row in clauses if row["agency"] == "衡阳市司法局"}) == 2
    everything = query.run(seeds, {"function": "司法局"}).rows
    (last,) = everything[11:]
    assert (last["agency"], last["basis"]) == ("綦江区司法局", "narrative")
    assert last["clause"].startswith("区委依法治区办、区司法局要牵头抓好协调指导和督察督办,")
    assert last["clause"].endswith("取得实效。")


@pytest.mark.parametrize(
    ("asked", "collectives"),
    [
        ({"place_code": "500110"}, {"500110:*各级党委、人民政府"}),  # its own government is one of them
        ({"place_code": "140400"}, {"140400:*各级人民政府"}),
        ({"agency": "长治市司法局"}, {"140400:*市直各部门"}),  # a department
        ({"agency": "长治市市直各部门"}, set()),
    ],
)
def test_what_binds_the_members_of_collectives(seeds: Store, asked: dict[str, str], collectives: set[str]) -> None:
    assert {row["collective_id"] for row in QUERIES["bound-by-collectives"].run(seeds, asked).rows} == collectives


def test_quotes_are_the_words_of_the_source(seeds: Store) -> None:
    found = seeds.read(
        "MATCH (:Agency)-[r:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(:Document)-[:FROM]->(s:Source) "
        "RETURN s.text AS text, r.start AS start, r.end AS end, r.quote AS quote"
    ).rows
    assert len(found) > 300
    assert all(row["text"][row["start"] : row["end"]] == row["quote"] for row in found)


@pytest.mark.parametrize(
    ("query", "given", "name", "id_"),
    [
        ("agency-workload", "衡阳市发改委", "agency", "430400:发展和改革委员会"),
        ("agency-workload", "衡阳市发展改革委", "agency", "430400:发展和改革委员会"),
        ("obligations-across-places", "发改委", "function", "发展和改革委员会"),
        ("joint-leads", "长治", "place", "140400"),
    ],
)
def test_names_as_documents_print_them(seeds: Store, query: str, given: str, name: str, id_: str) -> None:
    assert QUERIES[query].bind(seeds, {name: f" {given}"})[name] == id_
