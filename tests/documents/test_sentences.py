"""Sentences and clauses: where they end, what stays whole, and that no character is lost."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.model import Span
from documents.sentences import clauses, sentences

# Boundaries, quotes and numbers much more often than chance would give them.
PIECES = st.sampled_from(
    [
        *'。！？；，、：“”‘’（）《》,;:!?()…—"\n 　中国年',
        "1,000",
        "3.5%",
        "8:30",
        "2030年",
        "。”",
        "”，",
        "……",
        "一是",
        "\n\n",
        "——",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def sentences_of(text):
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def clauses_of(text):
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年完成。明年开工！好吗？好；", ["今年完成。", "明年开工！", "好吗？", "好；"]),
        ("宏图已定,任务已明;起而行之!", ["宏图已定,任务已明;", "起而行之!"]),
        ("他说：“先立后破。”大家都同意。", ["他说：“先立后破。”", "大家都同意。"]),
        (
            "“路径清楚，人人振奋。”局长张强表示，要落实。",
            ["“路径清楚，人人振奋。”", "局长张强表示，要落实。"],
        ),
        ("重点回答“怎么办？”的问题，不回避。", ["重点回答“怎么办？”的问题，不回避。"]),
        ("打造“企业出题、团队答题；政府助题”的模式。", ["打造“企业出题、团队答题；政府助题”的模式。"]),
        (
            "按照《关于加快发展！的意见》（见附件；共3份）办理。",
            ["按照《关于加快发展！的意见》（见附件；共3份）办理。"],
        ),
        ("增长3.5%。达到1.5万家。", ["增长3.5%。", "达到1.5万家。"]),
        ("道路……还很长。", ["道路……", "还很长。"]),
        ("第一行没有句号\n第二行也没有", ["第一行没有句号", "第二行也没有"]),
        ("“开了头没有收。后面照样分句。", ["“开了头没有收。", "后面照样分句。"]),
        ("The plan ends in 2030. It has two parts.", ["The plan ends in 2030. It has two parts."]),
        ("The city grows. It has two parts.", ["The city grows.", "It has two parts."]),
        ("", []),
        (" \n　", []),
    ],
)
def test_sentences(text, expected):
    assert sentences_of(text) == expected


def test_a_long_speech_in_quotes_is_cut_like_other_text():
    speech = "“" + "全市上下要把思想统一到部署上来，把力量凝聚到任务上来。" * 6 + "”"
    assert len(sentences_of(speech)) == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争2025年突破1000亿元,2030年突破2000亿元。", ["力争2025年突破1000亿元", "2030年突破2000亿元"]),
        ("路线图、施工图、实景图", ["路线图、施工图、实景图"]),
        ("出口1,000吨，进口20,000,000吨", ["出口1,000吨", "进口20,000,000吨"]),
        ("上午8:30开会，下午2：00散会", ["上午8:30开会", "下午2：00散会"]),
        ("打造“企业出题,团队答题”的模式,加快推进", ["打造“企业出题,团队答题”的模式", "加快推进"]),
        ("鼓励大学(院,所)参与；不设门槛：", ["鼓励大学(院,所)参与", "不设门槛"]),
        (
            ("“科研人员走进了车间，工程师也走进了课堂，双方在同一张桌子上把难题一道一道地解开来，"
            "这样的场面从前很少见，如今几乎天天都有。”他说。"),
            [
                "“科研人员走进了车间",
                "工程师也走进了课堂",
                "双方在同一张桌子上把难题一道一道地解开来",
                "这样的场面从前很少见",
                "如今几乎天天都有。”",
                "他说",
            ],
        ),
        ("，。；", []),
    ],
)  # fmt: skip
def test_clauses(text, expected):
    assert clauses_of(text) == expected


@given(TEXTS)
def test_sentences_keep_every_printed_character_in_order(text):
    spans = sentences(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert all("\n" not in span.of(text) and span.of(text).strip() == span.of(text) for span in spans)


@given(TEXTS)
def test_clauses_leave_out_marks_only(text):
    spans = clauses(text, Span(0, len(text)))
    inside = {position for span in spans for position in range(*span)}
    left = [character for position, character in enumerate(text) if position not in inside]
    assert all(character in '。！？；，：,;:!?… \n　”’）)》"' for character in left)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_what_lies_outside_the_span_is_not_looked_at(text, before, after):
    span = Span(min(before, len(text)), max(min(before, len(text)), len(text) - after))
    shifted = [Span(one.start - span.start, one.end - span.start) for one in sentences(text, span)]
    assert shifted == sentences(span.of(text), Span(0, span.end - span.start))
