"""Reminders against a real SMTP server: to whom, when, with which words; once, whatever dies or runs beside it."""

import asyncio
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import delete, insert, select, update

from data import tables
from data.__main__ import main
from data.engine import reading, writing
from data.errors import SettingsError
from data.jejak import Pelaku, verify_chain
from data.kalender import default_periods
from data.pengingat import claim, waiting
from data.queries.pengingat import due, late_enough
from data.settings import read_settings
from data.siklus import extend, set_contacts, set_duty, set_period
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas, Keadaan, Tindakan

ROOT = Path(__file__).resolve().parents[2]
P = "16.71"
BAPPEDA = Pelaku("bappeda", "bappeda")
ALL = ["a@kota.go.id", "b1@kota.go.id", "b2@kota.go.id"]
H7, H1, HPLUS = "2026-10-07T08:00+07:00", "2026-10-13T08:00+07:00", "2026-10-15T08:00+07:00"
"""TW III 2026 is on time until Wednesday 14 October, 23.59 WIB, and locked a week later."""


class Kotak:
    """What the mail server does and has got. ``during`` runs while the first recipient is named."""

    def __init__(self):
        self.letters, self.refused, self.during = [], set(), None
        self.answer, self.delay, self.hang_up = "250 OK", 0.0, False

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.during is not None:
            during, self.during = self.during, None
            during()
        if address in self.refused:
            return "550 5.1.1 tidak dikenal"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        if not self.answer.startswith("250"):
            return self.answer
        letter = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
        self.letters.append((sorted(envelope.rcpt_tos), letter))
        if self.hang_up:
            server.transport.abort()
        await asyncio.sleep(self.delay)
        return self.answer

    @property
    def recipients(self):
        return sorted(one for to, _ in self.letters for one in to)

    def take(self):
        """Who got something since the last look."""
        found = self.recipients
        self.letters.clear()
        return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(kotak, **options):
    controller = Controller(kotak, hostname="127.0.0.1", port=options.pop("port", None) or free_port(), **options)
    controller.start()
    return controller


@pytest.fixture
def kotak():
    """A real mail server; its port is ``kotak.port``."""
    kotak = Kotak()
    controller = serve(kotak)
    kotak.port = controller.port
    yield kotak
    controller.stop(no_assert=True)


@pytest.fixture
def house(engine):
    """OPD A with one address, B with two, C with none; and the list of those told at escalation."""
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota Uji", "contoh": False}])
        conn.execute(insert(tables.periode), [{"pemda": P, **row} for row in default_periods(2026)])
    for number, opd in enumerate("ABC"):
        node = {"tahun": 2026, "opd": opd, "baris": 2, "kode": "1.01", "level": "program", "induk": None, "nama": "p"}
        rows = Muatan(opd=[{"kode": opd, "nama": f"Dinas {opd}", "urutan": number}], node=[node])
        store(engine, P, Berkas("r.csv", f"{number:064d}", JenisBerkas.RENJA, "uji", opd), rows)
    set_contacts(engine, P, BAPPEDA, "A", [{"surel": ALL[0], "wa": "6281234567890", "sebutan": "Ibu Kasubbag"}])
    set_contacts(engine, P, BAPPEDA, "B", [{"surel": one} for one in ALL[1:]])
    set_contacts(engine, P, BAPPEDA, "", [{"surel": "sekda@kota.go.id"}])
    return engine


def environment(engine, port=None):
    env = {"EMONEV_DATABASE_URL": engine.url.render_as_string(hide_password=False), "EMONEV_PEMDA": P}
    env |= {"EMONEV_SECRET_KEY": "x" * 40, "EMONEV_ALAMAT": "https://emonev.kota.go.id"}
    if port:
        env |= {"EMONEV_SMTP_HOST": "127.0.0.1", "EMONEV_SMTP_PORT": str(port), "EMONEV_SMTP_TLS": "tidak"}
        env |= {"EMONEV_SMTP_PENGIRIM": "e-monev@kota.go.id"}
    return env


@pytest.fixture
def remind(house, kotak, monkeypatch):
    """Run the command at a moment; the exit code."""

    def run(saat, *words, **settings):
        for name, value in (environment(house, kotak.port) | settings).items():
            monkeypatch.setenv(name, value)
        return main(["ingatkan", "--saat", saat, *words])

    return run


