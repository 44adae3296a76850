"""From a named error to the designed screen that tells the person what to do."""

from dash import html

from data.errors import DatabaseAwayError, EmonevError, NotAllowedError, NotFoundError, NothingYetError, PeriodOpenError
from pages.parts import messages


def error_screen(error: EmonevError) -> html.Div:
    """The screen for one error."""
    if isinstance(error, DatabaseAwayError):
        return messages.database_away()
    if isinstance(error, NotAllowedError):
        return messages.forbidden()
    if isinstance(error, NothingYetError):
        return messages.message("Belum ada laporan.", str(error), "Baca cara menghitungnya", "/metodologi")
    if isinstance(error, PeriodOpenError):
        return messages.message("Periode masih terbuka.", str(error), "Buka kinerja kota", "/")
    if isinstance(error, NotFoundError):
        return messages.message("Tidak ditemukan.", str(error), "Buka kinerja kota", "/")
    return messages.bad_address(str(error))
