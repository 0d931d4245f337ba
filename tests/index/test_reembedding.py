"""An index gets the vectors of another embedder from the texts that it holds."""

import numpy as np
import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

from index.errors import IndexBusyError, IndexStoreError, OtherModelError
from index.locks import WriterLock
from index.model import SearchFilter
from index.passage_index import PassageIndex

QUERY = "技术合同成交额"
ENTRIES = [
    make_entry(
        "a",
        ["力争2025年技术合同成交额突破1000亿元", "2030年突破2000亿元", "全社会研发投入强度达到3%"],
        indicators=[("技术合同成交额", "郑州市", "2025", "1000", "亿元")],
    ),
    make_entry("b", ["国家级创新平台超过80家", "2030年突破2000亿元"], groups=["x"], superseded={"a": "b"}),
]
OTHERS = {
    "same dimension": lambda: FakeEmbedder(seed=1, name="newer"),
    "fewer dimensions": lambda: FakeEmbedder(dimension=8, name="smaller"),
    "more dimensions": lambda: FakeEmbedder(dimension=64, name="larger"),
}


class PlainEmbedder:
    """An embedder without tokens."""

    def __init__(self):
        self._inner = FakeEmbedder(dimension=16, seed=5)
        self.name, self.fingerprint, self.dimension = "plain", "plain-1", 16

    def embed(self, texts):
        return self._inner.embed(texts)


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path / "index", FakeEmbedder())


def make(folder, embedder):
    with PassageIndex.open(folder, embedder) as index:
        index.add_many(ENTRIES)
        index.remove(["b"])
        index.add_many(ENTRIES)
    return folder


def shown(folder, embedder):
    """All that can be seen of an index but when it was written."""
    with PassageIndex.open(folder, embedder, create=False) as index:
        passages = [index.passages(record.id) for record in index.documents()]
        records = [(r.id, r.revision, r.groups, r.superseded_by) for r in index.documents()]
        arms = index.search_arms(QUERY)
        public = index.search(QUERY, filters=SearchFilter(groups=frozenset()))
        return records, passages, index.indicators(), arms, public


@pytest.mark.parametrize("other", OTHERS)
def test_it_is_as_if_it_had_been_made_with_the_other_embedder(folder, tmp_path, other):
    told = []
    assert PassageIndex.reembed(folder, OTHERS[other](), lambda *done: told.append(done)) == 5
    assert told == [(5, 5)]
    expected = shown(make(tmp_path / "made", OTHERS[other]()), OTHERS[other]())
    assert shown(folder, OTHERS[other]()) == expected
    assert expected[3]["rerank"][0].passage.id == "a#0"
    with pytest.raises(OtherModelError, match=r"made with the model .* Run `assistant reindex --index "):
        PassageIndex.open(folder, FakeEmbedder())


def test_an_embedder_without_tokens_leaves_none_of_the_former(folder, tmp_path):
    PassageIndex.reembed(folder, PlainEmbedder())
    assert shown(folder, PlainEmbedder()) == shown(make(tmp_path / "made", PlainEmbedder()), PlainEmbedder())
    PassageIndex.reembed(folder, FakeEmbedder())
    assert shown(folder, FakeEmbedder()) == shown(make(tmp_path / "again", FakeEmbedder()), FakeEmbedder())


def test_many_passages_are_told_of_in_steps(folder, monkeypatch):
    monkeypatch.setattr("index.changes._REEMBEDDED_AT_ONCE", 2)
    told = []
    PassageIndex.reembed(folder, OTHERS["same dimension"](), lambda *done: told.append(done))
    assert told == [(2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("other", OTHERS)
def test_a_file_of_the_former_vectors_is_not_believed(folder, monkeypatch, other):
    monkeypatch.setattr("index.derived._WORTH_SAVING", 1)
    with PassageIndex.open(folder, FakeEmbedder()) as index:
        index.search(QUERY)
        index.add_many([make_entry("c", ["新的文件"])])
    (file,) = folder.glob("vectors-*.faiss")
    data = file.read_bytes()
    PassageIndex.reembed(folder, OTHERS[other]())
    for found in folder.glob("vectors-*.faiss"):
        found.unlink()
    file.write_bytes(data)  # as when the process is killed after its transaction
    embedder = OTHERS[other]()
    with PassageIndex.open(folder, embedder) as index:
        (hit, *_) = index.search_arms(QUERY)["dense"]
        text = index.passage(hit.passage.id).indexed_text
        exact = embedder.embed([QUERY])[0] @ embedder.embed([text])[0]
        assert hit.arms["dense"].score == pytest.approx(float(exact), abs=2e-3)


def test_the_same_embedder_changes_nothing(folder):
    embedder = FakeEmbedder()
    with PassageIndex.open(folder, embedder) as index:
        before = index.generation
    assert PassageIndex.reembed(folder, embedder) == 0
    assert embedder.embedded == []
    with PassageIndex.open(folder, embedder) as index:
        assert index.generation == before


def test_an_error_half_way_leaves_the_index_as_it_was(folder, monkeypatch):
    monkeypatch.setattr("index.changes._REEMBEDDED_AT_ONCE", 2)
    before = shown(folder, FakeEmbedder())

    def stop(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        PassageIndex.reembed(folder, OTHERS["same dimension"](), stop)
    assert shown(folder, FakeEmbedder()) == before


@pytest.mark.parametrize("searched_before", [True, False])
def test_who_has_it_open_with_the_former_embedder_is_told(folder, searched_before):
    with PassageIndex.open(folder, FakeEmbedder()) as index:
        if searched_before:
            index.search(QUERY)
        PassageIndex.reembed(folder, OTHERS["fewer dimensions"]())
        for act in (lambda: index.search(QUERY), lambda: index.add_many([make_entry("c", ["新"])])):
            with pytest.raises(OtherModelError, match=r"changed to the model smaller .*Start this program"):
                act()
        assert [record.id for record in index.documents()] == ["a", "b"]
    with PassageIndex.open(folder, OTHERS["fewer dimensions"]()) as index:
        assert len(index.documents()) == 2


def test_a_search_that_is_under_way_never_reads_the_others_tokens(folder):
    with PassageIndex.open(folder, FakeEmbedder()) as index:
        index.search(QUERY)
        PassageIndex.reembed(folder, OTHERS["same dimension"]())
        with pytest.raises(OtherModelError):
            index._searcher._stored_tokens(np.array([1]))


def test_it_waits_for_a_writer_and_then_says_so(folder, monkeypatch):
    monkeypatch.setattr("index.passage_index.WriterLock", lambda path: WriterLock(path, patience=0.05))
    with WriterLock(folder / "writer.lock").held(), pytest.raises(IndexBusyError, match="is writing to"):
        PassageIndex.reembed(folder, OTHERS["same dimension"]())
    assert shown(folder, FakeEmbedder())[0]


def test_there_must_be_an_index(tmp_path):
    with pytest.raises(IndexStoreError, match="There is no index in"):
        PassageIndex.reembed(tmp_path / "nowhere", FakeEmbedder())
    assert list(tmp_path.iterdir()) == []
