"""News and notices: people behind posts, the right one of two alike, and answers that say more than the question."""

import pytest
from news_documents import NEWS

from assistant.model import Reason, Status


@pytest.fixture(scope="module")
def ask(build):
    assistant = build("news")
    for name, text in NEWS.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("银杉市文物局局长是谁?", "骆向晴"),
        ("出席灯会开幕式的副市长叫什么?", "柏文远"),
        ("银杉市廊桥保护委员会主任是谁?", "柏文远"),
        ("石板煤矿事故死了多少人?", "5人"),
        ("石板煤矿矿长尤大勇受到什么处分?", "撤职"),
        ("从井下救出多少人?", "31人"),
        ("银杉市低保标准是多少?", "860元"),
        ("参加新农合的居民有多少?", "21.6万人"),
        ("入围企业只有2家的怎么采购?", "议价"),
        ("第六届桥灯会什么时候开幕?", "9月12日"),
        ("灯会二等奖奖金多少钱?", "1万元"),
        ("灯会由哪些单位主办?", "市文化馆"),
        ("居住登记申报时间是什么时候?", "3月20日"),
        ("发现登记有误怎么办?", "5日内"),
        ("骆向晴怎么说门票收入?", "廊桥修缮"),
        ("成年救助对象饮食标准是多少?", "520元"),
        ("未成年救助对象饮食标准是多少?", "640元"),
        ("灯会由哪个部门主办?", "文物局"),
        ("银杉市2026年市级文物保护投入安排多少?比2025年增加多少?", "增长12.5%"),
        ("市级农业投入安排多少?比上年增加多少?", "2600万元"),
    ],
)
def test_answered(ask, question, said):
    answer = ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer, answer.answer


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("第七届桥灯会什么时候开幕?", "9月12日"),
        ("灯会三等奖奖金多少钱?", "万元"),
        ("银杉市市长是谁?", "柏文远"),
        ("谁是银杉市廊桥保护委员会秘书长?", "柏文远"),
        ("柳林煤矿事故救出多少人?", "2人"),
    ],
)
def test_the_neighbour_is_no_answer(ask, question, never):
    answer = ask(question)
    assert answer.status is Status.NOT_FOUND, answer
    assert never not in answer.answer


def test_a_changed_amount_is_corrected(ask):
    answer = ask("石板煤矿事故造成6人遇难吗?")
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.FALSE_PREMISE), answer
    assert "5人" in answer.answer
