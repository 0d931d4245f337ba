"""The training text as found: streamed rows, and what the licence of each source allows.

Nothing is decompressed to disk. Rows of a source that the chosen licence level leaves out never leave `read`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import zstandard

LicenceLevel = Literal["all", "permissive"]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One source of training text: the licence it states, and whether the permissive level keeps it."""

    licence: str
    permissive: bool


_OFFICIAL = Source("official texts, outside copyright (PRC Copyright Act, art. 5)", True)
_RESEARCH = Source("free for research (WMT)", False)
_NC_ORIGIN = Source("MIT repository, origin CC BY-NC 4.0", False)
_BY_NC_SA = Source("CC BY-NC-SA 4.0", False)
_NONE = Source("none stated", False)

SOURCES: dict[str, Source] = {
    "tatoeba_cmn_eng": Source("CC BY 2.0 FR", True),
    "cc_cedict": Source("CC BY-SA 4.0", True),
    "drcd": Source("CC BY-SA 3.0", True),
    "crud_news": Source("Apache-2.0", True),
    "webank_sim": Source("MIT", True),
    "taipei_gov_faq": Source("open government data", True),
    # Baidu's own terms are not a licence that allows everything: an office with strict rules leaves them out.
    "dureader_robust": Source("Baidu's data licence", False),
    "dureader_checklist": Source("Baidu's data licence", False),
    **dict.fromkeys(
        (
            "gov_work_reports_national",
            "provincial_gov_reports_2026",
            "gov_cn_policies_2019",
            "gov_cn_policy_interpretation",
            "guangzhou_policies",
            "procuratorate_regulations",
            "cn_laws",
            "lawgpt_core_articles",
        ),
        _OFFICIAL,
    ),
    **dict.fromkeys(("news_commentary_10k", "wmt17_newsdev", "wmt17_newstest"), _RESEARCH),
    **dict.fromkeys(("wmt21_news", "wmt22_general"), _RESEARCH),
    **dict.fromkeys(("alpaca_parallel", "alpaca_zh_qa", "alpaca_en_qa"), _NC_ORIGIN),
    **dict.fromkeys(("hackernews_bilingual", "wealth_bilingual", "econ_books_bilingual"), _BY_NC_SA),
    **dict.fromkeys(("quant_blogs_bilingual", "geekdoc_quant_bilingual"), _BY_NC_SA),
    "xwlb_news": Source("repository MIT; text © the broadcaster, for study", False),
    **dict.fromkeys(("kajweb_sentences", "kajweb_words", "kajweb_phrases", "csc15006_books"), _NONE),
    **dict.fromkeys(("simclue_pairs_1w", "simclue_triplets", "afqmc", "atec", "chinese_stsb"), _NONE),
    **dict.fromkeys(("qbqtc", "lcqmc", "bq", "cail2019_mrc", "houjin_security_mrc"), _NONE),
    **dict.fromkeys(("pufa_bank_policy_qa", "gov_message_board_qa", "gov_message_board_raw"), _NONE),
    "guangzhou_policy_faq": _NONE,  # not in the table of licences: the strict reading
}
# CC BY-NC 2.0, and no measured gain: never read (the rule of the data's licence table).
LEFT_OUT = frozenset({"ocnli_10k"})


def read(folder: Path, name: str, level: LicenceLevel = "all") -> Iterator[Row]:
    """Yield the rows of `name`.jsonl.zst that the licence level allows, in file order.

    Raises FileNotFoundError for a missing file and KeyError for a source without an entry in SOURCES.
    """
    with (folder / f"{name}.jsonl.zst").open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            row: Row = json.loads(line)
            if row["source"] not in LEFT_OUT and (level == "all" or SOURCES[row["source"]].permissive):
                yield row
