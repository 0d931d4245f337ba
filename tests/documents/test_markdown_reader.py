"""Markdown as its reader sees it."""

import pytest

from documents.readers.markdown import read_markdown
from documents.reading import read_bytes


def shown(source):
    return [(line.text, line.level) for line in read_markdown(source.encode())[0] if line.text]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 标题", [("标题", 1)]),
        ("### 三级 ###", [("三级", 3)]),
        ("##没有空格的标题", [("没有空格的标题", 2)]),
        ("标题\n====\n正文。", [("标题", 1), ("正文。", None)]),
        ("小标题\n---\n正文。", [("小标题", 2), ("正文。", None)]),
        ("上文。\n\n---\n\n下文。", [("上文。", None), ("下文。", None)]),
        ("到**2030年**突破__2000__亿元", [("到2030年突破2000亿元", None)]),
        ("见[通知](https://example.org/a)和`附件`", [("见通知和附件", None)]),
        ("![图一](a.png)说明", [("图一说明", None)]),
        ("3*4*5和a_b_c", [("3*4*5和a_b_c", None)]),
        ("- 第一项\n- 第二项", [("- 第一项", None), ("- 第二项", None)]),
        ("> 引文。", [("引文。", None)]),
        ("| 指标 | 值 |\n|---|---:|\n| 强度 | 3% |", [("指标 | 值", None), ("强度 | 3%", None)]),
        ("```\n# 不是标题\n```", [("# 不是标题", None)]),
        ("<!-- 说明 -->正文。", [("正文。", None)]),
        ("---\ntitle: 甲\n---\n# 乙", [("乙", 1)]),
        ("1\\. 转义的数字", [("1. 转义的数字", None)]),
    ],
)
def test_what_a_reader_sees(source, expected):
    assert shown(source) == expected


def test_soft_breaks_inside_a_sentence_are_joined():
    source = "全市要把会议定下的事情，一件一件地抓紧抓\n好，抓出成效。\n另起一行的句子。"
    assert shown(source) == [
        ("全市要把会议定下的事情，一件一件地抓紧抓好，抓出成效。", None),
        ("另起一行的句子。", None),
    ]


def test_headings_become_nested_sections_with_the_ladder_below_them():
    source = (
        "# 规划\n\n引言一句话。\n\n## 目标\n\n（一）创新目标。到2030年，研发投入强度达到3.2%，继"
        "续提高。\n\n## 保障\n\n加强领导。\n"
    )
    document = read_bytes("a.md", source.encode())
    assert [(one.level, one.title, one.parent) for one in document.sections] == [
        (0, "规划", None), (1, "目标", 0), (2, "（一）创新目标", 1), (1, "保障", 0),
    ]  # fmt: skip
    assert document.sections[1].span.of(document.text).startswith("目标\n\n（一）创新目标。")


def test_several_top_headings_are_several_articles_and_text_above_them_is_kept():
    text = (
        "这一段写在所有标题的前面，说明这份材料从哪里来、给谁看、怎么用，读的时候请先看这一段，再"
        "往下读各个部分。"
    )
    document = read_bytes(
        "合集.md", f"{text}\n\n# 甲\n\n甲文。\n\n# 乙\n\n本报记者 王小明\n\n乙文。".encode()
    )
    assert [(one.title, one.level) for one in document.sections] == [("合集", 0), ("甲", 0), ("乙", 0)]
    assert document.sections[0].span.of(document.text) == text
    assert document.sections[2].author == "王小明"


def test_text_with_markdown_headings_is_read_as_markdown_whatever_its_name():
    document = read_bytes(
        "条例.txt", "# 某某条例\n## 第一章 总则\n第一条 为了规范管理，制定本条例。\n".encode()
    )
    assert document.title == "某某条例"
    assert [one.title for one in document.sections] == ["某某条例", "第一章 总则", "第一条"]
