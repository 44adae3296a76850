"""Who may: the truth table, and accounts."""

import pytest

from data.access import Audiens, Orang, can_audience, can_opd, check_audience, check_opd, own_opd
from data.accounts import create_account, disable_account, find_account, list_accounts, person, verify_password
from data.errors import BadParameterError, NotAllowedError, NotFoundError, NotSignedInError
from data.tokens import is_valid_token, make_token
from data.words import Peran

SANDI = "kucing-naik-sepeda"
# audience → roles that may; nobody signed in may only what is public.
TABLE = {
    Audiens.PUBLIK: {"pimpinan", "bappeda", "opd", "admin"},
    Audiens.MASUK: {"pimpinan", "bappeda", "opd", "admin"},
    Audiens.PIMPINAN: {"pimpinan", "bappeda", "admin"},
    Audiens.PENGARAH: {"pimpinan", "bappeda"},
    Audiens.BAPPEDA: {"bappeda", "admin"},
    Audiens.OPD: {"opd", "bappeda", "admin"},
    Audiens.OPD_SENDIRI: {"opd"},
    Audiens.ADMIN: {"admin"},
    Audiens.SETENGAH: set(),
    Audiens.LAYAR: set(),
}


@pytest.mark.parametrize("audiens", list(Audiens))
@pytest.mark.parametrize("peran", list(Peran))
def test_truth_table(audiens, peran):
    orang = Orang("x", "X", peran, None)
    assert can_audience(orang, audiens) == (peran.value in TABLE[audiens])
    assert can_audience(None, audiens) == (audiens == Audiens.PUBLIK)


def test_check_says_which_of_the_two_it_is():
    with pytest.raises(NotSignedInError, match="Masuk"):
        check_audience(None, Audiens.PIMPINAN)
    with pytest.raises(NotAllowedError, match="berwenang"):
        check_audience(Orang("x", "X", Peran.OPD, "A"), Audiens.PIMPINAN)


def test_an_operator_works_with_the_own_opd_only():
    own = Orang("x", "X", Peran.OPD, "A")
    assert can_opd(own, "A")
    assert not can_opd(own, "B")
    assert not can_opd(None, "A")
    assert can_opd(Orang("y", "Y", Peran.BAPPEDA, None), "B")
    assert own_opd(own) == "A"
    with pytest.raises(NotFoundError, match="Tidak ditemukan"):
        check_opd(own, "B")
    for orang, error in (
        (None, NotSignedInError),
        (Orang("y", "Y", Peran.ADMIN, None), NotAllowedError),
        (Orang("z", "Z", Peran.OPD, None), NotAllowedError),
    ):
        with pytest.raises(error):
            own_opd(orang)


def test_password_belongs_to_its_account(engine):
    with engine.begin() as conn:
        create_account(conn, "16.71", "Sekda ", "Sekretaris Daerah", SANDI, Peran.PIMPINAN)
        assert verify_password(conn, "16.71", "sekda", SANDI) == Orang(
            "sekda", "Sekretaris Daerah", Peran.PIMPINAN, None
        )
        assert verify_password(conn, "16.71", "SEKDA", SANDI) is not None
        for nama, sandi in (
            ("sekda", "salah"),
            ("bukan", SANDI),
            ("", ""),
            ("sekda", "x" * 10_000),
            ("sekda'--", SANDI),
        ):
            assert verify_password(conn, "16.71", nama, sandi) is None
        assert verify_password(conn, "99.99", "sekda", SANDI) is None
        assert list_accounts(conn, "16.71")[0].nama == "sekda"


def test_the_password_is_stored_as_argon2id_only(engine):
    from sqlalchemy import select

    from data.tables import pengguna

    with engine.begin() as conn:
        create_account(conn, "16.71", "sekda", "S", SANDI, Peran.PIMPINAN)
        assert conn.execute(select(pengguna.c.sandi)).scalar_one().startswith("$argon2id$")


def test_a_disabled_account_is_nobody(engine):
    with engine.begin() as conn:
        create_account(conn, "16.71", "sekda", "S", SANDI, Peran.PIMPINAN)
        disable_account(conn, "16.71", "sekda")
        assert verify_password(conn, "16.71", "sekda", SANDI) is None
        assert person(find_account(conn, "16.71", "sekda")) is None
        with pytest.raises(BadParameterError, match="Tidak ada akun"):
            disable_account(conn, "16.71", "siapa")


@pytest.mark.parametrize(
    ("nama", "sandi", "peran", "opd", "sentence"),
    [
        ("ab", "pendek", Peran.ADMIN, None, "minimal 12"),
        ("ab", "palembang2026!", Peran.ADMIN, None, "mudah ditebak"),
        ("ab", SANDI, Peran.OPD, None, "kode OPD"),
        ("ab", SANDI, Peran.OPD, "9.99", "tidak dikenal"),
        ("a", SANDI, Peran.ADMIN, None, "Nama pengguna"),
        ("a\r\nb", SANDI, Peran.ADMIN, None, "Nama pengguna"),
    ],
)
def test_bad_accounts_are_refused(engine, nama, sandi, peran, opd, sentence):
    with engine.begin() as conn, pytest.raises(BadParameterError, match=sentence):
        create_account(conn, "16.71", nama, "A", sandi, peran, opd)


def test_a_name_is_taken_once(engine):
    with engine.begin() as conn:
        create_account(conn, "16.71", "sekda", "S", SANDI, Peran.PIMPINAN)
    with pytest.raises(BadParameterError, match="sudah dipakai"), engine.begin() as conn:
        create_account(conn, "16.71", "sekda", "S", SANDI, Peran.PIMPINAN)


def test_a_form_token_is_for_one_purpose_and_secret():
    token = make_token("rahasia", "masuk")
    assert is_valid_token("rahasia", "masuk", token)
    assert not is_valid_token("rahasia", "keluar", token)
    assert not is_valid_token("lain", "masuk", token)
    assert not is_valid_token("rahasia", "masuk", "karangan")
