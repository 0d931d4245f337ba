"""Names of people as newspapers and reports print them, and the offices they hold.

Surnames are the common ones of the mainland plus the compound ones; a rare surname is not known, and a
line that only such a name would explain is then read as text.
"""

from __future__ import annotations

import re

from documents.model import Span, Speaker

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌"
    "马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛"
    "汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高"
    "夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲"
    "封芮储靳汲井段富巫乌焦巴弓牧隗山谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎薄印白怀蒲从"
    "索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连"
    "茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广东殳沃利越隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰关相"
    "查荆红游权逯盖益桓公岳帅缑亢况后有琴肖佟佘赫苑仝代闫付覃邝揭谌展闪原令么麦银修冶由鹿腾"
)
COMPOUND_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "宇文",
    "长孙",
    "司徒",
    "端木",
    "夏侯",
    "轩辕",
    "独孤",
    "南宫",
    "闻人",
    "呼延",
    "淳于",
    "申屠",
    "鲜于",
    "赫连",
    "澹台",
    "拓跋",
    "百里",
    "濮阳",
    "钟离",
)
_NAME = (
    rf"(?:(?:{'|'.join(COMPOUND_SURNAMES)})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    r"|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{1,8})"
)
_NAME_ONLY = re.compile(rf"{_NAME}\Z")
_RANK = r"(?:一级|二级|首席|常务|党组|党委|党工委|名誉|代理?|副|总)*"
_OFFICE = (
    r"(?:书记|秘书长|局长|厅长|部长|司长|处长|科长|署长|行长|院长|校长|所长|馆长|会长|董事长|理事长|社长|台长|站长"
    r"|市长|县长|区长|省长|州长|镇长|乡长|村长|盟长|旗长|组长|队长|团长|主席|主任|委员长|总理|国务委员|委员|常委"
    r"|总经理|经理|总裁|总监|工程师|总工程师|经济师|会计师|检察长|调研员|巡视员|督学|成员|负责人|发言人|教授|研究员"
    r"|专员|大使|厂长|支书|干事|代表)"
)
_ROLE = rf"{_RANK}{_OFFICE}(?:(?:、|,|，|兼)?{_RANK}{_OFFICE})*"
_BODY_END = (
    r"(?:局|委|厅|部|办|院|署|司|处|科|室|站|所|中心|公司|集团|大学|学院|学校|医院|协会|学会|商会|联合会|工会|妇联"
    r"|政府|法院|检察院|银行|委员会|管委会|研究院|研究所|实验室|馆|社|台|厂|村|镇|乡|街道|区|县|市|省|州|国务院)"
)
_TITLE_SPEAKER = re.compile(
    rf"(?:访|专访|对话|对谈|访谈)(?:[—:：]*)(?P<body>[\u4e00-\u9fffA-Za-z0-9()（）]{{1,24}}?{_BODY_END})"
    rf"(?P<role>{_ROLE})(?P<person>{_NAME})\Z"
)
_SAID = r"(?:表示|介绍|告诉记者|告诉笔者|说|指出|强调|认为|谈到|坦言|透露|解释|接受.{0,12}采访时)"
_TEXT_SPEAKER = re.compile(
    rf"(?:^|[。！？!?”\"』」，,；;\n])\s*(?P<intro>(?P<body>[\u4e00-\u9fffA-Za-z0-9]{{1,24}}?{_BODY_END})"
    rf"(?P<role>{_ROLE})(?P<person>{_NAME}?))(?:近日|日前|昨日|今日|在.{{0,20}}?[时上中])?{_SAID}"
)
_SPEAKER_LINE = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{0,20}}?)(?P<role>{_ROLE})[:：]?\s*(?P<person>[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){{1,3}})\Z"
)


def is_name(text: str) -> bool:
    """Say whether `text` could be one person's name."""
    return _NAME_ONLY.match(text) is not None


def names_in(text: str) -> list[str] | None:
    """Return the names of which `text` consists (张三 李四, 张三、李　四), or None."""
    if re.fullmatch(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){1,3}", text.strip()):
        text = re.sub(r"\s", "", text)  # one name, set apart for looks: 习　近　平
    tokens = [token for token in re.split(r"[\s、,，/;；]+", text.strip()) if token]
    names: list[str] = []
    pending = ""
    for token in tokens:
        if len(token) == 1 and not pending:
            pending = token
            continue
        candidate = pending + token
        pending = ""
        if not is_name(candidate):
            return None
        names.append(candidate)
    return names if names and not pending else None


def speaker_of_title(text: str, title: Span) -> Speaker | None:
    """Return whom a title names as interviewed: …——访市科技局党组书记安春茂."""
    match = _TITLE_SPEAKER.search(title.of(text))
    if match is None:
        return None
    span = Span(title.start + match.start("body"), title.start + match.end("person"))
    return Speaker(match["person"], match["role"], match["body"], span)


def speakers_in(text: str, body: Span) -> list[Speaker]:
    """Return whom the running text introduces as speaking: 市科技局党组书记安春茂表示."""
    found = []
    for match in _TEXT_SPEAKER.finditer(body.of(text)):
        if match["person"]:
            span = Span(body.start + match.start("intro"), body.start + match.end("person"))
            found.append(Speaker(match["person"], match["role"], match["body"], span))
    return found


def speaker_line(text: str, line: Span) -> Speaker | None:
    """Return the speaker that stands on a line of its own under a report's title: 省长　王　某."""
    match = _SPEAKER_LINE.match(line.of(text))
    if match is None:
        return None
    person = re.sub(r"\s", "", match["person"])
    if not is_name(person):
        return None
    return Speaker(person, match["role"], match["body"], line)
