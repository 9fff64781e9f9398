"""The lists of a .docx: what numbering.xml and the styles say of the numbers that Word prints (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loaders.formats.docx_parts import qn
from loaders.formats.lists import DEEPEST_STYLE, Level, Lists

if TYPE_CHECKING:
    from lxml.etree import _Element

    from loaders.formats.docx_parts import Parts

_LEVELS: Final = frozenset("012345678")  # those of a list (17.9.6)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and the list and level that its styles bring with them."""

    lists: Lists = field(default_factory=Lists)
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts) -> Numbering:
        """Reads numbering.xml and the styles that bring a number with them, headings above all."""
        self = cls()
        for style in (style for root in parts.of_kind("styles") for style in root.iterfind(qn("w:style"))):
            based, number = style.find(qn("w:basedOn")), style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            list_id, level = _list_of(number)
            self.styles[style.get(qn("w:styleId"), "")] = (
                based.get(qn("w:val")) if based is not None else None,
                list_id,
                level,
            )
        for root in parts.of_kind("numbering"):
            self._read(root)
        return self

    def _read(self, root: _Element) -> None:
        abstract = {a.get(qn("w:abstractNumId")): _levels(a) for a in root.iterfind(qn("w:abstractNum"))}
        for num in root.iterfind(qn("w:num")):
            of = num.find(qn("w:abstractNumId"))
            key, own = (of.get(qn("w:val")) if of is not None else ""), num.get(qn("w:numId"))
            levels = dict(abstract.get(key, {}))
            for override in num.iterfind(qn("w:lvlOverride")):
                levels |= _levels(override)
                at, start = int(override.get(qn("w:ilvl"), "0")), number_in(override, "w:startOverride", -1)
                if start >= 0 and at in levels:
                    levels[at] = levels[at]._replace(start=start)
                    self.lists.restarts.add((own, at))
            self.lists.lists[own] = (key, levels)
        styled = {a.get(qn("w:abstractNumId")): a.find(qn("w:numStyleLink")) for a in root.iterfind(qn("w:abstractNum"))}
        for list_id, (definition, _) in list(self.lists.lists.items()):
            link = styled.get(str(definition))  # a list that a list style defines is the list of that style (17.9.21)
            of_style = self.styles.get(link.get(qn("w:val"), ""), (None, None, None))[1] if link is not None else None
            if of_style in self.lists.lists:
                self.lists.lists[list_id] = self.lists.lists[of_style]

    def next(self, paragraph: _Element) -> str:
        """The number of `paragraph` as Word prints it, empty for one without; it counts on."""
        return self.lists.next(*self._list_of(paragraph))

    def _list_of(self, paragraph: _Element) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style or of the styles that is based on."""
        list_id, level = _list_of(paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else None
        for _ in range(DEEPEST_STYLE):
            if name not in self.styles or (list_id is not None and level is not None):
                break
            name, styled_list, styled_level = self.styles[name]
            list_id = styled_list if list_id is None else list_id
            level = styled_level if level is None else level
        return list_id or "", level or 0


def _list_of(number: _Element | None) -> tuple[str | None, int | None]:
    if number is None:
        return None, None
    list_id, level = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
    return list_id.get(qn("w:val")) if list_id is not None else None, number_in(number, "w:ilvl") if level is not None else None


def _levels(parent: _Element) -> dict[int, Level]:
    levels = {}
    for level in parent.iterfind(qn("w:lvl")):
        if (at := level.get(qn("w:ilvl"), "0")) not in _LEVELS:
            continue
        form, text, gap = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:suff"))
        levels[int(at)] = Level(
            number_in(level, "w:start", 1),
            form.get(qn("w:val"), "decimal") if form is not None else "decimal",
            text.get(qn("w:val"), "") if text is not None else "",
            gap is None or gap.get(qn("w:val")) != "nothing",
            is_on(level.find(qn("w:isLgl"))),
        )
    return levels


def number_in(element: _Element, path: str, absent: int = 0) -> int:
    """The value of the element at `path` below `element`."""
    child = element.find("/".join(qn(step) for step in path.split("/")))
    value = child.get(qn("w:val")) if child is not None else None
    return int(value) if value is not None and value.isdecimal() and len(value) <= 9 else absent


def is_on(mark: _Element | None) -> bool:
    """Whether a property that is on or off is on (ECMA-376, 17.17.4)."""
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false", "off")
