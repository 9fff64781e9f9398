"""Responsibility clauses -> units with their roles, written L:A|P:B."""

from __future__ import annotations

import pytest

from loaders.facts.clauses import Clause, find_clauses, read_clause
from loaders.text.view import plain


def clauses(text: str, breaks: tuple[int, ...] = ()) -> list[Clause]:
    view = plain(text)
    return list(find_clauses(view, 0, len(view), breaks))


WORDS = "市司法局、市财政局、市教育局、市公安局"


def roles(text: str) -> str:
    """All units of all clauses in `text`; a clause that ranks by position does so itself."""
    found = [pair for c in clauses(text) for pair in (c.by_position() if c.positional else c.units)]
    return "|".join(f"{role[0]}:{text[unit.start : unit.end]}" for unit, role in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the forms
        ("(责任单位:市司法局、市财政局牵头,各县区参加)", "L:市司法局|L:市财政局|P:各县区"),
        ("(牵头单位:市司法局;责任单位:市财政局、市教育局)", "L:市司法局|P:市财政局|P:市教育局"),
        ("(市司法局牵头,市财政局、市教育局按职责分工负责)", "L:市司法局|P:市财政局|P:市教育局"),
        ("(市司法局牵头,经费由市财政局负责)", "L:市司法局|P:市财政局"),
        ("(牵头单位:市住建局,支撑单位:市规划局)", "L:市住建局|P:市规划局"),
        ("推进。\n责任单位：市司法局\n配合单位：市财政局\n", "L:市司法局|P:市财政局"),
        ("牵头单位：市司法局\n\n责任单位：市财政局\n\n完成时限：2019年7月底前\n", "L:市司法局|P:市财政局"),
        ("牵头部门：市司法局\n参与部门：各县区，市直有关部门\n推进。\n", "L:市司法局|P:各县区|P:市直有关部门"),
        ("(市司法局负责)", "L:市司法局"),
        ("牵头单位：市司法局。责任单位：市财政局", "L:市司法局|P:市财政局"),
        ("[牵头单位]市司法局[责任单位]市财政局", "L:市司法局|P:市财政局"),
        ("★责任单位：市司法局", "L:市司法局"),
        ("推进。责任单位：市司法局、市财政局。", "L:市司法局|L:市财政局"),
        ("推进。牵头单位：市司法局；配合单位：市财政局。其余照旧。", "L:市司法局|P:市财政局"),
        ("牵头单位:\n市司法局\n配合单位:\n市财政局\n", "L:市司法局|P:市财政局"),
        ("责任单位:\n1.推进市司法局建设", ""),
        ("内容如下：责任单位：市司法局完成时限：6月底前", "L:市司法局"),
        ("附图1 机房布局图责任单位：市司法局、市财政局完成时限：6月底前", "L:市司法局|L:市财政局"),
        ("各责任单位：市司法局完成时限：6月底前", ""),
        ("牵头单位：市司法局  配合单位：各有关部门", "L:市司法局|P:各有关部门"),
        ("(责任单位为市司法局，配合单位为市财政局)", "L:市司法局|P:市财政局"),
        ("(市级牵头单位:市司法局;第一责任单位:市教育局;责任单位:市财政局)", "L:市司法局|L:市教育局|P:市财政局"),
        ("(落实单位:各镇街;督导单位:区司法局;考核单位:区委办)", "L:各镇街|L:区司法局"),
        ("(市司法局牵头并按职责分工负责,各县区落实)", "L:市司法局|P:各县区"),
        ("(市司法局按职责分工负责,各县区结合实际落实)", "L:市司法局|L:各县区"),
        # marks on one name
        ("(责任单位：市司法局（牵头）、市财政局)", "L:市司法局|P:市财政局"),
        ("(市财政局、市司法局【牵头】、市教育局负责)", "P:市财政局|L:市司法局|P:市教育局"),
        ("(市司法局、市财政局（配合）)", "L:市司法局|P:市财政局"),
        ("(市司法局牵头（市财政局配合）)", "L:市司法局|P:市财政局"),
        # what participates beside a lead
        ("(市司法局牵头,市财政局参加)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局牵头,相关单位参与配合)", "L:市司法局|P:相关单位"),
        ("(市司法局牵头,市财政局积极配合,市教育局密切协助配合)", "L:市司法局|P:市财政局|P:市教育局"),
        ("(市纪委联合审计局负责)", "L:市纪委|P:审计局"),
        ("(责任单位∶市司法局、市规划局等涉及联合验收相关单位)", "L:市司法局|L:市规划局"),
        ("(国资委、烟草局、邮政局等部门和企业按职责分工负责)", "L:国资委|L:烟草局|L:邮政局"),
        # two lists, the second of which helps
        ("(责任单位:市司法局,市财政局配合)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局、市林业局,市财政局、市教育局配合)", "L:市司法局|L:市林业局|P:市财政局|P:市教育局"),
        ("(配合单位:市司法局,市财政局配合)", "P:市司法局|P:市财政局"),
        ("(市司法局牵头,市财政局参与,市教育局配合)", "L:市司法局|P:市财政局|P:市教育局"),
        ("(市司法局主办,市财政局协办)", "L:市司法局|P:市财政局"),
        ("(市司法局牵头,市财政局协助,市教育局支持)", "L:市司法局|P:市财政局|P:市教育局"),
        ("(市司法局牵头,市财政局指导,各县区落实)", "L:市司法局|P:市财政局|P:各县区"),
        ("(市司法局牵头,会同市财政局落实)", "L:市司法局|P:市财政局"),
        ("(市司法局会同市财政局负责)", "L:市司法局|P:市财政局"),
        ("(县司法局会同县财政局负责)", "L:县司法局|P:县财政局"),  # not 会同县's
        ("(市司法局牵头,市财政局分工负责,各县区具体实施)", "L:市司法局|P:市财政局|P:各县区"),
        ("(牵头部门:市司法局 责任部门:市财政局)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局牵头、市财政局)", "L:市司法局|P:市财政局"),
        ("(市司法局牵头负责)", "L:市司法局"),
        ("(市司法局负责牵头,市财政局按职责分工配合)", "L:市司法局|P:市财政局"),
        ("(市司法局为主,市财政局配合)", "L:市司法局|P:市财政局"),
        ("(市司法局为牵头单位,市财政局为配合单位)", "L:市司法局|P:市财政局"),
        ("(市司法局总牵头,市财政局负责具体落实)", "L:市司法局|P:市财政局"),
        ("(市司法局牵头抓总，各部门各司其职)", "L:市司法局"),
        ("(牵头领导:张三,牵头单位:市司法局,责任单位:市财政局)", "L:市司法局|P:市财政局"),
        ("(牵头单位:市司法局会同市财政局)", "L:市司法局|P:市财政局"),
        # a label goes on behind ; and not behind 。
        ("(牵头单位:市司法局;市财政局)", "L:市司法局|L:市财政局"),
        ("(牵头单位:市司法局。市财政局负责)", "L:市司法局|P:市财政局"),
        ("责任单位:市司法局。就业指导中心、实训中心", "L:市司法局"),
        # no lead is named
        ("(市司法局统筹,各县区落实)", "L:市司法局|L:各县区"),
        ("(市司法局负责指导、协调,各县区负责实施)", "L:市司法局|L:各县区"),
        ("(责任单位:市司法局;市财政局)", "L:市司法局|L:市财政局"),
        # a name that is none we know, in a list that a verb closes
        ("(市司法局、市财政局、宏达物流按职责分工负责)", "L:市司法局|L:市财政局"),
        ("(市司法局、市财政局按职责分工负责)", "L:市司法局|L:市财政局"),
        ("(市司法局、市财政局依职责分别负责)", "L:市司法局|L:市财政局"),
        ("(市教育局指导)", "L:市教育局"),
        ("(市教育局指导,市司法局负责落实)", "L:市教育局|L:市司法局"),
        ("(市司法局负责,市财政局配合)", "L:市司法局|P:市财政局"),
        ("(市司法局负责;市财政局协办)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局,配合单位:市财政局)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局。配合单位:市教育局)", "L:市司法局|P:市教育局"),
        # deadlines and people inside
        ("(责任单位:市司法局;完成时限:2023年6月底前)", "L:市司法局"),
        ("(牵头单位:市司法局;完成时限:2023年6月底前;责任单位:市财政局)", "L:市司法局|P:市财政局"),
        ("(市司法局负责,2023年底前完成)", "L:市司法局"),
        ("(市司法局牵头、市财政局负责落实，长期坚持)", "L:市司法局|P:市财政局"),
        ("(责任领导:张三;责任单位:市司法局)", "L:市司法局"),
        ("(责任单位:市司法局、张三)", "L:市司法局"),
        # labels known by their form: of other acts, and of unknown words, which count where nothing else assigns
        ("(责任单位:市司法局;联系单位:市财政局)", "L:市司法局"),
        ("(责任单位:市司法局;联系单位:市财政局;市教育局)", "L:市司法局"),
        ("(责任单位:市司法局;完成时限:2023年6月底前;市教育局)", "L:市司法局"),
        ("(联系单位:市财政局;责任单位:市司法局)", "L:市司法局"),
        ("(工作片单位:市司法局、市财政局)", "L:市司法局|L:市财政局"),
        ("(责任单位:市司法局;工作片单位:市财政局)", "L:市司法局"),
        ("(工作片单位:市财政局;牵头单位:市司法局)", "L:市司法局"),
        ("(任务承接单位:市司法局、张三)", "L:市司法局"),
        ("\n部门分工:市司法局牵头,各地、各部门配合。", "L:市司法局|P:各地|P:各部门"),
        ("(市司法局牵头,9月底前完成,各县区配合)", "L:市司法局|P:各县区"),
        ("\n牵头:市司法局;配合:市教育局、各县区。", "L:市司法局|P:市教育局|P:各县区"),
        ("\n主办:市司法局  协办:市财政局\n", "L:市司法局|P:市财政局"),
        ("\n完成时限:2024年6月30日  责任单位:市司法局\n", "L:市司法局"),
        ("(责任单位:各乡镇、县政府各部门)", "L:各乡镇|L:县政府各部门"),
        ("(责任单位:各区政府、开发区管委)", "L:各区政府、开发区管委"),
        ("(市政府各部门、县(区)政府负责)", "L:市政府各部门|L:县(区)政府"),
        ("(任务承接单位:市司法局;配合单位:市财政局)", "L:市司法局|P:市财政局"),
        # words before a label, and behind what a label names
        ("(市司法局;配合单位:市财政局)", "L:市司法局|P:市财政局"),
        ("(市司法局,配合单位:市财政局)", "L:市司法局|P:市财政局"),
        # of a list that a verb closes, no more than 16 code points may stay unread, and no more than half
        (f"({WORDS}、{'宏达物流' * 4}按职责分工负责)", "L:市司法局|L:市财政局|L:市教育局|L:市公安局"),
        (f"({WORDS}、{'宏达物流' * 4}业按职责分工负责)", ""),
        ("(市司法局、宏达物流业按职责分工负责)", "L:市司法局"),
        ("(市司法局、宏达物流产业按职责分工负责)", ""),
        # the first one leads
        ("(市司法局、市财政局按职责分工负责。列第一位者为牵头单位，下同)", "L:市司法局|P:市财政局"),
        ("(市司法局、市财政局按职责分工负责,列第一位者为牵头单位(下同))", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局,市财政局、市公安局,逗号前为牵头单位,下同)", "L:市司法局|P:市财政局|P:市公安局"),
        ("牵头处(室):机关党办、监察室\n责任单位:全局各处(室)、中心", "L:机关党办|L:监察室|P:全局各处(室)、中心"),
        ("(市司法局(列第一位者为牵头单位,下同)、市财政局、市公安局)", "L:市司法局|P:市财政局|P:市公安局"),
        ("(责任单位:市司法局、市财政局(除标注“分别牵头”外,列第一位的为牵头单位))", "L:市司法局|P:市财政局"),
        ("(市司法局、市财政局按职责分工负责(下同))", "L:市司法局|L:市财政局"),
        ("责任单位（列首位的为牵头单位，下同）：市司法局、市财政局", "L:市司法局|P:市财政局"),
        ("责任单位：市司法局、市财政局（列第一位者为工作牵头单位，下同）", "L:市司法局|P:市财政局"),
        ("(市司法局、市财政局等部门协同负责,相关单位配合)", "L:市司法局|L:市财政局|P:相关单位"),
        ("(责任单位:市住建局〈市人防办〉、市司法局依据各自职责分别组织实施)", "L:市住建局〈市人防办〉|L:市司法局"),
        ("(市司法局（列首位者牵头，下同）、市财政局负责)", "L:市司法局|P:市财政局"),
        ("(第一牵头单位：市司法局、市财政局)", "L:市司法局|L:市财政局"),
        ("(责任单位（下同）：市司法局、市财政局)", "L:市司法局|L:市财政局"),
        ("(市司法局牵头,各成员单位(名单附后)、市公安局(含各分局)配合)", "L:市司法局|P:各成员单位|P:市公安局"),
        ("(市财政局(下同)、市工信局(无线电管理局)负责)", "L:市财政局|L:市工信局(无线电管理局)"),
        ("(责任单位:市司法局、市财政局,排在第一位的为牵头单位)", "L:市司法局|P:市财政局"),
        ("(市司法局、市财政局负责,第一个单位为牵头单位,下同)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局、市财政局，列首位的为牵头单位)", "L:市司法局|P:市财政局"),
        ("责任单位:各镇街、市直有关单位(排名第一的为牵头单位)", "L:各镇街|P:市直有关单位"),
        # words before the first unit, or before a label
        ("(2023年12月底前，市司法局牵头)", "L:市司法局"),
        ("(持续推进，市司法局、市财政局负责)", "L:市司法局|L:市财政局"),
        ("(持续推进，牵头考核单位：市司法局、市财政局)", "L:市司法局|L:市财政局"),
        ("(12月份取得明显成效，任务承接单位：市司法局)", "L:市司法局"),
        ("(持续推进，协办考核单位：市司法局)", "P:市司法局"),
        ("(进度按季通报，牵头考核单位：市司法局)", "L:市司法局"),
        ("(进度按季通报，协办考核单位：市司法局)", "P:市司法局"),
        ("(进度按季通报，任务承接单位：市司法局)", "L:市司法局"),
        ("(持续推进，牵头单位：市司法局；协办考核单位：市财政局)", "L:市司法局|P:市财政局"),
        ("(2023年底前 市司法局牵头 市财政局配合)", "L:市司法局|P:市财政局"),
        ("(立即整改，4月底前完成；市司法局牵头)", "L:市司法局"),
        ("(年内市司法局牵头，市财政局负责)", "L:市司法局|P:市财政局"),
        ("(2023年底前完成)", ""),
        ("(**市司法局负责)", ""),
        ("(2021年市审计局对市财政局、市教育局实施)", ""),
        ("(市司法局会市财政局办理)", "L:市司法局|P:市财政局"),
        ("(市司法局会各县区办理)", "L:市司法局|P:各县区"),
        ("(市司法局主责，市财政局协作)", "L:市司法局|P:市财政局"),
        ("(主责：市司法局；协同：市财政局)", "L:市司法局|P:市财政局"),
        ("(牵头部门 市司法局；配合部门 市财政局)", "L:市司法局|P:市财政局"),
        ("(市司法局为主，市财政局为辅)", "L:市司法局|P:市财政局"),
        ("(自然灾害类由市民政局牵头;社会安全类由市公安局牵头)", ""),
        # brackets
        ("(市司法局(市律师协会)牵头,(市财政局配合))", "L:市司法局(市律师协会)|P:市财政局"),
        ("(市司法局牵头（市财政局 ）配合)", "L:市司法局|P:市财政局"),
        ("(市司法局牵头（市财政局），配合)", "L:市司法局|P:市财政局"),
        ("((列首位的为牵头单位)市司法局、市财政局负责)", "L:市司法局|P:市财政局"),
        ("(责任单位:市司法局[市律师协会])", "L:市司法局[市律师协会]"),
        ("(市司法局、市财政局、各县[市、区]负责)", "L:市司法局|L:市财政局|L:各县[市、区]"),
        ("(责任单位:(市司法局、市财政局))", "L:市司法局|L:市财政局"),
        ("【责任单位：市司法局】", "L:市司法局"),
        ("〔责任单位：市司法局〕", "L:市司法局"),
        ("[市司法局负责]", "L:市司法局"),
        ("（市司法局（市律师协会）牵头，市财政局配合）", "L:市司法局（市律师协会）|P:市财政局"),
        ("(责任单位:市司法局,各县(市,区),园区)", "L:市司法局|L:各县(市,区),园区"),
        ("(市司法局牵头,市财政局参加", "L:市司法局|P:市财政局"),
        ("推进试点(含(一)和(二)。(市司法局负责)", "L:市司法局"),
        ("(见附件)推进。(市司法局负责)(市财政局负责)", "L:市司法局|L:市财政局"),
        # companies and branches among them
        ("(责任单位:市能源局、国网绍兴电力、人行，相关企业)", "L:市能源局|L:国网绍兴电力|L:人行|L:相关企业"),
    ],
)  # fmt: skip
def test_roles(text: str, expected: str) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "(法律法规另有规定的除外)", "(由市司法局负责解释)", "(见附件1)", "(2022年8月落实)", "(谁主管、谁负责)", "(责任人:张三)",
        "(坚持政府负责)", "(校长负责制)", "(牵头企业负责)", "(市司法局)", "(市政府负责,群众参与的机制)",
        "(市司法局牵头,市财政局、宏达物流)", "(市司法局、市财政局", "[市司法局、市财政局]等", "市司法局牵头)",
        "(负责)", "()", "(", "市司法局负责", "(含参照管理人员的责任)",
        "(联系单位:市财政局)", "(监督单位:市财政局)", "(进度按季通报,工作片单位:市司法局)", "(进度按季通报,监督单位:市司法局)",
        "两个平台(就业指导中心、实训中心)建设", "两个平台(就业指导中心、实训中心",
    ],
)  # fmt: skip
def test_ordinary_remarks(text: str) -> None:
    assert clauses(text) == []


