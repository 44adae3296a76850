"""Tokens in forms: signed, dated, each for one purpose."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

MAX_AGE = 12 * 3600


def make_token(secret: str, purpose: str) -> str:
    """A token for one form."""
    return str(URLSafeTimedSerializer(secret, salt="formulir").dumps(purpose))


def is_valid_token(secret: str, purpose: str, token: str) -> bool:
    """Is it ours, for this purpose, and not too old?"""
    try:
        return bool(URLSafeTimedSerializer(secret, salt="formulir").loads(token, max_age=MAX_AGE) == purpose)
    except BadSignature:
        return False
