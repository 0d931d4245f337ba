"""The fit finds the weights that made the answers, and its questions hold nothing that is held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.training.heldout import is_held_out_report
from index.training.measure import sections
from index.training.rank import fit, question_sets
from index.training.recipes import RECIPES
from index.training.sources import read

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_the_weights_that_made_the_answers_are_found() -> None:
    chance = np.random.default_rng(1)
    made = []
    for _ in range(3000):
        scores = chance.standard_normal((20, 3))
        noise = chance.gumbel(size=20)
        made.append((scores, int((scores @ np.array([2.0, 1.0, 3.0]) + noise).argmax())))
    np.testing.assert_allclose(fit(made), [1.0, 0.5, 1.5], atol=0.12)


def test_the_recipe_for_ranking_leaves_out_what_ranking_asks() -> None:
    assert not {"reading", "questions_zh", "headlines", "report_surroundings"} & set(
        RECIPES["unseen"].weights
    )


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the training text is not at {DATA}")
def test_no_question_comes_from_what_is_held_out() -> None:
    import random

    held_out = list(filter(is_held_out_report, read(DATA, "work_reports")))
    kept_out = {sentence for sentence, _ in sections(held_out, random.Random(3))}
    sets = {found.name: found for found in question_sets(DATA)}
    assert len(sets) == 6
    assert not kept_out & set(sets["reports"].questions)
    for found in sets.values():
        assert len(found.questions) == len(found.answers) == 400