def start(engine, port, *words):
    env = os.environ | environment(engine, port)
    command = [sys.executable, "-m", "data", "ingatkan", *words]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def claims(engine):
    p = tables.pengingat.c
    with reading(engine) as conn:
        query = select(p.opd, p.tonggak, p.terkirim_pada.is_not(None), p.penerima)
        return {(row[0], row[1]): (bool(row[2]), row[3]) for row in conn.execute(query)}


def runs(engine):
    """The audit lines of reminders; the chain is whole."""
    t = tables.jejak.c
    with reading(engine) as conn:
        assert verify_chain(conn, P) is None
        return [*conn.execute(select(t.rincian).where(t.tindakan == Tindakan.INGATKAN).order_by(t.nomor)).scalars()]


def arrive(engine, opd, keadaan=Keadaan.TERKIRIM, nihil=False):
    row = {"pemda": P, "tahun": 2026, "tw": 3, "opd": opd, "keadaan": keadaan.value, "nihil": nihil}
    with writing(engine) as conn:
        conn.execute(delete(tables.laporan).where(tables.laporan.c.opd == opd, tables.laporan.c.tw == 3))
        conn.execute(insert(tables.laporan), [row | {"alasan_nihil": "x" if nihil else ""}])


@pytest.mark.parametrize(
    ("saat", "names"),
    [
        ("2026-09-30T23:59:59+07:00", []),
        ("2026-10-01T00:00+07:00", ["H-14"]),
        ("2026-10-06T23:59:59+07:00", ["H-14"]),
        ("2026-10-06T17:00+00:00", ["H-7"]),
        ("2026-10-11T00:00+07:00", ["H-3"]),
        ("2026-10-13T00:00+07:00", ["H-1"]),
        ("2026-10-14T23:59:59+07:00", ["H"]),
        ("2026-10-15T00:00+07:00", ["H+1", "ESKALASI"]),
        ("2026-10-21T23:59:59+07:00", ["H+1", "ESKALASI"]),
        ("2026-10-22T00:00+07:00", []),
        ("2026-12-30T00:00+07:00", []),
    ],
)
def test_the_milestone_that_has_come(house, saat, names):
    with reading(house) as conn:
        assert [one.tonggak for one in due(conn, P, datetime.fromisoformat(saat)) if one.opd == "A"] == names


def test_before_the_first_milestone_nothing_has_come():
    assert [late_enough(days) for days in (-15, -14, -8, -2, 0, 99)] == [None, "H-14", "H-14", "H-3", "H", "H+1"]


def test_those_missing_are_told_once(house, kotak, remind, capsys):
    assert remind(H7) == 0
    assert kotak.recipients == ALL
    out = capsys.readouterr().out
    assert "Pengingat terkirim: 2 OPD, 0 eskalasi." in out
    assert "Belum ada alamat surel: TW III 2026, Dinas C, H-7" in out
    assert [remind(H7), remind("2026-10-10T20:00+07:00")] == [0, 0]
    assert len(kotak.letters) == 2, "one letter per OPD, and none again until the next milestone"
    assert claims(house) == {("A", "H-7"): (True, ALL[0]), ("B", "H-7"): (True, ", ".join(ALL[1:]))}
    assert runs(house) == ['{"ditolak":0,"eskalasi":0,"gagal":0,"ragu":0,"terkirim":2}']


def test_the_letter(kotak, remind):
    remind(H7)
    letter = next(letter for to, letter in kotak.letters if to == ALL[:1])
    assert letter["Subject"] == "Laporan TW III 2026 Dinas A: tenggat Rabu, 14 Oktober 2026 23.59 WIB"
    assert (letter["To"], letter["From"]) == (ALL[0], "e-Monev Kota Uji <e-monev@kota.go.id>")
    assert letter["Date"].endswith("08:00:00 +0700")
    plain, rich = (part.get_content() for part in letter.iter_parts())
    for text in (plain, rich):
        assert "Yth. Ibu Kasubbag, Dinas A" in text
        assert "Laporan TW III 2026 Dinas A belum diterima." in text
        assert "Rabu, 14 Oktober 2026 23.59 WIB (7 hari lagi)" in text
        assert "https://emonev.kota.go.id/unggah" in text
    assert '<a href="https://emonev.kota.go.id/unggah">' in rich


