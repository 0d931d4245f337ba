"""`/v1/verify` and `/v1/feedback`."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from assistant.api.access import Asker
from assistant.api.examples import VERIFICATION
from assistant.api.portal import Here
from assistant.api.problems import CITATION_INVALID, FEEDBACK_INVALID, INVALID_REQUEST, ProblemError
from assistant.api.responses import AcceptedOut, VerifyOut, describe
from assistant.api.routes.shared import ASKING_PROBLEMS, json_response
from assistant.api.schemas import FeedbackIn, VerifyIn
from assistant.feedback import Feedback, add_feedback
from assistant.folders import feedback_file
from assistant.wire import verifications_json

router = APIRouter(prefix="/v1", tags=["checking"])


@router.post(
    "/verify",
    summary="Check citations",
    response_model=VerifyOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST, CITATION_INVALID),
        200: {"content": {"application/json": {"example": VERIFICATION}}},
    },
)
async def verify(body: VerifyIn, caller: Asker, portal: Here) -> Response:
    """Check citations against the documents as they are now: found, moved, altered, not_found or superseded.

    A document that the caller may not see is not_found, exactly like one that there is not.
    """
    most = portal.settings.limits.citations
    if len(body.citations) > most:
        raise ProblemError(
            CITATION_INVALID, f"There are {len(body.citations)} citations. Send at most {most} at once."
        )
    citations = [item.citation() for item in body.citations]
    verdicts = await portal.work(lambda: portal.assistant.verify(citations, filters=caller.filters()))
    portal.record("verify", caller, {"verdicts": [verdict.verdict.value for verdict in verdicts]})
    return json_response(verifications_json(citations, verdicts))


@router.post(
    "/feedback",
    summary="Say what an answer was worth",
    status_code=201,
    response_model=AcceptedOut,
    responses={
        **describe(*ASKING_PROBLEMS, INVALID_REQUEST, FEEDBACK_INVALID),
        201: {"content": {"application/json": {"example": {"accepted": True}}}},
    },
)
async def feedback(body: FeedbackIn, caller: Asker, portal: Here) -> Response:
    """Keep a thumb up or down, with a correction, for the next evaluation. It is shown to nobody else."""
    given = Feedback(
        question=body.question,
        verdict=body.verdict,
        answer=body.answer,
        reason=body.reason,
        correction=body.correction,
        citations=tuple(body.citations),
        given_by=None if caller.kind == "local" else caller.owner,
    )
    await portal.work(lambda: add_feedback(feedback_file(portal.settings), given))
    portal.record("feedback", caller, {"verdict": body.verdict})
    return json_response({"accepted": True}, 201)
