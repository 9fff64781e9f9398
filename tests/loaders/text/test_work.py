"""Articles -> those that are tasks, by their numbers."""

from __future__ import annotations

import pytest

from loaders.extract import extract


def tasks(article: str) -> str:
    """The numbers of the tasks of a 办法: `article` is 第二条, between a purpose and a task."""
    articles = (
        "第一条　为加强古树保护,根据《森林法》,制定本办法。",
        f"第二条　{article}",
        "第三条　市林业局应当建立古树档案。",
    )
    (document,) = extract("\n".join(["海东市古树管理办法", *articles]).encode(), "办法.txt").documents
    return "".join(task.number for task in document.tasks if task.kind == "task")


@pytest.mark.parametrize(
    "article",
    [
        "本办法所称古树,是指树龄在一百年以上的树木。",
        "古树分为一级、二级和三级。",
        "国家鼓励社会资金参与古树保护。",
        "古树名木是依托自然与人文资源形成的活文物。",
        "鼓励单位和个人认养古树。",
        "古树保护委员会是全市古树保护工作的议事协调机构。",
        "移植经费按照《城市绿化经费管理办法》的规定执行。",
        "凡树龄达到三百年的,为二级古树。凡符合前款情形的,为名木。",
        "古树移植应当符合下列条件:\n(一)符合国土空间规划;\n(二)有移植方案。",
        "本办法适用于本市行政区域。法律、法规另有规定的,从其规定。",
        "古树保护坚持统一管理、分级负责的原则。",
        "保护工作应当坚持预防为主的方针,及时发现,快速处置。",
        "市民可以认养古树。任何人有权举报损坏古树的行为。",
        "申请移植的单位和个人应当提交申请表。未提交的,不得移植。",
        "严禁攀折、刻划古树。",
        "移植古树的,应当提前十日向所在地林业站提出申请。",
        "违反本办法规定,砍伐古树的,处以罚款;情节严重的,追究刑事责任。",
        "挪用养护经费的,按照《财政违法行为处罚处分条例》的规定处理。",
        "本办法自2025年1月1日起施行,由市林业局负责解释。",
        "符合下列条件之一的树木,应当列入名录:\n(一)树龄百年以上的;\n(二)有历史价值的。",
        "在古树保护范围内,不得堆放杂物。禁止下列行为:\n(一)折枝;\n(二)刻划。",
        "逾期不改正的,由林业主管部门代为处理,处一万元以下罚款。",
        "损坏古树,致使公共利益受到侵害的,检察机关依法提起公益诉讼。",
        "古树保护坚持属地管理,严格责任;坚持科学养护,务求实效。",
        "本办法中的期限按工作日计算。",
        "古树委员会设主任1名,副主任2名。",
        "古树评审遵循科学公正的原则,体现专业性。",
        "古树养护费指对养护人的补助。",
        "奖励资金主要用于古树养护。",
        "评审专家享有以下权利:\n(一)查阅档案;\n(二)提出意见。",
        "巡查报告的内容主要包括树势和病害。",
        "本基准自2025年1月1日零时执行。",
        "在考核中弄虚作假,造成结果失实的,予以通报批评。",
        "古树委员会不另刻制印章,不正式行文。",
        "古树委员会不设办公室,不刻公章。",
        "平江县;云溪区。",
        "古树是城市绿地系统的重要组成部分,受法律保护。",
        "保护成效满分40分。每损毁一株扣5分。",
        "树龄五百年以上的古树为特大型古树。",
        "免责情形:因自然灾害造成古树死亡的;已履行养护职责的。",
        "市民有权认养名木。\n认养人享有冠名权。",
        "有突出贡献的,按照规定给予奖励。",
        "古树普查的目的是掌握资源,为保护提供依据。",
        "灌木的保护比照本办法执行。",
        "虚报树龄骗取补贴的,属于欺诈行为;涉嫌犯罪的,依法移送司法机关。",
        "以新发展理念为指导,保护与利用并重。",
        "古树保护奖授予做出突出贡献的个人。",
        "国家设立下列古树奖:\n(一)古树保护奖;\n(二)古树研究奖。",
        "申请移植古树应提供以下材料:\n(一)申请表;\n(二)移植方案。",
        "古树群,特指十株以上成片生长的古树。",
        "“树龄”栏,填写实测数。",
        "海东市青禾园林有限公司",
        "禁止从事下列活动:\n(一)剥皮取材;\n(二)倾倒污水。",
        "树势健康。反映古树的生长情况和周边环境。",
        "古树档案\n反映古树的生长情况。",
        "涉及文物古迹的古树,按有关部门规定办理。",
        "移植收费的具体标准,按照国家有关规定执行。",
        "古树体检的时间另行通知。",
        "评审类专家应当是熟悉古树养护的工程师。",
        "评审认定的名木享受养护补助政策。",
        "本办法所称“以上”包含本数，“以下”不包含本数。",
        "古树档案的编号为六位,前两位是年份。",
        "名木体检间隔的时间为两年。",
        "古树养护标准主要对浇水、施肥进行规定,用于统一养护做法。",
        "本办法所称名木,是指有纪念意义的树木。其中,外国元首所植的树木应当登记国别。",
        "本办法未尽事项,按照绿化管理的规定执行。",
        "毁坏古树有下列行为之一的,追究刑事责任:\n(一)剥皮;\n(二)焚烧。",
        "对瞒报树情的单位,一经查实,追究责任。",
        "名木是由历史名人栽植、有重要纪念意义的树木载体。",
        "本办法中幼树指树龄不满百年的古树后续资源。",
        "连续三年评为优秀的,予以通报表扬。",
        "市民一般应符合以下条件。\n(一)年满十八周岁。\n(二)居住在本市。",
        "附带说明\n本办法自公布之日起实施。原《海东市名木管理规定》同时废止。",
        "本办法旨在留住乡愁,守护古树。",
        "树冠层是承接雨露、遮蔽日照的层级。",
        "补助期限原则上不超过两年。",
        "补助标准为每株一万元。",
        "补助对象为本市户籍的护林户。",
        "申请人有下列情形之一的,不予补助:\n(一)毁树的;\n(二)欠缴费用的。",
        "古树养护先进个人推荐表;",
        "古树联席会议不纳入市级议事协调机构管理。",
        "智能养护设备。包括但不限于土壤传感器、无人机。",
        "养护单位在线申报,提供以下电子材料:\n(一)申请表;\n(二)养护方案。",
        "《海东市名木管理规定》自本办法施行之日起废止。",
        "古树体检被评为健康等次的,优先列入名录。",
        "养护单位有下列行为之一的,列入失信名录:\n(一)毁树的;\n(二)瞒报的。",
        "体检结果作为续签养护合同的依据。",
        "有下列情况之一的,撤销古树称号:\n(一)树体死亡。\n(二)虚报树龄。",
        "濒危古树。指在十年内可能枯死的树木。",
        "移植古树申报材料如下:申请表、移植方案。",
        "志愿者养护古树期间,个人应用防护用具不得少于一套。",
        "《古树体检表》一式三份。\n(由街道发放)",
        "养护合同复印件1份(盖章)",
        "《关于古树保护补助资金的公告》(2020年第10号)",
        "古树保护基金不支付下列费用:\n(一)绿化费;\n(二)拆迁费。",
        "养护经费通过财政拨款、社会捐赠等方式筹集。",
        "古树体检采取以下方式提供:\n(一)上门体检。由认养人出资。\n(二)集中体检。",
        "古树认养主要面向长期居住的市民家庭。",
        "铭牌字符共8位。",
        "本办法自公布之日起试行,",
        "盗伐古树的,由公安机关依照《治安管理处罚法》予以处罚。",
        "违反本办法,不缴养护费的,责令限期缴纳;逾期未缴纳的,按日加收滞纳金。",
        "本规定规范古树移植行为。",
        "古树根系的保护范围:1.一级古树树冠外五米范围内的区域;2.二级古树树冠外三米范围内的区域。",
        "古树普查员应当具有初中以上文化水平。",
        "养护老师每年培训十人,合格率超过九成的,予以通报表扬。",
        "认养证的名称为《海东市古树认养证》,其可视化样式见附件。",
        "青禾园3处,位于海东市平安路145号,包含古树六株。",
        "新一届古树委员会根据《森林法》和《城市绿化条例》,制定本规则。",
        "古树委员会由下列人员组成:主任、副主任、委员。",
        "鉴于普查已经结束,省政府已经批复同意了市里的请示。",
        "古树认养的核对、审批、公示流程按照省《办法》有关规定执行。",
        "补贴年度、申请途径等事项按照《认养补助办法》(海林[2016]1号)和本办法的要求执行。",
        "市民应当依照本办法认养古树。法规规定无需登记的除外。",
        "古树养护应当在政府主导下,以街道为基础,以社区为依托,方便市民。",
        "对评估为不合格的养护基地,由市林业局取消其基地资格。被取消基地资格的单位,两年内不再认定。",
        "养护单位不得有下列行为:\n(一)剥皮取材;\n(二)倾倒污水。",
        "申请人有下列情形之一的,市林业局不予批准其认养申请:\n(一)毁树的;\n(二)瞒报的。",
        "个人违反本办法第三条规定,冒用认养证的,由市林业局停止其认养资格。",
        "违反本办法的,由市林业局责令改正,并处罚款;情节严重的,撤销其认养资格。",
        "违反本办法,毁坏古树的,由市林业局给予警告;违法行为记入信用档案。",
        "古树群的范围以名录为准,适用本办法。\n军事区内古树的养护,由市林业局依照有关法律、法规的规定执行。",
    ],
)
def test_what_states_no_work(article: str) -> None:
    assert tasks(article) == "三"


