"""Instructions: who may do what, every step once, no number twice, and lists that a naive twin agrees with."""

import random
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from data import arahan, tables
from data.arahan import FURTHEST, LONGEST, LONGEST_ANSWER, Perihal, accept, answer, give, send_back, withdraw
from data.arahan_siapa import can_answer, can_give, can_judge, can_see, can_withdraw
from data.engine import reading, writing
from data.errors import BadParameterError, ConflictError, NotAllowedError, NotFoundError
from data.jejak import Pelaku, verify_chain
from data.queries.arahan import (
    Hitung,
    Saring,
    about_place,
    count_open,
    figure_at,
    instructions,
    one_instruction,
    open_by_opd,
    open_places,
    place_names,
    read_instruction,
    steps,
    stirring,
)
from data.words import KeadaanArahan, Peran, Tindakan
from tests.conftest import add_account
from tests.routes.siklus_uji import SUB, TW, YEAR, A, B, P, fill

TODAY = date(2026, 10, 20)
UNIT = "1.03.0.00.0.00.01.0001"
SEKDA, BAPPEDA, ADMIN = Pelaku("sekda", "pimpinan"), Pelaku("bappeda", "bappeda"), Pelaku("admin", "admin")
WAKIL, PEER = Pelaku("wakil", "pimpinan"), Pelaku("bappeda-2", "bappeda")
OPR_A, OPR_B, OPR_UNIT = Pelaku("opr-a", "opd", A), Pelaku("opr-b", "opd", B), Pelaku("opr-u", "opd", UNIT)
CAST = (SEKDA, WAKIL, BAPPEDA, PEER, ADMIN, OPR_A, OPR_B, OPR_UNIT)
HERE = Perihal(YEAR, TW, A, "1.01.02")
TEXT = "Susun jadwal percepatan."


@pytest.fixture
def house(engine):
    fill(engine)
    with writing(engine) as conn:
        unit = {"pemda": P, "kode": UNIT, "nama": "UPTD Apel", "induk": A, "urutan": 9}
        conn.execute(insert(tables.opd), [unit])
        add_account(conn, P, "sekda", "Sekretaris Daerah", Peran.PIMPINAN)
    return engine


def given(house, who=SEKDA, at=HERE, text=TEXT, due=None):
    return give(house, P, who, at, text, due, TODAY).nomor


def row(house, nomor):
    with reading(house) as conn:
        return read_instruction(conn, P, nomor)


def ask(house, question, *args):
    with reading(house) as conn:
        return question(conn, P, *args)


def trail(house):
    t = tables.jejak.c
    wanted = (Tindakan.ARAHAN.value, Tindakan.ARAHAN_BALASAN.value)
    with reading(house) as conn:
        assert verify_chain(conn, P) is None
        query = select(t.pelaku, t.tindakan, t.objek).where(t.tindakan.in_(wanted)).order_by(t.nomor)
        return [tuple(one) for one in conn.execute(query)]


# --- who may: the whole cast against every right ---

RIGHTS = {"lihat": can_see, "jawab": can_answer, "putus": can_judge, "tarik": can_withdraw}
EVERYBODY = {"sekda", "wakil", "bappeda", "bappeda-2", "admin"}
TRUTH = {
    ("sekda", A): {
        "lihat": EVERYBODY | {"opr-a"},
        "jawab": {"opr-a"},
        "putus": {"sekda", "wakil"},
        "tarik": {"sekda"},
    },
    ("bappeda", A): {
        "lihat": EVERYBODY | {"opr-a"},
        "jawab": {"opr-a"},
        "putus": {"sekda", "wakil", "bappeda", "bappeda-2"},
        "tarik": {"bappeda"},
    },
    ("bappeda", UNIT): {
        "lihat": EVERYBODY | {"opr-a", "opr-u"},
        "jawab": {"opr-a", "opr-u"},
        "putus": {"sekda", "wakil", "bappeda", "bappeda-2"},
        "tarik": {"bappeda"},
    },
}


def test_who_may_do_what(house):
    for (giver, opd), truth in TRUTH.items():
        who = next(one for one in CAST if one.nama == giver)
        found = row(house, given(house, who, Perihal(YEAR, TW, opd)))
        for name, can in RIGHTS.items():
            assert {one.nama for one in CAST if can(one, found)} == truth[name], (giver, opd, name)


