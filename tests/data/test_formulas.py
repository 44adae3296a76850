"""The formulas against a second, naive implementation in fractions, and against the regulation's own examples."""

import csv
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formulas import capaian, predikat, rerata, uang
from data.formulas.akumulasi import so_far
from data.words import Status

D = Decimal
numbers = st.decimals(min_value=0, max_value=10**9, places=4)
positive = st.decimals(min_value=D("0.0001"), max_value=10**9, places=4)
columns = st.lists(st.tuples(st.none() | numbers, st.none() | numbers), max_size=8)


def close(value: Decimal | None, naive: Fraction | None) -> bool:
    if value is None or naive is None:
        return value is None and naive is None
    return abs(Fraction(value) - naive) <= Fraction(1, 10**9) * max(1, abs(naive))


@given(columns)
def test_naik_equals_fractions(rows):
    result = capaian.capaian_naik([r for r, _ in rows], [t for _, t in rows])
    naive = [None if r is None or not t else Fraction(r) / Fraction(t) * 100 for r, t in rows]
    assert all(close(a, b) for a, b in zip(result, naive, strict=True))


@given(columns)
def test_turun_equals_fractions_in_both_variants(rows):
    real, target = [r for r, _ in rows], [t for _, t in rows]
    naive = [None if r is None or not t else (2 * Fraction(t) - Fraction(r)) / Fraction(t) * 100 for r, t in rows]
    assert all(close(a, b) for a, b in zip(capaian.capaian_turun(real, target), naive, strict=True))
    naive = [None if not r or not t else Fraction(t) / Fraction(r) * 100 for r, t in rows]
    assert all(close(a, b) for a, b in zip(capaian.capaian_turun(real, target, "T/R"), naive, strict=True))


@given(numbers, positive, positive)
def test_rentang_is_100_inside_and_follows_the_nearer_bound_outside(real, one, other):
    low, high = sorted((one, other))
    result = capaian.capaian_rentang([real], [low], [high])[0]
    if low <= real <= high:
        assert result == 100
    elif real > high:
        assert close(result, (2 * Fraction(high) - Fraction(real)) / Fraction(high) * 100)
    else:
        assert close(result, Fraction(real) / Fraction(low) * 100)


def test_turun_falls_to_zero_at_twice_the_target_and_goes_on():
    assert capaian.capaian_turun([D(20), D("34.1")], [D(10), D(20)]) == [0, D("29.5")]
    assert capaian.turun(D("27.05"), D(10)) == D("-70.5")


@pytest.mark.parametrize("target", [None, D(0), D(-3)])
def test_without_a_positive_target_there_is_no_capaian(target):
    assert capaian.naik(D(5), target) is None
    assert capaian.turun(D(5), target) is None


def test_blank_is_not_zero():
    assert capaian.naik(None, D(5)) is None
    assert capaian.naik(D(0), D(5)) == 0


@pytest.mark.parametrize(
    ("real", "target", "expected"),
    [("B", "B", 100), ("AA", "BB", 100), ("CC", "BB", 0), (" bb ", "BB", 100), ("WTP", "WTP", 100), ("x", "BB", None)],
)
def test_ratings_on_the_akip_scale(real, target, expected):
    assert capaian.teks(real, target) == expected


def test_ratings_on_a_declared_scale():
    levels = ["Level 5", "Level 4", "Level 3", "Level 2", "Level 1"]
    assert capaian.capaian_teks(["Level 4", "Level 2", None], ["Level 3"] * 3, [levels] * 3) == [100, 0, None]


def test_meets_target_also_answers_for_a_target_of_zero():
    assert capaian.meets_target([D(0), D(1), None], [D(0), D(0), D(0)], ["turun"] * 3) == [True, False, None]


@given(st.lists(st.none() | numbers, min_size=1, max_size=4))
def test_so_far_by_akumulasi(values):
    got = so_far([[value] for value in values], ["jumlah"])[0], so_far([[v] for v in values], ["terakhir"])[0]
    mean = so_far([[value] for value in values], ["rata_rata"])[0]
    present = [value for value in values if value is not None]
    assert got == ((sum(present), present[-1]) if present else (None, None))
    assert close(mean, sum(map(Fraction, present), Fraction(0)) / len(present) if present else None)


def test_so_far_refuses_an_unknown_akumulasi():
    with pytest.raises(ValueError, match="akumulasi"):
        so_far([[D(1)]], ["kira-kira"])


def test_one_huge_capaian_cannot_hide_ten_zeros():
    values = [D(900), *[D(0)] * 10]
    assert rerata.mean_limited(values, D(100)) < 10
    assert rerata.mean(values) > 80


def test_negative_counts_as_zero_in_averages():
    assert rerata.mean_limited([D("-70.5"), D(100)], D(100)) == 50


def test_missing_is_left_out_of_the_average():
    assert rerata.mean_limited([None, D(80), None], D(100)) == 80
    assert rerata.mean([None]) is None


def test_weighted_mean_is_by_rupiah():
    assert rerata.mean_weighted([(D(100), 1), (D(0), 3), (None, 99)]) == 25
    assert rerata.mean_weighted([(D(100), 0)]) is None


