"""Dates of force: the clauses by which the named document speaks of itself, never a clause that mentions 施行."""

import pytest

from assistant.model import Reason, Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("廊桥条例什么时候施行的？", ["本条例自2019年9月1日起施行"]),
        ("廊桥保护条例何时生效", ["本条例自2019年9月1日起施行"]),
        ("廊桥条例是哪天通过的？什么时候施行？", ["2019年6月27日", "2019年9月1日"]),
        ("民宿扶持办法有效期多久？", ["有效期2年"]),
        ("民宿扶持办法有效期多长？废止了哪个文件？", ["有效期2年", "《银杉市民宿补助暂行规定》"]),
        ("银农规〔2024〕3号废止了哪个文件？", ["《银杉市民宿补助暂行规定》"]),
    ],
)
def test_the_clause_about_the_document_itself(ask_rules, question, said):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []
    assert "本条例施行前" not in answer.answer


def test_how_long_a_thing_of_its_own_is_valid(ask_rules):
    answer = ask_rules("廊桥修缮资质证书有效期几年？")
    assert answer.status is Status.ANSWERED
    assert "有效期为4年" in answer.answer
    assert "60日" not in answer.answer


def test_the_term_of_a_thing_that_is_not_printed_is_declined(ask_rules):
    answer = ask_rules("民宿经营许可证有效期几年？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)


def test_a_document_without_a_term_is_declined(ask_rules):
    answer = ask_rules("廊桥保护条例有效期多久？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)


@pytest.mark.parametrize(
    "question",
    ["廊桥条例自2019年10月1日起施行吗？", "民宿扶持办法的有效期是3年吗？", "廊桥条例是2018年施行的吗？"],
)
def test_another_day_or_length_is_corrected(ask_rules, question):
    answer = ask_rules(question)
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.FALSE_PREMISE)


def test_the_right_day_is_confirmed(ask_rules):
    assert ask_rules("廊桥条例自2019年9月1日起施行吗？").answer.startswith("是的")


def test_the_day_of_a_notice_is_cited_where_it_is_signed(ask_rules):
    answer = ask_rules("青年公寓申请的公告是什么时候发布的？")
    assert "2025-09-03" in answer.answer
    assert answer.citations[0].quote == "2025年9月3日"


def test_what_a_document_repeals_is_declined_where_it_repeals_nothing(ask_rules):
    answer = ask_rules("廊桥保护条例废止了哪个文件？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)


def test_before_it_came_into_force_is_no_question_of_when(ask_rules):
    assert "3个月内" in ask_rules("条例施行前已经设置的设施要在几个月内拆除？").answer


def test_the_old_version_and_the_one_in_force(samples):
    assert "2026年5月31日" in samples.ask("旧措施什么时候失效？").answer
    assert "2031年3月31日" in samples.ask("措施有效期到什么时候？").answer
