"""Every setting of the product, as one frozen class read from `ASSISTANT_…` environment variables.

A group and a name are joined by two underscores: `ASSISTANT_INDEX__PATH=/srv/index`. Nothing here builds
anything or reads the environment at import; `load_settings` reads it, and turns what is wrong into one line.
`python -m assistant.settings` prints the table of `docs/settings.md`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"


def _names(value: object) -> object:
    """Split `a, b` into its names, so that nobody has to write JSON into a unit file."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndexSettings(_Group):
    """Where the documents are and how they are embedded."""

    path: Path | None = Field(
        default=None, description="Index folder; unset: the sample documents in a per-user data folder"
    )
    model: str | None = Field(
        default=None,
        description="sentence-transformers model, a folder or a hub name; unset: the built-in model",
    )


class ServerSettings(_Group):
    """What the server listens to and whom it answers."""

    host: str = Field(
        default="127.0.0.1", description="Address to bind; any other than loopback needs keys or a login"
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Port to bind; 0 takes a free one")
    data: Path | None = Field(
        default=None,
        description="Folder of keys, jobs, feedback, audit log; unset: `server` in the index folder",
    )
    page: bool = Field(default=True, description="Serve the page beside the API")
    docs: bool = Field(default=True, description="Serve the API's documentation at /docs")
    allowed_hosts: Names = Field(
        default=(),
        description="Host names to answer to, separated by commas, beside loopback and `host`; * for any",
    )
    cors_origins: Names = Field(
        default=(), description="Origins whose scripts may call the API, separated by commas"
    )
    public_url: str | None = Field(
        default=None, description="Address under which users reach the server, for links in citations"
    )
    trusted_proxies: Names = Field(
        default=(), description="Proxies whose X-Forwarded-For and -Proto are believed, separated by commas"
    )
    shutdown_seconds: float = Field(
        default=20, ge=0, description="How long a stopping server lets running requests finish"
    )


class AccessSettings(_Group):
    """Who may ask, read and write."""

    required: bool = Field(
        default=False, description="Need a key or login even on loopback before the first key was made"
    )
    issuer: str | None = Field(
        default=None, description="Issuer (`iss`) of the portal's identity provider; turns logins on"
    )
    audience: str | None = Field(
        default=None, description="Audience (`aud`) that its tokens must carry; required with issuer"
    )
    jwks_url: str | None = Field(
        default=None,
        description="Where its signing keys are; unset: asked from the issuer's discovery document",
    )
    algorithms: Names = Field(
        default=("RS256", "ES256", "PS256", "EdDSA"), description="Signature algorithms accepted in tokens"
    )
    groups_claim: str = Field(default="groups", description="Claim that lists a user's groups")
    scopes_claim: str = Field(
        default="scope", description="Claim that lists scopes, as a list or separated by spaces"
    )
    default_scopes: Names = Field(
        default=("ask", "read"),
        description="Scopes of a token whose claim names none of ask, read, write, admin",
    )
    leeway_seconds: int = Field(default=30, ge=0, description="Clock difference that is forgiven in tokens")


class LimitSettings(_Group):
    """How much one caller, and all together, may ask for."""

    per_minute: int = Field(
        default=600,
        ge=0,
        description="Requests one key may make in a minute, a batch counts each question; 0: no limit",
    )
    per_day: int = Field(default=0, ge=0, description="Requests one key may make in a day; 0: no limit")
    concurrency: int = Field(default=16, ge=1, description="Requests that work at the same time")
    queue: int = Field(
        default=512, ge=0, description="Requests that may wait for a free place; more are told 503"
    )
    request_seconds: float = Field(default=30, gt=0, description="Time after which a request is told 504")
    upload_seconds: float = Field(default=600, gt=0, description="Time in which an upload must have arrived")
    body_bytes: int = Field(
        default=1_000_000, ge=1_000, description="Size of a request body other than an upload"
    )
    upload_bytes: int = Field(default=20_000_000, ge=1_000, description="Size of an uploaded file")
    upload_files: int = Field(default=20, ge=1, description="Files in one upload")
    waiting_jobs: int = Field(
        default=1_000, ge=1, description="Uploads and deletions that may wait; more are told 503"
    )
    job_days: int = Field(default=7, ge=1, description="Days for which finished jobs can be looked up")
    batch_questions: int = Field(default=100, ge=1, le=1_000, description="Questions in one batch")
    history_turns: int = Field(default=200, ge=0, description="Earlier turns accepted with a question")
    citations: int = Field(default=1_000, ge=1, description="Citations in one verification")
    connections: int = Field(
        default=20_000, ge=1, description="Open connections; more are told 503 and closed"
    )
    header_seconds: float = Field(
        default=10, gt=0, description="Time in which a connection must have sent its request line and headers"
    )
    keepalive_seconds: int = Field(default=5, ge=1, description="How long an idle connection is kept")


class AuditSettings(_Group):
    """The append-only record of who asked and who changed what."""

    enabled: bool = Field(default=True, description="Write the audit log while serving")
    path: Path | None = Field(
        default=None, description="Audit log; unset: audit.jsonl in the server's data folder"
    )
    questions: bool = Field(default=False, description="Keep the text of questions, not only their SHA-256")


class LogSettings(_Group):
    """What the server writes to stderr."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe line to write"
    )
    format: Literal["json", "text"] = Field(
        default="json", description="One JSON object a line, or text for people"
    )
    questions: bool = Field(default=False, description="Write the text of questions into the log")


class MetricsSettings(_Group):
    """Prometheus metrics at /metrics."""

    public: bool = Field(default=False, description="Serve /metrics without a key even where keys are needed")


class TracingSettings(_Group):
    """OpenTelemetry traces; needs the extra `policy-assistant[tracing]`."""

    endpoint: str | None = Field(
        default=None, description="OTLP/HTTP address for traces, such as http://host:4318/v1/traces"
    )
    service: str = Field(default="policy-assistant", description="Service name in traces")


class Settings(BaseSettings):
    """All settings; a group each, every field with its description and default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid", env_ignore_empty=True
    )

    index: IndexSettings = IndexSettings()
    server: ServerSettings = ServerSettings()
    access: AccessSettings = AccessSettings()
    limits: LimitSettings = LimitSettings()
    audit: AuditSettings = AuditSettings()
    log: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()
    tracing: TracingSettings = TracingSettings()


