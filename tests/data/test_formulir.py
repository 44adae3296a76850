"""The rows of the report form, against a naive second computation and on both databases."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data import tables
from data.formulir import KEUANGAN, KINERJA, KOLOM, NIHIL
from data.queries.formulir import form_code, form_rows
from data.store import Berkas, Muatan, store
from data.words import JenisBerkas

PEMDA = "16.71"
KESEHATAN = "1.02.0.00.0.00.01.0000"
PUSKESMAS = "1.02.0.00.0.00.01.0001"
PUPR = "1.03.0.00.0.00.01.0000"
SUB = "1.03.02.2.01.0001"


def rows_of(engine: Engine, table: Any, **match: object) -> list[dict[str, Any]]:
    where = [table.c[name] == value for name, value in match.items()]
    with engine.connect() as conn:
        return [dict(row) for row in conn.execute(select(table).where(*where)).mappings()]


def asked(engine: Engine, opd: str, tw: int, tahun: int = 2026, pemda: str = PEMDA) -> list[dict[str, Any]]:
    with engine.connect() as conn:
        found = form_rows(conn, pemda, tahun, tw, opd)
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]


# --- the sample city: everything is there, and the numbers are those of a naive reader ---


@pytest.mark.parametrize("opd", [PUPR, KESEHATAN])
@pytest.mark.parametrize("tw", [1, 3, 4])
def test_every_indicator_and_sub_kegiatan_is_asked_once(city: Engine, opd: str, tw: int) -> None:
    rows = asked(city, opd, tw)
    family = {row["kode"] for row in rows_of(city, tables.opd) if opd in (row["kode"], row["induk"])}
    plan = [row for row in rows_of(city, tables.node, tahun=2026) if row["opd"] in family]
    indikator = [row for row in rows_of(city, tables.indikator, tahun=2026) if row["opd"] in family]
    subs = {form_code(row["kode"], row["opd"], opd) for row in plan if row["level"] == "sub_kegiatan"}
    codes = [row["kode"] for row in rows]
    assert len(codes) == len(set(codes))
    assert {row["kode"] for row in rows if row["baris"] == KEUANGAN} == subs
    assert {row["kode"] for row in rows if row["baris"] == KINERJA} == {
        form_code(row["kode"], row["opd"], opd) for row in indikator
    }


def naive_target(indikator: dict[str, Any], targets: dict[int, dict[str, Any]], told: dict[int, Any], tw: int) -> Any:
    """The target so far as the rules say it, written straight down for numbers."""
    quarters = [q for q in range(1, tw + 1) if q == tw or not told.get(q, {}).get("nihil")]
    if not any(q in targets for q in (1, 2, 3, 4)):
        return targets[0]["nilai"] if tw == 4 and 0 in targets else None
    if indikator["akumulasi"] == "rata_rata":
        quarters = [q for q in quarters if q == tw or q in told]
    values = [targets[q]["nilai"] for q in quarters if q in targets]
    return naive_combine(values, indikator["akumulasi"])


def naive_combine(values: list[Decimal], akumulasi: str) -> Decimal | None:
    if not values:
        return None
    return {"jumlah": sum(values), "terakhir": values[-1], "rata_rata": sum(values) / len(values)}[akumulasi]  # type: ignore[return-value]


@pytest.mark.parametrize("opd", [PUPR, "1.06.0.00.0.00.01.0000"])
@pytest.mark.parametrize("tw", [1, 2, 3, 4])
def test_numbers_of_kinerja_rows(city: Engine, opd: str, tw: int) -> None:
    found = {row["kode"]: row for row in asked(city, opd, tw) if row["baris"] == KINERJA and row["unit"] == opd}
    checked = 0
    for ind in rows_of(city, tables.indikator, tahun=2026, opd=opd):
        match = {"tahun": 2026, "opd": opd, "indikator": ind["kode"]}
        targets = {row["periode"]: row for row in rows_of(city, tables.target, **match)}
        told = {row["periode"]: row for row in rows_of(city, tables.realisasi, **match)}
        if ind["skala"] or ind["arah"] == "rentang":
            continue
        before = [told[q]["nilai"] for q in range(1, tw) if q in told and not told[q]["nihil"]]
        row = found[ind["kode"]]
        assert row["target"] == naive_target(ind, targets, told, tw)
        if not any(told[q]["nihil"] for q in told):
            assert row["sebelumnya"] == naive_combine(before, ind["akumulasi"])
            assert row["realisasi"] == (told[tw]["nilai"] if tw in told else None)
        checked += 1
    assert checked > 30


def test_numbers_of_keuangan_rows(city: Engine) -> None:
    plan = {row["kode"]: row["pagu"] for row in rows_of(city, tables.node, tahun=2026, opd=PUPR)}
    found = [row for row in asked(city, PUPR, 3) if row["baris"] == KEUANGAN]
    assert len(found) > 30
    for row in found:
        months = {at["bulan"]: at for at in rows_of(city, tables.keuangan, tahun=2026, opd=PUPR, node=row["kode"])}
        assert row["satuan"] == "Rupiah"
        assert row["target"] == plan[row["kode"]]
        assert row["sebelumnya"] == sum(months[at]["realisasi"] or 0 for at in range(1, 7))
        assert [row["bulan_1"], row["bulan_2"], row["bulan_3"]] == [months[at]["realisasi"] for at in (7, 8, 9)]
        assert row["fisik"] == months[9]["fisik"]
        assert row["realisasi"] is None


def test_the_target_is_the_one_the_rollup_counts(city: Engine) -> None:
    rolled = {
        row["indikator"]: row
        for row in rows_of(city, tables.rollup_indikator, tahun=2026, opd=PUPR, tw=3)
        if row["status"] in {"tercapai", "perhatian", "di_bawah"}
    }
    told = {row["indikator"] for row in rows_of(city, tables.realisasi, tahun=2026, opd=PUPR, periode=3, nihil=False)}
    found = {row["kode"]: row for row in asked(city, PUPR, 3) if row["kode"] in rolled.keys() & told}
    assert len(found) > 60
    for kode, row in found.items():
        stored = rolled[kode]
        if stored["target_atas_sd"] is None:
            assert row["target"] == (stored["target_sd"] if stored["target_teks"] is None else stored["target_teks"])
        else:
            assert row["target"] == f"{stored['target_sd']:f}–{stored['target_atas_sd']:f}".replace(".", ",")


def test_an_opd_that_has_not_reported_still_sees_its_target(city: Engine) -> None:
    # Its rollup of this triwulan is empty, which is why the form does not read it.
    with_target = [row for row in asked(city, PUPR, 4) if row["baris"] == KINERJA and row["target"] is not None]
    assert len(with_target) > 60
    assert all(row["realisasi"] is None for row in with_target)


def test_ratings_bring_their_scale(city: Engine) -> None:
    rated = [row for row in asked(city, KESEHATAN, 3) if row["skala"]]
    assert {row["target"] for row in rated} >= {"BB"}
    assert all(row["target"] in row["skala"].split(">") for row in rated)


def test_units_follow_the_opd_and_their_codes_name_them(city: Engine) -> None:
    rows = asked(city, KESEHATAN, 3)
    units = list(dict.fromkeys(row["unit"] for row in rows))
    assert units[0] == KESEHATAN
    assert units[1:] == sorted(units[1:])
    assert len(units) == 4
    assert all(row["kode"].endswith(f"@{row['unit']}") for row in rows if row["unit"] != KESEHATAN)
    assert {row["unit_nama"] for row in rows if row["unit"] == PUSKESMAS} == {"UPTD Puskesmas Dempo"}


def test_a_unit_alone_gets_its_own_rows_with_plain_codes(city: Engine) -> None:
    alone, within = asked(city, PUSKESMAS, 3), [r for r in asked(city, KESEHATAN, 3) if r["unit"] == PUSKESMAS]
    assert [row["kode"] for row in alone] == [row["kode"].partition("@")[0] for row in within]
    assert [row["target"] for row in alone] == [row["target"] for row in within]
    assert [row["sebelumnya"] for row in alone] == [row["sebelumnya"] for row in within]


def test_sasaran_comes_first_then_the_codes(city: Engine) -> None:
    nodes = [row["node"] for row in asked(city, PUPR, 3) if row["unit"] == PUPR]
    own = list(dict.fromkeys(nodes))
    assert own[0] == "IKU"
    assert own[1:] == sorted(own[1:])


def test_nothing_is_asked_of_nobody(city: Engine) -> None:
    with city.connect() as conn:
        found = form_rows(conn, PEMDA, 2026, 3, "9.99")
    assert found.empty
    assert list(found.columns)[: len(KOLOM)] == [kolom.kunci for kolom in KOLOM]


# --- small plans, on both databases ---


def plan_of(kind: str = "jumlah", **targets: Decimal) -> Muatan:
    place = {"tahun": 2026, "opd": PUPR, "baris": 7}
    nodes = [(SUB[:7], "program", None), (SUB[:12], "kegiatan", SUB[:7]), (SUB, "sub_kegiatan", SUB[:12])]
    words = {"nama": "Panjang jalan", "satuan": "km", "arah": "naik", "akumulasi": kind}
    return Muatan(
        opd=[{"kode": PUPR, "nama": "Dinas PUPR"}],
        node=[
            place | {"kode": kode, "level": level, "induk": induk, "nama": kode, "pagu": 100 if kode == SUB else None}
            for kode, level, induk in nodes
        ],
        indikator=[place | words | {"kode": f"{SUB}#{number}", "node": SUB} for number in (1, 2, 10)],
        target=[
            place | {"indikator": f"{SUB}#1", "periode": int(tw[-1]), "nilai": value, "asli": "", "kolom": "A"}
            for tw, value in targets.items()
        ],
    )


def answer(tw: int, nilai: int | None, nihil: bool = False, state: str = "terverifikasi") -> Muatan:
    place = {"tahun": 2026, "opd": PUPR}
    origin = {"baris": 9, "kolom": "E", "asli": "", "keterangan": "Catatan", "kendala": "Hujan"}
    value = {"indikator": f"{SUB}#1", "periode": tw, "nilai": None if nilai is None else Decimal(nilai), "nihil": nihil}
    return Muatan(realisasi=[place | origin | value], laporan=[place | {"tw": tw, "keadaan": state}])


def put(engine: Engine, *parts: Muatan) -> None:
    known = rows_of(engine, tables.pemda)
    if not known:
        with engine.begin() as conn:
            conn.execute(tables.pemda.insert().values(kode=PEMDA, nama="Kota", contoh=True))
    for number, part in enumerate(parts):
        store(engine, PEMDA, Berkas(f"{number}.xlsx", f"{number:064d}", JenisBerkas.RENJA, "uji"), part)


def first(engine: Engine, tw: int) -> dict[str, Any]:
    return asked(engine, PUPR, tw)[0]


def test_sums_what_was_accepted_and_starts_from_what_is_stored(engine: Engine) -> None:
    put(engine, plan_of(q1=Decimal(2), q2=Decimal(3), q3=Decimal("1.5")), answer(1, 1), answer(2, 4))
    put_later = first(engine, 3)
    assert (put_later["target"], put_later["sebelumnya"], put_later["realisasi"]) == (Decimal("6.5"), Decimal(5), None)
    again = first(engine, 2)
    assert (again["target"], again["sebelumnya"], again["realisasi"]) == (Decimal(5), Decimal(1), Decimal(4))
    assert (again["keterangan"], again["kendala"]) == ("Catatan", "Hujan")


def test_a_report_nobody_accepted_is_no_past_but_is_a_beginning(engine: Engine) -> None:
    put(engine, plan_of(q1=Decimal(2), q2=Decimal(3)), answer(1, 1, state="terkirim"))
    assert first(engine, 2)["sebelumnya"] is None
    assert first(engine, 1)["realisasi"] == Decimal(1)


def test_nihil_is_said_and_leaves_the_target(engine: Engine) -> None:
    put(engine, plan_of(q1=Decimal(2), q2=Decimal(3)), answer(1, None, nihil=True))
    row = first(engine, 2)
    assert (row["target"], row["sebelumnya"]) == (Decimal(3), NIHIL)
    assert first(engine, 1)["realisasi"] == NIHIL


def test_indicators_are_counted_as_people_count(engine: Engine) -> None:
    put(engine, plan_of())
    assert [row["kode"] for row in asked(engine, PUPR, 1)] == [f"{SUB}#1", f"{SUB}#2", f"{SUB}#10", SUB]


def test_the_pagu_is_the_one_in_force_at_the_quarters_end(engine: Engine) -> None:
    place = {"tahun": 2026, "opd": PUPR, "node": SUB, "baris": 9, "kolom": "F"}
    months = [
        place | {"bulan": 1, "realisasi": 10},
        place | {"bulan": 2, "realisasi": None, "pagu": 90},
        place | {"bulan": 4, "realisasi": 7, "pagu": 80, "fisik": Decimal(20)},
        place | {"bulan": 6, "realisasi": 5, "fisik": Decimal("30.5")},
    ]
    put(engine, plan_of(), Muatan(keuangan=months))
    money = {tw: asked(engine, PUPR, tw)[-1] for tw in (1, 2, 3)}
    assert [money[tw]["target"] for tw in (1, 2, 3)] == [90, 80, 80]
    assert [money[tw]["sebelumnya"] for tw in (1, 2, 3)] == [None, 10, 22]
    assert [money[2][f"bulan_{at}"] for at in (1, 2, 3)] == [7, None, 5]
    assert [money[tw]["fisik"] for tw in (1, 2, 3)] == [None, Decimal("30.5"), None]
