"""The ledger, 责任清单: a workbook that goes to a meeting as it is, printed on A4."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from exports.paper import Paper, PrintedColumn
from exports.table import Row, Table
from exports.xlsx import workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE: Final = "责任清单"

BASES: Final = {"clause": "责任条款", "narrative": "正文表述", "default": "默认规则"}
"""How it is known that a unit has to, the surest first; a unit known in several ways is listed by the surest."""

ROLES: Final = {"LEADS": "牵头", "PARTICIPATES": "配合"}

MOST_SHEETS: Final = 100
"""Units with a sheet of their own, those with most tasks; a workbook with more is of no use, and each is an open file."""

MOST_BARS: Final = 20
"""Units in the chart."""

_MOST_WORDS: Final = 200
"""Characters of one quotation, and three times as many of all quotations of a row."""

_ALL: Final = "任务总表"
_SUMMARY: Final = "汇总"


def write_ledger(table: Table, out: BinaryIO) -> None:
    """The rows of the query `ledger` as a workbook: all tasks, a summary with a chart, and a sheet for each unit, or for the
    one that was asked for. The order of the rows is kept; units are sorted by how much they lead, then by id.

    Rows go to a temporary file first: which units there are, and in which order, is known when the last was read.
    """
    with TemporaryFile() as spool, workbook(out) as book:
        units = _spool(table, spool)
        title = _title(table, units)
        _Book(book, title, several_places=units.several_places).write(spool, units.in_order(table.parameters.get("agency")))


@dataclass(slots=True)
class _Unit:
    """An agency, and the offsets in the spool of its tasks' rows."""

    id: str
    name: str
    collective: bool
    rows: list[int] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

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
class _Units:
    """What was learned from all rows."""

    by_id: dict[str, _Unit] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    @property
    def several_places(self) -> bool:
        return len(self.places) > 1

    def in_order(self, only: str | None = None) -> list[_Unit]:
        """Single units before collectives; those that lead most by a clause first."""
        units = [u for u in self.by_id.values() if only in (None, u.id)]
        return sorted(units, key=lambda u: (u.collective, -u.leads, -u.shares, -len(u.rows), u.id))


def _spool(table: Table, spool: IO[bytes]) -> _Units:
    """Writes the rows as lines of JSON, and counts."""
    units = _Units()
    for row in table:
        at = spool.tell()
        spool.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        units.documents[row["document_id"]] = row["document"] or row["document_id"]
        if row["place_code"]:
            units.places[row["place_code"]] = row["place"] or row["place_code"]
        for role, assigned in _assigned(row).items():
            for given in assigned:
                unit = units.by_id.setdefault(
                    given["agency_id"], _Unit(given["agency_id"], given["agency"], bool(given["collective"]))
                )
                if unit.rows[-1:] != [at]:
                    unit.rows.append(at)
                unit.counts[role, given["basis"]] += 1
    return units


def _assigned(row: Row) -> dict[str, list[Mapping[str, Any]]]:
    """By role, each unit once, by its surest basis. Who leads by a clause does not also take part (Counting, in the docs)."""
    assigned: dict[str, list[Mapping[str, Any]]] = {}
    led: set[str] = set()
    for role, column in (("LEADS", "leads"), ("PARTICIPATES", "participants")):
        surest: dict[str, Mapping[str, Any]] = {}
        for given in row[column]:
            held = surest.get(given["agency_id"])
            if given["agency_id"] not in led and (held is None or _rank(given) < _rank(held)):
                surest[given["agency_id"]] = given
        assigned[role] = sorted(surest.values(), key=_rank)
        led |= {given["agency_id"] for given in assigned[role] if given["basis"] == "clause"}
    return assigned


def _rank(given: Mapping[str, Any]) -> int:
    return list(BASES).index(given["basis"])


def _title(table: Table, units: _Units) -> str:
    """责任清单, and of what: the names of what was asked for, as the rows say them."""
    given = table.parameters
    asked = [
        *([units.documents.get(given["document"], given["document"])] if given.get("document") else []),
        *([units.places.get(given["place"], given["place"])] if given.get("place") else []),
        *(
            [units.by_id[given["agency"]].name if given["agency"] in units.by_id else given["agency"]]
            if given.get("agency")
            else []
        ),
        *([f"{given['year']}年"] if given.get("year") else []),
    ]
    if not asked and len(units.places) == 1:
        asked = list(units.places.values())
    return "、".join(re.sub(r"\s+", "", name) for name in asked) + TITLE


