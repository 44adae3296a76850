"""``python -m bench``: everything; ``server``: the WSGI servers; ``muat``: one large file; ``masuk``: sessions;
``unggah``: the evening of the deadline; ``analisis``: a changed filter; ``publik``: the public page on a cheap
phone; ``dinding``: the soak of the wall."""

import argparse
import sys

from bench import analisis, dinding, muat, pages, paths, promises, report, servers, signin, unggah
from bench.pages import Run


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for. The exit code is 0 when every promise was kept."""
    args = _parser().parse_args(argv)
    paths.prepare()
    alone = {
        "server": lambda: _servers(args.detik) == 0,
        "masuk": signin.measure_signin,
        "unggah": _evening,
        "analisis": lambda: _desk(tuple(args.pemda)),
        "publik": lambda: _public(args.detik, args.ulang),
        "dinding": lambda: _wall(args),
    }
    if args.apa in alone:
        return 0 if alone[args.apa]() else 1
    kept = _loading() if args.apa in {"semua", "muat"} else True
    if args.apa in {"semua", "halaman"}:
        kept = _pages(args.detik, tuple(args.pemda)) and kept
    return 0 if kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Mengukur kecepatan e-Monev di mesin ini.")
    parser.add_argument(
        "apa",
        nargs="?",
        default="semua",
        choices=("semua", "halaman", "muat", "server", "masuk", "unggah", "analisis", "publik", "dinding"),
        help="semua (bawaan), halaman saja, muat berkas besar saja, perbandingan server WSGI, masuk (biaya sesi), "
        "unggah (malam tenggat), analisis (ganti saringan), atau publik (halaman publik di ponsel murah)",
    )
    parser.add_argument("--detik", type=float, default=4.0, help="lama tiap pengukuran (bawaan 4)")
    parser.add_argument(
        "--pemda", type=int, nargs="+", default=list(pages.CITIES), help="banyaknya pemda per basis data (bawaan 1 18)"
    )
    parser.add_argument("--ulang", type=int, default=3, help="kunjungan tiap halaman pada publik (bawaan 3)")
    parser.add_argument("--menit", type=float, default=120, help="dinding: lama rendaman (bawaan 120)")
    parser.add_argument("--alamat", default="", help="dinding: alamat pemasangan layar, dengan kuncinya")
    parser.add_argument("--pid", type=int, help="dinding: proses server yang dibaca memorinya")
    return parser


def _pages(seconds: float, cities: tuple[int, ...]) -> bool:
    runs = pages.measure_all(seconds, cities, _tell)
    verdicts = promises.judge(runs)
    print("\nWaktu dalam milidetik. pertama = tiap layar sekali pada server baru; c = permintaan serentak;")
    print("CPU = milidetik CPU server per jawaban; kB = besar satu jawaban.\n")
    print(report.page_table(runs))
    print("\nMemori tiap pekerja (MB)\n")
    print(report.memory_table(runs))
    print("\n" + report.verdict_lines(verdicts))
    print(f"Rincian: {report.write('halaman', {'hasil': runs, 'janji': verdicts}).relative_to(paths.ROOT)}")
    return all(verdict.kept for verdict in verdicts)


def _tell(run: Run) -> None:
    print(f"  {run.pemda_count} pemda, {run.app}: terukur", flush=True)


def _loading() -> bool:
    loaded = muat.measure_loading()
    mark = "✓" if loaded.kept else "✗"
    print(
        f"{mark} {report.number(loaded.rows, 0)} baris realisasi ({report.number(loaded.megabytes)} MB) diperiksa, "
        f"disimpan dengan asalnya dan direkap: {report.number(loaded.seconds)} detik "
        f"(paling lama {report.number(muat.SECONDS, 0)})"
    )
    report.write("muat", {"hasil": loaded})
    return loaded.kept


def _evening() -> bool:
    evening = unggah.measure_evening()
    verdicts = evening.verdicts()
    rows = [
        [verdict.promise.replace(".", ","), verdict.found.replace(".", ","), "ya" if verdict.kept else "TIDAK"]
        for verdict in verdicts
    ]
    print(report.table(("janji", "terukur", "ditepati"), rows))
    report.write("unggah", {"hasil": evening, "janji": verdicts})
    return all(verdict.kept for verdict in verdicts)


def _desk(cities: tuple[int, ...]) -> bool:
    changes = [analisis.measure_changes(count) for count in cities]
    sheet = analisis.measure_sheet()
    heads = (
        *("pemda", "baris", "pertama (dtk)", "kisi p95", "+ kalimat p95", "kisi + gambar p50", "kisi + gambar p95"),
        *("semua p50", "semua p95", "RSS (MB)"),
    )
    print("\nWaktu dalam milidetik, dua pekerja, satu pengunjung.\n")
    lines = [
        (
            *(one.first_s, one.grid_p95, one.headline_p95, one.pictures_p50, one.pictures_p95),
            *(one.whole_p50, one.whole_p95, one.rss),
        )
        for one in changes
    ]
    rows = [
        [str(one.pemda_count), report.number(one.rows, 0), *(report.number(value) for value in line)]
        for one, line in zip(changes, lines, strict=True)
    ]
    print(report.table(heads, rows))
    print(f"\nLembar {report.number(sheet.rows, 0)} baris disusun sekali dalam {report.number(sheet.made_s)} detik.")
    found = analisis.verdicts(changes, sheet)
    print("\n" + report.verdict_lines(found))
    report.write("analisis", {"hasil": changes, "lembar": sheet, "janji": found})
    return all(verdict.kept for verdict in found)


def _public(seconds: float, rounds: int) -> bool:
    # The browser's driver is for tests and for this; nothing else here needs it.
    from bench import publik

    read, loaded = publik.measure_public(seconds, rounds)
    verdicts = publik.judge(read, loaded)
    print("CPU 4× lebih lambat, 1,6 Mbit/detik, 150 ms, simpanan kosong; terbaik dari beberapa kunjungan.\n")
    print(publik.reader_table(read) + "\n")
    print(publik.load_table(loaded) + "\n" + publik.WHAT_IS_UNCACHED + "\n")
    print(report.verdict_lines(verdicts))
    report.write("publik", {"bacaan": read, "beban": loaded, "janji": verdicts})
    return all(verdict.kept for verdict in verdicts)


def _wall(args: argparse.Namespace) -> bool:
    if not args.alamat:
        print("Sebutkan --alamat: alamat pemasangan dari /kelola/layar.")
        return False
    flat = dinding.soak(args.alamat, args.menit, args.pid).flat
    print("✓ memori layar tetap" if flat else "✗ memori layar bertambah")
    return flat


def _servers(seconds: float) -> int:
    outcomes = servers.compare(seconds)
    print(report.server_table(outcomes))
    print(f"Rincian: {report.write('server', {'hasil': outcomes}).relative_to(paths.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
