"""The house rules that a machine can hold: arrows, sizes, errors that are named, page files nobody imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("callbacks", "data", "loaders", "pages", "reports", "routes")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
MAY_APP_IMPORT = ("callbacks", "routes", "pages.parts.shell", "data.settings", "data.errors")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def our_files() -> list[Path]:
    """Every Python file of the application, by its path."""
    return [ROOT / "app.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Dotted names a file imports; ``from a import b`` gives both a and a.b."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_is_there() -> None:
    assert [room for room in ROOMS if not any((ROOT / room).rglob("*.py"))] == []


def test_import_contracts_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_app_imports_only_what_it_wires() -> None:
    ours = [found for found in imported(ROOT / "app.py") if found.split(".")[0] in ROOMS]
    allowed = [found for found in ours if any(f"{found}.".startswith(f"{may}.") for may in MAY_APP_IMPORT)]
    parents = {may.rsplit(".", 1)[0] for may in MAY_APP_IMPORT if "." in may}
    assert sorted(set(ours) - set(allowed) - parents) == []


@pytest.mark.parametrize("path", our_files(), ids=name)
def test_nobody_imports_app_or_a_page_file(path: Path) -> None:
    pages = {f"pages.{file.stem}" for file in (ROOT / "pages").glob("*.py") if file.stem != "__init__"}
    assert sorted({found for found in imported(path) if found == "app" or found in pages}) == []


def test_only_page_files_say_register_page() -> None:
    # Dash executes every file under pages/ that contains this text.
    parts = (ROOT / "pages" / "parts").rglob("*.py")
    assert [name(path) for path in parts if "register_page" in path.read_text(encoding="utf-8")] == []


def test_modules_are_short() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in our_files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    # A migration is a list of what it makes, written once and never touched again.
    lengths = {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in our_files()
        if "versions" not in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, Function)
    }
    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_errors_are_named() -> None:
    blind = [
        f"{name(path)}:{node.lineno}"
        for path in our_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and _is_blind(node)
    ]
    assert blind == []


def _is_blind(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds
    )


def test_tests_are_no_package() -> None:
    assert [name(path) for path in (ROOT / "tests").rglob("__init__.py")] == []
