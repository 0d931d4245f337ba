"""The README's first screen, links and commands are true."""

import re
from pathlib import Path

from click.testing import CliRunner

from ui.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
FIRST_SCREEN = 40  # lines


def test_every_link_leads_to_a_file():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_two_commands_stand_on_the_first_screen_and_in_the_makefile():
    first = "\n".join(README.splitlines()[:FIRST_SCREEN])
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("ask", "serve", "test"):
        assert f"make {target}" in first
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_that_it_shows_exists():
    shown = set(
        re.findall(
            r"assistant (add|remove|list|show|ask|search|indicators|verify|evaluate|serve|reindex|status)\b",
            README,
        )
    )
    assert {"add", "ask", "indicators", "verify", "evaluate"} <= shown
    for command in sorted(shown):
        result = CliRunner().invoke(main, [command, "--help"])
        assert result.exit_code == 0, f"{command}: {result.output}"


def test_the_answer_that_it_shows_is_what_the_samples_give(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    shown = re.search(r'\$ make ask Q="([^"]+)"\n(.+?)\n```', README, re.DOTALL)
    assert shown, "the README shows a question with its answer"
    result = CliRunner().invoke(main, ["ask", shown.group(1)])
    assert result.exit_code == 0, result.output
    assert without_ids(result.stdout) == without_ids(shown.group(2))


def without_ids(text):
    """A document's id ends in a hash of where it was installed."""
    return re.sub(r"-[0-9a-f]{8} \[", " [", text).strip()
