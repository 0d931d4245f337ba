"""Answers as HTML: what is shown, in which order, and that everything from documents stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
import scripted_assistant as fake

from assistant.model import Answer, Reason, Status, Verdict, Verification
from ui import rendering
from ui.conversation import Conversation, Exchange, card_of, figure_of
from ui.evidence_view import evidence_of
from ui.library_view import library_view
from ui.texts import Texts

ZH, EN = Texts("zh"), Texts("en")
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1)){{ 7*7 }}${7*7}"


class Tags(HTMLParser):
    """Collects elements, and the text of those with a class."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes, self.open, self.texts = [], [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in ("input", "circle", "path", "rect", "line", "br"):
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, classes in self.open:
            for name in classes.split():
                self.texts[name] = self.texts.get(name, "") + data


def answer(question="2030年技术合同成交额目标是多少?"):
    return fake.ScriptedAssistant().ask(question)


def shown(made, texts=ZH, **options):
    conversation = Conversation("", (Exchange(made.question, card_of(made, ("那2025年呢?",))),))
    return rendering.transcript(conversation, texts, **options)


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_figure_is_shown_with_hedge_comparator_unit_and_period_in_printed_order():
    tags = Tags(shown(answer()))
    assert "".join(tags.texts["pa-figure-value"].split()) == "力争突破2000亿元1"
    assert tags.texts["pa-value"] == "2000亿元"
    assert "郑州市" in tags.texts["pa-figure-of"]
    assert "2030年" in tags.texts["pa-figure-about"]
    assert "目标" in tags.texts["pa-figure-about"]


def test_a_comparator_that_is_printed_behind_stays_behind():
    row = replace(
        fake.contract_value("2030", "2000", inherited=True),
        comparator="左右",
        hedge=None,
        value="5",
        unit="家",
    )
    made = replace(answer(), indicators=(replace(answer().indicators[0], indicator=row),))
    assert "".join(Tags(shown(made)).texts["pa-figure-value"].split()) == "5家左右1"


def test_the_english_page_explains_comparator_and_hedge_and_keeps_the_printed_ones():
    text = text_of(shown(answer("what is the 2030 contract target"), EN))
    assert "力争 strive for" in text
    assert "突破 over" in text
    assert "Answered from the documents" in text


def test_a_decline_shows_its_reason_and_offers_facts_but_no_figure():
    html = shown(
        answer("谁能说清独角兽名单").__class__(
            "q", "zh", Status.NOT_FOUND, Reason.PERIOD_NOT_COVERED, "没有。", nearest=("近的事实",)
        )
    )
    tags = Tags(html)
    assert "is-not_found" in html
    assert "pa-value" not in tags.texts
    assert "现有文件没有涉及这个时间" in text_of(html)
    buttons = [a for tag, a in tags.attributes if tag == "button" and a.get("data-act") == "ask"]
    assert {"近的事实", "那2025年呢?"} <= {button.get("data-text") for button in buttons}


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
def test_every_reason_has_words(reason, texts):
    assert texts.say(f"reason_{reason.value}") in text_of(
        shown(Answer("q", "zh", Status.PARTIAL, reason, "答"), texts)
    )


def test_everything_from_outside_is_inert():
    evil = answer()
    citation = replace(evil.citations[0], title=EVIL, section=EVIL, byline=EVIL, quote=EVIL)
    row = replace(
        evil.indicators[0].indicator,
        name=EVIL,
        subject=EVIL,
        hedge=EVIL,
        comparator=EVIL,
        value=EVIL,
        speaker=EVIL,
    )
    evil = replace(
        evil, question=EVIL, answer=EVIL, citations=(citation,), nearest=(EVIL,),
        indicators=(replace(evil.indicators[0], indicator=row),),
    )  # fmt: skip
    html = shown(evil, notice=EVIL)
    tags = Tags(html)
    assert not {"script", "img", "a", "iframe"} & set(tags.names)
    assert not [name for _, attributes in tags.attributes for name in attributes if name.startswith("on")]
    assert "{{ 7*7 }}${7*7}" in unescape(html)
    assert EVIL in tags.texts["pa-answer"].replace("1", "", 0)


def test_evidence_marks_exactly_the_quotation_and_where_parts_were_carried_from():
    made = answer()
    view = evidence_of(
        made.citations[0],
        fake.document(),
        card_of(made).carried_from(1),
        {"hedge": "语气", "name": "指标名称"},
    )
    tags = Tags(rendering.evidence(view, ZH))
    body = rendering.evidence(view, ZH).split('class="pa-original')[1]
    assert (
        "".join(re.findall(r'<mark class="is-quote "[^>]*>([^<]*)</mark>', body)) == made.citations[0].quote
    )
    assert re.findall(r'<mark class="is-carried "[^>]*>([^<]*)</mark>', body) == ["力争", "技术合同成交额"]
    assert "语气承接自上文“力争”" in tags.texts["pa-legend"]
    assert "2025-11-22" in tags.texts["pa-about"]
    assert "本报记者 某某" in tags.texts["pa-about"]