@pytest.mark.parametrize(
    "article",
    [
        "市林业局应当建立古树档案。",
        "古树档案每五年更新一次。",
        "国家实行古树分级保护。按照树龄高低划分等级。",
        "履行市政府交办的职责。",
        "养护单位应当定期巡查,林业主管部门应当加强指导。",
        "包括以下三个方面的措施:加固树体,改良土壤,防治虫害。",
        "各级人民政府按照本办法,组织开展古树普查。",
        "任何机关不得擅自批准移植,林业主管部门应当查处。",
        "加强古树巡查,不得流于形式。",
        "市林业局坚持每季度组织古树体检。",
        "各保护小组每周碰头,不得推诿,并向委员会报告。",
        "各街道不得缩减保护范围,要落实养护人员。",
        "任何人有权举报损坏古树的行为。\n林业主管部门应当及时核查。",
        "保护规划由市人民政府审批。",
        "各乡镇应当参照本办法制定养护细则,报市林业局备案。",
        "推广适用于古树的防雷技术,组建抢救队伍。",
        "古树是经济林的种质来源,要建立种质库。",
        "市检察院、市法院不得拖延办理损坏古树的案件。",
        "市林业局应当公布吊销采集许可证的信息。",
        "市财政局应当没收违法收入并解缴国库。",
        "市林业局由高到低划分古树等级,并每年调整。",
        "市发改委从高到低排定、划分各类风险,并逐月公布。",
        "市林业局应当公开移植期限,不另刻制印章。",
        "古树保护委员会不刻制印章,每半年召开一次会议。",
        "市林业局另行制定移植办法。",
        "具体办法由市林业和草原委另行制定。",
        "严格经费管理,按照财务规定执行。",
        "评审专家应当具有高级职称,市林业局负责审核。",
        "本办法适用于各单位。其中,各区应当制定细则。",
        "市林业局发现毁坏古树的,一经查实,应当责令补种。",
        "市林业局每年会同各区核查古树,各区可委托专业单位测算树龄。",
        "对符合第一条规定情况之一的,应急小组应当立即处理险情。",
        "养护古树的企业应当遵守技术规范。",
        "普查对象应当如实回答。消费者应当爱护古树。",
        "委托移植的古树范围如下:\n(一)二级古树;\n(二)三级古树。",
        "养护企业应当在合同中提供热线。",
        "支持乡贤认养古树,推动林场开放。",
        "协调处理养护纠纷。",
        "落实古树保护发展目标责任",
        "养护公司发放服务券,引导使用单位应用。",
        "以帮扶对象为重点,逐户走访。",
        "创新服务方式为认养群众提供长期便利。",
        "经专家评定为濒危古树的,立即组织抢救。",
        "将体检结果作为年度考核评优的依据。",
        "关键是研发古树年轮无损测定的技术。",
        "古树普查的对象逐株登记、建档、挂牌。",
        "隐患点为重点,二十四小时专人值守。",
        "养护经费列入本级财政预算。",
        "古树周边现有的排污口,由近及远全部拆除。",
        "一百年以上(以上包括本数)的古树迁移由市林业局核准。",
        "简化流程保障认养人享受补助政策。",
        "古树体检标准对接国际水平,每年修订一次。",
        "逐级向市林业局汇总报送古树体检汇总表。",
        "一律不再向认养的群众收取身份证复印件。",
        "包括但不限于巡查、复壮,由市林业局负责。",
        "自发文之日起废止原有旧版铭牌并换发新版。",
        "市财政局通过保护基金支付下列费用:体检费、修复费。",
        "古树公园3处,位于平安路,市林业局要优先整修。",
        "鉴于普查已经结束,市林业局应当公布结果。",
        "认养补助等事项由市林业局按照本办法的要求执行。",
        "养护单位有下列情形之一的,市林业局不予续签,并书面告知:\n(一)毁树的;\n(二)瞒报的。",
        "市林业局对评估不合格的基地限期整改。",
        "以街道为基础,建立养护队伍。",
        "古树驿站,位于平安路8号,6月底前完成改造。",
        "古树三号,位于平安路8号,逐一加固。",
        "全年完成千株复壮任务。",
        "6月底前完成古树体检。",
        "加强养护市场监管,创造可预见的环境,推行认养公示。",
        "在风险可控的前提下,市林业局放开苗木采集。",
        "认养材料齐全,或者申请单位提交全部补正材料的,应当受理并核实。",
        "通报古树保护形势。",
        "养护资金从下列渠道筹措:(一)市级补助收入;(二)社会捐赠。",
        "古树规划坚持分级原则,市林业局应当明确保护等级。",
        "采伐企业应当按照许可证规定的范围作业。",
        "养护单位可能损害古树时,应当立即停工。",
        "市林业局可以建立物资库。\n养护单位应当储备药剂。",
        "采伐许可证的有效期届满时,市林业局应当办理注销。",
    ],
)
def test_what_states_work(article: str) -> None:
    assert tasks(article) == "二三"


