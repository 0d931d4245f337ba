"""What people say between the turns of a conversation: going back, putting right, asking for a language or a version.

Only words are looked at here, never documents: each function returns what is left to be understood, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.questions import Question
from assistant.asking.terms import Term, term

_RETURNS = re.compile(
    r"^(?:(?:let'?s |now |ok,? )?(?:go(?:ing)? |com(?:e|ing) |turn(?:ing)? |get(?:ting)? )?"
    r"(?:back to|return(?:ing)? to)\s+(?:the )?|"
    r"(?:再|我们)?(?:回到|说回|回过头来?(?:说|看|问)?|还是(?:说|问|看)回?))(?=\S)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:(?:不是|不对|错了|抱歉|对不起|不好意思|sorry|no|oops|wait|actually|i'm sorry)[,,。.!!;;\s]*)*"
    r"(?:我(?:刚才|其实)?(?:想|要|是)?(?:问|说|指|知道)的(?:其实)?是|我是(?:问|说|指)|应该是|"
    r"i (?:mean|meant|was asking (?:about|for)|asked (?:about|for)|was talking about))\s*[::,,]?\s*",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"^(?:我(?:问|说)的)?不是[^,,。;;]{1,16}[,,;;]\s*(?:而)?是")
_PLEASE = r"(?:please |can you |could you )*(?:say (?:it|that) |answer |reply |repeat (?:it |that )?|tell me |and )*in "
_SAY_IN = r"(?:请)?(?:再)?(?:用|说|换(?:成)?|改(?:用)?)?"
_AGAIN = r"(?:怎么说|说(?:一遍|一下)?|回答|再说一遍|讲)?(?:呢|吧)?"
_IN_ENGLISH = re.compile(rf"{_PLEASE}english(?:,? please)?|{_SAY_IN}(?:英文|英语){_AGAIN}")
_IN_CHINESE = re.compile(rf"{_PLEASE}chinese(?:,? please)?|{_SAY_IN}(?:中文|汉语){_AGAIN}")
_PAPERS = r"(?:version|measures|rules|edition|one|document|policy|policies|regulations?|notice)\b"
_PAPERS_ZH = r"(?:个|份|一)?(?:版本|版|办法|措施|规定|细则|文件|政策)(?:里面|里|中)?(?:的)?"
_OF_YEAR = re.compile(
    rf"(?:in |under |by |of )?(?:the |that )?(?P<en>20\d\d)(?:'s)? {_PAPERS}|"
    rf"(?:在|按|按照)?(?P<zh>20\d\d)年?(?:的)?(?:那)?(?:老|旧)?{_PAPERS_ZH}"
)
_FORMER = re.compile(
    rf"(?:in |under |by |of )?(?:the )?(?:old|former|previous|earlier|repealed)(?:er)? {_PAPERS}|"
    rf"(?:在|按|按照)?(?:旧|老|原来的?|原先的?|以前的?|此前的?|修订前的?|废止的)(?:那)?{_PAPERS_ZH}"
)
_CURRENT = re.compile(
    rf"(?:in |under |by |of )?(?:the )?(?:new(?:er|est)?|current|latest|revised) {_PAPERS}|"
    rf"(?:在|按|按照)?(?:新|现行的?|最新的?|修订后的?)(?:那)?{_PAPERS_ZH}"
)
_IN_FORCE = re.compile(
    r"\bwhich (?:one|version|of (?:them|the two|these))?\s?(?:is|are) (?:still |now |currently )*"
    r"(?:valid|in force|current|effective|applicable)\b|"
    r"(?:哪(?:个|一个|一?版|份|一份)|以哪(?:个|版|份)).{0,6}(?:有效|生效|为准|执行)|"
    r"(?:现在|目前|如今)(?:执行|按|用|适用)(?:的是)?哪(?:个|版|份)"
)
_REPEALS = re.compile(r"repeal|replace|supersed|废止了?(?:哪|什么|谁)|取代|代替")
_HAPPENS_TO = r"(?:印发|发布|施行|实施|生效|失效|到期|出台|公布|废止|执行)"
_OF_DOCUMENT = re.compile(
    r"^(?:and |那|那么)*(?:since when|from when|until when|till when|自何时起|从什么时候(?:开始|起)|"
    r"到什么时候(?:为止|止)?|有效期到什么时候)[?]?$|"
    r"文号|发文字号|几号文|"
    rf"(?:什么时候|何时|哪一?[天年日]|几号)(?:开始|起)?{_HAPPENS_TO}|有效期|{_HAPPENS_TO}(?:时间|日期)|"
    r"\b(?:in force|(?:take|takes|took) effect|(?:come|came) into (?:force|effect)|expires?|repealed?|"
    r"valid (?:until|from|since))\b|"
    r"\bwhen (?:was|were) (?:it|that|this|they|the (?:document|notice|measures|plan|rules|policy|report)) "
    r"(?:issued|published|released|printed|delivered)"
)
_POSSESSIVE = re.compile(r"\b(?:his|her|its|their)\b|[他她它]们?的")
_CORE = re.compile(r"^(?:那么|那|还有|以及|其中)*(?P<core>[\u4e00-\u9fff“”\"]{2,8}?)(?:的)?(?:呢)?[?]?$")
_OPPOSITES = {
    "最长": "最短", "最高": "最低", "最多": "最少", "最大": "最小", "上限": "下限", "最早": "最晚", "最快": "最慢",
    "longest": "shortest", "highest": "lowest", "most": "least", "maximum": "minimum", "largest": "smallest",
    "earliest": "latest", "upper limit": "lower limit", "start": "end",
}  # fmt: skip
_BOTH_WAYS = _OPPOSITES | {less: more for more, less in _OPPOSITES.items()}
_ASKS_AGAIN = re.compile(
    r"^(?:那么|那|and |how about |what about |what of |then )*(?:the |在|是)?(?P<what>.+?)(?:的)?(?:呢|then)?[?]?$"
)
_QUOTED = re.compile(r"[“\"‘]([^”\"’]{2,20})[”\"’]")
_RANK = re.compile(
    r"(?P<lead>第)?(?P<number>[一二三四五六七八九十]|\d{1,3})(?P<what>级|类|档|等奖|等|期|批|类地区|组|星|型|层)"
)
_HEAD_OF = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,12}?[局委厅部院办])(?=(?:的)?(?:党组|党委)?(?:局长|主任|书记|厅长|部长|院长|负责人|一把手|领导))"
)
_BODY_ENDS = "局委厅部院办"
_NATION = re.compile(
    r"^(?:and |what about |how about |then )*(?:nationally|nationwide|at (?:the )?national level|"
    r"(?:in |for )?(?:the )?(?:whole |entire )?(?:country|nation)|(?:in |for )?china)[?]?$"
)
_SEVERAL = re.compile(
    r"\b(?:their|they|them|each|both|these places)\b|他们|它们|她们|各自|分别|[两三四五]地|[两三四五](?:个)?(?:省|市|县|区|地方|城市)"
)


def asks_of_somebody(key: str) -> bool:
    """Say whether a turn asks something of whom or what the answer before named: his, its, 他的."""
    return bool(_POSSESSIVE.search(key))


def core_of(asked: Question) -> str:
    """Return the key of what a short Chinese follow-up names: 再担保 of “再担保呢?”, or ""."""
    core = _CORE.match(asked.key)
    return core["core"].strip('“”"') if core and not asked.places and not asked.periods else ""


def named_whole(asked: Question) -> Question:
    """Return “再担保呢?” with what it names as one term, where cutting it into words lost a part of it."""
    core = core_of(asked)
    lost = set(core) - set("的了之") - {character for one in asked.terms for character in one.text}
    if not core or not asked.key.rstrip("?").endswith("呢") or not lost:
        return asked
    return replace(asked, terms=(term(core, core),))


def without_lead(text: str) -> str:
    """Return a question without the words that go back to an earlier topic: “Back to Zhejiang: …”, “回到…”."""
    return _RETURNS.sub("", text, count=1)


def told_otherwise(text: str) -> str | None:
    """Return what is meant by a turn that puts the one before right: “我问的是2025年”, “Sorry, I meant …”."""
    for pattern in (_NOT_THIS, _CORRECTS):
        match = pattern.match(text)
        if match and match.end() < len(text):
            return text[match.end() :]
    return None


def asked_language(key: str) -> str | None:
    """Return the language in which a turn only asks for the answer before: “in English please”, “用中文说”."""
    said = key.strip(" ?!。,.")
    if _IN_ENGLISH.fullmatch(said):
        return "en"
    return "zh" if _IN_CHINESE.fullmatch(said) else None


def names_version(key: str) -> tuple[int, str] | None:
    """Return which version of a document a turn means and what else it says: its year, 0 for the former, 1 for the valid."""
    if _REPEALS.search(key):
        return None  # “Which older rules were repealed?” asks for that version itself
    if _IN_FORCE.search(key):
        return 1, _IN_FORCE.sub(" ", key)
    if _CURRENT.search(key):
        return 1, _CURRENT.sub(" ", key)
    if _FORMER.search(key):
        return 0, _FORMER.sub(" ", key)
    dated = _OF_YEAR.search(key)
    return (int(dated["en"] or dated["zh"]), _OF_YEAR.sub(" ", key)) if dated else None


def asks_of_document(key: str) -> bool:
    """Say whether words ask when a document was issued, since or until when it is in force."""
    return bool(_OF_DOCUMENT.search(key))


def placed(asked: Question, places: Sequence[str]) -> Question:
    """Return a turn with the places that its words stand for: “nationally”, or “their” of several asked before."""
    if _NATION.search(asked.key):
        return replace(asked, places=("全国",), terms=())
    if asked.places or len(places) < 2 or not _SEVERAL.search(asked.key):
        return asked
    return replace(asked, places=tuple(places), key=f"{' '.join(places)} {asked.key}")


def counterpart(asked: Question, about: Question) -> str | None:
    """Return the former question with the follow-up's word in the place of its like: 最短 for 最长, 2级 for 1级."""
    again = _ASKS_AGAIN.match(asked.key)
    what = again["what"].strip() if again else ""
    if not what:
        return None
    opposite = _BOTH_WAYS.get(what)
    if opposite:
        return about.key.replace(opposite, what) if opposite in about.key else None
    rank = _RANK.fullmatch(what)
    if rank:
        like = [
            m
            for m in _RANK.finditer(about.key)
            if m["what"] == rank["what"] and m["number"] != rank["number"]
        ]
        return about.key.replace(like[0].group(), what) if len(like) == 1 else None
    body = _other_body(asked, about)
    if body:
        return body
    quoted, former = _QUOTED.fullmatch(what), _QUOTED.findall(about.key)
    if quoted and len(former) == 1:
        return about.key.replace(former[0], quoted.group(1))
    return _other_name(asked, about)


