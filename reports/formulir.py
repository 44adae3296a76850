"""The official forms from the database to a file: what the addresses and the background work hand out."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from data.errors import NotFoundError
from data.queries.evaluasi import e79_lines, e81_lines
from data.queries.evaluasi_kaki import e79_footer, e81_footer
from data.queries.laporan import read_opd
from data.queries.pemda import Pemda, read_pemda
from reports.e79 import E79, make_e79, make_e79_pdf
from reports.e81 import E81, make_e81, make_e81_pdf

PDF, XLSX = "pdf", "xlsx"
ENDINGS: Final = (XLSX, PDF)
UNKNOWN: Final = "OPD ini tidak dikenal. Formulir E.81 dibuat untuk OPD, dengan unit di bawahnya."
NO_PLAN: Final = "Belum ada rencana untuk tahun ini, jadi formulirnya belum dapat dibuat."

Tell = Callable[[int, str], None]
Conn = Any
"""What a question is asked on. Its class is not named here: only data speaks SQL."""


def e81_document(
    conn: Conn, pemda: str, tahun: int, tw: int, opd: str, ending: str, made: datetime
) -> tuple[str, bytes]:
    """(file name, content) of form E.81. Raises NotFoundError for an unknown OPD, a unit, or a year without a plan."""
    known, own = read_opd(conn, pemda, opd), read_pemda(conn, pemda)
    if known is None or known["induk"] is not None:
        raise NotFoundError(UNKNOWN)
    rows = e81_lines(conn, pemda, tahun, tw, opd)
    if rows.empty:
        raise NotFoundError(NO_PLAN)
    form = E81(own.nama, known["nama"], tahun, tw, e81_footer(conn, pemda, tahun, tw, opd), own.contoh)
    content = make_e81(rows, form) if ending == XLSX else make_e81_pdf(rows, form, made)
    return f"E81-{opd}-{tahun}-TW{tw}.{ending}", content


def e79_document(conn: Conn, pemda: str, tahun: int, tw: int, ending: str, made: datetime) -> tuple[str, bytes]:
    """(file name, content) of form E.79. Raises NotFoundError for a year without a plan."""
    own: Pemda = read_pemda(conn, pemda)
    rows = e79_lines(conn, pemda, tahun, tw)
    if rows.empty:
        raise NotFoundError(NO_PLAN)
    form = E79(own.nama, tahun, tw, e79_footer(conn, pemda, tahun, tw), own.contoh)
    content = make_e79(rows, form) if ending == XLSX else make_e79_pdf(rows, form, made)
    return f"E79-{pemda}-{tahun}-TW{tw}.{ending}", content


def e79_workbook(conn: Conn, pemda: str, isian: Mapping[str, str], tell: Tell) -> tuple[str, bytes]:
    """The XLSX of form E.79 as background work asks for it; ``tell`` hears how far it is."""
    return _e79(conn, pemda, isian, tell, XLSX)


def e79_pages(conn: Conn, pemda: str, isian: Mapping[str, str], tell: Tell) -> tuple[str, bytes]:
    """The PDF of form E.79, likewise."""
    return _e79(conn, pemda, isian, tell, PDF)


def _e79(conn: Conn, pemda: str, isian: Mapping[str, str], tell: Tell, ending: str) -> tuple[str, bytes]:
    tell(10, "Mengumpulkan baris formulir")
    return e79_document(conn, pemda, int(isian["tahun"]), int(isian["tw"]), ending, datetime.now(UTC))
