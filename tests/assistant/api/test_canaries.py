"""Nobody sees what is not theirs: documents with canaries, random groups, every endpoint, the real index.

Each document states the same figures with numbers and names of its own. A user whose groups do not cover a
document is never shown one of its canaries, and is answered as if it did not exist.
`LONG_TESTS=1` asks for 1,000 users.
"""

import json
import logging
import os
import random
from dataclasses import dataclass, replace

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.logs import JsonFormatter
from assistant.build import build_assistant
from assistant.folders import keys_file
from assistant.keys import KeyStore
from assistant.settings import load_settings
from index.model import SearchFilter

USERS = 1_000 if os.environ.get("LONG_TESTS") == "1" else 12
GROUPS = [f"group-{number}" for number in range(6)]
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
QUESTIONS = (
    "2030年数字经济规模的目标是多少?",
    "数字经济规模2025年和2030年分别是多少,相差多少?",
    "专项资金预算一共多少万元?",
    "谁是项目负责人?",
    "重点任务有哪些?",
    "What is the 2030 target for the digital economy?",
    "哪些文件已经废止?",
    "今天天气怎么样",
)


@dataclass(frozen=True)
class Canary:
    """A document, who may see it, and the strings that give it away."""

    name: str
    groups: frozenset
    document_id: str
    tells: tuple

    def visible_to(self, groups):
        return groups is None or not self.groups or bool(self.groups & groups)


