"""The quick questions of a drill say what the slow ones say."""

import pytest
from sqlalchemy import select

from data import tables
from data.aturan import read_aturan
from data.queries.indikator import indicator_lines, indicators_of_opd
from data.queries.kinerja import families, family, node_lines, nodes_of_level, opd_standings, standing_by_opd
from data.queries.terbitan import corrected, published_before
from data.words import Level
from pages.parts.elements import records

P = "16.71"
TOPS = [Level.PROGRAM, Level.SASARAN]


@pytest.fixture(scope="module")
def conn(city):
    with city.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def known(conn):
    return conn.execute(select(tables.opd.c.kode).where(tables.opd.c.pemda == P)).scalars().all()


def test_families_at_once_are_the_families_one_by_one(conn, known):
    assert families(conn, P) == {kode: family(conn, P, kode) for kode in known}
    assert any(len(members) > 1 for members in families(conn, P).values())


@pytest.mark.parametrize(("tahun", "tw"), [(2025, 4), (2026, 3)])
def test_lines_are_the_rows_of_the_frames(conn, known, tahun, tw):
    rules = read_aturan(conn, P)
    for kode in known[::7]:
        opds = family(conn, P, kode)
        assert node_lines(conn, P, tahun, tw, opds, TOPS, rules) == records(
            nodes_of_level(conn, P, tahun, tw, opds, TOPS, rules)
        )
        assert indicator_lines(conn, P, tahun, tw, opds, rules) == records(
            indicators_of_opd(conn, P, tahun, tw, opds, rules, only_public=True)
        )


def test_no_opd_no_records(conn):
    rules = read_aturan(conn, P)
    assert node_lines(conn, P, 2026, 3, [], TOPS, rules) == []
    assert indicator_lines(conn, P, 2026, 3, [], rules) == []


def test_standings_by_code_are_the_standings(conn):
    rules = read_aturan(conn, P)
    rows = records(opd_standings(conn, P, 2026, 3, rules))
    assert standing_by_opd(conn, P, 2026, 3, rules) == {row["opd"]: row for row in rows}
    assert len(rows) == 50


@pytest.mark.parametrize("places", [1, 2])
def test_published_before_holds_what_was_corrected(conn, places):
    rows = records(corrected(conn, P, 2026, 2, places))
    told = {(row["level"], row["opd"], row["kode"]): row["semula"] for row in rows}
    assert published_before(conn, P, 2026, 2, places) == told
