"""Writes docs/scorecard.md: how much of hand-made gold the rules find, by kind of fact and by document.

docs/scorecard.json says the same to programs. Gold and the program that compares with it are not part of this repository; they
lie in ../shared. A test holds the page up.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

from kg.errors import KgError
from loaders.extract import extract

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "scorecard.md"
FIGURES: Final = PAGE.with_suffix(".json")
SHARED: Final = ROOT.parent / "shared"
SCORE: Final = SHARED / "score.py"

SETS: Final = {
    "Gold that the rules were written with": SHARED / "gold",
    "Held out: annotated before the output was looked at": ROOT / "tests" / "holdout",
}
KINDS: Final = {
    "clause": "units named in clauses (责任单位): role and words",
    "link": "tasks that those units are put on: each wrong one is false",
    "narrative": "units whose duty is told in prose",
    "deadline": "deadlines: words, start, due date and period",
    "principle": "principles (基本原则)",
    "task": "tasks: where they begin",
    "task_link": "clause units found that hang on the right task",
    "name": "clause units found whose elided name is restored",
}
ALL: Final = "all"

_HOW_TO_READ: Final = """\
Each figure compares what the rules read with what people marked by hand. Precision: of the facts read, the share that is
right; recall: of the facts marked, the share that is read; F1: their harmonic mean. `task_link` and `name` look only at
clause units that were found, so they have a recall alone. In the second table a cell says `found/marked +false`. The rules
may have been fitted to the documents of the first section. Those of the second were annotated before anyone looked at what the
rules read in them; what that look found has been mended since by general rules, so the README gives the figures of the first
look, which are what to expect of new documents. Prose duties (`narrative`) are the hardest to read, and the rules leave one
out where they are in doubt.
"""


class Count(NamedTuple):
    """Facts found, read without being there, and missed."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Card = dict[tuple[str, str, str], Count]
"""(title of the set, document or ALL, kind) -> count."""


def measure() -> Card:
    """The figures as they are now. Raises FileNotFoundError without ../shared, or where a document of the gold is missing."""
    judge, card = _judge(), Card()
    for title, folder in SETS.items():
        for file in sorted(folder.glob("*.json")):
            gold = json.loads(file.read_text(encoding="utf-8"))
            path = _document(gold)
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != gold["sha256"]:
                raise FileNotFoundError(f"{path.name} is not the text that {file.name} was made on")
            try:
                read = judge.gather(extract(data, path.name).as_json()["documents"])
            except KgError:  # all its gold is missed
                read = {kind: [] for kind in judge.MEASURES}
            for kind, counts in judge.score(gold, read, data.decode("utf-8"), lambda *_: None).items():
                card[title, path.name, kind] = Count(*counts)
                total = card.get((title, ALL, kind), Count())
                card[title, ALL, kind] = Count(*map(sum, zip(total, counts, strict=True)))
    return card


def _judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORE)
    if spec is None or spec.loader is None or not SCORE.exists():
        raise FileNotFoundError(f"no {SCORE.relative_to(ROOT.parent)} beside this checkout")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _document(gold: Mapping[str, str]) -> Path:
    found = next((p for folder in (ROOT / "seed", SHARED / "corpus") if (p := folder / gold["file"]).exists()), None)
    if found is None:
        raise FileNotFoundError(f"no {gold['file']} in seed/ or ../shared/corpus")
    return found


def page(card: Card) -> str:
    """The page that shows `card`."""
    parts = ["# Scorecard\n", "Made by `make scorecard`; the tests fail when a figure falls.\n", _HOW_TO_READ]
    for title in SETS:
        kinds = [kind for kind in KINDS if (title, ALL, kind) in card]
        documents = sorted({document for in_, document, _ in card if in_ == title} - {ALL})
        parts.append(f"## {title}\n")
        if not documents:
            parts.append("No such documents yet.\n")
            continue
        lines = ["| kind | what | precision | recall | F1 | marked |", "| --- | --- | --- | --- | --- | --- |"]
        for kind in kinds:
            count = card[title, ALL, kind]
            share = kind in ("task_link", "name")
            precision, f1 = ("", "") if share else (f"{count.precision:.3f}", f"{count.f1:.3f}")
            marked = count.found + count.missed
            lines.append(f"| {kind} | {KINDS[kind]} | {precision} | {count.recall:.3f} | {f1} | {marked} |")
        lines += ["", f"| document | {' | '.join(kinds)} |", f"| --- |{' --- |' * len(kinds)}"]
        for document in (*documents, ALL):
            cells = (_cell(card.get((title, document, kind))) for kind in kinds)
            lines.append(f"| {document} | {' | '.join(cells)} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _cell(count: Count | None) -> str:
    return f"{count.found}/{count.found + count.missed} +{count.false}" if count else ""


def published(text: str) -> Card:
    """The figures that a page shows."""
    card, title = Card(), ""
    kinds: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            title, kinds = line.removeprefix("## "), []
        elif cells[0] == "document":
            kinds = cells[1:]
        elif kinds and line.startswith("|"):
            for kind, cell in zip(kinds, cells[1:], strict=True):
                if found := re.fullmatch(r"(\d+)/(\d+) \+(\d+)", cell):
                    hits, marked, false = map(int, found.groups())
                    card[title, cells[0], kind] = Count(hits, false, marked - hits)
    return card


def figures(card: Card) -> dict[str, Any]:
    """What the page shows, for GET /scorecard (api.models.Scorecard)."""

    def of(title: str, document: str) -> dict[str, Any]:
        counts = {kind: card[title, document, kind] for kind in KINDS if (title, document, kind) in card}
        rounded = {
            kind: {f: round(getattr(count, f), 4) for f in ("precision", "recall", "f1")} for kind, count in counts.items()
        }
        return {kind: count._asdict() | rounded[kind] for kind, count in counts.items()}

    sets = []
    for title in SETS:
        documents = sorted({document for in_, document, _ in card if in_ == title} - {ALL})
        rows = [{"document": document, "kinds": of(title, document)} for document in documents]
        sets.append({"title": title, "documents": rows, "all": of(title, ALL)})
    return {"kinds": KINDS, "sets": sets}


def as_text(said: dict[str, Any]) -> str:
    """The file of these figures."""
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def fallen(before: Card, now: Card) -> Iterator[str]:
    """A line for each figure that is worse than it was, or is measured no more."""
    for key, was in before.items():
        title, document, kind = key
        where = f"{kind} of {document} ({title})"
        if key not in now:
            yield f"{where}: no longer measured"
            continue
        for figure in ("precision", "recall", "f1"):
            former, present = getattr(was, figure), getattr(now[key], figure)
            if present < former and (figure == "f1" or document == ALL):
                yield f"{where}: {figure} {former:.4f} -> {present:.4f}"


def main() -> int:
    """Writes the page, and says which figures fell."""
    try:
        card = measure()
    except FileNotFoundError as error:
        print(f"no scorecard: {error}", file=sys.stderr)
        return 1
    former = published(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else Card()
    for line in fallen(former, card):
        print(f"fallen: {line}", file=sys.stderr)
    PAGE.write_text(page(card), encoding="utf-8")
    FIGURES.write_text(as_text(figures(card)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
