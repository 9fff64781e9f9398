"""Documents for a base of any size: N plausible ones, no two alike, the same in every run.

They are set in the layouts of seed/ (a 方案 under a portal's list of facts, 工作要点, a 通知 whose items have titles, one whose
sentences say who leads, with a table) from words of our own (archive.tsv), for places, years and 文号 of their own: 19 tasks,
53 assignments, 18 deadlines and 3,100 characters a document. Three to four times as many of their tasks are alike as of real
ones, and a task holds three times as many pairs of characters that others hold too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from loaders.names.places import Division, called, known_names

_NUMERALS: Final = "一二三四五六七八九十"
_WORDS: Final = Path(__file__).with_suffix(".tsv")
_LEVEL_WORDS: Final = "省市县区"


@dataclass(frozen=True, slots=True)
class Field:
    """A line of work: its name, who answers for it, what is done in it, by which measures."""

    name: str
    units: Sequence[str]
    works: Sequence[str]
    measures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One task: `by` is a day by which it is due, where it has one."""

    field: str
    title: str
    text: str
    lead: str
    others: Sequence[str]
    by: str

    def others_if(self, before: str, after: str = "") -> str:
        """The others between these words; nothing where there are none."""
        return f"{before}{'、'.join(self.others)}{after}" if self.others else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document says, before it is set; `draw` decides what else."""

    draw: random.Random
    place: Division
    subject: str
    number: str
    day: str
    items: Sequence[Item]

    @property
    def office(self) -> str:
        return f"{self.place.name}人民政府办公室"

    def sections(self) -> Iterator[tuple[str, list[Item]]]:
        """The items by their line of work."""
        return ((field, list(items)) for field, items in groupby(self.items, lambda item: item.field))

    def demands(self, number: str) -> Iterator[str]:
        """The chapter that every plan ends with."""
        yield f"{number}、工作要求"
        for n, care in enumerate(self.draw.sample(_sayings()["care"], 2), 1):
            yield f"({_chinese(n)}){care}。各单位要{care}，落实情况报{self.place.level_word}政府办公室。"


def documents(count: int, first: int = 0) -> Iterator[tuple[str, str]]:
    """The names and the texts of `count` documents, from that of the number `first` on."""
    for number in range(first, first + count):
        draft = _draft(number)
        yield f"{number:06}.txt", "\n".join([*draft.draw.choice(_LAYOUTS)(draft), ""])


def write(folder: Path, count: int, first: int = 0) -> list[Path]:
    """The same as files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in documents(count, first):
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8")
    return files


def _draft(number: int) -> Draft:
    draw = random.Random(number)
    place, year = draw.choice(_places()), draw.randint(2016, 2025)
    fields = draw.sample(_fields(), 4)
    return Draft(
        draw,
        place,
        f"{year}年{'和'.join(f.name for f in fields[:2])}工作",
        f"{place.stem[0]}政办发〔{year}〕{number + 1}号",
        f"{year}年{draw.randint(1, 5)}月{draw.randint(1, 28)}日",
        [_item(draw, place, year, f, at) for f in fields for at in draw.sample(range(len(f.works)), draw.randint(3, 6))],
    )


def _item(draw: random.Random, place: Division, year: int, field: Field, at: int) -> Item:
    """The work at this place of the field's, with the measure that goes with it and others."""
    level, say = place.level_word, _sayings()
    more = draw.sample([n for n in range(len(field.works)) if n != at], draw.randint(1, 3))
    title = _matter(draw) + "、".join(field.works[n] for n in [at, *more][: draw.choice((1, 2))])
    ways = (f"{draw.choice(say['verbs'])}{_matter(draw)}、{_matter(draw)}；" for _ in range(draw.randint(3, 9)))
    measures = "，".join(field.measures[n] for n in [at, *more])
    end = draw.choice((draw.choice(say["how"]), draw.choice(say["goals"])))
    text = f"{measures}；在{draw.choice(say['where'])}{''.join(ways)}{end}。"
    lead, *units = draw.sample([*field.units, draw.choice(draw.choice(_fields()).units)], draw.randint(2, len(field.units)))
    others = [level + unit for unit in units if unit != lead]
    if draw.random() < 0.2:
        others.append("各县区人民政府" if level == "市" else "各乡镇人民政府")
    by = draw.choice(("", "", f"{year}年{draw.randint(6, 11)}月底前", f"{year}年底前"))
    return Item(field.name, title, text, level + lead, others, by)


