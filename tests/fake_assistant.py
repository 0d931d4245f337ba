"""An Assistant over a few documents in memory, for tests of what stands around it.

It answers with the first sentence that shares two characters in a row with the question, and keeps to the
groups of its filter; good enough to see what a caller is shown.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.assistant import Assistant
from assistant.errors import QuestionError, SettingsError
from assistant.model import AddReport, Answer, Citation, CitedIndicator, Reason, Status, Verdict, Verification
from documents.fingerprint import READING
from documents.model import Document, Indicator, IndicatorKind, Part, Passage, Section, Span
from documents.reading import read_bytes
from index.errors import UnknownDocumentError
from index.model import ArmScore, DocumentRecord, Hit

TEXT = "郑州市科技局介绍,力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元。会议由李明主持。"
CLAUSE = Span(TEXT.index("力争"), TEXT.index("。"))


def make_document(document_id="plan", text=TEXT, title="科技创新计划"):
    body = Span(0, len(text))
    section = Section(0, 0, body, body, title, None, byline="本报记者 王芳")
    return Document(document_id, title, text, (section,), f"{document_id}.txt")


def make_indicator(document):
    start = document.text.find("2030年突破2000亿元")
    if start < 0:
        return None
    name_at = document.text.index("技术合同成交额")
    hedge_at = document.text.index("力争")
    return Indicator(
        id=f"{document.id}-1",
        document_id=document.id,
        passage_id=f"{document.id}-p",
        section=0,
        name="技术合同成交额",
        subject="郑州市",
        period="2030",
        value="2000",
        unit="亿元",
        normalized=2e11,
        comparator="突破",
        hedge="力争",
        kind=IndicatorKind.TARGET,
        flow=False,
        clause=Span(hedge_at, start + 13),
        value_span=Span(start + 7, start + 13),
        parts={
            "name": Part("技术合同成交额", Span(name_at, name_at + 7), inherited=True),
            "hedge": Part("力争", Span(hedge_at, hedge_at + 2), inherited=True),
            "period": Part("2030年", Span(start, start + 5)),
        },
        base_unit="元",
    )


class FakeAssistant(Assistant):
    def __init__(self, documents=(), groups=None):
        self.held = {document.id: document for document in documents}
        self.groups = dict(groups or {})
        self.asked = []
        self.readings = {}

    def _seen(self, filters):
        allowed = filters.groups if filters else None
        wanted = filters.document_ids if filters else None
        return [
            document
            for document in self.held.values()
            if (wanted is None or document.id in wanted)
            and (allowed is None or not self.groups.get(document.id) or self.groups[document.id] & allowed)
        ]

    def ask(self, question, history=(), *, as_of=None, filters=None, top_k=10):
        self.asked.append((question, tuple(history), as_of, filters))
        if not question.strip():
            raise QuestionError("The question is empty. Ask something.")
        if len(question) > 2000:
            raise QuestionError(
                f"The question has {len(question)} characters; at most 2000 are read. Shorten it."
            )
        if as_of is not None and as_of[:2] != "20":
            raise SettingsError(f"{as_of!r} is no date. Give one such as 2025-06-30.")
        hits = self.search(question, filters=filters)
        language = "zh" if any("一" <= c <= "鿿" for c in question) else "en"
        if not hits:
            reason = Reason.SUBJECT_NOT_COVERED
            return Answer(
                question, language, Status.NOT_FOUND, reason, "文件中没有提到。", nearest=("最近的内容",)
            )
        document = self.held[hits[0].passage.document_id]
        row = make_indicator(document)
        span = row.clause if row else Span(0, len(document.text))
        citation = Citation(
            1,
            document.id,
            document.revision,
            document.title,
            document.title,
            "本报记者 王芳",
            None,
            *span,
            span.of(document.text),
        )
        cited = (CitedIndicator(row, 1),) if row else ()
        text = "突破2000亿元(力争)" if row else document.text
        return Answer(question, language, Status.ANSWERED, None, text, (citation,), cited, took_ms=1.234)

    def search(self, query, *, top_k=10, filters=None):
        if not query.strip():
            raise QuestionError("The query is empty. Search for something.")
        pairs = {query[i : i + 2] for i in range(len(query) - 1)}
        hits = []
        for document in self._seen(filters):
            if any(pair in document.text for pair in pairs):
                span = Span(0, len(document.text))
                passage = Passage(f"{document.id}-p", document.id, 0, span, document.text, document.title)
                hits.append(Hit(passage, 0.5, len(hits) + 1, {"lexical": ArmScore(3.25, len(hits) + 1)}))
        return hits[:top_k]

    def add(self, paths, *, groups=frozenset()):
        reports = []
        for path in map(Path, paths):
            if not path.is_file():
                reports.append(
                    AddReport(str(path), "failed", error=f"{path} does not exist. Check the path.")
                )
                continue
            try:
                text = path.read_text("utf-8")
            except UnicodeDecodeError:
                reports.append(AddReport(str(path), "failed", error=f"{path} is no text. Save it as UTF-8."))
                continue
            if not text.strip():
                reports.append(
                    AddReport(str(path), "failed", error=f"{path} is empty. Add a file with text.")
                )
                continue
            state = "updated" if path.stem in self.held else "added"
            self.held[path.stem] = make_document(path.stem, text, path.stem)
            self.groups[path.stem] = frozenset(groups)
            reports.append(AddReport(str(path), state, path.stem, passages=1))
        return reports

    def add_upload(self, name, data, *, source_key, groups=frozenset()):
        document = read_bytes(name, data, source_key=source_key)
        state = "updated" if document.id in self.held else "added"
        self.held[document.id], self.groups[document.id] = document, frozenset(groups)
        return AddReport(name, state, document.id, passages=1)

    def remove(self, document_ids):
        for document_id in document_ids:
            self.document(document_id)
        for document_id in document_ids:
            del self.held[document_id]
        return list(document_ids)

    def documents(self, *, filters=None):
        return [
            DocumentRecord(
                document.id,
                document.title,
                document.source,
                document.revision,
                document.date,
                self.groups.get(document.id, frozenset()),
                1,
                1 if make_indicator(document) else 0,
                len(document.text),
                datetime(2026, 1, 2, tzinfo=UTC),
                reading=self.readings.get(document.id, READING),
            )
            for document in self._seen(filters)
        ]

    def document(self, document_id, *, filters=None):
        for document in self._seen(filters):
            if document.id == document_id:
                return document
        raise UnknownDocumentError(f"There is no document {document_id!r}. `assistant list` names them all.")

    def indicators(self, *, subject=None, year=None, filters=None):
        rows = [make_indicator(document) for document in self._seen(filters)]
        return [
            row for row in rows if row and subject in (None, row.subject) and year in (None, int(row.period))
        ]

    def verify(self, citations, *, filters=None):
        seen = {document.id: document for document in self._seen(filters)}
        verdicts = []
        for citation in citations:
            document = seen.get(citation.document_id)
            if document is None:
                verdicts.append(Verification(Verdict.NOT_FOUND, "no such document", citation.document_id))
            elif document.text[citation.start : citation.end] == citation.quote:
                found = Verification(Verdict.FOUND, "as cited", document.id)
                verdicts.append(replace(found, start=citation.start, end=citation.end))
            else:
                verdicts.append(Verification(Verdict.ALTERED, "the text differs", document.id))
        return verdicts
