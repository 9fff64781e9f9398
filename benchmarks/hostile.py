"""Seconds to parse texts made to be slow, at a size, twice and four times it: time must grow as the length does."""

from __future__ import annotations

import time
from typing import Final

from kg.errors import KgError
from loaders.extract import extract

SIZE: Final = 250_000  # code points of the smallest text
_HEAD: Final = "关于印发工作方案的通知\n一、任务\n1.推进。\n"
TEXTS: Final = {
    "(牵头(牵头…": "(牵头",
    "、、、…": "、",
    "市司法局、市司法局、…": "市司法局、",
    "no line end": "推进政务公开工作要落实,",
    "((((…": "(",
    "(责任单位:A(B(C…": "(责任单位:市司法局",
    "各各各…": "各",
    "2022年2022年…": "2022年",
    "1.1.1.…": "\n1.推进",
    "《《《…": "《",
    "tabs": "序号\t任务\t责任单位\n1\t推进\t市司法局\n",
    "要要要…": "市司法局要",
}  # fmt: skip


def main() -> None:
    """Prints the seconds for each text and size, and how they grow."""
    for name, unit in TEXTS.items():
        times = [_seconds(_HEAD + unit * (SIZE * n // len(unit))) for n in (1, 2, 4)]
        print(f"hostile {name}: " + ", ".join(f"{t:.2f} s" for t in times) + f" (n, 2n, 4n), 4n/n {times[2] / times[0]:.1f}")


def _seconds(text: str) -> float:
    data = text.encode()
    begin = time.process_time()
    try:
        extract(data, "hostile.txt")
    except KgError as refusal:  # one that holds no task is an answer too
        print(f"        {refusal}")
    return time.process_time() - begin
