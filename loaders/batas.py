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


@dataclass(frozen=True)
class BatasProses:
    """Limits of the process that checks one file: seconds of CPU, bytes of memory, seconds by the clock, and how long
    a file waits for its turn."""

    cpu: int = 60
    memori: int = 512 * MB
    jam: float = 90.0
    antre: float = 3.0


BATAS_PROSES: Final = BatasProses()
BATAS_UNGGAH: Final = Batas()
BATAS_PERINTAH: Final = Batas(ukuran=200 * MB, baris=1_000_000, huruf=20_000, terurai=400 * MB)
