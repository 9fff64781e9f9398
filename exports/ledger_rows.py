"""What the ledger says of each row, and which units its rows name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

from exports.said import limit
from exports.table import Row, Table
from kg.words.zh import word

BASES: Final = ("clause", "narrative", "default")
"""How it is known that a unit has to, the surest first; a unit known in several ways is listed by the surest."""

ROLES: Final = ("LEADS", "PARTICIPATES")

_MOST_WORDS: Final = 200
"""Characters of one quotation, and three times as many of all quotations of a row."""


# 例 长治市人民政府办公室关于印发《长治市2022年政务公开工作要点》的通知
_ISSUES: Final = re.compile(r".{0,60}?关于(?:印发|公布|下发|发布)《?(.{2,200}?)》?的(?:通知|函)")


@dataclass(slots=True)
class Unit:
    """An agency, and the offsets in the spool of its tasks' rows."""

    id: str
    name: str
    collective: bool
    rows: list[int] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def shown(self) -> str:
        """Its name; that of a collective says that it is one."""
        return self.name + (f"（{word('column', 'collective')}）" if self.collective else "")

    @property
    def leads(self) -> int:
        """Tasks that it leads by a clause."""
        return self.counts["LEADS", "clause"]

    @property
    def shares(self) -> int:
        """Tasks that it takes part in by a clause."""
        return self.counts["PARTICIPATES", "clause"]

    def known_by(self, basis: str) -> int:
        """Tasks in any role."""
        return sum(self.counts[role, basis] for role in ROLES)


@dataclass(slots=True)
class Units:
    """What was learned from all rows."""

    by_id: dict[str, Unit] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    checked: int = 0

    @property
    def several_places(self) -> bool:
        return len(self.places) > 1

    def in_order(self, only: str | None = None) -> list[Unit]:
        """Single units before collectives; those that lead most by a clause first."""
        units = [u for u in self.by_id.values() if only in (None, u.id)]
        return sorted(units, key=lambda u: (u.collective, -u.leads, -u.shares, -len(u.rows), u.id))


def spooled(table: Table, spool: IO[bytes]) -> Units:
    """Writes the rows to `spool` as lines of JSON, and counts."""
    units = Units()
    for row in table:
        at = spool.tell()
        spool.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        units.checked += row["review"] == "checked"
        if row["place_code"]:
            units.places[row["place_code"]] = row["place"] or row["place_code"]
        for role, assigned in assigned_in(row).items():
            for given in assigned:
                unit = units.by_id.setdefault(
                    given["agency_id"], Unit(given["agency_id"], given["agency"], bool(given["collective"]))
                )
                if unit.rows[-1:] != [at]:
                    unit.rows.append(at)
                unit.counts[role, given["basis"]] += given["modality"] == "must"
    return units


def assigned_in(row: Row) -> dict[str, list[Mapping[str, Any]]]:
    """By role, each unit once, by its surest basis. Who leads by a clause does not also take part (Counting, in the docs)."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    led: set[str] = set()
    for role, column in (("LEADS", "leads"), ("PARTICIPATES", "participants")):
        surest: dict[str, Mapping[str, Any]] = {}
        for given in row[column]:
            held = surest.get(given["agency_id"])
            if given["agency_id"] not in led and (held is None or _rank(given) < _rank(held)):
                surest[given["agency_id"]] = given
        found[role] = sorted(surest.values(), key=_rank)
        led |= {given["agency_id"] for given in found[role] if given["basis"] == "clause"}
    return found


def _rank(given: Mapping[str, Any]) -> int:
    return BASES.index(given["basis"])


def asked_for(said: Mapping[str, Any], named: Mapping[str, str], places: Mapping[str, str]) -> str:
    """The names of what the parameters `said` ask for, `named` by id; else of the one place that the rows have."""
    asked = [named.get(said[name], said[name]) for name in ("document", "place", "agency") if said.get(name)]
    asked += [f"{said['function']}{word('column', 'function')}"] if said.get("function") else []
    asked += [f"{said['year']}年"] if said.get("year") else []
    if not asked and len(places) == 1:
        asked = list(places.values())
    return "、".join(re.sub(r"\s+", "", name) for name in asked)


def of_checked(count: int, checked: int, *, truncated: bool = False) -> str:
    """（共 12 项，其中 5 项出自已核的文件）: behind a title, unless there is nothing. `truncated`: there are more."""
    return word("ledger", "checked of the first" if truncated else "checked").format(count, checked) if count else ""


# The words of a row


def named(given: Mapping[str, Any]) -> str:
    """长治市司法局, 各县区人民政府（统称）, 长治市财政局（正文表述）."""
    marks = [word("column", "collective")] if given["collective"] else []
    marks += [word("basis", given["basis"])] if given["basis"] != "clause" else []
    marks += [word("modality", given["modality"])] if given["modality"] != "must" else []
    return str(given["agency"]) + (f"（{'，'.join(marks)}）" if marks else "")


def bases(assigned: Iterable[Mapping[str, Any]]) -> str:
    """How it is known, the surest first, a line each."""
    return "\n".join(dict.fromkeys(word("basis", given["basis"]) for given in sorted(assigned, key=_rank)))


def due(row: Row) -> str:
    """The words that set each time limit, and the day where they do not name one; whether it is the whole document's."""
    return "\n".join(dict.fromkeys(limit(deadline, "\n") for deadline in row["deadlines"]))


def evidence(row: Row, assigned: Iterable[Mapping[str, Any]]) -> str:
    """《title》（文号） and the exact words."""
    return "\n".join([f"{source_of(row)}：", *quoted(row, assigned)])


def source_of(row: Row) -> str:
    """《title》（文号）: a title may have 《》 of its own; inside others they are single (GB/T 15834—2011, 4.15.3.3)."""
    document = re.sub(r"\s+", " ", row["document"] or row["document_id"])
    inner = document.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》" + (f"（{row['doc_number']}）" if row["doc_number"] else "")


def quoted(row: Row, assigned: Iterable[Mapping[str, Any]]) -> list[str]:
    """The exact words: the clauses, or the sentences, that name the units; else the task's own."""
    quotes = dict.fromkeys(given["clause"] or given["quote"] for given in assigned) or {row["quote"] or "": None}
    shown: list[str] = []
    for quote in filter(None, quotes):
        if sum(map(len, shown)) > 3 * _MOST_WORDS:
            shown.append(f"……另有{len(quotes) - len(shown)}处")
            break
        shown.append(f"“{short(quote)}”")
    return shown


def title_of(document: str) -> str:
    """What a notice issues, else its own title."""
    issued = _ISSUES.fullmatch(document)
    return issued[1] if issued else document


def short(words: str) -> str:
    """`words`, cut where they are long; …… says so, and what is before it is exact."""
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS] + "……"


def read(spool: IO[bytes]) -> Iterator[Row]:
    """All rows that were spooled."""
    spool.seek(0)
    for line in spool:
        yield json.loads(line)


def read_at(spool: IO[bytes], offsets: Iterable[int]) -> Iterator[Row]:
    """The rows at these offsets, in bytes."""
    for at in offsets:
        spool.seek(at)
        yield json.loads(spool.readline())
