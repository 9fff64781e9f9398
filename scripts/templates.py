"""Makes the Word templates in templates/: python -m scripts.templates

Page and type are those of GB/T 9704—2012 (党政机关公文格式): A4 with margins of 37, 35, 28 and 26 mm, which leave 156 × 225 mm;
22 lines of 28 characters a page; the title in 小标宋 of size 2 (22 pt), the text in 仿宋 of size 3 (16 pt), first headings in
黑体; the page's number in 宋体 of size 4 (14 pt) between dashes, at the outer edge; the day four characters from the right, who
signs centred above it. A clerk changes them in Word: a template is an ordinary document whose {{ names }} are filled in by
exports/letters.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from exports.word import set_font, set_language

FOLDER: Final = Path(__file__).parents[1] / "templates"

TITLE, TEXT, HEADING, NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
_SIZE: Final = 16  # points: size 3
_LINE: Final = 28.95  # points: 225 mm by 22 lines
_CLOSER: Final = -5  # twentieths of a point between characters, of which 28 would be wider than 156 mm
_TWO: Final = Pt(2 * _SIZE)
_SIGNED: Final = Pt(13 * _SIZE)  # what follows is 15 characters wide: a day of 7 in its middle has four on its right
_CELL: Final = "表格文字"  # the style of what stands in tables

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def page() -> Any:  # noqa: ANN401 (python-docx names its document otherwise than it calls it)
    """An empty document of the standard's page and text, its number at the foot."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.footer_distance = Mm(25)  # its dashes lie 7 mm below the text
    normal = made.styles["Normal"]
    set_font(normal.font, normal.element, TEXT, _SIZE)
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(_CLOSER))
    normal.element.rPr.find(qn("w:sz")).addprevious(closer)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(_LINE)
    normal.paragraph_format.space_after = Pt(0)
    cell = made.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    set_font(cell.font, cell.element, TEXT, 10.5)
    cell.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    set_language(made)
    made.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], RIGHT)
    _number(section.even_page_footer.paragraphs[0], LEFT)
    return made


def _number(foot: Any, align: WD_ALIGN_PARAGRAPH) -> None:  # noqa: ANN401
    """The number of a page, one character from the edge."""
    foot.alignment = align
    form = foot.paragraph_format
    form.left_indent = form.right_indent = Pt(14)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
    for words in ("— ", None, " —"):
        run = foot.add_run(words or "")
        set_font(run.font, run._r, NUMBER, 14)
        if words is None:
            for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
                run._r.append(_field(kind, text))


def _field(kind: str, text: str) -> Any:  # noqa: ANN401
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    element.text = text or None
    return element


def say(
    made: Any,  # noqa: ANN401
    words: str,
    *,
    font: str = TEXT,
    size: float = _SIZE,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    indent: bool = False,
) -> Any:  # noqa: ANN401
    """A paragraph of a document."""
    paragraph = made.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = _TWO
    if font == HEADING:
        paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(words)
    set_font(run.font, run._r, font, size)
    return paragraph


def sign(made: Any) -> None:  # noqa: ANN401
    """Who signs, and the day below; whom to ask, as GB/T 9704—2012, 7.3.6 has it."""
    say(made, "")
    for words in ("{{ 发文单位 }}", "{{ 日期 }}"):
        say(made, words, align=CENTRE).paragraph_format.left_indent = _SIGNED
    say(made, "{%p if 联系人 %}")
    say(made, "（联系人：{{ 联系人 }}）", indent=True)
    say(made, "{%p endif %}")


def fill(cell: Any, words: str, font: str = TEXT, align: WD_ALIGN_PARAGRAPH = LEFT) -> None:  # noqa: ANN401
    """What stands in a cell of a table."""
    (paragraph,) = cell.paragraphs
    paragraph.style, paragraph.alignment = _CELL, align
    run = paragraph.add_run(words)
    set_font(run.font, run._r, font, 10.5)


def table(made: Any, widths: list[float], heads: list[str], loop: str, cells: list[str]) -> None:  # noqa: ANN401
    """A table with a row a thing: `loop` is what it goes through, `cells` what stands in each. Widths in mm."""
    grid = made.add_table(rows=4, cols=len(heads), style="Table Grid")
    grid.autofit = False
    for n, (width, head, cell) in enumerate(zip(widths, heads, cells, strict=True)):
        for part in (grid.columns[n], *grid.columns[n].cells):
            part.width = Mm(width)
        fill(grid.cell(0, n), head, HEADING, CENTRE)
        fill(grid.cell(2, n), cell, align=LEFT if len(head) > 2 else CENTRE)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    grid.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    fill(grid.cell(1, 0), f"{{%tr for {loop} %}}")
    fill(grid.cell(3, 0), "{%tr endfor %}")


