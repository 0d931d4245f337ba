"""Number, date, issuer and place: from heads, signatures, portal blocks and what the text keeps naming."""

from datetime import date

import pytest

from documents.metadata import parse_date
from documents.numbers import number_of_line
from documents.places import place_in, place_of_issuer_number, place_of_number, place_of_text
from documents.reading import read_bytes

TITLE = "青棠市人民政府办公室关于做好湿地修复工作的通知"
BODY = "为进一步做好有关工作，现将有关事项通知如下，请各单位结合实际认真贯彻执行，确保各项任务落到实处。"


def of(source):
    return read_bytes("a.txt", source.encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年2月3日", date(2024, 2, 3)),
        ("二〇二四年二月三日", date(2024, 2, 3)),
        ("二○二五年十二月三十一日", date(2025, 12, 31)),
        ("二零二六年十月二十日", date(2026, 10, 20)),
        ("２０２６年３月１２日", date(2026, 3, 12)),
        ("2026-03-06 10:22", date(2026, 3, 6)),
        ("2026/3/6", date(2026, 3, 6)),
        ("2024年13月3日", None),
        ("2023年2月30日，2023年3月1日", date(2023, 3, 1)),
        ("2024年2月", None),
        ("没有日期", None),
    ],
)
def test_dates(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("郑政办〔2022〕79号", "郑政办〔2022〕79号"),
        ("国发[2019]4号", "国发[2019]4号"),
        ("栖政办（2026）7号", "栖政办（2026）7号"),
        ("文号：穗府办规〔2024〕12号", "穗府办规〔2024〕12号"),
        ("（青政办〔2025〕12号）", "青政办〔2025〕12号"),
        ("青政办〔2025〕12号　　　签发人：何望", "青政办〔2025〕12号"),
        ("青棠市人民政府文件 青政〔2025〕3号", "青政〔2025〕3号"),
        ("青政办【2025】第12号", "青政办【2025】第12号"),
        ("青政办〖２０２５〗１２号", "青政办〖２０２５〗１２号"),
        ("青 政 办 〔 2 0 2 5 〕 1 2 号", "青 政 办 〔 2 0 2 5 〕 1 2 号"),
        ("根据郑政办〔2022〕79号文件", None),
        ("2022年79号", None),
    ],
)
def test_numbers(line, number):
    assert number_of_line(line) == number


@pytest.mark.parametrize("signed", ["2024年2月3日", "二〇二四年二月三日"])
def test_a_notice(signed):
    document = of(
        "郑州市人民政府办公室文件\n\n郑政办〔2024〕9号\n\n郑州市人民政府办公室\n关于做好防汛工作的通知\n\n"
        f"各县（市、区）人民政府：\n\n{BODY}\n\n郑州市人民政府办公室\n{signed}\n（此件公开发布）\n"
        "郑州市人民政府办公室 2024年2月6日印发"
    )
    assert document.title == "郑州市人民政府办公室关于做好防汛工作的通知"
    assert document.number == "郑政办〔2024〕9号"
    assert document.issuer == "郑州市人民政府办公室"
    assert document.date == date(2024, 2, 3)
    assert document.place == "郑州市"


def test_the_block_of_a_portal_gives_what_the_text_leaves_out():
    document = of(
        "索引号：QY-2026-7\n发布机构：栖云市科学技术局\n文号：栖科〔2026〕3号\n成文日期：2026年3月2日\n"
        f"发布日期：2026年3月9日\n有效性：有效\n\n关于申报科技项目的通知\n\n各有关单位：\n{BODY}"
    )
    assert (document.number, document.issuer) == ("栖科〔2026〕3号", "栖云市科学技术局")
    assert document.date == date(2026, 3, 2)
    assert document.title == "关于申报科技项目的通知"
    assert document.place == "栖云市"


