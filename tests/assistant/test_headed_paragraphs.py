"""Interviews whose paragraphs open with what they are about: what is asked of a heading stands in the sentences behind it."""

import pytest

from assistant.model import Reason, Status

PAGE = """筑堤强网 让水长清 ——访市水利局党组书记崔望舒

“全会对水网建设作出了部署。”市水利局党组书记崔望舒表示,全局上下将以“两清五畅”为抓手,把“八项清单”逐项办结。市政府常务会议审议通过的《水网建设实施方案》,为今后五年指明了方向。

加密供水管网。一是更换老旧管道。二是联通城乡水厂。制定水厂联通三年计划,优先联通山区乡镇,配套建设加压泵站。三是管好计量设备。建立水表定期检定机制,逐户登记造册。

筑牢防汛堤岸,织密安全“防护网”。加固沿河险工险段,更新水位监测设备。汛前完成堤岸巡查,组建抢险队伍。

争创节水型园区、节水型校园、节水型社区等一批市级节水载体,打造滨河步道、湿地公园等若干亲水景观。

本报记者 罗青

以路为媒 串起山乡 ——访市交通局党组书记、局长段明远

市交通局党组书记、局长段明远表示,今年将打通断头路,改造农村公路,提升危旧桥梁的安全防护能力,让山乡群众出行更加顺畅。

本报记者 罗青
"""


@pytest.fixture(scope="module")
def ask(build):
    assistant = build("headed")
    assert assistant.add_upload("page.txt", PAGE.encode(), source_key="page.txt").state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("城乡水厂怎么联通?", ["三年计划", "加压泵站"]),
        ("崔望舒对计量设备怎么说?", ["定期检定"]),
        ("如何筑牢防汛堤岸?", ["加固沿河险工险段"]),
        ("筑牢防汛堤岸包括哪几方面?", ["加固沿河险工险段", "组建抢险队伍"]),
        ("加密供水管网有哪几方面?", ["更换老旧管道", "联通城乡水厂", "管好计量设备"]),
        ("崔望舒的访谈第二个方面讲了什么?", ["加固沿河险工险段", "组建抢险队伍"]),
        ("崔望舒对供水管网怎么说?", ["更换老旧管道", "管好计量设备"]),
        ("加密供水管网分几点?", ["更换老旧管道", "联通城乡水厂", "管好计量设备"]),
        ("市政府常务会议通过的文件叫什么?", ["《水网建设实施方案》"]),
        ("水利局和交通局的负责人分别是谁?", ["崔望舒", "段明远"]),
        ("党组书记是谁?", ["崔望舒", "段明远"]),
        ("市水利局文章的副标题是什么?", ["访市水利局党组书记崔望舒"]),
        ("Who heads the water resources bureau?", ["崔望舒"]),
        ("Who is the director of the transport bureau?", ["段明远"]),
        ("Who is in charge of the transport bureau?", ["段明远"]),
    ],
)
def test_what_is_asked_of_a_heading(ask, question, said):
    answer = ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert [words for words in said if words not in answer.answer] == [], answer.answer


@pytest.mark.parametrize(
    "question", ["两清五畅中五畅是哪五畅?", "Who is the director of the water resources bureau?"]
)
def test_what_is_only_named_or_another_post_is_declined(ask, question):
    answer = ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED), answer


def test_nobody_is_a_deputy_who_is_not_called_one(ask):
    answer = ask("Who is deputy director of the transport bureau?")
    assert "段明远" not in answer.answer


def test_no_count_is_told_where_none_is_asked_for(ask):
    answer = ask("What carriers should be created at city level?")
    assert "no number" not in answer.answer
