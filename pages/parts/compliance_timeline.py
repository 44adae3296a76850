"""One report opened: what happened to it, when, and by which office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd
from dash import html

from pages.parts import formats as fmt
from pages.parts.compliance_marks import days, icon_of, mark_of, spoken
from pages.parts.elements import Child, records, soft
from pages.parts.origin import copy_button

WORDS: Final = {
    "dibuka": "Periode dibuka",
    "perpanjangan": "Perpanjangan diberikan",
    "dikirim": "Dikirim",
    "dikirim_lagi": "Dikirim lagi",
    "ditarik": "Ditarik kembali",
    "dikembalikan": "Dikembalikan",
    "diterima": "Diterima setelah diverifikasi",
    "dikoreksi": "Koreksi diterima",
    "terbit": "Terbit",
}


def timeline_block(row: Mapping[str, Any], events: pd.DataFrame, close_href: str) -> html.Aside:
    """From a row of the grid (one OPD × triwulan) and its events (one row per event, oldest first)."""
    steps = records(events)
    listed: list[Child] = [html.Li(_event(event)) for event in steps]
    if not any(event["kejadian"].startswith("dikirim") for event in steps):
        listed.append(html.Li([html.Strong("Belum dikirim"), html.P(_until(row["batas"]), className="kecil")]))
    parts: list[Child] = [
        html.H3(str(row["nama"]), id="linimasa"),
        html.P(
            [icon_of(mark_of(row), 14), f"{fmt.period(row['tahun'], row['tw'])}: {spoken(row)}"],
            className="judul-tanda",
        ),
        html.Ol(listed, className="linimasa"),
        html.P(_known(steps), className="sumber"),
        html.P(html.A("Tutup rincian", href=close_href, **soft("diam")), className="tindakan"),
    ]
    return html.Aside(parts, className="lapor-rincian")


def _until(batas: datetime | None) -> str:
    return f"Batas tepat waktu: {fmt.tenggat(batas)}."


def _event(event: Mapping[str, Any]) -> list[Child]:
    """When, what and by whom; then the reason, and the file with its receipt."""
    version = f" (versi {event['versi']})" if event["versi"] and event["kejadian"] != "ditarik" else ""
    when = fmt.tenggat(event["waktu"]) if event["waktu"] else "Waktunya tidak tercatat"
    by = f" · {event['kantor']}" if event["kantor"] else ""
    late = event["hari_terlambat"]
    word = f"{WORDS[event['kejadian']]}{version}"
    return [
        html.Strong(f"{word}, terlambat {days(late)}" if late else word),
        html.Span(f"{when}{by}", className="kecil"),
        html.Q(event["teks"]) if event["teks"] else None,
        _file(event) if event["berkas"] else None,
    ]


def _file(event: Mapping[str, Any]) -> html.Span:
    receipt = f" · tanda terima {event['tanda']}" if event["tanda"] else ""
    digest = event["sha256"]
    code = html.Code(fmt.hash_short(digest), title=digest)
    return html.Span([f"{event['berkas']}{receipt} · SHA-256 ", code, " ", copy_button(digest)], className="sumber")


def _known(steps: list[dict[str, Any]]) -> str:
    """Where the times come from; nothing is claimed of versions that nobody kept."""
    if any(event["versi"] for event in steps):
        return "Dari riwayat kiriman dan jejak audit."
    return "Dari catatan laporan. Riwayat versi kirimannya tidak tercatat."