def load_settings(*, index: Path | None = None, host: str | None = None, port: int | None = None) -> Settings:
    """Read the environment; what a command line names wins. Raises `SettingsError`."""
    _refuse_unknown_variables()
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from error
    except ValueError as error:  # pydantic-settings: a group that is no JSON
        raise SettingsError(
            f"The {PREFIX} settings cannot be read ({error}). See docs/settings.md."
        ) from error
    if index is not None:
        settings = settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})
    server = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    return (
        settings.model_copy(update={"server": settings.server.model_copy(update=server)})
        if server
        else settings
    )


def _refuse_unknown_variables() -> None:
    """Refuse a misspelt setting: one that is silently ignored is worse than none."""
    known = {name for name, _, _ in _rows()} | {f"{PREFIX}{group}".upper() for group in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(
                f"There is no setting {name}. Correct or unset it; docs/settings.md lists all."
            )


def _one_line(error: ValidationError) -> str:
    """Name the first wrong setting, its value and what was expected."""
    first = error.errors()[0]
    name = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
    wrong = f"{name}={first['input']!r} cannot be used ({first['msg']})."
    return f"{wrong} Correct or unset it; see docs/settings.md."


def _rows() -> Iterator[tuple[str, str, str]]:
    """Yield (variable, default, description) of each setting, in order."""
    for group, field in Settings.model_fields.items():
        model = field.annotation
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            raise TypeError(f"Settings.{group} is no group of settings")
        for name, part in model.model_fields.items():
            default = part.default
            if default is None:
                shown = "unset"
            elif get_origin(part.annotation) is tuple or isinstance(default, tuple):
                shown = f"`{','.join(default)}`" if default else "none"
            else:
                shown = f"`{str(default).lower() if isinstance(default, bool) else default}`"
            yield f"{PREFIX}{group}__{name}".upper(), shown, part.description or ""


def settings_table() -> str:
    """Return every setting as a Markdown table, for `docs/settings.md` and the README."""
    lines = ["| setting | default | what it is |", "|---|---|---|"]
    lines += [f"| `{name}` | {default} | {text} |" for name, default, text in _rows()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(settings_table())
