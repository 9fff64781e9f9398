"""`kg mcp` as agents meet it: real processes, guests of `served` or on a base of their own, asked with the SDK's client.

The client holds every answer against the schema that the tool declares.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from kg.ask.queries import MAX_LIMIT
from kg.engine.store import Answer
from kg.errors import EngineUnavailable
from kg.mcp.server import create_server
from tests.clock import PATIENCE
from tests.processes import started
from tests.samples import QUERIES
from tests.test_cli import KG, SEED, Served


def environment(data: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "KG_DATA": str(data), **more}


@contextmanager
def over_http(data: Path, **environ: str) -> Iterator[str]:
    """A `kg mcp --http` on a free port, and its address."""
    command = [*KG, "mcp", "--http", "--port", "0"]
    with started(command, env=environment(data, **environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        said = process.stdout.readline()
        address = re.match(r"serving MCP at (http://127\.0\.0\.1:\d+/mcp);", said)
        assert address, said
        yield address[1]
        process.terminate()
        process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, -15)


@pytest.fixture(scope="module")
def http_address(served: Served) -> Iterator[str]:
    with over_http(served.data) as address:
        yield address


@asynccontextmanager
async def over_stdio(data: Path) -> AsyncIterator[Client]:
    server = StdioServerParameters(command=sys.executable, args=[*KG[1:], "mcp"], env=environment(data))
    async with Client(server, read_timeout_seconds=PATIENCE) as client:
        yield client


def ask(connect: Callable[[], Any], talk: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with connect() as client:
            await talk(client)

    anyio.run(run)


def words(result: CallToolResult) -> list[str]:
    return [part.text for part in result.content if isinstance(part, TextContent)]


async def what_an_agent_does(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(tools) == ["search", "search-facets", *QUERIES]
    assert client.instructions

    asked = await client.call_tool("agency-obligations", {"agency": "长治市司法局", "role": "LEADS", "basis": ["clause"]})
    assert not asked.is_error
    answer = asked.structured_content
    assert [row["task_number"] for row in answer["rows"]] == ["1", "15", "16", "17", "18", "19", "20", "21", "25"]
    text = next(SEED.glob("changzhi*")).read_bytes().decode("utf-8")
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in answer["rows"])
    said, as_json = words(asked)
    assert (said, json.loads(as_json)) == ("9 rows", answer)

    cut = await client.call_tool("agency-obligations", {"agency": "长治市司法局", "limit": 2})
    assert (len(cut.structured_content["rows"]), cut.structured_content["truncated"]) == (2, True)
    assert "MORE WERE LEFT OUT" in words(cut)[0]

    unclear = await client.call_tool("agency-obligations", {"agency": "市司法局"})
    assert unclear.is_error
    assert "candidates: " in words(unclear)[0]
    assert "长治市司法局" in words(unclear)[0]

    with pytest.raises(MCPError, match="no tool drop-everything"):
        await client.call_tool("drop-everything", {})


def test_over_stdio(served: Served) -> None:
    ask(lambda: over_stdio(served.data), what_an_agent_does)


def test_over_http(http_address: str) -> None:
    ask(lambda: Client(http_address, read_timeout_seconds=PATIENCE), what_an_agent_does)


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a test", "version": "1"}},
}


def test_nothing_but_the_protocol_stands_on_stdout(served: Served) -> None:
    """A client of an older version, by hand. The process ends when its stdin does."""
    call = {"name": "agencies", "arguments": {"q": "司法局", "place": "长治"}}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with started([*KG, "mcp"], env=environment(served.data), **pipes) as process:
        assert process.stdin
        assert process.stdout
        answers = []
        for message in (INITIALIZE, {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}):
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline()))
        assert [answer["id"] for answer in answers] == [1, 2]
        assert [row["agency"] for row in answers[1]["result"]["structuredContent"]["rows"]] == ["长治市司法局"]
        rest, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, rest, errors) == (0, "", "")


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_signal_ends_it_though_its_client_stays(tmp_path: Path) -> None:
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    with started([*KG, "mcp"], env=environment(tmp_path), **pipes) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(INITIALIZE) + "\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert not (tmp_path / "holder.json").exists(), "the base was given back"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Host": "kg.attacker.example"}, 421),
        ({"Host": "127.0.0.1.attacker.example:80"}, 421),
        ({"Origin": "https://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_no_web_page_can_reach_it(http_address: str, headers: dict[str, str], status: int) -> None:
    """A page may point a name of its own at 127.0.0.1; the browser then tells on it by Host and Origin."""
    accept = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(http_address, json=INITIALIZE, headers=accept | headers).status_code == status


def test_with_a_key_only_those_who_have_it_may_ask(served: Served) -> None:
    accept = {"Accept": "application/json, text/event-stream"}
    with over_http(served.data, KG_API_KEY="secret") as address:
        assert httpx.post(address, json=INITIALIZE, headers=accept).status_code == 401
        assert httpx.post(address, json=INITIALIZE, headers=accept | {"X-API-Key": "secret"}).status_code == 200


class FakeStore:
    """Answers every query with no rows, or with an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def read(self, cypher: str, parameters: object = None, *, limit: int | None = None) -> Answer:
        if self._error:
            raise self._error
        return Answer((), [], False)


