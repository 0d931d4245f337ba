"""An assistant that answers from a script, so that each fault can be planted and must be seen."""

from datetime import UTC, datetime

from assistant.model import Answer, Citation, Reason, Status
from documents.model import Document, Passage, Section, Span
from index.model import ArmScore, DocumentRecord, Hit

TEXT = (
    "松湖市科技局介绍,力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元。"
    "到2030年,建设5家左右重点实验室,研发投入强度由3%提高到3.5%,提高0.5个百分点。会议由李明主持。"
)
CONTRACT = "力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元"
INTENSITY = "研发投入强度由3%提高到3.5%,提高0.5个百分点"
LABS = "到2030年,建设5家左右重点实验室"


def document(text=TEXT, document_id="plan"):
    whole = Span(0, len(text))
    return Document(
        document_id, "科技计划", text, (Section(0, 0, whole, whole, "科技计划", None),), "plan.txt"
    )


def cite(quote, doc=None, shift=0):
    doc = doc or document()
    start = doc.text.index(quote) + shift
    end = start + len(quote)
    return Citation(1, doc.id, doc.revision, doc.title, doc.title, None, None, start, end, quote)


def answered(text, *citations, **more):
    return Answer("", "zh", Status.ANSWERED, None, text, tuple(citations), **more)


def declined(text="文件中没有提到。", reason=Reason.ATTRIBUTE_NOT_STATED, **more):
    return Answer("", "zh", Status.NOT_FOUND, reason, text, **more)


class ScriptedAssistant:
    """`script` maps a question to an answer, or to a list of answers that are given in turn."""

    def __init__(self, script, documents=None):
        self.script = script
        self.held = {doc.id: doc for doc in (documents or [document()])}
        self.asked = []

    def ask(self, question, history=(), *, as_of=None, filters=None, top_k=10):
        self.asked.append((question, tuple(history)))
        answer = self.script[question]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def search(self, query, *, top_k=10, filters=None):
        """One passage a sentence, in the order of the texts; the lexical arm has it the other way round."""
        passages = []
        for doc in self.held.values():
            start = 0
            for sentence in (part for part in doc.text.split("。") if part):
                span = Span(start, start + len(sentence) + 1)
                passages.append(Passage(f"{doc.id}-{start}", doc.id, 0, span, span.of(doc.text), doc.title))
                start = span.end
        hits = []
        for rank, passage in enumerate(passages, 1):
            below = len(passages) - rank + 1
            arms = {"dense": ArmScore(1 / rank, rank), "lexical": ArmScore(1 / below, below)}
            hits.append(Hit(passage, 1 / rank, rank, arms))
        return hits[:top_k]

    def documents(self, *, filters=None):
        when = datetime(2026, 1, 1, tzinfo=UTC)
        return [
            DocumentRecord(
                doc.id, doc.title, doc.source, doc.revision, None, frozenset(), 2, 0, len(doc.text), when
            )
            for doc in self.held.values()
        ]

    def document(self, document_id, *, filters=None):
        return self.held[document_id]
