""" "Kirim ke WhatsApp": a sentence and a permalink, handed over only on tap."""

from urllib.parse import quote

from dash import html

from pages.parts.elements import attrs


def whatsapp(sentence: str, url: str, filled: bool = False) -> html.A:
    """``url`` is the full public address of this very view. The text is also copied, should WhatsApp be missing."""
    text = f"{sentence}\n{url}"
    return html.A(
        "Kirim ke WhatsApp",
        href=f"https://wa.me/?text={quote(text)}",
        target="_blank",
        rel="noopener noreferrer",
        className="tombol" if filled else "tautan",
        **attrs(data_salin=text, data_salin_diam="ya"),
    )
