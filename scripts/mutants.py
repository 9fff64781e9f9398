"""Mutation testing: changes the code in one place at a time and asks whether a test fails, `make mutants`.

    python -m scripts.mutants [FILE …] [--tests PATH …] [--sample 60] [--seed 1] [--least 0.9]

Prints the share of mutants that the tests killed and each that survived, with its line. Ends with 1 where less than
`--least` of them died. A survivor is a gap in the tests, or says the same as the code does.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final

ROOT = Path(__file__).parents[1]

_CLAUSES = ("tests/loaders/facts/test_clauses.py", "tests/loaders/facts/test_clause_lines.py", "tests/loaders/test_golden.py")
_DECIDE = (
    "apply", "apply_names", "apply_words", "entries", "file", "identify", "journal", "preview", "reports", "reviews", "tasks",
    "told",
)  # fmt: skip
# By file or glob: the fast tests that answer for it. None of them starts an engine.
TESTED_BY: Final = {
    "loaders/facts/clauses.py": _CLAUSES,
    "loaders/facts/statements.py": _CLAUSES,
    "loaders/facts/deadlines.py": ("tests/loaders/facts/test_deadlines.py", "tests/loaders/test_golden.py"),
    "loaders/facts/no_deadline.py": ("tests/loaders/facts/test_deadlines.py", "tests/loaders/test_golden.py"),
    "kg/graph/rows.py": ("tests/kg/graph/test_rows.py",),
    "kg/decide/*.py": tuple(f"tests/kg/decide/test_{name}.py" for name in _DECIDE),
}
_COPIED: Final = ("kg", "loaders", "api", "exports", "scripts", "cypher", "seed", "tests", "docs", "web", "pyproject.toml")
_SLOWER = 10  # times the CPU seconds of the tests on the code as it is, after which a mutant is taken for an endless loop
_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """`file`, below ROOT, with `new` at `start:end`, offsets in bytes, where `old` stands."""

    file: Path
    line: int
    start: int
    end: int
    old: str
    new: str

    def text(self) -> bytes:
        """The whole file, changed."""
        data = (ROOT / self.file).read_bytes()
        return data[: self.start] + self.new.encode() + data[self.end :]

    def __str__(self) -> str:
        old, new = (" ".join(words.split()) for words in (self.old, self.new))
        return f"{self.file}:{self.line}: {old} -> {new}"


def mutants(file: Path) -> list[Mutant]:
    """All that `file`, below ROOT, has, in the order of their places."""
    data = (ROOT / file).read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, new in _changes(ast.parse(data)):
        start, end = starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        found.append(Mutant(file, node.lineno, start, end, data[start:end].decode(), new))
    return sorted(found, key=lambda m: (m.start, m.end, m.new))


def _changes(tree: ast.AST) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """Each node that can be changed with what it becomes. Left out is what does not run (types, docstrings, decorators, what
    only `import *` and type checkers read) and what would mean the same: None for a False that is returned, `not not x`."""
    for node in _running(tree):
        if isinstance(node, ast.expr):
            for changed in _changed(node):
                yield node, f"({ast.unparse(changed)})"
        elif isinstance(node, ast.Return) and node.value and not _is_none_or_false(node.value):
            yield node, "return None"
        elif isinstance(node, ast.Expr | ast.AugAssign | ast.Continue | ast.Break):
            yield node, "pass"
        if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(
            node.test, ast.Compare | ast.BoolOp | ast.UnaryOp
        ):
            yield node.test, f"(not ({ast.unparse(node.test)}))"


def _running(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):  # Python 3.11 does not know where its parts stand
        return
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        return
    if isinstance(node, ast.Assign) and (
        ast.unparse(node.targets[0]) == "__all__" or ast.unparse(node.value).startswith("TypeVar(")
    ):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
        if not isinstance(node.value, ast.Constant):  # without it, the function were none that yields
            yield from _running(node.value)
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _running(child)


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    new = copy.deepcopy(node)
    if isinstance(new, ast.Compare):
        for n, op in enumerate(new.ops):
            one = copy.deepcopy(new)
            one.ops[n] = _COMPARED[type(op)]()
            yield one
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
        yield new
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not):
        yield new.operand
    elif isinstance(new, ast.BinOp) and type(new.op) in _COMPUTED:
        new.op = _COMPUTED[type(new.op)]()
        yield new
    elif isinstance(new, ast.Constant):
        if isinstance(new.value, bool):
            new.value = not new.value
            yield new
        elif isinstance(new.value, int):
            yield ast.Constant(new.value + 1)
        elif isinstance(new.value, str):
            yield ast.Constant("" if new.value else "?")


def _is_none_or_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def survives(mutant: Mutant | None, tree: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether all `tests` pass in `tree`, a copy of ROOT, with that mutant in it, within so many seconds of CPU."""
    if mutant:
        (tree / mutant.file).write_bytes(mutant.text())
    environ = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    try:
        done = subprocess.run(
            [sys.executable, "-c", _LIMITED, str(int(seconds) + 1), *command, *tests],
            cwd=tree, env=environ, capture_output=True, check=False,
        )  # fmt: skip
    finally:
        if mutant:
            shutil.copy2(ROOT / mutant.file, tree / mutant.file)
    return done.returncode == 0


