"""What a document is signed with: its date, its 文号 and its signers, wherever they stand (GB/T 9704-2012, 7.2.5 and 7.3.5).

All offsets refer to the tidy view.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.names.bodies import national_form
from loaders.names.places import mention
from loaders.names.shape import is_unit
from loaders.text.numerals import value_of
from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Span

_CN = "〇○零O一二三四五六七八九十"
# 例 2022年3月1日 · 2022-03-01 · 二〇二二年三月一日 · 一九九六年十二月三十一日 · 中华民国111年3月21日
DATE = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d|[一二][{_CN}]{{3}})|中华民国(?P<republic>\d{{2,3}}|[{_CN}百]{{1,5}}))"
    rf"(?: {{0,3}}年 {{0,3}}|[-/.])(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})"
    rf"(?: {{0,3}}月 {{0,3}}|[-/.])(?P<d>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})(?: {{0,3}}日)?"
)
DATE_LINE = re.compile(rf"{DATE.pattern}$")
# 例 国家林业和草原局 2020年4月2日: the signer and the date on one line, but not …办公室2019年1月3日印发 (7.4.2: by the printer)
SIGNED_LINE = re.compile(rf"(?P<signer>[^\d。;:!?《》]{{2,80}}?) {{0,40}}(?P<date>{DATE.pattern})$")
# 例 市长 应勇 · 总理 李克强 · 市 长:温国辉: who signs an order
PERSON_LINE = re.compile(r"[\u4e00-\u9fff ]{0,16}[理席长任记] {0,4}[: ] {0,8}[\u4e00-\u9fff]{1,2} {0,4}[\u4e00-\u9fff]{1,2}$")
# 例 (此件公开发布) · (此件主动公开) · (本文有删减)
NOTE_LINE = re.compile(r"\((?:此件|本文)[^()]{1,20}\)$")
# 例 (国家粮食局办公室代章)
SEAL_WORD = re.compile(r"\((?:代章|盖章|章|印章)\) {0,8}$")
SEAL_LINE = re.compile(r"\([^()]{2,40}代章\)$")

# 例 长政办发〔2022〕14号 · 明府字[2014]27号 · 国办发(2019)54号
DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[\[(](?:19|20)\d\d[\])]第?\d{1,5}号")
# 例 〔2022〕15号 (of minutes, whose 版头 says whose they are) · 院台法字第1110000001号 (of Taiwan)
_NUMBER = rf"{DOC_NUMBER.pattern}|[\[(](?:19|20)\d\d[\])]第?\d{{1,5}}号|[\u4e00-\u9fff]{{1,12}}字第\d{{6,12}}号"
DOC_NUMBER_LINE = re.compile(rf"[ (]*(?P<number>{_NUMBER})[ )]*$")
# 例 黔发改服务〔2020〕111号 at the end of the title's own line
DOC_NUMBER_IN_TITLE = re.compile(rf"[ (]{{0,4}}(?P<number>{DOC_NUMBER.pattern})[)]?$")
# 例 渝府办发〔2021〕88号|各区县人民政府,有关单位: in a text without lines, behind its title
DOC_NUMBER_GLUED = re.compile(
    rf"[ (]{{0,4}}(?P<number>{DOC_NUMBER.pattern})[) ]{{0,4}}(?=(?:各|[省市县区州]|有关)[^。;]{{2,200}}:)"
)
# 例 上海市人民政府令|(第19号) · 中华人民共和国国务院令|第706号 · 广州市人民政府令第179号
ORDER_LINE = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,30})令 {0,4}(?:[(]?第(?P<count>\d{1,5})号[)]?)?$")
# 例 1993年12月13日 中华人民共和国国务院令第138号发布 · (2012年6月28日国务院令第621号公布 自…起施行), but not 2012年6月13日通过
PROMULGATED = re.compile(
    rf"[(]?(?P<date>{DATE.pattern}) {{0,4}}(?P<issuer>[\u4e00-\u9fff]{{3,30}}?)(?:令 {{0,4}}第 ?(?P<count>\d{{1,5}}) ?号)?"
    r" {0,4}[公发]布(?=$|[ ,;)])"
)
ORDER_COUNT_LINE = re.compile(r"[(]?第 {0,2}(?P<count>\d{1,5}) {0,2}号[)]?$")

# The same in the midst of a text without lines. 例 …@example.cn|省乡村振兴局2021年7月21日|附件, but not 国务院2019年7月10日印发
_SIGNER = re.compile(r"(?<![\u4e00-\u9fff(《])(?![据经由自])[\u4e00-\u9fff]{4,40}\Z")
_SIGNED = re.compile(r"(?<=日)(?![,、的)》前起至到-]|印发|发布|批准|通过|施行|召开)")

# What no name goes on from.
BROKEN_OFF = re.compile(r"[。;:,)]|^$")

# The second half of a name with a blank in it.
_NO_SIGNER: Final = frozenset({"人民政府", "政府", "办公室", "办公厅", "委员会"})
_DATE_LAST: Final = frozenset("日0123456789")
_VALUE = 120  # code points of the longest line of a 落款
_MOST_SIGNERS = 24
_RUN_ON = 400  # code points of a line that may hold a whole text
_REPUBLIC = 1911  # the year before the first of the Republic of China


class Signature(NamedTuple):
    """The signers, the date, and the lines that hold the signers."""

    signers: tuple[str, ...]
    date: str | None
    lines: frozenset[Span]


def doc_number(plain_number: str) -> str:
    """发文字号 with its year in 六角括号 (GB/T 9704-2012, 7.2.5): 国办发[2019]54号 -> 国办发〔2019〕54号."""
    return re.sub(r"[\[(](\d{4})[\])]第?", r"〔\1〕", plain_number)


def iso_date(text: str) -> str | None:
    """The first full date in `text` as ISO 8601, None if there is none or it is no day of the calendar."""
    date = DATE.search(text)
    if date is None:
        return None
    year = value_of(date["y"]) if date["y"] else value_of(date["republic"]) + _REPUBLIC
    try:
        return datetime.date(year, value_of(date["m"]), value_of(date["d"])).isoformat()
    except (KeyError, ValueError):
        return None


def day_of(value: str) -> str | None:
    """The day of a metadata field, which may be printed without marks: 20190524."""
    marked = re.sub(r"\A((?:19|20)\d\d)([01]\d)([0-3]\d)\Z", r"\1-\2-\3", value)
    return iso_date(marked)


def order_of(plain: str, head: Sequence[Span]) -> tuple[str | None, str | None, str | None]:
    """Who gives an order, its number, and the day where one line says all: 上海市人民政府, 上海市人民政府令第19号."""
    for n, line in enumerate(head):
        if (given := PROMULGATED.match(plain, *line)) and is_unit(given["issuer"]):
            number = f"{given['issuer']}令第{given['count']}号" if given["count"] else None
            return given["issuer"], number, iso_date(given["date"])
        order = ORDER_LINE.match(plain, *line) if plain[line.end - 1] in "令号)" else None
        if order and is_unit(order["issuer"]):
            below = ORDER_COUNT_LINE.match(plain, *head[n + 1]) if n + 1 < len(head) and not order["count"] else order
            return order["issuer"], f"{order['issuer']}令第{below['count']}号" if below else None, None
    return None, None, None


def read_signature(plain: str, lines: Sequence[Span]) -> Signature:
    """落款: the signers, who stand above a date that has a line of its own, or before it on that line.

    A date without a signer counts below the name of a person, above a note, and as the last words of the text.
    """
    for n, line in enumerate(lines):
        if plain[line.end - 1] not in _DATE_LAST or line.end - line.start > _VALUE:
            continue
        dated = DATE_LINE.match(plain, *line) or SIGNED_LINE.match(plain, *line)
        beside = _signers(dated["signer"]) if dated and dated.re is SIGNED_LINE else []
        if dated is None or (dated.re is SIGNED_LINE and not beside):
            continue
        signers, signed = _signers_above(plain, lines[max(0, n - _MOST_SIGNERS) : n], beside)
        if signers or (n and _stands_alone(plain, lines, n)):
            return Signature(tuple(signers), iso_date(line.of(plain)), frozenset([*signed, line] if beside else signed))
    for line in lines:
        for date in DATE.finditer(plain, *line) if line.end - line.start > _RUN_ON or line == lines[-1] else ():
            signer = _SIGNER.search(plain, max(line.start, date.start() - 41), date.start())
            if signer and _SIGNED.match(plain, date.end()) and is_unit(signer.group()):
                return Signature((signer.group(),), iso_date(date.group()), frozenset())
    return Signature((), None, frozenset())


def _signers_above(plain: str, lines: Sequence[Span], signers: list[str]) -> tuple[list[str], list[Span]]:
    """The signers in the last of `lines` and those already read below them, in order, and the lines that hold them."""
    signed: list[Span] = []
    for line in reversed(lines):
        words = line.of(plain) if line.end - line.start <= _VALUE else ""
        if names := _signers(words):
            signers = names + signers
        elif signers and (whole := _unbroken(words, signers[0])):
            signers = [whole, *signers[1:]]
        elif not SEAL_LINE.match(words):
            break
        signed.append(line)
    return signers, signed


def _signers(line: str) -> list[str]:
    """The names in a line of the 落款, none if it is something else; a single name may be printed with blanks in it."""
    names = SEAL_WORD.sub("", line).split()
    if all(is_unit(name) and name not in _NO_SIGNER for name in names):
        return names
    name = "".join(names)
    return [name] if is_unit(name) else []


def _unbroken(above: str, name: str) -> str:
    """A name that two lines share: 浙江省新型冠状病毒感染的|肺炎疫情防控工作领导小组办公室."""
    whole = squeezed(above + name)
    placed = (mention(whole) and not mention(name)) or (national_form(whole) and not national_form(name))
    is_whole = not BROKEN_OFF.search(above) and placed and is_unit(whole)
    return whole if is_whole else ""


def _stands_alone(plain: str, lines: Sequence[Span], n: int) -> bool:
    """Whether a date without a signer is that of the text: below a person's name, above a note, at the very end, or between
    the last sentence and the title of an annex."""
    if n + 1 == len(lines):
        return "年" in lines[n].of(plain)
    if "年" in lines[n].of(plain) and plain[lines[n - 1].end - 1] == "。" and plain[lines[n + 1].end - 1] not in "。;,:":
        return True
    return bool(NOTE_LINE.match(plain, *lines[n + 1]) or PERSON_LINE.match(plain, *lines[n - 1]))
