"""Words of asking, as data: what people wrap a question in, and the cues of what they want.

Everything here works on keys (see `documents.folding`): half width, simplified, lower case. The lists hold
the scaffolding of questions in general, never terms of a particular document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import rjieba

# What people write for what documents print. Applied to the question's key, longest first.
ABBREVIATIONS = {
    "高企": "高新技术企业",
    "研发强度": "研发投入强度",
    "r&d投入": "研发投入",
    "r&d经费": "研发经费",
    "r&d强度": "研发投入强度",
    "r&d": "研发",
    "工信口": "工信",
    "科技口": "科技",
    "教育口": "教育",
    "农口": "农业",
    "财政口": "财政",
    "卫健口": "卫健",
    "社零": "社会消费品零售总额",
    "规上": "规模以上",
    "社消零": "社会消费品零售总额",
    "固投": "固定资产投资",
    "在校生": "在校学生",
    "营收": "营业收入",
    "一般预算收入": "一般公共预算收入",
    "人均收入": "人均可支配收入",
    "双创": "创新创业",
    "城调失业率": "城镇调查失业率",
    "新能源车": "新能源汽车",
    "甚么": "什么",
    "生产总值gdp": "生产总值",
}

_PRINTED_SHORT = re.compile("规上|社零|高企|固投|营收|研发强度|城调失业率|双创|新能源车|工信口|科技口")


def written_out(key: str) -> str:
    """Return a key with its abbreviations written out, so that 高企 is looked for as 高新技术企业."""
    for short, full in ABBREVIATIONS.items():
        if short == "r&d":
            key = re.sub(r"r&d(?=[\u4e00-\u9fff])", full, key)
        elif full not in key or full in short:
            key = key.replace(short, full)
    return key


def written_out_too(key: str) -> str:
    """Return a document's key, and where it prints an abbreviation, written out behind it: 规上企业 is 规模以上企业."""
    return f"{key}\n{written_out(key)}" if _PRINTED_SHORT.search(key) else key


# Words around a question that say nothing of what it is about. Order matters: longer phrases first.
_WRAPPING = [
    r"请?(?:忽略|无视)[^,。;]{0,12}",
    r"请?(?:直接)?(?:引用|摘录|给出|附上|列出|写出)(?:一下)?(?:相关|有关)?(?:的)?(?:原文|原话|出处|依据)",
    r"(?:请问|请教|麻烦|劳驾|帮我|帮忙|帮)(?:一下|下)?(?:查|看|找|问|说|列|介绍)?(?:一下|下)?",
    r"(?:我|我们)?(?:想|要)(?:知道|了解|问|查)(?:一下|下)?",
    r"(?:根据|按照|依据|结合|对照)(?:这|该|上述)?(?:篇|份|个|些)?(?:文章|文件|文中|材料|报道|资料|原文|规划|方案|通知|报告|访谈|采访|文档|内容)(?:内容|所述|规定|要求)?",
    r"(?:在)?(?:这|该|本|上述)?(?:篇|份|个|则)?(?:文章|文件|材料|报道|资料|原文|文档|文中|文内|版面)(?:里|中|内)?(?:面)?(?:所)?(?:说|提|讲|写|列|给|提到|提及|指出|规定|要求|介绍|写道|谈到|表示|强调)?(?:到|出|明|过)?(?:的|是)?",
    r"(?:具体|到底|究竟|大概|大约|总共|一共|分别|各自|各|依次|主要|一般)",
    r"(?:提到|提及|指出|谈到|说到|讲到|提出|写到)(?:了|的|过)?",
    r"(?:打算|准备|计划|预计|预期|力争|争取|要求|需要|应该|应当|可以|能够|必须)(?=.{0,6}(?:多少|几|什么|啥|哪|吗))",
    r"(?:还有|还要|还会|还是)",
    r"(?:目标|指标|计划|规划|预期|任务)(?:值|数|数值|数字|数量|总量)?(?=是|为|要|有|定|多|几|$|[?,。!呢吗啊])",
    r"(?:的)?(?:目标|指标)(?:值|数|数字)",
    r"实际上?(?=是|为|达|有|多少|完成|建成|生产|增长|$)",
    r"最(?:多|高|长|少|低|短)(?=[补给奖贷领拿享发罚])",
    r"(?:比|较)(?:上|去|前|(?:19|20)\d{2})(?:一)?年(?:度)?(?:同期)?",
    r"百分之(?:几|多少)",
    r"(?:多少|几)(?:块)?钱(?:发|给|补|领|拿)?",
    r"(?:是|为|有|要|得|能|会|将|该)?(?:多少|几多|几)(?:个百分点|百分点|个点|块|个|家|条|项|名|人|亿元|万元|亿|万|千|百|元|%|倍|年|天|座|处|所|张|公里|吨|亩|次|户|件|种|类|位|台|辆|套)?(?:以上|左右|以内)?",
    r"(?:是|为|有|要|得|能)?多(?:长|大|高|重|宽|深|远|厚|快)(?:时间)?",
    r"(?:是|为|叫|指|有)?(?:什么|啥|甚么|何种|怎样|怎么样|怎么|如何|咋样|咋|何)(?:样|时候|时间|地方|意思|情况)?(?:的)?",
    r"(?:是|为|在|由|归|有|指)?(?:的是)?哪(?:些|个|几|一|两|三|四|五|六|七|八|九|十|里|儿|种|类|项|家|位|方面|年|天|座|份|篇|条|张)*(?:个|项|家|种|类|方面|条|位|年|张|点|大)?",
    r"(?:是|由|归|跟|与|和)?谁(?:家)?(?:的)?",
    r"(?:为什么|为何|为啥|是否|有没有|有无|是不是|能不能|可不可以|对不对|会不会|多不多)",
    r"(?:吗|呢|么|吧|啊|呀|哦|嘛|哈)(?=[?!。]|$)",
    r"(?:搞到|做到|干到|弄到|达到|增加到|提高到|增长到|实现|完成)(?:了)?$",
    r"[?!。,;:、“”‘’\"'()《》<>\[\]{}…~\-\s]+",
]
WRAPPING = re.compile("|".join(_WRAPPING))

