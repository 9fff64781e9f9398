"""A web page -> its article: title, fields of the 信息公开 header, body and tables, without what a site puts around it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from kg.errors import UnreadableFile
from loaders.formats.fields import fields_in
from loaders.formats.html_articles import ARTICLE, GENERIC
from loaders.formats.html_pictures import name_pictures
from loaders.formats.written import BLANK_ENDS, Cell, Written, grid
from loaders.text.frame import TITLE
from loaders.text.items import MARKER
from loaders.text.view import plain, squeezed

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from selectolax.lexbor import LexborNode

# 例 <div class="box"> · </div>
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})")
# 例 ␣class="box" · ␣hidden · ␣alt='' (the attributes of a tag, as WHATWG HTML, 13.2.5.32 to 38, takes them apart)
ATTRIBUTE = re.compile(
    r"[\s/]{0,9999}(?:(?P<name>[^\s/>][^\s/>=]{0,9999})"
    r"(?:\s{0,9999}=\s{0,9999}(?:\"[^\"]{0,99999999}\"|'[^']{0,99999999}'|[^\s>\"'][^\s>]{0,99999999}))?)?"
)
BLANKS = re.compile(r"[ \t\r\n\f\x1f]{1,9999}")
# 例 white-space: pre-wrap
KEEPS_LINES = re.compile(r"white-space(?:-collapse)?\s{0,9}:\s{0,9}(?:pre|break-spaces)", re.IGNORECASE)
LINE_END, TAB = "\v", "\x1f"  # of preformatted text; no blanks of HTML
SHOWN = str.maketrans({"\n": LINE_END, "\t": TAB})
# 例 关于印发工作方案的通知_长治市人民政府 · 通知 - 政策文件 (the title of a page, with the site's name behind)
BAR = re.compile(r"[_|｜]| ?-{1,4} ")
# Lines of a page that are no words of its article.
# 例 【打印本页】 · 分享到： · 浏览次数：12 · 【字体：大 中 小】 · 扫一扫在手机打开当前页
_BUTTON = (
    r"打印(?:本页|此页|正文)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表)?|分享(?:到)?|我要纠错|纠错"
    r"|加入收藏|扫一扫[^。；]{0,20}|(?:字[体号]|字体大小)[^。；]{0,16}"
)
_ABOUT_THE_PAGE = (
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?[:：][^。；]{0,12}|视力保护色?[:：]?|保护视力色[:：]?|当前位置[:：].{0,80}"
    r"|您(?:的|当前)位置[:：].{0,80}"
)
_MORE_BUTTONS = r"(?:[ 　【\[|]{1,4}(?:打印(?:本页)?|关闭(?:窗口)?|大|中|小|[+-])[\]】|]{0,2}){0,6}"
CHROME_LINE = re.compile(rf"[\[【（(]?[ ]{{0,4}}(?:{_BUTTON}|{_ABOUT_THE_PAGE})[ ]{{0,4}}[:：]?[\]】）)]?{_MORE_BUTTONS}")

_DEAD = [
    *("script", "style", "noscript", "template", "iframe", "nav", "footer", "select", "button", "textarea", "svg", "canvas"),
    *("object", "embed", "video", "audio", "rp", "rt"),
]
_HIDDEN = '[hidden], [style*="display:none" i], [style*="display: none" i]'
# fmt: off
_CHROME = frozenset({
    "share", "bdshare", "bdsharebuttonbox", "bshare", "bshare-custom", "jiathis", "jiathis_style", "social-share",
    "share-box", "sharebox", "share_box", "ewm", "erweima", "qrcode", "qr", "qr_container", "div_div", "sweep",
    "ewmbox", "print", "dayin", "fontsize", "font-size", "zihao", "ziti", "toolbar", "tools", "breadcrumb", "crumb",
    "crumbs", "mbx", "dqwz", "position", "weizhi", "related", "xg-list", "xgwz", "xglj", "xgyd", "recommend",
    "pagination", "page-nav", "prev", "next", "prenext", "shangxia", "comment", "comments", "copyright", "foot",
    "footer", "nav", "navbar", "jiucuo", "editor", "back-top", "gotop",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ucapcontent", "ucaptitle", "ul",
})
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})
_IN_LINE = _FORMATTING - {"a"} | {"br", "sup", "sub", "ins", "o:p"}
_PREFORMATTED = frozenset({"pre", "listing", "xmp"})
_UNCOUNTED = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr", "p", "li", "td", "th", "tr",
    "tbody", "option", "dd", "dt",
})
# fmt: on
_PUBLISHED = frozenset({"发布日期", "发布时间", "公开日期", "公开时间"})
_NAMED = frozenset({"标题", "名称", "信息名称", "文件名称", "公文名称"})
_LONGEST_META = 300
_DEEPEST = 3000  # open elements; the parser's work grows with the square of their number
_MOST_ATTRIBUTES = 500  # of one element; the parser compares each with all others
_MOST_WITHIN = 4  # times the page's length that its tags have together: more, and they stand within one another
_FEW_OPEN, _MOST_REOPENED = 30, 2_000_000  # formatting left open is made anew in each block (WHATWG HTML, 13.2.4.3)
_FEW_LINKS = 0.2  # share of a page's words in links below which all of it is the article
_NEARLY = 0.8  # share of the longest element's words from which an inner one counts as the article
_LEAST_WORDS = 30
_LITTLE = 100  # characters outside links that a share box or a breadcrumb says at most
_MOST_CANDIDATES = 100
_OPENING = 600  # characters of an article in which its title and its 信息公开 header stand
_LEAST = 2  # rows and columns of a table of data
_SHORT_CELL, _LONGEST_CELL = 150, 3000


def read_html(markup: str, name: str) -> Written:
    """The article of the page `markup`. Raises UnreadableFile for one without words, or nested deeper than any real page."""
    _check_depth(markup, name)
    page = LexborHTMLParser(markup)
    page.strip_tags(_DEAD)
    for node in page.css(_HIDDEN):
        node.decompose()
    written = Written()
    if body := page.body:
        found = _known_article(page)
        pieces = list(_pieces(body, found))
        article = found or (body if _has_few_links(body) else _main_text(markup) or body)
        opening = squeezed(article.text())[:_OPENING]
        for line in _head(page, pieces, opening):
            written.line(line)
        _write(article, written)
        name_pictures(article, written)
    if not written.text().strip():
        raise UnreadableFile(f"{name}: the page holds no text", "scripts may draw it: save the page as the browser shows it")
    return written


def write_markup(markup: str, written: Written, name: str) -> None:
    """Adds the words of a piece of HTML, whole, to `written`."""
    _check_depth(markup, name)
    piece = LexborHTMLParser(markup)
    piece.strip_tags(_DEAD)
    if piece.body:
        _write(piece.body, written)


def _check_depth(markup: str, name: str) -> None:
    """Refuses what would keep the parser busy: thousands of open elements, or formatting left open above many others, or
    thousands of attributes."""
    still_open: Counter[str] = Counter()
    depth = reopened = deepest = tags = within = 0
    for tag in TAG.finditer(markup):
        element = tag["name"].lower()
        tags += 1
        attributes, end = _attributes(markup, tag.end())
        within += end - tag.end()
        if attributes > _MOST_ATTRIBUTES or within > _MOST_WITHIN * len(markup):
            what = f"over {_MOST_ATTRIBUTES} attributes" if attributes > _MOST_ATTRIBUTES else "tags within tags"
            raise UnreadableFile(f"{name}: an element <{element}> with {what}", "save the page again from a browser")
        if element in _UNCOUNTED:
            continue
        step = -1 if tag["close"] else 1
        if step < 0 and not still_open[element]:
            continue
        still_open[element] += step
        depth += step
        reopened += step if element in _FORMATTING else 0
        deepest = max(deepest, depth)
        if deepest > _DEEPEST or (reopened > _FEW_OPEN and reopened * tags > _MOST_REOPENED):
            raise UnreadableFile(f"{name}: its elements are nested too deeply for a page", "save the page again from a browser")


def _attributes(markup: str, at: int) -> tuple[int, int]:
    """How many a tag has whose name ends at `at`, and where they end; not counted further than is refused."""
    count = 0
    while count <= _MOST_ATTRIBUTES and (attribute := ATTRIBUTE.match(markup, at)) and attribute.end() > at:
        count += attribute["name"] is not None
        at = attribute.end()
    return count, at


# ---- where the article is -------------------------------------------------------------------------------------------


def _known_article(page: LexborHTMLParser) -> LexborNode | None:
    """The element that a known layout calls its article; of several the one with most words, of nested ones the inner."""
    for selectors in (", ".join(ARTICLE), GENERIC):
        found = [(node, _words(node)) for node in page.css(selectors)[:_MOST_CANDIDATES]]
        most = max((words for _, words in found), default=0)
        if most >= _LEAST_WORDS:
            return [node for node, words in found if words >= _NEARLY * most][-1]
    return None


def _words(node: LexborNode) -> int:
    """Characters of a node outside links."""
    return len(squeezed(node.text())) - sum(len(squeezed(link.text())) for link in node.css("a"))


def _has_few_links(body: LexborNode) -> bool:
    return _words(body) >= (1 - _FEW_LINKS) * len(squeezed(body.text()))


def _main_text(markup: str) -> LexborNode | None:
    """What trafilatura takes for the main text of a page of unknown layout."""
    import trafilatura  # noqa: PLC0415 - takes longer to import than most pages to read

    main = trafilatura.extract(markup, output_format="html", include_tables=True, favor_recall=True)
    return LexborHTMLParser(main).body if main else None


# ---- the header: title and 信息公开 fields --------------------------------------------------------------------------


def _head(page: LexborHTMLParser, pieces: list[str], opening: str) -> Iterator[str]:
    """The header's fields, one a line, and the title unless the article opens with it."""
    fields = dict(fields_in(pieces))
    if (published := _meta(page, "PubDate")) and not any(squeezed(label) in _PUBLISHED for label in fields):
        fields["发布日期"] = published
    named = _meta(page, "ArticleTitle")
    title = named if _is_title(named) else None if named else _title(page, pieces)
    if named and not title and not any(squeezed(label) in _NAMED for label in fields):
        fields["标题"] = named
    yield from (f"{label}：{value}" for label, value in fields.items() if value)
    if title and squeezed(title) not in opening:
        yield title


