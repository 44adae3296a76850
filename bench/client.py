"""The load client: one process, one thread, raw keep-alive sockets on 127.0.0.1.

It has to be light because it shares the machine with the server it measures: requests are ready bytes, answers are
only counted. Run as ``python -m bench.client``: a job comes in as JSON on stdin, the result goes out as JSON.
"""

import json
import re
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice

from bench.paths import HOST, ROOT

CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
PIECE = 1 << 18
STALLED_S = 30.0


@dataclass(frozen=True)
class Job:
    """What to send: every connection all requests in turn, until ``total`` answers or ``seconds`` are reached."""

    port: int
    requests: list[str]
    concurrency: int
    total: int
    seconds: float


@dataclass
class Result:
    """What came back. ``latencies`` in milliseconds, one per answer, in order of arrival."""

    elapsed: float = 0.0
    client_cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    received: int = 0
    first_bad: str = ""


class _Connection:
    """One socket with at most one question under way."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.port = port
        self.requests = requests
        self.sock = _connect(port)
        self.buffer = bytearray()
        self.needed = -1
        self.sent_at = 0.0

    def send(self) -> bool:
        """Ask the next question; False when there is none left."""
        request = next(self.requests, None)
        if request is None:
            return False
        self.buffer.clear()
        self.needed = -1
        self.sent_at = time.perf_counter()
        self.sock.sendall(request)
        return True

    def read(self) -> bool:
        """Take what has arrived; True when the answer is whole."""
        piece = self.sock.recv(PIECE)
        if not piece:
            raise ConnectionError("server menutup sambungan di tengah jawaban")
        self.buffer += piece
        if self.needed < 0:
            self._measure_head()
        return 0 <= self.needed <= len(self.buffer)

    def _measure_head(self) -> None:
        end = self.buffer.find(b"\r\n\r\n")
        if end >= 0:
            length = CONTENT_LENGTH.search(self.buffer, 0, end)
            if length is None and self.status() != "204":
                raise ConnectionError("jawaban tanpa Content-Length")
            self.needed = end + 4 + (int(length.group(1)) if length else 0)

    def status(self) -> str:
        return self.buffer[9:12].decode("ascii", "replace")

    def closes(self) -> bool:
        return CLOSES.search(self.buffer, 0, self.buffer.find(b"\r\n\r\n")) is not None


def _connect(port: int) -> socket.socket:
    sock = socket.create_connection((HOST, port), timeout=STALLED_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def drive(job: Job) -> Result:
    """Send the job's requests over its connections and measure every answer."""
    result, counts = Result(), Counter[str]()
    chooser = selectors.DefaultSelector()
    cpu, started = time.process_time(), time.perf_counter()
    for number in range(job.concurrency):
        connection = _Connection(job.port, _share(job, number))
        chooser.register(connection.sock, selectors.EVENT_READ, connection)
        connection.send()
    while chooser.get_map():
        for connection in _answered(chooser):
            _note(connection, result, counts)
            _renew_if_closed(chooser, connection)
            in_time = time.perf_counter() - started < job.seconds
            if not in_time or not connection.send():
                _close(chooser, connection)
    result.elapsed = time.perf_counter() - started
    result.client_cpu = time.process_time() - cpu
    result.statuses = dict(counts)
    chooser.close()
    return result


def _share(job: Job, number: int) -> Iterator[bytes]:
    """What one connection sends: all requests in turn, each connection beginning at another one."""
    begin = number * len(job.requests) // job.concurrency
    turned = job.requests[begin:] + job.requests[:begin]
    return islice(cycle([text.encode() for text in turned]), max(1, job.total // job.concurrency))


def _answered(chooser: selectors.BaseSelector) -> list[_Connection]:
    events = chooser.select(STALLED_S)
    if not events:
        raise ConnectionError(f"tidak ada jawaban selama {STALLED_S:.0f} detik")
    return [key.data for key, _ in events if key.data.read()]


def _note(connection: _Connection, result: Result, counts: Counter[str]) -> None:
    result.latencies.append((time.perf_counter() - connection.sent_at) * 1000)
    result.received += len(connection.buffer)
    status = connection.status()
    counts[status] += 1
    if status != "200" and not result.first_bad:
        result.first_bad = connection.buffer[:600].decode("utf-8", "replace")


def _renew_if_closed(chooser: selectors.BaseSelector, connection: _Connection) -> None:
    if connection.closes():
        _close(chooser, connection)
        connection.sock = _connect(connection.port)
        chooser.register(connection.sock, selectors.EVENT_READ, connection)


def _close(chooser: selectors.BaseSelector, connection: _Connection) -> None:
    chooser.unregister(connection.sock)
    connection.sock.close()


def run(job: Job) -> Result:
    """Drive the job in a process of its own, so that the measuring does not share an interpreter with anything."""
    limit = job.seconds + 2 * STALLED_S
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=limit,
        check=False,
    )
    if done.returncode != 0:
        raise ConnectionError(done.stderr.strip().splitlines()[-1] if done.stderr else "klien beban berhenti")
    return Result(**json.loads(done.stdout))


if __name__ == "__main__":
    json.dump(asdict(drive(Job(**json.load(sys.stdin)))), sys.stdout)
