"""Start a server as a process of its own on a free port of 127.0.0.1, look at what it uses, and end just that one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

import psutil

from bench.paths import BENCH, HOST, ROOT, WORKERS

START_S = 180.0
STOP_S = 15.0


@dataclass(frozen=True)
class Memory:
    """Megabytes of one worker: own pages (uss), shared pages counted in part (pss), everything mapped (rss)."""

    uss: float
    pss: float
    rss: float


@dataclass(frozen=True)
class Server:
    """A running server: its main process and the port it listens on."""

    process: psutil.Process
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the main process and its workers, so far."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(times.user + times.system for times in (member.cpu_times() for member in family))

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: the main one where it has no children."""
        children = self.process.children(recursive=True)
        serving = [child for child in children if "resource_tracker" not in " ".join(child.cmdline())]
        return serving or [self.process]

    def memory(self) -> list[Memory]:
        """The memory of each worker, from the kernel's smaps."""
        full = [worker.memory_full_info() for worker in self.workers()]
        return [Memory(info.uss / 1e6, info.pss / 1e6, info.rss / 1e6) for info in full]


def granian(target: str, port: int, threads: int = 1, workers: int = WORKERS) -> list[str]:
    """The command that serves a WSGI application with granian."""
    options = f"--interface wsgi --host {HOST} --port {port} --workers {workers} --blocking-threads {threads} --no-ws"
    return [sys.executable, "-m", "granian", *options.split(), target]


def gunicorn(target: str, port: int, threads: int = 1, workers: int = WORKERS) -> list[str]:
    """The command that serves a WSGI application with gunicorn; more than one thread means its gthread worker."""
    kind = "sync" if threads == 1 else "gthread"
    options = f"--worker-class {kind} --threads {threads} --workers {workers} --bind {HOST}:{port}"
    return [sys.executable, "-m", "gunicorn", *options.split(), target]


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(name: str, command: list[str], port: int, environ: Mapping[str, str], ready: str = "/") -> Iterator[Server]:
    """Run the command until the block ends; its output goes to a log named after it."""
    log = BENCH / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(process, port, ready, f"{name}, catatan: {log.relative_to(ROOT)}")
            yield Server(psutil.Process(process.pid), port)
        finally:
            _end(process)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, path: str, name: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Server berhenti saat dinyalakan ({name}).")
        if _answers(port, path):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Server tidak siap dalam {START_S:.0f} detik ({name}).")


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=START_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process we started, and those of its children that outlive it."""
    if process.poll() is not None:
        return
    children = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_S)
    for child in psutil.wait_procs(children, timeout=STOP_S)[1]:
        child.kill()
