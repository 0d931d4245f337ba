"""Penalties and duties are told whole: every step, to the full stop, and the deed found in the article cited."""

import pytest

from assistant.model import Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("擅自在廊桥上拍摄影视作品怎么处罚？", ["责令停止拍摄", "三千元以上九千元以下罚款", "依法赔偿"]),
        ("擅自拍摄罚多少钱？", ["三千元以上九千元以下罚款"]),
        ("骗取民宿补助有什么后果？", ["追回补助资金", "三年内不得申请"]),
        ("未经批准在廊桥上拍摄影视作品会怎么罚？", ["三千元以上九千元以下罚款"]),
    ],
)
def test_a_penalty_with_all_its_steps(ask_rules, question, said):
    answer = ask_rules(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []


def test_a_duty_and_not_only_its_condition(ask_rules):
    answer = ask_rules("证书有效期届满需要继续从业的应当怎么办？")
    assert "届满前60日提出申请" in answer.answer


def test_no_penalty_is_made_up(ask_rules):
    answer = ask_rules("在廊桥上遛狗怎么处罚？")
    assert answer.status is Status.NOT_FOUND


def test_alternatives_and_bounds_are_not_cut_off(ask_rules):
    answer = ask_rules("擅自拍摄会怎么处罚？")
    assert "逾期不停止的" in answer.answer
    assert "依法赔偿" in answer.answer
