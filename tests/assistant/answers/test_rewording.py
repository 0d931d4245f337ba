"""Other words for unprinted ones: colloquial, short, mistyped, in pinyin; and words that stay as they are."""

from datetime import date

import numpy as np
import pytest
from fake_embedder import FakeEmbedder

from assistant.answers.evidence import Found, Pool
from assistant.answers.rewording import reworded
from assistant.asking.questions import understand
from documents.indicators import extract_indicators
from documents.passages import split_passages
from documents.reading import read_bytes

TEXT = """# 安居简报

购房补贴由市住房和城乡建设局发放。家庭医生签约率达到40%。中医专科诊所增加到30家。

市卫生健康委主任鲁思远说,培育家庭农场120个,租金补贴按月发放。
"""


@pytest.fixture(scope="module")
def pool():
    document = read_bytes("homes.md", TEXT.encode(), source_key="homes")
    passages = split_passages(document)
    found = [Found(document, passage, at, 1.0) for at, passage in enumerate(passages, 1)]
    return Pool.of(found, extract_indicators(document, passages))


def alternatives(question, pool, embedder=None):
    terms = reworded(understand(question), pool, embedder or FakeEmbedder()).terms
    return {alternative for one in terms for alternative in one.alternatives}


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("买房有补贴吗?", "购房"),
        ("房租补贴怎么发?", "租金"),
        ("Who is Lu Siyuan?", "鲁思远"),
        ("Who is Siyuan Lu?", "鲁思远"),
    ],
)
def test_in_the_words_of_the_documents(question, printed, pool):
    assert any(printed in alternative for alternative in alternatives(question, pool))


def test_a_slip_between_homophones(pool):
    assert "专科" in alternatives("中医转科诊所有多少家?", pool)


def test_words_that_are_printed_stay_alone(pool):
    question = understand("家庭农场有多少个?")
    assert reworded(question, pool, FakeEmbedder()).terms == question.terms


def test_words_that_nothing_stands_for_stay_as_they_are(pool):
    question = understand("水族馆有多少家?")
    assert {one.text for one in reworded(question, pool, FakeEmbedder()).terms} == {
        one.text for one in question.terms
    }


class Knowing(FakeEmbedder):
    """Puts “family farms” where 家庭农场 is, and everything else elsewhere."""

    def embed(self, texts):
        return np.array(
            [
                [1.0, 0.0] if text in {"crofts", "家庭农场"} else [0.0, 1.0 if text.isascii() else -1.0]
                for text in texts
            ],
            dtype=np.float32,
        )


def test_an_english_word_that_no_glossary_knows_is_what_the_model_puts_nearest(pool):
    assert "家庭农场" in alternatives("How many crofts are there?", pool, Knowing())
    assert "家庭农场" not in alternatives("How many zeppelins are there?", pool, Knowing())


def test_nothing_but_terms_is_changed(pool):
    question = understand("2030年买房补贴是多少元?", reference=date(2026, 1, 1))
    other = reworded(question, pool, FakeEmbedder())
    assert (other.text, other.key, other.kind, other.periods, other.unit) == (
        question.text,
        question.key,
        question.kind,
        question.periods,
        question.unit,
    )
