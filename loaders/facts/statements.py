"""One statement of a clause: a list of units with the words that say what part they have, A牵头,B配合 · 责任单位:A、B.

Its grammar stands in clauses.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.facts.labels import OPEN_LABEL, Mark, part_of
from loaders.facts.subjects import MEETS
from loaders.names.units import Unit, are_sure, read_units

_LEAD = "牵头|主办|主责|主抓|主要责任|第一责任"
_SUPPORT = "配合|协办|参与|参加|协作|协助|支持|协同"
LABEL_WORDS = (
    rf"(?:[省市县区州镇]级|直接|首要|共同|总|属地)?(?:(?:{_LEAD})|(?:{_SUPPORT})|责任|实施|指导|落实|承办|主管|监管"
    rf"|负责|督导|执行|组织){{1,2}}"
    r"(?:和[^:,\n]{1,6})?(?:单位|部门|机关|机构|主体|科室|处室|股室|地区)?(?:及(?:其)?责任人)?"
)
# What each kind of token begins with, which is asked first.
_VERB_FIRST = "[结按根依共分具统要应须总负牵主为参配协支组贯抓落指实承办推督监积密]"
_OTHER_FIRST = "[(完落办整推序时期进节牵责分包联主挂督省市县区领负备工预目成措监考验评]"
_LABEL_FIRST = r"[(\[省市县区州镇直首共总属牵主第配协参支责实指落承监负督执组]"
_TOKEN_FIRST = (
    r"[(\[结按根依共分具统要应须总属负牵主为参配协支组贯抓落指实承办推督监会联责执完整序时期进节包挂领备工预目成措考验评直首第]"
    r"|积极|密切|[省市县区州镇][级领责负联]|[\u4e00-\u9fff]{2,12}[位门关体构室工][ ]?:"
)
# 例 市司法局|(牵头) · 市财政局|[配合单位]
_MARK = (
    r"[(\[](?P<mark>(?P<lead_mark>总?牵头|主办|主责|第一责任)|(?P<support_mark>配合|协办|参与|协助)|责任|落实)"
    r"(?:\]|(?:单位|部门)?\))"
)
# 例 完成时限: · 责任领导: · 预期成果: · 督查单位:
_TIME_LABEL = "(?:完成|落实|办结|整改|序时|推进)?(?:时限|时间|期限|进度|节点)(?:要求|安排)?[ ]{0,2}:"
_PERSON_LABEL = (
    "(?:牵头|责任|分管|包联|包保|联系|主管|挂钩|督导|[省市县区]级|[市县区])?(?:领导|责任人|负责人|联系人)(?:同志)?[ ]{0,2}:"
)
_GOAL_LABEL = "备注:|(?:工作|预期)?(?:目标|成果|成效|措施)(?:形式)?:|(?:督查|督办|监督|考核|验收|评估)(?:单位|部门):"
# 例 [责任单位] · 牵头单位: · 牵头单位|为 · 牵头单位| 市司法局
_LABEL = (
    rf"\[(?=[^\]]{{1,12}}\])(?:{LABEL_WORDS})\]:?"
    rf"|(?:{LABEL_WORDS})(?:[ ]{{0,2}}:|(?<=[位门关体])(?:[为是](?![牵责配])|[ ]{{1,3}}(?=[省市县区州各国])))"
)
# 例 按职责分工|负责 · 共同|推进 · 结合实际|落实
_MANNER = (
    "(?:按照?(?:各自)?(?:职责|职能|任务|分工){1,3}(?:分别|共同)?|(?:根据|依据?|依照)(?:各自)?职责(?:分工)?(?:分别|共同)?"
    "|依法|共同|分别|分头|具体|统一|积极|密切|主动|结合实际|要|应|须|总)"
)
# 例 A|牵头抓总 · A、B|牵头并按职责分工负责 · A|为牵头单位
_LEAD_VERB = (
    "(?:负责)?(?:牵头|主办)(?:并按照?(?:各自)?职责(?:分工)?(?:负责|落实|实施)"
    "|抓总|负责|落实|实施|推进|办理|组织实施|协调|组织)?|主[抓责]|为主|为总?牵头(?:单位|部门)?"
)
# 例 B|配合做好 · B|参与配合 · B|为参与单位
_SUPPORT_VERB = (
    "(?:负责)?(?:参加|参与|配合|协助|协办|协作|支持|协同(?!负责))(?:参加|参与|配合|协助)?"
    "(?:负责|落实|实施|单位|做好|推进|工作|办理)?"
    "|为(?:(?:配合|协办|参与|参加)(?:单位|部门)|辅)"
)
# 例 A、B|分工负责 · A、B|协同负责 · 负责组织实施和监督
_DO_VERB = (
    "(?:分工|协同)?负责(?:(?:具体|组织)?(?:落实|实施|推进|指导|协调|统筹|督导|监督|办理)"
    "(?:[、和](?:落实|实施|推进|指导|协调|监督|督促))?)?"
)
# 例 A、B|抓好落实 · 统筹推进 · 为责任单位
_PLAIN_VERB = (
    "(?:组织|具体)实施|(?:贯彻|抓好)?落实|指导|实施|承办|办理|推进|统筹(?:推进|协调|负责|指导)?|督导|主管|监管"
    "|为(?:责任|落实|实施|承办)(?:单位|部门|主体)"
)
_VERB = f"(?:(?P<lead_verb>{_LEAD_VERB})|(?P<support_verb>{_SUPPORT_VERB})|{_DO_VERB}|{_PLAIN_VERB})"
# 例 A|会同|B · 市司法局|会|市财政局
_JOINT = f"(?P<joint>会同|联合(?![会社国体惩]|验收|审[批查核](?!局)|执法(?!局|队)|检查)|{MEETS}(?=[省市县区州国各]))"
# What structures a statement: a mark on one name (市司法局(牵头)), the label of another field (完成时限:), a label that opens
# a list of units (责任单位:), a verb that closes one (A、B按职责分工负责), or 会同, which joins the next list to it.
CLAUSE_TOKEN = re.compile(
    rf"(?={_TOKEN_FIRST})(?:{_MARK}|(?={_OTHER_FIRST})\(?(?P<other>{_TIME_LABEL}|{_PERSON_LABEL}|{_GOAL_LABEL})"
    rf"|(?={_LABEL_FIRST})\(?(?P<label>{_LABEL})|(?P<open>{OPEN_LABEL})[ ]{{0,2}}:"
    rf"|(?={_VERB_FIRST})(?P<verb>{_MANNER}{{0,3}}{_VERB}(?=[,;。、()\]\n ]|$))|{_JOINT})"
)
# A label behind a comma, which the words before it do not unmake. 例 5月底完成,|牵头考核单位:
_LATER_LABEL = re.compile(rf"(?<=,)(?P<label>{OPEN_LABEL})[ ]{{0,2}}:")
_WHEN = r"\d{4}年|\d{1,2}月|年底|年内|长期|持续|立即|适时"
# What may stand before the first unit: 2023年底前,|市司法局牵头 · 立即整改,4月底前完成|;市司法局牵头
_OPENING_REMARK = re.compile(
    rf"(?:(?:力争|于|在|确保)?(?:{_WHEN}|全年|常态|按时|按期)"
    r"(?:(?!牵头|负责|[局委厅]|办公室)[^,、;: ]){0,20}(?:[, ]{1,3}|\Z|(?<=[年内前底])(?=[省市县区各国]))){1,3}"
)
# What may follow the last verb of a statement and names no unit. 例 A负责|,2023年底前完成 · A牵头|,长期坚持
CLAUSE_REMARK = re.compile(rf"[, ][, ]{{0,3}}(?:力争|于|在|确保)?(?:{_WHEN}|(?:各部门)?各司其职)[^,]{{0,20}}$")

_GIVEN = re.compile("[\u4e00-\u9fff]{2,6}由(?=[省市县区州国各])")  # 例 A牵头,|经费由|B负责
_UNREAD = 16  # code points of a list of units that may stay unread if a verb closes it


@dataclass(slots=True)
class Statement:
    """Reads `plain[start:end]` from token to token. `label` is what the statement before it goes on with."""

    plain: str
    start: int
    end: int
    label: Mark | None
    is_list: bool
    marked: list[tuple[Unit, Mark]] = field(default_factory=list)
    own_label: bool = False
    at: int = field(init=False)

    def read(self) -> bool:
        """Whether the words are a statement of responsibility, or are from a label on; `marked` then holds its units with
        their marks."""
        if self._read():
            return True
        label = _LATER_LABEL.search(self.plain, self.start, self.end)
        if not label or part_of(label["label"]) not in ("lead", "support", "plain"):
            return False
        self.start = label.start()
        self.marked.clear()
        return self._read()

    def _read(self) -> bool:
        opening = _OPENING_REMARK.match(self.plain, self.start, self.end)
        self.at = self.start = opening.end() if opening else self.start
        remark = CLAUSE_REMARK.search(self.plain, self.at, self.end)
        end = remark.start() if remark else self.end
        other = joined = False  # inside 完成时限: and the like; after 会同, whose units support those before it
        for token in CLAUSE_TOKEN.finditer(self.plain, self.at, end):
            kind, begin = token.lastgroup, token.start()
            if kind == "mark":
                understood = other or self._take(begin, self.label or "plain", last=_mark(token))
            elif kind == "verb":
                mark: Mark = "support" if joined else _mark(token)
                if mark == "support" and not (joined or other or self.marked):
                    self._take_first(begin)
                understood = other or self._take(begin, mark, closed=True)
                joined = False
            elif kind == "joint":
                understood = self._take(begin, self.label or "lead")
                joined = True
            else:
                understood = other or self._take(begin, self.label or "plain")
                self.label = _mark_of_label(token["open"] or token["label"] or "")
                other = kind == "other" or (kind == "open" and part_of(token["open"]) == "other")
                self.own_label = not other
            if not understood:
                return False
            self.at = token.end()
        if other or not self.plain[self.at : end].strip(" ,、)]"):
            return True
        return self._take(end, "support" if joined else self.label or "plain") and (
            self.at > self.start or self.is_list or are_sure([unit for unit, _ in self.marked])
        )

    def _take_first(self, stop: int) -> None:
        """Of two lists that a comma parts, the first leads, where only the second is said to help: A、B,C配合."""
        comma = self.plain.find(",", self.at, stop)
        two = comma > 0 and self.label in (None, "plain", "lead") and self.plain.find(",", comma + 1, stop) < 0
        if two and read_units(self.plain, self.at, comma)[1] and self._take(comma, "lead"):
            self.at = comma + 1

    def _take(self, stop: int, mark: Mark, last: Mark | None = None, closed: bool = False) -> bool:
        """Reads the list of units up to `stop`; `last` marks the last of them. Says whether it was understood.

        Behind a label all parts are units by it, so one that is none is passed over; so it is in a list `closed` by a
        verb if it is but a small part of it. Else every word must be of a unit, or the words are an ordinary remark.
        """
        begin, stop = _trimmed(self.plain, self.at, stop)
        if self.at > self.start and (remark := _OPENING_REMARK.match(self.plain, begin, stop)):
            begin = remark.end()  # A牵头,|9月底前完成,|B配合
        if self.at > self.start and (given := _GIVEN.match(self.plain, begin, stop)):
            begin = given.end()
        units, whole = read_units(self.plain, begin, stop)
        self.marked += [(unit, mark) for unit in units]
        if units and last:
            self.marked[-1] = (units[-1], last)
        return whole or self.own_label or (closed and _is_mostly(units, stop - begin))


def _trimmed(plain: str, begin: int, stop: int) -> tuple[int, int]:
    """Without the marks of what is nested: A牵头|(B配合|)."""
    words = plain[begin:stop].lstrip(",;、)] \n(|")
    begin = stop - len(words)
    words = words.rstrip(",;、( \n|")
    if words.endswith((")", "]")) and "(" not in words and "[" not in words:
        words = words[:-1]
    return begin, begin + len(words)


def _is_mostly(units: list[Unit], length: int) -> bool:
    unread = length - sum(unit.end - unit.start + 1 for unit in units)
    return bool(units) and unread <= min(_UNREAD, length // 2)


def _mark(token: re.Match[str]) -> Mark:
    """What a mark on a name or a verb says."""
    if token["lead_verb"] or token["lead_mark"]:
        return "lead"
    return "support" if token["support_verb"] or token["support_mark"] else "plain"


def _mark_of_label(label: str) -> Mark:
    """Of one that assigns nothing, what goes on with it behind ; is as unsure as behind one of unknown words."""
    part = part_of(label)
    return "unknown" if part == "other" else part
