"""What every drawing of an instruction shares: where it stands in a word, what it is about, its due date, its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dash import html

from data.words import INSTRUCTION_NAMES, LEVEL_NAMES, OPEN_INSTRUCTIONS, KeadaanArahan, Level, Peran
from pages.parts import formats as fmt
from pages.parts.elements import Child, missing
from pages.parts.verify import Posisi, position_word

PATH: Final = "/arahan"
LONGEST: Final = 1_000
LONGEST_ANSWER: Final = 2_000
# The shapes of where a report stands serve here too: they are nobody's performance.
_SHAPES: Final = {
    KeadaanArahan.BARU: Posisi.BELUM,
    KeadaanArahan.DIKERJAKAN: Posisi.MENUNGGU,
    KeadaanArahan.SELESAI: Posisi.DITERIMA,
    KeadaanArahan.DITERIMA: Posisi.TERBIT,
    KeadaanArahan.DITARIK: Posisi.DIKEMBALIKAN,
}
_DEEDS: Final = {
    KeadaanArahan.DIKERJAKAN: "Dikerjakan",
    KeadaanArahan.SELESAI: "Dinyatakan selesai",
    KeadaanArahan.DITERIMA: "Diterima, arahan ditutup",
    KeadaanArahan.DITARIK: "Ditarik oleh pemberinya",
}


@dataclass(frozen=True)
class Langkah:
    """One step after an instruction was given. ``dari_opd``: the OPD took it."""

    keadaan: KeadaanArahan
    isi: str
    pada: datetime
    nama: str
    dari_opd: bool

    @property
    def tindakan(self) -> str:
        if self.keadaan == KeadaanArahan.DIKERJAKAN and not self.dari_opd:
            return "Dikembalikan, belum selesai"
        return _DEEDS[self.keadaan]


@dataclass(frozen=True)
class Arahan:
    """One instruction as it is drawn. ``tentang``: the name of the node or indicator, "" for the OPD as a whole;
    ``jenis``: what that is; ``terakhir``: its last step; ``lewat``: days past due."""

    nomor: int
    tahun: int
    tw: int
    opd: str
    opd_nama: str
    tentang: str
    jenis: str
    isi: str
    tenggat: date | None
    lewat: int
    keadaan: KeadaanArahan
    pada: datetime
    pemberi: str
    terakhir: Langkah | None = None

    @property
    def href(self) -> str:
        return f"{PATH}/{self.nomor}"

    @property
    def terbuka(self) -> bool:
        return self.keadaan in OPEN_INSTRUCTIONS

    @property
    def dikembalikan(self) -> bool:
        """Sent back to the OPD, which has said nothing since."""
        last = self.terakhir
        return last is not None and last.keadaan == KeadaanArahan.DIKERJAKAN and not last.dari_opd


def as_instruction(row: Mapping[str, Any]) -> Arahan:
    """From a row of the list of instructions (one per instruction, with its last step)."""
    last = None
    if row["langkah"]:
        state, words = KeadaanArahan(row["langkah_keadaan"]), str(row["langkah_isi"])
        last = Langkah(state, words, row["langkah_pada"], "", row["langkah_peran"] == Peran.OPD)
    return Arahan(
        nomor=int(row["nomor"]),
        tahun=int(row["tahun"]),
        tw=int(row["tw"]),
        opd=row["opd"],
        opd_nama=row["opd_nama"],
        tentang=place_name(row),
        jenis=place_kind(row),
        isi=row["isi"],
        tenggat=None if missing(row["tenggat"]) else row["tenggat"],
        lewat=int(row["hari_lewat"]),
        keadaan=KeadaanArahan(row["keadaan"]),
        pada=row["dibuat_pada"],
        pemberi=row["pemberi"],
        terakhir=last,
    )


def as_step(row: Mapping[str, Any]) -> Langkah:
    """From a row of the steps (one per step, oldest first)."""
    return Langkah(KeadaanArahan(row["keadaan"]), row["isi"], row["pada"], row["nama"], row["peran"] == Peran.OPD)


def place_name(row: Mapping[str, Any]) -> str:
    """The name of the indicator or node; its code where the plan does not know it any more; "" for an OPD."""
    if row["indikator"]:
        return str(row["indikator_nama"] or f"Indikator {row['indikator']}")
    return str(row["node_nama"] or row["node"]) if row["node"] else ""


def place_kind(row: Mapping[str, Any]) -> str:
    """What kind of place it is: ``Indikator``, ``Program``, ``OPD``."""
    if row["indikator"]:
        return "Indikator"
    return LEVEL_NAMES[Level(row["level"])] if row["node"] and row["level"] else LEVEL_NAMES[Level.OPD]


def state_word(one: Arahan) -> html.Span:
    """Shape and word of where it stands."""
    words = "Dikembalikan" if one.dikembalikan else INSTRUCTION_NAMES[one.keadaan]
    return position_word(_SHAPES[one.keadaan], words)


def due_words(one: Arahan) -> str:
    """``Tenggat 30 Nov 2026``, ``Lewat 3 hari dari 20 Nov 2026``; "–" without one."""
    if one.tenggat is None:
        return fmt.NONE
    if one.lewat:
        return f"Lewat {one.lewat}{fmt.NBSP}hari dari {fmt.tanggal(one.tenggat)}"
    return f"Tenggat {fmt.tanggal(one.tenggat)}"


def carried_words(one: Arahan, now: tuple[int, int] | None) -> str:
    """``dari TW II 2026`` for what is still open of an earlier triwulan; "" for all else."""
    earlier = now is not None and (one.tahun, one.tw) < now
    return f"dari {fmt.period(one.tahun, one.tw)}" if earlier and one.terbuka else ""


def excerpt(text: str, most: int = 140) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def facts_line(one: Arahan, now: tuple[int, int] | None) -> list[Child]:
    """State, due date and where it comes from, on one line."""
    due = due_words(one) if one.tenggat is not None and one.terbuka else ""
    said = [part for part in (due, carried_words(one, now)) if part]
    late = "terlewat" if one.lewat else None
    return [state_word(one), *(html.Span(part, className=late if part == due else None) for part in said)]


def opens_sentence(open_now: int, late: int) -> str:
    """``2 arahan terbuka, 1 lewat tenggat``; "" for none."""
    if not open_now:
        return ""
    words = f"{fmt.whole(open_now)} arahan terbuka"
    return f"{words}, {fmt.whole(late)} lewat tenggat" if late else words


def waiting_link(count: int) -> html.P | None:
    """For the first page of an operator: ``2 arahan menunggu jawaban``."""
    if not count:
        return None
    link = html.A(f"{fmt.whole(count)} arahan menunggu jawaban", href=PATH)
    return html.P(link, className="arahan-menunggu")


def quoted(text: str, who: str, when: datetime, what: str = "") -> html.Blockquote:
    """Somebody's words, as they were typed, with the office and the time."""
    foot = ", ".join(part for part in (what, who, fmt.wib(when)) if part)
    return html.Blockquote([html.P(text) if text else None, html.Footer(foot)], className="kutip")


def history(steps: Sequence[Langkah]) -> html.Ol:
    """The steps, oldest first; the OPD's stand in from the giver's."""
    rows = [
        html.Li(quoted(one.isi, one.nama, one.pada, one.tindakan), className="dari-opd" if one.dari_opd else None)
        for one in steps
    ]
    return html.Ol(rows, className="langkah-arahan")
