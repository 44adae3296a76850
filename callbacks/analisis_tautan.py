"""Addresses of /analisis: the one that is open, with one thing changed."""

from dataclasses import replace
from typing import Any

from data.analisis.saringan import ALL_OPEN, Saringan, read_saringan, to_query
from pages.parts.elements import address as join

PATH = "/analisis"
ROWS, PANEL = "baris", "panel"


class Tautan:
    """Makes the links of one opened address."""

    def __init__(self, wanted: Saringan) -> None:
        self.wanted = wanted

    def __call__(self, **change: Any) -> str:
        """``buka=key`` turns a row of the tree (None closes all), ``pilih``, ``urut``, ``susun``, ``hal``."""
        name, value = next(iter(change.items()))
        made: Saringan = getattr(self, f"_{name}")(value)
        return href(made, PANEL if name == "pilih" and value else ROWS)

    def _buka(self, key: str | None) -> Saringan:
        if key is None or key == ALL_OPEN:
            return replace(self.wanted, buka=() if key is None else (ALL_OPEN,), hal=1)
        kept = tuple(one for one in self.wanted.buka if one != key)
        return replace(self.wanted, buka=kept if len(kept) < len(self.wanted.buka) else (*kept, key))

    def _pilih(self, key: str) -> Saringan:
        return replace(self.wanted, pilih=key)

    def _urut(self, word: str) -> Saringan:
        order = read_saringan({"urut": word})
        return replace(self.wanted, urut=order.urut, menurun=order.menurun, hal=1)

    def _susun(self, shape: str) -> Saringan:
        level = () if shape == "pohon" else self.wanted.level
        return replace(self.wanted, datar=shape == "datar", level=level, hal=1)

    def _hal(self, number: int) -> Saringan:
        return replace(self.wanted, hal=number)


def href(wanted: Saringan, anchor: str = "") -> str:
    return join(PATH, to_query(wanted), anchor)


def download(wanted: Saringan, kind: str) -> str:
    """The address of the same rows as a file."""
    return join(f"{PATH}/unduh.{kind}", file_query(wanted))


def dictionary(wanted: Saringan) -> str:
    """The address of what those rows are and what their columns mean: the file beside a CSV."""
    return join(f"{PATH}/kamus.csv", file_query(wanted))


def file_query(wanted: Saringan) -> dict[str, str]:
    """What a file follows: the filter and the order, not what stands open on the screen."""
    return {name: text for name, text in to_query(wanted).items() if name not in ("pilih", "buka", "hal", "kolom")}