def test_who_may_give(house):
    assert {one.nama for one in CAST if can_give(one)} == {"sekda", "wakil", "bappeda", "bappeda-2"}
    for who in (ADMIN, OPR_A):
        with pytest.raises(NotAllowedError, match="pimpinan dan Bappeda"):
            given(house, who)
    assert trail(house) == []


def test_a_right_is_asked_for_where_the_deed_is_done(house):
    nomor = given(house)
    for who in (OPR_B, OPR_UNIT):
        with pytest.raises(NotFoundError, match=r"Tidak ditemukan\."):
            answer(house, P, who, nomor, 0, "x", False)
    for who in (SEKDA, BAPPEDA, ADMIN):
        with pytest.raises(NotAllowedError):
            answer(house, P, who, nomor, 0, "x", False)
    for who in (BAPPEDA, WAKIL, OPR_A):
        with pytest.raises(NotAllowedError):
            withdraw(house, P, who, nomor, 0)
    answer(house, P, OPR_A, nomor, 0, "Sudah.", True)
    for who in (BAPPEDA, ADMIN, OPR_A):
        with pytest.raises(NotAllowedError):
            accept(house, P, who, nomor, 1)
    assert len(trail(house)) == 2


# --- the way of an instruction ---


def test_the_whole_way(house):
    nomor = given(house, due=TODAY)
    assert (row(house, nomor)["keadaan"], row(house, nomor)["langkah"]) == (KeadaanArahan.BARU, 0)
    answer(house, P, OPR_A, nomor, 0, "", False)
    answer(house, P, OPR_A, nomor, 1, "Jadwal\r\nterlampir.\0\u202e", True)
    send_back(house, P, WAKIL, nomor, 2, "Belum ada tanggalnya.")
    answer(house, P, OPR_A, nomor, 3, "Tanggal 1 Desember.", True)
    accept(house, P, SEKDA, nomor, 4)
    found = ask(house, steps, [nomor])
    assert list(found["keadaan"]) == ["dikerjakan", "selesai", "dikerjakan", "selesai", "diterima"]
    assert found["isi"].iloc[1] == "Jadwal\nterlampir.", "what no screen can show is left out, lines stay"
    assert list(found["nama"]) == ["opr-a", "opr-a", "wakil", "opr-a", "Sekretaris Daerah"]
    assert row(house, nomor)["ditutup_pada"] is not None
    assert [one[1] for one in trail(house)] == [
        "arahan",
        "arahan_balasan",
        "arahan_balasan",
        "arahan",
        "arahan_balasan",
        "arahan",
    ]
    with pytest.raises(ConflictError, match="Diterima"):
        answer(house, P, OPR_A, nomor, 5, "lagi", False)


def test_withdrawn_only_while_new(house):
    first, second = given(house), given(house, text="Lain.")
    withdraw(house, P, SEKDA, first, 0)
    assert (row(house, first)["keadaan"], row(house, first)["ditutup_pada"] is None) == ("ditarik", False)
    answer(house, P, OPR_A, second, 0, "", False)
    with pytest.raises(ConflictError, match="“Dikerjakan”, jadi tidak dapat ditarik"):
        withdraw(house, P, SEKDA, second, 1)


def test_only_what_is_done_is_judged(house):
    nomor = given(house)
    for deed in (lambda: accept(house, P, SEKDA, nomor, 0), lambda: send_back(house, P, SEKDA, nomor, 0, "x")):
        with pytest.raises(ConflictError, match="Baru"):
            deed()


def test_words_are_asked_for_where_they_matter(house):
    nomor = given(house)
    with pytest.raises(BadParameterError, match="Jawaban belum diisi"):
        answer(house, P, OPR_A, nomor, 0, " \n\0 ", True)
    with pytest.raises(BadParameterError, match=f"paling banyak {LONGEST_ANSWER} huruf"):
        answer(house, P, OPR_A, nomor, 0, "x" * (LONGEST_ANSWER + 1), False)
    answer(house, P, OPR_A, nomor, 0, "", False)
    with pytest.raises(BadParameterError, match="Jawaban belum diisi"):
        answer(house, P, OPR_A, nomor, 1, "", False)
    answer(house, P, OPR_A, nomor, 1, "x" * LONGEST_ANSWER, True)
    with pytest.raises(BadParameterError, match="Alasan belum diisi"):
        send_back(house, P, SEKDA, nomor, 2, "  ")
    for text, words in (("", "Arahan belum diisi"), ("x" * (LONGEST + 1), f"yang ditulis {LONGEST + 1}")):
        with pytest.raises(BadParameterError, match=words):
            given(house, text=text)


