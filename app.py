"""Settings in, WSGI server out."""

import sys

from dash import html, page_container
from flask import Flask

import callbacks
from callbacks.quick import install
from callbacks.router import EmonevDash
from data.errors import EmonevError
from data.settings import Settings, read_settings
from routes import wire
from routes.assets import assemble
from routes.logs import configure

__all__ = ["callbacks", "make_server", "server"]


def make_server(settings: Settings) -> Flask:
    """The whole application for these settings. Raises EmonevError when something it needs is missing."""
    configure()
    flask = Flask("emonev", static_folder=None)
    flask.config.update(SECRET_KEY=settings.secret_key, MAX_CONTENT_LENGTH=1_000_000)
    dash = EmonevDash(
        __name__,
        server=flask,  # type: ignore[arg-type]
        use_pages=True,
        use_async=False,
        enable_mcp=False,
        suppress_callback_exceptions=True,
        title="e-Monev",
        update_title=None,  # type: ignore[arg-type]
        include_assets_files=True,
        # Plotly is fetched by the page that draws a chart with it; the wall has files of its own.
        assets_ignore=r"plotly.*|^dinding\.",
        # Dash would write its own lines beside ours, on standard output.
        add_log_handler=False,
    )
    dash.layout = html.Div(page_container, id="akar")
    wire(flask, dash, settings)
    install(dash)
    # Dash would copy its callbacks during the first request, and two first requests at once would meet half of them.
    dash._setup_server()
    assemble(flask, dash)
    return flask


try:
    server = make_server(read_settings())
except EmonevError as error:
    sys.exit(f"Tidak dapat dijalankan: {error}")
