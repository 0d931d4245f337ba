"""Provisions by number: the document that is named decides, and a number is never swapped for another."""

import pytest

from assistant.model import Reason, Status


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("廊桥保护条例第五条怎么规定？", "第五条"),
        ("廊桥条例第5条是什么内容", "第五条"),
        ("《银杉市廊桥保护条例》第八条的内容是什么？", "第八条　本条例自2019年9月1日起施行"),
        ("实施办法第五条怎么规定的？", "第五条　骗取补助的"),
        ("违反廊桥条例第五条怎么处罚？", "第六条　违反本条例第五条"),
    ],
)
def test_an_article_is_told_by_its_number(ask_rules, question, opens):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert answer.answer.startswith(opens)
    assert answer.citations[0].quote.startswith(opens[:3])


def test_an_article_is_told_with_its_items(ask_rules):
    answer = ask_rules("廊桥条例第四条规定了什么？")
    assert [said for said in ("生火取暖", "刻划构件", "停放机动车") if said not in answer.answer] == []


def test_a_number_that_the_document_does_not_have_is_declined(ask_rules):
    answer = ask_rules("廊桥保护条例第四十条怎么规定？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)
    assert "第四十条" in answer.answer
    assert answer.nearest == ("《银杉市廊桥保护条例》共8条",)


def test_a_number_of_several_documents_is_ambiguous(ask_rules):
    answer = ask_rules("第五条怎么规定？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.AMBIGUOUS)
    assert len(answer.nearest) == 2


def test_an_article_says_otherwise(ask_rules):
    answer = ask_rules("廊桥条例第五条规定批准的期限为10个工作日对吗？")
    assert answer.reason is Reason.FALSE_PREMISE
    assert "6个工作日" in answer.answer


def test_a_figure_is_looked_for_inside_its_article(ask_rules):
    assert "12%" in ask_rules("民宿实施办法第三条规定按投资额的多少给予补助？").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [("廊桥保护条例分几章？共有多少条？", "3章、8条"), ("廊桥保护条例共多少条", "共8条")],
)
def test_articles_and_chapters_are_counted_as_printed(ask_rules, question, said):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer
    assert answer.citations


def test_how_many_lines_is_no_question_for_articles(ask_rules):
    assert "8条" not in ask_rules("廊桥附近开通公交线路多少条？").answer


def test_a_breach_that_nothing_punishes_is_declined(ask_rules):
    answer = ask_rules("违反廊桥条例第四条怎么处罚？")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)


def test_what_is_numbered_otherwise_counts_where_there_are_no_articles(samples):
    assert samples.ask("科技创新措施第三条是什么？").answer.startswith("三、")
