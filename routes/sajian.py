"""Finished answers in front of Flask: what is the same for everybody is drawn once and then sent from memory.

**For a new public route** (an embed, the API, a picture) one call in the view is enough::

    @sematan.get("/sematan/<bagan>")
    def chart(bagan: str) -> Response:
        share()                      # the same for everybody, as long as the data version stands
        return Response(drawn, mimetype="text/html")

From then on this module takes care of the rest: the answer is remembered by (address, coding, data version, ten
minutes of the clock), compressed (``br``, ``gzip``), has an ``ETag`` made from its content, answers ``304``, and says
``Cache-Control: public, max-age=30, stale-while-revalidate=600``. ``share("abadi")`` is for addresses that name their
content and never change: kept for good, whatever the data. Code under ``callbacks/`` may not import this module; there
the same is said with ``g.bersama = "versi"``.

What the callers can rely on:

- Only GET and HEAD, only status 200, only what called ``share`` and what ``routes/headers.py`` then did not find to be
  somebody's own (``is_personal``). No ``Set-Cookie``, no ``Vary: Cookie``, nothing marked private is ever kept, even if
  ``share`` was called by mistake. A signed-in visitor gets the very same bytes: cookies are neither read nor set here.
- The headers are those the whole application gave, policy included; other headers of a request than
  ``Accept-Encoding`` and ``If-None-Match`` must not change a shared answer.
- The data version is looked up at most once a second in each worker, so what is published shows everywhere after at
  most a second here and ``max-age`` in a browser. While the database is away nothing is answered from memory: the
  application says so itself.
- Of the query only the words in ``KNOWN`` are part of the address: what other sites add to links (``utm_…``,
  ``fbclid``) and what anybody makes up is neither looked at nor kept. A shared answer must not depend on other words.
  A query with an encoded name is answered by the application each time.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

import brotli
from flask import g, has_request_context

from data.ask import Penjawab
from data.errors import EmonevError

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Any], Iterable[bytes]]
Kind = Literal["versi", "abadi"]

MARK: Final = "emonev.bersama"
"""Under this name the environment of a request says that its answer may be kept, and for how long."""
PUBLIC: Final = "public, max-age=30, stale-while-revalidate=600"
EVERY_S: Final = 1.0
STEP_S: Final = 600
MOST_BYTES: Final = 32_000_000
WORTH_COMPRESSING: Final = 600
# Quick and small: a page of 160 kB takes 17 ms once per data version; the best level takes ten times that for 9 % less.
QUALITY: Final = 9
TEXTS: Final = ("text/", "application/json", "application/xml", "image/svg+xml", "application/manifest+json")
KNOWN: Final = frozenset(
    {
        *("tahun", "tw", "opd", "program", "kegiatan", "sub", "unit", "indikator", "status", "urut"),
        *("bagan", "tema", "pin", "edisi", "untuk"),
    }
)
"""Every word of a query that a shared answer may depend on."""
LONGEST_QUERY: Final = 400
_OWN: Final = {"content-length", "content-encoding", "etag", "vary"}


def share(kind: Kind = "versi") -> None:
    """Say of this request's answer that it is the same for everybody."""
    g.bersama = kind


def shared_kind() -> Kind | None:
    """What was said of this request's answer."""
    found: Kind | None = g.get("bersama") if has_request_context() else None
    return found


@dataclass(frozen=True)
class Jawaban:
    """A finished answer: header list without and with what describes the body."""

    etag: str
    headers: Headers
    short_headers: Headers
    body: bytes

    @property
    def weight(self) -> int:
        return len(self.body) + 1_500


