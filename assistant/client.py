"""A typed client for portal developers, over httpx; it speaks to a server and knows nothing of an index.

    with AssistantClient("http://127.0.0.1:8000", key="pa_…") as portal:
        answer = portal.ask("2030年技术合同成交额的目标是多少?")
        print(answer.answer, [citation.quote for citation in answer.citations])

What comes back are the models of `assistant.api.responses`. A problem raises `PortalError`, which carries it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from assistant.api.responses import (
    AnswerOut,
    BatchOut,
    CitationOut,
    DocumentOut,
    IndicatorsOut,
    JobOut,
    JobsOut,
    LedgerFigureOut,
    ProblemOut,
    RecordOut,
    SearchOut,
    TextOut,
    VerifyOut,
)
from assistant.errors import AssistantError
from assistant.model import Turn

Model = TypeVar("Model", bound=BaseModel)

_PAGE = 200
_AT_ONCE = {"Prefer": "respond-async"}  # waiting is done here
_TRY_AGAIN = (429, 503)
_MOST_PATIENCE = 60.0


class PortalError(AssistantError):
    """The server answered with a problem, or not at all (then `problem` is None)."""

    def __init__(self, message: str, problem: ProblemOut | None = None) -> None:
        super().__init__(message)
        self.problem = problem


class AssistantClient:
    """Calls one server. `retries` times it waits as long as a 429 or 503 asks; other problems raise at once."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        timeout: float = 60,
        retries: int = 2,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout, transport=transport)
        self._retries = retries

    def __enter__(self) -> AssistantClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        as_of: str | None = None,
        document_ids: Sequence[str] | None = None,
    ) -> AnswerOut:
        """Ask one question."""
        return self._post(AnswerOut, "/v1/ask", _question(question, history, as_of, document_ids))

    def ask_events(self, question: str, history: Sequence[Turn] = ()) -> Iterator[tuple[str, dict[str, Any]]]:
        """Ask one question and yield (event, data): searching, found, answer, done; a problem raises."""
        body = _question(question, history, None, None)
        with self._http.stream(
            "POST", "/v1/ask", json=body, headers={"Accept": "text/event-stream"}
        ) as answer:
            if answer.is_error:
                answer.read()
                raise _problem(answer)
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    data = json.loads(line.removeprefix("data: "))
                    if name == "problem":
                        raise PortalError(str(data.get("detail")), ProblemOut.model_validate(data))
                    yield name, data

    def ask_batch(self, questions: Sequence[str]) -> BatchOut:
        """Ask up to 100 questions; an item that cannot be asked carries its problem."""
        return self._post(
            BatchOut, "/v1/ask/batch", {"questions": [{"question": text} for text in questions]}
        )

    def search(self, query: str, *, top_k: int = 10) -> SearchOut:
        """Find passages."""
        return self._post(SearchOut, "/v1/search", {"query": query, "top_k": top_k})

    def verify(self, citations: Sequence[CitationOut]) -> VerifyOut:
        """Check citations that were saved earlier."""
        return self._post(VerifyOut, "/v1/verify", {"citations": [cited.model_dump() for cited in citations]})

    def documents(self) -> Iterator[RecordOut]:
        """Yield every document that may be seen."""
        for page in self._pages("/v1/documents", {}):
            yield from (RecordOut.model_validate(row) for row in page["documents"])

    def document(self, document_id: str) -> DocumentOut:
        """Return what is known of a document."""
        return self._get(DocumentOut, f"/v1/documents/{document_id}", {})

    def text(self, document_id: str, start: int = 0, end: int | None = None) -> TextOut:
        """Return the text in [start, end), in code points."""
        span = {"start": start} if end is None else {"start": start, "end": end}
        return self._get(TextOut, f"/v1/documents/{document_id}/text", span)

    def indicators(
        self, *, subject: str | None = None, year: int | None = None, name: str | None = None
    ) -> Iterator[LedgerFigureOut]:
        """Yield the figures that match."""
        asked = {"subject": subject, "year": year, "name": name}
        for page in self._pages(
            "/v1/indicators", {key: value for key, value in asked.items() if value is not None}
        ):
            yield from IndicatorsOut.model_validate(page).indicators

    def upload(
        self, *paths: str | Path, groups: Sequence[str] = (), wait_seconds: float | None = 60
    ) -> list[JobOut]:
        """Upload files; waits until they are indexed unless `wait_seconds` is None."""
        files = [("file", (Path(path).name, Path(path).read_bytes())) for path in paths]
        answer = self._call(
            "POST", "/v1/documents", files=files, data={"group": list(groups)}, headers=_AT_ONCE
        )
        jobs = _model(JobsOut, answer).jobs
        return jobs if wait_seconds is None else [self.wait_for(job, wait_seconds) for job in jobs]

    def delete(self, document_id: str, *, wait_seconds: float | None = 60) -> JobOut:
        """Delete a document; waits until it is gone unless `wait_seconds` is None."""
        job = _model(JobsOut, self._call("DELETE", f"/v1/documents/{document_id}", headers=_AT_ONCE)).jobs[0]
        return job if wait_seconds is None else self.wait_for(job, wait_seconds)

    def job(self, job_id: str) -> JobOut:
        """Return how far a job is."""
        return self._get(JobOut, f"/v1/jobs/{job_id}", {})

    def wait_for(self, job: JobOut, seconds: float) -> JobOut:
        """Wait until a job has ended. Raises `PortalError` when it failed or takes longer."""
        until = time.monotonic() + seconds
        while job.state in ("queued", "running"):
            if time.monotonic() > until:
                raise PortalError(
                    f"The job {job.id} has not ended in {seconds:g} s. It goes on; look again later."
                )
            time.sleep(0.05)
            job = self.job(job.id)
        if job.problem is not None:
            raise PortalError(f"{job.name}: {job.problem.detail}", job.problem)
        return job

    def feedback(
        self,
        question: str,
        verdict: Literal["up", "down"],
        *,
        answer: str = "",
        correction: str | None = None,
    ) -> None:
        """Say what an answer was worth."""
        body = {"question": question, "verdict": verdict, "answer": answer, "correction": correction}
        self._call("POST", "/v1/feedback", json=body)

    def _post(self, model: type[Model], path: str, body: dict[str, Any]) -> Model:
        return _model(model, self._call("POST", path, json=body))

    def _get(self, model: type[Model], path: str, query: dict[str, Any]) -> Model:
        return _model(model, self._call("GET", path, params=query))

    def _pages(self, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        offset, total = 0, 1
        while offset < total:
            page = self._call("GET", path, params={**query, "offset": offset, "limit": _PAGE}).json()
            offset, total = offset + _PAGE, page["total"]
            yield page

    def _call(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401 -- httpx's own arguments
        for attempt in range(self._retries + 1):
            try:
                answer = self._http.request(method, path, **sent)
            except httpx.HTTPError as error:
                raise PortalError(
                    f"{self._http.base_url} does not answer ({error}). Check the address."
                ) from error
            if answer.status_code not in _TRY_AGAIN or attempt == self._retries:
                break
            time.sleep(min(float(answer.headers.get("retry-after", 1)), _MOST_PATIENCE))
        if answer.is_error:
            raise _problem(answer)
        return answer


def _question(
    question: str, history: Sequence[Turn], as_of: str | None, document_ids: Sequence[str] | None
) -> dict[str, Any]:
    body: dict[str, Any] = {"question": question}
    if history:
        body["history"] = [{"question": turn.question, "answer": turn.answer} for turn in history]
    if as_of:
        body["as_of"] = as_of
    if document_ids is not None:
        body["filters"] = {"document_ids": list(document_ids)}
    return body


def _model(model: type[Model], answer: httpx.Response) -> Model:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        raise PortalError(
            f"{answer.url} does not answer as this client expects. Are both of one release?"
        ) from error


def _problem(answer: httpx.Response) -> PortalError:
    try:
        problem = ProblemOut.model_validate_json(answer.content)
    except ValidationError:
        return PortalError(f"{answer.url} answered {answer.status_code}. Is this the assistant's address?")
    return PortalError(problem.detail, problem)
