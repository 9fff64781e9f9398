"""Where our own files that are no code lie: queries, the page, figures."""

from __future__ import annotations

from pathlib import Path


def packaged(name: str) -> Path:
    """The file or folder `name`: inside the package when installed, beside it in the repository. Raises FileNotFoundError."""
    inside, beside = Path(__file__).parent / name, Path(__file__).parents[1] / name
    for place in (inside, beside):
        if place.exists():
            return place
    raise FileNotFoundError(f"{name} is missing: neither {inside} nor {beside}")