def test_names_that_are_no_agencies_beyond_doubt_are_a_clause_where_they_are_known_to_be_a_list() -> None:
    text = "(装备信息中心、实训中心)"
    assert read_clause(text, 0, len(text)) is None
    clause = read_clause(text, 0, len(text), is_list=True)
    assert clause is not None
    assert [unit.name for unit, _ in clause.units] == ["装备信息中心", "实训中心"]


@pytest.mark.parametrize(
    ("text", "rule", "clause"),
    [
        ("推进。责任单位:市司法局。其余照旧。", "clause-label", "责任单位:市司法局"),
        ("推进(市司法局负责)。", "clause-bracket", "(市司法局负责)"),
        ("推进。(市司法局、市财政局)\n", "clause-bare-list", "(市司法局、市财政局)"),
        ("推进。(市司法局、市财政局)2.公开。", "clause-bare-list", "(市司法局、市财政局)"),
        ("推进(工作片单位:市司法局)。", "clause-unknown-label", "(工作片单位:市司法局)"),
        ("推进(工作片单位:市司法局;责任单位:市财政局)。", "clause-bracket", "(工作片单位:市司法局;责任单位:市财政局)"),
    ],
)
def test_a_clause_knows_its_form_and_its_bounds(text: str, rule: str, clause: str) -> None:
    (found,) = clauses(f"一、{text}", (0,))
    assert (found.rule, found.span.of(f"一、{text}")) == (rule, clause)
    assert found.unsure is (rule == "clause-unknown-label")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("(市司法局牵头。以下均需试点城市政府落实，不再列出)", "试点城市政府"),
        ("(市司法局牵头,以下均需试点城市政府落实,不再列出)", "试点城市政府"),
        ("(市司法局负责。各县市区人民政府均为责任单位，不再单独列出)", "各县市区人民政府"),
    ],
)
def test_a_rule_for_all_later_tasks(text: str, unit: str) -> None:
    (clause,) = clauses(text)
    assert [text[u.start : u.end] for u, _ in clause.units] == ["市司法局"]
    assert [text[u.start : u.end] for u in clause.default] == [unit]


