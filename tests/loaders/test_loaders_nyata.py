"""The real files, with exact counts."""

import csv
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.formulas.capaian import meets_target
from data.words import JenisBerkas
from loaders import PEMBACA, Hasil, Konteks, Tingkat, check, grouped, report

RENJA = "bengkulu_utara/renja2026_5skpd.csv"
REALISASI = "bengkulu_utara/realisasi_tw_2025_dinas_pendidikan_flat.csv"
IKU = "bengkulu_utara/iku_target_2025_2030.csv"
NYC = "nyc_mmr/Tidy Indicator Level Data.csv"
GC = "gc_infobase/indicators.csv"
FOLDERS = ("deli_serdang", "bondowoso", "semarang", "adwil", "templates", "golden", "palembang")

Run = Callable[..., Hasil]
Count = Callable[[Hasil], dict[tuple[str, str], int]]


def levels(rows: list[dict[str, Any]]) -> dict[str, int]:
    return dict(Counter(row["level"] for row in rows))


def test_renja(nyata: Run, aturan: Count) -> None:
    hasil = nyata(RENJA, JenisBerkas.RENJA)
    assert hasil.boleh_disimpan
    assert hasil.tahun == 2026
    assert hasil.jumlah_baris == 276
    assert hasil.ringkasan == {
        "opd": 5, "sub_kegiatan": 276, "node": 399, "indikator": 342, "total_pagu": 546_288_439_104,
    }  # fmt: skip
    assert sum(row["pagu"] or 0 for row in hasil.muatan.node) == 546_288_439_104
    assert all((row["pagu"] is not None) == (row["level"] == "sub_kegiatan") for row in hasil.muatan.node)
    assert aturan(hasil) == {
        ("Konfirmasi", "target_bukan_angka"): 1,
        ("Info", "pagu_nol"): 10,
        ("Info", "target_nol"): 8,
        ("Info", "arah_turun"): 2,
        ("Info", "anggapan"): 1,
        ("Info", "kolom_diabaikan"): 1,
        ("Info", "tidak_dipecah"): 1,
    }


def test_renja_unreadable_target_is_kept_in_words(nyata: Run) -> None:
    hasil = nyata(RENJA, JenisBerkas.RENJA)
    words = [row for row in hasil.muatan.target if row["teks"] is not None]
    assert [(row["teks"], row["asli"], row["nilai"]) for row in words] == [("105/14", "105/14 Orang/bulan", None)]


def test_renja_packed_program_indicators_are_deduped_over_rows(nyata: Run) -> None:
    hasil = nyata(RENJA, JenisBerkas.RENJA)
    found = {row["kode"]: row for row in hasil.muatan.indikator if row["node"] == "1.02.02"}
    assert len(found) == 4
    assert found["1.02.02#1"]["nama"].startswith("Angka Kematian Ibu")
    assert found["1.02.02#1"]["arah"] == "turun"
    assert found["1.02.02#1"]["satuan_asli"] == "100.000 KH"
    target = {row["indikator"]: row["nilai"] for row in hasil.muatan.target}
    assert sorted(target[kode] for kode in found) == [8, 80, 95, 98]
    assert len([row for row in hasil.muatan.indikator if row["node"] == "5.01.03"]) == 3


def test_renja_every_parent_is_there(nyata: Run) -> None:
    rows = nyata(RENJA, JenisBerkas.RENJA).muatan.node
    keys = {(row["opd"], row["kode"]) for row in rows}
    assert all(row["induk"] is None or (row["opd"], row["induk"]) in keys for row in rows)
    assert len(keys) == len(rows)
    assert levels(rows)["urusan"] == 6


def test_realisasi_tw(nyata: Run, aturan: Count) -> None:
    hasil = nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2025, tw=3)
    assert hasil.boleh_disimpan
    assert hasil.ringkasan["tw_fisik"] == [2]
    assert hasil.ringkasan["tw_keuangan"] == [1, 2, 3]
    assert (len(hasil.muatan.node), len(hasil.muatan.indikator)) == (116, 95)
    assert (len(hasil.muatan.realisasi), len(hasil.muatan.keuangan), len(hasil.muatan.laporan)) == (88, 264, 3)
    assert {row["periode"] for row in hasil.muatan.realisasi} == {2}
    assert {row["bulan"] for row in hasil.muatan.keuangan} == {3, 6, 9}
    assert aturan(hasil) == {
        ("Konfirmasi", "realisasi_di_atas_pagu"): 12,
        ("Konfirmasi", "tw_semua_nol"): 2,
        ("Info", "kode_pengganti"): 25,
        ("Info", "pagu_nol"): 4,
        ("Info", "kolom_diabaikan"): 1,
        ("Info", "anggapan"): 1,
    }


