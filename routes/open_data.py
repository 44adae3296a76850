"""The open data as files: /data/opd-2026-tw3.csv, .json; ``?edisi=2`` pins an edition for good, ``?untuk=excel`` writes
the CSV the way Indonesian spreadsheets read it."""

import re
from typing import Any, Final

import pandas as pd
from flask import Blueprint, Response, request

from data.access import Audiens
from data.errors import BadParameterError, NotFoundError
from data.terbuka import COLUMNS, Isi, JenisData, joined
from reports.data import KolomData, as_csv
from routes.declared import DECLARED
from routes.open_answers import Jawab, edition_number, kept, read_table
from routes.sajian import share

NAME: Final = re.compile(r"(kota|opd|program|indikator|uang)-([0-9]{4})-tw([1-4])\.(csv|json)")
MISSING: Final = "Berkas ini tidak ada. Pilih dari daftar di halaman /data."

data_terbuka = Blueprint("data_terbuka", __name__)
DECLARED["data_terbuka.download"] = Audiens.PUBLIK


@data_terbuka.get("/data/<nama>")
def download(nama: str) -> Response:
    """One table of one triwulan. 404 for a name that is none of ours."""
    match = NAME.fullmatch(nama)
    if match is None:
        raise NotFoundError(MISSING)
    jenis, tahun, tw, kind = match.groups()
    edition = request.args.get("edisi")
    edition_number(edition)
    if request.args.get("untuk", "excel") != "excel":
        raise BadParameterError("untuk= hanya dapat berisi excel.")
    given = {"tahun": tahun, "tw": tw} | ({"edisi": edition} if edition is not None else {})
    found = read_table(JenisData(jenis), given)
    body, mimetype = (
        (joined(found.tabel.texts).encode(), "application/json")
        if kind == "json"
        else (written(found, JenisData(jenis)), "text/csv")
    )
    share()
    response = kept(body, mimetype, pinned=edition is not None)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, jenis, kind)}"'
    return response


def written(found: Jawab, jenis: JenisData) -> bytes:
    """The rows as CSV: ',' and a decimal point, or ';' and a decimal comma for spreadsheets."""
    names = [one.nama for one in COLUMNS[jenis]]
    rows: list[dict[str, Any]] = found.rows
    table = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
    columns = [KolomData(one.nama, one.nama, one.isi == Isi.TEKS) for one in COLUMNS[jenis]]
    return as_csv(table, columns, ";" if request.args.get("untuk") == "excel" else ",")


def file_name(found: Jawab, jenis: str, kind: str) -> str:
    edition = f"edisi{found.edisi.nomor}" if found.edisi else "sementara"
    return f"emonev-{jenis}-{found.period.tahun}-tw{found.period.tw}-{edition}.{kind}"
