"""Characters that are taken for one another by eye, when a page is scanned or typed after: 投人 for 投入."""

from __future__ import annotations

from collections.abc import Iterator

import rjieba

_GROUPS = (
    "人入 未末 己已巳 土士 千干于 日曰目 天夭 大太 王玉主 田由甲申 西酉 间问 侯候 即既 拔拨 辩辨 竞竟 微徽 治冶 师帅 "
    "折拆析 令今 免兔 住往 准淮 冒昌 历厉 困因 园圆 壁璧 密蜜 待侍 技枝 抗坑 担但 扬杨 检捡险 植值 概慨 源原 科料 "
    "绿缘 职识 荐存 营宫 蓝篮 补扑 订计 设没 贫贪 贷货 部都 陕峡 顷项 平乎 斤斥 汽气"
).split()
_ALIKE: dict[str, str] = {}
for _group in _GROUPS:
    for _one in _group:
        _ALIKE[_one] = _ALIKE.get(_one, "") + _group.replace(_one, "")


def look_alikes(word: str) -> Iterator[str]:
    """Yield what differs from `word` by one character that looks like its own, if `word` itself is no word."""
    if len(rjieba.cut(word, hmm=False)) == 1:
        return
    for at, character in enumerate(word):
        for other in _ALIKE.get(character, ""):
            yield word[:at] + other + word[at + 1 :]
