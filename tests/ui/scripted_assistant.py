"""A small scripted assistant with the public methods of the real one, over documents kept in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.model import (
    AddReport,
    Answer,
    Citation,
    CitedIndicator,
    Reason,
    Status,
    Verdict,
    Verification,
)
from documents.fingerprint import READING
from documents.model import Document, Indicator, IndicatorKind, Part, Section, Span, Speaker
from index.errors import UnknownDocumentError
from index.model import DocumentRecord, SearchFilter

TITLE = "科技创新与制造强市目标摘编"
FIRST = "把科技成果变成产业——访市科技局党组书记安春茂"
TEXT = (
    f"{FIRST}\n"
    "安春茂说,抓平台要看得见变化。\n"
    "技术交易方面,力争让全市技术合同成交额2025年突破1000亿元,2030年突破2000亿元。研发投入强度2025年达到3%。\n"
    "本报记者 某某\n"
    "奇怪的文字𠮷也要照样显示:<script>document.title='pwned'</script>"
    "<img src=x onerror=\"document.title='pwned'\">[点我](javascript:alert(1))\n"
)
OLD = "旧版目标摘编"
OLD_TEXT = "旧版写明,2030年技术合同成交额突破1800亿元。\n"


def span_of(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def document() -> Document:
    head = span_of(TEXT, FIRST)
    byline = span_of(TEXT, "本报记者 某某")
    section = Section(
        0,
        0,
        Span(0, len(TEXT)),
        Span(head.end + 1, byline.start - 1),
        FIRST,
        head,
        byline="本报记者 某某",
        byline_span=byline,
        author="某某",
        speaker=Speaker("安春茂", "党组书记", "市科技局", span_of(TEXT, "市科技局党组书记安春茂")),
    )
    return Document("goals", TITLE, TEXT, (section,), "goals.md", date(2025, 11, 22), place="郑州市")


def old_document() -> Document:
    section = Section(0, 0, Span(0, len(OLD_TEXT)), Span(0, len(OLD_TEXT)), OLD, None)
    return Document("old", OLD, OLD_TEXT, (section,), "old.txt")


def contract_value(
    period: str, value: str, *, inherited: bool, text: str = TEXT, document_id: str = "goals"
) -> Indicator:
    figure = span_of(text, f"{value}亿元")
    parts = {}
    if inherited:
        parts = {
            "hedge": Part("力争", span_of(text, "力争"), True),
            "name": Part("技术合同成交额", span_of(text, "技术合同成交额"), True),
            "comparator": Part("突破", Span(figure.start - 2, figure.start)),
        }
    clause = Span(figure.start - len(f"{period}年突破"), figure.end)
    return Indicator(
        id=f"{document_id}-{period}-{value}",
        document_id=document_id,
        passage_id="p1",
        section=0,
        name="技术合同成交额",
        subject="郑州市",
        period=period,
        value=value,
        unit="亿元",
        normalized=float(value) * 1e8,
        comparator="突破",
        hedge="力争" if document_id == "goals" else None,
        kind=IndicatorKind.TARGET,
        flow=False,
        clause=clause,
        value_span=figure,
        parts=parts,
        speaker="安春茂" if document_id == "goals" else None,
        body="市科技局" if document_id == "goals" else None,
        base_unit="元",
    )


def intensity() -> Indicator:
    figure = span_of(TEXT, "3%")
    return replace(
        contract_value("2025", "1000", inherited=False),
        id="goals-rd",
        name="研发投入强度",
        value="3",
        unit="%",
        normalized=3.0,
        comparator="达到",
        hedge=None,
        clause=span_of(TEXT, "研发投入强度2025年达到3%"),
        value_span=figure,
        base_unit="%",
    )


def cite(document: Document, span: Span, marker: int = 1) -> Citation:
    return Citation(
        marker,
        document.id,
        document.revision,
        document.title,
        document.sections[0].title,
        document.sections[0].byline,
        None,
        span.start,
        span.end,
        span.of(document.text),
    )


class ScriptedAssistant:
    """Answers about one indicator, declines the rest; `groups` of a document hide it as the real one does."""

    def __init__(self) -> None:
        self.texts = {each.id: each for each in (document(), old_document())}
        self.groups: dict[str, frozenset[str]] = {}
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def _seen(self, filters: SearchFilter | None) -> list[Document]:
        groups = filters.groups if filters else None
        return [
            each
            for each in self.texts.values()
            if groups is None or not self.groups.get(each.id) or self.groups[each.id] & groups
        ]

    def ask(self, question, history=(), *, as_of=None, filters=None, top_k=10) -> Answer:
        self.asked.append((question, tuple(history)))
        language = "en" if question.isascii() or question.startswith("What") else "zh"
        if not any(each.id == "goals" for each in self._seen(filters)):
            return Answer(question, language, Status.NOT_FOUND, Reason.NOT_PERMITTED, "没有依据。")
        goals = self.texts["goals"]
        if "谁" in question:
            citation = cite(goals, span_of(TEXT, "市科技局党组书记安春茂"))
            return Answer(question, language, Status.ANSWERED, None, "安春茂(市科技局党组书记)", (citation,))
        row = contract_value("2030", "2000", inherited=True)
        if "2025" in question:
            row = contract_value("2025", "1000", inherited=False)
        if any(word in question for word in ("成交额", "contract", "2025", "2030")):
            text = f"力争{row.comparator}{row.value}亿元。"
            if language == "en":
                text = "突破2000亿元 (over 200 billion yuan), a target to strive for (力争)"
            return Answer(
                question,
                language,
                Status.ANSWERED,
                None,
                text,
                (cite(goals, row.clause),),
                (CitedIndicator(row, 1),),
                took_ms=4.2,
            )
        return Answer(
            question,
            language,
            Status.NOT_FOUND,
            Reason.ATTRIBUTE_NOT_STATED,
            "文件没有写明这一点。",
            nearest=("2030年技术合同成交额突破2000亿元",),
        )

    def add(self, paths, *, groups=frozenset()) -> list[AddReport]:
        reports = []
        for path in paths:
            text = Path(path).read_text("utf-8")
            if not text.strip():
                reports.append(AddReport(str(path), "failed", error="The file is empty. Give one with text."))
                continue
            made = Document(Path(path).stem, Path(path).stem, text, (), Path(path).name)
            self.texts[made.id] = made
            reports.append(AddReport(str(path), "added", made.id, passages=1))
        return reports

    def remove(self, document_ids) -> list[str]:
        for each in document_ids:
            self.document(each)
            del self.texts[each]
        return list(document_ids)

    def documents(self, *, filters=None) -> list[DocumentRecord]:
        return [
            DocumentRecord(
                each.id,
                each.title,
                each.source,
                each.revision,
                each.date,
                self.groups.get(each.id, frozenset()),
                3,
                sum(row.document_id == each.id for row in self.indicators()),
                len(each.text),
                datetime(2025, 11, 22, tzinfo=UTC),
                "goals" if each.id == "old" else None,
                READING,
            )
            for each in self._seen(filters)
        ]

    def document(self, document_id, *, filters=None) -> Document:
        for each in self._seen(filters):
            if each.id == document_id:
                return each
        raise UnknownDocumentError(f"There is no document {document_id!r}.")

    def indicators(self, *, subject=None, year=None, filters=None) -> list[Indicator]:
        rows = [
            contract_value("2025", "1000", inherited=False),
            contract_value("2030", "2000", inherited=True),
            intensity(),
            contract_value("2030", "1800", inherited=False, text=OLD_TEXT, document_id="old"),
        ]
        seen = {each.id for each in self._seen(filters)}
        return [
            row
            for row in rows
            if row.document_id in seen
            and (subject is None or row.subject == subject)
            and (year is None or row.period == str(year))
        ]

    def verify(self, citations, *, filters=None) -> list[Verification]:
        results = []
        for citation in citations:
            stored = self.document(citation.document_id, filters=filters).text
            same = stored[citation.start : citation.end] == citation.quote
            verdict = Verdict.FOUND if same else Verdict.ALTERED
            results.append(Verification(verdict, "compared", citation.document_id))
        return results
