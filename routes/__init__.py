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
from routes import assets, back, errors, gate, headers
from routes.account import akun
from routes.analysis import analisis
from routes.api import api
from routes.calendar import kalender
from routes.code import kode
from routes.downloads import unduhan
from routes.embed import sematan
from routes.health import health
from routes.instruction import arahan
from routes.invite import undangan
from routes.official_forms import formulir
from routes.open_data import data_terbuka
from routes.phone import phone
from routes.plans import rencana
from routes.proxy import Perantara
from routes.rapor import rapor
from routes.robots import robots
from routes.sajian import Sajian
from routes.screens import kelola
from routes.session import SesiBasisData
from routes.signin import signin
from routes.sso import sso
from routes.upload_pages import unggah
from routes.verify import verifikasi
from routes.wall import dinding

BLUEPRINTS = (
    dinding,
    phone,
    robots,
    rencana,
    signin,
    sso,
    kode,
    undangan,
    health,
    akun,
    kelola,
    unggah,
    verifikasi,
    kalender,
    api,
    data_terbuka,
    sematan,
    arahan,
    unduhan,
    rapor,
    formulir,
    analisis,
)
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
    for one in BLUEPRINTS:
        server.register_blueprint(one)
    back.register(server)
    headers.register(server, dash, settings)
    assets.register(server)
    errors.register(server)
    gate.declare(server)
    gate.Gerbang(dash)
    server.config["SAJIAN"] = kept = Sajian(server.wsgi_app, server.config["PENJAWAB"])
    server.wsgi_app = Perantara(kept, settings.proksi)  # type: ignore[method-assign]


def refuse_other_schema(engine: Any) -> None:
    """A database that is away is waited for: the site starts, says so, and recovers by itself."""
    try:
        check(engine)
    except DatabaseAwayError as error:
        log.warning("started without the database: %s", error)