@pytest.mark.parametrize(
    ("lead_in", "part", "numbers"),
    [
        ("市林业局应当根据下列情况分别作出处理:", "材料齐全的,应当受理", ["(一)", "(二)"]),
        ("苗木市场应当遵守下列规定:", "保持通道畅通", ["(一)", "(二)"]),
        ("对下列收入征收绿化费:", "采伐收入", ["第一条"]),
        ("养护合同应当载明下列事项:", "养护标准", ["第一条"]),
        ("古树补偿费按以下情形确定:", "城区古树由市财政局补偿", ["(一)", "(二)"]),
        ("市林业局应当建立档案,记录下列内容:", "养护标准", ["第一条"]),
        ("市林业局负责下列古树的移植审批:", "一级古树", ["第一条"]),
        ("市林业局履行下列职责时,应当听取市住建局的意见:", "编制养护规划", ["第一条"]),
    ],
)
def test_what_is_done_in_each_case_is_a_task_but_what_it_is_done_to(lead_in: str, part: str, numbers: list[str]) -> None:
    text = f"古树移植办法\n第一条　{lead_in}\n(一){part};\n(二)其他的应当说明理由。\n第二条　市林业局应当归档。"
    (document,) = extract(text.encode(), "办法.txt").documents
    assert [task.number for task in document.tasks if task.kind == "task"] == [
        *(number.strip("第条()") for number in numbers),
        "二",
    ]