def test_the_due_date(house):
    for days in (0, FURTHEST.days):
        due = TODAY + timedelta(days=days)
        assert row(house, given(house, due=due))["tenggat"] == due
    for days in (-1, FURTHEST.days + 1):
        with pytest.raises(BadParameterError, match="Tenggat"):
            given(house, due=TODAY + timedelta(days=days))


BAD = (
    (Perihal(YEAR, TW, "tidak-ada"), "OPD dengan kode"),
    (Perihal(YEAR, TW, A, "9.99"), "Program atau kegiatan"),
    (Perihal(YEAR, TW, UNIT, SUB), "Program atau kegiatan"),
    (Perihal(YEAR, TW, A, "", "9.99#1"), "Indikator ini"),
    (Perihal(YEAR, TW, A, "1.01.02", f"{SUB}#1"), "Indikator ini"),
    (Perihal(YEAR, 4, A), "belum dibuka"),
    (Perihal(1999, 1, A), "belum dibuka"),
)


def test_only_what_the_plan_holds(house):
    for at, words in BAD:
        with pytest.raises(BadParameterError, match=words):
            given(house, at=at)
    assert trail(house) == []


def test_an_indicator_brings_its_node(house):
    found = row(house, given(house, at=Perihal(YEAR, TW, A, "", f"{SUB}#1")))
    assert (found["node"], found["indikator"]) == (SUB, f"{SUB}#1")
    names = ask(house, place_names, YEAR, (A, SUB, f"{SUB}#1"))
    assert (names["opd_nama"], names["level"], names["indikator_nama"]) == (
        "Dinas Apel",
        "sub_kegiatan",
        "Panjang jalan",
    )
    assert ask(house, figure_at, YEAR, TW, A, SUB, f"{SUB}#1")["status"] == "belum_lapor"
    assert ask(house, figure_at, YEAR, TW, A, "", "")["status"] == "belum_lapor"
    assert ask(house, figure_at, YEAR, TW, A, "9.99", "") == {}


# --- once, and one after the other ---


def test_a_form_sent_twice_gives_once(house):
    first = give(house, P, SEKDA, HERE, TEXT, None, TODAY)
    assert give(house, P, SEKDA, HERE, f"  {TEXT}\r\n", None, TODAY) == arahan.Diberi(first.nomor, True)
    others = [
        given(house, WAKIL),
        given(house, due=TODAY),
        given(house, at=Perihal(YEAR, 2, A, "1.01.02")),
        given(house, at=Perihal(YEAR, TW, B, "1.01.02")),
    ]
    assert others == [2, 3, 4, 5]
    withdraw(house, P, SEKDA, first.nomor, 0)
    assert given(house) == 6, "closed: the same may be asked anew"


def test_a_step_sent_twice_is_taken_once(house):
    nomor = given(house)
    for _ in range(2):
        answer(house, P, OPR_A, nomor, 0, "Sudah.", True)
    for _ in range(2):
        accept(house, P, SEKDA, nomor, 1)
    assert (row(house, nomor)["langkah"], len(trail(house))) == (2, 3)


def test_two_tabs_the_second_is_told(house):
    nomor = given(house)
    answer(house, P, OPR_A, nomor, 0, "Dari tab pertama.", False)
    with pytest.raises(ConflictError, match="sudah berubah sejak Anda membukanya"):
        answer(house, P, OPR_A, nomor, 0, "Dari tab kedua.", False)
    with pytest.raises(ConflictError, match="sudah berubah"):
        withdraw(house, P, SEKDA, nomor, 0)
    for seen in (0, 2, 99):
        with pytest.raises(ConflictError):
            answer(house, P, OPR_A, nomor, seen, "x", True)
    assert row(house, nomor)["langkah"] == 1


