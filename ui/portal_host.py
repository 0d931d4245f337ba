"""The page's host over the portal's own parts: one set of keys, limits, jobs and records for page and API.

What changes something (uploads, deletions, feedback) goes through the API's own routes inside this process,
with the reader's key, so that no permission is decided a second time.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

import anyio.from_thread
import httpx
from fastapi import FastAPI
from starlette.requests import Request

from assistant.api.access import LOCAL, Caller
from assistant.api.portal import Portal
from assistant.api.problems import ProblemError
from assistant.feedback import Feedback
from assistant.model import AddReport, Answer
from ui.host import PageHost, PageRefusedError, credential_of

_WAIT = {"Prefer": "wait=30"}
_MOST_SECONDS = 600.0


class PortalCalls:
    """Calls of the API inside this process, on behalf of whoever sent a request to the page."""

    def __init__(self, app: FastAPI, portal: Portal) -> None:
        self._app = app
        self._portal = portal

    async def identify(self, request: Request) -> Caller | None:
        """Return who sent `request`, or None for someone who has to sign in."""
        access = self._portal.access
        if not access.needed:
            return LOCAL
        try:
            return await access.caller(credential_of(request))
        except ProblemError:
            return None

    async def accepts(self, credential: str) -> bool:
        """Say whether a key or token is good."""
        try:
            await self._portal.access.caller(credential)
        except ProblemError:
            return False
        return True

    def count(self, request: Request, caller: Caller) -> None:
        """Count a question against the caller's limits."""
        try:
            self._portal.limiter.count(caller)
        except ProblemError as error:
            raise PageRefusedError(str(error.detail), error.problem.slug) from error

    def answered(self, caller: Caller, answer: Answer) -> None:
        """Record an answer as the API does."""
        self._portal.record_answer(caller, answer)

    def record_feedback(self, request: Request, feedback: Feedback) -> None:
        """Keep a thumb with its reason and correction."""
        body = {
            "question": feedback.question,
            "verdict": feedback.verdict,
            "answer": feedback.answer,
            "reason": feedback.reason,
            "correction": feedback.correction,
            "citations": list(feedback.citations),
        }
        self._call(request, "POST", "/v1/feedback", json=body)

    def store_upload(self, request: Request, path: Path, name: str) -> AddReport:
        """Keep and index one file; waits until its job has ended."""
        with path.open("rb") as file:
            sent = self._call(request, "POST", "/v1/documents", files={"file": (name, file)}, headers=_WAIT)
        job = self._ended(request, sent["jobs"][0])
        if job["state"] == "failed":
            raise _refusal(job["problem"] or {})
        result = cast(dict[str, Any], job["result"] or {})
        return AddReport(
            path=name,
            state=str(result.get("state", "added")),
            document_id=job["document_id"],
            passages=int(result.get("passages", 0)),
            indicators=int(result.get("indicators", 0)),
            notes=tuple(result.get("notes", ())),
        )

    def remove_document(self, request: Request, document_id: str) -> None:
        """Remove a document; waits until its job has ended."""
        sent = self._call(request, "DELETE", f"/v1/documents/{document_id}", headers=_WAIT)
        job = self._ended(request, sent["jobs"][0])
        if job["state"] == "failed":
            raise _refusal(job["problem"] or {})

    def _ended(self, request: Request, job: dict[str, Any]) -> dict[str, Any]:
        """Wait for a job that the first answer left running."""
        until = time.monotonic() + _MOST_SECONDS
        while job["state"] not in ("done", "failed") and time.monotonic() < until:
            time.sleep(0.2)
            job = self._call(request, "GET", f"/v1/jobs/{job['id']}")
        return job

    def _call(self, request: Request, method: str, path: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401
        """Call one of the API's routes. Raises `PageRefusedError` with the problem's detail."""
        headers = dict(sent.pop("headers", {}))
        credential = credential_of(request)
        if credential and self._portal.access.needed:
            headers["Authorization"] = f"Bearer {credential}"

        async def call() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1", timeout=_MOST_SECONDS
            ) as client:
                return await client.request(method, path, headers=headers, **sent)

        response = anyio.from_thread.run(call)
        body = cast(dict[str, Any], response.json())
        if response.status_code >= 400:
            raise _refusal(body)
        return body


def _refusal(problem: dict[str, Any]) -> PageRefusedError:
    """Return the error for a problem as the API tells it."""
    detail = str(problem.get("detail") or problem.get("title") or "")
    return PageRefusedError(detail, str(problem.get("type", "")).rpartition(":")[2])


def portal_host(app: FastAPI) -> PageHost:
    """Return the page's host over the portal of `app`, which `assistant.api.app.create_app` made."""
    portal: Portal = app.state.portal
    calls = PortalCalls(app, portal)
    return PageHost(
        identify=calls.identify,
        may_sign_in=lambda: portal.access.needed,
        accepts=calls.accepts,
        count=calls.count,
        answered=calls.answered,
        record_feedback=calls.record_feedback,
        store_upload=calls.store_upload,
        remove_document=calls.remove_document,
        upload_limit_bytes=portal.settings.limits.upload_bytes,
    )
