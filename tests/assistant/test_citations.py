"""Citations: each verdict, and that not one changed character of a thousand saved citations goes unnoticed."""

import random
import re
from dataclasses import replace

import pytest

from assistant.answers.drafts import Evidence
from assistant.citations import cite, section_at, verify
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.sets import shipped_sets
from assistant.model import Status, Verdict
from documents.model import Span
from documents.passages import sentences, split_passages
from documents.reading import read_bytes

TEXT = """# 乡村供水简报

到2030年，全市农村自来水普及率力争达到96%，供水管网突破4200公里。

各县要在汛期之前完成水厂检修，检修记录保存三年。
"""
HEDGES = ("力争", "争取", "确保", "预计", "初步核算", "计划", "努力")
OTHER_CHARACTERS = "的了和在不为"


def read_text(text=TEXT, key="water"):
    return read_bytes("water.md", text.encode(), source_key=key)


def citation_of(document, quote, marker=1):
    start = document.text.index(quote)
    return cite(marker, Evidence(document, section_at(document, start), Span(start, start + len(quote))))


QUOTE = "全市农村自来水普及率力争达到96%"


def test_a_citation_says_where_its_words_stand():
    document = read_text()
    citation = citation_of(document, QUOTE, marker=3)
    assert (citation.marker, citation.quote, citation.title) == (3, QUOTE, "乡村供水简报")
    assert document.text[citation.start : citation.end] == QUOTE
    assert (citation.document_id, citation.revision) == (document.id, document.revision)
    assert citation.byline is None
    assert citation.page is None


def test_found():
    document = read_text()
    verdict = verify(citation_of(document, QUOTE), document)
    assert verdict.verdict is Verdict.FOUND
    assert (verdict.start, verdict.end) == citation_of(document, QUOTE).span
    assert "as quoted" in verdict.why


def test_found_in_a_later_revision_says_so():
    document = read_text()
    later = read_text(TEXT + "\n附记：水价另行公布。\n")
    assert later.revision != document.revision
    verdict = verify(citation_of(document, QUOTE), later)
    assert verdict.verdict is Verdict.FOUND
    assert "later revision" in verdict.why


def test_moved_says_where_to():
    document = read_text()
    later = read_text(TEXT.replace("到2030年", "经市政府同意，到2030年"))
    verdict = verify(citation_of(document, QUOTE), later)
    assert verdict.verdict is Verdict.MOVED
    assert later.text[verdict.start : verdict.end] == QUOTE


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_range_that_is_one_character_off_is_moved(shift):
    document = read_text()
    citation = citation_of(document, QUOTE)
    shifted = replace(citation, start=citation.start + shift, end=citation.end + shift)
    verdict = verify(shifted, document)
    assert verdict.verdict is Verdict.MOVED
    assert (verdict.start, verdict.end) == citation.span


@pytest.mark.parametrize("span", [(-5, 4), (10, 10), (40, 20), (0, 10**9), (10**9, 10**9 + 4)])
def test_an_impossible_range_is_never_found(span):
    document = read_text()
    citation = replace(citation_of(document, QUOTE), start=span[0], end=span[1])
    assert verify(citation, document).verdict is Verdict.MOVED
    assert verify(replace(citation, quote="月球基地"), document).verdict is Verdict.NOT_FOUND
    assert verify(replace(citation, quote=""), document).verdict is Verdict.ALTERED


def test_altered_says_what_the_document_says():
    document = read_text()
    verdict = verify(replace(citation_of(document, QUOTE), quote=QUOTE.replace("96", "98")), document)
    assert verdict.verdict is Verdict.ALTERED
    assert "96%" in verdict.why
    assert "98%" in verdict.why


def test_altered_is_told_where_the_text_has_moved_and_changed():
    document = read_text()
    later = read_text(
        "# 前言\n\n" + "今年雨水偏多，各地要提前准备。" * 5 + "\n\n" + TEXT.replace("96%", "97%")
    )
    verdict = verify(citation_of(document, QUOTE), later)
    assert verdict.verdict is Verdict.ALTERED
    assert later.text[verdict.start : verdict.end] == QUOTE.replace("96%", "97%")


def test_not_found():
    document = read_text()
    citation = citation_of(document, QUOTE)
    assert verify(citation, None).verdict is Verdict.NOT_FOUND
    other = read_text("# 林业简报\n\n今年造林两万亩，抚育中幼林五千亩，新建苗圃三处，火情为零。\n")
    assert verify(citation, other).verdict is Verdict.NOT_FOUND


def test_superseded_when_the_words_stand_but_another_document_replaced_theirs():
    document = read_text()
    citation = citation_of(document, QUOTE)
    verdict = verify(citation, document, superseded_by="water-2027")
    assert verdict.verdict is Verdict.SUPERSEDED
    assert "water-2027" in verdict.why
    changed = replace(citation, quote=QUOTE.replace("96", "90"))
    assert verify(changed, document, superseded_by="water-2027").verdict is Verdict.ALTERED


def test_the_assistant_verifies_against_what_it_stores_now(build):
    assistant = build("verifying")
    added = assistant.add_upload("water.md", TEXT.encode(), source_key="water")
    answer = assistant.ask("2030年全市农村自来水普及率目标是多少?")
    assert answer.citations
    assert {v.verdict for v in assistant.verify(answer.citations)} == {Verdict.FOUND}
    assistant.add_upload("water.md", TEXT.replace("96%", "99%").encode(), source_key="water")
    assert {v.verdict for v in assistant.verify(answer.citations)} == {Verdict.ALTERED}
    assistant.remove([added.document_id])
    assert {v.verdict for v in assistant.verify(answer.citations)} == {Verdict.NOT_FOUND}


