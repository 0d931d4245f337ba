"""Ranks of evidence, and retrieval measures against their formulas and a brute-force reading of them."""

import math
import random

import pytest
from planted_answers import CONTRACT, INTENSITY, LABS, ScriptedAssistant, document

from assistant.evaluation.corpus import Corpus
from assistant.evaluation.retrieval_measures import locate, measure, retrieval_values


def test_evidence_is_located_in_each_arm():
    corpus = Corpus([document()])
    hits = ScriptedAssistant({}).search("anything")
    found = locate([corpus.find(CONTRACT), corpus.find(INTENSITY), corpus.find("文件里没有的话")], hits)
    assert [piece.rank for piece in found] == [1, 2, None]
    assert found[0].arms == {"dense": 1, "lexical": 3}
    assert found[2].arms == {}


def test_evidence_is_found_across_white_space_and_everywhere():
    text = "甲 乙\n丙。甲乙丙"
    places = Corpus([document(text)]).find("甲乙丙").places
    assert [span.of(text) for _, span in places] == ["甲 乙\n丙", "甲乙丙"]


def test_half_of_the_evidence_is_enough_and_less_is_not():
    corpus = Corpus([document()])
    hits = ScriptedAssistant({}).search("anything")
    joined = corpus.find(CONTRACT + "。" + LABS)
    assert [piece.rank for piece in locate([joined], hits)] == [1]
    assert [piece.rank for piece in locate([joined], hits[1:])] == [None]


def test_measures_worked_example():
    # a: pieces at ranks 1 and 3. MRR 1; DCG = 1 + 1/log2(4) = 1.5; ideal 1 + 1/log2(3) = 1.6309
    # b: one piece, not found
    values = retrieval_values({"a": [1, 3], "b": [None]})
    assert values["mrr@10"] == {"a": 1.0, "b": 0.0}
    assert values["ndcg@10"]["a"] == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert values["hit@1"] == {"a": 1.0, "b": 0.0}
    assert values["recall@10"] == {"a": 1.0, "b": 0.0}


def brute_force(ranks):
    """The formulas of the docstring, read literally, for pieces at distinct ranks."""
    within = sorted(rank for rank in ranks if rank is not None and rank <= 10)
    ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(ranks))))
    return {
        "hit@1": float(1 in within),
        "hit@3": float(any(rank <= 3 for rank in within)),
        "hit@10": float(bool(within)),
        "recall@10": len(within) / len(ranks),
        "mrr@10": 1 / within[0] if within else 0.0,
        "ndcg@10": sum(1 / math.log2(rank + 1) for rank in within) / ideal,
    }


def test_measures_agree_with_their_formulas():
    generator = random.Random(3)
    ranks = {
        f"q{number}": generator.sample([*range(1, 15), None, None], generator.randint(1, 4))
        for number in range(200)
    }
    values = retrieval_values(ranks)
    for query, found in ranks.items():
        for name, expected in brute_force(found).items():
            assert values[name][query] == pytest.approx(expected), (name, found)


def test_graded_judgements_are_the_librarys_business():
    values = measure({"q": {"a": 2, "b": 1}}, {"q": {"b": 2.0, "a": 1.0}})
    # gains 1 then 2 over 2 then 1: (1 + 2/log2(3)) / (2 + 1/log2(3))
    assert values["ndcg@10"]["q"] == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert measure({}, {})["mrr@10"] == {}
