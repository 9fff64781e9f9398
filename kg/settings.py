"""Settings come from the environment, read once by a composition root, never at import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import platformdirs

from kg.errors import BadSettings

_LEAST_MEMORY: Final = 500_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """KG_DATA: the data directory (default: the user's own). KG_URI, KG_USER, KG_PASSWORD: a Neo4j to use instead of the
    embedded engine. KG_API_KEY: a key with which all may be done over HTTP, besides the named ones of `kg key`. KG_TIMEOUT:
    seconds a query may take. KG_CORRECTIONS: a corrections file elsewhere, such as in a git repository. KG_ALLOW_UPLOAD: 1
    lets those whose key allows it load files and report over HTTP. KG_REQUESTS: how many requests a minute one key may make
    from one address (1200; 0: any number). KG_LOG: json makes each line of a server's log JSON, with one for each request.
    KG_READ_MEMORY, KG_READ_SECONDS: what the reading of one file may take, in memory (1G; 500M is the least that the rules can
    work in) and in time (120; 600 where text recognition is installed, which takes some seconds a page; of the clock as of the
    processor). KG_ENGINE_MEMORY: what the embedded engine may take for its heap (such as 4G; a quarter of the machine's
    memory). KG_ENGINE_CACHE: the folder of what lets brief commands start that engine and the rules faster (50 MB, made once;
    default: the user's cache). KG_WEBHOOK_URL, KG_WEBHOOK_SECRET: who is told what a load has changed, signed by the secret
    (kg.graph.webhook; nobody if left out). KG_JAVA_OPTIONS, which that engine reads itself: more options for its Java
    machine."""

    data: Path
    uri: str | None = None
    user: str = "neo4j"
    password: str | None = None
    api_key: str | None = None
    timeout: float = 30.0
    corrections: Path | None = None
    upload: bool = False
    engine_memory: int | None = None
    engine_cache: Path | None = None
    requests: int = 1200
    json_log: bool = False
    read_memory: int = 1_000_000_000
    read_seconds: float = 120.0
    webhook: tuple[str, str] | None = None

    @property
    def corrections_file(self) -> Path:
        """Where people's corrections stand: corrections.yaml beside the data, if nothing else is set."""
        return self.corrections or self.data / "corrections.yaml"

    @property
    def keyed(self) -> bool:
        """Whether who asks over HTTP needs a key: a shared one, or a named one of kg.people.keys."""
        return bool(self.api_key) or (self.data / "keys.json").exists()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Reads the KG_ variables of `environ`. Raises BadSettings where one cannot be understood."""
        upload = environ.get("KG_ALLOW_UPLOAD") or "0"
        if upload not in ("0", "1"):
            raise BadSettings(f"KG_ALLOW_UPLOAD={upload} is neither 0 nor 1", "set KG_ALLOW_UPLOAD=1, or leave it out")
        if (log := environ.get("KG_LOG") or "text") not in ("text", "json"):
            raise BadSettings(f"KG_LOG={log} is neither text nor json", "set KG_LOG=json, or leave it out")
        uri = environ.get("KG_URI") or None
        if uri and not environ.get("KG_PASSWORD"):
            raise BadSettings("KG_URI is set but KG_PASSWORD is not", "set KG_PASSWORD to that Neo4j's password")
        named = cls(
            data=Path(environ.get("KG_DATA") or platformdirs.user_data_dir("kg", appauthor=False)),
            uri=uri,
            user=environ.get("KG_USER") or "neo4j",
            password=environ.get("KG_PASSWORD") or None,
            api_key=environ.get("KG_API_KEY") or None,
            timeout=_seconds(environ, "KG_TIMEOUT", 30),
            corrections=Path(environ["KG_CORRECTIONS"]) if environ.get("KG_CORRECTIONS") else None,
            upload=upload == "1",
            engine_memory=_memory(environ, "KG_ENGINE_MEMORY", "4G") if environ.get("KG_ENGINE_MEMORY") else None,
            engine_cache=Path(environ.get("KG_ENGINE_CACHE") or platformdirs.user_cache_dir("kg", appauthor=False)),
            requests=_requests(environ),
            json_log=log == "json",
            read_memory=_memory(environ, "KG_READ_MEMORY", "1G"),
            read_seconds=_seconds(environ, "KG_READ_SECONDS", 600 if find_spec("rapidocr") else 120),
            webhook=_webhook(environ),
        )
        if named.upload and not named.keyed:
            hint = "make keys with kg key add, or set KG_API_KEY: who has it may load files"
            raise BadSettings("KG_ALLOW_UPLOAD is set but there is no key", hint)
        return named


def _requests(environ: Mapping[str, str]) -> int:
    given = environ.get("KG_REQUESTS") or "1200"
    if not re.fullmatch("[0-9]{1,9}", given):
        raise BadSettings(f"KG_REQUESTS={given} is no number of requests", "give a number a minute, 0 for no limit")
    return int(given)


def _webhook(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """The address and the secret."""
    url, secret = environ.get("KG_WEBHOOK_URL") or "", environ.get("KG_WEBHOOK_SECRET") or ""
    if not url:
        return None
    try:
        whole = url.isascii() and urlsplit(url).scheme in ("https", "http") and bool(urlsplit(url).hostname)
    except ValueError:
        whole = False
    if not whole:
        raise BadSettings(f"KG_WEBHOOK_URL={url} is no address of the web", "give one that begins with https://")
    if len(secret) < 16:
        raise BadSettings(
            "KG_WEBHOOK_SECRET is not set, or short", "give 16 characters or more, which the other side knows too"
        )
    return url, secret


def _seconds(environ: Mapping[str, str], name: str, default: int) -> float:
    given = environ.get(name) or str(default)
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86400:
        raise BadSettings(f"{name}={given} is no time limit", f"give seconds, such as {name}={default}")
    return seconds


def _memory(environ: Mapping[str, str], name: str, default: str) -> int:
    given = environ.get(name) or default
    amount = re.fullmatch(r"([0-9]{1,15})([KMGT]?)B?", given.strip().upper())
    memory = int(amount[1]) * 1000 ** " KMGT".index(amount[2] or " ") if amount else 0
    if memory < _LEAST_MEMORY:
        raise BadSettings(
            f"{name}={given} is no amount of memory, or too little", f"give 500M or more, such as {name}={default}"
        )
    return memory
