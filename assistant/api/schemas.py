"""What callers send: checked at the edge, described for OpenAPI. What they get back is in `responses`.

The largest numbers stand here so that they are part of the published interface; the settings may lower them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assistant.errors import QuestionError
from assistant.model import Citation, Turn

MOST_QUESTION = 5_000
MOST_BATCH = 100
_MOST_OFFSET = 2**31 - 1

EXAMPLE_QUESTION = "2030年技术合同成交额的目标是多少?"


def _printed(value: str) -> str:
    """Refuse what is not one Unicode text: a half surrogate cannot be stored, found or sent back."""
    if not value.strip():
        raise ValueError("must hold more than white space")
    return value


def _iso_day(value: object) -> object:
    """Refuse what pydantic would take for a date: seconds since 1970, or a time of day."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return value
    raise ValueError("must be a date such as 2025-06-30")


# At least one character that is neither white space nor a control character, as JSON Schema can say it.
_VISIBLE = r"[^\s\x00-\x20\x7f-\x9f]"
Text = Annotated[str, Field(min_length=1, pattern=_VISIBLE), AfterValidator(_printed)]
Day = Annotated[date, BeforeValidator(_iso_day)]
DocumentId = Annotated[str, Field(min_length=1, max_length=200, examples=["tech-plan-1a2b3c4d"])]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnIn(_Body):
    """An earlier question with the answer that was given."""

    question: str = Field(max_length=MOST_QUESTION)
    answer: str = Field(max_length=MOST_QUESTION)

    def turn(self) -> Turn:
        """Return it as the assistant takes it."""
        return Turn(self.question, self.answer)


class FiltersIn(_Body):
    """What to look into; never more than the caller may see anyway."""

    document_ids: list[DocumentId] | None = Field(
        default=None, max_length=1_000, description="Only these documents"
    )


class AskIn(_Body):
    """A question."""

    question: Text = Field(max_length=MOST_QUESTION, examples=[EXAMPLE_QUESTION])
    history: list[TurnIn] = Field(default=[], max_length=200, description="Earlier turns, oldest first")
    as_of: Day | None = Field(default=None, description="Answer as of this date", examples=["2025-06-30"])
    filters: FiltersIn | None = None
    top_k: int = Field(strict=True, default=10, ge=1, le=100, description="Passages to look at")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": EXAMPLE_QUESTION},
                {
                    "question": "那2025年呢?",
                    "history": [{"question": EXAMPLE_QUESTION, "answer": "突破2000亿元(力争)"}],
                },
            ]
        }
    )


class BatchIn(_Body):
    """Several questions at once; each counts against the limits."""

    questions: list[AskIn] = Field(min_length=1, max_length=MOST_BATCH)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"questions": [{"question": EXAMPLE_QUESTION}]}]}
    )


class SearchIn(_Body):
    """A search for passages."""

    query: Text = Field(max_length=MOST_QUESTION, examples=["技术合同成交额"])
    top_k: int = Field(strict=True, default=10, ge=1, le=100)
    filters: FiltersIn | None = None

    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "技术合同成交额", "top_k": 3}]})


class CitationIn(BaseModel):
    """A citation as an answer gave it; only what is needed to check it is required."""

    marker: int = Field(strict=True, default=1, ge=1, le=_MOST_OFFSET)
    document_id: DocumentId
    revision: str = Field(default="", max_length=64)
    title: str = Field(default="", max_length=1_000)
    section: str = Field(default="", max_length=1_000)
    byline: str | None = Field(default=None, max_length=1_000)
    page: int | None = Field(strict=True, default=None, ge=1, le=_MOST_OFFSET)
    start: int = Field(strict=True, ge=0, le=_MOST_OFFSET)
    end: int = Field(strict=True, ge=0, le=_MOST_OFFSET)
    quote: str = Field(min_length=1, max_length=100_000)

    model_config = ConfigDict(frozen=True, extra="ignore")

    def citation(self) -> Citation:
        """Return it as the assistant takes it."""
        return Citation(**self.model_dump())


class VerifyIn(_Body):
    """Citations to check against the documents as they are now."""

    citations: list[CitationIn] = Field(min_length=1, max_length=1_000)

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "citations": [
                        {
                            "marker": 1,
                            "document_id": "tech-plan-1a2b3c4d",
                            "start": 120,
                            "end": 129,
                            "quote": "突破2000亿元",
                        }
                    ]
                }
            ]
        }
    )


class FeedbackIn(_Body):
    """What someone thought of an answer."""

    question: Text = Field(max_length=MOST_QUESTION, examples=[EXAMPLE_QUESTION])
    verdict: Literal["up", "down"]
    answer: str = Field(default="", max_length=5_000)
    reason: str | None = Field(default=None, max_length=1_000)
    correction: str | None = Field(default=None, max_length=2_000)
    citations: list[Annotated[str, Field(max_length=1_000)]] = Field(default=[], max_length=5)

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": EXAMPLE_QUESTION,
                    "verdict": "down",
                    "answer": "1000亿元",
                    "correction": "突破2000亿元",
                }
            ]
        }
    )


class ContentPart(BaseModel):
    """A part of a chat message; only text is read."""

    type: Literal["text"]
    text: str = Field(max_length=100_000)


class MessageIn(BaseModel):
    """A chat message of the OpenAI interface."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=100_000)] | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """The message's text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """Options of a stream in the OpenAI interface."""

    include_usage: bool = Field(default=False, strict=True)


class ChatIn(BaseModel):
    """A chat of the OpenAI interface; what steers a language model (temperature …) is ignored."""

    model: str = Field(default="policy-assistant", max_length=200)
    messages: list[MessageIn] = Field(min_length=1, max_length=500)
    stream: bool | None = Field(default=False, strict=True)
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = 1

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"model": "policy-assistant", "messages": [{"role": "user", "content": EXAMPLE_QUESTION}]}
            ]
        }
    )

    def question_and_history(self) -> tuple[str, list[Turn]]:
        """Return the last user message, and the pairs before it; system prompts are not obeyed, nor read."""
        last = max((at for at, message in enumerate(self.messages) if message.role == "user"), default=None)
        if last is None:
            raise QuestionError("The messages hold no user message. Send the question as one.")
        turns: list[Turn] = []
        asked: str | None = None
        for message in self.messages[:last]:
            if message.role == "user":
                asked = message.text
            elif message.role == "assistant" and asked is not None:
                turns.append(Turn(asked, message.text))
                asked = None
        return self.messages[last].text, turns
