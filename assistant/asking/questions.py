"""What a question asks: its language, the kind of answer it wants, its terms, periods, places and premises.

Nothing here looks at a document. All matching is done on the question's key (see `documents.folding`), so
traditional characters, full-width digits and upper case make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking import english_questions
from assistant.asking import vocabulary as words
from assistant.asking.english_periods import as_printed, english_periods
from assistant.asking.kinds import Kind, kind_of
from assistant.asking.places import bare, find_places
from assistant.asking.terms import Term, chinese_terms, english_terms
from documents.folding import fold
from documents.model import Span
from documents.periods import PeriodMention, find_periods
from documents.quantities import Quantity, find_quantities


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `key` is the folded text in which all cues were looked for."""

    text: str
    key: str
    language: str  # "zh", "en", or "other" for a language that is not answered
    kind: Kind
    terms: tuple[Term, ...]
    periods: tuple[PeriodMention, ...] = ()
    amounts: tuple[Quantity, ...] = ()  # amounts that the question itself states
    places: tuple[str, ...] = ()
    unit: str | None = None  # unit that the answer should have: 家, 亿元, % ...
    focus: str = ""  # noun right after the asking word: 什么【基金】
    attribute: str = ""  # what of the thing is asked: 规模, 全称
    item: int | None = None  # asks for the nth of a scaffold: 三是
    count: int | None = None  # how many items it expects: 哪四个
    wants: frozenset[str] = frozenset()  # "flow", "stock", "actual", "change", "each", "ratio", "rank"
    out_of_scope: bool = False
    injected: bool = False
    carried: bool = False  # a follow-up: what it leaves out was taken from the turns before
    excluded: str = ""  # what it sets aside: 除了【河南之郑州】,还有哪里
    premise: bool = False  # states something and asks why, or asks for the words that say so

    @property
    def things(self) -> tuple[Term, ...]:
        """The nouns and names of what the question is about, its places and the kind of thing it asks for left out."""
        places = [bare(place) for place in self.places]
        return tuple(
            one for one in self.terms
            if one.is_noun and not one.optional and len(one.text) > 1 and not any(p in one.text for p in places)
        )  # fmt: skip

    @property
    def search_text(self) -> str:
        """Text to search with: the question, and for English the Chinese terms that it may mean."""
        if self.language != "en" and not self.carried:
            return self.text
        said = [alternative for term in self.terms for alternative in term.alternatives]
        dated = (as_printed(period.text) for period in self.periods)
        carried = [period.text for period in self.periods if self.carried]
        return " ".join([*said, *carried, *(text for text in dated if text not in self.key)])


_WANTS = {
    "flow": r"新增|净增|新登记|新注册|新签|新设|新建|新培育|新认定|新引进|新开工|增加(?:多少|几)|\bnew\b(?! (?:and renewable |sources? of )?(?:energy|media|materials?|quality|era|type|technolog|generation|high|area|district|round|rural))|\bnewly\b|\badd(?:ed|itional)?\b",
    "stock": r"总量|总数|总共|累计|保有量|存量|一共|合计|共有|总额|\btotal\b|\boverall\b|\bin all\b|\bcumulative\b",
    "actual": r"(?:新增|建成|培育|引进|改造|发放)了|完成了|实现了|已经?(?:突破|超|建|到|是)|(?:达|突破|超|完成|实现|建成|做到|达到)[^,。?]{0,16}了(?:吗|没|么)|实际(?!使用|利用|到位|控制|缴)|完成(?:情况|得)|(?:已经|已)(?:达|到|超|突破|完|实|有)|了(?:吗|没有?)[?]?$|现有|目前|现状|现在(?!.*目标)|如今|眼下|实绩(?=[是如怎多有几呢?]|$)|达到了多少|\bactual|\bachieved\b|\bcompleted\b|\bso far\b|\bcurrently\b|\bnow\b|\bat present\b|\btoday\b|\bas of\b|\balready\b|^how (?:many|much) [^?]{2,60} do(?:es)? [^?]{2,40} have\\??$|\bwas achieved\b|\bdid .* reach\b",
    "change": r"改善|(?:降|涨|升)(?:了)?(?:多少|几)|增长|增速|增幅|涨幅|同比|年均|下降|降幅|提高|\bgrowth\b|\bgrow\b|\bincrease\b|\brise\b|\bdecline\b|\breduc",
    "target": r"目标|计划|规划|力争|争取|要(?:达|增|建|做|提|发展|搞|有)|将(?:达|增|建)|年底(?:前)?要|\btarget|\bgoal|\bplan|\bwill\b",
    "each": r"单独|各自|每(?:一)?(?:个|类|种|家)|分别(?:是|有|为)?多少|其中.{1,10}(?:占|有)多少|各(?:有|是|为)?多少|\beach\b|\balone\b|\bseparately\b|\bindividually\b|\bbreak ?down",
    "ratio": r"(?:几|多少)倍|倍数|翻了?几番|\btimes\b(?! (?:a|an|per|each|every|can|may|must|should|did|do|does|has|have|had|was|were|is|are|will|in|over)\b)|\bratio\b|\bmultiple\b",
}
_WANT_PATTERNS = {name: re.compile(pattern) for name, pattern in _WANTS.items()}

