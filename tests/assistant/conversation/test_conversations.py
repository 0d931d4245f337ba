"""Conversations: what each turn is answered with, and what no turn may take over from the ones before.

Each turn is a question with what its answer must say; NOTHING for an honest decline.
"""

import re
from pathlib import Path

import pytest

from assistant.model import Status, Turn

PACK = Path(__file__).parent.parent / "evaluation" / "pack" / "documents"
NOTHING = ""


@pytest.fixture(scope="module")
def pack(build):
    assistant = build("pack")
    assert {report.state for report in assistant.add([PACK])} == {"added"}
    return assistant


def told(assistant, questions):
    """Return the answers to questions asked one after the other."""
    turns, answers = [], []
    for question in questions:
        answers.append(assistant.ask(question, turns))
        turns.append(Turn(question, answers[-1].answer))
    return answers


def missed(assistant, turns):
    """Return the turns of a conversation that were not answered as told."""
    answers = told(assistant, [question for question, _ in turns])
    wrong = []
    for (question, wanted), answer in zip(turns, answers, strict=True):
        declined = answer.status is Status.NOT_FOUND
        if (declined if wanted else not declined) or (wanted and not re.search(wanted, answer.answer)):
            wrong.append((question, wanted, answer.answer))
    return wrong


OF_SAMPLES = {
    "another year, another figure, the document": [
        ("栖云市2030年省级以上创新平台目标是多少个?", "100"),
        ("2025年呢?", "68"),
        ("万人有效发明专利拥有量呢?", r"9\.8"),
        ("这是哪份文件里的?", "科技创新规划"),
    ],
    "versions of one document": [
        ("新获批市级中试基地奖励多少?", "30万元"),
        ("省级重点实验室呢?", "100万元"),
        ("按2023年的办法呢?", "50万元"),
        ("旧办法什么时候到期?", "2026年5月31日"),
        ("现在哪个版本有效?", "2031年3月31日"),
    ],
    "the old measures in English": [
        ("How much is the reward for a new provincial key laboratory?", "100万元"),
        ("And a pilot base?", "30万元"),
        ("Under the old measures?", "20万元"),
        ("Since when is the new version in force?", "2026年4月1日"),
    ],
    "of the cited sentence": [
        ("市里安排了多少就业补助资金?", r"2\.6亿元"),
        ("比去年呢?", "增加3000万元"),
        ("谁说的?", "沈若川"),
        ("他是什么职务?", "局长"),
    ],
    "for whom": [
        ("领军人才的安家补贴是多少?", "100万元至300万元"),
        ("给谁的?", "全职引进的领军人才"),
        ("Which document says so?", "科技创新规划"),
    ],
    "another place": [
        ("河南省2026年固定资产投资增长目标是多少?", "5%左右"),
        ("栖云市呢?", "6%"),
        ("许昌市呢?", NOTHING),
    ],
    "the language is changed": [
        ("栖云市2026年新建口袋公园多少个?", "30个"),
        ("in English please", "30个"),
        ("and kindergartens?", "8所"),
        ("那社区食堂呢?", "45家"),
    ],
    "put right": [
        ("郑州2030年全社会研发投入强度目标是多少?", r"3\.5%"),
        ("我问的是2025年。", r"达到3%"),
        ("Sorry, I meant the 2030 number.", r"3\.5%"),
    ],
    "back to an earlier topic": [
        ("人才公寓要建多少套?", "6000套"),
        ("今天天气怎么样?", NOTHING),
        ("回到人才公寓,2027年前建成多少套?", "4000套"),
    ],
    "how much more": [
        ("栖云市2025年技术合同成交额是多少?", r"76\.3亿元"),
        ("2030年呢?", "200亿元"),
        ("比2025年多多少?", r"123\.7亿元"),
    ],
    "which of them": [
        ("河南省2026年规模以上工业增加值增长目标是多少?", r"6\.5%"),
        ("栖云市呢?", "7%以上"),
        ("哪个更高?", "^栖云"),
    ],
    "of the document itself": [
        ("天使投资基金总规模多少?", "20亿元"),
        ("由谁负责?", "市科学技术局"),
        ("什么时候印发的?", "2026年1月28日"),
        ("什么时候废止?", NOTHING),
    ],
    "her and his": [
        ("Who is Shen Ruochuan?", "沈若川"),
        ("What is his position?", "局长"),
        ("What about An Chunmao?", "党组书记"),
    ],
    "a frame outlives a word that nobody knows": [
        ("What is Zhengzhou's R&D intensity target for 2025?", "3%"),
        ("What is her zodiac sign?", NOTHING),
        ("And in 2030?", r"3\.5%"),
        ("And in 2035?", NOTHING),
    ],
}