def test_a_replaced_documents_citation_is_superseded(office, ask):
    former = next(r for r in office.documents() if "2022" in r.source)
    assert former.superseded_by is not None
    answer = ask("原来通过国家审定的新品种每个奖励多少钱?")
    cited = [c for c in answer.citations if c.document_id == former.id]
    assert cited
    assert {v.verdict for v in office.verify(cited)} == {Verdict.SUPERSEDED}


# Every shipped question, asked once for the tests below.


@pytest.fixture(scope="module")
def answers(samples):
    cases = [case for path in shipped_sets() for case in read_cases(path)]
    assert len(cases) >= 200
    return [samples.ask(case.question, case.history) for case in cases]


def test_every_citation_of_every_answer_verifies(samples, answers):
    cited = [citation for answer in answers for citation in answer.citations]
    texts = {record.id: samples.document(record.id).text for record in samples.documents()}
    assert len(cited) >= 150
    assert [c.quote for c in cited if texts[c.document_id][c.start : c.end] != c.quote] == []
    told = samples.verify(cited)
    replaced = {record.id for record in samples.documents() if record.superseded_by}
    for citation, verification in zip(cited, told, strict=True):
        expected = Verdict.SUPERSEDED if citation.document_id in replaced else Verdict.FOUND
        assert verification.verdict is expected, (citation.quote, verification.why)


def test_markers_count_from_one_and_figures_point_at_them(answers):
    for answer in answers:
        markers = [citation.marker for citation in answer.citations]
        assert markers == list(range(1, len(markers) + 1)), answer.question
        for cited in answer.indicators:
            assert cited.citation in markers, answer.question
            quote = answer.citations[cited.citation - 1]
            row = cited.indicator
            assert quote.document_id == row.document_id
            assert quote.span.holds(row.value_span), (answer.question, quote.quote, row.value)


def test_whatever_is_answered_is_cited(answers):
    assert [a.question for a in answers if a.status is not Status.NOT_FOUND and not a.citations] == []
    assert all((a.reason is None) == (a.status is Status.ANSWERED) for a in answers)


def test_answers_keep_to_their_length(answers):
    lists = {"scaffold", "headings", "figures", "table"}  # and the figures of several places or years
    too_long = [
        (a.question, a.method, a.answer)
        for a in answers
        if len(a.answer) > (420 if a.method in lists or len(a.indicators) > 1 else 160)
    ]
    assert too_long == []


# The mutation test.


def saved_citations(samples, answers, wanted, generator):
    """Return citations of whole sentences and of clauses, and those of real answers."""
    found = [c for answer in answers for c in answer.citations if len(c.quote) >= 6]
    for record in samples.documents():
        document = samples.document(record.id)
        for passage in split_passages(document):
            section = document.sections[passage.section]
            for span in sentences(document.text, passage.span):
                if span.end - span.start < 8:
                    continue
                found.append(cite(1, Evidence(document, section, span)))
                for _ in range(3):
                    start = generator.randrange(span.start, span.end - 7)
                    end = generator.randrange(start + 8, span.end + 1)
                    found.append(cite(1, Evidence(document, section, Span(start, end))))
    generator.shuffle(found)
    assert len(found) >= wanted
    return found[:wanted]


def with_digit_changed(quote, generator):
    digits = [m.start() for m in re.finditer(r"\d", quote)]
    if not digits:
        return None
    at = generator.choice(digits)
    other = generator.choice([d for d in "0123456789" if d != quote[at]])
    return quote[:at] + other + quote[at + 1 :]


def with_character_changed(quote, generator):
    at = generator.randrange(1, len(quote) - 1)
    other = generator.choice([c for c in OTHER_CHARACTERS if c != quote[at]])
    return generator.choice([quote[:at] + other + quote[at + 1 :], quote[:at] + other + quote[at:]])


def with_hedge_changed(quote, generator):
    hedges = [hedge for hedge in HEDGES if hedge in quote]
    if not hedges:
        return None
    hedge = generator.choice(hedges)
    other = generator.choice(["", "争取" if hedge != "争取" else "力争"])
    changed = quote.replace(hedge, other, 1)
    removed_at_the_edge = not other and (quote.startswith(hedge) or quote.endswith(hedge))
    return None if removed_at_the_edge else changed


def test_a_thousand_saved_citations_and_each_one_changed(samples, answers):
    generator = random.Random(20260101)
    saved = saved_citations(samples, answers, 1000, generator)
    texts = {record.id: samples.document(record.id) for record in samples.documents()}
    assert all(verify(c, texts[c.document_id]).verdict is Verdict.FOUND for c in saved)
    counts = dict.fromkeys(("digit", "character", "hedge"), 0)
    missed = []
    for citation in saved:
        changes = {
            "digit": with_digit_changed(citation.quote, generator),
            "character": with_character_changed(citation.quote, generator),
            "hedge": with_hedge_changed(citation.quote, generator),
        }
        for kind, quote in changes.items():
            document = texts[citation.document_id]
            if quote is None or quote in document.text:
                continue  # nothing of the kind to change, or other printed words, which is `moved`
            counts[kind] += 1
            verdict = verify(replace(citation, quote=quote), document).verdict
            if verdict is not Verdict.ALTERED:
                missed.append((kind, citation.quote, quote, verdict))
    assert missed == []
    assert counts["character"] >= 950
    assert counts["digit"] >= 300
    assert counts["hedge"] >= 20


def test_a_hedge_taken_from_the_edge_of_a_quote_is_not_found_as_quoted():
    document = read_text("# 供水\n\n力争达到96%以上，其余指标另行通知各县。\n")
    citation = citation_of(document, "力争达到96%以上")
    shorter = replace(citation, quote="达到96%以上")
    assert verify(shorter, document).verdict is not Verdict.FOUND