# ---- the words of a row ---------------------------------------------------------------------------------------------


def _named(given: Mapping[str, Any]) -> str:
    """长治市司法局, 各县区人民政府（统称）, 长治市财政局（正文表述）."""
    marks = [*(["统称"] if given["collective"] else []), *([BASES[given["basis"]]] if given["basis"] != "clause" else [])]
    return str(given["agency"]) + (f"（{'，'.join(marks)}）" if marks else "")


def _bases(assigned: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(dict.fromkeys(BASES[given["basis"]] for given in sorted(assigned, key=_rank)))


def _due(row: Row) -> str:
    """The words that set each time limit, and the day where they do not name one; that of the whole document where the task
    has none of its own."""
    lines = [_limit(deadline) for deadline in row["deadlines"]]
    if all(deadline.get("kind") == "within" for deadline in row["deadlines"]) and row["kind"] != "general":
        days = {deadline["due_on"] for deadline in row["document_deadlines"] if deadline["due_on"]}
        # where a document names several days, nobody can tell which binds a task: as the deadline-board has it
        lines += [_limit(deadline, "文件总时限") for deadline in row["document_deadlines"] if len(days) == 1]
    return "\n".join(dict.fromkeys(lines))


def _limit(deadline: Mapping[str, Any], *marks: str) -> str:
    """2022年底前（2022-12-31）"""
    beside = "，".join(filter(None, [deadline["due_on"], *marks]))
    return str(deadline["quote"]) + (f"\n（{beside}）" if beside else "")


def _evidence(row: Row, assigned: Iterable[Mapping[str, Any]]) -> str:
    """《title》（文号） and the exact words: the clauses, or the sentences, that name the units; else the task's own."""
    quotes = dict.fromkeys(given["clause"] or given["quote"] for given in assigned) or {row["quote"] or "": None}
    document = re.sub(r"\s+", " ", row["document"] or row["document_id"])
    # A title may have 《》 of its own; inside others they are single (GB/T 15834—2011, 4.15.3.3).
    inner = document.replace("《", "〈").replace("》", "〉")
    number = f"（{row['doc_number']}）" if row["doc_number"] else ""
    shown: list[str] = []
    for quote in filter(None, quotes):
        if sum(map(len, shown)) > 3 * _MOST_WORDS:
            shown.append(f"……另有{len(quotes) - len(shown)}处")
            break
        shown.append(f"“{_short(quote)}”")
    return "\n".join([f"《{inner}》{number}：", *shown])


def _short(words: str) -> str:
    """`words`, cut where they are long; …… says so, and what is before it is exact."""
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS] + "……"


# ---- sheets ---------------------------------------------------------------------------------------------------------

_PLACE: Final = PrintedColumn("地区", 9, "centre")
_TASK: Final = (PrintedColumn("编号", 8, "centre"), PrintedColumn("任务", 34))
_UNITS: Final = (PrintedColumn("牵头单位", 26), PrintedColumn("配合单位", 26))
_REST: Final = (PrintedColumn("完成时限", 18), PrintedColumn("依据", 48, "small"), PrintedColumn("依据类型", 11, "centre"))
_NUMBER: Final = PrintedColumn("序号", 6, "centre")


