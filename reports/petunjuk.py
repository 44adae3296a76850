"""The second sheet of the form: how to fill it in, for someone who does so four times a year."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reports.aman import harmless
from reports.buku import ACCENT, INK_2, Buku, height, page_footer, set_widths

LIMIT_MB: Final = 5
LIMIT_ROWS: Final = "20.000"
WIDTH: Final = 96

Langkah = tuple[str, tuple[str, ...]]


def write_guide(buku: Buku, judul: str, bulan: Sequence[str], tenggat: str) -> None:
    """Add the sheet "Petunjuk"."""
    sheet = buku.sheet("Petunjuk")
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    set_widths(sheet, [4, WIDTH])
    sheet.write_string(0, 0, "Cara mengisi laporan", buku.style(bold=True, font_size=18))
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, harmless(judul), buku.style(font_color=INK_2))
    line = 3
    for number, (heading, sentences) in enumerate(_steps(bulan, tenggat), 1):
        line = _write_step(buku, sheet, line, number, heading, sentences)
    sheet.protect()
    page_footer(sheet, judul)


def _write_step(buku: Buku, sheet: Any, line: int, number: int, heading: str, sentences: Sequence[str]) -> int:
    """Write one step and say on which line the next begins."""
    style = buku.style(bold=True, font_size=11, font_color=ACCENT)
    sheet.write_number(line, 0, number, buku.style(bold=True, font_size=11, font_color=ACCENT, align="left"))
    sheet.write_string(line, 1, heading, style)
    for offset, sentence in enumerate(sentences, 1):
        sheet.set_row(line + offset, height([(sentence, WIDTH)]))
        sheet.write_string(line + offset, 1, harmless(sentence), buku.style(text_wrap=True))
    return line + len(sentences) + 2


def _steps(bulan: Sequence[str], tenggat: str) -> Iterator[Langkah]:
    first, _, last = bulan
    yield (
        "Isi hanya sel berwarna",
        (
            "Lembar Laporan sudah memuat kode, uraian, target, dan angka yang sudah diterima. Sel yang lain terkunci.",
            "Jangan menambah, menghapus, atau mengurutkan baris dan kolom. Baris kedua lembar Laporan jangan diubah.",
        ),
    )
    yield (
        "Baris Kinerja: satu hasil untuk tiap indikator",
        (
            f"Isi hasil {first} sampai {last} saja, bukan kumulatif. Target di sebelahnya dihitung s.d. triwulan ini.",
            "Desimal ditulis dengan koma: 18,13. Untuk penilaian (mis. BB atau WTP), pilih dari daftar di selnya.",
        ),
    )
    yield (
        "Baris Keuangan: rupiah tiap bulan dan fisik",
        (
            f"Bulan ke-1, ke-2, dan ke-3 adalah {', '.join(bulan)}. Isi rupiah bulan itu saja, bukan kumulatif.",
            "Tulis rupiah penuh, bukan ribuan atau juta. Bulan tanpa belanja diisi 0.",
            f"Fisik adalah kemajuan sejak Januari s.d. akhir {last}, dari 0 sampai 100 persen.",
        ),
    )
    yield (
        "Kosong, 0, dan nihil tidak sama",
        (
            "nihil: pada triwulan ini memang tidak ada yang dilaporkan. Indikatornya tidak dihitung pada triwulan ini.",
            "0: sudah dikerjakan dan hasilnya nol. Angka ini ikut dihitung.",
            "Kosong: belum dilaporkan. Indikatornya tercatat belum lapor.",
        ),
    )
    yield (
        "Keterangan dan kendala",
        (
            "Tulis kendala bila hasil jauh di bawah target atau bila fisik dan keuangan jauh berbeda.",
            "Paling banyak 2.000 huruf tiap sel. Jangan menulis data pribadi.",
        ),
    )
    yield (
        "Simpan, periksa, kirim",
        (
            f"Simpan sebagai .xlsx atau .csv, paling besar {LIMIT_MB} MB dan {LIMIT_ROWS} baris.",
            "Berkas dapat diperiksa berkali-kali sebelum dikirim. Bila ada yang salah, baris dan kolomnya disebut.",
            f"Paling lambat {tenggat}. Setelah dikirim, simpan tanda terimanya.",
        ),
    )
