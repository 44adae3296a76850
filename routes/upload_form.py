"""``/unggah/isi``: the report typed into a form. What is typed becomes the CSV twin of the template and goes the same
way as a file, so there is one set of rules."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pandas as pd
from flask import redirect, request
from werkzeug import Response

from data.access import Audiens
from data.engine import reading
from data.errors import DeadlineError, NotFoundError
from data.formulir import KEUANGAN, KOLOM
from data.kalender import wib_words
from data.kiriman import Alamat
from data.mentah import read_raw
from data.queries.formulir import form_rows
from data.queries.kiriman import draft_of
from data.queries.rencana import known_plan
from data.words import MONTH_NAMES
from loaders import Tingkat
from loaders.salinan import sheet_of
from pages.parts import formats as fmt
from pages.parts.elements import address, missing
from pages.parts.upload_clock import HOME
from pages.parts.upload_form import PLACE, Bagian, BarisIsian, Kotak, Pesan, entry_page, nothing_to_fill
from pages.parts.upload_preview import plain_number
from reports.aman import written
from reports.templat import FILLED, template_csv
from routes.forms import check_form, form_token
from routes.page import answer_page, current_pemda
from routes.session import settings
from routes.upload import NO_DUTY, stage_of
from routes.upload_check import STOPPED, make_draft, told
from routes.upload_form_told import FIELDS, as_typed
from routes.upload_form_told import told as messages
from routes.upload_who import FORM, Urusan, affair_of, asked_period, declare, door, own_version, unggah

declare(Audiens.OPD_SENDIRI, "entry", "take_entry")
__all__ = ["unggah"]
NAME: Final = "isian-formulir.csv"
ONE_PAGE: Final = 40
LONGEST: Final = 2_000
TITLES: Final = {kolom.kunci: kolom.judul for kolom in KOLOM}
SHORT: Final = {"fisik": "Fisik s.d. akhir triwulan (%)", "realisasi": "Realisasi triwulan ini"}
NOT_NOW: Final = "Formulir hanya dapat diisi selama periodenya terbuka. Lihat jadwalnya di halaman Unggah."
Rows = list[dict[str, Any]]


@unggah.get("/unggah/isi")
def entry() -> Any:
    affair = affair_of(asked_period())
    if not affair.wajib or not affair.terbuka:
        sentence = NOT_NOW if affair.wajib else NO_DUTY
        return answer_page("Isi laporan", nothing_to_fill(sentence), active=HOME)
    return _show(affair, _known(affair.alamat))


@unggah.post("/unggah/isi")
def take_entry() -> Any:
    check_form(FORM)
    affair = affair_of(asked_period())
    rows = _with_typed(_known(affair.alamat))
    try:
        if not affair.wajib:
            raise DeadlineError(NO_DUTY)
        nomor = make_draft(affair.alamat, _as_csv(rows, affair), NAME)
    except STOPPED as error:
        return told(error, lambda sentence, code: _show(affair, rows, galat=sentence, code=code))
    wrong = _first_wrong(affair, nomor)
    following = request.form.get("lanjut", "")
    here = {"tahun": affair.alamat.tahun, "tw": affair.alamat.tw}
    if following.isascii() and following.isdigit():
        return redirect(address(PLACE, {**here, "bagian": following[:4]}), 303)
    if wrong is not None:  # to the field itself: whoever types has no file to look things up in
        return redirect(address(PLACE, {**here, "bagian": wrong.bagian}, wrong.kotak), 303)
    return redirect(f"{HOME}/draf/{nomor}", 303)


def _first_wrong(affair: Urusan, nomor: int) -> Pesan | None:
    """The first field that must be mended, if any."""
    rows = _known(affair.alamat)
    said = _messages(own_version(str(nomor)), rows, _groups(rows, _program_names(affair.alamat)))
    return next((one for one in said if one.tingkat == Tingkat.GALAT.value and one.kotak), None)


def _messages(draft: dict[str, Any] | None, rows: Rows, groups: list[tuple[str, Rows]]) -> list[Pesan]:
    """What the check said, with the part of the form each field stands on."""
    part = {str(row["kode"]): at for at, (_, inside) in enumerate(groups, 1) for row in inside}
    return [replace(one, bagian=part.get(one.kotak.partition("|")[2], 0)) for one in messages(draft, rows)]


def _typed_draft(alamat: Alamat) -> dict[str, Any] | None:
    """The draft that was typed into this form, if there is one."""
    own = door()
    with reading(own.engine) as conn:
        draft = draft_of(conn, own.pemda, alamat)
    return draft if draft is not None and draft["nama_berkas"] == NAME else None


def _known(alamat: Alamat) -> Rows:
    """The expected rows, with what is stored, and over it what the draft of this very form already says."""
    own = door()
    with reading(own.engine) as conn:
        frame = form_rows(conn, own.pemda, alamat.tahun, alamat.tw, alamat.opd)
    rows = [
        {str(name): None if missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
    draft = _typed_draft(alamat)
    if draft is not None:
        said = _said_before(draft["sha256"])
        for row in rows:
            row.update(said.get(str(row["kode"]), {}))
    return rows


def _said_before(digest: str) -> dict[str, dict[str, str]]:
    """What the operator typed, by code; empty when the file is not kept any more."""
    try:
        lines, _ = sheet_of(read_raw(settings().berkas, digest), NAME, {})
    except NotFoundError:
        return {}
    heads = [TITLES[kolom.kunci] for kolom in KOLOM]
    start = next((at for at, line in enumerate(lines) if line == heads), len(lines))
    found = [dict(zip((kolom.kunci for kolom in KOLOM), map(str, line), strict=False)) for line in lines[start + 1 :]]
    return {
        line["kode"]: {name: as_typed(line.get(name, "")) for name in FILLED.get(line["baris"], ())} for line in found
    }


def _with_typed(rows: Rows) -> Rows:
    """The rows with what this form says; rows of other pages stay as they are."""
    return [
        row | {name: text for name in FIELDS if (text := _typed(name, str(row["kode"]))) is not None} for row in rows
    ]


def _typed(field: str, kode: str) -> str | None:
    text = request.form.get(f"{field}|{kode}")
    return None if text is None else " ".join(text.split())[:LONGEST]


def _as_csv(rows: Rows, affair: Urusan) -> bytes:
    alamat, pemda = affair.alamat, current_pemda()
    frame = pd.DataFrame(rows, dtype=object)
    due = wib_words(affair.tenggat.tepat_waktu_sampai)
    return template_csv(
        frame.where(frame.notna(), None), pemda.nama, alamat.opd, affair.opd_nama, alamat.tahun, alamat.tw, due
    )


def _show(affair: Urusan, rows: Rows, galat: str | None = None, code: int = 200) -> Response:
    if not rows:
        return answer_page(
            "Isi laporan", nothing_to_fill("Rencana OPD Anda untuk tahun ini belum dimuat."), active=HOME
        )
    groups = _groups(rows, _program_names(affair.alamat))
    asked = request.args.get("bagian", "1")
    at = int(asked) - 1 if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= len(groups) else 0
    parts = [Bagian(number, title, len(inside)) for number, (title, inside) in enumerate(groups, 1)]
    shown = [_drawn(row, affair.alamat.tw) for row in groups[at][1]]
    said = _messages(_typed_draft(affair.alamat), _known(affair.alamat), groups) if code == 200 else []
    content = entry_page(stage_of(affair), parts, at, shown, form_token(FORM), galat, said)
    return answer_page(f"Isi {affair.tenggat.nama}", content, active=HOME, code=code)


def _program_names(alamat: Alamat) -> dict[str, str]:
    own = door()
    with reading(own.engine) as conn:
        plan = known_plan(conn, own.pemda, alamat.tahun, alamat.opd)
    return {kode: node["nama"] for kode, node in plan.nodes.items()}


def _groups(rows: Rows, names: dict[str, str]) -> list[tuple[str, Rows]]:
    """The rows page by page: all of a short report on one, else program by program."""
    if len(rows) <= ONE_PAGE:
        return [("Seluruh laporan", rows)]
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(_program(row, names), []).append(row)
    return list(found.items())


def _program(row: dict[str, Any], names: dict[str, str]) -> str:
    """The program of a row by its code; what stands above programs comes together."""
    kode = ".".join(str(row["node"]).split(".")[:3])
    title = names.get(kode, f"Program {kode}") if row["level"] in {"program", "kegiatan", "sub_kegiatan"} else "Sasaran"
    return f"{title} ({row['unit_nama']})" if row.get("unit_nama") else title


def _drawn(row: dict[str, Any], tw: int) -> BarisIsian:
    money = row["baris"] == KEUANGAN
    unit = "" if money else f" {row['satuan'] or ''}".rstrip()
    shown = [_number(row[name], money) for name in ("target", "sebelumnya")]
    boxes = tuple(_box(name, row, tw) for name in FIELDS if name in FILLED[row["baris"]])
    title = f"{row['uraian']} ({row['unit_nama']})" if row.get("unit_nama") else str(row["uraian"])
    return BarisIsian(title, str(row["kode"]), money, f"{shown[0]}{unit}", f"{shown[1]}{unit}", boxes)


def _box(name: str, row: dict[str, Any], tw: int) -> Kotak:
    label = SHORT.get(name, TITLES[name])
    if name.startswith("bulan_"):
        label = f"{MONTH_NAMES[3 * tw - 4 + int(name[-1])]} (Rp)"
    steps = tuple(step.strip() for step in str(row.get("skala") or "").split(">") if step.strip())
    choices = steps if name == "realisasi" else ()
    value = row[name]
    said = value if isinstance(value, str) else written(value)
    return Kotak(f"{name}|{row['kode']}", label, said, name not in {"keterangan", "kendala"}, choices)


def _number(value: Any, money: bool) -> str:
    if value is None or isinstance(value, str):
        return value or fmt.NONE
    return fmt.rupiah_full(int(value)) if money else plain_number(Decimal(value))
