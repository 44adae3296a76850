"""What happens on a page: one module per page, each function asks, draws and returns."""

from callbacks import beranda, metodologi, opd, pimpinan, router

__all__ = ["beranda", "metodologi", "opd", "pimpinan", "router"]
