"""What documents put into the graph, without an engine: the rows of the seeds as they were reviewed, and of hand-made facts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.graph.rows import Cite, GraphRows, Wording, found_by, make_rows, wordings
from kg.model import Deadline, Extraction, Span
from loaders.extract import extract
from tests import samples
from tests.samples import CHANGZHI, SHANXI, Cited, Doc, Unit, as_bytes

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "rows"
LONGEST = 40  # code points of a text that the golden shows whole


@pytest.mark.parametrize("seed", sorted((ROOT / "seed").iterdir()), ids=lambda path: path.stem)
def test_the_rows_of_a_seed(seed: Path) -> None:
    """After a change of rows: delete the golden, run, read the difference."""
    extraction = extract(seed.read_bytes(), seed.name)
    found = summary(extraction)
    golden = GOLDEN / f"{seed.stem}.json"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.relative_to(ROOT)} was missing and has been written: review it, then keep it")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def summary(extraction: Extraction) -> dict[str, Any]:
    """Its rows, of each label and type: how many; by property in how many it is set, and what all of them come to; the first
    row as an example. A row that differs anywhere differs here."""
    rows = make_rows(extraction, extraction.documents, rules="R", loaded_at="T")
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label, nodes in rows.nodes.items():
        kinds[label] += [{"id": row["id"], **row["properties"]} for row in nodes.values()]
    for (type_, start, end), relationships in rows.relationships.items():
        for row in relationships.values():
            kinds[f"{start} {type_} {end}"].append({**row, **row["properties"]})
            del kinds[f"{start} {type_} {end}"][-1]["properties"]
    kinds["Document CITES"] = [{"start": c.document, "end": c.stub, **c.properties} for c in rows.citations]
    return {kind: total(found) for kind, found in sorted(kinds.items()) if found}


def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Texts and lists come to their length, numbers to their sum, what is true to 1."""
    ordered = sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False))
    properties = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row[name] for row in rows if row.get(name) not in (None, "", [])]
        size = sum(len("".join(value)) if isinstance(value, list | str) and name != "pages" else 0 for value in values)
        number = sum(value for value in values if isinstance(value, int))
        properties[name] = {"set": len(values), "total": size + number}
    return {"rows": len(rows), "properties": properties, "first": {name: short(value) for name, value in ordered[0].items()}}


