"""The values of one version beside those of the version accepted before it, for the OPD and for who verifies."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from data.engine import reading
from data.queries.formulir import form_code, form_rows
from data.queries.kiriman import predecessor
from data.simpanan import unpack
from data.store import Muatan
from data.words import MONTH_NAMES
from pages.parts import formats as fmt
from pages.parts.difference import Beda, Isian
from pages.parts.elements import records
from pages.parts.upload_preview import plain_number
from routes.session import pintu

SHOWN: Final = 50
Answers = dict[tuple[str, str, str, int], Any]


def read_difference(row: Mapping[str, Any], path: str) -> Beda:
    """``row``: all columns of ``kiriman``; ``path``: where versions are opened by this reader."""
    door = pintu()
    with reading(door.engine) as conn:
        before = predecessor(conn, door.pemda, row["nomor"])
        if before is None:
            return Beda([], 0, None)
        names = _names(records(form_rows(conn, door.pemda, row["tahun"], row["tw"], row["opd"])))
    found = difference(unpack(before["muatan"]), unpack(row["muatan"]), names, row["opd"])
    return Beda(found[:SHOWN], len(found), f"{path}/{before['nomor']}")


def difference(old: Muatan, new: Muatan, names: dict[str, str], opd: str) -> list[Isian]:
    """Every answer that two versions give differently, in the order of their codes."""
    before, after = _answers(old), _answers(new)
    changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    return [_difference(key, before.get(key), after.get(key), names, opd) for key in changed]


def _difference(key: tuple[str, str, str, int], old: Any, new: Any, names: dict[str, str], opd: str) -> Isian:
    kind, unit, kode, at = key
    code = form_code(kode, unit, opd)
    when = fmt.tw(at) if kind == "realisasi" else MONTH_NAMES[at - 1]
    return Isian(names.get(code, code), code, when, _words(kind, old), _words(kind, new))


def _words(kind: str, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or fmt.NONE
    return plain_number(Decimal(value)) if kind == "realisasi" else fmt.rupiah_full(int(value))


def _answers(muatan: Muatan) -> Answers:
    found: Answers = {}
    for row in muatan.realisasi:
        value = "nihil" if row.get("nihil") else row.get("nilai") if row.get("nilai") is not None else row.get("teks")
        found["realisasi", row["opd"], row["indikator"], row["periode"]] = value
    for row in muatan.keuangan:
        found["keuangan", row["opd"], row["node"], row["bulan"]] = row.get("realisasi")
    return found


def _names(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {str(row["kode"]): str(row["uraian"]) for row in rows}
