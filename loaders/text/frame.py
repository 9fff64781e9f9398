"""The frame of a document (版头, title, metadata, 落款), and where in a text a further document begins.

All offsets refer to the plain view, which is as long as the text.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.model import Span
from loaders.names.units import is_unit
from loaders.patterns import (
    ANNOUNCED,
    ATTACHMENT,
    DATE,
    DATE_LINE,
    DOC_NUMBER_IN_TITLE,
    DOC_NUMBER_LINE,
    FIRST_WORDS_END,
    FOOTER,
    LABEL,
    NATIONAL_ADDRESSEES,
    NOTE_LINE,
    PREAMBLE,
    STATUS,
    TITLE,
    TITLE_BROKEN,
    TITLE_ISSUER,
    YEAR_IN_TITLE,
)
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.text.numbering import Numbers
    from loaders.text.tables import TaskTable

_TITLE = 60  # code points of the longest title that is the first words of a text
_NO_SIGNER = frozenset({"人民政府", "政府", "办公室", "办公厅", "委员会"})  # the second half of a name with a blank in it
_VALUE = 120  # code points of the longest value of a metadata field
_PRINTED_NEAR = 50_000  # code points before a title in which it may have been announced


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document says of itself. `lines` are all of its lines, `body` those below its title and above web chrome,
    `signed` those of them that name its signers."""

    span: Span
    title: str
    title_lines: tuple[Span, ...]
    doc_number: str | None
    issuers: tuple[str, ...]
    issued_on: str | None
    published_on: str | None
    index_number: str | None
    status: str | None
    to_all_provinces: bool
    lines: list[Span]
    body: list[Span]
    signed: frozenset[Span]

    @property
    def year(self) -> int | None:
        """The single year in the title, else that of 成文日期."""
        years = set(YEAR_IN_TITLE.findall(self.title))
        if len(years) == 1:
            return int(years.pop())
        return int(self.issued_on[:4]) if self.issued_on else None


def read_frame(plain: str, lines: list[Span], first_item: int) -> Frame:
    """The frame of the document in `lines`; `first_item` is the index of the first one that is an item or a table,
    len(lines) where there is none."""
    head, fields = _fields(plain, lines[:first_item])
    last = _footer(plain, lines, first_item)
    title, title_lines = _title(plain, head, lines, fields)
    signers, signed_on, signed = _signature(plain, lines[:last])
    start = _first_text(plain, title_lines, head, lines[first_item:] or lines)
    issuer = fields.get("发文机关") or fields.get("发布机构") or _issuer_in_title(title)
    return Frame(
        span=Span(start, lines[last - 1].end if last else lines[-1].end),
        title=title,
        title_lines=tuple(title_lines),
        doc_number=_doc_number(plain, head, fields, title_lines),
        issuers=signers or ((issuer,) if issuer else ()),
        issued_on=iso_date(fields.get("成文日期", "")) or signed_on,
        published_on=iso_date(fields.get("发布日期", "")),
        index_number=fields.get("索引号"),
        status=fields.get("有效性") or fields.get("效力状态") or _status(plain, head, title),
        to_all_provinces=bool(NATIONAL_ADDRESSEES.search(plain, lines[0].start, lines[min(first_item, len(lines) - 1)].end)),
        lines=lines[: last or None],
        body=[line for line in lines[:last] if line.start >= start and line not in title_lines],
        signed=signed,
    )


def doc_number(plain_number: str) -> str:
    """发文字号 with its year in 六角括号 (GB/T 9704-2012, 7.2.5): 国办发[2019]54号 -> 国办发〔2019〕54号."""
    return re.sub(r"[\[(](\d{4})[\])]第?", r"〔\1〕", plain_number)


def iso_date(text: str) -> str | None:
    """The first full date in `text` as ISO 8601, None if there is none or it is no day of the calendar."""
    found = DATE.search(text)
    try:
        return datetime.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat() if found else None
    except ValueError:
        return None


# ---- where another document begins ----------------------------------------------------------------------------------


def later_starts(plain: str, lines: list[Span], numbers: Numbers, tables: Mapping[int, TaskTable]) -> Iterator[int]:
    """Indices of the lines that are the title of a further document: after numbered items, not under 附件, not that of a
    table or of a plan that this document prints, and followed by text or by items that count from one again."""
    begin, seen_item = 0, False
    for n, line in enumerate(lines):
        if line.start in numbers or line.start in tables:
            seen_item = True
        elif seen_item and n + 1 < len(lines) and lines[n + 1].start not in tables and _is_title(plain, line):
            title = line.of(plain)
            under_attachment = bool(ATTACHMENT.match(plain, *lines[n - 1]))
            announced = plain.find(title, max(lines[begin].start, line.start - _PRINTED_NEAR), line.start) >= 0
            if not under_attachment and not announced:
                yield n
                begin, seen_item = n, False


def _is_title(plain: str, line: Span) -> bool:
    if line.end - line.start > 120 or plain[line.end - 1] in "。;:":
        return False
    return bool(TITLE.match(plain, *line)) and not PREAMBLE.match(plain, *line)


# ---- the parts of a frame -------------------------------------------------------------------------------------------


