"""Settings, read once from the environment into one frozen object. A wrong value stops the start with a sentence."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
DEFAULT_DATABASE_URL = f"sqlite:///{INSTANCE / 'emonev.db'}"
MODES = ("pengembangan", "produksi")
MIN_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Names are those of ``.env.sample`` without the prefix."""

    database_url: str
    secret_key: str
    pemda: str
    host: str
    port: int
    workers: int
    mode: str
    base_url: str

    @property
    def production(self) -> bool:
        return self.mode == "produksi"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment (``EMONEV_*``). Raises SettingsError with a sentence that says what to mend."""
    env = os.environ if environ is None else environ
    mode = _choice(env, "EMONEV_MODE", MODES)
    return Settings(
        database_url=_database_url(env),
        secret_key=_secret_key(env, mode),
        pemda=_pemda(env),
        host=env.get("EMONEV_HOST") or "127.0.0.1",
        port=_whole_number(env, "EMONEV_PORT", 8050, 1, 65535),
        workers=_whole_number(env, "EMONEV_WORKERS", 2, 1, 64),
        mode=mode,
        base_url=_base_url(env),
    )


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise SettingsError(f"{name}='{value}' tidak dikenal. Tulis salah satu: {', '.join(choices)}.")
    return value


def _whole_number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise SettingsError(f"{name}='{text}' harus bilangan bulat {low} sampai {high}, misalnya {name}={default}.")
    return int(text)


def _pemda(env: Mapping[str, str]) -> str:
    code = env.get("EMONEV_PEMDA") or "16.71"
    if not re.fullmatch(r"[0-9A-Z][0-9A-Z.]{0,12}", code):
        raise SettingsError(f"EMONEV_PEMDA='{code}' harus kode wilayah Kemendagri, misalnya EMONEV_PEMDA=16.71.")
    return code


def _base_url(env: Mapping[str, str]) -> str:
    """The site's public address, for permalinks; never taken from a request, which anybody can write."""
    text = (env.get("EMONEV_ALAMAT") or f"http://127.0.0.1:{env.get('EMONEV_PORT') or 8050}").rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise SettingsError(
            f"EMONEV_ALAMAT='{text}' harus alamat situs, misalnya EMONEV_ALAMAT=https://emonev.kota.go.id."
        )
    return text


def _database_url(env: Mapping[str, str]) -> str:
    text = env.get("EMONEV_DATABASE_URL") or DEFAULT_DATABASE_URL
    example = "sqlite:////var/lib/emonev/emonev.db atau postgresql+psycopg://pengguna:sandi@server/emonev"
    try:
        url = make_url(text)
    except ArgumentError:
        raise SettingsError(f"EMONEV_DATABASE_URL tidak dapat dibaca. Contoh yang benar: {example}.") from None
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise SettingsError(
            f"EMONEV_DATABASE_URL memakai '{url.drivername}' yang tidak didukung. Contoh yang benar: {example}."
        )
    return text


def _secret_key(env: Mapping[str, str], mode: str) -> str:
    key = env.get("EMONEV_SECRET_KEY") or ""
    if key and len(key) < MIN_SECRET:
        raise SettingsError(
            f"EMONEV_SECRET_KEY terlalu pendek ({len(key)} huruf; minimal {MIN_SECRET}). "
            'Buat yang baru: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    if not key and mode == "produksi":
        raise SettingsError(
            "EMONEV_SECRET_KEY wajib diisi dalam mode produksi. "
            'Buat: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    return key or _development_key()


def _development_key() -> str:
    """A key of this working copy's own, kept in a file git ignores, so that workers share it."""
    path = INSTANCE / "secret_key"
    INSTANCE.mkdir(exist_ok=True)
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text().strip()
