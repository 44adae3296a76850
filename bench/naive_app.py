"""What is measured against: the dashboard most people would write first.

A stock Dash app: pandas reads the raw tables once and keeps the frame in memory; every callback filters, groups and
draws with plotly.express. Same questions, same ids, same server and workers as ours.
"""

import os
import sqlite3
from urllib.parse import parse_qs

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dcc, html

PEMDA = os.environ["EMONEV_PEMDA"]
THRESHOLD = 90
RAW = """
SELECT r.pemda, r.tahun, r.opd, o.nama AS nama_opd, i.nama AS indikator, i.node, r.periode AS tw, r.nilai AS realisasi,
       t.nilai AS target
FROM realisasi r
JOIN target t ON t.pemda = r.pemda AND t.tahun = r.tahun AND t.opd = r.opd AND t.indikator = r.indikator
             AND t.periode = r.periode
JOIN indikator i ON i.pemda = r.pemda AND i.tahun = r.tahun AND i.opd = r.opd AND i.kode = r.indikator
JOIN opd o ON o.pemda = r.pemda AND o.kode = r.opd
"""


def load() -> pd.DataFrame:
    """Read the raw tables into one frame: one row per indicator and quarter."""
    with sqlite3.connect(os.environ["BENCH_DATABASE"]) as conn:
        frame = pd.read_sql(RAW, conn)
    for column in ("realisasi", "target"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    frame["capaian"] = (100 * frame["realisasi"] / frame["target"].where(frame["target"] != 0)).clip(upper=100)
    frame["program"] = frame["node"].str.split(".").str[:3].str.join(".")
    return frame


FRAME = load()
app = Dash(__name__, suppress_callback_exceptions=True)
server = app.server
app.layout = html.Div(
    [
        dcc.Location("_pages_location"),
        html.Div(id="daftar-opd"),
        html.Div(id="opd-program"),
        html.Div(id="pimpinan-terburuk"),
    ]
)
PLACE = (Input("_pages_location", "pathname"), Input("_pages_location", "search"))


def _quarter(search: str) -> tuple[int, int]:
    query = parse_qs(search.removeprefix("?"))
    return int(query["tahun"][0]), int(query["tw"][0])


@callback(Output("daftar-opd", "children"), *PLACE)
def per_opd(_pathname: str, search: str) -> dcc.Graph:
    """Capaian per OPD for one quarter."""
    tahun, tw = _quarter(search)
    chosen = FRAME[(FRAME["pemda"] == PEMDA) & (FRAME["tahun"] == tahun) & (FRAME["tw"] == tw)]
    means = chosen.groupby("nama_opd")["capaian"].mean().reset_index().sort_values("capaian")
    return dcc.Graph(figure=px.bar(means, x="capaian", y="nama_opd", orientation="h"))


@callback(Output("opd-program", "children"), *PLACE)
def programs(pathname: str, search: str) -> dcc.Graph:
    """The programs of one OPD over the quarters of a year."""
    tahun, _ = _quarter(search)
    opd = pathname.rsplit("/", 1)[1]
    chosen = FRAME[(FRAME["pemda"] == PEMDA) & (FRAME["tahun"] == tahun) & (FRAME["opd"] == opd)]
    means = chosen.groupby(["program", "tw"])["capaian"].mean().reset_index()
    return dcc.Graph(figure=px.bar(means, x="tw", y="capaian", color="program", barmode="group"))


@callback(Output("pimpinan-terburuk", "children"), *PLACE)
def worst(_pathname: str, search: str) -> dcc.Graph:
    """The fifty worst indicators under the threshold in one quarter."""
    tahun, tw = _quarter(search)
    chosen = FRAME[(FRAME["pemda"] == PEMDA) & (FRAME["tahun"] == tahun) & (FRAME["tw"] == tw)]
    worst_first = chosen[chosen["capaian"] < THRESHOLD].sort_values("capaian").head(50)
    return dcc.Graph(figure=px.bar(worst_first, x="capaian", y="indikator", orientation="h", hover_data=["nama_opd"]))


# Dash wires its callbacks during the first request; two threads at once would find half of them missing.
server.test_client().get("/_dash-dependencies")
