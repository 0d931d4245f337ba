"""What the browser keeps comes back as it was, and nothing that was tampered with does."""

import json

import pytest
import scripted_assistant as fake
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Turn
from ui.conversation import (
    LONGEST_CONVERSATION,
    MOST_CONVERSATIONS,
    Archive,
    Conversation,
    Exchange,
    archive_restored,
    card_of,
    restored,
)


def conversation(owner=""):
    answers = [fake.ScriptedAssistant().ask(text) for text in ("2030年成交额", "谁说的", "别的")]
    exchanges = [Exchange(answer.question, card_of(answer)) for answer in answers]
    return Conversation(owner, (*exchanges, Exchange("停下的")))


def test_what_is_stored_comes_back_through_json():
    kept = conversation("key-1").rated(0, helpful=False)
    assert restored(json.loads(json.dumps(kept.stored())), "key-1") == kept


def test_another_visitor_does_not_get_it():
    assert restored(conversation("key-1").stored(), "key-2") == Conversation("key-2")


@pytest.mark.parametrize(
    "damaged", [None, 7, "x", [], {"exchanges": "x"}, {"owner": 1}, {"exchanges": [{"question": 3}]}]
)
def test_damage_gives_an_empty_conversation(damaged):
    assert restored(damaged, "me") == Conversation("me")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["owner", "exchanges", "question", "card", "answer"]), inner)
        ),
    )
)
def test_whatever_a_browser_sends_is_no_error(value):
    assert isinstance(restored(value, ""), Conversation)


def test_only_answered_exchanges_are_history():
    turns = conversation().turns()
    assert turns[0] == Turn("2030年成交额", "力争突破2000亿元。")
    assert len(turns) == 3


def test_the_oldest_leave_a_long_conversation():
    kept = Conversation()
    for number in range(LONGEST_CONVERSATION + 5):
        kept = kept.plus(Exchange(str(number)))
    assert len(kept.exchanges) == LONGEST_CONVERSATION
    assert kept.exchanges[0].question == "5"
    assert kept.cut(2).exchanges[-1].question == "6"


def test_a_card_knows_where_each_part_was_carried_from():
    card = conversation().exchanges[0].card
    document = fake.document()
    assert [(part, document.text[start:end]) for part, start, end in card.carried_from(1)] == [
        ("hedge", "力争"), ("name", "技术合同成交额"),
    ]  # fmt: skip
    assert card.carried_from(2) == ()


def test_earlier_conversations_come_back_latest_first_and_can_be_left_out():
    archive = Archive("me")
    for number in range(MOST_CONVERSATIONS + 2):
        archive = archive.with_latest(Conversation("me", (Exchange(str(number)),)))
    archive = archive.with_latest(Conversation("me"))
    kept = archive_restored(json.loads(json.dumps(archive.stored())), "me")
    assert kept == archive
    assert [each.exchanges[0].question for each in kept.conversations][:2] == ["11", "10"]
    assert len(kept.conversations) == MOST_CONVERSATIONS
    assert kept.without(0).conversations[0].exchanges[0].question == "10"
    assert kept.without(99) == kept
    assert archive_restored(archive.stored(), "another") == Archive("another")
    assert archive_restored("damaged", "me") == Archive("me")