_MONEY = re.compile(
    r"(?:给|拿|补|奖|领|贷|罚|赔)(?:到|了)?(?:多少|几)(?![个家人次台张套年天])|多少(?:资金|经费|奖金|补助金)|(?:补贴|补助|奖励|资助|津贴|工资|租金|房租)(?:标准|金额)?每(?:年|月|天|人|户)(?:每?(?:年|月|天))?(?:是|为|有|能|可以|可|给|发|拿|领)*(?:多少|几)[?]?$|(?:多少|几)(?:块)?钱|(?:多少|几)块|\bhow much (?:is|are|was|were|money|(?:do|does|did|will|has|have|can|should) .{1,60}?\b(?:cost|get|receive|received|invest|invested|spend|spent|pay|paid|earn|earned|allocate|allocated|raise|raised|be paid|be fined|donate|donated|charge|charged|borrow|borrowed|claim|deduct|save))\b"
)
_UNIT = re.compile(
    r"(?:多少|几)(个百分点|个点|个月|个工作日|个小时|小时|个|家|条|项|名|人|万亿元|万亿|亿元|万元|亿|万|千|百|元|%|倍|年|天|座|处|所|张|公里|吨|亩|次|户|件|种|类|位|台|辆|套|米|平方米|度|斤|级|轮|批|届|支|只|场|章)"
)
_SAID_OTHERWISE = {"个点": "个百分点", "个工作日": "天", "个小时": "小时"}
_RANKED_IN = re.compile(
    r"(?<=占)(?:全国|全世界|全球|全省|全市)|(?:全国|全世界|全球)(?=的?(?:第|排|前|首位|领先|位))"
)  # among whom, not of whom
_AMONG_WHOM = frozenset({"全国", "全球"})
_ITEM = re.compile(
    r"[“\"']?([一二三四五六七八九十])是[”\"']?(?=是|指|讲|说|的|什么|啥|哪|内容|[?,])|第([一二三四五六七八九十\d])(?:个方面|个?部分|点|条|项|是|个任务|项任务|个|件)"
)
_COUNT = re.compile(
    r"(?:哪|是|有|的|这|那|依次|分别)?(两|二|三|四|五|六|七|八|九|十|(?<!\d)\d{1,6})(?:个|大|项|条|类|方面|点|种|张|家|者|句|词|位|步|层|级|样)"
)
_FOCUS = re.compile(
    r"(?:(?<!为)什么(?!时候|时间|地方)(?:样)?(?:的)?|啥|何种|怎样的|哪(?:一|几|两|三|四|五|六|七|八|九|十)?(?:个|项|家|种|类|些|条|位|座|所|张|份|大)?)"
    r"([^\W\da-z里儿年天]{1,12}?)(?=以|来|算|属|叫|[“”?,。]|$|是|的(?=.{0,2}$)|高效|面向|和|与|被|由|在|对|要|将|会)"
)
_ATTRIBUTE = re.compile(
    r"(?:的|[”》」])([\u4e00-\u9fff]{1,8}?)(?:具体|到底|究竟|目标|总共|一共)?(?:是|为|有|叫|在|达|定)(?:什么|啥|多少|哪|谁|几|何|多)"
)
_EXCLUDED = re.compile(
    r"除(?:了|去)?(.{2,40}?)(?:之外|以外|外|,|还)|\bbesides (.{2,60}?),|\bother than (.{2,60}?),"
)
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COMPARED_WITH = re.compile(r"(?<![占之配对类])(?:比|较)$")
_CLAIMS = re.compile(
    r"(?:达到|达|突破|超过|提高到|增加到|增长到|降到|降至|是|为|只有|仅|要到|定为|到|不低于|不超过)(?:了)?$"
    r"|\b(?:reach(?:es)?|is|are|of|at|to|over|exceeds?) $"
)
_WHY = re.compile(r"为什么|为何|为啥|凭什么|\bwhy\b|原因是")
_HOW_DONE = re.compile(r"(?:怎么|如何|怎样|咋)(?:样)?(?:实现|达到|达成|完成|做到|来|算出来)的?[?]?$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPT = re.compile(
    r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u0900-\u097f\u0590-\u05ff]"
)
_LATIN_OTHER = re.compile(
    r"[àâçéèêëîïôùûüÿœæäößñ¿¡áíóúãõ]|\b(?:quel|quelle|est|sont|combien|les|une|pour|avec|dans|wie|viele|ist|der|das|und|"
    r"welche|cuál|cuántos|cuántas|qué|para|los|las|del|quanto|qual|como|il|che|quanti)\b"
)
_ENGLISH_CUE = re.compile(
    r"\b(?:what|how|who|when|where|which|why|the|is|are|was|were|of|in|by|for|does|did|do|will|target|and|to|many|much|last|year)\b"
)
_IN_UNITS = re.compile(
    r"\b(?:in|expressed in|measured in) (?:units of )?"
    r"(?:(?:1(?:0|00)? )?(?:million|billion|trillion|thousand)|100 million|10,?000|1,?000|hundred million|ten thousand|millions? of|billions? of)? ?"
    r"(?:us )?(?:yuan|rmb|cny|dollars|people|households|tonnes|tons|vehicles|kwh|mu|jin|km|kilometres|kilometers|square metres|square meters)\b"
)  # which unit the asker wants the figure in: nothing that documents print, and no claim

