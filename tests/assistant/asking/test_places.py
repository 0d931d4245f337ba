"""Places: which a text names, with and without their rank, and what lies in what."""

import pytest

from assistant.asking.places import bare, find_places, is_within
from documents.gazetteer import PROVINCE_OF


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("郑州市2030年高新技术企业目标", ("郑州",)),
        ("许昌和洛阳哪个多", ("许昌", "洛阳")),
        ("河南省郑州市", ("河南", "郑州")),
        ("郑州市金水区新建学校", ("郑州", "金水区")),
        ("全国粮食产量", ("全国",)),
        ("我国粮食产量", ("全国",)),
        ("全球市场", ("全球",)),
        ("岚谷市湿地面积", ("岚谷市",)),
        ("在岚谷市新建学校", ("岚谷市",)),
        ("重庆和上海", ("重庆", "上海")),
        ("两河市2025年造林多少亩", ("两河市",)),
    ],
)
def test_named(key, places):
    assert find_places(key) == places


@pytest.mark.parametrize(
    "key",
    [
        "全市粮食产量",
        "我市湿地面积",
        "各县区要制定方案",
        "城市更新行动",
        "老旧小区改造",
        "超市和夜市",
        "全国重点实验室",
        "全国人大代表",
        "示范区建设",
        "高新技术企业",
        "市场监管",
        "2030年目标是多少?",
        "",
    ],
)
def test_what_names_no_place(key):
    assert find_places(key) == ()


def test_a_place_is_named_once():
    assert find_places("郑州市的企业和郑州的学校") == ("郑州",)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("郑州市", "郑州"),
        ("河南省", "河南"),
        ("内蒙古自治区", "内蒙古"),
        ("郑州", "郑州"),
        ("金水区", "金水区"),
    ],
)
def test_bare(place, name):
    assert bare(place) == name


def test_within():
    assert is_within("郑州", "河南")
    assert is_within("郑州市", "河南省")
    assert is_within("郑州", "郑州市")
    assert not is_within("河南", "郑州")
    assert not is_within("武汉", "河南")
    assert not is_within("岚谷市", "河南")


def test_known_places_stand_without_their_rank():
    assert all(name == bare(name) for name in PROVINCE_OF)
