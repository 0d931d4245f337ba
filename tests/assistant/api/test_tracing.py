import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.errors import SettingsError


@pytest.fixture
def collector():
    """A collector on this machine; gives what was sent to it."""
    got = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Collect)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/traces", got
    server.shutdown()
    thread.join()
    server.server_close()


def test_requests_are_traced_when_configured(collector, assistant, configure):
    endpoint, got = collector
    app = create_app(assistant, configure(TRACING__ENDPOINT=endpoint, TRACING__SERVICE="portal-test"))
    with TestClient(app, base_url="http://localhost") as client:
        client.post("/v1/ask", json={"question": "一个不该出现的问题"})
        client.get("/healthz")
    sent = b"".join(body for path, body in got if path == "/v1/traces")
    assert b"portal-test" in sent
    assert b"POST /v1/ask" in sent
    assert b"healthz" not in sent
    assert "一个不该出现的问题".encode() not in sent


def test_a_missing_extra_is_told(assistant, configure, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"policy-assistant\[tracing\]"):
        create_app(assistant, configure(TRACING__ENDPOINT="http://127.0.0.1:1"))