# Single words that carry no content, compared with whole segmented words.
FUNCTION_WORDS = frozenset(
    "的 了 是 要 将 会 能 可 可以 应 应该 想 为 有 到 在 从 把 被 对 对于 关于 向 与 和 跟 及 以及 以 由 于 等 这 那 其 该 它 他 她 我 你 "
    "我们 你们 他们 这个 那个 这些 那些 这种 就 都 也 还 又 再 才 只 并 而 但 或 或者 之 所 所以 因 因为 得 地 着 过 给 让 使 用 叫 说 "
    "提 多 少 个 家 条 项 种 类 位 名 次 年 月 日 今年 去年 明年 末 底 前 后 中 里 内 上 下 时 时候 计划 预计 目标 目标值 定 搞 "
    "一 二 两 三 四 五 六 七 八 九 十 请 呢 吗 吧 啊 么 当 比 按 除了 除 之外 以外 什么 哪 谁 如何 怎么 怎样 多少 几 不 没 没有 里面 "
    "排第 排在 位居 方面 进行 通过 指 指的是 指的 分别 各 每 每个 后来 以后 之后 之前 目前 现在 当前 一下 么样 做 干 弄 全名 名字 名称 叫做 "
    "左右 上下 用语 词 词语 说法 内容 情况 问题 具体".split()
)

# Nouns and verbs of asking and of office prose that evidence rarely prints for what they stand for.
GENERIC = frozenset(
    "称为 称作 叫作 誉为 被誉为 不了 不上 不到 不成 目标 内容 要求 任务 措施 做法 举措 安排 部署 方式 方面 部分 文章 评论 访谈 报道 报告 文件 材料 条件 部门 单位 机构 记者 作者 名称 名字 "
    "项目 计划 工作 情况 数量 总量 总数 数字 数值 标准 原文 出处 文末 开头 结尾 段落 引号 动词 词语 说法 提法 表述 意思 含义 包括 包含 发展 推进 "
    "推动 加快 建设 加强 实施 实行 开展 落实 完善 满足 需要 希望 号召 强调 指出 提出 进行 达到 实现 完成 做到 开始 针对 围绕 打造 力争 计划 预计 "
    "相关 有关 具体 主要 重点 一些 这些 那些 哪些 全市 全省 我市 我省 本市 市里 省里 全区 全县 本地 当地 今年 去年 明年 现在 目前 请 给出 引出来 引用 "
    "对应 当年 同年 年内 全年 本年 本年度 当时 算 拿 领 发 当 搞 弄 做 干 起 讲 听说 知道 告诉 处理 属于 涉及 规划 方案 通知 意见 会议 大会 全会 政府 口号 目的 作用 意义 名单 种类 类型 幅度 文末 这份 那份 这篇 那篇 多少钱 钱 好 去 来 里面 一下 有关 希望 可 都 几块 几块钱 一共 总共 预期 级别 比例 金额 额度 上限 下限 多久 按 给 数据 目的 时间 时限 时长 清单 名字 百分比 数额 总共".split()
)

