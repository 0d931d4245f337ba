"""English questions to a small office of Chinese documents written here: what is said, and what must be declined."""

import pytest

from assistant.model import Status

NOTICE = """云岫市教育局关于开展2025年课后服务的通知

云岫教发〔2025〕21号

各区县教育局:

一、服务时间。小学每天不少于6课时,结束时间不早于17:30。

二、服务内容。应当遵循以下原则:
(一)自愿原则。由家长自愿报名;
(二)公益原则。不以营利为目的;
(三)安全原则。校园封闭管理。

三、收费标准。小学生每生每学期不超过480元,初中生每生每学期不超过620元。对孤儿全部免费。

四、人员保障。校外教师不得超过课后服务教师总数的25%。对违规收费的学校,责令退还多收费用,并约谈校长。责任单位:市教育局、市市场监督管理局。

申请时间:2025年6月9日至6月20日。

联系人:柳青禾,电话:0599-5512066。

本通知自2025年6月1日起执行。

云岫市教育局
2025年5月20日
"""
PAGE = """港城开新局 渔村换新颜

本报记者 孟昭阳 实习生 苏小满

9月28日,云岫港三期工程开港运营。该工程总投资86.5亿元,建成4个集装箱泊位。

云岫港务集团董事长程越山说:“力争2027年进入全国前十五位。”8月份,港口完成吞吐量41万标箱;7月份完成吞吐量37万标箱。

市里将建设港区调度平台,由市公安局、市交通运输局和云岫港务集团共同负责运营维护。

10时整,首班货轮起航。全国首座冷链码头在瑞安建成。新增望潮亭、听涛阁、观海楼3家4A级景区。
"""
ACCIDENT = """关于两起煤矿事故的通报

5月13日,青坪煤矿发生瓦斯爆炸,造成36人死亡;6月2日,石梁煤矿发生瓦斯爆炸,造成18人死亡。

青坪煤矿矿长孙家远受到撤职处分。直接责任人黎秉、李尔敏被移交司法机关。

1至6月,全省销售彩票27.4亿元,同比增长50.4%;6月份,全省销售彩票4.9亿元,同比增长52.1%。127个国家的2800多家企业参展。

企业名称不得含有下列内容:
(一)有损国家利益的;
(二)可能对公众造成误解的。

珠兰苑29套,包含房源:两房一厅25套、单间4套。
"""
DOCUMENTS = {"notice.txt": NOTICE, "page.txt": PAGE, "accident.txt": ACCIDENT}


@pytest.fixture(scope="module")
def english(build):
    assistant = build("english")
    for name, text in DOCUMENTS.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What time must the after-school service end?", "17:30"),
        ("What principles must the after-school service follow when it is run?", "自愿原则"),
        ("How much can junior high students be charged per term?", "不超过620元"),
        ("What happens to schools that overcharge?", "责令退还多收费用"),
        ("Who is the contact person?", "柳青禾"),
        ("When can we apply for the service?", "6月9日至6月20日"),
        ("What is the cap on outside teachers?", "25%"),
        ("Who wrote the article about the port?", "孟昭阳"),
        ("What is the port's goal for 2027?", "全国前十五位"),
        ("Who is responsible for running the dispatch platform?", "市公安局、市交通运输局和云岫港务集团"),
        ("What time did the first freighter set sail?", "10时整"),
        ("Where is the country's first cold chain wharf?", "瑞安"),
        ("Which three scenic areas were newly rated 4A?", "望潮亭、听涛阁、观海楼"),
        ("How many containers did the port handle in August?", "41万标箱"),
        ("What was the port throughput in July?", "37万标箱"),
        ("How many people were killed at the Qingping mine?", "36人"),
        ("How many people were killed at the Shiliang mine?", "18人"),
        ("What punishment did the mine director Sun Jiayuan get?", "撤职"),
        ("What happened to Li Bing and Li Ermin?", "移交司法机关"),
        ("How many studio flats are there in Zhulanyuan?", "4套"),
        ("How much lottery was sold in June?", "4.9亿元"),
        ("How much did lottery sales grow in January-June?", "50.4%"),
        ("What content is forbidden in enterprise names?", "有损国家利益的"),
    ],
)
def test_answered(english, question, said):
    answer = english.ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("How many people were killed at the Shiliang mine?", "36"),
        ("How many containers did the port handle in August?", "37"),
        ("How many studio flats are there in Zhulanyuan?", "29"),
        ("How many three-bedroom flats are there in Zhulanyuan?", "29"),
        ("How many companies took part in the exhibition?", "127"),
        ("How many passengers did the port carry in August?", "41"),
        ("How many teachers take part in the after-school service?", "25"),
        ("What fine is imposed on schools that overcharge?", "620"),
    ],
)
def test_another_figure_is_never_given(english, question, never):
    assert never not in english.ask(question).answer


def test_what_the_question_leaves_open_is_declined(english):
    assert english.ask("What is the box office of the film?").status is Status.NOT_FOUND
