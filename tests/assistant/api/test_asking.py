import json

import pytest
from fake_assistant import TEXT

from assistant.api.responses import AnswerOut, BatchOut, SearchOut, VerifyOut
from assistant.feedback import read_feedback
from assistant.folders import feedback_file

QUESTION = "技术合同成交额2030年目标"


def events(response):
    """The (name, data) pairs of a stream."""
    found = []
    for block in response.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields.get("event"), json.loads(fields["data"])))
    return found


def test_an_answer_has_the_shape_that_is_published(client):
    response = client.post("/v1/ask", json={"question": QUESTION})
    assert response.status_code == 200
    answer = AnswerOut.model_validate(response.json())
    assert set(response.json()) == set(AnswerOut.model_fields)
    citation = answer.citations[0]
    assert TEXT[citation.start : citation.end] == citation.quote
    assert answer.indicators[0].inherited["hedge"] == [TEXT.index("力争"), TEXT.index("力争") + 2]


def test_the_api_and_the_command_line_write_the_same_bytes(client, assistant):
    from assistant.wire import answer_json, dumps

    assert client.post("/v1/ask", json={"question": QUESTION}).text == dumps(
        answer_json(assistant.ask(QUESTION))
    )


def test_a_stream_tells_how_far_it_is_and_ends_with_the_whole_answer(client):
    response = client.post("/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    names, data = zip(*events(response), strict=True)
    assert names == ("searching", "found", "answer", "done")
    assert data[1]["hits"][0]["document_id"] == "plan"
    assert data[3] == client.post("/v1/ask", json={"question": QUESTION}).json()


def test_history_date_and_filters_reach_the_assistant(client, assistant):
    body = {
        "question": "那2025年呢",
        "history": [{"question": "问", "answer": "答"}],
        "as_of": "2025-06-30",
        "filters": {"document_ids": ["plan"]},
    }
    assert client.post("/v1/ask", json=body).status_code == 200
    _, history, as_of, filters = assistant.asked[-1]
    assert (history[0].question, as_of, filters.document_ids) == ("问", "2025-06-30", {"plan"})


@pytest.mark.parametrize(
    ("body", "slug", "at"),
    [
        ({}, "invalid-request", "body.question"),
        ({"question": ""}, "invalid-request", "body.question"),
        ({"question": " \n\u3000"}, "invalid-request", "body.question"),
        ({"question": "字" * 10_000}, "invalid-request", "body.question"),
        ({"question": 7}, "invalid-request", "body.question"),
        ({"question": "q", "top_k": 0}, "invalid-request", "body.top_k"),
        ({"question": "q", "as_of": "2025-02-30"}, "invalid-request", "body.as_of"),
        ({"question": "q", "history": [{"question": "a"}]}, "invalid-request", "body.history.0.answer"),
        ({"question": "q", "nonsense": 1}, "invalid-request", "body.nonsense"),
        ({"question": "q" * 3000}, "question-invalid", None),
    ],
)
def test_wrong_requests_are_problems_that_say_where(client, body, slug, at):
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == f"urn:policy-assistant:problem:{slug}"
    assert problem["request_id"] == response.headers["x-request-id"]
    assert at is None or problem["errors"][0]["at"] == at


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[" * 50_000, b'{"question": "\\ud800"}'])
def test_bodies_that_are_no_json_are_problems(client, body):
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"].endswith((".", "/docs."))


def test_a_batch_answers_what_can_be_answered(client):
    body = {"questions": [{"question": QUESTION}, {"question": "q" * 3000}, {"question": "公园"}]}
    batch = BatchOut.model_validate(client.post("/v1/ask/batch", json=body).json())
    assert [item.answer.status if item.answer else item.problem.type[-16:] for item in batch.answers] == [
        "answered",
        "question-invalid",
        "answered",
    ]


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_has_bounds(client, count):
    response = client.post("/v1/ask/batch", json={"questions": [{"question": "q"}] * count})
    assert response.status_code == 422


def test_hits_are_published_with_their_arms(client):
    found = SearchOut.model_validate(client.post("/v1/search", json={"query": "技术合同", "top_k": 1}).json())
    assert found.hits[0].arms["lexical"].rank == 1
    assert TEXT[found.hits[0].start : found.hits[0].end] == found.hits[0].text


def test_saved_citations_are_checked(client):
    citation = client.post("/v1/ask", json={"question": QUESTION}).json()["citations"][0]
    forged = {**citation, "quote": citation["quote"].replace("2000", "3000")}
    gone = {**citation, "document_id": "nothing"}
    body = {"citations": [citation, forged, gone]}
    checked = VerifyOut.model_validate(client.post("/v1/verify", json=body).json())
    assert [result.verdict for result in checked.results] == ["found", "altered", "not_found"]
    assert all(result.why for result in checked.results)
    assert checked.counts["altered"] == 1


def test_feedback_is_kept_for_the_evaluation(client, configure):
    body = {"question": QUESTION, "verdict": "down", "answer": "1000亿元", "correction": "2000亿元"}
    assert client.post("/v1/feedback", json=body).status_code == 201
    (kept,) = read_feedback(feedback_file(configure()))
    assert (kept.question, kept.correction, kept.given_by) == (QUESTION, "2000亿元", None)
    assert client.post("/v1/feedback", json={**body, "verdict": "maybe"}).status_code == 422


def test_what_there_is_not_is_a_problem(client):
    for method, path, status in (
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/ask", 405),
        ("PUT", "/v1/search", 405),
    ):
        response = client.request(method, path)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["allow"] == "POST"


def test_an_unexpected_error_tells_nothing_but_its_id(client, assistant, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("a secret path")

    monkeypatch.setattr(assistant, "ask", fail)
    response = client.post("/v1/ask", json={"question": "q"}, headers={"X-Request-ID": "portal-12345"})
    assert response.status_code == 500
    assert response.json()["request_id"] == "portal-12345"
    assert "secret" not in response.text
