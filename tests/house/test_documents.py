"""Documents say what is so: settings, commands, dependencies."""

import re
from pathlib import Path

import pytest

from data.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"\bEMONEV_[A-Z][A-Z_]*[A-Z]\b")
CODE = ("app.py", "callbacks", "data", "loaders", "pages", "reports", "routes", "Makefile")
# What a package is called where it is imported or used, when that is not its own name.
CALLED = {
    "argon2-cffi": "argon2",
    "resvg-py": "resvg_py",
    "dash-auth": "dash_auth",
    "python-calamine": "python_calamine",
}
CALLED |= {"dash-bootstrap-components": "dash_bootstrap_components", "dash-svg": "dash_svg"}
CALLED |= {"dash-ag-grid": "dash_ag_grid", "resvg-py": "resvg_py"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def chosen() -> list[str]:
    """The packages that were chosen, without those they pull in."""
    part = text("requirements.txt").split("# --- chosen ---")[1].split("# --- pulled in")[0]
    return re.findall(r"^([A-Za-z0-9_-]+)(?:\[.*\])?==", part, re.MULTILINE)


def code() -> str:
    files = [
        file
        for place in CODE
        for file in ([ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*.py")))
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))


def test_every_setting_is_in_the_sample_and_no_other() -> None:
    assert set(SETTING.findall(text(".env.sample"))) == set(SETTING.findall(text("data/settings.py")))


def test_the_sample_as_it_stands_changes_nothing() -> None:
    assert [line for line in text(".env.sample").splitlines() if line and not line.startswith("#")] == []


def test_the_sample_names_the_defaults() -> None:
    shown = dict(re.findall(r"^#(EMONEV_(?:MODE|PEMDA|HOST|PORT|WORKERS))=(.+)$", text(".env.sample"), re.MULTILINE))
    default = read_settings({})
    assert shown == {
        "EMONEV_MODE": default.mode,
        "EMONEV_PEMDA": default.pemda,
        "EMONEV_HOST": default.host,
        "EMONEV_PORT": str(default.port),
        "EMONEV_WORKERS": str(default.workers),
    }


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_commands_named_in_documents_exist(document: str) -> None:
    named = set(re.findall(r"`make ([a-z]+)", text(document))) | set(
        re.findall(r"^\s*make ([a-z]+)", text(document), re.MULTILINE)
    )
    assert named <= make_targets()


def test_the_readme_shows_how_to_start_and_to_check() -> None:
    assert {"run", "test"} <= set(re.findall(r"make ([a-z]+)", text("README.md")))


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert re.search(r"^## \[?Unreleased\]?", text("CHANGELOG.md"), re.MULTILINE)


# The design's choice for dialogs of closed pages: pinned, and not imported before one needs it, so that its script
# stays off the public pages.
WAITING = {"dash-bootstrap-components"}


@pytest.mark.parametrize("package", [package for package in chosen() if package not in WAITING])
def test_a_chosen_package_is_explained_and_used(package: str) -> None:
    assert package.casefold() in text("ARCHITECTURE.md").casefold()
    assert CALLED.get(package, package).casefold() in code().casefold()


def test_all_packages_are_pinned() -> None:
    lines = [*text("requirements.txt").splitlines(), *text("requirements-dev.txt").splitlines()]
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [
        line for line in wanted if not re.fullmatch(r"[A-Za-z0-9_-]+(\[[a-z]+\])?==[0-9.]+(post[0-9]+)?", line)
    ] == []


def test_ci_runs_the_test_command_and_nothing_else() -> None:
    lines = [line for line in text(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert lines == ["exec make test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
