"""Text to training pairs: what stands on the left should find what stands on the right.

Each set is a function of the rows; `SETS` names them with the files they read. Left sides are short (a
question, a headline, a sentence), right sides are passages, so that training looks like searching. Random
choices come from one generator, so a seed gives the same pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.training.asking import chinese_question, english_question
from index.training.heldout import is_held_out_broadcast, is_held_out_report
from index.training.ledger_questions import chinese_ledger_questions
from index.training.names import pinyin_pairs
from index.training.sources import Row

# Left, right, and where several rights are cut out of one text, that text: they are no negatives of each other.
Pair = tuple[str, str] | tuple[str, str, str]
PASSAGE = 420  # characters of a Chinese right side
_SENTENCE = re.compile(r"[^。!?！？；\n]+[。!?！？；]?")
_ENGLISH_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_VERBS = frozenset(
    {
        "Give",
        "Describe",
        "Create",
        "Generate",
        "Explain",
        "Write",
        "Name",
        "List",
        "Identify",
        "Compose",
        "Summarize",
        "Find",
        "Suggest",
        "Outline",
        "Provide",
        "Compare",
        "Design",
        "Discuss",
        "Analyze",
        "Construct",
        "Rewrite",
        "Classify",
        "Tell",
        "Develop",
        "What",
        "How",
        "Why",
        "Who",
        "When",
        "Where",
    }
)
_SENSE = re.compile(r"[；;]")


@dataclass(frozen=True, slots=True)
class PairSet:
    """One kind of pairs: the files it is made of, and how a file's rows become pairs."""

    files: tuple[str, ...]
    make: Callable[[Iterable[Row], random.Random], Iterator[Pair]]


def sentences(text: str, minimum: int = 8) -> list[str]:
    """Return the sentences of Chinese text that have at least `minimum` characters."""
    return [part.strip() for part in _SENTENCE.findall(text) if len(part.strip()) >= minimum]


