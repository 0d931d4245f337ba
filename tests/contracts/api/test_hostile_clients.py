"""Clients that hold connections open, send too much or never end: told so, while others are answered.

`LONG_TESTS=1` opens 10,000 slow connections at once.
"""

import asyncio
import contextlib
import json
import os
import resource
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from started_server import start_server, stop_server

SLOW = 10_000 if os.environ.get("LONG_TESTS") == "1" else 400
CAP = SLOW + 50


@pytest.fixture(scope="module")
def hardened(tmp_path_factory):
    """A second server with short limits, on an empty index."""
    folder = tmp_path_factory.mktemp("hardened") / "index"
    limits = {
        "LIMITS__HEADER_SECONDS": 3 if SLOW < 1000 else 120,
        "LIMITS__REQUEST_SECONDS": 2,
        "LIMITS__UPLOAD_SECONDS": 2,
        "LIMITS__CONNECTIONS": CAP,
    }
    hardened = start_server(folder, **limits)
    yield hardened
    stop_server(hardened)


def raw(server, data, *, wait=30):
    """Send bytes on a connection and return what comes back until it is closed."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as connection:
        connection.sendall(data)
        got = b""
        while part := connection.recv(65536):
            got += part
        return got


def in_a_loop_of_its_own(coroutine):
    """Run a coroutine in another thread: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def head(method, path, *lines):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


def problem(response):
    """The problem in a raw response."""
    top, _, body = response.partition(b"\r\n\r\n")
    assert b"application/problem+json" in top
    return json.loads(body)["type"].rpartition(":")[2]


async def slow_connections(server, count):
    """Open many connections that send half a request, ask meanwhile, then read how each ends."""
    host, port = server.url.removeprefix("http://").split(":")
    opened = []
    for _ in range(count):
        opened.append(await asyncio.open_connection(host, int(port)))
        opened[-1][1].write(b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow")
    times = []
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        for _ in range(10):
            for _, writer in opened[:: max(1, count // 100)]:
                writer.write(b"w")
            began = time.perf_counter()
            response = await client.get("/readyz")
            times.append(time.perf_counter() - began)
            assert response.status_code == 200, response.text
    endings = [await asyncio.wait_for(reader.read(), 240) for reader, _ in opened]
    for _, writer in opened:
        writer.close()
    return times, endings


def test_slow_connections_are_told_and_others_answered(hardened):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, SLOW + 500)), hard))
    times, endings = in_a_loop_of_its_own(slow_connections(hardened, SLOW))
    assert {problem(ending) for ending in endings} == {"slow-request"}
    assert sorted(times)[len(times) // 2] < 2
    print(f"{SLOW} slow connections; others meanwhile: median {sorted(times)[len(times) // 2] * 1000:.0f} ms")


def test_more_connections_than_allowed_are_turned_away(hardened):
    if SLOW >= 1000:
        pytest.skip("the cap is too high to be reached again")
    host, port = hardened.url.removeprefix("http://").split(":")
    held = [socket.create_connection((host, int(port)), timeout=30) for _ in range(CAP)]
    refused = raw(hardened, b"")
    for connection in held:
        connection.close()
    assert problem(refused) == "busy"
    assert b"Retry-After: 5" in refused
    time.sleep(0.2)
    assert httpx.get(f"{hardened.url}/healthz").status_code == 200


def test_a_body_that_never_comes_is_told(hardened):
    for path in ("/v1/ask", "/v1/documents"):
        lines = ("Content-Type: multipart/form-data; boundary=x", "Content-Length: 100")
        assert problem(raw(hardened, head("POST", path, *lines))) == "slow-request"


def test_a_body_of_two_gigabytes_is_refused_unread(hardened):
    began = time.monotonic()
    lines = ("Content-Type: multipart/form-data; boundary=x", "Content-Length: 2000000000")
    assert problem(raw(hardened, head("POST", "/v1/documents", *lines))) == "too-large"
    assert time.monotonic() - began < 2


def test_a_body_without_a_length_is_counted(hardened):
    def endless():
        for _ in range(3_000):
            yield b"a" * 1000

    with httpx.Client(base_url=hardened.url) as client:
        try:
            response = client.post("/v1/ask", content=endless(), headers={"Content-Type": "application/json"})
        except (httpx.WriteError, httpx.RemoteProtocolError):
            return  # the connection was closed while it was still sending
    assert response.status_code == 413


def test_what_is_no_http_is_refused(hardened):
    for data in (b"\x16\x03\x01\x02\x00\x01" * 50, b"GET / HTTP/9.9\r\n\r\n", b"A" * 200_000):
        with contextlib.suppress(ConnectionResetError):  # closed with bytes still unread
            assert raw(hardened, data, wait=10).startswith(b"HTTP/1.1 4")
    assert httpx.get(f"{hardened.url}/healthz").status_code == 200
