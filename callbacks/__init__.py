"""What happens on a page: one module per page, each function asks, draws and returns."""

from callbacks import analisis, beranda, data, kepatuhan, metodologi, opd, peringatan, pimpinan, router, sematan

__all__ = [
    "analisis",
    "beranda",
    "data",
    "kepatuhan",
    "metodologi",
    "opd",
    "peringatan",
    "pimpinan",
    "router",
    "sematan",
]
