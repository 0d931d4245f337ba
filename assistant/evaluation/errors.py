"""Errors of measuring answers; a branch of the tree in `documents.errors`."""

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """An evaluation cannot be carried out as it was asked for."""


class CaseFileError(EvaluationError):
    """A file of cases, predictions or a baseline cannot be used; the message lists every bad line."""


class GateError(EvaluationError):
    """A `--fail-on` expression cannot be understood."""
