"""Passages: whole sentences, one section each, every character once, and what they stand under."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import errors
from documents.model import Document, Passage, Span
from documents.passages import HARD_LIMIT, split_passages
from documents.reading import read, read_bytes
from documents.sentences import sentences

SHARED = Path(__file__).parents[2].parent / "shared"
SAMPLES = Path(__file__).parents[2] / "documents" / "samples"
SAMPLE_PATHS = sorted(SAMPLES.iterdir())
GOLDEN = Path(__file__).parent / "golden"
LONG = 3 * (
    "今年以来，全市上下坚持一张蓝图绘到底，把各项任务分解到人，把各项责任压实到岗，"
    "把各项措施落实到点，经济运行总体平稳、稳中有进、进中提质。"
)
LINES = st.sampled_from(
    [
        "栖云市人民政府关于加强安全生产工作的通知", "栖政〔2026〕7号", "各县（区）人民政府：",
        "一、总体要求", "（一）指导思想。",
        "（二）主要目标。到2030年，全市技术合同成交额突破200亿元，高新技术企业达到1224家，继续走在前列。",
        "1. 压实责任", "2. 加强检查",
        "第一章 总则", "第一条 为了加强管理，制定本办法。", "第二条 本办法适用于本市。",
        "（一）未按照规定编制目录的；", "附件", "附件2",
        "本报记者 张明远", "□李小乐", "把实干进行到底 ——访栖云市市长林知远", "——市委全会精神系列评论",
        "2026年3月2日", "栖云市人民政府",
        "一是强化创新。加大投入，建好平台，育强企业。二是强化保障。三是强化协作；四是强化督查。",
        "指标 | 2025年 | 2030年", "强度 | 2.41 | 3.2",
        "- 国内生产总值增长5%；", "# 标题", "## 小标题", "短", "“", "。", "", "【打印】【关闭】",
        LONG,
    ]
)  # fmt: skip


def check_partition(document: Document, passages: list[Passage]) -> None:
    """Fail unless every printed character is in one passage, or in a heading that has no text of its own."""
    covered = [0] * len(document.text)
    for passage in passages:
        assert passage.span.of(document.text) == passage.text
        assert passage.text == passage.text.strip()
        assert document.sections[passage.section].span.holds(passage.span)
        for position in range(*passage.span):
            covered[position] += 1
    headings = [one for one in document.sections if one.title_span is not None and one.level > 0]
    in_heading = {position for one in headings for position in range(*(one.title_span or Span(0, 0)))}
    for position, character in enumerate(document.text):
        if not character.isspace():
            assert covered[position] == 1 or (covered[position] == 0 and position in in_heading)
    for one in headings:
        if one.title_span is not None and covered[one.title_span.start] == 0:
            inside = [passage for passage in passages if one.span.holds(passage.span)]
            assert inside
            assert all(one.title in passage.context for passage in inside)


@pytest.mark.parametrize("path", SAMPLE_PATHS, ids=lambda path: path.name)
def test_samples_are_covered_once(path):
    document = read(path)
    check_partition(document, split_passages(document))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=14),
    st.sampled_from(["a.txt", "a.md"]),
    st.sampled_from(["\n", "\n\n"]),
)
def test_any_mixture_of_official_lines_is_covered_once(lines, name, between):
    try:
        document = read_bytes(name, between.join(lines).encode())
    except errors.EmptyDocumentError:
        assert not re.search(r"\w", "".join(line for line in lines if "打印" not in line))
        return
    check_partition(document, split_passages(document))


@pytest.mark.parametrize("path", SAMPLE_PATHS, ids=lambda path: path.name)
def test_passages_are_made_of_whole_sentences(path):
    document = read(path)
    ends = {span.end for span in sentences(document.text, Span(0, len(document.text)))}
    starts = {span.start for span in sentences(document.text, Span(0, len(document.text)))}
    for passage in split_passages(document):
        assert passage.span.start in starts
        assert passage.span.end in ends


@pytest.mark.parametrize("path", SAMPLE_PATHS, ids=lambda path: path.name)
def test_golden_outline_of_the_samples(path):
    document = read(path, source_key=path.name)
    found = {
        "id": document.id,
        "title": document.title,
        "revision": document.revision,
        "date": document.date and document.date.isoformat(),
        "number": document.number,
        "place": document.place,
        "sections": [[one.level, one.title, one.byline, *one.span, *one.body] for one in document.sections],
        "passages": [[one.id.split(":", 1)[1], one.section, one.context] for one in split_passages(document)],
    }
    golden = GOLDEN / f"{path.stem}.json"
    expected = json.loads(golden.read_text("utf-8"))
    assert json.loads(json.dumps(found)) == expected, f"if this is meant, write the new outline to {golden}"


def test_ids_hold_while_a_passage_stays_and_change_with_it():
    text = "第一段讲目标。" * 30 + "\n\n" + "第二段讲措施。" * 30
    first = split_passages(read_bytes("a.txt", text.encode()))
    again = split_passages(read_bytes("a.txt", text.encode()))
    changed = split_passages(read_bytes("a.txt", text.replace("措施", "办法").encode()))
    assert [one.id for one in first] == [one.id for one in again]
    assert first[0].id == changed[0].id
    assert first[-1].id != changed[-1].id
    assert len({one.id for one in first}) == len(first)
    assert first[0].id.startswith(first[0].document_id + ":0-")


def test_passages_know_the_scaffold_they_stand_under():
    document = read(SAMPLES / "zhengzhou-innovation-page.txt")
    passage = next(one for one in split_passages(document) if "超过200家" in one.text)
    assert [span.of(document.text) for span in passage.headings] == [
        "再说企业梯队。", "一是培育龙头企业。", "二是培育创新型企业。", "三是扶持高成长企业。",
    ]  # fmt: skip
    assert "链条更韧 企业更强 先进制造业向高处攀——访市工信局党组书记、局长王智明" in passage.context
    assert passage.context.startswith("郑州市\n")


def test_a_paragraph_breaks_where_its_parts_begin():
    parts = ["壮大产业链", "做强集群", "培育龙头", "引进人才", "优化服务"]
    sentence = "各县区要把任务分解到季度，逐项明确责任单位和完成时限，定期通报进展。"
    body = "".join(f"{'一二三四五'[at]}是{part}。{sentence * 5}" for at, part in enumerate(parts))
    document = read_bytes("a.txt", f"标题在此\n\n推动产业升级。{body}".encode())
    found = [one for one in split_passages(document) if one.text != "标题在此"]
    assert [one.text[:2] for one in found] == ["推动", "二是", "三是", "四是", "五是"]
    assert max(len(one.text) for one in found) < 250


def test_a_scaffold_outside_the_passage_is_in_its_context():
    sentence = (
        "要加快项目建设，推动上下游协同发展，把链条做长做强，把集群做大做优，把短板一块一块补齐补牢。" * 4
    )
    document = read_bytes(
        "a.txt", f"标题在此\n\n推动产业升级。一是壮大产业链。{sentence}二是做强集群。{sentence}".encode()
    )
    last = split_passages(document)[-1]
    assert "推动产业升级。" in last.context
    assert not any(
        one.text.endswith(("一是壮大产业链。", "二是做强集群。")) for one in split_passages(document)
    )


def test_rows_of_a_table_keep_their_head():
    rows = "\n".join(f"| 指标名称第{n}号比较长的一个名字 | 亿元 | {n}00 | {n}50 |" for n in range(1, 30))
    document = read_bytes(
        "a.md", f"# 计划\n\n| 指标 | 单位 | 2025年 | 2030年 |\n|---|---|---|---|\n{rows}".encode()
    )
    passages = split_passages(document)
    assert len([one for one in passages if "指标名称" in one.text]) > 3
    for passage in passages[2:]:
        assert "指标 | 单位 | 2025年 | 2030年" in passage.context
        assert passage.headings[-1].of(document.text) == "指标 | 单位 | 2025年 | 2030年"


def test_lengths_stay_near_the_aim_in_running_text():
    sentence = "全市要坚持稳中求进工作总基调，完整准确全面贯彻新发展理念。"
    document = read_bytes("a.txt", "\n".join([sentence * 9, sentence * 2, sentence * 20]).encode())
    lengths = [len(one.text) for one in split_passages(document)]
    assert all(100 <= length <= 300 for length in lengths), lengths


def test_a_sentence_without_an_end_is_cut_at_its_clauses():
    document = read_bytes("a.txt", ("推动产业链上下游协同发展，" * 200).encode())
    passages = split_passages(document)
    assert all(len(one.text) <= HARD_LIMIT for one in passages)
    assert all(one.text.endswith("，") for one in passages)


def test_the_context_names_a_speaker_whom_the_title_leaves_out():
    text = (
        "把实干进行到底\n\n"
        "栖云市财政局局长赵敏表示，资金要用在刀刃上，一分一厘都要看得见效果。" + "今年将继续加大投入。" * 20
    )
    last = split_passages(read_bytes("a.txt", text.encode()))[-1]
    assert "栖云市财政局局长赵敏" in last.context


def test_a_passage_is_frozen_and_shows_its_context_only_to_the_index():
    passage = split_passages(read(SAMPLE_PATHS[0]))[1]
    assert passage.indexed_text.endswith(passage.text)
    assert passage.context not in passage.text
    with pytest.raises(AttributeError):
        passage.text = "anders"
    assert replace(passage, text="x").text == "x"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this repository")
def test_every_evidence_of_the_seed_questions_lies_in_one_passage():
    passages = split_passages(read(SHARED / "seed" / "zhengzhou-daily-page.txt"))
    squeezed = [re.sub(r"\s", "", passage.text) for passage in passages]
    cases = [
        json.loads(line) for line in (SHARED / "eval" / "seed_dev.jsonl").read_text("utf-8").splitlines()
    ]
    cites = [(case["id"], cite) for case in cases for cite in case["cite"]]
    assert len(cites) > 50
    holding = {
        (name, cite): sum(re.sub(r"\s", "", cite) in text for text in squeezed) for name, cite in cites
    }
    assert {key: count for key, count in holding.items() if count != 1} == {}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this repository")
def test_the_seed_page_is_covered_once():
    document = read(SHARED / "seed" / "zhengzhou-daily-page.txt")
    check_partition(document, split_passages(document))
