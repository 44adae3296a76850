"""What every page of the upload shares: where the report stands in its period, the clock in words, the four steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Children, attrs

HOME: Final = "/unggah"
STEPS: Final = ("Unduh templat", "Periksa berkas", "Pratinjau", "Kirim dan terima tanda bukti")


@dataclass(frozen=True)
class Tahap:
    """Where one report stands in its period. ``waktu``: belum_dibuka, tepat_waktu, terlambat,
    perbaikan (locked, but a returned report may still be mended, until ``perbaikan_sampai``) or terkunci; ``lewat``:
    days late by now; ``keadaan`` of the report, '' when nothing came; ``wajib``: this OPD must report."""

    tahun: int
    tw: int
    waktu: str
    dibuka: datetime
    tepat_waktu_sampai: datetime
    dikunci: datetime
    sekarang: datetime
    lewat: int = 0
    diperpanjang: datetime | None = None
    alasan: str = ""
    keadaan: str = ""
    wajib: bool = True
    perbaikan_sampai: datetime | None = None

    @property
    def terbuka(self) -> bool:
        return self.waktu in {"tepat_waktu", "terlambat", "perbaikan"}

    @property
    def query(self) -> dict[str, object]:
        return {"tahun": self.tahun, "tw": self.tw}


def clock_sentence(tahap: Tahap) -> str:
    """What the clock says: how much is left, or how much is over."""
    if tahap.waktu == "belum_dibuka":
        return f"Dibuka {fmt.tenggat(tahap.dibuka)}."
    if tahap.waktu == "tepat_waktu":
        left = span_words(tahap.tepat_waktu_sampai - tahap.sekarang)
        return f"Sisa {left}. Sesudah itu tercatat terlambat. Dikunci {fmt.tenggat(tahap.dikunci)}."
    if tahap.waktu == "terlambat":
        late = f"Lewat {fmt.whole(tahap.lewat)}{fmt.NBSP}hari: tercatat terlambat."
        return f"{late} Masih diterima sampai {fmt.tenggat(tahap.dikunci)}."
    if tahap.waktu == "perbaikan":
        until = fmt.tenggat(tahap.perbaikan_sampai)
        return f"Sudah dikunci, tetapi laporan yang dikembalikan masih dapat dikirim lagi sampai {until}."
    return f"Dikunci {fmt.tenggat(tahap.dikunci)}."


def span_words(span: timedelta) -> str:
    """How long something still takes, in its two largest units: ``2 hari 13 jam``."""
    minutes = int(span.total_seconds()) // 60
    parts = ((minutes // 1440, "hari"), (minutes // 60 % 24, "jam"), (minutes % 60, "menit"))
    shown = [f"{count}{fmt.NBSP}{word}" for count, word in parts if count][:2]
    return " ".join(shown) or f"kurang dari 1{fmt.NBSP}menit"


def due_line(tahap: Tahap) -> html.P:
    """The deadline in one line, on a phone right below the finding."""
    return html.P(
        ["Tenggat ", html.Strong(fmt.tenggat(tahap.tepat_waktu_sampai))], className="tenggat-sempit hanya-sempit"
    )


def due_box(tahap: Tahap) -> html.Div:
    """The deadline with day, date, clock and WIB."""
    longer = None
    if tahap.diperpanjang:
        longer = html.P(f"Diperpanjang Bappeda. Alasan: {tahap.alasan}", className="kecil")
    date, _, clock = fmt.tenggat(tahap.tepat_waktu_sampai).rpartition(" ")
    return html.Div(
        [
            html.H2(f"Tenggat {fmt.period(tahap.tahun, tahap.tw)}", className="kepala-kecil"),
            html.P([date, " ", html.Span(clock)], className="tenggat"),
            html.P(clock_sentence(tahap), className="kecil"),
            longer,
        ],
        className="sisi-butir",
    )


def steps(now: int, first: str = STEPS[0]) -> html.Ol:
    """The four steps, the present one marked (on a phone only that one)."""
    items = []
    for number, words in enumerate((first, *STEPS[1:]), 1):
        current = attrs(aria_current="step" if number == now else None)
        items.append(html.Li([html.Span(f"{number}", className="langkah-nomor"), words], **current))
    said = f"Langkah {now} dari {len(STEPS)}"
    return html.Ol(items, className="langkah-atas", **attrs(aria_label=said, data_kini=said))


def facts(rows: Sequence[tuple[str, Children]]) -> html.Dl:
    """Names at the left, values at the right, hairlines between."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows], className="fakta-kanan")
