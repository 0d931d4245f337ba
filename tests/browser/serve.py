"""Start what the browser tests look at: the real server with three keys, and a scripted page beside it.

    python serve.py FOLDER

Writes FOLDER/ready.json with addresses and keys when both answer; runs until it is ended.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.request
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "ui")]

import uvicorn  # noqa: E402
from scripted_assistant import ScriptedAssistant  # noqa: E402

from assistant.build import build_assistant  # noqa: E402
from assistant.folders import keys_file  # noqa: E402
from assistant.keys import KeyStore  # noqa: E402
from assistant.settings import load_settings  # noqa: E402
from ui.host import PageHost  # noqa: E402
from ui.page import create_page  # noqa: E402
from ui.serving import create_portal  # noqa: E402

DOCUMENTS = Path(__file__).parent / "documents"
SAMPLES = Path(__file__).parents[2] / "documents" / "samples"


class SlowAssistant(ScriptedAssistant):
    """Takes three seconds for questions with 慢 in them, so that there is something to stop."""

    def ask(self, question, history=(), **options):
        if "慢" in question:
            time.sleep(3)
        return super().ask(question, history, **options)


def serve(app) -> str:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def main(folder: Path) -> None:
    settings = load_settings(index=folder / "index")
    assistant = build_assistant(settings)
    reports = assistant.add([SAMPLES / "zhengzhou-innovation-page.txt", DOCUMENTS / "open"])
    reports += assistant.add([DOCUMENTS / "finance"], groups=frozenset({"finance"}))
    assert not [report for report in reports if report.state == "failed"], reports
    store = KeyStore(keys_file(settings))
    everything = frozenset({"ask", "read", "write"})
    keys = {
        "admin": store.create("管理员", scopes=everything, groups=None)[1],
        "finance": store.create("财务处", scopes=everything, groups=frozenset({"finance"}))[1],
        "staff": store.create("综合处", scopes=frozenset({"ask", "read"}), groups=frozenset())[1],
    }
    app = create_portal(assistant, settings)
    addresses = {"url": serve(app), "scripted": serve(create_page(SlowAssistant(), PageHost()))}
    for address in addresses.values():
        urllib.request.urlopen(address + "/sign-in", timeout=30).read()
    ready = folder / "ready.json"
    ready.with_suffix(".part").write_text(json.dumps({**addresses, "keys": keys}), "utf-8")
    ready.with_suffix(".part").rename(ready)
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
