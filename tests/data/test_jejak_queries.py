"""Reading the trail: filters against a naive second computation, pages without gaps, the chain, the export."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy import insert, select, update

from data import tables
from data.engine import reading, writing
from data.errors import BadParameterError
from data.jejak import Kejadian, Pelaku, append
from data.queries.jejak import (
    Saringan,
    begin_export,
    check_trail,
    count_trail,
    last_sign_ins,
    read_details,
    read_filter,
    read_head,
    read_sign_ins,
    read_trail,
    stream_trail,
)
from data.words import Tindakan

PEMDA = "16.71"
PEOPLE = (Pelaku("sekda", "pimpinan", "", "10.0.0.1"), Pelaku("op", "opd", "1.03", "10.0.0.2"))
ACTIONS = (Tindakan.MASUK, Tindakan.KELUAR, Tindakan.UNGGAH)


@pytest.fixture
def trail(engine):
    """Twelve events of two people, and one of another government."""
    with writing(engine) as conn:
        conn.execute(insert(tables.pemda), [{"kode": kode, "nama": "Kota"} for kode in (PEMDA, "99")])
        append(conn, "99", PEOPLE[0], Kejadian(Tindakan.MASUK))
        for turn, who, what in product(range(2), PEOPLE, ACTIONS):
            append(conn, PEMDA, who, Kejadian(what, f"akun/{who.nama}", {"giliran": turn}))
    return engine


def everything(engine):
    t = tables.jejak
    with engine.connect() as conn:
        return conn.execute(select(t).where(t.c.pemda == PEMDA).order_by(t.c.nomor.desc())).mappings().all()


def numbers(found):
    return found["nomor"].tolist()


@pytest.mark.parametrize(
    "wanted",
    [
        Saringan(),
        Saringan(pelaku="sekda"),
        Saringan(tindakan=Tindakan.KELUAR),
        Saringan(opd="1.03"),
        Saringan(pelaku="op", tindakan=Tindakan.UNGGAH, opd="1.03"),
        Saringan(pelaku="' OR 1=1 --"),
        Saringan(pelaku="sekd%"),
    ],
)
def test_a_filter_finds_what_a_naive_look_finds(trail, wanted):
    naive = [
        row["nomor"]
        for row in everything(trail)
        if wanted.pelaku in ("", row["pelaku"])
        and wanted.tindakan in (None, row["tindakan"])
        and wanted.opd in ("", row["opd"])
    ]
    with reading(trail) as conn:
        assert numbers(read_trail(conn, PEMDA, wanted)) == naive
        assert count_trail(conn, PEMDA, wanted) == (len(naive), max(naive, default=0))


def test_pages_follow_each_other_without_gap_or_repeat(trail):
    seen, before = [], None
    with reading(trail) as conn:
        while page := numbers(read_trail(conn, PEMDA, Saringan(), before, 5)):
            seen += page
            before = page[-1]
    assert seen == list(range(12, 0, -1))


def test_days_are_those_of_the_city(trail):
    """23.30 WIB on the 31st is 16.30 UTC; 00.10 WIB on the 1st is 17.10 UTC of the 31st."""
    late, early = datetime(2026, 3, 31, 16, 30, tzinfo=UTC), datetime(2026, 3, 31, 17, 10, tzinfo=UTC)
    t = tables.jejak
    with writing(trail) as conn:
        conn.execute(update(t).where(t.c.pemda == PEMDA, t.c.nomor == 1).values(waktu=late))
        conn.execute(update(t).where(t.c.pemda == PEMDA, t.c.nomor == 2).values(waktu=early))
    last, first = date(2026, 3, 31), date(2026, 4, 1)
    with reading(trail) as conn:
        assert numbers(read_trail(conn, PEMDA, Saringan(dari=last, sampai=last))) == [1]
        assert numbers(read_trail(conn, PEMDA, Saringan(dari=first, sampai=first))) == [2]
        assert numbers(read_trail(conn, PEMDA, Saringan(sampai=first))) == [2, 1]


@pytest.mark.parametrize(
    "given",
    [
        {"tindakan": "meretas"},
        {"dari": "kemarin"},
        {"dari": "2026-02-30"},
        {"dari": "0001-01-01"},
        {"sampai": "9999-12-31"},
        {"dari": "2026-03-02", "sampai": "2026-03-01"},
        {"pelaku": "a\x00b"},
        {"pelaku": "\ud800"},
        {"pelaku": "x" * 81},
        {"opd": "x" * 41},
    ],
)
def test_nonsense_gets_a_sentence(given):
    with pytest.raises(BadParameterError, match=r"\w+ .*\.$"):
        read_filter(given)


def test_a_filter_survives_the_trip_through_the_address():
    said = {"pelaku": "sekda", "tindakan": "masuk", "opd": "1.03", "dari": "2026-01-01", "sampai": "2026-02-01"}
    assert read_filter(said).as_query() == said
    assert read_filter({"pelaku": " SEKDA ", "asing": "x"}).as_query() == {"pelaku": "sekda"}
    assert read_filter({}) == Saringan()


def test_sign_ins_are_ones_own_and_only_sign_ins(trail):
    with reading(trail) as conn:
        found = read_sign_ins(conn, PEMDA, "op")
        assert found["tindakan"].tolist() == ["keluar", "masuk", "keluar", "masuk"]
        assert len(read_sign_ins(conn, PEMDA, "op", 3)) == 3
        last = last_sign_ins(conn, PEMDA)
    naive = {row["pelaku"]: row["waktu"] for row in reversed(everything(trail)) if row["tindakan"] == "masuk"}
    assert last == naive


def test_the_chain_is_whole_until_a_row_is_touched(trail):
    assert (check_trail(trail, PEMDA).nomor, check_trail(trail, PEMDA).putus) == (12, None)
    t = tables.jejak
    with writing(trail) as conn:
        conn.execute(update(t).where(t.c.pemda == PEMDA, t.c.nomor == 5).values(objek="akun/lain"))
    found = check_trail(trail, PEMDA).putus
    assert (found.nomor, found.sebab) == (5, "diubah")


def test_a_row_cut_from_the_end_shows(trail):
    t = tables.jejak
    with writing(trail) as conn:
        conn.execute(t.delete().where(t.c.pemda == PEMDA, t.c.nomor == 12))
    found = check_trail(trail, PEMDA).putus
    assert (found.nomor, found.sebab) == (12, "hilang")


def test_an_empty_trail_is_whole(engine):
    assert (check_trail(engine, PEMDA).nomor, check_trail(engine, PEMDA).putus) == (0, None)


def test_taking_the_trail_out_is_written_down_and_not_in_what_is_taken(trail, monkeypatch):
    monkeypatch.setattr("data.queries.jejak.CHUNK", 4)
    wanted = Saringan(tindakan=Tindakan.MASUK)
    newest = begin_export(trail, PEMDA, PEOPLE[0], wanted)
    assert [row["nomor"] for row in stream_trail(trail, PEMDA, wanted, newest)] == [10, 7, 4, 1]
    every = begin_export(trail, PEMDA, PEOPLE[0], Saringan())
    assert [row["nomor"] for row in stream_trail(trail, PEMDA, Saringan(), every)] == list(range(13, 0, -1))
    with reading(trail) as conn:
        lines = read_trail(conn, PEMDA, Saringan(tindakan=Tindakan.EKSPOR))
        assert read_head(conn, PEMDA) == 14
    told = [read_details(line) for line in lines["rincian"]]
    assert told == [{"baris": 13}, {"baris": 4, "tindakan": "masuk"}]


def test_an_export_of_nothing_is_empty(trail):
    wanted = Saringan(pelaku="hantu")
    assert list(stream_trail(trail, PEMDA, wanted, begin_export(trail, PEMDA, PEOPLE[0], wanted))) == []


def test_details_that_are_not_ours_show_as_they_are():
    assert read_details('{"a":1}') == {"a": 1}
    assert read_details("bukan json") == {"isi": "bukan json"}
    assert read_details("[1]") == {"isi": "[1]"}
