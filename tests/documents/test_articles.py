"""Articles of a page, parts of a notice, clauses of rules: titles, bylines, spans and nesting."""

from pathlib import Path

import pytest

from documents.model import Document, Span
from documents.reading import read, read_bytes

SHARED = Path(__file__).parents[2].parent / "shared"
SAMPLES = Path(__file__).parents[2] / "documents" / "samples"
BODY = (
    "全市上下要把会议精神落到实处，把任务一项一项分解下去，把责任一级一级压实到人，确保各项工作年内见到实效。"
)


def of(source: str, name: str = "a.txt") -> Document:
    return read_bytes(name, source.encode())


def outline(document: Document) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this repository")
def test_the_seed_page_is_its_three_articles():
    document = read(SHARED / "seed" / "zhengzhou-daily-page.txt")
    found = [
        (one.title, one.subtitle, one.byline, one.author, one.speaker and
         (one.speaker.person, one.speaker.role, one.speaker.body)) for one in document.sections
    ]  # fmt: skip
    assert found == [
        ("把宏伟蓝图转化为美好现实——学习贯彻落实市委十二届八次全会精神之一",
        "学习贯彻落实市委十二届八次全会精神之一",
         "□郑旗", "郑旗", None),
        ("强化科技创新引领 激活融合发展“主力军”——访市科技局党组书记安春茂", "访市科技局党组书记安春茂",
         "本报记者 刘盼盼", "刘盼盼", ("安春茂", "党组书记", "市科技局")),
        ("向新而行 以质致远 因地制宜发展新质生产力——访市工信局党组书记、局长王智明",
        "访市工信局党组书记、局长王智明",
         "本报记者 徐刚领", "徐刚领", ("王智明", "党组书记、局长", "市工信局")),
    ]  # fmt: skip
    assert (document.place, document.date, document.number, document.issuer) == ("郑州市", None, None, None)
    assert document.text.startswith("把宏伟蓝图")
    assert document.text.endswith("本报记者 徐刚领")
    for section in document.sections:
        assert section.byline_span is not None
        assert section.byline_span.of(document.text) == section.byline
        assert section.span.holds(section.byline_span)
        assert not section.body.holds(section.byline_span)


def test_the_sample_page_has_the_quirks_and_comes_apart_the_same_way():
    document = read(SAMPLES / "zhengzhou-innovation-page.txt")
    assert [(one.title, one.byline, one.author) for one in document.sections] == [
        ("让一张蓝图落到每一个车间——市委全会精神在基层系列评论之一", "□程远舟", "程远舟"),
        ("搭好平台 育强企业 让创新之火越烧越旺——访市科技局党组书记安春茂", "本报记者 顾小满", "顾小满"),
        ("链条更韧 企业更强 先进制造业向高处攀——访市工信局党组书记、局长王智明", "本报记者 黎一鸣", "黎一鸣"),
    ]
    first, second, third = document.sections
    assert document.title == "让一张蓝图落到每一个车间 等3篇"
    assert second.body.of(document.text).startswith("“这次全会把‘科创强市’")
    assert second.body.of(document.text).endswith("来得高兴、留得安心。")
    assert third.speaker is not None
    assert third.speaker.span.of(document.text) == "市工信局党组书记、局长王智明"
    assert first.span.end < second.span.start
    assert second.span.end < third.span.start


def test_kicker_title_and_subtitle_on_three_lines_with_the_byline_below():
    text = (
        f"{BODY}\n\n市委全会精神在基层\n数字赋能 实干争先\n——栖云市推进数字政府建设纪实\n本报记者 "
        f"张明远\n{BODY}"
    )
    document = of(f"第一篇的标题\n□李小乐\n{text}")
    assert [one.title for one in document.sections] == [
        "第一篇的标题", "市委全会精神在基层 数字赋能 实干争先——栖云市推进数字政府建设纪实",
    ]  # fmt: skip
    assert [one.author for one in document.sections] == ["李小乐", "张明远"]


def test_bylines_of_two_lines_and_in_brackets():
    document = of(
        f"标题在这里写着\n\n{BODY}\n\n本报记者 张三\n通讯员 李四\n\n另一篇的标题写在这里\n\n"
        f"{BODY}（记者 王五）"
    )
    assert [(one.title, one.author) for one in document.sections] == [
        ("标题在这里写着", "张三、李四"), ("另一篇的标题写在这里", "王五"),
    ]  # fmt: skip


def test_an_agency_report_begins_with_its_dateline():
    text = (
        f"我国经济运行总体平稳\n新华社北京1月1日电（记者张三、李四）{BODY}\n\n科技创新再添动力\n本"
        f"报讯（记者 王五）{BODY}"
    )
    document = of(text)
    assert [(one.title, one.author) for one in document.sections] == [
        ("我国经济运行总体平稳", "张三、李四"), ("科技创新再添动力", "王五"),
    ]  # fmt: skip


def test_a_text_without_a_title_is_named_after_its_file():
    document = of(BODY, "会议记录.txt")
    assert outline(document) == [(0, "会议记录")]
    assert document.sections[0].title_span is None
    assert document.sections[0].body == Span(0, len(BODY))


