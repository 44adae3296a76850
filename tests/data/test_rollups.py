"""Rollups against a naive recomputation from the raw rows, written a second time in fractions."""

from collections import defaultdict
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from data import tables
from data.rollups import ALL, rebuild

PEMDA = "16.71"
ACCEPTED = {"terverifikasi", "terbit"}
AKIP = ["aa", "a", "bb", "b", "cc", "c", "d"]


@pytest.fixture
def conn(city):
    with city.connect() as found:
        yield found


def rows(conn, table, **match):
    query = select(table).where(table.c.pemda == PEMDA, *(table.c[name] == value for name, value in match.items()))
    return [row._asdict() for row in conn.execute(query)]


class Naive:
    """The whole city of one year, computed in the plainest way from raw rows."""

    def __init__(self, conn, tahun):
        self.opd = {row["kode"]: row["induk"] or row["kode"] for row in rows(conn, tables.opd)}
        self.nodes = {(n["opd"], n["kode"]): n for n in rows(conn, tables.node, tahun=tahun)}
        self.indikator = rows(conn, tables.indikator, tahun=tahun)
        self.target, self.real = defaultdict(dict), defaultdict(dict)
        for row in rows(conn, tables.target, tahun=tahun):
            self.target[row["opd"], row["indikator"]][row["periode"]] = row
        for row in rows(conn, tables.realisasi, tahun=tahun):
            self.real[row["opd"], row["indikator"]][row["periode"]] = row
        self.laporan = {
            (r["opd"], r["tw"]): r for r in rows(conn, tables.laporan, tahun=tahun) if r["keadaan"] in ACCEPTED
        }
        self.money = defaultdict(dict)
        for row in rows(conn, tables.keuangan, tahun=tahun):
            self.money[row["opd"], row["node"]][row["bulan"]] = row

    def report(self, opd, tw):
        return self.laporan.get((opd, tw)) or self.laporan.get((self.opd[opd], tw))

    def capaian(self, ind, tw):
        """(status word or None, capaian as a fraction or None)."""
        key = (ind["opd"], ind["kode"])
        targets, reals = self.target[key], self.real[key]
        report = self.report(ind["opd"], tw)
        if report is None:
            return "belum_lapor", None
        if report["nihil"]:
            return "nihil", None

        def has(period):
            return period in reals and (reals[period]["nilai"] is not None or reals[period]["teks"] is not None)

        def excused(period):
            said = self.report(ind["opd"], period)
            return (period in reals and reals[period]["nihil"]) or (said is not None and said["nihil"])

        quarters = [p for p in range(1, tw + 1) if not excused(p)]
        if tw in reals and reals[tw]["nihil"] and not any(has(p) for p in range(1, tw)):
            return "nihil", None
        by_quarter = sorted(p for p in targets if p > 0)
        due = [p for p in by_quarter if p <= tw]
        if ind["akumulasi"] == "terakhir":
            due = due[-1:]
        elif ind["akumulasi"] == "rata_rata":
            due = [p for p in due if p == tw]
        if not by_quarter and 0 in targets and tw == 4:
            due = [1, 2, 3, 4] if ind["akumulasi"] == "jumlah" else [4]
        if any(not has(p) and not excused(p) for p in due):
            return "belum_lapor", None
        if not any(has(p) for p in quarters):
            asked = [p for p in by_quarter if p <= tw] or (0 in targets and not by_quarter)
            return ("belum_lapor" if asked else "tanpa_target"), None
        if ind["akumulasi"] == "rata_rata" and by_quarter:
            quarters = [p for p in quarters if p in targets and has(p)]
        seen = [reals[p] for p in quarters if has(p)]
        yearly = [targets[0]] if tw == 4 and 0 in targets else []
        aims = [targets[p] for p in quarters if p in targets] if by_quarter else yearly
        value = self.compare(ind, seen, aims)
        return ("tanpa_target", None) if value is None else (None, value)

    @staticmethod
    def compare(ind, seen, aims):
        texts = [a["teks"] for a in aims if a["teks"]]
        if texts:
            said = [s["teks"] for s in seen if s["teks"]]
            if not said:
                return None
            got, want = said[-1].strip().casefold(), texts[-1].strip().casefold()
            if got == want:
                return Fraction(100)
            order = [x.strip().casefold() for x in ind["skala"].split(">")] if ind["skala"] else AKIP
            if got in order and want in order:
                return Fraction(100 if order.index(got) < order.index(want) else 0)
            return None
        numbers = [Fraction(s["nilai"]) for s in seen if s["nilai"] is not None]
        aim = [Fraction(a["nilai"]) for a in aims if a["nilai"] is not None]
        if not numbers or not aim:
            return None
        fold = {"jumlah": sum, "terakhir": lambda v: v[-1], "rata_rata": lambda v: sum(v) / len(v)}[ind["akumulasi"]]
        real = fold(numbers)
        if ind["arah"] == "rentang":
            high = [Fraction(a["nilai_atas"]) for a in aims if a["nilai_atas"] is not None]
            if not high:
                return None
            low, high = aim[-1], high[-1]
            if low <= real <= high:
                return Fraction(100)
            return (2 * high - real) / high * 100 if real > high else (real / low * 100 if low else None)
        target = fold(aim)
        if target <= 0:
            return None
        return (2 * target - real) / target * 100 if ind["arah"] == "turun" else real / target * 100


def mean(values):
    present = [v for v in values if v is not None]
    return sum(present) / len(present) if present else None


