"""Where signing in may lead: pages by name, never an address that somebody else wrote."""

from urllib.parse import parse_qsl, urlencode

from data.access import Orang
from data.analisis.saringan import WORDS
from data.words import Peran

_OWN = ("tahun", "tw", "opd", "program", "kegiatan", "sub", "unit", "indikator", "status", "node", "nomor", "aturan")
QUERY = tuple(dict.fromkeys((*_OWN, *WORDS)))
TARGETS = {
    "pimpinan": ("/pimpinan", "Pimpinan"),
    "analisis": ("/analisis", "Analisis"),
    "kepatuhan": ("/kepatuhan", "Siapa lapor"),
    "peringatan": ("/analisis/peringatan", "Peringatan"),
    "unggah.home": ("/unggah", "Unggah laporan"),
    "unduhan.show": ("/unduhan", "Unduhan"),
    "akun.own": ("/akun", "Akun saya"),
    "arahan.inbox": ("/arahan", "Arahan"),
    "arahan.blank": ("/arahan/baru", "Beri arahan"),
    "verifikasi.waiting": ("/verifikasi", "Verifikasi"),
    "formulir.home": ("/formulir", "Formulir resmi"),
    "kalender.show": ("/kelola/kalender", "Kalender"),
    "rencana.plans": ("/kelola/rencana", "Muat rencana"),
    "kalender.contacts": ("/kelola/kontak", "Kontak pengingat"),
    "kelola.accounts": ("/kelola/akun", "Kelola akun"),
    "kelola.trail": ("/kelola/jejak", "Jejak audit"),
}
HOME = {Peran.ADMIN: "kelola.accounts", Peran.OPD: "unggah.home"}
"""Where a role begins when nothing was asked for; everybody else on the leaders' page."""
DEFAULT = "pimpinan"


def target_of(name: str, query: dict[str, str]) -> str:
    """A target as a form carries it: a page's name and known parameters ("pimpinan?tahun=2026"); "" for none."""
    known = {key: value for key, value in query.items() if key in QUERY and value}
    return f"{name}?{urlencode(known)}" if name in TARGETS else ""


def target_address(target: str, orang: Orang | None = None) -> str:
    """The address of a target; the home of the person's role when it names no page of ours."""
    name, _, query = target.partition("?")
    home = HOME.get(orang.peran, DEFAULT) if orang is not None else DEFAULT
    path, _ = TARGETS.get(name, TARGETS[home])
    known = [(key, value) for key, value in parse_qsl(query[:1000]) if key in QUERY]
    return f"{path}?{urlencode(known)}" if known else path


def next_query(target: str) -> str:
    """A target as the query of the next step's address ("?next=pimpinan&tahun=2026"); "" for none."""
    name, _, query = target.partition("?")
    return "?" + urlencode([("next", name), *parse_qsl(query)]) if name in TARGETS else ""


def target_label(target: str) -> str | None:
    """What people call the page of a target; None when it names none."""
    found = TARGETS.get(target.partition("?")[0])
    return found[1] if found else None
