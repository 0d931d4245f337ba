"""Figures: the asked year, place and kind of figure, with comparator, hedge and source; or why there is none."""

import pytest

from assistant.model import Reason, Status


def told(ask, question):
    answer = ask(question)
    return answer.status, answer.reason, answer.answer, [c.quote for c in answer.citations]


STATED = [
    # year, place and name of the row; what must be said, and what must not
    ("岚谷市2025年技术合同成交额是多少?", ["31.5亿元", "2025"], ["40亿元"]),
    ("岚谷市2026年技术合同成交额目标是多少?", ["力争突破40亿元", "2026"], ["31.5亿元"]),
    ("岚谷市2025年地区生产总值是多少?", ["初步核算", "865亿元"], ["6.1%"]),
    ("岚谷市2025年地区生产总值增长多少?", ["增长6.1%", "初步核算"], ["865亿元"]),
    ("岚谷市2025年新增多少家高新技术企业?", ["新增45家"], ["300家"]),
    ("岚谷市2030年高新技术企业要达到多少家?", ["达到300家"], ["45家"]),
    ("岚谷市城镇新增就业2026年目标是多少?", ["2.5万人左右"], ["2.6万人"]),
    ("岚谷市2025年城镇新增就业是多少?", ["2.6万人"], ["2.5万人"]),
    ("岚谷市到2030年建成多少个中试基地?", ["若干个"], []),
    ("岚谷市2026年要新建多少个口袋公园?", ["12个"], []),
    ("青棠市2030年职业技能培训人次目标是多少?", ["力争突破5万人次"], ["3万人次"]),
    ("青棠市2026年登记失业率目标是多少?", ["3.2%以内"], []),
    ("青棠市2030年高技能人才达到多少?", ["2万人左右"], ["6万人"]),
    ("青棠市2030年新就业群体合计多少人?", ["超过6万人"], []),
    ("青棠市2026年新增零工市场多少家?", ["新增8家"], []),
    ("青棠市2030年社区助餐点多少个?", ["150个"], ["88个"]),
    # typed in other ways
    ("青棠市二〇三〇年职业技能培训人次目标", ["力争突破5万人次"], ["3万人次"]),
    ("青棠市２０３０年職業技能培訓人次目標是多少？", ["力争突破5万人次"], ["3万人次"]),
    ("岚谷市高企2030年得有几家?", ["达到300家"], ["45家"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), STATED)
def test_stated(ask, question, said, unsaid):
    status, reason, text, quotes = told(ask, question)
    assert (status, reason) == (Status.ANSWERED, None)
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []
    assert quotes


ENGLISH = [
    ("What was Langu's GDP in 2025?", ["865亿元", "86.5 billion yuan", "初步核算"]),
    ("how many new high-tech enterprises in 2025", ["45家"]),
    ("What is the registered unemployment rate target for 2030?", ["3%以内", "within 3%"]),
]


@pytest.mark.parametrize(("question", "said"), ENGLISH)
def test_in_english_around_the_printed_figure(ask, question, said):
    answer = ask(question)
    assert answer.language == "en"
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []


REFUSED = [
    ("岚谷市2027年技术合同成交额目标是多少?", Reason.PERIOD_NOT_COVERED, "31.5亿元"),
    ("青棠市2035年登记失业率目标是多少?", Reason.PERIOD_NOT_COVERED, "3.2%以内"),
    ("技术合同成交额2025年13月是多少?", Reason.PERIOD_NOT_COVERED, "31.5亿元"),
    ("岚谷市2030年新增高新技术企业多少家?", Reason.PERIOD_NOT_COVERED, "45家"),
    ("岚谷市2025年高新技术企业总数是多少?", Reason.PERIOD_NOT_COVERED, "300家"),
    ("岚谷市2026年技术合同成交额完成了多少?", Reason.ATTRIBUTE_NOT_STATED, "40亿元"),
    ("青棠市零工市场总数是多少?", Reason.ATTRIBUTE_NOT_STATED, "8家"),
    ("临川市2030年高新技术企业有多少家?", Reason.SUBJECT_NOT_COVERED, ""),
    ("洛阳市2026年技术合同成交额目标是多少?", Reason.SUBJECT_NOT_COVERED, ""),
    ("全国2025年技术合同成交额是多少?", Reason.SUBJECT_NOT_COVERED, ""),
]


@pytest.mark.parametrize(("question", "reason", "nearest"), REFUSED)
def test_no_other_figure_is_given_for_the_one_that_is_missing(ask, question, reason, nearest):
    answer = ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, reason)
    assert answer.indicators == ()
    assert nearest in " ".join(answer.nearest)
    for figure in ("31.5", "40", "300", "45", "2000"):
        assert figure not in answer.answer


