import pytest
from fake_assistant import FakeAssistant, make_document

from assistant.api.job_runner import JobRunner
from assistant.api.jobs import JobKind, JobState, JobStore
from assistant.api.metrics import Metrics
from assistant.errors import JobError
from index.errors import IndexBusyError


@pytest.fixture
def store(tmp_path):
    store = JobStore(tmp_path, keep_days=7)
    yield store
    store.close()


def put_upload(store, name="a.txt", data=b"text of a file", groups=frozenset()):
    job_id, folder = store.new_upload_folder()
    (folder / "file").write_bytes(data)
    return store.put(JobKind.ADD, owner="key:1", name=name, groups=groups, job_id=job_id)


def run_all(assistant, store):
    runner = JobRunner(assistant, store, None, Metrics())
    runner.start()
    for _ in range(500):
        if store.waiting() == 0:
            break
        runner._stopping.wait(0.01)
    runner.stop(5)
    assert not runner.alive


def test_jobs_survive_the_process_that_began_them(tmp_path, store):
    first, second = put_upload(store), put_upload(store, "b.txt")
    assert store.take() == store.get(first.id)
    store.close()  # killed in the middle
    again = JobStore(tmp_path, keep_days=7)
    assert again.get(first.id).state is JobState.QUEUED
    assistant = FakeAssistant()
    run_all(assistant, again)
    assert [again.get(job.id).state for job in (first, second)] == [JobState.DONE] * 2
    assert again.get(first.id).attempts == 2
    assert len(assistant.held) == 2
    assert list((tmp_path / "uploads").iterdir()) == []
    again.close()


def test_files_without_a_job_are_dropped_at_the_start(tmp_path, store):
    store.new_upload_folder()
    store.close()
    JobStore(tmp_path, keep_days=7).close()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_file_that_stops_the_server_again_and_again_is_given_up(tmp_path, store):
    job = put_upload(store)
    for _ in range(10):
        store.take()
        store.close()
        store = JobStore(tmp_path, keep_days=7)
    run_all(FakeAssistant(), store)
    assert store.get(job.id).state is JobState.FAILED
    assert "10 times" in store.get(job.id).problem["detail"]
    store.close()


def test_a_deletion_that_was_done_before_the_kill_is_done(tmp_path, store):
    job = store.put(JobKind.REMOVE, owner="key:1", name="plan", groups=frozenset())
    store.take()
    store.close()
    again = JobStore(tmp_path, keep_days=7)
    run_all(FakeAssistant(), again)
    assert again.get(job.id).state is JobState.DONE
    again.close()


def test_deleting_what_there_is_not_fails(store):
    job = store.put(JobKind.REMOVE, owner="key:1", name="nothing", groups=frozenset())
    run_all(FakeAssistant([make_document()]), store)
    assert store.get(job.id).problem["type"].endswith(":not-found")


def test_a_busy_index_is_waited_for(store, monkeypatch):
    monkeypatch.setattr("assistant.api.job_runner._BUSY_SECONDS", 0.01)
    assistant = FakeAssistant()
    tries = []

    def busy(*arguments, **named):
        tries.append(1)
        if len(tries) < 6:
            raise IndexBusyError("busy")
        return FakeAssistant.add_upload(assistant, *arguments, **named)

    assistant.add_upload = busy
    job = put_upload(store)
    run_all(assistant, store)
    assert store.get(job.id).state is JobState.DONE


def test_old_jobs_are_forgotten(tmp_path, store):
    job = put_upload(store)
    run_all(FakeAssistant(), store)
    store._connection.execute("UPDATE jobs SET finished_at = '2020-01-01'")
    store._connection.commit()
    store.close()
    again = JobStore(tmp_path, keep_days=7)
    with pytest.raises(JobError, match="no job"):
        again.get(job.id)
    again.close()
