"""Two assistants that many tests ask: one over the samples, one over a small office of documents written here."""

from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder

import documents
from assistant.assistant import Assistant
from index.embedding import BUILTIN_MODEL, load_embedder
from index.passage_index import PassageIndex

SAMPLES = Path(documents.__file__).parent / "samples"

# Towns, people and figures are invented; each document is there for what its name says.
OFFICE = {
    "report-2026.txt": """岚谷市2026年政府工作报告

——2026年1月15日在岚谷市第三届人民代表大会第四次会议上

岚谷市市长　宋延平

各位代表：

一、2025年工作回顾

初步核算，全市地区生产总值达到865亿元，增长6.1%。全社会研发投入强度为1.9%。新增高新技术企业45家。技术合同成交额完成31.5亿元。城镇新增就业2.6万人，城镇调查失业率平均为5.3%。

二、2026年目标

今年全市技术合同成交额力争突破40亿元，城镇新增就业2.5万人左右，新建口袋公园12个。到2030年，高新技术企业总数达到300家，全社会研发投入强度达到2.6%，建成若干个中试基地。

三、重点任务

（一）抓好科技创新。一是建设松岭实验室。二是培育科技型企业。三是引进青年人才。

（二）抓好城市更新。围绕老城区开展“四改”行动，统筹推进9条特色街区建设。
""",
    "interview.txt": """稳住岗位 提升技能 让就业更有质量 ——访青棠市人社局局长乔雨桐

“稳就业就是稳民心。”谈起今后五年的安排,青棠市人社局局长乔雨桐表示,要把岗位、技能和服务三件事一起抓好。

青棠市职业技能培训人次力争2026年突破3万人次,2030年突破5万人次。登记失业率2026年控制在3.2%以内,2030年控制在3%以内。到2030年,快递、外卖、网约车三类“新就业群体”合计超过6万人;高技能人才达到2万人左右。仅2026年这一年就要新增零工市场8家。

乔雨桐说,要推出小店成长方案,用三年时间扶持一批夫妻店。

本报记者 白若溪
""",
    "measures-2022.txt": """岚谷市人民政府办公室文件

岚政办〔2022〕11号

岚谷市人民政府办公室关于印发
岚谷市支持育种企业若干措施的通知

各县（区）人民政府，市人民政府各部门：

现将《岚谷市支持育种企业若干措施》印发给你们，请遵照执行。

岚谷市人民政府办公室

2022年4月8日

附件

岚谷市支持育种企业若干措施

一、新品种奖励。通过国家审定的新品种，每个奖励12万元。

二、制种基地补助。新建制种基地的，每亩补助300元。

三、附则。本措施由市农业农村局负责解释，自2022年5月1日起施行。
""",
    "measures-2026.txt": """岚谷市人民政府办公室文件

岚政办〔2026〕5号

岚谷市人民政府办公室关于印发
岚谷市支持育种企业若干措施（修订）的通知

各县（区）人民政府，市人民政府各部门：

现将修订后的措施印发给你们。《岚谷市人民政府办公室关于印发岚谷市支持育种企业若干措施的通知》（岚政办〔2022〕11号）同时废止。

岚谷市人民政府办公室

2026年2月10日

附件

岚谷市支持育种企业若干措施（修订）

一、新品种奖励。通过国家审定的新品种，每个奖励20万元。

二、制种基地补助。新建制种基地的，每亩补助500元。

三、附则。本措施由市农业农村局负责解释，自2026年3月1日起施行，有效期至2031年2月28日。《岚谷市种子企业奖励暂行规定》同时废止。
""",
    "bulletin.txt": """岚谷市2025年国民经济和社会发展统计公报

（2026年3月20日）

2025年，全市农产品网络零售额为20亿元。年末全市公共图书馆藏书180万册。
""",
    "brief.txt": """岚谷市商务工作简报

（2026年1月9日）

2025年，全市农产品网络零售额为18亿元，直播基地发展到26个。
""",
    "plan.md": """# 青棠市养老服务发展规划（摘要）

（2026年2月3日青棠市人民政府印发）

## 一、主要指标

| 指标 | 单位 | 2025年 | 2030年目标 | 属性 |
| --- | --- | --- | --- | --- |
| 养老机构床位数 | 张 | 4200 | 6000 | 预期性 |
| 护理型床位占比 | % | 55 | 不低于70 | 约束性 |
| 社区助餐点 | 个 | 88 | 150 | 预期性 |

## 二、责任分工

| 任务 | 牵头单位 | 完成时限 |
| --- | --- | --- |
| 改造敬老院 | 市民政局 | 2027年底 |
| 培训护理员 | 市卫生健康委 | 2028年底 |

## 三、名词解释

本规划所称社区助餐点，是指为60周岁以上老年人提供用餐服务的固定场所。
""",
}


@pytest.fixture(scope="session")
def embedder():
    return load_embedder() if (BUILTIN_MODEL / "modules.json").is_file() else FakeEmbedder()


@pytest.fixture(scope="session")
def build(embedder, tmp_path_factory):
    """Return a function that opens an empty assistant in a folder of its own."""

    def opened(name):
        return Assistant(PassageIndex.open(tmp_path_factory.mktemp(name) / "index", embedder))

    return opened


@pytest.fixture(scope="session")
def samples(build):
    assistant = build("samples")
    assert {report.state for report in assistant.add([SAMPLES])} == {"added"}
    return assistant


@pytest.fixture(scope="session")
def office(build):
    assistant = build("office")
    for name, text in OFFICE.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant


@pytest.fixture(scope="session")
def ask(office):
    """Return a function that asks the small office."""
    return lambda question, history=(), **more: office.ask(question, history, **more)
