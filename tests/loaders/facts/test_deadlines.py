"""Time words -> deadlines of a document of 2022-07-21, written: words kind start/due/every/within.

times.tsv holds the inputs and expected values of three public suites of Chinese time expressions, each put into a sentence
of a document: Recognizers-Text (Specs/DateTime/Chinese, MIT), JioNLP (test/test_time_parser.py, Apache-2.0), duckling
(Duckling/Time/ZH, Duckling/Duration/ZH, BSD). Where a suite's convention is not that of ANNOTATION, its note says so. Of
1,495 inputs 1,252 are no deadlines that a document could hold, and are left out: times of day 388, counted from today or
open at one end (上周, 三年后, 最近, 2015年起) 254, holidays and seasons 246, weekdays and weeks 225, in no written form
(3/7/2017, 29日, 2018, 多, 左右) 49, lunar dates and eras 48, before 2000 or after 2099 36, a year of two digits alone (07年) 6.
"""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.facts.deadlines import FIRM_TIME, Time, find_times, is_told
from loaders.facts.no_deadline import REASONS, Reason
from loaders.facts.times import RULES, Rule
from loaders.text.view import plain, simplified

ISSUED = "2022-07-21"


def times(text: str, year: int | None = 2022, issued_on: str | None = ISSUED) -> list[Time]:
    view = plain(text)
    return list(find_times(view, 0, len(view), year, issued_on))


def deadlines(text: str) -> list[str]:
    return [
        " ".join([text[t.span.start : t.span.end], t.kind, *filter(None, (t.start, t.due, t.every, t.within))])
        for t in times(text)
    ]


def suites() -> list[dict[str, str]]:
    with (Path(__file__).parent / "times.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_public_suites() -> None:
    """No wrong date, and at least 95 of 100 right; of the rest nothing is said."""
    right = 0
    rows = suites()
    for row in rows:
        found = times(simplified(row["frame"].replace("X", row["words"])), int(row["year"]), None)
        values = [(t.kind, t.start or "", t.due or "", t.every or "", t.within or "") for t in found]
        said = [value for value in values if any(value[1:])]
        expected = (row["kind"], row["start"], row["due"], row["every"], row["within"])
        assert said in ([], [expected]), (row["words"], values, expected)
        right += values == [expected]
    assert len(rows) == 243
    assert right >= 0.95 * len(rows)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_of_rules(rule: Rule) -> None:
    for example in rule.examples.split(" · "):
        before, words, after = [*([""] if "|" not in example else []), *example.split("|"), ""][:3]
        text = f"中华民国。完成时限:{before}{words}{after}完成并报送"
        (time,) = times(text)
        assert time.rule == rule.name
        assert words.strip("()") in text[time.span.start : time.span.end]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name)
def test_examples_of_reasons(reason: Reason) -> None:
    """Each shows the words of its reason, before a time or after it."""
    assert reason.name
    for sentence in (f"{example}。" for example in reason.examples.split(" · ")):
        assert deadlines(sentence) == []
        assert any(reason.pattern.search(sentence, 0, end) for end in range(1, len(sentence) + 1)), sentence


