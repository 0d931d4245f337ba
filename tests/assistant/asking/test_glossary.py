"""The lexicon: every line well-formed; and how English phrases are cut and looked up."""

import re
from importlib import resources
from itertools import pairwise

import pytest

from assistant.asking.colloquial import colloquial
from assistant.asking.glossary import english_for, entries, phrases, singular
from documents.folding import fold

LEXICON = resources.files("assistant") / "lexicon"


def lines(name):
    text = (LEXICON / name).read_text("utf-8")
    return [(at, line) for at, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]


@pytest.mark.parametrize("name", ["glossary.tsv", "words.tsv", "verbs.tsv", "places_en.tsv"])
def test_every_line_of_the_english_lexicons(name):
    wrong = []
    for at, line in lines(name):
        cells = line.split("\t")
        if len(cells) != 2:
            wrong.append((at, line, "not two cells"))
            continue
        english, chinese = cells
        if english != english.strip().lower() or not re.fullmatch(
            r"[a-z0-9“\"][a-z0-9 .,&'/\"“”\-]*", english
        ):
            wrong.append((at, line, "English is not plain lower case"))
        terms = chinese.split("|")
        if any(not term or term != term.strip() or term != fold(term) for term in terms):
            wrong.append((at, line, "Chinese is empty or no key"))
        if len(set(terms)) != len(terms):
            wrong.append((at, line, "an alternative twice"))
    assert wrong == []


def test_every_line_of_the_colloquial_lexicon():
    wrong = []
    for at, line in lines("colloquial.tsv"):
        cells = line.split("\t")
        printed = cells[-1].split("|")
        keys = [cells[0], *printed]
        if len(cells) != 2 or any(not key or key != fold(key.strip()) for key in keys):
            wrong.append((at, line))
        if len(set(printed)) != len(printed) or printed == [cells[0]]:
            wrong.append((at, line, "says nothing new"))
    assert wrong == []


@pytest.mark.parametrize("name", ["glossary.tsv", "colloquial.tsv"])
def test_nothing_stands_twice(name):
    firsts = [line.split("\t")[0] for _, line in lines(name)]
    assert sorted(first for first in set(firsts) if firsts.count(first) > 1) == []


def test_what_is_read_is_what_is_written():
    assert len(colloquial()) == len(lines("colloquial.tsv"))
    assert colloquial()["房租"][0] == "租金"
    assert entries()[("technology", "contract", "turnover")] == ("技术合同成交额",)
    assert all(words and chinese for words, chinese in entries().items())


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("contracts", "contract"),
        ("cities", "city"),
        ("branches", "branch"),
        ("boxes", "box"),
        ("classes", "class"),
        ("class", "class"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("statistics", "statistics"),
        ("bus", "bus"),
        ("gas", "gas"),
        ("city's", "city"),
        ("r&d", "r&d"),
        ("2030", "2030"),
        ("", ""),
    ],
)
def test_singular(word, one):
    assert singular(word) == one


def test_the_longest_phrase_wins():
    (phrase,) = [p for p in phrases("technology contract turnover") if p.chinese]
    assert (phrase.text, phrase.chinese) == ("technology contract turnover", ("技术合同成交额",))


def test_plurals_capitals_and_hyphens_make_no_difference():
    texts = ["high-tech enterprises", "High-Tech Enterprise", "high tech enterprise"]
    found = {next(p.chinese for p in phrases(text) if p.chinese) for text in texts}
    assert len(found) == 1


def test_phrases_lie_where_they_say():
    text = "What is the R&D intensity of Langu by 2030?"
    found = phrases(text)
    assert [p.text for p in found] == [text[p.start : p.end] for p in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_back_to_english():
    assert english_for("技术合同成交额").startswith("technology contract")
    assert english_for("并无此词") is None
