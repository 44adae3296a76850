"""Headers on every answer, errors and files included: what the browser may load, and what nobody may keep.

The Content-Security-Policy is the second wall behind escaping: a script that got into a page does not run, because it
is neither a file of ours nor one of the inline scripts whose hashes Dash tells.
"""

from typing import Final

from dash import Dash
from flask import Flask, Response, g, request

from data.access import Audiens
from data.settings import Settings
from routes.sajian import MARK, PUBLIC, shared_kind

NONE, SELF = "'none'", "'self'"
FRAMES: Final = "frame-ancestors"
# Styles may stand inline: Plotly and Dash write <style> elements and style attributes of their own. A style runs
# nothing, and with the other sources closed it has nowhere to send what it sees.
SOURCES: Final = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": f"{SELF} 'unsafe-inline'",
    "img-src": f"{SELF} data:",
    "font-src": SELF,
    "connect-src": SELF,
    # The page that shows how an embed looks holds one.
    "frame-src": SELF,
    "worker-src": SELF,
    "manifest-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "object-src": NONE,
    FRAMES: NONE,
}
# What a page could ask a browser for and ours never does; copying a link is all they need. Names that Chromium does
# not know, such as interest-cohort (browsing-topics today), it would complain about in the console of every page.
FEATURES: Final = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "serial", "usb", "xr-spatial-tracking"),
)
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
}
ONE_YEAR: Final = "max-age=31536000"
PRIVATE: Final = "no-store, private"
# Public doors, but what stands behind them is for one person.
PERSONAL: Final = ("/masuk", "/keluar", "/undangan", "/akun", "/kelola", "/dinding")


def register(server: Flask, dash: Dash, settings: Settings) -> None:
    """Attach the headers to the server. Register before other ``after_request`` functions: Flask runs the first last,
    so these see the final status."""
    sources = {**SOURCES, "script-src": " ".join([SELF, *dash.csp_hashes()])}
    always = {**ALWAYS, **({"Strict-Transport-Security": ONE_YEAR} if settings.tls else {})}
    usual = policy(sources)

    def add(response: Response) -> Response:
        own: dict[str, str] = g.get("sumber", {})
        response.headers["Content-Security-Policy"] = policy({**sources, **own}) if own else usual
        for name, value in {**always, **_framing(own)}.items():
            response.headers.setdefault(name, value)
        return _kept(response)

    server.after_request(add)


def policy(sources: dict[str, str]) -> str:
    """The sources as one header line."""
    return "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())


def differ(**sources: str) -> None:
    """For this one answer: other sources than everywhere, by directive. ``differ(frame_ancestors="*")`` is an embed;
    the headers that would contradict it follow."""
    named = {name.replace("_", "-"): allowed for name, allowed in sources.items()}
    g.sumber = {**g.get("sumber", {}), **named}


def _framing(own: dict[str, str]) -> dict[str, str]:
    """May other sites hold this answer? The old header for it can only say no."""
    if own.get(FRAMES, NONE) != NONE:
        return {"Cross-Origin-Resource-Policy": "cross-origin"}
    return {"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY"}


def _kept(response: Response) -> Response:
    """What belongs to one person stays out of every cache, and so does an error: it would outlive its cause. What was
    said to be the same for everybody is kept (routes/sajian.py)."""
    if is_personal(response):
        response.headers["Cache-Control"] = PRIVATE
        response.vary.add("Cookie")
    elif response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif shared_kind() is not None:
        response.headers.setdefault("Cache-Control", PUBLIC)
        request.environ[MARK] = shared_kind()
    return response


def is_personal(response: Response) -> bool:
    """Is this for one person: closed by audience, drawn after a look at the session, or on the way to signing in?"""
    closed = g.get("audiens", Audiens.PUBLIK) != Audiens.PUBLIK
    return closed or "sesi" in g or request.path.startswith(PERSONAL) or (response.location or "").startswith("/masuk")
