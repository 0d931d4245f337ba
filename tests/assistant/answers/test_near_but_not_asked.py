"""What stands near what was asked and does not answer it: a total, a later year, another thing counted, a heading."""

import pytest

from assistant.model import Status

PAGE = """守好一江碧水 ——访市水利局党组书记、局长褚望舒

市水利局党组书记、局长褚望舒表示，全市水利系统将把任务落到实处。

2026年新增节水型企业45家，节水专精特新企业总数达到130家。到2031年，自来水普及率由目前的83.5%提高到92%。

未来五年，要实现水利投资突破70亿元。

守牢防汛底线。修订江河洪水调度方案，汛期实行二十四小时值班。

推出取水许可、河道采砂等九个“一次办”套餐，申请人只填一张表。

每周四举办“河长接待日”活动。

本报记者 阮清和
"""


@pytest.fixture(scope="module")
def page(build):
    assistant = build("near")
    assert assistant.add_upload("page.txt", PAGE.encode(), source_key="page").state == "added"
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("现在自来水普及率是多少?", "83.5%"),
        ("2031年自来水普及率达到多少?", "92%"),
        ("What is the tap water coverage rate now?", "83.5%"),
        ("褚望舒是什么职务?", "市水利局党组书记、局长"),
        ("怎样守住防汛底线?", "修订江河洪水调度方案"),
        ("“河长接待日”活动什么时候举办?", "每周四"),
        ("2026年新增节水型企业多少家?", "45家"),
    ],
)
def test_answered(page, question, said):
    answer = page.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2026年新增多少家节水专精特新企业?", "130"),
        ("五年前水利投资是多少?", "70"),
        ("办“一次办”套餐要填几张表?", "九"),
        ("三河市自来水普及率是多少?", "83.5"),
    ],
)
def test_no_figure_of_something_else(page, question, figure):
    answer = page.ask(question)
    assert answer.status is not Status.ANSWERED or figure not in answer.answer


def test_what_is_printed_of_another_place_is_not_called_unprinted(build):
    assistant = build("places")
    text = "榆江市2031年计划 ——关于科技工作\n\n河南省支持榆江市建设科创走廊。\n\n到2031年，榆江市技术合同成交额突破300亿元。\n"
    assistant.add_upload("plan.txt", text.encode(), source_key="plan")
    answer = assistant.ask("河南省2031年技术合同成交额目标是多少?")
    assert answer.status is Status.NOT_FOUND
    assert "没有提到" not in answer.answer
    assert "河南" in answer.answer
