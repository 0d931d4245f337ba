"""A real server, as `assistant serve` starts it, on the sample documents."""

import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from assistant.build import SAMPLES, build_assistant
from assistant.keys import KeyStore
from assistant.settings import load_settings

ALL = frozenset({"ask", "read", "write", "admin"})


@dataclass
class Server:
    """A started server and what a caller of it needs."""

    folder: Path
    url: str
    process: subprocess.Popen
    key: str
    lines: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.key}"}

    def make_key(self, *scopes, groups=()):
        store = KeyStore(self.folder / "server" / "keys.sqlite")
        held = frozenset(groups) if groups is not None else None
        return store.create("test", scopes=frozenset(scopes), groups=held)[1]


def index_samples(folder):
    assistant = build_assistant(load_settings(index=folder))
    assert not [report for report in assistant.add([SAMPLES]) if report.state == "failed"]
    assistant.index.close()


def start_server(folder, key="", **settings):
    """Start a server on a free port and wait until it says where it is."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment |= {
        "ASSISTANT_INDEX__PATH": str(folder),
        "ASSISTANT_SERVER__PAGE": "false",
        "PYTHONUTF8": "1",
    }
    environment |= {f"ASSISTANT_{name}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[3],
    )
    lines = []
    for line in process.stderr:
        lines.append(line)
        if found := re.search(r"Serving (http://[^/]+)/", line):
            server = Server(folder, found.group(1), process, key, lines)
            # The pipe must be emptied, or the server waits for it.
            server.reader = threading.Thread(target=lambda: lines.extend(process.stderr), daemon=True)
            server.reader.start()
            return server
    raise AssertionError(f"the server did not start: {lines}")


def stop_server(server, kill=False):
    server.process.kill() if kill else server.process.terminate()
    server.process.wait(30)
    server.reader.join(10)
    server.process.stderr.close()