_ASKED_RIGHT = re.compile(r"(?<=[\d百千万亿%])对(?=吗|不对|么|吧|嘛)")  # 2000亿对吗 counts no pairs
_SHORTENED = re.compile(r"^\s*(what|who|where|when|how|which|why)['’]s\b", re.IGNORECASE)  # what's the target
_SPELLED = re.compile(r"(?<![A-Za-z])(?:[A-Z] ){2,}[A-Z](?![A-Za-z])")  # G D P

_PART_OF_NAME = re.compile(
    r"\b(?:per|every|each|top|global|fortune|level|grade|class|phase|article|chapter|tier|type|category|number|no\.?)[ -]$"
)  # a number behind it is no amount that the question states: per 10,000 people, the top 500 companies


def language_of(key: str) -> str:
    """Return "zh", "en" or "other" (a language that is not answered) for a question's key."""
    if _OTHER_SCRIPT.search(key):
        return "other"
    if _CJK.search(key):
        return "zh"
    if len(_LATIN_OTHER.findall(key)) > len(_ENGLISH_CUE.findall(key)):
        return "other"
    return "en"


def understand(text: str, *, reference: date | None = None) -> Question:
    """Return what `text` asks; `reference` is the day from which 今年 and “this year” count."""
    text = _SPELLED.sub(lambda match: match.group().replace(" ", ""), text)
    text = _ASKED_RIGHT.sub(",对", text)
    text = _SHORTENED.sub(r"\1 is", text)
    key = _IN_UNITS.sub(lambda unit: " " * len(unit.group()), words.written_out(fold(text.strip())))
    language = language_of(key)
    kind = kind_of(key)
    periods = _periods_asked(key, kind, reference)
    wants = frozenset(name for name, pattern in _WANT_PATTERNS.items() if pattern.search(key))
    amounts = _amounts_stated(key, language, periods)
    unit = _UNIT.search(key)
    asked_unit = unit.group(1) if unit else "元" if _MONEY.search(key) else english_questions.unit_asked(key)
    question = Question(
        text=text.strip(),
        key=key,
        language=language,
        kind=kind,
        terms=(),
        periods=periods,
        amounts=amounts,
        places=find_places(_RANKED_IN.sub("", key)) if language == "zh" else (),
        unit=_SAID_OTHERWISE.get(asked_unit or "", asked_unit),
        focus=_first_group(_FOCUS, key),
        attribute=_first_group(_ATTRIBUTE, key),
        item=_number(_first_group(_ITEM, key)),
        count=_number(_first_group(_COUNT, key)) or english_questions.count_asked(key),
        wants=wants,
        excluded=_first_group(_EXCLUDED, key),
        out_of_scope=bool(words.OUT_OF_SCOPE.search(key)),
        injected=bool(words.INJECTION.search(key)),
        premise=bool(amounts) and _is_premise(key, kind, amounts),
    )
    return with_terms(question)


