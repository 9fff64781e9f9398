"""What the page is checked against is what the API answers today."""

from __future__ import annotations

from scripts.answers import DECLARATIONS, declarations


def test_the_declarations_are_up_to_date() -> None:
    assert DECLARATIONS.read_text(encoding="utf-8") == declarations()


def test_a_declaration_says_what_may_be_missing() -> None:
    row = declarations().partition("interface LedgerRow {")[2].partition("}")[0]
    assert "    task_id: string;\n" in row
    assert "    task: string | null;\n" in row
    assert '    kind: "task" | "safeguard" | "step" | "general";\n' in row
    assert "    leads: Array<LedgerLeads>;\n" in row
