"""What the filter found, as a sentence of at most twenty words, with its coverage and its two times."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from pages.parts import formats as fmt
from pages.parts.coverage import Coverage, share_of_opd, unreported

_NOUNS: Final = {
    "opd": "OPD",
    "sasaran": "sasaran",
    "program": "program",
    "kegiatan": "kegiatan",
    "sub_kegiatan": "sub kegiatan",
    "indikator": "indikator",
}


def headline(found: Any, active: bool) -> str:
    """``4 OPD di bawah target, padahal uangnya terserap sesuai rencana.``"""
    if not found.jumlah:
        return "Tidak ada baris yang memenuhi saringan ini."
    if active and set(found.level) != {"opd"}:
        return f"{_counted(found)} memenuhi saringan, di {fmt.opd(found.opd)}."
    if active and not found.jumlah_tertinggal:
        return f"{_counted(found)} memenuhi saringan; tidak ada yang di bawah target."
    if found.jumlah_terserap:
        return f"{fmt.opd(found.jumlah_terserap)} di bawah target, padahal uangnya terserap sesuai rencana."
    if found.jumlah_tertinggal:
        return f"{fmt.opd(found.jumlah_tertinggal)} di bawah target; uangnya pun belum terserap sesuai rencana."
    return "Tidak ada OPD di bawah target."


def _counted(found: Any) -> str:
    """``39 baris`` or, of one level alone, ``39 program``."""
    levels = list(found.level)
    noun = _NOUNS[levels[0]] if len(levels) == 1 else "baris"
    return f"{fmt.whole(found.jumlah)}{fmt.NBSP}{noun}"


def names_line(found: Any, active: bool) -> str:
    """The first few names behind the sentence, or how the rows spread over the levels."""
    if active and set(found.level) != {"opd"}:
        parts = [f"{fmt.whole(count)} {_NOUNS[level]}" for level, count in found.level.items()]
        return f"{', '.join(parts)}." if len(parts) > 1 else ""
    names, count = (
        (found.terserap, found.jumlah_terserap)
        if found.jumlah_terserap
        else (found.tertinggal, found.jumlah_tertinggal)
    )
    return _listed(names, count)


def _listed(names: Sequence[str], count: int) -> str:
    if not names:
        return ""
    more = f", dan {count - len(names)} lagi" if count > len(names) else ""
    return f"{', '.join(names)}{more}."


def head_block(found: Any, active: bool, coverage: Coverage, aside: str = "") -> html.Div:
    """Sentence, names, coverage, two times."""
    late = unreported(coverage)
    facts = f"{share_of_opd(coverage)} · data per {fmt.tanggal(coverage.data_per)} · dimuat {fmt.wib(coverage.dimuat)}"
    missing = (
        html.P(f"Belum lengkap: {fmt.opd(late)} belum melapor, tidak dihitung sebagai nol.", className="sumber")
        if late
        else None
    )
    names = names_line(found, active)
    lede = html.P([f"{names} " if names else None, html.Span(facts, className="fakta-baris")], className="pengantar")
    return html.Div(
        [html.H1(headline(found, active)), lede, html.P(aside, className="sumber") if aside else None, missing],
        className="analisis-kepala",
    )


def rest_note(found: Any, shown: int, contoh: bool) -> str:
    """The line under the rows: how many are shown, and which indicators have no number."""
    first = (
        f"{fmt.whole(shown)} baris tampil; {fmt.whole(found.jumlah)} memenuhi saringan dari {fmt.whole(found.semua)}."
    )
    none = (
        f" {fmt.whole(found.tanpa_nilai)} dari {fmt.whole(found.indikator)} indikator tanpa target atau belum lapor, "
        "tidak ikut rata-rata."
        if found.indikator
        else ""
    )
    return f"{first}{none}{' Data contoh.' if contoh else ''}"
