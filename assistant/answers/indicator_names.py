"""What an indicator is called besides its printed name: short forms, labels inside the name, what askers say instead."""

from __future__ import annotations

import re

from assistant.asking import vocabulary as words
from assistant.asking.terms import grams
from documents.folding import fold
from documents.model import Indicator

_SYNONYMS = [
    (re.compile(r"(?:地区|国内)?生产总值|gdp"), ("经济", "gdp", "生产总值")),
    (re.compile(r"经济|经济增长|经济增速|经济总量"), ("地区生产总值", "国内生产总值", "gdp")),
]
_PRODUCT = re.compile(r"(?:地区|国内)?生产总值|gdp")
_CASUALTIES = re.compile(r".+(?=遇难$|死亡$|受伤$|失踪$|被困$|获救$)")
_OF_ANY = re.compile(
    r"参保人员|人员|费用|标准|对象|单位|金额"
)  # what asking people leave out of 职工参保人员费用限额标准
_ECONOMY = frozenset({"经济", "经济增长"})
_TELLING = 4  # characters that such a name must keep
_OF_ALL = re.compile(r"^全社会")
_SIZE = re.compile(r"(?<=[\u4e00-\u9fff]{2})总?规模$")  # computing power asks for 算力规模
_ANY_SIZE = re.compile(r"(?:产业|市场|经济|投资|建设|资金|基金|用户|招生|贷款|融资|资产)总?规模$")
_MEASURE_WORD = re.compile(r"(?:总额|总量|总数|数量|总值|保有量|存量|数)$")


def core_name(row: Indicator) -> str:
    """Return the key of a row's name without 总额, 数量 and the like, which askers leave out."""
    key = words.written_out(fold(row.name))
    core = _MEASURE_WORD.sub("", key)
    return core if len(core) >= 2 else key


def aliases(name: str) -> list[frozenset[str]]:
    """Return the bigrams of a name and of the class label printed inside it: 独角兽、瞪羚等【“新物种”】企业."""
    labels = re.findall(r"[“‘]([^”’]{2,12})[”’]", name)
    core = _MEASURE_WORD.sub("", words.written_out(fold(name)))
    own = [grams(fold(text)) for text in (core if len(core) >= 2 else name, *labels)]
    bare = _OF_ANY.sub("", core)
    own += [grams(bare)] if len(bare) >= _TELLING and bare != core else []
    own += [grams(_SIZE.sub("", core))] if _SIZE.search(core) and not _ANY_SIZE.search(core) else []
    own += [grams(shorter.sub("", core)) for shorter in (_CASUALTIES, _OF_ALL) if shorter.search(core)]
    return [*own, *synonyms(name)]


def synonyms(name: str) -> list[frozenset[str]]:
    """Return the bigrams of what askers call an indicator that documents call something else: 经济增长 of 生产总值."""
    return [grams(word) for word in other_names(name)]


def other_names(name: str) -> list[str]:
    """Return the keys by which askers call an indicator that documents call something else."""
    key = fold(name)
    whole = [word for printed, others in _SYNONYMS if printed.fullmatch(key) for word in others]
    product = _PRODUCT.search(key)
    full = words.written_out(key)
    whole += [full] if full != key else []
    if product is None or product.group() == key:
        return whole
    return [*whole, *(_PRODUCT.sub(word, key) for word in ("gdp", "国内生产总值", "地区生产总值"))]


def same_indicator(one: Indicator, other: Indicator) -> bool:
    """Say whether two rows are of one indicator by their names; 经济增长 is that of the gross product."""
    if core_name(one) == core_name(other):
        return True
    return all(is_product(row.name) or fold(row.name) in _ECONOMY for row in (one, other))


def is_product(name: str) -> bool:
    """Say whether a name is that of the gross product."""
    return _PRODUCT.fullmatch(fold(name)) is not None
