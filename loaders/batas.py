"""How large a file may be."""

from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024


@dataclass(frozen=True)
class Batas:
    """Limits of one submission. Sizes in bytes, ``huruf`` in characters per cell."""

    ukuran: int = 5 * MB
    baris: int = 20_000
    kolom: int = 60
    huruf: int = 2_000
    terurai: int = 50 * MB
    entri: int = 200
    nisbah: int = 100


BATAS_UNGGAH: Final = Batas()
BATAS_PERINTAH: Final = Batas(ukuran=200 * MB, baris=1_000_000, huruf=20_000, terurai=400 * MB)
