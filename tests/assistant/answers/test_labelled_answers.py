"""Lines with a label answer what the label names, and only with the kind of thing that is asked for."""

import pytest

from assistant.model import Status

NOTICE = """关于2027年部分节日安排的通知

各区人民政府：

现将2027年赏灯节、采茶节放假日期的具体安排通知如下。

一、赏灯节：3月6日至8日放假，共3天。3月13日上班。

二、采茶节：4月22日放假。

银杉市人民政府办公室

2026年12月1日
"""
GRANTS = """银杉市返乡创业补贴办事须知

1、首次开店补贴

（1）申请人登记注册满8个月。

补贴对象：首次开店的返乡人员。

补贴标准：7000元。

2、店面租赁补贴

补贴标准：每月补贴900元。

补贴期限：累计不超过2年。
"""


@pytest.fixture(scope="module")
def ask_labels(build):
    assistant = build("labels")
    for name, text in (("notice.txt", NOTICE), ("grants.txt", GRANTS)):
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("赏灯节放假怎么安排？", "3月6日至8日放假，共3天"),
        ("2027年采茶节放假怎么安排", "4月22日放假"),
        ("首次开店补贴多少钱？", "7000元"),
        ("店面租赁补贴的补贴标准是多少？", "900元"),
    ],
)
def test_the_line_under_the_label(ask_labels, question, said):
    answer = ask_labels(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


def test_a_line_without_the_asked_kind_of_thing_is_no_answer(ask_labels):
    assert ask_labels("采茶节放假几天？").status is Status.NOT_FOUND


def test_when_to_apply_is_the_time_of_application(ask_rules):
    answer = ask_rules("青年公寓什么时候可以申请？")
    assert "9月3日至9月17日" in answer.answer