def at_once(*deeds):
    """What each deed answered or raised, all of them begun at the same moment."""
    gate, found = threading.Barrier(len(deeds)), []

    def run(deed):
        gate.wait()
        try:
            found.append(deed())
        except (ConflictError, NotFoundError) as error:
            found.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_twenty_at_once_get_twenty_numbers(house):
    found = at_once(*(lambda n=n: given(house, text=f"Arahan ke-{n}") for n in range(20)))
    assert sorted(found) == list(range(1, 21))
    assert len(trail(house)) == 20


def test_twenty_clicks_at_once_give_one(house):
    assert at_once(*(lambda: given(house) for _ in range(20))) == [1] * 20
    assert len(trail(house)) == 1


def test_taken_back_and_taken_up_at_once_one_wins(house):
    nomor = given(house)
    found = at_once(
        lambda: withdraw(house, P, SEKDA, nomor, 0),
        lambda: answer(house, P, OPR_A, nomor, 0, "Mulai.", False),
    )
    assert sorted(type(one).__name__ for one in found) == ["ConflictError", "NoneType"]
    assert row(house, nomor)["langkah"] == 1


def test_what_is_not_there(house):
    for nomor in (0, -1, 7, 2**31, 10**30):
        with pytest.raises(NotFoundError, match=r"Tidak ditemukan\."):
            row(house, nomor)
        with pytest.raises(NotFoundError, match=r"Tidak ditemukan\."):
            ask(house, one_instruction, nomor, TODAY)


# --- lists, against a naive twin ---


def grown(house, seed=7, count=40):
    """Many instructions after a random walk; what each must be, kept beside in plain Python."""
    dice, model = random.Random(seed), {}
    places = [Perihal(YEAR, tw, opd, node) for tw in (1, 2, 3) for opd in (A, B, UNIT) for node in ("", "1.01.02")]
    places = [one for one in places if not (one.opd == UNIT and one.node)]
    for n in range(count):
        at, due = dice.choice(places), dice.choice([None, TODAY, TODAY + timedelta(days=dice.randint(1, 9))])
        nomor = given(house, at=at, text=f"Arahan {n}", due=due)
        known = model[nomor] = {"at": at, "due": due, "state": "baru", "last": None, "step": 0}
        operator = OPR_B if at.opd == B else OPR_A
        for _ in range(dice.randint(0, 4)):
            moves = {
                "baru": [("dikerjakan", operator), ("selesai", operator), ("ditarik", SEKDA)],
                "dikerjakan": [("dikerjakan", operator), ("selesai", operator)],
                "selesai": [("dikerjakan", WAKIL), ("diterima", WAKIL)],
            }.get(known["state"], [])
            if not moves:
                break
            state, who = dice.choice(moves)
            deed = {"ditarik": withdraw, "diterima": accept}.get(state)
            words = f"langkah {known['step']}"
            if who is operator:
                answer(house, P, who, nomor, known["step"], words, state == "selesai")
            elif deed is not None:
                deed(house, P, who, nomor, known["step"])
            else:
                send_back(house, P, who, nomor, known["step"], words)
            known.update(state=state, last=who.peran, step=known["step"] + 1)
    return model


OPEN = {"baru", "dikerjakan", "selesai"}


