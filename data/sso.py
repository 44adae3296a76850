"""Single sign-on by OpenID Connect, the part that speaks with the issuer: authorization code with PKCE.

The issuer only says which account somebody is; what that account may do, and whether it exists at all, stays ours.
Its document and its keys are remembered for an hour; a key nobody knows is asked for once more.
"""

import logging
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Final

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from data.errors import EmonevError
from data.kunci import new_token
from data.settings import Oidc

log = logging.getLogger("emonev")
TIMEOUT: Final = 10
TICKET_SECONDS: Final = 600
REMEMBERED_SECONDS: Final = 3_600
SILENT_SECONDS: Final = 10
"""For so long an issuer that did not answer is not asked again: waiting for it would take up every thread."""
LEEWAY: Final = 60
ALGORITHMS: Final = ["RS256", "ES256"]
STRONG: Final = frozenset({"mfa", "otp", "hwk"})
LONGEST_NAME: Final = 80


class NotVouchedError(EmonevError):
    """The issuer's answer does not prove who this is; nobody is signed in."""


class IssuerAwayError(EmonevError):
    """The issuer does not answer, or not in a way that can be used."""


@dataclass(frozen=True)
class Tiket:
    """What this browser must bring back: it ties the answer of the issuer to the one who asked."""

    state: str
    nonce: str
    verifier: str
    target: str


@dataclass(frozen=True)
class Bukti:
    """What the issuer vouches for: the account's name, and whether it has asked for a second factor itself."""

    nama: str
    strong: bool


@dataclass(frozen=True)
class _Penerbit:
    """What an issuer says of itself, and until when that is believed."""

    nama: str
    masuk: str
    token: str
    cara: str
    keys: KeySet
    sampai: float


_known: dict[str, _Penerbit] = {}
_silent_until: dict[str, float] = {}


def new_ticket(target: str) -> Tiket:
    """A ticket for one attempt."""
    return Tiket(new_token(), new_token(), secrets.token_urlsafe(48), target)


def seal_ticket(secret: str, tiket: Tiket) -> str:
    """The ticket as the browser keeps it: signed and dated."""
    return str(URLSafeTimedSerializer(secret, salt="sso").dumps(asdict(tiket)))


def open_ticket(secret: str, sealed: str, state: str) -> Tiket:
    """The ticket this answer belongs to. Raises NotVouchedError when it is too old, not ours, or of another attempt."""
    try:
        tiket = Tiket(**URLSafeTimedSerializer(secret, salt="sso").loads(sealed, max_age=TICKET_SECONDS))
    except BadSignature:
        raise _refusal("no ticket") from None
    if not secrets.compare_digest(tiket.state.encode(), state.encode()):
        raise _refusal("another state")
    return tiket


def authorization_address(oidc: Oidc, back: str, tiket: Tiket) -> str:
    """Where the browser goes to sign in. Raises IssuerAwayError."""
    known = _read_issuer(oidc)
    address, _ = _client(oidc, known, back).create_authorization_url(
        known.masuk, state=tiket.state, nonce=tiket.nonce, code_verifier=tiket.verifier
    )
    return str(address)


def prove(oidc: Oidc, back: str, tiket: Tiket, code: str) -> Bukti:
    """Exchange the code, and read who the issuer says this is. Raises NotVouchedError or IssuerAwayError."""
    known = _read_issuer(oidc)
    token = _exchange(oidc, known, back, tiket, code)
    claims = _claims(oidc, token, tiket.nonce)
    said = [*(claims.get("amr") or ()), claims.get("acr")]
    return Bukti(_name(oidc, claims), any(isinstance(one, str) and one in STRONG for one in said))


def forget_issuers() -> None:
    """Ask every issuer anew."""
    _known.clear()
    _silent_until.clear()


def _client(oidc: Oidc, known: _Penerbit, back: str) -> OAuth2Session:
    return OAuth2Session(
        oidc.klien,
        oidc.rahasia,
        scope="openid email profile",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method=known.cara,
        default_timeout=TIMEOUT,
    )