def text_of(number, name):
    """A document that competes with all the others for every question."""
    return (
        f"关于{name}号工程数字经济发展的通知\n\n"
        f"一、发展目标\n"
        f"力争2025年郑州市数字经济规模突破{4000 + number}.{number:02}亿元,"
        f"2030年突破{8000 + number}.{number:02}亿元。"
        f"{name}号工程专项资金预算为{310 + number}.{number:02}万元。\n"
        f"二、重点任务\n"
        f"重点任务包括:一是建设{name}号数据中心;二是培育{name}号产业园。项目负责人是{name}远征。\n"
        f"{name}号工程自2024年1月1日起施行,《关于{NAMES[number - 1]}号工程数字经济发展的通知》同时废止。\n"
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The indexed documents and the settings of their server."""
    folder = tmp_path_factory.mktemp("canaries")
    patch = pytest.MonkeyPatch()
    patch.setenv("ASSISTANT_INDEX__PATH", str(folder / "index"))
    patch.setenv("ASSISTANT_LIMITS__PER_MINUTE", "0")
    settings = load_settings()
    patch.undo()
    chance = random.Random(7)
    assistant = build_assistant(settings)
    canaries = []
    for number, name in enumerate(NAMES):
        groups = frozenset(chance.sample(GROUPS, chance.randint(1, 2))) if number % 4 else frozenset()
        text = text_of(number, name)
        report = assistant.add_upload(
            f"通知{number}.txt", text.encode(), source_key=f"canary-{number}", groups=groups
        )
        # Not its title: the document that replaces it names that.
        figures = (f"{4000 + number}.{number:02}", f"{8000 + number}.{number:02}")
        tells = (*figures, report.document_id, f"{name}号数据", f"{name}远征")
        canaries.append(Canary(name, groups, report.document_id, tells))
    yield assistant, settings, canaries
    assistant.index.close()


def calls(canary, question):
    """Every endpoint, aimed at one document; nothing that is sent holds a tell but the document's id."""
    place = f"/v1/documents/{canary.document_id}"
    cited = {"document_id": canary.document_id, "start": 0, "end": 8, "quote": "一二三四五六七八"}
    history = [{"question": "数字经济规模是多少?", "answer": "有多个目标"}]
    yield "POST", "/v1/ask", {"json": {"question": question, "history": history}}
    yield (
        "POST",
        "/v1/ask",
        {"json": {"question": question, "filters": {"document_ids": [canary.document_id]}}},
    )
    yield "POST", "/v1/ask", {"json": {"question": question}, "headers": {"Accept": "text/event-stream"}}
    yield "POST", "/v1/ask/batch", {"json": {"questions": [{"question": question}]}}
    yield "POST", "/v1/search", {"json": {"query": question, "top_k": 100}}
    yield "POST", "/v1/verify", {"json": {"citations": [cited]}}
    yield "GET", "/v1/documents", {"params": {"limit": 1000}}
    yield "GET", place, {}
    yield "GET", f"{place}/text", {}
    yield "GET", "/v1/indicators", {"params": {"limit": 1000}}
    yield "GET", "/v1/indicators", {"params": {"document_id": canary.document_id}}
    yield "POST", "/v1/feedback", {"json": {"question": question, "verdict": "down"}}
    yield "POST", "/v1/chat/completions", {"json": {"messages": [{"role": "user", "content": question}]}}
    yield (
        "POST",
        "/v1/chat/completions",
        {"json": {"messages": [{"role": "user", "content": question}], "stream": True}},
    )
    yield "GET", "/v1/jobs", {}
    yield "DELETE", place, {}
    yield "GET", "/metrics", {}


def find_leaks(assistant, settings, canaries, users, log):
    """What users were shown of documents that are not theirs; and how many responses were looked at."""
    chance, leaks, looked = random.Random(11), [], 0
    store = KeyStore(keys_file(settings))
    # Sees nothing more than others: asking, reading and trying to write.
    scopes = frozenset({"ask", "read", "write"})
    with TestClient(create_app(assistant, settings), base_url="http://localhost") as client:
        for _ in range(users):
            groups = frozenset(chance.sample(GROUPS, chance.randint(0, 3)))
            headers = {"Authorization": f"Bearer {store.create('user', scopes=scopes, groups=groups)[1]}"}
            forbidden = [canary for canary in canaries if not canary.visible_to(groups)]
            aim = chance.choice(forbidden)
            log.clear()
            for method, path, sent in calls(aim, chance.choice(QUESTIONS)):
                if method == "DELETE" and aim.visible_to(groups):
                    continue
                sent = {**sent, "headers": {**headers, **sent.get("headers", {})}}
                response = client.request(method, path, **sent)
                looked += 1
                shown = response.text + json.dumps(dict(response.headers))
                echoed = aim.document_id  # the one tell that the user sent
                shown = (
                    json.dumps(json.loads(response.text), ensure_ascii=False) if _is_json(response) else shown
                )
                for canary in forbidden:
                    for tell in canary.tells:
                        if tell in shown and tell != echoed:
                            leaks.append((method, path, canary.name, tell))
            lines = "".join(JsonFormatter().format(record) for record in log.records)
            leaks += [
                ("log", "", canary.name, tell)
                for canary in forbidden
                for tell in canary.tells
                if tell in lines
            ]
    return leaks, looked


def _is_json(response):
    return "json" in response.headers.get("content-type", "")


def test_nobody_sees_what_is_not_theirs(world, caplog):
    caplog.set_level(logging.DEBUG, logger="assistant")
    leaks, looked = find_leaks(*world, USERS, caplog)
    assert sorted(set(leaks)) == [], leaks[0]
    assert looked == USERS * 17


@pytest.mark.parametrize("method", ["ask", "search", "documents", "indicators"])
def test_a_planted_leak_is_caught(world, caplog, monkeypatch, method):
    assistant, settings, canaries = world
    honest = getattr(assistant, method)
    monkeypatch.setattr(
        type(assistant), method, lambda self, *args, **named: honest(*args, **{**named, "filters": None})
    )
    leaks, _ = find_leaks(assistant, settings, canaries, 4, caplog)
    assert leaks


def test_the_test_sees_visible_documents(world):
    """Someone of every group is shown every canary: otherwise the silence above would prove nothing."""
    assistant, settings, canaries = world
    store = KeyStore(keys_file(settings))
    _, key = store.create("all", scopes=frozenset({"ask", "read"}), groups=frozenset(GROUPS))
    with TestClient(create_app(assistant, settings), base_url="http://localhost") as client:
        headers = {"Authorization": f"Bearer {key}"}
        shown = client.post("/v1/search", json={"query": QUESTIONS[0], "top_k": 100}, headers=headers).text
        shown += client.get("/v1/documents", headers=headers).text
        shown += client.get("/v1/indicators?limit=1000", headers=headers).text
    assert [canary.name for canary in canaries if not all(tell in shown for tell in canary.tells)] == []


def test_what_is_forbidden_has_no_influence(world, tmp_path):
    """Answers and scores are those of an index that never held the forbidden documents."""
    assistant, settings, canaries = world
    groups = frozenset({GROUPS[0]})
    without = build_assistant(
        settings.model_copy(update={"index": settings.index.model_copy(update={"path": tmp_path})})
    )
    for number, canary in enumerate(canaries):
        if canary.visible_to(groups):
            text = text_of(number, canary.name)
            without.add_upload(
                f"通知{number}.txt", text.encode(), source_key=f"canary-{number}", groups=canary.groups
            )
    secret = next(canary for canary in canaries if not canary.visible_to(groups))
    for question in (
        *QUESTIONS,
        f"{secret.name}号数据中心建在哪里?",
        f"{secret.name}远征是谁?",
        secret.tells[0],
    ):
        seen = [
            replace(one.ask(question, filters=SearchFilter(groups)), took_ms=0, stages_ms={})
            for one in (assistant, without)
        ]
        assert seen[0] == seen[1]
        assert assistant.search(question, filters=SearchFilter(groups)) == without.search(question)
    without.index.close()
