"""What units report of their tasks: `kg report`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.cli.command import CommandParser, day, library
from kg.cli.output import print_rows, say
from kg.errors import BadParameter, UnreadableFile

if TYPE_CHECKING:
    from kg.decide.reports import Report

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".et"})

_SHOWN: Final = (
    "row",
    "outcome",
    "reason",
    "task",
    "agency",
    "state",
    "progress",
    "reported_on",
    "filled",
    "held_state",
    "held_on",
)


def report(parser: CommandParser) -> None:
    from kg.decide.reports import STATES
    from kg.words.zh import word

    parser.epilog = "example: kg report 140400:长政办发〔2022〕14号:2.1 --agency 长治市司法局 --status 已完成 --date 2022-12-20"
    parser.add_argument(
        "task",
        metavar="TASK|FILE|REPORT",
        help="a task's id, a workbook (.xlsx, .xls) that was filled in, or, with --withdraw, a report's id",
    )
    parser.add_argument(
        "--agency",
        metavar="UNIT",
        help="whose report it is, by id or full name; the only lead if left out, or nobody's where it names no unit",
    )
    states = [said for state in STATES for said in (word("state", state), state)]
    parser.add_argument("--status", metavar="STATUS", choices=states, help=", ".join(states[::2]))
    parser.add_argument("--text", help="进展情况")
    parser.add_argument("--percent", type=int, metavar="N", help="how much is done, of 100")
    parser.add_argument(
        "--date", type=day, metavar="DAY", help="the day that it speaks of, in a workbook of rows without one [default today]"
    )
    parser.add_argument("--evidence", metavar="LINK", help="a link, or the name of a file, that shows it")
    parser.add_argument("--by", metavar="NAME", help="who says so")
    parser.add_argument(
        "--withdraw", action="store_true", help="take a report back, which `kg query progress` lists with its id"
    )
    rows = parser.add_argument_group("of a workbook")
    rows.add_argument("--keep", action="store_true", help="keep what is new; without it nothing is written")
    rows.add_argument("--conflicting", action="store_true", help="with --keep: what conflicts with other reports too")
    rows.add_argument("--task-column", metavar="HEADING", help="where the tasks stand, in a workbook that is not ours")
    rows.add_argument("--progress-column", metavar="HEADING", help="where the progress stands")
    rows.add_argument("--agency-column", metavar="HEADING", help="where the units stand")
    rows.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_report)


def _told(report: Report) -> str:
    from kg.words.zh import word

    return " ".join(filter(None, (report.agency, word("state", report.state), f"({report.date})", report.quote)))


def _report(arguments: argparse.Namespace) -> int:
    from kg.decide.reports import STATES
    from kg.words.zh import word

    if Path(arguments.task).suffix.lower() in WORKBOOKS:
        return _workbook(arguments)
    if arguments.withdraw:
        if arguments.status or arguments.text:
            raise BadParameter("--withdraw takes a report back and keeps none", "leave --status and --text out")
        with library() as base:
            gone = base.progress.withdraw(arguments.task, by=arguments.by)
        say(f"taken back: {_told(gone)}")
        return 0
    if not arguments.status:
        raise BadParameter("what is its status?", "say --status", tuple(word("state", state) for state in STATES))
    state = next(state for state in STATES if arguments.status in (state, word("state", state)))
    said = {name: getattr(arguments, name) for name in ("text", "percent", "date", "by", "evidence")}
    with library() as base:
        kept = base.progress.report(arguments.task, arguments.agency, state=state, **said)
    say(f"kept: {_told(kept)}")
    return 0


def _workbook(arguments: argparse.Namespace) -> int:
    """Says what each row would change; 65 where one is left out."""
    from kg.graph.returned import COLUMNS, NAMES
    from kg.words.zh import word

    path = Path(arguments.task)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}", "name a file that is there") from error
    columns = {name: getattr(arguments, f"{name}_column") for name in NAMES}
    with library() as base:
        rows = base.progress.returned(
            data, path.name, columns=columns, agency=arguments.agency, by=arguments.by, date=arguments.date
        )
        taken = {"new", "conflicting"} if arguments.conflicting else {"new"}
        kept = base.progress.keep_rows(rows, taken) if arguments.keep else 0
    shown: list[dict[str, Any]] = [row.as_json() for row in rows]
    if arguments.format == "table":
        for row in shown:
            row["reason"] = row["reason"] and word("returned", row["reason"])
    print_rows(arguments.format, COLUMNS, shown, _SHOWN if arguments.format == "table" else None, truncated=False)
    if arguments.format == "table":
        counts = Counter(row.outcome for row in rows)
        say(", ".join(f"{n} {outcome}" for outcome, n in counts.items()) or "no row is filled in")
        say(f"{kept} kept" if arguments.keep else "nothing was written: --keep keeps what is new")
    return 65 if any(row.outcome not in {*taken, "unchanged"} for row in rows) else 0
