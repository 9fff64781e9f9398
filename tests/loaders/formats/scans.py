"""Pages as a scanner sees them, drawn with a font of the system: paper, text in lines, ruled tables, a red seal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
EM = 33  # 三号, 16 points
LEFT, TOP = 150, 200
ACROSS = 28  # characters a line, as GB/T 9704-2012, 5.2.2 has it


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, index=2)  # the simplified Chinese one


class Paper:
    """A page, or more below one another, written from the top; lines wrap as print does."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.draw = ImageDraw.Draw(self.image)
        self.y = TOP

    def say(self, x: int, y: int, words: str, size: int = EM, ink: str = "black") -> None:
        self.draw.text((x, y), words, font=_font(size), fill=ink)

    def centre(self, words: str, size: int = EM, ink: str = "black") -> None:
        font = _font(size)
        self.say(round((WIDTH - font.getlength(words)) / 2), self.y, words, size, ink)
        self.y += 2 * size

    def right(self, words: str) -> None:
        self.say(WIDTH - LEFT - EM * (len(words) + 2), self.y, words)
        self.y += round(1.75 * EM)

    def paragraph(self, words: str, indent: int = 2) -> None:
        rest, at = words, indent
        while rest:
            line, rest = rest[: ACROSS - at], rest[ACROSS - at :]
            for n, char in enumerate(line):
                self.say(LEFT + (at + n) * EM, self.y, char)
            self.y += round(1.75 * EM)
            at = 0

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[int], size: int = 26) -> None:
        top = self.y
        edges = [LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
        for row in rows:
            self.draw.line((edges[0], self.y, edges[-1], self.y), "black", 2)
            lines = 1
            for x, width, words in zip(edges, widths, row, strict=False):
                fit = (width - 20) // size
                parts = [words[n : n + fit] for n in range(0, len(words), fit)]
                lines = max(lines, len(parts))
                for n, part in enumerate(parts):
                    self.say(x + 10, self.y + 8 + n * (size + 8), part, size)
            self.y += 16 + lines * (size + 8)
        self.draw.line((edges[0], self.y, edges[-1], self.y), "black", 2)
        for x in edges:
            self.draw.line((x, top, x, self.y), "black", 2)
        self.y += EM

    def seal(self, x: int, y: int, words: str, radius: int = 125) -> None:
        """A round one about (x, y), 42 mm across, with its star and the name along its ring."""
        red = Image.new("RGBA", self.image.size, (255, 255, 255, 0))
        draw = ImageDraw.Draw(red)
        ink = (215, 30, 40, 215)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=7)
        star = [
            (x + sin(n * pi / 5) * (45 if n % 2 == 0 else 18), y - cos(n * pi / 5) * (45 if n % 2 == 0 else 18))
            for n in range(10)
        ]
        draw.polygon(star, fill=ink)
        for n, char in enumerate(words):
            angle = (n - (len(words) - 1) / 2) * 0.4
            glyph = Image.new("RGBA", (44, 44))
            ImageDraw.Draw(glyph).text((4, -4), char, font=_font(34), fill=ink)
            turned = glyph.rotate(-angle * 180 / pi, expand=True)
            at = (x + sin(angle) * (radius - 32), y - cos(angle) * (radius - 32))
            red.alpha_composite(turned, (round(at[0] - turned.width / 2), round(at[1] - turned.height / 2)))
        ink_on_paper = Image.new("RGB", red.size, "white")
        ink_on_paper.paste(red, mask=red.getchannel("A"))
        self.image = ImageChops.multiply(self.image, ink_on_paper)  # what is printed shows through
        self.draw = ImageDraw.Draw(self.image)

    def data(self, kind: str = "PNG") -> bytes:
        file = io.BytesIO()
        self.image.save(file, kind)
        return file.getvalue()