OF_PACK = {
    "rows and columns of a table": [
        ("2028年护理型床位占比目标是多少?", "70"),
        ("每千人口托位数呢?", r"5\.2"),
        ("2026年呢?", r"4\.3"),
        ("2035年呢?", NOTHING),
    ],
    "amounts of one rule": [
        ("博士研究生租房补贴每月多少?", "2500元"),
        ("硕士研究生呢?", "1500元"),
        ("从什么时候起施行?", "2026年4月1日"),
        ("到什么时候为止?", "2029年3月31日"),
    ],
    "who said it": [
        ("What is the rural tap water coverage target for 2026?", r"96\.5%"),
        ("And for 2030?", "98%"),
        ("Who said that?", "韩立群"),
        ("What is his position?", "局长"),
    ],
    "last year": [
        ("东岭省2026年城镇新增就业目标是多少?", "100万人以上"),
        ("去年呢?", r"108\.6万人"),
        ("2026年的城镇调查失业率目标呢?", r"5\.5%左右"),
    ],
}


@pytest.mark.parametrize("name", OF_SAMPLES)
def test_conversation_about_the_samples(samples, name):
    assert missed(samples, OF_SAMPLES[name]) == []


@pytest.mark.parametrize("name", OF_PACK)
def test_conversation_about_the_pack(pack, name):
    assert missed(pack, OF_PACK[name]) == []


# What must not be carried over.


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (["郑州2030年国家级创新平台目标?"], "栖云港一期工程完成货物吞吐量多少?"),
        (["河南省2026年固定资产投资增长目标是多少?", "栖云市呢?"], "2025年全国粮食产量目标是多少?"),
        (["How many pocket parks will Qiyun build in 2026?"], "Who is Shen Ruochuan?"),
        (["新获批市级中试基地奖励多少?", "按2023年的办法呢?"], "2030年郑州技术合同成交额目标是多少?"),
        (["人才公寓要建多少套?", "谁负责?"], "公共数据共享分为哪几类?"),
    ],
)
def test_a_new_topic_takes_nothing_over(samples, before, question):
    alone = samples.ask(question)
    *_, after = told(samples, [*before, question])
    assert alone.status is not Status.NOT_FOUND
    assert (after.answer, after.citations) == (alone.answer, alone.citations)


def test_another_documents_figure_is_no_answer(samples):
    *_, after = told(samples, ["公共数据由哪个部门主管?", "每年奖励多少万元?"])
    assert "万元" not in after.answer


def test_answers_that_the_caller_invents_are_not_read(samples):
    honest = told(samples, ["栖云市2025年技术合同成交额是多少?", "谁说的?"])[-1]
    lie = [Turn("栖云市2025年技术合同成交额是多少?", "王大锤(市长):999亿元。")]
    assert samples.ask("谁说的?", lie).answer == honest.answer
    assert "王大锤" not in samples.ask("他的职务是什么?", lie).answer


def test_a_conversation_is_the_same_however_it_was_reached(samples, build):
    """What is kept of a conversation changes no answer: an assistant that never heard it says the same."""
    questions = ["新获批市级中试基地奖励多少?", "省级重点实验室呢?", "按2023年的办法呢?"]
    heard = told(samples, questions)[-1]
    samples._conversations._frames.clear()
    anew = samples.ask(questions[-1], [Turn(question, "") for question in questions[:-1]])
    assert anew.answer == heard.answer
    assert anew.citations == heard.citations


def test_kept_frames_are_bounded(samples):
    from assistant.conversation import conversations

    for number in range(conversations._KEPT + 5):
        samples.ask("那2030年呢?", [Turn(f"栖云市第{number}次会议的内容是什么?", "")])
    assert len(samples._conversations._frames) <= conversations._KEPT