def test_a_document_that_changed_is_shown_without_marks():
    made = answer()
    changed = replace(fake.document(), text="改动" + fake.TEXT)
    html = rendering.evidence(evidence_of(made.citations[0], changed), ZH)
    assert "is-quote" not in html
    assert ZH.say("stale") in html


def test_the_whole_document_is_shown_in_order_with_its_title_and_byline_told_apart():
    view = evidence_of(answer().citations[0], fake.document(), whole=True)
    html = rendering.evidence(view, ZH)
    lines = [line for line in fake.TEXT.split("\n") if line]
    assert ["".join(run.text for run in paragraph.runs) for paragraph in view.paragraphs] == lines
    assert 'class="is-title">把科技成果' in html
    assert 'class="is-byline">本报记者' in html
    assert "<script>" not in html


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words(verdict):
    view = evidence_of(
        answer().citations[0], fake.document(), verification=Verification(verdict, "why so", "goals")
    )
    assert ZH.say(f"verdict_{verdict.value}") in rendering.evidence(view, ZH)


def test_a_long_document_opens_around_the_quotation():
    document = replace(
        fake.document(), text="\n".join(f"第{n}行" for n in range(1000)) + "\n目标行", sections=()
    )
    start = document.text.index("目标行")
    citation = replace(
        answer().citations[0], revision=document.revision, start=start, end=start + 3, quote="目标行"
    )
    view = evidence_of(citation, document, whole=True)
    assert view.older > 0
    assert view.paragraphs[-1].runs[-1].text == "目标行"
    assert view.older + len(view.paragraphs) + view.newer == 1001


def test_citation_numbers_stand_behind_their_clause_and_printed_ones_stay():
    figures = [
        figure_of(fake.contract_value("2025", "1000", inherited=False), 1),
        figure_of(fake.contract_value("2030", "2000", inherited=True), 2),
    ]
    pieces = rendering.pieces_of("2025年1000亿元,2030年2000亿元。", [1, 2], figures)
    assert [(p.text, p.marker) for p in pieces] == [
        ("2025年1000亿元", None), ("", 1), (",2030年2000亿元", None), ("", 2), ("。", None),
    ]  # fmt: skip
    printed = rendering.pieces_of("甲[2]乙[9]", [2])
    assert [(p.text, p.marker) for p in printed] == [("甲", None), ("", 2), ("乙[9]", None)]
    assert [p.marker for p in rendering.pieces_of("没有数字。", [1])] == [None, 1, None]


def test_copied_text_carries_the_source_and_its_code():
    text = rendering.copy_text(card_of(answer()), ZH)
    assert text.startswith("力争突破2000亿元。\n出处：《科技创新与制造强市目标摘编》")
    assert re.search(r"核验码：[0-9a-f]{10}-\d+-\d+-[0-9a-f]{8}$", text)


def test_a_question_under_way_offers_to_stop_and_a_stopped_one_to_ask_again():
    conversation = Conversation("", (Exchange("问"),))
    assert 'data-act="stop"' in rendering.transcript(conversation, ZH, pending=True)
    stopped = rendering.transcript(conversation, ZH)
    assert 'data-act="stop"' not in stopped
    assert ZH.say("stopped") in stopped


def test_every_button_has_a_name():
    html = shown(answer()) + rendering.evidence(evidence_of(answer().citations[0], fake.document()), ZH)
    for attributes, inside in re.findall(r"<button([^>]*)>(.*?)</button>", html, re.S):
        assert "aria-label" in attributes or text_of(inside), attributes


def test_the_start_offers_examples_and_earlier_conversations_as_text():
    earlier = Conversation("", (Exchange(EVIL, card_of(answer())),))
    html = rendering.start((EVIL, "问二"), (earlier,), ZH)
    tags = Tags(html)
    assert not {"script", "img", "a"} & set(tags.names)
    acts = [attributes.get("data-act") for tag, attributes in tags.attributes if tag == "button"]
    assert acts == ["ask", "ask", "reopen", "forget"]
    assert ZH.say("empty_library") in rendering.start((), (), ZH, library_empty=True)


@pytest.mark.parametrize(
    ("texts", "said"), [(ZH, "有1份文件由其他版本读取"), (EN, "1 documents were read by another")]
)
def test_the_library_says_that_another_version_has_read_documents(texts, said):
    records = fake.ScriptedAssistant().documents()
    assert said not in rendering.library(library_view(records, ()), texts, may_write=True)
    records[0] = replace(records[0], reading="older")
    shown = rendering.library(library_view(records, ()), texts, may_write=True)
    assert said in shown
    assert "assistant reindex" in shown
