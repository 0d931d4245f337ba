"""Figures beside each other: what 新增 holds for, whose a bare figure is, of which years and of which place."""

import pytest

from documents.model import IndicatorKind
from tests.documents.test_indicators import ledger, shown


def told(text, **about):
    return [(row.name, row.value + row.unit, row.flow) for row in ledger(text, **about)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "今年新增专精特新企业40家、高新技术企业90家。",
            [("专精特新企业", "40家", True), ("高新技术企业", "90家", True)],
        ),
        (
            "今年新增学位1.8万个,其中小学学位1.1万个、初中学位0.7万个。",
            [("学位", "1.8万个", True), ("小学学位", "1.1万个", True), ("初中学位", "0.7万个", True)],
        ),
        (
            "今年新增规上企业30家、高新技术企业达到600家。",
            [("规上企业", "30家", True), ("高新技术企业", "600家", False)],
        ),
        (
            "今年新增上市企业3家,规上企业总数超过900家。",
            [("上市企业", "3家", True), ("规上企业总数", "900家", False)],
        ),
        (
            "新认定高新技术企业12家,累计达到75家。",
            [("高新技术企业", "12家", True), ("高新技术企业", "75家", False)],
        ),
        (
            "新建高标准农田2.6万亩,累计达到31万亩。",
            [("新建高标准农田", "2.6万亩", True), ("高标准农田", "31万亩", False)],
        ),
        (
            "城镇新增就业3万人,累计达到20万人。",
            [("城镇新增就业", "3万人", True), ("城镇新增就业", "20万人", True)],
        ),
    ],
)
def test_what_is_added_and_what_there_is(text, rows):
    assert told(text) == rows


def test_a_verb_that_is_carried_along_a_list_is_shown_as_carried():
    later = ledger("2026年新增瞪羚企业20家、独角兽企业2家。")[1]
    assert (later.comparator, later.parts["comparator"].inherited) == ("新增", True)


def test_a_part_of_a_whole_keeps_what_it_is_a_part_of():
    assert told("到2030年省级以上研发平台数量超过120家,其中国家级8家左右。", on=None) == [
        ("省级以上研发平台数量", "120家", False),
        ("国家级研发平台", "8家", False),
    ]


def test_growth_behind_two_levels_is_of_the_same_two():
    rows = ledger("去年城乡居民人均可支配收入分别达到3.6万元、2万元,增长4.9%、6.1%。")
    assert [shown(row)[::2] for row in rows] == [
        ("城镇居民人均可支配收入", "3.6万元"),
        ("农村居民人均可支配收入", "2万元"),
        ("城镇居民人均可支配收入", "4.9%"),
        ("农村居民人均可支配收入", "6.1%"),
    ]


def test_years_together_are_no_single_year():
    rows = ledger("“十四五”时期,产值年均增长6%,2025年达到90亿元,五年累计完成401亿元。", on=None)
    assert [shown(row)[1:] for row in rows] == [
        ("2021-2025", "6%"),
        ("2025", "90亿元"),
        ("2021-2025", "401亿元"),
    ]


def test_first_half_is_not_the_year_before():
    rows = ledger("2023年经济运行情况公布,上半年,全市地区生产总值502亿元。", on=None)
    assert [row.period for row in rows] == [None]


def test_year_behind_a_figure_is_its_own():
    rows = ledger("2026年设立基金,首期3亿元已于2025年到位。", on=None)
    assert (rows[-1].value, rows[-1].period) == ("3", "2025")


def test_what_is_called_an_aim_to_compare_with_is_no_target():
    rows = ledger("2025年投资增速低于预期目标0.8个百分点;进出口总额下降2.6%。")
    assert [(row.name, row.hedge, row.kind) for row in rows] == [("进出口总额", None, IndicatorKind.CHANGE)]


def test_a_plan_tells_of_the_years_before_it_as_done():
    text = "2025年接待游客310万人次,2028年达到500万人次。"
    rows = ledger(text, on=None, title="文旅发展行动计划(2026—2028年)")
    assert [row.kind for row in rows] == [IndicatorKind.ACTUAL, IndicatorKind.TARGET]


def test_an_age_without_a_name_is_that_of_the_clause_before():
    rows = ledger("去年居民人均预期寿命达到78.9岁,到2030年力争达到80.5岁。")
    assert [shown(row) for row in rows] == [
        ("居民人均预期寿命", "2025", "78.9岁"),
        ("居民人均预期寿命", "2030", "80.5岁"),
    ]


def test_each_of_several_places_has_its_own_figure():
    text = (
        "上半年,辽宁全省地区生产总值1.2万亿元,同比增长5%;黑龙江地区生产总值为6100亿元;吉林上半年地区生产总值为6000亿元。"
        "此外,该省上半年出口额300亿元。"
    )
    rows = ledger(text, on=None)
    assert [(row.subject, row.name, row.value + row.unit) for row in rows] == [
        ("辽宁省", "地区生产总值", "1.2万亿元"),
        ("辽宁省", "地区生产总值", "5%"),
        ("黑龙江省", "地区生产总值", "6100亿元"),
        ("吉林省", "地区生产总值", "6000亿元"),
        ("吉林省", "出口额", "300亿元"),
    ]


def test_growth_of_two_that_were_each_stated_by_itself():
    rows = ledger("去年接待游客310万人次,旅游收入24亿元,分别增长9%、11%。")
    assert [shown(row)[::2] for row in rows] == [
        ("接待游客", "310万人次"),
        ("旅游收入", "24亿元"),
        ("接待游客", "9%"),
        ("旅游收入", "11%"),
    ]


def test_a_grade_in_a_list_keeps_what_is_graded():
    assert told("目前有A级景区31家,其中5A级1家、4A级9家。") == [
        ("A级景区", "31家", False),
        ("5A级景区", "1家", False),
        ("4A级景区", "9家", False),
    ]
