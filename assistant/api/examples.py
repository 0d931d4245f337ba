"""Examples for OpenAPI, in the words of the sample documents; a test reads them with the response models."""

from __future__ import annotations

from assistant.wire import Json

_REVISION = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

CITATION: Json = {
    "marker": 1,
    "document_id": "tech-plan-1a2b3c4d",
    "revision": _REVISION,
    "title": "科技创新计划",
    "section": "科技创新计划",
    "byline": "本报记者 王芳",
    "page": None,
    "start": 120,
    "end": 156,
    "quote": "力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元",
}
FIGURE: Json = {
    "name": "技术合同成交额",
    "subject": "郑州市",
    "period": "2030",
    "value": "2000",
    "unit": "亿元",
    "normalized": 200000000000,
    "base_unit": "元",
    "comparator": "突破",
    "hedge": "力争",
    "kind": "target",
    "flow": False,
    "by_period": False,
    "speaker": None,
    "body": "市科技局",
    "value_span": [150, 156],
    "inherited": {"name": [127, 134], "hedge": [120, 122]},
}
CITED_FIGURE: Json = {**FIGURE, "citation": 1}
LEDGER_FIGURE: Json = {
    "id": "tech-plan-1a2b3c4d:7",
    **FIGURE,
    "document_id": "tech-plan-1a2b3c4d",
    "passage_id": "tech-plan-1a2b3c4d:3",
    "section": 0,
    "start": 120,
    "end": 156,
    "quote": CITATION["quote"],
}
ANSWER: Json = {
    "question": "2030年技术合同成交额的目标是多少?",
    "language": "zh",
    "status": "answered",
    "reason": None,
    "answer": "力争突破2000亿元",
    "citations": [CITATION],
    "indicators": [CITED_FIGURE],
    "nearest": [],
    "confidence": 0.97,
    "method": "ledger",
    "took_ms": 4.2,
}
HIT: Json = {
    "rank": 1,
    "score": 1.42,
    "document_id": "tech-plan-1a2b3c4d",
    "passage_id": "tech-plan-1a2b3c4d:3",
    "section": 0,
    "start": 120,
    "end": 157,
    "text": "力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元。",
    "context": "科技创新计划",
    "arms": {"dense": {"score": 0.81, "rank": 1}, "lexical": {"score": 21.3, "rank": 2}},
}
VERDICT: Json = {
    "marker": 1,
    "document_id": "tech-plan-1a2b3c4d",
    "quote": CITATION["quote"],
    "verdict": "found",
    "why": "The text stands where it was cited.",
    "start": 120,
    "end": 156,
}
VERIFICATION: Json = {
    "results": [VERDICT],
    "counts": {"found": 1, "moved": 0, "altered": 0, "not_found": 0, "superseded": 0},
}
RECORD: Json = {
    "id": "tech-plan-1a2b3c4d",
    "title": "科技创新计划",
    "source": "tech-plan.txt",
    "revision": _REVISION,
    "date": "2025-03-01",
    "groups": [],
    "passages": 12,
    "indicators": 9,
    "characters": 3120,
    "added_at": "2026-01-02T03:04:05+00:00",
    "superseded_by": None,
    "reading": "current",
}
DOCUMENT: Json = {
    "id": "tech-plan-1a2b3c4d",
    "title": "科技创新计划",
    "revision": _REVISION,
    "source": "tech-plan.txt",
    "date": "2025-03-01",
    "number": None,
    "issuer": None,
    "place": "郑州市",
    "pages": 0,
    "characters": 3120,
    "notes": [],
    "sections": [
        {
            "index": 0,
            "level": 0,
            "parent": None,
            "title": "科技创新计划",
            "subtitle": None,
            "byline": "本报记者 王芳",
            "author": "王芳",
            "speaker": None,
            "start": 0,
            "end": 3120,
        }
    ],
}
TEXT: Json = {
    "document_id": "tech-plan-1a2b3c4d",
    "revision": _REVISION,
    "start": 147,
    "end": 156,
    "characters": 3120,
    "text": "突破2000亿元",
}
JOB: Json = {
    "id": "5f0c2e1d9a8b7c6d5e4f3a2b",
    "kind": "add",
    "state": "done",
    "name": "tech-plan.txt",
    "document_id": "tech-plan-1a2b3c4d",
    "created_at": "2026-01-02T03:04:05.678+00:00",
    "finished_at": "2026-01-02T03:04:06.012+00:00",
    "result": {"path": "tech-plan.txt", "state": "added", "passages": 12, "indicators": 9, "notes": []},
    "problem": None,
}
MODEL: Json = {
    "id": "policy-assistant",
    "object": "model",
    "created": 1735689600,
    "owned_by": "policy-assistant",
}
