"""Documents of benchmarks/archive.py: what is measured on them says something only if they are read as real ones are."""

from __future__ import annotations

from benchmarks.archive import documents
from loaders.extract import extract


def test_each_document_of_an_archive_is_another_and_is_read_whole() -> None:
    archive = dict(documents(24))
    assert archive == dict(documents(24)), "another run gives others"
    read = [d for name, text in archive.items() for d in extract(text.encode(), name).documents]
    assert len({d.id for d in read}) == 24
    assert len({d.place for d in read}) > 20
    for document in read:
        assert (len(document.tasks) >= 12, len(document.assignments) >= 24, bool(document.deadlines)) == (True, True, True)
        assert document.issued_on, document.id
        assert document.unexplained <= 3, document.residue
