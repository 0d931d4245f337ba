"""English questions in the many words of their askers: verbs, compounds, lengths, months and what asking words stand for."""

import pytest

from assistant.answers.english_asked import counts_beside
from assistant.asking.english import english_words
from assistant.asking.english_periods import as_printed
from assistant.asking.glossary import phrases
from assistant.asking.kinds import Kind
from assistant.asking.questions import understand
from assistant.model import Status
from documents.folding import fold

RULES = """# 岚溪市护林巡查办法

第一条 岚溪市设总检查员一名,从林场场长中选出。

第二条 检查员值班时应当佩戴银杏徽章,随身带水壶。

第三条 检查员值班时饮酒的,由林场提出暂停执行职务的意见,经林业局局长批准后执行。暂停执行职务的期限为15日以上45日以下。

第四条 巡查报告要写明路线、火情和林木长势。

第五条 林场每月到林子里巡查三次。虚报火情数据的,责令重写,并扣发津贴。

第六条 林场不得要求住户到某一家店铺购买灭火器。
"""
NEWS = """岚溪水务这一年

日前,岚溪市完成老城管网改造。该管道总长18公里。围墙坏了一段,用了两个多月重建完工。

全市供水漏损率已由五年前的15.3%降至9.4%,明年目标控制在9%以内。为降低漏损,集团装了2700台智能水表。

600个重点项目完成投资320亿元,151个重点项目建成投产。每个街道至少建成1家公办托育机构。

在西坪村,村支书陶春禾请来了农技员。岚溪湖上有三个码头,年客运量达到12万人次。

陆启文副市长主持会议。1-7月,全市财政收入81.2亿元,比2019年同期增长7.5%。
"""
DOCUMENTS = {"rules.md": RULES, "news.txt": NEWS}


@pytest.fixture(scope="module")
def english(build):
    assistant = build("wordings")
    for name, text in DOCUMENTS.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What must inspectors wear on duty?", "佩戴银杏徽章"),
        ("Who approves the suspension?", "林业局局长批准"),
        ("How long can an inspector be suspended from duty?", "15日以上45日以下"),
        ("How long is the pipeline?", "18公里"),
        ("How long did it take to rebuild the wall?", "两个多月"),
        ("What must the inspection report specify?", "写明路线"),
        ("What happens if data are falsified?", "责令重写"),
        ("What is the leakage rate of the water supply?", "9.4%"),
        ("What is next year's target for water leakage?", "控制在9%以内"),
        ("Who is the village party secretary of Xiping village?", "陶春禾"),
        ("How many wharfs are there on the lake?", "三个码头"),
        ("How many key projects went into operation?", "151个"),
    ],
)
def test_answered(english, question, said):
    answer = english.ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "How many public nurseries are there in total?",  # at least one for each street
        "What was fiscal revenue in January-July 2019?",  # only compared with
        "What was the water leakage rate last year?",
        "How much did the inspectors' badges cost?",
    ],
)
def test_declined(english, question):
    assert english.ask(question).status is Status.NOT_FOUND


def deeds(text):
    return {one.text for one in english_words(fold(text), text, []) if one.deed}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("How many lifts have been installed?", "installed"),
        ("What share of the cost do residents pay?", "pay"),
        ("How many photos must applicants submit?", "submit"),
    ],
)
def test_a_word_that_stands_as_a_verb_is_a_deed(text, deed):
    assert deed in deeds(text)


@pytest.mark.parametrize(
    "text", ["How much did the platform cost?", "Which permits can shops need in towns?"]
)
def test_a_measure_or_a_plural_is_no_deed(text):
    assert not deeds(text) & {"cost", "permits", "shops", "towns"}


def test_a_noun_brings_the_words_of_its_verb():
    (one,) = phrases("suspension")
    assert "停止" in one.akin
    assert "停止" not in one.chinese
    assert not phrases("department")[0].akin


@pytest.mark.parametrize(
    ("text", "printed"),
    [("first seven months", "1-7月"), ("first 10 months of 2025", "2025年1-10月"), ("next year", "明年")],
)
def test_months_and_years_by_their_distance(text, printed):
    assert as_printed(text) == printed


def test_ordinals_in_words():
    (one,) = [
        word
        for word in english_words("the fourth session", "the fourth session", [])
        if "四" in "".join(word.chinese)
    ]
    assert one.chinese == ("第四", "第4")


@pytest.mark.parametrize("text", ["how many plums are ripening there?", "who became the mayor?"])
def test_what_only_resembles_pinyin_is_no_name(text):
    assert not any(one.name for one in english_words(text, text, []))


def test_a_surname_tells_itself_in_a_short_question():
    assert [
        one.text for one in english_words("what does lei ming do?", "What does Lei Ming do?", []) if one.name
    ]
    assert understand("What does Lei Ming do?").kind is Kind.IDENTITY


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("How many times a year may one apply?", Kind.FIGURE, "次"),
        ("How many times as large is the port?", Kind.COMPARISON, None),
        ("Who reported on the budget?", Kind.PERSON, None),
        ("Who reported this story?", Kind.AUTHOR, None),
        ("What was national fiscal revenue in 2024?", Kind.FIGURE, None),
    ],
)
def test_kinds(text, kind, unit):
    question = understand(text)
    assert question.kind is kind
    assert unit is None or question.unit == unit


@pytest.mark.parametrize(
    "text", ["share of new energy vehicles", "installed capacity of new and renewable energy"]
)
def test_new_energy_is_nothing_added(text):
    assert "flow" not in understand(text).wants


def test_a_light_noun_behind_another_weighs_little():
    behind = {one.text: one.weight for one in understand("Which transport services stopped?").terms}
    alone = {one.text: one.weight for one in understand("Which service was praised?").terms}
    assert behind["services"] < alone["service"]


@pytest.mark.parametrize(
    ("key", "counted"),
    [("铁路、三个码头以及20条公路", True), ("码头布局形成,客运量达到12万人次", False), ("码头达到3个", True)],
)
def test_an_amount_stands_beside_what_it_counts(key, counted):
    assert counts_beside(("码头",), key) is counted