def _footer(plain: str, lines: list[Span], first_item: int) -> int:
    """The line where web chrome begins below the text; in a text without items, below its first sentence."""
    first_text = next((n for n, line in enumerate(lines) if plain[line.end - 1] in "。:;"), len(lines))
    below = min(first_item, first_text) if first_item == len(lines) else first_item
    return next((n for n, line in enumerate(lines[below:], below) if FOOTER.match(plain, *line)), len(lines))


def _fields(plain: str, head: list[Span]) -> tuple[list[Span], dict[str, str]]:
    """The lines of `head` that are no metadata, and the metadata: 索引号, 成文日期, 发布机构, …

    A value stands after its label, or on the next line where the label's line holds nothing else.
    """
    rest: list[Span] = []
    fields: dict[str, str] = {}
    waiting: str | None = None
    for line in head:
        labels = list(LABEL.finditer(plain, *line))
        if not labels:
            if waiting and (waiting == "标题" or not TITLE_BROKEN.search(line.of(plain))):
                fields.setdefault(waiting, line.of(plain)[:_VALUE])
            else:
                rest.append(line)
            waiting = None
            continue
        for n, label in enumerate(labels):
            name = squeezed(label["label"]).replace("时间", "日期")
            name = {"发文日期": "成文日期", "文号": "发文字号"}.get(name, name)
            stop = labels[n + 1].start() if n + 1 < len(labels) else line.end
            value = plain[label.end() : stop].strip(" :-|")
            waiting = None if value or plain[label.end() - 1] == "]" else name
            if value:
                fields.setdefault(name, value[:_VALUE])
    return rest, fields


def _title(plain: str, head: list[Span], lines: list[Span], fields: dict[str, str]) -> tuple[str, list[Span]]:
    """The wrapper's title where there is one, else the plan's own; it may be printed on up to four lines."""
    for n, line in enumerate(head):
        if PREAMBLE.match(plain, *line):
            continue
        for more in range(4):
            printed_on = head[n : n + more + 1]
            joined = "".join(part.of(plain) for part in printed_on)
            number = DOC_NUMBER_IN_TITLE.search(joined) if joined.endswith(("号", "号)")) else None
            title = joined[: number.start()].rstrip() if number else joined
            if len(title) <= 120 and TITLE.match(title):
                return title, printed_on
            if len(joined) > 120 or not (TITLE_BROKEN.search(joined) or is_unit(joined)):
                break
    if "标题" in fields:
        return fields["标题"], []
    announced = (ANNOUNCED.search(plain, *line) for line in head)
    if printed := next((found for found in announced if found), None):
        return printed["title"], []
    first = (head or lines)[0].of(plain)
    stop = FIRST_WORDS_END.search(first, 8, _TITLE)  # a text without a title goes by its first words
    return first[: stop.start() if stop else _TITLE], []


def _status(plain: str, head: list[Span], title: str) -> str | None:
    """废止, 失效 … where they stand in a bracket with the title or above it."""
    marks = (STATUS.search(words) for words in (title, *(line.of(plain) for line in head if line.end - line.start < _VALUE)))
    return next((mark["status"] for mark in marks if mark), None)


def _first_text(plain: str, title_lines: list[Span], head: list[Span], below: list[Span]) -> int:
    """Where the text begins: at its title or, should that come first, the first line that ends as a sentence does."""
    sentences = (line for line in head if plain[line.end - 1] in "。:;")
    starts = [line.start for line in (*title_lines[:1], *islice(sentences, 1))]
    return min(starts) if starts else (*head, *below)[0].start


def _doc_number(plain: str, head: list[Span], fields: dict[str, str], title_lines: list[Span]) -> str | None:
    """发文字号 from the metadata, from a line of its own, or from behind the title; never one that the text cites."""
    lines = [fields.get("发文字号", ""), *(line.of(plain) for line in head)]
    found = next((m for line in lines if (m := DOC_NUMBER_LINE.match(line))), None)
    if found is None and title_lines:
        found = DOC_NUMBER_IN_TITLE.search(plain, *title_lines[-1])
    return doc_number(found["number"]) if found else None


def _signature(plain: str, lines: Sequence[Span]) -> tuple[tuple[str, ...], str | None, frozenset[Span]]:
    """落款: the signers, who stand above a date that has a line of its own (GB/T 9704-2012, 7.3.5), that date, their lines."""
    for n, line in enumerate(lines):
        if plain[line.start] not in "12" or not (dated := DATE_LINE.match(plain, *line)):
            continue
        signers: list[str] = []
        signed: list[Span] = []
        for above in reversed(lines[max(0, n - 6) : n]):
            names = _signers(above.of(plain)) if above.end - above.start <= _VALUE else []
            if not names:
                break
            signers = names + signers
            signed.append(above)
        if signers or (n and NOTE_LINE.match(plain, *lines[min(n + 1, len(lines) - 1)])):
            return tuple(signers), iso_date(dated.group()), frozenset(signed)
    return (), None, frozenset()


def _signers(line: str) -> list[str]:
    """The names in a line of the 落款, none if it is something else; a single name may be printed with blanks in it."""
    names = line.split()
    if all(is_unit(name) and name not in _NO_SIGNER for name in names):
        return names
    name = squeezed(line)
    return [name] if is_unit(name) else []


def _issuer_in_title(title: str) -> str | None:
    found = TITLE_ISSUER.match(title)
    return found["issuer"] if found and is_unit(found["issuer"]) else None
