"""Printing: words and numbers into one of our page descriptions, out as a tagged PDF. Nothing else calls typst."""

import io
import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import segno
import typst

FOLDER: Final = Path(__file__).parent
FONTS: Final = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "huruf"])
# What the shipped fonts can draw (reports/huruf): a tagged PDF may not hold a character that cannot be shown.
DRAWN: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) - {"\u00ad"} | frozenset(
    "–—‘’“”…−•€≤≥→●▲■○"
)


def pdf(page: str, words: Mapping[str, Any], made: datetime, tagged: bool = True) -> bytes:
    """The page description ``page`` (a file of this folder) with ``words``, as PDF/UA. The same words and time give the
    same file, byte by byte. What the words say must be ``drawable``."""
    found = typst.compile(
        FOLDER / page,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"isi": json.dumps(words)},
        pdf_standards=["ua-1"] if tagged else [],
        pdf_tags=tagged,
        timestamp=made.replace(microsecond=0),
    )
    if not isinstance(found, bytes):
        raise TypeError("typst gave no single document")
    return found


def drawable(text: str) -> str:
    """The text with a question mark for each character our fonts do not have: file names hold anything."""
    return "".join(letter if letter in DRAWN else "?" for letter in unicodedata.normalize("NFC", text))


def all_drawable(words: Any) -> Any:
    """The same words, lists and mappings with every text ``drawable``; line breaks become spaces."""
    if isinstance(words, str):
        return drawable(" ".join(words.split("\n")))
    if isinstance(words, Mapping):
        return {name: all_drawable(value) for name, value in words.items()}
    if isinstance(words, list | tuple):
        return [all_drawable(value) for value in words]
    return words


def qr_svg(address: str) -> str:
    """The address as a QR code for a phone: medium error correction, quiet zone included."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, dark="#15181E")
    return out.getvalue().decode()


def shortened(text: str, most: int) -> str:
    """The text within ``most`` characters, cut between words with an ellipsis."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0].rstrip(",;:.-–( ") + "…"


def pages_of(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return content.count(b"/Type/Page") - content.count(b"/Type/Pages")
