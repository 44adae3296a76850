"""Read the three text files of the sample city: its OPD, the nomenclature it uses, its outcome indicators."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from data.words import Akumulasi, Arah

FOLDER = Path(__file__).parent
KECAMATAN = "7.01.02:6 7.01.03.2.02:4 7.01.03.2.03:3 7.01.03.2.06:2 7.01.04:2 7.01.05:3"
PENUNJANG = "X.XX.01"
_ARAH = {"n": Arah.NAIK, "t": Arah.TURUN, "r": Arah.RENTANG}
_AKUMULASI = {"j": Akumulasi.JUMLAH, "k": Akumulasi.TERAKHIR, "m": Akumulasi.RATA_RATA}


@dataclass(frozen=True)
class Perangkat:
    """One OPD or, with ``induk``, one unit below it. ``susunan``: (code of program or kegiatan, sub kegiatan)."""

    kode: str
    jenis: str
    singkat: str
    nama: str
    pagu_miliar: int
    penunjang: int
    susunan: tuple[tuple[str, int], ...]
    induk: str | None
    urutan: int

    @property
    def atas(self) -> str:
        """The code of the OPD that reports for it: itself, or the one it belongs to."""
        return self.induk or self.kode

    @property
    def bidang(self) -> str:
        """The code of its first bidang urusan, such as ``1.02``."""
        return self.kode[:4]


@dataclass
class Simpul:
    """One code of the nomenclature; ``indikator`` and ``satuan`` where the regulation names them."""

    kode: str
    nama: str
    indikator: str = ""
    satuan: str = ""
    anak: list["Simpul"] = field(default_factory=list)


@dataclass(frozen=True)
class Hasil:
    """One outcome indicator: its target of each year, or the rating; ``atas`` closes a range."""

    nama: str
    satuan: str
    arah: Arah
    akumulasi: Akumulasi
    target: tuple[str, ...]
    skala: str | None
    atas: str | None


def _lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def read_opd() -> tuple[Perangkat, ...]:
    """All OPD and units, in the order of their codes; a unit directly follows its OPD."""
    result: list[Perangkat] = []
    for number, line in enumerate(_lines("opd.txt"), start=1):
        cells = [cell.strip() for cell in line.lstrip("> ").split("|")]
        induk = next(one.kode for one in reversed(result) if one.induk is None) if line.startswith(">") else None
        items = (KECAMATAN if cells[6] == "kecamatan" else cells[6]).split()
        parts = tuple((item.split(":")[0], int(item.split(":")[1])) for item in items)
        result.append(
            Perangkat(cells[0], cells[1], cells[2], cells[3], int(cells[4]), int(cells[5]), parts, induk, number)
        )
    return tuple(result)


@cache
def read_nomenklatur() -> dict[str, Simpul]:
    """Every code in use with its name and children; the codes in the file are parts, joined here."""
    nodes: dict[str, Simpul] = {}
    path: list[Simpul] = []
    for line in _lines("nomenklatur.txt"):
        depth = len(line) - len(line.lstrip(" "))
        head, *rest = [cell.strip() for cell in line.split("|")]
        part, name = head.split(" ", 1)
        code = part if depth < 2 else f"{path[depth - 1].kode}.{part}"
        node = Simpul(code, name, *(rest or ("", ""))[:2])
        if depth:
            path[depth - 1].anak.append(node)
        path[depth:] = [node]
        nodes[code] = node
    return nodes


@cache
def read_hasil() -> dict[str, tuple[Hasil, ...]]:
    """Outcome indicators by program code, and IKU by ``IKU <singkat>``."""
    result: dict[str, tuple[Hasil, ...]] = {}
    for line in _lines("hasil.txt"):
        key, name, unit, arah, akumulasi, targets, *extra = [cell.strip() for cell in line.split("|")]
        scale = extra[0] if extra and ">" in extra[0] else None
        upper = extra[0] if extra and not scale else None
        values = tuple(value.strip() for value in targets.split("/"))
        one = Hasil(name, unit, _ARAH[arah], _AKUMULASI[akumulasi], values, scale, upper)
        result[key] = (*result.get(key, ()), one)
    return result


def pick(code: str, count: int) -> list[Simpul]:
    """The first sub kegiatan beneath a program or kegiatan, taken in turn from each kegiatan."""
    node = read_nomenklatur()[code]
    columns = [node.anak] if node.anak and not node.anak[0].anak else [kegiatan.anak for kegiatan in node.anak]
    longest = max(len(column) for column in columns)
    in_turn = [column[row] for row in range(longest) for column in columns if row < len(column)]
    return sorted(in_turn[:count], key=lambda one: one.kode)