def test_late_cron_sends_the_newest_only(house, kotak, remind):
    remind("2026-10-12T08:00+07:00")
    assert {tonggak for _, tonggak in claims(house)} == {"H-3"}
    assert kotak.take() == ALL
    remind(H1)
    assert kotak.take() == ALL


def test_after_the_deadline_the_list_is_told_too(house, kotak, remind):
    arrive(house, "B")
    assert [remind(HPLUS), remind(HPLUS)] == [0, 0]
    assert kotak.recipients == [ALL[0], "sekda@kota.go.id"]
    letter = next(letter for to, letter in kotak.letters if to == ["sekda@kota.go.id"])
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "Laporan TW III 2026: 2 OPD belum diterima setelah tenggat"
    assert "- Dinas A (tenggat Rabu, 14 Oktober 2026 23.59 WIB)\n- Dinas C (tenggat" in text
    assert "Dinas B" not in text
    assert not re.search(r"Kasubbag|lalai|terlambat", text), "words about the report, never about persons"
    assert {("A", "ESKALASI"), ("C", "ESKALASI")} <= set(claims(house))


def test_the_deadline_that_holds_for_each(house, kotak, remind):
    extend(house, P, BAPPEDA, 2026, 3, "A", datetime(2026, 10, 20, 10, tzinfo=UTC), "peladen mati")
    remind(H7)
    assert set(claims(house)) == {("A", "H-14"), ("B", "H-7")}
    letter = next(letter for to, letter in kotak.letters if to == ALL[:1])
    assert "Selasa, 20 Oktober 2026 17.00 WIB" in letter["Subject"]
    assert "Tenggat ini sudah termasuk perpanjangan." in letter.get_body(("plain",)).get_content()


def test_a_later_deadline_counts_anew(house, kotak, remind):
    remind(H1)
    remind("2026-10-14T08:00+07:00")
    kotak.take()
    extend(house, P, BAPPEDA, 2026, 3, "A", datetime(2026, 10, 20, 10, tzinfo=UTC), "peladen mati")
    remind("2026-10-14T09:00+07:00")
    assert kotak.take() == ALL[:1], "told of the new deadline: seven days before it came on the 13th"
    remind("2026-10-14T10:00+07:00")
    assert kotak.take() == []
    remind("2026-10-19T10:00+07:00")
    assert "A" in {opd for opd, tonggak in claims(house) if tonggak == "H-1"}
    remind("2026-10-21T10:00+07:00")
    told = [letter.get_body(("plain",)).get_content() for to, letter in kotak.letters if to == ["sekda@kota.go.id"]]
    assert [re.findall(r"- (Dinas \w) \(tenggat \w+, (\d+)", text) for text in told] == [
        [("Dinas B", "14"), ("Dinas C", "14")],
        [("Dinas A", "20")],
    ]


def test_an_earlier_deadline_tells_nobody_twice(house, kotak, remind):
    extend(house, P, BAPPEDA, 2026, 3, "A", datetime(2026, 10, 16, 10, tzinfo=UTC), "listrik")
    remind(H1)
    kotak.take()
    due_now = datetime(2026, 10, 16, 10, tzinfo=UTC)
    set_period(house, P, BAPPEDA, 2026, 3, due_now - timedelta(days=16), due_now, due_now + timedelta(days=7))
    remind("2026-10-13T12:00+07:00")
    assert kotak.take() == ALL[1:], "B's own deadline moved; A's did not"


def test_a_door_that_shuts_with_the_deadline_is_still_told_of(house, kotak, remind):
    end = datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC)
    set_period(house, P, BAPPEDA, 2026, 3, end - timedelta(days=13), end, end)
    remind(HPLUS)
    assert kotak.recipients == [*ALL, "sekda@kota.go.id"]
    assert "sudah dikunci. Mintalah perpanjangan" in kotak.letters[0][1].get_body(("plain",)).get_content()


@pytest.mark.parametrize("nihil", [False, True])
def test_a_report_in_the_house_is_not_asked_for(house, kotak, remind, nihil):
    arrive(house, "A", nihil=nihil)
    set_duty(house, P, BAPPEDA, 2026, 3, "B", False, "OPD baru dibentuk")
    assert remind(H7) == 0
    assert kotak.letters == []
    assert runs(house) == [], "a run that told nobody leaves no line"