def _other_body(asked: Question, about: Question) -> str | None:
    """Return the former question about the head of another body: “工信局呢?” after “人社局局长是谁?”."""
    core, former = core_of(asked), _HEAD_OF.search(about.key)
    if not core or former is None or core[-1] != former["body"][-1]:
        return None
    return about.key.replace(former["body"], core)


def _other_name(asked: Question, about: Question) -> str | None:
    """Return the former question about another body or name: “那科技局呢?” after “工信局局长是谁?”."""
    own = [one for one in asked.terms if not one.optional]
    if len(own) != 1:
        return None
    for old in about.terms:
        if old.text in about.key and _are_alike(old, own[0], asked):
            return about.key.replace(old.text, own[0].text)
    return None


def _are_alike(old: Term, new: Term, asked: Question) -> bool:
    """Say whether two terms name things of one sort: two bodies, or two names in Latin letters."""
    if asked.language == "en":
        at = asked.text.lower().find(new.text)
        return old.name and new.name and asked.text[at : at + 1].isupper() and not _plain_word(old)
    return len(new.text) > 2 and old.text[-1:] == new.text[-1:] and new.text[-1:] in _BODY_ENDS


def _plain_word(one: Term) -> bool:
    """Say whether an unknown English word looks like an ordinary one."""
    return bool(re.search(r"(?:ing|ed|ion|ment|ity|ness|ly|ance|ence)s?$", one.text))
