"""Documents that another version has read: they are known, and read again from the text that the index holds."""

import shutil
import sqlite3
from dataclasses import replace

import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

from index.errors import IndexBusyError
from index.locks import WriterLock
from index.model import AddOutcome, SearchFilter
from index.passage_index import PassageIndex

LINES = ["力争2025年技术合同成交额突破1000亿元", "2030年突破2000亿元"]
ROW = ("技术合同成交额", "郑州市", "2025", "1000", "亿元")


def entry(document_id="a", *, reading="old", **others):
    return replace(make_entry(document_id, LINES, **others), reading=reading)


def better(document):
    """What a newer version finds: the rows, and the two lines as one passage."""
    found = make_entry(document.id, LINES, indicators=[ROW], superseded={"z": document.id})
    return replace(found, passages=found.passages[:1])


def same(document):
    return make_entry(document.id, LINES)


def readings(index):
    return {record.id: record.reading for record in index.documents()}


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def index(tmp_path, embedder):
    with PassageIndex.open(tmp_path / "index", embedder) as opened:
        yield opened


def test_what_read_a_document_is_kept(index):
    index.add_many([entry("a"), entry("b", reading="new"), entry("c", reading="")])
    assert readings(index) == {"a": "old", "b": "new", "c": None}
    assert index.read_otherwise("new") == ["a", "c"]
    assert index.read_otherwise("old") == ["b", "c"]


def test_the_same_text_read_by_another_version_is_read_again(index, embedder):
    index.add_many([entry()])
    added, generation = index.documents()[0].added_at, index.generation
    embedder.embedded.clear()
    assert index.add_many([entry(reading="new")]) == [AddOutcome.REREAD]
    assert index.add_many([entry(reading="new")]) == [AddOutcome.UNCHANGED]
    assert index.add_many([entry(reading="newer", indicators=[ROW])]) == [AddOutcome.REREAD]
    assert index.generation == generation + 2
    assert embedder.embedded == []
    assert [row.name for row in index.indicators()] == ["技术合同成交额"]
    assert (readings(index), index.documents()[0].added_at) == ({"a": "newer"}, added)


@pytest.mark.parametrize("newer", [make_entry("a", ["新的一段"]), make_entry("a", LINES, groups=["x"])])
def test_a_new_text_or_other_readers_are_an_update(index, newer):
    index.add_many([entry()])
    assert index.add_many([replace(newer, reading="new")]) == [AddOutcome.UPDATED]
    assert readings(index) == {"a": "new"}


def test_all_of_another_version_are_read_again_and_keep_who_may_see_them(index):
    index.add_many([entry("a", groups=["x"]), entry("b", reading="new"), entry("c")])
    added = {record.id: record.added_at for record in index.documents()}
    told = []
    assert index.reread("new", better, lambda *done: told.append(done)) == 2
    assert told == [(1, 2), (2, 2)]
    assert readings(index) == {"a": "new", "b": "new", "c": "new"}
    assert {record.id: record.added_at for record in index.documents()} == added
    assert {record.id: (record.passages, record.indicators) for record in index.documents()} == {
        "a": (1, 1),
        "b": (2, 0),
        "c": (1, 1),
    }
    assert [row.document_id for row in index.indicators()] == ["a", "c"]
    public = SearchFilter(groups=frozenset())
    assert [hit.passage.id for hit in index.search(LINES[0], filters=public)][:2] == ["b#0", "c#0"]
    assert [r.id for r in index.documents(public)] == ["b", "c"]
    assert index.reread("new", better) == 0


def test_where_the_same_is_found_nothing_is_written_again(index, embedder):
    index.add_many([entry("a", indicators=[])])
    embedder.embedded.clear()
    (before,) = index._storage.rows("SELECT * FROM documents")
    assert index.reread("new", same) == 1
    assert index._storage.rows("SELECT * FROM documents") == [before]
    assert embedder.embedded == []
    assert readings(index) == {"a": "new"}
    assert index.search(LINES[0])[0].passage.id == "a#0"


