"""Lists below what announces them: whole, in order, and no further than they go."""

import pytest

from assistant.model import Status


@pytest.mark.parametrize(
    ("question", "members", "beyond"),
    [
        ("教师申请青年公寓需满足哪些条件？", ["任教满2年", "市级以上荣誉"], ["医护", "返乡"]),
        ("青年公寓分哪几类申请人？", ["教师", "医护人员", "返乡创业青年"], ["任教满2年", "荣誉"]),
        ("教师申请青年公寓要提交什么材料？", ["申请表", "教师资格证复印件", "任教学校证明"], ["执业证书"]),
        ("民宿申请补助应当符合什么条件？", ["营业执照满1年", "市级民宿名录", "之一"], ["骗取"]),
        ("今年工作要把握哪些原则？", ["稳就业、保民生", "强产业、增动能", "优环境、聚人心"], ["紧盯"]),
        ("“三个紧盯”包括哪些？", ["紧盯项目", "紧盯企业", "紧盯民生"], ["60亿元"]),
        ("今年要办哪4件民生实事？", ["幼儿园", "老旧小区", "公交线路", "停车位"], []),
        ("试点是哪4个县？", ["云岭", "松川", "白泽", "青溪"], []),
        ("廊桥展览分哪三个部分？", ["桥影", "桥匠", "桥歌"], []),
        ("廊桥上禁止哪些行为？", ["生火取暖", "刻划构件", "停放机动车"], ["拍摄"]),
    ],
)
def test_a_list_is_whole_and_ends_where_it_ends(ask_rules, question, members, beyond):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert [member for member in members if member not in answer.answer] == []
    assert [other for other in beyond if other in answer.answer] == []


def test_one_of_several_conditions_is_said_to_be_enough(ask_rules):
    assert "之一" in ask_rules("教师申请青年公寓需满足哪些条件？").answer


def test_an_announcement_that_counts_as_many_answers(samples):
    answer = samples.ask("What are the three types of data sharing?")
    assert [said for said in ("无条件共享", "有条件共享", "不予共享") if said not in answer.answer] == []
