"""The golden table: every route × method and every callback, forged bodies included, for the whole cast.

``akses.csv`` says what each must get. The test walks Flask's and Dash's own lists, so what is missing, extra or
different fails. After a change that is meant, write the table anew (set ``EMONEV_TULIS_AKSES=1`` for one run of this
file) and read its difference line by line before committing it.
"""

import csv
import json
import os
from pathlib import Path

import pytest

from data.accounts import create_account, disable_account
from data.jejak import Pelaku
from data.layar import make_screen
from data.words import Peran
from tests.conftest import CAST, PASSWORD, sign_in

TABLE = Path(__file__).with_name("akses.csv")
OPD_A, OPD_B = "1.03.0.00.0.00.01.0000", "1.06.0.00.0.00.01.0000"
PEOPLE = ["stranger", *(name for name, *_ in CAST), "nonaktif", "setengah", "layar"]
METHODS = ("GET", "POST", "DELETE")
# What stands for each variable part of an address.
EXAMPLES = {
    "package_name": "dash",
    "fingerprinted_path": "dash-renderer/build/dash_renderer.min.js",
    "filename": "favicon.svg",
    "path": "tidak-ada",
    "token": "karangan",
    "sha": "0" * 64,
    "nama": "tidak-ada",
    "kode": OPD_B,
    "sesi": "0" * 16,
    "nomor": "1",
    "putusan": "terima",
    "opd": OPD_B,
    "tahun": "2026",
    "tw": "3",
    "bagan": "kota",
    "tanda": "EM-2026-3-999999",
    "rest": "tidak-ada",
}
PAGES = (
    *("/", "/metodologi", "/data", "/sematan", f"/opd/{OPD_A}", "/opd/tidak-ada"),
    *("/pimpinan", "/kepatuhan", "/analisis", "/analisis/peringatan"),
)
ADDRESS = "192.0.2.77"
"""Of its own: guesses are counted by address, and other tests guess too."""
LEADERS_ONLY = ("/analisis",)
ADMIN_ONLY = ("/kelola/akun", "/kelola/undang", "/kelola/jejak", "/kelola/layar")
BAPPEDA_ONLY = ("/verifikasi", "/kelola/kalender", "/kelola/kontak", "/kelola/rencana")
OPERATOR_ONLY = ("/unggah/draf", "/unggah/versi", "/unggah/berkas", "/unggah/isi", "/unggah/templat")
LOCATION = "_pages_location"
ROUTER = ".._pages_content.children..._pages_store.data.."


@pytest.fixture(scope="module")
def clients(server, city):
    with city.begin() as conn:
        create_account(conn, "16.71", "nonaktif", "Ditutup", PASSWORD, Peran.ADMIN)
        create_account(conn, "16.71", "setengah", "Separuh", PASSWORD, Peran.ADMIN)
    people = [nama for nama in PEOPLE if nama != "layar"]
    found = {nama: sign_in(server, nama, "kode" if nama == "setengah" else "penuh") for nama in people}
    found["layar"] = server.test_client()
    found["layar"].set_cookie("emonev_layar", make_screen(city, "16.71", Pelaku("admin"), "Layar tabel"))
    for client in found.values():
        client.environ_base["REMOTE_ADDR"] = ADDRESS
    with city.begin() as conn:
        disable_account(conn, "16.71", "nonaktif")
    return found


def addresses(server):
    """(name, address, method) of every rule of Flask's own map, and of every page Dash draws."""
    known = {}
    for rule in server.url_map.iter_rules():
        if rule.rule not in ("/", "/<path:path>"):
            known.setdefault(str(rule), rule)
    for _, rule in sorted(known.items()):
        path = rule.build({name: EXAMPLES[name] for name in rule.arguments})[1]
        yield from ((str(rule), path, method) for method in METHODS)
    for path in (*PAGES, "/tidak-ada"):
        yield from ((path, path, method) for method in METHODS)


def wired(entry, path="/", search=""):
    """A well-formed body for one entry of Dash's list; every pathname and search is what the sender likes."""
    said = {"pathname": path, "search": search}

    def wires(found):
        return [{"id": w["id"], "property": w["property"], "value": said.get(w["property"])} for w in found]

    output = entry["output"]
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in output.strip(".").split("...")
    ]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": wires(entry["inputs"]),
        "state": wires(entry["state"]),
        "changedPropIds": [f"{LOCATION}.pathname"],
    }


def callbacks(server):
    """(name, variant, body) of every callback on the server, with addresses of its own and of others."""
    for entry in json.loads(server.test_client().get("/_dash-dependencies").data):
        if entry["clientside_function"]:
            continue
        for path, search in (
            ("/", ""),
            ("/pimpinan", ""),
            ("/pimpinan", f"?opd={OPD_B}"),
            (f"/opd/{OPD_A}", "?tahun=2026&tw=3"),
        ):
            yield entry["output"], f"{path}{search}", wired(entry, path, search)


