"""The per-user index looks after itself: its samples and, after an upgrade, its vectors and what was read."""

import sqlite3
from dataclasses import replace

import pytest
from fake_embedder import FakeEmbedder

from assistant import build, samples
from assistant.errors import SampleError
from assistant.model import Verdict
from assistant.rereading import advice
from assistant.settings import load_settings
from documents.fingerprint import READING
from index.errors import IncompatibleIndexError, IndexBusyError
from index.locks import WriterLock
from index.passage_index import PassageIndex

PLAN = "齐云市创新计划\n\n力争2027年技术合同成交额突破{}亿元。\n"
NOTICE = "关于开放日的通知\n\n开放日定于五月十日举行,地点在市科技馆。\n"


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The folder of the samples that this version ships."""
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN.format(300), "utf-8")
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    monkeypatch.setattr(samples, "SAMPLES", folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


@pytest.fixture
def model(monkeypatch):
    """Name the model that the next start has; the embedder of the last start is in `used`."""

    class Model:
        seed, used = 0, None

        def load(self, name):
            self.used = FakeEmbedder(seed=self.seed)
            return self.used

    chosen = Model()
    monkeypatch.setattr(build, "load_embedder", chosen.load)
    return chosen


def start(tell=None, index=None):
    return build.build_assistant(load_settings(index=index), tell)


def sources(assistant):
    return sorted(record.source.rsplit("/", 1)[-1] for record in assistant.documents())


def texts(assistant):
    return "".join(assistant.document(record.id).text for record in assistant.documents())


def own(tmp_path, text="会议纪要\n\n会议决定于六月一日启用新系统。\n"):
    path = tmp_path / "mine.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_first_start_adds_the_samples_and_a_second_nothing(shipped, model):
    first = start()
    assert sources(first) == ["notice.txt", "plan.txt"]
    generation = first.index.generation
    assert start().index.generation == generation
    assert model.used.embedded == []


def test_an_upgrade_of_the_model_embeds_again_and_says_so_once(shipped, model, tmp_path):
    first = start()
    first.add([own(tmp_path)], groups=frozenset({"x"}))
    before, hits = first.documents(), first.search("技术合同成交额")
    model.seed = 1
    told = []
    second = start(told.append)
    assert told == ["The model is now fake (fake-32-1): embedding the documents anew."]
    assert second.documents() == before
    assert second.search("技术合同成交额")[0].passage == hits[0].passage
    assert second.index.embedder.fingerprint == "fake-32-1"
    start(told.append)
    assert len(told) == 1


def test_a_named_index_is_refused_with_the_command_that_helps(shipped, model, tmp_path):
    start(index=tmp_path / "named").add([own(tmp_path)])
    model.seed = 1
    with pytest.raises(IncompatibleIndexError, match=r"Run `assistant reindex --index .*named`"):
        start(index=tmp_path / "named")
    done = build.reindex(load_settings(index=tmp_path / "named"))
    assert (done.embedded > 0, done.reread) == (True, 0)
    assert sources(start(index=tmp_path / "named")) == ["mine.txt"]  # and no samples


@pytest.fixture
def upgraded(monkeypatch):
    """Let the documents that are there have been read by another version, which found less in them."""

    def upgrade(assistant):
        for record in assistant.documents():
            document = replace(assistant.document(record.id), number=None, place="某市")
            passages = assistant.index.passages(record.id)[:1]
            assistant.index.add(document, passages, groups=record.groups, reading="older")

    return upgrade


def test_an_upgrade_reads_the_own_index_again_and_says_so_once(shipped, model, tmp_path, upgraded):
    first = start()
    first.add([own(tmp_path)], groups=frozenset({"x"}))
    documents = {record.id: first.document(record.id) for record in first.documents()}
    rows, before = first.indicators(), first.documents()
    assert rows
    upgraded(first)
    assert first.indicators() == []
    told = []
    second = start(told.append)
    assert told == ["Another version of this program has read 3 documents here: reading them anew."]
    assert {record.id: second.document(record.id) for record in second.documents()} == documents
    assert second.indicators() == rows
    assert {r.id: r.groups for r in second.documents()} == {r.id: r.groups for r in before}
    generation = second.index.generation
    assert start(told.append).index.generation == generation
    assert len(told) == 1


def test_an_index_of_a_version_without_readings_is_read_again(shipped, model, tmp_path):
    start().index.close()
    with sqlite3.connect(tmp_path / "data/policy-assistant/index/index.db") as connection:
        connection.execute("DROP TABLE readings")
    connection.close()
    told = []
    assert start(told.append).index.read_otherwise(READING) == []
    assert len(told) == 1


def test_a_removed_sample_stays_away_when_the_others_are_read_again(shipped, model, upgraded):
    first = start()
    first.remove([record.id for record in first.documents() if record.source.endswith("plan.txt")])
    upgraded(first)
    assert sources(start()) == ["notice.txt"]


def test_a_start_beside_one_that_reads_again_answers_from_what_is_there(
    shipped, model, tmp_path, upgraded, monkeypatch
):
    first = start()
    mine = first.add([own(tmp_path)])[0].document_id
    first.index.add(first.document(mine), first.index.passages(mine), reading="older")
    monkeypatch.setattr("index.passage_index.WriterLock", lambda path: WriterLock(path, patience=0.05))
    with WriterLock(first.index.folder / "writer.lock").held():
        assert start().search("技术合同成交额")
    assert start().index.read_otherwise(READING) == []


def test_a_named_index_is_read_again_by_command_only(shipped, model, tmp_path, upgraded):
    folder = tmp_path / "named"
    first = start(index=folder)
    path = own(tmp_path, PLAN.format(300))
    first.add([path], groups=frozenset({"x"}))
    rows = first.indicators()
    cited = first.ask("2027年技术合同成交额的目标是多少?").citations
    upgraded(first)
    path.unlink()  # only what the index holds is read
    second = start(index=folder)
    assert advice(second.documents(), folder).startswith("1 of 1 documents were read by another version")
    told = []
    done = build.reindex(load_settings(index=folder), lambda *step: told.append(step))
    assert (done.embedded, done.reread, told) == (0, 1, [(1, 1, "documents")])
    third = start(index=folder)
    assert advice(third.documents(), folder) is None
    assert third.indicators() == rows
    assert [verification.verdict for verification in third.verify(cited)] == [Verdict.FOUND] * len(cited)
    assert third.documents()[0].groups == {"x"}


def test_adding_an_unchanged_file_reads_it_again_and_says_so(shipped, model, tmp_path, upgraded):
    assistant = start(index=tmp_path / "named")
    path = own(tmp_path, PLAN.format(300))
    assistant.add([path])
    rows = assistant.indicators()
    upgraded(assistant)
    assert [report.state for report in assistant.add([path])] == ["re-read"]
    assert assistant.indicators() == rows
    assert [report.state for report in assistant.add([path])] == ["unchanged"]


def test_a_changed_sample_is_read_again_and_keeps_who_may_see_it(shipped, model):
    first = start()
    plan = next(record for record in first.documents() if record.source.endswith("plan.txt"))
    first.index.set_groups(plan.id, frozenset({"staff"}))
    (shipped / "plan.txt").write_text(PLAN.format(400), "utf-8")
    second = start()
    assert "400亿元" in texts(second)
    assert "300亿元" not in texts(second)
    assert {r.id: r.groups for r in second.documents()}[plan.id] == {"staff"}
    assert not any("五月十日" in text for text in model.used.embedded)  # the other was left alone


def test_samples_of_the_old_version_go_and_what_was_added_stays(shipped, model, tmp_path):
    start().add([own(tmp_path)])
    (shipped / "notice.txt").unlink()
    (shipped / "rules.txt").write_text("管理办法\n\n本办法自发布之日起施行。\n", "utf-8")
    assert sources(start()) == ["mine.txt", "plan.txt", "rules.txt"]


def test_samples_that_moved_with_the_installation_are_not_there_twice(shipped, model, tmp_path, monkeypatch):
    start()
    moved = shipped.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(samples, "SAMPLES", moved)
    generation = start().index.generation
    (moved / "plan.txt").write_text(PLAN.format(500), "utf-8")
    second = start()
    assert second.index.generation > generation
    assert sources(second) == ["notice.txt", "plan.txt"]
    assert "500亿元" in texts(second)
    assert "300亿元" not in texts(second)


def test_a_removed_sample_stays_away_until_its_text_changes(shipped, model):
    first = start()
    first.remove([record.id for record in first.documents() if record.source.endswith("plan.txt")])
    (shipped / "notice.txt").write_text(NOTICE.replace("十", "八"), "utf-8")
    assert sources(start()) == ["notice.txt"]
    (shipped / "plan.txt").write_text(PLAN.format(600), "utf-8")
    assert sources(start()) == ["notice.txt", "plan.txt"]


@pytest.mark.parametrize("stamp", ["", "0" * 64, "half a li"])
def test_a_stamp_that_says_nothing_is_written_again(shipped, model, tmp_path, stamp):
    start()
    path = tmp_path / "data" / "policy-assistant" / "index" / "samples.sha256"
    good = path.read_text()
    path.write_text(stamp)
    assert sources(start()) == ["notice.txt", "plan.txt"]
    assert path.read_text() == good


def test_killed_between_the_samples_and_the_stamp_it_is_done_again(shipped, model, tmp_path, monkeypatch):
    start()
    (shipped / "notice.txt").unlink()
    (shipped / "plan.txt").write_text(PLAN.format(700), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(samples.Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            start()
    second = start()
    assert sources(second) == ["plan.txt"]
    assert "700亿元" in texts(second)


def test_a_sample_that_cannot_be_read_is_told(shipped, model):
    (shipped / "broken.docm").write_bytes(b"?")
    with pytest.raises(SampleError, match=r"broken\.docm.*Install again, or name an index with --index"):
        start()


def test_another_start_that_hangs_is_told(shipped, model, tmp_path, monkeypatch):
    monkeypatch.setattr(samples, "_LOCK_SECONDS", 0.05)
    folder = tmp_path / "data" / "policy-assistant" / "index"
    PassageIndex.open(folder, FakeEmbedder()).close()
    with (
        samples.FileLock(folder / "samples.lock"),
        pytest.raises(IndexBusyError, match="Another process has held"),
    ):
        start()
