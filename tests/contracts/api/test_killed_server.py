"""kill -9 during uploads: what was accepted is indexed after the restart, and nothing is half there.

`LONG_TESTS=1` kills 50 times.
"""

import os
import random
import threading
import time

import httpx
from started_server import ALL, start_server, stop_server

from assistant.keys import KeyStore

KILLS = 50 if os.environ.get("LONG_TESTS") == "1" else 2


def text_of(name):
    sentences = (
        f"{name}第{part}段:2031年公园数量达到{part}座,绿地面积超过{part}万平方米。" for part in range(60)
    )
    return "\n".join(sentences)


def send_until_killed(url, headers, accepted, sent, stop, tag):
    """Upload one file after another; notes what was sent and what the server said it had kept."""
    with httpx.Client(base_url=url, headers={**headers, "Prefer": "respond-async"}, timeout=30) as client:
        number = 0
        while not stop.is_set():
            name, number = f"{tag}-{number}", number + 1
            sent.append(name)
            try:
                response = client.post(
                    "/v1/documents", files={"file": (f"{name}.txt", text_of(name).encode())}
                )
            except httpx.HTTPError:
                return
            if response.status_code in (200, 202):
                accepted[name] = response.json()["jobs"][0]["id"]


def wait_for_jobs(client, job_ids):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        states = {job_id: client.get(f"/v1/jobs/{job_id}").json() for job_id in job_ids}
        if all(state.get("state") in ("done", "failed") for state in states.values()):
            return states
        time.sleep(0.1)
    raise AssertionError(f"jobs do not end: {states}")


def test_nothing_is_lost_or_half_there(tmp_path):
    folder = tmp_path / "index"
    _, key = KeyStore(folder / "server" / "keys.sqlite").create("tests", scopes=ALL, groups=None)
    chance = random.Random(3)
    accepted, sent = {}, []
    for kill in range(KILLS):
        server = start_server(folder, key, LIMITS__PER_MINUTE=0)
        before, stop = len(accepted), threading.Event()
        arguments = (server.url, server.headers, accepted, sent, stop)
        senders = [
            threading.Thread(target=send_until_killed, args=(*arguments, f"{kill}-{n}")) for n in range(2)
        ]
        for sender in senders:
            sender.start()
        deadline = time.monotonic() + 30
        while len(accepted) < before + 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        stop_server(server, kill=True)
        stop.set()
        for sender in senders:
            sender.join(30)
    assert len(accepted) >= 2 * KILLS

    server = start_server(folder, key, LIMITS__PER_MINUTE=0)
    try:
        with httpx.Client(base_url=server.url, headers=server.headers, timeout=30) as client:
            states = wait_for_jobs(client, accepted.values())
            assert [state["problem"] for state in states.values() if state["state"] != "done"] == []
            shown = client.get("/v1/documents?limit=1000").json()["documents"]
            there = {document["source"].removesuffix(".txt"): document for document in shown}
            assert set(accepted) <= set(there)
            uploaded = {name: there[name]["id"] for name in sent if name in there}
            for name, document_id in uploaded.items():
                assert client.get(f"/v1/documents/{document_id}/text").json()["text"] == text_of(name)
                rows = client.get(f"/v1/indicators?document_id={document_id}&limit=1000").json()["total"]
                assert rows == there[name]["indicators"] > 0
            hits = client.post(
                "/v1/search", json={"query": f"{next(iter(accepted))} 公园数量", "top_k": 5}
            ).json()["hits"]
            assert hits
    finally:
        stop_server(server)
    assert list((folder / "server" / "uploads").iterdir()) == []