def test_a_part_of_a_total_is_not_given(samples):
    answer = samples.ask("郑州2030年独角兽企业有多少家?")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED)
    assert "200" not in answer.answer
    assert any("200家" in text for text in answer.nearest)
    whole = samples.ask("郑州2030年“新物种”企业合计多少家?")
    assert "超过200家" in whole.answer


def test_a_name_that_two_places_share_is_answered_for_each_by_name(samples):
    answer = samples.ask("2025年技术合同成交额是多少?")
    assert "栖云市" in answer.answer
    assert "76.3亿元" in answer.answer
    assert "郑州市" in answer.answer
    assert "力争突破1000亿元" in answer.answer
    assert {row.indicator.subject for row in answer.indicators} >= {"栖云市", "郑州市"}


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("郑州2025年技术合同成交额目标是多少?", "1000亿元", "76.3"),
        ("栖云市2025年技术合同成交额是多少?", "76.3亿元", "1000"),
        ("河南省2025年生产总值是多少?", "6.66万亿元", "2186"),
        ("栖云市2025年地区生产总值是多少?", "2186亿元", "6.66"),
    ],
)
def test_a_figure_of_one_place_never_answers_for_another(samples, question, said, unsaid):
    answer = samples.ask(question)
    assert said in answer.answer
    assert unsaid not in answer.answer


def test_two_documents_that_disagree_are_both_shown(ask):
    answer = ask("岚谷市2025年农产品网络零售额是多少?")
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.CONFLICTING)
    for words in ("18亿元", "20亿元", "岚谷市商务工作简报", "统计公报", "2026-01-09", "2026-03-20"):
        assert words in answer.answer
    assert len({citation.document_id for citation in answer.citations}) == 2


def test_documents_that_agree_are_no_conflict(samples):
    answer = samples.ask("栖云市2025年全社会研发投入强度是多少?")
    assert answer.reason is None
    assert "2.41%" in answer.answer


def test_a_replaced_document_answers_only_when_it_is_asked_for(office, ask):
    former = next(r.id for r in office.documents() if r.superseded_by)
    now = ask("通过国家审定的新品种每个奖励多少钱?")
    assert "20万元" in now.answer
    assert "12万元" not in now.answer
    assert former not in {citation.document_id for citation in now.citations}
    then = ask("原来通过国家审定的新品种每个奖励多少钱?")
    assert "12万元" in then.answer
    assert {citation.document_id for citation in then.citations} == {former}


FALSE = [
    ("为什么岚谷市2025年地区生产总值只有600亿元?", "865亿元"),
    ("为什么岚谷市2025年地区生产总值下降6.1%?", "增长6.1%"),
    ("岚谷市2025年地区生产总值下降6.1%吗?", "增长6.1%"),
    ("岚谷市2026年技术合同成交额目标是50亿元吗?", "力争突破40亿元"),
]


@pytest.mark.parametrize(("question", "said"), FALSE)
def test_a_false_premise_is_corrected(ask, question, said):
    answer = ask(question)
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.FALSE_PREMISE)
    assert said in answer.answer
    assert answer.citations


def test_a_true_premise_is_confirmed(ask):
    answer = ask("岚谷市2025年地区生产总值是865亿元吗?")
    assert answer.status is Status.ANSWERED
    assert answer.answer.startswith("是的")
    assert "初步核算" in answer.answer


def test_the_figures_of_an_answer_carry_what_was_left_out(ask):
    answer = ask("青棠市2030年职业技能培训人次目标是多少?")
    (cited,) = answer.indicators
    row = cited.indicator
    assert (row.period, row.value, row.unit, row.comparator, row.hedge) == (
        "2030",
        "5",
        "万人次",
        "突破",
        "力争",
    )
    assert row.normalized == 50000
    assert row.parts["hedge"].inherited
    assert row.parts["name"].inherited
    quote = answer.citations[cited.citation - 1].quote
    assert "职业技能培训人次" in quote
    assert "5万人次" in quote


def test_the_quote_holds_name_and_value(ask):
    for question, said, _ in STATED[:8]:
        answer = ask(question)
        for cited in answer.indicators:
            quote = answer.citations[cited.citation - 1].quote
            assert cited.indicator.value in quote, (question, said)
