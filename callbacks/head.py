"""The head of a document: its title, and what search engines and shared links show of a public page."""

import re
from html import escape, unescape
from typing import Final

from flask import request

from callbacks.address import Alamat
from callbacks.view import public_url

PICTURE: Final = "/sematan/kota.png"
"""The picture beside a shared link: the city's headline, drawn by the server."""
OPD_PICTURE: Final = "/sematan/opd.png"
NOINDEX: Final = '<meta name="robots" content="noindex">'
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_LEAD = re.compile(r'<p class="pengantar">(.*?)</p>', re.DOTALL)
_CITY = re.compile(r'<span class="pemda">(.*?)</span>', re.DOTALL)


def page_title(drawn: str) -> str:
    """The first heading with the name of the site and its city."""
    heading, city = _words(_HEADING, drawn).removesuffix("."), _words(_CITY, drawn)
    return " · ".join(part for part in (heading, f"e-Monev {city}".strip()) if part)


def head_of(title: str, drawn: str, address: Alamat | None, otherwise: str = "") -> str:
    """What stands in the head of a public page; of an error (no ``address``) nothing to find it by."""
    if address is None:
        return NOINDEX
    return public_metas(title, drawn, canonical(address), picture_of(address), otherwise)


def picture_of(address: Alamat) -> str:
    """An OPD's own picture beside its link; the city's beside every other."""
    kode = dict(address.parts).get("kode")
    return public_url(OPD_PICTURE, {"opd": kode}) if kode else public_url(PICTURE, {})


def public_metas(title: str, drawn: str, here: str, picture: str, otherwise: str = "") -> str:
    """Description, Open Graph and the one address of this content; ``otherwise`` describes a page without a lead."""
    lead = _words(_LEAD, drawn) or otherwise
    found = [
        ("property", "og:type", "website"),
        ("property", "og:site_name", f"e-Monev {_words(_CITY, drawn)}".strip()),
        ("property", "og:locale", "id_ID"),
        ("property", "og:title", title),
        ("property", "og:url", here),
        ("property", "og:image", picture),
        ("name", "twitter:card", "summary_large_image"),
    ]
    if lead:
        found += [("name", "description", lead), ("property", "og:description", lead)]
    metas = "\n".join(f'<meta {kind}="{name}" content="{escape(text)}">' for kind, name, text in found)
    return f'{metas}\n<link rel="canonical" href="{escape(here)}">'


def canonical(address: Alamat) -> str:
    """The one address of this content, on the site's own name: known parameters only, in order."""
    path = "/" + request.path.strip("/")
    return public_url(path, dict(address.query))


def _words(pattern: re.Pattern[str], drawn: str) -> str:
    """The text of the first match, without tags; "" when there is none."""
    found = pattern.search(drawn)
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""