def _meta(page: LexborHTMLParser, name: str) -> str:
    """What a meta tag of the standard of government sites says (国办发〔2017〕47号, 附件3: ArticleTitle, PubDate)."""
    tag = page.css_first(f'meta[name="{name}" i]')
    return _one_line(tag.attributes.get("content") or "")[:_LONGEST_META] if tag else ""


def _title(page: LexborHTMLParser, pieces: list[str]) -> str | None:
    """What reads as the title of a document on a page that does not name it: a heading, else the words nearest above the
    article, else the page's own title."""
    shown = page.css_first("title")
    candidates = [
        *(node.text() for node in page.css("h1, h2")),
        *reversed(pieces),
        *(part for part in BAR.split(shown.text() if shown else "")),
    ]
    return next(filter(_is_title, map(_one_line, candidates)), None)


def _is_title(line: str) -> bool:
    return bool(TITLE.fullmatch(plain(line))) and not CHROME_LINE.fullmatch(line)


def _pieces(body: LexborNode, article: LexborNode | None) -> Iterator[str]:
    """The words above the article as they stand apart on the page."""
    words: list[str] = []
    for event in _walk(body):
        if isinstance(event, str):
            words.append(event)
            continue
        if article is not None and event.node.mem_id == article.mem_id:
            break
        if event.node.tag not in _IN_LINE:
            yield from filter(None, map(_one_line, "".join(words).split(LINE_END)))
            words.clear()
    yield from filter(None, map(_one_line, "".join(words).split(LINE_END)))