def test_what_stands_below_a_text_is_no_work_of_its_last_article() -> None:
    below = "公开方式:主动公开\n海东市人民政府办公厅 2025年2月7日印发\n扫一扫在手机打开当前页"
    articles = f"第一条 市林业局应当建立古树档案。\n第二条 本办法自2025年1月1日起施行,有效期5年。\n{below}"
    (document,) = extract(f"古树管理办法\n{articles}".encode(), "办法.txt").documents
    assert [task.number for task in document.tasks] == ["一"]


def test_a_text_of_rules_is_one_whatever_its_numbers() -> None:
    items = (
        "一、补贴对象\n农户。\n二、申领\n(一)村民可向街道申请。\n(二)街道应当三日内核实。\n三、附则\n本办法自印发之日起施行。"
    )
    for title, numbers in (("古树养护补贴实施办法", ["二"]), ("古树养护补贴工作方案", ["一", "二"])):
        (document,) = extract(f"{title}\n{items}".encode(), "a.txt").documents
        assert [task.number for task in document.tasks] == numbers


def test_forms_and_lists_of_annexes_state_no_work() -> None:
    text = (
        "古树保护工作方案\n一、加强巡查。市林业局要每月巡查。\n（七）强化示范。市林业局要建设样板。\n附：1.古树名录\n2.巡查安排表\n"
        "附件\n古树移植申请表\n一、申请人信息\n姓名\n二、市林业局应当填写的意见\n附件2\n巡查要求\n一、市住建局要配合。"
    )
    (document,) = extract(text.encode(), "方案.txt").documents
    assert [task.number for task in document.tasks] == ["一", "七", "一"]
    assert [a.name for a in document.assignments] == ["市林业局", "市林业局", "市住建局"]