@given(
    st.text(
        alphabet="0123456789一二三十廿两半百〇零年月日号底末前内上下季度周个至到-./()、,每次明今本第初起实施工作天小时印发之后的",
        max_size=30,
    )
)
def test_any_words_give_real_days(text: str) -> None:
    for time in times(text):
        assert 0 <= time.span.start < time.span.end <= len(text)
        dates = [datetime.date.fromisoformat(day) for day in (time.start, time.due) if day]
        assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year of the time before it in the sentence, else the document's
        ("2021年6月底前完成选址,12月底前开工", ["2021年6月底前 by 2021-06-30", "12月底前 by 2021-12-31"]),
        ("2023年8月启动,年底前建成", ["年底前 by 2023-12-31"]),
        ("2021年6月底前完成选址。12月底前开工", ["2021年6月底前 by 2021-06-30", "12月底前 by 2022-12-31"]),
        ("2021年完成了选址,12月底前开工", ["12月底前 by 2022-12-31"]),
        ("2022年12月底前完成,次年3月底前验收", ["2022年12月底前 by 2022-12-31", "次年3月底前 by 2023-03-31"]),
        ("次年年末前完成", ["次年年末前 by 2023-12-31"]),
        ("每年12月底前汇总,次年1月底前报送", ["每年12月底前 recurring year", "次年1月底前 recurring year"]),
        ("每年2月底前完成考核,3月底前完成分析", ["每年2月底前 recurring year", "3月底前 recurring year"]),
        ("每年召开一次年会", ["每年 recurring year"]),
        # of Taiwan, and not
        ("中華民國。於111年6月30日前訂定計畫", ["111年6月30日前 by 2022-06-30"]),
        ("於111年6月30日前制定计划", []),
        ("于22年6月底前完成", ["22年6月底前 by 2022-06-30"]),
        # reports
        ("应于3月底前完成招标,截至4月10日仍未启动。", []),
        ("3月底前完成招标,对尚未完成的予以通报。", ["3月底前 by 2022-03-31"]),
        ("市商务局未按要求于4月5日前报送进展情况", []),
        ("落实《造林规划（2016-2030年）》，确保全年完成2万亩", ["全年 by 2022-12-31"]),
        ("职工2025年11月30日前生育的，津贴按原渠道发放", []),
        ("(一)国家抽查情况。2022年,共抽查105个", []),
        ("2022年我局还部署开展自查", []),
        ("2015-2017年防治目标责任书", []),
        ("6月30日前,民政、教育等部门开展联合检查,完成了摸底排查。", []),
        ("是否每天测温", []),
        # conditions and measures
        ("年内被省、市书面通报表扬的分别奖10分", []),
        ("在2022年第一季度贡献突出的,给予补助", []),
        ("确保2022年省《政府工作报告》任务落实", []),
        ("附件:2022年重点工作分解表", []),
        ("纳税额达到200万元以上、每年保持稳定增长的,给予补贴", []),
        ("2022年春节前完成", []),
        ("我局于3月至5月开展监督检查,共检查企业20家", []),
        ("3月至5月完成投资20亿元,同比增长5%", []),
        # names, rates and bounds
        ("落实每日值班情况汇总报告制度。", []),
        ("根据每周会商研判意见调整", []),
        ("改变每季度抽检的做法", []),
        ("补助名额扩大至每年300名", []),
        ("连续三年每年培训", []),
        ("按每人每月不低于当地最低工资标准发放", []),
        ("蔬菜每天产销总量稳定", []),
        ("每日完善报告制度", ["每日 recurring day"]),
        ("受理期限至2022年9月30日", []),
        ("合同期限为2022年8月1日至2023年7月31日", []),
        ("成立时间为2019年12月31日前", []),
        ("国家平台已于2021年底建成", []),
        ("网民规模上升到2022年底的10亿", []),
        ("2022年9月底前,摊位管理费暂免收取", []),
        ("2022年9月底前出台缓缴政策", ["2022年9月底前 by 2022-09-30"]),
        ("2022年9月底前,允许商户占道经营", []),
        ("以合作社年末余额为准", []),
        ("2022年5月1日前到期的证照延期", []),
        ("确保2022年服务业投资增长10%", ["2022年 by 2022-12-31"]),
        ("各金融机构应于8月20日前填报", []),
        ("2022年全县主要目标清单\n", []),
        ("2022年,在市委、市政府的坚强领导下,", []),
        # those whose own dates bind no agency
        ("各用人单位应于8月15日前申报", []),
        ("有关部门和企业于8月15日前反馈", ["8月15日前 by 2022-08-15"]),
        # below its label
        ("检查时间\n2022年8月4日全天", ["2022年8月4日 by 2022-08-04"]),
        # the end of a day, a day of the week
        ("4月26日(周五)前报送", ["4月26日(周五)前 by 2022-04-26"]),
        ("5月16日16时前提交", ["5月16日16时前 by 2022-05-16"]),
        ("2022年9月1日8:00至9月30日17:00", ["2022年9月1日8:00至9月30日17:00 period 2022-09-01 2022-09-30"]),
        ("到 2025 年,建成", ["到 2025 年 by 2025-12-31"]),
        ("2023年1月初前完成", ["2023年1月初前 within"]),
        ("两个季度内完成", ["两个季度内 within P6M"]),
        # blanks within a period
        ("请各校于 9 月 16 日- 23 日 , 登 录 平台", ["9 月 16 日- 23 日 period 2022-09-16 2022-09-23"]),
        ("于 9 月 16 — 23 日提交", ["9 月 16 — 23 日 period 2022-09-16 2022-09-23"]),
        # a rhythm of a year
        ("按年度统计用水量", ["按年度 recurring year"]),
        ("按年度计划组织实施", []),
        ("监管单位未按年度报告排放情况的", []),
        # what is told
        ("2021年以前,例会每半年召开一次", ["每半年 recurring half-year"]),
        ("2022年底某公司首次提出这一理念", []),
        ("2021年底,民政部贯彻落实实施方案", []),
        ("2022年底,民政部贯彻落实实施方案", ["2022年底 by 2022-12-31"]),
        ("2019-2022年,市政府连续四年组织评估", []),
        ("2021-2022年,新建10家", ["2021-2022年 period 2021-01-01 2022-12-31"]),
        # limits, amounts
        ("对盲生每生每年再发放400元", []),
        ("确保每人每年接受60学时培训", ["每年 recurring year"]),
        ("委员调整每年不得超过一次", []),
        ("各级财政每年共同投入养护资金不低于1万元", ["每年 recurring year"]),
        ("逾期不缴纳的,每日加收滞纳金", []),
        ("开票份数由每月3次(份)提高至10次", []),
        ("每年用于项目的时间不少于6个月", []),
        # reasons that are none of the work
        ("6月底前完成首次排查", ["6月底前 by 2022-06-30"]),
        ("6月底前将已经入库的项目开工", ["6月底前 by 2022-06-30"]),
        ("6月底前完成改造,验收后,可投入使用", ["6月底前 by 2022-06-30"]),
        ("6月底前做好汛期期间值守", ["6月底前 by 2022-06-30"]),
        ("9月底前降低偏高药价", ["9月底前 by 2022-09-30"]),
        ("6月底前将开放时间延长2小时", ["6月底前 by 2022-06-30"]),
        ("各县材料报送截止时间为6月30日前", ["6月30日前 by 2022-06-30"]),
        ("每年为企业开展免费培训", ["每年 recurring year"]),
        # private parties, and who answers for them
        ("对施工现场每月检查一次", ["每月 recurring month"]),
        ("1.深入企业,每月调研一次", ["每月 recurring month"]),
        ("为企业、个人每年提供培训", ["每年 recurring year"]),
        ("企业主管单位每半年组织演练", ["每半年 recurring half-year"]),
        ("返乡人员信息每日上报", ["每日 recurring day"]),
        ("(一)编制企业用工指南\n每月更新一次", ["每月 recurring month"]),
        ("1.编制《企业服务指南》\n2.每月更新一次", ["每月 recurring month"]),
        ("山洪灾害人员转移应急预案\n加强培训,每年演练一次", ["每年 recurring year"]),
        ("企业要落实报告制度,每日汇总员工健康状况", []),
        ("企业参考《评价规范》(苏工信函[2022]3号)编制申报书,于9月4日前将申报书报送", []),
        ("符合条件的申报单位将材料装订成册,于9月4日前报送", []),
        ("县工信局汇总企业的申报书,于9月4日前报送", ["9月4日前 by 2022-09-04"]),
        ("企业获得资格后,应每年5月底前填报", []),
        ("雇工每日以8小时计算", []),
        ("每天7时至22时禁止货车通行", []),
        ("按每人每天标准发放补助", []),
        # on a schedule
        (
            "时间安排如下:1、9月1日召开动员会。2、9月2日至4日,组织报名",
            ["9月1日 by 2022-09-01", "9月2日至4日 period 2022-09-02 2022-09-04"],
        ),
        ("附则如下:1、9月1日起施行。", []),
        ("华南2月下旬开始育秧", []),
        ("缴费时间9月1日至9月5日", []),
        ("附件2.2022年示范工厂申报书\n", []),
        ("施工现场实行封闭管理,每天消毒两次", []),
        ("矿山企业应当定期检测:\n(一)粉尘作业点,每月至少检测两次", []),
        ("矿山企业向县应急局报告,每月检测两次", []),
        ("遵循企业自愿的原则,每年认定一次", ["每年 recurring year"]),
        ("各街道督促企业落实报告制度,每日汇总员工健康状况", ["每日 recurring day"]),
        ("要指导学生制定作息时间表,每天安排眼保健操", ["每天 recurring day"]),
        ("《建筑工地防控指引》\n1.食堂保持清洁。每天通风", []),
        ("《企事业单位防控指南》\n1.食堂保持清洁。每天通风", ["每天 recurring day"]),
        ("结合《企业防控指引》要求,制定本方案。每天通风", ["每天 recurring day"]),
        # in a title, and beside one
        ("《关于6月底前完成整治的通知》", []),
        ("印发《关于6月底前完成整治的通知》", []),
        ("6月底前完成《规划》修订", ["6月底前 by 2022-06-30"]),
        ("按照《规划》要求,6月底前完成", ["6月底前 by 2022-06-30"]),
        # a year alone, at the head of a clause and inside one
        ("2022年,全区覆盖率达90%以上", ["2022年 by 2022-12-31"]),
        ("解决群众2022年用水困难", []),
        ("2022年 90%以上完成", []),
        # a period that has ended before the text was issued
        ("2022年7月1日至7月21日开展自查", ["2022年7月1日至7月21日 period 2022-07-01 2022-07-21"]),
        ("2022年7月1日至7月20日开展自查", []),
        # a limit though what it limits only begins, hours of work, what a party attains
        ("9月底前开始建设泵站", ["9月底前 by 2022-09-30"]),
        ("6月底前陆续投用3所学校", ["6月底前 by 2022-06-30"]),
        ("9月开始建设泵站", []),
        ("每日8时至18时开展巡查", ["每日 recurring day"]),
        ("经过三年努力,全市已建成平台", []),
        ("每年标准化提升村卫生室50个", ["每年 recurring year"]),
        ("钢铁企业按超低排放标准改造,2023年底前全部完成", ["2023年底前 by 2023-12-31"]),
        ("市总工会为所有员工每年组织一次体检", ["每年 recurring year"]),
        # with its year, to come, and before a sentence of plans
        ("。2022年9月,市水利局会同市财政局印发办法", ["2022年9月 by 2022-09-30"]),
        ("。2022年3月,市水利局会同市财政局印发办法", []),
        ("。2022年9月市水利局印发办法", []),
        ("。2022年,为小型船舶供电的码头全部改造", ["2022年 by 2022-12-31"]),
        ("。2022年,全县全面推行新办法", ["2022年 by 2022-12-31"]),
    ],
)
def test_in_its_sentence(text: str, expected: list[str]) -> None:
    assert deadlines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年,制定标准;2022年,建成体系", ["2021年 by 2021-12-31", "2022年 by 2022-12-31"]),
        ("2021年,制定标准;2022年,课程体系得到认可", ["2021年 by 2021-12-31", "2022年 by 2022-12-31"]),
        ("2021年,制定标准;2021年,课程体系得到认可", ["2021年 by 2021-12-31"]),
        ("2022年,课程体系得到认可", []),
        ("2021年,全市收入完成186.2亿元", []),
        ("汇总(2021年10月)。10月15日前,报送报告。", ["2021年10月 by 2021-10-31", "10月15日前 by 2021-10-15"]),
        ("2021年,围绕数字化主题,打造50个平台", ["2021年 by 2021-12-31"]),
        ("确保2020年融资成本低于上年", ["2020年 by 2020-12-31"]),
        ("提出的2017年总体建成、2020年深化完善人民法院信息化3.0版的任务", ["2017年 by 2017-12-31", "2020年 by 2020-12-31"]),
    ],
)
def test_a_year_in_a_text_without_a_date(text: str, expected: list[str]) -> None:
    assert [f"{text[t.span.start : t.span.end]} by {t.due}" for t in times(text, year=None)] == expected


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
        ("2022年13月底前", "2022年13月底前 within"),
        ("2022年2月30日前", "2022年2月30日前 within"),
        ("6月底前完成", "6月底前 by 2022-06-30"),
        ("8月10日前报送", "8月10日前 by 2022-08-10"),
        ("2022年8月10日前报送", "2022年8月10日前 by 2022-08-10"),
        # other ways to write a date
        ("二〇二二年十二月底前完成", "二〇二二年十二月底前 by 2022-12-31"),
        ("二○二三年六月三十日前完成", "二○二三年六月三十日前 by 2023-06-30"),
        ("2022 年 12 月底前完成", "2022 年 12 月底前 by 2022-12-31"),
        ("2022年 底前完成", "2022年 底前 by 2022-12-31"),
        ("2022.12.31前报送", "2022.12.31前 by 2022-12-31"),
        ("完成时限:2023-02-28", "2023-02-28 by 2023-02-28"),
        ("2023-02-31前报送", "2023-02-31前 within"),
        ("2022年12月31日24时前报送", "2022年12月31日24时前 by 2022-12-31"),
        ("2022年12月底以前完成", "2022年12月底以前 by 2022-12-31"),
        ("2022年底之前出台办法", "2022年底之前 by 2022-12-31"),
        ("2022年底前发布清单", "2022年底前 by 2022-12-31"),
        ("力争2023年10月建成通车", "2023年10月 by 2023-10-31"),
        ("到2025年全国覆盖率达到95%", "到2025年 by 2025-12-31"),
        ("比重到2025年达到30%", "到2025年 by 2025-12-31"),
        ("原则上于2019年6月底前完成", "2019年6月底前 by 2019-06-30"),
        # without a year
        ("三月底前完成", "三月底前 by 2022-03-31"),
        ("4月中旬前报送", "4月中旬前 by 2022-04-20"),
        ("于9月底报送报告", "9月底 by 2022-09-30"),
        ("第三季度末前完成", "第三季度末前 by 2022-09-30"),
        ("一季度完成选址", "一季度 by 2022-03-31"),
        ("上半年完成验收", "上半年 by 2022-06-30"),
        ("明年6月底前完成", "明年6月底前 by 2023-06-30"),
        ("今年年底前完成", "今年年底前 by 2022-12-31"),
        ("年内实现", "年内 by 2022-12-31"),
        ("年底前完成", "年底前 by 2022-12-31"),
        ("今年底前完成", "今年底前 by 2022-12-31"),
        ("本年度内完成", "本年度内 by 2022-12-31"),
        ("自印发之日起30日内制定", "自印发之日起30日内 by 2022-08-20"),
        ("要在本意见印发之日起30日内,制定", "在本意见印发之日起30日内 by 2022-08-20"),
        ("自本通知印发之日起三个月内完成", "自本通知印发之日起三个月内 by 2022-10-21"),
        ("本方案印发后两周内制定", "本方案印发后两周内 by 2022-08-04"),
        ("印发之日起1年内完成", "印发之日起1年内 by 2023-07-21"),
        ("印发之日起20个工作日内制定", "20个工作日内 within P20D"),
        ("2023年1-6月完成", "2023年1-6月 period 2023-01-01 2023-06-30"),
        ("2022-2024年,新建10家", "2022-2024年 period 2022-01-01 2024-12-31"),
        ("集中整治阶段(5月-8月)", "5月-8月 period 2022-05-01 2022-08-31"),
        ("动员阶段(3-4月)", "3-4月 period 2022-03-01 2022-04-30"),
        ("从2022年9月1日起至12月31日开展", "从2022年9月1日起至12月31日 period 2022-09-01 2022-12-31"),
        ("2022年3月至2025年12月底前完成", "2022年3月至2025年12月底前 period 2022-03-01 2025-12-31"),
        ("(2022年8月—12月)", "2022年8月—12月 period 2022-08-01 2022-12-31"),
        ("(2023年1月-2月)", "2023年1月-2月 period 2023-01-01 2023-02-28"),
        ("(2023年3月)", "2023年3月 period 2023-03-01 2023-03-31"),
        ("从2019年1月1日起,实施三年", "从2019年1月1日起,实施三年 period 2019-01-01 2021-12-31"),
        ("从2020年2月29日起实施三年", "从2020年2月29日起实施三年 period 2020-02-29 2023-02-27"),
        ("自2021年2月31日起实施两年", "自2021年2月31日起实施两年 within"),
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
        ("每年12月31日前报告", "每年12月31日前 recurring year"),
        ("每季度末报送", "每季度末 recurring quarter"),
        ("每季度末(分别在3月、6月和9月底)报送", "每季度末 recurring quarter"),
        ("每个季度第1个月的10日前报送", "每个季度第1个月的10日前 recurring quarter"),
        ("展望2035年,全面建成强市", "2035年 by 2035-12-31"),
        ("每月5日前报送", "每月5日前 recurring month"),
        ("每年对100家企业开展培训", "每年 recurring year"),
        ("每年支持一批企业,省级给予奖补", "每年 recurring year"),
        ("按季度通报进展", "按季度 recurring quarter"),
        ("按月向市政府报告", "按月 recurring month"),
        ("一月一调度", "一月一调度 recurring month"),
        ("半年一考核", "半年一考核 recurring half-year"),
        ("5个工作日内回复", "5个工作日内 within P5D"),
        ("问题5个工作日回复", "5个工作日 within P5D"),
        ("3年内完成", "3年内 within P3Y"),
        ("三个月内完成", "三个月内 within P3M"),
        ("两周内完成", "两周内 within P2W"),
        ("24小时内报告", "24小时内 within PT24H"),
        ("半年内完成", "半年内 within P6M"),
        ("半个月内完成", "半个月内 within P15D"),
        ("30分钟内报告", "30分钟内 within PT30M"),
        ("15日以内办结", "15日以内 within P15D"),
        ("15天内办结", "15天内 within P15D"),
        ("15个自然日内办结", "15个自然日内 within P15D"),
        ("2星期内办结", "2星期内 within P2W"),
        ("半天内办结", "半天内 within PT12H"),
        ("半小时内响应", "半小时内 within PT30M"),
        ("自印发之日起30天内制定", "自印发之日起30天内 by 2022-08-20"),
        ("自印发之日起2年内完成", "自印发之日起2年内 by 2024-07-21"),
        ("自印发之日起半年内完成", "自印发之日起半年内 by 2023-01-21"),
        ("每星期报送", "每星期 recurring week"),
        ("每季报送", "每季 recurring quarter"),
        ("第三季度末报送", "第三季度末 by 2022-09-30"),
        ("动员阶段(3月至5月开展)", "3月至5月 period 2022-03-01 2022-05-31"),
        ("(动员阶段,3月至5月)", "3月至5月 period 2022-03-01 2022-05-31"),
        ("2022年8月至12月,对企业返还社保费", "2022年8月至12月 period 2022-08-01 2022-12-31"),
        ("一天一调度", "一天一调度 recurring day"),
        ("任期内接受培训", "任期内 within"),
        ("每年冬、春季组织清淤", "每年冬、春季 recurring year"),
        ("每季终了后5个工作日内报市财政局", "每季终了后5个工作日内 recurring quarter"),
        ("每季度最后一周汇总一次", "每季度 recurring quarter"),
        ("从2022年开始，用3年时间开展试点", "从2022年开始，用3年时间 period 2022-01-01 2024-12-31"),
        ("（11月取得明显成效，市教育局牵头）", "11月 by 2022-11-30"),
        ("2022年70%以上机关达到要求", "2022年 by 2022-12-31"),
        ("2023年底前建成的充电站达到20座", "2023年底前 by 2023-12-31"),
        ("考核定于10月22日进行", "10月22日 by 2022-10-22"),
        ("活动周将于5月6-12日举办", "5月6-12日 period 2022-05-06 2022-05-12"),
        ("主管部门和中央企业应于5月15日前报送决算", "5月15日前 by 2022-05-15"),
        ("8月底前有效遏制偷排", "8月底前 by 2022-08-31"),
        ("2022年陆续推进改造", "2022年 by 2022-12-31"),
        ("推进。〔牵头单位：市水利局；完成时限：8月底前〕", "8月底前 by 2022-08-31"),
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
        "本办法自2022年9月1日起至2024年8月31日有效", "征收期延长至6月底", "企业可在2月24日前缴纳",
        "自发布之日起至2022年6月30日", "政策施行时间\n2022年6月1日至2023年5月31日",
        "即日起至2022年6月30日,在城区(含开发区,下同)购买新建住房的居民给予补贴",
        "3月底前能够完成改造的企业", "3月底以后完成的", "2022年一季度可减免房租", "2020年新增贷款的利率", "按月缴纳税款",
        "建立每周调度每月通报制度,", "建立日调度制度。", "每人每天300元", "动员阶段3月至5月开展",
        "每单位每年最高补贴100万元", "纳入年底绩效考核", "去年底已建成", "每两年开展一次", "2022年初开始执行",
        "2022年是攻坚之年", "2022年应缴水利基金=销售收入×1‰", "改造2000年前建成的小区",
        "项目原计划于2022年6月完工", "优惠政策将于6月30日截止", "台风预计将于8月5日登陆", "企业将于8月31日提交材料",
        "2021年全市生产总值达到500亿元", "较2020年增长5%", "规模逐年壮大", "2022年3月召开会议", "上半年增长5%",
    ],
)  # fmt: skip
def test_no_deadlines(text: str) -> None:
    assert deadlines(text) == []