def test_a_rule_may_stand_alone() -> None:
    (clause,) = clauses("(各县区人民政府均为责任单位,不再单独列出)")
    assert not clause.units
    assert [unit.name for unit in clause.default] == ["各县区人民政府"]


def test_a_remark_on_positions_may_stand_alone() -> None:
    (clause,) = clauses("推进监督。(列第一位者为牵头单位)")
    assert (clause.units, clause.positional) == ((), True)


def test_a_clause_that_names_its_lead_ignores_positions() -> None:
    (clause,) = clauses("(市财政局参加,市司法局牵头)")
    assert [role for _, role in clause.by_position()] == ["PARTICIPATES", "LEADS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.推进监督。（市司法局、市财政局）\n", "市司法局|市财政局"),
        ("1.推进监督。（市司法局）\n", "市司法局"),
        ("1.推进监督。（市委）\n", "市委"),  # the shortest
        ("1.推进监督。（各县区）\n", "各县区"),
        ("1.推进监督。（市司法局，2022年底前完成）\n", "市司法局"),
        ("1.推进监督。（教育部、公安部、应急管理部）\n", "教育部|公安部|应急管理部"),
        ("1.推进监督（市司法局、市财政局）\n", ""),  # not behind a sentence
        ("1.推进监督。（市司法局）等\n", ""),
        ("1.推进监督。（含市场主体）\n", ""),
        ("1.推进监督。（新华社）\n", ""),
        ("1.推进监督。（教育部）\n", ""),  # one alone must open with its level
        ("推进监督。（市司法局）\n1.推进\n", ""),  # before the first item
    ],
)
def test_a_bracket_that_closes_an_item_with_names_only(text: str, expected: str) -> None:
    found = clauses(text, (text.index("1."),))
    assert "|".join(unit.name for clause in found for unit, _ in clause.units) == expected


