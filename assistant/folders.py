"""Where the product keeps things: the index, and beside it what only a server needs. Makes no folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assistant.settings import Settings

_NAME = "policy-assistant"


def user_data_folder() -> Path:
    """Return the per-user data folder of this system (XDG Base Directory on Linux)."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    named = os.environ.get("XDG_DATA_HOME", "")
    # The standard says that a relative path there is to be ignored.
    return (Path(named) if named.startswith("/") else Path.home() / ".local" / "share") / _NAME


def index_folder(settings: Settings) -> Path:
    """Return the folder of the index that `settings` name, or of the sample documents."""
    return settings.index.path or user_data_folder() / "index"


def server_folder(settings: Settings) -> Path:
    """Return the folder for keys, jobs, uploads, feedback and the audit log."""
    return settings.server.data or index_folder(settings) / "server"


def feedback_file(settings: Settings) -> Path:
    """Return the file that `assistant.feedback` writes and reads."""
    return server_folder(settings) / "feedback.jsonl"


def audit_file(settings: Settings) -> Path:
    """Return the audit log."""
    return settings.audit.path or server_folder(settings) / "audit.jsonl"


def keys_file(settings: Settings) -> Path:
    """Return the database of keys."""
    return server_folder(settings) / "keys.sqlite"
