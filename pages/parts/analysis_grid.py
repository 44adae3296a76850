"""The wide grid of /analisis: columns and Indonesian words. ``assets/analisis.js`` fills it and draws its cells."""

from typing import Any, Final

import dash_ag_grid
from dash.development.base_component import Component

from pages.parts import ids
from pages.parts.analysis_columns import COLUMNS, USUAL, Kolom

BLOCK: Final = 60
# Quiet as LOOK.md asks: hairlines, no boxes, our own type. Read by the grid's parser, never by eval.
THEME: Final = (
    "{fontFamily: 'inherit', fontSize: 15, foregroundColor: '#15181E', accentColor: '#0E4A5A', "
    "backgroundColor: '#FFFFFF', headerBackgroundColor: '#FFFFFF', headerTextColor: '#666D78', headerFontSize: 13, "
    "headerFontWeight: 400, borderColor: '#EBEDF0', wrapperBorder: false, wrapperBorderRadius: 0, "
    "headerRowBorder: '1px solid #15181E', rowBorder: '1px solid #EBEDF0', columnBorder: false, spacing: 6, "
    "rowHoverColor: '#F6F7F8', selectedRowBackgroundColor: '#E9F0F1', cellHorizontalPadding: 10, "
    "headerColumnResizeHandleColor: 'transparent', headerColumnBorder: false, pinnedColumnBorder: false}"
)
_DRAWN: Final = {
    "nama": "AnalisisNama",
    "batang": "AnalisisBatang",
    "garis": "AnalisisGaris",
    "status": "AnalisisStatus",
}
# What AG Grid says itself, in our words; the rest of its texts belong to functions that are switched off.
WORDS: Final = {
    "loadingOoo": "Memuat …",
    "noRowsToShow": "Tidak ada baris yang memenuhi saringan ini.",
    "ariaSortableColumn": "Tekan Enter untuk mengurutkan",
    "ariaRowSelect": "Tekan Spasi untuk memilih baris",
    "ariaLabelLoading": "Memuat",
    "ariaLabelCellEditor": "Isi sel",
    "ariaPageSizeSelectorLabel": "Baris tiap halaman",
    "sortAscending": "Urut naik",
    "sortDescending": "Urut turun",
    "sortUnSort": "Lepas urutan",
    "pinColumn": "Sematkan kolom",
    "autosizeThisColumn": "Paskan lebar kolom",
    "autosizeAllColumns": "Paskan lebar semua kolom",
    "copy": "Salin",
}


def analysis_grid() -> Component:
    """Empty until its script asks for rows."""
    options: dict[str, Any] = {
        "cacheBlockSize": BLOCK,
        "maxBlocksInCache": 20,
        "cacheOverflowSize": 2,
        "maxConcurrentDatasourceRequests": 2,
        "blockLoadDebounceMillis": 40,
        "rowHeight": 44,
        "headerHeight": 52,
        "localeText": WORDS,
        "suppressMovableColumns": False,
        "suppressDragLeaveHidesColumns": True,
        "animateRows": False,
        "ensureDomOrder": True,
        "suppressScrollOnNewData": True,
        "suppressContextMenu": True,
        "theme": {"function": f"themeQuartz.withParams({THEME})"},
    }
    made: Component = dash_ag_grid.AgGrid(
        id=ids.KISI,
        rowModelType="infinite",
        columnDefs=[_column(column) for column in COLUMNS],
        defaultColDef={"resizable": True, "suppressHeaderMenuButton": True, "sortable": False},
        dashGridOptions=options,
        getRowId="params.data.kunci",
        rowClassRules={"terpilih": "analisisTerpilih(params)", "jalur": "analisisJalur(params)"},
        className="kisi-analisis",
        style={"height": "640px", "width": "100%"},
        suppressDragLeaveHidesColumns=True,
    )
    return made


def _column(column: Kolom) -> dict[str, Any]:
    made: dict[str, Any] = {
        "colId": column.kunci,
        "field": column.kunci,
        "headerName": column.judul,
        "headerTooltip": column.arti,
        "width": column.lebar,
        "hide": column.kunci not in USUAL,
        "context": {"urut": column.urut},
        "sortable": bool(column.urut) and column.kunci not in ("batang", "predikat"),
        "wrapHeaderText": True,
    }
    if column.angka:
        made |= {"cellClass": "angka", "headerClass": "angka"}
    if column.kunci in _DRAWN:
        made["cellRenderer"] = _DRAWN[column.kunci]
    if column.kunci == "nama":
        made |= {"pinned": "left", "lockPinned": True, "lockPosition": "left", "flex": 0, "suppressMovable": True}
    return made