_LIMITED: Final = """
import os, resource, sys
seconds = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
os.execv(sys.argv[2], sys.argv[2:])
"""


def measure(chosen: Sequence[Mutant], tests: Sequence[str], jobs: int) -> list[Mutant]:
    """Those of `chosen` that survive. Raises SystemExit where the tests fail on the code as it is."""
    trees: SimpleQueue[Path] = SimpleQueue()
    with ExitStack() as held:
        for _ in range(jobs):
            tree = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="mutants-")))
            for name in _COPIED:
                source = ROOT / name
                shutil.copytree(source, tree / name) if source.is_dir() else shutil.copy2(source, tree / name)
            trees.put(tree)
        tree = trees.get()
        began = _children()
        if not survives(None, tree, tests, 3600):
            raise SystemExit(f"the tests fail without any mutant: {' '.join(tests)}")
        seconds = _SLOWER * (_children() - began)
        trees.put(tree)

        def lives(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                return survives(mutant, tree, tests, seconds)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            return [mutant for mutant, alive in zip(chosen, pool.map(lives, chosen), strict=True) if alive]


def _children() -> float:
    """CPU seconds of the processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutants", description="Whether tests see a change of the code.")
    parser.add_argument("files", nargs="*", help=f"[default {' '.join(TESTED_BY)}]")
    parser.add_argument("--tests", nargs="+", help="what to run for these files [default: what the script knows of each]")
    parser.add_argument("--sample", type=int, default=60, help="how many mutants of a file at most [default 60]")
    parser.add_argument("--seed", type=int, default=1, help="of the choice [default 1]")
    parser.add_argument("--least", type=float, default=0.9, help="the share that must be killed [default 0.9]")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    every = lived = 0
    for file in given.files or [str(path.relative_to(ROOT)) for glob in TESTED_BY for path in sorted(ROOT.glob(glob))]:
        tests = given.tests or next((t for glob, t in TESTED_BY.items() if Path(file).match(glob)), None)
        if not tests:
            parser.error(f"say by --tests what tests {file}")
        found = mutants(Path(file))
        chosen = sorted(random.Random(given.seed).sample(found, min(given.sample, len(found))), key=lambda m: m.start)
        if not chosen:
            continue
        survivors = measure(chosen, tests, given.jobs)
        every, lived = every + len(chosen), lived + len(survivors)
        print(f"{file}: {len(chosen) - len(survivors)} of {len(chosen)} killed, of {len(found)}", flush=True)
        for mutant in survivors:
            print(f"  {mutant}", flush=True)
    share = 1 - lived / every if every else 1.0
    print(f"killed {share:.3f}")
    return 0 if share >= given.least else 1


if __name__ == "__main__":
    sys.exit(main())