def test_realisasi_tw_equals_a_naive_reading(nyata: Run, shared: Path) -> None:
    hasil = nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2025, tw=3)
    with (shared / REALISASI).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    money = sum(Decimal(row[f"uang_tw{tw}"]) for row in rows for tw in (1, 2, 3))
    assert sum(row["realisasi"] for row in hasil.muatan.keuangan) == money == 258_930_650_158
    assert sum(row["nilai"] for row in hasil.muatan.realisasi) == sum(Decimal(row["fisik_tw2"]) for row in rows)
    assert hasil.ringkasan["total_pagu"] == sum(Decimal(row["rpz"]) for row in rows)


def test_realisasi_tw_placeholders_become_own_codes(nyata: Run) -> None:
    rows = nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2025, tw=3).muatan.node
    names = {row["kode"]: row["nama"] for row in rows}
    assert not any("X" in row["kode"] for row in rows)
    assert "1.01.01.2.01.0001" in names
    assert names["1.01"] == "URUSAN PEMERINTAHAN BIDANG PENDIDIKAN"


def test_realisasi_tw4_is_asked_about(nyata: Run) -> None:
    hasil = nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2025, tw=4)
    titles = [m.nama_kolom for m in hasil.masalah if m.aturan == "tw_semua_nol"]
    assert titles == ["fisik_tw1", "fisik_tw3", "fisik_tw4", "uang_tw4"]
    assert {row["tw"] for row in hasil.muatan.laporan} == {1, 2, 3}


def test_realisasi_of_another_year_or_opd_is_galat(nyata: Run, aturan: Count) -> None:
    assert aturan(nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2024, tw=3))[("Galat", "tahun")] == 88
    other = nyata(REALISASI, JenisBerkas.REALISASI_TW, tahun=2025, tw=3, opd="1.02.0.00.0.00.01.0000")
    assert aturan(other)[("Galat", "opd_lain")] == 88
    assert not other.muatan.node


def test_iku_counts_every_doubtful_cell(nyata: Run, aturan: Count) -> None:
    hasil = nyata(IKU, JenisBerkas.IKU)
    assert hasil.boleh_disimpan
    assert hasil.tahun is None
    assert hasil.jumlah_baris == 394
    found = hasil.ringkasan
    assert (found["opd"], found["indikator"], found["target"]) == (34, 394, 2361)
    kinds = {name: found[f"sel_{name}"] for name in ("angka", "rentang", "kata", "ragu", "kosong")}
    assert kinds == {"angka": 1944, "rentang": 255, "kata": 60, "ragu": 102, "kosong": 3}
    assert sum(kinds.values()) == 394 * 6
    assert len([m for m in hasil.masalah if m.tingkat is Tingkat.KONFIRMASI]) == 102
    counts = aturan(hasil)
    assert counts[("Konfirmasi", "angka_ragu")] == 84
    assert counts[("Konfirmasi", "rasio_atau_rentang")] == 12
    assert counts[("Konfirmasi", "rasio_ganda")] == 6
    assert counts[("Info", "rentang_menurun")] == 30
    assert counts[("Info", "rentang_terpotong")] == 2


@pytest.mark.parametrize(
    ("nama", "tahun", "expected"),
    [
        ("Laju Pertumbuhan Ekonomi", 2025, ("4.43", "4.47", None)),
        ("Rasio Gini Indeks", 2025, ("0.2755", "0.2800", None)),
        ("Jumlah realisasi investasi per tahun", 2025, ("1520.64", None, None)),
        ("Jumlah Produksi Perikanan Budidaya (Ton)", 2025, (None, None, "15.093")),
        ("Jumlah produksi Perikanan Tangkap (Ton)", 2025, ("6581", None, None)),
        ("Rasio guru terhadap murid", 2025, (None, None, "1 : 30:1 : 30")),
        ("Buku PDRB Kabupaten", 2030, (None, None, "Ada")),
        ("Maturitas Sistem Pengendalian Intern Pemerintah (SPIP)", 2027, (None, None, "Level 3")),
        ("Penurunan Intensitas Emisi GRK Sektor Lingkungan Hidup", 2025, ("0.0209", "0.0271", None)),
    ],
)
def test_iku_cells(nyata: Run, nama: str, tahun: int, expected: tuple[str | None, ...]) -> None:
    muatan = nyata(IKU, JenisBerkas.IKU).muatan
    row = next(row for row in muatan.indikator if row["nama"] == nama and row["tahun"] == tahun)
    said = next(t for t in muatan.target if (t["tahun"], t["opd"], t["indikator"]) == (tahun, row["opd"], row["kode"]))
    low, high, words = expected
    assert (said["nilai"], said["nilai_atas"]) == tuple(None if x is None else Decimal(x) for x in (low, high))
    assert said["teks"] == words
    assert (row["arah"] == "rentang") == (high is not None)


def test_iku_ratings_get_their_scale(nyata: Run) -> None:
    rows = [row for row in nyata(IKU, JenisBerkas.IKU, tahun=2026).muatan.indikator if row["skala"]]
    assert len(rows) == 5
    assert {row["skala"] for row in rows} == {"AA>A>BB>B>CC>C>D"}


