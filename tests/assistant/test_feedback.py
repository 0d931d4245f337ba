import pytest

from assistant.errors import FeedbackError
from assistant.feedback import Feedback, add_feedback, read_feedback


def test_feedback_comes_back_as_it_was_given(tmp_path):
    path = tmp_path / "server" / "feedback.jsonl"
    given = [
        Feedback(
            "问\n题", "down", "答", "wrong year", "2030年", ("引文",), "2026-01-02T03:04:05+00:00", "key-1"
        ),
        Feedback("q", "up", given_at="2026-01-02T03:04:06+00:00"),
    ]
    for feedback in given:
        add_feedback(path, feedback)
    assert list(read_feedback(path)) == given
    assert path.stat().st_mode & 0o077 == 0


def test_the_time_is_filled_in(tmp_path):
    add_feedback(tmp_path / "f", Feedback("q", "up"))
    assert next(read_feedback(tmp_path / "f")).given_at.startswith("20")


def test_a_missing_file_holds_none(tmp_path):
    assert list(read_feedback(tmp_path / "none")) == []


@pytest.mark.parametrize(
    "feedback", [Feedback("q", "maybe"), Feedback(" ", "up"), Feedback("q" * 70_000, "up")]
)
def test_empty_words_are_refused(tmp_path, feedback):
    with pytest.raises(FeedbackError):
        add_feedback(tmp_path / "f", feedback)
    assert not (tmp_path / "f").exists()


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"verdict": "up"}', '{"question": "q", "verdict": "up", "x": 1}']
)
def test_a_torn_line_is_named(tmp_path, line):
    add_feedback(tmp_path / "f", Feedback("q", "up"))
    with (tmp_path / "f").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(FeedbackError, match="Line 2"):
        list(read_feedback(tmp_path / "f"))
