"""What holds for every text, also for one that has been cut up and glued together wrongly."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Document
from loaders.extract import extract
from loaders.text.view import plain

ROOT = Path(__file__).parents[2]
# The seeds, and the wider corpus where it lies beside this checkout.
FILES = (*(ROOT / "seed").iterdir(), *(ROOT.parent / "shared" / "corpus").glob("*.txt"))
SEEDS = tuple(path.read_bytes().decode() for path in sorted(FILES))
LINES = tuple(line for seed in SEEDS for line in seed.splitlines(keepends=True))
ODD = st.sampled_from(
    [
        *"()（）[]〔〕【】《》、，；。:\r\n\t ０９%/?#\x00\x0b\x85\u2028\u200b𠀀😀國著",
        *("\r\n", "附件", "第三条", "①", "(牵头", "责任单位:", "由", "各县", "每年", "等有关部门", "会同"),
        *("序号\t任务\t责任单位\n1\t推进\t市司法局\n", "市司法局:\n1.推进\n", "[牵头单位]", "(牵头)", "排在第一位的为牵头单位"),
        *("2020年2月29日起实施三年", "2021年2月31日", "列第一位者为牵头单位", "以下均需各县落实,不再列出"),
    ]
)
INSERTED = st.tuples(st.integers(0, 10_000), ODD)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """Pieces of the seeds or shuffled lines of theirs, with odd characters in between."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        seed = draw(st.sampled_from(SEEDS))
        start = draw(st.integers(0, len(seed)))
        pieces.append(seed[start : start + draw(st.integers(0, 2500))])
    pieces += draw(st.lists(st.sampled_from(LINES), max_size=12))
    text = "".join(draw(st.permutations(pieces)))
    for place, odd in draw(st.lists(INSERTED, max_size=25)):
        at = place % (len(text) + 1)
        text = text[:at] + odd + text[at:]
    ending = draw(st.sampled_from(["\n", "\r\n", "\r", " "]))
    return text.replace("\n", ending)


@given(st.one_of(st.text(), mangled()))
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mangled())
def test_facts_of_any_text(text: str) -> None:
    try:
        extraction = extract(text.encode(), "a.txt")
    except KgError:
        return
    assert extraction.source.text == text
    ids = [document.id for document in extraction.documents]
    assert len(set(ids)) == len(ids)
    reached = 0
    for document in extraction.documents:
        assert reached <= document.span.start < document.span.end <= len(text)
        reached = document.span.end
        check(document, text)


def check(document: Document, text: str) -> None:
    own = {task.id for task in document.tasks}
    assert len(own) == len(document.tasks)
    assert all(is_safe(name) for name in (document.id, *own))
    facts = (document.tasks, document.assignments, document.deadlines, document.principles, document.citations)
    for fact in (fact for group in facts for fact in group):
        assert document.span.start <= fact.span.start < fact.span.end <= document.span.end
    for a in document.assignments:
        assert a.span.of(text) == a.surface
        assert a.task in own
        assert (a.clause is None) == (a.basis == "narrative")
        if a.clause:
            assert a.clause.start <= a.span.start < a.span.end <= a.clause.end
    for d in document.deadlines:
        assert d.span.of(text) == d.surface
        assert d.task is None or d.task in own
    for p in document.principles:
        assert p.span.of(text) == p.text


def is_safe(name: str) -> bool:
    return bool(name) and not any(c in "/?#%" or c.isspace() or unicodedata.category(c) == "Cc" for c in name)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        extract(data, "a.txt")
    except KgError as error:
        assert error.message.startswith("a.txt: ")
        assert error.hint
