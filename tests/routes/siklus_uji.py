"""A small city of its own for the tests of verification and calendar: two OPD with one indicator each, TW III open now,
the cast's accounts. The one application of the process looks at it while such a test runs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from sqlalchemy import create_engine, insert, select

from data import tables
from data.ask import Penjawab
from data.engine import engine_for, reading
from data.jejak import Pelaku
from data.kalender import default_periods
from data.kiriman import Alamat, Periksa, save_draft, submit, write_texts
from data.mentah import keep_raw
from data.queries.kiriman import one_version
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas, Peran
from routes.forms import form_token
from tests.conftest import add_account

P, SUB, YEAR, TW = "16.71", "1.01.02.2.01.0001", 2026, 3
A, B = "1.03.0.00.0.00.01.0000", "1.06.0.00.0.00.01.0000"
OPERATOR = Pelaku("operator-a", "opd", A)
WRONG_ROLES = ("sekda", "operator-a", "operator-b")
CAST = (
    ("sekda", "Sekretaris Daerah", Peran.PIMPINAN, None),
    ("bappeda", "Bappeda Litbang", Peran.BAPPEDA, None),
    ("bappeda-2", "Bappeda Litbang, rekan", Peran.BAPPEDA, None),
    ("operator-a", "Operator A", Peran.OPD, A),
    ("operator-b", "Operator B", Peran.OPD, B),
    ("admin", "Administrator", Peran.ADMIN, None),
)
marks = count()


def build(path):
    """Fill a migrated, empty file."""
    engine = create_engine(f"sqlite:///{path}")
    fill(engine)
    with engine.begin() as conn:
        for nama, tampil, peran, opd in CAST:
            add_account(conn, P, nama, tampil, peran, opd)
    engine.dispose()


def fill(engine):
    """The city without accounts, in a migrated, empty database of either kind."""
    now = datetime.now(UTC)
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota Uji", "contoh": False}])
        rows = default_periods(YEAR)
        for row in rows[:2]:
            row |= {"dibuka": now - timedelta(days=90 - row["tw"])}
        rows[2] |= {"dibuka": now - timedelta(days=5), "tepat_waktu_sampai": now + timedelta(days=1)}
        rows[2] |= {"dikunci": now + timedelta(days=3)}
        rows[3] |= {"dibuka": now + timedelta(days=30)}
        conn.execute(insert(tables.periode), [{"pemda": P, **row} for row in rows])
    for opd, nama in ((A, "Dinas Apel"), (B, "Dinas Belimbing")):
        store(engine, P, Berkas("r.csv", f"{next(marks):064d}", JenisBerkas.RENJA, "uji", opd), plan(opd, nama))


def plan(opd, nama):
    node = {"tahun": YEAR, "opd": opd, "baris": 2}
    tree = (
        ("1.01.02", "program", None),
        ("1.01.02.2.01", "kegiatan", "1.01.02"),
        (SUB, "sub_kegiatan", "1.01.02.2.01"),
    )
    target = {**node, "indikator": f"{SUB}#1", "asli": "10", "nilai": Decimal(10)}
    return Muatan(
        opd=[{"kode": opd, "nama": nama}],
        node=[
            {**node, "kode": kode, "level": level, "induk": induk, "nama": f"Simpul {kode}", "pagu": 1_000}
            for kode, level, induk in tree
        ],
        indikator=[
            {**node, "kode": f"{SUB}#1", "node": SUB, "nama": "Panjang jalan", "arah": "naik", "akumulasi": "terakhir"}
        ],
        target=[{**target, "periode": tw} for tw in (1, 2, 3, 4)],
    )


@contextmanager
def own_house(server, pattern, tmp_path) -> Iterator[object]:
    """The application answers from a copy of this file, with a folder of its own for raw files."""
    path = tmp_path / "kota-uji.db"
    shutil.copy(pattern, path)
    engine = engine_for(f"sqlite:///{path}")
    before = {name: server.config[name] for name in ("PENJAWAB", "SETELAN")}
    kept = server.config["SAJIAN"]
    server.config["PENJAWAB"] = kept.answerer = Penjawab(engine, P)
    server.config["SETELAN"] = replace(before["SETELAN"], berkas=tmp_path / "berkas")
    try:
        yield engine
    finally:
        server.config.update(before)
        kept.answerer = before["PENJAWAB"]
        engine.dispose()


def finding(**given):
    known = {
        "tingkat": "Konfirmasi",
        "aturan": "lebih_pagu",
        "pesan": "melebihi pagu.",
        "perbaikan": "Tulis alasannya.",
    }
    return known | {"baris": 17, "kolom": 5, "nama_kolom": "Bulan ke-1", "nilai": "412.600.000"} | given


def send(engine, folder, value="5", opd=A, who=OPERATOR, masalah=(), texts=None, name="laporan.xlsx", rupiah=100):
    """One version sent by an operator, its file kept; the receipt."""
    content = f"isi {next(marks)}".encode()
    row = {"tahun": YEAR, "opd": opd, "baris": 5, "kolom": "G"}
    rows = Muatan(
        realisasi=[{**row, "indikator": f"{SUB}#1", "periode": TW, "nilai": Decimal(value), "asli": value}],
        keuangan=[{**row, "baris": 6, "node": SUB, "bulan": 7, "realisasi": rupiah}],
    )
    digest, found = keep_raw(folder, content), list(masalah)
    checked = Periksa(name, digest, len(content), 2, 0, len(found), {}, found, rows, {"keterangan": "XLSX"})
    alamat = Alamat(YEAR, TW, opd)
    nomor = save_draft(engine, P, who, alamat, checked)
    write_texts(engine, P, alamat, nomor, texts or {"alasan": "Pagu naik pada perubahan anggaran."})
    with reading(engine) as conn:
        token = one_version(conn, P, nomor)["sekali"]
    return submit(engine, P, who, alamat, token)


def page(client, path):
    return client.get(path).get_data(as_text=True)


def token(client, purpose):
    """The token of a form that is open in this browser, whatever the page shows meanwhile."""
    cookie = client.get_cookie("emonev_sesi").value
    with client.application.test_request_context("/", headers={"Cookie": f"emonev_sesi={cookie}"}):
        return form_token(purpose)


def trail(engine):
    """(pelaku, tindakan, objek) of every line but uploads, oldest first."""
    t = tables.jejak.c
    with reading(engine) as conn:
        rows = conn.execute(select(t.pelaku, t.tindakan, t.objek).where(t.tindakan != "unggah").order_by(t.nomor))
        return [tuple(row) for row in rows]
