"""`/v1/indicators`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.api.access import Reader
from assistant.api.examples import LEDGER_FIGURE
from assistant.api.portal import Here
from assistant.api.problems import INVALID_REQUEST
from assistant.api.responses import IndicatorsOut, describe
from assistant.api.routes.shared import COMMON_PROBLEMS, json_response
from assistant.ledger_rows import ledger_rows
from assistant.wire import Json, indicator_json

router = APIRouter(prefix="/v1", tags=["figures"])


@router.get(
    "/indicators",
    summary="List figures",
    response_model=IndicatorsOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST),
        200: {
            "content": {
                "application/json": {"example": {"indicators": [LEDGER_FIGURE], "total": 1, "offset": 0}}
            }
        },
    },
)
async def indicators(
    caller: Reader,
    portal: Here,
    subject: Annotated[
        str | None, Query(max_length=200, description="City or body", examples=["郑州市"])
    ] = None,
    year: Annotated[int | None, Query(ge=1000, le=9999, examples=[2030])] = None,
    name: Annotated[str | None, Query(max_length=200, description="Part of the figure's name")] = None,
    document_id: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> Response:
    """List the figures and targets that the visible documents state, each with its clause."""
    filters = caller.filters([document_id] if document_id is not None else None)

    def page() -> Json:
        rows = portal.assistant.indicators(subject=subject or None, year=year, filters=filters)
        if name:
            rows = [row for row in rows if name in row.name]
        shown = ledger_rows(portal.assistant, rows[offset : offset + limit], filters)
        return {
            "indicators": [indicator_json(row.indicator, row.quote) for row in shown],
            "total": len(rows),
            "offset": offset,
        }

    return json_response(await portal.work(page))
