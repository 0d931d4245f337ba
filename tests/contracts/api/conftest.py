"""One started server for all tests of this folder."""

import pytest
from started_server import ALL, index_samples, start_server, stop_server

from assistant.keys import KeyStore


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "index"
    index_samples(folder)
    _, key = KeyStore(folder / "server" / "keys.sqlite").create("tests", scopes=ALL, groups=None)
    server = start_server(folder, key, LIMITS__PER_MINUTE=0)
    yield server
    stop_server(server)
