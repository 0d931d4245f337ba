"""Definitions: of the very term that is asked for, in words or in a note; never a sentence that only contains it."""

import pytest

from assistant.model import Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("什么是廊桥？", "本条例所称廊桥（以下简称桥屋），是指建有屋盖的木拱桥"),
        ("廊桥指的是什么？", "是指建有屋盖的木拱桥"),
        ("桥屋是什么意思？", "是指建有屋盖的木拱桥"),
        ("什么叫民宿集群？", "民宿集群是指同一村内相邻的5家以上民宿"),
        ("廊桥的缓冲区是什么？", "桥身外三十米以内的区域"),
        ("“三库”指什么？", "种子库、人才库、项目库"),
        ("银杉市“一网三清”是啥意思", "一张管网"),
        ("“三库”包括哪些？", "种子库、人才库、项目库"),
    ],
)
def test_the_definition_of_the_term(ask_rules, question, said):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer
    assert len(answer.citations) == 1


def test_a_note_is_cited_with_its_head(ask_rules):
    quote = ask_rules("“三库”指什么？").citations[0].quote
    assert quote.startswith("［1］三库")
    assert quote.endswith("项目库。")


def test_what_is_only_named_is_not_defined(ask_rules):
    assert ask_rules("“双星”计划指什么？").status is Status.NOT_FOUND


@pytest.mark.parametrize("question", ["什么是返乡创业？", "市级民宿名录是什么意思？"])
def test_a_term_that_nothing_explains_is_declined(ask_rules, question):
    assert ask_rules(question).status is Status.NOT_FOUND


def test_an_item_that_the_term_heads_says_what_it_is(ask_rules):
    assert "登记注册企业的负责人" in ask_rules("什么是返乡创业青年？").answer