@pytest.mark.parametrize(
    "block",
    [
        "索 引 号：\tQT1/2025-12\t主题分类：\t生态\\湿地\n发文机关：\t{issuer}\t成文日期：\t2025年3月2日\n"
        "标　　题：\t{title}\n发文字号：\t{number}\t发布日期：\t2025年3月8日\n主 题 词：\n{title}",
        "索引号：QT1/2025-12 主题分类：生态\n发文机关：{issuer} 成文日期：2025年3月2日\n"
        "发文字号：{number} 发布日期：2025年3月8日\n{title}",
        "索引号\nQT1/2025-12\n发文机关\n{issuer}\n成文日期\n2025年3月2日\n标题\n{title}\n发文字号\n{number}\n"
        "发布日期\n2025年3月8日",
        "索引号\nQT1/2025-12\n发文机关\n{issuer}\n成文日期\n2025年3月2日\n发文字号\n{number}\n主题词\n{title}",
        "| 索引号 | QT1/2025-12 | 发文字号 | {number} |\n|---|---|---|---|\n"
        "| 发文机关 | {issuer} | 成文日期 | 2025年3月2日 |\n\n# {title}\n",
    ],
    ids=["cells", "side by side", "below each other", "without a value", "table"],
)
def test_the_block_of_a_portal_in_whatever_way_it_was_copied(block):
    issuer, number = "青棠市人民政府办公室", "青政办〔2025〕12号"
    text = block.format(issuer=issuer, number=number, title=TITLE) + f"\n各有关单位：\n{BODY}"
    document = read_bytes("a.md" if block.startswith("|") else "a.txt", text.encode())
    assert (document.title, document.number, document.issuer) == (TITLE, number, issuer)
    assert document.date == date(2025, 3, 2)


def test_a_single_word_that_could_be_a_label_is_a_line_like_others():
    assert of(f"来源\n城市供水水源的调查\n{BODY}").title.startswith("来源")


def test_the_publishing_date_counts_only_without_another():
    assert of(f"发布日期：2026年3月9日\n关于申报项目的通知\n{BODY}").date == date(2026, 3, 9)


@pytest.mark.parametrize(
    "layout",
    [
        "{title}\n{number}\n{body}",
        "{title}\n（{number}）\n{body}",
        "{title}（{number}）\n{body}",
        "{title} {number}\n{body}",
        "{title}{number}各有关单位：{body}",
        "{title} {number} 各有关单位：{body}",
        "青棠市人民政府办公室文件 {number}\n{title}\n{body}",
        "{number}　　　签发人：何望\n{title}\n{body}",
        "索引号：QT-1 主题分类：生态 发文字号：{number} 发布日期：2025年3月3日\n{title}\n{body}",
        "QT0320250005\n生态\n{number}\n2025年3月2日\n有效\n{title}\n{body}",
        "生态环境　湿地　通知\n{title}\n{number}\n{body}",
        "{title}\n（2025年3月1日经市政府常务会议通过）\n现予公布，自2025年4月1日起施行。\n{number}\n{title}\n{body}",
    ],
)
def test_a_number_is_found_wherever_the_top_of_a_document_prints_it(layout):
    document = of(layout.format(title=TITLE, number="青政办〔2025〕12号", body=BODY))
    assert document.number == "青政办〔2025〕12号"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n根据《关于做好工作的通知》（青政办〔2024〕9号）要求，现通知如下。\n{BODY}",
        f"根据市政府关于做好工作的通知（青政办〔2024〕9号）要求，现通知如下。\n{BODY}",
        "现行有效的文件\n1.关于甲事的通知\n青政办〔2025〕12号\n2.关于乙事的通知\n青政办〔2025〕13号",
        f"发文字号：无\n{TITLE}\n{BODY}",
        f"{TITLE}\n" + f"{BODY}\n" * 30 + "青政办〔2025〕12号",
    ],
    ids=["cited with its title", "cited", "a list", "none", "far below"],
)
def test_numbers_of_other_documents_are_not_its_own(text):
    assert of(text).number is None


def test_subject_words_of_a_gazette_are_not_the_title():
    document = of(f"生态环境　湿地　通知\n{TITLE}\n青政办〔2025〕12号\n各有关单位：\n{BODY}")
    assert (document.title, document.issuer) == (TITLE, "青棠市人民政府办公室")
    assert of(f"政府工作 报告\n各位代表：\n{BODY}").title == "政府工作 报告"


def test_a_page_without_line_ends_has_its_title_in_front_of_its_number():
    assert of(f"{TITLE}青政办〔2025〕12号各有关单位：{BODY}").title == TITLE
    assert of(f"关于印发湿地规划的通知青政办〔2025〕12号各有关单位：{BODY}").number == "青政办〔2025〕12号"