def call(name: str, arguments: dict[str, Any] | None, error: Exception | None = None) -> CallToolResult:
    async def run() -> CallToolResult:
        async with Client(create_server(FakeStore(error), QUERIES)) as client:  # type: ignore[arg-type]
            return await client.call_tool(name, arguments)

    return anyio.run(run)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"place": "x" * 1001}, "place is the id or exact name of one place"),
        ({"year": "二〇二二"}, "year is a whole number"),
        ({"colour": "red"}, "takes no parameter colour"),
        ({"limit": 0}, f"from 1 to {MAX_LIMIT}"),
        ({"limit": "many"}, "limit is a whole number"),
        ({"limit": True}, "limit is a whole number"),
        ({"basis": {"a": 1}}, "basis is a list"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_to_the_agent(arguments: dict[str, Any], says: str) -> None:
    result = call("joint-leads", arguments)
    assert result.is_error
    assert says in words(result)[0]


def test_what_is_wrong_with_the_base_is_said_to_the_agent() -> None:
    result = call("documents", {}, EngineUnavailable("the database fails", "check that Neo4j runs"))
    assert (result.is_error, words(result)) == (True, ["the database fails\ncheck that Neo4j runs"])


def test_null_is_not_given() -> None:
    result = call("joint-leads", {"year": None, "limit": None})
    assert (result.is_error, words(result)[0]) == (False, "0 rows")
    assert call("joint-leads", None).structured_content["parameters"]["basis"] == ["clause"]


async def _tools() -> dict[str, Any]:
    async with Client(create_server(FakeStore(), QUERIES)) as client:  # type: ignore[arg-type]
        return {tool.name: tool for tool in (await client.list_tools()).tools}


def test_a_tool_is_made_from_the_header() -> None:
    tool = anyio.run(_tools)["agency-workload"]
    query = QUERIES["agency-workload"]
    assert tool.description.startswith(query.answers)
    assert '{"agency": "长治市司法局", "today": "2022-06-30"}' in tool.description
    schema = tool.input_schema
    assert (schema["required"], schema["additionalProperties"]) == (["agency"], False)
    assert list(schema["properties"]) == [*(p.name for p in query.parameters), "limit"]
    assert schema["properties"]["agency"]["examples"] == ["长治市司法局"]
    assert schema["properties"]["basis"]["items"]["enum"] == ["clause", "narrative", "default"]
    assert schema["properties"]["basis"]["default"] == ["clause"]
    assert schema["properties"]["today"]["default"] == "today"
    assert list(tool.output_schema["properties"]["rows"]["items"]["properties"]) == [c.name for c in query.columns]
    assert tool.annotations.read_only_hint


def test_defaults_have_the_type_of_their_parameter() -> None:
    for name, tool in anyio.run(_tools).items():
        for parameter, schema in tool.input_schema["properties"].items():
            kinds = {"integer": int, "number": float, "boolean": bool, "array": list, "string": str}
            assert isinstance(schema.get("default", kinds[schema["type"]]()), kinds[schema["type"]]), (name, parameter)
