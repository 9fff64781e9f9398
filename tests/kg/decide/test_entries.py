"""The entries of a document, and their digest."""

from __future__ import annotations

from kg.decide.entries import Corrections, Entry
from tests.kg.decide.small_corrections import DOC, entry, named


def test_the_digest_is_of_the_entries_that_concern_the_document() -> None:
    for_doc, for_all = entry("delete", quote="各县区"), entry("merge", surface="财政处", into="财政局")
    other = entry("delete", quote="各县区", document="别的文件")

    def digest(*entries: Entry) -> str:
        return Corrections(entries, named).digest(DOC.id, DOC.number)

    assert digest() == digest(other) == ""
    assert digest(for_doc) == digest(for_doc, other) != ""
    assert len({digest(for_doc), digest(for_all), digest(for_doc, for_all), digest(for_all, for_doc)}) == 4
    assert digest(entry("delete", quote="各县区", document="长政办发（2022）12号")) != ""
