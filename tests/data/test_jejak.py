"""The audit trail: only added to, and whoever alters, cuts or swaps it is found."""

import json
import logging
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select, update

from data.engine import reading, writing
from data.jejak import Kejadian, Pelaku, append, verify_chain
from data.tables import jejak, jejak_kepala
from data.words import Tindakan

PEMDA = "16.71"
WHO = Pelaku("sekda", "pimpinan", "", "203.0.113.5")


def write(engine, count=6):
    for number in range(count):
        with writing(engine) as conn:
            append(conn, PEMDA, WHO, Kejadian(Tindakan.SETELAN, f"aturan/{number}", {"nilai": "ä\r\n\x1b[31m"}))


def broken(engine):
    with reading(engine) as conn:
        return verify_chain(conn, PEMDA)


def test_an_untouched_chain_is_whole(engine):
    assert broken(engine) is None
    write(engine)
    assert broken(engine) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pelaku", "orang lain"),
        ("peran", "admin"),
        ("opd", "X"),
        ("alamat", "192.0.2.1"),
        ("tindakan", "masuk"),
        ("objek", "aturan/9"),
        ("rincian", "{}"),
        ("waktu", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_an_altered_row_is_named(engine, column, value):
    write(engine)
    with writing(engine) as conn:
        conn.execute(update(jejak).where(jejak.c.nomor == 3).values({column: value}))
    found = broken(engine)
    assert (found.nomor, found.sebab) == (3, "diubah")


@pytest.mark.parametrize("gone", [1, 4, 6])
def test_a_missing_row_is_named(engine, gone):
    write(engine)
    with writing(engine) as conn:
        conn.execute(delete(jejak).where(jejak.c.nomor == gone))
    found = broken(engine)
    assert (found.nomor, found.sebab) == (gone, "hilang")


def test_a_row_altered_together_with_its_own_hash_breaks_the_next(engine):
    write(engine)
    with writing(engine) as conn:
        conn.execute(update(jejak).where(jejak.c.nomor == 2).values(pelaku="lain", hash="f" * 64))
    assert broken(engine).nomor == 2


def test_everything_gone_but_the_head_is_noticed(engine):
    write(engine)
    with writing(engine) as conn:
        conn.execute(delete(jejak))
    assert (broken(engine).nomor, broken(engine).sebab) == (1, "hilang")


def test_a_head_that_was_set_back_is_noticed(engine):
    write(engine)
    with writing(engine) as conn:
        conn.execute(update(jejak_kepala).values(nomor=2))
    assert broken(engine) is not None


def test_writers_at_once_stand_in_line(engine):
    def many():
        for number in range(10):
            with writing(engine) as conn:
                append(conn, PEMDA, WHO, Kejadian(Tindakan.SETELAN, str(number)))

    threads = [threading.Thread(target=many) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with reading(engine) as conn:
        assert conn.execute(select(func.count()).select_from(jejak)).scalar() == 60
    assert broken(engine) is None


def test_what_is_rolled_back_was_never_said(engine, caplog):
    caplog.set_level(logging.INFO, "emonev.jejak")
    with writing(engine) as conn:
        append(conn, PEMDA, WHO, Kejadian(Tindakan.SETELAN))
        conn.rollback()
    assert caplog.records == []
    assert broken(engine) is None


def test_the_log_line_is_one_line_of_json(engine, caplog):
    caplog.set_level(logging.INFO, "emonev.jejak")
    write(engine, 1)
    (record,) = caplog.records
    line = record.getMessage()
    assert "\n" not in line
    assert "\x1b" not in line
    said = json.loads(line)
    with reading(engine) as conn:
        assert said["hash"] == conn.execute(select(jejak.c.hash)).scalar_one()
