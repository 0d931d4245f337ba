"""What `PassageIndex.open` makes of folders that are none, that are others', damaged, old or half written."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

from index.errors import IncompatibleIndexError, IndexBusyError, IndexStoreError
from index.locks import WriterLock
from index.model import SearchFilter
from index.passage_index import PassageIndex
from index.storage import DATABASE

ENTRY = make_entry("a", ["力争2025年技术合同成交额突破1000亿元", "2030年突破2000亿元"])


@pytest.fixture
def folder(tmp_path):
    """A closed index with one document."""
    with PassageIndex.open(tmp_path / "index", FakeEmbedder()) as index:
        index.add_many([ENTRY])
    return tmp_path / "index"


def found(folder, embedder=None):
    with PassageIndex.open(folder, embedder or FakeEmbedder()) as index:
        return [hit.passage.id for hit in index.search("技术合同成交额")]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_made_with_its_parents(tmp_path):
    assert found(tmp_path / "deep" / "index") == []
    assert found(tmp_path / "deep" / "index") == []


def test_nothing_is_made_unless_it_may(tmp_path):
    with pytest.raises(IndexStoreError, match=r"There is no index in .*nowhere.* `assistant add`"):
        PassageIndex.open(tmp_path / "nowhere", FakeEmbedder(), create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_index(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(IndexStoreError, match=r"notes.txt is a file, not an index folder.*--index"):
        PassageIndex.open(path, FakeEmbedder())
    with pytest.raises(IndexStoreError, match="cannot be made"):
        PassageIndex.open(path / "below", FakeEmbedder())
    assert path.read_text() == "mine"


def test_a_folder_of_other_files_is_left_alone(tmp_path):
    (tmp_path / "report.docx").write_text("mine")
    with pytest.raises(IndexStoreError, match=r"holds other files \(report.docx\) and no index"):
        PassageIndex.open(tmp_path, FakeEmbedder())
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]


def test_a_creation_that_was_killed_is_taken_up(tmp_path):
    (tmp_path / "writer.lock").touch()
    (tmp_path / DATABASE).touch()
    assert found(tmp_path) == []


def test_a_database_of_another_program_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("CREATE TABLE photos (name)")
    connection.close()
    before = files(tmp_path)
    with pytest.raises(IndexStoreError, match="another program"):
        PassageIndex.open(tmp_path, FakeEmbedder())
    assert files(tmp_path)[DATABASE] == before[DATABASE]


@pytest.mark.parametrize(
    "damage", [lambda data: b"not a database" * 500, lambda data: data[:100] + b"\0" * (len(data) - 100)]
)
def test_a_damaged_database_is_told_and_kept(folder, damage):
    path = folder / DATABASE
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(IndexStoreError, match=r"index.db (is damaged|belongs)"):
        PassageIndex.open(folder, FakeEmbedder())
    assert path.read_bytes() == before


def test_damage_that_shows_later_is_told(folder):
    path = folder / DATABASE
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    path.write_bytes(bytes(data))
    with pytest.raises(IndexStoreError, match=r"is damaged.*backup"):
        found(folder)


def test_another_embedder_is_refused_with_both_names(folder):
    other = FakeEmbedder(seed=1, name="bigger")
    with pytest.raises(
        IncompatibleIndexError,
        match=r"model fake \(fake-32-0\).*now bigger \(fake-32-1\).*`assistant reindex",
    ):
        PassageIndex.open(folder, other)
    assert found(folder)[0] == "a#0"


def test_another_format_is_refused(folder):
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("UPDATE manifest SET value = '99' WHERE name = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(
        IncompatibleIndexError, match=r"index format 99, but this version reads format 1\. Add"
    ):
        PassageIndex.open(folder, FakeEmbedder())


@pytest.mark.parametrize("loss", ["lexical", "generation", "meta.json", "segments", "garbage"])
def test_a_lost_inverted_index_is_made_again(folder, loss):
    lexical = folder / "lexical"
    if loss == "lexical":
        shutil.rmtree(lexical)
    elif loss == "garbage":
        (lexical / "meta.json").write_text("{")
    elif loss == "segments":
        for path in lexical.glob("*.idx"):
            path.unlink()
    else:
        (lexical / loss).unlink()
    embedder = FakeEmbedder()
    with PassageIndex.open(folder, embedder) as index:
        assert [hit.passage.id for hit in index.search_arms("技术合同成交额")["lexical"]] == ["a#0"]
    assert embedder.embedded == ["技术合同成交额"]


def test_a_derived_store_of_a_later_generation_is_made_again(folder):
    (folder / "lexical" / "generation").write_text("7")
    (folder / "vectors-7.faiss").write_text("of another index.db")
    (folder / "vectors-1.faiss").write_text("broken")
    (folder / "vectors-x.faiss").write_text("not ours")
    assert found(folder)[0] == "a#0"
    assert (folder / "lexical" / "generation").read_text() == "1"


def test_a_folder_that_may_only_be_read_can_be_searched(folder, monkeypatch):
    # Tests may run as root, who may write everywhere: the answer of the system is put in its place.
    monkeypatch.setattr("index.passage_index.os.access", lambda path, mode: False)
    before = files(folder)
    assert found(folder)[0] == "a#0"
    shutil.rmtree(folder / "lexical")
    assert found(folder)[0] == "a#0"
    with (
        PassageIndex.open(folder, FakeEmbedder()) as index,
        pytest.raises(IndexStoreError, match=r"cannot be written to.*--index"),
    ):
        index.add_many([make_entry("b", ["新的文件"])])
    assert {name: data for name, data in files(folder).items() if name in before and name == DATABASE} == {
        DATABASE: before[DATABASE]
    }


def test_a_closed_index_says_so(folder):
    index = PassageIndex.open(folder, FakeEmbedder())
    index.search("技术")
    index.close()
    with pytest.raises(IndexStoreError, match=r"was closed.*[Oo]pen"):
        index.search("技术")


def test_another_writing_process_is_waited_for_and_then_told(folder, monkeypatch):
    monkeypatch.setattr("index.passage_index.WriterLock", lambda path: WriterLock(path, patience=0.1))
    program = (
        "import filelock, sys as s; l = filelock.FileLock(s.argv[1]); l.acquire(); print(flush=1); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder / "writer.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        holder.stdout.readline()
        with PassageIndex.open(folder, FakeEmbedder()) as index:
            with pytest.raises(IndexBusyError, match=r"Another process is writing to .*index.*try again"):
                index.add_many([make_entry("b", ["新的文件"])])
            assert index.search("技术合同成交额")[0].passage.id == "a#0"
            holder.communicate(b"\n")
            index.add_many([make_entry("b", ["新的文件"])])
            assert len(index.documents()) == 2
    finally:
        holder.kill()
        holder.communicate()


def test_two_open_indexes_see_each_others_changes(folder):
    with PassageIndex.open(folder, FakeEmbedder()) as one, PassageIndex.open(folder, FakeEmbedder()) as two:
        two.search("技术")
        one.add_many([make_entry("b", ["国家级创新平台超过80家"])])
        assert two.generation == one.generation
        assert two.search("国家级创新平台") == one.search("国家级创新平台")
        two.remove(["a"])
        assert one.search("技术合同成交额") == two.search("技术合同成交额")
        assert [hit.passage.id for hit in one.search("技术合同成交额")] == ["b#0"]
        one.set_groups("b", frozenset({"x"}))
        assert two.search("国家级创新平台", filters=SearchFilter(groups=frozenset())) == []


def test_vectors_of_a_large_index_have_a_file_that_keeps_up(tmp_path, monkeypatch):
    monkeypatch.setattr("index.derived._WORTH_SAVING", 10)
    lines = [f"第{number}项" for number in range(30)]
    with PassageIndex.open(tmp_path, FakeEmbedder()) as index:
        index.add_many([make_entry("a", lines)])
        first = [path.name for path in tmp_path.glob("*.faiss")]
        index.add_many([make_entry("b", ["少量新文字"])])
        index.remove(["b"])
        assert [path.name for path in tmp_path.glob("*.faiss")] == first == ["vectors-1.faiss"]
        index.add_many([make_entry("c", lines[:9]), make_entry("d", ["更多"])])
        assert [path.name for path in tmp_path.glob("*")].count("vectors-5.faiss") == 1
        expected = index.search("第7项", top_k=50)
    with PassageIndex.open(tmp_path, FakeEmbedder()) as index:
        assert index.search("第7项", top_k=50) == expected


def test_threads_search_while_one_adds(folder):
    problems = []

    def search(index, stop):
        while not stop.is_set():
            try:
                hits = index.search("技术合同成交额2030年")
                assert {hit.passage.document_id for hit in hits} >= {"a"}
                assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
            except BaseException as error:
                problems.append(error)
                return

    with PassageIndex.open(folder, FakeEmbedder()) as index:
        stop = threading.Event()
        readers = [threading.Thread(target=search, args=(index, stop)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for number in range(8):
            index.add_many(
                [
                    make_entry(
                        f"n{number % 3}", [f"第{number}批技术合同", "其他文字"], groups=["x"] * (number % 2)
                    )
                ]
            )
            if number % 4 == 3:
                index.remove([f"n{number % 3}"])
        stop.set()
        for reader in readers:
            reader.join(30)
        assert problems == []
        assert len(index.documents()) == 3


def test_threads_that_add_take_turns(folder):
    with PassageIndex.open(folder, FakeEmbedder()) as index:
        writers = [
            threading.Thread(target=index.add_many, args=([make_entry(f"n{number}", [f"第{number}份文件"])],))
            for number in range(4)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(30)
        assert len(index.documents()) == 5
        assert index.generation == 5
        assert len(index.search("文件", top_k=50)) == 6


def test_importing_and_opening_loads_nothing_heavy(folder):
    program = (
        "import sys\n"
        "sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from index.passage_index import PassageIndex\n"
        "from fake_embedder import FakeEmbedder\n"
        "with PassageIndex.open(Path(sys.argv[1]), FakeEmbedder()) as index: index.documents()\n"
        "heavy = {'torch', 'sentence_transformers', 'faiss', 'rjieba', 'scipy'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", program, str(folder), str(tests.parent), str(tests)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_threads_share_one_copy_of_the_file_in_memory(folder):
    with PassageIndex.open(folder, FakeEmbedder()) as index:
        index.search("技术合同成交额")
        mapped = Path("/proc/self/maps")
        if not mapped.is_file():
            pytest.skip("this system does not tell what is mapped")
        assert not [line for line in mapped.read_text().splitlines() if line.endswith(str(folder / DATABASE))]
