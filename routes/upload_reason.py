"""One reason per group of Konfirmasi, kept in the one text of a submission: ``Judul (kolom X): sebab | …``."""

from collections.abc import Mapping, Sequence
from typing import Final

MARK: Final = " | "


def join_reasons(given: Mapping[str, str]) -> str:
    """The reasons by group name as one text; groups without a reason are left out."""
    plain = {name: " ".join(text.replace("|", "/").split()) for name, text in given.items()}
    return MARK.join(f"{name}: {text}" for name, text in plain.items() if text)


def split_reasons(text: str, groups: Sequence[str]) -> dict[str, str]:
    """The reasons again, of the groups that are there."""
    found = {}
    for part in text.split(MARK):
        name = next((group for group in groups if part.startswith(f"{group}: ")), None)
        if name is not None:
            found[name] = part.removeprefix(f"{name}: ")
    return found


def unanswered(text: str, groups: Sequence[str]) -> list[str]:
    """The groups that still need a reason."""
    given = split_reasons(text, groups)
    return [group for group in groups if not given.get(group, "").strip()]