@pytest.mark.parametrize("title", ["巡查发现的典型经验做法", "古树养护典型案例(共2项)", "表扬名单", "古树保护先进集体名单"])
def test_an_annex_of_what_is_praised_states_no_work(title: str) -> None:
    annex = "1.平安区住建局创新体检模式,建立古树台账。\n2.乐都区林业局推行一树一策,加强巡查。"
    spread = ["各街道", "平安区住建局", "乐都区林业局"]
    for heading, numbers, names in (
        (title, ["一"], ["各街道"]),
        (f"复制推广古树养护{title}", ["一", "1", "2"], spread),
        ("先进苗圃培育名单", ["一", "1", "2"], spread),
    ):
        text = f"古树养护通报\n一、各街道要学习借鉴。\n附件\n{heading}\n{annex}"
        (document,) = extract(text.encode(), "通报.txt").documents
        assert [task.number for task in document.tasks] == numbers
        assert [a.name for a in document.assignments] == names


def test_what_follows_a_list_of_papers_is_read_again() -> None:
    papers = "第一条　申请移植应当提交下列材料:\n(一)申请表;\n(二)移植方案。\n市林业局应当在十日内答复。"
    text = f"古树移植办法\n{papers}\n第二条　市林业局应当归档。"
    (document,) = extract(text.encode(), "办法.txt").documents
    assert [(a.name, a.basis) for a in document.assignments] == [("市林业局", "narrative")] * 2


@pytest.mark.parametrize(
    "lead_in",
    ["畅通以下渠道:", "执行下列规范:", "深挖以下线索:", "对盗伐的依法拘留、没收、罚款:", "用好以下方式:"],
)
@pytest.mark.parametrize("part", ["市林业局要设立古树热线", "市公安局组织夜间巡查", "古树体检(责任单位:市林业局)"])
def test_a_list_of_what_agencies_do_is_no_list_of_conditions(lead_in: str, part: str) -> None:
    text = f"古树保护工作方案\n一、{lead_in}\n1.{part}。\n2.整理来信。\n二、市林业局要总结成效。"
    (document,) = extract(text.encode(), "方案.txt").documents
    assert [task.number for task in document.tasks] == ["1", "2", "二"]


@pytest.mark.parametrize(
    "parts",
    [
        "重点范围如下:\n1.各街道要普查公园。\n2.市林业局要普查林场。",
        "1.开展古树体检 联系人:某某\n2.组织树洞修补 联系人:某某",
        "1.市财政局:提供补助资金,整理有关资料。\n2.市档案局:提供历史材料。",
        "1.动态监测近三年内长势明显衰弱的区域;\n2.限期腾退树冠投影以内的项目。",
    ],
)
def test_work_beside_whom_to_ask_or_on_whom_it_is_done_is_tasks(parts: str) -> None:
    text = f"古树养护通知\n一、重点工作\n{parts}\n二、市林业局要总结成效。"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks] == ["1", "2", "二"]


@pytest.mark.parametrize("part", ["为公园做养护的园林企业", "树冠外缘两侧5米范围内的区域"])
def test_those_who_are_meant_are_no_tasks(part: str) -> None:
    text = f"古树养护通知\n一、登记类别\n1.{part};\n2.{part}。\n二、市林业局要总结成效。"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks if task.number != "一"] == ["二"]


def test_conditions_that_name_agencies_are_no_tasks() -> None:
    text = "古树移植方案\n一、受理以下线索:\n1.未经市林业局组织论证的;\n2.树体倾斜。\n二、市林业局要总结成效。"
    (document,) = extract(text.encode(), "方案.txt").documents
    assert [task.number for task in document.tasks] == ["一", "二"]


