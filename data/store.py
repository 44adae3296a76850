"""Store what a loader has checked: one transaction, all or nothing, every value with its origin.

The transaction first raises the pemda's data version (which takes the write lock on either database), stores the
rows, then recomputes the rollups of the OPD-years it touched.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Engine, String, Table, and_, bindparam, func, insert, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from data import jejak, tables
from data.bulk import insert_rows
from data.engine import writing
from data.errors import LoadError
from data.kalender import default_periods, read_days_off
from data.rollups import recompute
from data.rollups.scope import ALL_QUARTERS, EVERYTHING, FROM, MONEY, Lingkup
from data.words import SETAHUN, JenisBerkas, Tindakan

Row = dict[str, Any]


@dataclass(frozen=True)
class Berkas:
    """The file that is being stored: what becomes its row in ``unggahan``."""

    nama_berkas: str
    sha256: str
    jenis: JenisBerkas
    oleh: str
    opd: str | None = None
    tahun: int | None = None
    tw: int | None = None
    ukuran: int = 0
    jumlah_baris: int = 0
    keterangan: str = ""
    dimuat_pada: datetime | None = None
    pelaku: jejak.Pelaku | None = None


@dataclass
class Muatan:
    """The checked rows of one file, by table. Rows are dicts of column names of ``data.tables`` without
    ``pemda`` and ``unggahan`` (both are filled in here); node, indikator, target, realisasi, keuangan and renstra
    rows carry ``baris`` and target, realisasi and keuangan also ``kolom``."""

    opd: list[Row] = field(default_factory=list)
    node: list[Row] = field(default_factory=list)
    indikator: list[Row] = field(default_factory=list)
    target: list[Row] = field(default_factory=list)
    realisasi: list[Row] = field(default_factory=list)
    keuangan: list[Row] = field(default_factory=list)
    laporan: list[Row] = field(default_factory=list)
    renstra: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Tersimpan:
    """What storing did. ``sudah_ada``: this very file is the last of its kind, nothing was changed."""

    nomor: int
    sudah_ada: bool
    ditambah: int
    diubah: int
    tetap: int


ORDER = ("opd", "node", "indikator", "target", "realisasi", "keuangan", "laporan", "renstra")
_NOT_CONTENT = {"unggahan", "baris", "kolom", "diterima_pada", "diverifikasi_pada"}
Touched = dict[tuple[int, str], Lingkup]


def store(engine: Engine, pemda: str, berkas: Berkas, muatan: Muatan) -> Tersimpan:
    """Store one checked file. Raises LoadError when the pemda is unknown."""
    return store_many(engine, pemda, [(berkas, muatan)])[0]


def store_many(engine: Engine, pemda: str, files: Iterable[tuple[Berkas, Muatan]]) -> list[Tersimpan]:
    """Store several checked files in one transaction, in their order, and recompute the rollups once.

    Raises LoadError when the pemda is unknown, DatabaseAwayError when the database does not answer.
    """
    with writing(engine) as conn:
        done = store_files(conn, pemda, files)
        if all(one.sudah_ada for one in done):
            conn.rollback()
    return done


def store_files(conn: Connection, pemda: str, files: Iterable[tuple[Berkas, Muatan]]) -> list[Tersimpan]:
    """As ``store_many``, inside the caller's transaction. Raises LoadError when the pemda is unknown."""
    done: list[Tersimpan] = []
    told: list[tuple[Berkas, Tersimpan]] = []
    touched: Touched = {}
    _raise_version(conn, pemda)
    for berkas, muatan in files:
        stored, disturbed = _store_one(conn, pemda, berkas, muatan)
        done.append(stored)
        if not stored.sudah_ada:
            told.append((berkas, stored))
        for key, scope in disturbed.items():
            touched[key] = touched.get(key, scope) | scope
    _open_years(conn, pemda, {tahun for tahun, _ in touched})
    recompute(conn, pemda, touched)
    _tell(conn, pemda, told)
    return done


