"""A file of a plan, from what its address says to what storing it would do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.aturan import read_aturan
from data.engine import reading
from data.errors import BadParameterError
from data.jejak import Pelaku
from data.mentah import read_raw
from data.pratinjau import rehearse
from data.queries.rencana import known_opd
from data.store import Tersimpan
from data.words import JenisBerkas
from loaders import PEMBACA, Gaya, Hasil, Konteks, read_known, save
from loaders.simpan import as_berkas
from loaders.terpisah import check_apart
from routes.session import pintu, settings
from routes.upload import file_name

KINDS = (
    JenisBerkas.RENJA,
    JenisBerkas.IKU,
    JenisBerkas.REALISASI_TW,
    JenisBerkas.INDIKATOR,
    JenisBerkas.KEUANGAN,
)
NAMES = ("jenis", "opd", "tahun", "tw", "angka", "kumulatif", "nama")
"""What the address of a checked file says."""


@dataclass(frozen=True)
class Permintaan:
    """What Bappeda says about a file; '' and None where the file itself tells."""

    jenis: JenisBerkas
    nama: str
    opd: str | None = None
    tahun: int | None = None
    tw: int | None = None
    angka: Gaya | None = None
    kumulatif: bool | None = None


def read_request(given: Mapping[str, str]) -> Permintaan:
    """Raises BadParameterError for what no form of ours says."""
    said = {name: given.get(name, "").strip() for name in NAMES}
    if said["jenis"] not in {kind.value for kind in KINDS}:
        raise BadParameterError("Pilih jenis berkasnya.")
    if said["kumulatif"] not in ("", "ya", "tidak"):
        raise BadParameterError("Pilih cara membaca rupiahnya.")
    if said["opd"]:
        door = pintu()
        with reading(door.engine) as conn:
            if said["opd"] not in known_opd(conn, door.pemda):
                raise BadParameterError("OPD ini tidak dikenal. Pilih dari daftar.")
    return Permintaan(
        JenisBerkas(said["jenis"]),
        file_name(said["nama"]),
        said["opd"] or None,
        _number(said["tahun"], 2000, 2100, "Tahun"),
        _number(said["tw"], 1, 4, "Triwulan"),
        Gaya(said["angka"]) if said["angka"] in set(Gaya) else None,
        said["kumulatif"] == "ya" if said["kumulatif"] else None,
    )


def _number(text: str, least: int, most: int, what: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most):
        raise BadParameterError(f"{what} ditulis {least} sampai {most}, atau dikosongkan.")
    return int(text)


def check_plan_file(sha: str, asked: Permintaan, oleh: str) -> tuple[Hasil, Konteks]:
    """What the loader says of a kept file. Raises NotFoundError when it is not kept, BusyError when too many files are
    being checked."""
    door = pintu()
    content = read_raw(settings().berkas, sha)
    with reading(door.engine) as conn:
        rules = read_aturan(conn, door.pemda)
    known = read_known(door.engine, door.pemda, asked.tahun, asked.opd, PEMBACA[asked.jenis].needs_plan)
    konteks = Konteks(
        asked.jenis,
        asked.opd,
        asked.tahun,
        asked.tw,
        oleh=oleh,
        dikenal=known,
        kumulatif=asked.kumulatif,
        angka=asked.angka,
        aturan=rules,
    )
    hasil = check_apart(content, asked.nama, konteks)
    if asked.tahun is None and hasil.tahun is not None and PEMBACA[asked.jenis].needs_plan:
        return check_plan_file(
            sha, replace(asked, tahun=hasil.tahun), oleh
        )  # its year is known now, and so is the plan
    return hasil, konteks


def what_it_changes(hasil: Hasil, konteks: Konteks) -> Tersimpan:
    """How many rows storing it would add and change; nothing is stored. Raises LoadError when they do not fit."""
    door = pintu()
    return rehearse(door.engine, door.pemda, as_berkas(hasil, konteks), hasil.muatan)


def store_plan(hasil: Hasil, konteks: Konteks, alasan: str, pelaku: Pelaku) -> Tersimpan:
    """Store it with its audit line. Raises LoadError as ``loaders.save``."""
    door = pintu()
    return save(door.engine, door.pemda, hasil, replace(konteks, alasan=alasan), pelaku)