@pytest.mark.parametrize(
    "text",
    [
        "古树保护条例\n## 第一章 总则\n第一条 市林业局应当建档。\n## 第二章 法律责任\n"
        "第二条 经营者收购古树未备案的,由市林业局责令改正。\n第三条 前款货值按照牌价计算。\n第四条 市林业局应当设立举报电话。",
        "古树保护条例\n第一章　总　则\n第一条 市林业局应当建档。\n第二章　罚　则\n"
        "第二条 经营者收购古树未备案的,由市林业局责令改正。\n第三条 前款货值按照牌价计算。\n第四条 市林业局应当设立举报电话。",
        "古樹保護條例\n## 第一章 總則\n第一條 市林業局應當建檔。\n## 第二章 法律責任\n"
        "第二條 經營者收購古樹未備案的,由市林業局責令改正。\n第三條 前款貨值按照牌價計算。\n第四條 市林業局應當設立舉報電話。",
    ],
    ids=["as it is", "with wide blanks", "traditional"],
)
def test_a_chapter_of_offences_holds_no_tasks_but_those_that_open_with_a_duty(text: str) -> None:
    (document,) = extract(text.encode(), "条例.txt").documents
    assert [task.number for task in document.tasks if task.kind == "task"] == ["一", "四"]
    assert len(document.assignments) == 3


@pytest.mark.parametrize(
    "heading",
    [
        "填表说明",
        "相关定义",
        "出台背景",
        "现有基础与优势",
        "地位和作用",
        "薪酬待遇",
        "先进集体",
        "申报评审的对象和范围",
        "考核聘用单位、岗位及人数",
        "评审费用",
        "资助强度:每项二十万元",
        "委托时间",
        "面试方式及地点",
        "报名办法",
        "单位简介",
        "限项申请规定",
        "选派条件",
        "事故控制指标",
        "联系人及电话",
        "充分认识做好城乡古树名木普查、建档和养护各项工作的重要性",
        "认养缴费方式",
        "申报类型",
        "移植申请材料清单",
        "受托机关名称、联系方式",
        "招商对象及条件",
        "征集方向",
        "古树养护典型经验做法(共12项)",
        "养护标准子体系",
        "古树安全风险分类",
        "古树普查养护的原则",
        "实施原则",
        "铭牌编码规则",
        "图2 铭牌式样对比",
        "租赁期限",
        "招生对象",
        "参加企业",
        "申请时间",
        "古树专家委员(按姓氏笔画排序)",
        "活动主题",
        "奖项设置",
        "办公地点和咨询电话",
        "申报材料内容及装订要求",
    ],
)
def test_a_chapter_of_facts_states_no_work(heading: str) -> None:
    for words, numbers in ((heading, ["二"]), ("古树养护", ["一", "二", "二"])):
        items = "(一)建立一级古树台账。\n(二)加强二级古树巡查。"
        text = f"古树养护通知\n一、{words}\n{items}\n二、加强巡查\n市林业局要每月巡查。"
        (document,) = extract(text.encode(), "通知.txt").documents
        assert [task.number for task in document.tasks if task.kind == "task"] == numbers


def test_a_chapter_in_one_line_with_its_work_is_a_task() -> None:
    text = "古树条例\n第一章 总则\n第一条 市林业局负责巡查。\n第二章 检查 市林业局每年开展检查,各街道建立台账。\n第三章 附则\n"
    (document,) = extract(text.encode(), "条例.txt").documents
    assert [task.number for task in document.tasks if task.kind == "task"] == ["一", "二"]


def test_what_makes_known_whom_to_call_is_a_task() -> None:
    text = "古树养护通知\n一、公布各单位联系电话\n二、市林业局要每月巡查。"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks] == ["一", "二"]


def test_those_whom_to_call_are_no_tasks() -> None:
    text = (
        "古树养护通知\n一、请各区做好古树体检,联系方式:\n1.古树管护网\n联系人:某某,电话:010-12345678\n2.林业服务平台\n"
        "联系地址:海东市古树路1号\n二、市林业局要每月巡查。"
    )
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks] == ["一", "二"]


