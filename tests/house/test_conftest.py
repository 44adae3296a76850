"""The shared fixtures themselves: both databases are real, migrated and empty for every test."""

import pytest
from sqlalchemy import Engine, func, insert, select

from data import migrate, tables


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_an_empty_migrated_database(engine: Engine, turn: int) -> None:
    migrate.check(engine)
    with engine.begin() as conn:
        assert conn.execute(select(func.count()).select_from(tables.pemda)).scalar_one() == 0
        conn.execute(insert(tables.pemda).values(kode="16.71", nama=f"Kota {turn}", contoh=True, versi=0))


@pytest.mark.browser
def test_the_system_chromium_draws(page) -> None:
    page.set_content("<p lang=id>Sampai TW III, 31 dari 50 OPD mencapai target.</p>")
    assert "31 dari 50" in page.inner_text("p")
