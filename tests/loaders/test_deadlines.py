"""Time words -> deadlines of a document of 2022-07-21, written: words kind start/due/every/within."""

from __future__ import annotations

import pytest

from loaders.deadlines import Time, find_times
from loaders.view import plain

ISSUED = "2022-07-21"


def times(text: str, year: int | None = 2022, issued_on: str | None = ISSUED) -> list[Time]:
    view = plain(text)
    return list(find_times(view, 0, len(view), year, issued_on))


def deadlines(text: str) -> list[str]:
    return [
        " ".join([text[t.span.start : t.span.end], t.kind, *filter(None, (t.start, t.due, t.every, t.within))])
        for t in times(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年底前完成", "2022年底前 by 2022-12-31"),
        ("２０２２年底前完成", "２０２２年底前 by 2022-12-31"),
        ("到2022年年底,完成", "到2022年年底 by 2022-12-31"),
        ("2025年年底前实现", "2025年年底前 by 2025-12-31"),
        ("到2025年,建成", "到2025年 by 2025-12-31"),
        ("至2020年基本完成", "至2020年 by 2020-12-31"),
        ("力争到2020年,达标", "到2020年 by 2020-12-31"),
        ("2025年前建成", "2025年前 by 2025-12-31"),
        ("2022年全区达标率达90%", "2022年 by 2022-12-31"),
        ("2019年上半年,印发", "2019年上半年 by 2019-06-30"),
        ("2019年三季度末完成", "2019年三季度末 by 2019-09-30"),
        ("2022年第二季度末前", "2022年第二季度末前 by 2022-06-30"),
        ("2023年6月底前完成", "2023年6月底前 by 2023-06-30"),
        ("完成时限:2019年12月取得阶段性成果并持续实施", "2019年12月 by 2019-12-31"),
        ("以后每年持续实施", "每年 recurring year"),
        ("2024年2月底前完成", "2024年2月底前 by 2024-02-29"),
        ("2022年10月上旬前", "2022年10月上旬前 by 2022-10-10"),
        ("2022年2月30日前", "2022年2月30日前 by 2022-02-28"),
        ("6月底前完成", "6月底前 by 2022-06-30"),
        ("8月10日前报送", "8月10日前 by 2022-08-10"),
        ("2022年8月10日前报送", "2022年8月10日前 by 2022-08-10"),
        ("年内实现", "年内 by 2022-12-31"),
        ("年底前完成", "年底前 by 2022-12-31"),
        ("今年底前完成", "今年底前 by 2022-12-31"),
        ("本年度内完成", "本年度内 by 2022-12-31"),
        ("自印发之日起30日内制定", "自印发之日起30日内 by 2022-08-20"),
        ("要在本意见印发之日起30日内,制定", "在本意见印发之日起30日内 by 2022-08-20"),
        ("2022年3月至2025年12月底前完成", "2022年3月至2025年12月底前 period 2022-03-01 2025-12-31"),
        ("(2022年8月—12月)", "2022年8月—12月 period 2022-08-01 2022-12-31"),
        ("(2023年1月-2月)", "2023年1月-2月 period 2023-01-01 2023-02-28"),
        ("(2023年3月)", "2023年3月 period 2023-03-01 2023-03-31"),
        ("从2019年1月1日起,实施三年", "从2019年1月1日起,实施三年 period 2019-01-01 2021-12-31"),
        ("从2020年2月29日起实施三年", "从2020年2月29日起实施三年 period 2020-02-29 2023-02-27"),
        ("自2021年2月31日起实施两年", "自2021年2月31日起实施两年 period 2021-02-28 2023-02-27"),
        ("每年开展评估", "每年 recurring year"),
        ("每年4月1日前公布", "每年4月1日前 recurring year"),
        ("确保每人每年接受60学时培训", "每年 recurring year"),
        ("每学年开展", "每学年 recurring year"),
        ("每半年汇总一次", "每半年 recurring half-year"),
        ("每学期开展", "每学期 recurring half-year"),
        ("每季度协调", "每季度 recurring quarter"),
        ("每月上报", "每月 recurring month"),
        ("每个月上报", "每个月 recurring month"),
        ("逐月调度", "逐月 recurring month"),
        ("每周调度", "每周 recurring week"),
        ("每日报告", "每日 recurring day"),
        ("每天报告", "每天 recurring day"),
        ("一日一调度", "一日一调度 recurring day"),
        ("5个工作日内回复", "5个工作日内 within P5D"),
        ("问题5个工作日回复", "5个工作日 within P5D"),
        ("3年内完成", "3年内 within P3Y"),
        ("三个月内完成", "三个月内 within P3M"),
        ("两周内完成", "两周内 within P2W"),
        ("24小时内报告", "24小时内 within PT24H"),
        ("任期内接受培训", "任期内 within"),
    ],
)
def test_deadlines(text: str, expected: str) -> None:
    assert deadlines(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        # the past
        "2021年完成了改革", "截至2021年底,完成", "截止到2021年底,完成", "2020年以来",
        # titles, numbers, names of plans
        "《方案(2021—2025年)》", "“十四五”规划(2021-2025年)", "国办发〔2022〕15号", "2022年度计划", "2022年第3次会议",
        # validity, starts, benefits, dates of issue
        "有效期至2025年12月31日", "自2023年1月1日起施行", "2019年1月1日至12月31日,对企业返还社保费", "每人每年不超过500元",
        "每年给予10万元补助", "于2022年5月4日印发", "不超过3年内的补贴",
        # no day of any calendar
        "2022年13月底前",
    ],
)  # fmt: skip
def test_no_deadlines(text: str) -> None:
    assert deadlines(text) == []


def test_a_time_without_a_year_needs_the_documents() -> None:
    assert times("6月底前完成,年内实现", year=None) == []


def test_days_from_an_unknown_date_stay_relative() -> None:
    (time,) = times("印发之日起30日内制定", issued_on=None)
    assert (time.kind, time.due, time.within) == ("within", None, "P30D")


def test_several_in_a_row() -> None:
    assert deadlines("2022年达90%以上,到2025年年底,达100%,每月上报") == [
        "2022年 by 2022-12-31",
        "到2025年年底 by 2025-12-31",
        "每月 recurring month",
    ]
