"""Mentions in real documents that people judged: each is the agency it should be, and no two agencies are made one."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from loaders.extract import extract
from loaders.names.agencies import NATION, Scope, resolve
from loaders.names.collectives import COLLECTIVE
from loaders.text.view import plain, simplified, squeezed

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
JUDGED = SHARED / "gold" / "identity" / "judged.tsv"
LEAST = 0.97

needs_judged = pytest.mark.skipif(not JUDGED.exists(), reason=f"no {JUDGED.relative_to(ROOT.parent)} beside this checkout")


def wanted() -> dict[tuple[str, str], str]:
    """The right id of each judged mention, by document and surface."""
    with JUDGED.open(encoding="utf-8", newline="") as judged:
        table = list(csv.DictReader(judged, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = Path(__file__).with_name("identity.tsv").read_text(encoding="utf-8").splitlines()
    right = {(document, surface): id_ for document, surface, id_ in (line.split("\t") for line in lines if line[0] != "#")}
    return {(row["document"], row["surface"]): row["id"] for row in table} | right


def found(document: str, surfaces: list[str]) -> dict[str, set[str]]:
    """The ids that the mentions of a document have; of one that is no longer read as an assignment that of the words alone."""
    (path,) = (path for path in (SHARED / "corpus").glob(f"{document}_*.txt") if ".derived" not in path.name)
    documents = extract(path.read_bytes(), path.name).documents
    ids: dict[str, set[str]] = defaultdict(set)
    for one in documents:
        for a in one.assignments:
            ids[squeezed(a.surface)].add(a.agency.id.replace(one.id, "~"))
    scope = Scope("~", documents[0].place or (NATION if any(a.agency.id[0] == "-" for a in documents[0].assignments) else None))
    for surface in surfaces:
        if squeezed(surface) not in ids:
            name = squeezed(plain(simplified(surface)))
            ids[f"~{surface}"].add(resolve(name, scope, bool(COLLECTIVE.search(name))).id)
    return ids


@needs_judged
def test_judged_mentions() -> None:
    by_document: dict[str, dict[str, str]] = defaultdict(dict)
    for (document, surface), id_ in wanted().items():
        by_document[document][surface] = id_
    wrong: list[tuple[str, str, str, set[str]]] = []
    meant: dict[str, set[str]] = defaultdict(set)  # what the mentions with an id should be
    for document, mentions in by_document.items():
        ids = found(document, list(mentions))
        for surface, id_ in mentions.items():
            read = ids.get(squeezed(surface), set())
            if id_ != "-":
                read = read or ids[f"~{surface}"]
                for one in read:
                    meant[one if one[0] != "~" else document + one].add(id_)
            if read != ({id_} if id_ != "-" else set()):
                wrong.append((document, surface, id_, read))
    assert {id_: ids for id_, ids in meant.items() if len(ids) > 1} == {}
    count = sum(map(len, by_document.values()))
    assert len(wrong) <= (1 - LEAST) * count, wrong
