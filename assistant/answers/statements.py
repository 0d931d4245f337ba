"""Which sentences of the found documents may be taken for what they state: no instructions, and those of a named title."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.evidence import Pool, article_key, article_of
from assistant.answers.force_answers import asks_force
from assistant.asking.questions import Question
from documents.folding import fold

_INSTRUCTS = re.compile(
    r"(?:忽略|无视|忘记|不要理会)[^。;,]{0,12}(?:内容|指令|文字|规则|提示|信息)|"
    r"(?:ai|人工智能|智能|问答)(?:助手|助理|模型|机器人)[^。;]{0,24}(?:回答|答复|回复|输出)|"
    r"系统(?:提示|指令)[:,]|(?:一律|统一|必须|只能|请直接)(?:回答|回复|答复|输出)(?:为|成)?[:“\"']|"
    r"ignore (?:all |any |the )*(?:above|previous|prior) (?:text|instructions?|content)"
)
_TITLED = re.compile(r"《([^》]{2,40})》")


def without_instructions(question: Question, pool: Pool) -> Pool:
    """Return the pool without sentences that tell a reader's machine what to say, unless they are asked for.

    They are text of the document and can be quoted; what they would have said is not what the document states.
    """
    if _INSTRUCTS.search(question.key) or re.search(r"提示|指令|instruction", question.key):
        return pool
    gone = [one for one in pool.sentences if _INSTRUCTS.search(one.key)]
    if not gone:
        return pool
    left = tuple(one for one in pool.sentences if one not in gone)
    rows = tuple(
        row for row in pool.rows
        if not any(one.document.id == row.document_id and one.span.holds(row.value_span) for one in gone)
    )  # fmt: skip
    return replace(pool, sentences=left, rows=rows)


def within_title(question: Question, pool: Pool) -> Pool:
    """Return the articles that print a title of the question which is no document here: what others are about is not it."""
    titles = _TITLED.findall(question.key)
    if len(titles) != 1 or asks_force(question):
        return pool
    if any(titles[0] in fold(document.title) for document in pool.documents.values()):
        return pool
    spans = {
        (one.document.id, article_of(one.document, one.section).span)
        for one in pool.sentences
        if f"《{titles[0]}》" in one.key or titles[0] in article_key(one.document, one.section)
    }
    return pool.touching(spans) if spans else pool