def short(value: Any) -> Any:
    """Of a long text its ends and its length."""
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[: LONGEST // 2]}…{value[-LONGEST // 2 :]} ({len(value)})"
    return value


def test_what_must_be_done_goes_before_what_must_not() -> None:
    text = "长治市工作方案\n一、任务\n1.推进甲。市司法局不得推诿。市司法局要落实。市财政局不得推诿。\n2.推进乙。\n"
    extraction = extract(text.encode(), "a.txt")
    rows = make_rows(extraction, extraction.documents, rules="R", loaded_at="T")
    edges = [row["properties"] for row in rows.relationships["LEADS", "Agency", "Task"].values()]
    assert [(e["name"], e["modality"], e["rule"], e["mentions"], e["start"]) for e in edges] == [
        ("市司法局", "must", "prose-must", 2, text.rindex("市司法局")),
        ("市财政局", "must not", "prose-must-not", 1, text.index("市财政局")),
    ]


def test_wordings_are_those_of_tasks_proper_with_the_clauses_that_bind_them() -> None:
    doc = Doc(
        "工作要点",
        tasks=(
            (Unit("司法局"), Unit("公安局", basis="narrative")),
            (Unit("财政局", "PARTICIPATES"),),
            (Unit("教育局", basis="narrative"),),
            (Unit("民政局"),),
        ),
    )
    extraction = samples.extract(as_bytes(doc), "a.json")
    (document,) = extraction.documents
    tasks = (*document.tasks[:3], document.tasks[3]._replace(kind="safeguard"))
    rows = make_rows(extraction, [replace(document, tasks=tasks)], rules="R", loaded_at="T")
    first, second = "(责任单位:司法局公安局)", "(责任单位:财政局)"
    assert list(wordings(rows)) == [
        Wording(doc.id, f"{doc.id}:1", "办好第1件事", f"1.办好第1件事。{first}", frozenset({first})),
        Wording(doc.id, f"{doc.id}:2", "办好第2件事", f"2.办好第2件事。{second}", frozenset({second})),
        Wording(doc.id, f"{doc.id}:3", "办好第3件事", "3.办好第3件事。(责任单位:教育局)", frozenset()),
    ]


def of_all(*days: str | None) -> list[Deadline]:
    return [Deadline(None, "by" if day else "recurring", "词", Span(0, 1), due=day) for day in days]


@pytest.mark.parametrize(
    ("document_days", "heirs"),
    [
        (["2025-12-31"], {"3": "d1", "4": "d1"}),  # the first has a day, the second recurs, the third's is relative
        (["2025-12-31", "2025-12-31"], {"3": "d1", "4": "d1"}),  # said twice
        ([None, "2025-12-31"], {"3": "d2", "4": "d2"}),
        (["2025-12-31", "2027-12-31"], {}),  # two stages
        ([None], {}),
        ([], {}),
    ],
)
def test_a_task_without_a_day_inherits_the_one_of_its_document(document_days: list[str | None], heirs: dict[str, str]) -> None:
    doc = Doc("工作要点", tasks=((Unit("司法局"),),) * 5)
    extraction = samples.extract(as_bytes(doc), "a.json")
    (document,) = extraction.documents
    own = [
        Deadline(f"{doc.id}:1", "by", "词", Span(0, 1), due="2024-06-30"),
        Deadline(f"{doc.id}:2", "recurring", "词", Span(0, 1), every="month"),
        Deadline(f"{doc.id}:3", "within", "词", Span(0, 1), within="P3D"),
    ]
    tasks = (*document.tasks[:4], document.tasks[4]._replace(kind="general"))
    document = replace(document, tasks=tasks, deadlines=(*own, *of_all(*document_days)))
    due = make_rows(extraction, [document], rules="R", loaded_at="T").relationships["DUE", "Task", "Deadline"].values()
    inherited = {row["start"]: row["end"] for row in due if row["properties"]["inherited"]}
    assert inherited == {f"{doc.id}:{task}": f"{doc.id}:{day}" for task, day in heirs.items()}
    assert len(due) == 3 + len(heirs)


def test_what_is_cited_stands_under_its_number_or_else_its_title_until_it_is_loaded() -> None:
    doc = Doc("工作要点", cites=(Cited("办法", "国办发〔2019〕1号"), Cited("条例"), Cited("工作要点"), Cited("条例")))
    extraction = samples.extract(as_bytes(doc), "a.json")
    rows = make_rows(extraction, extraction.documents, rules="R", loaded_at="T")
    assert [(c.stub, c.properties["quote"]) for c in rows.citations] == [
        ("cited:国办发〔2019〕1号", "《办法》国办发〔2019〕1号"),
        ("cited:条例", "《条例》"),
    ]


def test_the_place_of_a_document_comes_with_those_above_it_even_where_no_agency_stands_there() -> None:
    extraction = samples.extract(as_bytes(Doc("工作要点", tasks=((),))), "a.json")
    rows = make_rows(extraction, extraction.documents, rules="R", loaded_at="T")
    assert {id_: row["properties"]["name"] for id_, row in rows.nodes["Place"].items()} == {
        SHANXI: "山西省",
        CHANGZHI: "长治市",
    }
    assert list(rows.relationships["PART_OF", "Place", "Place"]) == [(CHANGZHI, SHANXI)]
    assert list(rows.relationships["CONCERNS", "Document", "Place"]) == [("140400:工作要点", CHANGZHI)]


def test_a_rule_for_all_tasks_says_nothing_more_of_one_whose_clause_names_the_unit() -> None:
    doc = Doc(
        "工作要点",
        tasks=(
            (Unit("各县区"), Unit("各县区", "PARTICIPATES", "default"), Unit("各县区", "LEADS", "narrative")),
            (Unit("各县区", "PARTICIPATES", "default"), Unit("各县区", "LEADS", "narrative"), Unit("司法局")),
        ),
    )
    extraction = samples.extract(as_bytes(doc), "a.json")
    rows = make_rows(extraction, extraction.documents, rules="R", loaded_at="T")
    edges = [*rows.relationships["LEADS", "Agency", "Task"], *rows.relationships["PARTICIPATES", "Agency", "Task"]]
    assert sorted((task[-1], agency.partition(":140400:")[2], basis) for agency, task, basis in edges if "各" in agency) == [
        ("1", "各县区", "clause"),
        ("1", "各县区", "narrative"),
        ("2", "各县区", "default"),
        ("2", "各县区", "narrative"),
    ]


def test_rows_of_several_documents_are_joined_each_once_as_it_came_first() -> None:
    def rows(name: str, *ids: str) -> GraphRows:
        made = GraphRows(citations=[Cite(name, None, name, {})])
        for id_ in ids:
            made.node("Place", id_, name=name)
            made.relate("Document", "CONCERNS", "Place", (name, id_))
        return made

    both = rows("甲", CHANGZHI)
    both.add(rows("乙", CHANGZHI, SHANXI))
    assert [row["properties"]["name"] for row in both.nodes["Place"].values()] == ["甲", "乙"]
    assert {*both.relationships["CONCERNS", "Document", "Place"]} == {("甲", CHANGZHI), ("乙", CHANGZHI), ("乙", SHANXI)}
    assert both.size == 2 + 3 + 2


def test_what_is_cited_is_the_first_loaded_document_with_its_number_and_its_title() -> None:
    number, other = "国办发〔2019〕1号", "国办发〔2019〕2号"
    loaded = {number: [("140400:条例", "条例"), ("430400:办法", "办法")], "": [("140400:通知", "通知")]}

    def meant(number: str | None, title: str | None) -> str:
        return Cite("140400:工作要点", number, title, {}).meant(loaded)

    assert [meant(number, title) for title in ("办法", None, "规划")] == ["430400:办法", "140400:条例", f"cited:{number}"]
    assert meant(other, "办法") == f"cited:{other}"


def test_an_agency_is_found_by_what_it_is_called_anywhere_each_name_once() -> None:
    found = found_by("长治市司法局", "司法局", {"市司法局", "司法局"})
    assert found["printed"] == ["司法局", "市司法局"]
    assert found["words"].split("\n") == ["长治市司法局", "司法局", "市司法局"]
    assert found["sounds"].split("\n")[1:] == ["'si'fa'ju", "'shi'si'fa'ju"]
    assert {"psi", "qsf"} <= {*found["letters"].split(" ")}
