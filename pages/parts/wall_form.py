"""The form that installs a screen by its key, in the hand of the wall."""

from dash import html

from pages.parts.forms import error_line, field, form, submit
from pages.parts.markup import to_html
from pages.parts.wall_head import plain_head


def install_form(csrf: str, galat: str | None = None) -> str:
    """Where the key is typed when the address cannot be opened."""
    box = field("Kunci layar", "kunci", autoComplete="off", spellcheck="false", required=True, maxLength="100")
    inside = [
        html.H1("Pasang layar ini.", className="panjang"),
        html.P("Ketik kunci yang ditampilkan sekali kepada administrator saat layar ditambahkan."),
        error_line(galat),
        form("/dinding/pasang", csrf, [box, submit("Pasang layar")]),
    ]
    return to_html([plain_head(), html.Section(inside, className="kabar")])
