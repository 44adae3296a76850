"""The plan of one OPD in one year: the tree of the nomenclature, its budget, its indicators and their targets."""

from random import Random
from typing import Final

from data.contoh.bacaan import PENUNJANG, Perangkat, Simpul, pick, read_hasil, read_nomenklatur
from data.contoh.bentuk import Kelas, Rencana, Simpai, Ukur
from data.contoh.cerita import TETAP
from data.contoh.nama import lowered, output_of, sentence, without_doing
from data.contoh.sasaran import outcome, percent, quantity
from data.words import Level

# Sub kegiatan of the supporting program every OPD has, the commonest first; then those only some have.
URUTAN_PENUNJANG: Final = (
    *("2.02.0001", "2.01.0001", "2.01.0006", "2.02.0005", "2.05.0009", "2.06.0002", "2.06.0009", "2.08.0002"),
    *("2.08.0004", "2.09.0002", "2.09.0009", "2.01.0007", "2.06.0005", "2.07.0006", "2.05.0002", "2.03.0006"),
    "2.06.0001",
)
PENUNJANG_SETDA: Final = (
    *("2.11.0001", "2.11.0004", "2.12.0003", "2.13.0001", "2.13.0002", "2.13.0003"),
    *("2.14.0001", "2.14.0002", "2.14.0003"),
)
GAJI: Final = "2.02.0001"
BLUD: Final = "2.10.0001"
SUMBER_DANA: Final = ("PAD", "DAU", "DAU", "DAU", "DAK Fisik", "DAK Nonfisik", "DBH", "BLUD")
PAGU_TAHUN: Final = {2024: 94, 2025: 97, 2026: 100}


def plan(opd: Perangkat, tahun: int, scale: float = 1) -> Rencana:
    """One OPD's (or unit's) plan. ``scale`` repeats the output indicators, for load tests."""
    rng = Random(f"rencana|{opd.kode}|{tahun}")
    made = Rencana(tahun, opd.atas)
    for sub in _chosen(opd, tahun):
        _add_branch(made, opd, sub)
    _share_money(made, opd, tahun, rng)
    for node in made.simpai:
        _add_indicators(made, node, tahun, scale, rng)
    if opd.induk is None:
        _add_iku(made, opd, tahun, rng)
    _fix(made, opd, tahun)
    _single_out(made, rng)
    return made


def _chosen(opd: Perangkat, tahun: int) -> list[Simpul]:
    """The sub kegiatan of a year: the OPD's supporting ones, then its own; some come and go between years."""
    tail = PENUNJANG_SETDA if opd.jenis == "sekretariat" else (BLUD,) if opd.jenis == "rsud" else ()
    codes = [*URUTAN_PENUNJANG[: opd.penunjang - len(tail)], *tail] if opd.penunjang else []
    known = read_nomenklatur()
    subs = [known[f"{PENUNJANG}.{code}"] for code in sorted(codes)]
    subs += [sub for code, count in opd.susunan for sub in pick(code, count)]
    lasting = Random(f"susunan|{opd.kode}")
    fate = {sub.kode: lasting.random() for sub in subs}
    return [sub for sub in subs if not (tahun < 2026 and fate[sub.kode] < 0.012 * (2026 - tahun) and len(subs) > 8)]


