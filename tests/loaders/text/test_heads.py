"""The words above the columns of a table -> what the columns hold."""

from __future__ import annotations

import pytest

from loaders.text.heads import columns_of


@pytest.mark.parametrize(
    ("heads", "kinds"),
    [
        ("序号 工作内容 任务承接单位", "number task plain"),
        ("序号 工作内容 领办单位 会办单位", "number task lead support"),
        ("序号 重点工作 整改单位 完成时限", "number task plain due"),
        ("序号 工作任务 责任单位(列第一位者为牵头单位)", "number task first leads"),
        ("序号 工作任务 牵头单位 责任单位 责任人", "number task lead support other"),
    ],
)
def test_columns(heads: str, kinds: str) -> None:
    columns = columns_of([head.replace("(", "").replace(")", "") for head in heads.split()])
    assert " ".join(columns or []) == kinds


@pytest.mark.parametrize("heads", ["序号 工作内容 申报单位", "序号 事项名称 联系单位 电话", "单位 金额", "牵头单位 责任单位"])
def test_other_tables(heads: str) -> None:
    assert columns_of(heads.split()) is None
