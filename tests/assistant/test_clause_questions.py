"""Who, when, which and whether of plans and rules: cells of a pasted table, bodies that a question claims."""

import pytest
from clause_documents import CLAUSES

from assistant.model import Reason, Status


@pytest.fixture(scope="module")
def ask_clauses(build):
    assistant = build("clauses")
    for name, text in CLAUSES.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("设备更新导向目录由谁编?", "牵头单位:市工业和信息化局"),
        ("云企办平台哪个部门负责建?", "牵头单位:市数据局"),
        ("风险补偿金什么时候设立?", "完成时限:2027年6月"),
        ("风险补偿金的配合单位有哪些?", "市地方金融局、云埠农商行"),
    ],
)
def test_cells_of_a_table_pasted_line_by_line(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("导向目录由市财政局牵头,对吗?", "市工业和信息化局"),
        ("联席会议机制由市发改委牵头吗?", "由市商务局牵头"),
        ("设备更新措施由市林业局解释,对不对?", "由市工业和信息化局会同市财政局负责解释"),
    ],
)
def test_another_body_than_the_one_claimed_is_a_correction(ask_clauses, question, said):
    answer = ask_clauses(question)
    assert answer.reason is Reason.FALSE_PREMISE
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "联席会议机制由市商务局牵头,对吗?",
        "设备更新措施由市工信局会同市财政局解释,对吗?",
        "导向目录由市工信局牵头吗?",
    ],
)
def test_the_body_that_does_it_is_no_error(ask_clauses, question):
    answer = ask_clauses(question)
    assert answer.status is Status.ANSWERED
    assert "不符" not in answer.answer
