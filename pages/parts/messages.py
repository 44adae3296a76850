"""Designed states: each says what is so, in one sentence, and what to do."""

from dash import html

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


def notice(text: str, kind: str = "kabar") -> html.Div:
    """A line above the content; ``kind``: kabar or waspada."""
    return html.Div(html.P(text), className=f"kabar kabar-{kind}", role="status")


def incomplete_notice(text: str | None) -> html.P | None:
    return html.P(text, className="belum-lengkap") if text else None


def loading(kind: str = "daftar") -> html.Div:
    """Room kept for what is on its way: hairlines, no motion, no noise."""
    return html.Div(html.P("Memuat…", className="hanya-dengar"), className=f"tunggu tunggu-{kind}", role="status")
