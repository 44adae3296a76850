"""Signing in, step by step, on both databases: what opens, what does not, and what is written down."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pyotp
import pytest
from sqlalchemy import insert, select, update

from data import tables
from data.accounts import create_sample_account, disable_account, find_account, forget_doors
from data.engine import reading, writing
from data.errors import BadParameterError, NotFoundError, SettingsError, TahanError
from data.faktor import STEP, install_factor, kind_of_code, matching_step, new_secret, recovery_left
from data.jejak import verify_chain
from data.masuk import Pintu, leave, with_code, with_new_factor, with_password, with_single_sign_on
from data.percobaan import AKUN, check_waiting, count_attempt, counters, network
from data.sesi import Asal, Tahap, end_session, find_session, list_sessions
from data.settings import DEFAULT_LIFETIMES
from data.tautan import Guna, make_link, read_link, use_link
from data.words import Peran, Tindakan
from tests.conftest import add_account

SANDI = "kucing-naik-sepeda-hujan"
LAIN = "lampu-gajah-kertas-sungai"
KUNCI = "kunci-peladen-untuk-uji-0123456789"
PEMDA = "16.71"
RUMAH = Asal("203.0.113.5", "Firefox")


@pytest.fixture
def pintu(engine):
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": PEMDA, "nama": "Kota Uji", "contoh": False}])
        conn.execute(insert(tables.opd), [{"pemda": PEMDA, "kode": "1.02", "nama": "Dinas Kesehatan"}])
        for nama, peran, opd in (
            ("sekda", Peran.PIMPINAN, None),
            ("bappeda", Peran.BAPPEDA, None),
            ("dinkes", Peran.OPD, "1.02"),
            ("admin", Peran.ADMIN, None),
        ):
            add_account(conn, PEMDA, nama, nama.title(), peran, opd, SANDI)
    return Pintu(engine, PEMDA, KUNCI, dict(DEFAULT_LIFETIMES))


def session_of(pintu, token):
    with reading(pintu.engine) as conn:
        return find_session(conn, PEMDA, token, pintu.umur)[0]


def enrol(pintu, nama):
    """Give the account a code; the secret of its phone."""
    secret = new_secret()
    with writing(pintu.engine) as conn:
        codes = install_factor(conn, PEMDA, nama, KUNCI, secret, 0)
    return secret, codes


def told(pintu):
    with reading(pintu.engine) as conn:
        j = tables.jejak.c
        return list(conn.execute(select(j.tindakan, j.pelaku, j.alamat).order_by(j.nomor)))


@pytest.mark.parametrize(
    ("nama", "tahap"),
    [("sekda", Tahap.PENUH), ("dinkes", Tahap.PENUH), ("bappeda", Tahap.PASANG), ("admin", Tahap.PASANG)],
)
def test_who_must_set_up_a_code_is_not_in_yet(pintu, nama, tahap):
    done = with_password(pintu, nama, SANDI, RUMAH)
    assert done.tahap == tahap
    assert session_of(pintu, done.token).tahap == tahap


def test_a_wrong_password_opens_nothing_and_is_told(pintu):
    assert with_password(pintu, "sekda", "salah", RUMAH) is None
    assert with_password(pintu, "kata-sandi-di-tempat-nama", "x", RUMAH) is None
    assert [(row.tindakan, row.pelaku) for row in told(pintu)] == [
        ("masuk_gagal", "sekda"),
        ("masuk_gagal", "(tidak dikenal)"),
    ]
    assert told(pintu)[0].alamat == RUMAH.alamat


def test_the_code_comes_second_and_works_once(pintu):
    secret, _ = enrol(pintu, "bappeda")
    first = with_password(pintu, "bappeda", SANDI, RUMAH)
    assert first.tahap == Tahap.KODE
    half = session_of(pintu, first.token)
    code = pyotp.TOTP(secret).now()
    assert with_code(pintu, half, "000000" if code != "000000" else "111111", RUMAH) is None
    done = with_code(pintu, half, code, RUMAH)
    assert done.tahap == Tahap.PENUH
    assert session_of(pintu, first.token) is None, "the secret of the first step must die"
    again = session_of(pintu, with_password(pintu, "bappeda", SANDI, RUMAH).token)
    assert with_code(pintu, again, code, RUMAH) is None, "a code is used up"


def test_recovery_codes_work_once_each(pintu):
    _, codes = enrol(pintu, "bappeda")
    assert len(set(codes)) == 10
    for _ in range(2):
        half = session_of(pintu, with_password(pintu, "bappeda", SANDI, RUMAH).token)
        results = [with_code(pintu, half, codes[0].lower(), RUMAH)]
    assert results == [None]
    with reading(pintu.engine) as conn:
        assert recovery_left(conn, PEMDA, "bappeda") == 9


def test_setting_up_a_code_finishes_the_session(pintu):
    half = session_of(pintu, with_password(pintu, "admin", SANDI, RUMAH).token)
    done, codes = with_new_factor(pintu, half, new_secret(), 0, RUMAH)
    assert session_of(pintu, done.token).tahap == Tahap.PENUH
    assert len(codes) == 10
    assert "faktor_dipasang" in [row.tindakan for row in told(pintu)]


@pytest.mark.parametrize(("nama", "spared"), [("sekda", True), ("dinkes", True), ("bappeda", False), ("admin", False)])
def test_a_trusted_device_spares_only_those_it_may(pintu, nama, spared):
    secret, _ = enrol(pintu, nama)
    half = session_of(pintu, with_password(pintu, nama, SANDI, RUMAH).token)
    done = with_code(pintu, half, pyotp.TOTP(secret).now(), RUMAH, trust=True)
    again = with_password(pintu, nama, SANDI, RUMAH, done.perangkat)
    assert (again.tahap == Tahap.PENUH) == spared
    assert with_password(pintu, nama, SANDI, RUMAH, "perangkat-karangan").tahap == Tahap.KODE


def test_a_trusted_device_is_trusted_for_a_month(pintu):
    secret, _ = enrol(pintu, "sekda")
    half = session_of(pintu, with_password(pintu, "sekda", SANDI, RUMAH).token)
    done = with_code(pintu, half, pyotp.TOTP(secret).now(), RUMAH, trust=True)
    old = datetime.now(UTC) - timedelta(days=31)
    with writing(pintu.engine) as conn:
        conn.execute(update(tables.perangkat).values(dibuat_pada=old))
    assert with_password(pintu, "sekda", SANDI, RUMAH, done.perangkat).tahap == Tahap.KODE


def test_single_sign_on_asks_for_our_code_unless_it_asked_itself(pintu):
    assert with_single_sign_on(pintu, "bappeda", RUMAH, strong=False).tahap == Tahap.PASANG
    assert with_single_sign_on(pintu, "bappeda", RUMAH, strong=True).tahap == Tahap.PENUH
    assert with_single_sign_on(pintu, "siapa", RUMAH, strong=True) is None


def test_a_sample_account_never_gets_into_production(pintu):
    with writing(pintu.engine) as conn:
        create_sample_account(conn, PEMDA, "contoh", "Contoh", SANDI, Peran.BAPPEDA)
    assert with_password(pintu, "contoh", SANDI, RUMAH).tahap == Tahap.PENUH, "its password is printed: no code either"
    strict = Pintu(pintu.engine, PEMDA, KUNCI, pintu.umur, contoh_boleh=False)
    assert with_password(strict, "contoh", SANDI, RUMAH) is None
    assert with_single_sign_on(strict, "contoh", RUMAH, strong=True) is None


def test_sessions_end(pintu):
    for nama in ("sekda", "sekda", "dinkes"):
        token = with_password(pintu, nama, SANDI, RUMAH).token
    with reading(pintu.engine) as conn:
        mine, other = list_sessions(conn, PEMDA, "sekda")
    with writing(pintu.engine) as conn:
        assert not end_session(conn, PEMDA, "dinkes", mine.sesi), "nobody ends another's session"
        assert not end_session(conn, PEMDA, "sekda", "")
        assert not end_session(conn, PEMDA, "sekda", "%" * 16)
        assert end_session(conn, PEMDA, "sekda", mine.sesi)
        assert [row.sesi for row in list_sessions(conn, PEMDA, "sekda")] == [other.sesi]
        forget_doors(conn, PEMDA, "sekda")
        assert list_sessions(conn, PEMDA, "sekda") == []
    orang = session_of(pintu, token).orang
    assert leave(pintu, orang, RUMAH.alamat)
    assert session_of(pintu, token) is None


def test_a_closed_account_is_out_at_once(pintu):
    token = with_password(pintu, "sekda", SANDI, RUMAH).token
    with writing(pintu.engine) as conn:
        disable_account(conn, PEMDA, "sekda")
    assert session_of(pintu, token) is None
    assert with_password(pintu, "sekda", SANDI, RUMAH) is None


@pytest.mark.parametrize(
    ("nama", "later", "alive"),
    [
        ("sekda", timedelta(days=13), True),
        ("sekda", timedelta(days=15), False),
        ("dinkes", timedelta(hours=7), True),
        ("dinkes", timedelta(hours=9), False),
    ],
)
def test_an_idle_session_ends_by_its_role(pintu, nama, later, alive):
    token = with_password(pintu, nama, SANDI, RUMAH).token
    with reading(pintu.engine) as conn:
        found, stale = find_session(conn, PEMDA, token, pintu.umur, datetime.now(UTC) + later)
    assert (found is not None, stale) == (alive, alive)


def test_a_used_session_still_ends_one_day(pintu):
    token = with_password(pintu, "dinkes", SANDI, RUMAH).token
    week = datetime.now(UTC) + timedelta(days=7, minutes=1)
    with writing(pintu.engine) as conn:
        conn.execute(update(tables.sesi).values(dilihat_pada=week))
    with reading(pintu.engine) as conn:
        assert find_session(conn, PEMDA, token, pintu.umur, week) == (None, False)


def test_guessing_costs_waiting_but_not_for_the_owner_at_home(pintu):
    home = with_password(pintu, "sekda", SANDI, RUMAH).perangkat
    attacker = partial(with_password, pintu, "sekda", "tebakan", Asal("198.51.100.9"))
    for _ in range(AKUN.bebas):
        assert attacker() is None
    with pytest.raises(TahanError, match=r"Tunggu \d+ detik"):
        attacker()
    with pytest.raises(TahanError):
        with_password(pintu, "sekda", SANDI, Asal("192.0.2.1"))
    assert with_password(pintu, "sekda", SANDI, RUMAH, home).tahap == Tahap.PENUH
    with pytest.raises(TahanError):
        attacker()
    assert [row.tindakan for row in told(pintu)].count(Tindakan.MASUK_DITAHAN) == 1


def test_parallel_guesses_do_not_slip_through_together(pintu):
    through, held = [], []

    def guess():
        try:
            through.append(with_password(pintu, "sekda", "tebakan", Asal("198.51.100.9")))
        except TahanError:
            held.append(1)

    threads = [threading.Thread(target=guess) for _ in range(24)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(through), len(held)) == (AKUN.bebas, 24 - AKUN.bebas)


@pytest.mark.parametrize("addresses", [1, 500])
def test_ten_thousand_guesses_in_a_day(pintu, addresses, record_property):
    """Simulated time: one guess each 8.64 s. What counts is how many reach the password hash."""
    start = datetime(2026, 10, 5, tzinfo=UTC)
    through = 0
    with writing(pintu.engine) as conn:
        for number in range(10_000):
            against = counters("sekda", f"10.{number % addresses // 250}.0.{number % addresses % 250}", None)
            now = start + timedelta(seconds=8.64 * number)
            try:
                check_waiting(conn, PEMDA, against, now)
                count_attempt(conn, PEMDA, against, now)
            except TahanError:
                continue
            through += 1
    record_property("angka", f"10,000 guesses in a day from {addresses} address(es): {through} reached a hash check")
    assert AKUN.bebas <= through <= 40


def test_addresses_are_counted_as_subscribers():
    assert network("2001:db8::1") == network("2001:db8::ffff") != network("2001:db8:1::1")
    assert network("::ffff:192.0.2.1") == "192.0.2.1"
    assert network("bukan alamat") == network("") == "-"


def test_spraying_many_accounts_from_one_address_is_held_too(pintu):
    held = 0
    with writing(pintu.engine) as conn:
        for number in range(200):
            try:
                count_attempt(conn, PEMDA, counters(f"akun{number}", "198.51.100.9", None))
            except TahanError:
                held += 1
    assert held == 170


def test_a_good_attempt_of_the_attackers_own_does_not_clear_the_address(pintu):
    for number in range(40):
        try:
            with_password(pintu, f"akun{number}", "x", RUMAH)
        except TahanError:
            break
    with pytest.raises(TahanError):
        with_password(pintu, "dinkes", SANDI, RUMAH)


def test_a_link_sets_a_password_once(pintu):
    before = with_password(pintu, "sekda", SANDI, RUMAH).token
    with writing(pintu.engine) as conn:
        dead = make_link(conn, PEMDA, "sekda", Guna.SETEL_ULANG, "admin")
        token = make_link(conn, PEMDA, "sekda", Guna.SETEL_ULANG, "admin")
        assert read_link(conn, PEMDA, token).nama == "sekda"
    for bad in (dead, "karangan", ""):
        with writing(pintu.engine) as conn, pytest.raises(NotFoundError, match="sudah dipakai"):
            use_link(conn, PEMDA, bad, LAIN)
    with writing(pintu.engine) as conn, pytest.raises(BadParameterError, match="mudah ditebak"):
        use_link(conn, PEMDA, token, "Kota Uji 2026 maju")
    with writing(pintu.engine) as conn:
        use_link(conn, PEMDA, token, LAIN)
    with writing(pintu.engine) as conn, pytest.raises(NotFoundError):
        use_link(conn, PEMDA, token, SANDI)
    assert session_of(pintu, before) is None
    assert with_password(pintu, "sekda", SANDI, RUMAH) is None
    assert with_password(pintu, "sekda", LAIN, RUMAH).tahap == Tahap.PENUH


def test_a_link_dies_of_age(pintu):
    with writing(pintu.engine) as conn:
        token = make_link(conn, PEMDA, "sekda", Guna.SETEL_ULANG, "admin")
        conn.execute(update(tables.tautan).values(berakhir_pada=datetime.now(UTC) - timedelta(seconds=1)))
    with writing(pintu.engine) as conn, pytest.raises(NotFoundError):
        use_link(conn, PEMDA, token, LAIN)


def test_nothing_that_opens_a_door_is_stored_in_the_clear(pintu):
    secret, codes = enrol(pintu, "sekda")
    half = with_password(pintu, "sekda", SANDI, RUMAH)
    done = with_code(pintu, session_of(pintu, half.token), pyotp.TOTP(secret).now(), RUMAH)
    with writing(pintu.engine) as conn:
        link = make_link(conn, PEMDA, "dinkes", Guna.UNDANGAN, "admin")
        names = ("pengguna", "sesi", "perangkat", "tautan", "kode_pemulihan", "jejak")
        stored = str([conn.execute(select(tables.metadata.tables[name])).all() for name in names])
    for open_secret in (SANDI, secret, half.token, done.token, done.perangkat, link, *codes):
        assert open_secret not in stored
        assert open_secret.replace("-", "") not in stored


def test_a_code_sealed_with_another_key_says_what_to_do(pintu):
    enrol(pintu, "sekda")
    with writing(pintu.engine) as conn:
        account = find_account(conn, PEMDA, "sekda")
        with pytest.raises(SettingsError, match="EMONEV_SECRET_KEY"):
            kind_of_code(conn, PEMDA, account, "kunci lain yang panjang sekali 012345", "123456")


@pytest.mark.parametrize("shift", [-2, -1, 0, 1, 2])
def test_a_code_is_good_for_its_step_and_its_neighbours(shift):
    secret, now = new_secret(), 1_790_000_000
    code = pyotp.TOTP(secret).at(now + shift * STEP)
    assert (matching_step(secret, code, now) is not None) == (abs(shift) <= 1)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "12 34 5"])
def test_what_is_no_code_is_refused(code):
    assert matching_step(new_secret(), code) is None


def test_every_step_leaves_a_whole_chain(pintu):
    with_password(pintu, "sekda", "salah", RUMAH)
    with_password(pintu, "sekda", SANDI, RUMAH)
    with reading(pintu.engine) as conn:
        assert verify_chain(conn, PEMDA) is None
    assert len(told(pintu)) == 2