def test_a_time_without_a_year_needs_the_documents() -> None:
    found = times("6月底前完成,年内实现。3月招标", year=None)
    assert [(t.kind, t.due, t.within) for t in found] == [("within", None, None)] * 2
    assert times("截至2021\n年底已建成", year=None) == []


def test_days_from_an_unknown_date_stay_relative() -> None:
    (time,) = times("印发之日起30日内制定", issued_on=None)
    assert (time.kind, time.due, time.within) == ("within", None, "P30D")


def test_days_may_share_what_stands_behind_the_last_of_them() -> None:
    assert [t.due for t in times("请于3月5日、6月5日和2023年1月5日前报送")] == ["2022-03-05", "2022-06-05", "2023-01-05"]


def test_several_in_a_row() -> None:
    assert deadlines("2022年达90%以上,到2025年年底,达100%,每月上报") == [
        "2022年 by 2022-12-31",
        "到2025年年底 by 2025-12-31",
        "每月 recurring month",
    ]


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("集中整治(12月至2月)。", "2022-12-01", "2023-02-28"),
        ("2022年12月-2月底前完成。", "2022-12-01", "2023-02-28"),
        ("(3月至5月)完成。", "2022-03-01", "2022-05-31"),
    ],
)
def test_a_period_may_cross_the_end_of_the_year(text: str, start: str, due: str) -> None:
    (time,) = find_times(text, 0, len(text), 2022, None)
    assert (time.start, time.due) == (start, due)


