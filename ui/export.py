"""Answers as a report: .docx with footnoted sources, and Markdown; made in memory, never on disk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.model import Citation
from ui.codes import verification_code
from ui.conversation import Card

if TYPE_CHECKING:
    from ui.texts import Texts

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~])")


def source_line(citation: Citation, texts: Texts) -> str:
    """Say in one line where a citation comes from, with the code by which it can be checked."""
    place = f"《{citation.title}》" if texts.language == "zh" else f"“{citation.title}”"
    parts = [place]
    if citation.section and citation.section != citation.title:
        parts.append(citation.section)
    if citation.byline:
        parts.append(citation.byline)
    if citation.page:
        parts.append(texts.say("page", page=citation.page))
    separator = "，" if texts.language == "zh" else ", "
    return separator.join(parts) + " · " + texts.say("report_code", code=verification_code(citation))


def verdict_line(card: Card, texts: Texts) -> str:
    """Say in one line how far the documents answer, with the reason where there is one."""
    colon = "：" if texts.language == "zh" else ": "
    why = colon + texts.say("reason_" + card.reason.value) if card.reason else ""
    return texts.say(card.status.value) + why


def _inert(text: str) -> str:
    """Escape what Markdown would read, so that a document's text stays text in the report too."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", "  \n")


def markdown(cards: Sequence[Card], texts: Texts, made_on: date) -> str:
    """Return the cards as Markdown with footnotes, numbered through the report."""
    lines = [f"# {texts.say('report_title')}", "", texts.say("report_made", date=made_on.isoformat()), ""]
    notes: list[str] = []
    for card in cards:
        lines += [f"## {_inert(card.question)}", ""]
        answer = _inert(card.answer)
        for citation in card.citations:
            notes.append(
                f"[^{len(notes) + 1}]: {_inert(source_line(citation, texts))}  \n"
                f"    {texts.say('report_quote', quote=_inert(citation.quote))}"
            )
            answer += f"[^{len(notes)}]"
        if card.reason:
            answer = "**" + verdict_line(card, texts) + "**\n\n" + answer
        lines += [answer, ""]
    return "\n".join([*lines, *notes, ""])


def docx(cards: Sequence[Card], texts: Texts, made_on: date) -> bytes:
    """Return the cards as a Word report: question, answer, and a footnote for each source with its code."""
    from ui.word_report import WordReport  # python-docx is slow to import and only this needs it

    report = WordReport(texts.say("report_title"), texts.say("report_made", date=made_on.isoformat()))
    for card in cards:
        report.heading(texts.say("report_question", question=card.question))
        if card.reason:
            report.remark(verdict_line(card, texts))
        notes = [
            [source_line(citation, texts), texts.say("report_quote", quote=citation.quote)]
            for citation in card.citations
        ]
        report.paragraph(card.answer, notes)
    return report.saved()
