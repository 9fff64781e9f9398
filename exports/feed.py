"""What is new, changed, near or overdue for a unit, a place or a line of work -> an Atom feed (RFC 4287)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from exports.ics import about
from kg.ask.reviewed import Reviewed
from kg.engine.store import Answer
from kg.graph.news import News
from kg.words.zh import word

MEDIA_TYPE: Final = "application/atom+xml"
DAYS: Final = 90
"""News that is older is not told again."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_PRESSING: Final = ("red", "yellow")


_CARRIED: Final = 40  # characters of a quote in an address


def feed(
    board: Answer,
    news: Iterable[News],
    asked: Mapping[str, Any],
    named: Mapping[str, str],
    ask_reviewed: Callable[[Collection[str]], Reviewed | None],
    *,
    home: str = "",
) -> bytes:
    """The newest entry first: what loading has changed in the last DAYS days, and which time limits are near or have gone by.

    `board`: the answer of deadline-board to the parameters `asked`, which name a unit, a place or a line of work by id;
    `named` says what those are called. `home`: the address of the page, to which entries lead; without it they lead nowhere.
    An entry keeps its id as long as task and unit keep theirs, so that what changes is the same entry with a later `updated`.
    `ask_reviewed`: kg.ask.reviewed, of the ids of documents; the subtitle says how many of those in the entries are checked.
    The same for the same rows, news and $today.
    """
    today = datetime.date.fromisoformat(str(asked["today"]))
    since = (today - datetime.timedelta(days=DAYS)).isoformat()
    entries = [*_changed(one for one in news if one.at >= since), *_pressing(board, asked)]
    entries.sort(key=lambda entry: (entry["updated"], entry["id"]), reverse=True)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _add(root, "id", _urn("feed", *(str(asked.get(name)) for name in ("agency", "place", "function"))))
    _add(root, "title", f"{about(asked, named)}{word('feed', 'title')}")
    if share := ask_reviewed({entry["document"] for entry in entries}):
        _add(root, "subtitle", word("ledger", "reviewed").format(share.documents, share.checked))
    _add(root, "updated", entries[0]["updated"] if entries else f"{today.isoformat()}T00:00:00Z")
    author = ET.SubElement(root, "author")
    _add(author, "name", "duty-kg")
    for entry in entries:
        _entry(root, entry, home)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def _changed(news: Iterable[News]) -> Iterator[dict[str, str]]:
    """The last that became of each obligation."""
    last = {(one.agency_id, one.task_id): one for one in news}
    for one in last.values():
        was = "、".join([word("role", one.was["role"]), *one.was["due"]]) if one.was else ""
        said = [
            f"{one.agency}{word('role', one.role)}：{' '.join(filter(None, (one.task_number, one.task)))}",
            f"{word('letter', 'limit')}：{'、'.join(one.due)}" if one.due else "",
            f"{word('feed', 'was')}：{was}" if was else "",
            _from(one.document, one.document_id, one.doc_number),
            f"“{one.quote}”",
        ]
        yield {
            "id": _urn(one.agency_id, one.task_id),
            "updated": one.at.replace("+00:00", "Z"),
            "title": f"{word('feed', one.kind)}：{one.task or one.task_number or one.document_id}（{one.agency}）",
            "text": "\n".join(filter(None, said)),
            "document": one.document_id,
            "link": _link(one.document_id, one.start, one.end, one.quote),
        }


def _pressing(board: Answer, asked: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for row in board.rows:
        if row["light"] not in _PRESSING:
            continue
        day = datetime.date.fromisoformat(row["due_on"])
        since = day + datetime.timedelta(days=1 if row["light"] == "red" else -int(asked["days"]))
        units = list(dict.fromkeys(unit["agency"] for unit in (*row["leads"], *row["participants"])))
        said = [f"{word('letter', 'due')}：{row['due_on']}", "、".join(units)]
        said += [_from(row["document"], row["document_id"], row["doc_number"]), f"“{row['quote']}”"]
        yield {
            "id": _urn(row["task_id"] or "", row["deadline_id"], row["light"]),
            "updated": f"{since.isoformat()}T00:00:00Z",
            "title": f"{word('light', row['light'])}：{row['task'] or row['document'] or row['document_id']}",
            "text": "\n".join(filter(None, said)),
            "document": row["document_id"],
            "link": _link(row["document_id"], row["start"], row["end"], row["quote"]),
        }


def _entry(root: ET.Element, entry: Mapping[str, str], home: str) -> None:
    made = ET.SubElement(root, "entry")
    for name in ("id", "title", "updated"):
        _add(made, name, entry[name])
    if home:
        ET.SubElement(made, "link", {"href": home + entry["link"]})
    _add(made, "content", entry["text"], type="text")


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """What XML 1.0 does not take is left out."""
    kept = "".join(sign for sign in text if sign in "\t\n" or " " <= sign <= "\ud7ff" or "\ue000" <= sign not in "\ufffe\uffff")
    ET.SubElement(parent, name, attributes).text = kept


def _from(document: str | None, document_id: str, number: str | None) -> str:
    return f"《{document or document_id}》" + (f"（{number}）" if number else "")


def _link(document: str, start: int, end: int, words: str) -> str:
    """The words in the page, which says where they have changed (web/quoting.js)."""
    carried = "".join(words.split())[:_CARRIED]
    return f"#/document/{quote(document, safe=':')}?at={start}-{end}&words={quote(carried)}"


def _urn(*ids: str) -> str:
    """The same for the same ids (RFC 4287, 4.2.6), and without their words."""
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(("kg feed", *ids))).urn