def test_iku_known_opd_keeps_its_code(nyata: Run) -> None:
    from loaders import Dikenal

    known = Dikenal({"1.01.2.22.0.00.01.0000": "dinas  PENDIDIKAN"})
    hasil = nyata(IKU, JenisBerkas.IKU, dikenal=known)
    assert "1.01.2.22.0.00.01.0000" in {row["opd"] for row in hasil.muatan.node}
    assert len(hasil.muatan.opd) == 33


def verdicts(muatan: Any) -> dict[tuple[int, str], bool | None]:
    """meets_target for every indicator that has a number on both sides, by (year, indicator)."""
    arah = {(row["tahun"], row["opd"], row["kode"]): row["arah"] for row in muatan.indikator}
    target = {(row["tahun"], row["opd"], row["indikator"]): row for row in muatan.target if row["nilai"] is not None}
    found: dict[tuple[int, str], bool | None] = {}
    for row in muatan.realisasi:
        key = (row["tahun"], row["opd"], row["indikator"])
        said = target.get(key)
        if said is None or row["nilai"] is None:
            continue
        short = (key[0], key[2].partition("#")[2])
        if arah[key] == "rentang":
            found[short] = said["nilai"] <= row["nilai"] <= said["nilai_atas"]
        else:
            found[short] = meets_target([row["nilai"]], [said["nilai"]], [arah[key]])[0]
    return found


def test_nyc_own_verdict_on_all_351_rows(nyata: Run, shared: Path) -> None:
    hasil = nyata(NYC, JenisBerkas.TAHUNAN)
    assert (len(hasil.muatan.opd), len(hasil.muatan.target), len(hasil.muatan.realisasi)) == (37, 351, 8297)
    ours = verdicts(hasil.muatan)
    with (shared / NYC).open(encoding="utf-8-sig", newline="") as file:
        theirs = {row["ID"]: row["Success"] for row in csv.DictReader(file) if row["Success"] != "NA"}
    assert len(theirs) == 351
    assert {kode: ours[(2023, kode)] for kode in theirs} == {k: v == "Met_Goal" for k, v in theirs.items()}


def gc(nyata: Run, shared: Path, **more: Any) -> Hasil:
    names = ("results.csv", "program.csv", "crso.csv")
    return nyata(
        GC, JenisBerkas.TAHUNAN, lampiran={n: (shared / "gc_infobase" / n).read_bytes() for n in names}, **more
    )


def test_gc_own_status_on_every_numeric_row(nyata: Run, shared: Path) -> None:
    ours = verdicts(gc(nyata, shared).muatan)
    with (shared / GC).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status_key"] in ("met", "not_met")]
    keys = {(2000 + int(row["doc"][-2:]), row["stable_id"]): row["status_key"] == "met" for row in rows}
    without_number = set(keys) - set(ours)
    assert len(keys) == 57
    assert len(without_number) == 1
    assert {key: ours[key] for key in keys if key in ours} == {key: keys[key] for key in keys if key in ours}


def test_gc_tree_and_counts(nyata: Run, shared: Path) -> None:
    hasil = gc(nyata, shared)
    assert hasil.ringkasan["tahun"] == [2017, 2018, 2019]
    assert len(hasil.muatan.indikator) == 579
    assert len(hasil.muatan.opd) == 3
    alone = nyata(GC, JenisBerkas.TAHUNAN)
    assert len(alone.muatan.opd) == 1
    assert any(m.aturan == "tanpa_lampiran" for m in alone.masalah)


def test_one_year_only(nyata: Run, shared: Path) -> None:
    assert {row["tahun"] for row in gc(nyata, shared, tahun=2018).muatan.node} == {2018}


@pytest.mark.parametrize("jenis", list(PEMBACA))
@pytest.mark.parametrize(
    "folder", ["deli_serdang", "bondowoso", "semarang", "adwil", "templates", "golden", "palembang"]
)
def test_every_other_file_ends_in_a_clear_report(shared: Path, folder: str, jenis: JenisBerkas) -> None:
    files = sorted((shared / folder).iterdir())
    assert files
    for path in files:
        hasil = check(path.read_bytes(), path.name, Konteks(jenis=jenis, opd="1.01", tahun=2025, tw=1))
        assert not hasil.boleh_disimpan
        assert not hasil.muatan.node
        assert "Galat" in report(hasil.masalah)
        assert all(m.pesan.endswith((".", "?")) for m in hasil.masalah), grouped(hasil.masalah)


@pytest.mark.parametrize(
    ("nama", "seperti"),
    [(RENJA, "renja"), (REALISASI, "realisasi-tw"), (IKU, "iku"), (NYC, "tahunan"), (GC, "tahunan")],
)
def test_a_file_of_another_kind_is_recognised(nyata: Run, nama: str, seperti: str) -> None:
    hasil = nyata(nama, JenisBerkas.KEUANGAN, tahun=2025, opd="1.01")
    assert not hasil.boleh_disimpan
    assert [m.perbaikan for m in hasil.masalah if m.aturan == "jenis_lain"] == [f"Pilih jenis itu (--jenis {seperti})."]
