"""Serves Neo4j Browser what makes it show the graph well: a style, a guide and saved queries.

How Neo4j Browser 5.24 takes them (tried): `:style URL` and `:guide URL` fetch from the hosts that it allows, of which localhost
is one; a file is dropped onto its window, one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from kg.ask.queries import Catalogue
from kg.browser.guide import favourites, guide
from kg.browser.style import inline_style, style

HOST: Final = "localhost"
PORT: Final = 7475
STYLE, GUIDE, FAVOURITES = "style.grass", "guide.html", "favourites.zip"


def files(queries: Catalogue) -> dict[str, bytes]:
    """What the Browser is to be given, by file name."""
    return {STYLE: style().encode(), GUIDE: guide().encode(), FAVOURITES: favourites(queries)}


def at_start(port: int) -> str:
    """What Neo4j's setting browser.post_connect_cmd is to be, while `server` runs: the style, an empty stream, the guide."""
    return f"{inline_style()}; clear; guide http://{HOST}:{port}/{GUIDE}"


def explained(port: int) -> str:
    """How to load them while `server` runs, in two lines."""
    at = f"http://{HOST}:{port}"
    return f"""\
In Neo4j Browser run :style {at}/{STYLE} and then :guide {at}/{GUIDE}
For saved queries download {at}/{FAVOURITES} and drop it onto the Browser's window."""


def server(given: Mapping[str, bytes], port: int) -> ThreadingHTTPServer:
    """Serves these files to pages of any origin on this machine: they hold no data. Raises OSError where the port is taken."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Files, given))


class _Files(BaseHTTPRequestHandler):
    _TYPES: Final = {"grass": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8", "zip": "application/zip"}

    def __init__(self, given: Mapping[str, bytes], *rest: object) -> None:
        self._given = given
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A file."""
        name = self.path.removeprefix("/").partition("?")[0]
        body = self._given.get(name)
        self.send_response(404 if body is None else 200)
        self._allow()
        self.send_header("Content-Type", self._TYPES[name.rpartition(".")[2]] if body else "text/plain")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def do_OPTIONS(self) -> None:
        """What the Browser asks before it fetches a guide."""
        self.send_response(204)
        self._allow()
        self.end_headers()

    def _allow(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Access-Control-Allow-Private-Network", "true")

    def log_message(self, *_: object) -> None:
        """Says nothing."""