def test_an_error_leaves_what_was_read_and_the_rest_for_the_next_time(index):
    index.add_many([entry("a"), entry("b"), entry("c")])

    def breaks(document):
        if document.id == "b":
            raise KeyboardInterrupt
        return better(document)

    with pytest.raises(KeyboardInterrupt):
        index.reread("new", breaks)
    assert readings(index) == {"a": "new", "b": "old", "c": "old"}
    assert len(index.search(LINES[0], top_k=50)) == 5
    assert index.reread("new", better) == 2
    assert [row.document_id for row in index.indicators()] == ["a", "b", "c"]


def test_who_changes_a_document_meanwhile_is_not_overwritten(index):
    index.add_many([entry("a"), entry("b"), entry("c")])

    def changed_meanwhile(document):
        if document.id == "a":
            index.add_many([replace(make_entry("b", ["新的一段"]), reading="new")])
            index.remove(["c"])
        return better(document)

    assert index.reread("new", changed_meanwhile) == 1
    assert index.document("b").text == "新的一段"
    assert readings(index) == {"a": "new", "b": "new"}


def test_a_removed_document_leaves_no_reading(index):
    index.add_many([entry()])
    index.remove(["a"])
    assert index._storage.rows("SELECT * FROM readings") == []


def test_another_writer_is_waited_for_and_told(index, monkeypatch):
    index.add_many([entry()])
    monkeypatch.setattr(index._lock, "_patience", 0.05)
    with (
        WriterLock(index.folder / "writer.lock").held(),
        pytest.raises(IndexBusyError, match="is writing to"),
    ):
        index.reread("new", better)
    assert readings(index) == {"a": "old"}


# An index that was made before readings were kept has no table of them.


@pytest.fixture
def former(tmp_path, embedder):
    with PassageIndex.open(tmp_path / "former", embedder) as opened:
        opened.add_many([make_entry("a", LINES)])
    with sqlite3.connect(tmp_path / "former" / "index.db") as connection:
        connection.execute("DROP TABLE readings")
    connection.close()
    return tmp_path / "former"


def test_an_index_of_an_earlier_version_counts_as_read_by_another(former, embedder):
    with PassageIndex.open(former, embedder) as index:
        assert (readings(index), index.read_otherwise("new")) == ({"a": None}, ["a"])
        assert index.reread("new", better) == 1
    with PassageIndex.open(former, embedder) as index:
        assert (readings(index), index.read_otherwise("new")) == ({"a": "new"}, [])


def test_an_earlier_version_that_writes_into_it_is_noticed(index):
    index.add_many([entry(reading="new")])
    with index._storage.change() as change:  # as that version would: it knows nothing of readings
        change.run("UPDATE documents SET digest = x'00' WHERE id = 'a'")
    assert (readings(index), index.read_otherwise("new")) == ({"a": None}, ["a"])


def test_it_is_asked_as_it_is_while_another_process_writes(former, embedder, monkeypatch):
    monkeypatch.setattr("index.storage._BUSY_SECONDS", 0.05)
    writer = sqlite3.connect(former / "index.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with PassageIndex.open(former, embedder) as index:
        assert readings(index) == {"a": None}
        assert index.search(LINES[0])[0].passage.id == "a#0"
        writer.execute("ROLLBACK")
        assert index.add_many([entry(reading="new", indicators=[ROW])]) == [AddOutcome.REREAD]
    writer.close()
    with PassageIndex.open(former, embedder) as index:  # what could not be kept is read once more
        assert index.read_otherwise("new") == ["a"]
        assert len(index.indicators()) == 1


def test_a_folder_that_cannot_be_written_to_is_asked_as_it_is(former, embedder, tmp_path, monkeypatch):
    monkeypatch.setattr("index.passage_index._writable", lambda path: False)
    for wal in former.glob("index.db-*"):
        wal.unlink()
    shutil.rmtree(former / "lexical")
    with PassageIndex.open(former, embedder) as index:
        assert (readings(index), index.read_otherwise("new")) == ({"a": None}, ["a"])
        assert index.search(LINES[0])[0].passage.id == "a#0"
