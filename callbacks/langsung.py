"""Live sections: a report that was just sent or returned changes no figure, so the data version does not rise and
what is remembered by it would not tell. What shows where reports stand is remembered by their own mark besides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from callbacks.address import Alamat
from callbacks.lock import penjawab
from callbacks.section import PERIOD, SECTIONS, Bagian, Drawn, section
from data.access import Audiens
from data.engine import reading
from data.errors import EmonevError
from data.queries.kepatuhan import movement

T = TypeVar("T")


@dataclass(frozen=True)
class BagianLangsung(Bagian):
    """A section that is drawn anew as soon as any report has moved, or whatever else ``marks`` ask about."""

    marks: tuple[Callable[..., str], ...] = (movement,)

    def _remembered(self, kind: str, pathname: object, search: object, render: Callable[[Drawn], str]) -> str:
        try:
            mark = " ".join(ask_now(question) for question in self.marks)
        except EmonevError as error:
            return render(self._error(error))
        return super()._remembered(f"{kind} {mark}", pathname, search, render)


def live_section(
    place: str,
    template: str,
    audiens: Audiens,
    utama: bool = False,
    reads: tuple[str, ...] = PERIOD,
    marks: tuple[Callable[..., str], ...] = (movement,),
) -> Callable[[Callable[[Alamat], Drawn]], Callable[[Alamat], Drawn]]:
    """As ``section``, for what must be of this moment: each of ``marks`` is a question whose answer changes whenever
    what is shown does."""
    register = section(place, template, audiens, utama, reads)

    def register_live(draw: Callable[[Alamat], Drawn]) -> Callable[[Alamat], Drawn]:
        register(draw)
        SECTIONS[place] = BagianLangsung(place, template, audiens, utama, reads, draw, marks)
        return draw

    return register_live


def ask_now(question: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """The answer of ``question(conn, pemda, …)``, read anew. Raises DatabaseAwayError."""
    answerer = penjawab()
    with reading(answerer.engine) as conn:
        return question(conn, answerer.pemda, *args, **kwargs)
