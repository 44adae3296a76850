"""The Kinerja rows of a report: a number, a rating or nihil per indicator, held against target and history."""

from decimal import Decimal
from typing import Any, Final

from data.formulas.capaian import SKALA_AKIP
from data.formulir import NIHIL
from data.rollups.indikator import Posisi
from data.rollups.read import Nilai
from loaders.angka import is_formula_error, percent
from loaders.laporan_isi import Baris, Isi
from loaders.masalah import Tingkat
from loaders.posisi import asked, standing
from loaders.riwayat import outlier
from loaders.satuan import normal_unit

HUNDRED: Final = Decimal(100)
EMPTY: Final = Nilai(None, None, None, False)


def check_kinerja(isi: Isi, rows: list[Baris]) -> None:
    """Store the answer of each row and ask about the striking ones."""
    isi.read("realisasi", (row.index for row in rows if _asks_number(isi, row)))
    answers: dict[str, dict[str, Nilai]] = {}
    for row in rows:
        said = _said(isi, row)
        if said is None:
            continue
        _store(isi, row, said)
        if said.nilai is not None or said.teks is not None or said.nihil:
            answers.setdefault(row.opd, {})[row.kode] = said
    for opd in dict.fromkeys(row.opd for row in rows):
        printed = asked(isi.konteks, opd, isi.tw)
        stands = standing(isi.konteks, opd, isi.tw, answers.get(opd, {}))
        for row in (each for each in rows if each.opd == opd):
            _compare(isi, row, *printed[row.kode])
            said = answers.get(opd, {}).get(row.kode)
            if said is not None and not said.nihil:
                _ask_number(isi, row, said)
                _ask_capaian(isi, row, stands[row.kode])


def _is_rating(row: Baris) -> bool:
    return bool(row.tahu.get("target_teks"))


def _asks_number(isi: Isi, row: Baris) -> bool:
    return not _is_rating(row) and isi.cells["realisasi"][row.index].casefold() != NIHIL


def _said(isi: Isi, row: Baris) -> Nilai | None:
    """What the answer cell says; EMPTY when it takes a stored answer back or leaves only words, None when nothing."""
    text = isi.cells["realisasi"][row.index]
    if not text:
        return _blank(isi, row)
    if text.casefold() == NIHIL:
        return _nothing(isi, row)
    if _is_rating(row):
        return _rating(isi, row, text)
    number = isi.number(row.index, "realisasi")
    if number is None:
        return None
    isi.terisi += 1
    return Nilai(number, None, None, False)


def _blank(isi: Isi, row: Baris) -> Nilai | None:
    if isi.tw in row.tahu.get("realisasi", ()):
        message, hint = "kosong: nilai tersimpan akan dikosongkan.", "Isi nilainya bila tidak dimaksudkan."
        isi.say(Tingkat.KONFIRMASI, "akan_dikosongkan", row.index, "realisasi", message, hint)
        return EMPTY
    message, hint = "kosong: dianggap belum lapor.", f"Isi angkanya, atau tulis '{NIHIL}' beserta keterangannya."
    isi.say(Tingkat.INFO, "belum_diisi", row.index, "realisasi", message, hint)
    return EMPTY if isi.cells["keterangan"][row.index] or isi.cells["kendala"][row.index] else None


def _nothing(isi: Isi, row: Baris) -> Nilai | None:
    if not isi.cells["keterangan"][row.index]:
        hint = "Tulis di kolom Keterangan mengapa tidak ada yang dilaporkan."
        isi.say(Tingkat.GALAT, "nihil_tanpa_keterangan", row.index, "realisasi", "tanpa keterangan.", hint)
        return None
    isi.nihil += 1
    return Nilai(None, None, None, True)


