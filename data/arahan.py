"""Instructions (arahan) to an OPD and what becomes of them. One transaction each, the pemda's row locked first, so that
of two who act at once one comes second and is told.

Given → baru; the OPD answers → dikerjakan or selesai; the giver's side accepts → diterima, or sends back → dikerjakan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, insert, select, update

from data import jejak, tables
from data.arahan_siapa import check_answer, check_give, check_judge, check_see, check_withdraw
from data.engine import writing
from data.errors import BadParameterError, ConflictError
from data.jejak import Kejadian, Pelaku
from data.kalender import WIB
from data.kiriman import stand_in_line
from data.queries.arahan import last_step, read_instruction
from data.words import INSTRUCTION_NAMES, OPEN_INSTRUCTIONS, TW_NAMES, KeadaanArahan, Tindakan

A, S = tables.arahan, tables.arahan_langkah
LONGEST: Final = 1_000
LONGEST_ANSWER: Final = 2_000
FURTHEST: Final = timedelta(days=730)
CHANGED: Final = (
    "Arahan ini sudah berubah sejak Anda membukanya. Baca langkah terakhir, lalu kirim sekali lagi bila masih perlu. "
    "Tulisan Anda masih ada di bawah."
)


@dataclass(frozen=True)
class Perihal:
    """What an instruction is about: an OPD or unit, a node of its plan, or an indicator; and the triwulan looked at."""

    tahun: int
    tw: int
    opd: str
    node: str = ""
    indikator: str = ""


@dataclass(frozen=True)
class Diberi:
    """The number of an instruction, and whether it was given before (a second click)."""

    nomor: int
    ulang: bool


@dataclass(frozen=True)
class _Langkah:
    """A step to be taken: what the instruction becomes, the words, from which states, by whose right, its name in the
    audit trail."""

    keadaan: KeadaanArahan
    isi: str
    dari: tuple[KeadaanArahan, ...]
    check: Callable[[Pelaku, dict[str, Any]], None]
    tindakan: Tindakan
    deed: str


def give(
    engine: Engine,
    pemda: str,
    pelaku: Pelaku,
    perihal: Perihal,
    isi: str,
    tenggat: date | None,
    today: date | None = None,
) -> Diberi:
    """Give an instruction. The very same one, still open, is not given twice: its number comes back.

    Raises NotAllowedError, BadParameterError for an empty or too long text, a due date in the past, or a place that is
    not in the plan.
    """
    check_give(pelaku)
    text = _text(isi, "Arahan", LONGEST)
    _check_due(tenggat, today or today_wib())
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        about = find_place(conn, pemda, perihal)
        row = {"tahun": about.tahun, "tw": about.tw, "opd": about.opd, "node": about.node, "indikator": about.indikator}
        row |= {"isi": text, "tenggat": tenggat, "oleh": pelaku.nama, "peran": pelaku.peran}
        twin = _same_open(conn, pemda, row)
        if twin is not None:
            return Diberi(twin, True)
        nomor = (conn.execute(select(func.max(A.c.nomor)).where(A.c.pemda == pemda)).scalar() or 0) + 1
        state = {"keadaan": KeadaanArahan.BARU.value, "dibuat_pada": datetime.now(UTC)}
        conn.execute(insert(A), [{"pemda": pemda, "nomor": nomor, **row, **state}])
        facts = {"opd": about.opd, "node": about.node, "indikator": about.indikator, "isi": text[:500]}
        facts |= {"periode": f"{about.tahun}-{about.tw}", "tenggat": str(tenggat or "")}
        jejak.append(conn, pemda, pelaku, Kejadian(Tindakan.ARAHAN, f"arahan/{nomor}", facts))
        return Diberi(nomor, False)


def answer(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, terlihat: int, isi: str, selesai: bool) -> None:
    """The OPD's reply: it works on it, or says that it is done. Only taking it up needs no words.

    ``terlihat``: the number of the last step that the person saw. Raises NotFoundError for what is another's,
    NotAllowedError, BadParameterError, ConflictError when it has moved on meanwhile.
    """
    state = KeadaanArahan.SELESAI if selesai else KeadaanArahan.DIKERJAKAN
    open_for = (KeadaanArahan.BARU, KeadaanArahan.DIKERJAKAN)
    text = _clean(isi)
    if text or selesai:
        _text(text, "Jawaban", LONGEST_ANSWER)
    _step(
        engine,
        pemda,
        pelaku,
        nomor,
        terlihat,
        _Langkah(state, text, open_for, check_answer, Tindakan.ARAHAN_BALASAN, "dijawab"),
    )


def accept(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, terlihat: int, isi: str = "") -> None:
    """Accept what the OPD says is done: the instruction is closed. Raises as ``answer``."""
    text = _text(isi, "Catatan", LONGEST_ANSWER) if _clean(isi) else ""
    done = (KeadaanArahan.SELESAI,)
    step = _Langkah(KeadaanArahan.DITERIMA, text, done, check_judge, Tindakan.ARAHAN, "diterima")
    _step(engine, pemda, pelaku, nomor, terlihat, step)


def send_back(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, terlihat: int, isi: str) -> None:
    """Say that it is not done yet, and why. Raises as ``answer``, BadParameterError without a reason."""
    text = _text(isi, "Alasan", LONGEST_ANSWER)
    done = (KeadaanArahan.SELESAI,)
    step = _Langkah(KeadaanArahan.DIKERJAKAN, text, done, check_judge, Tindakan.ARAHAN, "dikembalikan")
    _step(engine, pemda, pelaku, nomor, terlihat, step)


def withdraw(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, terlihat: int, isi: str = "") -> None:
    """Take one's own instruction back before the OPD has begun. Raises as ``answer``."""
    text = _text(isi, "Alasan", LONGEST_ANSWER) if _clean(isi) else ""
    fresh = (KeadaanArahan.BARU,)
    step = _Langkah(KeadaanArahan.DITARIK, text, fresh, check_withdraw, Tindakan.ARAHAN, "ditarik")
    _step(engine, pemda, pelaku, nomor, terlihat, step)


