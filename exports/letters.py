"""Letters as Word documents: 督办通知单, what one unit has to do, and 通报, what is done and what is late, unit by unit.

They are filled into templates that a clerk edits in Word: those in templates/ are set as GB/T 9704—2012 has it
(scripts/templates.py), and one of the same name in KG_DATA/templates stands before ours. A template holds {{ names }}, and rows
between {%tr for … %} and {%tr endfor %} (docxtpl). The names are the Chinese words of `letter` in kg/words/zh.tsv.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from exports.headings import file_called
from exports.ledger_rows import short
from kg.ask.queries import MAX_LIMIT, Catalogue, Query
from kg.decide.reports import FINISHED
from kg.engine.store import Store
from kg.errors import NotFound, UnreadableFile
from kg.packaged import packaged
from kg.words.zh import table, word

Kind = Literal["notice", "bulletin"]
Row = Mapping[str, Any]

BOARD, PROGRESS, LEDGER = "deadline-board", "progress-by-agency", "ledger"

COLOURS: Final = {"done": "2E7D32", "in_progress": "1F5F8B", "late": "B3261E", "other": "9E9E9E"}
"""Of the parts of a bar in the chart."""

_TIMES: Final = ("light", "due_from", "due_to")
"""What narrows a board to tasks with a time limit."""

_WIDEST: Final = 18
"""Full blocks (U+2588), which join to a bar, that fit into the cell of the chart."""
_NAMELESS: Final = re.compile(r"'([^']{1,80})' is undefined|no attribute '([^']{1,80})'")  # 例 '单位名称' is undefined


@dataclass(frozen=True, slots=True)
class Letter:
    """A document of Word, and what its file is called."""

    name: str
    data: bytes


def notice_query(queries: Catalogue) -> Query:
    """What a notice is asked by: the deadline board, its agency required."""
    board = queries[BOARD]
    parameters = tuple(replace(p, required=p.required or p.name == "agency") for p in board.parameters)
    example = {p.name: p.example for p in parameters if p.required and p.example}
    return replace(board, name="notice", path="/agencies/{agency}/notice.docx", parameters=parameters, example=example)


def bulletin_query(queries: Catalogue) -> Query:
    """What a bulletin is asked by: that of the progress of units."""
    return replace(queries[PROGRESS], name="bulletin", path="/progress/bulletin.docx")


def notice(
    queries: Catalogue, store: Store, given: Mapping[str, Any], own: Path | None = None, *, sender: str = "", contact: str = ""
) -> Letter:
    """The tasks of one unit that are not reported done: what, with whom, by when, in which words; those past their day first,
    those without a time limit last.

    `given`: parameters of the deadline board, its agency among them. `own`: the folder of the clerk's templates. `sender`: who
    sends it; `contact`: whom to ask, by name and telephone. Raises what asking raises, NotFound where nothing is open, and
    UnreadableFile for a template that cannot be filled in.
    """
    asked = notice_query(queries)
    bound = asked.bind(store, given)
    agency = str(bound["agency"])
    dated = [row for row in asked.fetch(store, bound, MAX_LIMIT).rows if row["task_id"]]
    undated = [] if any(bound[name] for name in _TIMES) else [*_undated(_ledger(queries, store, bound), bound, dated)]
    rows = [row for row in dated if row["light"] != "done"] + undated
    if not rows:
        raise NotFound(f"nothing is open for {agency}", "`kg query deadline-board` lists what others have to do")
    found = store.read("MATCH (a:Agency {id: $id}) RETURN a.name AS name", {"id": agency}).rows
    name = str(found[0]["name"])
    by_task: dict[str, list[Row]] = {}
    for row in rows:
        by_task.setdefault(row["task_id"], []).append(row)
    items = [_item(number, of, agency) for number, of in enumerate(by_task.values(), 1)]
    roles = [item[word("letter", "role")] for item in items]
    values = {
        "agency": name,
        "rows": items,
        "count": len(items),
        "leads": roles.count(word("role", "LEADS")),
        "participates": roles.count(word("role", "PARTICIPATES")),
        "late_count": sum(any(row["light"] == "red" for row in of) for of in by_task.values()),
        "undated_count": len(undated),
        "unchecked_count": sum(of[0]["review"] != "checked" for of in by_task.values()),
    }
    return _letter("notice", name, str(bound["today"]), {**values, "sender": sender, "contact": contact}, own)


def bulletin(
    queries: Catalogue, store: Store, given: Mapping[str, Any], own: Path | None = None, *, sender: str = "", contact: str = ""
) -> Letter:
    """How far the units have come, what is done, what is late. `given`: parameters of progress-by-agency. Raises as notice."""
    asked = bulletin_query(queries)
    bound = asked.bind(store, given)
    units = [row for row in asked.fetch(store, bound, MAX_LIMIT).rows if not row["collective"]]

    names = {row["agency_id"]: row["agency"] for row in units}
    parts = [part for row in _ledger(queries, store, bound) for part in _parts(row, bound, names)]
    done = [part for part in parts if part.state in FINISHED]
    late = sorted((part for part in parts if part.days and part.state not in FINISHED), key=lambda part: -part.days)
    tasks, finished = sum(row["tasks"] for row in units), sum(row["done"] + row["done_late"] for row in units)
    most = max((row["tasks"] for row in units), default=0)
    documents = {part.row["document_id"]: part.row["document"] for part in parts}
    place = store.read("MATCH (p:Place {id: $id}) RETURN p.name AS name", {"id": bound["place"]}).rows
    scope = str(place[0]["name"]) if place else documents.get(str(bound["document"]), "")
    values = {
        "scope": scope,
        "units": len(units),
        "tasks": tasks,
        "done_count": finished,
        "share": _share(finished, tasks),
        "late_count": sum(row["overdue"] for row in units),
        "silent_count": sum(row["silent"] for row in units),
        "unchecked_count": sum(part.row["review"] != "checked" for part in parts),
        "agencies": [_unit(row, most) for row in units],
        "done_rows": [part.as_row() for part in done],
        "late_rows": [part.as_row() for part in late],
    }
    return _letter("bulletin", scope, str(bound["today"]), {**values, "sender": sender, "contact": contact}, own)


def _ledger(queries: Catalogue, store: Store, bound: Mapping[str, Any]) -> Sequence[Row]:
    """The rows of the ledger, asked as `bound` says."""
    given = {p.name: bound[p.name] for p in queries[LEDGER].parameters if bound.get(p.name) is not None}
    return queries[LEDGER].run(store, given, MAX_LIMIT).rows


def _undated(ledger: Iterable[Row], bound: Mapping[str, Any], dated: Iterable[Row]) -> Iterator[Row]:
    """What the unit of a notice has to do that is not among `dated` and not reported done: rows of the ledger, their units as
    those of the board, without a light. `bound`: what the notice is asked with."""
    tasks = {row["task_id"] for row in dated}
    for row in ledger:
        units = {
            of_role: [one for one in row[of_role] if one["basis"] in bound["basis"] and one["modality"] in bound["modality"]]
            for of_role in ("leads", "participants")
        }
        named = {one["agency_id"] for one in units["leads"] or units["participants"]}
        ours = any(one["agency_id"] == bound["agency"] for of_role in units.values() for one in of_role)
        finished = {report["agency_id"] for report in row["reports"] if report["state"] in FINISHED}
        if ours and row["task_id"] not in tasks and not named <= finished:
            yield {**row, **units, "light": None}


@dataclass(frozen=True, slots=True)
class _Part:
    """That `agency` has a part in the task of a row of the ledger; `report`: what it has said last. `past`: the days that have
    gone by, ISO 8601, the first of them `days` ago."""

    row: Row
    agency: str
    report: Row | None
    past: tuple[str, ...]
    days: int

    @property
    def state(self) -> str | None:
        return self.report["state"] if self.report else None

    def as_row(self) -> dict[str, Any]:
        due = self.past or [one["due_on"] for one in self.row["deadlines"] if one["due_on"]]
        said = {
            "agency": self.agency,
            "days": self.days,
            "progress": _told(self.report) if self.report else word("column", "silent"),
        }
        return _named({**_of_task(self.row), **said, "due": "\n".join(map(_day, dict.fromkeys(due)))})


def _parts(row: Row, bound: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[_Part]:
    """What progress-by-agency, asked with `bound`, counts of a row of the ledger: one for each of the units `names`."""
    units = dict.fromkeys(
        unit["agency_id"]
        for role, of_role in (("LEADS", row["leads"]), ("PARTICIPATES", row["participants"]))
        for unit in of_role
        if role in bound["role"] and unit["basis"] in bound["basis"] and unit["modality"] in bound["modality"]
    )
    dated = sorted({one["due_on"] for one in row["deadlines"] if one["due_on"] and one["kind"] != "recurring"})
    past = tuple(day for day in dated if day < bound["today"])
    today = datetime.date.fromisoformat(bound["today"])
    days = (today - datetime.date.fromisoformat(past[0])).days if past else 0
    for unit in filter(names.__contains__, units):
        report = next((held for held in row["reports"] if held["agency_id"] == unit), None)
        yield _Part(row, names[unit], report, past, days)


def _item(number: int, rows: Sequence[Row], agency: str) -> dict[str, Any]:
    """A task of a notice: `rows` are its time limits."""
    row = rows[0]
    role, unit = next(
        (role, unit)
        for role, units in (("LEADS", row["leads"]), ("PARTICIPATES", row["participants"]))
        for unit in units
        if unit["agency_id"] == agency
    )
    others = [
        f"{word('role', role)}：{'、'.join(named)}"
        for role, units in (("LEADS", row["leads"]), ("PARTICIPATES", row["participants"]))
        if (named := _names([unit for unit in units if unit["agency_id"] != agency]))
    ]
    held = next((report for report in row["reports"] if report["agency_id"] == agency), None)
    said = {
        "number": number,
        "role": word("role", role),
        "others": "\n".join(others),
        "limit": "\n".join(dict.fromkeys(map(_limit, rows))),
        "light": "、".join(dict.fromkeys(word("light", one["light"]) for one in rows if one["light"])),
        "clause": short(unit["clause"] or unit["quote"]),
        "progress": _told(held) if held else "",
    }
    return _named({**_of_task(row), **said})


def _of_task(row: Row) -> dict[str, Any]:
    title = " ".join(filter(None, (row["task_number"], row["task"])))
    document = (row["document"] or row["document_id"]).replace("《", "〈").replace("》", "〉")  # GB/T 15834—2011, 4.15.3.3
    number = row["doc_number"] or ""
    return {"task": short(title), "document": f"《{document}》", "doc_number": number}


def _limit(row: Row) -> str:
    if not row["light"]:
        return word("board", "undated")
    day = row["due_on"] or row["next_on"]
    often = word("every", row["every"]) if row["every"] else ""
    return f"{_day(day)}{f'（{often}）' if often else ''}" if day else str(row["quote"])


def _told(report: Row) -> str:
    """What a unit reported last; nothing where it has not."""
    said = [word("state", report["state"]) if report["state"] else "", report["progress"] or ""]
    return "，".join(filter(None, said))


def _unit(row: Row, most: int) -> dict[str, Any]:
    done = row["done"] + row["done_late"]
    late = min(row["overdue"], row["tasks"] - done)
    going = min(row["in_progress"], row["tasks"] - done - late)
    counts = {"done": done, "in_progress": going, "late": late, "other": row["tasks"] - done - late - going}
    bar = RichText()
    for part, count in counts.items():
        bar.add("█" * (round(_WIDEST * count / most) or min(count, 1)), color=COLOURS[part], size=16)
    said = {name: row[name] for name in ("agency", "tasks", "in_progress", "silent")}
    return _named({**said, "done": done, "late": row["overdue"], "share": _share(done, row["tasks"]), "chart": bar}) | {
        word("letter", "task"): row["tasks"]  # the column of the template is called 任务
    }


def _names(units: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(unit["agency"] for unit in units))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


def _day(iso: str | None) -> str:
    """2022-12-31 as 2022年12月31日."""
    if not iso:
        return ""
    day = datetime.date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values under the words that templates call them by."""
    return {word("letter", name): value for name, value in values.items()}


