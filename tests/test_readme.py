"""The README's commands give the output it shows, in both languages; the pages made from code are up to date."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from kg.ask.queries import read_query
from scripts.docs import pages
from tests.clock import PATIENCE
from tests.test_cli import KG, Served

ROOT = Path(__file__).parents[1]
README = "README.md"
ADDRESS = "http://127.0.0.1:8000"


def shown(readme: str) -> list[tuple[str, str]]:
    """Each `$ command` of the console blocks, with the output under it."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [
        (command, output)
        for block in blocks
        for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


def without_trailing_blanks(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def run(command: str, data: Path, tmp_path: Path) -> str:
    """What a user sees, stderr included, with `kg` being this checkout's."""
    script = tmp_path / "kg"
    script.write_text(f'#!/bin/sh\nexec {" ".join(KG)} "$@"\n')
    script.chmod(0o755)
    env = {**os.environ, "KG_DATA": str(data), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of a POSIX shell")
def test_commands_give_what_is_shown(served: Served, tmp_path: Path) -> None:
    """Those of the Chinese README are the same, see below."""
    data, address = served
    asked = [(command, output) for command, output in shown(README) if command != "make run"]
    assert len(asked) >= 8
    for command, output in asked:
        given = run(command.replace(ADDRESS, address), data, tmp_path).replace(address, ADDRESS)
        assert without_trailing_blanks(given) == without_trailing_blanks(output), command


def test_make_run_prints_what_is_shown(tmp_path: Path) -> None:
    """What `make run` runs after the set-up, up to the line with which the server says where it is."""
    (output,) = (output for command, output in shown(README) if command == "make run")
    dry = subprocess.run(["make", "--dry-run", "run"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    commands = [f"kg {line.partition('/kg ')[2]}" for line in dry.splitlines() if re.match(r"\.venv/\w+/kg ", line)]
    assert [command.split()[1] for command in commands] == ["load", "query", "serve"]
    data = tmp_path / "data"
    given = "".join(run(command, data, tmp_path) for command in commands[:2])
    *before, last = without_trailing_blanks(output).splitlines(keepends=True)
    assert without_trailing_blanks(given) == "".join(before)
    assert last.startswith(f"serving {ADDRESS}/")


def test_both_languages_show_the_same() -> None:
    assert shown(README) == shown("README.zh.md")


def test_the_example_of_a_new_query_is_accepted(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"^```cypher\n(//.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    file = tmp_path / "later.cypher"
    file.write_text(example, encoding="utf-8")
    assert read_query(file).path == "/documents/{document}/later"


@pytest.mark.parametrize("name", ["docs/queries.md", "docs/graph.md", "docs/rules.md", "web/zh.js"])
def test_files_made_from_code_are_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh.md", *(f"docs/{file.name}" for file in sorted((ROOT / "docs").glob("*.md")))]
)
def test_links_to_files_lead_to_files(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
