"""Why something was refused, in the reader's language: the kind of problem in words, then its detail."""

from __future__ import annotations

from assistant.api.problems import problem_of
from documents.errors import PolicyAssistantError
from ui.host import PageRefusedError
from ui.texts import Texts, lines


def why(error: PolicyAssistantError, texts: Texts) -> str:
    """Say why; details come in English from the lower floors, so the Chinese page says the kind first."""
    if isinstance(error, PageRefusedError):
        slug, detail = error.slug, str(error)
    else:
        problem, detail = problem_of(error)
        slug = problem.slug
    key = f"problem_{slug.replace('-', '_')}"
    if texts.language == "en" or key not in lines():
        return detail
    return texts.say("problem", kind=texts.say(key), detail=detail)
