"""docs/security.md says what is so: every row of the promises is there, and every test it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PLACE = re.compile(r"`((?:data|routes|callbacks|pages|loaders|assets|bench)/[\w/.]+)`")
ROWS = range(1, 16)


def row(number: int) -> str:
    """The text of one row, from its heading to the next."""
    found = re.search(rf"^### {number}\. .*?(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("number", ROWS)
def test_every_row_has_a_rule_a_place_and_a_test(number: int) -> None:
    assert NAMED.search(row(number))
    assert PLACE.search(row(number))


def test_there_is_no_other_row() -> None:
    assert [int(number) for number in re.findall(r"^### (\d+)\. ", TEXT, re.MULTILINE)] == list(ROWS)


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(TEXT))))
def test_every_test_it_names_exists(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    assert name in functions(path)


@pytest.mark.parametrize("place", sorted(set(PLACE.findall(TEXT))))
def test_every_place_it_names_exists(place: str) -> None:
    assert (ROOT / place).exists()


def test_it_says_what_it_does_not_hold() -> None:
    assert "## Known limits" in TEXT
