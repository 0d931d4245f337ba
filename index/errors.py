"""Errors of the index; a branch of the tree in `documents.errors`."""

from documents.errors import PolicyAssistantError


class IndexStoreError(PolicyAssistantError):
    """The index folder cannot be used as it is."""


class IncompatibleIndexError(IndexStoreError):
    """The index was made by another format version or embedding model."""


class OtherModelError(IncompatibleIndexError):
    """The index's vectors are another model's: `PassageIndex.reembed` makes them anew."""


class IndexBusyError(IndexStoreError):
    """Another process is writing to this index."""


class UnknownDocumentError(IndexStoreError):
    """No document of that id is in the index (or it may not be seen)."""


class EmbeddingModelError(IndexStoreError):
    """The embedding model cannot be loaded or used."""
