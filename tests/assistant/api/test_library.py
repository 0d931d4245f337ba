import io
import json
import time
import zipfile

import pytest
from fake_assistant import TEXT

from assistant.api.responses import DocumentOut, DocumentsOut, IndicatorsOut, JobOut, TextOut

WAIT = {"Prefer": "wait=10"}
AT_ONCE = {"Prefer": "respond-async"}


def send(client, *files, headers=None, **fields):
    return client.post(
        "/v1/documents",
        files=[("file", file) for file in files],
        data=fields,
        headers={**WAIT, **(headers or {})},
    )


def test_an_upload_becomes_a_document(client):
    response = send(client, ("新文件.txt", "全市新建公园二十座。".encode()))
    assert response.status_code == 200
    (job,) = response.json()["jobs"]
    assert (job["state"], job["name"], job["result"]["state"]) == ("done", "新文件.txt", "added")
    assert response.headers["location"] == f"/v1/jobs/{job['id']}"
    shown = client.get(f"/v1/documents/{job['document_id']}/text").json()
    assert shown["text"] == "全市新建公园二十座。"
    again = send(client, ("新文件.txt", "全市新建公园三十座。".encode())).json()["jobs"][0]
    assert (again["result"]["state"], again["document_id"]) == ("updated", job["document_id"])


def test_an_upload_is_told_at_once_and_its_job_says_how_far_it_is(client):
    response = client.post("/v1/documents", files={"file": ("a.txt", "内容。".encode())}, headers=AT_ONCE)
    job = response.json()["jobs"][0]
    assert response.status_code == (200 if job["state"] == "done" else 202)
    assert job["document_id"].startswith("a-")
    location = response.headers["location"]
    with client.stream("GET", location, headers={"Accept": "text/event-stream"}) as stream:
        names = [line.removeprefix("event: ") for line in stream.iter_lines() if line.startswith("event: ")]
    assert names[-1] == "done"
    assert names == sorted(names, key=["queued", "running", "done"].index)
    job = JobOut.model_validate(client.get(location).json())
    assert job.state == "done"
    assert client.get("/v1/jobs").json()["jobs"][0]["id"] == job.id
    assert client.get("/v1/jobs/nothing").status_code == 404


def test_the_library_is_shown(client):
    page = DocumentsOut.model_validate(client.get("/v1/documents?limit=2&offset=1").json())
    assert (page.total, page.offset, len(page.documents)) == (3, 1, 2)
    document = DocumentOut.model_validate(client.get("/v1/documents/plan").json())
    assert (document.sections[0].byline, document.characters) == ("本报记者 王芳", len(TEXT))
    assert client.get("/v1/documents/nothing").status_code == 404


def test_what_another_version_has_read_is_told(client, assistant):
    assistant.readings["open"] = "older"
    page = DocumentsOut.model_validate(client.get("/v1/documents").json())
    assert {document.id: document.reading for document in page.documents} == {
        "plan": "current",
        "open": "outdated",
        "secret": "current",
    }
    assert "assistant_index_outdated 1.0" in client.get("/metrics").text


def test_a_citations_span_gives_its_quote(client):
    citation = client.post("/v1/ask", json={"question": "技术合同成交额"}).json()["citations"][0]
    place = f"/v1/documents/plan/text?start={citation['start']}&end={citation['end']}"
    shown = TextOut.model_validate(client.get(place).json())
    assert (shown.text, shown.revision) == (citation["quote"], citation["revision"])
    for span in ("start=5&end=2", "start=0&end=99999", "start=99999"):
        assert client.get(f"/v1/documents/plan/text?{span}").json()["type"].endswith(":span-not-found")
    assert client.get("/v1/documents/plan/text?start=-1").status_code == 422


def test_a_document_is_deleted_by_a_job(client):
    assert client.delete("/v1/documents/plan", headers=WAIT).json()["jobs"][0]["state"] == "done"
    assert client.get("/v1/documents/plan").status_code == 404
    assert client.delete("/v1/documents/plan").json()["type"].endswith(":not-found")