# ---- the words of the article ---------------------------------------------------------------------------------------


class _Edge(NamedTuple):
    """That an element begins or ends."""

    node: LexborNode
    begins: bool


def _walk(root: LexborNode, closed: Container[int] = ()) -> Iterator[str | _Edge]:
    """Text and the edges of elements in reading order, without chrome and without what stands in the elements `closed`; in the
    text LINE_END and TAB where they are shown as such."""
    waiting: list[LexborNode | _Edge] = [*reversed(list(root.iter(include_text=True)))]
    preformatted = int(_keeps_lines(root))
    while waiting:
        node = waiting.pop()
        if isinstance(node, _Edge):
            preformatted -= _keeps_lines(node.node)
            yield node
        elif node.is_text_node:
            words = node.text_content or ""
            yield words.translate(SHOWN) if preformatted else words
        elif node.is_element_node and not _is_chrome(node):
            preformatted += _keeps_lines(node)
            yield _Edge(node, begins=True)
            waiting.append(_Edge(node, begins=False))
            if node.mem_id not in closed:
                waiting += reversed(list(node.iter(include_text=True)))


def _keeps_lines(node: LexborNode) -> bool:
    """Whether the line ends in its text are shown as such (CSS Text 3, 3)."""
    return node.tag in _PREFORMATTED or bool(KEEPS_LINES.search(node.attributes.get("style") or ""))