def _tell(conn: Connection, pemda: str, told: list[tuple[Berkas, Tersimpan]]) -> None:
    """The audit line of each file that changed something, last: it holds the trail's head until the end."""
    for berkas, stored in told:
        facts: dict[str, Any] = {"berkas": berkas.nama_berkas, "sha256": berkas.sha256, "jenis": berkas.jenis.value}
        facts |= {"tahun": berkas.tahun, "tw": berkas.tw, "ditambah": stored.ditambah, "diubah": stored.diubah}
        jejak.append(
            conn,
            pemda,
            berkas.pelaku or jejak.Pelaku(berkas.oleh, opd=berkas.opd or ""),
            jejak.Kejadian(Tindakan.UNGGAH, f"unggahan/{stored.nomor}", facts),
        )


def _store_one(conn: Connection, pemda: str, berkas: Berkas, muatan: Muatan) -> tuple[Tersimpan, Touched]:
    """Store one file and say what it disturbed. A file that changes nothing and was stored before leaves no trace."""
    earlier = _same_file(conn, pemda, berkas)
    nomor = _insert_upload(conn, pemda, berkas)
    moved = _moved(conn, pemda, muatan)
    merged = {name: _merge(conn, tables.metadata.tables[name], pemda, nomor, getattr(muatan, name)) for name in ORDER}
    added, changed, same = (sum(getattr(one, what) for one in merged.values()) for what in ("added", "changed", "same"))
    if earlier is not None and not added and not changed:
        u = tables.unggahan
        conn.execute(u.delete().where(u.c.pemda == pemda, u.c.nomor == nomor))
        return Tersimpan(earlier, True, 0, 0, same), {}
    return Tersimpan(nomor, False, added, changed, same), touched_by(merged, moved)


def _raise_version(conn: Connection, pemda: str) -> None:
    raised = conn.execute(
        update(tables.pemda).where(tables.pemda.c.kode == pemda).values(versi=tables.pemda.c.versi + 1)
    )
    if raised.rowcount == 0:
        raise LoadError(f"Pemda {pemda} belum terdaftar. Jalankan `python -m data pemda` lebih dahulu.")


def _open_years(conn: Connection, pemda: str, years: set[int]) -> None:
    """A year that has data has a calendar; one that somebody has set is left alone."""
    p = tables.periode
    known = set(conn.execute(select(p.c.tahun).where(p.c.pemda == pemda).distinct()).scalars())
    for tahun in sorted(years - known):
        insert_rows(conn, p, [{"pemda": pemda, **row} for row in default_periods(tahun, read_days_off(conn, pemda))])


def _same_file(conn: Connection, pemda: str, berkas: Berkas) -> int | None:
    """The number of the latest stored upload of this very file for the same kind, OPD and period."""
    u = tables.unggahan.c
    last = conn.execute(
        select(func.max(u.nomor))
        .where(u.pemda == pemda, u.jenis == berkas.jenis.value, u.sha256 == berkas.sha256)
        .where(_is(u.opd, berkas.opd), _is(u.tahun, berkas.tahun), _is(u.tw, berkas.tw))
    ).scalar()
    return None if last is None else int(last)


def _moved(conn: Connection, pemda: str, muatan: Muatan) -> Touched:
    """A unit that comes to another OPD disturbs every year of both."""
    o, n = tables.opd.c, tables.node.c
    stored = {row.kode: row.induk for row in conn.execute(select(o.kode, o.induk).where(o.pemda == pemda))}
    homes: set[str] = set()
    for row in muatan.opd:
        if row["kode"] in stored and "induk" in row and row["induk"] != stored[row["kode"]]:
            homes |= {row["kode"], stored[row["kode"]] or row["kode"]}
    if not homes:
        return {}
    years = conn.execute(select(n.tahun).where(n.pemda == pemda).distinct()).scalars().all()
    return {(tahun, opd): EVERYTHING for tahun in years for opd in homes}


def _is(column: Any, value: object) -> Any:
    return column.is_(None) if value is None else column == value


def _insert_upload(conn: Connection, pemda: str, berkas: Berkas) -> int:
    u = tables.unggahan
    last = conn.execute(select(func.max(u.c.nomor)).where(u.c.pemda == pemda)).scalar()
    nomor = (last or 0) + 1
    conn.execute(
        insert(u).values(
            pemda=pemda,
            nomor=nomor,
            nama_berkas=berkas.nama_berkas,
            sha256=berkas.sha256,
            jenis=berkas.jenis.value,
            opd=berkas.opd,
            tahun=berkas.tahun,
            tw=berkas.tw,
            dimuat_pada=berkas.dimuat_pada or datetime.now(UTC),
            oleh=berkas.oleh,
            ukuran=berkas.ukuran,
            jumlah_baris=berkas.jumlah_baris,
            keterangan=berkas.keterangan,
        )
    )
    return nomor