def test_lists_and_counts_agree_with_a_naive_twin(house):
    model, now = grown(house), TODAY + timedelta(days=5)

    def late(one):
        return one["state"] in {"baru", "dikerjakan"} and one["due"] is not None and one["due"] < now

    def listed(**given):
        return set(ask(house, instructions, Saring(now, **given))["nomor"])

    def wanted(keep):
        return {nomor for nomor, one in model.items() if keep(one)}

    assert listed() == set(model)
    for state in KeadaanArahan:
        assert listed(keadaan=state.value) == wanted(lambda one, s=state: one["state"] == s)
    assert listed(keadaan="terbuka") == wanted(lambda one: one["state"] in OPEN)
    assert listed(lewat=True) == wanted(late) != set()
    assert listed(opds=(A, UNIT)) == wanted(lambda one: one["at"].opd != B)
    for opds in (None, [A, UNIT], [B], ["tidak-ada"]):
        mine = [one for one in model.values() if one["state"] in OPEN and (opds is None or one["at"].opd in opds)]
        asked = [one for one in mine if (one["state"], one["last"]) in {("baru", None), ("dikerjakan", "pimpinan")}]
        done = [one for one in mine if one["state"] == "selesai"]
        naive = Hitung(len(mine), sum(map(late, mine)), len(done), len(asked))
        assert ask(house, count_open, now, opds) == naive
    by_opd = ask(house, open_by_opd, now)
    for opd, inside in ((A, {A, UNIT}), (B, {B}), (UNIT, {UNIT})):
        mine = [one for one in model.values() if one["state"] in OPEN and one["at"].opd in inside]
        assert by_opd[opd] == (len(mine), sum(map(late, mine)))
    nodes = [one["at"].node for one in model.values() if one["state"] in OPEN and one["at"].opd == A]
    assert sorted(node for node, _ in ask(house, open_places, [A])) == sorted(nodes)


def test_open_ones_come_first_the_most_urgent_on_top(house):
    model, now = grown(house), TODAY + timedelta(days=5)
    found = ask(house, instructions, Saring(now))
    order = [
        (model[nomor]["state"] not in OPEN, model[nomor]["due"] is None, model[nomor]["due"] or TODAY)
        for nomor in found["nomor"]
        if model[nomor]["state"] in OPEN
    ]
    assert order == sorted(order)
    closed = [model[nomor]["state"] not in OPEN for nomor in found["nomor"]]
    assert closed == sorted(closed)
    for line in found.itertuples():
        known = model[line.nomor]
        missed = known["due"] is not None and known["state"] in {"baru", "dikerjakan"}
        assert line.hari_lewat == (max(0, (now - known["due"]).days) if missed else 0)
        assert (line.langkah, line.langkah_peran) == (known["step"], known["last"])


def test_carried_over_until_closed(house):
    """Shown beside the figure from the triwulan it was given in, until the one in which it was closed."""
    opened = {tw: datetime(2026, 3 * tw - 2, 1, tzinfo=UTC) for tw in (1, 2, 3)}
    old, done, later = (given(house, at=Perihal(YEAR, tw, A), text=f"{n}") for n, tw in enumerate((1, 1, 3)))
    answer(house, P, OPR_A, done, 0, "Sudah.", True)
    accept(house, P, SEKDA, done, 1)
    with writing(house) as conn:
        a = tables.arahan
        closed = datetime(2026, 5, 1, tzinfo=UTC)  # in the days of TW II
        conn.execute(update(a).where(a.c.nomor == done).values(ditutup_pada=closed))

    def shown(tw):
        return list(ask(house, about_place, (YEAR, tw), opened[tw], (A, "", ""), TODAY)["nomor"])

    assert (shown(1), shown(2), shown(3)) == ([old, done], [old, done], [old, later])
    assert ask(house, about_place, (YEAR, 3), opened[3], (A, "1.01.02", ""), TODAY).empty
    assert ask(house, about_place, (YEAR, 3), opened[3], (B, "", ""), TODAY).empty


def test_an_indicators_instructions_are_not_its_nodes(house):
    of_indicator = given(house, at=Perihal(YEAR, TW, A, "", f"{SUB}#1"))
    of_node = given(house, at=Perihal(YEAR, TW, A, SUB))
    since = datetime(2026, 1, 1, tzinfo=UTC)

    def shown(*place):
        return list(ask(house, about_place, (YEAR, TW), since, place, TODAY)["nomor"])

    assert (shown(A, SUB, f"{SUB}#1"), shown(A, SUB, "")) == ([of_indicator], [of_node])


def test_the_mark_moves_with_every_deed(house):
    seen = [ask(house, stirring)]
    nomor = given(house)
    for deed in (
        lambda: None,
        lambda: answer(house, P, OPR_A, nomor, 0, "x", True),
        lambda: send_back(house, P, SEKDA, nomor, 1, "x"),
        lambda: answer(house, P, OPR_A, nomor, 2, "y", True),
        lambda: accept(house, P, SEKDA, nomor, 3),
    ):
        deed()
        seen.append(ask(house, stirring))
    assert len(set(seen)) == len(seen)
