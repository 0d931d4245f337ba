"""Tables pasted with one cell a line are rows again; what only looks like one is left alone."""

from documents.cleaning import clean
from documents.lines import RawLine

TABLE = [
    "附件:分工表",
    "序号",
    "任务",
    "牵头单位",
    "时限",
    "1",
    "修桥",
    "住建局",
    "5月",
    "2",
    "植树",
    "林业局",
    "6月",
]


def cleaned(*lines):
    return clean([RawLine(line) for line in lines])


def test_cells_of_a_row_stand_on_one_line():
    found = cleaned(*TABLE, "说明:时限为最迟的月份。")
    assert found.text == (
        "附件:分工表\n序号\t任务\t牵头单位\t时限\n1\t修桥\t住建局\t5月\n2\t植树\t林业局\t6月\n说明:时限为最迟的月份。"
    )
    assert found.notes == ("1 table pasted with one cell a line put into rows",)


def test_empty_lines_between_cells_count_for_nothing():
    apart = [part for line in TABLE for part in (line, "")]
    assert cleaned(*apart).text.endswith("1\t修桥\t住建局\t5月\n\n2\t植树\t林业局\t6月")


def test_a_table_that_loses_its_step_is_left_as_it_is():
    short = [*TABLE[:8], *TABLE[9:]]  # a cell is missing
    assert "\t" not in cleaned(*short).text
    assert "\t" not in cleaned("序号", "任务", "1", "修桥", "2", "植树").text  # two cells: might be any list


def test_numbers_in_running_text_begin_no_table():
    assert "\t" not in cleaned("编号", "见正文。", "其余", "1", "甲", "乙", "丙", "2", "丁").text
