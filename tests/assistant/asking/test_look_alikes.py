"""Characters taken for one another by eye: only where what was typed is no word."""

import pytest

from assistant.asking.look_alikes import look_alikes


@pytest.mark.parametrize(("typed", "meant"), [("投人", "投入"), ("末来", "未来"), ("贪困", "贫困")])
def test_a_slip_of_the_eye(typed, meant):
    assert meant in set(look_alikes(typed))


@pytest.mark.parametrize("word", ["人口", "贷款", "检查"])
def test_a_word_is_no_slip(word):
    assert list(look_alikes(word)) == []
