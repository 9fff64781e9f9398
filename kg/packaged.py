"""Where our own files that are no code lie: queries, the page, figures."""

from __future__ import annotations

from pathlib import Path


def packaged(name: str) -> Path:
    """The file or folder `name`: inside the package when installed, beside it in the repository."""
    inside = Path(__file__).parent / name
    return inside if inside.exists() else Path(__file__).parents[1] / name
