"""All addresses of the operator's blueprint in one import: each module adds its own."""

from routes import (
    receipts,
    upload,
    upload_draft,
    upload_form,
    upload_marked,
    upload_nothing,
    upload_titles,
    upload_version,
)
from routes.upload_who import unggah

__all__ = [
    "receipts",
    "unggah",
    "upload",
    "upload_draft",
    "upload_form",
    "upload_marked",
    "upload_nothing",
    "upload_titles",
    "upload_version",
]
