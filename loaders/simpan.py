"""The one way to store what was checked."""

from data.errors import LoadError
from data.jejak import Pelaku
from data.store import Berkas, Tersimpan, store
from loaders.dikenal import Basis
from loaders.hasil import Hasil, Konteks


def save(engine: Basis, pemda: str, hasil: Hasil, konteks: Konteks, pelaku: Pelaku | None = None) -> Tersimpan:
    """Store one checked file, all or nothing. Storing the same file again changes nothing (``sudah_ada``).

    Raises LoadError when there is a Galat, when a Konfirmasi has no reason (``konteks.alasan``) or when the pemda
    is unknown; DatabaseAwayError when the database does not answer.
    """
    if not hasil.boleh_disimpan:
        raise LoadError("Berkas masih memuat Galat, tidak ada yang disimpan. Perbaiki lalu muat ulang.")
    if hasil.perlu_alasan and not konteks.alasan.strip():
        raise LoadError('Ada yang perlu dikonfirmasi, tidak ada yang disimpan. Beri alasan: --setuju "alasan".')
    reason = f"; disetujui: {konteks.alasan.strip()}" if konteks.alasan.strip() else ""
    return store(engine, pemda, as_berkas(hasil, konteks, reason, pelaku), hasil.muatan)


def as_berkas(hasil: Hasil, konteks: Konteks, reason: str = "", pelaku: Pelaku | None = None) -> Berkas:
    """The file as its row in ``unggahan`` says it; ``pelaku``: who stands in the audit trail."""
    return Berkas(
        nama_berkas=hasil.nama_berkas,
        sha256=hasil.sha256,
        jenis=hasil.jenis,
        oleh=konteks.oleh,
        opd=konteks.opd,
        tahun=hasil.tahun,
        tw=konteks.tw,
        ukuran=hasil.ukuran,
        jumlah_baris=hasil.jumlah_baris,
        keterangan=hasil.keterangan + reason,
        pelaku=pelaku,
    )