def same(stored, naive):
    if stored is None or naive is None:
        return stored is None and naive is None
    return abs(Fraction(stored) - naive) < Fraction(1, 10**8)


@pytest.mark.parametrize("tahun", [2024, 2025, 2026])
def test_every_rollup_of_the_sample_city_equals_a_naive_recomputation(conn, tahun):
    naive = Naive(conn, tahun)
    by_tw = {tw: {} for tw in (1, 2, 3, 4)}
    stored = {(r["tw"], r["opd"], r["indikator"]): r for r in rows(conn, tables.rollup_indikator, tahun=tahun)}
    assert len(stored) == 4 * len(naive.indikator) > 8000
    for ind in naive.indikator:
        for tw in (1, 2, 3, 4):
            word, value = by_tw[tw][ind["opd"], ind["kode"]] = naive.capaian(ind, tw)
            got = stored[tw, ind["opd"], ind["kode"]]
            assert same(got["capaian"], value), (ind, tw, got, value)
            if word:
                assert got["status"] == word, (ind, tw, got, word)
    kinerja = {(r["tw"], r["level"], r["opd"], r["kode"]): r for r in rows(conn, tables.rollup_kinerja, tahun=tahun)}
    for tw in (1, 2, 3, 4):
        check_nodes(naive, by_tw[tw], {key[1:]: row for key, row in kinerja.items() if key[0] == tw})


def check_nodes(naive, values, kinerja):
    beneath = defaultdict(list)
    for ind in naive.indikator:
        place = (ind["opd"], ind["node"])
        while place in naive.nodes:
            beneath[place].append(values[ind["opd"], ind["kode"]][1])
            place = (place[0], naive.nodes[place]["induk"])
    own, programs, sasaran = {}, defaultdict(list), defaultdict(list)
    for (opd, kode), node in naive.nodes.items():
        if node["level"] in {"urusan", "bidang"}:
            continue
        capped = [min(max(v, Fraction(0)), Fraction(100)) for v in beneath[opd, kode] if v is not None]
        own[opd, kode] = mean(capped)
        got = kinerja[node["level"], opd, kode]
        assert same(got["capaian"], mean(capped)), (opd, kode)
        assert same(got["capaian_tanpa_batas"], mean(beneath[opd, kode]))
        assert got["dihitung"] == len(capped)
        for owner in {opd, naive.opd[opd]}:
            {"program": programs, "sasaran": sasaran}.get(node["level"], defaultdict(list))[owner].append(mean(capped))
    tops = []
    for opd, root in naive.opd.items():
        expected = mean(programs[opd]) if mean(programs[opd]) is not None else mean(sasaran[opd])
        if ("opd", opd, "") in kinerja:
            assert same(kinerja["opd", opd, ""]["capaian"], expected), opd
        if opd == root:
            tops.append(expected)
    assert same(kinerja["pemda", "", ""]["capaian"], mean(tops))


@pytest.mark.parametrize("tahun", [2024, 2025, 2026])
def test_money_rollups_equal_a_naive_sum(conn, tahun):
    naive = Naive(conn, tahun)
    stored = {(r["bulan"], r["level"], r["opd"], r["kode"]): r for r in rows(conn, tables.rollup_uang, tahun=tahun)}

    def said(opd, kode, bulan):
        month = naive.money[opd, kode].get(bulan)
        return month is not None and month["realisasi"] is not None

    for bulan in range(1, 13):
        totals = defaultdict(lambda: [0, 0, 0])
        for (opd, kode), node in naive.nodes.items():
            if node["level"] != "sub_kegiatan":
                continue
            months = naive.money[opd, kode]
            changes = [months[b]["pagu"] for b in range(1, bulan + 1) if b in months and months[b]["pagu"] is not None]
            pagu = changes[-1] if changes else node["pagu"] or 0
            told = said(opd, kode, bulan)
            if not told and any(said(opd, kode, b) for b in range(1, bulan)):
                told = all(
                    any(said(opd, other, b) for o, other in naive.nodes if o == opd)
                    for b in range(max(b for b in range(1, bulan) if said(opd, kode, b)) + 1, bulan + 1)
                )
            spent = sum(months[b]["realisasi"] or 0 for b in months if b <= bulan)
            for place in {("sub_kegiatan", opd, kode), ("opd", naive.opd[opd], ""), ("pemda", "", "")}:
                totals[place][0] += pagu
                totals[place][1] += pagu if told else 0
                totals[place][2] += spent if told else 0
        for (level, opd, kode), (pagu, told, spent) in totals.items():
            got = stored[bulan, level, opd, kode]
            assert (got["pagu"], got["pagu_lapor"], got["realisasi"] or 0) == (pagu, told, spent), (bulan, level, opd)


def test_rebuilding_changes_nothing(city):
    with city.connect() as conn:
        before = [sorted(map(repr, rows(conn, table))) for table in ALL]
    with city.begin() as conn:
        rebuild(conn, PEMDA)
    with city.connect() as conn:
        assert [sorted(map(repr, rows(conn, table))) for table in ALL] == before


def test_every_stored_value_has_its_upload(conn):
    u = tables.unggahan.c
    for table in (tables.node, tables.indikator, tables.target, tables.realisasi, tables.keuangan):
        its_upload = select(u.nomor).where(u.pemda == table.c.pemda, u.nomor == table.c.unggahan).exists()
        count = select(func.count()).select_from(table)
        assert conn.execute(count.where(~its_upload)).scalar_one() == 0
        assert conn.execute(count.where(table.c.baris < 1)).scalar_one() == 0
