"""Patterns are read by people: each is at most three lines long, longer ones are made of parts that have names."""

from __future__ import annotations

import ast
from pathlib import Path
from unicodedata import east_asian_width

import pytest

LOADERS = Path(__file__).parents[2] / "loaders"
FILES = sorted(LOADERS.rglob("*.py"))
LINES, COLUMNS = 3, 128


def _width(line: str) -> int:
    """Columns, of which a Chinese character takes two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


def _words(tree: ast.Module) -> list[ast.expr]:
    """Every string but docstrings, and what is compiled."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said |= {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node
    }
    strings = [
        node
        for node in ast.walk(tree)
        if id(node) not in said
        and (isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)))
    ]
    compiled = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile" and node.args
    ]
    return [*strings, *compiled]


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(LOADERS)) for file in FILES])
def test_a_pattern_is_at_most_three_lines_long(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    spans = {(node.lineno, node.end_lineno or node.lineno) for node in _words(ast.parse(text))}
    assert not [f"{first}-{last}" for first, last in sorted(spans) if last - first >= LINES]
    assert not [n for first, last in sorted(spans) for n in range(first, last + 1) if _width(lines[n - 1]) > COLUMNS]
