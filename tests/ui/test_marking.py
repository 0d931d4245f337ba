"""Runs joined are the text again, whatever is marked; UTF-16 is counted as a browser does."""

from hypothesis import given
from hypothesis import strategies as st

from documents.model import Span
from ui.marking import Mark, lines_of, runs_of, utf16_offset

TEXTS = st.text(alphabet="力争2025年,。\n 𠮷e\u0301", max_size=40)


@given(
    TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["quote", "carried"])))
)
def test_runs_joined_are_the_text_and_marked_runs_are_what_is_marked(text, spans):
    marks = [Mark(Span(min(a, b), max(a, b)), kind) for a, b, kind in spans]
    runs = runs_of(text, Span(0, len(text)), marks)
    assert "".join(run.text for run in runs) == text
    at = 0
    for run in runs:
        for offset in range(at, at + len(run.text)):
            over = {mark.kind for mark in marks if mark.span.start <= offset < mark.span.end}
            assert set(run.kinds) == over
        at += len(run.text)


@given(TEXTS)
def test_lines_are_what_splitting_and_stripping_gives(text):
    assert [span.of(text) for span in lines_of(text, Span(0, len(text)))] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]


@given(TEXTS, st.integers(0, 40))
def test_utf16_is_counted_as_a_browser_does(text, offset):
    assert utf16_offset(text, offset) == sum(2 if ord(c) > 0xFFFF else 1 for c in text[:offset])
