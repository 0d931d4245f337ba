"""Answers in words: short, in the question's language, around the printed figures and names.

Nothing here decides; it only says. The printed Chinese figure always stays, an English answer adds the English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answers.english_amounts import amount_en as amount_en
from assistant.answers.english_amounts import value_en as value_en
from assistant.asking.glossary import english_for
from assistant.asking.places import bare
from documents.gazetteer import PROVINCE_OF, PROVINCES
from documents.model import Document, Indicator, IndicatorKind, Span

LONGEST = 160
LONGEST_LIST = 420

_HEDGES = {
    "力争": "a target to strive for (力争)", "争取": "a target to strive for (争取)", "确保": "a target to be ensured (确保)",
    "预计": "an estimate (预计)", "预期": "an expected figure (预期)", "预期目标": "an expected target (预期目标)",
    "初步核算": "a preliminary figure (初步核算)", "计划": "planned (计划)", "拟": "planned (拟)", "有望": "hoped for (有望)",
    "预期性": "an expected target (预期性)", "约束性": "a binding target (约束性)",
    "主要预期目标": "an expected target (主要预期目标)", "力求": "a target to strive for (力求)", "努力": "an effort (努力)",
}  # fmt: skip
_ATTRIBUTES = {"预期性", "约束性"}  # a plan table's column, said behind the figure

_ENDED = re.compile(r"[!?！？]$|[。!?！？]”$")
_CHANGE = re.compile(
    r"(?:同比|环比|年均|实际|平均|累计|再|每年)*(?:增长|增加|提高|提升|上升|上涨|扩大|下降|减少|降低|下跌|回落|压减|增|降|涨|减)(?:了|到|至|约|为)?$"
)


def quoted(language: str, text: str, gloss: str = "") -> str:
    """Return printed words as an answer: themselves in Chinese; in quotation marks in English, a gloss behind them."""
    said = text.strip().rstrip("。;；")
    if language == "en":
        return f'The document says: "{said}"{gloss}.'
    return said if _ENDED.search(said) else f"{said}。"


def closed(text: str) -> str:
    """Return printed words without a bracket that opens and does not end in them.

    >>> closed("每学年5000元(每学期2500元"), closed("不少于4人(含)")
    ('每学年5000元,每学期2500元', '不少于4人(含)')
    """
    at = max(text.rfind("("), text.rfind("（"))
    return text if at < 0 or re.search("[)）]", text[at:]) else f"{text[:at]},{text[at + 1 :]}"


def number(value: float | Decimal) -> str:
    """Return a number without needless zeros: 0.5, 15, 200000000000.

    >>> number(15.0), number(Decimal("0.50"))
    ('15', '0.5')
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    text = f"{exact.normalize():f}"
    return "0" if text == "-0" else text


def printed_value(document: Document, row: Indicator) -> str:
    """Return the value as printed with the words that belong to it: 力争突破2000亿元, 5家左右."""
    if row.hedge in _ATTRIBUTES:
        return f"{bare_value(document, row)}({row.hedge})"
    return f"{_total_word(document, row)}{row.hedge or ''}{bare_value(document, row)}"


def _total_word(document: Document, row: Indicator) -> str:
    """Return 累计 or 每年 where it is printed before a value: what came together over years, or comes each year."""
    text = document.text[max(row.clause.start, row.value_span.start - 8) : row.value_span.start]
    own = re.split("[,，;；:：。]", document.text[row.clause.start : row.value_span.start])[-1]
    if "每年" in own and "每年" not in row.name + change_of(document, row) and "\n" not in own:
        return "每年"
    return "累计" if _TOTAL.search(text) and "累计" not in row.name + (row.hedge or "") else ""


def _value_with_unit(document: Document, row: Indicator) -> str:
    """Return the printed value, with the unit that a table gives in another cell."""
    value = row.value_span.of(document.text)
    return value if not row.unit or row.unit in value or not value[-1:].isdigit() else f"{value}{row.unit}"


