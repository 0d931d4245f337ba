"""One server and one browser for all tests; every page fails its test on a script error or a call outside.

Screenshots go to the folder named by PAGE_SCREENSHOTS, or to pytest's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
# A closed network refuses the browser's own calls home, and each refusal costs time: they are switched off.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in Path(item.path).parents and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "serve.py"), str(folder)], stdout=log, stderr=log, env=surroundings
        )
        try:
            until = time.monotonic() + 240
            while not (folder / "ready.json").exists():
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail((folder / "log.txt").read_text("utf-8")[-3000:])
                time.sleep(0.1)
            yield {**json.loads((folder / "ready.json").read_text("utf-8")), "folder": folder}
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    named = os.environ.get("PAGE_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Visit:
    """One reader's page, with the few gestures that the tests share."""

    def __init__(self, page, pictures):
        self.page = page
        self.pictures = pictures

    def open(self, url, ready=".pa-chat"):
        self.page.goto(url)
        self.page.wait_for_selector(ready)
        return self

    def ask(self, question):
        """Ask in the box; returns the card of the answer."""
        turns = self.page.locator(".pa-turn").count()
        box = self.page.locator("#pa-ask textarea")
        box.fill(question)
        box.press("Enter")
        return self.card(turns)

    def card(self, turn):
        card = self.page.locator(".pa-turn").nth(turn).locator(".pa-card:not(.is-pending)")
        card.wait_for()
        return card

    def tab(self, number, ready):
        self.page.get_by_role("tab").nth(number).click()
        self.page.wait_for_selector(f"{ready} >> visible=true")

    def quoted(self):
        """Return the marked quotation of the visible evidence."""
        self.page.wait_for_selector(".pa-original mark.is-quote >> visible=true")
        return "".join(self.page.locator(".pa-original:visible mark.is-quote").all_inner_texts())

    def picture(self, name):
        self.page.wait_for_timeout(150)
        self.page.screenshot(path=self.pictures / f"{name}.png")


@pytest.fixture
def visiting(browser, served, pictures):
    """Return a context manager for a reader's page: `visiting("admin", width=360, locale=...)`."""

    @contextmanager
    def visit(key="admin", *, width=1280, height=860, dark=False, locale="zh-CN"):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        if key:
            cookie = {"name": "assistant_key", "value": served["keys"][key], "url": served["url"]}
            context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(20_000)
        outside, errors = [], []
        page.on("request", lambda request: _note_outside(request.url, outside))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: (errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        try:
            yield Visit(page, pictures)
            assert outside == [], "the page asked for something outside this host"
            assert errors == []
        finally:
            context.close()

    return visit


def _note_outside(url, outside):
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
        outside.append(url)
