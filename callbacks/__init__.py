"""What happens on a page: one module per page, each function asks, draws and returns."""

from callbacks import analisis, beranda, kepatuhan, metodologi, opd, pimpinan, router

__all__ = ["analisis", "beranda", "kepatuhan", "metodologi", "opd", "pimpinan", "router"]
