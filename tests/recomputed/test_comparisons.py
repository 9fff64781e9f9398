"""Answers that hold tasks and documents against each other, against what plain Python makes of the extraction JSON: the seeds,
and other documents where they lie beside the project."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, permutations

import pytest

from kg.engine.store import Store
from kg.words.similar import BEST, PROOF, THRESHOLD, Bigrams, bigrams, commonplaces, score
from tests.recomputed.facts import Facts, Row, ask

MORE = ("006", "030_gov_consumption_poverty.html", "035", "043")


class Likeness:
    """How alike the tasks proper of several documents are."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.held: dict[str, dict[str, Bigrams]] = defaultdict(dict)
        for id_, task in facts.tasks.items():
            if task["kind"] == "task":
                text = facts.document(id_)["text"]
                clauses = {text[slice(*a["clause"])] for a in facts.of_task[id_] if a["basis"] == "clause"}
                self.held[task["document"]][id_] = bigrams(task["title"], text[slice(*task["span"])], clauses)

    @cached_property
    def alike(self) -> dict[str, dict[str, int]]:
        """What is alike in other documents, with the score."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for ours, theirs in combinations(self.held.values(), 2):
            for one, words in ours.items():
                for other, others in theirs.items():
                    if (likeness := score(words, others)) >= THRESHOLD:
                        found[one][other] = found[other][one] = likeness
        assert max(map(len, found.values())) <= BEST, "some are not linked then"
        return found

    def likest(self, task: str, document: str) -> tuple[str, int]:
        """The first of the likest tasks of a document, and how alike it is."""
        own = self.held[self.facts.tasks[task]["document"]][task]
        scores = {other: score(own, words) for other, words in self.held[document].items()}
        best = max(scores, key=lambda other: scores[other], default="")
        return best, scores.get(best, 0)

    def paired(self, one: str, other: str) -> bool:
        ours, theirs = (self.facts.tasks[task]["document"] for task in (one, other))
        return self.likest(one, theirs) == (other, (found := self.likest(other, ours))[1]) and found[0] == one

    @cached_property
    def same(self) -> dict[str, list[str]]:
        """What is the same work in other documents."""
        held = {task: words for tasks in self.held.values() for task, words in tasks.items()}

        def one_work(one: str, other: str) -> bool:
            return len((held[one].all & held[other].all) - commonplaces()) >= PROOF and self.paired(one, other)

        found = {one: [other for other in others if one_work(one, other)] for one, others in self.alike.items()}
        return {one: others for one, others in found.items() if others}


@pytest.fixture(scope="module")
def likeness(facts: Facts) -> Likeness:
    return Likeness(facts)


def place(facts: Facts, task: str) -> str | None:
    found: str | None = facts.document(task)["place"]
    return found


def leads(facts: Facts, task: str) -> list[str]:
    """Who leads by a clause what must be done: lines of work, in the order of the text."""
    named = [a for a in facts.of_task[task] if (a["role"], a["basis"], a["modality"]) == ("LEADS", "clause", "must")]
    named.sort(key=lambda a: (a["span"][0], a["agency"]))
    return [a["function"] or facts.agencies[a["agency"]].short for a in named]


def lines(row: Row, column: str = "leads") -> list[str]:
    return [unit["function"] for unit in row[column]]


def elsewhere(facts: Facts, one: str, other: str) -> bool:
    places = place(facts, one), place(facts, other)
    return None not in places and places[0] != places[1]


def test_similar_tasks(store: Store, facts: Facts, likeness: Likeness) -> None:
    found = ask(store, "similar-tasks")
    assert Counter((r["task_id"], r["other_task_id"], r["score"], r["same"], r["across_places"]) for r in found) == Counter(
        (one, other, points, other in likeness.same.get(one, ()), elsewhere(facts, one, other))
        for one, others in likeness.alike.items()
        for other, points in others.items()
    )


def test_unique_tasks(store: Store, facts: Facts, likeness: Likeness) -> None:
    homes = {place(facts, task) for tasks in likeness.held.values() for task in tasks} - {None}
    found = {row["task_id"]: row for row in ask(store, "unique-tasks")}
    assert found.keys() == {
        task
        for tasks in likeness.held.values()
        for task in tasks
        if place(facts, task) and not any(elsewhere(facts, task, other) for other in likeness.alike[task])
    }
    for task, row in found.items():
        nearest = max(likeness.alike[task].values(), default=None)
        assert (row["compared"], row["nearest"] and row["nearest"]["score"]) == (len(homes - {row["place_code"]}), nearest)


def test_who_leads_in_which_place(store: Store, facts: Facts, likeness: Likeness) -> None:
    around: dict[str, list[str]] = {}
    for task, others in likeness.alike.items():
        if place(facts, task):
            near = [task, *(other for other in others if elsewhere(facts, task, other))]
            centre = min(near, key=lambda one: (-len(likeness.alike[one]), one))
            around[centre] = [centre, *(other for other in likeness.alike[centre] if elsewhere(facts, centre, other))]
    expected = {centre: group for centre, group in around.items() if len({place(facts, task) for task in group}) > 1}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ask(store, "compare-leads"):
        found[row["work_id"]].append(row)
    assert {work: sorted(row["task_id"] for row in rows) for work, rows in found.items()} == {
        work: sorted(group) for work, group in expected.items()
    }
    for rows in found.values():
        by_place: dict[str, list[list[str]]] = defaultdict(list)
        for row in rows:
            assert lines(row) == leads(facts, row["task_id"])
            if row["leads"]:
                by_place[row["place_code"]].append(lines(row))
        named = [{line for units in of for line in units} for of in by_place.values()]
        common = set.intersection(*named) if named else set()
        first = set.intersection(*({units[0] for units in of} for of in by_place.values())) if named else set()
        differs = any(units != common for units in named) if len(named) > 1 else None
        kind = ("list" if first else "first") if differs else None
        assert {(row["differs"], row["differs_in"], *row["common_leads"]) for row in rows} == {(differs, kind, *sorted(common))}


def test_works(store: Store, facts: Facts, likeness: Likeness) -> None:
    same = likeness.same
    centres = {min([task, *same[task]], key=lambda one: (-len(same[one]), one)) for task in same}
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in ask(store, "same-work"):
        found[row["work_id"]][row["task_id"]] = row
    assert found
    assert {work: rows.keys() for work, rows in found.items()} == {centre: {centre, *same[centre]} for centre in centres}
    for work, rows in found.items():
        homes = {place(facts, task) for task in rows} - {None}
        assert len({row["document_id"] for row in rows.values()}) == len(rows)
        for task, row in rows.items():
            assert (row["documents"], row["places"], row["score"]) == (len(rows), len(homes), likeness.alike[work].get(task))
            assert lines(row) == leads(facts, task)
    some = ask(store, "same-work", level="county")
    counties = {task for task in facts.tasks if (place(facts, task) or "00")[-2:] != "00"}
    assert {row["work_id"] for row in some} == {
        min([task, *same[task]], key=lambda one: (-len(same[one]), one)) for task in same if task in counties
    }


def level(document: Row) -> str | None:
    code = document["place"]
    if code is None:
        return "nation" if "nation" in document["issuers"] else None
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def test_lines_through_the_levels(store: Store, facts: Facts, likeness: Likeness) -> None:
    for task, others in likeness.same.items():
        own = facts.document(task)
        expected = {("itself", task)}
        for other in others:
            theirs = facts.document(other)
            top = [level(document) == "nation" and document["place"] is None for document in (own, theirs)]
            if (
                theirs["place"] in facts.above(own["place"])
                or (own["place"] and own["place"] in facts.above(theirs["place"]))
                or (top[0] and theirs["place"])
                or (top[1] and own["place"])
            ):
                expected.add(("same", other))
        found = ask(store, "cascade", task=task)
        assert {(row["link"], row["task_id"]) for row in found if row["link"] != "cited"} == expected
        ranks = [("nation", "province", "city", "county").index(row["level"] or "nation") for row in found]
        assert ranks == sorted(ranks)
        assert all(row["level"] == level(facts.documents[row["document_id"]]) for row in found if row["task_id"])


def dates(facts: Facts, task: str) -> set[str]:
    """Its own days, counted from the year of its document."""
    year = facts.document(task)["year"]
    return {
        f"{int(limit['due'][:4]) - year}{limit['due'][4:]}"
        if limit["due"]
        else limit["every"] or limit["within"] or limit["surface"]
        for limit, inherited in facts.due[task]
        if not inherited
    }


def dated_pairs(facts: Facts) -> Iterator[tuple[str, str]]:
    """Documents to hold against each other: those that say most."""
    ranked = sorted((d for d in facts.documents.values() if d["year"]), key=lambda d: (-len(d["tasks"]), d["id"]))
    yield from permutations([d["id"] for d in ranked[:3]], 2)


def test_changes(store: Store, facts: Facts, likeness: Likeness) -> None:
    for since, document in dated_pairs(facts):
        expected: dict[tuple[str | None, str | None], tuple[str, bool | None, bool | None]] = {}
        taken = set()
        for task in likeness.held[document]:
            former, points = likeness.likest(task, since)
            if points < THRESHOLD or not likeness.paired(task, former):
                expected[task, None] = "added", None, None
                continue
            taken.add(former)
            now, then = set(leads(facts, task)), set(leads(facts, former))
            lead = now != then if now or then else None
            days, before = dates(facts, task), dates(facts, former)
            date = days != before if days or before else None
            expected[task, former] = "moved" if lead or date else "kept", lead, date
        expected |= {(None, former): ("dropped", None, None) for former in likeness.held[since] if former not in taken}
        found = ask(store, "changes", document=document, former=since)
        assert {(r["task_id"], r["former_task_id"]): (r["change"], r["lead_moved"], r["date_moved"]) for r in found} == expected
        for row in found:
            text, former_text = facts.documents[document]["text"], facts.documents[since]["text"]
            assert row["task_id"] is None or text[row["start"] : row["end"]] == row["quote"]
            assert row["former_task_id"] is None or former_text[row["former_start"] : row["former_end"]] == row["former_quote"]


def test_gaps(store: Store, facts: Facts, likeness: Likeness) -> None:
    for document, counterpart in dated_pairs(facts):
        nearest = {task: likeness.likest(task, counterpart)[1] for task in likeness.held[document]}
        found = ask(store, "gaps", document=document, counterpart=counterpart)
        assert {row["task_id"]: row["nearest"]["score"] if row["nearest"] else 0 for row in found} == {
            task: points for task, points in nearest.items() if points < THRESHOLD
        }


def test_what_binds_through_collectives(store: Store, facts: Facts) -> None:
    for code in ("140406", "140400", "500110", "430400", "511600", "211200"):
        rank = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
        around = {code[:2] + "0000", code[:4] + "00", code}
        binding = {
            id_
            for id_, c in facts.agencies.items()
            if c.collective and c.binds == "all" and f"{rank} government" in c.members
            if c.level == "nation" or c.place in around
        }
        found = ask(store, "bound-by-collectives", place_code=code)
        assert Counter((r["collective_id"], r["task_id"], r["role"], r["basis"], r["quote"]) for r in found) == Counter(
            (a["agency"], a["task"], a["role"], a["basis"], a["surface"]) for a in facts.roles if a["agency"] in binding
        )
    for agency, unit in facts.agencies.items():
        homes = {unit.place, *facts.above(unit.place)}
        binding = {
            id_
            for id_, c in facts.agencies.items()
            if c.collective and c.binds == "all" and c.resolved and {unit.rank, f"{unit.level} {unit.function}"} & {*c.members}
            if unit.rank and (c.level == "nation" or (unit.place and c.place in homes))
        }
        if binding:
            found = ask(store, "bound-by-collectives", agency=agency)
            assert Counter((r["collective_id"], r["task_id"], r["role"], r["basis"]) for r in found) == Counter(
                (a["agency"], a["task"], a["role"], a["basis"]) for a in facts.roles if a["agency"] in binding
            )


def test_principles_in_common(store: Store, facts: Facts) -> None:
    stated = [(d["id"], d["place"], p) for d in facts.documents.values() for p in d["principles"]]
    said = [part for *_, p in stated for part in re.split('[，,；;。“”" 、]', p["text"])]
    for verb in ("坚持", "注重", "强化", "突出", "鼓励", "倡导"):
        said = [part.removeprefix(verb) for part in said]
    expected = Counter[tuple[str, int, str, int]]()
    for part in {part for part in said if len(part) >= 4}:
        holding = [(id_, home, p) for id_, home, p in stated if part in p["text"]]
        places = len({home for _, home, _ in holding} - {None})
        expected.update((part, places, id_, p["span"][0]) for id_, _, p in holding)
    found = ask(store, "compare-principles")
    assert Counter((r["principle"], r["places"], r["document_id"], r["start"]) for r in found) == expected


def test_citations(store: Store, facts: Facts) -> None:
    """Each thing that a document cites once, where it does first; itself not."""
    expected = Counter[tuple[str, str, int]]()
    for document in facts.documents.values():
        cited = set()
        for c in sorted(document["citations"], key=lambda c: c["span"]):
            itself = c["doc_number"] in (None, document["doc_number"]) and c["title"] in (None, document["title"])
            if not itself and (key := c["doc_number"] or c["title"]) not in cited:
                cited.add(key)
                expected[document["id"], document["text"][slice(*c["span"])], c["span"][0]] += 1
    found = ask(store, "cited-documents")
    assert Counter((by["document_id"], by["quote"], by["start"]) for row in found for by in row["cited_by"]) == expected
    for row in found:
        citing = [facts.documents[by["document_id"]]["place"] for by in row["cited_by"]]
        assert (row["documents"], row["places"]) == (len(citing), len({*citing} - {None}))
    by = ask(store, "citing-documents", cited="国")
    named = [row for row in found if "国" in (row["cited"] or "") + (row["doc_number"] or "")]
    assert {row["cited_id"] for row in named} <= {row["cited_id"] for row in by}
    for row in by:
        inside = [
            task
            for task in facts.documents[row["document_id"]]["tasks"]
            if task["span"][0] <= row["start"] and row["end"] <= task["span"][1]
        ]
        innermost = min(inside, key=lambda task: task["span"][1] - task["span"][0], default={"id": None})
        assert row["task_id"] == innermost["id"]
