"""Settings: read once, refused with a sentence that says what to mend."""

import pytest

from data.aturan import MEANINGS, Aturan, parse, read_aturan
from data.errors import DatabaseAwayError, SchemaError, SettingsError
from data.settings import Settings, read_settings
from data.words import JenisBerkas

SECRET = "x" * 32


def test_defaults_need_no_environment():
    settings = read_settings({"EMONEV_SECRET_KEY": SECRET})
    assert (settings.port, settings.pemda, settings.production) == (8050, "16.71", False)
    assert settings.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMONEV_PORT", "delapan"),
        ("EMONEV_PORT", "0"),
        ("EMONEV_PORT", "٨٠٥٠"),
        ("EMONEV_WORKERS", "-1"),
        ("EMONEV_PEMDA", "Palembang"),
        ("EMONEV_DATABASE_URL", "bukan alamat"),
        ("EMONEV_DATABASE_URL", "mysql://x/y"),
        ("EMONEV_SECRET_KEY", "pendek"),
        ("EMONEV_MODE", "coba"),
        ("EMONEV_ALAMAT", "javascript:alert(1)"),
    ],
)
def test_a_wrong_value_names_itself_and_an_example(name, value):
    with pytest.raises(SettingsError, match=name):
        read_settings({"EMONEV_SECRET_KEY": SECRET, name: value})


def test_production_refuses_to_start_without_a_key():
    with pytest.raises(SettingsError, match="EMONEV_SECRET_KEY wajib"):
        read_settings({"EMONEV_MODE": "produksi", "EMONEV_ALAMAT": "https://emonev.kota.go.id"})


def test_settings_are_frozen():
    with pytest.raises(AttributeError):
        read_settings({"EMONEV_SECRET_KEY": SECRET}).port = 1  # type: ignore[misc]
    assert Settings.__dataclass_params__.frozen


def test_every_rule_is_explained_on_the_page():
    assert set(MEANINGS) == set(Aturan.__dataclass_fields__)


@pytest.mark.parametrize(
    ("kunci", "nilai"),
    [
        ("rumus_turun", "R/T"),
        ("bacaan_predikat", "kira"),
        ("ambang_perhatian", "sepuluh"),
        ("nama_belum_lapor_setelah_kunci", "mungkin"),
    ],
)
def test_a_wrong_rule_is_refused(kunci, nilai):
    with pytest.raises(SettingsError, match=kunci):
        parse(kunci, nilai)


def test_rules_differ_per_pemda(engine):
    from sqlalchemy import insert

    from data.tables import aturan

    with engine.begin() as conn:
        conn.execute(insert(aturan), [{"pemda": "A", "kunci": "batas_rata_rata", "nilai": "tanpa"}])
    with engine.connect() as conn:
        assert read_aturan(conn, "A").batas_rata_rata is None
        assert read_aturan(conn, "B") == Aturan()


def test_migration_builds_exactly_the_tables(engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from data.migrate import check
    from data.tables import metadata

    check(engine)
    with engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_an_empty_or_newer_database_is_refused(tmp_path):
    from sqlalchemy import create_engine, text

    from data.migrate import check, upgrade

    engine = create_engine(f"sqlite:///{tmp_path / 'kosong.db'}")
    with pytest.raises(SchemaError, match="migrasi"):
        check(engine)
    upgrade(engine)
    with engine.begin() as conn:
        conn.execute(text("update alembic_version set version_num = '9999'"))
    for do in (check, upgrade):
        with pytest.raises(SchemaError, match="lebih baru"):
            do(engine)


def test_a_database_that_is_away_is_a_named_error():
    from data.engine import engine_for, reading
    from data.migrate import check

    away = engine_for("postgresql+psycopg://x:y@127.0.0.1:1/z")
    with pytest.raises(DatabaseAwayError, match="tidak dapat dihubungi"):
        check(away)
    with pytest.raises(DatabaseAwayError), reading(away):
        pass


def test_kinds_of_file_are_words_for_the_command_line():
    assert {kind.value for kind in JenisBerkas} >= {"renja", "realisasi-tw", "iku", "indikator", "keuangan", "tahunan"}