def test_a_period_that_ends_before_it_starts_is_none() -> None:
    text = "2022年3月至2021年1月底前完成。"
    assert not [time for time in find_times(text, 0, len(text), 2022, None) if time.kind == "period"]


@pytest.mark.parametrize(("words", "found"), [("到2027年", True), ("至2027年", True), ("2022年底", True), ("6月底前", True),
                                              ("2022年9月", False), ("2022年", False)])  # fmt: skip
def test_a_time_that_is_a_deadline_even_above_all_items(words: str, found: bool) -> None:
    """The dates of the text itself stand there, which are given to the month or the day."""
    assert bool(FIRM_TIME.search(words)) is found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("对" + "字" * 7 + "企业应于", "", True),  # whom it is done to is read among the 12 code points before a time
        ("对" + "字" * 8 + "企业应于", "", False),
        ("《" + "字" * 150, "》", False),  # a title of 162 code points, its marks included
        ("《" + "字" * 151, "》", True),
        ("", "," + "字" * 27 + "返还", False),  # 返还 among the 30 code points behind a period
        ("", "," + "字" * 28 + "返还", True),
        ("", "字" * 24 + "," + "字" * 9 + "仍未" + "字" * 10 + "。", False),  # a sentence that ends 48 code points behind it
        ("", "字" * 24 + "," + "字" * 9 + "进展滞后" + "字" * 9 + "。", False),
        ("", "字" * 24 + "," + "字" * 9 + "进展滞后" + "字" * 10 + "。", True),
    ],
)
def test_how_far_the_words_around_a_time_reach(before: str, after: str, found: bool) -> None:
    words = "2022年8月1日至9月30日" if "返还" in after else "2022年10月底前"
    assert bool(deadlines(before + words + after)) is found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年，覆盖率过半。2027年亩均产出率达到三成。", ["到2027年", "2027年"]),
        ("2027年亩均产出率达到三成。", []),
        ("产量由三成增长到2027年的五成。2027年亩均产出率居首。", []),
        ("从现在到2029年，水位将上升。2029年水位达到最高。", []),
        ("抓好列入2029年投产计划的工程，力争三号库11月建成。", ["11月"]),
    ],
)
def test_a_year_that_the_text_sets_itself_is_a_goal_though_the_text_has_no_date(text: str, expected: list[str]) -> None:
    year = 2022 if "11月" in text else None
    found = times(text, year, None)
    assert [text[t.span.start : t.span.end] for t in found] == expected
    assert all(t.due and (year is None or t.due.startswith("2022")) for t in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各地一周报送一次。", ["一周 recurring week"]),
        ("对大厅一日两次消毒,街面一周一清洗。", ["一日两次 recurring day", "一周一清洗 recurring week"]),
        ("同一天两次超警的，第一周两次会商。", []),
        ("“十三五”末，达标率为60%。到“十四五”末比“十三五”末翻一番。", ["十四五”末 by 2025-12-31"]),
        ("每年分上、下半年两次查看。", ["每年 recurring year"]),
        ("到“十四五”末,床位达到千张。到十五五期末翻一番。", ["十四五”末 by 2025-12-31", "十五五期末 by 2030-12-31"]),
        ("每年10月至次年1月巡查。", ["每年10月 recurring year", "次年1月 within"]),
        ("确保一季度投资达到百亿元。力争上半年全县复工。", ["一季度 by 2022-03-31", "上半年 by 2022-06-30"]),
        ("确保全年完成造林任务。", ["全年 by 2022-12-31"]),
        (
            "上半年完成造林2万亩，全年完成5万亩。全年完成了5万亩。2021年，全年完成4万亩。",
            ["上半年 by 2022-06-30", "全年 by 2022-12-31"],
        ),
        ("2021年工作成效显著。全年完成投资80亿元。5月底前第3批次名单公布的企业可享受补贴。2022年3月立项的项目加快推进。", []),
        (
            "9月底前处于在建状态的项目全部完工。按季度调度停产的企业复工情况。",
            ["9月底前 by 2022-09-30", "按季度 recurring quarter"],
        ),
        ("2022年底前，在城区购买商品住房用于人才公寓。", ["2022年底前 by 2022-12-31"]),
        ("5月底前第二批县区建成平台。2022年第二批项目名单。", ["5月底前 by 2022-05-31"]),
        ("2020年10月立项，2022年5月立项。\n2022年老旧小区改造项目\n", ["2022年5月 by 2022-05-31"]),
        ("停办的展会，如年内继续举办的，给予补贴。力争2022年贷款同比增长15%。", ["2022年 by 2022-12-31"]),
        ("对按月发放工资的企业，给予补贴。6月30日前尚处于工期内的项目顺延。", []),
        ("8月底前，在市区购买商品住宅的给予补贴。3月底前完成设计，各县公司要推广。", ["3月底前 by 2022-03-31"]),
        ("落实2022-2024年造林生产滚动计划。", []),
        ("6月底前编制完成总体规划，年底前印发行动计划。", ["6月底前 by 2022-06-30", "年底前 by 2022-12-31"]),
        ("2022年全市监测产品以核桃、板栗为主。", []),
        ("2022年完成以清淤为主的整治。", ["2022年 by 2022-12-31"]),
        ("坚持“年初建账、逐月对账、年底交账”的制度。", []),
        ("实现“年初开工、年底前完工”的目标。", ["年底前 by 2022-12-31"]),
        ("巡查从2022年6月15日开始,至8月31日结束。", ["从2022年6月15日开始,至8月31日 period 2022-06-15 2022-08-31"]),
        ("每日下午4时前报送进展。", ["每日下午4时前 recurring day"]),
        ("2023年、2024年分别建成三座。", ["2023年 by 2023-12-31", "2024年 by 2024-12-31"]),
        ("抓好年末百日攻坚。", []),
        ("(1)2022年完善收费清单。", ["2022年 by 2022-12-31"]),
        ("2.2022年三季度将审批压减至3日。", ["2022年三季度 by 2022-09-30"]),
        ("上半年将审批时间压缩到五十日。", ["上半年 by 2022-06-30"]),
        ("每年收到指标文件后30日内拨付。", ["每年收到指标文件后30日内 recurring year"]),
        ("考核按季度进行。", ["按季度 recurring quarter"]),
        ("租金按月进行缴纳。", []),
        ("补贴按月发放。项目逐年安排。", ["按月 recurring month", "逐年 recurring year"]),
        ("补贴每月按实际天数计算。", []),
        ("附件：1.2022年抽查结果汇总表 \n2.2022年抽查合格的单位\n", []),
        ("降低费率，实施期限至2022年12月31日。", []),
        ("2022年5月1日至2023年4月30日阶段性下调费率。", []),
        # from the day of issue on
        ("自即日起至9月，开展专项整治。", ["自即日起至9月 period 2022-07-21 2022-09-30"]),
        ("即日起至2022年8月9日24时前停工。", ["即日起至2022年8月9日24时前 period 2022-07-21 2022-08-09"]),
        # phases in brackets, and the years of a plan
        (
            "第一阶段（2022-2023年）建设平台。2.远期目标（2024-2026年）\n全面联网。",
            ["2022-2023年 period 2022-01-01 2023-12-31", "2024-2026年 period 2024-01-01 2026-12-31"],
        ),
        ("落实“十四五”时期（2022-2023年）要求。", []),
        # days to come at the head of a line; those gone are a report
        (
            "分两批检查：\n8月1日-12日，重点企业；\n8月13日-20日：其他企业。",
            ["8月1日-12日 period 2022-08-01 2022-08-12", "8月13日-20日 period 2022-08-13 2022-08-20"],
        ),
        ("检查情况：\n5月1日-12日，检查重点企业；", []),
        ("(4)考试时间  2022年12月4日上午。", ["2022年12月4日 by 2022-12-04"]),
        ("实行季度通报。", ["季度通报 recurring quarter"]),
        (
            "用三年左右的时间建成平台。经过2年努力，全部达标。工龄满3年时间。",
            ["三年左右的时间 within P3Y", "2年努力 within P2Y"],
        ),
        # a plan's year is not that of the sentence
        ("制定2023年全市造林生产计划，确保全年完成造林任务。", ["全年 by 2022-12-31"]),
        # what only qualifies: conditions, the place of a noun, opening hours, a heading
        ("来院者行前14天内没有症状的，可从东门进入。凡发病前14天内接触病人的登记。", []),
        ("9月底前有序解决历史遗留问题。", ["9月底前 by 2022-09-30"]),
        ("检查在2022年电力市场化交易中开展业务的企业。", []),
        ("2022年在日常工作中完善台账。", ["2022年 by 2022-12-31"]),
        ("中医门诊每周一、周五上午出诊。", []),
        ("每年分配资金的因素由市财政局确定。", []),
        ("三、2022年重点工作\n", []),
        # private parties: limits after an event, and what employers do
        ("申请人应当自缴费之日起15日内申请退款。市市场监管局应当自收到之日起15日内办理。", ["15日内 within P15D"]),
        ("坚持每天对员工测温，对返岗员工每日两次测温。", []),
        # a dash of another kind; rhythms of payment; what is foreseen, past, valid, or a place
        (
            "2022年3月―5月为自查阶段，2022年6月――8月为整改阶段。",
            ["2022年3月―5月 period 2022-03-01 2022-05-31", "2022年6月――8月 period 2022-06-01 2022-08-31"],
        ),
        ("资金由市财政局按月划拨，按年度划转。按月缴费的人员除外。", ["按月 recurring month", "按年度 recurring year"]),
        ("2022年预计生产机组90台。自2010年以来，我局每年开展会商。文件有效期调整至2025年12月31日。", []),
        ("9月3日内蒙古包头发生地震。", []),
        ("2022年达到3000吨的规模。", ["2022年 by 2022-12-31"]),
        ("识别阶段实行1周1报。", ["1周1报 recurring week"]),
        ("整治阶段（2022年5月1日---2022年7月31日）。", ["2022年5月1日---2022年7月31日 period 2022-05-01 2022-07-31"]),
        ("市水利局每年组织自查，并于当年11月30日前报告。", ["每年 recurring year", "当年11月30日前 recurring year"]),
        ("将每月考核的结果纳入评优，建立每月月度考评表。今年夏季禁烧工作分两步。2022年公益事业奖补项目\n", []),
    ],
)
def test_rhythms_lists_of_years_names_and_what_is_only_valid(text: str, expected: list[str]) -> None:
    assert deadlines(text) == expected


def test_years_of_the_last_century() -> None:
    """In a document of that time they are as any other; to a later one they are long past."""
    text = "各单位要在1998年底前完成清理。到一九九九年，全部建成。1997年4月至1998年2月为审查阶段。99年6月底前上报。"
    due = ["1998-12-31", "1999-12-31", "1998-02-28", "1999-06-30"]
    assert [time.due for time in times(text, 1997, "1997-04-08")] == due
    assert [time.due for time in times(text)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("工作专班成立,每天巡查市场", True),
        ("工作专班成立,每周巡查市场", True),
        ("工作专班成立,每月通报市场", True),
        ("综合办公室做好值班安排,确保每日上报", False),
        ("各县应当每周报送情况", False),
        ("各县要建立台账,安排专人负责,每周更新", False),
        ("市政府督查室每月督查一次", False),
        ("试点城市每季度总结经验", False),
    ],
)
def test_a_rhythm_that_is_told(text: str, told: bool) -> None:
    (time,) = times(text)
    assert is_told(text, time) == told
