"""What the pages of ``/arahan`` show, gathered from the stored instructions and the figures they are about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from flask import current_app

from data.access import own_opd
from data.arahan import Perihal, find_place, today_wib
from data.arahan_siapa import can_answer, can_give, can_judge, can_withdraw, check_see
from data.engine import reading
from data.errors import BadParameterError
from data.jejak import Pelaku
from data.masuk import pelaku_of
from data.queries.arahan import (
    Saring,
    count_open,
    figure_at,
    instructions,
    one_instruction,
    place_names,
    steps,
)
from data.queries.kepatuhan import opened_quarters
from data.queries.kinerja import family
from data.queries.pemda import calendar, choose_period, reported_periods
from data.queries.rencana import known_opd, known_units
from data.words import Level, Peran, Status
from pages.parts import formats as fmt
from pages.parts.elements import address, records
from pages.parts.instruction import PATH, Arahan, as_instruction, as_step, excerpt, place_kind, place_name
from pages.parts.instruction_form import Sasaran
from pages.parts.instruction_list import Angka, Saringan
from pages.parts.instruction_one import Boleh, Kedudukan, Lembar
from pages.parts.share import whatsapp
from routes.session import current_person, pintu

USUAL_DAYS: Final = 14
_DEPTHS: Final = {Level.KEGIATAN.value: "kegiatan", Level.SUB_KEGIATAN.value: "sub"}


def read_list(state: str, opd: str, late: bool) -> tuple[Sequence[Arahan], Angka, Saringan, tuple[int, int] | None]:
    """Everything on the list, for whoever is asking: an operator's OPD comes from the session alone. Raises
    BadParameterError for an OPD that is not there."""
    door, orang, today = pintu(), current_person(), today_wib()
    own = own_opd(orang) if orang is not None and orang.peran == Peran.OPD else ""
    with reading(door.engine) as conn:
        names = known_opd(conn, door.pemda)
        roots = set(names) - set(known_units(conn, door.pemda))
        if opd and not own and opd not in names:
            raise BadParameterError("OPD pada alamat ini tidak dikenal. Pilih OPD dari daftar.")
        chosen = "" if own else opd
        mine = tuple(family(conn, door.pemda, own or chosen)) if own or chosen else None
        wanted = "" if state == "semua" else state
        rows = records(instructions(conn, door.pemda, Saring(today, wanted, mine, late)))
        counts = count_open(conn, door.pemda, today, mine)
        now = max(opened_quarters(conn, door.pemda), default=None)
    choices = [(kode, nama) for kode, nama in sorted(names.items(), key=lambda one: one[1]) if kode in roots]
    may = bool(orang and can_give(pelaku_of(orang, "")))
    angka = Angka(counts.terbuka, counts.lewat, counts.selesai, counts.menunggu_jawaban)
    saring = Saringan(state, chosen, late, choices, bool(own), may)
    return [as_instruction(row) for row in rows], angka, saring, now


def read_sheet(nomor: int, pelaku: Pelaku, typed: Mapping[str, str]) -> Lembar:
    """One instruction with everything about it. Raises NotFoundError for another OPD's."""
    door = pintu()
    with reading(door.engine) as conn:
        row = one_instruction(conn, door.pemda, nomor, today_wib())
        check_see(pelaku, row)
        taken = [as_step(one) for one in records(steps(conn, door.pemda, [nomor]))]
        place = (row["opd"], row["node"], row["indikator"])
        now = max(opened_quarters(conn, door.pemda), default=None)
        newest = _newest(conn, door.pemda) or (row["tahun"], row["tw"])
        then = _standing(conn, door.pemda, (row["tahun"], row["tw"]), place)
        today = _standing(conn, door.pemda, newest, place)
    one = as_instruction(row)
    may = Boleh(can_answer(pelaku, row), can_judge(pelaku, row), can_withdraw(pelaku, row))
    return Lembar(
        arahan=one,
        langkah=taken,
        langkah_ke=row["langkah"],
        dahulu=then,
        kini=today,
        angka_href=_figure_href(row, newest, pelaku.peran == Peran.OPD),
        boleh=may,
        sekarang=now,
        bagikan=_share(one) if can_give(pelaku) else None,
        isian=typed,
    )


