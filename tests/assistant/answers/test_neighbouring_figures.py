"""A newspaper page and a plan that state near-identical figures: the one that was asked, computed where both are stated, or none."""

import pytest

from assistant.model import Reason, Status

PAGE = """稳外贸促消费 跑出“加速度” ——访市商务局党组书记、局长范若溪

“全会给商务工作指明了方向。”市商务局党组书记、局长范若溪表示,2026年新增外贸实绩企业130家,力争全市进出口总额突破600亿元,2030年突破900亿元。

2026年实际使用外资不低于2亿美元,“十五五”期间累计不低于12亿美元。到2030年建成海外仓15个左右。

本报记者 顾长歌

向新而行 做强制造业 ——访市工信局党组书记、局长秦望

市工信局党组书记、局长秦望说,2026年规上工业增加值增长7%以上,2030年规上工业企业总数超过1500家。2026年新增专精特新企业35家、高新技术企业80家。到2030年,力争高新技术企业突破1200家。

过去五年,全市地区生产总值由1800亿元增加到2500亿元;规模以上工业企业由640家增加到980家。

本报记者 陶然

创新驱动 让成果落地 ——访市科技局党组书记林晚照

市科技局党组书记林晚照表示,2026年高新技术企业保有量达到700家。2026年全社会研发投入强度达到2.4%,2030年达到3%。设立总规模10亿元的母基金,首期2亿元已于去年到位。

本报记者 顾长歌

把实事办好 ——访市卫健委党组书记、主任闻笛

市卫健委主任闻笛介绍,去年全市居民人均预期寿命达到78.8岁,到2030年力争达到80岁。截至去年年底,护理型床位占比52%,到2030年提高到70%。今年新增学位1.6万个,其中小学学位1万个、初中学位0.6万个。去年新增停车位900个,今年新增停车位1300个。

本报记者 陶然
"""
PLAN = """云坪县国民经济和社会发展第十五个五年规划纲要

第一节 主要指标

“十四五”时期,地区生产总值年均增长6%,2025年达到210亿元;一般公共预算收入9.2亿元,五年累计完成41亿元。到2030年,力争地区生产总值突破300亿元,一般公共预算收入达到13亿元。

| 指标 | 2025年 | 2030年 | 年均/累计 | 属性 |
|---|---|---|---|---|
| 地区生产总值(亿元) | 210 | 300 | 7% | 预期性 |
| 城镇新增就业(人) | 2100 | 2000 | 〔10000〕 | 预期性 |
| 森林覆盖率(%) | 58.2 | 58.6 | 〔0.4〕 | 约束性 |

第二节 产业

到2030年,茶叶综合产值达到40亿元,油茶种植面积扩大到8万亩、综合产值16亿元。2025年接待游客420万人次。2025年进出口总额下降3%。

实施重点项目90个,其中产业项目51个、民生项目39个。
"""


