"""``python -m bench``: everything; ``server``: the WSGI servers; ``muat``: one large file; ``masuk``: sessions;
``unggah``: the evening of the deadline; ``dinding``: the soak of the wall."""

import argparse
import sys

from bench import dinding, muat, pages, paths, promises, report, servers, signin, unggah
from bench.pages import Run


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for. The exit code is 0 when every promise was kept."""
    args = _parser().parse_args(argv)
    paths.prepare()
    if args.apa == "server":
        return _servers(args.detik)
    if args.apa == "masuk":
        return 0 if signin.measure_signin() else 1
    if args.apa == "unggah":
        return 0 if _evening() else 1
    if args.apa == "dinding":
        return 0 if _wall(args) else 1
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
        choices=("semua", "halaman", "muat", "server", "masuk", "unggah", "dinding"),
        help="semua (bawaan), halaman saja, muat berkas besar saja, perbandingan server WSGI, masuk (biaya sesi), "
        "atau unggah (malam tenggat)",
    )
    parser.add_argument("--detik", type=float, default=4.0, help="lama tiap pengukuran (bawaan 4)")
    parser.add_argument(
        "--pemda", type=int, nargs="+", default=list(pages.CITIES), help="banyaknya pemda per basis data (bawaan 1 18)"
    )
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