def _is_chrome(node: LexborNode) -> bool:
    """By its name, and because it says little: the whole article may stand in an element called print."""
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
    if _CHROME.isdisjoint(names):
        return False
    words = 0
    for inner in node.traverse(include_text=True):
        if inner.is_text_node and not (inner.parent and inner.parent.tag == "a"):
            words += len(squeezed(inner.text_content or ""))
            if words > _LITTLE:
                return False
    return True


def _write(article: LexborNode, written: Written) -> None:
    """The article's paragraphs a line each, its data tables a row a line."""
    tables = {table.mem_id: rows for table in article.css("table") if (rows := _data(table))}
    numbers: Counter[int] = Counter()
    words: list[str] = []
    number = ""

    def end_line() -> None:
        nonlocal number
        lines = "".join(words).split(LINE_END)
        words.clear()
        for line in ("\t".join(map(_one_line, line.split(TAB))) for line in lines):
            if line.strip() and not CHROME_LINE.fullmatch(line):
                written.line(number + line)
                number = ""

    for event in _walk(article, tables):
        if isinstance(event, str):
            words.append(event)
            continue
        node, begins = event
        if node.tag == "br" or node.tag in _BLOCKS:
            end_line()
        if begins and node.tag == "li":
            number = _list_number(node, numbers)
        if begins and node.mem_id in tables:
            if (caption := node.css_first("caption")) and (printed := _one_line(caption.text())):
                written.line(printed)
            rows = tables[node.mem_id]
            fields = dict(fields_in(cell.words for row in rows for cell in dict.fromkeys(row)))
            if written.length < _OPENING and len(fields) > 1:
                for label, value in fields.items():
                    written.line(f"{label}：{value}")
            else:
                written.table(rows)
    end_line()


def _list_number(item: LexborNode, numbers: Counter[int]) -> str:
    """The number that a browser puts before an item of an ordered list, unless its words begin with their own."""
    parent = item.parent
    if parent is None or parent.tag != "ol" or "none" in (parent.attributes.get("style") or ""):
        return ""
    start = parent.attributes.get("start") or "1"
    numbers[parent.mem_id] += 1
    number = numbers[parent.mem_id] - 1 + (int(start) if start.isdecimal() and len(start) <= 3 else 1)
    return "" if MARKER.match(plain(item.text().strip(BLANK_ENDS))) else f"{number}."


def _data(table: LexborNode) -> list[list[Cell]] | None:
    """The rows of a table of data: two columns or more, two rows or more, most cells short, no other table in it."""
    if (table.attributes.get("role") or "") == "presentation" or len(table.css("table")) > 1:
        return None
    rows = grid([_cell(cell) for cell in row.iter() if cell.tag in ("td", "th")] for row in table.css("tr"))
    if not rows or len(rows) < _LEAST or len(rows[0]) < _LEAST:
        return None
    lengths = sorted(len(cell.words) for row in rows for cell in dict.fromkeys(row) if cell.words)
    pairs = sum(len({id(cell) for cell in row if cell.words}) >= _LEAST for row in rows)
    if not lengths or pairs < _LEAST or lengths[len(lengths) // 2] > _SHORT_CELL or lengths[-1] > _LONGEST_CELL:
        return None
    return rows


def _cell(node: LexborNode) -> Cell:
    lines: list[str] = []
    words: list[str] = []
    for event in _walk(node):
        if isinstance(event, str):
            words.append(event)
        elif event.node.tag == "br" or event.node.tag in _BLOCKS:
            lines += map(_one_line, "".join(words).split(LINE_END))
            words.clear()
    lines += map(_one_line, "".join(words).split(LINE_END))
    across, down = (_extent(node.attributes.get(name)) for name in ("colspan", "rowspan"))
    return Cell("\n".join(line for line in lines if line), across, down)


def _extent(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdecimal() and len(value) <= 4 else 1


def _one_line(words: str) -> str:
    return BLANKS.sub(_blank, words).strip(BLANK_ENDS)


def _blank(blanks: re.Match[str]) -> str:
    """A line end between two characters of Chinese is no blank (CSS Text 3, 4.1.3); others show as one."""
    words, (start, end) = blanks.string, blanks.span()
    between = start > 0 and end < len(words) and "\n" in blanks.group()
    return (
        ""
        if between and min(words[start - 1], words[end]) >= "\u2e80" and max(words[start - 1], words[end]) <= "\uffef"
        else " "
    )
