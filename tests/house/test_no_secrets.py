"""What must not be in the repository: databases, keys, uploads, addresses of one machine or one network."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRIVATE_ENDINGS = (".db", ".db-wal", ".db-shm", ".sqlite", ".sqlite3", ".pem", ".key", ".p12", ".pfx", ".log")
PRIVATE_PLACES = ("instance/", "uploads/", "unggahan/", ".venv/")
PRIVATE_NAMES = {".env", "secret_key", "id_rsa", ".netrc", ".pypirc"}
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|artifactory|devpi)(?:\.[a-z]+)*\.(?:org|com|io|net)\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/*-])/(?:home|Users|root|work|mnt|opt)/\w")
TEXT_LIMIT = 3_000_000


def tracked() -> list[str]:
    """The files git knows, including those about to be added and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if len(content) < TEXT_LIMIT and b"\0" not in content:
            found.append((name, content.decode("utf-8", "replace")))
    return found


def test_no_database_key_or_upload_is_tracked() -> None:
    private = [
        name
        for name in tracked()
        if name.endswith(PRIVATE_ENDINGS) or name.startswith(PRIVATE_PLACES) or Path(name).name in PRIVATE_NAMES
    ]
    assert private == []


@pytest.mark.parametrize("name", ["data/settings.py", "data/tables/__init__.py", "data/migrations/env.py"])
def test_git_sees_the_data_room(name: str) -> None:
    # Many ignore templates hide a folder of this name.
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
    assert ignored.returncode == 1


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_nothing_names_one_machine_or_network(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number} {match.group()}"
        for name, content in texts()
        for number, line in enumerate(content.splitlines(), start=1)
        if (match := pattern.search(line))
    ]
    assert found == []


def test_no_private_key_is_written_anywhere() -> None:
    mark = "-----BEGIN " + "PRIVATE KEY"
    assert [
        name for name, content in texts() if mark in content or mark.replace("PRIVATE", "RSA PRIVATE") in content
    ] == []
