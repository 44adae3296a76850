"""How long sessions live."""

from dataclasses import dataclass
from datetime import timedelta

from data.words import Peran


@dataclass(frozen=True)
class Umur:
    """Without use, and at most."""

    diam: timedelta
    mutlak: timedelta


Lifetimes = dict[Peran, Umur]
