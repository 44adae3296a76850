"""Forms: the token every one of them carries, bound to its purpose and to the session it was given to."""

from flask import current_app, request

from data.errors import BadParameterError
from data.tokens import is_valid_token, make_token
from routes.session import current_session

STALE = "Formulir ini terlalu lama terbuka. Muat ulang halaman, lalu isi sekali lagi."


def form_token(purpose: str) -> str:
    """The token for one form, for whoever is asking now."""
    return make_token(str(current_app.secret_key), _bound(purpose))


def check_form(purpose: str) -> None:
    """Raises BadParameterError when the form that was sent is not ours, of another session, or too old."""
    if not is_valid_token(str(current_app.secret_key), _bound(purpose), request.form.get("csrf", "")):
        raise BadParameterError(STALE)


def _bound(purpose: str) -> str:
    found = current_session()
    return purpose if found is None else f"{purpose}:{found.orang.sesi}"
