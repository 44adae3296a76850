"""What answers plain HTTP: sign-in, health, errors, and the gate in front of everything."""

from dash import Dash
from flask import Flask

from data.ask import Penjawab
from data.engine import engine_for
from data.settings import Settings
from routes import errors, gate
from routes.health import health
from routes.signin import signin


def wire(server: Flask, dash: Dash, settings: Settings) -> None:
    """Attach our routes, the gate and the error pages to the server."""
    server.config["PENJAWAB"] = Penjawab(engine_for(settings.database_url), settings.pemda)
    server.config["ALAMAT_PUBLIK"] = settings.base_url
    server.register_blueprint(signin)
    server.register_blueprint(health)
    errors.register(server)
    gate.declare(server)
    gate.Gerbang(dash)
