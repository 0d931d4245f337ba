"""SIGTERM: what runs is finished, what waits goes on after the next start, and the exit code is 0."""

import threading
import time

import httpx
from started_server import start_server

QUESTION = "2030年公园数量达到多少座?"


def test_a_stopping_server_finishes_what_it_began(tmp_path):
    server = start_server(tmp_path / "index")
    text = "\n".join(f"2030年第{number}区公园数量达到{number}座。" for number in range(200))
    answers = []

    def ask():
        body = {"questions": [{"question": QUESTION}] * 40}
        answers.append(httpx.post(f"{server.url}/v1/ask/batch", json=body, timeout=60))

    def upload():
        answers.append(
            httpx.post(f"{server.url}/v1/documents", files={"file": ("a.txt", text.encode())}, timeout=60)
        )

    threads = [threading.Thread(target=ask), threading.Thread(target=upload)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    server.process.terminate()
    for thread in threads:
        thread.join(60)
    assert server.process.wait(60) in (0, -15)  # uvicorn ends by the signal, as systemd expects
    server.reader.join(10)
    server.process.stderr.close()
    assert sorted(answer.status_code for answer in answers) in ([200, 200], [200, 202])
    assert "Traceback" not in "".join(server.lines)
