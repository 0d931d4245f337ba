"""Who, when, which and whether of plans and rules: cells of a pasted table, bodies that a question claims."""

import pytest
from clause_documents import CLAUSES

from assistant.model import Status


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
