"""The process that checks or reads one file and may be killed for it: pickled work comes in, the answer goes out.

It is started anew for each file (``python -m loaders.anak``), so nothing of a hostile file outlives the check, and a
server with many threads never forks itself. It opens no database and needs no setting of the installation.
"""

import contextlib
import os
import pickle
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from loaders.batas import BatasProses
from loaders.pemeriksaan import check
from loaders.salinan import sheet_of

TOO_HEAVY: Final = 3
"""Exit code of a check that asked for more memory than it may have."""
GENTLE: Final = 5
JOBS: Final[Mapping[str, Callable[..., Any]]] = {"periksa": check, "baca": sheet_of}


def main() -> int:
    """Read (BatasProses, job, its arguments) and write its answer. 3: out of memory."""
    limits, job, *work = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent process
    _limit(limits)
    try:
        pickle.dump(JOBS[job](*work), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
    except MemoryError:
        return TOO_HEAVY
    return 0


def _limit(limits: BatasProses) -> None:
    """Address space, not data size, is limited: this process maps no more than 50 MB before it begins (neither pandas
    nor numpy is imported), so 512 MB are nearly all the file's, and no mapping of any kind escapes the limit."""
    with contextlib.suppress(OSError):
        os.nice(GENTLE)  # the public pages come first
    for what, most in (
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memori),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


if __name__ == "__main__":
    sys.exit(main())