# One row per boundary of the printed scale: capaian, name read "above", name read "from".
BOUNDARIES = [
    ("100", "Sangat Tinggi", "Sangat Tinggi"),
    ("343.42", "Sangat Tinggi", "Sangat Tinggi"),
    ("91", "Sangat Tinggi", "Sangat Tinggi"),
    ("90.5", "Sangat Tinggi", "Tinggi"),
    ("90.0000000001", "Sangat Tinggi", "Tinggi"),
    ("90", "Tinggi", "Tinggi"),
    ("76", "Tinggi", "Tinggi"),
    ("75.5", "Tinggi", "Sedang"),
    ("75", "Sedang", "Sedang"),
    ("66", "Sedang", "Sedang"),
    ("65.5", "Sedang", "Rendah"),
    ("65", "Rendah", "Rendah"),
    ("51", "Rendah", "Rendah"),
    ("50.5", "Rendah", "Sangat Rendah"),
    ("50", "Sangat Rendah", "Sangat Rendah"),
    ("-70.5", "Sangat Rendah", "Sangat Rendah"),
]


@pytest.mark.parametrize(("value", "above", "from_"), BOUNDARIES)
def test_predikat_at_the_holes_in_both_readings(value, above, from_):
    assert predikat.predikat(D(value), "di_atas") == above
    assert predikat.predikat(D(value), "mulai") == from_


def test_no_capaian_has_no_predikat():
    assert predikat.predikat_column([None, D(70)]) == [None, "Sedang"]


@pytest.mark.parametrize(
    ("deviasi", "expected"),
    [
        ("0", Status.TERCAPAI),
        ("-0.0000000001", Status.PERHATIAN),
        ("-10", Status.PERHATIAN),
        ("-10.01", Status.DI_BAWAH),
    ],
)
def test_status_limits(deviasi, expected):
    assert predikat.status(D(deviasi)) == expected


def test_deviasi_is_actual_minus_plan():
    assert uang.deviasi([D(61), None], [D(68), D(3)]) == [D(-7), None]


@pytest.mark.parametrize(
    ("poin", "pita"), [("0", "sesuai"), ("-0.1", "perhatian"), ("-10", "perhatian"), ("-10.1", "tertinggal")]
)
def test_bands_of_deviasi(poin, pita):
    assert uang.pita(D(poin)) == pita


@pytest.mark.parametrize(
    ("plan", "actual", "critical"), [(70, 60, False), (70, 59, True), (80, 75, False), (80, 74, True), (5, 5, False)]
)
def test_critical_contract(plan, actual, critical):
    assert uang.kritis(D(plan), D(actual)) is critical


def test_serapan_without_pagu_or_report_is_nothing():
    assert uang.serapan([5, None, 5], [10, 10, 0]) == [50, None, None]


def test_cumulative_keeps_blanks_and_finds_falls():
    assert uang.cumulative([1, None, 2]) == [1, None, 3]
    assert uang.falls([1, 5, None, 4, 6]) == [3]


def printed(value: Decimal, text: str) -> set[str]:
    """The value as a report may print it: rounded or cut off at the printed number of decimals."""
    places = D(1).scaleb(-len(text.partition(",")[2]))
    return {str(value.quantize(places, rounding=how)).replace(".", ",") for how in (ROUND_HALF_UP, ROUND_DOWN)}


def golden_rows(shared_data):
    for path in sorted((shared_data / "golden").glob("golden_*_20*.csv")):
        yield from ((path.name, row) for row in csv.DictReader(path.open(encoding="utf-8")))


def computed(row) -> Decimal | None:
    if row["anggaran_raw"]:

        def money(text: str) -> int:
            return int(D(text.replace(".", "").replace(",", ".")))

        return uang.serapan([money(row["realisasi_anggaran_raw"])], [money(row["anggaran_raw"])])[0]
    if row["target_raw"] and row["target_raw"] == row["realisasi_raw"] and not row["target_num"]:
        return capaian.teks(row["realisasi_raw"], row["target_raw"])
    if not row["target_num"]:
        return None
    real, target = D(row["realisasi_num"]), D(row["target_num"])
    return capaian.turun(real, target) if row["arah"] == "turun" else capaian.naik(real, target)


def published(row) -> str:
    return (row["capaian_raw"] or row["persen_raw"]).replace("%", "").replace(".", ",").strip()


def test_published_figures_are_printed_again(shared_data):
    """Every row that checks out prints the published figure at its printed precision."""
    checked = 0
    for name, row in golden_rows(shared_data):
        if row["status_cek"] != "cocok" or row["jenis"] == "rata_rata":
            continue
        value = computed(row)
        assert value is not None, row
        assert published(row) in printed(value, published(row)), (name, row["indikator"], value)
        checked += 1
    assert checked == 33


def test_published_means_are_printed_again(shared_data):
    """The means of a table are simple means of the capaian it prints, without a limit."""
    rows = [row for _, row in golden_rows(shared_data)]
    checked = 0
    for mean_row in rows:
        if mean_row["jenis"] != "rata_rata" or mean_row["status_cek"] != "cocok":
            continue
        parts = [r for r in rows if r["tabel"] == mean_row["tabel"] and r["dokumen"] == mean_row["dokumen"]]
        values = [D(published(r).replace(",", ".")) for r in parts if r["jenis"] == "indikator"]
        value = rerata.mean(values)
        assert published(mean_row) in printed(value, published(mean_row)), mean_row["indikator"]
        checked += 1
    assert checked == 3


def test_published_errors_differ(shared_data):
    """Where the publication is wrong we print another figure: (published, ours)."""
    wrong = []
    for _, row in golden_rows(shared_data):
        if row["status_cek"] == "TIDAK COCOK" and row["jenis"] != "rata_rata":
            value = computed(row)
            assert published(row) not in printed(value, published(row)), row
            wrong.append((published(row), printed(value, "0,00")))
    assert wrong == [("63,14", {"63,09"}), ("166,86", {"166,62", "166,61"})]
