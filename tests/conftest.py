"""For every test: no network but this machine, and nobody's own settings or data folder."""

import os
import socket
import sys
from pathlib import Path

import pytest

# pytest puts tests/ on the path, where folders are named after our packages: the real ones must come first.
sys.path.insert(0, str(Path(__file__).parent.parent))

_LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch, tmp_path_factory):
    for name in os.environ:
        if name.startswith("ASSISTANT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data-home"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    connect = socket.socket.connect

    def connect_locally(self, address):
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in _LOCAL:
            raise AssertionError(f"a test reached for {address}: the product works without a network")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_locally)
