"""What the side panel says of one row beside its numbers: the OPD's own words, its report, the files it came from."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.words import TW_NAMES, Kirim, Level

K, U = tables.kiriman, tables.unggahan
DECIDED = (Kirim.DITERIMA.value, Kirim.DIGANTI.value)


@dataclass(frozen=True)
class Letak:
    """Where something of the row stands: ``apa`` (plan, money, report), the file, its line (None for the whole)."""

    apa: str
    nama_berkas: str
    nomor: int
    sha256: str
    dimuat_pada: datetime
    baris: int | None
    kolom: str = ""


@dataclass(frozen=True)
class Rincian:
    """``versi``: how many versions of the report were sent; ``diterima_versi``: which of them was accepted (None while
    nobody wrote versions down). ``tertimbang``: capaian weighted by pagu. ``kendala``: what was said beside the money
    of a sub kegiatan or of the row's indicators this triwulan."""

    versi: int
    diterima_versi: int | None
    tertimbang: Decimal | None
    jumlah_indikator: int
    dihitung: int
    kendala: list[str] = field(default_factory=list)
    asal: list[Letak] = field(default_factory=list)


def row_details(conn: Connection, pemda: str, tahun: int, tw: int, opd: str, unit: str, kode: str) -> Rincian:
    """One row of the sheet: ``opd`` is the OPD at the top, ``unit`` and ``kode`` name the row."""
    k = tables.rollup_kinerja.c
    where = (k.pemda == pemda, k.tahun == tahun, k.tw == tw, k.opd == unit, k.kode == kode, k.level.in_(list(Level)))
    stand = conn.execute(select(k.capaian_tertimbang, k.jumlah_indikator, k.dihitung).where(*where)).first()
    sent, accepted = _versions(conn, pemda, tahun, tw, opd)
    return Rincian(
        sent,
        accepted,
        stand.capaian_tertimbang if stand else None,
        stand.jumlah_indikator if stand else 0,
        stand.dihitung if stand else 0,
        _obstacles(conn, (pemda, tahun, tw), unit, kode),
        _origins(conn, (pemda, tahun, tw), opd, unit, kode),
    )


def _versions(conn: Connection, pemda: str, tahun: int, tw: int, opd: str) -> tuple[int, int | None]:
    where = (K.c.pemda == pemda, K.c.tahun == tahun, K.c.tw == tw, K.c.opd == opd, K.c.dikirim_pada.is_not(None))
    states = conn.execute(select(K.c.keadaan).where(*where).order_by(K.c.nomor)).scalars().all()
    accepted = [place for place, state in enumerate(states, 1) if state in DECIDED]
    return len(states), accepted[0] if accepted else None


def _obstacles(conn: Connection, at: tuple[str, int, int], unit: str, kode: str) -> list[str]:
    """Each thing said once, money first."""
    u, r, i = tables.keuangan.c, tables.realisasi.c, tables.indikator.c
    pemda, tahun, tw = at
    if not kode:
        return []
    money = (u.pemda == pemda, u.tahun == tahun, u.opd == unit, u.node == kode, u.bulan.between(tw * 3 - 2, tw * 3))
    said = list(conn.execute(select(u.kendala).where(*money, u.kendala != "").order_by(u.bulan)).scalars())
    same = (i.pemda == r.pemda) & (i.tahun == r.tahun) & (i.opd == r.opd) & (i.kode == r.indikator)
    mine = (r.pemda == pemda, r.tahun == tahun, r.periode == tw, r.opd == unit, r.kendala != "")
    query = select(r.kendala).select_from(tables.realisasi.join(tables.indikator, same))
    said += conn.execute(query.where(*mine, (i.node == kode) | (i.kode == kode)).order_by(i.kode)).scalars()
    return list(dict.fromkeys(said))


def _origins(conn: Connection, at: tuple[str, int, int], opd: str, unit: str, kode: str) -> list[Letak]:
    """The plan's row, the newest money row so far, the report."""
    n, m, lap = tables.node.c, tables.keuangan.c, tables.laporan.c
    pemda, tahun, tw = at
    found: list[Letak | None] = []
    if kode:
        mine = (n.pemda == pemda, n.tahun == tahun, n.opd == unit, n.kode == kode)
        found.append(_one(conn, pemda, "Rencana", select(n.unggahan, n.baris).where(*mine)))
        paid = (m.pemda == pemda, m.tahun == tahun, m.opd == unit, m.node == kode, m.bulan <= tw * 3)
        newest = select(m.unggahan, m.baris, m.kolom).where(*paid, m.realisasi.is_not(None)).order_by(m.bulan.desc())
        found.append(_one(conn, pemda, "Keuangan", newest.limit(1)))
    sent = (lap.pemda == pemda, lap.tahun == tahun, lap.tw == tw, lap.opd == opd, lap.unggahan.is_not(None))
    found.append(_one(conn, pemda, f"Laporan OPD {TW_NAMES[tw]}", select(lap.unggahan).where(*sent)))
    return [one for one in found if one is not None]


def _one(conn: Connection, pemda: str, what: str, query: Any) -> Letak | None:
    row = conn.execute(query).first()
    if row is None:
        return None
    names = (U.c.nama_berkas, U.c.nomor, U.c.sha256, U.c.dimuat_pada)
    file = conn.execute(select(*names).where(U.c.pemda == pemda, U.c.nomor == row.unggahan)).one()
    return Letak(what, *file, getattr(row, "baris", None), getattr(row, "kolom", ""))
