"""Forms of English words, and the words that they come from."""

from __future__ import annotations

from collections import Counter

import pytest

from index.training.inflections import inflected_forms, known_word

WORDS = {"pharmacy", "nursery", "church", "stop", "hope", "tie", "large", "crisis", "city", "bus", "able"}


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("pharmacies", "pharmacy"),
        ("churches", "church"),
        ("stopped", "stop"),
        ("hoping", "hope"),
        ("tying", "tie"),
        ("larger", "large"),
        ("largest", "large"),
        ("crises", "crisis"),
        ("buses", "bus"),
        ("cities", "city"),
    ],
)
def test_a_form_comes_from_its_word(form: str, word: str) -> None:
    assert known_word(form, WORDS) == word


def test_other_words_come_from_none() -> None:
    assert [known_word(other, WORDS) for other in ("table", "thing", "bed", "as", "")] == [None] * 5


def test_frequent_forms_come_first_and_what_is_known_or_rare_is_left_out() -> None:
    seen = Counter({"pharmacies": 5, "nurseries": 9, "churches": 2, "stop": 40, "unrelated": 30})
    assert inflected_forms(seen, WORDS, 5) == ["nurseries", "pharmacies"]
    assert inflected_forms(seen, WORDS, 1) == ["nurseries"]