def change_of(document: Document, row: Indicator) -> str:
    """Return the printed verb of change right before a value: 增长, 同比下降, 提高到; "" where there is none."""
    first = min(
        [
            row.value_span.start,
            *(p.span.start for k, p in row.parts.items() if k == "comparator" and not p.inherited),
        ]
    )
    match = _CHANGE.search(document.text[max(0, first - 10) : first])
    if match is not None:
        return match.group()
    shared = row.parts.get("change")  # 分别增长5%、|6.5%: the verb stands before the first
    is_verb = shared is not None and shared.span.end <= first and _CHANGE.fullmatch(shared.text)
    return shared.text if shared is not None and is_verb else ""


def bare_value(document: Document, row: Indicator) -> str:
    """Return value, verb of change and comparator in printed order, without the hedge."""
    change = change_of(document, row)
    said = _with_comparator(document, row)
    if row.unit and said[-1:].isdigit():
        said += row.unit  # a table gives it in another cell
    return said if said.startswith(change) else change + said


def _with_comparator(document: Document, row: Indicator) -> str:
    comparator = row.parts.get("comparator")
    if comparator is None:
        return f"{row.comparator or ''}{_value_with_unit(document, row)}"
    near = min(comparator.span.start, row.value_span.start), max(comparator.span.end, row.value_span.end)
    between = near[1] - near[0] - (row.value_span.end - row.value_span.start) - len(comparator.text)
    if not comparator.inherited and between <= 2:
        return Span(*near).of(document.text)
    value = row.value_span.of(document.text)
    return (
        value + comparator.text
        if comparator.text in {"左右", "以上", "以下", "以内"}
        else comparator.text + value
    )


_TOTAL = re.compile(r"累计(?:已|约|近|超过?|达到?|完成|实现|突破)*$")
_LABEL = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<to>\d{4})|(?P<part>(?:Q1/\d{4}-)?[QH]\d)"
    r"|(?P<month>\d\d)(?:/\d{4}-(?P<until>\d\d)|-(?P<day>\d\d))?))?"
)
_PARTS_OF_YEAR = {
    "Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年",
}  # fmt: skip


def period_words(row: Indicator) -> str:
    """Return the period as a reader says it: 2030年, 到2030年, 2026—2030年, 2025年8月11日; else as printed: 一季度."""
    printed = row.parts.get("period")
    if not row.period or row.period.endswith("-"):
        return printed.text if printed else ""
    label = _LABEL.fullmatch(row.period)
    if label is None:
        return "" if _is_its_own_length(row) else row.period
    said = f"{'到' if row.by_period else ''}{label['year']}{'—' + label['to'] if label['to'] else ''}年"
    if label["part"]:
        return f"{said}{'前' if '/' in label['part'] else ''}{_PARTS_OF_YEAR[label['part'][-2:]]}"
    if label["month"]:
        until = f"—{int(label['until'])}" if label["until"] else ""
        return f"{said}{int(label['month'])}{until}月" + (f"{int(label['day'])}日" if label["day"] else "")
    return said


def _is_its_own_length(row: Indicator) -> bool:
    """Say whether the period of a row is the length of time that it states: 五年成长方案 is no figure of five years."""
    return row.period == f"{row.value}{row.unit}"


def row_name(row: Indicator) -> str:
    """Return the indicator's name, with 新增 for an amount that is added within the period."""
    verb, column = row.parts.get("flow"), row.parts.get("column")
    if column is not None:
        return f"{row.name}({column.text})"  # 年均/累计, as the table heads it
    if row.flow and verb is not None and verb.text not in row.name:
        return f"{verb.text}{row.name}"  # 新认定高新技术企业
    if (
        row.flow
        and not re.search(r"新增|新建|净增|^新", row.name)
        and (row.comparator or "") not in {"新增", "新建"}
    ):
        return f"新增{row.name}"
    return row.name


def row_zh(document: Document, row: Indicator, *, told_as_aim: bool = False) -> str:
    """Return one ledger row in Chinese: 2030年技术合同成交额:力争突破2000亿元; a target is called one when asked to."""
    aim = _aim(document, row) if told_as_aim else ""
    return f"{period_words(row)}{_whose(document, row)}{row_name(row)}{aim}:{printed_value(document, row)}"


