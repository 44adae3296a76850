"""Settings, read once from the environment into one frozen object. A wrong value stops the start with a sentence."""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data.errors import SettingsError
from data.surel import Surel, is_address
from data.umur import Lifetimes, Umur
from data.words import Peran

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
DEFAULT_DATABASE_URL = f"sqlite:///{INSTANCE / 'emonev.db'}"
MODES = ("pengembangan", "produksi")
MIN_SECRET = 32
MIN_LETTERS = 10
MAKE_KEY = 'Buat yang baru: python -c "import secrets; print(secrets.token_hex(32))"'
# Words of keys that stand in documents, tests and examples, of this project and of others.
KNOWN_WORDS: Final = (
    *("changeme", "change-me", "change_me", "contoh", "default", "emonev", "example", "ganti-", "gantikunci"),
    *("kunci-", "kuncirahasia", "password", "qwerty", "rahasia", "sandi-uji", "secret", "12345678", "abcdefgh"),
)
LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})
DEBUG_SWITCHES: Final = ("FLASK_DEBUG", "DASH_DEBUG")
SMTP_PORTS: Final = {"starttls": 587, "tls": 465, "tidak": 25}


# Leaders look for two minutes now and then; administrators hold every key.
DEFAULT_LIFETIMES: Final = {
    Peran.PIMPINAN: Umur(timedelta(days=14), timedelta(days=90)),
    Peran.BAPPEDA: Umur(timedelta(hours=8), timedelta(days=7)),
    Peran.OPD: Umur(timedelta(hours=8), timedelta(days=7)),
    Peran.ADMIN: Umur(timedelta(minutes=30), timedelta(hours=8)),
}
LIFETIME_SETTINGS: Final = {
    Peran.PIMPINAN: "EMONEV_SESI_PIMPINAN",
    Peran.BAPPEDA: "EMONEV_SESI_BAPPEDA",
    Peran.OPD: "EMONEV_SESI_OPD",
    Peran.ADMIN: "EMONEV_SESI_ADMIN",
}


