"""What answers plain HTTP: sign-in, health, errors, and the gate in front of everything."""

import logging
from typing import Any

from dash import Dash
from flask import Flask

from data.ask import Penjawab
from data.engine import engine_for
from data.errors import DatabaseAwayError
from data.migrate import check
from data.settings import Settings
from routes import errors, gate, headers
from routes.account import akun
from routes.api import api
from routes.calendar import kalender
from routes.code import kode
from routes.embed import sematan
from routes.health import health
from routes.instruction import arahan
from routes.invite import undangan
from routes.open_data import data_terbuka
from routes.proxy import Perantara
from routes.screens import kelola
from routes.session import SesiBasisData
from routes.signin import signin
from routes.sso import sso
from routes.upload_pages import unggah
from routes.verify import verifikasi
from routes.wall import dinding

log = logging.getLogger("emonev")


def wire(server: Flask, dash: Dash, settings: Settings) -> None:
    """Attach our routes, gate and error pages to the server. Raises SchemaError for a database that does not fit."""
    engine = engine_for(settings.database_url)
    if settings.production:
        refuse_other_schema(engine)
    server.config["PENJAWAB"] = Penjawab(engine, settings.pemda)
    server.config["ALAMAT_PUBLIK"] = settings.base_url
    server.config["SETELAN"] = settings
    server.session_interface = SesiBasisData()
    server.register_blueprint(signin)
    server.register_blueprint(sso)
    server.register_blueprint(kode)
    server.register_blueprint(undangan)
    server.register_blueprint(health)
    server.register_blueprint(akun)
    server.register_blueprint(kelola)
    server.register_blueprint(unggah)
    server.register_blueprint(verifikasi)
    server.register_blueprint(kalender)
    server.register_blueprint(api)
    server.register_blueprint(data_terbuka)
    server.register_blueprint(sematan)
    server.register_blueprint(arahan)
    server.register_blueprint(dinding)
    headers.register(server, dash, settings)
    errors.register(server)
    gate.declare(server)
    gate.Gerbang(dash)
    server.wsgi_app = Perantara(server.wsgi_app, settings.proksi)  # type: ignore[method-assign]


def refuse_other_schema(engine: Any) -> None:
    """A database that is away is waited for: the site starts, says so, and recovers by itself."""
    try:
        check(engine)
    except DatabaseAwayError as error:
        log.warning("started without the database: %s", error)
