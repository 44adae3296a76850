"""For operators: is the process up, and is everything it needs ready?"""

from flask import Blueprint, Response, current_app

from data.access import Audiens
from data.ask import Penjawab
from data.errors import EmonevError
from data.migrate import check
from routes.declared import DECLARED

health = Blueprint("sehat", __name__)
DECLARED.update(dict.fromkeys(("sehat.up", "sehat.ready"), Audiens.PUBLIK))


@health.get("/healthz")
def up() -> Response:
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    answerer: Penjawab = current_app.config["PENJAWAB"]
    try:
        check(answerer.engine)
        answerer.version()
    except EmonevError as error:
        return Response(f"{error}\n", 503, mimetype="text/plain")
    return Response("siap\n", mimetype="text/plain")
