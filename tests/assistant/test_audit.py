import json
import threading

import pytest

from assistant.audit import AuditLog, read_audit, verify_audit
from assistant.errors import AuditError

WHO = {"kind": "key", "id": "k1"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "server" / "audit.jsonl"
    log = AuditLog(path)
    for number in range(5):
        log.append("ask", WHO, {"answer": f"答{number}"}, f"request-{number}")
    return path


def rewrite(path, change):
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(change(lines)), "utf-8")


def test_a_whole_log_is_accepted(path):
    head = verify_audit(path)
    assert head.records == 5
    assert [record["detail"]["answer"] for record in read_audit(path)] == [f"答{n}" for n in range(5)]
    assert verify_audit(path, head=head.hash) == head
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda lines: [*lines[:2], lines[2].replace("答2", "答9"), *lines[3:]], "Line 3"),
        (lambda lines: [*lines[:2], *lines[3:]], "Line 3"),
        (lambda lines: lines[1:], "Line 1"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "Line 1"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "Line 4"),
        (lambda lines: lines[:3], "ends after line 3, but 5 were written"),
        (lambda lines: [], "ends after line 0, but 5"),
        (lambda lines: [*lines[:4], lines[4][:20]], "Line 5"),
        (lambda lines: [*lines[:1], "\n", *lines[1:]], "Line 2"),
        (lambda lines: [*lines[:4], lines[4].replace("request-4", "request-5")], "Line 5"),
    ],
)
def test_what_was_tampered_with_is_named(path, change, place):
    rewrite(path, change)
    with pytest.raises(AuditError, match=place):
        verify_audit(path)


def test_a_log_that_was_written_anew_is_noticed(path, tmp_path):
    kept = verify_audit(path).hash
    forged = tmp_path / "forged.jsonl"
    for number in range(5):
        AuditLog(forged).append("ask", WHO, {"answer": f"另{number}"})
    path.write_bytes(forged.read_bytes())
    with pytest.raises(AuditError, match="written anew"):
        verify_audit(path)
    forged.with_name("forged.jsonl.head").replace(path.with_name("audit.jsonl.head"))
    assert verify_audit(path).records == 5  # both files forged: only a hash kept elsewhere shows it
    with pytest.raises(AuditError, match="written anew"):
        verify_audit(path, head=kept)


def test_a_deleted_log_or_head_is_noticed(path):
    head = path.with_name("audit.jsonl.head")
    kept = head.read_text()
    head.unlink()
    with pytest.raises(AuditError, match="is missing"):
        verify_audit(path)
    head.write_text(kept)
    path.unlink()
    with pytest.raises(AuditError, match="is gone"):
        verify_audit(path)


def test_several_writers_make_one_chain(path):
    logs = [AuditLog(path) for _ in range(4)]  # as many processes would

    def write(log):
        for _ in range(10):
            log.append("ask", WHO, {})

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_audit(path).records == 45


def test_a_torn_line_is_named_and_does_not_stop_the_log(path):
    with path.open("ab") as file:
        file.write(b'{"seq": 6, "ti')  # the power failed
    AuditLog(path).append("ask", WHO, {})
    with pytest.raises(AuditError, match="Line 6"):
        verify_audit(path)
    assert json.loads(path.read_text("utf-8").splitlines()[6])["seq"] == 6


def test_no_log_is_an_empty_log(tmp_path):
    assert verify_audit(tmp_path / "none").records == 0


def test_a_log_that_cannot_be_written_stops_what_it_should_record(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError, match="cannot be written"):
        AuditLog(tmp_path / "file" / "audit.jsonl").append("ask", WHO, {})
