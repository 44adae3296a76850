"""What was published, beside what the figures are now."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from sqlalchemy import Connection, and_, select

from data import tables
from data.queries.frame import frame
from data.words import Level

T, R = tables.terbitan, tables.rollup_kinerja


def corrected(conn: Connection, pemda: str, tahun: int, tw: int, places: int = 1) -> pd.DataFrame:
    """One row per node whose published capaian differs from the one of now at the precision it is shown with, the
    government first, then by OPD: level, opd, kode, semula, kini (percent), terbit_pada."""
    same = and_(*(T.c[name] == R.c[name] for name in ("pemda", "tahun", "tw", "level", "opd", "kode")))
    query = (
        select(T.c.level, T.c.opd, T.c.kode, T.c.capaian.label("semula"), R.c.capaian.label("kini"), T.c.terbit_pada)
        .select_from(T.join(R, same))
        .where(T.c.pemda == pemda, T.c.tahun == tahun, T.c.tw == tw)
        .order_by(T.c.opd, T.c.kode)
    )
    found = frame(conn, query)
    keep = [shown(old, places) != shown(new, places) for old, new in zip(found["semula"], found["kini"], strict=True)]
    return found[pd.Series(keep, index=found.index, dtype=bool)].reset_index(drop=True)


def published_before(
    conn: Connection, pemda: str, tahun: int, tw: int, places: int = 1
) -> dict[tuple[str, str, str], Decimal | None]:
    """The published capaian (percent) of every node in ``corrected``, by (level, opd, kode)."""
    found = corrected(conn, pemda, tahun, tw, places)
    keys = zip(found["level"], found["opd"], found["kode"], strict=True)
    return dict(zip(keys, found["semula"], strict=True))


def corrected_opd(conn: Connection, pemda: str, tahun: int, tw: int) -> pd.DataFrame:
    """One row per OPD (not its units) whose published capaian differs from the one of now, in the order of the list:
    opd, nama, singkat, semula, kini, terbit_pada."""
    o = tables.opd.c
    names = frame(
        conn,
        select(o.kode.label("opd"), o.nama, o.singkat)
        .where(o.pemda == pemda, o.induk.is_(None))
        .order_by(o.urutan, o.kode),
    )
    found = corrected(conn, pemda, tahun, tw)
    return names.merge(found[found["level"] == Level.OPD.value].drop(columns=["level", "kode"]), on="opd")


def is_published(conn: Connection, pemda: str, tahun: int, tw: int) -> bool:
    """Whether figures of this triwulan were ever published."""
    query = select(T.c.opd).where(T.c.pemda == pemda, T.c.tahun == tahun, T.c.tw == tw).limit(1)
    return conn.execute(query).first() is not None


def shown(value: Decimal | None, places: int) -> Decimal | None:
    """A percentage as screens round it."""
    return None if value is None else Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