def _periods_asked(key: str, kind: Kind, reference: date | None) -> tuple[PeriodMention, ...]:
    """Return the periods that a question asks about; what it only compares with (比去年) is none of them."""
    parts = tuple(english_periods(key, reference))
    years = (p for p in find_periods(key, reference) if not any(p.span.touches(part.span) for part in parts))
    periods = tuple(sorted((*parts, *years), key=lambda period: period.span))
    periods += tuple(
        PeriodMention(
            match.group(), Span(*match.span()), match.group(1), int(match.group(1)), int(match.group(1))
        )
        for match in re.finditer(r"(?<!\d)(\d{4})年", key)
        if not any(p.span.start < match.end() and match.start() < p.span.end for p in periods)
    )  # a year that no document has is a year all the same
    compared = [p for p in periods if _COMPARED_WITH.search(key[: p.span.start])]
    periods = tuple(p for p in periods if p not in compared or not (p.relative or len(periods) == 1))
    if kind is Kind.COMPARISON:
        periods = tuple(part for period in periods for part in ends_of(period))
    return periods


def _amounts_stated(key: str, language: str, periods: Sequence[PeriodMention]) -> tuple[Quantity, ...]:
    """Return the amounts that a question states itself: no years, no parts of names."""
    amounts = tuple(
        quantity
        for quantity in find_quantities(key)
        if quantity.normalized is not None
        and key[quantity.span.start - 1 : quantity.span.start] not in {"哪", "这", "那", "几"}
        and not _PART_OF_NAME.search(key[: quantity.span.start])
        and not any(p.span.touches(quantity.span) for p in periods)
    )
    if language == "en":
        counts = english_questions.counts_stated(key, [q.span for q in amounts] + [p.span for p in periods])
        amounts += tuple(count for count in counts if not _PART_OF_NAME.search(key[: count.span.start]))
    return amounts


def with_terms(question: Question) -> Question:
    """Return the question with its terms cut out of its key."""
    taken = [m.span for m in question.periods] + [q.span for q in question.amounts]
    if question.language == "en":
        terms = english_terms(question.key, question.text, taken)
        if question.kind is Kind.COMPARISON:
            terms = tuple(one for one in terms if one.text not in _OF_COMPARING)
        places = tuple(
            place
            for term in terms
            if not _in_double_name(question.key, term.text)
            for place in find_places(term.alternatives[0] if term.alternatives else "")
            if not (place in _AMONG_WHOM and english_questions.ranks(question.key))
        )
        return replace(question, terms=terms, places=places, focus=english_questions.focus_of(question.key))
    return replace(question, terms=chinese_terms(question.key, taken, question.focus))


_OF_COMPARING = frozenset({"difference", "differences", "gap", "ratio", "multiple"})  # words of asking there


def _in_double_name(key: str, text: str) -> bool:
    """Say whether a word is a part of a name of two, and no place of its own: Ningbo-Zhoushan Port."""
    return bool(re.search(rf"\w-{re.escape(text)}\b|\b{re.escape(text)}-\w", key))


def ends_of(period: PeriodMention) -> list[PeriodMention]:
    """Return the two years of a span that a comparison runs between: 从2025到2030."""
    years = re.fullmatch(r"(\d{4})-(\d{4})", period.label or "")
    if not years or "五" in period.text:
        return [period]
    return [replace(period, label=year, start_year=int(year), end_year=int(year)) for year in years.groups()]


def _is_premise(key: str, kind: Kind, amounts: tuple[Quantity, ...]) -> bool:
    """Say whether the amounts of a question are what it takes for granted, rather than a part of a name."""
    if _WHY.search(key) or kind in {Kind.QUOTATION, Kind.YES_NO} or not _asks(key):
        return True
    if _HOW_DONE.search(key):
        return True
    return any(_CLAIMS.search(key[: amount.number_span.start]) for amount in amounts)


def _asks(key: str) -> bool:
    return bool(
        re.search(r"多少|几|什么|啥|哪|谁|何|怎|吗|呢|[?]|\b(?:what|how|who|when|where|which|why)\b", key)
    )


def _first_group(pattern: re.Pattern[str], key: str) -> str:
    match = pattern.search(key)
    return next((group for group in match.groups() if group), "") if match else ""


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else _NUMERALS.get(text)
