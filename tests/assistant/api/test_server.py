"""The listening socket: what each connection inherits from it."""

import socket

from assistant.api.server import bind
from assistant.settings import load_settings


def test_a_body_never_waits_behind_its_headers(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_SERVER__PORT", "0")
    listening = bind(load_settings(index=tmp_path / "index"))
    listening.listen()
    with listening, socket.create_connection(listening.getsockname()[:2]):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
