"""Errors of asking; a branch of the tree in `documents.errors`."""

from documents.errors import PolicyAssistantError


class AssistantError(PolicyAssistantError):
    """A request to the assistant cannot be carried out."""


class QuestionError(AssistantError):
    """The question is empty or longer than is accepted."""


class HistoryError(AssistantError):
    """The history is not a list of earlier questions and answers."""


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""


class CitationError(AssistantError):
    """What was handed in holds no citations that can be checked."""


class FeedbackError(AssistantError):
    """Feedback that says nothing, or a feedback file that cannot be read."""


class SampleError(AssistantError):
    """The sample documents could not be indexed."""


class AccessError(AssistantError):
    """A key or login cannot be made, found or used."""


class AuditError(AssistantError):
    """The audit log cannot be written or read, or was changed."""


class JobError(AssistantError):
    """There is no such job, or it cannot be stored."""
