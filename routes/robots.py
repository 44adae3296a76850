"""For search engines: which addresses are worth a visit, and which are not for them."""

from html import escape

from flask import Blueprint, Response, current_app

from data.access import Audiens
from data.ask import Penjawab
from data.errors import NothingYetError
from data.queries.kepatuhan import expected
from data.queries.pemda import choose_period, reported_periods
from routes.declared import DECLARED
from routes.sajian import share

robots = Blueprint("robot", __name__)
DECLARED.update(dict.fromkeys(("robot.rules", "robot.sitemap"), Audiens.PUBLIK))
PUBLIC_PAGES = ("/", "/metodologi", "/data", "/sematan")
# What needs a person, and Dash's own plumbing.
NOT_FOR_THEM = (
    *("/masuk", "/keluar", "/undangan/", "/akun", "/kelola/", "/pimpinan", "/kepatuhan"),
    *("/analisis", "/arahan", "/formulir", "/unduhan", "/dinding", "/unggah", "/verifikasi", "/_dash-"),
)


@robots.get("/robots.txt")
def rules() -> Response:
    share()
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_THEM), f"Sitemap: {_site()}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@robots.get("/sitemap.xml")
def sitemap() -> Response:
    """Every public page once, on the site's own address. Raises DatabaseAwayError."""
    share()
    paths = [*PUBLIC_PAGES, *(f"/opd/{kode}" for kode in _opds())]
    places = "".join(f"<url><loc>{escape(_site() + path)}</loc></url>" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Response(f"{head}{places}</urlset>\n", mimetype="application/xml")


def _opds() -> list[str]:
    """The OPD of the newest reported triwulan, whether they have reported or not: who must is no secret."""
    answerer: Penjawab = current_app.config["PENJAWAB"]
    try:
        newest = choose_period(answerer.ask(reported_periods), None, None)
    except NothingYetError:
        return []
    return answerer.ask(expected, newest.tahun, newest.tw)


def _site() -> str:
    return str(current_app.config["ALAMAT_PUBLIK"])
