"""make pictures: those of docs/desk.zh.md, from the screenshots that the clerk's month leaves (tests/browser/test_clerk.py)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).parents[1]
MOST: Final = 150_000
"""Bytes of a picture, which everybody who clones the project fetches."""


def main() -> int:
    """Writes docs/images/desk-….png with few colours; how many that cost too much."""
    large = 0
    for shot in sorted((ROOT / "build" / "screenshots").glob("desk-*.png")):
        if shot.stem.endswith(("-dark", "-phone", "-light")):
            continue
        picture = ROOT / "docs" / "images" / shot.name
        Image.open(shot).convert("RGB").quantize(64).save(picture, optimize=True)
        large += picture.stat().st_size > MOST
    return large


if __name__ == "__main__":
    sys.exit(main())
