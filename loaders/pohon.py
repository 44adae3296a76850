"""Builds the plan rows of a Muatan: each OPD, node and indicator once, in order of appearance."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data.store import Muatan
from data.words import SETAHUN, Akumulasi, Arah
from loaders.dikenal import Dikenal
from loaders.masalah import Masalah, Tingkat
from loaders.satuan import normal_unit
from loaders.tebakan import guess_akumulasi, guess_arah, guess_jenis


@dataclass(frozen=True)
class Nilai:
    """What a target cell says: a number, a range, or words; ``asli`` letter by letter, with its place."""

    asli: str
    baris: int
    kolom: str
    nilai: Decimal | None = None
    nilai_atas: Decimal | None = None
    teks: str | None = None


def fold(text: str) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join(text.casefold().split())


@dataclass
class Pohon:
    """The plan under construction. ``tahun`` and ``opd`` are part of every key.

    What is stored already for ``tahun`` keeps its code, direction and accumulation: a plan that is loaded again in
    another order must not move targets from one indicator to another.
    """

    muatan: Muatan
    dikenal: Dikenal = field(default_factory=Dikenal)
    tahun: int | None = None
    _opd: set[str] = field(default_factory=set)
    _node: dict[tuple[int, str, str], dict[str, Any]] = field(default_factory=dict)
    _indikator: dict[tuple[int, str, str, str], dict[str, Any]] = field(default_factory=dict)
    _count: dict[tuple[int, str, str], int] = field(default_factory=dict)
    _stored: dict[str, dict[tuple[str, str], dict[str, Any]]] = field(default_factory=dict)
    _target: dict[tuple[int, str, str, int], Nilai] = field(default_factory=dict)

    def opd(self, kode: str, nama: str, induk: str | None = None) -> None:
        """Add an OPD (or unit, when ``induk`` names its OPD) unless it is there."""
        if kode not in self._opd:
            self._opd.add(kode)
            row = {"kode": kode, "nama": nama, "jenis": guess_jenis(nama)}
            self.muatan.opd.append(row | ({"induk": induk} if induk else {}))

    def node(self, tahun: int, opd: str, kode: str, level: str, nama: str, baris: int, **more: Any) -> bool:
        """Add a node (``more``: induk, pagu, dikenal, sumber_dana). False when it is there already."""
        key = (tahun, opd, kode)
        if key in self._node:
            return False
        row = {"tahun": tahun, "opd": opd, "kode": kode, "level": level, "nama": nama, "baris": baris, "induk": None}
        self._node[key] = row | {"pagu": None, "dikenal": True, "sumber_dana": ""} | more
        self.muatan.node.append(self._node[key])
        return True

    def row_of(self, tahun: int, opd: str, kode: str) -> int:
        """The file row in which a node was first met."""
        return int(self._node[(tahun, opd, kode)]["baris"])

    def indikator(
        self, tahun: int, opd: str, node: str, level: str, nama: str, satuan: str, baris: int, **more: Any
    ) -> dict[str, Any]:
        """The indicator of a node by name, added when new (``more``: kode, arah, akumulasi, skala, definisi)."""
        key = (tahun, opd, node, fold(nama))
        if key not in self._indikator:
            row = {"tahun": tahun, "opd": opd, "node": node, "nama": " ".join(nama.split()), "baris": baris}
            row |= {"satuan": normal_unit(satuan), "satuan_asli": satuan, "skala": None, "definisi": ""}
            row |= {"arah": guess_arah(nama).value, "akumulasi": guess_akumulasi(level, satuan).value}
            self._indikator[key] = row | self._identity(key) | more
            self.muatan.indikator.append(self._indikator[key])
        return self._indikator[key]

    def _identity(self, key: tuple[int, str, str, str]) -> dict[str, Any]:
        """The code of a new indicator, or what is stored of an old one (found by its name)."""
        tahun, opd, node, name = key
        known = self._known(opd) if tahun == self.tahun else {}
        if (node, name) in known:
            stored = known[(node, name)]
            return {what: stored[what] for what in ("kode", "arah", "akumulasi")}
        taken = {row["kode"] for (at, _), row in known.items() if at == node}
        number = self._count.get(key[:3], 0) + 1
        while f"{node}#{number}" in taken:
            number += 1
        self._count[key[:3]] = number
        return {"kode": f"{node}#{number}"}

    def _known(self, opd: str) -> dict[tuple[str, str], dict[str, Any]]:
        if opd not in self._stored:
            rows = self.dikenal.indikator(opd)
            self._stored[opd] = {(row["node"], fold(row["nama"])): row for row in rows}
        return self._stored[opd]

    def target(self, indikator: dict[str, Any], said: Nilai, periode: int = SETAHUN) -> Nilai | None:
        """Set a target. Returns the earlier, different one (which is kept) if the file contradicts itself."""
        key = (indikator["tahun"], indikator["opd"], indikator["kode"], periode)
        if key in self._target:
            earlier = self._target[key]
            return earlier if fold(earlier.asli) != fold(said.asli) else None
        self._target[key] = said
        row = dict(zip(("tahun", "opd", "indikator", "periode"), key, strict=True))
        row |= {"nilai": said.nilai, "nilai_atas": said.nilai_atas, "teks": said.teks, "asli": said.asli}
        self.muatan.target.append(row | {"baris": said.baris, "kolom": said.kolom})
        return None

    def assumptions(self) -> list[Masalah]:
        """What was assumed because the file does not say it: each falling direction, and one line of counts."""
        rows = {(row["opd"], row["kode"]): row for row in self.muatan.indikator}.values()
        falling = [row for row in rows if row["arah"] == Arah.TURUN]
        ranges = sum(row["arah"] == Arah.RENTANG for row in rows)
        adding = sum(row["akumulasi"] == Akumulasi.JUMLAH for row in rows)
        message = (
            f"Berkas tidak menyebut arah dan akumulasi. Dianggap: {len(rows) - len(falling) - ranges} indikator naik, "
            f"{len(falling)} turun, {ranges} rentang; {adding} dijumlahkan per triwulan, "
            f"{len(rows) - adding} memakai nilai terakhir."
        )
        hint = "Ubah di halaman indikator bila keliru."
        return [_falling(row) for row in falling] + [Masalah(Tingkat.INFO, "anggapan", message, hint)]


def _falling(row: dict[str, Any]) -> Masalah:
    message = f"arah '{row['nama']}' dianggap turun; periksa."
    return Masalah(Tingkat.INFO, "arah_turun", message, "", row["baris"])
