"""Sign in as a browser without JavaScript would: fetch the form, send it back filled in, keep the cookie."""

import re
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.paths import HOST

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(type|name|value)="([^"]*)"')


def login(port: int, nama: str, sandi: str) -> str:
    """The Cookie header of a signed-in session."""
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        cookies = SimpleCookie()
        connection.request("GET", "/masuk")
        body = urlencode(_filled(_take(connection.getresponse(), cookies), nama, sandi))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": _header(cookies),
            "Origin": f"http://{HOST}:{port}",
        }
        connection.request("POST", "/masuk", body, headers)
        answer = connection.getresponse()
        _take(answer, cookies)
        if answer.status not in {302, 303} or not cookies:
            raise RuntimeError(f"Tidak dapat masuk sebagai {nama}: jawaban {answer.status}.")
        return _header(cookies)
    finally:
        connection.close()


def _take(answer: HTTPResponse, cookies: SimpleCookie) -> str:
    for line in answer.headers.get_all("Set-Cookie") or []:
        cookies.load(line)
    return answer.read().decode("utf-8", "replace")


def _filled(page: str, nama: str, sandi: str) -> dict[str, str]:
    """The form's fields: the text field is the name, the password field the password, the rest stay as they are."""
    fields = [dict(ATTRIBUTE.findall(tag)) for tag in FIELD.findall(page)]
    typed = {"text": nama, "password": sandi}
    return {
        field["name"]: typed.get(field.get("type", "text"), unescape(field.get("value", "")))
        for field in fields
        if "name" in field
    }


def _header(cookies: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
