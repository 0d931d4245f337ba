"""What limits a thing to one of its kind: 第十四届, 二等奖, 3级, 未成年. An answer about another one is no answer.

Such a limit is a character or two of a long name, so that everything else about the neighbour (第十五届, 一等奖, 2级,
成年) fits the question as well. It may be printed with the answer, or above it: in the head of the article, in a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.drafts import Evidence
from assistant.answers.evidence import holders
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term
from documents.folding import fold
from documents.hedges import Sense
from documents.numerals import whole_number
from documents.quantities import Quantity, find_quantities
from documents.sentences import line_of

_NUMERAL = "一二三四五六七八九十百\\d"
_LIMITS = re.compile(
    rf"第(?P<edition>[{_NUMERAL}]{{1,4}})(?P<of>[届批期轮版步]|产业|阶段|梯队)"
    rf"|(?P<prize>[特{_NUMERAL}])等奖"
    rf"|(?<![{_NUMERAL}.])(?P<low>[{_NUMERAL}]{{1,2}})(?:[~～\-—至到、和](?P<high>[{_NUMERAL}]{{1,2}}))?(?P<grade>级(?!市|医院|以)|星级|类(?!似))"
    r"|(?<![\d.])(?P<numbered>\d{1,3})号(?P<thing>楼|线|院|门|馆|厅|桥|机组|窗口|地块)"
    r"|(?<![a-z])(?P<letter>[a-f])(?P<rank>类|级)"
    r"|(?P<tier>国家|[省市县区乡镇村])级(?!市|及?以上)"
)
_TIER = "级别"
_OWN_ONLY = frozenset({_TIER})  # what stands above says nothing of these
_APART = ("未", "非")  # what such a word limits is another thing than without it
_CURRENCIES = {
    "美元": re.compile(r"美元|美金|\b(?:us )?dollars?\b|\busd\b"),
    "港元": re.compile(r"港元|港币|\bhong kong dollars?\b|\bhkd\b"),
    "欧元": re.compile(r"欧元|\beuros?\b"),
    "日元": re.compile(r"日元|\byen\b"),
    "英镑": re.compile(r"英镑|\bpounds? sterling\b"),
}
_MOST_OF_ALL = re.compile(
    r"哪(?:一)?(?:个|家|部|些|里|座|条|所|项|种|类|地|省|市|县|区|方面)?[^,。;?]{0,16}?(?P<most>最[高多大低少小长短快慢早晚强好])的?(?:[?]|$)"
    r"|(?P<first>最[高多大低少小长短快慢早晚强好])的[^,。;?]{0,10}(?:是|在)(?:哪|什么|谁)"
)
_SAYS_MOST = re.compile(r"最|第一(?=[,。;位名,]|$)|首位|榜首|居首|之首|冠|领跑|领先|唯一|超过其他")
_GRADED = frozenset({"层", "岁", "平方米", "人", "年", "公里", "吨"})  # by which rules tell their cases apart
_MUST_BE_PRINTED = frozenset([*"届批期轮版", "产业"])
_MOST_ABOVE = 2_000  # characters above an answer in which its limit is looked for


def misfit(question: Question, proofs: Sequence[Evidence]) -> str:
    """Return the limit of the question that evidence for an answer does not fit, or ""."""
    if question.kind is Kind.COMPARISON or not proofs:
        return ""
    for kind, (asked, said) in _limits(question.key).items():
        printed = [_limit_of(proof, kind) for proof in proofs]
        if not any(asked & values for values in printed) and (kind in _MUST_BE_PRINTED or any(printed)):
            return said
    outside = _outside(question, proofs)
    if outside:
        return outside
    most = _MOST_OF_ALL.search(question.key)
    if most and not any(_SAYS_MOST.search(_around(proof)) for proof in proofs):
        return most.group("most") or most.group("first")
    quoted = " ".join(fold(proof.span.of(proof.document.text)) for proof in proofs)
    for unit, printed_as in _CURRENCIES.items():
        asked_in = printed_as.search(fold(question.text))
        if asked_in and unit not in quoted:
            return asked_in.group()  # nothing here converts
    words = ((one, word) for one in question.terms for word in one.alternatives)
    return next((word for one, word in words if _is_another(word, one, question.key, quoted)), "")


def _outside(question: Question, proofs: Sequence[Evidence]) -> str:
    """Return an amount of the question that lies outside every bound which the evidence sets in its unit: 8层, 6层及以下."""
    for amount in () if question.premise else question.amounts:
        bounds = [
            one
            for proof in proofs
            for one in find_quantities(fold(proof.span.of(proof.document.text)))
            if one.base_unit == amount.base_unit
            and one.sense is not Sense.EXACTLY
            and one.base_unit in _GRADED
        ]
        if amount.sense is Sense.EXACTLY and bounds and not any(_within(amount, one) for one in bounds):
            return amount.text
    return ""


def _within(amount: Quantity, bound: Quantity) -> bool:
    value, limit = amount.normalized, bound.normalized
    if value is None or limit is None:
        return True
    if bound.sense is Sense.AT_MOST:
        return value <= limit
    if bound.sense is Sense.AT_LEAST:
        return value >= limit
    if bound.sense is Sense.STRICTLY_MORE:
        return value > limit
    return value < limit if bound.sense is Sense.LESS else True


def _around(proof: Evidence) -> str:
    """Return the key of the lines that a proof stands in."""
    return fold(line_of(proof.document.text, proof.span).of(proof.document.text))


def _is_another(word: str, one: Term, asked: str, quoted: str) -> bool:
    """Say whether only one of question and quotation puts 未 or 非 before a word: 未成年人 and 成年人."""
    if len(word) > 2 and word.startswith(_APART):
        return word[1:3] in quoted and word[:3] not in quoted
    limited = any(_only_limited(said, asked) for said in (word, one.text))  # 未按规定 is printed 未按照规定
    return _only_limited(word, quoted) and not limited


def _limits(key: str) -> dict[str, tuple[set[int | str], str]]:
    """Return for each kind of limit in a key the values, and how the first is said."""
    found: dict[str, tuple[set[int | str], str]] = {}
    for match in _LIMITS.finditer(key):
        kind, values = _read(match)
        found.setdefault(kind, (set(), match.group()))[0].update(values)
    return found


def _read(match: re.Match[str]) -> tuple[str, set[int | str]]:
    if match["edition"]:
        return match["of"], {_value(match["edition"])}
    if match["prize"]:
        return "等奖", {match["prize"] if match["prize"] == "特" else _value(match["prize"])}
    if match["numbered"]:
        return f"号{match['thing']}", {_value(match["numbered"])}
    if match["tier"]:
        return _TIER, {match["tier"]}
    if match["letter"]:
        return f"字母{match['rank']}", {match["letter"]}
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    return match["grade"], set(range(low, high + 1)) if low <= high else {low, high}


def _value(numeral: str) -> int:
    """Return the number that digits or Chinese numerals print, -1 for what is none."""
    read = whole_number(numeral)
    return -1 if read is None else read


def _limit_of(proof: Evidence, kind: str) -> set[int | str]:
    """Return the values of a kind of limit that hold for a proof: its own, else the nearest above it."""
    own = _limits(fold(proof.span.of(proof.document.text))).get(kind)
    if own or kind in _OWN_ONLY:
        return own[0] if own else set()
    start = max(proof.section.span.start, proof.span.start - _MOST_ABOVE)
    above = list(_LIMITS.finditer(fold(proof.document.text[start : proof.span.start])))
    for match in reversed(above):
        found, values = _read(match)
        if found == kind:
            return values
    for at in holders(proof.document, proof.section):
        titled = _limits(fold(at.title)).get(kind)
        if titled:
            return titled[0]
    titled = _limits(fold(proof.document.title)).get(kind)
    return titled[0] if titled else set()


def _only_limited(word: str, text: str) -> bool:
    """Say whether a text prints a word, and each time with 未 or 非 before it."""
    places = [match.start() for match in re.finditer(re.escape(word), text)]
    return bool(places) and all(text[at - 1 : at] in _APART for at in places)
