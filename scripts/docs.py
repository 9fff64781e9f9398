"""Writes docs/queries.md from the headers of cypher/, docs/graph.md from kg/schema.py, docs/rules.md from the rules of
loaders/, docs/licences.md from the locks and web/zh.js, the Chinese words of the page, from kg/words/zh.tsv. A test holds them
up to date."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kg import schema
from kg.ask.queries import load_queries
from kg.ask.signature import option
from kg.words import zh
from loaders.facts.no_deadline import REASONS as NO_DEADLINE
from loaders.facts.residue import REASONS as NO_FACT
from loaders.facts.times import RULES as TIMES
from loaders.lexicon.table import rows as rows_of
from scripts.parts import ROOT, parts


def pages() -> dict[str, str]:
    """The text of each file that is made, by its path from ROOT."""
    return {
        "docs/queries.md": _queries(),
        "docs/graph.md": _graph(),
        "docs/rules.md": _rules(),
        "docs/licences.md": _licences(),
        "web/zh.js": _words(),
    }


def _queries() -> str:
    parts = ["# The canned queries\n\nMade from the headers of `cypher/*.cypher` by `python -m scripts.docs`.\n"]
    for query in load_queries().values():
        parts.append(f"## {query.name}\n\n{query.answers}\n\n`GET {query.path}` · `{query.command}`\n")
        if query.notes:
            parts.append(query.notes + "\n")
        options = [
            (f"`{option(p.name)}`", str(p.type), "required" if p.required else _said(p.default), p.describe)
            for p in query.parameters
        ]
        parts.append(_table(("parameter", "type", "default", "meaning"), options))
        parts.append(_table(("column", "type", "meaning"), [(f"`{c.name}`", str(c.type), c.describe) for c in query.columns]))
    return "\n".join(parts)


def _graph() -> str:
    parts = ["# The graph\n\nMade from `kg/schema.py` by `python -m scripts.docs`. Every node has a unique `id`.\n"]
    for node in schema.NODES:
        parts.append(f"## {node.label}\n\n{node.describe}.\n")
        parts.append(_table(("property", "what it says"), [(f"`{p}`", says) for p, says in node.properties.items()]))
    parts.append("## Relationships\n")
    rows = [
        (f"`({'|'.join(r.start)})-[:{r.type}]->({'|'.join(r.end)})`", r.describe, ", ".join(f"`{p}`" for p in r.properties))
        for r in schema.RELATIONSHIPS
    ]
    parts.append(_table(("pattern", "says that", "properties"), rows))
    parts.append(f"An Agency that is many agencies named as one has a second label, `{schema.COLLECTIVE}`.\n")
    return "\n".join(parts)


def _rules() -> str:
    parts = [
        "# The rules of extraction\n\nMade from loaders/ by `python -m scripts.docs`. Each assignment and deadline names the"
        " rule that read it: `rule` in the JSON of `kg extract`. A test reads every example of the first table.\n",
        "## Who must act\n\n⏎ is a line end.\n",
    ]
    names = zh.table()["rule"]
    units = [(f"`{rule}`", names[rule], what, example) for rule, what, example in rows_of("lexicon", "rules.tsv", 3)]
    parts.append(_table(("rule", "中文", "reads", "例"), units))
    parts.append("## By when\n\n| stands between the words of the time and those around it.\n")
    times = [(f"time-{rule.name.replace(' ', '-')}", rule.examples) for rule in TIMES]
    parts.append(_table(("rule", "中文", "例"), [(f"`{rule}`", names[rule], examples) for rule, examples in times]))
    parts.append("A time at which nothing is due, by the words before or after it:\n")
    parts.append(_table(("reason", "例"), [(reason.name, reason.examples) for reason in NO_DEADLINE]))
    parts.append("## What gave no fact\n\nWhy a mention, a label or a verb gave none; one without a reason is unexplained.\n")
    parts.append(_table(("reason", "means"), [(f"`{reason}`", means) for reason, means in NO_FACT.items()]))
    return "\n".join(parts)


def _licences() -> str:
    head = (
        "# Licences\n\nWhat duty-kg is made of, from the locks and `web/vendor`, by `python -m scripts.docs`; duty-kg itself is"
        " under Apache-2.0. Tests and extras are no part of what is installed unless they are asked for.\n"
    )
    rows = [(part.name, part.version, part.licence, part.needed_by) for part in parts()]
    return "\n".join([head, _table(("package", "version", "licence", "needed by"), rows)])


def _words() -> str:
    parts = ["// The Chinese words of kg/words/zh.tsv, by where they stand. Made by `make docs`; change the table, not this.\n"]
    for where, words in zh.table().items():
        if where == "failure":  # the service says these in Chinese itself
            continue
        lines = "".join(
            f"  {name if name.isidentifier() else _quoted(name)}: {_quoted(word)},\n" for name, word in words.items()
        )
        parts.append(f"export const {where.upper().replace(' ', '_')} = {{\n{lines}}};\n")
    return "\n".join(parts)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |\n" for line in lines)


def _said(default: str | list[str] | None) -> str:
    return "" if default is None else ", ".join(default) if isinstance(default, list) else default


def main() -> None:
    """Writes the files."""
    for name, text in pages().items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
