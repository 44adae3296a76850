"""The sample city "Kota Palembang": invented, repeatable, labelled "Data contoh" wherever it shows."""

from data.contoh.isi import fill, put
from data.contoh.kota import HARI_INI, TAHUN, Kota, generate

__all__ = ["HARI_INI", "TAHUN", "Kota", "fill", "generate", "put"]
