import json
import logging

import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.api.logs import JsonFormatter
from assistant.audit import read_audit, verify_audit
from assistant.folders import audit_file
from index.errors import IndexStoreError

QUESTION = "技术合同成交额2030年目标是什么"


def test_headers_keep_browsers_from_doing_harm(client):
    headers = client.get("/v1/documents").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_its_own_names_are_answered(client, host, status):
    response = client.get("/healthz", headers={"Host": host})
    assert response.status_code == status
    assert status == 200 or response.json()["type"].endswith(":host-not-allowed")


def test_more_names_may_be_allowed(start):
    client = start(SERVER__ALLOWED_HOSTS="portal.example")
    assert client.get("/healthz", headers={"Host": "portal.example:443"}).status_code == 200


def test_other_pages_scripts_may_not_call(client):
    for origin in ("https://evil.example", "null", "http://localhost:9999"):
        response = client.post(
            "/v1/documents", files={"file": ("a.txt", b"text")}, headers={"Origin": origin}
        )
        assert response.json()["type"].endswith(":origin-not-allowed")
    own = client.post("/v1/ask", json={"question": "q"}, headers={"Origin": "http://localhost"})
    assert own.status_code == 200


def test_named_origins_may_call(start):
    client = start(SERVER__CORS_ORIGINS="https://portal.example")
    asked = {"Origin": "https://portal.example"}
    preflight = client.options(
        "/v1/ask",
        headers={
            **asked,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert preflight.headers["access-control-allow-origin"] == "https://portal.example"
    response = client.post("/v1/ask", json={"question": "q"}, headers=asked)
    assert response.headers["access-control-allow-origin"] == "https://portal.example"
    assert (
        "access-control-allow-origin"
        not in client.get("/v1/documents", headers={"Origin": "https://evil.example"}).headers
    )


@pytest.mark.parametrize(
    ("offered", "kept"), [("portal-12345", True), ("x", False), ("a\tb" * 9, False), ("y" * 65, False)]
)
def test_a_request_keeps_its_id_when_it_is_harmless(client, offered, kept):
    given = client.get("/healthz", headers={"X-Request-ID": offered}).headers["x-request-id"]
    assert (given == offered) is kept
    assert len(given) >= 8


def test_logs_are_json_without_questions(client, caplog):
    caplog.set_level(logging.INFO)
    client.post("/v1/ask", json={"question": QUESTION}, headers={"X-Request-ID": "portal-12345"})
    (record,) = [record for record in caplog.records if record.name == "assistant.requests"]
    line = json.loads(JsonFormatter().format(record))
    assert (line["route"], line["status"], line["caller"]) == ("/v1/ask", 200, "local:local")
    assert QUESTION not in caplog.text + json.dumps([vars(record) for record in caplog.records], default=str)


def test_questions_are_logged_when_asked_for(start, caplog):
    caplog.set_level(logging.INFO)
    start(LOG__QUESTIONS="true").post("/v1/ask", json={"question": QUESTION})
    assert QUESTION in [getattr(record, "question", "") for record in caplog.records]


def test_ids_of_documents_stay_out_of_logs_and_labels(client, caplog):
    caplog.set_level(logging.INFO)
    client.get("/v1/documents/secret-name")
    records = [
        json.loads(JsonFormatter().format(record))
        for record in caplog.records
        if record.name.startswith("assistant")
    ]
    assert records[0]["route"] == "/v1/documents/{document_id}"
    assert "secret-name" not in json.dumps(records) + client.get("/metrics").text


def test_who_asked_and_what_was_cited_is_recorded(client, configure):
    client.post("/v1/ask", json={"question": QUESTION}, headers={"X-Request-ID": "portal-12345"})
    client.post("/v1/documents", files={"file": ("a.txt", b"text")}, headers={"Prefer": "wait=10"})
    path = audit_file(configure())
    records = list(read_audit(path))
    assert verify_audit(path).records == len(records) == 3
    asked = records[0]
    assert (asked["action"], asked["request_id"], asked["actor"]["kind"]) == ("ask", "portal-12345", "local")
    assert asked["detail"]["citations"][0]["document_id"] == "plan"
    assert "2000亿元" in asked["detail"]["answer"]
    assert QUESTION not in path.read_text("utf-8")
    assert [record["action"] for record in records[1:]] == ["upload", "add"]


def test_questions_are_recorded_when_asked_for(start, configure):
    start(AUDIT__QUESTIONS="true").post("/v1/ask", json={"question": QUESTION})
    (record,) = read_audit(audit_file(configure()))
    assert record["detail"]["question"] == QUESTION


def test_metrics_count_answers_stages_index_and_requests(client):
    client.post("/v1/ask", json={"question": QUESTION})
    client.post("/v1/ask", json={"question": "where is the moon"})
    families = {family.name: family for family in text_string_to_metric_families(client.get("/metrics").text)}
    answers = {
        (sample.labels["status"], sample.labels["reason"]): sample.value
        for sample in families["assistant_answers"].samples
        if sample.name.endswith("_total")
    }
    assert answers == {("answered", "none"): 1, ("not_found", "subject_not_covered"): 1}
    assert families["assistant_index_documents"].samples[0].value == 3
    counted = [
        sample for sample in families["assistant_requests"].samples if sample.labels.get("route") == "/v1/ask"
    ]
    assert sum(sample.value for sample in counted if sample.name.endswith("_total")) == 2
    assert {"assistant_queue", "assistant_jobs_waiting", "assistant_stage_seconds"} <= set(families)


def test_metrics_need_an_administrator_unless_they_are_public(start, make_key):
    closed = start()
    headers = make_key("ask", "read")
    assert closed.get("/metrics").status_code == 401
    assert closed.get("/metrics", headers=headers).status_code == 403
    assert closed.get("/metrics", headers=make_key("admin", groups=None)).status_code == 200
    assert start(METRICS__PUBLIC="true").get("/metrics").status_code == 200


def test_readiness_means_that_questions_can_be_answered(client, assistant, monkeypatch):
    assert client.get("/readyz").json()["status"] == "ready"

    def fail(*_, **__):
        raise IndexStoreError("/srv/index is damaged")

    monkeypatch.setattr(assistant, "search", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["type"][-17:]) == (503, "index-unavailable")
    assert "/srv" not in response.text
    assert client.get("/healthz").status_code == 200
    client.app.state.portal.runner.stop(5)
    assert "Jobs" in client.get("/readyz").json()["detail"]


def test_the_documentation_needs_no_other_machine(client):
    import re

    page = client.get("/docs")
    assert page.status_code == 200
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200


def test_the_documentation_can_be_off(start):
    client = start(SERVER__DOCS="false")
    assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 404


def test_every_operation_has_examples_and_its_problems(client):
    from assistant.api import responses

    schema = client.get("/openapi.json").json()
    operations = [
        (path, method, operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    ]
    assert len(operations) > 15
    for path, method, operation in operations:
        good = {code: response for code, response in operation["responses"].items() if code < "300"}
        shown = [content for response in good.values() for content in response["content"].values()]
        assert any("example" in content for content in shown), (method, path)
        assert any(
            "application/problem+json" in response["content"] for response in operation["responses"].values()
        ), path
        for content in shown:
            reference = content.get("schema", {}).get("$ref", "")
            if "example" in content and reference:
                getattr(responses, reference.rpartition("/")[2]).model_validate(content["example"])
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            name = body["schema"]["$ref"].rpartition("/")[2]
            assert schema["components"]["schemas"][name]["examples"], name
