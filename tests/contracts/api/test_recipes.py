"""Every recipe of docs/api.md is run as it stands there, against a started server."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
RECIPES = re.findall(r"^```(bash|js|python)\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
TOOLS = {"bash": ("bash", "curl", "jq"), "js": ("node",), "python": ()}

# What each must print, so that a recipe that prints nothing, or an error, is noticed.
SAID = (
    '"answered"',
    "answered ",
    "1000",
    "done ",
    "3.5%",
    "】 true",
    '"found"',
    '"rank": 1',
    '"2030"',
    '"done"',
    "event: done\ndone",
    "accepted",
    "[1]",
    "found",
    "invalid-request",
)


def test_there_are_recipes():
    assert len(RECIPES) == len(SAID)


@pytest.mark.parametrize("number", range(len(SAID)))
def test_a_recipe_does_what_it_says(server, tmp_path, number):
    language, text = RECIPES[number]
    for tool in TOOLS[language]:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    file = tmp_path / {"bash": "recipe.sh", "js": "recipe.mjs", "python": "recipe.py"}[language]
    if language == "js":
        text = "const { PORTAL, KEY } = process.env;\n" + text
    file.write_text(text, "utf-8")
    program = {"bash": ["bash", "-euo", "pipefail"], "js": ["node"], "python": [sys.executable]}[language]
    done = subprocess.run(
        [*program, str(file)],
        env={**os.environ, "PORTAL": server.url, "KEY": server.key, "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SAID[number] in done.stdout
