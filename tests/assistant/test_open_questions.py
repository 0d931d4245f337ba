"""Questions whose answer is no figure: lists spread over a page, steps, who may, who said it, yes and no, why."""

import pytest
from open_documents import OPEN

from assistant.model import Status


@pytest.fixture(scope="module")
def ask_open(build):
    assistant = build("open")
    for name, text in OPEN.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # lists: heads of paragraphs, items in a line, between semicolons, behind dashes, behind “reasons”
        ("路远程说从哪三个方面发力?", "守住耕地红线、做强特色产业、建好和美乡村"),
        ("唐清源说重点做好哪些工作?", "抓源头管控、抓群众监督"),
        ("移植古树要提交哪些材料?", "移植申请书、移植方案、专家论证意见"),
        ("林业局可以交办哪些事项?", "群众反映强烈的、多次举报未查处的、局长批办的"),
        ("古树保护坚持哪些原则?", "分级管护、群众参与"),
        ("业主为什么反对设垃圾转运站?", "门口道路狭窄"),
        ("改善村容村貌的基本原则有哪些?", "因地制宜、量力而行"),
        # the answer goes on behind the words of the question
        ("办江阳一卡通要带什么?", "带上身份证和一张近期免冠照片"),
        ("长者餐厅套现会怎么处理?", "暂停补贴六个月"),
        ("谁可以办理长者餐厅刷卡就餐?", "年满60周岁的老年人"),
        ("长者餐厅刷卡就餐从什么时候开始?", "12月1日起"),
        ("撂荒多久的地由村集体代种?", "一年以上"),
        ("加装什么的餐厅优先挂牌?", "加装电子秤的餐厅"),
        # an item with what its list says of it
        ("转让认养权会不会取消认养资格?", "取消认养资格:(二)转让认养权的"),
        # who
        ("居民院子里的古树由谁管护?", "由居民负责管护"),
        ("采访路远程的是哪几位?", "沈一诺、齐小舟"),
        ("评论文章的作者是谁?", "本报评论员"),
        ("古树保护办法是哪个部门印发的?", "江阳市人民政府办公室"),
        ("评论里引用的古话是哪句?", "合抱之木,生于毫末"),
        ("怎样做到肯钻?", "把一件事情琢磨透"),
        ("老人走不动能让儿女代办吗?", "可由子女代办"),
        ("古树快死了怎么办?", "立即报告林业局"),
        ("70岁的护林员怎么安排?", "平缓地段"),
        ("在滨河景区烧烤会怎么罚?", "露天烧烤的，没收烧烤工具，处二百元罚款"),
        ("滨河景区能遛狗吗?", "携带犬只进入核心区"),
        ("游船分几种?", "分为机动游船和手划游船"),
        ("经营游船要什么材料?", "船舶检验证书和责任保险凭证"),
        ("游船多久检修一次?", "每季度至少检修一次"),
        ("什么情况不发通行牌?", "检修不合格的"),
        ("青山花园业主反映的是什么问题?", "反对在青山花园门口设垃圾转运站"),
    ],
)
def test_open_questions_are_answered_where_the_text_tells_them(ask_open, question, said):
    answer = ask_open(question)
    assert answer.status is Status.ANSWERED, answer.nearest
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "“四个江阳”分别是什么?",  # three heads stand below, of something else
        "六大行动包括哪些?",
        "路远程提到烟花爆竹了吗?",  # another one did
        "三级古树移植由谁批准?",
        "市农业农村局局长是谁?",
        "长者餐厅在哪里举办?",
        "路远程说过有奖举报吗?",  # what he speaks of is something else
    ],
)
def test_what_is_only_named_or_said_by_another_is_declined(ask_open, question):
    assert ask_open(question).status is Status.NOT_FOUND


def test_a_page_saved_without_line_ends_gets_its_paragraphs(ask_open):
    answer = ask_open("村容村貌意见里垃圾怎么清理?")
    assert "户分类、村收集、镇转运" in answer.answer
    assert len(answer.citations[0].quote) < 80