def forged(server):
    """(variant, body) of what no browser of ours would send."""
    entries = {entry["output"]: entry for entry in json.loads(server.test_client().get("/_dash-dependencies").data)}
    closed = wired(entries["pimpinan-ringkasan.children"], "/")
    router = wired(entries[ROUTER], "/pimpinan")
    value = dict(closed["inputs"][0])
    yield "bukan JSON", "{{{"
    yield "kosong", ""
    yield "daftar", "[]"
    yield "angka", "7"
    yield "null", "null"
    yield "dalam sekali", "[" * 30_000
    yield "keluaran lain", {**closed, "output": "tidak-ada.children"}
    yield "keluaran berpola", {**closed, "output": '{"jenis":"opd","indeks":["ALL"]}.children'}
    yield "keluaran bukan teks", {**closed, "output": {"id": "x"}}
    yield "tanpa masukan", {**closed, "inputs": []}
    yield "masukan kurang", {**closed, "inputs": closed["inputs"][:1]}
    yield "masukan lebih", {**closed, "inputs": [*closed["inputs"], value]}
    yield "masukan berpola", {**closed, "inputs": [{**value, "id": {"jenis": "x"}}, closed["inputs"][1]]}
    yield "masukan orang lain", {**closed, "inputs": [{**value, "id": "sesi"}, closed["inputs"][1]]}
    yield "masukan bukan daftar", {**closed, "inputs": {"0": value}}
    yield "keadaan lebih", {**closed, "state": [{"id": "peran", "property": "data", "value": "admin"}]}
    yield "nilai bukan teks", {**closed, "inputs": [{**w, "value": {"a": [1]}} for w in closed["inputs"]]}
    yield "nilai angka", {**closed, "inputs": [{**w, "value": 12} for w in closed["inputs"]]}
    yield "ruang tertutup", router
    yield "ruang karangan", wired(entries[ROUTER], "/pimpinan/../admin")
    yield "ruang bukan teks", wired(entries[ROUTER], ["/pimpinan"])


def said(answer):
    """What an answer comes to: its code, where it leads, and whether a closed room or its figures are in it."""
    text = answer.get_data().decode("utf-8", "replace")
    code = str(answer.status_code)
    if "Location" in answer.headers:
        code += " " + answer.headers["Location"].split("?")[0]
    return f"{code} tertutup" if "pimpinan-ringkasan" in text and answer.status_code == 200 else code


def rows(server, clients):
    """One row per thing asked: kind, name, variant, and the answer for each of the cast."""
    for name, path, method in addresses(server):
        asked = {nama: clients[nama].open(path, method=method) for nama in PEOPLE}
        yield ["rute", name, method, *(said(asked[nama]) for nama in PEOPLE)]
    url = "/_dash-update-component"
    for output, variant, body in callbacks(server):
        yield ["panggilan", output, variant, *(said(clients[nama].post(url, json=body)) for nama in PEOPLE)]
    for variant, body in forged(server):
        data = body if isinstance(body, str) else json.dumps(body)
        answers = [clients[nama].post(url, data=data, content_type="application/json") for nama in PEOPLE]
        yield ["palsu", "pimpinan", variant, *map(said, answers)]


def test_the_golden_table(server, clients, record_property):
    head = ["jenis", "nama", "varian", *PEOPLE]
    found = [head, *rows(server, clients)]
    if os.environ.get("EMONEV_TULIS_AKSES"):
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(found)
    with TABLE.open(newline="", encoding="utf-8") as file:
        wanted = list(csv.reader(file, delimiter=";"))
    cells = sum(len(row) - 3 for row in found[1:])
    record_property("angka", f"golden access table: {cells} cells ({len(found) - 1} rows × {len(PEOPLE)} people)")
    assert found == wanted
    assert cells > 500


def test_the_table_keeps_the_closed_closed():
    """Read as a rule, whoever wrote the table anew: nobody but leaders, Bappeda and admin gets into /pimpinan."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter=";"))
    closed = [row for row in table if "pimpinan" in row["nama"] or "ruang" in row["varian"]]
    assert len(closed) > 20
    for row in closed:
        for nama in ("stranger", "operator-a", "operator-b", "nonaktif", "setengah"):
            assert "tertutup" not in row[nama], row
            assert row["jenis"] != "panggilan" or not row[nama].startswith("200"), row
    shut = {"403", "404", "405", "302 /masuk", "303 /masuk"}
    for row in table:
        outside = {"sekda", "operator-a", "operator-b"} if row["nama"].startswith(BAPPEDA_ONLY) else set()
        outside |= {"operator-a", "operator-b"} if row["nama"].startswith(LEADERS_ONLY) else set()
        outside |= {"sekda", "bappeda", "admin"} if row["nama"].startswith(OPERATOR_ONLY) else set()
        assert {row[nama] for nama in outside} <= shut, row
    admin = [row for row in table if row["nama"].startswith(ADMIN_ONLY)]
    for row in admin:
        for nama in ("stranger", "sekda", "bappeda", "operator-a", "operator-b", "nonaktif", "setengah"):
            assert row[nama] in shut, row
    for row in table:
        assert not any(row[nama].startswith("500") for nama in PEOPLE), row


def test_a_screen_opens_the_wall_and_nothing_else():
    """Its token is a stranger's everywhere but there, and there it alone is let in, to read."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter=";"))
    walls = [row for row in table if row["nama"] in ("/dinding", "/dinding/isi") and row["varian"] == "GET"]
    assert len(walls) == 2
    for row in walls:
        assert row["layar"] == "200", row
        assert {row[nama] for nama in PEOPLE if nama != "layar"} == {"403"}, row
    assert all(row["layar"] == row["stranger"] for row in table if row not in walls)
