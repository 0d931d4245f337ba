"""Load on a started server, against a bare FastAPI application in the same minute.

    python tests/benchmarks/api_load.py --seconds 60 --passages 20000 --soak-minutes 30

Needs wrk (Debian: apt install wrk). Prints a Markdown table for docs/operations.md: requests per second, the
median, 95th and 99th percentile in milliseconds, errors, and the ratio to the bare application that reads and
writes JSON of the same sizes; then the server's memory before and after.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "contracts" / "api")]

from started_server import index_samples, start_server, stop_server  # noqa: E402

from assistant.build import build_assistant  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

CONNECTIONS = (1, 8, 64, 256)
QUESTIONS = (
    "郑州市2030年技术合同成交额的目标是多少?",
    "2030年研发投入强度要达到多少?",
    "谁介绍了科技创新工作?",
    "what is the 2030 tech contract target",
)
BARE = """
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Ask(BaseModel):
    question: str


@app.post("/v1/ask")
def ask(body: Ask):
    return {"question": body.question, "answer": "x" * 900}
"""
LUA = """
local bodies = {%s}
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  n = n + 1
  return wrk.format(nil, "/v1/ask", nil, bodies[n %% #bodies + 1])
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout))
end
"""


def lua_script(folder: Path) -> Path:
    bodies = ", ".join(
        f"[[{json.dumps({'question': question}, ensure_ascii=False)}]]" for question in QUESTIONS
    )
    path = folder / "ask.lua"
    path.write_text(LUA % bodies, "utf-8")
    return path


def load(url: str, script: Path, connections: int, seconds: int) -> tuple[float, float, float, float, int]:
    """Return requests per second, p50, p95, p99 in ms, and how many failed."""
    threads = min(2, connections)
    command = [
        "wrk",
        f"-t{threads}",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(script),
        url,
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    numbers = [int(part) for part in re.search(r"RESULT (.*)", output).group(1).split()]
    requests, microseconds, p50, p95, p99, status, broken = numbers
    return requests / microseconds * 1e6, p50 / 1000, p95 / 1000, p99 / 1000, status + broken


def memory(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


def start_bare(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    (folder / "bare.py").write_text(BARE, "utf-8")
    port = "18765"
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "bare:app",
        "--port",
        port,
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    process = subprocess.Popen(command, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/openapi.json", timeout=1)
            break
        except OSError:
            time.sleep(0.1)
    return process, url


def index_many(folder: Path, passages: int) -> int:
    """Index documents that we make up until there are about so many passages."""
    assistant = build_assistant(load_settings(index=folder))
    held, number = 0, 0
    while held < passages:
        lines = [f"第{number}号工作报告", ""]
        for part in range(100):
            year, value = 2024 + part % 8, (number * 37 + part * 11) % 9000 + 10
            lines.append(
                f"到{year}年,第{number}区第{part}类产业增加值突破{value}亿元,新增企业{value % 97}家。"
            )
            lines.append("")
        report = assistant.add_upload(
            f"报告{number}.txt", "\n".join(lines).encode(), source_key=f"load-{number}"
        )
        held, number = held + report.passages, number + 1
    assistant.index.close()
    return held


def measure(name: str, url: str, pid: int, bare_url: str, script: Path, seconds: int) -> None:
    """Print a row for each number of connections."""
    before = memory(pid)
    for connections in CONNECTIONS:
        bare = load(bare_url, script, connections, min(seconds, 10))
        rate, p50, p95, p99, failed = load(url, script, connections, seconds)
        print(
            f"| {name} | {connections} | {rate:.0f} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {failed} "
            f"| {bare[0]:.0f} | {rate / bare[0]:.3f} |",
            flush=True,
        )
    print(f"\n{name}: memory {before:.0f} MiB before, {memory(pid):.0f} MiB after\n", flush=True)


def soak(url: str, pid: int, script: Path, minutes: int) -> None:
    """Print the memory each minute under 8 connections."""
    held = []
    for _ in range(minutes):
        rate, _, _, p99, failed = load(url, script, 8, 60)
        held.append(memory(pid))
        print(
            f"soak: {rate:.0f} requests/s, p99 {p99:.0f} ms, {failed} failed, {held[-1]:.0f} MiB", flush=True
        )
    if held:
        print(f"soak: {held[0]:.0f} MiB after the first minute, {held[-1]:.0f} MiB after {minutes}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--soak-minutes", type=int, default=0)
    options = parser.parse_args()
    load_now = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load_now}\n"
    )
    print(
        "| index | connections | requests/s | p50 ms | p95 ms | p99 ms | failed | bare requests/s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = lua_script(folder)
        bare, bare_url = start_bare(folder)
        index_samples(folder / "samples")
        server = start_server(folder / "samples", LOG__LEVEL="warning")
        measure("samples", server.url, server.process.pid, bare_url, script, options.seconds)
        soak(server.url, server.process.pid, script, options.soak_minutes)
        stop_server(server)
        if options.passages:
            held = index_many(folder / "many", options.passages)
            server = start_server(folder / "many", LOG__LEVEL="warning")
            measure(f"{held} passages", server.url, server.process.pid, bare_url, script, options.seconds)
            stop_server(server)
        bare.terminate()
        bare.wait()


if __name__ == "__main__":
    main()