def _rating(isi: Isi, row: Baris, text: str) -> Nilai | None:
    """A rating as it is written; one that is not on the target's scale has no capaian, so it is asked about."""
    if is_formula_error(text):
        hint = "Tulis predikatnya langsung."
        isi.say(Tingkat.GALAT, "rumus_galat", row.index, "realisasi", "adalah galat rumus Excel.", hint)
        return None
    scale = row.tahu["skala"].split(">") if row.tahu.get("skala") else list(SKALA_AKIP)
    steps = {step.strip().casefold() for step in scale}
    targets = {target.strip().casefold() for target in row.tahu["target_teks"].values()}
    if targets <= steps and text.casefold() not in steps:
        hint = f"Pilih salah satu: {', '.join(scale)}."
        isi.say(Tingkat.KONFIRMASI, "predikat_tidak_dikenal", row.index, "realisasi", "tidak ada di skalanya.", hint)
    isi.terisi += 1
    return Nilai(None, None, str(text), False)


def _store(isi: Isi, row: Baris, said: Nilai) -> None:
    words: dict[str, Any] = {kunci: isi.cells[kunci][row.index] for kunci in ("keterangan", "kendala")}
    words |= {"indikator": row.kode, "periode": isi.tw, "asli": str(isi.cells["realisasi"][row.index])}
    values = {"nilai": said.nilai, "teks": said.teks, "nihil": said.nihil}
    isi.hasil.muatan.realisasi.append(isi.origin(row, "realisasi") | words | values)


def _compare(isi: Isi, row: Baris, target: Nilai, before: Nilai) -> None:
    """The locked cells of the row beside what is stored."""
    isi.compare_words(row, row.tahu["nama"], row.tahu.get("satuan", ""))
    for kunci, stored in (("target", target), ("sebelumnya", before)):
        if stored.atas is not None:
            continue  # a range is printed in words; nothing is read back from it
        if stored.teks is not None or stored.nihil:
            words = stored.teks or NIHIL
            isi.compare(row, kunci, words, isi.cells[kunci][row.index].casefold() == words.strip().casefold())
        else:
            isi.compare_number(row, kunci, stored.nilai)


def _ask_number(isi: Isi, row: Baris, said: Nilai) -> None:
    if said.nilai is None:
        return
    if said.nilai < 0:
        isi.say(Tingkat.KONFIRMASI, "realisasi_minus", row.index, "realisasi", "kurang dari nol.", "Periksa tandanya.")
    if said.nilai > HUNDRED and normal_unit(row.tahu.get("satuan", "")) == "%":
        hint = "Periksa apakah koma desimalnya hilang."
        isi.say(Tingkat.KONFIRMASI, "persen_di_atas_100", row.index, "realisasi", "lebih dari 100 persen.", hint)
    plan = isi.konteks.dikenal.plan(row.opd)
    stored = row.tahu.get("jawaban", {})
    earlier = [stored[tw][0] for tw in range(1, isi.tw) if tw in stored and stored[tw][0] is not None]
    striking = outlier(said.nilai, [*plan.riwayat.get(row.kode, []), *earlier], isi.konteks.ambang)
    if striking:
        hint = "Periksa jumlah nol dan satuannya."
        isi.say(Tingkat.KONFIRMASI, "pencilan", row.index, "realisasi", f"{striking}.", hint)


def _ask_capaian(isi: Isi, row: Baris, stands: Posisi) -> None:
    if stands.capaian is None:
        return
    shown = f"{percent(stands.capaian)} %"
    lowest = isi.konteks.aturan.ambang_terburuk
    if stands.capaian > isi.konteks.ambang.capaian_tertinggi:
        message = f"membuat capaian {shown}, di atas {isi.konteks.ambang.capaian_tertinggi} % target."
        isi.say(Tingkat.KONFIRMASI, "capaian_sangat_tinggi", row.index, "realisasi", message, "Periksa angkanya.")
    elif stands.capaian < lowest and not isi.cells["kendala"][row.index]:
        message, hint = f"membuat capaian {shown}, di bawah {lowest} % target.", "Tulis sebabnya di kolom Kendala."
        isi.say(Tingkat.KONFIRMASI, "capaian_rendah_tanpa_kendala", row.index, "realisasi", message, hint)
