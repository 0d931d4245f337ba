"""A figure in its printed form, from an indicator or from what a card keeps of one."""

from __future__ import annotations

import re
from typing import Protocol

from ui.texts import Texts

_BEHIND = ("左右", "以上", "以下", "以内", "以外", "上下", "之间", "多", "余")


class Printed(Protocol):
    """What both `Indicator` and the card's `Figure` have of a printed figure."""

    @property
    def value(self) -> str: ...  # noqa: D102 — see Indicator
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def comparator(self) -> str | None: ...  # noqa: D102
    @property
    def hedge(self) -> str | None: ...  # noqa: D102


def in_front(figure: Printed) -> str:
    """Return the comparator when it is printed before the number (突破), else nothing."""
    comparator = figure.comparator or ""
    return "" if comparator in _BEHIND else comparator


def behind(figure: Printed) -> str:
    """Return the comparator when it is printed after the number (左右), else nothing."""
    comparator = figure.comparator or ""
    return comparator if comparator in _BEHIND else ""


def printed(figure: Printed) -> str:
    """Return hedge, comparator, value and unit in the order in which Chinese prints them."""
    return f"{figure.hedge or ''}{in_front(figure)}{figure.value}{figure.unit}{behind(figure)}"


def period_text(period: str | None, by_period: bool, texts: Texts) -> str:
    """Say a period as people do: 2030 → 2030年 or 到2030年; other labels as they are."""
    if not period:
        return texts.say("no_period")
    if not re.fullmatch(r"\d{4}", period):
        return period
    return texts.say("by_period" if by_period else "in_period", period=period)
