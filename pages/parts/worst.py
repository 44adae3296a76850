"""The worst indicators of the whole government, each one a way straight to its number."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
from dash import html

from data.words import Status
from pages.parts import formats as fmt
from pages.parts.charts import empty
from pages.parts.elements import Child, records, soft
from pages.parts.icons import status_word
from pages.parts.section import section

FIRST = 5


def worst_section(
    indicators: pd.DataFrame, limit: Decimal, most: int, href_for: Callable[[str, str], str]
) -> html.Section:
    """From one row per indicator below ``limit`` percent, worst first; ``most`` is how many rows were asked for."""
    rows = [
        html.Li(
            html.A(
                [
                    html.Span(
                        [row["nama"], html.Small(f" {row['opd_nama']} · {row['node_nama']}")], className="b-nama"
                    ),
                    html.Strong(fmt.percent(row["capaian"], 2)),
                    status_word(Status(row["status"])),
                ],
                href=href_for(row["opd"], row["kode"]),
                className="jalan jalan-indikator",
                **soft("diam"),
            )
        )
        for row in records(indicators)
    ]
    title = "Indikator paling tertinggal"
    if not rows:
        return section(
            title, None, empty(f"Belum ada indikator terlapor di bawah {fmt.percent(limit, 0)}."), "terburuk"
        )
    count = f"{most} terburuk" if len(rows) >= most else f"{len(rows)} indikator"
    sentence = f"{count} dengan capaian di bawah {fmt.percent(limit, 0)}; langsung ke angkanya."
    body: list[Child] = [html.Ul(rows[:FIRST], role="list", className="daftar-terburuk")]
    if rows[FIRST:]:
        word = html.Summary(f"Tampilkan {len(rows) - FIRST} lainnya", className="tombol tombol-garis")
        body.append(
            html.Details([word, html.Ul(rows[FIRST:], role="list", className="daftar-terburuk")], className="lainnya")
        )
    return section(title, sentence, body, "terburuk")