def today_wib() -> date:
    """Today on the city's calendar."""
    return datetime.now(WIB).date()


def find_place(conn: Connection, pemda: str, perihal: Perihal) -> Perihal:
    """What is named, as the plan knows it; of an indicator its node too. Raises BadParameterError."""
    p, o = tables.periode.c, tables.opd.c
    when = (p.pemda == pemda, p.tahun == perihal.tahun, p.tw == perihal.tw, p.dibuka <= datetime.now(UTC))
    if conn.execute(select(p.tw).where(*when)).first() is None:
        raise BadParameterError("Triwulan ini belum dibuka atau tidak ada. Pilih triwulan lain.")
    if conn.execute(select(o.kode).where(o.pemda == pemda, o.kode == perihal.opd)).first() is None:
        raise BadParameterError("OPD dengan kode ini tidak ada. Pilih dari daftar OPD.")
    year = f"{TW_NAMES[perihal.tw]} {perihal.tahun}"
    node = perihal.node
    if perihal.indikator:
        i = tables.indikator.c
        here = (i.pemda == pemda, i.tahun == perihal.tahun, i.opd == perihal.opd, i.kode == perihal.indikator)
        found = conn.execute(select(i.node).where(*here)).scalar()
        if found is None or (node and node != found):
            raise BadParameterError(f"Indikator ini tidak ada dalam rencana OPD itu untuk {year}. Pilih dari daftar.")
        node = str(found)
    elif node:
        n = tables.node.c
        here = (n.pemda == pemda, n.tahun == perihal.tahun, n.opd == perihal.opd, n.kode == node)
        if conn.execute(select(n.kode).where(*here)).first() is None:
            raise BadParameterError(
                f"Program atau kegiatan ini tidak ada dalam rencana OPD itu untuk {year}. Pilih dari daftar."
            )
    return Perihal(perihal.tahun, perihal.tw, perihal.opd, node, perihal.indikator)


