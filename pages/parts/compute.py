""" "Cara menghitung": the formula of a number with that number's own inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html

from data.words import Akumulasi, Arah, RumusTurun
from pages.parts import formats as fmt
from pages.parts.elements import Child
from pages.parts.section import section

AKUMULASI_NAMES = {
    Akumulasi.JUMLAH: "jumlah",
    Akumulasi.TERAKHIR: "nilai terakhir",
    Akumulasi.RATA_RATA: "rata-rata",
}
_RULES = {
    Arah.NAIK: "Realisasi ÷ target × 100",
    Arah.TURUN: "(2 × target − realisasi) ÷ target × 100",
    Arah.RENTANG: "Di dalam rentang = 100",
}


@dataclass(frozen=True)
class Calculation:
    """One number explained: the rule in words, the same with its own figures, and further lines."""

    rule: str
    worked: str
    steps: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """One row of the page's "Cara menghitung": what, how, result."""

    name: str
    formula: str
    result: str


def compute_block(calculation: Calculation, title: str = "Cara menghitung") -> html.Details:
    """The explanation beside one number, on the tint."""
    body = [
        html.P(calculation.rule, className="kecil"),
        html.P(calculation.worked, className="rumus-angka"),
        *(html.P(step, className="kecil") for step in calculation.steps),
    ]
    return html.Details(
        [html.Summary(html.H3(title)), html.Div(body, className="rumus")], open=True, className="lipatan"
    )


def compute_section(lines: Sequence[Line], anchor: str = "cara") -> html.Section:
    """The page's own numbers, one line each."""
    rows = [
        html.Div([html.Dt(line.name), html.Dd(line.formula), html.Dd(line.result, className="hasil")]) for line in lines
    ]
    sentence: list[Child] = [
        "Angka kalimat, dengan isinya sendiri. Semua rumus ada di ",
        html.A("Metodologi", href="/metodologi"),
        ".",
    ]
    return section(
        "Cara menghitung", sentence, html.Dl(rows, className="rumus-daftar"), anchor, class_name="bagian-sisi"
    )


def capaian_calculation(
    target: Decimal | None,
    realisasi: Decimal | None,
    capaian: Decimal | None,
    arah: Arah,
    tw: int,
    rumus: RumusTurun = RumusTurun.SELISIH,
) -> Calculation:
    """The capaian of one indicator so far; says why when there is none."""
    nisbah = arah == Arah.TURUN and rumus == RumusTurun.NISBAH
    rule = f"{'Target ÷ realisasi × 100' if nisbah else _RULES[arah]}, s.d. {fmt.tw(tw)}"
    if target is None or realisasi is None or capaian is None:
        return Calculation(rule, _why_none(target, realisasi))
    return Calculation(rule, f"{_worked(target, realisasi, arah, nisbah)} = {fmt.percent(capaian, 2)}")


def _why_none(target: Decimal | None, realisasi: Decimal | None) -> str:
    if realisasi is None:
        return "Belum dilaporkan: tidak ada capaian"
    return "Tanpa target: tidak ada capaian" if not target else "Belum ada capaian"


def _worked(target: Decimal, realisasi: Decimal, arah: Arah, nisbah: bool) -> str:
    t, r = fmt.decimal_id(target), fmt.decimal_id(realisasi)
    if nisbah:
        return f"{t} ÷ {r} × 100"
    if arah == Arah.TURUN:
        return f"(2 × {t} − {r}) ÷ {t} × 100"
    return f"{r} ÷ {t} × 100" if arah == Arah.NAIK else f"{r} dalam rentang {t}"


def accumulation_step(parts: Sequence[Decimal], total: Decimal, akumulasi: Akumulasi) -> str:
    """``24,12 = 8,20 + 9,72 + 6,20 (jumlah)``."""
    sign = " + " if akumulasi == Akumulasi.JUMLAH else " · "
    inputs = sign.join(fmt.decimal_id(part) for part in parts)
    return f"{fmt.decimal_id(total)} = {inputs} ({AKUMULASI_NAMES[akumulasi]})"
