"""Citation recall and precision by worked examples, and exact quotes."""

import pytest
from planted_answers import CONTRACT, INTENSITY, LABS, document

from assistant.evaluation.citation_measures import bad_quotes, citation_precision, citation_recall
from assistant.evaluation.corpus import Corpus
from assistant.evaluation.model import Quote
from documents.model import Span


def test_worked_example():
    # two pieces of evidence, one of them quoted; of two quotes one says it: recall 1/2, precision 1/2
    quotes = [f"科技局介绍,{CONTRACT}。", "会议由李明主持。"]
    assert citation_recall(quotes, [CONTRACT, INTENSITY]) == 0.5
    assert citation_precision(quotes, [CONTRACT, INTENSITY]) == 0.5


def test_a_quote_of_part_of_the_evidence_is_relevant_but_does_not_recall_it():
    assert citation_recall(["2030年突破2000亿元"], [CONTRACT]) == 0.0
    assert citation_precision(["2030年突破2000亿元"], [CONTRACT]) == 1.0
    assert citation_precision([LABS], [CONTRACT]) == 0.0


def test_nothing_to_cite_or_nothing_cited():
    assert citation_recall([CONTRACT], []) is None
    assert citation_precision([CONTRACT], []) is None
    assert citation_recall([], [CONTRACT]) == 0.0
    assert citation_precision([], [CONTRACT]) is None


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        (Quote(CONTRACT, "plan", Span(9, 9 + len(CONTRACT))), None),
        (Quote(CONTRACT, "plan", Span(10, 10 + len(CONTRACT))), "says"),
        (Quote(CONTRACT, "other", Span(9, 9 + len(CONTRACT))), "no document 'other'"),
        (Quote(CONTRACT, "plan", Span(9, 9 + len(CONTRACT)), "0" * 64), "revision"),
        (Quote(CONTRACT), None),
        (Quote("文件里没有的话"), "no document holds"),
        (Quote(""), "empty"),
    ],
)
def test_exact_quotes(quote, told):
    assert document().text.index(CONTRACT) == 9
    found = bad_quotes([quote], Corpus([document()]))
    assert (len(found), told is None or told in found[0]) == (int(told is not None), True)


def test_without_documents_nothing_is_blamed():
    assert bad_quotes([Quote("文件里没有的话")], None) == ()


def test_a_figure_is_printed_when_it_stands_alone():
    corpus = Corpus([document()])
    assert corpus.prints("2000亿元")
    assert corpus.prints("3.5%")
    assert not corpus.prints("00亿元")
    assert not corpus.prints("5%")
