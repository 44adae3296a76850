"""A small city of its own for the screens of the reporting cycle: what is changed there disturbs nobody."""

import pytest

from tests.conftest import sign_in
from tests.routes.siklus_uji import build, own_house


@pytest.fixture(scope="session")
def pattern(sqlite_pattern, tmp_path_factory):
    """The small city as a file to copy."""
    path = tmp_path_factory.mktemp("siklus") / "kota.db"
    path.write_bytes(sqlite_pattern.read_bytes())
    build(path)
    return path


@pytest.fixture
def house(server, pattern, tmp_path):
    """The engine of a fresh copy, which the server answers from during this test."""
    with own_house(server, pattern, tmp_path) as engine:
        yield engine


@pytest.fixture
def boss(server, house):
    """A client signed in as Bappeda of the small city."""
    return sign_in(server, "bappeda")