class Sajian:
    """WSGI middleware. ``answerer`` knows the data version."""

    def __init__(self, application: Application, answerer: Penjawab, every: float = EVERY_S) -> None:
        self.application = application
        self.answerer = answerer
        self.every = every
        self._kept: OrderedDict[tuple[Any, ...], Jawaban] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()
        self._looked, self._version = float("-inf"), -1

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        path, query = environ.get("PATH_INFO", ""), meant(environ.get("QUERY_STRING", ""))
        if query is None or len(path) + len(query) > LONGEST_QUERY:
            return self.application(environ, start_response)
        address = (path, query, coding)
        kept = self._find((path, coding))
        if kept is not None:
            return send(kept, environ, start_response)
        return self._versioned(address, environ, start_response)

    def _versioned(self, address: tuple[Any, ...], environ: Environ, start_response: Any) -> Iterable[bytes]:
        """(path, coding) is the key of what stays for good: its path alone names the content; the whole address with
        version and clock that of what shows data."""
        epoch = self.epoch()
        key = (*address, *epoch) if epoch else None
        kept = self._find(key) if key else None
        if kept is not None:
            return send(kept, environ, start_response)
        return self._ask(address, key, environ, start_response)

    def epoch(self) -> tuple[int, int] | None:
        """The data version and the ten minutes of now; None while the database does not answer."""
        now = time.monotonic()
        if now - self._looked >= self.every:
            # Whoever comes first looks; the others go on with what was known, for as long as the look takes.
            self._looked = now
            try:
                self._version = self.answerer.version()
            except EmonevError:
                self._version = -1
        return None if self._version < 0 else (self._version, int(time.time()) // STEP_S)

    def _ask(self, address: tuple[Any, ...], key: Any, environ: Environ, start_response: Any) -> Iterable[bytes]:
        told: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = [status, headers]

        answer = self.application(environ, note)
        status, headers = told
        kind = environ.get(MARK)
        if kind is None or environ["REQUEST_METHOD"] != "GET" or not keepable(status, headers):
            start_response(status, headers)
            return answer
        made = finished(headers, body_of(answer), address[-1])
        # Known before it was drawn: should the data change meanwhile, it lies under the older version.
        self._keep((address[0], address[-1]) if kind == "abadi" else key, made)
        return send(made, environ, start_response)

    def _find(self, key: tuple[Any, ...]) -> Jawaban | None:
        """What is kept; whatever is still asked for is thrown away last."""
        kept = self._kept.get(key)
        if kept is not None:
            # Another thread may throw it away just now: it is sent all the same.
            with suppress(KeyError):
                self._kept.move_to_end(key)
        return kept

    def forget(self) -> None:
        """Remember nothing, and look at the data version at once."""
        with self._lock:
            self._kept.clear()
            self._weight, self._looked = 0, float("-inf")

    def _keep(self, key: tuple[Any, ...] | None, made: Jawaban) -> None:
        if key is None:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._weight += made.weight - (old.weight if old else 0)
            self._kept[key] = made
            while self._weight > MOST_BYTES:
                self._weight -= self._kept.popitem(last=False)[1].weight


def body_of(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def keepable(status: str, headers: Headers) -> bool:
    """The second wall: whatever was marked, an answer that looks like one person's is not kept."""
    if not status.startswith("200"):
        return False
    told = {name.lower(): value.lower() for name, value in headers}
    cache = told.get("cache-control", "")
    private = "private" in cache or "no-store" in cache or not cache.startswith("public")
    return not private and "set-cookie" not in told and "cookie" not in told.get("vary", "")


def finished(headers: Headers, body: bytes, coding: str) -> Jawaban:
    """The answer as it will be sent, compressed unless the application has done so itself."""
    told = {name.lower(): value for name, value in headers}
    etag = told.get("etag") or f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    encoding = told.get("content-encoding", "")
    text = told.get("content-type", "").startswith(TEXTS)
    if coding and text and not encoding and len(body) > WORTH_COMPRESSING:
        body, encoding = compress(body, coding), coding
    vary = {part.strip() for part in told.get("vary", "").split(",") if part.strip()}
    vary |= {"Accept-Encoding"} if text or encoding else set()
    short = [pair for pair in headers if pair[0].lower() not in _OWN] + [("ETag", etag)]
    if vary:
        short.append(("Vary", ", ".join(sorted(vary))))
    whole = [*short, ("Content-Length", str(len(body)))]
    if encoding:
        whole.append(("Content-Encoding", encoding))
    return Jawaban(etag, whole, [pair for pair in short if pair[0].lower() != "content-type"], body)


def compress(body: bytes, coding: str) -> bytes:
    if coding == "br":
        made: bytes = brotli.compress(body, quality=QUALITY)
        return made
    return gzip.compress(body, 9, mtime=0)


def send(kept: Jawaban, environ: Environ, start_response: Any) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and matches(known, kept.etag):
        start_response("304 Not Modified", kept.short_headers)
        return ()
    start_response("200 OK", kept.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (kept.body,)


def matches(known: str, etag: str) -> bool:
    """Does the browser have it already? Weak or strong makes no difference here (RFC 9110, 13.1.2)."""
    bare = etag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") in {bare, "*"} for part in known.split(","))


def best_coding(accepted: str) -> str:
    """The coding we send to a browser that accepts this; "" when it takes none of ours."""
    if accepted.startswith("gzip, deflate, br"):
        return "br"  # what nearly every browser says
    given = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.strip().partition(";")
        given[name.strip()] = rest.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    rest_of_them = given.get("*", False)
    return next((coding for coding in ("br", "gzip") if given.get(coding, rest_of_them)), "")


def meant(query: str) -> str | None:
    """The query as far as an answer can depend on it; None for one with an encoded name: the application reads
    "%74w" as "tw", so what it answers must not be kept under an address without it."""
    if not query:
        return ""
    named = [(part.partition("=")[0], part) for part in query.split("&")]
    if any("%" in name or "+" in name for name, _ in named):
        return None
    return "&".join(part for name, part in named if name in KNOWN)
