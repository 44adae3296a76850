"""A typo in an id fails in a tenth of a second: callbacks against the ids the pages draw."""

import json

import dash

from callbacks.section import SECTIONS
from pages.parts import ids

OURS = {name: value for name, value in vars(ids).items() if name.isupper()}


def rooms(server):
    return {page["path_template"] or page["path"]: page["layout"]() for page in dash.page_registry.values()}


def test_every_section_has_its_place_on_its_page(server):
    drawn = rooms(server)
    for place, part in SECTIONS.items():
        assert place in drawn[part.template], (place, part.template)


def test_every_place_of_a_page_has_its_section(server):
    for template, room in rooms(server).items():
        for place in room.children:
            assert SECTIONS[place.id].template == template


def test_a_place_that_does_not_follow_the_address_says_so(server):
    """A soft link asks for every place that is not marked, with the address as an input: such a question of the others
    is refused as malformed."""
    follows = {}
    for entry in json.loads(server.test_client().get("/_dash-dependencies").data):
        follows[entry["output"]] = any(wire["property"] == "search" for wire in entry["inputs"])
    marked = []
    for room in rooms(server).values():
        for place in room.children:
            assert hasattr(place, "data-tetap") != follows[f"{place.id}.children"], place.id
            marked += [place.id] if hasattr(place, "data-tetap") else []
    assert len(marked) == 2


def test_exactly_one_section_of_a_page_speaks_of_errors(server):
    for template in rooms(server):
        leads = [part.place for part in SECTIONS.values() if part.template == template and part.utama]
        assert len(leads) == 1, template


def test_callbacks_only_name_known_ids(server):
    known = set(OURS.values()) | {"_pages_content", "_pages_store", "_pages_dummy"}
    for entry in json.loads(server.test_client().get("/_dash-dependencies").data):
        for wire in entry["inputs"] + entry["state"]:
            assert wire["id"] in known


def test_ids_are_unique_constants():
    assert len(set(OURS.values())) == len(OURS)


def test_rooms_hold_no_data(server):
    for room in rooms(server).values():
        assert all(getattr(place, "children", None) is None for place in room.children)


def test_addresses_are_promises(server):
    """The saved list: a route or page that vanishes fails here."""
    promised = {"/", "/opd/<kode>", "/pimpinan", "/metodologi", "/masuk", "/keluar", "/healthz", "/readyz"}
    promised |= {"/akun", "/kelola/akun", "/kelola/undang", "/kelola/jejak", "/kelola/jejak.csv"}
    promised |= {"/kepatuhan", "/unggah", "/unggah/templat.xlsx", "/unggah/isi", "/tanda-terima"}
    promised |= {"/verifikasi", "/verifikasi/<int:nomor>", "/kelola/kalender", "/kelola/kontak"}
    promised |= {"/arahan", "/arahan/baru", "/arahan/<int:nomor>"}
    promised |= {"/unduhan", "/unduhan/<int:nomor>/berkas", "/formulir/rapor/<opd>.pdf"}
    promised |= {"/aset/<path:filename>", "/robots.txt", "/sitemap.xml"}
    promised |= {"/masuk/kode", "/masuk/pasang", "/masuk/sso", "/undangan/<token>"}
    promised |= {"/formulir", "/formulir/e81/<opd>.xlsx", "/formulir/e81/<opd>.pdf"}
    promised |= {"/analisis", "/analisis/unduh.csv", "/analisis/kamus.csv", "/analisis/unduh.xlsx"}
    there = set(rooms(server)) | {rule.rule for rule in server.url_map.iter_rules()}
    assert promised <= there
