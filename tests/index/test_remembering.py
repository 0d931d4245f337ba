"""What is read is remembered, and nobody is ever shown what was so before a change or is for others."""

import threading
from dataclasses import replace

import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

from index import catalogue
from index.errors import UnknownDocumentError
from index.model import SearchFilter
from index.passage_index import PassageIndex
from index.records import from_json
from index.remembering import Remembered

ROWS = [("技术合同成交额", "郑州市", "2030", str(value), "亿元") for value in range(3)]
ENTRY = make_entry("a", ["2030年技术合同成交额突破2000亿元", "其他文字"], indicators=ROWS)
X, Y = SearchFilter(groups=frozenset("x")), SearchFilter(groups=frozenset("y"))


@pytest.fixture
def decoded(monkeypatch):
    """The kinds of all that is decoded from the store."""
    kinds = []

    def count(kind, text):
        kinds.append(kind.__name__)
        return from_json(kind, text)

    monkeypatch.setattr(catalogue, "from_json", count)
    return kinds


@pytest.fixture
def index(decoded, tmp_path):
    with PassageIndex.open(tmp_path / "index", FakeEmbedder()) as opened:
        opened.add_many([ENTRY])
        yield opened


def read(index, filters=None):
    return (
        index.documents(filters),
        index.document("a", filters),
        index.indicators(filters=filters),
        index.search("技术合同", filters=filters),
        index.passages("a", filters),
    )


def test_nothing_is_decoded_twice(index, decoded):
    first = read(index)
    assert sorted(decoded) == ["Document", *["Indicator"] * 3, *["Passage"] * 2]
    assert read(index) == first
    assert read(index, X) == first
    assert len(decoded) == 6


def test_a_change_of_this_process_or_another_is_seen_at_once(index):
    read(index)
    changed = replace(
        ENTRY, document=replace(ENTRY.document, title="新标题"), indicators=ENTRY.indicators[:1]
    )
    with PassageIndex.open(index.folder, FakeEmbedder()) as other:
        other.add_many([changed])
    assert index.document("a").title == index.documents()[0].title == "新标题"
    assert len(index.indicators()) == 1
    index.add_many([ENTRY])
    assert index.document("a") == ENTRY.document
    assert index.indicators() == list(ENTRY.indicators)
    index.remove(["a"])
    assert index.documents() == index.indicators() == index.indicators(passage_ids=["a#0"]) == []
    with pytest.raises(UnknownDocumentError):
        index.document("a")


def test_who_may_see_it_is_asked_each_time(index):
    read(index, Y)
    index.set_groups("a", frozenset("x"))
    assert index.document("a", X) == ENTRY.document
    assert [record.id for record in index.documents(X)] == ["a"]
    assert index.documents(Y) == index.indicators(filters=Y) == []
    assert index.indicators(passage_ids=["a#0"], filters=Y) == []
    assert index.passage("a#0", Y) is None
    with pytest.raises(UnknownDocumentError):
        index.document("a", Y)


def test_a_list_that_was_given_away_is_nobody_elses(index):
    index.documents().clear()
    index.indicators().clear()
    assert len(index.documents()) == 1
    assert len(index.indicators()) == 3


def test_rows_of_passages_are_those_and_no_others(index, decoded):
    lines = [f"第{number}项技术合同成交额" for number in range(40)]
    entry = make_entry("large", lines)
    rows = [
        replace(ENTRY.indicators[0], id=f"r{at}", document_id="large", passage_id=passage.id)
        for at, passage in enumerate(entry.passages)
    ]
    index.add_many([replace(entry, indicators=tuple(rows))])
    decoded.clear()
    assert index.indicators(passage_ids=["large#30", "large#7", "a#0", "none", "a#1"]) == [
        *ENTRY.indicators,
        rows[7],
        rows[30],
    ]
    assert len(decoded) == 5
    assert index.indicators(passage_ids=["large#7"], document_ids=["a"]) == []
    assert index.indicators(passage_ids=[]) == []
    assert index.indicators(passage_ids=["large#7"], year=2031) == []
    plan = index._storage.rows(
        "EXPLAIN QUERY PLAN SELECT 1 FROM indicators i "
        "WHERE i.document = 1 AND json_extract(i.data, '$.passage_id') = 'a'"
    )
    assert "indicators_of_passage" in str(plan)


def test_a_memory_is_bounded_and_forgets_what_was_not_used():
    kept, read_values = Remembered(10, len), []

    def value_of(key, value):
        return kept.get(key, lambda: read_values.append(key) or value)

    assert value_of(1, "aaaa") == value_of(1, "never read") == "aaaa"
    value_of(2, "bbbb")
    value_of(1, "used again")
    value_of(3, "cccc")  # now the second is the one that was not used for longest
    assert value_of(4, "d" * 11) == "d" * 11  # too heavy to be kept, and pushes nobody out
    assert read_values == [1, 2, 3, 4]
    assert value_of(1, "?") == "aaaa"
    assert value_of(2, "BBBB") == "BBBB"
    for key in range(100, 200):
        value_of(key, "")
    assert len(kept) <= 10


def test_threads_may_read_the_same():
    kept, problems = Remembered(50, len), []

    def work():
        for number in range(3000):
            key = number * 7 % 40
            if kept.get(key, lambda key=key: str(key) * 3) != str(key) * 3:
                problems.append(key)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    assert kept._total == sum(len(value) for value in kept._values.values()) <= 50
