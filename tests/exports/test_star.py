"""The star of Parquet files: the questions of docs/analytics.md, asked of it with DuckDB, give what the canned queries give."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from kg.ask.queries import MAX_LIMIT
from kg.engine.store import open_store
from kg.settings import Settings
from tests.clock import PATIENCE
from tests.samples import QUERIES
from tests.test_cli import Served, guest, kg

_QUESTION = re.compile(r"`kg query ([^`]+)`\n\n```sql\n(.*?)```", re.DOTALL)
QUESTIONS = _QUESTION.findall((Path(__file__).parents[2] / "docs/analytics.md").read_text(encoding="utf-8"))


def test_its_questions_are_answered_as_a_guest_answers_them(served: Served, tmp_path: Path) -> None:
    star = tmp_path / "star"
    said = kg(served.data, "export", "--format", "parquet", "--output", star)
    assert (said.returncode, said.stderr) == (0, "")
    assert [line.split(": ")[0] for line in said.stdout.splitlines()] == [
        f"{star}/{name}.parquet" for name in ("assignments", "tasks", "documents", "agencies")
    ]
    assert guest(served.data, "export", "--format", "parquet", "--output", star).returncode == 2, "it is no empty folder"
    assert pq.read_schema(star / "assignments.parquet").field("role").metadata == {
        b"description": "LEADS (牵头) or PARTICIPATES (配合)".encode()
    }

    database = duckdb.connect()
    database.execute(f"SET file_search_path = '{star}'")
    assert len(QUESTIONS) == 5
    with open_store(Settings(data=served.data, timeout=PATIENCE)) as store:
        for command, sql in QUESTIONS:
            name, *options = shlex.split(command)
            given = {option.removeprefix("--"): value for option, value in zip(options[::2], options[1::2], strict=True)}
            query = QUERIES[name]
            lists = {p.name for p in query.parameters if p.type.many}
            answer = query.run(store, {n: [v] if n in lists else v for n, v in given.items()}, MAX_LIMIT)
            asked = database.execute(sql)
            columns = [column[0] for column in asked.description or ()]
            rows = sorted(map(repr, asked.fetchall()))
            assert rows, command
            assert rows == sorted(repr(tuple(row[column] for column in columns)) for row in answer.rows), command