def _step(engine: Engine, pemda: str, pelaku: Pelaku, nomor: int, terlihat: int, step: _Langkah) -> None:
    """Take a step, once: sent again by the same person it changes nothing."""
    with writing(engine) as conn:
        stand_in_line(conn, pemda)
        row = read_instruction(conn, pemda, nomor)
        check_see(pelaku, row)
        step.check(pelaku, row)
        if row["langkah"] != terlihat:
            if _is_repeat(conn, pemda, pelaku, row, terlihat, step):
                return
            raise ConflictError(CHANGED)
        _check_state(row, step)
        now, urut = datetime.now(UTC), row["langkah"] + 1
        said = {"keadaan": step.keadaan.value, "isi": step.isi, "pada": now, "oleh": pelaku.nama, "peran": pelaku.peran}
        conn.execute(insert(S), [{"pemda": pemda, "nomor": nomor, "urut": urut, **said}])
        closed = None if step.keadaan in OPEN_INSTRUCTIONS else now
        values = {"keadaan": step.keadaan.value, "ditutup_pada": closed}
        conn.execute(update(A).where(A.c.pemda == pemda, A.c.nomor == nomor).values(**values))
        facts = {"langkah": step.deed, "keadaan": step.keadaan.value, "opd": row["opd"], "isi": step.isi[:500]}
        jejak.append(conn, pemda, pelaku, Kejadian(step.tindakan, f"arahan/{nomor}", facts))


def _is_repeat(
    conn: Connection, pemda: str, pelaku: Pelaku, row: dict[str, Any], terlihat: int, step: _Langkah
) -> bool:
    last = last_step(conn, pemda, row["nomor"])
    mine = (terlihat + 1, pelaku.nama, step.keadaan.value, step.isi)
    return last is not None and (last["urut"], last["oleh"], last["keadaan"], last["isi"]) == mine


def _check_state(row: dict[str, Any], step: _Langkah) -> None:
    stands = KeadaanArahan(row["keadaan"])
    if stands not in step.dari:
        raise ConflictError(f"Arahan ini berkeadaan “{INSTRUCTION_NAMES[stands]}”, jadi tidak dapat {step.deed}.")
    if step.deed == "dijawab" and not step.isi and stands != KeadaanArahan.BARU:
        raise BadParameterError("Jawaban belum diisi. Tulis apa yang sudah atau akan dikerjakan.")


def _same_open(conn: Connection, pemda: str, row: dict[str, Any]) -> int | None:
    """The number of the open instruction that says the very same, if there is one: a form sent twice."""
    same = [A.c[name] == value if value is not None else A.c[name].is_(None) for name, value in row.items()]
    found = conn.execute(select(A.c.nomor).where(A.c.pemda == pemda, *same, A.c.ditutup_pada.is_(None))).scalar()
    return None if found is None else int(found)


def _check_due(tenggat: date | None, today: date) -> None:
    if tenggat is not None and tenggat < today:
        raise BadParameterError("Tenggat sudah lewat. Pilih hari ini atau sesudahnya.")
    if tenggat is not None and tenggat > today + FURTHEST:
        raise BadParameterError("Tenggat paling jauh dua tahun dari sekarang. Periksa tahunnya.")


def _text(given: str, name: str, most: int) -> str:
    text = _clean(given)
    if not text:
        raise BadParameterError(f"{name} belum diisi. Tulis dalam satu atau dua kalimat.")
    if len(text) > most:
        raise BadParameterError(f"{name} paling banyak {most} huruf; yang ditulis {len(text)}. Ringkas dahulu.")
    return text


def _clean(given: str) -> str:
    """Without what no screen can show and no database likes; line breaks stay."""
    lines = ("".join(letter for letter in line if letter.isprintable()).strip() for line in given.splitlines())
    return "\n".join(lines).strip()
