"""How people say what documents print in other words: 低保 for 最低生活保障, 死 for 遇难."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import rjieba

_UNCUT = re.compile(r"[\u4e00-\u9fff]{3,}")


@cache
def colloquial() -> dict[str, tuple[str, ...]]:
    """Return the colloquial lexicon: key as people say it → keys as documents print it."""
    lines = (resources.files("assistant") / "lexicon/colloquial.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {said: tuple(printed.split("|")) for said, printed in rows}


@cache
def uncut() -> re.Pattern[str]:
    """Return a pattern for those that the word list would cut apart: 新农合 is not 新农 and 合."""
    entries = [said for said in colloquial() if _UNCUT.fullmatch(said) and not rjieba.has_word(said)]
    return re.compile("|".join(map(re.escape, sorted(entries, key=len, reverse=True))))