@pytest.fixture(scope="module")
def documents(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    for name, text in (("page.txt", PAGE), ("plan.txt", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    assistant = build("neighbours")
    assistant.add([folder])
    return assistant


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("2026年新增外贸实绩企业多少家?", ["新增130家"], ["1200"]),
        ("2026年高企总数目标?", ["保有量", "700家"], ["80家"]),
        ("2026年底高新技术企业要有多少家?", ["700家"], ["80家"]),
        ("2026年新增高新技术企业多少家?", ["新增80家"], ["700"]),
        ("规上工业增加值2026年增长多少?", ["7%以上"], []),
        ("到2030年规模以上工业企业要达到多少家?", ["超过1500家"], ["980"]),
        ("规上工业企业现在有多少家?", ["980家"], ["1500"]),
        ("今年新增小学学位多少万个?", ["1万个"], ["1.6"]),
        ("人均预期寿命2030年是多少岁?", ["力争达到80岁"], ["78.8"]),
        ("母基金首期到位多少?", ["2亿元"], ["2026", "目标"]),
        ("云坪县2030年GDP目标?", ["力争突破300亿元"], ["7%"]),
        ("云坪县2025年一般公共预算收入多少?", ["9.2亿元"], ["41"]),
        ("云坪县十四五一般公共预算收入累计多少?", ["41亿元"], ["9.2"]),
        ("云坪县森林覆盖率2030年目标", ["58.6%"], ["0.4"]),
        ("云坪县十五五城镇新增就业累计多少人?", ["10000"], ["新增城镇新增"]),
        ("云坪县接待游客2025年多少万人次?", ["420万人次"], ["目标"]),
    ],
)
def test_the_asked_one_of_like_figures(documents, question, said, unsaid):
    answer = documents.ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []
    assert [words for words in unsaid if words in answer.answer] == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("高新技术企业2026年到2030年要增加多少家?", ["500家", "达到700家", "力争突破1200家"]),
        ("规模以上工业企业五年增加了多少家?", ["340家", "640家", "980家"]),
        ("护理型床位占比2030年提高多少个百分点?", ["18个百分点", "52%", "70%"]),
        ("今年新增停车位比去年多多少?", ["增加400个", "900个", "1300个"]),
        ("云坪县2030年一般公共预算收入比2025年增加多少?", ["3.8亿元", "9.2亿元", "13亿元"]),
        ("茶叶综合产值是油茶的几倍?", ["2.5倍", "40亿元", "16亿元"]),
    ],
)
def test_computed_from_two_figures_that_are_stated(documents, question, said):
    answer = documents.ask(question)
    assert answer.status is Status.ANSWERED
    assert "计算" in answer.answer
    assert [words for words in said if words not in answer.answer] == []


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2030年实际使用外资多少?", Reason.PERIOD_NOT_COVERED),
        ("2026年专精特新企业总数是多少?", Reason.ATTRIBUTE_NOT_STATED),
        ("云坪县2025年进出口总额多少?", Reason.ATTRIBUTE_NOT_STATED),
        ("云坪县2026年GDP增长目标多少?", Reason.PERIOD_NOT_COVERED),
    ],
)
def test_a_neighbour_is_no_answer(documents, question, reason):
    answer = documents.ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, reason)


def test_a_claim_of_more_is_borne_out_by_what_is_beyond_it(documents):
    said = documents.ask("2026年研发投入强度是不是超过2%?")
    assert (said.status, said.answer[:2]) == (Status.ANSWERED, "是的")
    assert documents.ask("2026年研发投入强度是不是超过2.8%?").reason is Reason.FALSE_PREMISE
    assert documents.ask("人均预期寿命已经到80岁了吗?").reason is Reason.FALSE_PREMISE


def test_an_amount_may_only_say_of_which_figure_a_question_speaks(documents):
    assert "51个" in documents.ask("云坪县重点项目90个中产业项目有几个?").answer
    assert documents.ask("云坪县重点项目90个中产业项目有几个?").reason is not Reason.FALSE_PREMISE


def test_each_province_of_a_text_has_its_own_figure(build, tmp_path):
    text = (
        "从上半年看,辽宁全省地区生产总值1.4万亿元,同比增长5.6%;吉林上半年地区生产总值为6000亿元,同比增长7.7%。"
        "黑龙江地区生产总值为6600亿元,同比增长4.7%。"
    )
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    assistant = build("provinces")
    assistant.add([tmp_path / "news.txt"])
    answer = assistant.ask("上半年吉林GDP增速多少?").answer
    assert "7.7%" in answer
    assert "5.6%" not in answer
    assert assistant.ask("上半年甘肃GDP增速比全国高多少?").status is Status.NOT_FOUND


NEWS = """上半年经济观察

上半年,辽宁全省地区生产总值1.4万亿元,同比增长5.6%;黑龙江地区生产总值为6600亿元,同比增长4.7%;吉林上半年地区生产总值为6000亿元,同比增长7.7%。

从河谷县看,上半年轻工业增加值增长6.1%,重工业增加值增长1.2倍,采矿业增加值下降3%。工业用电量4.2亿千瓦时,增长3%。
"""


