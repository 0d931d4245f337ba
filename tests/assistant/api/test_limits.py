import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.api.limits import Workers
from assistant.api.problems import ProblemError

ASK = ("POST", "/v1/ask", {"json": {"question": "公园"}})


def call(client, headers, request=ASK):
    method, path, more = request
    return client.request(method, path, headers=headers, **more)


def test_a_key_has_so_many_requests_a_minute(start, make_key):
    client = start(LIMITS__PER_MINUTE=3)
    first, second = make_key("ask"), make_key("ask")
    answers = [call(client, first) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == [
        "r=2",
        "r=1",
        "r=0",
        "r=0",
        "r=0",
    ]
    assert answers[3].json()["type"].endswith(":rate-limited")
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60
    assert call(client, second).status_code == 200


def test_a_key_may_have_limits_of_its_own_and_a_quota(start, make_key):
    client = start(LIMITS__PER_MINUTE=100)
    headers = make_key("ask", per_minute=0, per_day=2)
    answers = [call(client, headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"day";q=2;w=86400'


def test_a_batch_counts_its_questions(start, make_key):
    client = start(LIMITS__PER_MINUTE=10)
    headers = make_key("ask")
    batch = ("POST", "/v1/ask/batch", {"json": {"questions": [{"question": "公园"}] * 6}})
    assert call(client, headers, batch).headers["ratelimit"].split(";")[1] == "r=4"
    assert call(client, headers, batch).status_code == 429
    assert call(client, headers).status_code == 200


def test_the_owner_of_the_machine_is_not_counted(start):
    client = start(LIMITS__PER_MINUTE=1)
    assert {call(client, {}).status_code for _ in range(4)} == {200}


def test_more_than_can_wait_is_told_to_come_again(start, assistant, monkeypatch):
    client = start(LIMITS__CONCURRENCY=1, LIMITS__QUEUE=1)
    release = threading.Event()
    search = assistant.search

    def slow(*arguments, **named):
        release.wait(10)
        return search(*arguments, **named)

    monkeypatch.setattr(assistant, "search", slow)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(call, client, {}) for _ in range(2)]
        deadline = time.monotonic() + 5
        while client.app.state.portal.workers.pending < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        refused = call(client, {})
        alive = client.get("/healthz")
        release.set()
        answers = [future.result() for future in waiting]
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["type"].endswith(":busy")
    assert alive.status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200]


def test_an_answer_that_takes_too_long_is_told(start, assistant, monkeypatch):
    client = start(LIMITS__REQUEST_SECONDS=0.2)
    ended = threading.Event()

    def slow(*_, **__):
        time.sleep(0.5)
        ended.set()
        return []

    monkeypatch.setattr(assistant, "search", slow)
    response = client.post("/v1/search", json={"query": "q"})
    assert (response.status_code, response.json()["type"][-10:]) == (504, "time-limit")
    assert ended.wait(5)


def test_work_over_its_time_keeps_its_place(configure):
    workers = Workers(configure(LIMITS__CONCURRENCY=1, LIMITS__QUEUE=0, LIMITS__REQUEST_SECONDS=0.1).limits)
    release = threading.Event()

    async def twice():
        with pytest.raises(ProblemError, match="took over"):
            await workers.run(lambda: release.wait(5))
        with pytest.raises(ProblemError, match="as much as it can"):
            await workers.run(lambda: None)
        release.set()
        for _ in range(200):
            if not workers.pending:
                break
            await asyncio.sleep(0.01)
        return await workers.run(lambda: "free again")

    assert asyncio.run(twice()) == "free again"
    workers.close()


def test_after_the_end_nothing_is_begun(configure):
    workers = Workers(configure().limits)
    workers.close()
    with pytest.raises(ProblemError, match="stopping"):
        asyncio.run(workers.run(lambda: None))
    assert workers.pending == 0
