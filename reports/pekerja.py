"""The runner: a process of its own that makes the document that has waited longest, then lets a fresh one follow.

Few run at once: each holds one of the places, a lock on a file that the kernel lets go when its holder
dies in whatever way. Who finds no place ends at once, for those who work take what waits. They look for it once more
after giving their place back, so nothing that was ordered meanwhile is left lying.
"""

import fcntl
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from data import kerja
from data.engine import Engine, reading
from data.errors import DatabaseAwayError, EmonevError
from data.kerja import Klaim, LostError
from data.queries.pemda import read_version
from data.settings import Settings
from reports.jenis import kind_of

ROOT: Final = Path(__file__).resolve().parent.parent
AT_ONCE: Final = 2
EVERY: Final = 10.0
"""Seconds between two signs of life."""
TRIES: Final = 3
MOVED: Final = "Data berubah terus selagi dokumen dibuat. Tekan Ulangi setelah pengunggahan reda."
BROKEN: Final = "Dokumen gagal dibuat karena kesalahan program. Laporkan kepada pengelola e-Monev."
log = logging.getLogger("emonev.pekerja")


def start(settings: Settings, database_url: str) -> None:
    """Start a runner that outlives this request and this server process. Should the machine refuse, the order stands,
    is told as failed after a minute, and can be repeated."""
    own = {"EMONEV_DATABASE_URL": database_url, "EMONEV_BERKAS": str(settings.berkas)}
    own |= {"EMONEV_PEMDA": settings.pemda, "EMONEV_ALAMAT": settings.base_url}
    try:
        started = subprocess.Popen(
            [sys.executable, "-m", "reports", "kerja"],
            cwd=ROOT,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        log.error("no runner could be started: %s", error)
        return
    threading.Thread(target=started.wait, daemon=True).start()  # or it would stay behind as a zombie


def has_place(settings: Settings) -> bool:
    """Would a runner find a place now? Where none is free, those who work look again for what waits when they end."""
    with _place(_folder(settings)) as free:
        return free


def work(engine: Engine, settings: Settings) -> bool:
    """Make one document if there is one and a place to make it. Should another runner follow?"""
    with _place(_folder(settings)) as free:
        if not free:
            return False
        found = kerja.claim(engine, settings.pemda)
        if found is not None:
            _make_or_tell(engine, settings, found)
            kerja.sweep(engine, settings.berkas, settings.pemda)
    return kerja.is_waiting(engine, settings.pemda)


def _folder(settings: Settings) -> Path:
    return settings.berkas / "dokumen" / settings.pemda


@contextmanager
def _place(folder: Path) -> Iterator[bool]:
    """One of the places of this installation, while it is needed; False when all are taken."""
    folder.mkdir(parents=True, exist_ok=True)
    held: IO[str] | None = None
    for number in range(AT_ONCE):
        file = (folder / f".giliran-{number}").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        held = file
        break
    try:
        yield held is not None
    finally:
        if held is not None:
            held.close()


def _make_or_tell(engine: Engine, settings: Settings, klaim: Klaim) -> None:
    """Whatever happens, the document's owner is told; only a killed process cannot, and its silence tells."""
    said: str | None = BROKEN
    ended = threading.Event()
    pulse = threading.Thread(target=_beat, args=(engine, klaim, ended), daemon=True)
    pulse.start()
    try:
        _make(engine, settings, klaim)
        said = None
    except LostError:
        said = None
        log.warning("document %s was deleted or begun anew; nothing kept", klaim.nomor)
    except EmonevError as error:
        said = str(error)
    finally:
        ended.set()
        pulse.join()
        if said is not None:
            with suppress(LostError):
                kerja.fail(engine, klaim, said)
        if said == BROKEN:  # this process ends with the fault: what waits gets a runner of its own
            start(settings, engine.url.render_as_string(hide_password=False))


def _make(engine: Engine, settings: Settings, klaim: Klaim) -> None:
    """The document of one data version. When the data moved meanwhile it is made again: no mixture goes out."""
    kind = kind_of(klaim.jenis)
    asked = {**klaim.isian, "alamat": settings.base_url}
    for _ in range(TRIES):
        with reading(engine) as conn:
            before = read_version(conn, klaim.pemda)
        with reading(engine) as conn:
            name, content = kind.buat(conn, klaim.pemda, asked, _teller(engine, klaim))
        with reading(engine) as conn:
            after = read_version(conn, klaim.pemda)
        if before == after:
            return kerja.finish(engine, settings.berkas, klaim, after or 0, name, content)
    return kerja.fail(engine, klaim, MOVED)


def _teller(engine: Engine, klaim: Klaim) -> Callable[[int, str], None]:
    """Progress is worth saying, not worth failing for."""

    def tell(kemajuan: int, langkah: str) -> None:
        try:
            kerja.tell(engine, klaim, kemajuan, langkah)
        except DatabaseAwayError:
            log.warning("progress of document %s not written", klaim.nomor)

    return tell


def _beat(engine: Engine, klaim: Klaim, ended: threading.Event) -> None:
    """Signs of life until the end; a database that is away for a moment is asked again."""
    while not ended.wait(EVERY):
        try:
            kerja.beat(engine, klaim)
        except DatabaseAwayError:
            log.warning("sign of life of document %s not written", klaim.nomor)
        except LostError:
            return


def follow() -> None:
    """Let a fresh process take over this one: what the last document needed is given back."""
    os.execv(sys.executable, [sys.executable, "-m", "reports", "kerja"])  # noqa: S606 - our own program, no shell