@pytest.mark.parametrize(
    "item",
    [
        "哪些单位可以认养古树?各街道应当受理认养申请。",
        "省绿化基金会热线电话:0531-88881234。有事请联系张某。",
        "GIS(地理信息系统):利用计算机管理空间数据。它能帮助人们看见古树的分布。",
        "您认养古树的支出,准予在税前扣除。",
        "砍伐古树,造成严重后果的。构成犯罪的,以危害国家重点保护植物罪追究刑事责任。",
        "目前,全市已完成古树普查,建档三千株。",
        "允许修建以下设施:步道、围栏。",
        "对《古树评选办法》(海绿〔2009〕12号)予以废止。",
        "《古树评选条件》作如下修改:将“三级”修改为“二级”。",
        "其他\n本通知自印发之日起施行。",
        "古树认养工作的宗旨是,政府引导,社会参与。",
        "网上填写申请书的时间。认养项目至9月10日。",
        "减免的费用不包括古树移植费。",
        "申请单位具有独立法人资格。近三年内未发生毁树事件。",
        "认养人因疫情延误期限的,适用《认养办法》第六条的规定。",
        "海东园林有限公司\n92.5\n平安区",
        "认养新古树问题。(略)",
        "怎样认养古树?\n认养人向街道提出申请,街道应当受理。",
        "对履职不力、造成古树死亡的,将依纪依规追究相关单位责任。",
        "名木认养。市林业局绿化科,平安路1号林业大楼5016室,咨询电话:0972-8888123。",
        "古树检测(加收)\n项\n20.5\n甲类",
        "本优惠办法由市林业局负责解释。原有规定与本优惠办法不符的,以本优惠办法为准。",
        "古树养护补贴标准为每人每月1309元。",
        "古树认养标准自2025年6月1日起按新标准计算执行。",
        "《古树认养办法》第七条“认养人应当提交下列材料：身份证。由街道出具证明。”",
        "原则上不允许修建以下设施:步道、围栏。",
        "网上申报时间:2021年11月19日至12月10日。",
        "纸质材料报送地点:市林业局绿化科(平安路1号310室);咨询电话:0972-8888123。",
    ],
)
def test_items_of_a_notice_that_state_no_work(item: str) -> None:
    text = f"古树养护通知\n一、市林业局要每月巡查。\n二、{item}\n三、各街道要建立台账。"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks if task.kind == "task"] == ["一", "三"]


@pytest.mark.parametrize(
    "item",
    [
        "养护合同应在有效期内备案。",
        "SOP(标准流程):建设全市统一的养护流程应用。",
        "你公司应当六个月内完成移植。",
        "项目已列入规划,请你县继续保护古树。",
        "目前,全市已完成普查,要将成果汇总上报。",
        "检查方式\n(一)市林业局听取各街道汇报。",
        "目前已建成古树公园三座,加快推进二期建设。",
        "今年已下达的养护计划,加快进度,6月底前全部完成。",
        "GIS(地理信息系统):在古树普查中推行,年底前全覆盖。",
        "对履职不力的街道,市纪委要严肃追究责任。",
        "实施古树风险分类\n市林业局要逐株评定等级。",
        "回答好“谁来管、怎么管?”的问题,建立健全管护机制。",
        "健全衔接机制,对涉嫌构成犯罪的毁树案件及时移送。",
        "项目已建成的,加快验收移交。",
        "近三年未发生毁树事件的街道,减少检查频次。",
        "12345热线:提高接通率,及时分流转办。",
        "养护热线电话:由市林业局负责开通。",
        "整治范围包括主次干道,全面清理悬挂物。",
        "清单不包括的事项,一律取消审批。",
        "压减移植许可的时间。",
        "提升养护能力\n推行一树一策\n推进专家会诊\n落实养护经费",
        "古树公园建设\n市林业局\n2022年12月底前",
        "推进古树衰老研究,不断提高诊断的可解释性和可预测性。",
        "精简涉企申报的申报材料。",
        "进一步延长网上认养报名时间。",
        "古树管护补助标准按每人每月提高50元落实。",
        "督促检查各街道养护政策落实情况;",
    ],
)
def test_items_of_a_notice_that_state_work(item: str) -> None:
    text = f"古树养护通知\n一、{item}"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks if task.kind == "task"] == ["一"]


@pytest.mark.parametrize(
    "heading",
    [
        "精减申请材料",
        "严格执行古树风险分类",
        "落实属地管理原则",
        "统一铭牌式样",
        "优化缴费流程",
        "科学解决突出问题",
        "实现以下功能:",
    ],
)
def test_what_is_to_be_bettered_is_work(heading: str) -> None:
    text = f"古树养护通知\n一、{heading}\n1.建设统一平台。\n2.建立古树台账。"
    (document,) = extract(text.encode(), "通知.txt").documents
    assert [task.number for task in document.tasks] == ["1", "2"]