def _parallel(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair English and Chinese of the same meaning."""
    for row in rows:
        if _is_english(row["en"]):
            yield row["en"][:1200], row["zh"][:PASSAGE]


def _parts(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a sentence of an English paragraph with the whole Chinese paragraph."""
    for row in rows:
        parts = [part.strip() for part in _ENGLISH_SENTENCE.findall(row["en"]) if len(part.strip()) >= 25]
        if len(parts) >= 2 and _is_english(row["en"]):
            yield _shortened(chance.choice(parts).split(), chance, " "), row["zh"][:PASSAGE]


def _neighbours(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair an English paragraph's sentence with the Chinese paragraphs around its translation."""
    window: list[Row] = []
    for row in rows:
        window = [*window[-2:], row]
        parts = [part.strip() for part in _ENGLISH_SENTENCE.findall(window[len(window) // 2]["en"])]
        parts = [part for part in parts if len(part) >= 25]
        if parts and _is_english(row["en"]):
            yield chance.choice(parts), "\n".join(near["zh"] for near in window)[:PASSAGE]


def _dictionary(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair one or all English senses of an entry with its Chinese."""
    for row in rows:
        chinese = [part for part in _SENSE.split(row["zh"]) if part.strip()] or [row["zh"]]
        english = [part for part in _SENSE.split(row["en"]) if part.strip()] or [row["en"]]
        yield chance.choice(english) if chance.random() < 0.6 else row["en"], chance.choice(chinese)


def _crossed_answers(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair an English instruction with the Chinese answer in the next row, and the reverse.

    Nothing in a row says which of the two it is: an instruction asks or starts with a verb of asking, an
    answer is longer and does neither. Rows that stay unclear are left out.
    """
    before: Row | None = None
    for row in rows:
        asks = row["en"].rstrip().endswith("?") or row["en"].partition(" ")[0] in _VERBS
        if before is not None and not asks and len(row["en"]) >= max(60, len(before["en"])):
            yield before["en"][:600], row["zh"][:PASSAGE]
            yield before["zh"][:PASSAGE], row["en"][:1200]
        before = row if asks else None


def _questions(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a question with the text that answers it."""
    for row in rows:
        yield row["q"][:PASSAGE], row["p"][:1200]


def _reading(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a question with the passage, cut to hold the answer, and with the sentences around the answer."""
    for row in rows:
        at = int(row["answer_start"][0]) if row["answer_start"] else 0
        start = max(0, min(at - chance.randrange(60, PASSAGE - 60), len(row["context"]) - PASSAGE))
        yield row["q"], row["context"][start : start + PASSAGE], row["context"]
        yield row["q"], row["context"][max(0, at - 80) : at + 100], row["context"]


def _paraphrases(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair two texts that were judged the same, whatever the scale of the set."""
    accepted = {"chinese_stsb": {"4", "5"}, "qbqtc": {"1", "2"}}
    for row in rows:
        if row["label"] in accepted.get(row["source"], {"1"}):
            yield (row["a"], row["b"]) if chance.random() < 0.5 else (row["b"], row["a"])


def _headlines(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a headline with its article's beginning or a part of it, without the title if it is repeated."""
    for row in rows:
        title, text = row.get("title", "").strip(), row["text"].lstrip("# \n")
        text = text.removeprefix(title)
        if len(title) >= 6 and len(text) >= 30 and not is_held_out_broadcast({"date": "", **row}):
            start = 0 if chance.random() < 0.7 else chance.randrange(max(1, len(text) // 2))
            yield title, text[start : start + PASSAGE]


def _surroundings(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a sentence with what stands around it without it: the inverse cloze task (Lee et al. 2019)."""
    for row in rows:
        if is_held_out_broadcast({"date": "", **row}):
            continue
        found = sentences(row["text"])
        for at in range(chance.randrange(4), len(found), 12 if len(found) < 60 else 4):
            around = found[max(0, at - 3) : at] + found[at + 1 : at + 4]
            if len(around) >= 2 and len(found[at]) >= 12:
                if (
                    chance.random() < 0.1
                ):  # now and then with the sentence, so that shared words keep counting
                    around = found[max(0, at - 3) : at + 4]
                yield _shortened(list(found[at][:120]), chance, ""), "".join(around)[:PASSAGE]


def _asked_chinese(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a made question with five sentences in a row of which one answers it."""
    for row in rows:
        if is_held_out_broadcast({"date": "", **row}):
            continue
        found = sentences(row.get("text") or row["zh"], 4)
        for start in range(0, len(found), 15 if len(found) < 60 else 8):
            part = found[start : start + 5]
            sentence = chance.choice(part)
            if len(sentence) >= 15 and sum(map(len, part)) >= 50:
                yield chinese_question(sentence, chance), "".join(part)[:PASSAGE]


def _asked_reports(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    yield from _asked_chinese((row for row in rows if not is_held_out_report(row)), chance)


def _asked_reading(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a made question on each sentence of an encyclopedic or narrative text with what stands around it."""
    for context in dict.fromkeys(row["context"] for row in rows):
        found = sentences(context, 4)
        for at, sentence in enumerate(found):
            first = max(0, at - chance.randrange(5))
            part = "".join(found[first : max(first + 5, at + 1)])
            if len(sentence) >= 15 and len(part) >= 50:
                yield chinese_question(sentence, chance), part[:PASSAGE], context


def _asked_english(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    """Pair a question made out of an English sentence with the Chinese paragraph that answers it."""
    for row in rows:
        parts = [part.strip() for part in _ENGLISH_SENTENCE.findall(row["en"]) if len(part.strip()) >= 40]
        if parts and _is_english(row["en"]) and len(row["zh"]) >= 25:
            yield english_question(chance.choice(parts), chance), row["zh"][:PASSAGE]


def _report_surroundings(rows: Iterable[Row], chance: random.Random) -> Iterator[Pair]:
    yield from _surroundings((row for row in rows if not is_held_out_report(row)), chance)


def _shortened(units: list[str], chance: random.Random, glue: str) -> str:
    """Return in a third of the cases a run of at least half the units: questions are no full sentences."""
    if chance.random() < 0.33 and len(units) > 12:
        length = chance.randrange(len(units) // 2, len(units))
        start = chance.randrange(len(units) - length + 1)
        units = units[start : start + length]
    return glue.join(units)


def _is_english(text: str) -> bool:
    return sum("a" <= character.lower() <= "z" or character == " " for character in text) >= 0.7 * len(text)


_WEB = ("parallel_articles", "parallel_business")
SETS: dict[str, PairSet] = {
    "parallel_human": PairSet(("parallel_human",), _parallel),
    "parallel_web": PairSet((*_WEB, "parallel_instructions"), _parallel),
    "parallel_parts": PairSet(_WEB, _parts),
    "parallel_neighbours": PairSet(("parallel_articles",), _neighbours),
    "dictionary": PairSet(("dictionary",), _dictionary),
    "pinyin": PairSet(("dictionary",), pinyin_pairs),
    "crossed_answers": PairSet(("parallel_instructions",), _crossed_answers),
    "questions_zh": PairSet(("qa_zh",), _questions),
    "questions_en": PairSet(("qa_en",), _questions),
    "reading": PairSet(("reading",), _reading),
    "paraphrases": PairSet(("paraphrase",), _paraphrases),
    "headlines": PairSet(("broadcast_news",), _headlines),
    "titles": PairSet(("policies", "laws"), _headlines),
    "broadcast_surroundings": PairSet(("broadcast_news",), _surroundings),
    "news_surroundings": PairSet(("news_2023",), _surroundings),
    "official_surroundings": PairSet(("policies", "laws"), _surroundings),
    "asked_news": PairSet(("news_2023", "broadcast_news"), _asked_chinese),
    "asked_official": PairSet(("policies", "laws"), _asked_chinese),
    "asked_reports": PairSet(("work_reports",), _asked_reports),
    "asked_web": PairSet(_WEB, _asked_chinese),
    "asked_reading": PairSet(("reading",), _asked_reading),
    "asked_ledger": PairSet(
        ("work_reports", "policies", "broadcast_news", "news_2023"), chinese_ledger_questions
    ),
    "asked_english": PairSet((*_WEB, "parallel_human"), _asked_english),
    "report_surroundings": PairSet(("work_reports",), _report_surroundings),
}
