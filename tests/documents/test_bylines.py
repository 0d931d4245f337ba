"""Who wrote it and who speaks: the forms that newspapers and reports print."""

import pytest

from documents.bylines import byline_in_closing, byline_in_opening, byline_of_line
from documents.model import Span
from documents.people import speaker_line, speaker_of_title, speakers_in


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("□程远舟", "程远舟"),
        ("□ 程远舟", "程远舟"),
        ("■张明 李晓华", "张明、李晓华"),
        ("本报记者 顾小满", "顾小满"),
        ("本报记者顾小满", "顾小满"),
        ("本报记者　顾小满　文/图", "顾小满"),
        ("记者 张三 李四 文/图", "张三、李四"),
        ("记者张三、李四", "张三、李四"),
        ("本报记者 张三 通讯员 李四", "张三、李四"),
        ("栖云日报记者 方小禾", "方小禾"),
        ("河南日报全媒体记者 王小明 李思", "王小明、李思"),
        ("本报首席记者 欧阳明月", "欧阳明月"),
        ("(本报记者 张三)", "张三"),
        ("（记者 张三 摄影 李四）", "张三、李四"),
        ("作者：林知远", "林知远"),
        ("文/陈可", "陈可"),
        ("通讯员 阿里木·买买提", "阿里木·买买提"),
        ("本报记者 李　强", "李强"),
        ("本报评论员", None),
        ("□本报评论员", None),
        ("本报记者 白露 实习生 齐小禾", "白露、齐小禾"),
        ("新华社评论员", None),
        ("新华社记者 张三", "张三"),
    ],
)
def test_bylines(line, author):
    found = byline_of_line(f"  {line}", start=10)
    assert found is not None
    assert found.author == author
    assert found.span == Span(12, 12 + len(line))


@pytest.mark.parametrize(
    "line",
    ["□推动高质量发展", "记者节座谈会召开", "记者从市科技局获悉，今年新增企业98家。", "本报讯",
    "作者要对内容负责。",
     "编辑部设在市区", "□", "文化惠民工程", "通讯员队伍建设", "", "栖云市人民政府", "2026年3月2日"],
)  # fmt: skip
def test_what_only_resembles_a_byline(line):
    assert byline_of_line(line) is None


@pytest.mark.parametrize(
    ("line", "printed", "author"),
    [
        ("新华社北京1月1日电（记者张三、李四）中国人民银行宣布。", "（记者张三、李四）", "张三、李四"),
        ("本报讯（记者 王五）昨日召开会议。", "（记者 王五）", "王五"),
        ("本报讯 （记者 王小五 通讯员 赵六）昨日召开会议。", "（记者 王小五 通讯员 赵六）", "王小五、赵六"),
    ],
)
def test_bylines_in_datelines(line, printed, author):
    found = byline_in_opening(line, 0)
    assert found is not None
    assert (found.span.of(line), found.author) == (printed, author)


def test_bylines_in_brackets_at_the_end():
    line = "会议还研究了其他事项。（本报记者 张三）"
    found = byline_in_closing(line, 0)
    assert found is not None
    assert (found.span.of(line), found.author) == ("（本报记者 张三）", "张三")
    assert byline_in_closing("有关部门要抓好落实（见附件）", 0) is None
    assert byline_in_opening("本报讯 昨日召开会议。", 0) is None


@pytest.mark.parametrize(
    ("title", "body", "role", "person"),
    [
        ("搭好平台——访市科技局党组书记安春茂", "市科技局", "党组书记", "安春茂"),
        ("链条更韧 ——访市工信局党组书记、局长王智明", "市工信局", "党组书记、局长", "王智明"),
        (
            "家门口有活干——访栖云市人力资源和社会保障局局长沈若川",
            "栖云市人力资源和社会保障局",
            "局长",
            "沈若川",
        ),
        ("专访郑州大学党委副书记、校长李明", "郑州大学", "党委副书记、校长", "李明"),
        ("对话某某集团董事长兼总经理欧阳海", "某某集团", "董事长兼总经理", "欧阳海"),
        ("走在前——访栖云市市长林知远", "栖云市", "市长", "林知远"),
    ],
)
def test_speakers_of_titles(title, body, role, person):
    found = speaker_of_title(title, Span(0, len(title)))
    assert found is not None
    assert (found.body, found.role, found.person) == (body, role, person)
    assert found.span.of(title) == f"{body}{role}{person}"


@pytest.mark.parametrize(
    "title", ["市长热线服务指南", "访民情解民忧", "张局长走访企业", "把宏伟蓝图转化为美好现实"]
)
def test_titles_without_a_speaker(title):
    assert speaker_of_title(title, Span(0, len(title))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“路子对了。”市科技局党组书记安春茂表示，要抓落实。", [("市科技局", "党组书记", "安春茂")]),
        ("市工信局党组书记、局长王智明说，今年要建园区。", [("市工信局", "党组书记、局长", "王智明")]),
        ("日前，栖云市财政局副局长赵敏介绍，资金已到位。", [("栖云市财政局", "副局长", "赵敏")]),
        ("局长说，这件事要抓紧。", []),
        ("市科技局表示，要抓落实。", []),
    ],
)
def test_speakers_in_running_text(text, expected):
    found = speakers_in(text, Span(0, len(text)))
    assert [(one.body, one.role, one.person) for one in found] == expected
    assert all(one.span.of(text) == f"{one.body}{one.role}{one.person}" for one in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("栖云市市长　林知远", ("栖云市", "市长", "林知远")),
        ("国务院总理　李　强", ("国务院", "总理", "李强")),
        ("省长 王凯", ("", "省长", "王凯")),
        ("各位代表", None),
        ("总体要求", None),
    ],
)
def test_speaker_lines_of_reports(line, expected):
    found = speaker_line(line, Span(0, len(line)))
    assert (found and (found.body, found.role, found.person)) == expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报记者 苏文静", ("苏文静",)),
        ("记者 王文", ("王文",)),
        ("本报记者 李文静 摄", ("李文静",)),
        ("文/张三 图/李四", ("张三", "李四")),
        ("全媒体记者 王文静/文 李四/图", ("王文静", "李四")),
        ("本报记者 张三 本报通讯员 李四", ("张三", "李四")),
    ],
)
def test_characters_of_credits_may_stand_in_names(line, names):
    assert byline_of_line(line).names == names