# Templates


def name_of(kind: Kind) -> str:
    """What its template is called."""
    return f"{word('letter name', kind)}.docx"


def template(kind: Kind, own: Path | None = None) -> Path:
    """The clerk's template in the folder `own`, or else ours."""
    given = own / name_of(kind) if own else None
    return given if given and given.exists() else packaged("templates") / name_of(kind)


def check(kind: Kind, file: Path) -> None:
    """Fills a template with one row of everything. Raises UnreadableFile, which says what is wrong with it."""
    row = dict.fromkeys(table()["letter"].values(), "1") | _named({"chart": RichText("■")})
    lists = {word("letter", name): [row] for name in ("rows", "agencies", "done_rows", "late_rows")}
    _filled(file, row | lists)


def _letter(kind: Kind, about: str, today: str, values: Mapping[str, Any], own: Path | None) -> Letter:
    day = _day(today)
    more = {"date": day, "year": today[:4]}
    name = file_called(f"{about}{word('letter name', kind)}-{day}", "docx")
    return Letter(name, _filled(template(kind, own), _named({**values, **more})))


def _filled(file: Path, values: Mapping[str, Any]) -> bytes:
    """The bytes of a template that is filled in. Raises UnreadableFile."""
    try:
        made = DocxTemplate(str(file))
        made.render(dict(values), SandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
        out = io.BytesIO()
        made.save(out)
    except (PackageNotFoundError, BadZipFile, KeyError, OSError) as error:
        raise UnreadableFile(f"{file.name}: it is no Word document (.docx)", "save it in Word as .docx") from error
    except UndefinedError as error:
        found = _NAMELESS.search(str(error))
        what = (found[1] or found[2]) if found else str(error)
        hint = "use one of the candidates; `kg templates --write` writes an example"
        raise UnreadableFile(
            f"{file.name}: there is no name {what} to fill in", hint, tuple(table()["letter"].values())
        ) from error
    except TemplateError as error:
        near = " ".join(re.sub(r"<[^>]{0,2000}>", "", str(line)).strip() for line in getattr(error, "docx_context", ()))
        where = f", near {near[:120]}" if near.strip() else ""
        hint = "every {{ needs its }}, every {%tr for … %} a row of its own and its {%tr endfor %}"
        raise UnreadableFile(f"{file.name}: the template cannot be understood: {error}{where}", hint) from error
    return out.getvalue()
