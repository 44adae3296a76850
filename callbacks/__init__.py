"""What happens on a page: one module per page, each function asks, draws and returns."""

from callbacks import beranda, kepatuhan, metodologi, opd, peringatan, pimpinan, router

__all__ = ["beranda", "kepatuhan", "metodologi", "opd", "peringatan", "pimpinan", "router"]
