"""Which kind of answer a question wants: a figure, a person, a list … read from its key by cues.

The first kind whose cue stands in the key is the question's, so that the order of the cues is their rank.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.asking import english_questions


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
_CJK = re.compile(r"[\u3400-\u9fff]")
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

_IN_HOW_MANY_PARTS = re.compile(r"分(?:为|成)?哪?几(?:个|大)?(?:点(?!钟)|方面|部分|板块|步)")
_WHO_RUNS_BODY = re.compile(
    r"^who (?:is (?:in charge of|responsible for|heading|leading|running)|heads|leads|runs) [^?,]{0,60}?\b(?:bureau|department|"
    r"commission|committee|ministry|administration|office|authority)(?: of [a-z ,]+)?\??$"
)


def kind_of(key: str) -> Kind:
    """Return the kind of answer that a question with this key wants."""
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
