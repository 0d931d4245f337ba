"""Who: roles as printed and nobody promoted, speakers, authors, and which body."""

import pytest

from assistant.model import Reason, Status


@pytest.mark.parametrize(
    ("question", "name", "post"),
    [
        ("岚谷市市长是谁?", "宋延平", "市长"),
        ("青棠市人社局局长是谁?", "乔雨桐", "人社局局长"),
        ("青棠市人社局的一把手是谁?", "乔雨桐", "人社局局长"),
        ("谁说职业技能培训人次要突破5万人次?", "乔雨桐", "人社局局长"),
        ("青棠市人社局長是誰?", "乔雨桐", "人社局局长"),
    ],
)
def test_who(ask, question, name, post):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert name in answer.answer
    assert post in answer.answer
    assert any(name in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("市科技局党组书记是谁?", "安春茂"),
        ("市工信局局长是谁?", "王智明"),
        ("栖云市人力资源和社会保障局局长是谁?", "沈若川"),
        ("安春茂是谁?", "市科技局党组书记"),
        ("王智明是什么职务?", "市工信局党组书记、局长"),
        ("谁采访了安春茂?", "顾小满"),
        ("谁提出技术合同成交额2030年突破2000亿元?", "安春茂"),
        ("“让一张蓝图落到每一个车间”的作者是谁?", "程远舟"),
        ("程远舟是谁?", "署名作者"),
    ],
)
def test_on_the_samples(samples, question, said):
    answer = samples.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


def test_nobody_is_promoted(samples):
    answer = samples.ask("安春茂是谁?")
    assert "局长" not in answer.answer
    answer = samples.ask("市科技局局长是谁?")
    assert answer.status is Status.NOT_FOUND
    assert "安春茂" not in answer.answer


@pytest.mark.parametrize("question", ["青棠市市长是谁?", "青棠市人社局党组书记是谁?", "岚谷市市委书记是谁?"])
def test_a_role_that_nobody_is_given(ask, question):
    answer = ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.reason in {Reason.ATTRIBUTE_NOT_STATED, Reason.SUBJECT_NOT_COVERED}
    assert "宋延平" not in answer.answer
    assert "乔雨桐" not in answer.answer


def test_a_person_whom_no_document_names(ask):
    answer = ask("陈大山是谁?")
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.SUBJECT_NOT_COVERED)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("稳住岗位这篇访谈的记者是谁?", "白若溪"),
        ("青棠市人社局局长访谈是谁写的?", "白若溪"),
    ],
)
def test_authors_are_bylines_not_speakers(ask, question, said):
    answer = ask(question)
    assert answer.answer.startswith(said)
    assert [citation.quote for citation in answer.citations] == ["本报记者 白若溪"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("支持育种企业若干措施由哪个部门解释?", "市农业农村局"),
        ("改造敬老院由哪个单位牵头?", "市民政局"),
    ],
)
def test_bodies(ask, question, said):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer
    assert any(said in citation.quote for citation in answer.citations)


def test_a_body_of_the_samples(samples):
    answer = samples.ask("公共数据共享开放工作由哪个部门主管?")
    assert "市数据局" in answer.answer
