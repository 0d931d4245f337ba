"""An evaluation as JUnit XML, the form in which CI systems show single tests and their failures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from assistant.evaluation.model import CaseResult, Evaluation, Fault

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

# Losing a qualifier or a citation is told but does not fail a test: the contract's verdict does, and what
# misleads.
_FAILING = frozenset({Fault.ANSWER, Fault.WRONG_FIGURE, Fault.QUOTE, Fault.UNSTABLE})


def junit_xml(evaluation: Evaluation) -> str:
    """Return one test suite; a case fails when its answer is wrong, misleads, misquotes or varies."""
    failing = [result for result in evaluation.results if _FAILING & set(result.faults)]
    seconds = sum(result.outcome.ms or 0.0 for result in evaluation.results) / 1000
    suite = ElementTree.Element(
        "testsuite",
        name=_clean(evaluation.name),
        tests=str(len(evaluation.results)),
        failures=str(len(failing)),
        errors="0",
        time=f"{seconds:.3f}",
        timestamp=evaluation.when,
    )
    for result in evaluation.results:
        suite.append(_test_case(result, failed=result in failing))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _test_case(result: CaseResult, *, failed: bool) -> ElementTree.Element:
    case, outcome = result.case, result.outcome
    element = ElementTree.Element(
        "testcase",
        classname=_clean(case.type),
        name=_clean(f"{case.id} {case.question}"),
        time=f"{(outcome.ms or 0.0) / 1000:.4f}",
    )
    told = "\n".join(
        [
            f"answer: {outcome.answer}",
            f"expected: {'; '.join(' | '.join(group) for group in case.must_include) or case.behavior.value}",
            *(f"quote: {quote.text}" for quote in outcome.quotes),
            *(f"wrong figure: {figure}" for figure in result.wrong_figures),
            *(f"inexact: {why}" for why in result.bad_quotes),
        ]
    )
    faults = ", ".join(fault.value for fault in result.faults)
    if failed:
        message = f"{faults} ({result.stage.value})" if result.stage else faults
        failure = ElementTree.SubElement(element, "failure", message=_clean(message))
        failure.set("type", result.faults[0].value)
        failure.text = _clean(told)
    elif result.faults:
        ElementTree.SubElement(element, "system-out").text = _clean(f"{faults}\n{told}")
    return element


def _clean(text: str) -> str:
    """Drop the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def write_junit(path: Path, evaluation: Evaluation) -> None:
    """Write the test suite as UTF-8."""
    path.write_text(junit_xml(evaluation), encoding="utf-8")
