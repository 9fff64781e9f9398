"""What runs until it is ended: `kg serve`, `browser`, `mcp`."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from pathlib import Path

from kg.cli.command import CommandParser, library, settings
from kg.cli.output import say
from kg.errors import BadParameter, BadSettings
from kg.library import Library


def serve(parser: CommandParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; others than loopback need keys")
    parser.add_argument("--port", type=int, default=8000)
    parser.set_defaults(run=_serve)


def browser(parser: CommandParser) -> None:
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="write them there instead")
    parser.add_argument("--port", type=int, default=7475)
    parser.set_defaults(run=_browser)


def mcp(parser: CommandParser) -> None:
    parser.add_argument("--http", action="store_true", help="serve HTTP at http://127.0.0.1:PORT/mcp instead, until Ctrl-C")
    parser.add_argument("--port", type=int, default=8001)
    parser.set_defaults(run=_mcp)


def _serve(arguments: argparse.Namespace) -> int:
    from api.access import check_bind
    from api.app import create_app
    from kg.cli.http import run, traces

    named, sending = settings(), traces(os.environ)
    check_bind(arguments.host, keyed=named.keyed)
    listener = _listen(arguments.host, arguments.port)
    for number in (signal.SIGINT, signal.SIGTERM):  # while the engine starts; uvicorn raises it again once it has shut down
        signal.signal(number, lambda *_: sys.exit(0))
    with listener, Library.at(named, serve=True) as base:
        if named.upload and base.store.engine == "neo4j":
            with base.store.writing():  # where another server writes to this base, that is said now
                pass
        local = not named.keyed  # check_bind has seen to it that then nobody else can connect
        app = create_app(base, named.api_key, upload=named.upload, local=local, a_minute=named.requests, traces=sending)
        host, port = listener.getsockname()[:2]
        where = f"[{host}]" if ":" in host else host
        say(f"serving http://{where}:{port}/ (API: /docs); Ctrl-C ends it", flush=True)
        run(app, listener, as_json=named.json_log)
    return 0


def _browser(arguments: argparse.Namespace) -> int:
    from kg.ask.queries import load_queries
    from kg.browser import server as browser

    files = browser.files(load_queries())
    if output := arguments.output:
        try:
            output.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (output / name).write_bytes(content)
        except OSError as error:
            raise BadParameter(f"{output}: {error.strerror}", "name a folder that may be written") from error
        say(f"Onto Neo4j Browser's window drop {output / browser.STYLE}; for saved queries {output / browser.FAVOURITES}.")
        say(f"It takes {browser.GUIDE} from a server only: put it on one, or run kg browser without --output.")
        return 0
    try:
        server = browser.server(files, arguments.port)
    except (OSError, OverflowError) as error:
        hint = "end what uses that port, or choose another: kg browser --port 7476"
        raise BadSettings(f"cannot listen on port {arguments.port}: {error}", hint) from error
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    with server:
        say(*browser.explained(arguments.port).split("\n"), "Ctrl-C ends this", flush=True)
        server.serve_forever()
    return 0


def _mcp(arguments: argparse.Namespace) -> int:
    if arguments.http:
        return _mcp_http(arguments.port)
    import anyio

    from kg.mcp.server import create_server, serve_stdio

    with library(serve=True).open() as base:

        def end(*_: object) -> None:  # an ordinary exit would wait for the thread that reads stdin
            base.close()
            os._exit(0)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        anyio.run(serve_stdio, create_server(base.store, base.queries()))
    return 0


def _mcp_http(port: int) -> int:
    """On loopback only, and where there are keys only for those who have one."""
    from api.access import Access, KeyRequired
    from api.roles import of_mcp
    from kg.cli.http import run
    from kg.mcp.server import create_server, http_app

    named = settings()
    listener = _listen("127.0.0.1", port)
    for number in (signal.SIGINT, signal.SIGTERM):  # as in _serve
        signal.signal(number, lambda *_: sys.exit(0))
    with listener, Library.at(named, serve=True) as base:
        app = KeyRequired(http_app(create_server(base.store, base.queries())), Access(base.keys, named.api_key), of_mcp)
        say(f"serving MCP at http://127.0.0.1:{listener.getsockname()[1]}/mcp; Ctrl-C ends it", flush=True)
        run(app, listener, as_json=named.json_log)
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, before anything slow is started. Raises BadSettings where the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except (OSError, OverflowError) as error:
        hint = "end what uses that port, or choose another: kg serve --port 8001"
        raise BadSettings(f"cannot listen on {host} port {port}: {error}", hint) from error
    return listener
