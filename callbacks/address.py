"""Reading a page address: state lives in the URL, so everything a screen shows follows from it."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from data.analisis.saringan import LONGEST as LONGER
from data.analisis.saringan import WORDS, join_pairs
from data.errors import BadParameterError

_OWN = ("tahun", "tw", "opd", "program", "kegiatan", "sub", "unit", "indikator", "status", "urut", "aturan")
_EMBED = ("bagan", "tema", "pin")
PARAMETERS = tuple(dict.fromkeys((*_OWN, *WORDS, "kabar", *_EMBED)))
LONGEST = 120
LONGEST_QUERY = 2400
MOST_FIELDS = 100


@dataclass(frozen=True)
class Alamat:
    """One address of one page: its path, the parts its template names, and the known query parameters."""

    path: str
    parts: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = field(default=())

    def part(self, name: str) -> str:
        return dict(self.parts)[name]

    def get(self, name: str) -> str | None:
        """A query parameter, None when it is absent or empty."""
        return dict(self.query).get(name) or None

    def only(self, names: tuple[str, ...]) -> "Alamat":
        """The same address with these query parameters alone."""
        return Alamat(self.path, self.parts, tuple(pair for pair in self.query if pair[0] in names))


def _pairs(search: object) -> dict[str, str]:
    text = str(search or "").removeprefix("?")
    if len(text) > LONGEST_QUERY:
        raise BadParameterError("Alamat terlalu panjang. Mulai lagi dari halaman depan.")
    try:
        return join_pairs(parse_qsl(text, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadParameterError("Alamat memuat terlalu banyak bagian. Mulai lagi dari halaman depan.") from None


def read_address(pathname: object, search: object, template: str) -> Alamat | None:
    """The address, if it is one of the page with this template ("/opd/<kode>"); else None.

    Unknown parameters are ignored (links get decorated on their way). Raises BadParameterError for values no
    address of ours has.
    """
    if not isinstance(pathname, str) or not (search is None or isinstance(search, str)):
        raise BadParameterError("Alamat halaman tidak dapat dibaca.")
    parts = _match(pathname, template)
    if parts is None:
        return None
    found = _pairs(search)
    query = {name: found[name] for name in PARAMETERS if found.get(name)}
    for name, value in query.items():
        if len(value) > LONGER.get(name, LONGEST) or not value.isprintable():
            raise BadParameterError(f"Nilai {name} pada alamat terlalu panjang atau memuat tanda yang tidak dikenal.")
    return Alamat(pathname, tuple(parts.items()), tuple(sorted(query.items())))


def _match(pathname: str, template: str) -> dict[str, str] | None:
    wanted, given = template.strip("/").split("/"), pathname.strip("/").split("/")
    if len(wanted) != len(given):
        return None
    parts = {}
    for want, got in zip(wanted, given, strict=True):
        if want.startswith("<"):
            if not got or len(got) > LONGEST:
                return None
            parts[want[1:-1]] = got
        elif want != got:
            return None
    return parts
