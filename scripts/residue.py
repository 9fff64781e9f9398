"""Counts what gave no fact over files without gold: python -m scripts.residue [--against REF] [PATH …]

Without paths: ../shared/wide and ../shared/corpus. With --against it also prints which facts and which residue were gained
and lost since a commit, whose own code reads the same files in a worktree of its own, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
SHARED: Final = ROOT.parent / "shared"
_KINDS: Final = frozenset({".txt", ".html", ".md"})
_MOST: Final = 60  # gains and losses that are printed
_AROUND: Final = 24  # code points printed on each side of one

# What the other process runs: only what every commit has, so that old code reads the same way.
_READ: Final = """
import json, sys
from pathlib import Path
from kg.errors import KgError
from loaders.extract import extract
for line in sys.stdin:
    path = Path(line.rstrip("\\n"))
    try:
        read = extract(path.read_bytes(), path.name)
    except KgError as error:
        print(json.dumps([str(path), str(error), []]))
        continue
    print(json.dumps([str(path), read.source.text, read.as_json()["documents"]]))
"""


class Reading(NamedTuple):
    """What one file gave: `text` is its words, or why it was not read where `documents` is None."""

    text: str
    documents: list[dict[str, Any]] | None


class Count(NamedTuple):
    """`mentions` are all of agencies, those that gave facts included; `reasons` counts the rest by kind and reason."""

    files: int
    unread: int
    mentions: int
    reasons: Counter[tuple[str, str | None]]

    @property
    def unexplained(self) -> int:
        return self.reasons["mention", None]


def files(paths: list[Path]) -> list[Path]:
    """The texts and web pages in `paths`, those in folders included, in order."""
    inside = (sorted(p for p in path.iterdir() if p.suffix in _KINDS) if path.is_dir() else [path] for path in paths)
    return [file for folder in inside for file in folder]


def readings(paths: list[Path], tree: Path = ROOT) -> dict[str, Reading]:
    """What the code in `tree` reads in the files."""
    run = subprocess.run(
        [sys.executable, "-c", _READ], input="".join(f"{path.resolve()}\n" for path in paths), stdout=subprocess.PIPE,
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    found: dict[str, Reading] = {}
    for line in run.stdout.splitlines():
        path, text, documents = json.loads(line)
        found[path] = Reading(text, documents or None)
    return found


def count(found: dict[str, Reading]) -> Count:
    """Mentions and residue over all files."""
    reasons: Counter[tuple[str, str | None]] = Counter()
    facts = 0
    for document in (document for reading in found.values() for document in reading.documents or ()):
        facts += len({tuple(a["span"]) for a in document["assignments"]})
        reasons.update((left["kind"], left["reason"]) for left in document.get("residue", ()))
    mentions = facts + sum(n for (kind, _), n in reasons.items() if kind == "mention")
    return Count(len(found), sum(r.documents is None for r in found.values()), mentions, reasons)


def facts_of(reading: Reading) -> set[tuple[int, int, str]]:
    """Assignments and residue without a reason, as span and what it is."""
    found: set[tuple[int, int, str]] = set()
    for document in reading.documents or ():
        found |= {(*a["span"], f"{a['role']} {a['basis']}") for a in document["assignments"]}
        found |= {
            (*left["span"], f"unexplained {left['kind']}") for left in document.get("residue", ()) if left["reason"] is None
        }
    return found


def changes(before: dict[str, Reading], now: dict[str, Reading]) -> list[tuple[str, str, str, str]]:
    """+ or -, what it is, the file, and the words around it, file by file."""
    lines: list[tuple[str, str, str, str]] = []
    for path, reading in now.items():
        old = before.get(path, Reading("", None))
        for mark, here, more, less in (
            ("-", old, facts_of(old), facts_of(reading)),
            ("+", reading, facts_of(reading), facts_of(old)),
        ):
            for start, end, what in sorted(more - less):
                words = (
                    f"{here.text[max(0, start - _AROUND) : start]}【{here.text[start:end]}】{here.text[end : end + _AROUND]}"
                )
                lines.append((mark, what, Path(path).name, " ".join(words.split())))
    return lines


def report(counted: Count) -> str:
    """The figures as lines of text."""
    share = counted.unexplained / counted.mentions if counted.mentions else 0.0
    lines = [
        f"{counted.files} files, {counted.unread} without a task; {counted.mentions} mentions, "
        f"{counted.unexplained} unexplained ({share:.2%})"
    ]
    lines += [f"{n:7} {kind:8} {reason or '(unexplained)'}" for (kind, reason), n in counted.reasons.most_common()]
    return "\n".join(lines)


def at_commit(ref: str, paths: list[Path]) -> dict[str, Reading]:
    """What the code of a commit reads in the files."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), ref], cwd=ROOT, check=True)
        try:
            return readings(paths, tree)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def main(argv: list[str] | None = None) -> int:
    """Prints the figures; 1 where there are no files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--against", metavar="REF", help="a commit to compare with")
    arguments = parser.parse_args(argv)
    chosen = files(arguments.paths or [folder for folder in (SHARED / "wide", SHARED / "corpus") if folder.is_dir()])
    if not chosen:
        print("no files: name some, or lay ../shared beside this checkout", file=sys.stderr)
        return 1
    now = readings(chosen)
    print(report(count(now)))
    if arguments.against:
        lines = changes(at_commit(arguments.against, chosen), now)
        print(f"\nsince {arguments.against}:")
        for (mark, what), n in sorted(Counter((mark, what) for mark, what, *_ in lines).items(), key=lambda row: row[0][1]):
            print(f"{mark}{n:6} {what}")
        for mark, what, file, words in lines[:_MOST]:
            print(f"{mark} {what:24} {file}: {words}")
        if len(lines) > _MOST:
            print(f"… and {len(lines) - _MOST} more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
