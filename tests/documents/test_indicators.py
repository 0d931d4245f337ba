"""The ledger: the rows of the page that everything started from, gold sentences, and what mu"
"st never break."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.folding import fold
from documents.hedges import BEFORE, Sense
from documents.indicators import extract_indicators
from documents.model import Document, IndicatorKind, Passage, Section, Span, Speaker

GOLD = Path(__file__).parent / "gold"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "zhengzhou-daily-page.txt"


def ledger(text, *, on=date(2026, 2, 1), place=None, speaker=None, title="示例"):
    """Return the rows of a text that is one section with a passage a line."""
    whole = Span(0, len(text))
    section = Section(0, 0, whole, whole, title, None, speaker=speaker)
    document = Document("示例", title, text, (section,), "示例.txt", on, place=place)
    passages, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            span = Span(start, start + len(line))
            passages.append(Passage(f"示例:{start}", document.id, 0, span, line, ""))
        start += len(line) + 1
    return extract_indicators(document, passages)


def shown(row):
    return (row.name, row.period, row.value + row.unit)


# --- the page that everything started from ----------------------------------------------------------------

AN, WANG = ("安春茂", "市科技局"), ("王智明", "市工信局")
PAGE = [  # name, period, by, value, normalized, comparator, hedge, flow, said by, carried parts
    ("重大科技基础设施", "2030", True, "若干个", None, None, None, False, AN, ()),
    ("全国重点实验室", "2030", True, "5家", 5, "左右", None, True, AN, ("period",)),
    ("国家级创新平台数量", "2030", True, "80家", 80, "超过", None, False, AN, ("period",)),
    ("高新技术企业", "2025", False, "1000家", 1000, "新增", None, True, AN, ()),
    ("全社会研发投入强度", "2025", False, "3%", 3, "达到", None, False, AN, ()),
    ("全社会研发投入强度", "2030", False, "3.5%", 3.5, "达到", None, False, AN, ("name",)),
    ("技术合同成交额", "2025", False, "1000亿元", 1e11, "突破", "力争", False, AN, ()),
    ("技术合同成交额", "2030", False, "2000亿元", 2e11, "突破", "力争", False, AN, ("hedge", "name")),
    ("重点产业链", None, False, "20条", 20, None, None, False, WANG, ()),
    ("专精特新企业、高新技术企业倍增行动计划", "三年", False, "倍增", 2, None, None, False, WANG, ()),
    ("独角兽、瞪羚、头雁等“新物种”企业", "2030", True, "200家", 200, "超过", "力争", False, WANG, ()),
    ("专精特新企业", "2030", True, "3000家", 3000, "达到", "力争", False, WANG, ("hedge", "period")),
    ("高新技术企业", "2030", True, "1.5万家", 15000, "突破", "力争", False, WANG, ("hedge", "period")),
    ("高成长企业成长方案", "五年", False, "五年", None, None, None, False, WANG, ("name",)),
]
# The page also speaks of things without a number; 一批 and 若干 are values too.
PAGE_WITHOUT_NUMBER = [
    ("人工智能场景驱动创新专项、“揭榜挂帅”研发专项、协同创新专项", "一批"),
    ("共性关键技术", "一批"),
    ("产业化项目", "一批"),
    ("市级先进制造业集群", "一批"),
    ("省级先进制造业集群", "一批"),
    ("国内领先的战略性新兴产业集群", "若干"),
]


@pytest.fixture(scope="module")
def page():
    if not SEED.exists():
        pytest.skip("the seed page lies outside the repository and is not here")
    from documents.passages import split_passages
    from documents.reading import read

    document = read(SEED)
    return document, split_passages(document)


def test_ledger_of_the_page_is_exact(page):
    document, passages = page
    rows = extract_indicators(document, passages)
    found = [
        (
            row.name,
            row.period,
            row.by_period,
            row.value + row.unit,
            row.normalized,
            row.comparator,
            row.hedge,
            row.flow,
            (row.speaker, row.body),
            tuple(sorted(name for name, part in row.parts.items() if part.inherited)),
        )
        for row in rows
        if (row.name, row.value) not in PAGE_WITHOUT_NUMBER
    ]
    assert found == PAGE
    rest = [(row.name, row.value) for row in rows if (row.name, row.value) in PAGE_WITHOUT_NUMBER]
    assert sorted(rest) == sorted(PAGE_WITHOUT_NUMBER)
    assert {row.subject for row in rows} == {"郑州市"}


def test_spans_of_the_page_say_what_the_rows_say(page):
    document, passages = page
    by_id = {passage.id: passage for passage in passages}
    for row in extract_indicators(document, passages):
        assert row.value_span.of(document.text) == row.value + row.unit
        assert by_id[row.passage_id].span.holds(row.value_span)
        for part in row.parts.values():
            assert part.span.of(document.text) == part.text
            assert row.clause.holds(part.span)


def test_clause_reaches_back_to_what_was_carried(page):
    document, passages = page
    clauses = {shown(row): row.clause.of(document.text) for row in extract_indicators(document, passages)}
    assert clauses["技术合同成交额", "2030", "2000亿元"].startswith("力争2025年技术合同成交额")
    assert clauses["专精特新企业", "2030", "3000家"].startswith("到2030年,力争")
    assert clauses["专精特新企业", "2030", "3000家"].endswith("3000家")


# --- gold sentences ----------------------------------------------------------------------------------------


def is_plain(comparator):
    return (
        comparator is None
        or BEFORE.get(fold(comparator)) is Sense.EXACTLY
        or comparator.startswith(("新", "净"))
    )


def score(name):
    """Compare the ledger of each gold sentence with its rows; return counts."""
    counts = dict.fromkeys(("right", "found", "expected", "values", "years", "details", "details_right"), 0)
    for line in (GOLD / name).read_text("utf-8").splitlines():
        gold = json.loads(line)
        rows = ledger(gold["text"])
        counts["expected"] += len(gold["rows"])
        counts["found"] += 0 if gold["others"] else len(rows) - len(gold["rows"])
        counts["found"] += len(gold["rows"])
        for expected in gold["rows"]:
            same = [row for row in rows if expected["value"] in {"*", row.value + row.unit}]
            counts["values"] += bool(same)
            row = next((row for row in same if row.name in expected["name"]), None)
            if row is None:
                continue
            rows.remove(row)
            year = bool({"*", row.period or "-"} & set(expected["period"]))
            counts["years"] += year
            counts["right"] += year
            details = [
                expected["comparator"] in {"*", row.comparator}
                or (expected["comparator"] == "-" and is_plain(row.comparator))
                or row.comparator in expected["comparator"].split("/"),
                bool({"*", row.hedge or "-"} & set(expected["hedge"])),
                expected["flow"] in {None, row.flow},
            ]
            counts["details"] += len(details)
            counts["details_right"] += sum(details)
    return counts


@pytest.mark.parametrize(
    "name",
    ["indicators_dev.jsonl", "indicators_held.jsonl", "indicators_fresh.jsonl", "indicators_later.jsonl"],
)
def test_gold_sentences(name):
    counts = score(name)
    precision, recall = counts["right"] / counts["found"], counts["right"] / counts["expected"]
    assert 2 * precision * recall / (precision + recall) >= 0.95
    assert counts["values"] / counts["expected"] >= 0.98
    assert counts["years"] / counts["right"] >= 0.98
    assert counts["details_right"] / counts["details"] >= 0.98


def test_there_are_enough_gold_sentences():
    lines = [
        line for path in GOLD.glob("indicators_*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) >= 300


# --- kinds, subjects, speakers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("力争2027年数字经济规模突破3000亿元。", IndicatorKind.TARGET),
        ("2025年全市进出口总额达到800亿元。", IndicatorKind.ACTUAL),
        ("去年规模以上工业增加值增长6.1%。", IndicatorKind.CHANGE),
        ("统筹推进16条重点产业链。", IndicatorKind.COUNT),
        ("初步核算,2025年地区生产总值突破1万亿元。", IndicatorKind.ACTUAL),
    ],
)
def test_kind(text, kind):
    assert [row.kind for row in ledger(text)] == [kind]


def test_what_a_rule_promises_is_no_result():
    rows = ledger("首次评为星级餐厅的,由区财政一次性奖励6万元;复评通过的,奖励2万元。")
    assert [row.kind for row in rows] == [IndicatorKind.COUNT, IndicatorKind.COUNT]
    first = rows[0]
    assert (first.parts["name"].text, first.parts["name"].inherited) == ("首次评为星级餐厅", True)
    assert first.parts["head"].text == "奖励"


def test_a_target_is_one_without_a_date_too():
    rows = ledger("下一步,加快培育创新主体。2025年新增高新技术企业300家。到2030年达到5000家。", on=None)
    assert [row.kind for row in rows] == [IndicatorKind.TARGET]


@pytest.mark.parametrize(
    ("text", "place", "subject"),
    [
        ("全市高新技术企业达到6800家。", "临江市", "临江市"),
        ("全市高新技术企业达到6800家。", None, "全市"),
        ("高新技术企业达到6800家。", "临江市", "临江市"),
        ("洛阳市高新技术企业达到1800家。", "河南省", "洛阳市"),
        ("我国粮食产量达到1.4万亿斤。", "河南省", "全国"),
        ("新建全国重点实验室3家。", "临江市", "临江市"),
    ],
)
def test_subject(text, place, subject):
    assert [row.subject for row in ledger(text, place=place)] == [subject]


def test_speaker_and_body_come_from_the_section():
    speaker = Speaker("周临", "局长", "市统计局", Span(0, 2))
    row = ledger("周临表示,全市规上企业达到900家。", speaker=speaker)[0]
    assert (row.speaker, row.body) == ("周临", "市统计局")


def test_flow_and_stock_are_different_indicators():
    flow, stock = ledger("2025年新增高新技术企业300家。2030年高新技术企业突破5000家。")
    assert (flow.name, flow.flow, flow.comparator) == ("高新技术企业", True, "新增")
    assert (stock.name, stock.flow, stock.comparator) == ("高新技术企业", False, "突破")


def test_what_it_was_before_has_no_year_of_its_own():
    before, after = ledger("2025年,研发人员由3.2万人增加到5.8万人。")
    assert (before.period, after.period) == (None, "2025")


def test_year_of_a_heading_holds_for_the_section():
    text = "一、2024年工作回顾\n规模以上工业增加值增长6.1%。"
    heading = Section(0, 1, Span(0, len(text)), Span(11, len(text)), text[:10], Span(0, 10))
    document = Document("报告", "报告", text, (heading,), "报告.txt", date(2025, 1, 20))
    passage = Passage("报告:11", "报告", 0, Span(11, len(text)), text[11:], "")
    row = extract_indicators(document, [passage])[0]
    assert (row.period, row.parts["period"].inherited, row.kind) == ("2024", True, IndicatorKind.CHANGE)
    assert row.parts["period"].span.of(text) == "2024年"


@pytest.mark.parametrize(
    "line",
    [
        "关于印发《社区养老三年行动方案（2026—2028年）》的通知",
        "社区养老三年行动方案（2026—2028年）",
        "附件：社区养老三年行动方案",
        "附件2 湖湾镇老旧小区改造五年规划（2026—2030年）",
        "现将《社区养老三年行动方案》印发给你们，请认真组织实施。",
    ],
)
def test_titles_state_nothing(line):
    assert ledger(line) == []


def test_plans_in_running_text_are_stated():
    rows = ledger("落实《社区养老三年行动方案》，实施菜市场改造五年计划。")
    assert [shown(row) for row in rows] == [
        ("社区养老行动方案", "三年", "三年"),
        ("菜市场改造计划", "五年", "五年"),
    ]


def report(*parts, on=date(2026, 1, 20)):
    """Return the ledger of a report; each part is its heading, its level and its paragraphs."""
    text, sections, passages = (
        "工作报告\n",
        [Section(0, 0, Span(0, 0), Span(0, 0), "工作报告", Span(0, 4))],
        [],
    )
    for heading, level, *paragraphs in parts:
        start = len(text)
        title = Span(start, start + len(heading))
        text += heading + "\n"
        for paragraph in paragraphs:
            span = Span(len(text), len(text) + len(paragraph))
            passages.append(Passage(f"报告:{span.start}", "报告", len(sections), span, paragraph, ""))
            text += paragraph + "\n"
        parent = max((one.index for one in sections if one.level < level), default=None)
        body = Span(title.end + 1, len(text))
        sections.append(
            Section(len(sections), level, Span(start, len(text)), body, heading, title, parent=parent)
        )
    document = Document("报告", "工作报告", text, tuple(sections), "报告.txt", on)
    return document, extract_indicators(document, passages)


@pytest.mark.parametrize(
    ("heading", "opening", "period", "said"),
    [
        ("一、2025年工作回顾", "各项事业稳步前进。", "2025", "2025年"),
        ("一、去年工作回顾", "各项事业稳步前进。", "2025", "去年"),
        ("一、2025年和“十四五”时期的工作", "各项事业稳步前进。", "2025", "2025年"),
        ("一、政府工作回顾", "2025年是很不平凡的一年。", "2025", "2025年"),
        ("一、工作总结", "过去一年,我们攻坚克难。", "2025", "过去一年"),
        ("三、今年重点工作", "围绕全年目标,抓好以下工作。", "2026", "今年"),
        ("三、下一步工作安排", "做好2026年工作意义重大。", "2026", "2026年"),
        ("二、“十五五”时期主要目标", "未来前景广阔。", "2026-2030", "“十五五”时期"),
        ("二、今后五年的目标任务", "未来前景广阔。", "2026-2030", "今后五年"),
        ("一、过去五年工作回顾", "成绩来之不易。", None, None),
        ("一、基本情况", "我市地处平原。", None, None),
    ],
)
def test_the_year_of_a_part_holds_below_it(heading, opening, period, said):
    document, rows = report((heading, 1, opening), ("（一）产业更强", 2, "新建数字车间26个。"))
    assert [row.period for row in rows] == [period]
    if said:
        part = rows[0].parts["period"]
        assert (part.text, part.span.of(document.text), part.inherited) == (said, said, True)


def test_a_review_of_a_year_and_of_five_years_keeps_them_apart():
    _, rows = report(
        ("一、2025年和“十四五”时期工作回顾", 1, "新增公园12个。", "五年来,我们久久为功。新增绿道85公里。"),
        ("（一）家园更美", 2, "整治黑臭水体14条。", "过去一年,新建驿站9座。"),
    )
    assert [row.period for row in rows] == ["2025", "2021-2025", "2021-2025", "2025"]
    _, rows = report(("一、“十四五”时期和2025年工作回顾", 1, "新增公园12个。", "2025年,新增绿道85公里。"))
    assert [row.period for row in rows] == [None, "2025"]


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("蔬菜产量连续四年稳定在90万吨以上。", [None]),
        ("累计建成数字车间260个。", [None]),
        ("五年来整治病险水库35座。", [None]),
        ("2023年建成数字车间30个。", ["2023"]),
        ("绿电消费占比由上年的31%提高到36%。", ["2024", "2025"]),
        ("残疾人护理补贴由每人每月90元提高到110元。", [None, "2025"]),
    ],
)
def test_the_year_of_a_part_gives_way_to_the_sentence(sentence, periods):
    _, rows = report(("一、2025年工作回顾", 1, sentence))
    assert [row.period for row in rows] == periods


@pytest.mark.parametrize(
    ("text", "on", "periods"),
    [
        ("“十四五”期间,森林蓄积量由820万立方米增加到960万立方米。", date(2026, 2, 1), [None, "2025"]),
        ("过去五年,绿电消费占比从18%提高到36%。", date(2026, 2, 1), [None, "2025"]),
        ("“十五五”时期,绿电消费占比由36%提高到50%。", date(2026, 2, 1), [None, "2030"]),
        ("“十四五”期间,绿电消费占比由18%提高到27%。", date(2024, 2, 1), [None, "2021-2025"]),
        ("农村自来水普及率在2025年的基础上提高3个百分点。", date(2026, 2, 1), [None]),
    ],
)
def test_years_of_what_a_figure_rose_from_and_to(text, on, periods):
    assert [row.period for row in ledger(text, on=on)] == periods


# --- labels ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "- 外汇储备：2024年超过3.2万亿美元；\n- 城镇新增就业：2024年为1256万人；",
            ["外汇储备", "城镇新增就业"],
        ),
        ("总投资：3.5亿元。", ["总投资"]),
        ("技术合同成交额：2025年1000亿元，2030年2000亿元。", ["技术合同成交额", "技术合同成交额"]),
        ("沈若川表示：2025年完成3.5亿元。", []),
        ("主要目标：2025年达到3家。", []),
        ("地区生产总值按增长5%安排，努力争取更好结果。", ["地区生产总值"]),
    ],
)
def test_a_label_before_a_colon_names_the_figure(text, rows):
    assert [row.name for row in ledger(text, on=date(2026, 2, 1))] == rows


# --- tables ------------------------------------------------------------------------------------------------

MARKDOWN = """| 指标 | 2020年 | 2025年目标 | 年均/累计 | 属性 |
|---|---|---|---|---|
| 地区生产总值（亿元） | 8600 | 12000 | 6.5% | 预期性 |
| 全员劳动生产率（万元/人） | 14.2 | 19 | 〔4.8〕 | 预期性 |
| 森林覆盖率（%） | 24.1 | 25以上 | — | 约束性 |
| 地表水质量 | 良好 | 持续改善 | | 约束性 |"""


def test_markdown_table():
    rows = ledger(MARKDOWN, on=date(2021, 3, 1))
    assert [(row.name, row.period, row.value, row.unit, row.hedge, row.flow) for row in rows] == [
        ("地区生产总值", "2020", "8600", "亿元", None, False),
        ("地区生产总值", "2025", "12000", "亿元", "预期性", False),
        ("地区生产总值", None, "6.5", "%", "预期性", True),
        ("全员劳动生产率", "2020", "14.2", "万元/人", None, False),
        ("全员劳动生产率", "2025", "19", "万元/人", "预期性", False),
        ("全员劳动生产率", None, "4.8", "万元/人", "预期性", True),
        ("森林覆盖率", "2020", "24.1", "%", None, False),
        ("森林覆盖率", "2025", "25", "%", "约束性", False),
        ("地表水质量", "2020", "良好", "", None, False),
        ("地表水质量", "2025", "持续改善", "", "约束性", False),
    ]
    assert rows[1].normalized == 1.2e12
    assert rows[7].comparator == "以上"
    assert [row.kind for row in rows[:2]] == [IndicatorKind.ACTUAL, IndicatorKind.TARGET]


def test_table_of_tabs_with_a_column_of_units():
    rows = ledger(
        "序号\t指标\t单位\t2025年\t2030年\n1\t研发投入强度\t%\t2.6\t3.2\n2\t上市公司\t家\t40\t80", on=None
    )
    assert [shown(row) for row in rows] == [
        ("研发投入强度", "2025", "2.6%"),
        ("研发投入强度", "2030", "3.2%"),
        ("上市公司", "2025", "40家"),
        ("上市公司", "2030", "80家"),
    ]


# --- never break -------------------------------------------------------------------------------------------

_PIECES = [
    *"0123456789一二三十百千万亿年月日,，。;；、:（）()%％“”‘’| \n\t家个元的占达由到比增约近和与—-",
    "2030年", "到2030年", "力争", "突破", "1.5万家", "倍增", "三年行动计划", "分别", "增长", "高新技术企业",
    "若干个", "一批", "同比", "全市", "百分之", "2000亿元", "３％", "翻一番", "其中", "提高到",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_offsets_hold_for_any_text(text):
    for row in ledger(text):
        assert row.name
        assert row.value_span.of(text)
        assert row.clause.holds(row.value_span)
        for part in row.parts.values():
            assert part.span.of(text) == part.text


@pytest.mark.parametrize("names", ["价格和", "财政收入、", "价格与"])
def test_a_list_of_names_that_ends_with_its_mark_breaks_nothing(names):
    assert ledger(f"{names}分别上涨8.9%、7.7%。") == []


def test_same_text_gives_the_same_rows():
    text = "到2030年,力争规上企业达到5000家,上市企业突破120家。"
    assert ledger(text) == ledger(text)


@pytest.mark.parametrize(
    "piece", ["2030年达到5家、", "企业", "1", "(", "“", "分别增长1%、", "占", "、", "到2030年,", "的", "由3%"]
)
def test_long_text_takes_linear_time(piece):
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()
    ledger(text)
    assert time.perf_counter() - began < 5


def test_a_word_behind_a_second_unit_still_bounds():
    (row,) = [one for one in ledger("到2027年,建成美丽河湖20条(个)左右。") if "河湖" in one.name]
    assert (row.value, row.comparator) == ("20", "左右")


def test_what_is_to_be_built_in_all_by_a_year_is_a_target():
    (row,) = ledger("到2027年,全市累计建成公共充电桩2.4万个。", on=None)
    assert row.kind is IndicatorKind.TARGET
