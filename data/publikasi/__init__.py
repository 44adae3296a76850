"""Palembang's own published figures (LAKIP/LKjIP 2015–2018), kept apart from the invented sample data."""

from data.publikasi.baca import Angka, read_angka
from data.publikasi.isi import KESALAHAN_TERBITAN, PEMDA, Kesalahan, fill_publikasi

__all__ = ["KESALAHAN_TERBITAN", "PEMDA", "Angka", "Kesalahan", "fill_publikasi", "read_angka"]
