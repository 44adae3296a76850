"""The page /arahan: every instruction with its last step, the open ones first; an OPD sees its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from data.words import KeadaanArahan
from pages.parts import formats as fmt
from pages.parts.elements import Child, address, attrs
from pages.parts.forms import hidden
from pages.parts.instruction import PATH, Arahan, carried_words, due_words, excerpt, state_word
from pages.parts.listing import listing
from pages.parts.messages import message, notice
from pages.parts.trail import filter_buttons, pick

NEWS: Final = {
    "beri": "Arahan diberikan. OPD melihatnya di halaman unggah dan di daftar arahannya.",
    "ulang": "Arahan yang sama sudah ada dan masih terbuka; tidak diberikan dua kali.",
    "jawab": "Jawaban terkirim.",
    "selesai": "Dinyatakan selesai. Pemberi arahan memeriksa, lalu menerima atau mengembalikannya.",
    "terima": "Arahan diterima dan ditutup.",
    "kembali": "Arahan dikembalikan. OPD melihat alasannya.",
    "tarik": "Arahan ditarik.",
}
"""What an address may say went well; anything else says nothing."""
OPEN: Final = "terbuka"
STATES: Final = {
    OPEN: "Terbuka",
    KeadaanArahan.BARU.value: "Baru",
    KeadaanArahan.DIKERJAKAN.value: "Dikerjakan",
    KeadaanArahan.SELESAI.value: "Menunggu diterima",
    KeadaanArahan.DITERIMA.value: "Diterima",
    KeadaanArahan.DITARIK.value: "Ditarik",
    "semua": "Semua",
}
COLUMNS: Final = ("Arahan", "Tentang", "Keadaan", "Tenggat", "Langkah terakhir")


@dataclass(frozen=True)
class Angka:
    """The headline: open, past due, said to be done, waiting for a word of the OPD."""

    terbuka: int
    lewat: int
    selesai: int
    menunggu_jawaban: int


@dataclass(frozen=True)
class Saringan:
    """What the list is filtered by, and the OPD to choose from (code, name); ``milik_opd``: an OPD looks at its own."""

    keadaan: str = OPEN
    opd: str = ""
    lewat: bool = False
    pilihan: Sequence[tuple[str, str]] = ()
    milik_opd: bool = False
    boleh_beri: bool = False

    def query(self, **other: object) -> dict[str, object]:
        """The address of this filter with some of it changed; what is usual is left out."""
        given = {"keadaan": self.keadaan, "opd": self.opd, "lewat": "ya" if self.lewat else "", **other}
        usual = {"keadaan": OPEN, "opd": "", "lewat": ""}
        return {name: value for name, value in given.items() if value != usual[name]}


def list_page(
    rows: Sequence[Arahan],
    angka: Angka,
    saring: Saringan,
    now: tuple[int, int] | None,
    kabar: str = "",
    most: int = 300,
) -> html.Div:
    """The whole page. ``now``: the triwulan that runs, which tells what was carried over."""
    table: Child = _nothing(saring)
    if rows:
        table = listing("Daftar arahan", COLUMNS, [_cells(one, saring, now) for one in rows], "tabel-arahan")
    give = html.A("Beri arahan", href=f"{PATH}/baru", className="tombol") if saring.boleh_beri else None
    cut = f"Ditampilkan {fmt.whole(most)} arahan pertama. Persempit saringan untuk melihat yang lain."
    parts = [
        html.Div([html.H1(finding(angka, saring.milik_opd)), give], className="kelola-kepala"),
        html.P(_lead(angka, saring.milik_opd), className="pengantar"),
        notice(NEWS[kabar]) if kabar in NEWS else None,
        _states(saring, angka),
        _filters(saring),
        table,
        html.P(cut, className="sumber") if len(rows) == most else None,
    ]
    return html.Div(parts, className="kelola daftar-arahan")


def finding(angka: Angka, milik_opd: bool) -> str:
    """The headline in one sentence."""
    if not angka.terbuka:
        return "Tidak ada arahan yang terbuka"
    if milik_opd:
        waits = f"{fmt.whole(angka.menunggu_jawaban)} arahan menunggu jawaban Anda"
        return waits if angka.menunggu_jawaban else f"{fmt.whole(angka.terbuka)} arahan terbuka, semua sudah dijawab"
    late = f", {fmt.whole(angka.lewat)} lewat tenggat" if angka.lewat else ""
    return f"{fmt.whole(angka.terbuka)} arahan terbuka{late}"


def _lead(angka: Angka, milik_opd: bool) -> str:
    if milik_opd:
        late = f"{fmt.whole(angka.lewat)} lewat tenggat. " if angka.lewat else ""
        return f"{late}Arahan pimpinan dan Bappeda kepada OPD Anda. Yang belum ditutup ikut ke triwulan berikutnya."
    done = f"{fmt.whole(angka.selesai)} dinyatakan selesai dan menunggu diterima. " if angka.selesai else ""
    return f"{done}Arahan yang belum ditutup ikut ke triwulan berikutnya."


def _states(saring: Saringan, angka: Angka) -> html.Nav:
    counts = {OPEN: angka.terbuka, KeadaanArahan.SELESAI.value: angka.selesai}
    links: list[Child] = []
    for state, words in STATES.items():
        href = address(PATH, saring.query(keadaan=state, lewat=""))
        current = state == saring.keadaan and not saring.lewat
        links.append(html.Li(_state(words, href, current, counts.get(state))))
    late = address(PATH, saring.query(keadaan=OPEN, lewat="ya"))
    links.insert(1, html.Li(_state("Lewat tenggat", late, saring.lewat, angka.lewat)))
    return html.Nav(html.Ul(links, role="list"), className="saring-keadaan", **attrs(aria_label="Saring keadaan"))


def _state(words: str, href: str, current: bool, count: int | None) -> html.A:
    inside: list[Child] = [words] if count is None else [f"{words} ", html.Span(fmt.whole(count))]
    return html.A(inside, href=href, **attrs(aria_current="true" if current else None))


def _filters(saring: Saringan) -> html.Form | None:
    """Which OPD; an operator has only one."""
    if saring.milik_opd:
        return None
    kept = {name: str(value) for name, value in saring.query(opd="").items()}
    fields = [hidden(name, value) for name, value in kept.items()]
    box = pick("OPD", "opd", [("", "Semua OPD"), *saring.pilihan], saring.opd)
    parts = [*fields, box, filter_buttons(PATH, bool(saring.query()))]
    return html.Form(parts, method="get", action=PATH, className="saring", **attrs(aria_label="Saring OPD"))


def _nothing(saring: Saringan) -> html.Div:
    if saring.query():
        return message("Tidak ada yang cocok.", "Tidak ada arahan untuk saringan ini.", "Lihat yang terbuka", PATH, 2)
    words = "Arahan diberikan dari angka yang merah di halaman pimpinan, atau dengan tombol Beri arahan."
    return message("Belum ada arahan.", "Semua sudah ditutup." if saring.milik_opd else words, level=2)


def _cells(one: Arahan, saring: Saringan, now: tuple[int, int] | None) -> list[Any]:
    last = one.terakhir
    carried = carried_words(one, now)
    told = html.Span([last.tindakan, html.Small(fmt.wib(last.pada))]) if last else f"Diberikan {fmt.wib(one.pada)}"
    return [
        html.A(excerpt(one.isi), href=one.href),
        _about(one, saring.milik_opd),
        html.Div([state_word(one), html.Small(carried) if carried else None]),
        html.Span(due_words(one), className="terlewat" if one.lewat else None) if one.tenggat else fmt.NONE,
        told,
    ]


def _about(one: Arahan, milik_opd: bool) -> html.Span:
    where = f"{one.jenis}: {one.tentang}" if one.tentang else ""
    if milik_opd:
        return html.Span(where or one.opd_nama)
    return html.Span([one.opd_nama, html.Small(where) if where else None])