def test_a_notice_its_number_signature_and_attachment():
    document = read(SAMPLES / "qiyun-measures-2023.txt")
    assert document.title == "栖云市人民政府办公室关于印发栖云市支持科技型企业发展若干措施的通知"
    notice, attachment = [one for one in document.sections if one.level == 0]
    assert notice.body.of(document.text).startswith("各县（区）人民政府")
    assert notice.body.of(document.text).endswith("请认真贯彻执行。")
    assert attachment.title == "附件 栖云市支持科技型企业发展若干措施"
    below = [(one.level, one.title) for one in document.sections if one.index > attachment.index]
    assert below[:3] == [(1, "一、支持企业认定"), (2, "（一）首次认定奖励"), (2, "（二）入库培育补助")]
    assert all(
        document.sections[one.parent].span.holds(one.span)
        for one in document.sections
        if one.parent is not None
    )


def test_an_attachment_without_the_word_follows_the_signature():
    text = (
        "国务院关于印发某某实施方案的通知\n国发〔2019〕4号\n各省人民政府：\n现将《某某实施方"
        "案》印发给你们，请认真贯彻执行。\n"
        f"国务院\n2019年1月24日\n（此件公开发布）\n某某实施方案\n{BODY}\n一、总体要求\n{BODY}"
    )
    document = of(text)
    assert outline(document) == [
        (0, "国务院关于印发某某实施方案的通知"), (0, "某某实施方案"), (1, "一、总体要求"),
    ]  # fmt: skip
    assert document.title == "国务院关于印发某某实施方案的通知"


def test_a_title_broken_over_lines_is_joined_and_spaced_letters_are_closed_up():
    document = of(f"栖云市人民政府办公室关于加强\n冬季安全生产工作的通知\n各县（区）人民政府：\n{BODY}")
    assert document.title == "栖云市人民政府办公室关于加强冬季安全生产工作的通知"
    spaced = of(f"市 政 府 工 作 规 则\n第一条 {BODY}\n第二条 {BODY}")
    assert spaced.title == "市政府工作规则"
    assert spaced.sections[0].title_span is not None
    assert spaced.sections[0].title_span.of(spaced.text) == "市 政 府 工 作 规 则"


def test_rules_become_chapters_and_articles_and_items_stay_with_their_article():
    document = read(SAMPLES / "qiyun-data-rules.txt")
    titles = [one.title for one in document.sections]
    assert titles[:4] == ["栖云市公共数据共享开放管理办法", "第一章 总则", "第一条", "第二条"]
    assert sum(title.startswith("第") and title.endswith("条") for title in titles) == 13
    sixth = next(one for one in document.sections if one.title == "第六条")
    assert "（三）不予共享" in sixth.span.of(document.text)


def test_contents_are_no_headings():
    text = f"某某应急预案\n目　录\n1 总则\n1.1 目的……1\n2 附则……9\n1 总则\n1.1 目的\n{BODY}\n2 附则\n{BODY}"
    assert outline(of(text)) == [(0, "某某应急预案"), (1, "1 总则"), (2, "1.1 目的"), (1, "2 附则")]


def test_lists_are_no_headings():
    text = (
        f"某某工作要点\n一、支持对象\n1. 高新技术企业\n2. 科技型中小企业\n3. 专精特新企业\n{BODY}\n"
        f"二、支持方式\n（一）资金支持。{BODY}\n（二）用地支持。{BODY}"
    )
    assert outline(of(text)) == [
        (0, "某某工作要点"), (1, "一、支持对象"), (1, "二、支持方式"), (2, "（一）资金支持"), (2,
        "（二）用地支持"),
    ]  # fmt: skip


def test_what_follows_single_paragraph_sections_belongs_to_the_section_around_them():
    document = read(SAMPLES / "qiyun-work-report-2026.txt")
    fourth = next(one for one in document.sections if one.title == "（四）民生保障更加有力")
    assert "同时，我们也清醒地看到" not in fourth.span.of(document.text)
    around = document.sections[fourth.parent or 0]
    assert "同时，我们也清醒地看到" in around.span.of(document.text)


def test_a_work_report_says_who_spoke_when_and_where():
    document = read(SAMPLES / "qiyun-work-report-2026.txt")
    first = document.sections[0]
    assert first.title == "政府工作报告——2026年1月20日在栖云市第六届人民代表大会第五次会议上"
    assert first.speaker is not None
    assert (first.speaker.person, first.speaker.role, first.speaker.body) == ("林知远", "市长", "栖云市")
    assert first.body.of(document.text).startswith("各位代表：")
    assert str(document.date) == "2026-01-20"


def test_a_speech_names_its_author_below_the_date():
    document = of(f"把实干进行到底\n——在全市干部大会上的讲话\n（2026年1月5日）\n林　知　远\n同志们：\n{BODY}")
    assert document.sections[0].author == "林知远"
    assert document.sections[0].byline == "林　知　远"
    assert len(document.sections) == 1
    assert str(document.date) == "2026-01-05"


def test_questions_and_answers_under_unnumbered_headings():
    text = f"政策解读\n\n出台背景是什么\n{BODY}\n\n主要内容有哪些\n{BODY}"
    document = of(text)
    assert (1, "主要内容有哪些") in outline(document)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_sections_of_every_sample_are_nested_and_in_order(path):
    document = read(path)
    assert [one.index for one in document.sections] == list(range(len(document.sections)))
    assert [one.span.start for one in document.sections] == sorted(
        one.span.start for one in document.sections
    )
    for one in document.sections:
        assert one.span.holds(one.body)
        assert one.title_span is None or one.span.holds(one.title_span)
        if one.parent is not None:
            assert document.sections[one.parent].span.holds(one.span)
            assert one.level == document.sections[one.parent].level + 1