def test_dates_inside_the_text_are_not_the_date_of_the_document():
    assert of(f"情况说明\n{BODY}2025年1月1日起实行。{BODY}").date is None


def test_a_law_is_dated_by_its_last_revision():
    document = of(
        "某某市绿化条例\n2011年11月17日 某某市人民代表大会常务委员会第三十次会议通过\n"
        f"2020年5月14日 某某市人民代表大会常务委员会第二十一次会议修正\n第一条 {BODY}\n第二条 {BODY}"
    )
    assert document.date == date(2020, 5, 14)
    assert document.title == "某某市绿化条例"


@pytest.mark.parametrize(
    ("name", "year"),
    [("2026河南省政府工作报告.txt", 2026), ("2024年国务院政府工作报告.txt", 2024), ("十四五规划.txt", None)],
)
def test_an_undated_work_report_still_has_a_year_to_count_from(name, year):
    assert read_bytes(name, f"各位代表：\n{BODY}".encode()).reference_year == year


def test_a_dated_document_counts_from_its_date():
    assert of(f"关于申报项目的通知\n{BODY}\n市科学技术局\n2026年3月9日").reference_year == 2026


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("郑州市人民政府办公室关于印发方案的通知", "郑州市"),
        ("河南省人民政府关于促进就业的意见", "河南省"),
        ("内蒙古自治区政府工作报告", "内蒙古自治区"),
        ("国务院关于河北雄安新区总体规划的批复", "全国"),
        ("教育部办公厅关于开展检查的通知", "全国"),
        ("栖云市人民政府办公室", "栖云市"),
        ("2026北京市政府工作报告", "北京市"),
        ("推动郑州高质量发展", "郑州市"),
        ("青岭区人民政府办公室", "青岭区"),
        ("青岭区2026年政府工作报告", "青岭区"),
        ("内蒙古自治区人民政府", "内蒙古自治区"),
        ("经济技术开发区管理委员会", None),
        ("自贸试验区发展规划", None),
        ("革命老区发展条例", None),
        ("郑州与洛阳携手发展", None),
        ("把宏伟蓝图转化为美好现实", None),
    ],
)
def test_places_in_titles_and_issuers(text, place):
    assert place_in(text) == place


def test_places_of_numbers():
    assert place_of_number("郑政办〔2022〕79号") == "郑州市"
    assert place_of_number("国办发〔2019〕2号") == "全国"
    assert place_of_number("栖政办〔2026〕7号") is None


@pytest.mark.parametrize(
    ("number", "issuer", "place"),
    [
        ("青政办〔2026〕12号", "区人民政府办公室", None),
        ("川政办〔2026〕3号", "川原县人民政府", None),
        ("青政办〔2026〕12号", "省政府办公厅", "青海省"),
        ("青政〔2026〕12号", None, "青海省"),
        ("郑政办〔2022〕79号", "市人民政府办公室", "郑州市"),
    ],
)
def test_a_number_does_not_outweigh_the_office_that_signs(number, issuer, place):
    assert place_of_issuer_number(number, issuer) == place


def test_the_place_that_a_text_speaks_of_as_its_own():
    own = "我市要走在前列，市委作出部署，全市上下要行动起来。"
    assert (
        place_of_text(own + "郑州的未来在创新，郑州的底气在产业，郑州的希望在人才，河南看郑州。") == "郑州市"
    )
    assert (
        place_of_text(own + "郑州、洛阳、许昌要协同，郑州、洛阳、许昌要互补，郑州、洛阳、许昌要共进。")
        is None
    )
    assert place_of_text("郑州的未来在创新，郑州的底气在产业，郑州的希望在人才。") is None
    assert (
        place_of_text("我省要走在前列，全省上下行动起来，省委已经部署。河南有底气，河南有条件，河南能成。")
        == "河南省"
    )


def test_a_plan_signed_below_its_title():
    text = "岚陵市教育发展规划\n\n岚陵市教育局印发 2026年3月2日\n\n一、目标\n\n到2030年,新建学校9所。\n"
    assert of(text).date == date(2026, 3, 2)


def test_a_towns_report_is_of_the_town():
    assert place_in("砚山市政府工作报告") == "砚山市"
    assert place_in("砚山市政设施管理办法") is None
