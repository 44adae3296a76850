"""The log: one JSON object per line on standard error, whatever is in it. A line break or an escape sequence in
somebody's name stays inside its quotes, so no visitor can write a line of the log."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

from flask import has_request_context, request

TRAIL = "emonev.jejak"
# One-time links carry their secret in the path; nothing else of ours is that long without a dot.
_SECRET_PART = re.compile(r"(?<=/)[^/.]{32,}(?=/|$)")
# SQLAlchemy writes the values of a failed statement into its message: passwords' hashes, people's names.
_PARAMETERS = re.compile(r"\[parameters: .*")
HIDDEN = "…"


class BarisJson(logging.Formatter):
    """A record as one line of JSON. No query, no form, no cookie, no header of the request is ever in it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "waktu": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "tingkat": record.levelname,
            "pencatat": record.name,
            **_message(record),
            **_of_request(),
            **self._traceback(record),
        }
        # ASCII only; the one control character JSON leaves as it is, is written out too.
        return json.dumps(line, ensure_ascii=True, default=str).replace("\x7f", "\\u007f")

    def _traceback(self, record: logging.LogRecord) -> dict[str, str]:
        text = self.formatException(record.exc_info) if record.exc_info else record.exc_text
        return {"runutan": without_values(text)} if text else {}


class GalatBaku(logging.StreamHandler[TextIO]):
    """Standard error as it is now, not as it was when the log was set up. Known by its class, so it is added once."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(BarisJson())

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def configure() -> None:
    """Let every logger of this process write through ours; ours also tell what is not wrong."""
    root = logging.getLogger()
    if not any(isinstance(handler, GalatBaku) for handler in root.handlers):
        root.addHandler(GalatBaku())
    logging.getLogger("emonev").setLevel(logging.INFO)


def without_values(text: str) -> str:
    """The text without the values of database statements."""
    return _PARAMETERS.sub(f"[parameters: {HIDDEN}]", text)


def shown_path(path: str) -> str:
    """A path as the log may show it."""
    return _SECRET_PART.sub(HIDDEN, path)[:300]


def _message(record: logging.LogRecord) -> dict[str, Any]:
    """The message; of the audit trail, which speaks JSON already, the object itself."""
    text = record.getMessage()
    if record.name == TRAIL:
        try:
            event = json.loads(text)
        except json.JSONDecodeError:
            event = None
        if isinstance(event, dict):
            return {"jejak": event}
    return {"pesan": without_values(text)}


def _of_request() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {"metode": request.method, "jalur": shown_path(request.path), "alamat": request.remote_addr}
