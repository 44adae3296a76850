"""Keys made from the server's one secret, each for one purpose, and the one way to seal what must be read again."""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data.errors import SettingsError


def new_token() -> str:
    """A secret of 256 bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a secret that has enough bits of its own."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(secret: str, text: str) -> str:
    """Encrypt and sign a text with the server's key."""
    return _fernet(secret).encrypt(text.encode()).decode()


def unseal(secret: str, sealed: str) -> str:
    """The text again. Raises SettingsError when it was sealed with another key."""
    try:
        return _fernet(secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SettingsError(
            "Kode masuk tersimpan dengan EMONEV_SECRET_KEY lain. Kembalikan kunci itu, atau lepas kode masuk akun ini."
        ) from None


def _fernet(secret: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"emonev totp").derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