def test_names_of_one_kind_are_no_tasks() -> None:
    names = "\n".join(f"{n}.海东市{place}古树保护区" for n, place in enumerate(("平安", "乐都", "互助", "化隆"), 1))
    work = "\n".join(f"{n}.推进{place}古树普查工作" for n, place in enumerate(("平安", "乐都", "互助", "化隆"), 1))
    for parts, numbers in ((names, []), (work, ["1", "2", "3", "4"])):
        (document,) = extract(f"古树养护通知\n一、古树普查\n{parts}".encode(), "通知.txt").documents
        assert [task.number for task in document.tasks] == numbers


def test_what_an_agency_may_do_is_no_task() -> None:
    may = "第一条　市林业局可以采取下列措施:\n(一)进入苗圃检查;\n(二)查阅台账。"
    (document,) = extract(f"古树移植办法\n{may}\n第二条　市林业局应当归档。".encode(), "办法.txt").documents
    assert [task.number for task in document.tasks] == ["二"]


def test_a_list_of_what_is_contained_is_tasks_where_agencies_make_it() -> None:
    for part, numbers in (("由市林业局制定", ["一", "二", "二"]), ("需要市林业局会商的情况", ["二"])):
        listed = f"一、预案体系包括下列内容:\n(一)城区预案,{part};\n(二)林区预案,{part}。"
        (document,) = extract(f"古树保护预案\n{listed}\n二、市林业局要巡查。".encode(), "预案.txt").documents
        assert [task.number for task in document.tasks] == numbers


def test_what_is_got_is_no_permission() -> None:
    text = "古树奖励办法\n第一条　对获得古树卫士称号的单位,给予一次性奖励一万元。\n第二条　单位得以书面提出申请。"
    (document,) = extract(text.encode(), "办法.txt").documents
    assert [task.number for task in document.tasks] == ["一"]


def test_a_register_of_firms_states_no_work() -> None:
    head = "| 序号 | 企业名称 | 主管部门 |\n| --- | --- | --- |\n"
    firms = "".join(f"| {n} | 海东{name}园林有限公司 | 市林业局 |\n" for n, name in enumerate(("甲", "乙", "丙", "丁"), 1))
    text = f"古树养护企业名单的通知\n一、市林业局要每月巡查。\n附件\n古树养护企业名单\n{head}{firms}"
    (document,) = extract(text.encode(), "通知.md").documents
    assert [task.number for task in document.tasks] == ["一"]
    assert [a.basis for a in document.assignments] == ["narrative"]


def test_firms_that_agencies_are_to_visit_are_tasks() -> None:
    head = "| 序号 | 包联企业 | 牵头部门 |\n| --- | --- | --- |\n"
    firms = "".join(f"| {n} | 海东{name}园林有限公司 | 市林业局 |\n" for n, name in enumerate(("甲", "乙", "丙", "丁"), 1))
    (document,) = extract(f"包联企业工作方案\n一、包联企业\n{head}{firms}".encode(), "方案.md").documents
    assert [a.name for a in document.assignments] == ["市林业局"] * 4


@pytest.mark.parametrize(
    ("item", "numbers"),
    [
        ("城区古树长势情况。近五年来,全市古树平均胸径增长两成,长势良好的比例高于全省平均水平,衰弱的比例逐年下降。", ["二"]),
        ("关于今年衰弱古树的判定\n去年的会商会议确定了二十株衰弱古树,它们集中在老城区,多数与地下管线施工有关联。", ["二"]),
        ("2021年古树病害趋势\n老城区的天牛数量可能上升,新城区的介壳虫处于低位,总体上与常年同期的水平接近。", ["二"]),
        ("城区古树长势情况。近五年来,全市古树长势良好。为此,要继续每月巡查,并把巡查结果报送省级平台备查。", ["一", "二"]),
        ("城区古树长势情况。近五年来,全市古树长势良好,好于全省平均水平。完成剩余古树的体检,并更新树牌。", ["一", "二"]),
        ("公开古树长势情况。古树名录、体检结果和养护单位的信息在网站上公开,每年更新,并接受社会各界的监督。", ["一", "二"]),
        ("认养方应当了解古树长势情况。", ["一", "二"]),
    ],
)
def test_how_things_are_is_no_task_unless_something_is_asked(item: str, numbers: list[str]) -> None:
    (document,) = extract(f"古树养护通报\n一、{item}\n二、市林业局要总结成效。".encode(), "通报.txt").documents
    assert [task.number for task in document.tasks] == numbers
