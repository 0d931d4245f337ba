"""How near an answer's words come to the expected ones: exact match and token F1.

Both are those of SQuAD 2.0 (Rajpurkar et al. 2018, arXiv:1806.03822), with one difference for Chinese, as in
CMRC 2018 (Cui et al. 2019, arXiv:1810.07366): every Han character is a token, a run of letters or digits is
one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|\d+(?:[.,]\d+)*%?|[^\W\d_\u3400-\u9fff\uf900-\ufaff]+")
_ARTICLES = frozenset({"a", "an", "the"})


def tokens(text: str) -> list[str]:
    """Return the tokens that exact match and F1 compare; punctuation and English articles are none.

    >>> tokens("The 2030 target: 突破2,000亿元")
    ['2030', 'target', '突', '破', '2000', '亿', '元']
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    found = (match.group().replace(",", "") for match in _TOKEN.finditer(folded))
    return [token for token in found if token not in _ARTICLES]


def exact_match(answer: str, expected: Sequence[str], *, abstained: bool = False) -> float:
    """Return 1.0 when the answer's tokens are those of one expected text, else 0.0.

    With nothing expected, declining is the match (SQuAD 2.0's no-answer).
    """
    if not expected:
        return float(abstained)
    return float(any(tokens(answer) == tokens(text) for text in expected))


def token_f1(answer: str, expected: Sequence[str], *, abstained: bool = False) -> float:
    """Return the best F1 = 2PR / (P + R) over the expected texts.

    P is the share of the answer's tokens that the expected text has too, R the share of its tokens that the
    answer has, both counted with multiplicity. With nothing expected, declining scores 1.0.
    """
    if not expected:
        return float(abstained)
    return max(_f1(tokens(answer), tokens(text)) for text in expected)


def _f1(answer: list[str], expected: list[str]) -> float:
    shared = sum((Counter(answer) & Counter(expected)).values())
    return 2 * shared / (len(answer) + len(expected)) if shared else 0.0
