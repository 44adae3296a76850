"""What the public page is measured against: the same three charts as most people would build them. A stock Dash page:
plotly.express, figures made in callbacks, Dash's own way of sending scripts."""

import os

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dcc, html

from data.aturan import read_aturan
from data.engine import engine_for, reading
from data.queries.kinerja import opd_history, opd_standings
from data.queries.uang import kurva_s

PEMDA, TAHUN = "16.71", 2026
ENGINE = engine_for(os.environ["EMONEV_DATABASE_URL"])
QUARTERS = [(2025, tw) for tw in (1, 2, 3, 4)] + [(2026, tw) for tw in (1, 2, 3)]
app = Dash(__name__, title="Kinerja kota")
server = app.server
app.layout = html.Div(
    [
        html.H1("Kinerja kota"),
        dcc.RadioItems(id="tw", options=[1, 2, 3], value=3, inline=True),
        dcc.Graph(id="opd"),
        dcc.Graph(id="kurva"),
        dcc.Graph(id="tren"),
    ]
)


def _plain(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Exact decimals as the floats that plotly.express draws."""
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in columns})


@callback(Output("opd", "figure"), Input("tw", "value"))
def per_opd(tw: int) -> object:
    with reading(ENGINE) as conn:
        found = opd_standings(conn, PEMDA, TAHUN, tw, read_aturan(conn, PEMDA))
    return px.bar(_plain(found, "capaian"), x="capaian", y="nama", orientation="h", height=1400)


@callback(Output("kurva", "figure"), Input("tw", "value"))
def curve(tw: int) -> object:
    with reading(ENGINE) as conn:
        found = _plain(kurva_s(conn, PEMDA, TAHUN), "rak_persen", "realisasi_persen")
    shown = found.assign(realisasi_persen=found["realisasi_persen"].where(found["bulan"] <= tw * 3))
    return px.line(shown, x="bulan", y=["rak_persen", "realisasi_persen"], title=f"Kurva S s.d. TW {tw}")


@callback(Output("tren", "figure"), Input("tw", "value"))
def trend(tw: int) -> object:
    with reading(ENGINE) as conn:
        found = _plain(opd_history(conn, PEMDA, [one for one in QUARTERS if one <= (TAHUN, tw)], None), "capaian")
    means = found.groupby(["tahun", "tw"])["capaian"].mean().reset_index()
    names = means["tahun"].astype(str) + " TW " + means["tw"].astype(str)
    return px.line(means.assign(periode=names), x="periode", y="capaian")


# Dash wires its callbacks during the first request; two threads at once would find half of them missing.
server.test_client().get("/_dash-dependencies")
