"""What browsers fetch from us, at addresses that name the content: our style sheets, scripts and fonts one by one for
the pages that Dash does not draw, and in three bundles for the public ones (styles, scripts, Dash).

The address ``/aset/<name>.<hash>.<kind>`` may be kept for a year. An address of yesterday's content answers with
today's, kept by nobody.
"""

import re
from pathlib import Path
from typing import Final

from dash import Dash
from flask import Blueprint, Flask, Response, abort, current_app, request

from data.access import Audiens
from data.settings import INSTANCE
from routes.declared import DECLARED
from routes.gudang import Gudang
from routes.sajian import best_coding, share

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets"
KEPT: Final = INSTANCE / "aset"
# Only the live page needs these.
# The wall has a sheet and a script of its own, which nothing else loads (app.py tells Dash the same).
WALL_ONLY: Final = ("dinding.css", "dinding.js")
LIVE_ONLY: Final = ("ambil-alih.js", "analisis.js", "bagan.js", "lekas.js", "mulai.js")
# Style sheets of pages that only people with an account see; every other sheet is for the public pages too.
CLOSED_SHEETS: Final = re.compile(r"(?:5\d|65|66|7\d)-.+\.css")
# Scripts of forms and of closed pages: not for the bundle of the public pages.
CLOSED_SCRIPTS: Final = ("unggah.js", "unduhan.js", "analisis.js", "pilih.js")
PLOTLY: Final = "plotly/plotly-basic.min.js"
FONTS: Final = ("fonts/monev-sans.woff2", "fonts/monev-serif.woff2")
# Of Dash's own scripts the public pages need these; no old browser's patches, no table, no SVG components (drawings
# travel as text), no grid.
DASH: Final = re.compile(r"/(?:react@|react-dom@|prop-types@|dash_renderer|dash_core_components|dash_html_components)")
YEAR_S: Final = 31_536_000
YEAR: Final = "public, max-age=31536000, immutable"
_URL = re.compile(r'url\("(?!data:|/)([^")]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_SOURCE = re.compile(r'src="(/_dash-component-suites/[^"]+)"')

aset = Blueprint("aset", __name__)
DECLARED["aset.fetch"] = Audiens.PUBLIK


@aset.get("/aset/<path:filename>")
def fetch(filename: str) -> Response:
    """One file, in the best coding the browser takes."""
    found = gudang().find(filename)
    if found is None:
        abort(404)
    berkas, current = found
    response = Response(berkas.isi, mimetype=berkas.jenis)
    coding = best_coding(request.headers.get("Accept-Encoding", "")) if berkas.compressible else ""
    best = True
    if coding:
        response.data, best = gudang().form(berkas, coding)
        response.headers["Content-Encoding"] = coding
    if berkas.compressible:
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["ETag"] = f'W/"{berkas.sidik[:16]}"'
    if berkas.jenis == "font/woff2":
        # A chart inside a sandbox on another site has no origin of its own to ask from.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if current and best:
        share("abadi")
    response.headers["Cache-Control"] = YEAR if current else "no-cache"
    return response


def gudang() -> Gudang:
    found: Gudang = current_app.config["ASET"]
    return found


def styles() -> tuple[str, ...]:
    """Style sheets in the order Dash loads them."""
    found: tuple[str, ...] = current_app.config["ASET_GAYA"]
    return found


def scripts() -> tuple[str, ...]:
    """Scripts that also help a plain page."""
    found: tuple[str, ...] = current_app.config["ASET_SKRIP"]
    return found


def wall_assets() -> tuple[str, str, str]:
    """The fonts, the sheet and the script of the wall."""
    fonts, sheet, script = (gudang().address(name) for name in ("10-huruf.css", "dinding.css", "dinding.js"))
    return fonts, sheet, script


def register(server: Flask) -> None:
    """Take in everything under assets/."""
    store = Gudang(KEPT)
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in {".woff2", ".js", ".svg", ".png"}:
            store.add(path.relative_to(FOLDER).as_posix(), path.read_bytes())
    for path in sorted(FOLDER.glob("*.css")):
        store.add(path.name, sheet(store, path).encode())
    server.config["ASET"] = store
    # Fixed at the start: every page asks, and none should have to read a folder for it.
    sheets, plain = _names("*.css", WALL_ONLY), _names("*.js", (*LIVE_ONLY, *WALL_ONLY))
    server.config["ASET_GAYA"] = tuple(map(store.address, sheets))
    server.config["ASET_SKRIP"] = tuple(map(store.address, plain))
    server.register_blueprint(aset)
    server.after_request(_suites)


def assemble(server: Flask, dash: Dash) -> None:
    """Make the bundles of the public pages; Dash must know its layout and callbacks by now."""
    store: Gudang = server.config["ASET"]
    store.add("publik.css", b"".join(store.get(name).isi for name in public_sheets()))
    store.add("publik.js", b"\n".join(store.get(name).isi for name in public_scripts()))
    store.add("dash.js", dash_bundle(server, dash))
    store.squeeze_aside()


def public_sheets() -> list[str]:
    return [name for name in _names("*.css", WALL_ONLY) if not CLOSED_SHEETS.fullmatch(name)]


def public_scripts() -> list[str]:
    return _names("*.js", (*CLOSED_SCRIPTS, *WALL_ONLY))


def _names(pattern: str, left_out: tuple[str, ...]) -> list[str]:
    return [path.name for path in sorted(FOLDER.glob(pattern)) if path.name not in left_out]


def sheet(store: Gudang, path: Path) -> str:
    """A style sheet without comments and line breaks; what it refers to by addresses that name the content."""
    text = _SPACE.sub("\n", _COMMENT.sub("", path.read_text())).strip()
    return _URL.sub(lambda match: f'url("{store.address(match[1])}")', text)


def dash_bundle(server: Flask, dash: Dash) -> bytes:
    """Dash's scripts in its own order, with its layout and its wiring in front: both hold no data and are asked for by
    every page otherwise."""
    client = server.test_client()
    wiring = [client.get(f"/_dash-{name}").get_data(as_text=True).strip() for name in ("layout", "dependencies")]
    told = 'window.emonev=window.emonev||{menunggu:0};window.emonev.dash={"_dash-layout":%s,"_dash-dependencies":%s};'
    sources = filter(DASH.search, _SOURCE.findall(dash._generate_scripts_html()))
    return b"\n;\n".join([(told % tuple(wiring)).encode(), *(client.get(source).data for source in sources)])


def _suites(response: Response) -> Response:
    """Dash's own scripts on closed pages: their address names version and time, so they may be kept as well."""
    if request.path.startswith("/_dash-component-suites/") and response.cache_control.max_age == YEAR_S:
        response.headers["Cache-Control"] = YEAR
        share("abadi")
    return response