def _matter(draw: random.Random) -> str:
    """What is dealt with, such as 沿江泵房: of the pairs of characters in a real text most are rare."""
    return draw.choice(_sayings()["kinds"]) + draw.choice(_sayings()["things"])


# Layouts


def _plan(d: Draft) -> Iterator[str]:
    """As a portal shows a 方案: a list of facts, the 通知, then numbers that count through, with a clause in brackets each."""
    title = f"{d.place.name}{d.subject}方案"
    yield from (f"- 成文时间:{d.day}", f"- 发布机构:{d.office}", f"- 发文字号:{d.number}", f"{d.office}关于印发{title}的通知")
    yield from ("各有关单位:", f"《{title}》已经政府同意,现印发给你们,请认真组织落实。", d.office, d.day, title, "一、基本原则")
    goals, care = (d.draw.sample(_sayings()[name], 2) for name in ("goals", "care"))
    yield from (f"({_chinese(n)})坚持{goals[n - 1]}、{care[n - 1]}。" for n in (1, 2))
    yield "二、目标任务"
    for n, i in enumerate(d.items, 1):
        yield f"{n}.{i.title}方面。{i.by}{i.text}(责任单位:{i.lead}牵头{i.others_if(',', '参加')})"
    yield from d.demands("三")


def _points(d: Draft) -> Iterator[str]:
    """工作要点: sections by line of work, in them items that count on, who leads in brackets without a label."""
    yield from (f"{d.place.name}{d.subject}要点", f"({d.number})", d.office, d.day)
    count = 0
    for n, (field, items) in enumerate(d.sections(), 1):
        yield f"{_chinese(n)}、抓实{field}"
        for count, i in enumerate(items, count + 1):  # noqa: B020 - it counts on
            by = f"{i.by}完成。" if i.by else ""
            yield f"({_chinese(count)})做好{i.title}。{i.text}{by}({i.lead}牵头{i.others_if(',', '配合')})"


def _titled(d: Draft) -> Iterator[str]:
    """A 通知 whose items stand below headings, each with a title of its own and labels for both kinds of units."""
    yield from (f"{d.office}关于做好{d.subject}的通知", d.number, "各有关单位:", f"现就{d.subject}通知如下:", "一、工作任务")
    for n, (field, items) in enumerate(d.sections(), 1):
        yield f"({_chinese(n)})改进{field}。"
        for m, i in enumerate(items, 1):
            by = f";完成时限:{i.by}" if i.by else ""
            yield f"{m}.{i.title}。{i.text}(牵头单位:{i.lead}{i.others_if(';配合单位:')}{by})"
    yield from (*d.demands("二"), d.office, d.day)


def _prose(d: Draft) -> Iterator[str]:
    """A 通知 whose sentences say who leads, and the rest as a table."""
    half = len(d.items) // 2
    cited = f"国办发〔{d.draw.randint(2010, 2015)}〕{d.draw.randint(1, 90)}号"
    yield from (f"{d.office}关于推进{d.subject}的通知", f"({d.number})", "各有关单位:")
    yield from (f"依据《国务院办公厅关于加强政务工作的通知》({cited}),现通知如下:", "一、主要任务")
    for n, i in enumerate(d.items[:half], 1):
        yield f"({_chinese(n)}){i.title}。{i.text}由{i.lead}牵头{i.others_if('，', '配合')}，{i.by or '年内'}完成。"
    yield from (d.office, d.day, "附件", f"{d.place.name}{d.subject}任务分工表", "序号\t工作任务\t牵头单位\t配合单位\t完成时限")
    for n, i in enumerate(d.items[half:], 1):
        yield "\t".join((str(n), f"{i.title}：{i.text}", i.lead, "、".join(i.others), i.by or "长期"))


_LAYOUTS: Final = (_plan, _points, _titled, _prose)


def _chinese(number: int) -> str:
    """1 to 99 as items are numbered: 三, 十三, 二十三."""
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


# Words


@cache
def _lines() -> list[list[str]]:
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def _sayings() -> dict[str, list[str]]:
    return {line[0]: line[1].split("、") for line in _lines() if len(line) == 2}


@cache
def _fields() -> list[Field]:
    return [Field(name, *(words.split("、") for words in rest)) for name, *rest in _lines() if len(rest) == 3]


@cache
def _places() -> list[Division]:
    """Those below the provinces whose name means no other place."""
    names, _ = known_names()
    alone = [places[0] for name in sorted(names) if len(places := called(name)) == 1]
    return [d for d in alone if d.level != "province" and not d.former and d.level_word in _LEVEL_WORDS]
