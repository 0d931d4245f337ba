import json
import threading

import httpx
import pytest
from fake_assistant import TEXT, FakeAssistant, make_document

from assistant.api.app import create_app
from assistant.api.server import bind, make_server
from assistant.client import AssistantClient, PortalError
from assistant.folders import keys_file
from assistant.keys import KeyStore
from assistant.model import Turn
from assistant.settings import load_settings


@pytest.fixture
def portal(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_INDEX__PATH", str(tmp_path / "index"))
    settings = load_settings(port=0)
    _, key = KeyStore(keys_file(settings)).create(
        "tests", scopes=frozenset({"ask", "read", "write"}), groups=frozenset({"team"})
    )
    bound = bind(settings)
    server = make_server(create_app(FakeAssistant([make_document()]), settings), settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    with AssistantClient(f"http://127.0.0.1:{bound.getsockname()[1]}", key) as client:
        yield client
    server.should_exit = True
    thread.join(30)


def test_what_is_asked_comes_back_typed(portal):
    answer = portal.ask(
        "技术合同成交额2030年目标", [Turn("问", "答")], as_of="2025-01-01", document_ids=["plan"]
    )
    cited = answer.citations[0]
    assert TEXT[cited.start : cited.end] == cited.quote
    assert portal.text("plan", cited.start, cited.end).text == cited.quote
    assert [result.verdict for result in portal.verify(answer.citations).results] == ["found"]
    assert [name for name, _ in portal.ask_events("技术合同")] == ["searching", "found", "answer", "done"]
    assert len(portal.ask_batch(["技术合同", "公园"]).answers) == 2
    assert portal.search("技术合同", top_k=1).hits[0].rank == 1
    assert [record.id for record in portal.documents()] == ["plan"]
    assert portal.document("plan").sections[0].byline == "本报记者 王芳"
    assert [row.period for row in portal.indicators(year=2030, name="成交额")] == ["2030"]
    portal.feedback("技术合同", "down", correction="另一个数")


def test_files_come_and_go(portal, tmp_path):
    file = tmp_path / "新文件.txt"
    file.write_text("全市新建公园二十座。", "utf-8")
    (job,) = portal.upload(file, groups=["team"])
    assert job.state == "done"
    assert portal.delete(job.document_id).state == "done"
    assert portal.upload(file, wait_seconds=None)[0].state in ("queued", "running", "done")


def test_problems_are_raised_with_their_type(portal, tmp_path):
    with pytest.raises(PortalError, match="no document") as caught:
        portal.document("nothing")
    assert caught.value.problem.type.endswith(":not-found")
    with pytest.raises(PortalError):
        list(portal.ask_events(" "))
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(PortalError, match="empty"):
        portal.upload(tmp_path / "empty.txt")


def test_it_waits_as_long_as_it_is_told_to():
    answers = [
        httpx.Response(429, headers={"Retry-After": "0"}),
        httpx.Response(503, headers={"Retry-After": "0"}),
    ]
    answers.append(httpx.Response(200, content=json.dumps({"query": "q", "hits": []})))
    transport = httpx.MockTransport(lambda request: answers.pop(0))
    with AssistantClient("http://portal.example", transport=transport) as client:
        assert client.search("q").hits == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [(httpx.Response(502, text="<html>"), "502"), (httpx.Response(200, text="{}"), "one release")],
)
def test_another_server_is_told(answer, said):
    with AssistantClient("http://portal.example", transport=httpx.MockTransport(lambda _: answer)) as client:
        with pytest.raises(PortalError, match=said) as caught:
            client.search("q")
        assert caught.value.problem is None


def test_a_server_that_is_not_there_is_told():
    with AssistantClient("http://127.0.0.1:1") as client, pytest.raises(PortalError, match="does not answer"):
        client.ask("q")
