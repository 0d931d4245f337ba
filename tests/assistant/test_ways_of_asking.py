"""One matter asked in many ways, in both languages: the same answer, or the same reason for none."""

import pytest

from assistant.model import Reason, Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("评论的署名是谁?", "程远舟"),
        ("Who wrote the commentary on the plenary session?", "程远舟"),
        ("顾小满采访了谁?", "安春茂"),
        ("程远舟写了什么文章?", "让一张蓝图落到每一个车间"),
        ("What is Wang Zhiming's title?", "党组书记、局长"),
        ("Which bureau is headed by An Chunmao?", "市科技局"),
        ("那個工信局局長叫甚麼名字", "王智明"),
        ("谈到空间布局,有哪几点?", "加强区域协作、加强产业集聚、加强载体建设"),
        ("“最后说空间布局”这一部分讲了什么?", "划定工业区块线"),
        ("“平台是创新的地基”这一部分有哪些指标?", "若干个"),
        ("“50强50高”指的是什么企业?", "“50强50高”企业"),
        ("郑州高新技术企业新增目标与总量目标分别是多少?", "新增1000家;"),
        ("从2025年到2030年郑州研发投入强度变化多少?", "提高0.5个百分点"),
        (
            "How much higher is Zhengzhou's 2030 R&D intensity target than the 2025 one?",
            "0.5 percentage points",
        ),
        ("How many key industrial chains will be promoted in Zhengzhou?", "20条"),
        ("What are the three measures for the spatial layout?", "加强区域协作"),
        ("郑州2025年新增多少高新技术企业,2030年总数达到多少?", "突破1.5万家"),
        ("郑州技术合同成交额从2025年到2030年翻了几番?", "翻一番(2倍)"),
        ("王智明的访谈分为哪几个部分?", "先说产业链群"),
        ("安春茂提了哪些目标?", "国家级创新平台总数:超过80家"),
        ("新建全国重点实验室和郑州国家级创新平台的目标是多少?", "超过80家"),
        (
            "How much will Zhengzhou's technology contract turnover grow between 2025 and 2030?",
            "100 billion yuan",
        ),
    ],
)
def test_answered(samples, question, said):
    answer = samples.ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "国家级创新平台现在有多少?",
        "2030年国家级创新平台要比现在多多少?",
        "How many national-level innovation platforms does Zhengzhou have now?",
        "How many unicorns alone are targeted by 2030?",
        "How much is Zhengzhou's 2030 technology contract turnover target in US dollars?",
        "要抓好哪三件大事?",
        "Does the document give the number of unicorns alone?",
        'What are the "seven strong cities"?',
        "郑州产业技术研究院在哪里?",
        "郑州产业技术研究院由谁管理?",
        "天使投资基金的管理人是谁?",
        "20条重点产业链中第一条是什么?",
        "Where is the Zhengzhou Industrial Technology Research Institute located?",
    ],
)
def test_what_is_not_stated_is_not_replaced_by_what_is_near(samples, question):
    answer = samples.ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.ATTRIBUTE_NOT_STATED), answer


def test_a_figure_is_not_given_to_the_wrong_body(samples):
    answer = samples.ask("科技局提出2030年郑州专精特新企业要达到多少家?")
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.FALSE_PREMISE)
    assert "3000家(市工信局王智明)" in answer.answer
    assert samples.ask("工信局提出2030年郑州专精特新企业要达到多少家?").status is Status.ANSWERED


def test_about_five_is_not_confirmed_as_five_or_more(samples):
    answer = samples.ask("郑州要新建或参与建设5个以上全国重点实验室吗?")
    assert "5家左右" in answer.answer
    assert not answer.answer.startswith("是的")
    assert samples.ask("郑州国家级创新平台要超过80家吗?").answer.startswith("是的")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("3000家对应的是什么?", "专精特新企业"),
        ("1.5万家这个数字说的是什么?", "高新技术企业"),
        ("20条指什么?", "重点产业链"),
        ("What is 3.5% about?", "全社会研发投入强度"),
    ],
)
def test_what_an_amount_stands_for(samples, question, said):
    answer = samples.ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer
    assert answer.citations


def test_a_bare_english_count_is_a_claim(samples):
    wrong = samples.ask("Does Zhengzhou want 2,000 specialized and sophisticated enterprises by 2030?")
    assert (wrong.status, wrong.reason) == (Status.PARTIAL, Reason.FALSE_PREMISE), wrong
    assert "3000家" in wrong.answer
    right = samples.ask("Does Zhengzhou want 3,000 specialized and sophisticated enterprises by 2030?")
    assert right.answer.startswith("Yes"), right
    article = samples.ask("What does article 15 say about unicorns?")
    assert article.reason is not Reason.FALSE_PREMISE


def test_when_an_amount_is_reached(samples):
    answer = samples.ask("全社会研发投入强度什么时候达到3.5%?")
    assert answer.status is Status.ANSWERED, answer
    assert "2030年" in answer.answer


def test_what_changed_between_two_versions(samples):
    answer = samples.ask("企业研发费用补助的封顶数,新措施比旧措施高多少?")
    assert answer.status is Status.ANSWERED, answer
    assert "高100万元" in answer.answer
    assert len({citation.document_id for citation in answer.citations}) == 2
    unknown = samples.ask("人才公寓的租金上限,新措施比旧措施高多少?")
    assert unknown.status is Status.NOT_FOUND, unknown
