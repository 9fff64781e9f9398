"""The pictures of a web page's article that may hold words: scans of tables, of pages, of posters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.text.view import squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from loaders.formats.written import Written

# 例 600 · 600px (not 100%) · width: 600px
PIXELS = re.compile(r"\s{0,9}(?P<pixels>\d{1,5})(?:\.\d{1,9})?(?:px)?\s{0,9}$")
PIXELS_IN_STYLE: Final = {
    side: re.compile(rf"(?:^|[;\s]){side}\s{{0,9}}:\s{{0,9}}(?P<pixels>\d{{1,5}})(?:\.\d{{1,9}})?px")
    for side in ("width", "height")
}
# 例 /images/icon_doc.gif · /logo.png · qrcode.jpg: no part of the article
ICON = re.compile(r"icon|logo|qrcode|ewm|/images/|/common/|\.gif(?:$|\?)", re.IGNORECASE)

_WIDE_PICTURE = 400  # pixels
_FEW_WORDS = 200  # characters of an article whose pictures may be all that it says
_MOST_PICTURES = 200
_LONGEST_NAME = 40


def name_pictures(article: LexborNode, written: Written) -> None:
    """Names pictures that may be those of tables or pages: large ones, and all in an article of few words."""
    few = len(squeezed(article.text())) < _FEW_WORDS
    for picture in article.css("img")[:_MOST_PICTURES]:
        attributes = picture.attributes
        width, height = (_pixels(attributes, side) for side in ("width", "height"))
        source = attributes.get("src") or ""
        if width >= _WIDE_PICTURE or (few and not width and not height and not ICON.search(source)):
            name = "内嵌" if source.startswith("data:") else source.partition("?")[0].rpartition("/")[2]
            written.missing("picture", f"图片 {(attributes.get('alt') or '').strip() or name}"[:_LONGEST_NAME])


def _pixels(attributes: Mapping[str, str | None], side: str) -> int:
    """A side of a picture in pixels as its attributes or its style say, 0 where they do not."""
    given = PIXELS.match(attributes.get(side) or "") or PIXELS_IN_STYLE[side].search((attributes.get("style") or "")[:400])
    return int(given["pixels"]) if given else 0
