"""The measuring tool: how fast the dashboard answers, beside a naive page, on this machine. Run by ``make bench``."""
