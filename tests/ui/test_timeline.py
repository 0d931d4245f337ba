"""Points stand where their year and value say, and the comparator chooses their shape."""

from dataclasses import replace

import pytest
import scripted_assistant as fake

from ui.ledger_view import LedgerChoice, choice_of, chosen_rows, ledger_view
from ui.library_view import conflicts_of, library_view
from ui.timeline import (
    HEIGHT,
    WIDTH,
    key_of,
    nice_ceiling,
    plots_of,
    series_of,
    shape_of,
    short_number,
    year_of,
)

ROWS = fake.ScriptedAssistant().indicators()


@pytest.mark.parametrize(
    ("period", "year"),
    [("2030", 2030.0), ("2026-2030", 2030.0), ("2025-12", 2025 + 11 / 12), (None, None), ("三年", None)],
)
def test_the_end_of_a_period_is_its_place(period, year):
    assert year_of(period) == year


@pytest.mark.parametrize(
    ("word", "shape"),
    [("突破", "least"), ("不超过", "most"), ("左右", "about"), ("达到", "exact"), (None, "exact")],
)
def test_comparators_have_shapes(word, shape):
    assert shape_of(word) == shape


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 1), (1, 1), (1.01, 2), (2100, 2500), (0.3, 0.5), (4.2e10, 5e10)]
)
def test_ceilings_are_round(value, ceiling):
    assert nice_ceiling(value) == pytest.approx(ceiling)


@pytest.mark.parametrize(("value", "text"), [(2e11, "2000亿"), (15000, "1.5万"), (3.5, "3.5"), (0, "0")])
def test_ticks_are_short(value, text):
    assert short_number(value) == text


def test_later_is_further_right_larger_is_higher_and_units_do_not_share_an_axis():
    plots = plots_of(series_of(ROWS))
    assert [plot.base_unit for plot in plots] == ["元", "%"]
    points = plots[0].lines[0].points
    assert [point.row.period for point in points] == ["2025", "2030", "2030"]
    assert points[0].x < points[1].x
    assert points[0].y > points[2].y
    assert all(
        0 < p.x < WIDTH and 0 < p.y < HEIGHT for plot in plots for line in plot.lines for p in line.points
    )
    assert points[2].label == "力争突破2000亿元"
    assert not points[2].below
    assert points[1].below


def test_filters_keep_what_fits_and_sort_by_value():
    titles = {"goals": "新", "old": "旧"}
    assert len(chosen_rows(ROWS, LedgerChoice(year="2030"), titles)) == 2
    assert [r.name for r in chosen_rows(ROWS, LedgerChoice(text="研发"), titles)] == ["研发投入强度"]
    assert chosen_rows(ROWS, LedgerChoice(body="市科技局", year="2030"), titles)[0].value == "2000"
    values = [r.value for r in chosen_rows(ROWS, LedgerChoice(sort="value", descending=True), titles)]
    assert values == ["2000", "1800", "1000", "3"]


def test_the_form_is_read_and_nonsense_in_it_is_left_out():
    choice = choice_of(
        {
            "subject": "郑州市",
            "sort": "value",
            "sorted": "value",
            "descending": "0",
            "page": "2",
            "plot": ["a", 3],
        }
    )
    assert choice == LedgerChoice(subject="郑州市", sort="value", descending=True, page=2, plot=("a",))
    assert choice_of({"sort": "__class__", "page": "-1", "plot": 9, "text": []}) == LedgerChoice()


def test_replaced_documents_are_listed_but_not_drawn():
    view = ledger_view(ROWS, LedgerChoice(page=99), {}, frozenset({"old"}))
    assert view.total == 4
    assert view.choice.page == 1
    assert [row.value for rows in view.drawn.values() for row in rows] == ["1000", "2000"]
    assert view.periods == ("2025", "2030")
    token = key_of(fake.intensity()).token
    assert [key.name for key in ledger_view(ROWS, LedgerChoice(plot=(token,)), {}).drawn] == ["研发投入强度"]


def test_documents_in_force_that_disagree_are_found_and_replaced_ones_are_not():
    found = conflicts_of(ROWS)
    assert [(c.name, c.period, len(c.rows)) for c in found] == [("技术合同成交额", "2030", 2)]
    assert conflicts_of(ROWS, frozenset({"old"})) == []
    same = replace(ROWS[1], id="x", document_id="third")
    assert conflicts_of([ROWS[1], same]) == []
    assert library_view(fake.ScriptedAssistant().documents(), ROWS).replaced[0].id == "old"
