"""What lets a phone keep the site: manifest, icons, and the service worker (``pekerja.js``) that shows the last view
without a connection, with its age."""

import hashlib
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, current_app, g, request

from data.access import Audiens
from data.ask import Penjawab
from data.engine import reading
from data.errors import DatabaseAwayError, NotFoundError
from data.perangkat import is_trusted, known_device
from data.queries.pemda import read_pemda
from data.words import Peran
from reports.gambar import as_png
from routes.declared import DECLARED
from routes.session import current_person, device_token, settings

phone = Blueprint("ponsel", __name__)
DECLARED.update(dict.fromkeys(("ponsel.manifest", "ponsel.icon", "ponsel.worker"), Audiens.PUBLIK))
WORKER: Final = Path(__file__).with_name("pekerja.js").read_text(encoding="utf-8")
# The way out of a worker that went wrong: browsers that come by remove it and all that it kept.
FAREWELL: Final = """self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("emonev-")).map((name) => caches.delete(name))))
    .then(() => self.registration.unregister())));
"""
PAPER, INK = "#FFFFFF", "#0E4A5A"
MARK: Final = "M6 23V6l2-4 2 4v17M14 23V6l2-4 2 4v17M10 8h4M10 12h4M0 18h24M2.5 18v5M21.5 18v5"
SIZES: Final = (180, 192, 512)
# A mask may cut off all but the inner four fifths.
MARGIN: Final = {"": 5, "-topeng": 11}
KEPT: Final = "public, max-age=86400"
SNAPSHOT: Final = "Emonev-Simpan"
SNAPSHOT_FOR: Final = timedelta(days=7)


@phone.get("/manifest.webmanifest")
def manifest() -> Response:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    try:
        city = answerer.ask(read_pemda).nama
    except DatabaseAwayError:
        city = ""
    name = f"e-Monev {city}".strip()
    facts = {
        "id": "/",
        "lang": "id",
        "name": name,
        "short_name": "e-Monev",
        "description": f"Kinerja {city or 'pemerintah daerah'}, triwulan demi triwulan.",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [_icon(size, kind) for size in (192, 512) for kind in MARGIN],
    }
    answer = Response(json.dumps(facts, ensure_ascii=False), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@phone.get("/ikon/<bagan>.png")
def icon(bagan: str) -> Response:
    """The mark as PNG: ``180``, ``192``, ``512``, or one of them with ``-topeng`` for systems that cut a shape."""
    size, kind = next(((s, k) for s in SIZES for k in MARGIN if f"{s}{k}" == bagan), (0, ""))
    if not size:
        raise NotFoundError("Ikon ini tidak ada.")
    answer = Response(drawn(size, kind), mimetype="image/png")
    answer.headers["Cache-Control"] = KEPT
    return answer


@phone.get("/sw.js")
def worker() -> Response:
    """Never kept by a cache: a new version must reach every phone at its next visit."""
    answer = Response(worker_text(settings().luring), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@phone.after_app_request
def say_what_stays(answer: Response) -> Response:
    """Tell the worker that it may keep this view of a leader, and for how many seconds; what does not say so is not
    kept. Signing out empties the browser's own cache; the worker's is emptied by the worker, which sees it pass."""
    if request.path == "/pimpinan" and answer.status_code == 200 and request.method == "GET" and _may_keep():
        answer.headers[SNAPSHOT] = str(int(SNAPSHOT_FOR.total_seconds()))
    if request.endpoint == "masuk.leave_session" and answer.status_code == 303:
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def worker_text(luring: bool) -> str:
    return _versioned(WORKER) if luring else FAREWELL


@cache
def _versioned(text: str) -> str:
    return text.replace("%VERSI%", hashlib.sha256(text.encode()).hexdigest()[:12])


@cache
def drawn(size: int, kind: str) -> bytes:
    margin = MARGIN[kind]
    box = f"{-margin} {-margin - 0.5} {24 + 2 * margin} {24 + 2 * margin}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><rect x="-50" y="-50" width="150" height="150" '
        f'fill="{PAPER}"/><path d="{MARK}" fill="none" stroke="{INK}" stroke-width="1.8"/></svg>'
    )
    return as_png(svg, size)


def _icon(size: int, kind: str) -> dict[str, str]:
    purpose = "maskable" if kind else "any"
    return {"src": f"/ikon/{size}{kind}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _may_keep() -> bool:
    """Is this a leader, on a device that is trusted?"""
    orang = current_person() if "sesi" in g else None
    if orang is None or orang.peran != Peran.PIMPINAN:
        return False
    answerer: Penjawab = current_app.config["PENJAWAB"]
    try:
        with reading(answerer.engine) as conn:
            return is_trusted(known_device(conn, answerer.pemda, orang.nama, device_token()))
    except DatabaseAwayError:
        return False
