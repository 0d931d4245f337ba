"""schemathesis against our own OpenAPI: every check, stateful too, on a started server.

`LONG_TESTS=1` makes it thorough (docs/operations.md has the figures of the last such run).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

CONFIGURATION = Path(__file__).parent / "schemathesis.toml"
LONG = os.environ.get("LONG_TESTS") == "1"


def test_the_api_keeps_what_it_publishes(server, tmp_path):
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION)),
        *("run", f"{server.url}/openapi.json", "--header", f"Authorization: Bearer {server.key}"),
        *(
            "--checks",
            "all",
            "--seed",
            "1",
            "--suppress-health-check",
            "all",
            "--generation-database",
            "none",
        ),
        *("--request-timeout", "120", "--max-response-time", "120"),
        *(
            ["--max-examples", "150"]
            if LONG
            else ["--max-examples", "1", "--phases", "examples,fuzzing,stateful"]
        ),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    print(done.stdout[-300:])
    made = int(re.search(r"(\d+) generated", done.stdout).group(1))
    assert made >= (2500 if LONG else 60)
    assert "19 passed" in done.stdout or "Tested: 19" in done.stdout