class _Book:
    """The workbook while it is written. A row is apart where no clause names its units, or its unit is many named as one."""

    def __init__(self, book: Workbook, title: str, *, several_places: bool) -> None:
        self._book = book
        self._title = title
        self._paper = Paper(book)
        self._place = (_PLACE,) if several_places else ()
        book.set_properties({"title": title})

    def write(self, spool: IO[bytes], units: Sequence[_Unit]) -> None:
        """All sheets, in the order in which they stand."""
        self._all_tasks(_read(spool))
        with_sheet = sorted(units, key=lambda unit: -len(unit.rows))[:MOST_SHEETS]
        shown = {unit.id for unit in with_sheet}
        self._summary(units, len(units) - len(shown))
        for unit in units:
            if unit.id in shown:
                self._unit(unit, _read_at(spool, unit.rows))

    def _all_tasks(self, rows: Iterable[Row]) -> None:
        columns = (_NUMBER, *self._place, *_TASK, *_UNITS, *_REST)
        sheet = self._paper.sheet(_ALL, self._title, columns)
        count = 0
        for count, row in enumerate(rows, 1):
            assigned = _assigned(row)
            everyone = [given for of_role in assigned.values() for given in of_role]
            units = ["、".join(map(_named, of_role)) for of_role in assigned.values()]
            cells: list[str | int] = [count, *self._first(row), *units, _due(row), _evidence(row, everyone), _bases(everyone)]
            apart = bool(everyone) and all(given["basis"] != "clause" for given in everyone)
            self._paper.row(sheet, count, columns, cells, apart=apart)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def _unit(self, unit: _Unit, rows: Iterable[Row]) -> None:
        columns = (_NUMBER, *self._place, *_TASK, PrintedColumn("责任", 7, "centre"), *_UNITS, *_REST)
        name = unit.name + ("（统称）" if unit.collective else "")
        sheet = self._paper.sheet(name, f"{name}　{TITLE}", columns)
        count = 0
        for row in rows:
            assigned = _assigned(row)
            units = ["、".join(map(_named, of_role)) for of_role in assigned.values()]
            for role, of_role in assigned.items():
                own = [given for given in of_role if given["agency_id"] == unit.id]
                if own:
                    count += 1
                    cells: list[str | int] = [
                        count,
                        *self._first(row),
                        ROLES[role],
                        *units,
                        _due(row),
                        _evidence(row, own),
                        _bases(own),
                    ]
                    self._paper.row(sheet, count, columns, cells, apart=own[0]["basis"] != "clause")
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def _summary(self, units: Sequence[_Unit], left_out: int) -> None:
        headings = ("牵头", "配合", "合计", "正文表述\n（另计）", "默认规则\n（另计）")
        columns = (_NUMBER, PrintedColumn("单位", 36), *(PrintedColumn(heading, 11, "number") for heading in headings))
        sheet = self._paper.sheet(_SUMMARY, f"{self._title}　{_SUMMARY}", columns)
        for at, unit in enumerate(units, 1):
            counts = [unit.leads, unit.shares, unit.leads + unit.shares, unit.known_by("narrative"), unit.known_by("default")]
            name = unit.name + ("（统称）" if unit.collective else "")
            self._paper.row(sheet, at, columns, [at, name, *counts], apart=unit.collective)
        sheet.autofilter(0, 0, max(len(units), 1), len(columns) - 1)
        notes = [
            "牵头、配合、合计按责任条款计算，每项任务只计一次；正文表述、默认规则另计，不并入合计。",
            "“统称”指各县区、各有关部门等多个单位的合称，不分摊到各单位。",
            *([f"任务较少的{left_out}个单位没有单列工作表，见{_ALL}。"] if left_out else []),
        ]
        single = sum(not unit.collective and unit.leads + unit.shares > 0 for unit in units)
        if single:
            self._chart(sheet, min(single, MOST_BARS), len(columns) + 1)
        for at, note in enumerate(notes, len(units) + 2):
            self._paper.note(sheet, at, note)

    def _chart(self, sheet: Worksheet, bars: int, column: int) -> None:
        """Beside the table; the units that lead most stand first in it."""
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for at, colour in ((2, "#2F5597"), (3, "#A9C1E8")):
            chart.add_series(
                {
                    "name": [_SUMMARY, 0, at],
                    "categories": [_SUMMARY, 1, 1, bars, 1],
                    "values": [_SUMMARY, 1, at, bars, at],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": f"各单位任务数（前{bars}）", "name_font": {"size": 12}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})  # the first at the top
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 130 + 26 * bars})
        sheet.insert_chart(0, column, chart, {"x_offset": 8, "y_offset": 4})

    def _first(self, row: Row) -> list[str]:
        place = [row["place"] or ""] if self._place else []
        return [*place, row["task_number"] or "", _short(row["task"] or row["quote"] or "")]


def _read(spool: IO[bytes]) -> Iterator[Row]:
    spool.seek(0)
    for line in spool:
        yield json.loads(line)


def _read_at(spool: IO[bytes], offsets: Iterable[int]) -> Iterator[Row]:
    for at in offsets:
        spool.seek(at)
        yield json.loads(spool.readline())