def test_a_bracket_that_begins_the_first_item_closes_none() -> None:
    text = "推进监督。\n(市司法局、市财政局)\n"
    assert len(clauses(text, (0,))) == 1
    assert not clauses(text, (text.index("("),))


OFFICES = ("(装备信息中心、教科院)", "(基教处、装备信息中心)", "(职成教处、教研中心)")


def units_of(*brackets: str) -> list[str]:
    text = "".join(f"推进工作{n}。{bracket}\n" for n, bracket in enumerate(brackets))
    return [unit.name for clause in find_clauses(text, 0, len(text), [0]) for unit, _ in clause.units]


def test_offices_in_brackets_are_a_clause_where_a_text_closes_its_items_so() -> None:
    assert units_of(*OFFICES) == ["装备信息中心", "教科院", "基教处", "装备信息中心", "职成教处", "教研中心"]
    assert units_of(*OFFICES[:2]) == []
    assert units_of(*OFFICES[:2], "(学校、企业)") == []
    assert units_of(*OFFICES[:2], "(装备信息中心)") == []  # of one name there is no list
    assert units_of("(法规处)", "(基教处)", "(职成教处)") == ["法规处", "基教处", "职成教处"]  # unless it is of a room
    assert units_of("(市金融监管局、人民银行衡阳分行、信息中心)") == ["市金融监管局", "人民银行衡阳分行", "市信息中心"]


