"""One reason per group of Konfirmasi, kept in the one text of a submission: ``Judul (kolom X): sebab | …``."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

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


def reasons(text: str) -> list[tuple[str, str]]:
    """(group, reason) of each as it is stored; a text without a group has ''."""
    return [_split(part.strip()) for part in text.split(MARK) if part.strip()]


def _split(part: str) -> tuple[str, str]:
    for mark, closed in (("): ", ")"), (": ", "")):
        name, found, words = f"{part} ".partition(mark)
        if found:
            return f"{name}{closed}", words.strip()
    return "", part


def missing_reasons(masalah: Sequence[Mapping[str, Any]], text: str) -> int:
    """How many groups of Konfirmasi (one per rule and column) have no reason in this text yet."""
    groups = {(one["aturan"], one.get("nama_kolom")) for one in masalah if one["tingkat"] == "Konfirmasi"}
    return max(0, len(groups) - sum(bool(words.strip()) for _, words in reasons(text)))
