"""The canned answers against what plain Python makes of the extraction JSON, row by row: the seeds, and other documents where
they lie beside the project."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from kg.engine.store import Store
from tests.recomputed.facts import Facts, Row, ask

MORE = ("004", "013", "019", "033_gov_employment.html", "102")
TODAY = "2022-06-30"


def agencies(facts: Facts) -> list[str]:
    """The busiest, and some of the others."""
    ranked = sorted(facts.of_agency, key=lambda id_: (-len(facts.of_agency[id_]), id_))
    return ranked[:5] + ranked[5::60]


def said(limits: Iterable[tuple[Row, bool]]) -> Counter[tuple[Any, ...]]:
    return Counter((limit["surface"], limit["due"], limit["span"][0], inherited) for limit, inherited in limits)


def answered(limits: Iterable[Mapping[str, Any]]) -> Counter[tuple[Any, ...]]:
    return Counter((limit["quote"], limit["due_on"], limit["start"], limit["inherited"]) for limit in limits)


def test_obligations(store: Store, facts: Facts) -> None:
    for agency in agencies(facts):
        found = ask(store, "agency-obligations", agency=agency)
        assert {(r["task_id"], r["role"], r["basis"], r["modality"], r["quote"], r["start"], r["mentions"]) for r in found} == {
            (a["task"], a["role"], a["basis"], a["modality"], a["surface"], a["span"][0], a["mentions"])
            for a in facts.of_agency[agency]
        }
        for row in found:
            assert answered(row["deadlines"]) == said(facts.due[row["task_id"]])
        dated = {r["task_id"] for r in ask(store, "agency-obligations", agency=agency, due_before="2022-12-31")}
        assert dated == {row["task_id"] for row in found if min(facts.days(row["task_id"]), default="9") <= "2022-12-31"}


def test_lines_of_work(store: Store, facts: Facts) -> None:
    by_function = defaultdict(list)
    for role in facts.roles:
        by_function[role["function"]].append(role)
    for function in ("司法局", "财政局", "人民政府"):
        found = ask(store, "obligations-across-places", function=function)
        assert Counter((r["agency_id"], r["task_id"], r["role"], r["basis"]) for r in found) == Counter(
            (a["agency"], a["task"], a["role"], a["basis"]) for a in by_function[function]
        )


def test_workload(store: Store, facts: Facts) -> None:
    ninety = (datetime.date.fromisoformat(TODAY) + datetime.timedelta(days=90)).isoformat()

    def bucket(task: str) -> str:
        days = facts.days(task)
        left = [day for day in days if day >= TODAY]
        return "none" if not days else "past" if not left else "next-90-days" if left[0] <= ninety else "later"

    for agency in agencies(facts):
        found = ask(store, "agency-workload", agency=agency, today=TODAY)
        by_clause = facts.led(agency, "clause")
        expected: Counter[tuple[str, str, bool]] = Counter()
        for task, led in by_clause.items():
            expected["all", "all", led] += 1
            expected["document", facts.tasks[task]["document"], led] += 1
            expected["deadline", bucket(task), led] += 1
        for basis in ("clause", "narrative", "default"):
            for led in facts.led(agency, basis).values():
                expected["basis", basis, led] += 1
        counted: Counter[tuple[str, str, bool]] = Counter()
        for row in found:
            if row["split"] != "collective":
                counted[row["split"], row["key"], True] += row["leads"]
                counted[row["split"], row["key"], False] += row["participates"]
        assert counted == expected


def test_months(store: Store, facts: Facts) -> None:
    for agency in agencies(facts):
        tasks, heirs = Counter[str | None](), Counter[str | None]()
        for task in facts.led(agency, "clause"):
            months = {limit["due"][:7] for limit, _ in facts.due[task] if limit["due"]}
            inherits = any(inherited for _, inherited in facts.due[task])
            for month in months or {None}:
                tasks[month] += 1
                heirs[month] += inherits
        own = {month: tasks[month] - heirs[month] for month in tasks if month and tasks[month] > heirs[month]}
        mean = sum(own.values()) / (12 * len({month[:4] for month in own})) if own else None
        found = {row["month"]: row for row in ask(store, "workload-by-month", agency=agency) if row["tasks"]}
        assert {month: (row["tasks"], row["inherited"]) for month, row in found.items()} == {
            month: (tasks[month], heirs[month]) for month in tasks
        }
        for month, row in found.items():
            assert row["overloaded"] == (mean is not None and own.get(month or "", 0) >= max(3, 2 * mean + 1e-9))


def test_partners(store: Store, facts: Facts) -> None:
    for agency in agencies(facts):
        expected: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
        for task, led in facts.led(agency, "clause").items():
            others: dict[str, bool] = {}
            for role in facts.of_task[task]:
                if role["agency"] != agency and role["basis"] == "clause" and role["modality"] == "must":
                    others[role["agency"]] = others.get(role["agency"], False) or role["role"] == "LEADS"
            for other, leads in others.items():
                expected[other][led, leads] += 1
        columns = {(True, True): "both_lead", (True, False): "agency_leads", (False, True): "partner_leads"}
        columns[False, False] = "both_participate"
        answer = ask(store, "partners", agency=agency)
        found = {row["partner_id"]: {pair: row[column] for pair, column in columns.items()} for row in answer}
        assert found == {other: {pair: counts[pair] for pair in columns} for other, counts in expected.items()}


def test_rankings_and_the_network(store: Store, facts: Facts) -> None:
    loads = {agency: facts.led(agency, "clause") for agency in facts.of_agency}
    expected = {id_: (sum(tasks.values()), len(tasks)) for id_, tasks in loads.items() if tasks}
    ranked = ask(store, "workload-ranking") + ask(store, "workload-ranking", collective=True)
    assert {row["agency_id"]: (row["leads"], row["tasks"]) for row in ranked} == expected
    matrix = ask(store, "workload-matrix")
    assert {row["agency_id"]: (row["leads"], row["tasks"]) for row in matrix} == expected
    pairs: Counter[tuple[str, ...]] = Counter()
    for roles in facts.of_task.values():
        units = {a["agency"] for a in roles if a["basis"] == "clause" and a["modality"] == "must" and not a["collective"]}
        pairs.update(combinations(sorted(units), 2))
    assert {(row["one_id"], row["other_id"]): row["tasks"] for row in ask(store, "responsibility-edges")} == pairs


def test_places_side_by_side(store: Store, facts: Facts) -> None:
    expected: dict[tuple[str, str, bool], dict[str, bool]] = defaultdict(dict)
    for role in facts.roles:
        place, _, rest = role["agency"].partition(":")
        if role["function"] and place != "-" and ":" not in rest and role["basis"] == "clause" and role["modality"] == "must":
            tasks = expected[role["function"], place, role["collective"]]
            tasks[role["task"]] = tasks.get(role["task"], False) or role["role"] == "LEADS"
    answer = ask(store, "compare-places")
    found = {(row["function"], row["place_code"], row["collective"]): (row["leads"], row["tasks"]) for row in answer}
    assert found == {key: (sum(tasks.values()), len(tasks)) for key, tasks in expected.items()}
    assert ("人民政府", "430400", True) in found
    for collective in (False, True):
        apart = ask(store, "compare-places", collective=collective)
        assert [row["collective"] for row in apart] == [collective] * sum(kind == collective for *_, kind in expected)
    for function in ("司法局", "财政局", "人民政府"):
        rows = {(row["place_code"], row["collective"]): row for row in ask(store, "compare-functions", function=function)}
        for (of, place, collective), tasks in expected.items():
            if of == function:
                row = rows[place, collective]
                assert (row["leads"], row["tasks"]) == (sum(tasks.values()), len(tasks))
                assert row["with_deadline"] == sum(bool(facts.due[task]) for task in tasks)
                assert len(row["deadlines"]) == sum(len(facts.due[task]) for task in tasks)


def test_shares_and_sums(store: Store, facts: Facts) -> None:
    collectives = {a["agency"] for a in facts.roles if a["collective"]}
    of_place: dict[str, dict[str, dict[str, bool]]] = defaultdict(dict)
    for agency in facts.of_agency:
        if agency not in collectives and (tasks := facts.led(agency, "clause")):
            of_place[agency.partition(":")[0]][agency] = tasks
    for agency in agencies(facts):
        own, units = facts.led(agency, "clause"), of_place[agency.partition(":")[0]]
        rows = ask(store, "workload-share", agency=agency)
        if agency in collectives:
            assert rows == []
        elif agency in units and all(id_.count(":") == 1 for id_ in units):  # else some may be of no known place
            whole = {task for tasks in units.values() for task in tasks}
            rank = 1 + sum(len(tasks) > len(own) for tasks in units.values())
            parts = ("leads", "tasks", "place_tasks", "place_units", "rank")
            assert tuple(rows[0][part] for part in parts) == (sum(own.values()), len(own), len(whole), len(units), rank)
        sums = [(row["leads"], row["tasks"]) for row in ask(store, "workload-by-year", agency=agency) if row["split"] == "all"]
        assert sums == [(sum(own.values()), len(own))] or (not own and set(sums) <= {(0, 0)})


def test_tasks(store: Store, facts: Facts) -> None:
    ledger = ask(store, "ledger")
    assert {row["task_id"] for row in ledger} == facts.tasks.keys()
    for row in ledger:
        roles = facts.of_task[row["task_id"]]
        for column, role in (("leads", "LEADS"), ("participants", "PARTICIPATES")):
            assert Counter((u["agency_id"], u["basis"], u["modality"], u["start"]) for u in row[column]) == Counter(
                (a["agency"], a["basis"], a["modality"], a["span"][0]) for a in roles if a["role"] == role
            )
        assert answered(row["deadlines"]) == said(facts.due[row["task_id"]])
    led: dict[str, set[str]] = defaultdict(set)
    for a in facts.roles:
        if a["role"] == "LEADS" and a["basis"] == "clause" and a["modality"] == "must":
            led[a["task"]].add(a["agency"])
    joint = {row["task_id"]: row["number_of_leads"] for row in ask(store, "joint-leads")}
    assert joint == {task: len(leads) for task, leads in led.items() if len(leads) > 1}
    anybody = {a["task"] for a in facts.roles if a["role"] == "LEADS"}
    unled = {row["task_id"] for row in ask(store, "tasks-without-lead")}
    assert unled == {id_ for id_, task in facts.tasks.items() if task["kind"] == "task" and id_ not in anybody}


def test_overdue(store: Store, facts: Facts) -> None:
    """Nothing is reported in this base."""
    expected: Counter[tuple[Any, ...]] = Counter()
    for task, limits in facts.due.items():
        past = [limit for limit, _ in limits if limit["kind"] != "recurring" and limit["due"] and limit["due"] < TODAY]
        counted = [a for a in facts.of_task[task] if a["basis"] == "clause" and a["modality"] == "must"]
        led = [a for a in counted if a["role"] == "LEADS"]
        whose = {(a["agency"], "collective" if a["collective"] else "unit") for a in led or counted}
        if not facts.of_task[task]:
            whose = {(None, "nobody")}
        expected.update((task, limit["due"], *one) for limit in past for one in whose)
    found = Counter((r["task_id"], r["due_on"], r["agency_id"], r["whose"]) for r in ask(store, "overdue", today=TODAY))
    assert found == expected
    assert {whose for *_, whose in found} == {"unit", "collective", "nobody"}


def test_time_limits(store: Store, facts: Facts) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for task, limits in facts.due.items():
        expected.update((task, limit["due"], limit["span"][0], inherited) for limit, inherited in limits)
    for document in facts.documents.values():
        expected.update((None, d["due"], d["span"][0], False) for d in document["deadlines"] if not d["task"])
    for name in ("deadlines", "deadline-board"):
        found = ask(store, name, today=TODAY) if name == "deadline-board" else ask(store, name)
        assert Counter((row["task_id"], row["due_on"], row["start"], row["inherited"]) for row in found) == expected
    between = ask(store, "deadlines", due_from="2022-01-01", due_to="2022-12-31")
    assert len(between) == sum(n for (_, due, *_), n in expected.items() if due and "2022-01-01" <= due <= "2022-12-31")


def test_documents(store: Store, facts: Facts) -> None:
    found = {row["document_id"]: row for row in ask(store, "documents")}
    assert {id_: (row["document"], row["place_code"], row["tasks"]) for id_, row in found.items()} == {
        id_: (d["title"], d["place"], len(d["tasks"])) for id_, d in facts.documents.items()
    }
    for id_ in list(facts.documents)[:5]:
        tasks = ask(store, "document-tasks", document=id_)
        assert [row["task_id"] for row in tasks] == [task["id"] for task in facts.documents[id_]["tasks"]]
    for id_, document in facts.documents.items():
        kinds = Counter(row["kind"] for row in ask(store, "document-facts", document=id_))
        assert (kinds["task"], kinds["deadline"], kinds["principle"]) == tuple(
            len(document[part]) for part in ("tasks", "deadlines", "principles")
        )
        assert kinds["lead"] + kinds["participation"] == sum(role["document"] == id_ for role in facts.roles)
    stated = Counter((row["document_id"], row["start"]) for row in ask(store, "principles"))
    assert stated == Counter((id_, p["span"][0]) for id_, d in facts.documents.items() for p in d["principles"])
    (overview,) = ask(store, "overview")
    assert (overview["documents"], overview["tasks"]) == (len(facts.documents), len(facts.tasks))
    assert overview["deadlines"] == sum(len(d["deadlines"]) for d in facts.documents.values())
    roles = Counter(role["role"] for role in facts.roles)
    assert (overview["leads"], overview["participates"]) == (roles["LEADS"], roles["PARTICIPATES"])
    assert overview["places"] == len({d["place"] for d in facts.documents.values()} - {None})