def notice() -> Any:  # noqa: ANN401
    """督办通知单, for one unit."""
    made = page()
    say(made, "督办通知单", font=TITLE, size=22, align=CENTRE)
    say(made, "〔{{ 年份 }}〕    号", align=CENTRE)
    say(made, "")
    say(made, "{{ 单位 }}：")
    say(
        made,
        "经梳理有关文件，截至{{ 日期 }}，你单位尚有{{ 事项数 }}项任务需要督办，其中牵头{{ 牵头数 }}项、配合{{ 配合数 }}项，"
        "{% if 逾期数 %}已过期限{{ 逾期数 }}项{% else %}没有超过期限的{% endif %}"
        "{% if 未写明时限数 %}，未写明时限{{ 未写明时限数 }}项{% endif %}。具体事项见附件。",
        indent=True,
    )
    say(
        made,
        "请对照原文抓好落实，并将进展情况、佐证材料书面反馈。"
        "{% if 未核数 %}其中{{ 未核数 }}项出自尚未核对的文件，以文件原文为准。{% endif %}"
        "情况有变化、任务分工不准确的，请一并说明。",
        indent=True,
    )
    say(made, "")
    say(made, "附件：督办事项", indent=True)
    sign(made)
    made.add_page_break()
    say(made, "附件", font=HEADING)
    say(made, "")
    say(made, "督办事项", font=TITLE, size=22, align=CENTRE)
    heads = ["序号", "督办事项", "责任及共同单位", "时限", "文件依据和原文"]
    cells = [
        "{{ 事项.序号 }}",
        "{{ 事项.任务 }}",
        "你单位{{ 事项.责任 }}{% if 事项.共同单位 %}\n{{ 事项.共同单位 }}{% endif %}",
        "{{ 事项.时限 }}{% if 事项.状态 %}\n{{ 事项.状态 }}{% endif %}",
        "{{ 事项.文件 }}{{ 事项.文号 }}\n“{{ 事项.原文 }}”",
    ]
    table(made, [10, 30, 42, 26, 48], heads, "事项 in 事项列表", cells)
    return made


def bulletin() -> Any:  # noqa: ANN401
    """通报: what is done and what is late, unit by unit."""
    made = page()
    say(made, "关于{{ 范围 }}重点任务落实情况的", font=TITLE, size=22, align=CENTRE)
    say(made, "通    报", font=TITLE, size=22, align=CENTRE)
    say(made, "")
    say(
        made,
        "截至{{ 日期 }}，{{ 单位数 }}个单位承担有责任条款的任务{{ 任务数 }}项次。"
        "报告已完成{{ 完成数 }}项次，完成率{{ 完成率 }}；"
        "已过期限仍未报告完成{{ 逾期数 }}项次；尚未报告进展{{ 未报数 }}项次。"
        "{% if 未核数 %}其中{{ 未核数 }}项次出自尚未核对的文件，以文件原文为准。{% endif %}现将有关情况通报如下。",
        indent=True,
    )
    say(made, "一、各单位进展", font=HEADING, indent=True)
    heads = ["单位", "任务", "完成", "推进", "未报", "逾期", "■完成 ■推进 ■逾期 ■其他"]
    cells = [f"{{{{ 行.{name} }}}}" for name in ("单位", "任务", "完成", "推进", "未报", "逾期")]
    table(made, [38, 12, 12, 12, 12, 12, 58], heads, "行 in 各单位", [*cells, "{{r 行.图 }}"])
    _colour(made.tables[0].cell(0, 6))
    say(made, "二、已经完成的事项", font=HEADING, indent=True)
    say(made, "{%p if not 完成事项 %}")
    say(made, "各单位均未报告有完成的事项。", indent=True)
    say(made, "{%p else %}")
    cells = ["{{ 行.单位 }}", "{{ 行.任务 }}", "{{ 行.期限 }}", "{{ 行.文号 }}"]
    table(made, [38, 60, 28, 30], ["单位", "完成事项", "期限", "文号"], "行 in 完成事项", cells)
    say(made, "{%p endif %}")
    say(made, "三、已过期限的事项", font=HEADING, indent=True)
    say(made, "{%p if not 逾期事项 %}")
    say(made, "没有已过期限而未报告完成的事项。", indent=True)
    say(made, "{%p else %}")
    cells = ["{{ 行.单位 }}", "{{ 行.任务 }}", "{{ 行.期限 }}\n已过{{ 行.天数 }}天", "{{ 行.进展 }}", "{{ 行.文号 }}"]
    table(made, [34, 48, 26, 22, 26], ["单位", "逾期事项", "期限", "进展情况", "文号"], "行 in 逾期事项", cells)
    say(made, "{%p endif %}")
    sign(made)
    return made


def _colour(cell: Any) -> None:  # noqa: ANN401
    """Sets the squares of the chart's legend in the colours of its bars."""
    from exports.letters import COLOURS  # noqa: PLC0415

    (run,) = cell.paragraphs[0].runs
    parts, run.text = run.text.split(" "), ""
    for part, colour in zip(parts, COLOURS.values(), strict=True):
        square = cell.paragraphs[0].add_run(part[0])
        square.font.size, square.font.color.rgb = Pt(10.5), _rgb(colour)
        words = cell.paragraphs[0].add_run(f"{part[1:]} ")
        set_font(words.font, words._r, HEADING, 10.5)


def _rgb(colour: str) -> Any:  # noqa: ANN401
    from docx.shared import RGBColor  # noqa: PLC0415

    return RGBColor.from_string(colour)


def main() -> int:
    """Writes them."""
    FOLDER.mkdir(exist_ok=True)
    for name, made in (("督办通知单", notice()), ("通报", bulletin())):
        about = made.core_properties
        about.author, about.comments, about.title = "", "", name
        made.save(str(FOLDER / f"{name}.docx"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
