"""What gave no fact for no known reason."""

from __future__ import annotations

from dataclasses import replace

from kg.decide.audit.unexplained import count
from kg.engine.store import Store
from kg.model import Extraction, Residue, Span
from tests.kg.decide.audit.conftest import Look
from tests.samples import Doc, extract


def test_a_sentence_is_found_once_and_what_is_explained_not_at_all(look: Look, store: Store) -> None:
    def left(data: bytes, name: str) -> Extraction:
        extraction = extract(data, name)
        text = extraction.source.text
        (document,) = extraction.documents

        def residue(words: str, kind: str = "mention", reason: str | None = None, *, last: bool = False) -> Residue:
            start = text.rindex(words) if last else text.index(words)
            return Residue(kind, Span(start, start + len(words)), words, reason)  # type: ignore[arg-type]

        found = (residue("办好"), residue("第1件"), residue("件事", reason="inside"), residue("第2件", "annex", last=True))
        return replace(extraction, documents=(replace(document, residue=found),))

    found = look(Doc("甲", tasks=((), ())), check="unexplained", extract=left)
    assert [(finding.what, finding.quote) for finding in found] == [("1.办好第1件事。", "办好"), ("第2件", "第2件")]
    assert all("kg correct add" in finding.do for finding in found[:1])
    assert count(store) == 1


def test_an_empty_base_has_none(look: Look, store: Store) -> None:
    assert look(check="unexplained") == []
    assert count(store) == 0