# Attributes that a document gives only with a word of its own; without it the honest answer is “not stated”.
MISSING_UNLESS_PRINTED = (
    "全称 全文 简称 英文 地址 选址 位于 电话 联系方式 联系人 邮箱 网址 面积 规模 投资额 总投资 投资 预算 经费 资金 造价 成本 利润 工资 年龄 "
    "出生 生日 籍贯 学历 毕业 性别 任期 履历 简历 排名 名次 排第 第几 同比 环比 占比 增幅 增速 涨幅 "
    "原因 理由 由来 起源 历史 背景 管理人 负责人 承办 主办 赞助 股东 董事长 总经理 法人 票价 价格 费用 名单 名录 清单 编号 "
    "文号 期号 版面 第几版 编辑 摄影 责编 审核 签发 发行 报社 报纸 刊发 刊登 发表 主管 日期 时间 几点 星期 户籍 注册资本 市值 员工 "
    "基数 口径 计算 公式 单价 税率 利率 补贴 奖励 罚款"
).split()

_NO_ATTRIBUTE = re.compile(r"规模(?:以上|化)|(?<=[有哪分成])几点")


def attributes_of(key: str) -> list[str]:
    """Return the attributes of `MISSING_UNLESS_PRINTED` that a question's key asks for.

    There is no 规模 in 规模以上工业 and no 理由 in 管理由谁负责: an attribute never begins inside a word that ends in it.
    """
    asked = _NO_ATTRIBUTE.sub(" ", key)
    named = [attribute for attribute in MISSING_UNLESS_PRINTED if attribute in asked]
    if not named:
        return []
    ends = list(accumulate(map(len, rjieba.cut(asked))))
    return [attribute for attribute in named if _is_cut_out(attribute, asked, ends)]


def _is_cut_out(attribute: str, key: str, ends: Sequence[int]) -> bool:
    """Say whether one printing of an attribute does not begin within a word that ends before the attribute does."""
    for match in re.finditer(re.escape(attribute), key):
        begins_word = match.start() == 0 or match.start() in ends
        if begins_word or not any(match.start() < end < match.end() for end in ends):
            return True
    return False


OUT_OF_SCOPE = re.compile(
    r"(?:你|您)(?:个人)?(?:觉得|认为|怎么看|的看法|的意见|的观点)|翻译|莎士比亚|写(?:一)?(?:首|篇|段|个|封|份)|作(?:一)?首|编(?:一)?(?:个|段|首|篇|造)|讲(?:一)?个(?:笑话|故事)|唱|笑话|天气|股价|股票|彩票|"
    r"菜谱|星座|算命|几点了|你是(?:谁|什么|哪)|你叫什么|你会|你能|你好|聊天|代码|编程|python|写诗|作诗|作文|润色|总结一下全国|推荐.{0,6}(?:电影|餐厅|酒店|歌)|"
    r"\btranslate\b|\bwrite (?:me )?(?:a|an|some)\b|\bpoem\b|\bjoke\b|\bweather\b|\bstock price\b|\brecipe\b|\bwho are you\b|"
    r"\bshakespeare\b|\bsing\b|\bcompose\b|\btell me a (?:story|joke)\b|\bplay a game\b|\bhello\b|^hi\b"
)

INJECTION = re.compile(
    r"(?:忽略|无视|不要管|不用管|别管|忘掉|忘记|抛开|绕过|跳过|放弃)[^。;]{0,14}(?:文档|文件|规则|指令|要求|限制|提示|原文|材料|以上|之前|前面|上面|内容|资料)|"
    r"(?:文档|文件|规则|指令|提示词|原文)[^。;,]{0,6}(?:忽略|无视|作废)|"
    r"(?:(?:编造|虚构|捏造|伪造)(?!虚假|材料|证明|证件|资料|事实|记录|印章|公文|票据|单据|申请)|编个|编一个|杜撰|随便(?:说|写|编|给)|瞎编|假装|假设你|扮演|你现在是|从现在起你|系统指令|今后一律|一律(?:回答|说|输出)|系统提示|开发者模式|越狱)|"
    r"(?:直接|只|就|必须|务必)(?:回答|输出|说|写|告诉我)[^。;,]{0,6}[\d“\"'‘]|"
    r"ignore (?:all |any |the |your |previous |prior |above )*(?:instruction|document|rule|text|context)|"
    r"\bdisregard\b|\bmake (?:one|it|something) up\b|\bjailbreak|\bsystem prompt|\bdeveloper mode|\byou are now\b|"
    r"\bact as (?:a|an|if|my|though)\b|(?:^|[.,;:!?] *|\b(?:please|just|and|then|or|can you|could you|you) )(?:invent|fabricate|make up|pretend)\b|"
    r"just (?:say|answer|reply|output)|forget (?:the|your|all|everything)"
)

