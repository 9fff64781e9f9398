"""Tells another service what a load has changed for whom: a POST to the address of KG_WEBHOOK_URL, off unless that is set.

The body is JSON: {"at": ..., "news": [...]}, kg.graph.news.News each. X-KG-Timestamp holds the seconds since 1970, and
X-KG-Signature sha256= and the HMAC-SHA256 (RFC 2104), by KG_WEBHOOK_SECRET, of the timestamp, a dot and the body: who takes it
checks both, and refuses what is older than some minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http.client import HTTPException
from threading import Thread
from typing import IO, Final

from kg.graph.news import News

_PATIENCE: Final = 5.0
"""Seconds without a word from the other side."""

_AT_MOST: Final = 20.0
"""Seconds that a load waits for it in all."""

_AT_ONCE: Final = 1000
"""News in one body; more are sent in several."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is signed for one address is sent to no other."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, *_: object) -> None:
        """Refuses: the answer stays an error."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address, and the secret that both sides know."""

    url: str
    secret: str

    def tell(self, news: Sequence[News], at: str) -> str:
        """Sends news; what went wrong, "" where nothing did: a load that is done does not fail for it. One that answers byte by
        byte is left to itself after a while."""
        said: list[str] = []
        telling = Thread(target=lambda: said.append(self._send(news, at)), daemon=True)
        telling.start()
        telling.join(_AT_MOST)
        return said[0] if said else f"the webhook was not told: no answer within {_AT_MOST:g} seconds"

    def _send(self, news: Sequence[News], at: str) -> str:
        opener = urllib.request.build_opener(_NoRedirect)
        for first in range(0, len(news), _AT_ONCE):
            said = {"at": at, "news": [asdict(one) for one in news[first : first + _AT_ONCE]]}
            body = json.dumps(said, ensure_ascii=False).encode()
            stamp = str(int(time.time()))
            headers = {
                "Content-Type": "application/json",
                "X-KG-Timestamp": stamp,
                "X-KG-Signature": f"sha256={signature(self.secret, stamp, body)}",
            }
            try:
                opener.open(urllib.request.Request(self.url, body, headers), timeout=_PATIENCE).close()
            except (OSError, HTTPException) as error:
                return f"the webhook was not told: {error}"
        return ""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The hexadecimal HMAC-SHA256 of `timestamp`, a dot and the body."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
