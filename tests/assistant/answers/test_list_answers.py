"""Lists in the source's order and whole, and sets that are only named or counted."""

import pytest

from assistant.model import Reason, Status


def test_a_scaffold_is_told_whole_and_in_order(ask):
    answer = ask("抓好科技创新有哪些举措?")
    at = [answer.answer.find(words) for words in ("松岭实验室", "科技型企业", "青年人才")]
    assert answer.status is Status.ANSWERED
    assert -1 not in at
    assert at == sorted(at)
    assert len(answer.citations) == 3


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("一是建强创新平台,二是什么?", "壮大创新企业"),
        ("先说产业链群,三是什么?", "把风险看住"),
    ],
)
def test_one_item_of_a_scaffold(samples, question, said):
    answer = samples.ask(question)
    assert said in answer.answer
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    ("question", "members"),
    [
        ("重点工种有哪三类?", ["新能源装备安装", "精密仪器操作", "养老护理"]),
        ("三条主导产业链是哪些?", ["新能源装备", "精密仪器", "绿色食品"]),
    ],
)
def test_members_that_stand_beside_their_number(samples, question, members):
    answer = samples.ask(question)
    assert answer.status is Status.ANSWERED
    assert [member for member in members if member not in answer.answer] == []


@pytest.mark.parametrize("question", ["“四改”是指哪四改?", "9条特色街区是哪些?", "9条特色街区的名单是什么?"])
def test_what_is_only_named_or_counted_is_not_made_up(ask, question):
    answer = ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)
    assert any("四改" in text or "9条特色街区" in text for text in answer.nearest)


def test_counted_chains_are_not_made_up(samples):
    answer = samples.ask("20条重点产业链是哪些?")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)


def test_lists_keep_to_their_length(samples):
    for question in ("民生实事有哪些?", "重点抓好哪五项工作?", "保障措施有哪些?"):
        assert len(samples.ask(question).answer) <= 420
