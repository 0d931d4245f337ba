"""Measure the page as a reader feels it, against a server that needs no key.

    assistant serve --port 8000 &
    python tests/browser/measure.py http://127.0.0.1:8000 [--rounds 20] [--people 20]

Prints medians and 95th percentiles: first paint and first content of the page in a fresh browser context,
Enter to the answer on the screen, and one question after another from many people at once over the page's
own events. docs/page.md holds what it printed, with the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import shutil
import statistics
import time

import httpx

QUESTIONS = (
    "2030年技术合同成交额目标是多少？",
    "2025年全社会研发投入强度目标是多少？",
    "到2030年专精特新企业达到多少家？",
    "what is the 2030 tech contract target",
    "2041年技术合同成交额目标是多少？",
)
TIMED = """question => new Promise(resolve => {
  const box = document.querySelector('#pa-ask textarea');
  const turns = document.querySelectorAll('.pa-turn').length;
  const seen = new MutationObserver(() => {
    const turn = document.querySelectorAll('.pa-turn')[turns];
    if (!turn || !turn.querySelector('.pa-badge')) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  });
  seen.observe(document.body, {childList: true, subtree: true, attributes: true});
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  set.call(box, question);
  box.dispatchEvent(new Event('input', {bubbles: true}));
  const began = performance.now();
  box.dispatchEvent(new KeyboardEvent('keypress', {key: 'Enter', code: 'Enter', bubbles: true}));
})"""


def say(name: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name}: n={len(ordered)} median={statistics.median(ordered):.0f} ms p95={p95:.0f} ms")


def in_browser(url: str, rounds: int) -> None:
    from conftest import FLAGS
    from playwright.sync_api import sync_playwright

    paints, contents, answers = [], [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(rounds):
            page = browser.new_context(locale="zh-CN").new_page()
            began = time.perf_counter()
            page.goto(url, wait_until="commit")
            page.wait_for_selector(".pa-welcome")
            contents.append((time.perf_counter() - began) * 1000)
            paints.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            )
            page.context.close()
        page = browser.new_context(locale="zh-CN").new_page()
        page.goto(url)
        page.wait_for_selector(".pa-welcome")
        page.evaluate(TIMED, QUESTIONS[0])
        for round_ in range(rounds):
            answers.append(page.evaluate(TIMED, QUESTIONS[round_ % len(QUESTIONS)]))
            page.wait_for_timeout(100)
        browser.close()
    say("first paint", paints)
    say("first content (example questions shown)", contents)
    say("Enter to answer on the screen", answers)


async def one_person(client: httpx.AsyncClient, function: int, questions: int, took: list[float]) -> int:
    errors = 0
    for number in range(questions):
        session = secrets.token_hex(6)
        event = {
            "data": [QUESTIONS[number % len(QUESTIONS)], None],
            "fn_index": function,
            "session_hash": session,
        }
        began = time.perf_counter()
        joined = await client.post("/gradio_api/queue/join", json=event)
        ended = ""
        async with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as lines:
            async for line in lines.aiter_lines():
                if line.startswith("data:"):
                    message = json.loads(line[5:])
                    if message["msg"] == "process_completed":
                        ended = "done" if message["success"] else "failed"
                        break
        took.append((time.perf_counter() - began) * 1000)
        errors += joined.status_code != 200 or ended != "done"
    return errors


async def many_people(url: str, people: int, questions: int) -> None:
    took: list[float] = []
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        config = (await client.get("/config")).json()
        function = next(d["id"] for d in config["dependencies"] if d["api_name"] == "asked")
        began = time.perf_counter()
        errors = await asyncio.gather(*(one_person(client, function, questions, took) for _ in range(people)))
        seconds = time.perf_counter() - began
    say(f"{people} people at once, {questions} questions each", took)
    print(f"errors: {sum(errors)}; {len(took) / seconds:.0f} answers a second")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--people", type=int, default=20)
    chosen = parser.parse_args()
    in_browser(chosen.url, chosen.rounds)
    asyncio.run(many_people(chosen.url, chosen.people, 10))