@dataclass(frozen=True)
class Merged:
    """What merging the rows of one table did; ``rows`` are the added and changed ones, with what they replaced."""

    added: int = 0
    changed: int = 0
    same: int = 0
    rows: Sequence[tuple[Row, Row | None]] = ()


def _merge(conn: Connection, table: Table, pemda: str, nomor: int, rows: list[Row]) -> Merged:
    """Insert new rows, replace changed ones, leave equal ones with their older origin.

    A row may name only some columns: the others keep what was stored, or get their default.
    """
    if not rows:
        return Merged()
    keys = [column.name for column in table.primary_key.columns]
    key_of = itemgetter(*keys)
    own = {"pemda": pemda} | ({"unggahan": nomor} if "unggahan" in table.c else {})
    filled = [row | own for row in rows]
    existing = _existing(conn, table, pemda, filled, keys)
    blank = {column.name: _default(column) for column in table.columns}
    fresh: dict[tuple[Any, ...], Row] = {}
    replaced: dict[tuple[Any, ...], Row] = {}
    for row in filled:
        key = key_of(row)
        old = existing.get(key)
        if old is None:
            fresh[key] = blank | row
        elif any(old[name] != value for name, value in row.items() if name not in _NOT_CONTENT):
            replaced[key] = old | row
    insert_rows(conn, table, fresh.values())
    _replace(conn, table, keys, list(replaced.values()))
    told = [(row, existing.get(key)) for part in (fresh, replaced) for key, row in part.items()]
    return Merged(len(fresh), len(replaced), len(filled) - len(fresh) - len(replaced), told)


def _default(column: Column[Any]) -> Any:
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    if column.server_default is not None:
        return "" if isinstance(column.type, String) else 0
    return None


def _existing(
    conn: Connection, table: Table, pemda: str, rows: list[Row], keys: list[str]
) -> dict[tuple[Any, ...], Row]:
    """What is stored already for the OPD-years (or the whole pemda) that these rows speak of, by key."""
    query = select(table).where(table.c.pemda == pemda)
    key_of = itemgetter(*keys)
    if "tahun" not in table.c:
        return {key_of(found): dict(found) for found in conn.execute(query).mappings()}
    found_rows: dict[tuple[Any, ...], Row] = {}
    for tahun, opd in sorted({(row["tahun"], row["opd"]) for row in rows}):
        part = query.where(table.c.tahun == tahun, table.c.opd == opd)
        for found in conn.execute(part).mappings():
            found_rows[key_of(found)] = dict(found)
    return found_rows


def _replace(conn: Connection, table: Table, keys: list[str], rows: list[Row]) -> None:
    if rows:
        match = and_(*(table.c[name] == bindparam(f"kunci_{name}") for name in keys))
        values: Row = {c.name: bindparam(f"baru_{c.name}") for c in table.columns if c.name not in keys}
        conn.execute(
            update(table).where(match).values(values),
            [{(f"kunci_{n}" if n in keys else f"baru_{n}"): value for n, value in row.items()} for row in rows],
        )


def touched_by(merged: Mapping[str, Merged], moved: Touched) -> Touched:
    """What must be rolled up anew, from the rows that really changed."""
    found: Touched = dict(moved)
    kinds: dict[str, Callable[[Row, Row | None], Lingkup]] = {
        "node": lambda row, old: EVERYTHING,
        "indikator": lambda row, old: ALL_QUARTERS,
        "target": lambda row, old: ALL_QUARTERS if row["periode"] == SETAHUN else FROM[row["periode"]],
        "realisasi": lambda row, old: FROM[row["periode"]],
        "laporan": lambda row, old: FROM[row["tw"]],
        "keuangan": lambda row, old: MONEY if row["pagu"] == (old["pagu"] if old else None) else EVERYTHING,
    }
    for name, scope_of in kinds.items():
        for row, old in merged[name].rows:
            key, scope = (row["tahun"], row["opd"]), scope_of(row, old)
            found[key] = found.get(key, scope) | scope
    return found
