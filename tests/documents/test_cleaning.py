"""The canonical text: what is left out, what is joined, and that printed characters stay."""

import io
import json
import re
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from documents.cleaning import clean, clean_characters
from documents.lines import RawLine
from documents.reading import read, read_bytes

SHARED = Path(__file__).parents[2].parent / "shared"
SAMPLES = Path(__file__).parents[2] / "documents" / "samples"
LONG = (
    "全市要把会议定下的事情一件一件落到实处，把群众关心的问题一个一个解决好，不做表面文章，不搞形"
    "式主义，让干部群众都看得见变化，真正把好事办"
)

TITLE = (
    "国务院关于在海南博鳌乐城国际医疗旅游先行区暂时调整实施"
    "《中华人民共和国药品管理法实施条例》有关规定的决定（试行期三年整）的补充说明"
)


def cleaned(*lines):
    return clean([RawLine(line) for line in lines])


def test_unprinted_characters_go_and_printed_ones_stay():
    printed = "ＡＢＣ２０３０㎡①㈠“‘’”﹪—·"
    assert (
        clean_characters(f"\ufeff力\u200b争{printed}\u00ad\x07年\u00a0度\u202e \t") == f"力争{printed}年 度"
    )


def test_line_ends_indents_and_runs_of_empty_lines():
    text = "\r\n\r\n　　第一段。\r\n\r\n\r\n\r\n　　第二段。  \r第三段。\n\n"
    assert read_bytes("a.txt", text.encode()).text == "第一段。\n\n第二段。\n第三段。"


@pytest.mark.parametrize(
    "line",
    ["【打印】【关闭】", "【字体：大 中 小】【打印】【关闭】", "上一版  下一版", "上一篇：关于放假的通知",
    "下一篇：没有了",
     "扫一扫在手机打开当前页", "当前位置：首页 > 政务公开 > 通知", "版面导航", "[打印本页] [关闭窗口]",
     "浏览次数：1024次", "-->"],
)  # fmt: skip
def test_navigation_lines_are_left_out_and_noted(line):
    found = cleaned("通知正文第一段。", line, "通知正文第二段。")
    assert found.text == "通知正文第一段。\n通知正文第二段。"
    assert found.notes == ("1 navigation line of a web page left out",)


@pytest.mark.parametrize(
    "line",
    [
        "打印机采购要公开招标。",
        "大",
        "关闭散乱污企业120家",
        "下一篇章要写好。",
        "（下转第三版）",
        "首页改版由市大数据局负责",
    ],
)
def test_lines_that_only_resemble_navigation_stay(line):
    assert line in cleaned("正文。", line, "正文。").text


def test_a_cut_paragraph_is_joined_without_a_space_and_noted():
    found = cleaned(LONG, "", "实，实事办好。")
    assert found.text == LONG + "实，实事办好。"
    assert found.notes == ("1 paragraph cut in two joined: 好事办|实，实",)


def test_a_paragraph_cut_inside_a_number_is_joined():
    assert cleaned(LONG + "实，新增1.", "", "5万家。").text == LONG + "实，新增1.5万家。"


def test_a_paragraph_cut_twice_is_joined_twice():
    assert cleaned(LONG, "", LONG, "", "实。").text == LONG + LONG + "实。"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LONG + "实。", "下一段。"),
        (LONG + "实。”", "下一段。"),
        (LONG + "实：", "下一段。"),
        (LONG + "实.", "下一段。"),
        ("评论员文章：" + "论学习贯彻座谈会上的重要讲话精神" * 4, "今天出版"),
        (LONG + "实。\ue003", "下一段。"),
        (LONG + "实（责任单位：市科技局）", "下一段。"),
        (LONG, "一、总体要求"),
        (LONG, "（二）主要目标"),
        (LONG, "3. 加强组织领导"),
        (LONG, "第三条 本办法自印发之日起施行。"),
        (LONG, "二是加强保障。"),
        (LONG, "- 下一项"),
        (LONG, "• 下一项"),
        (LONG, "　　新的一段从缩进开始。"),
        (LONG, "本报记者 张明远"),
        (LONG, "□李思思"),
        (LONG, "2026年3月2日"),
        (LONG, "——市委全会精神系列评论"),
        (LONG, "向新而行 追光而上 ——访市数据局局长高远"),
        (LONG, "指标 | 2025年 | 2030年"),
        ("指标，单位 | " + LONG + " | 3.2", "下一行"),
        (TITLE, "各省人民政府"),
        ("短的一行，没有句号", "下一行"),
    ],
)  # fmt: skip
def test_what_begins_anew_is_never_joined(left, right):
    assert cleaned(left, "", right).text == f"{left}\n\n{right.strip()}"


def test_a_signature_above_its_date_is_not_the_end_of_a_sentence():
    found = cleaned(LONG, "", "栖云市人民政府办公室", "2026年3月2日")
    assert "\n\n栖云市人民政府办公室\n2026年3月2日" in found.text


def test_wrapped_english_is_joined_with_a_space():
    left = "The city will strive to raise the turnover of technology contracts, and then"
    assert cleaned(left, "double it by 2030.").text == f"{left} double it by 2030."


