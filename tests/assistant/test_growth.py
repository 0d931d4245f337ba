"""Long questions are answered in time that grows with their length, whatever they are made of."""

from __future__ import annotations

import pytest
from growth import assert_grows_with_length

from assistant.assistant import LONGEST_QUESTION, MOST_TURNS
from assistant.model import Turn

LENGTH = 3_000  # characters: enough to tell a square from a line
NOISE = 0.1  # seconds: what a question takes whatever its length

HOSTILE = {
    "ordinals": "一是",
    "tens": "十",
    "years": "2025年",
    "this year": "今年",
    "days": "1月1日",
    "amounts": "1亿元",
    "squares": "㎡1",
    "names": "技术合同",
    "new ones": "新增",
    "values": "甲乙达到1亿元,丙丁达到2亿元,",
    "places": "郑州市开封市洛阳市和",
    "English words": "gearbox widget ",
    "openers": "（",
    "quotes": "“三标",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_question(samples, name):
    text = (HOSTILE[name] * LENGTH)[:LENGTH]
    assert_grows_with_length(samples.ask, text, ending="多少?", noise=NOISE)


def test_distinct_words_are_no_dearer_than_their_number(samples):
    words = "".join(chr(0x4E00 + 7919 * at % 20_000) for at in range(LENGTH))
    assert_grows_with_length(samples.ask, words, noise=NOISE)


def test_a_question_that_stands_by_itself_reads_no_history(samples, monkeypatch):
    from assistant.conversation import leaning

    read = []
    understand = leaning.understand
    monkeypatch.setattr(
        leaning, "understand", lambda text, **more: read.append(text) or understand(text, **more)
    )
    history = [Turn("一是" * (LONGEST_QUESTION // 2), "一是" * 2_000)] * MOST_TURNS
    question = "到2030年技术合同成交额的目标是多少?"
    samples.ask(question, history)
    assert read == [question]


def test_a_follow_up_reads_back_to_the_turn_that_stands_by_itself(samples, monkeypatch):
    from assistant.conversation import leaning

    read = []
    understand = leaning.understand
    monkeypatch.setattr(
        leaning, "understand", lambda text, **more: read.append(text) or understand(text, **more)
    )
    asked = "到2025年技术合同成交额的目标是多少?"
    samples.ask("那2030年呢?", [Turn("一是" * 2_000, ""), Turn(asked, "1000亿元")])
    assert read == ["那2030年呢?", asked]
