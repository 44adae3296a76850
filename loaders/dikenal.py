"""What is stored already and files are matched against: OPD names, plan nodes and indicators."""

from dataclasses import dataclass, field, replace
from typing import Any

from data.engine import reading
from data.queries.rencana import KnownPlan, Months, known_opd, known_plan, known_units

Basis = Any
"""What ``data.engine.engine_for`` returns. Its class is not named here: only data speaks SQL."""


@dataclass(frozen=True)
class Dikenal:
    """OPD names by code, the stored plan of one year by OPD code (empty where nothing is stored), and the OPD or unit
    that each unit belongs to."""

    opd: dict[str, str] = field(default_factory=dict)
    rencana: dict[str, KnownPlan] = field(default_factory=dict)
    induk: dict[str, str] = field(default_factory=dict)

    def plan(self, opd: str) -> KnownPlan:
        """The stored plan of one OPD or unit; an empty one when there is none."""
        return self.rencana.get(opd) or KnownPlan()

    def keluarga(self, opd: str) -> list[str]:
        """An OPD, then its units and their sub-units."""
        found = [opd]
        for code in found:
            found += sorted(unit for unit, above in self.induk.items() if above == code and unit not in found)
        return found

    def nodes(self, opd: str) -> dict[str, dict[str, Any]]:
        """The plan nodes of one OPD by code."""
        plan = self.rencana.get(opd)
        return plan.nodes if plan else {}

    def indikator(self, opd: str) -> list[dict[str, Any]]:
        """The indicators of one OPD."""
        plan = self.rencana.get(opd)
        return plan.indikator if plan else []

    def keuangan(self, opd: str, node: str) -> Months:
        """The stored (RAK, realisasi) of one sub kegiatan by month."""
        plan = self.rencana.get(opd)
        return plan.keuangan.get(node, {}) if plan else {}


def read_known(engine: Basis, pemda: str, tahun: int | None, opd: str | None, plans: bool = True) -> Dikenal:
    """Read what is stored for one year: of one OPD, with its units, or of all of them when ``opd`` is None.

    Raises DatabaseAwayError when the database does not answer.
    """
    with reading(engine) as conn:
        names = known_opd(conn, pemda)
        if tahun is None or not plans:
            return Dikenal(names)
        known = Dikenal(names, induk=known_units(conn, pemda))
        wanted = known.keluarga(opd) if opd else sorted(names)
        return replace(known, rencana={code: known_plan(conn, pemda, tahun, code) for code in wanted})
