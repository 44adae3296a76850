"""Cells that pack several indicators: names, targets and units in three cells, by newline or by ', '."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Butir:
    """One indicator out of a packed cell. ``angka`` is the target without its unit."""

    nama: str
    asli: str
    satuan: str
    angka: str


def unpack(nama: str, target: str, satuan: str) -> tuple[list[Butir], bool]:
    """(the indicators, whether the three cells agree). Where the counts disagree the cell is kept whole."""
    names, targets, units = _lines(nama), _lines(target), _lines(satuan)
    if not names:
        return [], True
    if len(names) == len(targets) == len(units):
        if len(names) == 1:
            return _by_comma(names[0], targets[0], units[0])
        return [_item(*three) for three in zip(names, targets, units, strict=True)], True
    agree = len(targets) <= 1 and len(names) == 1
    return [_item(" ".join(names), " ".join(targets), " ".join(units))], agree


def _by_comma(nama: str, target: str, satuan: str) -> tuple[list[Butir], bool]:
    """'A, B' / '100, 100 %, %' / '%, %' → two indicators, but only when all three cells agree."""
    units = satuan.split(", ")
    bare = _without_unit(target, satuan)
    targets = bare.split(", ")
    names = nama.split(", ")
    if len(units) == 1:
        return [_item(nama, target, satuan)], True
    if len(names) == len(targets) == len(units):
        pairs = zip(names, targets, units, strict=True)
        return [Butir(name, f"{value} {unit}", unit, value) for name, value, unit in pairs], True
    return [_item(nama, target, satuan)], False


def _item(nama: str, target: str, satuan: str) -> Butir:
    return Butir(nama, target, satuan, _without_unit(target, satuan))


def _without_unit(target: str, satuan: str) -> str:
    """'80 100.000 KH' with unit '100.000 KH' → '80'."""
    text = target.strip()
    if satuan and text.casefold().endswith(satuan.casefold()) and text.casefold() != satuan.casefold():
        return text[: -len(satuan)].strip()
    return text


def _lines(cell: str) -> list[str]:
    return [" ".join(line.split()) for line in cell.splitlines() if line.strip()]
