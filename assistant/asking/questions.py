"""What a question asks: its language, the kind of answer it wants, its terms, periods, places and premises.

Nothing here looks at a document. All matching is done on the question's key (see `documents.folding`), so
traditional characters, full-width digits and upper case make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.asking import english_questions
from assistant.asking import vocabulary as words
from assistant.asking.english_periods import as_printed, english_periods
from assistant.asking.places import bare, find_places
from assistant.asking.terms import Term, chinese_terms, english_terms
from documents.folding import fold
from documents.model import Span
from documents.periods import PeriodMention, find_periods
from documents.quantities import Quantity, find_quantities


class Kind(StrEnum):
    """The kind of answer that a question wants."""

    FIGURE = "figure"
    COMPARISON = "comparison"
    LIST = "list"
    PERSON = "person"  # who leads, said or did it
    IDENTITY = "identity"  # who is the named person
    AUTHOR = "author"
    BODY = "body"  # which department or organisation
    WHEN = "when"
    WHERE = "where"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    QUOTATION = "quotation"
    TITLE = "title"
    WHAT = "what"


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


_KIND_CUES: list[tuple[Kind, str]] = [
    (
        Kind.QUOTATION,
        r"(?:原文|原话|原句|哪句话|哪一句|那句话|(?<!作)出处(?![罚理分置])|怎么说的|如何表述|怎么表述|全文引用|依据在哪|依据是什么|哪里说的|在哪说的|quote|exact wording|original (?:text|sentence|wording)|which sentence|where does it say)",
    ),
    (
        Kind.TITLE,
        r"副标?题(?:是(?:什么|啥))?[?]?$|\bsubtitle\b|(?:(?<!小)标题|题目|篇名)(?:是|叫|为)?(?:什么|啥|哪)|什么(?:标题|题目)|\bwhat is the (?:title|headline)|\b(?:title|headline) of\b",
    ),
    (
        Kind.AUTHOR,
        r"作者|署名|(?:采访|专访|采写|报道)(?!了|过|的?对象).{1,12}的(?:记者|通讯员|实习生)?(?:是|有|都有)?(?:谁|哪(?:几|些|两|位))|(?:哪位|哪个|什么|谁|采写|报道|撰稿|署名)的?记者|记者(?:是|叫)?(?:谁|哪|什么)|谁(?:采写|采访|撰写|写|报道|执笔)|(?:采写|撰写|执笔|写)(?:者|人)?(?:的)?(?:是)?(?:谁|哪(?:位|个记者|个人|名))|\bwho (?:wrote|reported(?! on| to)|authored|interviewed)\b|\b(?:author|reporter|journalist|byline)\b",
    ),
    (
        Kind.COMPARISON,
        r"(?:几|多少)倍|是.{1,24}的倍数|翻了?几番|相差|差多少|差(?:了)?几|之差|多出|(?<!最)多了?多少|(?<!最)少了?多少|从.{1,24}到.{1,40}(?:变化|变动)|(?:变化|变动)(?:幅度)?(?:是|有|为)?(?:多少|多大|几)|(?:涨|上调|下调|提高|增加|提升|上升|增长|扩大|下降|减少|降低|变化|高出)(?:了)?(?:多少|几)(?!家|个(?!百分点)|项|条|名|人|座|所|处|张|件|户|台|套|辆|支|场|次|公里|亩)|差距(?:是|有)?(?:多少|多大|几)|比.{1,30}(?:多|高|少|低|大|小)(?:出)?(?:了)?(?:多少|几)|how many times(?! (?:a|an|per|each|every|can|may|must|should|did|do|does|has|have|had|was|were|is|are|will|in|over)\b)|difference between|by how many (?:percentage )?points|how much (?:higher|more|lower|less|larger|bigger|(?:does|did|will|has|have) .* (?:rise|rose|grow|grew|grown|increase|fall|drop|decline))|(?:ratio|multiple) (?:of|between)|by how much|compare|\bvs\.?(?= )|\bversus\b",
    ),
    (
        Kind.BODY,
        r"(?:哪|什么)(?:个|些|一个|家|几个|几家)?(?:部门|部委|主管部门|职能部门)(?![^,。?]{0,8}(?:工作人员|人员|领导|负责人))|(?:哪|什么)(?:个|些|一个|家|几个|几家)?(?:单位|机构|局|委|委员会|厅|办公室|部委|系统|处室|科室)(?:的|负责|牵头|主管|承办|解释|印发|制定|提|说|管|来|组织|实施|$|[?])|(?:由|归)(?:哪|什么).{0,4}(?:部门|单位|机构|局|委|厅)|哪(?:家|个).{0,3}(?:牵头|负责)|(?:归|由|是)谁(?:管|负责|牵头|主管|落实|承担|组织|制定|印发|发布|核发|审批|批准|认定|处理|解释|提供|缴)|谁(?:负责|牵头|主管|承办|管)|(?:牵头|责任|主管|负责|承办|发文|印发|制定)(?:的)?(?:部门|单位|机关|机构)|\bwhich (?:department|bureau|office|agency|body|authority|organi[sz]ation|unit|commission|institution)|\bwhat (?:department|bureau|agency|body|authority)|\bwho (?:is|are|was) (?:responsible|in charge)|\bwho (?:leads|heads)\b.*\b(?:task|work|project|programme|program|implementation|effort|campaign|reform)\b|\bwho (?:handles|accepts|approves|issues|manages|supervises|administers|oversees|enforces|interprets|runs|operates|maintains|organi[sz]es|hosts|funds|pays for|issued|released|published)\b|\bresponsible (?:department|body|bureau|unit)",
    ),
    (
        Kind.WHEN,
        r"什么时(?:候|间)|何时|哪(?:一|几)?(?:年|天|日|月|个月)|(?<![哪有])几(?:月|号|日|点)|多(?:久|长时间)|(?:日期|时间)(?:是|为|在)?(?:什么|哪|多少|几)?|时候|截止|期限|有效期|\bwhen\b|\bwhat (?:date|year|day|time|month)\b|\bwhich (?:year|month|day|date)\b|\bhow long\b|\bby what year\b|\bdeadline\b|\bwhat is the (?:maximum|minimum|longest|shortest) (?:[a-z]+ ){0,2}?(?:period|time|duration|term)\b",
    ),
    (
        Kind.PERSON,
        r"谁|何人|哪(?:一)?(?:位|个人|名)|头儿|一把手|(?:负责人|领导|局长|主任|书记|市长|省长|厅长|县长|区长|院长|校长|部长|总理|主席)(?:是|叫|姓)(?:谁|什么|啥|哪)|(?<![牌台程目金统园区动会赛节站线路厂室心划法])叫什么名字|\bwho\b|\bwhose\b",
    ),
    (
        Kind.WHERE,
        r"(?:在|位于|设在|落户|布局在|选址)(?:哪(?!些|几|方面|类|种|项|一?方|[两二三四五六七八九十][个大项方类点])|何处|什么地方)|哪(?:里|儿|个(?:地方|城市|省|市|县|区))|什么地方|何处|地点|选址|\bwhere\b|\bwhich (?:city|province|county|district|place)\b",
    ),
    (
        Kind.LIST,
        r"哪(?:些|几|两|三|四|五|六|七|八|九|十|方面|\d+)|(?:有|是|包括)(?:什么|啥)(?:内容|措施|举措|任务|方面)|依次|分别(?:是|有|为|指|用|叫|多少)|列(?:出|举)|包括(?:哪|什么)|都有(?:什么|谁|哪)|各.{0,2}(?:什么|啥|多少)|各自|几(?:方面|大|类|项|条|点|个方面)(?:.{0,8}(?:是什么|有|哪))|\b(?:list|name) (?:the|all|every)\b|\bwhat are\b|\bwhich (?:two|three|four|five|six|seven|eight|nine|ten)\b|\bwhich (?:\w+ ){0,3}(?:are|were|measures|steps|areas|industries|fields|sectors|projects)\b|\bwhat (?:\w+ )?(?:measures|steps|tasks|areas|industries)\b",
    ),
    (
        Kind.FIGURE,
        r"多少|百分之几|几(?:个|家|条|项|名|人|亿|万|千|百|成|倍|年|天|座|所|公里|吨|亩|次|户|件|种|类|位|台|辆|%|级|张|处|处|折|元|款|批|期|期|届|期|支|只|棵|平方|米|度|届|册|场|间|套|门|轮|股|片|站|对|道|份|群|组|组|部|颗|艘|架|列|班|名|步|口|章|编|卷)|(?:目标|数量|总量|数值|数字|规模|金额|占比|比例|比重|增速|增幅|覆盖率|强度|总额|产量|产值|面积|里程|人数|数目|额度|标准|增长率|率|额|上限|下限|最高|最低)(?:目标|要求)?(?:是|为|有|呢|$|[?])(?!(?:什么|啥|哪)[\u4e00-\u9fff]{2})|达到(?:什么|啥)水平|\bhow (?:many|much|high|large|big|far|fast|deep|wide|tall|heavy|strong|old|thick|powerful|often|frequently)\b|\bwhat (?:is|was|are|were|will be) (?:(?:the|[\w-]+'s) (?:[\w&]+[ -]){0,8}?|(?:[\w&]+[ -]){1,6}?)(?:target|figure|number|amount|rate|share|ratio|value|total|level|goal|intensity|turnover|volume|output|coverage|growth|size|scale|proportion|percentage|area|magnitude|strength|depth|capacity|price|cost|fee|cap|limit|ceiling|quota|length|duration|budget|speed|distance|population|income|contribution|premium|subsidy|allowance|wage|salary|pension|deposit|rent|bonus|revenue|expenditure|production|yield|profit|sales|height|weight|temperature|score)\b|\b(?:target|goal)s?\b.{0,30}\?|\bwhat (?:percent|percentage|share|proportion|number|amount)|(?:目标|target|goal)\s*[?]?$|[强率额量数](?:目标)?[?]?$",
    ),
    (
        Kind.DEFINITION,
        r"什么样的.{1,6}(?:算|属于|是|叫|称)|(?:是|指)(?:什么|啥)(?:意思|概念)|什么(?:是|叫)|(?:指|含义|定义|意思|概念)(?:的)?(?:是|为)?(?:什么|啥|哪)|(?:含义|定义)[?]?$|何为|何谓|怎么(?:理解|定义|解释)|\bwhat does .{1,50} mean\b|\bdefin|\bmeaning of\b|\bwhat is meant\b",
    ),
    (
        Kind.YES_NO,
        r"[吗吧][?]?$|是否|有没有|是不是|对不对|能不能|可不可以|有无|^(?:is|are|was|were|does|do|did|will|has|have|can|should)\b",
    ),
]
_ASKS_WHETHER = re.compile(r"\d[^,。?]*[吗吧][?]?$|(?:是不是|是否|有没有)[^,。?]*\d")
_WHERE_IT_LIES = re.compile(  # 难点在哪里 asks for no place
    r"(?:出路|难点|重点|关键|核心|问题|优势|短板|弱项|差距|亮点|根源|根子|特色|潜力|希望|瓶颈|症结|意义|原因|区别|不同|差异|好处|着力点|突破口)"
    r"(?:主要|具体|究竟|到底|就)?(?:在|出在|体现在|表现在)哪(?:里|儿|些?方面)?[?]?$"
)
_BARE_CLAIM = re.compile(  # 2025年新增1200家? states it, and asks by its tone; 2030年? does not
    r"\d(?:[万亿]|个)*(?:%|[^\W\d_年月日号章节条款届期次岁]{0,4})(?:以上|左右|以内)?[?]$"
)
_NAMES_AMOUNT = re.compile(
    "(?:收入|支出|产值|增加值|利润|亏损|营收|投资|人口|生产总值|gdp|余额|存栏|出栏)[?]?$"
)
_NOT_CLAIMED = re.compile(
    r"呢[?]?$|(?:相比|[比较]|和|与|到)[^,。?]{0,4}\d[^,。?]*[?]?$"
)  # 比2025年? goes on from a turn before
_WH_WORD = re.compile(r"多少|几|什么|啥|哪|谁|如何|为何|怎|何时|依据|出处")
_KINDS = [(kind, re.compile(pattern)) for kind, pattern in _KIND_CUES]

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
    kind = _kind(key)
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


_IN_HOW_MANY_PARTS = re.compile(r"分(?:为|成)?哪?几(?:个|大)?(?:点(?!钟)|方面|部分|板块|步)")
_WHO_RUNS_BODY = re.compile(
    r"^who (?:is (?:in charge of|responsible for|heading|leading|running)|heads|leads|runs) [^?,]{0,60}?\b(?:bureau|department|"
    r"commission|committee|ministry|administration|office|authority)(?: of [a-z ,]+)?\??$"
)


def _kind(key: str) -> Kind:
    if re.match(r"(?:is|are|was|were|does|do|did|will|has|have) ", key):
        return Kind.YES_NO
    if re.search(r"什么样的.{1,6}(?:算|属于|称)|^(?:请问)?(?:什么|啥)(?:是|叫)(?!.*(?:多少|几))", key):
        return Kind.DEFINITION
    if re.search(_KIND_CUES[2][1], key):
        return Kind.AUTHOR
    identity = re.search(
        r"^(?:请问|那|那么)?([^,。?]{2,12}?)(?:同志|先生|女士|这个人)?(?:是谁(?![\u4e00-\u9fff]{1,8}的)|是什么(?:职务|身份|人|职位|领导|干部)|什么职务|担任(?:什么|何)|任何职|的(?:职务|身份|职位|头衔))",
        key,
    )
    if identity and not re.search(
        r"的|对象|受访|局长|主任|书记|市长|省长|记者|作者|负责人|头儿|领导|厅长|院长|总理|部长|校长|主席|总经理|联系人|经办人|责任人|召集人|发言人|创始人|[法申证]人|[长师]$",
        identity.group(1),
    ):
        return Kind.IDENTITY
    if re.search(
        r"\bwho (?:is|was) (?!the |in |responsible|your |deputy |vice |director |mayor |head |chair|president |premier |minister |governor |\w+ed\b|given\b|named\b|sent\b|put\b|made\b)|\bwhat (?:is|was) [a-z]+ [a-z]+'s (?:position|title|role|job|post)"
        r"|^what does (?!the |a |an |this |that |it |each )[a-z']+ [a-z']+ do\??$"
        r"|\b(?:what|which) (?:official )?(?:position|title|role|job|post|office)s? (?:does|did|do|is|has) [a-z' ]{2,40}? (?:hold|have|held by|occupy)",
        key,
    ):
        return Kind.IDENTITY
    if _WHO_RUNS_BODY.search(key):
        return Kind.PERSON
    if _IN_HOW_MANY_PARTS.search(key):
        return Kind.LIST
    if re.search(r"(?:几|多少)(?:个月|年|天|个工作日|小时)", key) and not re.search(r"哪|何时|什么时候", key):
        return Kind.FIGURE
    asking = english_questions.only_asking(key)
    claims = _ASKS_WHETHER.search(key) or (_CJK.search(key) and _BARE_CLAIM.search(key))
    if claims and not _WH_WORD.search(key) and not _NOT_CLAIMED.search(key):
        return Kind.YES_NO  # 强度是不是超过2.5%: 强度是 asks for no figure here
    if english_questions.is_length(key):
        return Kind.FIGURE
    if _WHERE_IT_LIES.search(key):
        return Kind.WHAT
    for kind, pattern in _KINDS:
        if pattern.search(asking):
            return Kind.WHAT if kind is Kind.FIGURE and english_questions.is_goal(asking) else kind
    if english_questions.names_a_measure(key):
        return Kind.FIGURE
    if _NAMES_AMOUNT.search(key) and not _WH_WORD.search(key):
        return Kind.FIGURE  # 榆江市2025年财政收入
    return Kind.LIST if english_questions.asks_several(asking) else Kind.WHAT


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
