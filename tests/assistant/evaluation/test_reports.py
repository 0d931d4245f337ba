"""The reports say the same figures, hold no markup of others, and are what CI and browsers read."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from planted_answers import CONTRACT, INTENSITY, ScriptedAssistant, answered, cite, declined

from assistant.evaluation.comparison import compare
from assistant.evaluation.errors import CaseFileError, GateError
from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.gates import failed_gates, parse_gates
from assistant.evaluation.html_report import report_html, write_html
from assistant.evaluation.json_report import evaluation_json, read_baseline, write_json
from assistant.evaluation.junit_report import junit_xml
from assistant.evaluation.model import Behavior, Case
from assistant.evaluation.plots import risk_plot
from assistant.evaluation.text_report import summary_text

CASES = [
    Case("right", "目标?", Behavior.ANSWER, must_include=(("2000亿元",),), cite=(CONTRACT,), type="fact"),
    Case(
        "digit",
        "提高多少?",
        Behavior.ANSWER,
        must_include=(("0.5个百分点",),),
        cite=(INTENSITY,),
        type="fact",
    ),
    Case("trap", "<script>alert(1)</script>?", Behavior.ABSTAIN, answerable=False, language="en"),
]
GOOD = {
    CASES[0].question: answered("力争突破2000亿元", cite(CONTRACT), confidence=0.9),
    CASES[1].question: answered("提高0.5个百分点", cite(INTENSITY), confidence=0.8),
    CASES[2].question: declined(),
}
BAD = {
    **GOOD,
    CASES[1].question: answered("提高0.6个百分点", cite(INTENSITY, shift=1), confidence=0.8),
    CASES[2].question: answered("<img src=x onerror=alert(1)>\x07 & 9家", confidence=0.1),
}


def run(script=BAD, cases=CASES):
    return evaluate(ScriptedAssistant(dict(script)), cases, name="<b>set</b>", about={"machine": "m"})


@pytest.fixture
def baseline(tmp_path):
    path = tmp_path / "old.json"
    write_json(path, run(GOOD))
    return read_baseline(path)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.references = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.references += [
            value for name, value in attributes if name in ("src", "href", "action", "onerror")
        ]


def test_the_html_needs_nothing_and_runs_nothing(tmp_path):
    write_html(tmp_path / "report.html", run())
    text = (tmp_path / "report.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.references == []
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "url(" not in text
    assert "&lt;b&gt;set&lt;/b&gt;" in text


def test_the_html_shows_every_miss_with_its_parts(baseline):
    text = report_html(compare(run(), baseline))
    for shown in (
        "提高0.6个百分点",
        "0.5个百分点",
        INTENSITY,
        "chosen but wrong span",
        "0.6个百分点",
        "lost",
    ):
        assert shown in text
    assert text.count('<article class="miss"') == 2
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    for stage in re.findall(r'data-stage="(\w+)"', text):
        assert f"#only-{stage}:checked" in text


def test_a_run_without_misses_says_so():
    text = report_html(run(GOOD))
    assert "every case is right" in text
    assert '<article class="miss"' not in text
    assert "lost at" not in summary_text(run(GOOD))


def test_the_risk_plot_keeps_its_line_inside():
    plot = risk_plot(run().risk)
    points = re.findall(r"(-?\d+\.\d),(-?\d+\.\d)", plot)
    assert len(points) >= 3
    assert all(0 <= float(x) <= 560 and 0 <= float(y) <= 350 for x, y in points)
    assert "svg" in risk_plot(())


def test_json_says_what_was_measured():
    report = evaluation_json(run())
    assert json.loads(json.dumps(report)) == report
    assert report["summary"]["figures"]["answer_ok"] == pytest.approx(1 / 3, abs=1e-4)
    assert report["summary"]["figures"]["wrong_figures"] == 2
    digit = report["cases"][1]
    assert (digit["ok"], digit["wrong_figures"], digit["stage"]) == (
        False,
        ["0.6个百分点"],
        "chosen_but_wrong_span",
    )
    assert digit["evidence_ranks"] == [{"rank": 2, "dense": 2, "lexical": 2}]
    assert set(report["by_type"]) == {"fact", "other"}
    assert set(report["by_language"]) == {"en", "zh"}


def test_the_same_run_gives_the_same_report():
    def timeless(evaluation):
        report = evaluation_json(evaluation)
        del report["when"]
        for part in (report["summary"], *report["by_type"].values(), *report["by_language"].values()):
            part["figures"] = {k: v for k, v in part["figures"].items() if not k.endswith("_ms")}
        for case in report["cases"]:
            del case["ms"]
        return report

    assert timeless(run()) == timeless(run())


def test_junit_fails_the_cases_that_mislead():
    root = ElementTree.fromstring(junit_xml(run()))
    suite = root.find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["digit 提高多少?", "trap <script>alert(1)</script>?"]
    assert "wrong figure: 0.6个百分点" in suite[1].find("failure").text
    assert "\x07" not in junit_xml(run())


def test_a_lost_hedge_is_told_in_junit_but_fails_nothing():
    script = {**GOOD, CASES[0].question: answered("突破2000亿元", cite(CONTRACT))}
    suite = ElementTree.fromstring(junit_xml(run(script))).find("testsuite")
    assert suite.get("failures") == "0"
    assert "qualifier" in suite[0].find("system-out").text


def test_comparison_with_a_baseline(baseline):
    comparison = compare(run(), baseline).comparison
    assert (comparison.shared, comparison.won, comparison.lost) == (3, (), ("digit", "trap"))
    changes = {change.name: change for change in comparison.changes}
    assert changes["answer_ok"].delta == pytest.approx(-2 / 3)
    assert changes["answer_ok"].p_value == pytest.approx(0.5)  # 2 of 2 one way: 2/2^2
    assert changes["wrong_figures"].p_value is None
    assert changes["wrong_figures"].delta == 2


def test_only_cases_that_both_have_are_compared(baseline):
    extra = replace(CASES[0], id="extra")
    comparison = compare(run(GOOD, [CASES[0], extra]), baseline).comparison
    assert (comparison.shared, comparison.added, comparison.removed) == (1, ("extra",), ("digit", "trap"))
    assert {change.name: change.delta for change in comparison.changes}["answer_ok"] == 0.0


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "is no JSON"), ("{}", "no report of this format"), (None, "cannot be read")],
)
def test_a_baseline_that_is_none(tmp_path, content, told):
    path = tmp_path / "old.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(CaseFileError, match=told):
        read_baseline(path)


def test_a_baseline_that_was_changed_by_hand(tmp_path):
    path = tmp_path / "old.json"
    write_json(path, run(GOOD))
    report = json.loads(path.read_text("utf-8"))
    del report["cases"][0]["values"]
    path.write_text(json.dumps(report), "utf-8")
    with pytest.raises(CaseFileError, match="changed by hand"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("expression", "failed"),
    [
        ("wrong_figures>0", True),
        ("wrong_figures>2", False),
        ("answer_ok<0.9", True),
        ("answer_ok<-0.01", True),
        ("answer_ok<-0.9", False),
        ("wrong_figures>+1", True),
        ("answer_ok<0.1, wrong_figures>=2", True),
        ("hit@1 < 0.1", False),
    ],
)
def test_gates(baseline, expression, failed):
    assert bool(failed_gates(compare(run(), baseline), parse_gates(expression))) is failed


def test_gates_that_cannot_be_understood_say_so():
    for expression in ("", "answer_ok", "answer_ok<", "answer_ok=<1", "wrong_figures>0;answer_ok<1"):
        with pytest.raises(GateError, match="is no condition"):
            parse_gates(expression)
    with pytest.raises(GateError, match="was not measured"):
        failed_gates(run(), parse_gates("beauty<1"))
    with pytest.raises(GateError, match="no baseline"):
        failed_gates(run(), parse_gates("answer_ok<-0.01"))


def test_the_terminal_shows_figures_and_misses(baseline):
    text = summary_text(compare(run(), baseline))
    assert "answer_ok            0.333" in text
    assert "-0.667" in text
    assert "wrong figures: 0.6个百分点" in text
    assert "lost" in text
    assert "… and 1 more" in summary_text(run(), most=1)
