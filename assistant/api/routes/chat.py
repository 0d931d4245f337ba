"""`/v1/chat/completions` and `/v1/models`: the OpenAI interface, for existing chat programs."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.sse import format_sse_event
from starlette.responses import Response

from assistant.api.access import Asker
from assistant.api.events import EVENT_STREAM, event, stream
from assistant.api.examples import ANSWER, MODEL
from assistant.api.portal import Here
from assistant.api.problems import HISTORY_INVALID, INVALID_REQUEST, NOT_FOUND, QUESTION_INVALID, ProblemError
from assistant.api.requests import request_id
from assistant.api.responses import ChatOut, ModelOut, ModelsOut, describe
from assistant.api.routes.shared import ASKING_PROBLEMS, COMMON_PROBLEMS, json_response
from assistant.api.schemas import ChatIn
from assistant.model import Answer
from assistant.wire import Json, answer_json

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

NAME = "policy-assistant"
_PIECE = re.compile(r".{1,24}", re.DOTALL)
# Markdown that a chat program would turn into a link, a picture or HTML; quotes are text.
_LINK = re.compile(r"\[(?=[^\]\n]*\]\()")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")

_EXAMPLE: Json = {
    "id": "chatcmpl-0f8fad5bd9cb469fa165708867285a8d",
    "object": "chat.completion",
    "created": 1767323045,
    "model": NAME,
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": "力争突破2000亿元 [1]",
                "refusal": None,
                "annotations": [],
            },
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 20, "completion_tokens": 14, "total_tokens": 34},
    "policy_assistant": ANSWER,
}


@router.post(
    "/chat/completions",
    summary="Chat as with OpenAI",
    response_model=ChatOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST, QUESTION_INVALID, HISTORY_INVALID),
        200: {
            "description": "A completion, or its chunks as events with `stream`",
            "content": {
                "application/json": {"example": _EXAMPLE},
                "text/event-stream": EVENT_STREAM,
            },
        },
    },
)
async def chat(body: ChatIn, request: Request, caller: Asker, portal: Here) -> Response:
    """Answer the last user message; the whole checked answer stands in `policy_assistant`.

    Citations are `url_citation` annotations on their markers, whose address reads the cited span. Tokens are
    counted as code points. Fields that steer a language model are ignored: there is none.
    """
    question, turns = body.question_and_history()
    turns = turns[-portal.settings.limits.history_turns :] if portal.settings.limits.history_turns else []
    answer = await portal.work(lambda: portal.assistant.ask(question, turns, filters=caller.filters()))
    portal.record_answer(caller, answer)
    base = portal.settings.server.public_url or str(request.base_url)
    content, annotations = chat_content(answer, base.rstrip("/"))
    asked = sum(len(message.text) for message in body.messages)
    usage = {"prompt_tokens": asked, "completion_tokens": len(content), "total_tokens": asked + len(content)}
    head: Json = {"id": f"chatcmpl-{request_id()}", "created": int(time.time()), "model": body.model}
    if body.stream:
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        return stream(_chunks(head, content, annotations, answer, usage if with_usage else None))
    message = {"role": "assistant", "content": content, "refusal": None, "annotations": annotations}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return json_response(
        {
            **head,
            "object": "chat.completion",
            "choices": [choice],
            "usage": usage,
            "policy_assistant": answer_json(answer),
        }
    )


@router.get(
    "/models",
    summary="List models",
    response_model=ModelsOut,
    responses={
        **describe(*COMMON_PROBLEMS),
        200: {"content": {"application/json": {"example": {"object": "list", "data": [MODEL]}}}},
    },
)
async def models(caller: Asker) -> Response:
    """List the one model that chat programs may choose."""
    return json_response({"object": "list", "data": [MODEL]})


@router.get(
    "/models/{model}",
    summary="Show a model",
    response_model=ModelOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST, NOT_FOUND),
        200: {"content": {"application/json": {"example": MODEL}}},
    },
)
async def model(model: str, caller: Asker) -> Response:
    """Show the one model."""
    if model != NAME:
        raise ProblemError(NOT_FOUND, f"There is one model here, {NAME}.")
    return json_response(MODEL)


def chat_content(answer: Answer, base: str) -> tuple[str, list[Json]]:
    """Return the answer with its sources as Markdown, and the annotations of its markers."""
    marks = " ".join(f"[{citation.marker}]" for citation in answer.citations)
    text = _as_text(answer.answer) + (f" {marks}" if marks else "")
    annotations: list[Json] = []
    place = len(text) - len(marks)
    for citation in answer.citations:
        mark = f"[{citation.marker}]"
        span = f"start={citation.start}&end={citation.end}"
        annotations.append(
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": place,
                    "end_index": place + len(mark),
                    "title": " · ".join(dict.fromkeys((citation.title, citation.section))),
                    "url": f"{base}/v1/documents/{quote(citation.document_id, safe='')}/text?{span}",
                },
            }
        )
        place += len(mark) + 1
    for citation in answer.citations:
        source = " · ".join(dict.fromkeys(filter(None, (citation.title, citation.section, citation.byline))))
        text += f"\n\n[{citation.marker}] {_as_text(source)}: “{_as_text(citation.quote)}”"
    if answer.status.value != "answered":
        text += "".join(f"\n\n- {_as_text(fact)}" for fact in answer.nearest)
    return text, annotations


def _as_text(text: str) -> str:
    return _TAG.sub(r"\<", _LINK.sub(r"\[", text))


async def _chunks(
    head: Json, content: str, annotations: list[Json], answer: Answer, usage: dict[str, int] | None
) -> AsyncIterator[bytes]:
    """Send the completion as OpenAI's chunks."""

    def chunk(delta: Json, finish: str | None = None, **extra: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event(None, {**head, "object": "chat.completion.chunk", "choices": [choice], **extra})

    yield chunk({"role": "assistant", "content": ""})
    for piece in _PIECE.findall(content):
        yield chunk({"content": piece})
    yield chunk({"annotations": annotations}, "stop", policy_assistant=answer_json(answer))
    if usage is not None:
        yield event(None, {**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})
    yield format_sse_event(data_str="[DONE]")