@dataclass(frozen=True)
class Oidc:
    """Single sign-on by OpenID Connect. ``klaim``: the claim that holds the account's name."""

    penerbit: str
    klien: str
    rahasia: str
    label: str
    klaim: str


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
    proksi: tuple[str, ...] = ()
    umur: Lifetimes = field(default_factory=lambda: dict(DEFAULT_LIFETIMES))
    oidc: Oidc | None = None
    berkas: Path = INSTANCE / "unggahan"
    surel: Surel | None = None
    api_per_menit: int = 300
    sematan: tuple[str, ...] = ("https://*.go.id",)
    luring: bool = True

    @property
    def tls(self) -> bool:
        """Do visitors come by https? Then cookies are Secure and browsers are told to stay with it."""
        return self.base_url.startswith("https://")

    @property
    def production(self) -> bool:
        return self.mode == "produksi"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment (``EMONEV_*``). Raises SettingsError with a sentence that says what to mend."""
    env = os.environ if environ is None else environ
    mode = _choice(env, "EMONEV_MODE", MODES)
    if mode == "produksi":
        _refuse_debugging(env)
        _refuse_clear_address(env)
    return Settings(
        database_url=_database_url(env),
        secret_key=_secret_key(env, mode),
        pemda=_pemda(env),
        host=env.get("EMONEV_HOST") or "127.0.0.1",
        port=_whole_number(env, "EMONEV_PORT", 8050, 1, 65535),
        workers=_whole_number(env, "EMONEV_WORKERS", 2, 1, 64),
        mode=mode,
        base_url=_base_url(env),
        proksi=_proxies(env),
        umur={role: _lifetime(env, role) for role in Peran},
        oidc=_oidc(env),
        berkas=Path(env.get("EMONEV_BERKAS") or INSTANCE / "unggahan").resolve(),
        surel=_surel(env),
        api_per_menit=_whole_number(env, "EMONEV_API_PER_MENIT", 300, 1, 100_000),
        sematan=_embedding_sites(env),
        luring=_switch(env, "EMONEV_LURING"),
    )


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise SettingsError(f"{name}='{value}' tidak dikenal. Tulis salah satu: {', '.join(choices)}.")
    return value


def _switch(env: Mapping[str, str], name: str) -> bool:
    return _choice(env, name, ("ya", "tidak")) == "ya"


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


def _embedding_sites(env: Mapping[str, str]) -> tuple[str, ...]:
    """Sites that may hold our charts, as sources of frame-ancestors; by default those of the government."""
    text = env.get("EMONEV_SEMATAN", "https://*.go.id").strip()
    if text == "semua":
        return ("*",)
    sites = tuple(text.replace(",", " ").split())
    for site in sites:
        if not re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:([0-9]{1,5}|\*))?", site, re.IGNORECASE):
            raise SettingsError(
                f"EMONEV_SEMATAN memuat '{site}' yang bukan alamat situs. Tulis misalnya "
                "EMONEV_SEMATAN='https://*.go.id https://koran.example', atau semua."
            )
    return sites


def _proxies(env: Mapping[str, str]) -> tuple[str, ...]:
    """Addresses or networks of our own proxies; what others say about forwarding is not believed."""
    found = tuple(part.strip() for part in (env.get("EMONEV_PROKSI") or "").split(",") if part.strip())
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise SettingsError(
                f"EMONEV_PROKSI='{part}' bukan alamat IP. Contoh: EMONEV_PROKSI=127.0.0.1,10.0.0.0/8."
            ) from None
    return found


def _lifetime(env: Mapping[str, str], role: Peran) -> Umur:
    """Two numbers of hours: without use, and at most."""
    name = LIFETIME_SETTINGS[role]
    text = env.get(name)
    if not text:
        return DEFAULT_LIFETIMES[role]
    match = re.fullmatch(r"(\d{1,4}(?:\.\d)?)/(\d{1,4}(?:\.\d)?)", text)
    hours = tuple(map(float, match.groups())) if match else (0.0, 0.0)
    if not 0 < hours[0] <= hours[1]:
        raise SettingsError(f"{name}='{text}' harus 'jam tanpa dipakai/jam paling lama', misalnya {name}=8/24.")
    return Umur(timedelta(hours=hours[0]), timedelta(hours=hours[1]))


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    """Single sign-on, when its issuer is named; then its client must be complete."""
    issuer = (env.get("EMONEV_OIDC_PENERBIT") or "").rstrip("/")
    if not issuer:
        return None
    local = urlsplit(issuer).hostname in LOCAL_HOSTS
    if not issuer.startswith("https://") and not (local and issuer.startswith("http://")):
        raise SettingsError(f"EMONEV_OIDC_PENERBIT='{issuer}' harus alamat https, misalnya https://sso.kota.go.id.")
    client, secret = env.get("EMONEV_OIDC_KLIEN") or "", env.get("EMONEV_OIDC_RAHASIA") or ""
    if not client or not secret:
        raise SettingsError("EMONEV_OIDC_KLIEN dan EMONEV_OIDC_RAHASIA wajib diisi bila EMONEV_OIDC_PENERBIT diisi.")
    label = env.get("EMONEV_OIDC_LABEL") or "akun pemerintah daerah"
    return Oidc(issuer, client, secret, label, env.get("EMONEV_OIDC_KLAIM") or "email")


def _surel(env: Mapping[str, str]) -> Surel | None:
    """The mail server of reminders, when it is named; then its sender must be too."""
    host = env.get("EMONEV_SMTP_HOST") or ""
    if not host:
        return None
    tls = _choice(env, "EMONEV_SMTP_TLS", tuple(SMTP_PORTS))
    port = _whole_number(env, "EMONEV_SMTP_PORT", SMTP_PORTS[tls], 1, 65535)
    user, password = env.get("EMONEV_SMTP_PENGGUNA") or "", env.get("EMONEV_SMTP_SANDI") or ""
    if bool(user) != bool(password):
        raise SettingsError("EMONEV_SMTP_PENGGUNA dan EMONEV_SMTP_SANDI diisi keduanya, atau dikosongkan keduanya.")
    if password and tls == "tidak" and host not in LOCAL_HOSTS:
        raise SettingsError("EMONEV_SMTP_TLS=tidak akan mengirim sandi tanpa pengaman. Tulis starttls atau tls.")
    sender = env.get("EMONEV_SMTP_PENGIRIM") or ""
    if not is_address(sender):
        raise SettingsError(
            f"EMONEV_SMTP_PENGIRIM='{sender}' harus satu alamat surel, misalnya e-monev@bappeda.kota.go.id."
        )
    return Surel(host, port, user, password, tls, sender)


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


def _refuse_debugging(env: Mapping[str, str]) -> None:
    """Debugging shows code and runs what is typed into it."""
    for name in DEBUG_SWITCHES:
        if (env.get(name) or "0").casefold() not in {"0", "false", "no", "off"}:
            raise SettingsError(f"{name} tidak boleh menyala dalam mode produksi. Hapus {name} dari lingkungan.")


def _refuse_clear_address(env: Mapping[str, str]) -> None:
    """Passwords and session cookies must not travel readable to everybody on the way."""
    if not env.get("EMONEV_ALAMAT"):
        raise SettingsError(
            "EMONEV_ALAMAT wajib diisi dalam mode produksi: alamat situs seperti yang ditulis pengunjung, "
            "misalnya EMONEV_ALAMAT=https://emonev.kota.go.id."
        )
    address = urlsplit(_base_url(env))
    if address.scheme != "https" and address.hostname not in LOCAL_HOSTS:
        raise SettingsError(
            f"EMONEV_ALAMAT='{address.geturl()}' harus https dalam mode produksi, "
            f"misalnya EMONEV_ALAMAT=https://{address.hostname}."
        )


def _secret_key(env: Mapping[str, str], mode: str) -> str:
    key = env.get("EMONEV_SECRET_KEY") or ""
    if key and len(key) < MIN_SECRET:
        raise SettingsError(f"EMONEV_SECRET_KEY terlalu pendek ({len(key)} huruf; minimal {MIN_SECRET}). {MAKE_KEY}")
    if mode == "produksi":
        if not key:
            raise SettingsError(f"EMONEV_SECRET_KEY wajib diisi dalam mode produksi. {MAKE_KEY}")
        if _is_guessable(key):
            raise SettingsError(f"EMONEV_SECRET_KEY mudah ditebak atau kunci contoh. {MAKE_KEY}")
    return key or development_key(INSTANCE)


def _is_guessable(key: str) -> bool:
    """Of few different letters, one piece over and over, or with a word that examples have."""
    plain = key.casefold()
    repeats = key in (key + key)[1:-1]
    return len(set(plain)) < MIN_LETTERS or repeats or any(word in plain for word in KNOWN_WORDS)


def development_key(folder: Path) -> str:
    """A key of this working copy's own, kept in a file git ignores, so that workers share it."""
    path = folder / "secret_key"
    folder.mkdir(exist_ok=True)
    if not path.exists():
        _write_once(path, secrets.token_hex(32))
    key = path.read_text().strip()
    if len(key) < MIN_SECRET:
        raise SettingsError(f"Kunci pengembangan di {path} rusak. Hapus berkas itu, lalu jalankan lagi.")
    return key


def _write_once(path: Path, text: str) -> None:
    """Of several that start at once the first one wins, and nobody reads half of a file."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    try:
        # A link is made whole or not at all, and never over another.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
