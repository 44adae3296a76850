"""Tokens of screens: what each opens, told in one table, and what is written of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from data import tables
from data.errors import BadParameterError, NotFoundError
from data.jejak import Pelaku
from data.kunci import fingerprint
from data.layar import list_screens, make_screen, recognise, revoke_screen, seen_too_long_ago, touch_screen
from data.tables.publik import layar

PEMDA, OTHER = "16.71", "16.72"
WHO = Pelaku("admin")


@pytest.fixture
def house(sqlite_engine):
    with sqlite_engine.begin() as conn:
        for kode in (PEMDA, OTHER):
            row = {"kode": kode, "nama": kode, "contoh": True, "catatan": "", "versi": 1}
            conn.execute(insert(tables.pemda), [row])
    return sqlite_engine


def test_what_a_token_opens(house):
    live, dead = (make_screen(house, PEMDA, WHO, name) for name in ("Kiri", "Kanan"))
    revoke_screen(house, PEMDA, WHO, 2)
    wanted = {
        (PEMDA, live): ("Kiri", True),
        (PEMDA, dead): ("Kanan", False),
        (OTHER, live): None,
        (PEMDA, ""): None,
        (PEMDA, live[:-1]): None,
        (PEMDA, live.swapcase()): None,
        (PEMDA, fingerprint(live)): None,
        (PEMDA, "x" * 10_000): None,
    }
    with house.begin() as conn:
        for (pemda, token), answer in wanted.items():
            found = recognise(conn, pemda, token)
            assert (found and (found.nama, found.dicabut_pada is None)) == answer, token


def test_only_the_fingerprint_is_kept_and_both_deeds_are_told(house):
    token = make_screen(house, PEMDA, WHO, "  Ruang   komando ")
    revoke_screen(house, PEMDA, WHO, 1)
    revoke_screen(house, PEMDA, WHO, 1)
    with house.begin() as conn:
        row = conn.execute(select(layar)).one()
        told = conn.execute(select(tables.jejak.c.tindakan, tables.jejak.c.objek, tables.jejak.c.rincian)).all()
    assert row.nama == "Ruang komando"
    assert row.sidik == fingerprint(token)
    assert [(one.tindakan, one.objek) for one in told] == [("layar_dibuat", "layar/1"), ("layar_dicabut", "layar/1")]
    assert not any(token in str(one) or row.sidik in str(one) for one in told)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_name_must_be_readable(house, name):
    with pytest.raises(BadParameterError):
        make_screen(house, PEMDA, WHO, name)


def test_an_unknown_screen_cannot_be_revoked(house):
    make_screen(house, OTHER, WHO, "Milik kota lain")
    with pytest.raises(NotFoundError):
        revoke_screen(house, PEMDA, WHO, 1)


def test_last_seen_moves_once_a_minute(house):
    make_screen(house, PEMDA, WHO, "Kiri")
    start = datetime(2026, 10, 1, 1, tzinfo=UTC)
    for seconds, seen in ((0, 0), (30, 0), (59, 0), (60, 60), (100, 60), (125, 125)):
        now = start + timedelta(seconds=seconds)
        with house.begin() as conn:
            before = list_screens(conn, PEMDA)[0]
            touch_screen(conn, PEMDA, 1, now)
            after = list_screens(conn, PEMDA)[0]
        assert after.terlihat_pada == start + timedelta(seconds=seen)
        assert seen_too_long_ago(before, now) == (seen == seconds)
