"""The place that a document comes from, by all that tells it."""

from __future__ import annotations

import pytest

from kg.model import Document
from loaders.extract import extract

TASKS = "一、主要任务\n1.推进清理。（责任单位：市水利局）\n"


def read(text: str) -> Document:
    return extract(text.encode(), "a.txt").documents[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # whom it is signed by goes before whom it is about
        ("关于同意铜陵市清理台账方案的批复\n" + TASKS + "安徽省水利厅\n2021年7月2日\n", "340000"),
        ("关于同意铜陵市清理台账方案的批复\n" + TASKS + "水利部\n2021年7月2日\n", None),
        # whom only the nation addresses, though one of them has a place in its name
        ("各省、自治区、直辖市及新疆生产建设兵团水利（水务）厅（局）：\n" + TASKS, None),
        # the letters of the 文号
        ("关于清理台账的通知\n皖政办〔2019〕3号\n" + TASKS, "340000"),
        ("关于清理台账的通知\n国办发〔2019〕3号\n" + TASKS, None),
    ],
)
def test_what_tells_it_for_certain(text: str, place: str | None) -> None:
    document = read(text)
    assert (document.place, "place" in document.inferred) == (place, False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # a text without a head, of 我市 and 全市, that names one city far more often than others
        (
            "为清理台账，结合我市实际，制定本方案。\n"
            + TASKS
            + "二、目标\n全市做到账实相符，把铜陵建成示范区，铜官区先行，铜陵市全面铺开。\n",
            "340700",
        ),
        # one of 我镇, in the city that it names
        ("青山镇清理台账工作方案\n" + TASKS + "我镇按铜陵市的部署推进，落实铜陵市有关要求。本镇要带头。\n", "340700"),
        # two places, named alike: nobody can tell
        ("为清理台账，结合我市实际，制定本方案。\n" + TASKS + "全市学习芜湖市和铜陵市的做法，赴芜湖市、铜陵市调研。\n", None),
        # places that lie in no words of its own
        ("为清理台账，制定本方案。\n1.推进清理。\n2.学习铜陵市的做法，赴铜陵市调研，请铜陵市支持。\n", None),
    ],
)
def test_what_only_the_text_tells_is_marked(text: str, place: str | None) -> None:
    document = read(text)
    assert (document.place, "place" in document.inferred) == (place, place is not None)


def test_an_inferred_place_is_that_of_its_agencies() -> None:
    text = "为清理台账，结合我市实际，制定本方案。\n" + TASKS + "二、目标\n全市一盘棋，铜陵市、铜陵同步推进。\n"
    assert {a.agency.id for a in read(text).assignments} == {"340700:水利局"}


def test_a_document_of_which_nothing_is_certain_says_so() -> None:
    extraction = extract("为清理台账，制定以下措施。\n1.推进清理。\n".encode(), "a.txt")
    assert extraction.as_json()["documents"][0]["uncertain"] is True
    assert extraction.as_json()["documents"][0]["title_inferred"] is True
    assert "uncertain" not in extract(("关于清理台账的通知\n" + TASKS).encode(), "a.txt").as_json()["documents"][0]
