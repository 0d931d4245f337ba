"""Both languages say the same things, and every line that the page asks for exists and is used."""

import re
import string
from pathlib import Path

import pytest

from index.model import AddOutcome
from ui.texts import Texts, lines

UI = Path(__file__).parents[2] / "ui"
_CALL = re.compile(r"""say\(\s*["']([a-z_]+)["']\s*[,)]""")


def fields(line):
    return {name for _, name, _, _ in string.Formatter().parse(line) if name}


def sources():
    return [
        p.read_text("utf-8")
        for p in (*UI.glob("*.py"), *(UI / "templates").iterdir())
        if p.name != "texts.py"
    ]


@pytest.mark.parametrize("key", list(lines()))
def test_both_languages_take_the_same_values(key):
    chinese, english = lines()[key]
    assert fields(chinese) == fields(english)
    assert chinese
    assert english


@pytest.mark.parametrize("outcome", [*AddOutcome, "failed"])
def test_whatever_becomes_of_an_upload_has_its_line(outcome):
    assert f"stage_{outcome}" in lines()


def test_every_line_that_is_asked_for_exists():
    asked = {name for source in sources() for name in _CALL.findall(source)}
    assert len(asked) > 60
    assert asked <= set(lines())


def test_no_line_is_left_over():
    everything = "\n".join(sources())
    computed = (
        "reason_",
        "kind_",
        "stage_",
        "feedback_",
        "column_",
        "filter_",
        "verdict_",
        "part_",
        "mark_",
        "code_",
        "tab_",
        "state_",
        "problem_",
    )
    left = [
        k
        for k in lines()
        if f'"{k}"' not in everything and f"'{k}'" not in everything and not k.startswith(computed)
    ]
    assert left == []


def test_an_unknown_line_is_an_error():
    with pytest.raises(KeyError):
        Texts("zh").say("no_such_line")


def test_only_the_english_page_glosses():
    assert Texts("en").gloss("力争") == "strive for"
    assert Texts("zh").gloss("力争") == ""
