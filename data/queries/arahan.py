"""Instructions: the lists of each role, one with its whole history, those about one node, and how many are open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from data import tables
from data.errors import NotFoundError
from data.queries.frame import frame
from data.queries.kiriman import LARGEST_NUMBER
from data.queries.rencana import known_units
from data.words import OPEN_INSTRUCTIONS, KeadaanArahan, Level, Peran

A, S, O, N, I, P = (
    tables.arahan,
    tables.arahan_langkah,
    tables.opd,
    tables.node,
    tables.indikator,
    tables.pengguna,
)
MOST: Final = 300
OPEN: Final = tuple(state.value for state in OPEN_INSTRUCTIONS)
TO_DO: Final = (KeadaanArahan.BARU.value, KeadaanArahan.DIKERJAKAN.value)
"""The OPD must still do something: only then can a due date be missed."""


@dataclass(frozen=True)
class Saring:
    """Which instructions: ``keadaan`` a state, "terbuka" or "" for all; ``opds`` only of these OPD (None: of all);
    ``lewat`` only those past their due date by ``hari_ini``."""

    hari_ini: date
    keadaan: str = ""
    opds: tuple[str, ...] | None = None
    lewat: bool = False


@dataclass(frozen=True)
class Hitung:
    """How many are open; of those past due, said to be done, and waiting for a word of the OPD (new or sent back)."""

    terbuka: int = 0
    lewat: int = 0
    selesai: int = 0
    menunggu_jawaban: int = 0


def instructions(conn: Connection, pemda: str, saring: Saring) -> pd.DataFrame:
    """One row per instruction, the open ones first by due date, then the closed ones, newest first; at most MOST.

    Columns: those of ``arahan``, opd_nama, opd_singkat, node_nama, level, indikator_nama, pemberi (what the account is
    called), langkah (number of the last step, 0 when there is none), langkah_isi, langkah_pada, langkah_peran,
    langkah_keadaan (of that step), hari_lewat (days past due; 0 when not).
    """
    closed = case((A.c.ditutup_pada.is_(None), 0), else_=1)
    undated = case((A.c.tenggat.is_(None), 1), else_=0)
    order = (closed, A.c.ditutup_pada.desc(), undated, A.c.tenggat, A.c.nomor.desc())
    query = _whole().where(A.c.pemda == pemda, *_wanted(saring)).order_by(*order).limit(MOST)
    return _with_days(frame(conn, query), saring.hari_ini)


def about_place(
    conn: Connection, pemda: str, at: tuple[int, int], since: datetime, place: tuple[str, str, str], hari_ini: date
) -> pd.DataFrame:
    """One row per instruction on exactly this place (opd, node, indikator) as the triwulan ``at`` shows it: given by
    then and still open, or closed after ``since`` (when it opened); columns as ``instructions``, oldest first."""
    opd, node, indikator = place
    here = (A.c.pemda == pemda, A.c.opd == opd, A.c.indikator == indikator)
    of_node = () if indikator else (A.c.node == node,)
    tahun, tw = at
    given = or_(A.c.tahun < tahun, and_(A.c.tahun == tahun, A.c.tw <= tw))
    stands = or_(A.c.ditutup_pada.is_(None), A.c.ditutup_pada >= since, and_(A.c.tahun == tahun, A.c.tw == tw))
    shown = (*here, *of_node, given, stands, A.c.keadaan != KeadaanArahan.DITARIK.value)
    return _with_days(frame(conn, _whole().where(*shown).order_by(A.c.nomor).limit(MOST)), hari_ini)


def one_instruction(conn: Connection, pemda: str, nomor: int, hari_ini: date) -> dict[str, Any]:
    """One instruction, columns as ``instructions`` plus ``pemilik``. Raises NotFoundError."""
    found = _with_days(frame(conn, _whole().where(A.c.pemda == pemda, A.c.nomor == _number(nomor))), hari_ini)
    if found.empty:
        raise NotFoundError("Tidak ditemukan.")
    row = {str(name): value for name, value in found.iloc[0].items()}
    return row | {"pemilik": owners(conn, pemda, row["opd"])}


def read_instruction(conn: Connection, pemda: str, nomor: int) -> dict[str, Any]:
    """All columns of ``arahan``, ``langkah`` (number of the last step, 0 when there is none) and ``pemilik``. Raises
    NotFoundError."""
    where = (A.c.pemda == pemda, A.c.nomor == _number(nomor))
    row = conn.execute(select(A).where(*where)).mappings().first()
    if row is None:
        raise NotFoundError("Tidak ditemukan.")
    last = last_step(conn, pemda, nomor)
    return dict(row) | {"langkah": last["urut"] if last else 0, "pemilik": owners(conn, pemda, row["opd"])}


def last_step(conn: Connection, pemda: str, nomor: int) -> dict[str, Any] | None:
    """The last step of an instruction; None when there is none."""
    query = select(S).where(S.c.pemda == pemda, S.c.nomor == nomor).order_by(S.c.urut.desc()).limit(1)
    row = conn.execute(query).mappings().first()
    return None if row is None else dict(row)


def steps(conn: Connection, pemda: str, nomors: Sequence[int]) -> pd.DataFrame:
    """One row per step of these instructions, oldest first: nomor, urut, keadaan, isi, pada, oleh, peran, nama (what
    the account is called)."""
    said = (S.c.nomor, S.c.urut, S.c.keadaan, S.c.isi, S.c.pada, S.c.oleh, S.c.peran)
    same = and_(P.c.pemda == S.c.pemda, P.c.nama == S.c.oleh)
    query = select(*said, func.coalesce(P.c.nama_tampil, S.c.oleh).label("nama")).select_from(S.outerjoin(P, same))
    where = (S.c.pemda == pemda, S.c.nomor.in_([int(nomor) for nomor in nomors]))
    return frame(conn, query.where(*where).order_by(S.c.nomor, S.c.urut))


def count_open(conn: Connection, pemda: str, hari_ini: date, opds: Sequence[str] | None = None) -> Hitung:
    """How many are open, of all or of these OPD."""
    last = _last().subquery("akhir")
    mine = () if opds is None else (A.c.opd.in_(list(opds)),)
    asked = or_(A.c.keadaan == KeadaanArahan.BARU.value, last.c.peran != Peran.OPD.value)
    waits = and_(A.c.keadaan.in_(TO_DO), asked)
    counted = (
        func.count(),
        *(func.coalesce(func.sum(case((what, 1), else_=0)), 0) for what in (_overdue(hari_ini), _done(), waits)),
    )
    joined = A.outerjoin(last, and_(last.c.pemda == A.c.pemda, last.c.nomor == A.c.nomor))
    query = select(*counted).select_from(joined).where(A.c.pemda == pemda, A.c.keadaan.in_(OPEN), *mine)
    return Hitung(*(int(value) for value in conn.execute(query).one()))


def open_by_opd(conn: Connection, pemda: str, hari_ini: date) -> dict[str, tuple[int, int]]:
    """(open, past due) by OPD; what a unit has counts for its OPD too."""
    above = known_units(conn, pemda)
    late = func.sum(case((_overdue(hari_ini), 1), else_=0))
    query = select(A.c.opd, func.count(), late).where(A.c.pemda == pemda, A.c.keadaan.in_(OPEN)).group_by(A.c.opd)
    total: Counter[str] = Counter()
    past: Counter[str] = Counter()
    for opd, count, overdue in conn.execute(query).all():
        for place in _chain(opd, above):
            total[place] += int(count)
            past[place] += int(overdue or 0)
    return {opd: (count, past[opd]) for opd, count in total.items()}


def open_places(conn: Connection, pemda: str, opds: Sequence[str]) -> list[tuple[str, str]]:
    """(node, indikator) of every open instruction of these OPD; both empty for one on the OPD itself."""
    where = (A.c.pemda == pemda, A.c.opd.in_(list(opds)), A.c.keadaan.in_(OPEN))
    return [(row.node, row.indikator) for row in conn.execute(select(A.c.node, A.c.indikator).where(*where))]


def owners(conn: Connection, pemda: str, opd: str) -> tuple[str, ...]:
    """The OPD or unit itself and those above it."""
    return _chain(opd, known_units(conn, pemda))


def stirring(conn: Connection, pemda: str) -> str:
    """A mark that changes whenever an instruction is given or anything happens to one (every change is a step)."""
    given = conn.execute(select(func.max(A.c.nomor)).where(A.c.pemda == pemda)).scalar()
    taken = conn.execute(select(func.count()).select_from(S).where(S.c.pemda == pemda)).scalar()
    return f"{given or 0} {taken}"


def place_names(conn: Connection, pemda: str, tahun: int, place: tuple[str, str, str]) -> dict[str, str]:
    """What a place (opd, node, indikator) is called: opd_nama, node_nama, level, indikator_nama; "" for what is not
    there."""
    opd, node, indikator = place
    found = dict.fromkeys(("opd_nama", "node_nama", "level", "indikator_nama"), "")
    found["opd_nama"] = conn.execute(select(O.c.nama).where(O.c.pemda == pemda, O.c.kode == opd)).scalar() or ""
    here = (N.c.pemda == pemda, N.c.tahun == tahun, N.c.opd == opd, N.c.kode == node)
    row = conn.execute(select(N.c.nama, N.c.level).where(*here)).first() if node else None
    if row is not None:
        found |= {"node_nama": row.nama, "level": row.level}
    own = (I.c.pemda == pemda, I.c.tahun == tahun, I.c.opd == opd, I.c.kode == indikator)
    found["indikator_nama"] = (conn.execute(select(I.c.nama).where(*own)).scalar() or "") if indikator else ""
    return found


def figure_at(conn: Connection, pemda: str, tahun: int, tw: int, opd: str, node: str, indikator: str) -> dict[str, Any]:
    """How a place stands s.d. one triwulan: capaian (percent, may be None) and status; empty when it is not known."""
    if indikator:
        r = tables.rollup_indikator.c
        where = [r.pemda == pemda, r.tahun == tahun, r.tw == tw, r.opd == opd, r.indikator == indikator]
    else:
        r = tables.rollup_kinerja.c
        where = [r.pemda == pemda, r.tahun == tahun, r.tw == tw, r.opd == opd, r.kode == node]
        where.append(r.level != Level.PEMDA.value if node else r.level == Level.OPD.value)
    row = conn.execute(select(r.capaian, r.status).where(*where)).mappings().first()
    return {} if row is None else dict(row)


def _whole() -> Select[Any]:
    last = _last().subquery("akhir")
    node = and_(N.c.pemda == A.c.pemda, N.c.tahun == A.c.tahun, N.c.opd == A.c.opd, N.c.kode == A.c.node)
    own = and_(I.c.pemda == A.c.pemda, I.c.tahun == A.c.tahun, I.c.opd == A.c.opd, I.c.kode == A.c.indikator)
    joined = A.join(O, and_(O.c.pemda == A.c.pemda, O.c.kode == A.c.opd))
    joined = joined.outerjoin(N, node).outerjoin(I, own)
    joined = joined.outerjoin(P, and_(P.c.pemda == A.c.pemda, P.c.nama == A.c.oleh))
    joined = joined.outerjoin(last, and_(last.c.pemda == A.c.pemda, last.c.nomor == A.c.nomor))
    names = (O.c.nama.label("opd_nama"), O.c.singkat.label("opd_singkat"), N.c.nama.label("node_nama"), N.c.level)
    people = (I.c.nama.label("indikator_nama"), func.coalesce(P.c.nama_tampil, A.c.oleh).label("pemberi"))
    step: list[Any] = [func.coalesce(last.c.urut, 0).label("langkah")]
    step += [last.c[name].label(f"langkah_{name}") for name in ("isi", "pada", "peran", "keadaan")]
    return select(A, *names, *people, *step).select_from(joined)


def _last() -> Select[Any]:
    """The last step of each instruction."""
    newest = select(S.c.pemda, S.c.nomor, func.max(S.c.urut).label("urut")).group_by(S.c.pemda, S.c.nomor)
    top = newest.subquery("puncak")
    same = and_(S.c.pemda == top.c.pemda, S.c.nomor == top.c.nomor, S.c.urut == top.c.urut)
    return select(S).select_from(S.join(top, same))


def _wanted(saring: Saring) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if saring.keadaan == "terbuka":
        found.append(A.c.keadaan.in_(OPEN))
    elif saring.keadaan:
        found.append(A.c.keadaan == saring.keadaan)
    if saring.opds is not None:
        found.append(A.c.opd.in_(list(saring.opds)))
    if saring.lewat:
        found.append(_overdue(saring.hari_ini))
    return found


def _overdue(hari_ini: date) -> ColumnElement[bool]:
    return and_(A.c.keadaan.in_(TO_DO), A.c.tenggat.is_not(None), A.c.tenggat < hari_ini)


def _done() -> ColumnElement[bool]:
    return A.c.keadaan == KeadaanArahan.SELESAI.value


def _with_days(found: pd.DataFrame, hari_ini: date) -> pd.DataFrame:
    pairs = zip(found["keadaan"], found["tenggat"], strict=True)
    days = [max(0, (hari_ini - due).days) if due is not None and state in TO_DO else 0 for state, due in pairs]
    found["hari_lewat"] = pd.Series(days, index=found.index, dtype=object)
    return found


def _chain(opd: str, above: Mapping[str, str]) -> tuple[str, ...]:
    chain = [opd]
    while chain[-1] in above and above[chain[-1]] not in chain:
        chain.append(above[chain[-1]])
    return tuple(chain)


def _number(nomor: int) -> int:
    """No database has an instruction beyond it, and none can even compare with a much larger number."""
    if not 0 < nomor <= LARGEST_NUMBER:
        raise NotFoundError("Tidak ditemukan.")
    return nomor