def _exchange(oidc: Oidc, known: _Penerbit, back: str, tiket: Tiket, code: str) -> dict[str, Any]:
    """The issuer's tokens for the code, which it gives once only."""
    try:
        # Following a redirect would carry our secret to wherever it leads.
        with _client(oidc, known, back) as client:
            answer = client.fetch_token(
                known.token,
                code=code,
                code_verifier=tiket.verifier,
                grant_type="authorization_code",
                allow_redirects=False,
            )
    except requests.RequestException as error:
        raise _away(oidc, type(error).__name__) from error
    except (AuthlibBaseError, ValueError, TypeError) as error:
        raise _refusal("code not accepted") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("id_token"), str):
        raise _refusal("no id_token")
    return answer


def _claims(oidc: Oidc, token: dict[str, Any], nonce: str) -> dict[str, Any]:
    """What the id_token says, once signature, issuer, audience, nonce and expiry are right."""
    try:
        known, decoded = _decode(oidc, token["id_token"])
        claims: dict[str, Any] = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={"iss": {"value": known.nama}, "aud": {"value": oidc.klien}},
            params={"nonce": nonce, "client_id": oidc.klien, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=LEEWAY)  # type: ignore[attr-defined]
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _refusal(f"id_token: {type(error).__name__}") from error
    return claims


def _decode(oidc: Oidc, text: str) -> tuple[_Penerbit, jwt.Token]:
    """Check the signature; once more with fresh keys when the issuer may have changed them."""
    known = _read_issuer(oidc)
    try:
        return known, jwt.decode(text, known.keys, algorithms=ALGORITHMS)
    except (InvalidKeyIdError, BadSignatureError):
        known = _read_issuer(oidc, fresh=True)
        return known, jwt.decode(text, known.keys, algorithms=ALGORITHMS)


def _name(oidc: Oidc, claims: dict[str, Any]) -> str:
    """The account's name. ASCII and short only: account names are folded and cut, and two different names must not
    become one."""
    if oidc.klaim == "email" and claims.get("email_verified") not in (True, "true"):
        log.warning("single sign-on refused: email not verified")
        raise NotVouchedError(f"Email pada {oidc.label} belum terverifikasi. Hubungi pengelola {oidc.label}.")
    name = claims.get(oidc.klaim)
    if not isinstance(name, str) or not name.isascii() or not name.strip() or len(name) > LONGEST_NAME:
        raise _refusal("claim missing or unfit")
    return name


def _read_issuer(oidc: Oidc, fresh: bool = False) -> _Penerbit:
    """The issuer's document and keys, remembered. Raises IssuerAwayError."""
    known, now = _known.get(oidc.penerbit), time.monotonic()
    if known is not None and known.sampai > now and not fresh:
        return known
    if _silent_until.get(oidc.penerbit, 0.0) > now:
        raise _away(oidc, "silent a moment ago")
    try:
        found = _fetch_issuer(oidc)
    except (requests.RequestException, JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        _silent_until[oidc.penerbit] = time.monotonic() + SILENT_SECONDS
        raise _away(oidc, type(error).__name__) from error
    _known[oidc.penerbit] = found
    return found


def _fetch_issuer(oidc: Oidc) -> _Penerbit:
    said = _get(f"{oidc.penerbit}/.well-known/openid-configuration")
    if said["issuer"].rstrip("/") != oidc.penerbit:
        raise ValueError("the document is of another issuer")
    safe = ("https://",) if oidc.penerbit.startswith("https://") else ("https://", "http://")
    places = [said["authorization_endpoint"], said["token_endpoint"], said["jwks_uri"]]
    if not all(place.startswith(safe) for place in places):
        raise ValueError("an address of the issuer is not https")
    usable = [key for key in _get(places[2])["keys"] if key.get("kty") in {"RSA", "EC"} and key.get("use") != "enc"]
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    keys = KeySet.import_key_set({"keys": usable})
    return _Penerbit(said["issuer"], places[0], places[1], way, keys, time.monotonic() + REMEMBERED_SECONDS)


def _get(address: str) -> Any:
    answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
    if answer.status_code != 200:
        raise ValueError(f"status {answer.status_code}")
    return answer.json()


def _refusal(reason: str) -> NotVouchedError:
    log.warning("single sign-on refused: %s", reason)
    return NotVouchedError("Langkah masuk ini tidak dapat dipastikan, jadi Anda belum masuk. Mulai sekali lagi.")


def _away(oidc: Oidc, reason: str) -> IssuerAwayError:
    log.warning("single sign-on: issuer away: %s", reason)
    return IssuerAwayError(
        f"Layanan masuk {oidc.label} sedang tidak menjawab. Coba beberapa menit lagi, atau masuk dengan kata sandi."
    )