def test_a_returned_report_is_asked_for_in_other_words(house, kotak, remind):
    arrive(house, "A", Keadaan.DIKEMBALIKAN)
    remind(H7)
    letter = next(letter for to, letter in kotak.letters if to == ALL[:1])
    assert "dikembalikan untuk diperbaiki dan belum dikirim lagi" in letter.get_body(("plain",)).get_content()


def test_a_report_that_arrives_in_between(house, kotak, remind):
    kotak.during = lambda: arrive(house, "B")  # while A's letter is being addressed
    assert remind(H7) == 0
    assert kotak.recipients == ALL[:1]
    assert set(claims(house)) == {("A", "H-7")}


def test_two_workers_at_once_tell_everyone_once(house, kotak):
    kotak.delay = 0.3
    both = [start(house, kotak.port, "--saat", HPLUS) for _ in range(2)]
    told = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert kotak.recipients == [*ALL, "sekda@kota.go.id"]
    counts = [tuple(map(int, re.findall(r"terkirim: (\d+) OPD, (\d+) eskalasi", out)[0])) for out, _ in told]
    assert tuple(map(sum, zip(*counts, strict=True))) == (2, 1)


def test_a_server_that_is_down_and_comes_back(house, kotak, remind, capsys):
    assert remind(H7, EMONEV_SMTP_PORT=str(free_port())) == 1
    assert "Gagal: Peladen surel 127.0.0.1:" in capsys.readouterr().err
    assert (claims(house), runs(house)) == ({}, [])
    assert remind(H7) == 0
    assert kotak.recipients == ALL


def test_a_server_that_refuses_for_now(house, kotak, remind, capsys):
    kotak.answer = "451 4.3.0 nanti saja"
    assert remind(H7) == 1
    assert "Dinas A, H-7: Peladen surel menolak surat: 451" in capsys.readouterr().err
    assert claims(house) == {}
    kotak.answer = "250 OK"
    assert (remind(H7), kotak.take()) == (0, ALL)
    assert ['"gagal":2' in line for line in runs(house)] == [True, False]


def test_one_address_is_refused_and_the_others_get_it(house, kotak, remind, capsys):
    kotak.refused = {ALL[1]}
    assert remind(H7) == 1
    assert f"Alamat ditolak: {ALL[1]}." in capsys.readouterr().err
    assert (remind(H7), kotak.recipients) == (0, [ALL[0], ALL[2]])
    assert next(letter["To"] for to, letter in kotak.letters if to == ALL[2:]) == ALL[2]


def test_all_addresses_are_refused_and_it_is_tried_again(house, kotak, remind):
    kotak.refused = set(ALL[1:])
    assert (remind(H7), set(claims(house))) == (1, {("A", "H-7")})
    kotak.refused = set()
    assert (remind(H7), kotak.recipients) == (0, ALL)


def test_a_line_lost_while_handing_over_is_not_tried_again(house, kotak, remind, capsys):
    """The letter was taken, the answer never came: nobody is told twice."""
    kotak.hang_up = True
    assert remind(H7) == 1
    assert "Dinas A, H-7: Sambungan terputus" in capsys.readouterr().err
    kotak.hang_up = False
    assert remind("2026-10-07T10:00+07:00") == 0
    assert kotak.recipients == ALL
    assert "Tidak pasti terkirim, dan tidak dikirim ulang: TW III 2026, Dinas A, H-7" in capsys.readouterr().out


def test_killed_while_handing_over(house, kotak, remind):
    kotak.delay = 30
    process = start(house, kotak.port, "--saat", H7)
    deadline = time.monotonic() + 30
    while not kotak.letters and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    kotak.delay = 0
    assert claims(house) == {("A", "H-7"): (False, ALL[0])}
    assert remind("2026-10-07T11:00+07:00") == 0
    assert kotak.recipients == ALL, "A has it once; B, who was not claimed, gets it now"


def test_killed_between_claim_and_sending(house, kotak, remind):
    """Nothing had left: after half an hour another run takes the letter over."""
    now = datetime.fromisoformat(H7)
    with reading(house) as conn:
        letters = waiting(conn, P, now)
    assert [one.opd for one in claim(house, P, letters[0].ingatan, now)] == ["A"]
    assert claim(house, P, letters[0].ingatan, now) == []
    assert (remind("2026-10-07T08:29+07:00"), kotak.take()) == (0, ALL[1:])
    assert (remind("2026-10-07T08:30+07:00"), kotak.take()) == (0, ALL[:1])
    assert (remind("2026-10-07T09:30+07:00"), kotak.take()) == (0, [])


