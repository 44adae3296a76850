"""Which OPD a row of our own templates belongs to, for files of one OPD and files of many."""

from dataclasses import dataclass, field

from loaders.hasil import Konteks
from loaders.masalah import Masalah, Tingkat
from loaders.tabel import Tabel


@dataclass
class OpdBaris:
    """Answers row by row; every OPD without a stored plan is told once."""

    table: Tabel
    konteks: Konteks
    _cells: list[str] = field(init=False)
    _known: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cells = self.table.column("opd")

    def ready(self) -> bool:
        """False (and told) when neither the file nor the submitter names an OPD."""
        if self.table.has("opd") or self.konteks.opd:
            return True
        hint = "Tambahkan kolom 'opd' di berkas, atau sebut OPD-nya (--opd KODE)."
        self.table.masalah.append(Masalah(Tingkat.GALAT, "opd_tidak_disebut", "OPD tidak disebut.", hint))
        return False

    def of(self, index: int) -> str | None:
        """The OPD code of a row, None (and told) when it is another's, missing, or without a plan."""
        opd = self._cells[index] or self.konteks.opd or ""
        known = self._known.get(opd)
        if known is None:
            known = self._known[opd] = self._check(index, opd)
        if known:
            return opd
        if opd and self.konteks.opd not in (None, opd):
            message = f"adalah OPD lain; berkas ini diajukan untuk {self.konteks.opd}."
            self.table.say(Tingkat.GALAT, "opd_lain", index, "opd", message, "Hapus baris OPD lain.", opd)
        return None

    def seen(self) -> list[str]:
        """The OPD codes met that have a plan."""
        return [opd for opd, known in self._known.items() if known]

    def _check(self, index: int, opd: str) -> bool:
        if not opd:
            self.table.say(Tingkat.GALAT, "opd_kosong", index, "opd", "kosong.", "Isi kode OPD di baris ini.")
            return False
        if self.konteks.opd not in (None, opd):
            return False
        if self.konteks.dikenal.nodes(opd):
            return True
        message = f"Rencana OPD '{opd}' tahun {self.konteks.tahun} belum ada."
        hint = "Muat rencananya lebih dahulu (--jenis renja), atau perbaiki kode OPD."
        self.table.say(Tingkat.GALAT, "rencana_belum_ada", index, "", message, hint)
        return False
