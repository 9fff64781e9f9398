"""The frame of a document: 版头, title, metadata, 落款.

All offsets refer to the plain view, which is as long as the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.model import Span
from loaders.lexicon.table import rows
from loaders.names.phrases import NOT_ACTOR
from loaders.names.places import mention
from loaders.names.shape import is_unit
from loaders.text.cards import is_of_a_card
from loaders.text.imprint import (
    DATE_LINE,
    DOC_NUMBER_GLUED,
    DOC_NUMBER_IN_TITLE,
    DOC_NUMBER_LINE,
    NOTE_LINE,
    day_of,
    doc_number,
    order_of,
    read_signature,
)
from loaders.text.reports import is_dated, is_report
from loaders.text.view import squeezed

# What a title ends in (GB/T 9704-2012, 7.3.1: 发文机关名称、事由和文种).
KINDS = (
    "通知|通告|公告|决定|意见|方案|要点|办法|规划|计划|措施|细则|规定|条例|纲要|安排|通报|批复|函|清单|规程|制度|举措|政策"
    "|纪要|[交督]办单|任务单"
)

# 例 关于印发长治市…工作方案的通知 · 佛山市高明区建设人民满意政府实施方案(2014-2020年) · 若干措施(试行)
TITLE = re.compile(rf"[^。;:!?]{{4,120}}(?:{KINDS})(?:[(][^()]{{1,30}}[)]){{0,2}}(?:的?(?:通知|函))?$")
TITLE_LAST: Final = frozenset(")知函").union(kind[-1] for kind in KINDS.replace("]", "").split("|"))
# A title has these, or stands alone above the text: 关于印发…, 2021年…工作要点.
TITLE_BROKEN = re.compile(r"(?:关于|印发|转发)[^。;:!?]{0,80}$")

# What a headline has not. 例 关于印发… · …通知 · 2021年工作方案
OF_OFFICE = re.compile(
    r"关于|印发|转发|(?:通[知告报]|公告|方案|要点|办法|规划|规定|条例|细则|清单|批复|纪要|函)(?:[(][^()]{1,30}[)])?$"
)

# The first words of a text that is no title though it may end like one. 例 现将…方案 · 根据《…》 · 各县(市、区)人民政府:
PREAMBLE = re.compile(
    r"(?:现将|根据|按照|为(?!民)|经|[一二三四五六七八九十]{1,3}、|各[^。]{1,80}:|《[^》]{2,80}》已|附件|当前位置|您当前"
    r"|中国政府网|来源"
    r"|[^。]{0,100}解读[^。]{0,20}$|\[?一图读懂)"
)
# 例 现将《…方案》|印发给你们 · 《…指南》|,现予发布, where the file leaves the title out
ANNOUNCED = re.compile(
    r"(?:现将|现印发|(?=《[^《》]{4,100}》[^。《》;:]{0,24},现予?以?(?:印发|发布|公布)))《(?P<title>[^《》]{4,100})》"
)
# 例 长治市人民政府|关于 · 国家林业和草原局 人力资源和社会保障部|关于
TITLE_ISSUER = re.compile(r"(?P<issuer>[^,。:《》]{3,80}?) {0,4}(?:关于|印发|转发|公告$|通告$)")
LETTERHEAD = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{3,30}) {1,8}(?:书?函|令)$")
# 例 长治市2021年|工作要点 · 数字山东2021|行动方案, but not 2021-2023年
YEAR_IN_TITLE = re.compile(r"(?<![\d一至到-])((?:19|20)\d\d)(?=年|行动|工作|重点|实施)")
YEAR_IN_NUMBER = re.compile(r"〔((?:19|20)\d\d)〕")
# The name of an annex, all of its line. 例 石河市水利局河道管护工作机制 · 主要任务分解表
CAPTION = re.compile(r"[^。;:,\n]{6,60}(?:机制|清单|分[解工]表|一览表|台账)$")
_BROKEN = 44  # code points of the longest line of a title
# 例 广州市人民政府办公厅秘书处 2024年7月29日印发 (GB/T 9704-2012, 7.4.2), which says no more than the year
PRINTED_LINE = re.compile(r"[^\d。;:]{4,40}(?P<year>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日印发?$")

# 例 各省、自治区、直辖市人民政府,国务院各部委: whom only a national body addresses
NATIONAL_ADDRESSEES = re.compile(r"(?:^|\n)[ ]{0,20}各?省(?:[、,]自治区[、,]直辖市|\(?(?:自治)?区[、,]市)[^\n]{0,240}:")
# 例 四川省人民政府: · 市教委: · 龙门镇人民政府:|你镇《…的请示》收悉
ADDRESSEE_LINE = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,20}):(?:$|(?=你))")
# 例 (已废止) · [失效], behind or above a title
STATUS = re.compile(r"[(\[](?P<status>(?:已|全文|部分)?(?:废止|失效|修改|修订|有效))[)\]]")

# Where the first words of a text without a title end, and whom it addresses before them. 例 各市人民政府:|为落实…
FIRST_WORDS_END = re.compile(r"[。;:,]")
_ADDRESSED = re.compile(r"[\u4e00-\u9fff]{3,20}:$|(?:各|省、)[^。;:\n]{2,300}:[ ]{0,4}")
_FIELDS: Final = {label: field for field, labels in rows("lexicon", "metadata.tsv", 2) for label in labels.split()}
_LABELS: Final = "|".join(
    (r"(?<![\u4e00-\u9fff])" if label in ("名称", "编号") else "") + " {0,4}".join(label)  # 单位名称: is another
    for label in sorted(_FIELDS, key=len, reverse=True)
)
_LABEL_FIRST: Final = "".join(sorted({label[0] for label in _FIELDS}))
# 例 索 引 号: · 成文日期: · 文    号: · [ 发布机构 ]
LABEL = re.compile(rf"(?=[\[ {_LABEL_FIRST}])\[? {{0,4}}(?P<label>{_LABELS}) {{0,4}}(?:\]|:)")
# 例 [文号] 国市监网监〔2019〕107号 · 20190524|[地区部门]
BRACKETED_LABEL = re.compile(rf"\[ {{0,4}}(?:{_LABELS}) {{0,4}}\]")
LABEL_LAST = re.compile(rf"{BRACKETED_LABEL.pattern}\Z")

# 例 附件:1.… · 附件 · 附件2 · 附:
ATTACHMENT = re.compile(r"附(?: {0,2}[件表](?: {0,2}[\d一二三四五六七八九十]{1,2})?)?[ ]{0,4}(?::|$)")

# Under it, what is to be filled in, how something is to be written, or what is praised: all no work.
# 例 平台接入申请表 · 申请材料提纲 · 大督查发现的典型经验做法(共30项) · 表扬名单
FORM_TITLE = re.compile(
    r"[ ]{0,8}(?:[^。,;:]{2,40}(?:(?:申[请报]|登记|备案|审批|推荐|报名|统计|汇总|调查|评估|检查)(?:表|书)|提纲|大纲|模板|范本"
    r"|样[表式])|(?:(?!复制|推广|借鉴)[^。,;:]){0,40}(?:典型(?:经验)?(?:做法|案例|经验)|先进经验"
    r"|(?:[表褒]扬|表彰|(?:先进|优秀|模范)(?:集体|个人|单位|工作者|组织))[^。,;:任]{0,12}名单))(?:\([^()]{1,12}\))?[ ]{0,4}"
)

_LABEL_LINE: Final = 20  # code points of the longest line that is a label of the page
# Web chrome below the text, or its notes; everything from there on is no part of the document. 例 版权所有 · 【脚注】
FOOTER_FIRST: Final = frozenset("扫主承版C网打关分上下相智责[")
FOOTER = re.compile(
    r"(?:扫一扫|主办单位:|承办单位:|主办:|版权所有|Copyright|网站标识码|打印本页|关闭窗口|分享到|上一篇|下一篇|相关附件"
    r"|智能问答|责任编辑|\[[脚尾]注\]$)"
)
ORGANISER = re.compile(r"[主承]办单位:")
# 例 一、主承办单位 · 2.组织
HEADING_LINE = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])[^。;:]{2,20}$")
# What belongs to the frame wherever it stands. 例 抄送:市委各部门 (GB/T 9704-2012, 7.4.1)
FRAME_LINE = re.compile(rf"(?=[12一二中(抄])(?:{DATE_LINE.pattern}|{NOTE_LINE.pattern}|抄送:)")

_TITLE = 60  # code points of the longest title that is the first words of a text
_MASTHEAD = 8  # lines in which a 版头 ends
_MOST_ISSUERS = 24
_VALUE = 120  # code points of the longest value of a metadata field


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
    addressee: str | None  # 四川省人民政府, who is meant by 你省
    lines: list[Span]
    body: list[Span]
    signed: frozenset[Span]
    untitled: bool  # the title is no more than the first words
    report: bool  # of a newspaper or an agency
    printed_in: int | None  # the year of 印发

    @property
    def year(self) -> int | None:
        """The single year in the title, else that of 成文日期, of the 文号, of 印发, of 发布日期."""
        years = set(YEAR_IN_TITLE.findall(self.title))
        if len(years) == 1:
            return int(years.pop())
        if self.issued_on:
            return int(self.issued_on[:4])
        numbered = YEAR_IN_NUMBER.search(self.doc_number or "")
        published = int(self.published_on[:4]) if self.published_on else None
        return int(numbered[1]) if numbered else self.printed_in or published


def read_frame(plain: str, lines: list[Span], first_item: int, first_task: Span | None = None) -> Frame:
    """The frame of the document in `lines`; `first_item` is the index of the first one that is an item or a table,
    len(lines) where there is none. Of a table that is `first_task` is what it says first below its head."""
    head, fields = _fields(plain, lines[:first_item])
    card, text_end = _card_below(plain, lines)
    fields = _fields(plain, card)[1] | fields
    last = min(text_end, _footer(plain, lines, first_item))
    title, title_lines = _title(plain, head, lines, fields)
    untitled = not title
    if untitled:
        title = _first_words(plain, head or ([first_task] if first_task else lines[first_item:]) or lines)
    signers, signed_on, signed = read_signature(plain, lines[:last])
    start = _first_text(plain, title_lines, head, lines[first_item:] or lines)
    orderer, order, ordered_on = order_of(plain, head)
    above = _issuers_above(plain, head)
    issuer = fields.get("issuer") or fields.get("publisher") or orderer
    printed = PRINTED_LINE.match(plain, *lines[last - 1]) if last else None
    numbered = first_item < len(lines)
    dated = not numbered and is_dated(plain, lines[0].start, (title_lines or lines)[0].start)
    return Frame(
        span=Span(start, lines[last - 1].end if last else lines[-1].end),
        title=title,
        title_lines=tuple(title_lines),
        doc_number=_doc_number(plain, head, fields, title_lines) or order,
        issuers=signers or (_names_in(issuer) if issuer else above or _issuers_in_title(title)),
        issued_on=day_of(fields.get("issued", "")) or signed_on or ordered_on,
        published_on=day_of(fields.get("published", "")),
        index_number=fields.get("index"),
        status=fields.get("status") or _status(plain, head, title),
        to_all_provinces=bool(NATIONAL_ADDRESSEES.search(plain, lines[0].start, lines[min(first_item, len(lines) - 1)].end)),
        addressee=next((a["name"] for line in head if (a := ADDRESSEE_LINE.match(plain, *line))), None),
        lines=lines[: last or None],
        body=[line for line in lines[:last] if line.start >= start and line not in title_lines],
        signed=signed,
        untitled=untitled,
        report=(untitled or dated or not OF_OFFICE.search(title))
        and is_report(plain, lines[0].start, lines[-1].end, numbered=numbered),
        printed_in=int(printed["year"]) if printed else None,
    )


# ---- titles --------------------------------------------------------------------------------------------------------------


def ends_as_title(plain: str, line: Span) -> bool:
    """Whether a line may be a title by what it ends in."""
    return plain[line.end - 1] in TITLE_LAST and bool(TITLE.match(plain, *line))


def goes_on(plain: str, line: Span) -> bool:
    """Whether a line may go on in the title that ends below it: it is short, and ends in no mark."""
    return line.end - line.start <= _BROKEN and "\u4e00" <= plain[line.end - 1] <= "\u9fff"


# ---- the parts of a frame -------------------------------------------------------------------------------------------


def _footer(plain: str, lines: list[Span], first_item: int) -> int:
    """The line where web chrome begins below the text; in a text without items, below its first sentence."""
    first_text = next((n for n, line in enumerate(lines) if _is_sentence(plain, line)), len(lines))
    below = min(first_item, first_text) if first_item == len(lines) else first_item
    chrome = (
        n for n, line in enumerate(lines[below:], below) if plain[line.start] in FOOTER_FIRST and FOOTER.match(plain, *line)
    )
    return next((n for n in chrome if not is_of_a_card(plain, lines, n) and not _is_of_an_event(plain, lines, n)), len(lines))


def _is_sentence(plain: str, line: Span) -> bool:
    """Whether a line ends as a sentence does, or as what a list follows: no label of the page. 例 2011年9月27日来源:"""
    last = plain[line.end - 1]
    return last in "。;" or (last == ":" and line.end - line.start > _LABEL_LINE)


def _is_of_an_event(plain: str, lines: list[Span], n: int) -> bool:
    """Whether the line `n` says who holds an event: 主办单位:…, 承办单位:… right below a numbered heading."""
    while n and ORGANISER.match(plain, *lines[n]):
        n -= 1
        if HEADING_LINE.match(plain, *lines[n]):
            return True
    return False


def _card_below(plain: str, lines: list[Span]) -> tuple[list[Span], int]:
    """The lines of metadata at the end of a text, as databases of laws print them, 【文号】… 【颁布时间】…, and the number of
    lines above; in a text of one line a label stands at the end of the line above its value."""
    first = len(lines)
    while first > 1 and (BRACKETED_LABEL.match(plain, *lines[first - 1]) or LABEL_LAST.search(plain, *lines[first - 2])):
        first -= 1
    label = LABEL_LAST.search(plain, *lines[first - 1]) if first < len(lines) else None
    card = [*([Span(*label.span())] if label else []), *lines[first:]]
    return (card, first) if len(card) > 1 + bool(label) else ([], len(lines))


def _fields(plain: str, head: list[Span]) -> tuple[list[Span], dict[str, str]]:
    """The lines of `head` that are no metadata, and the metadata: 索引号, 成文日期, 发布机构, …

    A value stands after its label, or on the next line where the label's line holds nothing else.
    """
    rest: list[Span] = []
    fields: dict[str, str] = {}
    waiting: str | None = None
    for line in head:
        marked = plain.find(":", *line) >= 0 or plain.find("]", *line) >= 0  # without either it holds no label
        labels = list(LABEL.finditer(plain, *line)) if marked else []
        if not labels:
            if waiting and (waiting == "title" or not TITLE_BROKEN.search(line.of(plain))):
                fields.setdefault(waiting, line.of(plain)[:_VALUE])
            else:
                rest.append(line)
            waiting = None
            continue
        before = plain[line.start : labels[0].start()].strip()
        if before and waiting:
            fields.setdefault(waiting, before[:_VALUE])
        elif TITLE.match(before):
            rest.append(Span(line.start, line.start + len(before)))
        for n, label in enumerate(labels):
            name = _FIELDS[squeezed(label["label"])]
            stop = labels[n + 1].start() if n + 1 < len(labels) else line.end
            value = plain[label.end() : stop].strip(" :-|")
            waiting = None if value else name
            if value:
                fields.setdefault(name, value[:_VALUE])
    return rest, fields


def _title(plain: str, head: list[Span], lines: list[Span], fields: dict[str, str]) -> tuple[str, list[Span]]:
    """The wrapper's title where there is one, else the plan's own; "" where none is printed."""
    below = head[_masthead(plain, head) :]
    for n, line in enumerate(below):
        if not PREAMBLE.match(plain, *line) and (found := _title_from(plain, below[n : n + _MOST_ISSUERS + 4])):
            return found
    if "title" in fields:
        return fields["title"], []
    announced = (ANNOUNCED.search(plain, *line) for line in head)
    if printed := next(filter(None, announced), None):
        return printed["title"], []
    return "", []


def _title_from(plain: str, lines: list[Span]) -> tuple[str, list[Span]] | None:
    """The title that begins at the first of `lines`: on up to five of them, below those that name its joint issuers."""
    issuers = next((n for n, line in enumerate(lines[:_MOST_ISSUERS]) if not _is_body(line.of(plain))), len(lines))
    for end in range(issuers + 1, min(len(lines), issuers + 4) + 1):
        joined = "".join(line.of(plain) for line in lines[issuers:end])
        number = DOC_NUMBER_IN_TITLE.search(joined) if joined.endswith(("号", "号)")) else None
        title = joined[: number.start()].rstrip() if number else joined
        if len(title) <= 120 and title[-1:] in TITLE_LAST and TITLE.match(title):
            own = _own_issuers(plain, lines[:issuers], title)
            return "".join(line.of(plain) for line in own) + title, [*own, *lines[issuers:end]]
        if len(joined) > 120 or not TITLE_BROKEN.search(joined):
            return None
    return None


def _own_issuers(plain: str, lines: list[Span], title: str) -> list[Span]:
    """Those of `lines` that belong to the title below them; a name that comes again there stands in a masthead."""
    named = _issuers_in_title(title)
    names = [line.of(plain) for line in lines] + list(named)
    again = (n + 1 for n, name in enumerate(names) if name in names[n + 1 :])
    return lines[max(again, default=0) :] if named or title.startswith(("关于", "印发", "转发")) else []


def _masthead(plain: str, head: list[Span]) -> int:
    """The lines of the 版头, which ends in the 文号, where the title stands right below that (GB/T 9704-2012, 7.2)."""
    for n, line in enumerate(head[:_MASTHEAD]):
        if TITLE_BROKEN.search(line.of(plain)):
            return 0
        if DOC_NUMBER_LINE.match(plain, *line):
            return n + 1 if _title_from(plain, head[n + 1 :]) else 0
    return 0


def _issuers_above(plain: str, head: list[Span]) -> tuple[str, ...]:
    """发文机关标志: 长治市人民政府办公室, 长治市人民政府文件, 行政院 函. Of joint issuers 文件 stands beside the names at half
    of their height (GB/T 9704-2012, 7.2.4), where recognition may read it before the lower one."""
    masthead = head[: _masthead(plain, head)]
    names = [squeezed(line.of(plain)).removeprefix("文件").removesuffix("文件") for line in masthead]
    if not masthead and head and (letter := LETTERHEAD.match(plain, *head[0])):
        names = [letter["issuer"]]
    return tuple(name for name in names if _can_issue(name))


def _first_words(plain: str, lines: list[Span]) -> str:
    """What a text without a title goes by."""
    words = (line for line in lines if not (_ADDRESSED.fullmatch(plain, *line) or DOC_NUMBER_LINE.match(plain, *line)))
    first = next(words, lines[0]).of(plain)
    addressed = _ADDRESSED.match(first)
    first = first[addressed.end() :] if addressed and addressed.end() < len(first) else first
    stop = FIRST_WORDS_END.search(first, 8, _TITLE)
    return first[: stop.start() if stop else _TITLE]


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
    lines = [fields.get("number", ""), *(line.of(plain) for line in head)]
    number = next((m for line in lines if (m := DOC_NUMBER_LINE.match(line))), None)
    if number is None and title_lines:
        below = next((line for line in head if line.start >= title_lines[-1].end), None)
        number = DOC_NUMBER_IN_TITLE.search(plain, *title_lines[-1]) or (below and DOC_NUMBER_GLUED.match(plain, *below))
    return doc_number(number["number"]) if number else None


def _issuers_in_title(title: str) -> tuple[str, ...]:
    """Those that a title names before 关于, each of several behind a blank; a bare place is nobody."""
    named = TITLE_ISSUER.match(title)
    names = tuple(named["issuer"].replace("、", " ").split()) if named else ()
    return names if all(map(_can_issue, names)) else ()


def _names_in(value: str) -> tuple[str, ...]:
    """The issuers in a field of metadata. 例 市场监管总局, 国家林业和草原局"""
    names = (name.strip() for name in re.split("[,、;]", value))
    return tuple(name for name in names if name)


def _can_issue(name: str) -> bool:
    return _is_body(name) and not NOT_ACTOR.search(name)


def _is_body(words: str) -> bool:
    """Whether `words` name a body, not a place alone."""
    if len(words) > _VALUE or not is_unit(words) or TITLE_BROKEN.search(words):
        return False
    place = mention(words)
    return not (place and place.end == len(words))
