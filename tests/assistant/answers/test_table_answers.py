"""Cells of printed tables: the row and the column that are asked for, with the unit of the cell."""

import pytest

from assistant.model import Status


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("青棠市2025年养老机构床位数是多少?", "4200张", "6000"),
        ("青棠市2030年养老机构床位数目标是多少?", "6000张", "4200"),
        ("青棠市2025年护理型床位占比是多少?", "55%", "70"),
        ("改造敬老院由哪个单位牵头?", "市民政局", "卫生健康委"),
        ("培训护理员由哪个单位牵头?", "市卫生健康委", "民政局"),
        ("培训护理员什么时候完成?", "2028年底", "2027"),
        ("改造敬老院的完成时限是什么时候?", "2027年底", "2028"),
    ],
)
def test_cells(ask, question, said, unsaid):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer
    assert unsaid not in answer.answer
    assert any("|" in citation.quote for citation in answer.citations)


def test_a_year_that_the_table_has_no_column_for(ask):
    answer = ask("青棠市2028年养老机构床位数是多少?")
    assert answer.status is Status.NOT_FOUND
    assert "4200" not in answer.answer


def test_a_row_that_the_table_does_not_have(ask):
    answer = ask("青棠市2030年儿童福利院床位数是多少?")
    assert "6000" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("河南省2025年进出口总值是多少?", "9356.7亿元"),
        ("栖云市2025年万人有效发明专利拥有量是多少?", "9.8件"),
        ("栖云市2030年万人有效发明专利拥有量目标是多少?", "16件"),
    ],
)
def test_units_of_another_cell(samples, question, said):
    answer = samples.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


def test_who_and_when_in_one_question_is_told_by_the_whole_row(ask):
    answer = ask("改造敬老院哪个单位牵头、什么时候完成?")
    assert answer.status is Status.ANSWERED
    assert "市民政局" in answer.answer
    assert "2027年底" in answer.answer