@given(
    st.lists(
        st.sampled_from([LONG + "实。", LONG + "实；", "标题", "一、目标", "- 项目", "短句。", ""]),
        max_size=12,
    )
)
def test_nothing_is_joined_in_a_well_formed_text(lines):
    found = cleaned(*lines)
    assert [line.text for line in found.lines] == [line for line in lines if line]
    assert found.notes == ()


@given(st.lists(st.text("中国年，。：“”（）一、1. 　|—□\u200b\ufeff\t", max_size=80), max_size=10))
def test_no_printed_character_is_lost_and_every_line_knows_its_place(lines):
    found = cleaned(*lines)
    printed = "".join(clean_characters(line) for line in lines)
    assert "".join(found.text.split()) == "".join(printed.split())
    assert all(line.span.of(found.text) == line.text for line in found.lines)
    assert clean([RawLine(line) for line in found.text.split("\n")]).text == found.text or found.notes


def test_the_sample_page_has_exactly_its_five_cuts_joined():
    document = read(SAMPLES / "zhengzhou-innovation-page.txt")
    assert [note for note in document.notes if "cut in two" in note] == [
        (
            "5 paragraphs cut in two joined: 距才可|怕。把, 值得各|单位认, 个比例|每提高, 、早预|"
            "警,不, 们走出|国门开"
        )
    ]


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("qiyun-*")) + sorted(SAMPLES.glob("*.md")), ids=lambda p: p.name
)
def test_nothing_is_joined_in_the_well_formed_samples(path):
    assert not any("cut in two" in note for note in read(path).notes)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this repository")
def test_the_seed_page_has_exactly_its_five_cuts_joined():
    document = read(SHARED / "seed" / "zhengzhou-daily-page.txt")
    for half in ("内涵丰富,深刻", "精神,全面落实", "干出新天地", "突破一批制约", "态势安全风险"):
        assert half in document.text
    assert document.notes[0].startswith("5 paragraphs cut in two joined: ")
    source = (SHARED / "seed" / "zhengzhou-daily-page.txt").read_text("utf-8")
    assert "".join(document.text.split()) == "".join(source.split())
    paragraphs = [line for line in source.split("\n") if line.strip()]
    assert len([line for line in document.text.split("\n") if line]) == len(paragraphs) - 5


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this repository")
def test_nothing_is_joined_in_well_formed_official_documents():
    packed = SHARED / "data" / "policies.jsonl.zst"
    with packed.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        rows = [row for _, row in zip(range(60), io.TextIOWrapper(stream, "utf-8"), strict=False)]
    documents = [read_bytes(f"{n}.txt", json.loads(row)["text"].encode()) for n, row in enumerate(rows)]
    assert [note for document in documents for note in document.notes if "cut in two" in note] == []


def wrapped(text, columns):
    """Break a text as an editor does, at so many columns, of which a full-width character takes two."""
    lines, width = [""], 0
    for character in text:
        width += 1 if character.isascii() else 2
        if width > columns:
            lines.append("")
            width = 1 if character.isascii() else 2
        lines[-1] += character
    return lines


@pytest.mark.parametrize("columns", [50, 71, 90])
def test_lines_wrapped_at_a_fixed_width_become_paragraphs_again(columns):
    first = LONG + "实。" + LONG + "好。" + LONG + "妥。"
    second = "力争到2030年，全市技术合同成交额突破200亿元，高新技术企业达到1224家。" + LONG + "细。"
    source = "\n".join(
        ["关于做好有关工作的通知", *wrapped("　　" + first, columns), *wrapped("　　" + second, columns)]
    )
    document = read_bytes("a.txt", source.encode())
    assert document.text == f"关于做好有关工作的通知\n{first}\n{second}"
    assert document.notes[0].startswith("lines wrapped at ")


def test_paragraphs_of_a_page_without_line_ends_are_set_apart_by_their_indents():
    parts = [
        "栖云市关于整治背街小巷的意见",
        "近年来，背街小巷面貌逐步改善。",
        "一、基本原则",
        3 * LONG + "。",
        "二、任务",
    ]
    page = "　　".join([*parts, LONG])
    assert cleaned(page).text.split("\n") == [*parts, LONG]
    news = "  ".join([f"{LONG}。"] * 4)
    assert len(cleaned(news).lines) == 4


def test_wide_blanks_in_a_title_or_a_short_line_set_nothing_apart():
    title = "强化创新引领  激活发展动能  ——访市科技局局长"
    assert cleaned(title).text == title


def test_wrapped_english_becomes_paragraphs():
    sentence = "The city will strive to raise the turnover of contracts, and double it by 2030."
    words = re.findall(r"\S+", sentence)
    lines, line = [], ""
    for word in words * 6:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    document = read_bytes("a.txt", "\n".join([*lines, line]).encode())
    assert document.text == " ".join(words * 6)


def test_lists_of_even_length_are_not_wrapped_text():
    lines = [
        f"{number}. 支持第{number}类企业开展研发活动，给予资金、人才和场地三个方面的保障"
        for number in range(1, 10)
    ]
    assert cleaned(*lines).text == "\n".join(lines)
    names = ["张明远李小乐王大海赵小川陈可意林知远沈若川方小禾顾小满黎一鸣程远舟"] * 12
    assert cleaned(*names).text == "\n".join(names)
