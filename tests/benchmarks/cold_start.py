"""What the first answer costs: `assistant ask` in a fresh process, beside an import of the engines alone.

    .venv/bin/python -m tests.benchmarks.cold_start [TIMES]

Indexes the sample documents in a folder of its own, then starts each command in turn, so that both see the same
machine. Prints CPU seconds of the processes (user and system: waiting for others' work is not counted), the most
memory, and the ratio. Nothing is asserted.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

import documents

SAMPLES = Path(documents.__file__).parent / "samples"
QUESTION = "2030年技术合同成交额的目标是多少?"
BARE = [sys.executable, "-c", "import numpy, faiss, tantivy"]


def cost(command: list[str]) -> tuple[float, float]:
    """Return the CPU seconds and the most memory in MiB of one process.

    Nothing large is imported here: a process starts with what its parent held as its most.
    """
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print one line for each command."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        cost([sys.executable, "-m", "ui", "add", "--index", folder, str(SAMPLES)])
        ask = [sys.executable, "-m", "ui", "ask", "--index", folder, QUESTION]
        pairs = [(cost(BARE), cost(ask)) for _ in range(times)]
    for name, at in (("import numpy, faiss, tantivy", 0), ("assistant ask", 1)):
        seconds = [pair[at][0] for pair in pairs]
        memory = max(pair[at][1] for pair in pairs)
        print(
            f"{name}: {statistics.median(seconds):.2f} s of CPU (least {min(seconds):.2f}), {memory:.0f} MiB"
        )
    print(f"ratio: {statistics.median(pair[1][0] / pair[0][0] for pair in pairs):.1f}")


if __name__ == "__main__":
    main()