def _whose(document: Document, row: Indicator) -> str:
    """Return the place of a figure in a table of places, or in a text of no one place: 上半年|吉林省|地区生产总值."""
    if "row" in row.parts:
        return row.parts["row"].text
    said = row.parts.get("subject")
    of_one = document.place not in {None, "全国"} or said is None or not row.subject
    return "" if of_one or bare(row.subject or "") not in PROVINCE_OF else row.subject or ""


def _aim(document: Document, row: Indicator) -> str:
    """Return 目标 for a target that nothing else in its words shows to be one; what one gets is no target."""
    each = row.base_unit == "元" and "每" in document.text[row.clause.start : row.value_span.start]
    shown = bool(row.hedge or not row.unit or each or re.search(r"目标|计划|规划|方案", row.name))
    return "目标" if row.kind is IndicatorKind.TARGET and not shown else ""


def row_en(document: Document, row: Indicator) -> str:
    """Return one ledger row in English around the printed figure."""
    said = bare_value(document, row)
    gloss = value_en(row)
    text = f"{said} ({gloss})" if gloss else said
    if row.hedge:
        text += f", {_hedge_en(document, row)}"
    name = english_for(row.name)
    about = f"{row_name(row)} ({name})" if name else row_name(row)
    told = "" if _is_its_own_length(row) else row.period
    period = f", {'by ' if row.by_period else ''}{told}" if told else ""
    return f"{text} — {about}{period}"


def _hedge_en(document: Document, row: Indicator) -> str:
    """Return a row's hedge in English; a target that is striven for is the city's or the province's where one is known."""
    who = _who(row.subject or document.place or "")
    if row.hedge == "力争" and who:
        return f"a target the {who} strives for (力争)"
    return _HEDGES.get(row.hedge or "", f"as the text says {row.hedge}")


def _who(place: str) -> str:
    """Return what kind of place has a target: the city, the province; "" for another kind and for none."""
    if bare(place) == "全国":
        return "country"
    if not PROVINCES.get(bare(place), "市").endswith("市"):
        return "province"
    return "city" if place.endswith("市") or bare(place) in PROVINCE_OF else ""


def figures(language: str, rows: Sequence[tuple[Document, Indicator]]) -> str:
    """Return several figures one after the other, each with its name."""
    if language == "en":
        return "; ".join(row_en(document, row) for document, row in rows) + "."
    return ";".join(row_zh(document, row) for document, row in rows) + "。"


def series(language: str, rows: Sequence[tuple[Document, Indicator]]) -> str:
    """Return figures of one indicator in a row, its name said once: 技术合同成交额:2025年力争突破1000亿元,2030年…."""
    first = rows[0][1]
    if language != "en":
        said = ",".join(f"{period_words(row)}{printed_value(document, row)}" for document, row in rows)
        return f"{row_name(first)}:{said}。"
    parts = []
    for document, row in rows:
        gloss = value_en(row)
        parts.append(
            f"{row.period or 'stated'}: {printed_value(document, row)}" + (f" ({gloss})" if gloss else "")
        )
    name = english_for(first.name)
    return f"{row_name(first)}" + (f" ({name})" if name else "") + " — " + "; ".join(parts) + "."


def amount_zh(value: Decimal, unit: str, like: str) -> str:
    """Return an amount in Chinese in the magnitude of the printed unit: 1000亿元 rather than 100000000000元."""
    for word, size in (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4)):
        if word in like and value >= size:
            return f"{number(value / size)}{word}{unit}"
    return f"{number(value)}{'个' if unit == '百分点' else ''}{unit}"


def clipped(text: str, longest: int) -> str:
    """Return `text` cut at the last clause that fits, with … where something is left out."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at = max(cut.rfind(mark) for mark in ",,;;、。")
    return f"{cut[: at if at > longest // 2 else len(cut)]}…"
