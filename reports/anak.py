"""The process that writes one annotated file: pickled work comes in on stdin, the XLSX goes out.

It may be killed when it takes too long; a server thread that wrote a large file itself could not be.
"""

import pickle
import resource
import sys

from reports.bertanda import annotated_xlsx


def main() -> None:
    """Read (seconds of CPU, arguments of ``annotated_xlsx``) and write what it makes."""
    seconds, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent process
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.buffer.write(annotated_xlsx(*given))


if __name__ == "__main__":
    main()
