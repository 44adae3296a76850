"""Designed states: each says what is so, in one sentence, and what to do."""

from datetime import datetime, timedelta

from dash import html

from pages.parts import formats as fmt
from pages.parts.elements import Child


def message(title: str, sentence: str, word: str | None = None, href: str | None = None, level: int = 1) -> html.Div:
    """The common form: a heading, a sentence, one link."""
    head = html.H1(title) if level == 1 else html.H2(title)
    link: Child = (
        html.P(html.A(word, href=href, className="tombol tombol-garis")) if word and href is not None else None
    )
    return html.Div([head, html.P(sentence, className="pengantar"), link], className="pesan")


def not_found() -> html.Div:
    return message(
        "Halaman tidak ditemukan.", "Alamatnya mungkin salah ketik atau sudah pindah.", "Buka kinerja kota", "/"
    )


def bad_address(reason: str | None = None) -> html.Div:
    """Nonsense in the query: ``reason`` names the parameter in plain words."""
    return message(
        "Alamat ini tidak dapat dibaca.",
        reason or "Tahun, triwulan, atau kode tidak dikenal.",
        "Buka kinerja kota",
        "/",
    )


def nothing_here(clear_href: str) -> html.Div:
    return message("Tidak ada yang cocok.", "Tidak ada OPD untuk saringan ini.", "Hapus saringan", clear_href, level=2)


def before_opening(tahun: int, tw: int, opens: datetime | None, latest_href: str | None = None) -> html.Div:
    when = f"Periode dibuka {fmt.tenggat(opens)}." if opens else "Jadwal pembukaan belum ditetapkan."
    title = f"{fmt.period(tahun, tw)} belum dibuka."
    return message(title, when, "Lihat periode terakhir" if latest_href else None, latest_href)


def none_in_yet(tahun: int, tw: int, expected: int, due: datetime | None) -> html.Div:
    sentence = f"0 dari {fmt.opd(expected)} sudah melapor."
    ends = f" Tenggat {fmt.tenggat(due)}." if due else ""
    return message(f"Belum ada laporan {fmt.period(tahun, tw)}.", sentence + ends, level=2)


def not_published(tahun: int, tw: int) -> html.Div:
    return message(
        f"{fmt.period(tahun, tw)} belum terbit.", "Laporan sedang diverifikasi Bappeda.", "Lihat periode terakhir", "/"
    )


def signed_out() -> html.Div:
    return message(
        "Sesi berakhir.", "Masuk lagi untuk melanjutkan. Saringan Anda tetap tersimpan di alamat.", "Masuk", "/masuk"
    )


def forbidden() -> html.Div:
    return message(
        "Halaman ini bukan untuk akun Anda.",
        "Masuk dengan akun yang berhak, atau buka ringkasan kota.",
        "Buka kinerja kota",
        "/",
    )


def database_away() -> html.Div:
    return message(
        "Data sedang tidak dapat dibaca.", "Tidak ada yang hilang. Coba lagi beberapa menit lagi.", "Coba lagi", ""
    )


def went_wrong(code: str | None = None) -> html.Div:
    """An error no other page describes; ``code`` is what the help desk can look up."""
    note = f" Sebutkan kode {code} bila menghubungi pengelola e-Monev." if code else ""
    return message("Halaman gagal dibuat.", f"Kesalahan sudah dicatat. Coba lagi.{note}", "Buka kinerja kota", "/")


def snapshot_notice(taken: datetime, age: timedelta) -> html.Div:
    """Above a page that shows its last good state while the database is away."""
    text = f"Data terakhir dari {fmt.wib(taken)} ({fmt.umur(age)} lalu). Basis data sedang tidak terjangkau."
    return notice(text, "waspada")


def notice(text: str, kind: str = "kabar") -> html.Div:
    """A line above the content; ``kind``: kabar or waspada."""
    return html.Div(html.P(text), className=f"kabar kabar-{kind}", role="status")


def incomplete_notice(text: str | None) -> html.P | None:
    return html.P(text, className="belum-lengkap") if text else None


def loading(kind: str = "daftar") -> html.Div:
    """Room kept for what is on its way: hairlines, no motion, no noise."""
    return html.Div(html.P("Memuat…", className="hanya-dengar"), className=f"tunggu tunggu-{kind}", role="status")
