"""The audit trail, for the administrator: ``/kelola/jejak`` and the same rows as CSV. The blueprint of everything
under ``/kelola`` is made here."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
from flask import Blueprint, Response, request

from data.access import Audiens
from data.engine import reading
from data.errors import BadParameterError
from data.masuk import pelaku_of
from data.queries.jejak import (
    PAGE,
    Saringan,
    begin_export,
    check_trail,
    read_details,
    read_filter,
    read_head,
    read_trail,
    stream_trail,
)
from data.queries.rencana import known_opd
from pages.parts.formats import in_wib
from pages.parts.trail import Catatan, HasilPeriksa, Saring, to_csv, trail_page
from routes.declared import DECLARED
from routes.forms import check_form, form_token
from routes.page import answer_page
from routes.session import current_person, origin, pintu

kelola = Blueprint("kelola", __name__)
PATH = "/kelola/jejak"
SHOWN = ("nomor", "waktu", "pelaku", "peran", "opd", "alamat", "tindakan", "objek")
DECLARED.update(dict.fromkeys(("kelola.trail", "kelola.export"), Audiens.ADMIN))


@kelola.get("/kelola/jejak")
def trail() -> Any:
    given = request.args.to_dict()
    try:
        wanted, before = read_filter(given), _before(given.get("sebelum", ""))
    except BadParameterError as error:
        return _page(Saringan(), str(error))
    return _page(wanted, None, before, checked=given.get("periksa") == "1")


@kelola.post("/kelola/jejak.csv")
def export() -> Any:
    check_form("kelola")
    wanted, door = read_filter(request.form.to_dict()), pintu()
    newest = begin_export(door.engine, door.pemda, pelaku_of(current_person(), origin().alamat), wanted)
    answer = Response(to_csv(stream_trail(door.engine, door.pemda, wanted, newest)), mimetype="text/csv")
    stamp = in_wib(datetime.now(UTC)).strftime("%Y%m%d-%H%M")
    answer.headers["Content-Disposition"] = f'attachment; filename="jejak-audit-{stamp}.csv"'
    return answer


def _page(wanted: Saringan, galat: str | None, before: int | None = None, checked: bool = False) -> Response:
    door = pintu()
    with reading(door.engine) as conn:
        # One more than is shown tells whether there is an older page.
        found = read_trail(conn, door.pemda, wanted, before, PAGE + 1)
        total = read_head(conn, door.pemda)
    rows = catatan(found)
    older = rows[PAGE - 1].nomor if len(rows) > PAGE else None
    content = trail_page(
        rows[:PAGE],
        Saring(wanted.as_query(), opd_options(), before is not None),
        form_token("kelola"),
        total,
        older,
        _checked() if checked else None,
        galat,
    )
    return answer_page("Jejak audit", content, active=PATH, code=400 if galat else 200)


def _checked() -> HasilPeriksa:
    door = pintu()
    found = check_trail(door.engine, door.pemda)
    if found.putus is None:
        return HasilPeriksa(found.nomor)
    return HasilPeriksa(found.nomor, found.putus.nomor, found.putus.sebab)


def catatan(found: pd.DataFrame) -> list[Catatan]:
    """Rows of the trail as they are drawn."""
    rows = found.to_dict("records")
    return [Catatan(**{name: row[name] for name in SHOWN}, rincian=read_details(row["rincian"])) for row in rows]


def opd_options() -> list[tuple[str, str]]:
    """The OPD to choose from, by name."""
    door = pintu()
    with reading(door.engine) as conn:
        return sorted(known_opd(conn, door.pemda).items(), key=lambda pair: pair[1].casefold())


def _before(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadParameterError("Nomor halaman jejak tidak dapat dibaca. Mulai lagi dari catatan terbaru.")
    return int(text)
