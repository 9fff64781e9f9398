"""Which documents of one title are the same, on both engines, and what becomes of those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.decide.entries import NONE
from kg.engine.store import Store
from kg.graph.identity import MOST, agreement
from kg.library import Library
from loaders.extract import extract

HEAD = "长治市城市更新专题会议纪要\n"
FIRST = HEAD + "一、会议明确，由市住建局牵头，市财政局配合，于2022年6月10日前完成摸底，建立老旧小区台账。\n"
OTHER = HEAD + "一、会议议定，由市审计局牵头，市统计局配合，于2023年9月10日前完成资金审计。\n二、由市司法局负责法制审核。\n"
NUMBERED = "长治市人民政府关于植树的通知\n长政发〔2022〕{n}号\n各县区：\n一、{words}。（市林业局负责）\n"


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(lambda: store, tmp_path / "sources", extract, lambda: "rules 1", lambda: NONE)


def load(library: Library, folder: Path, **texts: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What became of files with these texts, in their order."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    results = library.loading([folder / f"{name}.txt" for name in texts])
    return [(result.outcome, result.reason, result.documents) for result in results]


def test_one_title_and_two_texts_are_two_documents(library: Library, tmp_path: Path) -> None:
    (first, _, (id_,)), (second, reason, (own,)) = load(library, tmp_path, a=FIRST, b=OTHER)
    assert (first, second, reason) == ("added", "added", "")
    assert own.startswith(f"{id_}~")
    rows = library.store.read(
        "MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[:LEADS]-(a:Agency) "
        "RETURN d.id AS id, t.id AS task, a.short AS a ORDER BY task"
    ).rows
    assert [(row["id"], row["a"]) for row in rows] == [(id_, "住房和城乡建设局"), (own, "审计局"), (own, "司法局")]
    assert all(row["task"].startswith(f"{row['id']}:") for row in rows)


def test_loading_them_again_changes_nothing_and_a_rebuild_keeps_their_ids(library: Library, tmp_path: Path) -> None:
    before = load(library, tmp_path, a=FIRST, b=OTHER)
    assert [outcome for outcome, *_ in load(library, tmp_path, a=FIRST, b=OTHER)] == ["unchanged", "unchanged"]
    again = [(result.outcome, result.documents) for result in library.rebuilding()]
    assert again == [("replaced", ids) for _, _, ids in before]


def test_the_same_text_set_otherwise_is_the_same_document(library: Library, tmp_path: Path) -> None:
    printed = FIRST.replace("，", " ，").replace("一、", "　　一、") + "\n第1页\n"
    (_, _, ids), (outcome, reason, same) = load(library, tmp_path, a=FIRST, b=printed)
    assert (outcome, reason, same) == ("same", "same document as a.txt", ids)


def test_one_number_is_one_document_and_a_text_that_differs_is_said(library: Library, tmp_path: Path) -> None:
    one = NUMBERED.format(n=3, words="完成春季植树任务，建立养护台账")
    two = NUMBERED.format(n=3, words="清点古树名木，公布保护名录，落实管护责任人和管护经费，开展病虫害防治和复壮，定期巡查")
    _, (outcome, reason, _) = load(library, tmp_path, a=one, b=two)
    assert outcome == "same"
    assert reason.startswith("same document as a.txt by its 文号, though only ")
    assert not library.account(list(library.loading([tmp_path / "b.txt"]))).complete
    (tmp_path / "c.txt").write_text(one + "\n附件：任务分解表\n", encoding="utf-8")
    account = library.account(list(library.loading([tmp_path / "a.txt", tmp_path / "c.txt"])))
    assert [(line.outcome, [part.name for given in line.documents for part in given.annexes]) for line in account.files] == [
        ("unchanged", []),
        ("same", ["任务分解表"]),
    ]
    assert account.complete


def test_agreement_is_of_the_words_alone() -> None:
    assert agreement(FIRST, FIRST.replace("\n", "\r\n").replace("，", "， ")) == 1.0
    assert agreement(FIRST, OTHER) < MOST / 2
    assert agreement("", "") == 1.0
