"""One reviewed extraction for each founding document. After a change of rules: delete it, run, read the difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.extract import extract

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("seed", sorted((ROOT / "seed").iterdir()), ids=lambda path: path.stem)
def test_golden(seed: Path) -> None:
    found = extract(seed.read_bytes(), seed.name).as_json()
    golden = GOLDEN / f"{seed.stem}.json"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.relative_to(ROOT)} was missing and has been written: review it against the text, then keep it")
    assert found == json.loads(golden.read_text(encoding="utf-8"))
