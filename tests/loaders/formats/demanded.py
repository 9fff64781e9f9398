"""What the same words demand, whatever file they come in."""

from __future__ import annotations

from typing import Any

from loaders.extract import extract


def facts(data: bytes, name: str) -> list[dict[str, Any]]:
    """What is demanded, without where it stands."""

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: said(inner) for key, inner in value.items() if key not in ("span", "clause", "residue", "page")}
        return [said(inner) for inner in value] if isinstance(value, list) else value

    documents: list[dict[str, Any]] = said(extract(data, name).as_json()["documents"])
    return documents