def test_figures_are_listed_in_pages(client):
    page = IndicatorsOut.model_validate(client.get("/v1/indicators?year=2030&name=成交额").json())
    assert (page.total, page.indicators[0].normalized) == (1, 200000000000)
    row = page.indicators[0]
    assert TEXT[row.start : row.end] == row.quote
    assert client.get("/v1/indicators?year=1999").json()["total"] == 0
    assert client.get("/v1/indicators?offset=5").json()["indicators"] == []
    assert client.get("/v1/indicators?document_id=nothing").json()["total"] == 0


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 50_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "status", "slug"),
    [
        ("empty.txt", b"", 422, "file-unreadable"),
        ("blank.txt", b" \n\t\n", 422, "file-unreadable"),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, 415, "unsupported-type"),
        ("bomb.zip", zip_bomb(), 415, "unsupported-type"),
        ("../../etc/passwd", b"text", 422, "file-name-invalid"),
        ("..\\boot.ini", b"text", 422, "file-name-invalid"),
        ("..", b"text", 422, "file-name-invalid"),
        ("\u202etxt.exe", b"text", 422, "file-name-invalid"),
        ("n" * 300 + ".txt", b"text", 422, "file-name-invalid"),
        ("plan.exe", b"text", 415, "unsupported-type"),
    ],
)
def test_hostile_uploads_are_told_and_leave_nothing(client, tmp_path, name, data, status, slug):
    response = send(client, (name, data))
    assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (status, slug)
    assert client.get("/v1/documents").json()["total"] == 3
    assert list((tmp_path / "index" / "server" / "uploads").iterdir()) == []


def test_one_bad_file_keeps_the_others_out_too(client):
    assert send(client, ("good.txt", b"good text"), ("empty.txt", b"")).status_code == 422
    assert client.get("/v1/documents").json()["total"] == 3


def test_sizes_are_limited_before_they_are_read(start):
    client = start(LIMITS__UPLOAD_BYTES=1000, LIMITS__UPLOAD_FILES=2, LIMITS__BODY_BYTES=1000)
    too_large = "urn:policy-assistant:problem:too-large"
    assert send(client, ("a.txt", b"a" * 1001)).json()["type"] == too_large
    assert send(client, ("a.txt", b"a" * 1000)).status_code == 200
    assert send(client, *[(f"{n}.txt", b"text") for n in range(3)]).status_code == 422
    assert client.post("/v1/ask", json={"question": "q" * 2000}).json()["type"] == too_large

    def endless():
        for _ in range(5_000):
            yield b"a" * 1000

    response = client.post(
        "/v1/documents", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert response.status_code in (400, 413)
    declared = {"Content-Length": str(2 * 10**9), "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/v1/documents", content=b"", headers=declared).json()["type"] == too_large


def test_a_form_that_is_none_is_told(client):
    for body in (
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"data": {"file": "text"}},
        {},
    ):
        response = client.post("/v1/documents", **body)
        assert response.status_code in (400, 422)
        assert response.headers["content-type"] == "application/problem+json"


def test_waiting_jobs_are_limited(start, assistant, monkeypatch):
    client = start(LIMITS__WAITING_JOBS=1)
    done = assistant.add_upload

    def slow(*arguments, **named):
        time.sleep(0.3)
        return done(*arguments, **named)

    monkeypatch.setattr(assistant, "add_upload", slow)
    assert (
        client.post("/v1/documents", files={"file": ("a.txt", b"text")}, headers=AT_ONCE).status_code == 202
    )
    full = client.post("/v1/documents", files={"file": ("b.txt", b"text")})
    assert (full.status_code, full.headers["retry-after"]) == (503, "60")
    assert client.get("/v1/documents").status_code == 200


def test_a_job_that_fails_says_why(client, assistant, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("a path of ours")

    monkeypatch.setattr(assistant, "add_upload", fail)
    job = send(client, ("a.txt", b"text")).json()["jobs"][0]
    assert (job["state"], job["problem"]["type"]) == ("failed", "urn:policy-assistant:problem:internal")
    assert "path of ours" not in json.dumps(job)