@pytest.fixture(scope="module")
def news(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ranking")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    assistant = build("ranking")
    assistant.add([folder])
    return assistant


@pytest.mark.parametrize(
    ("question", "first", "said"),
    [
        ("上半年GDP哪个省最高?", "辽宁省最高", ["6600亿元", "6000亿元"]),
        ("上半年GDP增速哪个省最快?", "吉林省最快", ["5.6%", "4.7%", "7.7%"]),
        ("辽宁和黑龙江上半年GDP哪个高?", "辽宁省高", ["1.4万亿元", "6600亿元"]),
        ("上半年哪个行业增加值增长最快?", "重工业增加值最快", ["1.2倍", "6.1%", "下降3%"]),
    ],
)
def test_the_highest_is_told_with_all_that_were_compared(news, question, first, said):
    answer = news.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.answer.startswith(first)
    assert "按原文数字比较" in answer.answer
    assert [words for words in said if words not in answer.answer] == []


def test_the_higher_of_two_named_things(documents):
    assert documents.ask("油茶和茶叶哪个综合产值高?").answer.startswith("茶叶综合产值高")


def test_a_ranking_of_what_is_not_stated_is_none(news, documents):
    assert "按原文数字比较" not in news.ask("辽宁和山东上半年GDP哪个高?").answer
    assert "按原文数字比较" not in documents.ask("云坪县和河谷县GDP谁高?").answer


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("工信局提出了哪些2030年目标?", ["超过1500家", "力争突破1200家"], ["900亿元", "35家"]),
        ("2026年要新增哪些企业,各多少家?", ["130家", "35家", "80家"], ["1200家"]),
        ("科技局2026年有哪些目标?", ["700家", "2.4%"], ["3%", "130家"]),
    ],
)
def test_figures_together(documents, question, said, unsaid):
    answer = documents.ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []
    assert [words for words in unsaid if words in answer.answer] == []


def test_a_long_list_says_how_much_it_leaves_out(build, tmp_path):
    targets = "、".join(
        f"第{name}类重点产业增加值达到{at}亿元"
        for at, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", 101)
    )
    (tmp_path / "plan.txt").write_text(f"产业计划\n\n到2030年,{targets}。\n", encoding="utf-8")
    assistant = build("long_list")
    assistant.add([tmp_path / "plan.txt"])
    answer = assistant.ask("2030年的目标有哪些?")
    assert "101亿元" in answer.answer
    assert answer.answer.endswith("项)。")
    assert len(answer.answer) <= 420


def test_what_is_asked_of_a_later_year_is_not_what_there_is(build, tmp_path):
    text = "医疗服务\n\n目前,全市共有三级医院9家。到2030年,每千人口托位数达到5个。\n"
    (tmp_path / "care.txt").write_text(text, encoding="utf-8")
    assistant = build("later")
    assistant.add([tmp_path / "care.txt"])
    assert assistant.ask("2030年三级医院多少家?").reason is Reason.PERIOD_NOT_COVERED
    assert "9家" in assistant.ask("三级医院有几家?").answer


def test_a_share_is_no_amount_and_a_level_no_growth(news):
    assert news.ask("河谷县工业用电占全社会用电多少?").status is Status.NOT_FOUND


def test_words_that_end_like_a_dateline_are_kept(build, tmp_path):
    text = "措施\n\n支持电动自行车换新,交售老旧电动自行车并购买新车的,一次性补贴450元。\n"
    (tmp_path / "rule.txt").write_text(text, encoding="utf-8")
    assistant = build("dateline")
    assistant.add([tmp_path / "rule.txt"])
    assert "电动自行车" in assistant.ask("老旧电动自行车换新补多少?").answer


YEARS = """2026年城市工作报告

过去五年,地区生产总值从900亿元增加到1300亿元,累计争取上级资金240亿元。去年接待游客310万人次,今年力争接待游客360万人次。

2025年,社会消费品零售总额512亿元,优良天数比例达到82%左右。固定资产投资增长5%,其中工业投资增长8%。到2030年,地区生产总值力争突破2000亿元。目前有A级景区31家。
"""


@pytest.fixture(scope="module")
def years(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    (folder / "years.txt").write_text(YEARS, encoding="utf-8")
    assistant = build("years")
    assistant.add([folder])
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2030年GDP比现在要增加多少?", ["增加700亿元", "1300亿元", "力争突破2000亿元"]),
        ("今年接待游客目标比去年多多少万人次?", ["增加50万人次", "310万人次", "力争360万人次"]),
        ("优良天数比例2025年是不是超过80%?", ["文件写明", "82%左右"]),
    ],
)
def test_of_two_years_and_of_more(years, question, said):
    answer = years.ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []


def test_an_amount_without_its_unit_is_of_money(years):
    assert years.ask("社零总额2025年突破1000亿了吗?").reason is Reason.FALSE_PREMISE


@pytest.mark.parametrize(
    "question",
    [
        "平均每年争取上级资金多少?",
        "固定资产投资额2025年是多少?",
        "A级景区2030年多少家?",
        "2025年社会消费品零售总额比预期目标高多少?",
    ],
)
def test_what_none_of_the_years_says(years, question):
    assert years.ask(question).status is Status.NOT_FOUND