def title_of(sheet: Lembar) -> str:
    return f"Arahan {sheet.arahan.nomor}, {sheet.arahan.opd_nama}"


def read_place(query: Mapping[str, str]) -> Sasaran:
    """What an address says the instruction will be about. Raises BadParameterError for what the plan does not hold."""
    door = pintu()
    tahun, tw = asked_period(query)
    asked = Perihal(tahun, tw, *(query.get(name, "")[:120] for name in ("opd", "node", "indikator")))
    if not asked.opd:
        return Sasaran(tahun, tw)
    with reading(door.engine) as conn:
        found = find_place(conn, door.pemda, asked)
        place = (found.opd, found.node, found.indikator)
        names = place_names(conn, door.pemda, tahun, place) | {"node": found.node, "indikator": found.indikator}
        now = _standing(conn, door.pemda, (tahun, tw), place)
    return Sasaran(tahun, tw, *place, names["opd_nama"], place_kind(names), place_name(names), now)


def asked_period(query: Mapping[str, str]) -> tuple[int, int]:
    """The triwulan an address or form names; by default the newest with figures. Raises BadParameterError."""
    door = pintu()
    said = (query.get("tahun") or None, query.get("tw") or None)
    with reading(door.engine) as conn:
        opened = set(opened_quarters(conn, door.pemda))
        newest = _newest(conn, door.pemda)
        known = [one for one in calendar(conn, door.pemda) if (one.tahun, one.tw) in opened]
    if said == (None, None) and newest is not None:
        return newest
    found = choose_period(known, *said)
    return found.tahun, found.tw


def usual_due() -> str:
    """Two weeks from today, as a date field carries it."""
    return (today_wib() + timedelta(days=USUAL_DAYS)).isoformat()


def all_opd() -> list[tuple[str, str]]:
    """(code, name) of every OPD, by name; units are reached from their OPD's figures."""
    door = pintu()
    with reading(door.engine) as conn:
        units = known_units(conn, door.pemda)
        found = known_opd(conn, door.pemda)
    return sorted(((kode, nama) for kode, nama in found.items() if kode not in units), key=lambda one: one[1])


def _newest(conn: Any, pemda: str) -> tuple[int, int] | None:
    reported = [(one.tahun, one.tw) for one in reported_periods(conn, pemda) if one.dilaporkan]
    return max(reported, default=None)


def _standing(conn: Any, pemda: str, at: tuple[int, int], place: tuple[str, str, str]) -> Kedudukan | None:
    found = figure_at(conn, pemda, *at, *place)
    return Kedudukan(*at, found["capaian"], Status(found["status"])) if found else None


def _figure_href(row: Mapping[str, Any], at: tuple[int, int], operator: bool) -> str:
    """Where the figure stands: the leaders' drill; for an operator the OPD's own public page."""
    root, given = row["pemilik"][-1], {"tahun": at[0], "tw": at[1]}
    if operator:
        return address(f"/opd/{root}", given)
    unit = row["opd"] if row["opd"] != root else None
    depth = _DEPTHS.get(row["level"] or "", "program")
    deeper = {"indikator": row["indikator"]} if row["indikator"] else {depth: row["node"] or None}
    if row["tahun"] != at[0]:  # codes are of one year's plan
        given = {"tahun": row["tahun"], "tw": row["tw"]}
    return address("/pimpinan", {**given, "opd": root, "unit": unit, **deeper}, "telusur")


def _share(one: Arahan) -> Any:
    about = f" ({one.tentang})" if one.tentang else ""
    due = f" Tenggat {fmt.tanggal(one.tenggat)}." if one.tenggat else ""
    sentence = f"Arahan untuk {one.opd_nama}{about}, {fmt.period(one.tahun, one.tw)}: “{excerpt(one.isi, 400)}”{due}"
    url = f"{current_app.config['ALAMAT_PUBLIK']}{address(PATH, {'nomor': one.nomor})}"
    return whatsapp(sentence, url)
