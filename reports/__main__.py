"""The runner of documents: ``python -m reports kerja``. The server starts it; by hand it takes up what waits."""

import argparse
import sys

from data.engine import engine_for
from data.errors import EmonevError
from data.settings import read_settings
from reports.pekerja import follow, work


def main(argv: list[str] | None = None) -> int:
    """Make what waits. Returns the exit code; errors become one Indonesian sentence on stderr."""
    parser = argparse.ArgumentParser(prog="python -m reports", description="Dokumen yang dibuat di latar belakang.")
    parser.add_argument("perintah", choices=["kerja"], help="buat dokumen yang menunggu, lalu selesai")
    parser.parse_args(argv)
    try:
        settings = read_settings()
        again = work(engine_for(settings.database_url), settings)
    except EmonevError as error:
        print(f"Gagal: {error}", file=sys.stderr)
        return 1
    if again:
        follow()
    return 0


if __name__ == "__main__":
    sys.exit(main())
