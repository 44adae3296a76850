"""Behind our own proxies the visitor is not the one who connects: what they say about forwarding is believed, what
anybody else says is dropped. Werkzeug's ProxyFix counts hops without looking at who connects, so this is ours."""

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Application = Callable[[Environ, Any], Iterable[bytes]]

FOR, PROTO, HOST = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"
# Dropped after reading, and from strangers unread, so that nothing behind this can believe them again.
FORWARDED = (FOR, PROTO, HOST, "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PREFIX", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
MOST_HOPS = 20
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?", re.IGNORECASE)
_PORT = re.compile(r"(?:\[([^\]]*)\]|([0-9.]+))(?::\d{1,5})?")


class Perantara:
    """WSGI middleware. ``trusted`` are addresses or networks of our own proxies (EMONEV_PROKSI)."""

    def __init__(self, application: Application, trusted: Iterable[str]) -> None:
        self.application = application
        self.trusted = [ipaddress.ip_network(one, strict=False) for one in trusted]

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        said = {name: str(environ.pop(name, "")) for name in FORWARDED}
        if self.trusts(parse_address(str(environ.get("REMOTE_ADDR", "")))):
            self._believe(environ, said)
        return self.application(environ, start_response)

    def trusts(self, address: Address | None) -> bool:
        """Is this one of our proxies?"""
        return address is not None and any(address in network for network in self.trusted)

    def _believe(self, environ: Environ, said: dict[str, str]) -> None:
        visitor, hops = self.visitor(split(said[FOR]))
        if visitor is not None:
            environ["REMOTE_ADDR"] = str(visitor)
        proto, host = at_hop(split(said[PROTO]), hops).lower(), at_hop(split(said[HOST]), hops)
        if proto in {"http", "https"}:
            environ["wsgi.url_scheme"] = proto
        if _HOST.fullmatch(host):
            environ["HTTP_HOST"] = host

    def visitor(self, chain: list[str]) -> tuple[Address | None, int]:
        """The first from the right that is not one of our proxies, and its place from the right. Whatever stands
        further left, or behind something that is no address, somebody else may have written."""
        found, hops = None, 1
        for hops, text in enumerate(reversed(chain), start=1):
            address = parse_address(text)
            if address is None:
                return found, max(1, hops - 1)
            found = address
            if not self.trusts(address):
                break
        return found, hops


def split(header: str) -> list[str]:
    """The values of a header that each proxy adds to; the nearest are last."""
    return [part.strip() for part in header.split(",")[-MOST_HOPS:]] if header else []


def at_hop(values: list[str], hops: int) -> str:
    """What the proxy that met the visitor said. A shorter list was begun anew by a proxy nearer to us."""
    return values[-min(hops, len(values))] if values else ""


def parse_address(text: str) -> Address | None:
    """An IP address, with or without brackets and port; None for anything else. A zone ("%eth0") may hold anything, so
    it is no address here; one of IPv4 in the clothes of IPv6 is the same as itself."""
    match = _PORT.fullmatch(text)
    bare = (match[1] or match[2] or "") if match else text
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return None if address.scope_id else address.ipv4_mapped or address
    return address