def test_a_run_that_slept_too_long_has_lost_its_claim(house, kotak, remind):
    """The claim is taken over while the first run hangs at the server: the first one gives up."""
    past = datetime(2026, 10, 7, 2, tzinfo=UTC)

    def take_over():
        with writing(house) as conn:
            conn.execute(update(tables.pengingat).values(diambil_pada=past))

    kotak.during = take_over
    assert remind(H7) == 1
    assert kotak.recipients == ALL[1:]
    assert claims(house)["A", "H-7"] == (False, "")


def test_a_name_cannot_write_headers_or_recipients(house, kotak, remind):
    o, k = tables.opd, tables.kontak
    with writing(house) as conn:
        evil = "Dinas\r\nBcc: korban@lain.id\r\n\r\n<script>x</script>\x00\u2028Ä"
        conn.execute(update(o).where(o.c.kode == "A").values(nama=evil.replace("\x00", "\x1b")))
        conn.execute(update(k).where(k.c.opd == "A").values(sebutan='"X"\nTo: y@lain.id'))
        bad = ("c@kota.go.id,korban@lain.id", "c@kota.go.id>\r\nRCPT TO:<korban@lain.id", "ü@kota.go.id", "a b@c.id")
        conn.execute(insert(k), [{"pemda": P, "opd": "C", "surel": one} for one in bad])
    assert remind(H7) == 0
    assert kotak.recipients == ALL
    letter = next(letter for to, letter in kotak.letters if to == ALL[:1])
    assert (letter["Bcc"], letter["To"], letter.get_all("Subject")) == (None, ALL[0], [letter["Subject"]])
    words = " ".join(letter["Subject"].split())  # the parser of this test leaves two spaces where a line was folded
    assert words.startswith("Laporan TW III 2026 Dinas Bcc: korban@lain.id <script>x</script> Ä: tenggat")
    assert "<script>" not in letter.get_body(("html",)).get_content()
    assert "Ä" in letter.get_body(("plain",)).get_content()


MOMENTS = ("2026-10-06T23:59:59+07:00", "2026-10-07T00:00:00+07:00", "2026-10-14T16:59:59Z", "2026-10-14T17:00Z")
EACH = f"from data.__main__ import main; [main(['ingatkan', '--kering', '--saat', one]) for one in {MOMENTS}]"


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_the_day_is_that_of_wib_wherever_the_server_stands(house, zone):
    env = os.environ | environment(house) | {"TZ": zone}
    done = subprocess.run([sys.executable, "-c", EACH], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert re.findall(r"Dinas A, (\S+)", done.stdout) == ["H-14", "H-7", "H", "H+1"], done.stderr


def test_without_a_mail_server_it_only_says_whom(house, remind, capsys):
    before = runs(house)
    for words, head in (([], "Peladen surel belum disetel"), (["--kering"], "Percobaan (--kering)")):
        assert remind(HPLUS, *words, EMONEV_SMTP_HOST="") == 0
        out = capsys.readouterr().out
        assert out.startswith(head)
        assert f"  TW III 2026, Dinas B, H+1 → {ALL[1]}, {ALL[2]}\n" in out
        assert "  TW III 2026, Dinas C, H+1 → belum ada alamat\n" in out
        assert "  TW III 2026, eskalasi, 3 OPD → sekda@kota.go.id\n" in out
    assert (claims(house), runs(house)) == ({}, before)


def test_a_dry_run_sends_nothing(house, kotak, remind):
    assert remind(H7, "--kering") == 0
    assert (kotak.letters, claims(house)) == ([], {})


def test_ready_texts_for_whatsapp(house, kotak, remind, capsys):
    arrive(house, "B")
    assert remind("2026-10-02T08:00+07:00", "--wa") == 0
    out = capsys.readouterr().out
    links = re.findall(r"https://wa\.me/\S+", out)
    assert [urlsplit(link).path for link in links] == ["/6281234567890", "/"]
    (text,) = parse_qs(urlsplit(links[0]).query)["text"]
    assert text.startswith("Laporan TW III 2026 Dinas A belum diterima. Tenggat: Rabu, 14 Oktober 2026 23.59 WIB")
    assert text.endswith("https://emonev.kota.go.id/unggah")
    assert (kotak.letters, claims(house), "Dinas B" in out) == ([], {}, False)


@pytest.mark.parametrize("saat", ["besok", "2026-10-07T08:00", "2026-13-07T08:00Z"])
def test_a_moment_that_cannot_be_read(remind, capsys, saat):
    assert remind(saat) == 1
    assert "Tulis dengan zona" in capsys.readouterr().err


# --- a mail server that wants encryption and a password ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    own = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = made.add_extension(own, critical=False).sign(key, hashes.SHA256())
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "peladen.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*pem))
    return path


def knows(_server, _session, _envelope, _mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"e-monev", b"sandi-surel"), handled=False)


