"""The reporting cycle: sent, withdrawn, returned, accepted, published; one wins, the others are told."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import delete, insert, select, update

from data import pratinjau, tables
from data.draf import discard_draft
from data.engine import reading, writing
from data.errors import BadParameterError, ConflictError, DeadlineError, LoadError, NotAllowedError, NotFoundError
from data.jejak import Pelaku, verify_chain
from data.kalender import HariLibur, Waktunya, default_periods, national_holidays, read_deadline
from data.kiriman import Alamat, Periksa, copy_as_draft, save_draft, submit, withdraw, write_texts
from data.mentah import keep_raw, read_raw
from data.pratinjau import preview, preview_of
from data.putusan import CatatanBaris, accept, give_back, publish
from data.queries.kepatuhan import expected, grid, missing, rates, timeline
from data.queries.kiriman import draft_of, one_version, predecessor, queue, receipt, versions
from data.queries.laporan import read_report
from data.rollups import rebuild
from data.sapu import sweep
from data.siklus import end_extension, extend, forget_day, open_year, set_contacts, set_day, set_duty, set_period
from data.simpanan import pack, unpack
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas, Keadaan, Kirim

P, SUB = "16.71", "1.01.02.2.01.0001"
HERE = Alamat(2026, 3, "A")
OPERATOR, OTHER, BAPPEDA = Pelaku("opr-a", "opd", "A"), Pelaku("opr-b", "opd", "B"), Pelaku("bappeda", "bappeda")
marks = count()


@pytest.fixture
def house(engine):
    """Two OPD with one sub kegiatan and one indicator each; TW III is open now and on time for a day more."""
    now = datetime.now(UTC)
    with engine.begin() as conn:
        conn.execute(insert(tables.pemda), [{"kode": P, "nama": "Kota", "contoh": False}])
        rows = default_periods(2026)
        rows[2] |= {"dibuka": now - timedelta(days=5), "tepat_waktu_sampai": now + timedelta(days=1)}
        rows[2] |= {"dikunci": now + timedelta(days=3)}
        conn.execute(insert(tables.periode), [{"pemda": P, **row} for row in rows])
    for opd in ("A", "B"):
        store(engine, P, Berkas("r.csv", f"{next(marks):064d}", JenisBerkas.RENJA, "uji", opd), plan(opd))
    return engine


def plan(opd):
    node = {"tahun": 2026, "opd": opd, "baris": 2}
    tree = (
        ("1.01.02", "program", None),
        ("1.01.02.2.01", "kegiatan", "1.01.02"),
        (SUB, "sub_kegiatan", "1.01.02.2.01"),
    )
    target = {**node, "indikator": f"{SUB}#1", "asli": "10", "nilai": Decimal(10)}
    return Muatan(
        opd=[{"kode": opd, "nama": f"Dinas {opd}"}],
        node=[
            {**node, "kode": kode, "level": level, "induk": induk, "nama": kode, "pagu": 1_000}
            for kode, level, induk in tree
        ],
        indikator=[{**node, "kode": f"{SUB}#1", "node": SUB, "nama": "i", "arah": "naik", "akumulasi": "terakhir"}],
        target=[{**target, "periode": tw} for tw in (1, 2, 3, 4)],
    )


def answer(value="5", opd="A", rupiah=100):
    row = {"tahun": 2026, "opd": opd, "baris": 5, "kolom": "G"}
    return Muatan(
        realisasi=[{**row, "indikator": f"{SUB}#1", "periode": 3, "nilai": Decimal(value), "asli": value}],
        keuangan=[{**row, "node": SUB, "bulan": 7, "realisasi": rupiah}],
    )


def checked(muatan=None, galat=0, konfirmasi=0, nihil=False):
    digest = f"{next(marks):064d}"
    rows = muatan or answer()
    return Periksa("lap.xlsx", digest, 10, 2, galat, konfirmasi, {"terisi": 1}, [], rows, {"keterangan": "XLSX"}, nihil)


def draft(house, alamat=HERE, **given):
    nomor = save_draft(house, P, OPERATOR, alamat, checked(**given))
    with reading(house) as conn:
        return nomor, one_version(conn, P, nomor)["sekali"]


def sent(house, **given):
    _, token = draft(house, **given)
    return submit(house, P, OPERATOR, HERE, token)


def state(house, opd="A"):
    with reading(house) as conn:
        lap = tables.laporan.c
        return conn.execute(select(lap.keadaan).where(lap.pemda == P, lap.tw == 3, lap.opd == opd)).scalar()


def figure(house, opd="A"):
    with reading(house) as conn:
        r = tables.rollup_kinerja.c
        where = (r.pemda == P, r.tw == 3, r.level == "opd", r.opd == opd)
        return conn.execute(select(r.capaian).where(*where)).scalar()


def test_the_whole_way_from_draft_to_published(house):
    assert (state(house), figure(house)) == (None, None)
    tanda = sent(house)
    assert (state(house), figure(house)) == (Keadaan.TERKIRIM, None), "what is not accepted does not count"
    accept(house, P, BAPPEDA, tanda.nomor)
    assert (state(house), figure(house)) == (Keadaan.TERVERIFIKASI, 50)
    assert publish(house, P, BAPPEDA, 2026, 3) == 1
    assert state(house) == Keadaan.TERBIT
    with pytest.raises(BadParameterError, match="Tidak ada laporan"):
        publish(house, P, BAPPEDA, 2026, 3)
    with reading(house) as conn:
        events = list(timeline(conn, P, 2026, 3, "A")["tindakan"])
        assert events == ["kirim", "verifikasi"]
        assert verify_chain(conn, P) is None


def test_a_correction_after_publication_keeps_both_figures(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    publish(house, P, BAPPEDA, 2026, 3)
    second = sent(house, muatan=answer("8"))
    assert (state(house), figure(house)) == (Keadaan.TERBIT, 50), "the old figure stands until the new one is accepted"
    accept(house, P, BAPPEDA, second.nomor)
    assert (state(house), figure(house)) == (Keadaan.TERBIT, 80)
    with reading(house) as conn:
        t = tables.terbitan.c
        frozen = conn.execute(select(t.capaian).where(t.level == "opd", t.opd == "A")).scalar_one()
        assert frozen == 50
        old = predecessor(conn, P, second.nomor)
        assert (old["keadaan"], old["unggahan"] is not None) == (Kirim.DIGANTI, True)


def test_late_reports_join_the_citys_figure_without_correcting_it(house):
    def frozen():
        with reading(house) as conn:
            t = tables.terbitan.c
            return conn.execute(select(t.capaian).where(t.level == "pemda")).scalar_one()

    accept(house, P, BAPPEDA, sent(house, muatan=answer("5")).nomor)
    publish(house, P, BAPPEDA, 2026, 3)
    assert frozen() == 50
    there = Alamat(2026, 3, "B")
    nomor = save_draft(house, P, OTHER, there, checked(answer("9", opd="B")))
    with reading(house) as conn:
        token = one_version(conn, P, nomor)["sekali"]
    accept(house, P, BAPPEDA, submit(house, P, OTHER, there, token).nomor)
    publish(house, P, BAPPEDA, 2026, 3)
    assert frozen() == 70


def test_returned_with_reasons_and_sent_again(house):
    first = sent(house)
    with pytest.raises(BadParameterError, match="alasan"):
        give_back(house, P, BAPPEDA, first.nomor, "  ")
    give_back(house, P, BAPPEDA, first.nomor, "Angka keliru", [CatatanBaris(5, "Periksa nol")])
    assert state(house) == Keadaan.DIKEMBALIKAN
    with reading(house) as conn:
        row = one_version(conn, P, first.nomor)
        assert (row["alasan_putusan"], "Periksa nol" in row["catatan_baris"]) == ("Angka keliru", True)
    again = sent(house)
    assert state(house) == Keadaan.TERKIRIM
    accept(house, P, BAPPEDA, again.nomor)
    with reading(house) as conn:
        assert list(versions(conn, P, HERE)["keadaan"]) == [Kirim.DITERIMA, Kirim.DIKEMBALIKAN]
        found = grid(conn, P, [(2026, 3)]).set_index("opd").loc["A"]
        assert (found["versi"], found["dikembalikan"], found["dikoreksi"]) == (2, 1, 0)
        assert rates(conn, P, 2026, 3).sekali_jadi == 0


@pytest.mark.parametrize("who", [OPERATOR, Pelaku("lain", "opd", "A"), Pelaku("opr-a", "bappeda")])
def test_nobody_decides_on_their_own(house, who):
    tanda = sent(house)
    for decide in (lambda: accept(house, P, who, tanda.nomor), lambda: give_back(house, P, who, tanda.nomor, "x")):
        with pytest.raises(NotAllowedError, match="sendiri"):
            decide()


def test_the_same_click_twice_gives_the_same_receipt(house):
    _, token = draft(house)
    first, second = (submit(house, P, OPERATOR, HERE, token) for _ in range(2))
    assert (first.tanda, first.ulang, second.ulang) == (second.tanda, False, True)
    with reading(house) as conn:
        assert receipt(conn, P, first.tanda)["opd_nama"] == "Dinas A"
        with pytest.raises(NotFoundError):
            receipt(conn, P, "EM-2026-3-999999")


def test_the_same_file_again_gives_the_same_receipt(house):
    same = checked()
    first_draft = save_draft(house, P, OPERATOR, HERE, same)
    with reading(house) as conn:
        token = one_version(conn, P, first_draft)["sekali"]
    first = submit(house, P, OPERATOR, HERE, token)
    again = save_draft(house, P, OPERATOR, HERE, same)
    with reading(house) as conn:
        token = one_version(conn, P, again)["sekali"]
    assert submit(house, P, OPERATOR, HERE, token).tanda == first.tanda


def test_of_twenty_at_once_one_wins_and_the_others_are_told(house):
    """Twenty previews stand open; the drafts are made first, as twenty tabs would."""
    tokens = []
    for number in range(20):
        nomor = save_draft(house, P, OPERATOR, HERE, checked(answer(str(number + 1))))
        with writing(house) as conn:  # each new draft replaces the older one: keep them all, as open previews
            conn.execute(update(tables.kiriman).where(tables.kiriman.c.nomor == nomor).values(keadaan="buka"))
            tokens.append(one_version(conn, P, nomor)["sekali"])
    with writing(house) as conn:
        conn.execute(update(tables.kiriman).values(keadaan=Kirim.DRAF.value))
    won, told = [], []

    def send(token):
        try:
            won.append(submit(house, P, OPERATOR, HERE, token))
        except ConflictError as error:
            told.append(str(error))

    threads = [threading.Thread(target=send, args=(token,)) for token in tokens]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), len(told)) == (1, 19)
    assert "Versi lain" in told[0]


def test_an_accepted_version_meanwhile_is_a_conflict(house):
    first = sent(house)
    _, token = draft(house, muatan=answer("7"))
    give_back(house, P, BAPPEDA, first.nomor, "salah")
    with pytest.raises(ConflictError):
        submit(house, P, OPERATOR, HERE, token)


@pytest.mark.parametrize(
    ("given", "texts", "sentence"),
    [
        ({"galat": 2}, {}, "2 Galat"),
        ({"konfirmasi": 1}, {}, "alasannya"),
        ({"konfirmasi": 1}, {"alasan": " "}, "alasannya"),
    ],
)
def test_what_is_not_ready_is_not_sent(house, given, texts, sentence):
    nomor, token = draft(house, **given)
    write_texts(house, P, HERE, nomor, texts)
    with pytest.raises(BadParameterError, match=sentence):
        submit(house, P, OPERATOR, HERE, token)
    assert state(house) is None


def test_words_stand_in_the_report_once_accepted(house):
    nomor, token = draft(house, konfirmasi=1)
    write_texts(house, P, HERE, nomor, {"alasan": "sudah benar", "tindak_lanjut": "rapat  mingguan"})
    accept(house, P, BAPPEDA, submit(house, P, OPERATOR, HERE, token).nomor)
    with reading(house) as conn:
        assert read_report(conn, P, 2026, 3, "A")["tindak_lanjut"] == "rapat mingguan"
    with pytest.raises(NotFoundError):
        write_texts(house, P, HERE, nomor, {"alasan": "lagi"})
    new, _ = draft(house)
    with pytest.raises(BadParameterError, match="2000"):
        write_texts(house, P, HERE, new, {"tindak_lanjut": "x" * 2_001})
    with pytest.raises(NotFoundError):
        write_texts(house, P, Alamat(2026, 3, "B"), new, {"alasan": "punya orang"})


def test_withdrawn_before_a_decision_only(house):
    tanda = sent(house)
    withdraw(house, P, OPERATOR, HERE, tanda.nomor)
    assert state(house) is None
    with pytest.raises(NotFoundError, match="tidak lagi menunggu"):
        withdraw(house, P, OPERATOR, HERE, tanda.nomor)
    with pytest.raises(ConflictError):
        accept(house, P, BAPPEDA, tanda.nomor)
    other = sent(house)
    with pytest.raises(NotFoundError):
        withdraw(house, P, OTHER, Alamat(2026, 3, "B"), other.nomor)


def test_an_earlier_version_can_be_sent_again(house):
    first = sent(house, muatan=answer("5"))
    accept(house, P, BAPPEDA, first.nomor)
    accept(house, P, BAPPEDA, sent(house, muatan=answer("9")).nomor)
    assert figure(house) == 90
    back = copy_as_draft(house, P, OPERATOR, HERE, first.nomor)
    with reading(house) as conn:
        token = one_version(conn, P, back)["sekali"]
    accept(house, P, BAPPEDA, submit(house, P, OPERATOR, HERE, token).nomor)
    assert figure(house) == 50


@pytest.mark.parametrize(
    ("shift", "stand", "late"),
    [
        (timedelta(days=-5, seconds=-1), Waktunya.BELUM_DIBUKA, 0),
        (timedelta(days=-5), Waktunya.TEPAT_WAKTU, 0),
        (timedelta(0), Waktunya.TEPAT_WAKTU, 0),
        (timedelta(milliseconds=999), Waktunya.TEPAT_WAKTU, 0),
        (timedelta(seconds=1), Waktunya.TERLAMBAT, 1),
        (timedelta(days=2), Waktunya.TERLAMBAT, 2),
        (timedelta(days=2, seconds=1), Waktunya.TERKUNCI, 3),
    ],
)
def test_the_clock_is_exact_to_the_second(house, shift, stand, late, monkeypatch):
    due = datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC)  # 23.59.59 WIB
    set_period(house, P, BAPPEDA, 2026, 3, due - timedelta(days=5), due, due + timedelta(days=2))
    with reading(house) as conn:
        deadline = read_deadline(conn, P, 2026, 3, "A")
    for zone in ("UTC", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        assert (deadline.stand(due + shift), deadline.days_late(due + shift)) == (stand, late)


def test_sending_obeys_the_clock(house):
    _, token = draft(house)
    now = datetime.now(UTC)
    with pytest.raises(DeadlineError, match=r"belum dibuka. Dibuka \w+, .* WIB"):
        submit(house, P, OPERATOR, HERE, token, now - timedelta(days=6))
    with pytest.raises(DeadlineError, match="dikunci sejak"):
        submit(house, P, OPERATOR, HERE, token, now + timedelta(days=4))
    late = submit(house, P, OPERATOR, HERE, token, now + timedelta(days=2))
    with reading(house) as conn:
        assert one_version(conn, P, late.nomor)["hari_terlambat"] == 1


def test_an_extension_helps_whom_it_names(house):
    now = datetime.now(UTC)
    extend(house, P, BAPPEDA, 2026, 3, "A", now + timedelta(days=9), "peladen mati")
    with reading(house) as conn:
        assert read_deadline(conn, P, 2026, 3, "A").stand(now + timedelta(days=8)) == Waktunya.TEPAT_WAKTU
        assert read_deadline(conn, P, 2026, 3, "B").stand(now + timedelta(days=8)) == Waktunya.TERKUNCI
        assert list(grid(conn, P, [(2026, 3)])["diperpanjang"]) == [True, False]
    extend(house, P, BAPPEDA, 2026, 3, "", now + timedelta(days=9), "listrik")
    with reading(house) as conn:
        assert read_deadline(conn, P, 2026, 3, "B").stand(now + timedelta(days=8)) == Waktunya.TEPAT_WAKTU
    end_extension(house, P, BAPPEDA, 2026, 3, "")
    for bad in (
        lambda: extend(house, P, BAPPEDA, 2026, 3, "A", now + timedelta(days=9), " "),
        lambda: extend(house, P, BAPPEDA, 2026, 3, "Z", now + timedelta(days=9), "x"),
        lambda: extend(house, P, BAPPEDA, 2026, 3, "A", now, "x"),
        lambda: set_period(house, P, BAPPEDA, 2026, 3, now, now, now),
        lambda: open_year(house, P, BAPPEDA, 2026),
        lambda: set_contacts(house, P, BAPPEDA, "A", [{"surel": "bukan alamat"}]),
        lambda: set_contacts(house, P, BAPPEDA, "A", [{"surel": "a@b.go.id", "wa": "+62 812"}]),
    ):
        with pytest.raises(BadParameterError):
            bad()


def test_holidays_push_the_deadline(house):
    assert date(2026, 8, 17) in national_holidays(2026)
    plain = default_periods(2026)[0]["tepat_waktu_sampai"]
    eased = default_periods(2026, HariLibur())[0]["tepat_waktu_sampai"]
    assert eased - plain == timedelta(days=1), "Jumat Agung 3 April 2026 falls into the ten days"
    assert default_periods(2026, HariLibur({date(2026, 4, 3): True}))[0]["tepat_waktu_sampai"] == plain
    set_day(house, P, BAPPEDA, date(2027, 6, 17), "HUT Kota", False)
    set_day(house, P, BAPPEDA, date(2027, 4, 5), "Cuti kota", False)
    open_year(house, P, BAPPEDA, 2027)
    forget_day(house, P, BAPPEDA, date(2027, 4, 5))
    with pytest.raises(NotFoundError):
        forget_day(house, P, BAPPEDA, date(2027, 4, 5))


def test_who_must_report(house):
    with reading(house) as conn:
        assert (expected(conn, P, 2026, 3), missing(conn, P, 2026, 3)) == (["A", "B"], ["A", "B"])
    set_duty(house, P, BAPPEDA, 2026, 3, "B", False, "OPD baru dibentuk")
    sent(house)
    with reading(house) as conn:
        assert (expected(conn, P, 2026, 3), missing(conn, P, 2026, 3)) == (["A"], [])
        found = rates(conn, P, 2026, 3)
        assert (found.diharapkan, found.diterima, found.persen_tepat_waktu) == (1, 1, 100.0)
        assert list(queue(conn, P, 2026, 3)["menunggu"].notna()) == [True, False]


def test_the_preview_is_what_accepting_makes(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    with reading(house) as conn:
        version = conn.execute(select(tables.pemda.c.versi)).scalar()
    new = answer("9", rupiah=700)
    seen = preview(house, P, HERE, unpack(pack(new)))
    assert (seen.sebelum.opd["capaian"], seen.sesudah.opd["capaian"]) == (50, 90)
    assert (seen.tambah, seen.ubah, seen.hilang, seen.uang_lama, seen.uang_baru) == (0, 2, 0, 100, 700)
    assert list(seen.perubahan["jenis"]) == ["keuangan", "realisasi"]
    assert figure(house) == 50
    with reading(house) as conn:
        assert conn.execute(select(tables.pemda.c.versi)).scalar() == version
        assert verify_chain(conn, P) is None
    accept(house, P, BAPPEDA, sent(house, muatan=new).nomor)
    assert figure(house) == seen.sesudah.opd["capaian"]


def test_rows_come_out_of_waiting_exactly_as_they_went_in():
    rows = answer("12345678901234567890.0123456789")
    assert unpack(pack(rows)) == rows


def test_a_draft_is_one_and_keeps_its_words(house):
    first, _ = draft(house)
    write_texts(house, P, HERE, first, {"tindak_lanjut": "rapat"})
    second, _ = draft(house)
    with reading(house) as conn:
        found = draft_of(conn, P, HERE)
        assert (found["nomor"], found["tindak_lanjut"], found["alasan"]) == (second, "rapat", "")
        with pytest.raises(NotFoundError):
            one_version(conn, P, first)
        with pytest.raises(NotFoundError):
            one_version(conn, P, second, opd="B")


def test_the_number_of_a_draft_thrown_away_is_never_given_again(house):
    first, token = draft(house)
    discard_draft(house, P, HERE, first)
    with reading(house) as conn:
        assert versions(conn, P, HERE).empty
        assert draft_of(conn, P, HERE) is None
        with pytest.raises(NotFoundError):
            one_version(conn, P, first)
    for attempt in (
        lambda: submit(house, P, OPERATOR, HERE, token),
        lambda: discard_draft(house, P, HERE, first),
        lambda: copy_as_draft(house, P, OPERATOR, HERE, first),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    second, _ = draft(house)
    assert second > first
    kept = sent(house).nomor
    withdraw(house, P, OPERATOR, HERE, kept)
    third, _ = draft(house)
    assert copy_as_draft(house, P, OPERATOR, HERE, kept) > third > kept > second


def test_a_draft_that_names_what_the_plan_no_longer_has_is_refused(house):
    _, token = draft(house)
    with house.begin() as conn:
        for table in (tables.target, tables.rollup_indikator):
            conn.execute(delete(table).where(table.c.opd == "A", table.c.indikator == f"{SUB}#1"))
        conn.execute(delete(tables.indikator).where(tables.indikator.c.opd == "A"))
    with pytest.raises(LoadError, match="Rencana OPD berubah"):
        submit(house, P, OPERATOR, HERE, token)
    with reading(house) as conn:
        row = draft_of(conn, P, HERE)
        assert row is not None
        assert read_report(conn, P, 2026, 3, "A") is None
    with pytest.raises(LoadError, match="Rencana OPD berubah"):
        preview_of(house, P, row)


def test_each_group_of_findings_needs_its_own_reason(house):
    def found(rule, column):
        return {"tingkat": "Konfirmasi", "aturan": rule, "nama_kolom": column}

    asked = [found("pencilan", "Fisik"), found("pencilan", "Fisik"), found("pencilan", "Bulan ke-1")]
    said = replace(checked(konfirmasi=3), masalah=[*asked, {"tingkat": "Info", "aturan": "x", "nama_kolom": ""}])
    nomor = save_draft(house, P, OPERATOR, HERE, said)
    with reading(house) as conn:
        token = one_version(conn, P, nomor)["sekali"]
    for text in ("", "Pencilan (kolom Fisik): hujan", "Pencilan (kolom Fisik): hujan | Pencilan (kolom Bulan ke-1): "):
        write_texts(house, P, HERE, nomor, {"alasan": text})
        with pytest.raises(BadParameterError, match="alasan"):
            submit(house, P, OPERATOR, HERE, token)
    write_texts(house, P, HERE, nomor, {"alasan": "Pencilan (kolom Fisik): a: b | Pencilan (kolom Bulan ke-1): c"})
    assert submit(house, P, OPERATOR, HERE, token).nomor == nomor


def test_a_preview_is_made_once_per_data_version(house, monkeypatch):
    made = []
    real = pratinjau.preview
    monkeypatch.setattr(pratinjau, "preview", lambda *given: made.append(1) or real(*given))
    nomor, _ = draft(house, muatan=answer("9"))
    with reading(house) as conn:
        row = one_version(conn, P, nomor)
    first = preview_of(house, P, row)
    assert preview_of(house, P, row) is first
    with house.execution_options(menulis=True).begin():  # somebody holds the lock: a page looked at again does not care
        assert preview_of(house, P, row).sesudah.opd["capaian"] == 90
    assert len(made) == 1
    accept(house, P, BAPPEDA, sent(house).nomor)
    preview_of(house, P, row)
    assert len(made) == 2


def test_the_sweep_takes_only_what_no_table_names(house, tmp_path):
    kept, dropped = keep_raw(tmp_path, b"dikirim"), keep_raw(tmp_path, b"dibuang")
    plan_file = keep_raw(tmp_path, b"rencana")
    store(house, P, Berkas("r.csv", plan_file, JenisBerkas.RENJA, "uji", "A"), answer("5"))
    first = save_draft(house, P, OPERATOR, HERE, replace(checked(), sha256=dropped))
    discard_draft(house, P, HERE, first)
    save_draft(house, P, OPERATOR, HERE, replace(checked(), sha256=kept))
    assert sweep(house, tmp_path) == (0, 0), "what has just come in is left alone"
    later = datetime.now(UTC) + timedelta(days=3)
    assert sweep(house, tmp_path, later) == (1, 7)
    assert read_raw(tmp_path, kept) == b"dikirim"
    assert read_raw(tmp_path, plan_file) == b"rencana"
    with pytest.raises(NotFoundError):
        read_raw(tmp_path, dropped)


def test_raw_files_are_kept_whole(tmp_path):
    digest = keep_raw(tmp_path, b"isi")
    assert keep_raw(tmp_path, b"isi") == digest
    assert read_raw(tmp_path, digest) == b"isi"
    (place,) = (path for path in tmp_path.rglob("*") if path.is_file())
    place.write_bytes(b"lain")
    with pytest.raises(NotFoundError, match="rusak"):
        read_raw(tmp_path, digest)
    for bad in ("", "../" * 20, "f" * 64, "F" * 64):
        with pytest.raises(NotFoundError):
            read_raw(tmp_path, bad)


def test_a_report_is_a_full_statement(house):
    """What an earlier version said and the next one leaves out is taken back, so undo undoes."""
    money = Muatan(keuangan=answer().keuangan)
    first = sent(house, muatan=Muatan(keuangan=answer().keuangan))
    accept(house, P, BAPPEDA, first.nomor)
    accept(house, P, BAPPEDA, sent(house, muatan=answer("9")).nomor)
    assert figure(house) == 90
    seen = preview(house, P, HERE, unpack(pack(money)))
    assert (seen.hilang, seen.sesudah.opd["capaian"]) == (1, None)
    back = copy_as_draft(house, P, OPERATOR, HERE, first.nomor)
    with reading(house) as conn:
        token = one_version(conn, P, back)["sekali"]
    accept(house, P, BAPPEDA, submit(house, P, OPERATOR, HERE, token).nomor)
    assert figure(house) is None


def test_a_decision_after_the_check_is_a_conflict(house):
    first = sent(house)
    _, token = draft(house, muatan=answer("7"))
    accept(house, P, BAPPEDA, first.nomor)
    with pytest.raises(ConflictError):
        submit(house, P, OPERATOR, HERE, token)


def test_a_token_opens_its_own_draft_only(house):
    nomor, token = draft(house)
    with pytest.raises(NotFoundError):
        submit(house, P, OPERATOR, HERE, token, nomor=nomor + 1)


def test_submitting_moves_no_figure(house):
    accept(house, P, BAPPEDA, sent(house).nomor)
    sent(house, muatan=answer("9"))
    with writing(house) as conn:
        rebuild(conn, P)
    assert figure(house) == 50


def test_mending_in_time_is_not_late_and_a_return_leaves_time(house):
    now = datetime.now(UTC)
    first = sent(house)
    give_back(house, P, BAPPEDA, first.nomor, "Periksa lagi")
    _, token = draft(house, muatan=answer("6"))
    submit(house, P, OPERATOR, HERE, token, now + timedelta(days=4))
    with reading(house) as conn:
        lap = tables.laporan.c
        assert conn.execute(select(lap.hari_terlambat).where(lap.tw == 3, lap.opd == "A")).scalar_one() == 0


def test_withdrawing_a_mended_report_leaves_it_returned(house):
    give_back(house, P, BAPPEDA, sent(house).nomor, "Periksa lagi")
    withdraw(house, P, OPERATOR, HERE, sent(house, muatan=answer("6")).nomor)
    assert state(house) == Keadaan.DIKEMBALIKAN


def test_an_extension_after_an_outage_helps_who_came_late_already(house):
    now = datetime.now(UTC)
    _, token = draft(house)
    submit(house, P, OPERATOR, HERE, token, now + timedelta(days=2))
    extend(house, P, BAPPEDA, 2026, 3, "", now + timedelta(days=9), "listrik")
    with reading(house) as conn:
        assert rates(conn, P, 2026, 3).tepat_waktu == 1


def test_days_off_are_said_once_and_make_the_screens_fresh(house):
    def version():
        with reading(house) as conn:
            return conn.execute(select(tables.pemda.c.versi)).scalar_one()

    before, day = version(), date(2027, 4, 5)
    for wrong, kerja, said in ((date(2027, 8, 17), False, "sudah libur nasional"), (day, True, "bukan libur nasional")):
        with pytest.raises(BadParameterError, match=said):
            set_day(house, P, BAPPEDA, wrong, "Cuti", kerja)
    assert version() == before
    set_day(house, P, BAPPEDA, day, "Cuti kota", False)
    with pytest.raises(BadParameterError, match="sudah ada dalam daftar: Cuti kota"):
        set_day(house, P, BAPPEDA, day, "Lain", False)
    assert version() == before + 1
    forget_day(house, P, BAPPEDA, day)
    assert version() == before + 2


def test_the_largest_of_what_is_all_new_come_first(house):
    rows = Muatan(keuangan=[answer(rupiah=rupiah).keuangan[0] | {"bulan": bulan} for bulan, rupiah in MONEY])
    seen = preview(house, P, HERE, rows)
    assert list(seen.perubahan["baru"]) == [900, 100, 5]


MONEY = ((7, 5), (8, 900), (9, 100))


def test_whoever_sent_it_never_decides_on_it_whatever_the_role(house):
    """An account of Bappeda may belong to Bappeda's own OPD too: another one must decide."""
    same, other = Pelaku("bappeda", "bappeda", "A"), Pelaku("bappeda-2", "bappeda")
    nomor = save_draft(house, P, same, HERE, checked())
    with reading(house) as conn:
        token = one_version(conn, P, nomor)["sekali"]
    submit(house, P, same, HERE, token)
    for deed in (lambda who: accept(house, P, who, nomor), lambda who: give_back(house, P, who, nomor, "x")):
        for who in (same, Pelaku("bappeda", "bappeda"), Pelaku("rekan", "bappeda", "A")):
            with pytest.raises(NotAllowedError):
                deed(who)
    assert accept(house, P, other, nomor).nomor