def _add_branch(made: Rencana, opd: Perangkat, sub: Simpul) -> None:
    """The sub kegiatan and those of its parents that are not there yet."""
    parts = sub.kode.split(".")
    official = [parts[0], *(".".join(parts[:size]) for size in (2, 3, 5, 6))]
    levels = (Level.URUSAN, Level.BIDANG, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
    present = {node.kode for node in made.simpai}
    parent: str | None = None
    for level, code in zip(levels, official, strict=True):
        own = code.replace("X.XX", opd.bidang) if "." in code else code.replace("X", opd.bidang[0])
        if own not in present:
            made.simpai.append(Simpai(opd.kode, own, level, parent, _name(code, own)))
        parent = own


def _name(code: str, own: str) -> str:
    """Placeholder codes of the supporting program carry the name of the OPD's own urusan and bidang."""
    known = read_nomenklatur()
    return (known.get(own) or known[code]).nama


def _share_money(made: Rencana, opd: Perangkat, tahun: int, rng: Random) -> None:
    """Share the OPD's ceiling among its sub kegiatan; wages and works take the large parts."""
    subs = [node for node in made.simpai if node.level == Level.SUB_KEGIATAN]
    weights = [_weight(node, rng) for node in subs]
    total = opd.pagu_miliar * 10_000_000 * PAGU_TAHUN.get(tahun, 100)
    whole = sum(weights)
    for node, weight in zip(subs, weights, strict=True):
        node.pagu = max(int(total * weight / whole) // 1000 * 1000, 2_500_000)
        node.sumber_dana = rng.choice(SUMBER_DANA[:7]) if not node.kode.endswith(BLUD) else "BLUD"
    subs[0].pagu = (subs[0].pagu or 0) + max(0, total - sum(node.pagu or 0 for node in subs))


def _weight(node: Simpai, rng: Random) -> float:
    weight = rng.lognormvariate(0, 1.0)
    if node.kode.endswith(f".01.{GAJI}"):
        return 14 + weight
    if node.kode.endswith(BLUD):
        return 30 + weight
    if ".01.2." in node.kode[4:]:
        return weight * 0.35
    return weight * (4 if node.nama.startswith(("Pembangunan", "Rehabilitasi", "Rekonstruksi")) else 1)


def _add_indicators(made: Rencana, node: Simpai, tahun: int, scale: float, rng: Random) -> None:
    program = ".".join(node.kode.split(".")[:3])
    if node.level == Level.PROGRAM:
        official = PENUNJANG if node.kode.endswith(".01") else node.kode
        for one in read_hasil()[official]:
            _append(made, node, outcome(one, tahun, rng), program)
    elif node.level == Level.KEGIATAN and (not program.endswith(".01") or rng.random() < 0.4):
        _append(
            made, node, percent(f"Persentase pelaksanaan {without_doing(node.nama)} yang sesuai rencana", rng), program
        )
    elif node.level == Level.SUB_KEGIATAN:
        _add_outputs(made, node, program, scale, rng)


def _add_outputs(made: Rencana, node: Simpai, program: str, scale: float, rng: Random) -> None:
    official = read_nomenklatur()[_official(node.kode)]
    name, unit = (sentence(official.indikator), official.satuan) if official.indikator else output_of(node.nama)
    copies = int(scale) + (scale > int(scale) and rng.random() < scale - int(scale))
    for number in range(copies):
        _append(made, node, quantity(name if number == 0 else f"{name} (tahap {number + 1})", unit, rng), program)
    if rng.random() < 0.05:
        _append(made, node, percent(f"Persentase penyelesaian {lowered(node.nama)} tepat waktu", rng), program)


def _official(code: str) -> str:
    parts = code.split(".")
    return ".".join(["X", "XX", *parts[2:]]) if parts[2] == "01" else code


def _add_iku(made: Rencana, opd: Perangkat, tahun: int, rng: Random) -> None:
    node = Simpai(opd.kode, "IKU", Level.SASARAN, None, f"Sasaran strategis {opd.nama}")
    made.simpai.append(node)
    for one in read_hasil()["IKU kecamatan" if opd.jenis == "kecamatan" else f"IKU {opd.singkat}"]:
        _append(made, node, outcome(one, tahun, rng), None)


def _append(made: Rencana, node: Simpai, ukur: Ukur, program: str | None) -> None:
    ukur.opd, ukur.node, ukur.program = node.opd, node.kode, program
    number = 1 + sum(1 for one in reversed(made.ukur[-12:]) if one.node == node.kode)
    ukur.kode = f"{node.kode}#{number}"
    made.ukur.append(ukur)


def _fix(made: Rencana, opd: Perangkat, tahun: int) -> None:
    """The few indicators whose figures the story fixes."""
    for ukur in made.ukur:
        fixed = TETAP.get((opd.singkat, tahun, ukur.nama))
        if fixed is not None:
            ukur.target, ukur.tetap = list(fixed[0]), fixed[1]
            ukur.setahun = sum(ukur.target)


def _single_out(made: Rencana, rng: Random) -> None:
    """A few indicators without target, never filled in, declared nihil, or kept from the public."""
    for ukur in made.ukur:
        chance = rng.random()
        if ukur.tetap or ukur.teks or ukur.program is None:
            continue
        if chance < 0.05:
            ukur.kelas = Kelas.TANPA_TARGET
        elif chance < 0.063:
            ukur.kelas = Kelas.TIDAK_DIISI
        elif chance < 0.068:
            ukur.kelas = Kelas.NIHIL
        elif chance < 0.075:
            ukur.publik = False
