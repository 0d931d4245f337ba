"""Old sayings that a text quotes: 古人云:“行百里者半九十。”, “志之所趋,无远弗届。”, for a question that asks for them."""

from __future__ import annotations

import re

from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool
from assistant.answers.phrasing import quoted
from assistant.asking.questions import Question

_ASKS = re.compile(
    r"(?:哪|什么)(?:些|一|几)?(?:句|个|首)?(?:的)?(?:古语|古话|古训|古诗|诗句|诗词|名句|名言|谚语|俗语|俗话|老话|成语|典故|引语)"
    r"|(?:古语|古话|古训|古诗|诗句|诗词|名句|名言|谚语|俗语|俗话|老话|典故)(?:是|有|叫)?(?:哪|什么)|引用了?(?:哪|什么)(?:些|一|几)?(?:句|话)"
)
_LEAD = r"(?:古人|古语|古训|俗话|俗语|常言|老话|谚语|有道是|诗|名言|正所谓|所谓|语|书|曰|云)[^。“”]{0,8}?(?:云|说|曰|道|言|:|,)*"
_INTRODUCED = re.compile(rf"{_LEAD}[:,]?“([^”]{{5,40}})”")
_ALONE = re.compile(r"^“([^”]{5,30}[.。!?])”$")


def answer_saying(question: Question, pool: Pool) -> Draft | None:
    """Return the sayings that the found text quotes, introduced ones before those that stand alone; or None."""
    if not _ASKS.search(question.key):
        return None
    for pattern in (_INTRODUCED, _ALONE):
        told = [(s, match) for s in pool.sentences if (match := pattern.search(s.key))]
        told = [(s, match) for s, match in told if s.document.id == told[0][0].document.id]
        if told:
            said = [s.text[match.start(1) : match.end(1)].rstrip("。.") for s, match in told]
            proofs = tuple(Evidence(s.document, s.section, s.span) for s, _ in told)
            return Draft("saying", quoted(question.language, "；".join(f"“{one}”" for one in said)), proofs)
    return None
