"""What one cell of a table says: who answers for the task of its row, and when that is due."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import Span
from loaders.facts.clauses import Clause, read_clause
from loaders.facts.deadlines import Time, find_times
from loaders.names.parts import LEVEL_PREFIX
from loaders.names.shape import is_unit
from loaders.names.units import are_sure, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Role
    from loaders.text.heads import Kind

# A cell that names nobody. 例 无 · / · —
CELL_NONE = re.compile(r"[无/\-\s]{1,8}")
# Where a measure holds, which names nobody. 例 全市 · 8个县区
WHOLE_PLACE = re.compile(r"全[国省市区县州]|\d{0,4} {0,2}个.{1,12}")
# 例 2023-06-30 · 2023.6
CELL_DATE = re.compile(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?")
# 例 一季度 · 上半年, of the document's year
CELL_PART_OF_YEAR = re.compile(r"第?[一二三四1-4]季度(?:末|底)?前?|[上下]半年前?")
# A line that may go on with the name of an office of its own. 例 市委|宣传部 · 市政府|办公室
NAME_GOES_ON = re.compile(r"[\u4e00-\u9fff]{0,7}(?:[省市县区州盟旗党工]委|政府)")

_UNITS = 600  # code points of the longest cell that is read as a list of units or as a clause
_LABEL: Final = "责任单位:"
_DUE_LABEL: Final = "完成时限:"
_PARTICIPATES: Final[Role] = "PARTICIPATES"


def names_units(plain: str, cell: Span) -> bool:
    """Whether all of a cell is a list of units, a statement of who leads and who takes part, or a word for none."""
    words = plain[cell.start : min(cell.end, cell.start + _UNITS + 1)].rstrip(" 。;,、\n")
    if not words or len(words) > _UNITS:
        return False
    if CELL_NONE.fullmatch(words):
        return True
    if WHOLE_PLACE.fullmatch(words):
        return False
    units, whole = read_units(words, 0, len(words))
    # A full stop ends units as it ends work: 区教育局、某集团。 · 区投资促进中心。, but not 建成县综合服务中心。
    sure = plain[cell.end - 1] != "。" or any(are_sure([unit]) or LEVEL_PREFIX.match(unit.name) for unit in units)
    return bool(units and whole and sure) or read_clause(words, 0, len(words)) is not None


def clause_in(plain: str, cell: Span, kind: Kind) -> Clause | None:
    """A cell says what a label with the words of its head would, unless it says itself who leads (A牵头,B、C配合)."""
    words = plain[cell.start : cell.end]
    if len(words) > _UNITS or CELL_NONE.fullmatch(words):
        return None
    own = read_clause(_LABEL + _lines_parted(words), 0, len(_LABEL) + len(words))
    if own is None or not own.units:
        return None
    shift = cell.start - len(_LABEL)
    units = tuple((unit._replace(start=unit.start + shift, end=unit.end + shift), role) for unit, role in own.units)
    if kind == "support" and not own.names_lead:
        units = tuple((unit, _PARTICIPATES) for unit, _ in units)
    clause = Clause(cell, units, own.names_lead or kind in ("lead", "support"), own.positional, (), "table-column")
    if kind == "first leads":
        return clause._replace(units=clause.by_position(), names_lead=True)
    return clause


def _lines_parted(words: str) -> str:
    """`words` with 、 for the line ends between whole names; a line end inside a name stays."""
    lines = words.split("\n")
    if len(lines) == 1 or not all(is_unit(_bare(line)) for line in lines if line):
        return words
    if any(NAME_GOES_ON.fullmatch(_bare(line)) for line in lines[:-1]):
        return words
    return "、".join(lines)


def _bare(line: str) -> str:
    return line.strip(" 、,;。")


def read_due(plain: str, cell: Span, year: int | None, issued_on: str | None) -> Iterator[Time]:
    """The deadlines in a cell under 完成时限, which says what the label 完成时限: would: 2023年, 12月底, 一季度 are enough."""
    kept = [at for at in range(*cell) if not plain[at].isspace()]
    words = "".join(plain[at] for at in kept)
    if date := CELL_DATE.fullmatch(words):
        last = _last_day(date)
        if last:
            yield Time("by", cell, "figures", due=last)
        return
    words = "年底" if words == "全年" else words
    label = _DUE_LABEL + ("今年" if CELL_PART_OF_YEAR.fullmatch(words) else "")
    for time in find_times(f"{label}{words}前完成", len(_DUE_LABEL), len(label) + len(words) + 1, year, issued_on):
        first = max(time.span.start - len(label), 0)
        last_at = min(time.span.end - len(label), len(kept)) - 1
        if first <= last_at:
            yield replace(time, span=Span(kept[first], kept[last_at] + 1))


def _last_day(date: re.Match[str]) -> str | None:
    """2023-06-30 and 2023.6 as the last day they allow."""
    year, month = int(date["y"]), int(date["m"])
    try:
        if date["d"]:
            return datetime.date(year, month, int(date["d"])).isoformat()
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return (following - datetime.timedelta(days=1)).isoformat() if 1 <= month <= 12 else None
    except ValueError:
        return None
