"""What changed from one year to the next, and what another document leaves out: over prose, on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.engine.store import Store
from loaders.extract import extract
from loaders.version import rules_version
from tests.samples import QUERIES, library

FORMER = """长治市2021年政务公开工作要点

一、公开重大建设项目批准和实施信息。及时发布项目名称、审批结果、招标投标、征收土地的内容，2021年6月底前完成。（市发展改革委牵头，市住房和城乡建设局配合）
二、规范行政执法公示。各执法单位在网站公示执法主体、执法权限、执法依据和救济渠道，2021年底前完成。（市司法局牵头，市财政局配合）
三、办好政府网站。整合部门网站栏目，清理僵尸账号，定期检查错别字和失效链接。（市大数据局牵头）
四、公开义务教育招生范围。按学区公布招生计划、报名条件、录取结果。（市教育局牵头）
五、设立水质监测站点。沿河布设断面，按月取样化验，结果上墙公示。（市生态环境局牵头）
六、开展消防安全培训。组织商场、仓库、工地人员轮训，考核合格后上岗，2021年8月底前完成。
"""
LATER = """长治市2022年政务公开工作要点

一、规范行政执法公示。各执法单位在网站公示执法主体、执法权限、执法依据和救济渠道，2022年底前完成。（市司法局牵头，市财政局配合）
二、公开重大建设项目批准和实施信息。及时发布项目名称、审批结果、招标投标、征收土地的内容，2022年9月底前完成。（市发展改革委牵头，市住房和城乡建设局配合）
三、办好政府网站。整合部门网站栏目，清理僵尸账号，定期检查错别字和失效链接。（市政府办公室牵头）
四、解读惠企纾困政策。政策文件与解读材料同步起草、同步审批、同步发布，多用图表和短视频。（市工业和信息化局牵头）
五、设立水质监测站点。沿河布设断面，按月取样化验，结果上墙公示，2022年10月底前完成。
六、开展消防安全培训。组织商场、仓库、工地人员轮训，考核合格后上岗。（市应急管理局牵头）
"""
TITLES = {"former": "长治市2021年政务公开工作要点", "later": "长治市2022年政务公开工作要点"}


@pytest.fixture
def editions(store: Store, tmp_path: Path) -> Store:
    for name, text in (("former", FORMER), ("later", LATER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    results = library(store, tmp_path / "kept", extract, rules_version()).loading(sorted(tmp_path.glob("*.txt")))
    assert [result.outcome for result in results] == ["added", "added"]
    return store


def test_what_was_added_dropped_moved_and_kept(editions: Store) -> None:
    def changes(**given: object) -> list[dict[str, Any]]:
        return QUERIES["changes"].run(editions, {"document": TITLES["later"], "former": TITLES["former"], **given}).rows

    found = changes()
    said = [(r["change"], r["task_number"], r["former_task_number"], r["lead_moved"], r["date_moved"]) for r in found]
    assert said == [
        ("kept", "一", "二", False, False),  # by the end of its own year in both
        ("moved", "二", "一", False, True),
        ("moved", "三", "三", True, None),
        ("added", "四", None, None, None),
        ("moved", "五", "五", True, True),  # a day newly set, a lead named no more
        ("moved", "六", "六", True, True),  # and the other way round
        ("dropped", None, "四", None, None),
    ]
    assert [lead["agency"] for lead in found[2]["former_leads"]] == ["长治市大数据局"]
    assert [d["due_on"] for d in found[1]["former_deadlines"] + found[1]["deadlines"]] == ["2021-06-30", "2022-09-30"]
    for row in found:
        for text, part in ((LATER, ""), (FORMER, "former_")):
            if row[f"{part}quote"]:
                assert text[row[f"{part}start"] : row[f"{part}end"]] == row[f"{part}quote"]
    near = [row["nearest"]["document_id"] for row in found if row["nearest"]]
    assert near == [f"140400:{TITLES['former']}", f"140400:{TITLES['later']}"]
    if editions.engine == "neo4j":  # the filters are the statement's, which is asked on both engines over the small graph
        return
    assert [row["task_number"] for row in changes(change="added,kept")] == ["一", "四"]
    assert [row["former_task_number"] for row in changes(q="招生")] == ["四"]
    assert [row["task_number"] for row in changes(function="司法局")] == ["一"]


def test_what_the_other_leaves_out(editions: Store) -> None:
    given = {"document": TITLES["former"], "counterpart": TITLES["later"]}
    (row,) = QUERIES["gaps"].run(editions, given).rows
    assert (row["task_number"], [lead["agency"] for lead in row["leads"]]) == ("四", ["长治市教育局"])
    assert 0 < row["nearest"]["score"] < 34
    everything = QUERIES["gaps"].run(editions, given | {"min_score": 101}).rows
    assert [r["nearest"]["task_number"] for r in everything][:3] == ["二", "一", "三"]
    assert editions.engine == "neo4j" or not QUERIES["gaps"].run(editions, given | {"q": "网站"}).rows
