"""What the server writes to stderr: one JSON object a line, with the request's id."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from assistant.api.requests import request_id
from assistant.settings import LogSettings

_PLAIN = logging.makeLogRecord({}).__dict__.keys() | {"message", "asctime", "taskName", "color_message"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line; whatever a call passes as `extra` becomes a field."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current := request_id():
            fields["request_id"] = current
        fields |= {key: value for key, value in record.__dict__.items() if key not in _PLAIN}
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


def configure_logs(settings: LogSettings) -> None:
    """Send this process's logs to stderr as `settings` say; uvicorn's access log gives way to ours."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if settings.format == "json" else text)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    for name in ("httpx", "httpcore", "asyncio", "python_multipart", "multipart"):  # chatter of libraries
        logging.getLogger(name).setLevel(logging.WARNING)
