"""The public page /data: every table of every triwulan to download, what the columns mean, and the API."""

from collections import defaultdict

from dash import html
from flask import current_app

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.section import section
from data.access import Audiens
from data.edisi import Edisi, editions
from data.queries.pemda import read_pemda, reported_periods
from data.terbuka import COLUMNS, LICENCE, LICENCE_URL, TITLES, JenisData
from pages.parts import formats as fmt
from pages.parts import ids
from pages.parts.open_data import Berkas, Kamus, Triwulan, open_data

PATH = "/data"


@section(ids.DATA, PATH, Audiens.PUBLIK, utama=True, reads=())
def draw_data(_address: Alamat) -> html.Div:
    ask = penjawab().ask
    pemda, of_period = ask(read_pemda), defaultdict[tuple[int, int], list[Edisi]](list)
    for one in ask(editions):
        of_period[one.tahun, one.tw].append(one)
    periods = [
        quarter(period.tahun, period.tw, of_period[period.tahun, period.tw])
        for period in reversed(ask(reported_periods))
        if period.dilaporkan
    ]
    dictionaries = [
        Kamus(TITLES[jenis], [(one.nama, one.isi.value, one.satuan, one.arti) for one in columns])
        for jenis, columns in COLUMNS.items()
    ]
    licence = (LICENCE, LICENCE_URL)
    return open_data(pemda.nama, periods, dictionaries, licence, current_app.config["ALAMAT_PUBLIK"])


def quarter(tahun: int, tw: int, found: list[Edisi]) -> Triwulan:
    """One triwulan with its files, the newest edition as it is offered first."""
    numbers = sorted({one.nomor for one in found}, reverse=True)
    newest = {one.jenis: one for one in found if numbers and one.nomor == numbers[0]}
    files = [
        Berkas(TITLES[jenis], f"{PATH}/{jenis.value}-{tahun}-tw{tw}", newest[jenis].baris if jenis in newest else None)
        for jenis in JenisData
    ]
    published = {one.nomor: one.terbit_pada for one in found}
    dates = [(number, fmt.tanggal(fmt.in_wib(published[number]).date())) for number in numbers]
    return Triwulan(fmt.period(tahun, tw), files, dates)
