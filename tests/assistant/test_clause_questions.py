"""Who, when, which and whether of plans and rules: cells of a pasted table, bodies that a question claims, rosters."""

import pytest
from clause_documents import CLAUSES

from assistant.model import Reason, Status


@pytest.fixture(scope="module")
def ask_clauses(build):
    assistant = build("clauses")
    for name, text in CLAUSES.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("设备更新导向目录由谁编?", "牵头单位:市工业和信息化局"),
        ("云企办平台哪个部门负责建?", "牵头单位:市数据局"),
        ("风险补偿金什么时候设立?", "完成时限:2027年6月"),
        ("风险补偿金的配合单位有哪些?", "市地方金融局、云埠农商行"),
        ("云企办的配合单位有哪些?", "市工业和信息化局"),
    ],
)
def test_cells_of_a_table_pasted_line_by_line(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("导向目录由市财政局牵头,对吗?", "市工业和信息化局"),
        ("联席会议机制由市发改委牵头吗?", "由市商务局牵头"),
        ("设备更新措施由市林业局解释,对不对?", "由市工业和信息化局会同市财政局负责解释"),
        ("古镇巡查由市财政局主管,是吗?", "市文物馆主管"),
    ],
)
def test_another_body_than_the_one_claimed_is_a_correction(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.reason is Reason.FALSE_PREMISE
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "联席会议机制由市商务局牵头,对吗?",
        "设备更新措施由市工信局会同市财政局解释,对吗?",
        "导向目录由市工信局牵头吗?",
    ],
)
def test_the_body_that_does_it_is_no_error(ask_clauses, question):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED
    assert "不符" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("古镇保护领导小组组长是谁?", "宋知远(市委副书记、市长)"),
        ("领导小组副组长有哪些人?", "梁北溪(市委常委、常务副市长)、何苇(副市长)"),
        (
            "领导小组有哪些成员?",
            "秦予安(市政府副秘书长)、陆微澜(市文化和旅游局局长)、柳一舟(市财政局局长)、江可欣(市规划局总规划师)",
        ),
        ("古镇保护领导小组由哪些人组成?", "宋知远(市委副书记、市长)、梁北溪"),
        ("云埠市财政局局长叫什么?", "柳一舟(市财政局局长)"),
        ("秦予安担任什么职务?", "市政府副秘书长"),
        ("领导小组办公室主任由谁兼任?", "陆微澜(办公室主任)"),
        ("民艺协会会长是谁?", "吴一笙(民艺协会会长)"),
        ("陈望舒是什么职务?", "古建学会会长"),
        ("市规划院院长是谁?", "李知秋(市规划院院长)"),
        ("古建研究所所长是谁?", "沈砚"),
        ("沈砚是谁?", "古建研究所所长"),
        ("文旅局长叫什么?", "陆微澜(市文化和旅游局局长)"),
    ],
)
def test_people_of_rosters_and_of_rows_of_posts(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "市政府秘书长是谁?",  # a deputy is printed
        "防汛领导小组组长是谁?",  # of another group
        "云埠市委书记是谁?",
        "钱币学会会长是谁?",  # in a row of others
    ],
)
def test_a_post_that_nobody_is_given_there(ask_clauses, question):
    assert ask_clauses(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("河长制分哪几级?", "市、区、镇、村四级"),
        ("巡河员分哪几类?", "分为专职巡河员和志愿巡河员"),
        ("区级河长多久巡河一次?", "区级河长每季度巡河不少于一次"),
        ("巡河情况多久通报一次?", "每月通报一次"),
        ("河长工作例会一般开多久?", "不超过一个半小时"),
        ("河湖采砂许可由哪个部门核发?", "市水务局核发"),
        ("临时取水谁审批?", "镇政府(街道办)"),
        ("上半年水质情况是谁通报的?", "周明远"),
        ("治水的根本出路在哪?", "根本出路在管护"),
        ("治水难题的难点在哪里?", "难点在资金"),
        ("群众在哪个APP反映问题?", "“云河长”APP"),
        ("清河行动第一阶段什么时候结束?", "2027年6月底"),
    ],
)
def test_sorts_levels_how_often_and_who_does_it(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize("question", ["清河行动第二阶段什么时候结束?", "市级河长多久巡河一次?"])
def test_another_stage_or_level_is_none(ask_clauses, question):
    assert ask_clauses(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "评论说查隐患查的是什么?",
            "(1)查隐患,查的是通道堵没堵;(2)查隐患,查的是线路老没老;(3)查隐患,查的是责任实没实",
        ),
        ("查隐患要查哪三样?", "查的是线路老没老"),
        ("霍远帆说重点在哪三个方面下功夫?", "定标准、强服务、严管理"),
        ("霍远帆说今年重点在哪些方面下功夫?", "定标准、强服务、严管理"),
        ("消防站的主要职责有哪些?", "承担火灾扑救和应急救援;开展防火巡查;组织消防演练;管护消防水源"),
    ],
)
def test_heads_of_paragraphs_and_what_stands_below_a_heading(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("为啥不取消夜市?", "是因为夜市带动就业一千余人"),
        ("再生水利用指南的主要目的是什么?", "指导各区建好、用好、管好再生水设施"),
        ("再生水利用的基本原则有哪些?", "安全第一、就近利用、价格合理"),
        ("再生水指南和以往的规程有啥不同?", "增加了管网改造的内容"),
        ("再生水指南出台的背景是什么?", "人均水资源量偏低"),
    ],
)
def test_why_and_the_sides_that_printed_questions_ask_for(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("文明养犬的信是写给谁的?", "全体业主朋友们"),
        ("谁发的文明养犬公开信?", "云埠市养犬管理办公室"),
        ("文明养犬的信是哪天写的?", "2027年4月8日"),
        ("成立古镇保护领导小组的通知是发给谁的?", "各区人民政府,市人民政府有关部门"),
        ("成立古镇保护领导小组的通知哪天发的?", "2027年3月2日"),
    ],
)
def test_to_whom_by_whom_and_when_a_paper_was_sent(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize("question", ["设备更新补贴是给谁的?", "古镇保护领导小组成员单位有哪些?"])
def test_what_is_no_paper_has_no_addressee_and_members_are_no_bodies(ask_clauses, question):
    answer = ask_clauses(question)
    assert "各区人民政府" not in answer.answer
    assert "秦予安" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("河长办有哪些职责?", "汇总巡河情况", "核查"),
        ("市河长办对区河长办有哪些职责?", "核查巡河记录", "汇总巡河情况"),
        ("哪些河段补助5万元?", "", "上游段"),
    ],
)
def test_of_lists_announced_alike_the_one_that_says_no_more_and_states_the_amount(
    ask_clauses, question, said, unsaid
):
    answer = ask_clauses(question)
    assert said in answer.answer
    assert unsaid not in answer.answer