def test_a_list_of_offices_is_a_clause_from_bracket_to_bracket() -> None:
    text = "".join(f"推进。{bracket}\n" for bracket in OFFICES)
    assert tuple(clause.span.of(text) for clause in clauses(text, (0,))) == OFFICES


@pytest.mark.parametrize(("more", "found"), [(0, 1), (2, 1), (3, 0)])
def test_of_many_brackets_left_open_the_last_three_are_read(more: int, found: int) -> None:
    assert len(clauses("(责任单位:市司法局" + "(律师协会" * more)) == found


def test_an_open_bracket_ends_where_the_next_item_begins() -> None:
    text = "1.推进(市司法局牵头,市财政局参加 2.落实)。"
    assert not clauses(text)
    (clause,) = clauses(text, (text.index("2."),))
    assert clause.span == (text.index("("), text.index("2."))


def test_a_bracket_left_open_ends_where_a_bracket_begins_the_next_item() -> None:
    text = "1.推进(市司法局牵头\n(市财政局牵头)"
    second = text.index("(市财")
    spans = [clause.span for clause in clauses(text, (0, second))]
    assert spans == [(text.index("("), second - 1), (second, len(text))]


def test_a_bracket_left_open_is_not_closed_in_another_item() -> None:
    text = "1.推进(市司法局、\n市财政局负责)。"
    assert roles(text) == "L:市司法局|L:市财政局"
    assert not clauses(text, (0, text.index("市财政局")))


