"""Which stored indicator or sub kegiatan a row of the report form means, and why a row means none."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from data.formulir import KEUANGAN, KINERJA, UNIT
from data.words import Level
from loaders.angka import Bertipe, is_formula_error
from loaders.laporan_isi import Baris, Isi
from loaders.masalah import Tingkat

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?", re.ASCII)
_KINDS: Final = {KINERJA.casefold(): KINERJA, KEUANGAN.casefold(): KEUANGAN}
_FROM_TEMPLATE: Final = "Pakai kode dari templat OPD Anda."


@dataclass
class Pencari:
    """Finds rows by code within the OPD and its units."""

    isi: Isi
    _family: list[str] = field(init=False)
    _known: dict[str, dict[tuple[str, str], dict[str, Any]]] = field(init=False)
    _loose: dict[tuple[str, ...], list[str]] = field(init=False)

    def __post_init__(self) -> None:
        known = self.isi.konteks.dikenal
        self._family = known.keluarga(self.isi.opd)
        plans = [(opd, known.plan(opd)) for opd in self._family]
        self._known = {
            KINERJA: {(opd, row["kode"]): row for opd, plan in plans for row in plan.indikator},
            KEUANGAN: {
                (opd, kode): node
                for opd, plan in plans
                for kode, node in plan.nodes.items()
                if node["level"] == Level.SUB_KEGIATAN
            },
        }
        self._loose = defaultdict(list)
        for rows in self._known.values():
            for _, kode in rows:
                self._loose[_without_zeros(kode)].append(kode)

    def find(self, index: int) -> Baris | None:
        """The row's meaning; None (and told) when it has none."""
        text = self.isi.cells["kode"][index]
        kind = self._kind(index, text)
        if kind is None or not self._is_code(index, text) or not self._is_own(index):
            return None
        kode, _, unit = text.partition(UNIT)
        key = (unit or self.isi.opd, kode)
        found = self._known[kind].get(key)
        if found is None:
            self._say_unknown(index, kind, key)
            return None
        self.isi.disebut.add(key)
        return Baris(index, kind, *key, found)

    def _kind(self, index: int, kode: str) -> str | None:
        """What the row says it is; without a word, '#' marks the code of an indicator."""
        word = self.isi.cells["baris"][index]
        if not word:
            return KINERJA if "#" in kode else KEUANGAN
        kind = _KINDS.get(word.casefold())
        if kind is None:
            message = "bukan jenis baris."
            self.isi.say(Tingkat.GALAT, "jenis_baris", index, "baris", message, f"Tulis {KINERJA} atau {KEUANGAN}.")
        return kind

    def _is_code(self, index: int, text: str) -> bool:
        if isinstance(text, Bertipe) and "." in text:
            return False  # told for the whole table already: a number is no code
        if not text:
            self.isi.say(Tingkat.GALAT, "kode_kosong", index, "kode", "Kode kosong.", _FROM_TEMPLATE)
        elif is_formula_error(text):
            self.isi.say(Tingkat.GALAT, "rumus_galat", index, "kode", "adalah galat rumus Excel.", _FROM_TEMPLATE)
        elif _DATE.fullmatch(text):
            hint = "Format kolom kode sebagai Teks, lalu tulis ulang kodenya."
            self.isi.say(Tingkat.GALAT, "kode_tanggal", index, "kode", "dibaca Excel sebagai tanggal.", hint)
        else:
            return True
        return False

    def _is_own(self, index: int) -> bool:
        """An 'opd' column is not part of the form; where there is one, it must say this OPD or one of its units."""
        opd = self.isi.cells["opd"][index]
        if not opd or opd in self._family:
            return True
        message = f"adalah OPD lain; laporan ini milik {self.isi.opd}."
        self.isi.say(Tingkat.GALAT, "opd_lain", index, "opd", message, "Hapus baris OPD lain.")
        return False

    def _say_unknown(self, index: int, kind: str, key: tuple[str, str]) -> None:
        other = KEUANGAN if kind == KINERJA else KINERJA
        owner = self._owner(key)
        near = sorted(set(self._loose.get(_without_zeros(key[1]), [])))
        if key in self._known[other]:
            rule, message, hint = "jenis_baris", f"adalah kode baris {other}, bukan {kind}.", _FROM_TEMPLATE
            self.isi.disebut.add(key)
        elif owner is not None:
            rule, message, hint = "opd_lain", f"milik OPD lain ({owner}).", "Hapus baris OPD lain."
        elif len(near) == 1:
            rule, message = "kode_rusak", f"tidak ada di rencana; mungkin maksudnya {near[0]}, yang nolnya hilang."
            hint = "Format kolom kode sebagai Teks, lalu tulis ulang kodenya."
        else:
            rule, message, hint = "kode_tidak_dikenal", "tidak ada di rencana OPD.", _FROM_TEMPLATE
        self.isi.say(Tingkat.GALAT, rule, index, "kode", message, hint)

    def _owner(self, key: tuple[str, str]) -> str | None:
        """The OPD outside this one that the code belongs to, as far as it is known here."""
        opd, kode = key
        known = self.isi.konteks.dikenal
        if opd not in self._family:
            return known.opd.get(opd, opd)
        for other, plan in known.rencana.items():
            if other not in self._family and (kode in plan.nodes or any(row["kode"] == kode for row in plan.indikator)):
                return known.opd.get(other, other)
        return None


def _without_zeros(kode: str) -> tuple[str, ...]:
    """'1.02.10#1' → ('1', '2', '1', '1'): what is left of a code once a spreadsheet took it for a number."""
    return tuple(part.strip("0") for part in re.split(r"[.#]", kode))
