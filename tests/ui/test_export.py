"""A report opens again with python-docx, and its footnotes carry source, quotation and code."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import scripted_assistant as fake
from lxml import etree

from ui import export
from ui.codes import verification_code
from ui.conversation import card_of
from ui.texts import Texts

ZH = Texts("zh")
DAY = date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cards():
    assistant = fake.ScriptedAssistant()
    return [card_of(assistant.ask(question)) for question in ("2030年成交额目标", "是谁说的", "独角兽是哪些")]


def footnotes(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    return {
        note.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in note.iter(f"{W}p"))
        for note in root.iter(f"{W}footnote")
    }


def test_the_report_opens_again_with_questions_answers_and_footnotes():
    content = export.docx(cards(), ZH, DAY)
    opened = docx.Document(io.BytesIO(content))
    text = [paragraph.text for paragraph in opened.paragraphs]
    assert text[0] == "政策问答记录"
    assert "问：2030年成交额目标" in text
    assert "力争突破2000亿元。" in text
    assert "文件中没有依据：文件提到了，但没有写明这一项" in text
    references = [r.get(f"{W}id") for p in opened.paragraphs for r in p._p.iter(f"{W}footnoteReference")]
    notes = footnotes(content)
    assert references == ["1", "2"]
    assert set(notes) == {"-1", "0", "1", "2"}
    citation = cards()[0].citations[0]
    assert citation.quote in notes["1"]
    assert f"核验码：{verification_code(citation)}" in notes["1"]
    assert "《科技创新与制造强市目标摘编》" in notes["1"]


def test_control_characters_do_not_break_the_report():
    card = cards()[0]
    card = replace(
        card,
        question="问\x00\x0b题",
        answer="甲\x01\n乙",
        citations=(replace(card.citations[0], quote="引\x02文"),),
    )
    content = export.docx([card], ZH, DAY)
    assert "问：问题" in [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert "引文" in footnotes(content)["1"]


def test_the_same_answers_make_the_same_markdown_with_numbered_footnotes():
    text = export.markdown(cards(), ZH, DAY)
    assert text == export.markdown(cards(), ZH, DAY)
    assert "力争突破2000亿元。[^1]" in text
    assert text.count("[^2]") == 2
    assert verification_code(cards()[0].citations[0]).replace("-", "\\-") in text


def test_markdown_in_an_answer_is_escaped():
    card = replace(cards()[2], answer="[点我](javascript:alert(1)) <b>x</b> # y")
    text = export.markdown([card], ZH, DAY)
    assert "\\[点我\\]\\(javascript:alert\\(1\\)\\) \\<b\\>x\\</b\\> \\# y" in text