@pytest.mark.parametrize(("nested", "found"), [(0, 1), (8, 1), (9, 0)])
def test_how_deep_the_brackets_in_a_clause_may_be_nested(nested: int, found: int) -> None:
    assert len(clauses(f"(责任单位:市司法局{'(' * nested}律师协会{')' * nested})")) == found


@pytest.mark.parametrize(
    "text",
    [
        "(市司法局牵头,市财政局参加",
        "(市司法局、宏达物流按职责分工负责)",
        "责任单位：市司法局\n配合单位：市财政局",
        "推进。（市司法局牵头，市财政局参加）",
        "推进。（责任单位（列首位的为牵头单位，下同）：市司法局、市财政局）",
        "（市司法局负责。以下均需试点城市政府落实，不再列出）",
        "（市司法局负责（下同）。以下均需试点城市政府落实，不再列出）",
    ],
)
def test_how_long_a_clause_is_does_not_depend_on_where_it_stands(text: str) -> None:
    assert roles("字" * 1000 + "\n" + text) == roles(text) == roles(text + "\n" + "字" * 1000)
    (clause,), (later,) = clauses(text), clauses("字" * 1000 + "\n" + text)
    assert later == clause.moved(1001, positional=False)


@pytest.mark.parametrize(("last", "found"), [("市司法局", 1), ("市体育总局", 0)])
def test_the_longest_bracket_that_is_a_clause(last: str, found: int) -> None:
    """From bracket to bracket 600 code points, or one more; of one left open to the end of the line."""
    text = f"(责任单位:{'市司法局、' * 118}{last})"
    assert (len(text) - 1, len(clauses(text))) == (600 + len(last) - 4, found)
    assert len(clauses(f"{text[:-1]}\n字")) == found


def test_the_values_of_a_label_end_with_its_item() -> None:
    text = "1.推进。责任单位:市司法局2.落实。责任单位:市财政局"
    second = text.index("2.")
    spans = [clause.span for clause in clauses(text, (0, second))]
    assert [text[start:end] for start, end in spans] == ["责任单位:市司法局", "责任单位:市财政局"]
