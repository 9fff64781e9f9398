"""What comes over the wire: too much, too slowly, or not to its end."""

from __future__ import annotations

import gc
import logging
import os
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
import uvicorn

from api.problems import problem
from kg import atomic
from kg.cli import http
from kg.engine.store import Answer
from kg.errors import EngineUnavailable
from tests.api.test_app import empty_answer, failing, over
from tests.clock import PATIENCE, until

HEAD = "POST /extract HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server whose patience lasts for a moment."""
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as listener:
        patch.setattr(http, "PATIENCE", 0.3)
        patch.setattr("api.requests.PATIENCE", 0.3)
        config = uvicorn.Config(over(empty_answer).app, http=http.Impatient, log_level="warning", timeout_keep_alive=60)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def test_who_waits_when_the_server_ends_is_told_so(caplog: pytest.LogCaptureFixture) -> None:
    """The log names no place in our code."""
    asked, ended = Event(), Event()

    def slow() -> Answer:
        asked.set()
        ended.wait(PATIENCE)
        return empty_answer()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(over(slow).app, http=http.Impatient, log_config=None, timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        with closing(socket.create_connection(listener.getsockname(), timeout=PATIENCE)) as wire:
            wire.sendall(b"GET /documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            asked.wait(PATIENCE)
            server.should_exit = True
            said = b"".join(iter(lambda: wire.recv(65536), b""))
        ended.set()
        thread.join()
    assert said.startswith(b"HTTP/1.1 503")
    assert b"urn:kg:ending" in said
    assert b"retry-after: 2" in said.lower()
    assert [record for record in caplog.records if record.exc_info] == []


def answered(port: int, said: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as wire:
        wire.sendall(said)
        return b"".join(iter(lambda: wire.recv(65536), b""))


@pytest.mark.parametrize(
    "said", [b"", b"GET /healthz HT", f"{HEAD}X: ".encode(), b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /h"]
)
def test_a_head_that_does_not_come_is_not_waited_for(port: int, said: bytes) -> None:
    assert answered(port, said).count(b"HTTP/1.1 200") == said.count(b"\r\n\r\n")


def test_what_is_no_http_is_answered_as_every_route_declares(port: int) -> None:
    hidden = "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    twice = f"{HEAD}Content-Length: {len(hidden)}\r\nTransfer-Encoding: chunked\r\n\r\n{hidden}"
    for said in (b"GET /healthz HTTP/1.1\r\nno header\r\n\r\n", twice.encode()):
        answer = answered(port, said)
        assert answer.startswith(b"HTTP/1.1 400")
        assert answer.count(b"HTTP/1.1") == 1
    declared = over(empty_answer).get("/openapi.json").json()["paths"]
    operations = [operation for path in declared.values() for operation in path.values()]
    assert operations
    assert all([*operation["responses"]["400"]["content"]] == ["text/plain"] for operation in operations)


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    answer = answered(port, f"{HEAD}Content-Length: 9\r\n\r\nabc".encode())
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"urn:kg:too-slow" in answer


@pytest.mark.parametrize("chunked", [False, True])
def test_who_sends_too_much_is_told_so_before_the_end(port: int, chunked: bool) -> None:
    many = 5_000_000
    how, body = "Content-Length: 5000000", b"x" * many
    if chunked:
        how, body = "Transfer-Encoding: chunked", f"{many:x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    answer = answered(port, f"{HEAD}{how}\r\n\r\n".encode() + body)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"larger than 2,000,000 bytes" in answer


def test_those_who_leave_in_the_middle_are_not_worth_a_line(port: int, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(20):
        with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as wire:
            wire.sendall(f"{HEAD}Content-Length: 900000\r\n\r\nabc".encode())
    assert b"200 OK" in answered(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 0


def test_who_serves_looks_for_no_garbage_in_what_stays(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    turn, held = sys.getswitchinterval(), list[int]()
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: held.append(gc.get_freeze_count()))
    monkeypatch.setattr(logging.Logger, "addHandler", lambda *_: None)
    try:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            http.run(over(empty_answer).app, listener)
    finally:
        gc.unfreeze()
        sys.setswitchinterval(turn)
    assert held[0] > 10_000


def test_where_the_database_is_stands_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    down = over(failing(EngineUnavailable("the database at bolt://10.1.2.3:7687 does not let us in", "see /srv/kg/engine.log")))
    for text in (down.get("/readyz").text, bytes(problem(EngineUnavailable("bolt://10.1.2.3:7687")).body).decode()):
        assert "does not answer" in text
        assert "10.1.2.3" not in text
        assert "/srv" not in text
    assert "10.1.2.3" in caplog.text


def test_what_a_command_keeps_is_its_users_own_and_what_it_hands_out_is_not(tmp_path: Path) -> None:
    former = os.umask(0o022)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(atomic, "_usual", None)
            (tmp_path / "data").mkdir(mode=0o755)
            atomic.keep_private()
            atomic.private_folder(tmp_path / "data")
            (tmp_path / "data" / "journal").touch()
            atomic.write(tmp_path / "data" / "keys", b"")
            with atomic.replacing(tmp_path / "list.xlsx"):
                pass
    finally:
        os.umask(former)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("data", "data/journal", "data/keys", "list.xlsx")]
    assert modes == [0o700, 0o600, 0o600, 0o644]