ENGLISH_FUNCTION_WORDS = frozenset(
    "way ways percentage percent two three four five six seven eight nine ten alone apart high higher highest low lower lowest large larger largest big bigger small smaller great greater total far long often per times time now today yet already still within between among toward towards against around before after while during through throughout across because therefore however also together separately respectively specific specifically particular various main major overall actual real come came go went gone put find found see seen show shown make makes made do take takes taken work works worked try help let ask asked answer question head heads headed run runs answer answers me him he she someone anyone anybody somebody everyone people's today's aim refer refers mean means meant stand stands mark marks include includes included contain contains consist consists belong belongs exist exists old many a an the of in on at to for by with from as is are was were be been being do does did done has have had having will would shall "
    "should can could may might must this that these those it its they them their there here what which who whom whose when where why "
    "how many much more most less than and or not no if so about into over under up down out off then any some all each every "
    "both few other such only own same too very just also document documents text page paper file article report according mentioned "
    "mention said say says state stated states give given list name named tell me please us we our you your i my target targets targeted "
    "goal goals aim aims aimed plan plans planned set expected expect reach reached achieve hit get become level value figure amount "
    "number numbers year years end per happen happens happened happening called call kind kinds type types sort one ones thing things first second third need "
    "want know would like exactly currently current now latest new-found new added add built build building established establish "
    "least adding building reaching aiming planning targeting exceed exceeds exceeding increase increased grow rise go carried carry people person provided offered during among every implement implemented launch launched hold held fall falls drop receive stay get gets given raise raised cover covers use used quote cite original source exact "
    "definition define vs versus against compare compares compared comparing allowed permitted plus am an another both else ever even let's like much million billion trillion hundred thousand percent per did does doing done isn aren wasn weren don doesn didn myself yourself itself themselves ours theirs mine back again sorry ok okay thanks thank hi hello regarding concerning related terms term explain describe summarize outline elaborate enumerate mention indicate specify according based upon via whether either neither nor though although while since until till unless except instead rather quite almost nearly around approximately roughly altogether combined overall besides once want wants wanted wish hope hopes seek seeks sought intend intends intended foresee foresees envisage envisages aimed projected forecasted different same certain specific amount amounts sum quantity count tell told speak speaks spoke spoken he's she's it's what's who's where's how's that's there's i'm we're they're true newly top above below beneath beyond using goes going wrote write written yes really able whole entire still ago later earlier soon recently previously nobody none nothing anything something everything but his her hers without never always look looks looked looking got getting gotten gets mu jin along concern concerns little enough away several usually especially recent next important available possible full further must known see due bit quickly maybe perhaps probably sure simply thus hence indeed later mostly mainly largely actually anyway etc".split()
) | {"take place", "takes place", "taking place", "taken place", "took place"}

# What ends a compound and says little beside the word before it: transport [services], the test [site], a push.
ENGLISH_LIGHT_NOUNS = frozenset(
    "service business site trip push drive campaign initiative scheme effort body programme program process matter side event operation"
    " activity facility status arrangement exercise action job piece case situation condition issue sector task duty part group".split()
)

# What “how many …” may count in: the answer has a unit of its own, which need not be this word.
UNITS_ASKED_FOR = frozenset(
    "百分点 元 亿元 万元 平方米 平方公里 公里 米 吨 千克 千瓦 千瓦时 亩 公顷 小时 天 日 工作日 周 分钟 户 人次 立方米 升 倍 月".split()
)

# Kinds of documents: a question stands in the frame of one (under the rules), and evidence need not name it again.
KINDS_OF_DOCUMENTS = frozenset(
    "条例 规定 办法 规则 细则 通知 通报 公告 通告 意见 决定 方案 规划 计划 报告 工作报告 政府工作报告 法律 法规 文件 指南 专访 访谈 文章".split()
)

# Single characters that rank, measure or number whatever is asked for.
RANKS_AND_MEASURES = frozenset("县区镇省市局村条页段届版词字级档吨升元例双高总净卷层排")

# What is asked of an indicator rather than a name of one: its growth, which the ledger tells from its level.
CHANGES_ASKED_FOR = frozenset("增长 增速 增长率 增幅 下降 降幅 同比增长".split())
