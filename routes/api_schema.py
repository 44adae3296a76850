"""The API described for programs (OpenAPI 3.1), made from the same columns the answers are."""

from typing import Any, Final

from data.terbuka import COLUMNS, LICENCE, LICENCE_URL, TITLES, Isi, JenisData, Kolom
from data.words import Status

Schema = dict[str, Any]
KINDS: Final = {Isi.TEKS: "string", Isi.BULAT: "integer", Isi.DESIMAL: "number", Isi.YA: "boolean"}
TEXT: Final[Schema] = {"type": "string"}
MAYBE_TEXT: Final[Schema] = {"type": ["string", "null"]}
MAYBE_NUMBER: Final[Schema] = {"type": ["integer", "null"]}
TEXT_PARAMETER: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^[\x21-\x7e]+$"}
PARAMETERS: Final[dict[str, tuple[str, Schema]]] = {
    "tahun": ("Tahun anggaran; bawaan yang terbaru.", {"type": "integer", "minimum": 1, "maximum": 9999}),
    "tw": (
        "Triwulan 1 sampai 4; bawaan yang terakhir pada tahun itu.",
        {"type": "integer", "minimum": 1, "maximum": 4},
    ),
    "edisi": (
        "Edisi terbitan; bawaan yang terbaru. Isinya tidak pernah berubah.",
        {"type": "integer", "minimum": 1, "maximum": 9999},
    ),
    "halaman": ("Halaman, mulai dari 1.", {"type": "integer", "minimum": 1, "maximum": 100000, "default": 1}),
    "per_halaman": ("Baris per halaman.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    "opd": ("Hanya OPD atau unit dengan kode ini.", TEXT_PARAMETER),
    "status": ("Hanya baris dengan status ini.", {"type": "string", "enum": [one.value for one in Status]}),
}
PERIOD: Final = ("tahun", "tw", "edisi")
PAGES: Final = ("halaman", "per_halaman")
FILTERS: Final = {
    JenisData.KOTA: (),
    JenisData.OPD: ("status",),
    JenisData.PROGRAM: ("opd", "status"),
    JenisData.INDIKATOR: ("opd", "status"),
    JenisData.UANG: ("opd",),
}


def description(address: str) -> Schema:
    """The whole description; ``address`` is the site's own."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "e-Monev: data kinerja terbuka",
            "version": "1.0.0",
            "summary": "Kinerja dan anggaran perangkat daerah yang sudah dilaporkan, untuk dibaca program.",
            "license": {"name": LICENCE, "url": LICENCE_URL},
        },
        "servers": [{"url": address}],
        "paths": paths(),
        "components": {"schemas": schemas(), "parameters": {name: parameter(name) for name in PARAMETERS}},
    }


def paths() -> Schema:
    found: Schema = {
        "/api/v1/": operation("Isi API ini", {"type": "object"}),
        "/api/v1/openapi.json": operation("Uraian ini", {"type": "object"}),
        "/api/v1/periode": operation("Triwulan yang tersedia", listed({"$ref": "#/components/schemas/periode"})),
        "/api/v1/kamus": operation("Arti tiap kolom", listed({"type": "object"})),
        "/api/v1/opd/{kode}": operation("Satu perangkat daerah", one_office(), PERIOD, path="kode"),
    }
    for jenis in JenisData:
        found[f"/api/v1/{jenis.value}"] = operation(TITLES[jenis], paged(jenis), (*PERIOD, *PAGES, *FILTERS[jenis]))
    return dict(sorted(found.items()))


def operation(title: str, schema: Schema, parameters: tuple[str, ...] = (), path: str | None = None) -> Schema:
    """One address that is only read."""
    given: list[Schema] = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    if path is not None:
        given.append({"name": path, "in": "path", "required": True, "schema": TEXT_PARAMETER})
    responses: Schema = {
        "200": {"description": "Berhasil", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Sama dengan yang sudah dimiliki peminta (If-None-Match)"},
        **{code: refused(words) for code, words in REFUSALS.items()},
    }
    return {"get": {"summary": title, "parameters": given, "responses": responses}}


REFUSALS: Final = {
    "400": "Parameter tidak dapat dibaca",
    "404": "Tidak ditemukan",
    "429": "Terlalu banyak permintaan; lihat Retry-After",
    "503": "Data sedang tidak dapat dibaca",
}


def refused(words: str) -> Schema:
    schema = {"$ref": "#/components/schemas/masalah"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def parameter(name: str) -> Schema:
    words, schema = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def schemas() -> Schema:
    rows = {jenis.value: row_schema(COLUMNS[jenis]) for jenis in JenisData}
    return rows | {"keterangan": META, "periode": PERIODE, "masalah": MASALAH}


def row_schema(columns: tuple[Kolom, ...]) -> Schema:
    properties = {one.nama: column_schema(one) for one in columns}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def column_schema(one: Kolom) -> Schema:
    kind: Any = [KINDS[one.isi], "null"] if one.boleh_kosong else KINDS[one.isi]
    return {"type": kind, "description": f"{one.arti} Satuan: {one.satuan}." if one.satuan else one.arti}


def listed(schema: Schema) -> Schema:
    return {"type": "object", "properties": {"data": {"type": "array", "items": schema}}, "required": ["data"]}


def one_office() -> Schema:
    row = {"$ref": "#/components/schemas/opd"}
    meta = {"$ref": "#/components/schemas/keterangan"}
    return {"type": "object", "properties": {"meta": meta, "data": row}, "required": ["meta", "data"]}


def paged(jenis: JenisData) -> Schema:
    found = listed({"$ref": f"#/components/schemas/{jenis.value}"})
    links = {"type": "object", "properties": {"ini": TEXT, "sebelum": MAYBE_TEXT, "sesudah": MAYBE_TEXT}}
    found["properties"] |= {"meta": {"$ref": "#/components/schemas/keterangan"}, "tautan": links}
    return found | {"required": ["meta", "tautan", "data"]}


META: Final[Schema] = {
    "type": "object",
    "properties": {
        "pemda": TEXT,
        "nama": TEXT,
        "data_contoh": {"type": "boolean"},
        "tahun": {"type": "integer"},
        "tw": {"type": "integer"},
        "data_per": TEXT,
        "keadaan": {"type": "string", "enum": ["terbit", "sementara"]},
        "edisi": MAYBE_NUMBER,
        "terbit_pada": MAYBE_TEXT,
        "lisensi": TEXT,
        "lisensi_alamat": TEXT,
        "jumlah": {"type": "integer"},
        "halaman": {"type": "integer"},
        "per_halaman": {"type": "integer"},
    },
    "required": ["pemda", "tahun", "tw", "keadaan", "lisensi"],
}
PERIODE: Final[Schema] = {
    "type": "object",
    "properties": {
        "tahun": {"type": "integer"},
        "tw": {"type": "integer"},
        "nama": TEXT,
        "data_per": TEXT,
        "keadaan": {"type": "string", "enum": ["terbit", "sementara"]},
        "edisi": MAYBE_NUMBER,
        "terbit_pada": MAYBE_TEXT,
    },
    "required": ["tahun", "tw", "keadaan"],
}
MASALAH: Final[Schema] = {
    "type": "object",
    "properties": {"title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
    "required": ["title", "status", "detail"],
}
