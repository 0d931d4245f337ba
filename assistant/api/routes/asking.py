"""`/v1/ask`, `/v1/ask/batch`, `/v1/search`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.access import Asker, Caller
from assistant.api.events import EVENT_STREAM, event, stream, wants_events
from assistant.api.examples import ANSWER, HIT
from assistant.api.portal import Here, Portal
from assistant.api.problems import (
    HISTORY_INVALID,
    INVALID_REQUEST,
    QUESTION_INVALID,
    ProblemError,
    problem_json,
    problem_of,
)
from assistant.api.responses import AnswerOut, BatchOut, SearchOut, describe
from assistant.api.routes.shared import ASKING_PROBLEMS, json_response
from assistant.api.schemas import AskIn, BatchIn, FiltersIn, SearchIn
from assistant.model import Answer
from assistant.wire import Json, answer_json, hit_json
from documents.errors import PolicyAssistantError
from index.model import SearchFilter

router = APIRouter(prefix="/v1", tags=["asking"])


@router.post(
    "/ask",
    summary="Ask a question",
    response_model=AnswerOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST, QUESTION_INVALID, HISTORY_INVALID),
        200: {
            "description": "A checked answer or an honest decline; with `Accept: text/event-stream` the "
            "events searching, found, answer and done, the last of which carries the whole answer",
            "content": {
                "application/json": {"example": ANSWER},
                "text/event-stream": EVENT_STREAM,
            },
        },
    },
)
async def ask(body: AskIn, request: Request, caller: Asker, portal: Here) -> Response:
    """Answer one question from the documents that the caller may see."""
    if wants_events(request):
        check(portal, body)
        return stream(_ask_events(portal, caller, body))
    return json_response(answer_json(await answer(portal, caller, body)))


@router.post(
    "/ask/batch",
    summary="Ask several questions",
    response_model=BatchOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST),
        200: {
            "content": {"application/json": {"example": {"answers": [{"answer": ANSWER, "problem": None}]}}}
        },
    },
)
async def ask_batch(body: BatchIn, request: Request, caller: Asker, portal: Here) -> Response:
    """Answer up to 100 questions; one that cannot be asked does not stop the others."""
    most = portal.settings.limits.batch_questions
    if len(body.questions) > most:
        raise ProblemError(
            INVALID_REQUEST, f"There are {len(body.questions)} questions. Send at most {most} at once."
        )
    if len(body.questions) > 1:
        request.scope["rate_limit"] = portal.limiter.count(caller, len(body.questions) - 1)
    return json_response({"answers": [await _batch_item(portal, caller, item) for item in body.questions]})


@router.post(
    "/search",
    summary="Search passages",
    response_model=SearchOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST, QUESTION_INVALID),
        200: {"content": {"application/json": {"example": {"query": "技术合同成交额", "hits": [HIT]}}}},
    },
)
async def search(body: SearchIn, caller: Asker, portal: Here) -> Response:
    """Find the passages that fit a query, best first."""
    filters = filters_of(caller, body.filters)
    hits = await portal.work(lambda: portal.assistant.search(body.query, top_k=body.top_k, filters=filters))
    portal.record("search", caller, {"passages": [hit.passage.id for hit in hits]})
    return json_response({"query": body.query, "hits": [hit_json(hit) for hit in hits]})


def filters_of(caller: Caller, wanted: FiltersIn | None) -> SearchFilter:
    """Return what the caller may see, narrowed to what they want to see."""
    return caller.filters(wanted.document_ids if wanted else None)


async def answer(portal: Portal, caller: Caller, body: AskIn) -> Answer:
    """Ask on the caller's behalf and record it."""
    check(portal, body)
    filters = filters_of(caller, body.filters)
    turns = [turn.turn() for turn in body.history]
    as_of = body.as_of.isoformat() if body.as_of else None
    found = await portal.work(
        lambda: portal.assistant.ask(body.question, turns, as_of=as_of, filters=filters, top_k=body.top_k)
    )
    portal.record_answer(caller, found)
    return found


def check(portal: Portal, body: AskIn) -> None:
    """Refuse a history that is longer than the settings allow."""
    most = portal.settings.limits.history_turns
    if len(body.history) > most:
        raise ProblemError(
            HISTORY_INVALID, f"The history has {len(body.history)} turns. Send the last {most}."
        )


async def _batch_item(portal: Portal, caller: Caller, body: AskIn) -> Json:
    try:
        return {"answer": answer_json(await answer(portal, caller, body)), "problem": None}
    except ProblemError as error:
        return {"answer": None, "problem": problem_json(error.problem, error.detail, error.errors)}
    except PolicyAssistantError as error:
        return {"answer": None, "problem": problem_json(*problem_of(error))}


async def _ask_events(portal: Portal, caller: Caller, body: AskIn) -> AsyncIterator[bytes]:
    """Tell what is found while the answer is made; a problem on the way is the last event."""
    yield event("searching", {"question": body.question})
    try:
        filters = filters_of(caller, body.filters)
        hits = await portal.work(
            lambda: portal.assistant.search(body.question, top_k=body.top_k, filters=filters)
        )
        yield event("found", {"hits": [hit_json(hit) for hit in hits]})
        found = await answer(portal, caller, body)
        yield event("answer", {"answer": found.answer, "status": found.status.value})
        yield event("done", answer_json(found))
    except ProblemError as error:
        yield event("problem", problem_json(error.problem, error.detail, error.errors))
    except PolicyAssistantError as error:
        yield event("problem", problem_json(*problem_of(error)))
