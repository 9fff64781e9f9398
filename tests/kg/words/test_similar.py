"""Which tasks are the same work: what counts, and what does not."""

from __future__ import annotations

import pytest

from kg.graph.rows import GraphRows, Wording, wordings
from kg.words.similar import PROOF, THRESHOLD, Bigrams, Match, bigrams, matches, packed, score, unpacked, version

PUBLICITY = ("全面推行行政执法公示制度", "（一）全面推行行政执法公示制度。各执法单位要在网站公示执法主体、权限、依据和结果。")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        PUBLICITY,
        ("落实行政执法公示制度", "3.落实行政执法公示制度。在政府网站公示行政执法主体、权限、依据、结果。"),
        ("推行行政執法公示", "推行行政執法公示。各執法單位要在網站公示執法主體、權限、依據和結果。"),
        ("全面推行行政执法\n公示制度", "全面推行行政执法\n公示制度。各执法单位要在网站公\n示执法主体、权限、依据和结果。"),
    ],
)
def test_the_same_work_in_other_words_script_and_lines(title: str, text: str) -> None:
    assert score(bigrams(*PUBLICITY), bigrams(title, text)) >= 60


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("推进养老服务设施建设", "推进养老服务设施建设。新建居民小区要按标准配建日间照料中心。"),
        ("加强组织领导", "加强组织领导。各单位要高度重视，明确责任，确保各项工作落实到位。"),
        ("", ""),
    ],
)
def test_other_work(title: str, text: str) -> None:
    assert score(bigrams(*PUBLICITY), bigrams(title, text)) < THRESHOLD


def test_formulas_make_nothing_alike() -> None:
    one = bigrams("加强组织领导", "加强组织领导，明确责任，确保落实。")
    assert one == bigrams("强化统筹协调", "强化统筹协调，健全工作机制。") == Bigrams(frozenset(), frozenset())
    assert score(one, one) == 0


def test_who_answers_for_it_makes_nothing_alike() -> None:
    clause = "（市公安局牵头，市生态环境局、市住房和城乡建设局、市交通运输局、市卫生健康委员会配合）"
    one, other = bigrams("治理扬尘", f"治理扬尘。{clause}", {clause}), bigrams("清理河道", f"清理河道。{clause}", {clause})
    assert one == bigrams("治理扬尘", "治理扬尘。")
    assert score(one, other) == 0


def test_a_title_counts_for_more_than_the_text() -> None:
    held = bigrams("治理扬尘", "治理扬尘。工地要洒水。")
    by_title, by_text = bigrams("治理扬尘", "道路要清洗。"), bigrams("道路清洗", "治理扬尘。")
    assert score(held, by_title) > score(held, by_text) > 0


def test_a_score_has_no_sides_and_a_task_is_like_itself() -> None:
    one, other = bigrams(*PUBLICITY), bigrams("公示", "公示执法结果。")
    assert score(one, other) == score(other, one)
    assert score(one, one) == 100


def test_wordings_are_of_tasks_proper_without_their_clauses() -> None:
    rows = GraphRows()
    for id_, kind in (("1", "task"), ("2", "safeguard")):
        rows.node("Task", id_, kind=kind, title="治理扬尘", text="治理扬尘（市公安局牵头）市公安局要通报")
        rows.relate("Document", "HAS_TASK", "Task", ("甲", id_))
    for basis, clause in (("clause", "（市公安局牵头）"), ("narrative", "市公安局要通报")):
        rows.relate("Agency", "LEADS", "Task", ("公安局", "1"), key={"basis": basis}, clause=clause)
    assert list(wordings(rows)) == [
        Wording("甲", "1", "治理扬尘", "治理扬尘（市公安局牵头）市公安局要通报", frozenset({"（市公安局牵头）"}))
    ]


def test_what_a_document_is_compared_by_starts_with_what_scores_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    line, before = packed("140400", {"1.1": bigrams(*PUBLICITY), "1.2": bigrams("", "")}), version()
    assert line.split("\n")[0] == f"{before} 140400 1.1 1.2"
    monkeypatch.setattr("kg.words.similar.TITLE", 5)
    assert version() != before


def test_what_was_packed_is_unpacked() -> None:
    held = {"1.1": bigrams(*PUBLICITY), "1.2": bigrams("", ""), "2-2": bigrams("治理扬尘", "工地要洒水。")}
    line = packed("140400", held)
    assert unpacked(line) == held
    assert list(unpacked(line)) == list(held)
    assert unpacked(packed(None, {})) == {}


DUST = bigrams("治理扬尘", "工地围挡、道路清洗、渣土覆盖要做到百分之百。")


def test_the_same_work_is_the_likest_on_both_sides() -> None:
    """The second of two that are like one task is a part of it at best; of two as like, the first is the likest."""
    part = bigrams("治理扬尘", "工地围挡要做到百分之百。")
    other = bigrams(*PUBLICITY)
    found = matches({"a": part, "b": DUST, "c": DUST}, {"x": other, "y": DUST})
    assert found == [
        Match("b", "y", 100, True, True),
        Match("c", "y", 100, False, False),
        Match("a", "y", score(part, DUST), False, False),
    ]
    assert score(part, DUST) >= THRESHOLD
    assert [(m.other, m.one, m.same) for m in matches({"x": other, "y": DUST}, {"a": part, "b": DUST, "c": DUST})] == [
        (m.one, m.other, m.same) for m in found
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("清理河道", "清理河道。"), ("清理河道", "清理河道。")),  # too few words
        (
            ("举报", "任何单位和个人都有权向文物主管部门举报违反本条例规定的行为，接到举报的部门应当及时调查处理。"),
            ("举报", "任何单位和个人都有权向网信主管部门举报违反本条例规定的行为，接到举报的部门应当及时调查处理。"),
        ),
    ],
)
def test_what_any_document_may_say_proves_nothing(one: tuple[str, str], other: tuple[str, str]) -> None:
    (match,) = matches({"a": bigrams(*one)}, {"x": bigrams(*other)})
    assert (match.paired, match.same) == (True, False)


def test_so_much_must_be_in_common() -> None:
    words = "清理河道淤泥与沿岸废弃渔网"
    for length, same in ((PROOF, False), (PROOF + 1, True)):
        one = {"a": bigrams("", words[:length])}
        assert [match.same for match in matches(one, one)] == [same]