@pytest.fixture
def guarded(kotak, certificate):
    """The same mailbox behind a server that takes nothing in the clear and nobody unknown; its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    own = {"tls_context": context, "require_starttls": True, "authenticator": knows, "auth_required": True}
    controller = serve(kotak, **own)
    yield controller.port
    controller.stop(no_assert=True)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({}, None),
        ({"EMONEV_SMTP_SANDI": "keliru"}, "nama pengguna atau sandinya ditolak"),
        ({"SSL_CERT_FILE": "/dev/null"}, "sertifikat atau TLS-nya tidak cocok"),
        ({"EMONEV_SMTP_TLS": "tls"}, "sertifikat atau TLS-nya tidak cocok"),
    ],
)
def test_encryption_and_password(kotak, guarded, certificate, remind, capsys, setting, sentence):
    own = {"EMONEV_SMTP_PORT": str(guarded), "EMONEV_SMTP_TLS": "starttls", "SSL_CERT_FILE": str(certificate)}
    own |= {"EMONEV_SMTP_PENGGUNA": "e-monev", "EMONEV_SMTP_SANDI": "sandi-surel"}
    assert remind(H7, **own | setting) == (1 if sentence else 0)
    assert kotak.recipients == ([] if sentence else ALL)
    told = capsys.readouterr()
    assert (sentence or "") in told.err
    assert "sandi-surel" not in told.err + told.out


def test_never_in_the_clear_where_encryption_was_asked_for(kotak, remind, capsys):
    assert remind(H7, EMONEV_SMTP_TLS="starttls") == 1
    assert kotak.letters == []
    assert "Periksa EMONEV_SMTP_TLS" in capsys.readouterr().err


# --- the mail server's settings ---

GOOD = {"EMONEV_SECRET_KEY": "x" * 32, "EMONEV_SMTP_HOST": "surel.kota.go.id", "EMONEV_SMTP_PENGIRIM": "e@kota.go.id"}


def test_settings_of_the_mail_server():
    assert read_settings({"EMONEV_SECRET_KEY": "x" * 32}).surel is None
    assert [read_settings(GOOD | {"EMONEV_SMTP_TLS": tls}).surel.port for tls in ("", "starttls", "tls", "tidak")] == [
        *(587, 587, 465, 25)
    ]
    with_password = read_settings(GOOD | {"EMONEV_SMTP_PENGGUNA": "u", "EMONEV_SMTP_SANDI": "rahasia-surel"})
    assert "rahasia-surel" not in repr(with_password)


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ({"EMONEV_SMTP_PORT": "banyak"}, "EMONEV_SMTP_PORT"),
        ({"EMONEV_SMTP_TLS": "ssl"}, "EMONEV_SMTP_TLS"),
        ({"EMONEV_SMTP_PENGIRIM": ""}, "EMONEV_SMTP_PENGIRIM"),
        ({"EMONEV_SMTP_PENGIRIM": "a@b.id\nBcc: c@d.id"}, "EMONEV_SMTP_PENGIRIM"),
        ({"EMONEV_SMTP_PENGGUNA": "u"}, "EMONEV_SMTP_SANDI"),
        ({"EMONEV_SMTP_PENGGUNA": "u", "EMONEV_SMTP_SANDI": "p", "EMONEV_SMTP_TLS": "tidak"}, "tanpa pengaman"),
    ],
)
def test_a_wrong_setting_of_the_mail_server(setting, named):
    with pytest.raises(SettingsError, match=named):
        read_settings(GOOD | setting)
