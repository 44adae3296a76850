"""Charts for other sites: /sematan/<bagan> as a page without cookie or need of scripts, as .svg and as .png; oEmbed;
and the script with which the page around an embed follows its height."""

import base64
import hashlib
import re
from collections.abc import Hashable, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, current_app, request

from data.access import Audiens
from data.errors import BadParameterError, EmonevError, NotFoundError
from data.terbuka import json_object
from pages.parts.embed import Bingkai, card_text, page, sorry
from pages.parts.embed_canvas import TERANG, THEMES, colours
from pages.parts.embed_choice import HEIGHTS
from pages.parts.embed_code import frame_code
from reports.gambar import as_png
from routes.assets import FONTS, gudang
from routes.declared import DECLARED
from routes.embed_facts import minutes_since_epoch, read_card
from routes.errors import status_of
from routes.headers import differ
from routes.open_answers import kept, open_to_all, penjawab
from routes.sajian import share

PARAMETERS: Final = ("tahun", "tw", "tema")
OWN_PARAMETERS: Final = {"opd": ("opd",), "kurva-s": ("opd",), "program": ("opd", "program")}
PNG_WIDTH: Final = 1200
WIDTH: Final = 640
# Told to the page around: how high the content is now, whenever that changes, larger or smaller, and when it asks.
TELL: Final = (
    '(function(){var e=document.getElementById("sematan"),n=0;function t(){var h=Math.ceil('
    'e.getBoundingClientRect().height);if(h!==n){n=h;parent.postMessage({emonev:"tinggi",tinggi:h},"*")}}'
    'window.addEventListener("message",function(q){if(q.data&&q.data.emonev==="ukur"){n=0;t()}});'
    "if(window.ResizeObserver)new ResizeObserver(t).observe(e);t()})();"
)
TELL_HASH: Final = "'sha256-" + base64.b64encode(hashlib.sha256(TELL.encode()).digest()).decode() + "'"
# On the page around: each frame of ours becomes as high as its content says. A frame that was there before this script
# has told its height to nobody, so all are asked once.
FOLLOW: Final = (
    '(function(){"use strict";var site="%s";window.addEventListener("message",function(e){'
    'if(!e.data||e.data.emonev!=="tinggi"||!(e.data.tinggi>0&&e.data.tinggi<5000))return;'
    'var f=ours();for(var i=0;i<f.length;i++)if(f[i].contentWindow===e.source)f[i].style.height=e.data.tinggi+"px"});'
    'function ours(){return Array.prototype.filter.call(document.getElementsByTagName("iframe"),function(f){'
    'return f.src.indexOf(site+"/sematan/")===0})}'
    'ours().forEach(function(f){f.contentWindow.postMessage({emonev:"ukur"},"*")})})();\n'
)

sematan = Blueprint("sematan", __name__)
DECLARED.update(dict.fromkeys(("sematan.chart", "sematan.follow", "sematan.oembed"), Audiens.PUBLIK))


@sematan.get("/sematan/<bagan>")
def chart(bagan: str) -> Response:
    """One chart; ``.svg`` and ``.png`` behind its name give it as a picture."""
    name, _, ending = bagan.partition(".")
    query = read_query(name, request.args)
    if ending not in {"", "svg", "png"}:
        raise NotFoundError("Bagan tersedia sebagai halaman, .svg, atau .png.")
    key = ("sematan", name, ending, tuple(sorted(query.items())), minutes_since_epoch())
    differ(frame_ancestors=allowed_sites())
    try:
        return drawn(name, ending, query, key)
    except EmonevError as error:
        if ending:
            raise
        # In a frame on somebody's page a sentence says more than an empty box.
        return Response(sorry(str(error)), status_of(error), mimetype="text/html")


def drawn(name: str, ending: str, query: dict[str, str], key: Hashable) -> Response:
    """The chart in the form that was asked for, remembered; the same for everybody."""
    share()
    if ending == "png":
        return picture(penjawab().remember(key, lambda: as_png(written(name, query, "svg"), PNG_WIDTH)), "image/png")
    text = penjawab().remember(key, lambda: written(name, query, ending))
    if ending == "svg":
        return picture(text.encode(), "image/svg+xml")
    differ(script_src=TELL_HASH)
    return kept(text.encode(), "text/html")


def written(name: str, query: Mapping[str, str], ending: str) -> str:
    """The chart as a document or as SVG text."""
    found, theme = read_card(name, query), query.get("tema", TERANG)
    if ending == "svg":
        return card_text(found, theme)
    link = f"{current_app.config['ALAMAT_PUBLIK']}/oembed?" + urlencode({"url": found.alamat})
    sans, serif = (gudang().address(name) for name in FONTS)
    return page(found, theme, colours(theme), Bingkai(TELL, link, sans, serif))


def picture(body: bytes, mimetype: str) -> Response:
    return kept(body, mimetype)


def read_query(bagan: str, given: Mapping[str, str]) -> dict[str, str]:
    """The parameters this chart reads; what else was added on the way is ignored. Raises BadParameterError."""
    names = (*PARAMETERS, *OWN_PARAMETERS.get(bagan, ()))
    query = {name: given[name] for name in names if given.get(name)}
    if query.get("tema", TERANG) not in THEMES:
        raise BadParameterError(f"tema={query['tema'][:20]} tidak dikenal. Pilih: {', '.join(THEMES)}.")
    for name, value in query.items():
        if len(value) > 60 or not value.isprintable():
            raise BadParameterError(f"Nilai {name} tidak dapat dibaca.")
    return query


def allowed_sites() -> str:
    """Which sites may hold an embed, as the header says it."""
    return " ".join(("'self'", *current_app.config["SETELAN"].sematan))


@sematan.get("/sematan.js")
def follow() -> Response:
    share()
    return kept((FOLLOW % current_app.config["ALAMAT_PUBLIK"]).encode(), "text/javascript")


@sematan.get("/oembed")
def oembed() -> Response:
    """How an address of ours is embedded, for sites that ask (oEmbed 1.0): JSON only.

    Raises NotFoundError for an address that is no chart of ours.
    """
    if request.args.get("format", "json") != "json":
        return open_to_all(Response("Hanya format=json.", 501, mimetype="text/plain"))
    name, query, address = asked_for()
    found = read_card(name, query)
    width = at_most("maxwidth", WIDTH)
    height = at_most("maxheight", HEIGHTS[name])
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": found.judul,
        "provider_name": f"e-Monev {found.atas.split(' · ')[0]}",
        "provider_url": current_app.config["ALAMAT_PUBLIK"],
        "width": width,
        "height": height,
        "html": frame_code(address, found.judul, height, width),
        "cache_age": 600,
    }
    return kept(json_object(answer).encode(), "application/json")


def asked_for() -> tuple[str, dict[str, str], str]:
    """Which chart, with which query, at which address, an oEmbed request is about."""
    text = request.args.get("url", "")
    site = current_app.config["ALAMAT_PUBLIK"]
    place, _, words = text[:500].removeprefix(f"{site}/sematan/").partition("?")
    if not text.startswith(f"{site}/sematan/") or place not in HEIGHTS:
        raise NotFoundError("Alamat ini bukan bagan e-Monev yang dapat disematkan.")
    name, query = place, read_query(place, dict(parse_qsl(words)))
    tail = f"?{urlencode(query)}" if query else ""
    return name, query, f"{site}/sematan/{name}{tail}"


def at_most(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    return min(usual, int(text)) if re.fullmatch("[1-9][0-9]{0,5}", text) else usual
