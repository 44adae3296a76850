"""What the check of a typed report says, brought back to the very fields it speaks of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from data.formulir import KOLOM
from loaders import Masalah, Tingkat
from pages.parts.upload_form import Pesan
from reports.aman import STARTS
from reports.templat import FIRST_ROW
from routes.upload_view import findings_of

FIELDS: Final = tuple(kolom.kunci for kolom in KOLOM if kolom.diisi)
SHOWN: Final = (Tingkat.GALAT, Tingkat.KONFIRMASI)


def told(draft: Mapping[str, Any] | None, rows: Sequence[Mapping[str, Any]]) -> list[Pesan]:
    """What must be mended or explained, in the order of the form; ``rows`` are those that were typed into it."""
    found = findings_of(dict(draft)) if draft is not None else []
    said = [one for level in SHOWN for one in found if one.tingkat is level]
    return [message for one in said for message in _of_form(one, rows)]


def _of_form(one: Masalah, rows: Sequence[Mapping[str, Any]]) -> Iterator[Pesan]:
    field, name = _field(one, rows)
    if field or one.tingkat is Tingkat.GALAT:
        yield Pesan(one.tingkat.value, field, name, f"{one.pesan} {one.perbaikan}".strip(), as_typed(one.nilai))


def as_typed(text: str) -> str:
    """A text without the apostrophe that kept it from starting a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in STARTS and text[1:] else text


def _field(one: Masalah, rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """(name of the field, what its row is called); '' for what stands in no field."""
    at = one.baris - FIRST_ROW - 1 if one.baris is not None else -1
    if one.kolom is None or not 0 <= at < len(rows) or one.kolom >= len(KOLOM):
        return "", ""
    kolom = KOLOM[one.kolom]
    return (f"{kolom.kunci}|{rows[at]['kode']}", str(rows[at]["uraian"])) if kolom.diisi else ("", "")
