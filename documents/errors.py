"""The errors of the product form one tree; its root and the branch of `documents` live here.

    PolicyAssistantError            everything that is told to a person in one line, with the remedy
    ├── DocumentError               a document cannot be read or understood
    │   ├── MissingFileError        the path does not exist or is no regular file
    │   ├── EmptyDocumentError      there is no text in it
    │   ├── UnsupportedFormatError  no reader for what the bytes are
    │   ├── EncodingError           the bytes are no text in any encoding that we read
    │   └── TooLargeError           over the size cap
    ├── IndexStoreError             see `index.errors`
    └── AssistantError              see `assistant.errors`

The message of every error says what was wrong, with the value, and what to do about it.
"""


class PolicyAssistantError(Exception):
    """Root of every error that this product raises on purpose."""


class DocumentError(PolicyAssistantError):
    """A document cannot be read."""


class MissingFileError(DocumentError):
    """The path does not exist, or is not a regular file."""


class EmptyDocumentError(DocumentError):
    """The document holds no text."""


class UnsupportedFormatError(DocumentError):
    """There is no reader for what the bytes are."""


class EncodingError(DocumentError):
    """The bytes are no text in any encoding that is read."""


class TooLargeError(DocumentError):
    """The file is over the size cap."""
