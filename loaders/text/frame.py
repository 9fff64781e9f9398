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
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.text.numbering import Numbers
    from loaders.text.tables import TaskTable

# What a title ends in (GB/T 9704-2012, 7.3.1: 发文机关名称、事由和文种).
KINDS = "通知|通告|公告|决定|意见|方案|要点|办法|规划|计划|措施|细则|规定|条例|纲要|安排|通报|批复|函|清单|规程|制度|举措|政策"

# 例 关于印发长治市…工作方案的通知 · 佛山市高明区建设人民满意政府实施方案(2014-2020年) · 若干措施(试行)
TITLE = re.compile(rf"[^。;:!?]{{4,120}}(?:{KINDS})(?:[(][^()]{{1,30}}[)]){{0,2}}(?:的?(?:通知|函))?$")
# A title has these, or stands alone above the text: 关于印发…, 2021年…工作要点.
TITLE_BROKEN = re.compile(r"(?:关于|印发|转发)[^。;:!?]{0,80}$")

# The first words of a text that is no title though it may end like one. 例 现将…方案 · 根据《…》 · 各县(市、区)人民政府:
PREAMBLE = re.compile(r"(?:现将|根据|按照|为(?!民)|经|各[^。]{1,80}:|《[^》]{2,80}》已|附件|当前位置|您当前|中国政府网|来源)")
# 例 现将《…方案》|印发给你们, where the file leaves the title out
ANNOUNCED = re.compile(r"(?:现将|现印发)《(?P<title>[^《》]{4,100})》")
TITLE_ISSUER = re.compile(r"(?P<issuer>[^ ,。:]{3,40}?)(?:关于|印发|转发)")
YEAR_IN_TITLE = re.compile(r"(?<!-)((?:19|20)\d\d)(?=年)")

# 例 长政办发〔2022〕14号 · 明府字[2014]27号 · 国办发(2019)54号
DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[\[(](?:19|20)\d\d[\])]第?\d{1,5}号")
DOC_NUMBER_LINE = re.compile(rf"[ (]*(?P<number>{DOC_NUMBER.pattern})[ )]*$")
# 例 黔发改服务〔2020〕111号 at the end of the title's own line
DOC_NUMBER_IN_TITLE = re.compile(rf"[ (]{{0,4}}(?P<number>{DOC_NUMBER.pattern})[)]?$")

# 例 各省、自治区、直辖市人民政府,国务院各部委: whom only a national body addresses
NATIONAL_ADDRESSEES = re.compile(r"(?:^|\n)[ ]{0,20}各省[、,]自治区[、,]直辖市[^\n]{0,120}:")
# 例 (已废止) · [失效], behind or above a title
STATUS = re.compile(r"[(\[](?P<status>(?:已|全文|部分)?(?:废止|失效|修改|修订|有效))[)\]]")

# Where the first words of a text without a title end.
FIRST_WORDS_END = re.compile(r"[。;:,]")
# 例 索 引 号: · 成文日期: · [ 发布机构 ] (版头 and web tables)
LABEL = re.compile(
    r"\[? {0,4}(?P<label>索 {0,2}引 {0,2}号|成 {0,2}文 {0,2}(?:日 {0,2}期|时 {0,2}间)"
    r"|发 {0,2}布 {0,2}(?:日 {0,2}期|时 {0,2}间|机 {0,2}构)|发 {0,2}文 {0,2}(?:字 {0,2}号|机 {0,2}关|日 {0,2}期)|标 {0,4}题"
    r"|主 {0,2}题 {0,2}词|主题分类|体裁分类|有效性|公文种类|分 {0,4}类|信息来源|关键词|文 {0,4}号|生效日期|废止日期|信息名称"
    r"|效力状态) {0,4}(?:\]|:)"
)

DATE = re.compile(r"(?P<y>(?:19|20)\d\d)(?:年|[-/.])(?P<m>\d{1,2})(?:月|[-/.])(?P<d>\d{1,2})日?")
DATE_LINE = re.compile(rf"{DATE.pattern}$")

# 例 (此件公开发布) · (此件主动公开) · (本文有删减)
NOTE_LINE = re.compile(r"\((?:此件|本文)[^()]{1,20}\)$")

# 例 附件:1.… · 附件 · 附件2
ATTACHMENT = re.compile(r"附 {0,2}[件表](?: {0,2}[\d一二三四五六七八九十]{1,2})?[ ]{0,4}(?::|$)")

# Web chrome below the text; everything from it on is no part of the document.
FOOTER = re.compile(
    r"(?:扫一扫|主办单位:|承办单位:|主办:|版权所有|Copyright|网站标识码|打印本页|关闭窗口|分享到|上一篇|下一篇|相关附件"
    r"|智能问答|责任编辑)"
)
# What belongs to the frame wherever it stands. 例 抄送:市委各部门 (GB/T 9704-2012, 7.4.1)
FRAME_LINE = re.compile(rf"(?=[12(抄])(?:{DATE_LINE.pattern}|{NOTE_LINE.pattern}|抄送:)")

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
    date = DATE.search(text)
    try:
        return datetime.date(int(date["y"]), int(date["m"]), int(date["d"])).isoformat() if date else None
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
    if printed := next(filter(None, announced), None):
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
    number = next((m for line in lines if (m := DOC_NUMBER_LINE.match(line))), None)
    if number is None and title_lines:
        number = DOC_NUMBER_IN_TITLE.search(plain, *title_lines[-1])
    return doc_number(number["number"]) if number else None


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
    named = TITLE_ISSUER.match(title)
    return named["issuer"] if named and is_unit(named["issuer"]) else None
